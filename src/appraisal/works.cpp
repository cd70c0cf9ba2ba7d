#include <algorithm>
#include <cmath>

#include "lookup.hpp"
#include "money.hpp"
#include "rail_cost.hpp"
#include "rolling_stock.hpp"

namespace tidewater::appraisal {

namespace {

using project::Link;
using project::Option;
using project::Project;
using Part = PartCost::Part;
using units::year;

finance::Segment segment(Part part) {
  switch (part) {
    case Part::kMine:
      return finance::Segment::kMine;
    case Part::kPlant:
      return finance::Segment::kProcessing;
    case Part::kPort:
      return finance::Segment::kPort;
    case Part::kSocial:
      return finance::Segment::kGeneral;
    case Part::kRail:
    case Part::kRoad:
    case Part::kPipeline:
    case Part::kSea:
      break;
  }
  return finance::Segment::kTransport;
}

/// One thing built: its cost, when, and for which crew.
struct Item {
  std::string name;
  Part part = Part::kRail;
  Money cost{};
  Time from{};
  Time until{};
  enum class Paid { kAsSpent, kAbroad } paid = Paid::kAsSpent;
};

class Builder {
 public:
  Builder(Project const& p, Option const& option, Design const& d, Books& books)
      : p_{p}, d_{d}, books_{books}, option_{option}, when_{programme(p, option)} {}

  Works build() {
    for (auto const* site : sites_of(p_, option_)) {
      add_site(*site);
    }
    for (auto const& id : option_.links) {
      add_link(named(p_.links, id));
    }
    add_rolling_stock();
    return std::move(out_);
  }

 private:
  [[nodiscard]] Time from_start(double years) const { return when_.start + years * year; }

  [[nodiscard]] std::vector<Item> items(std::vector<project::Work> const& all) const {
    std::vector<Item> out;
    for (auto const& w : all) {
      Time const from = from_start(w.start.value);
      out.push_back({w.name, w.part, w.cost.value, from, from + w.duration.value});
    }
    return out;
  }

  void add_site(project::Site const& site) {
    auto all = items(site.works);
    bool const is_venture_mine = site.mine && site.mine->owner == project::Mine::Owner::kVenture;
    if (is_venture_mine) {
      for (auto const& deposit : site.mine->deposits) {
        for (auto const& phase : deposit.phases) {
          Time const until = when_.opening + phase.start.value * year;
          all.push_back({label(site) + ", " + phase.name,
                         Part::kMine,
                         phase.capex.value,
                         std::max(Time{}, until - phase.build.value),
                         until});
        }
      }
    }
    add(label(site), site.district, site.province, site.staff, all);
  }

  void add_link(Link const& link) {
    auto all = items(link.works);
    auto const k = static_cast<std::size_t>(&link - p_.links.data());
    if (Money const cost = total(link_costs(p_, d_.of_link(k))); cost > Money{}) {
      all.push_back({label(named(p_.sites, link.from)) + " - " + label(named(p_.sites, link.to)),
                     link.mode == Link::Mode::kPipeline ? Part::kPipeline : Part::kRail,
                     cost,
                     when_.start,
                     when_.start + build_time(link)});
    }
    add(link.id, link.district, named(p_.sites, link.from).province, link.staff, all);
  }

  void add_rolling_stock() {
    for (auto const& t : d_.trains) {
      buy(t);
    }
    for (auto const& in : d_.inbound) {
      if (in.train) {
        buy(*in.train);
      }
    }
  }

  void buy(TrainDesign const& t) {
    auto const& consist = named(p_.consists, t.consist);
    Item item{"Rolling stock",
              Part::kRail,
              t.consists * price_of_train(p_, consist, t.sized),
              std::max(when_.start, when_.opening - 1 * year),
              when_.opening,
              Item::Paid::kAbroad};
    put(item, {books_.foreign_suppliers(), 1});
  }

  /// All items of one place; the crew's wages are a share of what they cost.
  void add(std::string const& name,
           std::string const& district,
           std::string const& province,
           project::Staffing const& staff,
           std::vector<Item> const& all) {
    Money cost{};
    Time from = when_.opening;
    Time until = when_.start;
    for (auto const& item : all) {
      cost += item.cost;
      from = std::min(from, item.from);
      until = std::max(until, std::min(item.until, when_.opening));
    }
    out_.crews.push_back({name, district, province, staff, from, std::max(from, until)});
    if (!(cost > Money{})) {
      return;
    }
    Money const wages =
        staff.construction.value * staff.wage.value * std::max(Time{}, until - from);
    Books::Spending const spending{district,
                                   province,
                                   std::min(p_.header.most_wages.value, wages / cost),
                                   staff.from_district.value,
                                   staff.from_province.value};
    auto const payees = books_.payees(spending);
    for (auto const& item : all) {
      put(item, payees);
    }
  }

  void put(Item const& item, std::vector<finance::PayeeShare> payees) {
    if (!(item.cost > Money{})) {
      return;
    }
    out_.parts.push_back({item.name, item.part, item.cost});
    Calendar const calendar{p_.header.first_year};
    auto const spread = over_years(calendar, p_.header.years, item.from, item.until);
    out_.capex.push_back(
        {.name = item.name,
         .segment = segment(item.part),
         .payees = std::move(payees),
         .cost = item.cost,
         .first_year = spread.first_year,
         .profile = spread.share,
         .in_service = std::min(p_.header.years - 1,
                                calendar.year_index(std::max(item.until, when_.opening))),
         .depreciation_years = depreciation(),
         .certainty = finance::Certainty::kModelled});
  }
  void put(Item const& item, finance::PayeeShare payee) {
    put(item, std::vector<finance::PayeeShare>{payee});
  }

  [[nodiscard]] int depreciation() const {
    for (auto const& i : p_.instruments) {
      if (i.base == project::Instrument::Base::kProfit) {
        return static_cast<int>(std::lround(i.depreciation.value.in(year)));
      }
    }
    return 0;
  }

  Project const& p_;
  Design const& d_;
  Books& books_;
  Option const& option_;
  Programme when_;
  Works out_;
};

}  // namespace

Works works(Project const& p, Option const& option, Design const& design, Books& books) {
  return Builder{p, option, design, books}.build();
}

}  // namespace tidewater::appraisal
