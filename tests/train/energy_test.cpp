/// Where a run's energy comes from and goes to.

#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/train/running_time.hpp"

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::km;

train::Run run_of(Train const& train, Line const& line, RunOptions const& options = {}) {
  auto const outcome = running_time(train, line, options);
  EXPECT_TRUE(outcome.has_value());
  EXPECT_TRUE(std::holds_alternative<train::Run>(*outcome));
  return std::get<train::Run>(*outcome);
}

/// Down 100 m, level, and up again.
Line valley() {
  return drawn::line("__\\\\__//__", 5 * km, 0.01);
}

/// With dynamic brakes as strong as the locomotives pull at speed.
Train braked_train() {
  Train train = drawn::ore_train(2, 30);
  train.locomotives[0].type.dynamic_brake = {{Speed{0}, Force{0}},
                                             {Speed{4}, Force{200e3}},
                                             {Speed{12}, Force{200e3}},
                                             {Speed{24}, Force{100e3}}};
  return train;
}

TEST(RunEnergy, TellsDynamicBrakesFromFriction) {
  auto const none = run_of(drawn::ore_train(2, 30), valley()).energy;
  EXPECT_EQ(none.dynamic, Energy{});
  EXPECT_GT(none.braking, Energy{});
  auto const some = run_of(braked_train(), valley()).energy;
  EXPECT_GT(some.dynamic, 0.2 * some.braking);
  EXPECT_LT(some.dynamic, some.braking);
  EXPECT_NEAR(some.braking / none.braking, 1.0, 1e-9);
}

TEST(RunEnergy, DynamicBrakesHoldingAGradeTakeAllOfIt) {
  // Down 1 % at a constant speed the pull to be held is less than 400 kN; only the stop needs more.
  Line const line = drawn::line("\\\\\\\\", 5 * km, 0.01, Speed{11});
  Train const train = braked_train();
  auto const energy = run_of(train, line).energy;
  double const stop = 0.5 * inertia(train).base() * 11 * 11;
  EXPECT_GT(energy.dynamic.base(), energy.braking.base() - stop);
}

TEST(RunEnergy, CatenaryAndRegenerationAreSharesOfWhatPasses) {
  Train train = braked_train();
  auto& electric = train.locomotives[0].type;
  electric.efficiency = 0.85;
  electric.catenary = 0.92;
  electric.regeneration = 0.7;
  electric.carbon = CarbonPerEnergy{0.5 / 3.6e6};  // half a kilogram a kWh
  auto const energy = run_of(train, valley()).energy;
  EXPECT_NEAR(energy.supply / (energy.traction / (0.85 * 0.92)), 1.0, 1e-12);
  EXPECT_NEAR(energy.regenerated / energy.dynamic, 0.7, 1e-12);
  EXPECT_NEAR(energy.carbon.base(), energy.supply.in(units::kWh)*0.5, 1e-6);
}

TEST(RunEnergy, AnEfficiencyMapIsReadAtTheLoadOfEachMove) {
  Train train = drawn::ore_train(2, 30);
  auto& type = train.locomotives[0].type;
  type.efficiency = 0.3;
  double const constant = run_of(train, valley()).energy.supply.base();
  type.efficiency_by_load = {{0.0, 0.3}, {1.0, 0.3}};
  EXPECT_NEAR(run_of(train, valley()).energy.supply.base() / constant, 1.0, 1e-12);
  // At a balance speed on a long grade the load is full: the map's end is what counts.
  type.efficiency_by_load = {{0.0, 0.1}, {0.9, 0.2}, {1.0, 0.4}};
  auto const climb = run_of(train, drawn::line("////////", 10 * km, 0.012)).energy;
  EXPECT_NEAR(climb.traction / climb.supply, 0.4, 0.01);
  // Held to a low speed on the level it is near idling.
  auto const slow = run_of(train, drawn::line("________", 10 * km, 0, Speed{4})).energy;
  EXPECT_LT(slow.traction / slow.supply, 0.2);
}

TEST(RunEnergy, AHybridBurnsLessByWhatItsStoreGives) {
  Train train = braked_train();
  auto& type = train.locomotives[0].type;
  auto const diesel = run_of(train, valley()).energy;
  type.storage = Storage{.usable = Energy{5e9}, .charge = Power{2e6}, .efficiency = 0.9};
  auto const hybrid = run_of(train, valley()).energy;
  EXPECT_GT(hybrid.regenerated, Energy{});
  EXPECT_LE(hybrid.regenerated, hybrid.dynamic * 0.9);
  // What was stored is given out again at 0.9 and saves fuel at 0.33; the last stop's stays in.
  double const most = hybrid.regenerated.base() * 0.9 / 0.33;
  double const saved = (diesel.supply - hybrid.supply).base();
  EXPECT_LE(saved, most * (1 + 1e-9));
  EXPECT_GT(saved, 0.5 * most);
  type.storage->usable = Energy{1e6};  // a store for a moment saves next to nothing
  auto const tiny = run_of(train, valley()).energy;
  EXPECT_NEAR(tiny.supply / diesel.supply, 1.0, 0.01);
}

TEST(RunEnergy, ABatteryLocomotiveSaysWhereItIsEmpty) {
  Train train = braked_train();
  auto& type = train.locomotives[0].type;
  type.storage = Storage{.usable = Energy{20e9},
                         .charge = Power{2e6},
                         .efficiency = 0.9,
                         .use = Storage::Use::kOnlySource};
  auto const enough = run_of(train, valley());
  EXPECT_NEAR(enough.energy.supply / (enough.energy.traction / 0.9), 1.0, 1e-12);
  EXPECT_EQ(enough.notes.size(), 1U);  // of the brakes not stated
  type.storage->usable = Energy{0.3e9};
  auto const empty = run_of(train, valley());
  ASSERT_EQ(empty.notes.size(), 2U);
  EXPECT_NE(empty.notes[1].what.find("battery is empty"), std::string::npos);
}

/// Nothing holds it back but its mass.
Train ideal_train() {
  Train train;
  train.locomotives = {{.type = {.name = "ideal",
                                 .mass = Mass{500e3},
                                 .adhesive_mass = Mass{500e3},
                                 .length = Length{100},
                                 .tractive_effort = {{Speed{0}, Force{150e3}}},
                                 .power = Power{1.5e6},
                                 .max_speed = Speed{20}}}};
  return train;
}

TEST(RunEnergy, AHybridsStoreAddsItsPowerUntilItIsEmpty) {
  Train train = ideal_train();
  auto& type = train.locomotives[0].type;
  type.max_speed = Speed{60};
  type.tractive_effort = {{Speed{0}, Force{10e6}}};  // capped by power from the first
  type.storage = Storage{.usable = Energy{30e6},
                         .discharge = Power{0.5e6},
                         .efficiency = 0.8,
                         .filled = 1,
                         .boost = Power{0.5e6}};
  RunOptions const at_posts{.step = Length{5}, .posts = {Length{400}, Length{12e3}}};
  auto const run = run_of(train, drawn::line("__", 20 * km, 0, Speed{100}), at_posts);
  auto const& early = run.points[0];
  EXPECT_NEAR(early.traction.base() / (2.0e6 * early.time.base()), 1.0, 1e-2);
  auto const& late = run.points[1];
  EXPECT_NEAR(late.traction.base() / (1.5e6 * late.time.base() + 0.8 * 30e6), 1.0, 1e-3);
  EXPECT_NEAR(run.energy.supply.base() * type.efficiency, run.energy.traction.base() - 24e6, 1);
  Train const dead = with_failed_locomotive(train);
  EXPECT_FALSE(dead.locomotives[0].type.storage.has_value());
}

TEST(RunEnergy, AHybridsEngineFillsItsStoreWhileLittleIsWanted) {
  Train train = ideal_train();
  auto& type = train.locomotives[0].type;
  type.storage = Storage{
      .usable = Energy{30e6}, .charge = Power{0.5e6}, .efficiency = 0.8, .top_up = Power{0.1e6}};
  // 20 km at 20 m/s without any force are more than the 375 s it takes to fill; what little it
  // takes in during the first two seconds, below 0.1 MW, it gives out again at a loss.
  auto const energy = run_of(train, drawn::line("__", 10 * km, 0)).energy;
  EXPECT_NEAR(energy.supply.base() * type.efficiency, energy.traction.base() + 30e6 / 0.8, 0.06e6);
  EXPECT_EQ(energy.regenerated, Energy{});
}

TEST(RunEnergy, AStoreServesTheWheelsOfItsOwnLocomotiveAlone) {
  Train train = ideal_train();
  train.locomotives.push_back(train.locomotives[0]);
  auto& hybrid = train.locomotives[0].type;
  hybrid.storage = Storage{.usable = Energy{1e9}, .efficiency = 0.8, .filled = 1};
  auto const pulled = run_of(train, drawn::line("__", 10 * km, 0)).energy;
  // Both engines are alike: the store does the hybrid's half, whatever it holds.
  EXPECT_NEAR(pulled.supply * hybrid.efficiency / pulled.traction, 0.5, 1e-9);
  hybrid.storage = Storage{.usable = Energy{1e12}, .charge = Power{1e9}, .efficiency = 0.8};
  for (auto& group : train.locomotives) {
    group.type.dynamic_brake = {{Speed{0}, Force{100e3}}, {Speed{30}, Force{100e3}}};
  }
  auto const braked = run_of(train, drawn::line("\\\\\\", 10 * km, 0.01)).energy;
  EXPECT_NEAR(braked.regenerated / braked.dynamic, 0.5 * 0.8, 1e-9);
}

TEST(RunEnergy, ABrakedHybridsEngineFillsOnlyWhatTheBrakesLeave) {
  Train train = ideal_train();
  auto& type = train.locomotives[0].type;
  type.dynamic_brake = {{Speed{0}, Force{100e3}}, {Speed{30}, Force{100e3}}};
  type.storage = Storage{.usable = Energy{1e12}, .charge = Power{1e4}, .efficiency = 0.8};
  Line const down = drawn::line("\\\\\\", 10 * km, 0.01);
  auto const by_brakes = run_of(train, down).energy;
  EXPECT_GT(by_brakes.regenerated, Energy{});
  type.storage->top_up = Power{1e4};
  auto const both = run_of(train, down).energy;
  EXPECT_NEAR(both.regenerated / by_brakes.regenerated, 1.0, 1e-9);
  EXPECT_NEAR(both.supply / by_brakes.supply, 1.0, 1e-3)
      << "the brakes alone fill it as fast as can be";
}

TEST(RunEnergy, EachHybridKeepsToItsOwnLimit) {
  Train train = ideal_train();
  train.locomotives[0].type.tractive_effort = {{Speed{0}, Force{10e6}}};
  train.locomotives[0].type.max_speed = Speed{100};
  train.locomotives.push_back(train.locomotives[0]);
  auto& boosts = train.locomotives[0].type;
  boosts.storage = Storage{
      .usable = Energy{1e12}, .discharge = Power{0.5e6}, .filled = 1, .boost = Power{0.5e6}};
  train.locomotives[1].type.storage = Storage{.usable = Energy{1e12}, .filled = 1};
  // 3.5 MW at the wheel: the first's store gives 0.5 of its 2.0, the second's all of its 1.5 MW.
  auto const energy = run_of(train, drawn::line("__", 10 * km, 0, Speed{200})).energy;
  double const engines = energy.supply.base() * boosts.efficiency;
  EXPECT_NEAR(engines / (1.5 / 3.5 * energy.traction.base()), 1, 1e-2);
}

TEST(PowerRise, OfOneLocomotiveLeavesTheOtherItsPowerAtOnce) {
  Train train = ideal_train();
  train.locomotives[0].type.tractive_effort = {{Speed{0}, Force{10e6}}};
  train.locomotives[0].type.max_speed = Speed{60};
  train.locomotives.push_back(train.locomotives[0]);
  train.locomotives[1].type.power_rise = Time{1e9};  // it never comes to anything
  RunOptions const at_post{.step = Length{1}, .posts = {Length{4000}}};
  auto const run = run_of(train, drawn::line("__", 10 * km, 0, Speed{100}), at_post);
  auto const& point = run.points[0];
  EXPECT_NEAR(point.traction.base() / (1.5e6 * point.time.base()), 1.0, 3e-3);
}

TEST(RunEnergy, ABoostNeedsAnEnginesPowerAndAStoreThatGivesIt) {
  Train train = ideal_train();
  auto& type = train.locomotives[0].type;
  type.storage = Storage{.usable = Energy{1e9}, .discharge = Power{0.5e6}, .boost = Power{0.5e6}};
  EXPECT_TRUE(faults(train).empty());
  type.storage->boost = Power{0.6e6};
  EXPECT_EQ(faults(train).size(), 1U);
  type.storage->boost = Power{0.5e6};
  type.power.reset();
  EXPECT_EQ(faults(train).size(), 1U);
}

TEST(RunEnergy, WithoutResistanceNothingIsLost) {
  Train const train = ideal_train();
  Line line = drawn::line("__//_\\\\\\_/_", 3 * km, 0.012);
  for (auto const model : {MassModel::kStrip, MassModel::kPoint}) {
    auto const energy = run_of(train, line, {.mass_model = model}).energy;
    EXPECT_EQ(energy.resistance, Energy{});
    double const left = (energy.traction - energy.climb - energy.braking).base();
    EXPECT_LE(std::abs(left), 1e-9 * energy.traction.base());
  }
}

}  // namespace
}  // namespace tidewater::train
