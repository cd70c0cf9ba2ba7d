#include "fluid_stock.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "full_range.hpp"

using namespace tidewater;
using namespace tidewater::corridor;

namespace {

constexpr double kDay = 86400;
/// A tonne a day.
MassRate a_day(double t) {
  return t * units::t / units::day;
}

FluidStock stock(std::vector<RateStep> steps,
                 double capacity,
                 double reserve = 1e9,
                 Spells const& down = {},
                 double availability = 1) {
  return {{.steps = std::move(steps),
           .availability = availability,
           .capacity = capacity,
           .reserve = reserve},
          down,
          LifeCalendar{2030, 3}};
}

}  // namespace

TEST(FluidStock, FillsBlocksAndForgetsNothing) {
  auto heap = stock({{Time{}, a_day(10)}}, 100);
  EXPECT_NEAR(heap.when(50), 5 * kDay, 1);
  heap.advance(15 * kDay);
  EXPECT_DOUBLE_EQ(heap.level(), 100);
  EXPECT_NEAR(heap.years()[0].blocked, 5 * kDay, 1e-6);
  EXPECT_DOUBLE_EQ(heap.take(15 * kDay, 60), 60);
  EXPECT_NEAR(heap.when(100), 21 * kDay, 1);
  EXPECT_EQ(heap.when(101), std::numeric_limits<double>::infinity());
}

TEST(FluidStock, WaitsOutAnOutageThatLiesAhead) {
  Spells const down{{{2 * kDay, 4 * kDay, WaitCause::kRepair}}};
  auto heap = stock({{Time{}, a_day(10)}}, 1000, 1e9, down);
  EXPECT_NEAR(heap.when(50), 7 * kDay, 1);
  heap.advance(7 * kDay);
  EXPECT_NEAR(heap.level(), 50, 1e-9);
  EXPECT_NEAR(heap.years()[0].down, 2 * kDay, 1e-6);
}

TEST(FluidStock, RunsFasterWhileUpSoThatTheYearComesOutAsMeant) {
  auto heap = stock({{Time{}, a_day(9)}}, 1e6, 1e9, {}, 0.9);
  heap.advance(kDay);
  EXPECT_NEAR(heap.level(), 10, 1e-9);
}

TEST(FluidStock, StopsWithTheReserveAndSaysThatNoFullLoadWillCome) {
  auto heap = stock({{Time{}, a_day(10)}}, 1000, 70);
  EXPECT_NEAR(heap.when(60), 6 * kDay, 1);
  EXPECT_EQ(heap.when(80), std::numeric_limits<double>::infinity());
  heap.advance(100 * kDay);
  EXPECT_DOUBLE_EQ(heap.made(), 70);
  EXPECT_EQ(heap.rate(), 0);
  EXPECT_EQ(heap.years()[0].blocked, 0);
}

TEST(FluidStock, FollowsTheStepsOfTheSchedule) {
  auto heap = stock({{1 * units::day, a_day(10)}, {3 * units::day, a_day(40)}}, 1e6);
  heap.advance(4 * kDay);
  EXPECT_NEAR(heap.level(), 20 + 40, 1e-9);
  EXPECT_NEAR(when_cumulative({{1 * units::day, a_day(10)}, {3 * units::day, a_day(40)}}, 40, 1e9),
              3.5 * kDay,
              1e-6);
}

RC_GTEST_PROP(FluidStock, NeverLeavesItsBoundsAndItsForesightComesTrue, ()) {
  double const capacity = drawn(10, 200);
  std::vector<Spell> spells;
  for (int k = drawn(0, 6); k > 0; --k) {
    double const from = kDay * drawn(0, 200);
    spells.push_back({from, from + kDay * drawn(1, 30), WaitCause::kRepair});
  }
  double const reserve = drawn(50, 5000);
  auto heap = stock(
      {{Time{}, a_day(3)}, {50 * units::day, a_day(11)}}, capacity, reserve, Spells{spells}, 0.8);
  double taken = 0;
  double now = 0;
  for (int k = 0; k < 30; ++k) {
    double const amount = drawn(1, 60);
    double const ready = heap.when(amount);
    if (ready < 1000 * kDay) {
      now = ready;
      double const got = heap.take(now, amount);
      RC_ASSERT(std::abs(got - amount) < 1e-6 * amount);
      taken += got;
    }
    now += kDay * drawn(0, 20);
    heap.advance(now);
    RC_ASSERT(heap.level() >= 0 && heap.level() <= capacity);
    RC_ASSERT(heap.made() <= reserve);
    RC_ASSERT(std::abs(heap.made() - taken - heap.level()) < 1e-6);
  }
}
