#include "tidewater/train/consist.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/train/running_time.hpp"

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::km;
using units::kmh;
using units::kN;
using units::m;
using units::t;

ConsistTask task() {
  return {.locomotive = drawn::diesel(),
          .wagon = drawn::hopper(),
          .grades = {.loaded = 0.01, .empty = 0.015},
          .limits = {.loop_length = 750 * m}};
}

SizedConsist sized(ConsistTask const& wanted) {
  auto const answer = size_consist(wanted);
  EXPECT_TRUE(answer.has_value());
  auto const* none = std::get_if<NoConsist>(&*answer);
  EXPECT_EQ(none, nullptr) << (none != nullptr ? none->reason : "");
  return std::get<SizedConsist>(*answer);
}

NoConsist none(ConsistTask const& wanted) {
  auto const answer = size_consist(wanted);
  EXPECT_TRUE(answer.has_value());
  return std::get<NoConsist>(*answer);
}

TEST(Consist, TakesAsManyLocomotivesAsTheHandSumSays) {
  ConsistTask wanted = task();
  wanted.payload = 1800 * t;  // 30 wagons
  // Starting 30 x 80 t and k x 120 t on 1 % with 0.02 m/s2. Against each wagon: 80 t x g x
  // (0.0014 + 0.01) + 81.2 t x 0.02 = 10.57 kN; each locomotive has 400 - 120 t x g x 0.012
  // - 130.8 t x 0.02 = 383.3 kN to spare: one is enough to start, 317 kN. Held at 15 km/h (4.17
  // m/s): 400 kN still, so one.
  EXPECT_EQ(sized(wanted).locomotives, 1);
  // At 30 km/h 2.4 MW give 288 kN less 14.5 kN of its own: 30 wagons take 272 kN and drag: two.
  wanted.min_speed = 32 * kmh;
  EXPECT_EQ(sized(wanted).locomotives, 2);
}

TEST(Consist, FillsTheLoopWhenNothingElseBinds) {
  SizedConsist const found = sized(task());
  // 750 m less k locomotives of 20 m, wagons of 12 m.
  EXPECT_EQ(found.limit, ConsistLimit::kLoopLength);
  EXPECT_EQ(found.wagons, static_cast<int>((750.0 - 20 * found.locomotives) / 12));
  EXPECT_LE(found.length, 750 * m);
  EXPECT_NEAR(found.payload.in(t), 60.0 * found.wagons, 1e-9);
}

TEST(Consist, WhatIsSizedReallyRunsItsRulingGradesAndOneLocomotiveLessDoesNot) {
  ConsistTask wanted = task();
  wanted.grades = {.loaded = 0.015, .empty = 0.025};
  SizedConsist const found = sized(wanted);
  Line const loaded_way = drawn::line("////////", 5 * km, 0.015);
  Line const empty_way = drawn::line("////////", 5 * km, 0.025);
  ASSERT_TRUE(std::holds_alternative<train::Run>(*running_time(found.loaded, loaded_way)));
  ASSERT_TRUE(std::holds_alternative<train::Run>(*running_time(found.empty, empty_way)));
  EXPECT_GE(found.speed_loaded, wanted.min_speed);
  EXPECT_GE(found.speed_empty, wanted.min_speed);
  wanted.payload = found.payload;
  wanted.limits.max_locomotives = found.locomotives - 1;
  EXPECT_NE(none(wanted).reason.find("start or hold"), std::string::npos);
}

TEST(Consist, TheEmptyDirectionCanDecide) {
  ConsistTask wanted = task();
  wanted.payload = 1800 * t;
  int const gentle = sized(wanted).locomotives;
  wanted.grades.empty = 0.06;  // 720 t weigh 424 kN there, one locomotive pulls 400 kN
  EXPECT_GT(sized(wanted).locomotives, gentle);
}

TEST(Consist, CouplingsLimitTheTrainOnASteepGrade) {
  ConsistTask wanted = task();
  wanted.grades.loaded = 0.02;
  wanted.limits.drawbar = 900 * kN;
  SizedConsist const found = sized(wanted);
  EXPECT_EQ(found.limit, ConsistLimit::kDrawbar);
  EXPECT_LE(found.drawbar, 900 * kN);
  // One wagon: 80 t x g x 0.0214 + 81.2 t x 0.02 = 18.41 kN.
  EXPECT_EQ(found.wagons, static_cast<int>(900 / 18.41));
}

TEST(Consist, WagonsAreFilledOnlyAsFarAsTheTrackCarries) {
  ConsistTask wanted = task();
  wanted.locomotive.axles = 8;
  wanted.limits.axle_load = 17 * t;
  SizedConsist const found = sized(wanted);
  EXPECT_NEAR(found.payload.in(t) / found.wagons, 4 * 17 - 20, 1e-9);
  EXPECT_EQ(found.notes.size(), 1U);
  wanted.locomotive.axles = 6;
  EXPECT_NE(none(wanted).reason.find("weighs 20.0 t"), std::string::npos);
}

TEST(Consist, SaysWhyThereIsNone) {
  ConsistTask wanted = task();
  wanted.payload = 5000 * t;  // 84 wagons, 1 km
  EXPECT_NE(none(wanted).reason.find("longer than the loop"), std::string::npos);
  wanted.limits.loop_length = 2 * km;
  wanted.limits.drawbar = 500 * kN;
  EXPECT_NE(none(wanted).reason.find("couplings"), std::string::npos);
  wanted.limits.drawbar = 1e6 * kN;
  wanted.limits.max_locomotives = 1;
  EXPECT_NE(none(wanted).reason.find("start or hold"), std::string::npos);
}

TEST(Consist, NamesTheFaultsOfTheTask) {
  ConsistTask wanted = task();
  wanted.grades.loaded = -0.01;
  wanted.min_speed = Speed{};
  auto const answer = size_consist(wanted);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().size(), 2U);
}

TEST(Consist, ASteeperGradeNeverTakesALongerTrain) {
  int before = 1000;
  for (double const grade : {0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04}) {
    ConsistTask wanted = task();
    wanted.grades.loaded = grade;
    wanted.limits.max_locomotives = 2;
    int const wagons = sized(wanted).wagons;
    EXPECT_LE(wagons, before) << grade;
    before = wagons;
  }
  EXPECT_LT(before, 30);
}

TEST(Consist, PayloadPerTrainIsTheYearOverItsTrains) {
  // 1.64 Mt/a on 2 trains a day: 1.64e6 / 730.5.
  MassRate const yearly = (1.64 * units::Mt) / units::year;
  EXPECT_NEAR(payload_per_train(yearly, 2.0 / units::day).in(t), 1.64e6 / 730.5, 1e-6);
}

TEST(SizeConsist, RemoteLocomotivesLengthenATrainThatTheDrawbarHeldShort) {
  ConsistTask task{.locomotive = drawn::diesel(),
                   .wagon = drawn::hopper(),
                   .grades = {.loaded = 0.01, .empty = 0.01},
                   .limits = {.drawbar = 500 * units::kN}};
  auto const lead = std::get<SizedConsist>(*size_consist(task));
  EXPECT_EQ(lead.limit, ConsistLimit::kDrawbar);
  task.remote_place = 0.5;
  auto const spread = std::get<SizedConsist>(*size_consist(task));
  EXPECT_GT(spread.wagons, 3 * lead.wagons / 2);
  EXPECT_LE(spread.drawbar, task.limits.drawbar);
}

Line to_port() {
  return drawn::line("__//__\\__", 10 * units::km, 0.008);
}

ConsistCosts prices() {
  return {.crew = 300 * units::usd / units::h,
          .locomotive = 60 * units::usd / units::h,
          .wagon = 1.5 * units::usd / units::h,
          .energy = 0.24 * units::usd / units::kWh,
          .at_ends = 2 * units::h,
          .per_wagon = 2 * units::min};
}

TEST(AdviseSize, CostsWhatAHandSumSays) {
  ConsistTask task{.locomotive = drawn::diesel(), .wagon = drawn::hopper()};
  task.limits.max_wagons = 30;
  auto const answer = advise_size(task, to_port(), prices());
  ASSERT_TRUE(answer.has_value());
  auto const& advice = std::get<SizeAdvice>(*answer);
  ASSERT_EQ(advice.sizes.size(), 30U);
  auto const& one = advice.sizes[19];
  EXPECT_EQ(one.wagons, 20);
  Train train = drawn::ore_train(one.locomotives, 20);
  auto const there = std::get<train::Run>(*running_time(train, to_port()));
  auto const back = std::get<train::Run>(*running_time(empty(train), reversed(to_port())));
  double const hours = (there.time + back.time).in(units::h) + 2 + 20 * 2 / 60.0;
  double const work = (there.energy.traction + back.energy.traction).in(units::kWh);
  double const sum = hours * (300 + 60 * one.locomotives + 1.5 * 20) + 0.24 * work;
  EXPECT_NEAR(one.cost.in(units::usd / units::t), sum / 1200, 1e-6);
}

TEST(AdviseSize, SaysThatTheLoopsBindWhenCostFallsUpToThem) {
  ConsistTask task{.locomotive = drawn::diesel(), .wagon = drawn::hopper()};
  task.limits.loop_length = Length{400};
  auto const answer = advise_size(task, to_port(), prices());
  auto const& advice = std::get<SizeAdvice>(*answer);
  EXPECT_EQ(advice.best + 1, advice.sizes.size());
  EXPECT_EQ(advice.largest_by, ConsistLimit::kLoopLength);
  EXPECT_NE(advice.reason.find("loops"), std::string::npos) << advice.reason;
}

TEST(AdviseSize, StopsShortWhereLoadingALongTrainCostsMoreThanItsCrew) {
  ConsistTask task{.locomotive = drawn::diesel(), .wagon = drawn::hopper()};
  task.limits.max_wagons = 80;
  ConsistCosts costs = prices();
  costs.crew = 30 * units::usd / units::h;
  costs.per_wagon = 15 * units::min;
  auto const answer = advise_size(task, to_port(), costs);
  auto const& advice = std::get<SizeAdvice>(*answer);
  EXPECT_LT(advice.best + 1, advice.sizes.size());
  for (auto const& size : advice.sizes) {
    EXPECT_GE(size.cost, advice.sizes[advice.best].cost);
  }
}

TEST(Consist, OfTwoClassesAlikeIsTheConsistOfOne) {
  ConsistTask one = task();
  one.payload = 1800 * t;  // 30 wagons
  one.min_speed = 32 * kmh;
  ConsistTask two = one;
  two.payload = 1200 * t;  // 20 wagons, and 10 more
  two.further_wagons = {{.type = two.wagon, .count = 10}};
  two.further_locomotives = {{.type = two.locomotive}};
  SizedConsist const a = sized(one);
  SizedConsist const b = sized(two);
  EXPECT_EQ(b.locomotives, a.locomotives);
  EXPECT_EQ(b.wagons, a.wagons);
  EXPECT_NEAR(b.payload.in(t), a.payload.in(t), 1e-9);
  EXPECT_NEAR(b.length.in(m), a.length.in(m), 1e-9);
  EXPECT_NEAR(b.drawbar / a.drawbar, 1.0, 1e-12);
  Line const line = drawn::line("__//_", 5 * km, 0.01);
  auto const time = [&](Train const& train) {
    return std::get<train::Run>(*running_time(train, line)).time.base();
  };
  EXPECT_NEAR(time(b.loaded), time(a.loaded), 1e-6);
  EXPECT_NEAR(time(b.empty), time(a.empty), 1e-6);
}

TEST(Consist, KeepsLimitsForFurtherClassesToo) {
  ConsistTask wanted = task();
  wanted.limits.axle_load = 20 * t;  // as heavy as a hopper's when full
  Wagon tank = drawn::hopper();
  tank.tare = 30 * t;  // so 50 of its 60 t
  wanted.further_wagons = {{.type = tank, .count = 4}};
  SizedConsist const found = sized(wanted);
  EXPECT_NEAR(found.payload.in(t), 60.0 * (found.wagons - 4) + 50.0 * 4, 1e-9);
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_NE(found.notes[0].what.find("50.0 t of 60.0 t"), std::string::npos);
  EXPECT_LE(found.length, 750 * m);
  EXPECT_GT(found.length + drawn::hopper().length, 750 * m);
  ConsistTask overweight = wanted;
  overweight.further_wagons[0].type.tare = 81 * t;  // four axles of 20 t
  EXPECT_NE(none(overweight).reason.find("too heavy"), std::string::npos);
  Locomotive heavy = drawn::diesel();
  heavy.mass = 126 * t;
  wanted.further_locomotives = {{.type = heavy}};
  EXPECT_NE(none(wanted).reason.find("21.0 t an axle"), std::string::npos);
}

TEST(TrainSizes, PriceWhatEveryTrainHasBesides) {
  ConsistTask wanted = task();
  wanted.limits.max_wagons = 12;
  Line const line = drawn::line("__//_", 5 * km, 0.01);
  MoneyPerTime const each = units::usd / units::h;
  ConsistCosts costs{.locomotive = 30.0 * each, .wagon = each};
  auto const cost = [&](ConsistTask const& task) {
    return std::get<SizeAdvice>(*advise_size(task, line, costs)).sizes.back();
  };
  TrainSize const one = cost(wanted);
  wanted.limits.max_wagons = 8;
  wanted.further_wagons = {{.type = wanted.wagon, .count = 4}};
  costs.further = 4.0 * each;
  TrainSize const two = cost(wanted);
  EXPECT_EQ(two.wagons, one.wagons);
  EXPECT_NEAR(two.cost / one.cost, 1.0, 1e-9);
  costs.further = 10.0 * each;  // 6 USD/h more over the cycle, borne by the tonnes of the train
  TrainSize const dearer = cost(wanted);
  auto const more = (dearer.cost - two.cost) / (6.0 * each * two.cycle / two.payload);
  EXPECT_NEAR(more, 1.0, 1e-9);
}

}  // namespace
}  // namespace tidewater::train
