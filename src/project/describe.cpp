#include "tidewater/project/describe.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 3> kZoneKinds{"forbidden", "factor", "structure-only"};

void describe_header(Declare& f, Header& h) {
  f.text("name", h.name, "name of the project", kMust);
  f.text("question", h.question, "what the appraisal is asked");
  f.text("description", h.description, "what it is about, a paragraph");
  f.whole("first_year",
          h.first_year,
          {1950.0, 2150.0, FieldSpec::Need::kRequired},
          "first calendar year of the appraisal");
  f.whole("years", h.years, {1.0, 100.0, FieldSpec::Need::kRequired}, "number of years appraised");
  f.text("currency", h.currency, "ISO code of the money used");
  f.whole("price_year",
          h.price_year,
          {1950.0, 2150.0, FieldSpec::Need::kRequired},
          "year whose prices are used");
  f.number("discount_rate", h.discount_rate, "%", {0.0, 50.0}, "real, a year");
  f.number("inflation", h.inflation, "%", {-5.0, 50.0}, "a year, turns real money into nominal");
  f.number("bought_in_district",
           h.bought_in_district,
           "%",
           kShareInPercent,
           "of everything bought, wages apart");
  f.number("bought_in_country",
           h.bought_in_country,
           "%",
           kShareInPercent,
           "of everything bought, beyond the district");
  f.number("most_wages",
           h.most_wages,
           "%",
           kShareInPercent,
           "of what works cost, at most paid as wages, however large the crew");
  f.number("start_year",
           h.start_year,
           "",
           {1950.0, 2150.0},
           "calendar year in which construction starts");
  f.whole("seed", h.seed, {0.0, 2147483647.0}, "seed of all random streams");
  f.whole("replications", h.replications, {1.0, 1000.0}, "simulated lives of the median future");
  f.whole("futures", h.futures, {0.0, 100000.0}, "sampled futures appraised beside the median one");
  f.whole("judgements", h.judgements, {1.0, 100000.0}, "sampled judgements each future meets");
  f.names_a(Referent::kOption,
            "reference_option",
            h.reference_option,
            "the option the others are compared with");
  f.texts("left_out", h.left_out, "what this appraisal leaves out, a sentence each");
}

class NumberVisitor final : public PathVisitor {
 public:
  void number(FieldSpec const& spec, NumberRef number) override {
    found.push_back({path() + "/" + std::string{spec.name}, spec, number});
  }
  std::vector<NamedNumber> found;
};

}  // namespace

void describe(FieldVisitor& visitor, Project& p) {
  Declare f{visitor};
  f.table("project", p.header, "the project as a whole", describe_header);
  f.list(
      "exchange",
      p.exchanges,
      "other currencies and price years",
      [](Declare& g, Exchange& x) {
        g.text("code", x.code, "ISO code, with a price year if need be, e.g. AUD2013", kMust);
        g.number("value",
                 x.value,
                 "USD",
                 kMustPositive,
                 "what one unit of it is worth in the project's money");
      },
      "code",
      &Exchange::code);
  f.table("terrain", p.terrain, "the ground", [](Declare& g, Terrain& t) {
    g.text("elevation",
           t.elevation,
           "a raster of heights in longitude and latitude, relative to the project file");
    g.number("cell", t.cell, "m", {20.0, 5000.0}, "cell of the metric grid the line is sought on");
    g.number("margin", t.margin, "km", {1.0, 500.0}, "ground searched beyond a link's ends");
    g.number("smoothing",
             t.smoothing,
             "m",
             {0.0, 5000.0},
             "standard deviation of the smoothing of heights");
    g.text("note", t.note, "what rests on this relief");
  });
  f.list("zone",
         p.zones,
         "ground that is forbidden, dearer or for structures only: an area or a line",
         [](Declare& g, Zone& z) {
           g.text("name", z.name, "what it is", kMust);
           g.choice("kind", z.kind, kZoneKinds, "what it does");
           g.number("factor", z.factor, "", {1.0, 100.0}, "cost multiplier, for kind = factor");
           g.polygon("polygon", z.polygon, "its corners, of an area");
           g.places("line",
                    z.line,
                    "its course, of a river or a fence; acts on every cell of the grid it touches");
           g.text("reason", z.reason, "why");
         });
  f.list("site", p.sites, "places", describe_site, "id", &Site::id);
  describe_money(f, p);
  describe_routes(f, p);
  describe_judgement(f, p);
}

bool PathVisitor::open_table(FieldSpec const& spec, bool present) {
  if (present) {
    push(spec.name);
  }
  return present;
}

void PathVisitor::close_table() {
  pop();
}

std::size_t PathVisitor::open_list(FieldSpec const& spec, std::size_t count) {
  push(spec.name);
  push("");
  return count;
}

void PathVisitor::item(std::size_t index, std::string const& id) {
  pop();
  push(id.empty() ? std::to_string(index) : id);
}

void PathVisitor::close_list() {
  pop();
  pop();
}

void PathVisitor::push(std::string_view part) {
  lengths_.push_back(path_.size());
  path_ += '/';
  path_ += part;
}

void PathVisitor::pop() {
  path_.resize(lengths_.back());
  lengths_.pop_back();
}

std::vector<NamedNumber> numbers(Project& project) {
  NumberVisitor visitor;
  describe(visitor, project);
  return std::move(visitor.found);
}

}  // namespace tidewater::project
