#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "tidewater/project/catalogue.hpp"
#include "tidewater/project/describe.hpp"

#include "verify_inbound.hpp"
#include "verify_plant.hpp"

namespace tidewater::project {

namespace {

using Names = std::map<Referent, std::vector<std::string>>;

template <class T, class IdOf>
std::vector<std::string> ids(std::vector<T> const& items, IdOf id_of) {
  std::vector<std::string> out;
  out.reserve(items.size());
  for (auto const& item : items) {
    out.push_back(id_of(item));
  }
  return out;
}

Names names_of(Project const& p) {
  auto const id = [](auto const& x) { return x.id; };
  return {{Referent::kSite, ids(p.sites, id)},
          {Referent::kProduct, ids(p.products, id)},
          {Referent::kLink, ids(p.links, id)},
          {Referent::kLocomotive, ids(p.locomotives, id)},
          {Referent::kWagon, ids(p.wagons, id)},
          {Referent::kConsist, ids(p.consists, id)},
          {Referent::kVessel, ids(p.vessels, id)},
          {Referent::kIssue, ids(p.issues, id)},
          {Referent::kOption, ids(p.options, [](Option const& o) { return o.name; })}};
}

class Rules {
 public:
  explicit Rules(Project const& project) : p_{project}, names_{names_of(project)} {
    for (auto const& [kind, all] : names_) {
      known_[kind].insert(all.begin(), all.end());
    }
  }

  Diagnostics check() {
    item_names();
    references();
    zones();
    sites();
    for (auto const& more : {inbound_faults(p_), plant_faults(p_)}) {
      faults_.insert(faults_.end(), more.begin(), more.end());
    }
    links();
    options();
    owners();
    parties();
    hazards();
    rolling_stock();
    return std::move(faults_);
  }

 private:
  void fault(std::string where, std::string what, std::string remedy, char const* code) {
    faults_.push_back(
        {Severity::kError, std::move(where), std::move(what), std::move(remedy), code, {}});
  }
  void require(
      bool holds, std::string where, std::string what, std::string remedy, char const* code) {
    if (!holds) {
      fault(std::move(where), std::move(what), std::move(remedy), code);
    }
  }

  /// Items that paths speak of by name have a name of their own, and one a path can hold.
  void item_names();

  /// Names in any field declared as a reference must exist.
  void references();

  void zones() {
    for (std::size_t i = 0; i < p_.zones.size(); ++i) {
      Zone const& zone = p_.zones[i];
      require(zone.polygon.empty() != zone.line.empty() && zone.line.size() != 1,
              fmt::format("/zone/{}", i),
              fmt::format("zone \"{}\" is neither an area nor a line", zone.name),
              "give the corners of a polygon, or the two or more places of a line",
              "TW0327");
    }
  }

  void sites() {
    for (auto const& s : p_.sites) {
      auto const at = "/site/" + s.id;
      require(s.at.lon >= -180 && s.at.lon <= 180 && s.at.lat >= -90 && s.at.lat <= 90,
              at + "/at",
              fmt::format("[{}, {}] is not a longitude and latitude", s.at.lon, s.at.lat),
              "write at = [longitude, latitude] in degrees",
              "TW0303");
      require(s.kind != Site::Kind::kMine || s.mine,
              at,
              "a mine has no [site.mine] table",
              "add [site.mine] with at least one deposit",
              "TW0304");
      require(!s.mine || !s.mine->deposits.empty(),
              at + "/mine",
              "a mine has no [[site.mine.deposit]]",
              "add at least one deposit with its product, reserve and phases",
              "TW0316");
      for (std::size_t i = 0; s.mine && i < s.mine->deposits.size(); ++i) {
        require(!s.mine->deposits[i].phases.empty(),
                fmt::format("{}/mine/deposit/{}", at, i),
                "a deposit has no phase, so nothing is mined",
                "add [[site.mine.deposit.phase]] with its output",
                "TW0316");
      }
      require(s.kind != Site::Kind::kPlant || s.plant,
              at,
              "a plant has no [site.plant] table",
              "add [site.plant] with its input, capacity and outputs",
              "TW0304");
      require(s.kind != Site::Kind::kPort || s.port,
              at,
              "a port has no [site.port] table",
              "add [site.port] with at least one berth",
              "TW0304");
      if (s.port) {
        harbour(*s.port, at + "/port");
      }
      hired(s.staff, at);
    }
  }

  void harbour(Port const& port, std::string const& at) {
    require(port.pilotage_from.value < port.pilotage_until.value,
            at + "/pilotage_until",
            "pilotage ends before it begins",
            "give two hours of one day, the later one last",
            "TW0323");
    for (std::size_t i = 0; i < port.other_ships.size(); ++i) {
      for (auto const& name : port.other_ships[i].berths) {
        bool const known = std::any_of(port.berths.begin(),
                                       port.berths.end(),
                                       [&](Berth const& berth) { return berth.name == name; });
        require(known,
                fmt::format("{}/other_ships/{}/berths", at, i),
                fmt::format("the port has no berth called '{}'", name),
                "name its berths as [[site.port.berth]] does, or none",
                "TW0323");
      }
    }
  }

  void hired(Staffing const& staff, std::string const& at) {
    require(staff.from_district.value + staff.from_province.value <= 1 + 1e-9,
            at + "/staff/from_district",
            "more than everyone is hired in the district and the province",
            "let from_district and from_province sum to at most 100 %",
            "TW0305");
  }

  void links() {
    using Mode = Link::Mode;
    for (auto const& l : p_.links) {
      auto const at = "/link/" + l.id;
      require(l.mode != Mode::kRail || l.rail,
              at,
              "a rail link has no [link.rail] table",
              "add [link.rail] with its consist",
              "TW0304");
      require(l.mode != Mode::kRoad || l.road,
              at,
              "a road link has no [link.road] table",
              "add [link.road], it may be empty",
              "TW0304");
      if (l.mode == Mode::kPipeline) {
        slurry(l, at);
      }
      require(l.mode != Mode::kSea || l.sea,
              at,
              "a sea link has no [link.sea] table",
              "add [link.sea] with a distance and a vessel",
              "TW0304");
      if (l.mode == Mode::kSea) {
        ends_of_sea_leg(l);
      }
      if (l.rail) {
        possessions(*l.rail, at + "/rail");
        auto const& crews = l.rail->crews;
        require(!crews || crews->count.value >= crews->per_train.value,
                at + "/rail/crews/count",
                crews ? fmt::format("{:.0f} crews man no train that takes {:.0f}",
                                    crews->count.value,
                                    crews->per_train.value)
                      : "",
                "state at least as many as one train sets out with",
                "TW0326");
      }
      hired(l.staff, at);
      require(l.from != l.to || l.from.empty(),
              at,
              "a link leads from a site to itself",
              "name two sites",
              "TW0306");
      require(l.mode != Mode::kRail || l.status == Link::State::kNew || l.geometry.size() >= 2,
              at,
              "an existing railway has no geometry",
              "give geometry = [[lon, lat], ...] with at least its two ends",
              "TW0307");
      require(!l.rail || l.rail->tracks.value < 1.5 || l.status != Link::State::kNew,
              at + "/rail/tracks",
              "a new railway is priced as single track",
              "draw it with one track and loops, or give an existing line",
              "TW0317");
    }
  }

  void slurry(Link const& l, std::string const& at) {
    require(l.pipeline.has_value(),
            at,
            "a pipeline link has no [link.pipeline] table",
            "add [link.pipeline] with its solids, velocity, batch, head loss and current",
            "TW0304");
    require(l.status != Link::State::kUpgrade,
            at + "/status",
            "upgrading a pipeline is not priced",
            "state it as existing, and what must be built for it as [[link.work]]",
            "TW0324");
    require(
        !l.pipeline || l.status != Link::State::kNew || l.pipeline->cost.value > MoneyPerLength{},
        at + "/pipeline/cost",
        "a new pipeline costs nothing",
        "state its cost per km, or status = \"existing\"",
        "TW0324");
    require(!l.pipeline || l.pipeline->solids_share.value < 1,
            at + "/pipeline/solids_share",
            "solids without water cannot be pumped",
            "state the share of dry solids in the slurry's mass, below 100 %",
            "TW0324");
  }

  void possessions(Rail const& rail, std::string const& at) {
    for (std::size_t i = 0; i < rail.possessions.size(); ++i) {
      auto const& one = rail.possessions[i];
      auto const here = fmt::format("{}/possession/{}", at, i);
      require(one.length.value > Time{} && one.length.value < one.every.value,
              here + "/length",
              "a possession takes no time, or lasts until the next one begins",
              "let length lie above zero and below every",
              "TW0322");
      require(!(one.to.value > Length{}) || one.to.value > one.from.value,
              here + "/to",
              "the stretch ends before it begins",
              "let to lie beyond from, or leave it out for the whole rest of the line",
              "TW0322");
    }
  }

  /// Ships load at a berth.
  void ends_of_sea_leg(Link const& l) {
    auto const from = std::find_if(
        p_.sites.begin(), p_.sites.end(), [&](Site const& s) { return s.id == l.from; });
    if (from == p_.sites.end()) {
      return;  // an unknown site is reported as such
    }
    require(from->port && !from->port->berths.empty(),
            "/link/" + l.id + "/from",
            fmt::format("a sea leg starts at '{}', which has no berth", l.from),
            "let it start at a port with at least one [[site.port.berth]]",
            "TW0315");
  }

  void options() {
    require(!p_.options.empty(),
            "/option",
            "there is no [[option]]",
            "add at least one option, and one without links as \"no project\"",
            "TW0308");
    bool const has_nothing = std::any_of(
        p_.options.begin(), p_.options.end(), [](Option const& o) { return o.links.empty(); });
    require(p_.options.empty() || has_nothing,
            "/option",
            "no option builds nothing: every party's gain is measured against that",
            "add [[option]] name = \"no_project\" without links",
            "TW0309");
    int const start = static_cast<int>(p_.header.start_year.value);
    require(start >= p_.header.first_year && start < p_.header.first_year + p_.header.years,
            "/project/start_year",
            fmt::format("construction would start in {}, outside the years appraised", start),
            "let it lie between first_year and first_year + years",
            "TW0310");
  }

  void owners() {
    double sum = 0;
    for (auto const& s : p_.shareholders) {
      sum += s.share.value;
    }
    require(p_.shareholders.empty() || std::abs(sum - 1) < 1e-6,
            "/shareholder",
            fmt::format("the owners' shares sum to {:.6g} %, not 100 %", sum * 100),
            "let them sum to 100 %",
            "TW0311");
  }

  void parties() {
    for (auto const& x : p_.parties) {
      auto const at = "/party/" + x.id;
      require(x.role != Party::Role::kRiskOnly,
              at + "/role",
              "armed groups and other pure risks are never a party",
              "describe it as a [[hazard]] with its rate and repair time",
              "TW0312");
      double salience = 0;
      for (auto const& p : x.positions) {
        salience += is_spatial(p.issue) ? p.salience.value : 0;
      }
      require(salience <= 100 + 1e-6,
              at + "/position",
              fmt::format("its saliences on positions sum to {:.6g}, more than 100", salience),
              "let them sum to at most 100",
              "TW0313");
    }
  }

  [[nodiscard]] bool is_spatial(std::string const& issue) const {
    return std::any_of(p_.issues.begin(), p_.issues.end(), [&](Issue const& i) {
      return i.id == issue && i.kind == Issue::Kind::kPosition;
    });
  }

  void hazards() {
    for (auto const& h : p_.hazards) {
      if (!is_known(Referent::kLink, h.at) && !is_known(Referent::kSite, h.at)) {
        fault("/hazard/" + h.id + "/at",
              fmt::format("'{}' is neither a link nor a site", h.at),
              suggestion(h.at, Referent::kLink),
              "TW0302");
      }
      for (auto const& l : p_.links) {
        require(l.id != h.at || l.mode == Link::Mode::kRail,
                "/hazard/" + h.id + "/at",
                fmt::format("hazards on a {} link are not simulated",
                            l.mode == Link::Mode::kRoad       ? "road"
                            : l.mode == Link::Mode::kPipeline ? "pipeline"
                                                              : "sea"),
                "place it on a railway, a mine or a port",
                "TW0318");
      }
    }
  }

  void in_catalogue(std::string const& where,
                    std::string const& name,
                    std::vector<std::string> const& known) {
    auto const near = nearest(name, known);
    require(
        name.empty() || std::find(known.begin(), known.end(), name) != known.end(),
        where + "/catalogue",
        fmt::format("the catalogue has no '{}'", name),
        near.empty() ? "choose one of " + some_of(known) : fmt::format("did you mean '{}'?", near),
        "TW0319");
  }

  /// A curve of resistance: forces above zero at speeds from zero up.
  void resists(std::string const& where, std::vector<CurvePoint> const& curve) {
    bool const holds = std::all_of(curve.begin(), curve.end(), [](CurvePoint const& point) {
      return point.x >= 0 && point.y > 0;
    });
    require(holds,
            where,
            "a resistance is not above zero, or a speed below it",
            "give speeds from 0 km/h up and the force that holds the vehicle back at each",
            "TW0320");
  }

  void storage(Locomotive const& l, std::string const& at) {
    bool const is_hybrid = l.traction == Locomotive::Traction::kHybrid;
    bool const stores = is_hybrid || l.traction == Locomotive::Traction::kBattery;
    require(!stores || l.storage.value > Energy{},
            at + "/storage",
            "a battery or hybrid locomotive has no storage",
            "give its usable energy, e.g. storage = \"2400 kWh\"",
            "TW0320");
    require(is_hybrid || l.storage_boost.value <= Power{},
            at + "/storage_boost",
            "only a hybrid's store adds to an engine's power",
            "leave it out, or state traction = \"hybrid\"",
            "TW0320");
    bool const fills = l.storage_power.value > Power{} && l.dynamic_brake.value > Power{};
    require(!is_hybrid || l.storage_boost.value <= Power{} || fills,
            at + "/storage_boost",
            "nothing fills the store that is to add its power",
            "state the dynamic_brake and the storage_power at which braking fills it",
            "TW0320");
  }

  void rolling_stock() {
    auto const known = catalogue_names();
    for (auto const& l : p_.locomotives) {
      auto const at = "/locomotive/" + l.id;
      in_catalogue(at, l.catalogue, known.locomotives);
      resists(at + "/resistance", l.resistance);
      bool const draws_current = l.traction == Locomotive::Traction::kElectric ||
                                 l.traction == Locomotive::Traction::kBattery;
      require(!draws_current || (l.efficiency.origin.status != Status::kDefault &&
                                 l.carbon.origin.status != Status::kDefault),
              at + "/efficiency",
              "an electric or battery locomotive has a diesel's efficiency and carbon by default",
              "state both, e.g. efficiency = \"85 %\" and the carbon of its current",
              "TW0320");
      storage(l, at);
    }
    for (auto const& w : p_.wagons) {
      auto const at = "/wagon/" + w.id;
      in_catalogue(at, w.catalogue, known.wagons);
      require(w.resistance_loaded.empty() == w.resistance_empty.empty(),
              at + "/resistance_loaded",
              "a wagon's resistance is stated for one load only",
              "state resistance_loaded and resistance_empty, or neither",
              "TW0320");
      resists(at + "/resistance_loaded", w.resistance_loaded);
      resists(at + "/resistance_empty", w.resistance_empty);
    }
    for (auto const& c : p_.consists) {
      require(!(c.remote.value > 0 && std::lround(c.locomotives.value) == 1),
              "/consist/" + c.id + "/remote",
              "a single locomotive cannot stand in two places",
              "state two locomotives or more, or leave `locomotives` to the ruling grade",
              "TW0320");
    }
    for (auto const& v : p_.vessels) {
      auto const at = "/vessel/" + v.id;
      in_catalogue(at, v.catalogue, known.vessels);
      require(v.dwt.value > Mass{} && v.lot.value > Mass{} && v.draught.value > Length{} &&
                  v.loa.value > Length{},
              at,
              "a ship has no dwt, lot, draught or loa",
              "state them, or name an entry of the catalogue: " + some_of(known.vessels),
              "TW0321");
    }
  }

  static std::string some_of(std::vector<std::string> const& all) {
    constexpr std::size_t kShown = 12;
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kShown));
    return fmt::format("{}{}", fmt::join(all.begin(), end, ", "), end == all.end() ? "" : ", ...");
  }

  [[nodiscard]] bool is_known(Referent kind, std::string const& id) {
    return known_[kind].count(id) > 0;
  }

  std::string suggestion(std::string const& word, Referent kind) {
    constexpr std::size_t kSuggested = 100;  // bounds the work on hostile input
    if (faults_.size() > kSuggested) {
      return "use a name the file gives to an entry of that kind";
    }
    auto const& all = names_[kind];
    auto const near = nearest(word, all);
    return near.empty()
               ? fmt::format(
                     "add [[{}]] with that name, or use one of: {}", name(kind), some_of(all))
               : fmt::format("did you mean '{}'?", near);
  }

  friend class ReferenceVisitor;
  friend class ItemNameVisitor;
  Project const& p_;
  Names names_;
  std::map<Referent, std::set<std::string>> known_;  ///< the same, for looking up
  Diagnostics faults_;
};

/// Checks every field declared as a reference.
class ReferenceVisitor final : public PathVisitor {
 public:
  explicit ReferenceVisitor(Rules& rules) : rules_{rules} {}
  void reference(FieldSpec const& spec, Referent kind, std::string& id) override {
    check(spec, kind, id);
  }
  void references(FieldSpec const& spec, Referent kind, std::vector<std::string>& all) override {
    for (auto const& id : all) {
      check(spec, kind, id);
    }
  }

 private:
  void check(FieldSpec const& spec, Referent kind, std::string const& id) {
    if (id.empty() || rules_.is_known(kind, id)) {
      return;  // a missing name is the reader's to report
    }
    rules_.fault(path() + "/" + std::string{spec.name},
                 fmt::format("there is no {} called '{}'", name(kind), id),
                 rules_.suggestion(id, kind),
                 "TW0302");
  }
  Rules& rules_;
};

/// Checks the names of the items of every keyed list.
class ItemNameVisitor final : public PathVisitor {
 public:
  explicit ItemNameVisitor(Rules& rules) : rules_{rules} {}
  std::size_t open_list(FieldSpec const& spec, std::size_t count) override {
    lists_.push_back({spec.name, spec.key, {}});
    return PathVisitor::open_list(spec, count);
  }
  void close_list() override {
    lists_.pop_back();
    PathVisitor::close_list();
  }
  void item(std::size_t index, std::string const& id) override {
    PathVisitor::item(index, id);
    auto& list = lists_.back();
    if (list.key.empty() || id.empty()) {
      return;  // named by index, or without a name: the reader reports that
    }
    auto const at = path() + "/" + std::string{list.key};
    rules_.require(list.seen.insert(id).second,
                   at,
                   fmt::format("two entries of [[{}]] are called '{}'", list.name, id),
                   "give each its own name",
                   "TW0301");
    rules_.require(is_path_word(id),
                   at,
                   fmt::format("'{}' cannot stand in a path", id.substr(0, 40)),
                   "make names of letters, digits, _ and -, at most 60; `label` may be any text",
                   "TW0314");
  }

 private:
  struct List {
    std::string_view name;
    std::string_view key;
    std::set<std::string> seen;
  };
  static bool is_path_word(std::string const& id) {
    return id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80U;
           });
  }
  Rules& rules_;
  std::vector<List> lists_;
};

void Rules::item_names() {
  ItemNameVisitor visitor{*this};
  Project copy = p_;  // as in references()
  describe(visitor, copy);
}

void Rules::references() {
  ReferenceVisitor visitor{*this};
  Project copy = p_;  // describe() hands out writable fields; this walk only reads
  describe(visitor, copy);
}

}  // namespace

Diagnostics verify(Project const& project) {
  return Rules{project}.check();
}

}  // namespace tidewater::project
