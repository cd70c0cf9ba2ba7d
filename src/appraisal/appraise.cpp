#include "tidewater/appraisal/appraise.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "lookup.hpp"
#include "money.hpp"
#include "rail_cost.hpp"

namespace tidewater::appraisal {

namespace {

using finance::Measured;
using project::Option;
using project::Project;
using units::km;
using units::min;
using units::Mt;
using units::musd;

KpiValue none(std::string const& why) {
  return KpiValue::none(why);
}

/// Years that lie wholly after the opening, up to the last shipment; empty when the corridor never
/// ran a whole year.
std::vector<std::size_t> whole_years(Project const& p,
                                     Option const& option,
                                     corridor::Life const& life) {
  Calendar const calendar{p.header.first_year};
  auto const when = programme(p, option);
  int last = 0;
  for (int y = 0; y < p.header.years; ++y) {
    last = corridor::shipped(life, y) > Mass{} ? y : last;
  }
  std::vector<std::size_t> out;
  for (int y = 0; y <= last; ++y) {
    if (calendar.year_start(y) >= when.opening) {
      out.push_back(static_cast<std::size_t>(y));
    }
  }
  return out;
}

template <class F>
KpiValue mean_over(std::vector<std::size_t> const& years, F value_in) {
  if (years.empty()) {
    return none("the corridor does not run one whole year");
  }
  double sum = 0;
  for (auto const y : years) {
    sum += value_in(y);
  }
  return sum / static_cast<double>(years.size());
}

class Indicators {
 public:
  Indicators(Project const& p,
             Option const& option,
             Design const& d,
             finance::Venture const& v,
             Outcome& out)
      : p_{p}, d_{d}, v_{v}, out_{out}, years_{whole_years(p, option, out.life)} {}

  void measure() {
    capital();
    line();
    operation();
    money();
    people();
    for (auto const k : {Kpi::kPAllGain, Kpi::kTension}) {
      at(k) = none("weighed over all futures together");
    }
  }

 private:
  KpiValue& at(Kpi k) { return out_.kpis[static_cast<std::size_t>(k)]; }

  void capital() {
    Money all{};
    Money rail{};
    Money port{};
    for (auto const& part : out_.parts) {
      all += part.cost;
      rail += part.part == PartCost::Part::kRail ? part.cost : Money{};
      port += part.part == PartCost::Part::kPort ? part.cost : Money{};
    }
    at(Kpi::kCapex) = all.in(musd);
    at(Kpi::kCapexRail) = rail.in(musd);
    at(Kpi::kCapexPort) = port.in(musd);
  }

  /// Of the way with the most railway: the main one.
  void line() {
    Length longest{};
    Length crow{};
    for (auto const& way : d_.ways) {
      Length sum{};
      std::string from;
      std::string to;
      for (auto const k : way.links) {
        if (p_.links[k].mode == project::Link::Mode::kRail) {
          from = from.empty() ? p_.links[k].from : from;
          to = p_.links[k].to;
          sum += d_.of_link(k).length;
        }
      }
      if (sum > longest) {
        longest = sum;
        crow = terrain::geodesic_distance(lon_lat(named(p_.sites, from).at),
                                          lon_lat(named(p_.sites, to).at));
      }
    }
    at(Kpi::kRailLength) =
        longest > Length{} ? KpiValue{longest.in(km)} : none("no railway is used");
    at(Kpi::kRailLengthRatio) =
        crow > Length{} ? KpiValue{longest / crow} : none("no railway is used");
  }

  void operation() {
    at(Kpi::kThroughput) =
        mean_over(years_, [&](std::size_t y) { return v_.throughput[y].in(Mt); });
    Money const none_yet{};
    at(Kpi::kDemurrage) = mean_over(years_, [&](std::size_t y) {
      Money sum = none_yet;
      for (auto const& cost : v_.costs) {
        if (cost.name.starts_with("demurrage")) {
          sum += std::get<std::vector<Money>>(cost.amount)[y];
        }
      }
      return sum.in(musd);
    });
    auto const& life = out_.life;
    double busiest = -1;
    for (auto const& port : life.ports) {
      for (auto const& berth : port.berths) {
        double held = 0;
        for (std::size_t s = static_cast<std::size_t>(corridor::BerthState::kEntering);
             s < corridor::kBerthStates;
             ++s) {
          held += berth.share[s];
        }
        busiest = std::max(busiest, held);
      }
    }
    at(Kpi::kBerthOccupancy) = busiest >= 0 ? KpiValue{100 * busiest} : none("no berth is used");
    double section = -1;
    for (auto const& l : life.lines) {
      for (double const use : l.section_use) {
        section = std::max(section, use);
      }
    }
    at(Kpi::kLineUtilisation) = section >= 0 ? KpiValue{100 * section} : none("no railway is used");
    double trips = 0;
    for (auto const& fleet : life.fleets) {
      for (auto const& y : fleet.years) {
        trips += y.round_trips;
      }
    }
    at(Kpi::kTrainDelay) = trips > 0 ? KpiValue{corridor::train_delay(life).in(min) / trips}
                                     : none("no train has run");
  }

  void money() {
    auto const& c = out_.cash;
    auto const shift = [](auto const& m, auto unit) {
      return m ? KpiValue{m->in(unit)} : KpiValue::none(m.reason());
    };
    at(Kpi::kUnitCost) = shift(c.corridor_unit_cost, units::usd / units::t);
    at(Kpi::kNpv) = shift(c.project.npv, musd);
    auto const irr = c.project.irr.only();
    at(Kpi::kIrr) = irr ? KpiValue{100 * *irr} : none(irr.reason());
    at(Kpi::kPayback) = c.project.payback.lasting;
    if (!p_.loan) {
      at(Kpi::kDscrMin) = none("the project has no loan");
    } else {
      at(Kpi::kDscrMin) = c.loan ? c.loan->cover.min_dscr : none(c.loan.reason());
    }
    auto const& take = c.take.back().share;
    at(Kpi::kGovernmentTake) = take ? KpiValue{100 * *take} : none(take.reason());
    auto const& local = c.local.share;
    at(Kpi::kLocalShare) = local ? KpiValue{100 * *local} : none(local.reason());
  }

  void people() {
    double peak = 0;
    for (auto const& y : out_.years) {
      peak = std::max(peak, y.jobs_construction);
    }
    at(Kpi::kJobsConstruction) = peak;
    at(Kpi::kJobsOperation) =
        mean_over(years_, [&](std::size_t y) { return out_.years[y].jobs_operation; });
  }

  Project const& p_;
  Design const& d_;
  finance::Venture const& v_;
  Outcome& out_;
  std::vector<std::size_t> years_;
};

/// What a kilometre of the option's new railways costs to build.
KpiValue rail_cost_per_km(Project const& p, Design const& d) {
  Money cost{};
  Length length{};
  for (auto const& link : d.links) {
    if (link.rail && p.links[link.link].status == project::Link::State::kNew) {
      cost += total(link_costs(p, link));
      length += link.length;
    }
  }
  return length > Length{} ? KpiValue{cost.in(musd) / length.in(km)}
                           : none("no new railway is built");
}

/// Jobs by year, and tonnes.
std::vector<YearRow> year_rows(Project const& p,
                               Option const& option,
                               Works const& built,
                               corridor::Life const& life) {
  Calendar const calendar{p.header.first_year};
  auto const when = programme(p, option);
  std::vector<YearRow> rows(static_cast<std::size_t>(p.header.years));
  std::size_t last = 0;
  for (std::size_t y = 0; y < rows.size(); ++y) {
    rows[y].year = p.header.first_year + static_cast<int>(y);
    for (auto const& product : life.products) {
      rows[y].mined += product[y].mined;
      rows[y].shipped += product[y].shipped;
    }
    last = rows[y].shipped > Mass{} ? y : last;
  }
  auto const overlap = [&](std::size_t y, Time from, Time until) {
    Time const begin = calendar.year_start(static_cast<int>(y));
    Time const end = calendar.year_start(static_cast<int>(y) + 1);
    return std::max(0.0, (std::min(end, until) - std::max(begin, from)) / (end - begin));
  };
  Time const closes = calendar.year_start(static_cast<int>(last) + 1);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (auto const& crew : built.crews) {
      rows[y].jobs_construction +=
          crew.staff.construction.value * overlap(y, crew.from, crew.until);
      rows[y].jobs_operation += crew.staff.operation.value * overlap(y, when.opening, closes);
    }
  }
  return rows;
}

std::vector<double> jobs_of_parties(Project const& p, Works const& built) {
  std::vector<double> out;
  for (auto const& party : p.parties) {
    double sum = 0;
    for (auto const& crew : built.crews) {
      bool const counts =
          std::find(party.districts.begin(), party.districts.end(), crew.district) !=
          party.districts.end();
      sum += counts ? crew.staff.operation.value * crew.staff.from_district.value : 0;
    }
    out.push_back(sum);
  }
  return out;
}

Outcome nothing(Project const& p) {
  Outcome out;
  for (auto& kpi : out.kpis) {
    kpi = none("nothing is built");
  }
  out.rail_cost_per_km = none("nothing is built");
  for (auto const k : {Kpi::kCapex,
                       Kpi::kCapexRail,
                       Kpi::kCapexPort,
                       Kpi::kThroughput,
                       Kpi::kNpv,
                       Kpi::kJobsConstruction,
                       Kpi::kJobsOperation}) {
    out.kpis[static_cast<std::size_t>(k)] = 0.0;
  }
  for (int y = 0; y < p.header.years; ++y) {
    out.years.push_back({.year = p.header.first_year + y});
  }
  out.jobs.assign(p.parties.size(), 0);
  out.life = corridor::simulate(
      corridor::CorridorModel{.first_year = p.header.first_year, .years = p.header.years}, {}, {});
  return out;
}

}  // namespace

Result<Outcome> appraise(Project const& p,
                         Option const& option,
                         Design const& design,
                         LifeOptions const& options) {
  if (option.links.empty()) {
    return nothing(p);
  }
  auto const model = corridor_model(p, option, design);
  if (!model) {
    return reject(model.error());
  }
  Outcome out;
  out.life =
      corridor::simulate(*model,
                         Streams{static_cast<std::uint64_t>(p.header.seed), options.replication},
                         {.watch = options.watch, .losses = options.losses});
  Books books{p};
  auto built = works(p, option, design, books);
  finance::Venture venture{.first_year = p.header.first_year, .years = p.header.years};
  venture.capex = std::move(built.capex);
  out.parts = std::move(built.parts);
  add_operation(p, option, design, {*model, out.life}, books, venture);
  out.deal = deal(p, option, venture, books);
  auto cash = finance::cash_flow(venture, out.deal);
  if (!cash) {
    return reject(std::move(cash.error()));
  }
  out.cash = std::move(*cash);
  out.rail_cost_per_km = rail_cost_per_km(p, design);
  out.years = year_rows(p, option, built, out.life);
  out.jobs = jobs_of_parties(p, built);
  out.warnings = out.cash.warnings;
  Indicators{p, option, design, venture, out}.measure();
  return out;
}

}  // namespace tidewater::appraisal
