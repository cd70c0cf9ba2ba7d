// Corners moved to where the line costs less.

#include <cmath>

#include <gtest/gtest.h>

#include "plan_drawn.hpp"
#include "plan_fit.hpp"

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

namespace {

PlanRules const kRules{.min_radius = 400, .transition = 50};

/// Price by quadrature of a price of ground along the straight.
template <class F>
PlanPrice over(F ground) {
  return [ground](PlanePoint a, PlanePoint b) {
    double sum = 0;
    int const parts = 20;
    for (int i = 0; i < parts; ++i) {
      double const f = (i + 0.5) / parts;
      sum += ground(PlanePoint{a.x + f * (b.x - a.x), a.y + f * (b.y - a.y)});
    }
    return sum / parts * apart(a, b);
  };
}

}  // namespace

TEST(PlanImprove, PullsALineStraightWhereOnlyLengthCosts) {
  auto const crooked =
      corners_at({{0, 0}, {4000, 2500}, {8000, -1000}, {12'000, 1500}, {20'000, 0}});
  auto const better = improve_plan(crooked, kRules, anywhere, apart);
  EXPECT_EQ(better.vertices.size(), 2U);
  EXPECT_NEAR(better.after, 20'000, 1e-9);
  EXPECT_GT(better.before, better.after);
}

TEST(PlanImprove, GoesRoundAHillAsFarAsItPays) {
  // A hill of 2 km: ten times the price at its top.
  auto const hill = over([](PlanePoint p) {
    double const r2 = ((p.x - 10'000) * (p.x - 10'000) + p.y * p.y) / (2000.0 * 2000.0);
    return 1 + 9 * std::exp(-r2);
  });
  auto const over_the_top =
      corners_at({{0, 0}, {5000, 300}, {8000, 300}, {10'000, 500}, {12'000, 300}, {20'000, 0}});
  auto const better = improve_plan(over_the_top, kRules, anywhere, hill);
  EXPECT_LT(better.after, 0.7 * better.before);
  EXPECT_GT(better.after, 20'000);
  auto const plan = Plan::through(better.vertices, kRules, anywhere);
  ASSERT_TRUE(plan);
  expect_sound(*plan, kRules);
  EXPECT_GT(passing_distance(*plan, {10'000, 0}), 2000);
}

TEST(PlanImprove, StaysInTheOpenAndAtItsStops) {
  auto const is_open = [](PlanePoint p) { return p.y < 1000 || p.x > 7800; };
  auto vertices = corners_at({{0, 0}, {4000, -2000}, {9000, 0}, {9500, 4000}, {9000, 9000}});
  vertices[3].reach = 200;
  auto const better = improve_plan(vertices, kRules, is_open, apart);
  EXPECT_LT(better.after, better.before);
  auto const plan = Plan::through(better.vertices, kRules, is_open);
  ASSERT_TRUE(plan);
  EXPECT_LE(passing_distance(*plan, {9500, 4000}), 200 + 1e-3);
  expect_open(*plan, is_open);
}

TEST(PlanImprove, KeepsTheRadiusWhereThePriceWouldHaveItTighter) {
  // A cheap road of right angles: its corners can only be as close as their curves allow.
  auto const road = over([](PlanePoint p) {
    bool const is_on =
        std::abs(p.y) < 100 || std::abs(p.x - 3000) < 100 || std::abs(p.y - 900) < 100;
    return is_on ? 1.0 : 30.0;
  });
  auto const start =
      fit_plan(corners_at({{0, 0}, {3000, 0}, {3000, 900}, {9000, 900}}), kRules, anywhere);
  ASSERT_TRUE(start);
  auto const better = improve_plan(*start, kRules, anywhere, road);
  EXPECT_LE(better.after, better.before);
  auto const plan = Plan::through(better.vertices, kRules, anywhere);
  ASSERT_TRUE(plan);
  expect_sound(*plan, kRules);
}

TEST(PlanImprove, AsksNoMoreOftenThanItMay) {
  auto const crooked =
      corners_at({{0, 0}, {4000, 2500}, {8000, -1000}, {12'000, 1500}, {20'000, 0}});
  auto const better = improve_plan(crooked, kRules, anywhere, apart, 50);
  EXPECT_LE(better.calls, 50U + 2 * 8) << "one vertex's places at most beyond the bound";
  EXPECT_LE(better.after, better.before);
}
