#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "drawn_terrain.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

GivenLine drawn_line() {
  return {.from = "a", .to = "b", .polyline = {{63.0, 26.0}, {63.2, 25.9}, {63.4, 26.0}}};
}

}  // namespace

TEST(FixedAlignment, TakesTheKnownLengthOverTheDrawnOne) {
  auto given = drawn_line();
  auto const as_drawn = fixed_alignment(given, nullptr, {});
  ASSERT_TRUE(as_drawn.has_value());
  double const geodesic = (terrain::geodesic_distance(given.polyline[0], given.polyline[1]) +
                           terrain::geodesic_distance(given.polyline[1], given.polyline[2]))
                              .in(units::km);
  EXPECT_NEAR(as_drawn->length.in(units::km), geodesic, 1e-9);
  given.known_length = 60 * units::km;
  auto const known = fixed_alignment(given, nullptr, {});
  EXPECT_EQ(known->length, 60 * units::km);
  EXPECT_EQ(known->stations.back().at, 60 * units::km);
  EXPECT_EQ(known->stations.size(), 601U);
  EXPECT_NE(known->notes[1].find("60.0 km"), std::string::npos);
  EXPECT_EQ(known->profile, ProfileOrigin::kUnknown);
}

TEST(FixedAlignment, AnUpgradePaysItsRateAndAnExistingLineNothing) {
  auto given = drawn_line();
  given.known_length = 100 * units::km;
  EXPECT_EQ(fixed_alignment(given, nullptr, {})->cost, Money{});
  given.status = LineStatus::kUpgrade;
  auto const upgrade = fixed_alignment(given, nullptr, {});
  EXPECT_NEAR(upgrade->cost.in(units::musd), 56, 1e-9);
  ASSERT_EQ(upgrade->costs.size(), 1U);
  EXPECT_EQ(upgrade->costs[0].source, Rates{}.upgrade.source);
}

TEST(FixedAlignment, DrapesWithinItsGradeLimits) {
  auto const grid = drawn::grid(R"(
      0123210505
      0123210505
      0123210505)",
                                500 * units::m,
                                {.step = 40},
                                4);
  auto const& frame = grid.frame();
  GivenLine given{
      .from = "a", .to = "b", .polyline = {frame.lon_lat({1, 6}), frame.lon_lat({38, 6})}};
  given.loaded_grade_limit = 0.012;
  given.empty_grade_limit = 0.02;
  auto const a = fixed_alignment(given, &grid, {});
  ASSERT_TRUE(a.has_value());
  EXPECT_EQ(a->profile, ProfileOrigin::kDraped);
  EXPECT_LE(a->steepest_climb, 0.012 + 1e-9);
  EXPECT_LE(a->steepest_descent, 0.02 + 1e-9);
  EXPECT_GT(a->climb.base(), 50);
}

TEST(FixedAlignment, OnGentleGroundLiesOnTheGround) {
  auto const grid = drawn::grid("0123456789", 500 * units::m, {.step = 4, .base = 10}, 4);
  auto const& frame = grid.frame();
  GivenLine given{
      .from = "a", .to = "b", .polyline = {frame.lon_lat({0, 1}), frame.lon_lat({39, 1})}};
  auto const a = fixed_alignment(given, &grid, {});
  for (auto const& s : a->stations) {
    EXPECT_NEAR(s.rail.base(), s.ground.base(), 1e-9);
  }
}

TEST(FixedAlignment, NamesEveryFaultAtOnce) {
  GivenLine const bad{.from = "a",
                      .to = "b",
                      .polyline = {{63, 26}},
                      .known_length = Length{-1},
                      .loaded_grade_limit = 0};
  auto const a = fixed_alignment(bad, nullptr, {});
  ASSERT_FALSE(a.has_value());
  EXPECT_EQ(a.error().size(), 3U);
}
