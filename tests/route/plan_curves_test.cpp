// Plans of straights, spirals and arcs through vertices that leave room for them.

#include "plan_curves.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "plan_drawn.hpp"

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

namespace {

constexpr double kPi = std::numbers::pi;

Plan planned(std::vector<PlanVertex> const& vertices, PlanRules const& rules) {
  auto plan = Plan::through(vertices, rules, anywhere);
  if (!plan) {
    throw std::runtime_error{"no plan"};
  }
  return *plan;
}

double tightest(Plan const& plan, std::size_t vertex) {
  double const middle = plan.vertex_along()[vertex];
  return plan.radius_at(middle);
}

}  // namespace

TEST(PlanCurves, RoundARightAngleBySpiralArcSpiral) {
  PlanRules const rules{.min_radius = 400, .transition = 100, .easy_radius = 500};
  auto const plan = planned(corners_at({{0, 0}, {10'000, 0}, {10'000, 10'000}}), rules);
  // R = 500: spirals of 100 * 400 / 500 = 80 m, p = 80^2/(24 R), k = 40 - 80^3/(240 R^2)
  // (Hickerson), T = (R + p) tan 45 + k, arc R (pi/2 - 80/R).
  double const shift = 6400.0 / 12'000 - std::pow(80.0, 4) / (2688 * std::pow(500.0, 3));
  double const tangent = 500 + shift + 40 - 512'000.0 / (240 * 250'000.0);
  double const curve = 160 + 500 * kPi / 2 - 80;
  ASSERT_EQ(plan.pieces().size(), 5U);
  EXPECT_NEAR(plan.pieces()[0].length, 10'000 - tangent, 1e-4);
  EXPECT_NEAR(plan.pieces()[1].length, 80, 1e-9);
  EXPECT_NEAR(plan.pieces()[2].length, 500 * kPi / 2 - 80, 1e-9);
  EXPECT_NEAR(plan.length(), 20'000 - 2 * tangent + curve, 1e-3);
  EXPECT_NEAR(plan.smallest_radius(), 500, 1e-9);
  EXPECT_NEAR(plan.heading_at(plan.length()), kPi / 2, 1e-12);
  EXPECT_NEAR(plan.vertex_along()[1], plan.length() / 2, 1e-9);
  // Middle of the curve: (R + p) / cos 45 - R from the corner.
  EXPECT_NEAR(
      apart(plan.at(plan.length() / 2), {10'000, 0}), (500 + shift) * std::sqrt(2.0) - 500, 1e-4);
  expect_sound(plan, rules);
}

TEST(PlanCurves, TurnBackByTwoRightAnglesWithNothingLeftBetween) {
  PlanRules const rules{.min_radius = 400, .transition = 50};
  CurveLaw const law{rules};
  double const wide = 2 * law.least_tangent(1);
  auto const vertices = corners_at({{0, 0}, {5000, 0}, {5000, wide}, {0, wide}});
  auto const plan = planned(vertices, rules);
  EXPECT_NEAR(plan.smallest_radius(), 400, 1e-3);
  EXPECT_NEAR(plan.heading_at(plan.length()), kPi, 1e-9);
  expect_sound(plan, rules);
  auto const closer = corners_at({{0, 0}, {5000, 0}, {5000, wide - 0.01}, {0, wide - 0.01}});
  EXPECT_FALSE(Plan::through(closer, rules, anywhere)) << "a centimetre short";
}

TEST(PlanCurves, ShareAStraightByWhatEachCornerNeeds) {
  // A right angle and a turn of ten degrees a kilometre apart: halves would hold the right angle to
  // some 475 m; together R (tan 45 + tan 5) + spirals = 1000 gives about 910 m to both.
  double const ten = kPi / 18;
  auto const plan =
      planned(corners_at({{0, 0},
                          {5000, 0},
                          {5000, 1000},
                          {5000 + 8000 * std::sin(ten), 1000 + 8000 * std::cos(ten)}}),
              {.min_radius = 400, .transition = 50});
  EXPECT_GT(tightest(plan, 1), 880);
  EXPECT_NEAR(tightest(plan, 1), tightest(plan, 2), 1e-6) << "neither at the other's expense";
}

TEST(PlanCurves, GiveWhatATightNeighbourCannotUse) {
  // The first straight of 500 m holds corner 1 to R of about 470; corner 2 has the rest of 1.6 km.
  auto const plan = planned(corners_at({{0, 0}, {500, 0}, {500, 1600}, {9000, 1600}}),
                            {.min_radius = 400, .transition = 50});
  EXPECT_NEAR(tightest(plan, 1), 480, 20);
  EXPECT_GT(tightest(plan, 2), 1050);
}

TEST(PlanCurves, WidenWhereTwoSpiralsOfTheRuleWouldTurnTooMuch) {
  PlanRules const rules{.min_radius = 400, .transition = 100, .easy_radius = 450};
  auto const plan = planned(corners_at({{0, 0}, {5000, 0}, {10'000, 50}}), rules);  // 0.01 radians
  // Two spirals of L = 40000 / R turn L / R together: R = sqrt(40000 / 0.01) = 2000.
  EXPECT_NEAR(plan.smallest_radius(), 2000, 1);
  expect_sound(plan, rules);
}

TEST(PlanCurves, AreNothingWhenTheTightestDoesNotFit) {
  auto const vertices = corners_at({{0, 0}, {700, 0}, {700, 700}, {1400, 700}});
  EXPECT_FALSE(Plan::through(vertices, {.min_radius = 400, .transition = 0}, anywhere));
  EXPECT_TRUE(Plan::through(vertices, {.min_radius = 350, .transition = 0}, anywhere));
}

TEST(PlanCurves, StayInTheOpenByTurningTighter) {
  auto const is_open = [](PlanePoint p) { return p.x > 9600 || p.y < 200; };
  PlanRules const rules{.min_radius = 400, .transition = 50, .easy_radius = 4000};
  auto const vertices = corners_at({{0, 0}, {10'000, 0}, {10'000, 10'000}});
  auto const plan = Plan::through(vertices, rules, is_open);
  ASSERT_TRUE(plan);
  EXPECT_LT(plan->smallest_radius(), 4000);
  EXPECT_GT(plan->smallest_radius(), 800) << "no tighter than it has to be";
  for (double along = 0; along <= plan->length(); along += 10) {
    EXPECT_TRUE(is_open(plan->at(along))) << along;
  }
  auto const shut = [](PlanePoint p) { return p.x > 9950 || p.y < 20; };
  EXPECT_FALSE(Plan::through(vertices, rules, shut));
}

TEST(PlanCurves, PassAStopWithinItsReach) {
  auto vertices = corners_at({{0, 0}, {10'000, 0}, {10'000, 10'000}});
  vertices[1].reach = 200;
  auto const plan = planned(vertices, {.min_radius = 400, .transition = 50});
  ASSERT_EQ(plan.stops_along().size(), 3U);
  EXPECT_NEAR(apart(plan.at(plan.stops_along()[1]), {10'000, 0}), 200, 1e-3);
  vertices[1].reach = 100;  // 400 (sqrt 2 - 1) = 166 m at the least
  EXPECT_FALSE(Plan::through(vertices, {.min_radius = 400, .transition = 50}, anywhere));
}

TEST(PlanCurves, TellLeastAndMeanRadiusOfAStretch) {
  PlanRules const rules{.min_radius = 400, .transition = 100, .easy_radius = 400};
  auto const plan = planned(corners_at({{0, 0}, {10'000, 0}, {10'000, 10'000}}), rules);
  double const begins = plan.pieces()[0].length;
  EXPECT_EQ(plan.least_radius(0, begins - 1), std::numeric_limits<double>::infinity());
  EXPECT_EQ(plan.mean_radius(0, begins - 1), std::numeric_limits<double>::infinity());
  // Half way up the spiral: curvature 1/800, turned 50^2 / (2 * 100 * 400).
  EXPECT_NEAR(plan.radius_at(begins + 50), 800, 1e-6);
  EXPECT_NEAR(plan.least_radius(begins - 50, begins + 50), 800, 1e-6);
  EXPECT_NEAR(plan.mean_radius(begins - 50, begins + 50), 100 / (2500.0 / 80'000), 1e-6);
  EXPECT_NEAR(plan.least_radius(begins - 50, begins + 400), 400, 1e-9);
  EXPECT_NEAR(plan.mean_radius(0, plan.length()), plan.length() / (kPi / 2), 1e-6);
}

TEST(PlanCurves, AreDrawnWithinASmallFractionOfAMetre) {
  PlanRules const rules{.min_radius = 300, .transition = 50, .easy_radius = 300};
  auto const plan = planned(corners_at({{0, 0}, {5000, 0}, {5000, 5000}}), rules);
  std::vector<double> posts;
  for (double along = 0; along < plan.length(); along += 100) {
    posts.push_back(along);
  }
  posts.push_back(plan.length());
  auto const drawn = plan.drawn(posts);
  EXPECT_GT(drawn.size(), posts.size() + 3 * 4) << "four stretches or more are curved";
  for (std::size_t i = 0; i + 1 < drawn.size(); ++i) {
    EXPECT_LE(apart(drawn[i], drawn[i + 1]), 100 + 1e-6);
  }
  double length = 0;
  for (std::size_t i = 0; i + 1 < drawn.size(); ++i) {
    length += apart(drawn[i], drawn[i + 1]);
  }
  // Chords of 25 m on 300 m are short by s^3 / 24 R^2 = 7 mm each, twenty of them.
  EXPECT_NEAR(length, plan.length(), 0.15);
  EXPECT_LT(length, plan.length());
}

TEST(PlanCurves, TakeTheirLimitsFromTheRules) {
  auto const rules = plan_rules(AlignmentRules{});
  EXPECT_EQ(rules.min_radius, 400);
  EXPECT_EQ(rules.transition, 50);
}

RC_GTEST_PROP(PlanCurves, AreTheSameLineFromTheOtherEnd, ()) {
  std::vector<PlanVertex> there{{.at = {0, 0}}};
  int const count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i) {
    PlanePoint const last = there.back().at;
    there.push_back(
        {.at = {last.x + *rc::gen::inRange(900, 4000), last.y + *rc::gen::inRange(-1500, 1500)}});
  }
  PlanRules const rules{.min_radius = 100, .transition = 40};
  auto const is_open = [](PlanePoint p) { return std::fmod(std::abs(p.x), 7000) > 3; };
  auto const plan = Plan::through(there, rules, is_open);
  std::vector<PlanVertex> const back(there.rbegin(), there.rend());
  auto const mirror = Plan::through(back, rules, is_open);
  RC_ASSERT(plan.has_value() == mirror.has_value());
  if (plan) {
    expect_sound(*plan, rules);
    RC_ASSERT(std::abs(plan->length() - mirror->length()) < 1e-6);
    for (int i = 0; i <= 200; ++i) {
      double const along = plan->length() * i / 200;
      RC_ASSERT(apart(plan->at(along), mirror->at(mirror->length() - along)) < 1e-5);
    }
  }
}
