/// How a train is driven: coasting, keeping ahead, power that rises slowly, resistance by table,
/// locomotives along the train.

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

TEST(Resistance, ByTableRunsAsItsFormulaDoes) {
  Train const formula = drawn::ore_train(2, 30);
  Train table = formula;
  auto& wagon = table.wagons[0].type;
  Mass const gross = wagon.tare + wagon.payload;
  Resistance const law = wagon.resistance;
  wagon.resistance = {};
  for (int i = 0; i <= 120; ++i) {
    Speed const v{0.25 * i};
    wagon.resistance.table.push_back({v, resistance(law, gross, v)});
  }
  Line const line = drawn::line("__//__\\\\__", 4 * km, 0.008);
  auto const a = run_of(formula, line);
  auto const b = run_of(table, line);
  EXPECT_NEAR(a.time / b.time, 1.0, 1e-5);
  EXPECT_NEAR(a.energy.traction / b.energy.traction, 1.0, 1e-5);
  EXPECT_NEAR(a.energy.resistance / b.energy.resistance, 1.0, 1e-5);
}

TEST(Coasting, TakesMoreTimeAndLessWorkTheMoreOfItThereIs) {
  Train const train = drawn::ore_train(2, 30);
  Line const line = drawn::line("___//___\\\\___", 4 * km, 0.006);
  auto last = run_of(train, line);
  for (double const share : {0.9, 0.75, 0.6, 0.4}) {
    auto const run = run_of(train, line, {.coast_to = share});
    EXPECT_GE(run.time, last.time) << share;
    EXPECT_LE(run.energy.traction, last.energy.traction) << share;
    EXPECT_LT(run.energy.braking, last.energy.braking) << share;
    last = run;
  }
}

TEST(Coasting, SlowsByResistanceAlone) {
  // 2 per mille of weight and no drag: 50 m/s would coast for ever, 20 m/s down to 10 takes
  // (400 - 100) / (2 x 0.002 g) m.
  Train train = drawn::ore_train(2, 30);
  train.locomotives[0].type.resistance = {.per_mass = ForcePerMass{0.002 * 9.80665}};
  train.locomotives[0].type.rotating_mass_factor = 1;
  train.wagons[0].type.resistance = train.locomotives[0].type.resistance;
  train.wagons[0].type.rotating_mass_factor = 1;
  Length const coasts{300 / (2 * 0.002 * 9.80665)};
  Length const brakes{100 / (2 * 0.225)};
  Line const line = drawn::line("____", 10 * km, 0, Speed{20});
  auto const run =
      run_of(train,
             line,
             {.coast_to = 0.5,
              .posts = {line.end - brakes - coasts - Length{30}, line.end - brakes - Length{30}}});
  EXPECT_NEAR(run.points[0].speed.base(), 20, 1e-9);
  EXPECT_NEAR(run.points[1].speed.base(), 10, 0.4);
  EXPECT_NEAR(run.points[0].traction / run.energy.traction, 1.0, 0.002);
}

TEST(Coasting, WithAReserveUsesItAndNoMore) {
  Train const train = drawn::ore_train(2, 30);
  Line const line = drawn::line("___//___\\\\___", 4 * km, 0.006);
  auto const fast = run_of(train, line);
  auto const outcome = running_time_with_reserve(train, line, 0.05);
  auto const& eco = std::get<train::Run>(*outcome);
  EXPECT_LE(eco.time, fast.time * 1.05);
  EXPECT_GT(eco.time, fast.time * 1.04);
  EXPECT_LT(eco.energy.traction, fast.energy.traction * 0.97);
}

TEST(Lead, SlowsBeforeALimitBySoManySecondsAndStillArrives) {
  Train const train = drawn::ore_train(2, 30);
  Line const line = with_speed_limit(
      drawn::line("______", 5 * km, 0, Speed{20}), {.from = 15 * km, .to = 16 * km}, Speed{10});
  RunOptions options{.posts = {14.7 * km}};
  EXPECT_GT(run_of(train, line, options).points[0].speed, Speed{14});
  options.lead = Time{30};
  auto const ahead = run_of(train, line, options);
  // 300 m before the limit the speed is one that may be kept for 30 s: 10 m/s.
  EXPECT_NEAR(ahead.points[0].speed.base(), 10, 0.3);
  options.lead = Time{1e-9};
  EXPECT_NEAR(run_of(train, line, options).time / run_of(train, line).time, 1.0, 1e-6);
}

TEST(PowerRise, DelaysAStartByAboutHalfOfItAtFullPower) {
  Train train = drawn::ore_train(2, 30);
  Line const line = drawn::line("____", 5 * km, 0);
  double const at_once = run_of(train, line).time.base();
  train.locomotives[0].type.power_rise = Time{30};
  double const slow = run_of(train, line).time.base();
  EXPECT_GT(slow, at_once);
  EXPECT_LT(slow, at_once + 30);
  train.locomotives[0].type.power_rise = Time{1e-6};
  EXPECT_NEAR(run_of(train, line).time.base(), at_once, 1e-3);
}

TEST(PowerRise, ConvergesWithTheStep) {
  Train train = drawn::ore_train(2, 30);
  train.locomotives[0].type.power_rise = Time{30};
  Line const line = drawn::line("__//__", 5 * km, 0.008);
  double const fine = run_of(train, line, {.step = Length{1}}).time.base();
  EXPECT_NEAR(run_of(train, line).time.base() / fine, 1.0, 1e-3);
}

TEST(CouplerForces, BehindTheHeadAreAllThatFollowsNeeds) {
  Train const train = drawn::ore_train(2, 30);
  auto const forces = coupler_forces(train, Speed{}, 0.01, Accel{0.02});
  Train behind = train;
  behind.locomotives.clear();
  Force const needs = resistance(behind, Speed{}) + 0.01 * (mass(behind) * kGravity) +
                      inertia(behind) * Accel{0.02};
  EXPECT_NEAR(forces.pull / needs, 1.0, 1e-9);
  EXPECT_EQ(forces.pull_behind, 2);
  EXPECT_NEAR(forces.push.base(), 0, 1e-6);
}

TEST(CouplerForces, ALocomotiveInTheMiddleHalvesThePull) {
  Train train = drawn::ore_train(1, 30);
  double const head_only = coupler_forces(train, Speed{}, 0.01, Accel{}).pull.base();
  train.locomotives.push_back({.type = drawn::diesel(), .count = 1, .place = 0.5});
  auto const spread = coupler_forces(train, Speed{}, 0.01, Accel{});
  // The second locomotive's own weight has to be pulled by someone too.
  EXPECT_NEAR(spread.pull.base() / head_only, 0.5, 0.03);
  train.locomotives[1].place = 1.0;
  auto const pushed = coupler_forces(train, Speed{}, 0.01, Accel{});
  EXPECT_NEAR(pushed.push / pushed.pull, 1.0, 1e-6);
}

TEST(Start, OnAGradeAfterAStopIsAStallThere) {
  // One locomotive passes 1.3 % at speed over a short pitch, but cannot start on it.
  Train const train = drawn::ore_train(1, 36);
  Line const line = drawn::line("____________/______", 500 * units::m, 0.02);
  EXPECT_GT(run_of(train, line).time, Time{});
  auto const outcome = running_time(train, line, {.stops = {6.45 * km}});
  auto const& stalled = std::get<Stalled>(*outcome);
  EXPECT_NEAR(stalled.post.in(km), 6.45, 1e-6);
  EXPECT_NE(stalled.reason.find("start"), std::string::npos) << stalled.reason;
}

}  // namespace
}  // namespace tidewater::train
