/// Corridors whose bottleneck is known by construction, and what the bench says of them.

#include "tidewater/corridor/bench.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"

#include "corridor_worlds.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

constexpr PortId kPort{0};
constexpr LineId kLine{0};
constexpr FleetId kFleet{0};

BottleneckRanking ranked(CorridorModel const& model) {
  EXPECT_TRUE(faults(model).empty());
  return rank_bottlenecks(model, {.seed = 5, .replications = 4, .threads = 2});
}

Gain const& gain_of(BottleneckRanking const& ranking,
                    std::string const& asset,
                    std::string const& what) {
  auto const found =
      std::find_if(ranking.gains.begin(), ranking.gains.end(), [&](Gain const& gain) {
        return gain.asset == asset && gain.what == what;
      });
  EXPECT_NE(found, ranking.gains.end()) << asset << ", " << what;
  return found == ranking.gains.end() ? ranking.gains.front() : *found;
}

/// A lot of 20 kt more or less at the end of three years.
constexpr double kOneLot = 20e3 / 3 + 100;

/// Something random, so that there is an interval: trains fail now and then.
CorridorModel with_failures(CorridorModel model) {
  model.fleets[kFleet].failures = 1.0 / (300 * h);
  model.fleets[kFleet].mean_repair = 4 * h;
  return model;
}

}  // namespace

// A consist makes 657 trips of 2 kt in a year when nothing fails, 1.3 Mt; the mine gives 2 Mt: the
// second consist carries all of the rest.
TEST(Bottleneck, IsTheFleetWhenOneConsistIsTooFew) {
  auto const model = with_failures(worlds::plain({.output = 2e6 * t / year, .consists = 1}));
  auto const ranking = ranked(model);
  EXPECT_NEAR(ranking.tonnes_a_year.mean, 1.28e6, 0.04e6);
  EXPECT_EQ(ranking.gains.front().asset, "fleet trains");
  EXPECT_EQ(ranking.gains.front().what, "one more consist");
  EXPECT_TRUE(ranking.gains.front().is_sure);
  EXPECT_NEAR(ranking.gains.front().tonnes_a_year.mean, 2e6 - ranking.tonnes_a_year.mean, 0.03e6);
  for (auto const* asset : {"berth port/1", "stockyard port concentrate", "mine mine"}) {
    for (Gain const& gain : ranking.gains) {
      if (gain.asset == asset) {
        EXPECT_NEAR(gain.tonnes_a_year.mean, 0, kOneLot) << asset << ", " << gain.what;
        EXPECT_FALSE(gain.is_sure) << asset << ", " << gain.what;
      }
    }
  }
}

// 20 kt at 100 t/h take 200 h, and 2 + 2 h in, 1 + 2 h out: 207 h a lot or 0.85 Mt a year of the
// 2 Mt that trains could bring. Half as fast again takes 133 h of loading: 1.25 Mt.
TEST(Bottleneck, IsTheBerthWhenItLoadsTooSlowly) {
  auto model = with_failures(worlds::plain({.output = 2e6 * t / year, .consists = 3}));
  model.ports[kPort].berths[0].loading_rate = 100 * t / h;
  auto const ranking = ranked(model);
  double const year_h = 8766;
  double const now = 20e3 * year_h / 207;
  double const faster = 20e3 * year_h / (200 / 1.5 + 7);
  EXPECT_NEAR(ranking.tonnes_a_year.mean, now, kOneLot + 0.02 * now);
  EXPECT_EQ(ranking.gains[0].asset, "berth port/1");
  EXPECT_EQ(ranking.gains[0].what, "one more like it");
  EXPECT_NEAR(ranking.gains[0].tonnes_a_year.mean, now, 0.05 * now);
  EXPECT_EQ(ranking.gains[1].asset, "berth port/1");
  EXPECT_NEAR(ranking.gains[1].tonnes_a_year.mean, faster - now, 0.05 * now);
  EXPECT_NEAR(gain_of(ranking, "fleet trains", "one more consist").tonnes_a_year.mean, 0, kOneLot);
}

// 100 t/h are 0.8766 Mt a year of 365.25 days, of the 2 Mt the mine gives; half as fast again,
// 1.3149 Mt.
TEST(Bottleneck, IsThePipelineWhenItPumpsTooSlowly) {
  auto model = worlds::plain({.output = 2e6 * t / year});
  double const dry = 1 - model.products[ProductId{0}].moisture;
  model.routes[RouteId{0}].hauls = {
      PipelineHaul{.id = "pipe",
                   .length = 60 * km,
                   .velocity = 6 * kmh,
                   .batch = 500 * t,
                   .rate = 100 * t / h,
                   .reliability = {.availability = 0.9, .mean_down = 6 * h}}};
  auto const ranking = ranked(model);
  double const now = 0.9 * dry * 876600;
  EXPECT_NEAR(ranking.tonnes_a_year.mean, now, kOneLot + 0.02 * now);
  EXPECT_EQ(ranking.gains[0].asset, "pipeline pipe");
  EXPECT_EQ(ranking.gains[0].what, "half as fast again");
  EXPECT_NEAR(ranking.gains[0].tonnes_a_year.mean, now / 2, kOneLot + 0.02 * now);
  EXPECT_NEAR(gain_of(ranking, "pipeline pipe", "no outages").tonnes_a_year.mean,
              now / 9,
              kOneLot + 0.02 * now);
  Life const life = simulate(model, {.seed = 5});
  EXPECT_EQ(life.resources.front().name, "pipe");
  EXPECT_EQ(life.resources.front().kind, ResourceKind::kPipeline);
  EXPECT_NEAR(life.resources.front().use, 0.9, 0.02);
}

// Trains that stand before a full yard are never without cargo: by utilisation the fleet comes
// first, and one more consist would ship nothing more than the slow berth loads.
TEST(Bottleneck, IsNotTheBusiestThing) {
  auto model = with_failures(worlds::plain({.output = 2e6 * t / year, .consists = 3}));
  model.ports[kPort].berths[0].loading_rate = 100 * t / h;
  Life const life = simulate(model, {.seed = 5});
  EXPECT_EQ(life.resources.front().kind, ResourceKind::kFleet);
  auto const ranking = ranked(model);
  EXPECT_EQ(ranking.gains.front().asset, "berth port/1");
  EXPECT_NEAR(gain_of(ranking, "fleet trains", "one more consist").tonnes_a_year.mean, 0, kOneLot);
}

// One section of 60 + 50 min and 12 min between trains: 4308 pairs a year. Cut in halves it takes
// 55 + 12 min a pair: 7845, were there trains enough.
TEST(Bottleneck, IsTheLineWhenItHasNoLoop) {
  auto model = with_failures(worlds::saturated({.sections = 1, .consists = 12}));
  model.contracts[0].ship.lot = 100 * kt;
  model.ports[kPort].berths[0].loading_rate = 20000 * t / h;
  auto const ranking = ranked(model);
  EXPECT_EQ(ranking.gains[0].asset, "line line");
  EXPECT_EQ(ranking.gains[1].asset, "line line");
  EXPECT_GT(gain_of(ranking, "line line", "a loop halfway in section 1").tonnes_a_year.low(), 2e6);
  EXPECT_LT(gain_of(ranking, "fleet trains", "one more consist").tonnes_a_year.mean, 0.2e6);
}

TEST(Bottleneck, IsTheSameOnAnyNumberOfThreads) {
  auto const model = with_failures(worlds::plain({.output = 2e6 * t / year, .consists = 1}));
  auto const one = rank_bottlenecks(model, {.seed = 5, .replications = 3, .threads = 1});
  auto const two = rank_bottlenecks(model, {.seed = 5, .replications = 3, .threads = 2});
  ASSERT_EQ(one.gains.size(), two.gains.size());
  for (std::size_t k = 0; k < one.gains.size(); ++k) {
    EXPECT_EQ(one.gains[k].asset + one.gains[k].what, two.gains[k].asset + two.gains[k].what);
    EXPECT_EQ(one.gains[k].tonnes_a_year.mean, two.gains[k].tonnes_a_year.mean);
    EXPECT_EQ(one.gains[k].tonnes_a_year.half_width, two.gains[k].tonnes_a_year.half_width);
  }
}

// Nothing random: each life ships the same, so any gain has an interval of no width. A mine of 0.5
// Mt a year that gives a tenth more ships 50 kt a year more, which is sure; half a lot is not.
TEST(Bottleneck, IsNotSeenInALastLotThatSailsOrNot) {
  auto const model = worlds::plain();
  auto const ranking = ranked(model);
  EXPECT_NEAR(ranking.one_lot_a_year, 20e3 / (1096 / 365.25), 1e-6);
  EXPECT_TRUE(gain_of(ranking, "mine mine", "a tenth more output").is_sure);
  auto small = model;
  small.mines[MineId{0}].output = {{Time{}, 0.05e6 * t / year}};
  auto const less = ranked(small);
  Gain const gain = gain_of(less, "mine mine", "a tenth more output");
  EXPECT_EQ(gain.tonnes_a_year.half_width, 0);
  EXPECT_LE(gain.tonnes_a_year.mean, less.one_lot_a_year * (1 + 1e-9));
  EXPECT_FALSE(gain.is_sure);
}

TEST(Bottleneck, NeedsMoreThanOneLifeForAnInterval) {
  EXPECT_THROW(static_cast<void>(rank_bottlenecks(worlds::plain(), {.replications = 1})),
               ContractBroken);
}

TEST(Reliefs, LeaveAModelThatCanBeSimulated) {
  auto model = worlds::large({.years = 2});
  model.lines[kLine].other_trains = 2 / day;
  for (auto& section : model.lines[kLine].sections) {
    section.other_train = 40 * min;
  }
  model.hazards.push_back({.id = "slides",
                           .where = LineStretch{kLine, 3, 5},
                           .rate = 5 / year,
                           .mean_repair = 1 * day});
  auto const all = reliefs(model);
  EXPECT_GT(all.size(), 15U);
  for (Relief const& relief : all) {
    auto const found = faults(relief.model);
    EXPECT_TRUE(found.empty()) << relief.asset << ", " << relief.what << ": "
                               << (found.empty() ? "" : found[0].what);
  }
}

// The loop changes neither the length of the line, nor a train's time over it, nor where slides
// fall.
TEST(Reliefs, CutASectionInHalvesWhereverSectionsCount) {
  auto model = worlds::plain();
  auto& runs = std::get<RailHaul>(model.routes[RouteId{0}].hauls[0]).legs[0].runs;
  runs[2] = {80 * min, 70 * min};
  model.hazards = {
      {.id = "before", .where = LineStretch{kLine, 0, 1}, .rate = 1 / year, .mean_repair = 1 * h},
      {.id = "on it", .where = LineStretch{kLine, 2, 2}, .rate = 1 / year, .mean_repair = 1 * h},
      {.id = "after", .where = LineStretch{kLine, 3, 3}, .rate = 1 / year, .mean_repair = 1 * h}};
  auto const all = reliefs(model);
  auto const found = std::find_if(all.begin(), all.end(), [](Relief const& relief) {
    return relief.what == "a loop halfway in section 3";
  });
  ASSERT_NE(found, all.end());
  ASSERT_EQ(found->model.lines[kLine].sections.size(), 5U);
  EXPECT_EQ(found->model.lines[kLine].sections[3].length, 15 * km);
  EXPECT_EQ(unobstructed_cycles(found->model, RouteId{0})[0],
            unobstructed_cycles(model, RouteId{0})[0]);
  auto const stretch = [&](std::size_t hazard) {
    return std::get<LineStretch>(found->model.hazards[hazard].where);
  };
  EXPECT_EQ(stretch(0).last, 1U);
  EXPECT_EQ(stretch(1).first, 2U);
  EXPECT_EQ(stretch(1).last, 3U);
  EXPECT_EQ(stretch(2).first, 4U);
  EXPECT_EQ(stretch(2).last, 4U);
}

TEST(Measures, AreOfTheYearsFromTheOpeningOn) {
  auto model = worlds::plain({.years = 3});
  Life const life = simulate(model, {.seed = 1});
  EXPECT_NEAR(tonnes_a_year(model, life), 0.5e6, 21e3);
  EXPECT_EQ(measures()[0].id, "shipped");
  EXPECT_EQ(measures()[0].of(model, life), tonnes_a_year(model, life) * 1e-6);
  model.opening = 365 * day;
  model.mines[MineId{0}].output = {{365 * day, 0.5e6 * t / year}};
  EXPECT_NEAR(tonnes_a_year(model, simulate(model, {.seed = 1})), 0.5e6, 21e3);
}

TEST(Measures, AreNoNumberWhereNothingHappened) {
  auto model = worlds::plain({.consists = 0});
  Life const life = simulate(model, {.seed = 1});
  for (Measure const& measure : measures()) {
    bool const is_of_each = measure.unit.find("h/") != std::string_view::npos;
    EXPECT_EQ(std::isnan(measure.of(model, life)), is_of_each) << measure.id;
  }
}
