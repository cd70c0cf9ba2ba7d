/// Figures read off a finished line.

#include "statistics.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

namespace {

/// Points 100 m apart along a figure of eight of two kilometres, or along half of it.
std::vector<PlanePoint> eight(double share) {
  constexpr int pieces = 61;
  std::vector<PlanePoint> out;
  for (int i = 0; i <= share * pieces; ++i) {
    double const t = 0.3 + 2 * std::numbers::pi * i / pieces;
    out.push_back({1000 * std::sin(t), 500 * std::sin(2 * t)});
  }
  return out;
}

}  // namespace

TEST(SelfCrossings, FindsWhereAFigureOfEightMeetsItself) {
  auto const line = eight(1);
  auto const found = self_crossings(line);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(std::hypot(line[found[0].first].x, line[found[0].first].y), 150);
  EXPECT_LT(std::hypot(line[found[0].again].x, line[found[0].again].y), 150);
  EXPECT_LT(found[0].first + 20, found[0].again);
}

TEST(SelfCrossings, FindsNoneOnALoopThatStaysOpenNorOnNeighbours) {
  EXPECT_TRUE(self_crossings(eight(0.5)).empty());
  EXPECT_TRUE(self_crossings({}).empty());
  EXPECT_TRUE(self_crossings({{0, 0}, {100, 0}, {100, 100}, {0, 100}}).empty());
  EXPECT_TRUE(self_crossings({{0, 0}, {100, 0}, {200, 0}, {100, 0}}).empty());
}
