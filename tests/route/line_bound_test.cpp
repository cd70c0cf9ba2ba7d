#include "line_bound.hpp"

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

/// Twenty kilometres of plain, where any line costs 25 million at least.
struct Plain {
  terrain::Terrain ground{drawn::grid("....\n....", 500 * units::m, {}, 10), {}};
  AlignmentProblem problem{.from = {.name = "west", .at = at(2)},
                           .to = {.name = "east", .at = at(37)}};

  [[nodiscard]] terrain::LonLat at(int column) const {
    return ground.grid.frame().lon_lat({double(column), 10.0});
  }
};

/// Whether a line is near where the lattice's bound has a line cost 100.
bool is_near_at(double search_gap, double share_of_lattice_bound) {
  Plain plain;
  plain.problem.search_gap = search_gap;
  Turned const turned{plain.ground, plain.problem};
  LatticeBound const lattice{.turning = 1e8, .curved = 1e8};
  Money const at_bound = line_bound(turned.setting(), lattice, 1e9 * units::usd).turning;
  return is_near(turned.setting(), lattice, share_of_lattice_bound * at_bound);
}

}  // namespace

TEST(LineBound, ALineIsNearOnEitherSideOfTheLatticesBound) {
  EXPECT_TRUE(is_near_at(0.05, 1.04));
  EXPECT_FALSE(is_near_at(0.05, 1.06));
  EXPECT_TRUE(is_near_at(0.05, 0.96));
  EXPECT_FALSE(is_near_at(0.05, 0.94));  // links say little of what lines cost there
}

TEST(LineBound, NoLineIsNearOffTheBoundWhereAllIsToBeTried) {
  EXPECT_FALSE(is_near_at(0, 1.001));
  EXPECT_FALSE(is_near_at(0, 0.999));
}

TEST(LineBound, AnyLineIsNearWhereTheFirstIsToBeTaken) {
  EXPECT_TRUE(is_near_at(1, 10));
  EXPECT_TRUE(is_near_at(1, 0.3));
}
