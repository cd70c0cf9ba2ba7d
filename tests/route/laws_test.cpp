/// What no easing of a rule may do: make the line dearer. Over rough hills, where the search goes
/// on from line to line; up to a minute each.

#include <string>

#include <gtest/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "drawn_terrain.hpp"

using namespace tidewater;
using namespace tidewater::route;
using terrain::Terrain;

namespace {

/// None was seen in 22 worlds (docs/theory/route.md); not a promise.
constexpr double kSpread = 1.01;

/// Of up to 135 m, one each 1.5 km, in a world of 12 by 8 of them.
Terrain rough_hills(std::uint64_t seed) {
  return {drawn::rolling(drawn::random_letters(seed, 8, 12), 500 * units::m, {.step = 15}, 3), {}};
}

/// On the ground, at 1.5 % either way.
AlignmentProblem across(Terrain const& t) {
  auto const& frame = t.grid.frame();
  double const row = frame.rows / 2;
  AlignmentProblem p{.from = {.name = "west", .at = frame.lon_lat({3, row})},
                     .to = {.name = "east", .at = frame.lon_lat({frame.columns - 4.0, row})}};
  p.rules.loaded_ruling_grade = p.rules.empty_ruling_grade = 0.015;
  p.rules.bridges = p.rules.tunnels = Permission::kNotAllowed;
  p.search_gap = 0;  // the search goes on until nothing is left to try
  return p;
}

double cost(Terrain const& t, AlignmentProblem const& p) {
  auto const answer = align(t, p);
  auto const* a = answer ? std::get_if<Alignment>(&*answer) : nullptr;
  if (a == nullptr) {
    ADD_FAILURE() << "no line";
    return 0;
  }
  EXPECT_LE(a->bound.lower, a->cost);
  EXPECT_NEAR(recost(a->stations, p.rules, p.rates).cost / a->cost, 1, 1e-6);
  return a->cost.base();
}

class RoughHills : public testing::TestWithParam<std::uint64_t> {};

}  // namespace

TEST_P(RoughHills, MoreStructuresNeverMakeTheLineDearer) {
  Terrain const t = rough_hills(GetParam());
  AlignmentProblem p = across(t);
  double const none = cost(t, p);
  p.rules.bridges = Permission::kAllowed;
  double const bridges = cost(t, p);
  p.rules.tunnels = Permission::kAllowed;
  double const both = cost(t, p);
  p.rules.bridges = Permission::kNotAllowed;
  double const tunnels = cost(t, p);
  EXPECT_LE(bridges, none);
  EXPECT_LE(tunnels, none);
  EXPECT_LE(both, std::min(bridges, tunnels));
}

TEST(UnevenGrades, MoreStructuresNeverMakeTheLineDearer) {
  Terrain const t = rough_hills(12);
  AlignmentProblem p = across(t);
  p.rules.empty_ruling_grade = 0.020;
  double const none = cost(t, p);
  p.rules.bridges = Permission::kAllowed;
  double const bridges = cost(t, p);
  EXPECT_LE(bridges, none);
  p.rules.tunnels = Permission::kAllowed;
  EXPECT_LE(cost(t, p), bridges);
}

TEST_P(RoughHills, NoEasingOfALimitMakesTheLineDearer) {
  Terrain const t = rough_hills(GetParam());
  AlignmentProblem const strict = across(t);
  double const held = cost(t, strict);
  AlignmentProblem eased = strict;
  eased.rules.empty_ruling_grade = 0.020;
  double const helped = cost(t, eased);
  EXPECT_LE(helped, held);
  eased.rules.loaded_ruling_grade = 0.020;
  EXPECT_LE(cost(t, eased), kSpread * helped);
  AlignmentProblem wider = strict;
  wider.rules.min_radius = 600 * units::m;
  EXPECT_LE(held, kSpread * cost(t, wider));
}

INSTANTIATE_TEST_SUITE_P(Worlds, RoughHills, testing::Values(1, 4, 14));
