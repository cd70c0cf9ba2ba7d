#include "tidewater/corridor/bench.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "tidewater/base/contract.hpp"
#include "tidewater/base/parallel.hpp"
#include "tidewater/des/statistics.hpp"

#include "spells.hpp"

namespace tidewater::corridor {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Time open_time(CorridorModel const& model) {
  LifeCalendar const calendar{model.first_year, model.years};
  return Time{std::max(calendar.end() - model.opening.base(), 1.0)};
}

double per_year(CorridorModel const& model, double total) {
  return total / open_time(model).in(units::year);
}

/// Dry tonnes.
double one_lot_each(CorridorModel const& model) {
  Mass lots{};
  for (ShippingContract const& sales : model.contracts) {
    lots += (1 - model.products[sales.product].moisture) * sales.ship.lot;
  }
  return lots.in(units::t);
}

double shipped_mt(CorridorModel const& model, Life const& life) {
  return tonnes_a_year(model, life) * 1e-6;
}

struct Waiting {
  Time waited{};
  double times = 0;
  [[nodiscard]] double hours_each() const {
    return times > 0 ? waited.in(units::h) / times : kNone;
  }
};

double ship_wait(CorridorModel const& /*model*/, Life const& life) {
  Waiting all;
  for (PortLife const& port : life.ports) {
    for (PortYear const& year : port.years) {
      for (Time const wait : year.wait) {
        all.waited += wait;
      }
      all.times += year.ship_calls;
    }
  }
  return all.hours_each();
}

template <class Part>
double of_round_trips(Life const& life, Part part) {
  Waiting all;
  for (FleetLife const& fleet : life.fleets) {
    for (FleetYear const& year : fleet.years) {
      all.waited += part(year);
      all.times += year.round_trips;
    }
  }
  return all.hours_each();
}

double train_wait_cargo(CorridorModel const& /*model*/, Life const& life) {
  return of_round_trips(life, [](FleetYear const& y) { return y.wait_cargo + y.wait_loading; });
}

double train_wait_unloading(CorridorModel const& /*model*/, Life const& life) {
  return of_round_trips(life, [](FleetYear const& y) { return y.wait_unloading; });
}

double train_delay_each(CorridorModel const& /*model*/, Life const& life) {
  return of_round_trips(life, [](FleetYear const& y) { return y.delay; });
}

double mine_blocked(CorridorModel const& model, Life const& life) {
  Time blocked{};
  for (auto const& mine : life.mines) {
    for (MineYear const& year : mine) {
      blocked += year.blocked;
    }
  }
  return per_year(model, blocked.in(units::day));
}

}  // namespace

std::span<Measure const> measures() {
  static constexpr std::array<Measure, 6> kMeasures{
      {{"shipped", "shipped", "Mt/a", shipped_mt},
       {"ship_wait", "ship waits", "h/call", ship_wait},
       {"train_wait_cargo", "train at mine", "h/trip", train_wait_cargo},
       {"train_wait_unloading", "train at yard", "h/trip", train_wait_unloading},
       {"train_delay", "train on line", "h/trip", train_delay_each},
       {"mine_blocked", "mine blocked", "d/a", mine_blocked}}};
  return kMeasures;
}

double tonnes_a_year(CorridorModel const& model, Life const& life) {
  return per_year(model, shipped(life).in(units::t));
}

BottleneckRanking rank_bottlenecks(CorridorModel const& model, ExperimentOptions const& options) {
  TW_EXPECTS(options.replications >= 2, "an interval needs two replications");
  auto const eased = reliefs(model);
  auto const lives = static_cast<std::size_t>(options.replications);
  std::vector<std::vector<double>> shipped(eased.size() + 1, std::vector<double>(lives));
  parallel_for(shipped.size() * lives, options.threads, [&](std::size_t job) {
    std::size_t const which = job / lives;
    std::size_t const life = job % lives;
    CorridorModel const& one = which == 0 ? model : eased[which - 1].model;
    Streams const streams{options.seed, static_cast<std::uint32_t>(life)};
    shipped[which][life] = tonnes_a_year(one, simulate(one, streams, {.losses = LossBooks::kNone}));
  });
  des::Interval const now = des::interval(shipped[0]);
  BottleneckRanking ranking{.tonnes_a_year = {now.mean, now.half, now.count},
                            .one_lot_a_year = per_year(model, one_lot_each(model)),
                            .gains = {}};
  for (std::size_t k = 0; k < eased.size(); ++k) {
    ranking.gains.push_back({.asset = eased[k].asset,
                             .what = eased[k].what,
                             .tonnes_a_year = paired_difference(shipped[k + 1], shipped[0])});
    Gain& gain = ranking.gains.back();
    gain.is_sure = gain.tonnes_a_year.low() > ranking.one_lot_a_year * (1 + 1e-9);
  }
  std::stable_sort(ranking.gains.begin(), ranking.gains.end(), [](Gain const& a, Gain const& b) {
    return a.tonnes_a_year.mean > b.tonnes_a_year.mean;
  });
  return ranking;
}

}  // namespace tidewater::corridor
