#include "line_bound.hpp"

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

struct Case {
  double search_gap = 0.05;
  double of_turning = 1;  ///< what the line costs, as a multiple of `CostBound::turning`
  double curved = 1;      ///< the lattice's bound with curves, as a multiple of that without
  Length yard{};          ///< that the line is to have at its first end, and has not
};

/// Over a plain of twenty kilometres, where no bound over any line comes near the lattice's.
bool is_near_at(Case c) {
  terrain::Terrain const plain{drawn::grid("....\n....", 500 * units::m, {}, 10), {}};
  auto const at = [&](int column) { return plain.grid.frame().lon_lat({double(column), 10.0}); };
  AlignmentProblem const problem{.from = {.name = "west", .at = at(2), .yard = c.yard},
                                 .to = {.name = "east", .at = at(37)},
                                 .search_gap = c.search_gap};
  Turned const turned{plain, problem};
  constexpr double turning = 1e10;  // beside which loops and the way to the cells count little
  LatticeBound const lattice{.turning = turning, .curved = c.curved * turning};
  Money const along_links = line_bound(turned.setting(), lattice, Money{}).turning;
  Draft const line{
      .plan = *Plan::through({{.at = {0, 0}}, {.at = {1000, 0}}}, {}, [](auto) { return true; }),
      .bill = {.cost = c.of_turning * along_links}};
  return is_near(turned.setting(), lattice, line);
}

}  // namespace

TEST(LineBound, ALineIsNearOnEitherSideOfWhatLinksCostAtTheLeast) {
  EXPECT_TRUE(is_near_at({.of_turning = 1.04}));
  EXPECT_FALSE(is_near_at({.of_turning = 1.06}));
  EXPECT_TRUE(is_near_at({.of_turning = 0.96}));
  EXPECT_FALSE(is_near_at({.of_turning = 0.94}));  // links say little of what lines cost there
}

TEST(LineBound, CurvesCountAboveTheirBoundOnly) {
  EXPECT_TRUE(is_near_at({.of_turning = 1.51, .curved = 1.5}));
  EXPECT_FALSE(is_near_at({.of_turning = 1.48, .curved = 1.5}));
}

TEST(LineBound, BelowLinksALineThatLacksAYardIsNotNear) {
  EXPECT_FALSE(is_near_at({.of_turning = 0.96, .yard = 1 * units::km}));
  EXPECT_TRUE(is_near_at({.of_turning = 1.04, .yard = 1 * units::km}));
}

TEST(LineBound, NoLineIsNearBesideItsBoundWhereAllIsToBeTried) {
  EXPECT_FALSE(is_near_at({.search_gap = 0, .of_turning = 1.001}));
  EXPECT_FALSE(is_near_at({.search_gap = 0, .of_turning = 0.999}));
}

TEST(LineBound, AnyLineIsNearWhereTheFirstIsToBeTaken) {
  EXPECT_TRUE(is_near_at({.search_gap = 1, .of_turning = 10}));
  EXPECT_TRUE(is_near_at({.search_gap = 1, .of_turning = 0.3}));
}
