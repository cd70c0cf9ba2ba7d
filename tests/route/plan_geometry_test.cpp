#include "plan_geometry.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

namespace {

bool anywhere(PlanePoint) {
  return true;
}

std::vector<PlanVertex> vertices(std::vector<PlanePoint> const& points) {
  std::vector<PlanVertex> out;
  for (auto const p : points) {
    out.push_back({.at = p});
  }
  return out;
}

}  // namespace

TEST(Plan, RoundsARightAngleWithTheEasyRadius) {
  Plan const plan{vertices({{0, 0}, {10'000, 0}, {10'000, 10'000}}), 2000, anywhere};
  // Two straights of 8 km and a quarter circle of 2 km.
  EXPECT_NEAR(plan.length(), 16'000 + 1000 * std::numbers::pi, 1e-6);
  EXPECT_NEAR(plan.smallest_radius(), 2000, 1e-9);
  EXPECT_NEAR(plan.vertex_along()[1], plan.length() / 2, 1e-6);
  auto const middle = plan.at(plan.length() / 2);
  EXPECT_NEAR(std::hypot(middle.x - 8000, middle.y - 2000), 2000, 1e-6);
}

TEST(Plan, TakesTheWidestArcThatFitsBetweenCloseCorners) {
  Plan const plan{vertices({{0, 0}, {500, 0}, {500, 500}, {1000, 500}}), 2000, anywhere};
  EXPECT_NEAR(plan.smallest_radius(), 250, 1e-9);
  EXPECT_GT(plan.tighter_than(400), 700);
  EXPECT_EQ(plan.tighter_than(200), 0);
}

TEST(Plan, IsContinuousAndTurnsNoFasterThanItsRadius) {
  Plan const plan{
      vertices({{0, 0}, {3000, 500}, {5000, 4000}, {9000, 3000}, {12'000, 3500}}), 1500, anywhere};
  PlanePoint before = plan.at(0);
  for (double along = 10; along < plan.length(); along += 10) {
    PlanePoint const here = plan.at(along);
    double const step = std::hypot(here.x - before.x, here.y - before.y);
    EXPECT_LE(step, 10 + 1e-9);
    EXPECT_GE(step, 10 * 0.999);
    before = here;
  }
  auto const end = plan.at(plan.length());
  EXPECT_NEAR(end.x, 12'000, 1e-6);
  EXPECT_NEAR(end.y, 3500, 1e-6);
}

TEST(Plan, TightensAnArcThatWouldLeaveTheOpen) {
  auto const is_open = [](PlanePoint p) { return p.x > 9500 || p.y < 200; };
  Plan const plan{vertices({{0, 0}, {10'000, 0}, {10'000, 10'000}}), 4000, is_open};
  EXPECT_LT(plan.smallest_radius(), 4000);
  for (double along = 0; along <= plan.length(); along += 25) {
    EXPECT_TRUE(is_open(plan.at(along))) << along;
  }
}

TEST(Plan, PassesAStopWithinItsReach) {
  auto corners = vertices({{0, 0}, {10'000, 0}, {10'000, 10'000}});
  corners[1].reach = 150;
  Plan const plan{corners, 2000, anywhere};
  auto const middle = plan.at(plan.vertex_along()[1]);
  EXPECT_NEAR(std::hypot(middle.x - 10'000, middle.y), 150, 1e-6);
}
