#include "tidewater/train/running_time.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::km;
using units::kmh;
using units::m;

train::Run run_of(Train const& train, Line const& line, RunOptions const& options = {}) {
  auto const outcome = running_time(train, line, options);
  EXPECT_TRUE(outcome.has_value());
  EXPECT_TRUE(std::holds_alternative<train::Run>(*outcome));
  return std::get<train::Run>(*outcome);
}

Stalled stall_of(Train const& train, Line const& line, RunOptions const& options = {}) {
  auto const outcome = running_time(train, line, options);
  EXPECT_TRUE(outcome.has_value());
  EXPECT_TRUE(std::holds_alternative<Stalled>(*outcome));
  return std::get<Stalled>(*outcome);
}

/// 100 kN whatever the speed, no resistance, 500 t of inertia: 0.2 m/s2.
Train frictionless() {
  Train train;
  train.locomotives = {
      {.type = {.name = "ideal",
                .mass = Mass{500e3},
                .adhesive_mass = Mass{500e3},
                .length = Length{100},
                .rotating_mass_factor = 1.0,
                .tractive_effort = {{Speed{0}, Force{100e3}}, {Speed{50}, Force{100e3}}},
                .max_speed = Speed{20}}}};
  train.service_braking = Accel{0.25};
  return train;
}

TEST(RunningTime, WithConstantForcesIsTheSchoolbookTime) {
  // Up in 100 s and 1000 m, down in 80 s and 800 m, the rest of 20 km at 20 m/s.
  Line const line = drawn::line("_", 20 * km, 0, Speed{30});
  train::Run const run = run_of(frictionless(), line);
  EXPECT_NEAR(run.time.base(), 100 + 80 + (20000 - 1800) / 20.0, 1e-6);
  EXPECT_NEAR(run.energy.traction.base(), 0.5 * 500e3 * 400, 1);
  EXPECT_NEAR(run.energy.braking.base(), 0.5 * 500e3 * 400, 1);
}

TEST(RunningTime, ALimitHoldsUntilTheRearHasCleared) {
  // 1 km at 10 m/s costs 10 m/s over 1100 m: the train is 100 m long. Braking 20 to 10 m/s takes
  // 40 s and 600 m, accelerating back 50 s and 750 m.
  Line const free = drawn::line("_", 20 * km, 0, Speed{30});
  Line const slow = with_speed_limit(free, {.from = 8 * km, .to = 9 * km}, Speed{10});
  double const lost =
      run_of(frictionless(), slow).time.base() - run_of(frictionless(), free).time.base();
  EXPECT_NEAR(lost, (40 - 600 / 20.0) + (50 - 750 / 20.0) + 1100 / 10.0 - 1100 / 20.0, 1e-6);
}

TEST(RunningTime, APostTellsTheLowestLimitUnderTheTrainOrItsOwn) {
  Line const free = drawn::line("_", 20 * km, 0, Speed{30});
  Line const slow = with_speed_limit(free, {.from = 8 * km, .to = 9 * km}, Speed{10});
  RunOptions const asking{.posts = {0 * km, 7.99 * km, 8.05 * km, 9.05 * km, 9.15 * km, 20 * km}};
  train::Run const run = run_of(frictionless(), slow, asking);
  std::vector<double> limits;
  for (auto const& point : run.points) {
    limits.push_back(point.limit.base());
    EXPECT_LE(point.speed.base(), point.limit.base() + 1e-9);
  }
  EXPECT_EQ(limits, (std::vector<double>{20, 20, 10, 10, 20, 20}));  // the train's own is 20 m/s
}

TEST(RunningTime, AStopCostsItsBrakingAndItsStart) {
  Line const line = drawn::line("_", 20 * km, 0, Speed{30});
  RunOptions const stopping{.stops = {7.3 * km}, .posts = {7.3 * km}};
  train::Run const run = run_of(frictionless(), line, stopping);
  double const lost = run.time.base() - run_of(frictionless(), line).time.base();
  EXPECT_NEAR(lost, (80 - 40) + (100 - 50), 1e-6);
  EXPECT_NEAR(run.points[0].speed.base(), 0, 1e-9);
}

TEST(RunningTime, OnALongLevelTheSpeedIsTheBalanceSpeed) {
  Train const train = drawn::ore_train(1, 60);
  Line const line = drawn::line("____________", 25 * km, 0, 100 * kmh);
  train::Run const run = run_of(train, line, {.posts = {280 * km}});
  auto const balance = balance_speed(train, 0);
  ASSERT_TRUE(balance.has_value());
  ASSERT_LT(*balance, max_speed(train)) << "the case must be one where power sets the speed";
  EXPECT_NEAR(run.points[0].speed / *balance, 1.0, 1e-3);
  EXPECT_LE(run.top_speed, *balance * (1 + 1e-6));
}

TEST(RunningTime, CrawlsUpALongGradeAtItsBalanceSpeed) {
  Train const train = drawn::ore_train(2, 30);
  Line const line = drawn::line("____//////____", 5 * km, 0.01);
  train::Run const run = run_of(train, line);
  EXPECT_NEAR(run.crawl_speed / *balance_speed(train, 0.01), 1.0, 1e-3);
  EXPECT_GT(run.crawl_at, 20 * km);
  EXPECT_LE(run.crawl_at, 50 * km);
}

TEST(RunningTime, StallsOnTheRulingGradeWhenOneLocomotiveFails) {
  Train const train = drawn::ore_train(2, 40);
  Line const line = drawn::line("____//////____", 5 * km, 0.013);
  EXPECT_GT(run_of(train, line).crawl_speed, Speed{3});
  Stalled const stalled = stall_of(with_failed_locomotive(train), line);
  EXPECT_EQ(stalled.cause, Stalled::Cause::kEffort);
  EXPECT_GT(stalled.post, 20 * km);
  EXPECT_LT(stalled.post, 50 * km);
  EXPECT_NEAR(stalled.grade, 0.013, 1e-9);
  EXPECT_NE(stalled.reason.find("1.30 %"), std::string::npos) << stalled.reason;
}

TEST(RunningTime, StallsForWantOfGripOnWetRail) {
  Train train = drawn::ore_train(2, 40);
  train.locomotives[0].type.adhesion = 0.15;
  Stalled const stalled = stall_of(train, drawn::line("____//////", 5 * km, 0.013));
  EXPECT_EQ(stalled.cause, Stalled::Cause::kAdhesion);
}

TEST(RunningTime, CannotStartOnAGradeItCouldPassAtSpeed) {
  Train const train = drawn::ore_train(1, 30);
  Line const line = drawn::line("/___", 1 * km, 0.02);
  Stalled const stalled = stall_of(train, line);
  EXPECT_EQ(stalled.post, 0 * km);
  EXPECT_EQ(stalled.speed, Speed{});
  EXPECT_NE(stalled.reason.find("start"), std::string::npos);
}

TEST(RunningTime, APitchShorterThanTheTrainStallsOnlyAMassPoint) {
  // 200 m of 5 % under a train of 400 m is 2.5 % at worst, met at 30 km/h.
  Train const train = drawn::ore_train(2, 30);
  Line const line = drawn::line("__________//__________", 100 * m, 0.05, 30 * kmh);
  EXPECT_GT(run_of(train, line).time, Time{});
  EXPECT_EQ(stall_of(train, line, {.mass_model = MassModel::kPoint}).cause,
            Stalled::Cause::kEffort);
}

TEST(RunningTime, DownhillKeepsToTheSpeedItsBrakesCanHold) {
  Train train = drawn::ore_train(2, 30);
  Line const line = drawn::line("__\\\\\\\\__", 5 * km, 0.02);
  train::Run const ample = run_of(train, line);
  EXPECT_EQ(ample.held_back, Time{});
  ASSERT_EQ(ample.notes.size(), 1U);
  EXPECT_EQ(ample.notes[0].severity, Severity::kNote);
  train.wagons[0].type.brake = AirBrake{.full_service = Force{60e3}, .sustained = Power{120e3}};
  train::Run const held = run_of(train, line, {.posts = {25 * km}});
  EXPECT_GT(held.time, ample.time);
  EXPECT_GT(held.held_back, Time{});
  ASSERT_EQ(held.notes.size(), 1U);
  EXPECT_EQ(held.notes[0].severity, Severity::kWarning);
  // There the pull of the grade is just what brakes and resistance take up.
  Speed const v = held.points[0].speed;
  Force const pull = 0.02 * (mass(train) * kGravity);
  EXPECT_NEAR((*holding_force(train, v) + resistance(train, v)) / pull, 1.0, 0.003);
}

TEST(RunningTime, RefusesAGradeItsBrakesCannotHoldAtAll) {
  Train train = drawn::ore_train(2, 30);
  train.wagons[0].type.brake = AirBrake{.full_service = Force{8e3}, .sustained = Power{1e6}};
  Stalled const stalled = stall_of(train, drawn::line("__\\\\\\\\__", 5 * km, 0.02));
  EXPECT_EQ(stalled.cause, Stalled::Cause::kCannotHold);
}

TEST(RunningTime, WeakBrakesBeginEarlier) {
  Train train = drawn::ore_train(2, 30);
  Line const line = drawn::line("____", 5 * km, 0);
  double const strong = run_of(train, line).time.base();
  train.wagons[0].type.brake = AirBrake{.full_service = Force{8e3}, .sustained = Power{1e6}};
  EXPECT_GT(run_of(train, line).time.base(), strong);
}

TEST(RunningTime, TimesAtPostsRiseToTheWholeTime) {
  Line const line = drawn::line("_//__\\\\_", 3 * km, 0.008);
  auto const posts = even_posts(line, 0.7 * km);
  train::Run const run = run_of(drawn::ore_train(), line, {.posts = posts});
  ASSERT_EQ(run.points.size(), posts.size());
  EXPECT_EQ(run.points.front().time, Time{});
  EXPECT_NEAR(run.points.back().time.base(), run.time.base(), 1e-9);
  EXPECT_NEAR(run.points.back().traction / run.energy.traction, 1.0, 1e-12);
  for (std::size_t i = 1; i < posts.size(); ++i) {
    EXPECT_GT(run.points[i].time, run.points[i - 1].time);
    EXPECT_LE(run.points[i].speed, 80 * kmh * (1 + 1e-12));
  }
}

TEST(RunningTime, FuelIsWorkOverEfficiencyAndIdlingOverTime) {
  Train train = drawn::ore_train(2, 30);
  train.locomotives[0].type.efficiency = 0.32;
  train.locomotives[0].type.standing_use = Power{50e3};
  train::Run const run = run_of(train, drawn::line("__//__", 4 * km, 0.01));
  EXPECT_NEAR(run.energy.supply.base(),
              run.energy.traction.base() / 0.32 + 2 * 50e3 * run.time.base(),
              1e-6 * run.energy.supply.base());
}

TEST(RunningTime, CurvesResistLikeTheirEquivalentGrade) {
  Line const curved =
      with_curve(drawn::line("____", 5 * km, 0), {.from = 0 * km, .to = 20 * km}, 350 * m);
  Line const graded = drawn::line("////", 5 * km, 0.7 / 350);
  EXPECT_NEAR(run_of(drawn::ore_train(), curved).time / run_of(drawn::ore_train(), graded).time,
              1.0,
              1e-12);
}

TEST(RunningTime, HalvingTheStepQuartersTheErrorWhereForcesAreSmooth) {
  // The midpoint rule is of second order. A limit of 5 m/s keeps the finer steps after the start,
  // which do not change with the step, out of the comparison.
  Train train = drawn::ore_train(1, 30);
  auto& type = train.locomotives[0].type;
  type.tractive_effort.clear();
  for (int i = 0; i <= 400; ++i) {
    Speed const v{0.1 * i};
    type.tractive_effort.push_back({v, Force{300e3 * std::exp(-v.base() / 12)}});
  }
  type.adhesion.reset();
  type.power = Power{1e9};
  type.max_speed = Speed{40};
  train.wagons[0].type.max_speed_loaded = Speed{40};
  train.locomotives[0].type.length = Length{};
  train.wagons[0].type.length = Length{};
  Line const line = with_speed_limit(
      drawn::line("_", 6 * km, 0, Speed{40}), {.from = 0 * km, .to = 1 * km}, Speed{5});
  auto const at = [&](double step) {
    return run_of(train, line, {.step = Length{step}, .posts = {3 * km}}).points[0].speed.base();
  };
  double const exact = at(1);
  double const coarse = std::abs(at(200) - exact);
  double const fine = std::abs(at(100) - exact);
  double const finer = std::abs(at(50) - exact);
  EXPECT_NEAR(coarse / fine, 4.0, 1.0);
  EXPECT_NEAR(fine / finer, 4.0, 1.0);
}

TEST(RunningTime, ATooWeakTrainStallsWhereItsMomentumEnds) {
  // No resistance, constant effort: v^2 falls by 2 (g i - F / m) each metre of the grade.
  Train train = frictionless();
  train.locomotives[0].type.length = Length{};
  Line const line = drawn::line("__////", 1 * km, 0.03, Speed{30});
  double const slowing = 9.80665 * 0.03 - 100e3 / 500e3;
  Stalled const stalled = stall_of(train, line, {.step = Length{1}, .stall_speed = Speed{0.1}});
  EXPECT_NEAR(stalled.post.base(), 2000 + 400 / (2 * slowing), 3.0);
}

TEST(RunningTime, NamesEveryFaultOfTrainAndLine) {
  Train train = drawn::ore_train();
  train.wagons[0].count = 0;
  Line line = drawn::line("__", 1 * km, 0);
  line.sections[1].grade = std::numeric_limits<double>::quiet_NaN();
  auto const outcome = running_time(train, line);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().size(), 2U);
}

TEST(RunningTime, RefusesPostsOffTheLineAndAStepOfNothing) {
  Line const line = drawn::line("__", 1 * km, 0);
  EXPECT_FALSE(running_time(drawn::ore_train(), line, {.posts = {3 * km}}).has_value());
  EXPECT_FALSE(running_time(drawn::ore_train(), line, {.posts = {1 * km, 1 * km}}).has_value());
  EXPECT_FALSE(running_time(drawn::ore_train(), line, {.stops = {0 * km}}).has_value());
  EXPECT_FALSE(running_time(drawn::ore_train(), line, {.step = Length{}}).has_value());
  EXPECT_FALSE(running_time(drawn::ore_train(), line, {.step = Length{std::nan("")}}).has_value());
}

TEST(RunningTime, NeedsALimitFromTrainOrLine) {
  Train train = frictionless();
  train.locomotives[0].type.max_speed = Speed{std::numeric_limits<double>::infinity()};
  Line line = drawn::line("_", 1 * km, 0);
  EXPECT_TRUE(running_time(train, line).has_value());
  line.sections[0].speed_limit = Speed{std::numeric_limits<double>::infinity()};
  EXPECT_FALSE(running_time(train, line).has_value());
}

TEST(RunningTime, SaysWhereAMeasuredResistanceEndsBelowTheSpeedReached) {
  Train train = drawn::ore_train(2, 30);
  auto& law = train.wagons[0].type.resistance;
  law = {.table = {{Speed{0}, Force{1000}}, {Speed{10}, Force{1500}}}};
  auto const warnings = [&](Speed limit) {
    auto const run = run_of(train, drawn::line("____", 5 * km, 0, limit));
    return std::count_if(run.notes.begin(), run.notes.end(), [](Diagnostic const& note) {
      return note.what.find("is stated up to 36 km/h") != std::string::npos;
    });
  };
  EXPECT_EQ(warnings(Speed{10}), 0);
  EXPECT_EQ(warnings(Speed{12}), 1);
}

}  // namespace
}  // namespace tidewater::train
