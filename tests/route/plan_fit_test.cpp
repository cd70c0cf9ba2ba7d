// Corner points a search may propose, and the plans that are made of them.

#include "plan_fit.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan_drawn.hpp"

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

namespace {

PlanRules const kRules{.min_radius = 400, .transition = 50};

using GroundPrice = std::function<double(PlanePoint)>;

/// Fits, and says what must hold of every answer.
Plan fitted(std::vector<PlanVertex> const& proposed, OpenTest const& is_open = anywhere) {
  auto const vertices = fit_plan(proposed, kRules, is_open);
  if (!vertices) {
    throw std::runtime_error{"does not fit"};
  }
  auto const plan = Plan::through(*vertices, kRules, is_open);
  if (!plan) {
    throw std::runtime_error{"no plan through fitted vertices"};
  }
  expect_sound(*plan, kRules);
  EXPECT_NEAR(apart(plan->at(0), proposed.front().at), 0, 1e-6);
  EXPECT_NEAR(apart(plan->at(plan->length()), proposed.back().at), 0, 1e-6);
  std::size_t stop = 1;
  for (std::size_t i = 1; i + 1 < proposed.size(); ++i) {
    if (proposed[i].is_stop()) {
      auto const along = plan->stops_along().at(stop++);
      EXPECT_LE(apart(plan->at(along), proposed[i].place()), proposed[i].reach + 1e-3) << i;
    }
  }
  EXPECT_EQ(plan->stops_along().size(), stop + 1);
  return *plan;
}

/// Cells of 100 m drawn in letters, the first row in the north: '#' closed.
OpenTest drawn_ground(std::vector<std::string> const& rows) {
  return [rows](PlanePoint p) {
    auto const column = static_cast<std::ptrdiff_t>(std::floor(p.x / 100));
    auto const row = static_cast<std::ptrdiff_t>(rows.size()) - 1 -
                     static_cast<std::ptrdiff_t>(std::floor(p.y / 100));
    return row >= 0 && row < std::ssize(rows) && column >= 0 &&
           column < std::ssize(rows[static_cast<std::size_t>(row)]) &&
           rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] != '#';
  };
}

}  // namespace

TEST(PlanFit, LeavesALineAloneThatHoldsTheRules) {
  auto const vertices = corners_at({{0, 0}, {3000, 500}, {5000, 4000}, {9000, 3000}});
  EXPECT_EQ(fit_plan(vertices, kRules, anywhere).value(), vertices);
}

TEST(PlanFit, DropsDoubledCornersAndKeepsTheStopAmongThem) {
  auto vertices = corners_at({{0, 0}, {3000, 0}, {3000, 0}, {3000, 0}, {8000, 900}, {8000, 900}});
  vertices[2].reach = 200;
  auto const plan = fitted(vertices);
  EXPECT_EQ(plan.vertex_along().size(), 3U);
}

TEST(PlanFit, SmoothsTheStepsOfAGrid) {
  // King's moves over cells of 250 m.
  std::vector<PlanePoint> steps{{0, 0}};
  for (int i = 0; i < 40; ++i) {
    PlanePoint const last = steps.back();
    steps.push_back({last.x + 250, last.y + (i % 2 == 0 ? 250.0 : 0.0)});
  }
  auto const plan = fitted(corners_at(steps));
  for (auto const step : steps) {
    EXPECT_LT(passing_distance(plan, step), 150);
  }
  EXPECT_LT(plan.length(), 250 * 20 * (1 + std::sqrt(2.0)));
}

TEST(PlanFit, MakesAHairpinOfSeveralCurves) {
  auto const plan = fitted(corners_at({{0, 0}, {10'000, 0}, {0, 100}}));
  EXPECT_GE(plan.vertex_along().size(), 4U);
  EXPECT_LT(passing_distance(plan, {10'000, 0}), 2000);
  EXPECT_GT(plan.length(), 18'000) << "the hairpin is climbed, not cut off";
}

TEST(PlanFit, TurnsBackAtAStopWithinItsReach) {
  auto vertices = corners_at({{0, 0}, {10'000, 0}, {0, 0}, {-4000, 3000}});
  vertices[1].reach = 200;
  auto const plan = fitted(vertices);
  EXPECT_LT(passing_distance(plan, {10'000, 0}), 200);
}

TEST(PlanFit, KeepsToTheOpen) {
  auto const ground = drawn_ground({
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "#############################.......................",
      "#############################.......................",
      "#############################.......................",
      "#############################.......................",
      "#############################.......................",
      "#############################.......................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
      "....................................................",
  });
  // Round the end of a wall with a corner too close to the next.
  auto const plan =
      fitted(corners_at({{100, 250}, {2950, 250}, {2950, 1400}, {100, 1500}}), ground);
  expect_open(plan, ground);
}

TEST(PlanFit, LaysAnewWhereItIsCheap) {
  // Two right angles 300 m apart have to go, past a swamp of ten times the price on one side.
  auto const vertices = corners_at({{0, 0}, {6000, 0}, {6000, 300}, {12'000, 300}});
  auto const north = [](PlanePoint p) { return p.y > 310 ? 10.0 : 1.0; };
  auto const south = [](PlanePoint p) { return p.y < -10 ? 10.0 : 1.0; };
  for (auto const& ground : {GroundPrice{north}, GroundPrice{south}}) {
    PlanPrice const price = [&](PlanePoint a, PlanePoint b) {
      double sum = 0;
      for (int i = 0; i < 40; ++i) {
        double const f = (i + 0.5) / 40;
        sum += ground({a.x + f * (b.x - a.x), a.y + f * (b.y - a.y)}) / 40;
      }
      return sum * apart(a, b);
    };
    auto const fits = fit_plan(vertices, kRules, anywhere, price);
    ASSERT_TRUE(fits);
    double cost = 0;
    for (std::size_t i = 0; i + 1 < fits->size(); ++i) {
      cost += price((*fits)[i].at, (*fits)[i + 1].at);
    }
    // The straight from end to end would be 12 004 m, as proposed it is 12 300 m.
    EXPECT_LT(cost, 12'300);
    ASSERT_TRUE(Plan::through(*fits, kRules, anywhere));
  }
}

TEST(PlanFit, NamesTheCornerOfACorridorTooNarrowToTurnIn) {
  // A passage of 200 m with a right angle: on 400 m of radius the curve is 166 m from its corner,
  // and the corner can be no more than a diagonal from the inner one.
  auto const in_passage = [](PlanePoint p) {
    bool const is_east = p.y > -50 && p.y < 50 && p.x > -100 && p.x < 5050;
    bool const is_north = p.x > 4950 && p.x < 5050 && p.y > -50 && p.y < 5000;
    return is_east || is_north;
  };
  auto const vertices = corners_at({{0, 0}, {5000, 0}, {5000, 4900}});
  auto const answer = fit_plan(vertices, kRules, in_passage);
  ASSERT_FALSE(answer);
  EXPECT_LT(apart(answer.error().at, {5000, 0}), 200);
  // From outer wall to inner corner: (R + 50)(1 - 1 / sqrt 2) <= 100 sqrt 2 / ... at best R = 191
  // m.
  EXPECT_GT(answer.error().radius, 60);
  EXPECT_LT(answer.error().radius, 300);
  PlanRules const relaxed{.min_radius = answer.error().radius,
                          .transition = 50 * answer.error().radius / 400};
  auto const fits = fit_plan(vertices, relaxed, in_passage);
  ASSERT_TRUE(fits) << "what it names is enough";
  EXPECT_TRUE(Plan::through(*fits, relaxed, in_passage));
}

TEST(PlanFit, NamesTheTightestOfSeveralCorners) {
  auto const half = [](PlanePoint p) { return p.y < 20000 ? 50.0 : 25.0; };
  auto const in_passage = [&](PlanePoint p) {
    bool const is_first = std::abs(p.y) < 50 && p.x > -100 && p.x < 5050;
    bool const is_second = std::abs(p.x - 5000) < half(p) && p.y > -50 && p.y < 30'025;
    bool const is_third = std::abs(p.y - 30'000) < 25 && p.x > 4975 && p.x < 9000;
    return is_first || is_second || is_third;
  };
  auto const vertices = corners_at({{0, 0}, {5000, 0}, {5000, 30'000}, {8900, 30'000}});
  auto const answer = fit_plan(vertices, kRules, in_passage);
  ASSERT_FALSE(answer);
  EXPECT_LT(apart(answer.error().at, {5000, 30'000}), 200);
}

TEST(PlanFit, SaysThatNothingFitsWhereAStopIsWalledIn) {
  auto vertices = corners_at({{0, 0}, {5000, 0}, {10'000, 0}});
  vertices[1].reach = 200;
  auto const is_open = [](PlanePoint p) {
    return std::abs(p.x - 5000) > 600 || std::abs(p.y) > 500;
  };
  vertices.insert(vertices.begin() + 1, {.at = {4000, 1500}});
  auto const answer = fit_plan(vertices, kRules, is_open);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().radius, 0);
}

namespace {

/// Zigzags: turns up to a right angle and more, straights from far too short to long.
std::vector<PlanVertex> zigzag() {
  std::vector<PlanVertex> out{{.at = {0, 0}}};
  double heading = 0;
  int const count = *rc::gen::inRange(2, 25);
  for (int i = 0; i < count; ++i) {
    heading += *rc::gen::inRange(-150, 151) / 60.0;
    double const run = *rc::gen::inRange(40, 3000);
    PlanePoint const last = out.back().at;
    out.push_back({.at = {last.x + run * std::cos(heading), last.y + run * std::sin(heading)}});
    if (i + 1 < count && *rc::gen::inRange(0, 6) == 0 && run > 1500) {
      out.back().reach = 200;
    }
  }
  return out;
}

}  // namespace

RC_GTEST_PROP(PlanFit, AlwaysFitsOnOpenGround, ()) {
  fitted(zigzag());
  RC_ASSERT(!testing::Test::HasFailure());
}

RC_GTEST_PROP(PlanFit, IsTheSameEachTime, ()) {
  auto const vertices = zigzag();
  RC_ASSERT(fit_plan(vertices, kRules, anywhere).value() ==
            fit_plan(vertices, kRules, anywhere).value());
}
