/// Climbs that no straight line makes: a slope the line winds up, a helper grade that shortens it,
/// and laws over drawn worlds.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "draft.hpp"
#include "drawn_terrain.hpp"
#include "lattice_way.hpp"

using namespace tidewater;
using namespace tidewater::route;
using terrain::Terrain;

namespace {

constexpr Length kCell = 500 * units::m;

/// A letter is a kilometre: a slope of nine steps between a plain and a plateau.
Terrain slope(double step) {
  std::string picture;
  for (int row = 0; row < 16; ++row) {
    picture += ".....123456789999999\n";
  }
  return {drawn::grid(picture, kCell, {.step = step}, 2), {}};
}

AlignmentProblem uphill(Terrain const& t, double loaded) {
  auto const& frame = t.grid.frame();
  double const row = frame.rows / 2;
  AlignmentProblem p{.from = {.name = "plain", .at = frame.lon_lat({3, row})},
                     .to = {.name = "plateau", .at = frame.lon_lat({frame.columns - 4.0, row})}};
  p.rules.loaded_ruling_grade = loaded;
  p.rules.empty_ruling_grade = loaded;
  p.rules.bridges = Permission::kNotAllowed;
  p.rules.tunnels = Permission::kNotAllowed;
  p.search_gap = 1;  // lines as they are first drawn
  return p;
}

Alignment line(Terrain const& t, AlignmentProblem const& p) {
  auto const answer = align(t, p);
  if (!answer) {
    throw std::runtime_error{answer.error().front().what};
  }
  if (auto const* none = std::get_if<NoAlignment>(&*answer)) {
    throw std::runtime_error{none->binding};
  }
  return std::get<Alignment>(*answer);
}

double km(Alignment const& a) {
  return a.length.in(units::km);
}

/// The least radius of a circle through three neighbouring points of the drawn line.
double tightest_drawn(Terrain const& t, Alignment const& a) {
  auto const& frame = t.grid.frame();
  double least = 1e9;
  for (std::size_t i = 1; i + 1 < a.line.size(); ++i) {
    auto const p = frame.place(a.line[i - 1]);
    auto const q = frame.place(a.line[i]);
    auto const r = frame.place(a.line[i + 1]);
    double const ux = q.column - p.column;
    double const uy = q.row - p.row;
    double const vx = r.column - q.column;
    double const vy = r.row - q.row;
    double const sides = std::hypot(ux, uy) * std::hypot(vx, vy) * std::hypot(ux + vx, uy + vy);
    double const twice_area = std::abs(ux * vy - uy * vx);
    least = std::min(least, sides / std::max(2 * twice_area, 1e-12));
  }
  return least * frame.cell.in(units::m);
}

/// A ridge between two plains with gaps in some rows of letters, turned over if asked.
Terrain ridge_with_gaps(std::vector<int> const& gaps, bool turned = false) {
  constexpr int kRows = 11;
  std::string picture;
  for (int row = 0; row < kRows; ++row) {
    int const drawn = turned ? kRows - 1 - row : row;
    bool const open = std::find(gaps.begin(), gaps.end(), drawn) != gaps.end();
    picture += open ? ".......1.......\n" : "......999......\n";
  }
  return {drawn::grid(picture, kCell, {.step = 40}, 3), {}};
}

/// From the west to the east, half-way down, so that mirrored worlds have mirrored ends.
AlignmentProblem over_the_ridge(Terrain const& t) {
  auto p = uphill(t, 0.012);
  double const row = (t.grid.frame().rows - 1) / 2.0;
  p.from.at = t.grid.frame().lon_lat({3, row});
  p.to.at = t.grid.frame().lon_lat({t.grid.frame().columns - 4.0, row});
  return p;
}

/// The row, counted in letters from the middle, at which a line crosses the ridge.
double crossing(Terrain const& t, Alignment const& a) {
  auto const& frame = t.grid.frame();
  for (auto const& s : a.stations) {
    if (auto const place = frame.place(s.place); place.column >= (frame.columns - 1) / 2.0) {
      return (place.row - (frame.rows - 1) / 2.0) / 3;
    }
  }
  throw std::runtime_error{"the line never crosses the ridge"};
}

/// Hills of random height in a world of 12 by 8 letters.
Terrain random_hills(std::uint64_t seed, double step = 6) {
  return {drawn::grid(drawn::random_letters(seed, 8, 12), kCell, {.step = step}, 3), {}};
}

}  // namespace

TEST(DrawnWorlds, WindsUpASlopeTooSteepToGoStraight) {
  Terrain const t = slope(30);  // 3 %, and 1 % allowed
  auto const p = uphill(t, 0.01);
  Alignment const a = line(t, p);
  double const rise = (a.stations.back().rail - a.stations.front().rail).in(units::km);
  EXPECT_NEAR(rise, 0.27, 1e-6);
  EXPECT_GE(km(a), rise / 0.01);
  EXPECT_GT(km(a), 1.5 * a.great_circle.in(units::km));
  EXPECT_LT(a.cost.in(units::musd), 90);  // 112 where corners moved at levels that stayed
  EXPECT_LE(a.steepest_climb, 0.01 + 1e-9);
  EXPECT_GE(a.smallest_radius.in(units::m), 399.9);
  EXPECT_LE(a.bound.lower, a.cost);
}

TEST(DrawnWorlds, AGapAskedForKeepsTheSearchOn) {
  Terrain const t = slope(30);
  AlignmentProblem p = uphill(t, 0.01);
  Alignment const loose = line(t, p);
  p.search_gap = 0;
  Alignment const tight = line(t, p);
  EXPECT_LT(tight.cost, 0.99 * loose.cost);
  EXPECT_LE(tight.bound.lower, tight.cost);
  EXPECT_GT(tight.effort.candidates, loose.effort.candidates);
}

TEST(DrawnWorlds, HeadingsKeptRaiseTheBoundWhereWaysWouldTurnOnTheSpot) {
  Terrain const t = slope(30);
  AlignmentProblem const p = uphill(t, 0.01);
  Turned const turned{t, p};
  SearchEffort effort;
  LatticeSearch search{turned.setting(), turned.setting().grades, effort};
  double const before = search.bound().curved;
  EXPECT_EQ(search.bound().turning, before);
  search.keep_headings();
  EXPECT_GT(search.bound().curved, 1.001 * before);
  EXPECT_EQ(search.bound().turning, before);
}

TEST(DrawnWorlds, AHelperGradeShortensTheClimb) {
  Terrain const t = slope(20);  // 2 %
  Alignment const plain = line(t, uphill(t, 0.01));
  Alignment const helped = line(t, uphill(t, 0.022));
  EXPECT_GT(km(plain), km(helped) + 5);
  EXPECT_LT(helped.cost, plain.cost);
  EXPECT_LT(km(helped), 1.2 * helped.great_circle.in(units::km));
  EXPECT_GT(helped.steepest_climb, 0.01);
}

TEST(DrawnWorlds, HoldsGradesAndRadiiOnEveryStretchOfTheWindingClimb) {
  Terrain const t = slope(30);
  auto const p = uphill(t, 0.01);
  Alignment const a = line(t, p);
  bool is_curved = false;
  for (std::size_t i = 0; i + 1 < a.stations.size(); ++i) {
    auto const& s = a.stations[i];
    auto const& next = a.stations[i + 1];
    double const grade = (next.rail - s.rail) / (next.at - s.at);
    double const given_up = p.rules.curve_compensation / s.radius;
    EXPECT_LE(grade, 0.01 - given_up + 1e-7) << i;
    EXPECT_GE(grade, -0.01 + given_up - 1e-7) << i;
    is_curved = is_curved || given_up > 1e-3;
  }
  EXPECT_TRUE(is_curved);  // else the compensation was never asked for
  EXPECT_GE(tightest_drawn(t, a), 0.99 * p.rules.min_radius.in(units::m));
  EXPECT_LT(tightest_drawn(t, a), 2 * p.rules.min_radius.in(units::m));
}

TEST(DrawnWorlds, OnlyTheGradeOfTheClimbingDirectionShortensIt) {
  Terrain const t = slope(20);
  auto p = uphill(t, 0.01);
  Alignment const plain = line(t, p);
  p.rules.empty_ruling_grade = 0.022;
  Alignment const down = line(t, p);
  EXPECT_GE(km(down), 100 * (down.stations.back().rail - down.stations.front().rail).in(units::km));
  EXPECT_LE(down.steepest_climb, 0.01 + 1e-9);
  EXPECT_LE(down.cost, 1.03 * plain.cost);
  std::swap(p.rules.loaded_ruling_grade, p.rules.empty_ruling_grade);
  Alignment const helped = line(t, p);
  EXPECT_GT(km(plain), km(helped) + 5);
  EXPECT_GT(km(down), km(helped) + 5);
  EXPECT_LE(helped.steepest_climb, 0.022 + 1e-9);
}

TEST(DrawnWorlds, AMirroredWorldHasTheMirroredLine) {
  for (auto const& gaps : {std::vector{1, 7}, std::vector{2, 9}}) {
    Terrain const t = ridge_with_gaps(gaps);
    Terrain const mirror = ridge_with_gaps(gaps, true);
    AlignmentProblem p = over_the_ridge(t);
    AlignmentProblem q = over_the_ridge(mirror);
    Alignment const a = line(t, p);
    Alignment const b = line(mirror, q);
    double const nearer = gaps.front() == 1 ? 2 : -3;
    EXPECT_NEAR(crossing(t, a), nearer, 0.7);
    EXPECT_NEAR(crossing(mirror, b), -crossing(t, a), 0.1);
    EXPECT_NEAR(b.bound.lower / a.bound.lower, 1, 1e-9);
    EXPECT_NEAR(b.cost / a.cost, 1, 0.02);  // corners move one after the other, from one end on
  }
}

TEST(DrawnWorlds, EasedRulesOpenTheLineThatNoneFits) {
  Terrain const t{drawn::grid(R"(
    ....z....
    ....z....
    ....z....)",
                              kCell,
                              {.step = 30},
                              4),
                  {}};  // a wall of a kilometre, two thick
  auto const p = uphill(t, 0.01);
  auto const answer = align(t, p);
  ASSERT_TRUE(answer.has_value());
  auto const* none = std::get_if<NoAlignment>(&*answer);
  ASSERT_NE(none, nullptr);
  EXPECT_EQ(none->barrier, Barrier::kGrade);
  EXPECT_NE(none->relaxation.find("allowing tunnels"), std::string::npos) << none->relaxation;
}

TEST(DrawnWorlds, WhereNoLineHoldsItsVerticalCurvesAGentlerOneIsLookedFor) {
  Terrain const t{drawn::grid(drawn::random_letters(43, 4, 6), kCell, {.step = 16}, 3), {}};
  AlignmentProblem p = uphill(t, 0.015);
  p.from.at = t.grid.frame().lon_lat({1, 6});
  p.to.at = t.grid.frame().lon_lat({16, 6});
  p.rules.vertical_radius = 100 * units::km;
  Turned const turned{t, p};
  Setting const& setting = turned.setting();
  SearchEffort effort;
  LatticeSearch lattice{setting, setting.grades, effort};
  for (double const ease : {0.97, 0.88, 0.78}) {  // the ways drawn at 1.5 %
    auto const drawn = draft(setting, setting, lattice.way({.ease = ease}), effort);
    ASSERT_TRUE(drawn.has_value());
    EXPECT_TRUE(drawn->draft.vertical.profile.rail.empty());
  }
  Alignment const a = line(t, p);
  EXPECT_LE(a.steepest_climb, 0.85 * 0.015 + 1e-7);
  EXPECT_LE(a.steepest_descent, 0.85 * 0.015 + 1e-7);
}

TEST(DrawnWorlds, LawsOverRandomHills) {
  double dearest_permission = 0;
  double cheapest_limit = 1e9;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Terrain const t = random_hills(seed);
    auto p = uphill(t, 0.015);
    Alignment const bare = line(t, p);
    EXPECT_LE(bare.bound.lower, bare.cost) << seed;
    EXPECT_NEAR(recost(bare.stations, p.rules, p.rates).cost / bare.cost, 1, 1e-6) << seed;
    AlignmentProblem back = p;
    std::swap(back.from, back.to);
    EXPECT_NEAR(line(t, back).cost / bare.cost, 1, 1e-9) << seed;
    p.rules.bridges = Permission::kAllowed;
    p.rules.tunnels = Permission::kAllowed;
    dearest_permission = std::max(dearest_permission, line(t, p).cost / bare.cost);
    auto finer = uphill(t, 0.010);
    cheapest_limit = std::min(cheapest_limit, line(t, finer).cost / bare.cost);
  }
  // The search for the plan is heuristic, so neither law is exact; seen here: 1.0000 and 1.062.
  EXPECT_LE(dearest_permission, 1.001);
  EXPECT_GE(cheapest_limit, 1);
}

TEST(DrawnWorlds, SwappedEndsAndGradesCostTheSameOverRandomHills) {
  for (std::uint64_t seed = 11; seed <= 14; ++seed) {
    Terrain const t = random_hills(seed);
    auto p = uphill(t, 0.010);
    p.rules.empty_ruling_grade = 0.018;
    p.rules.bridges = p.rules.tunnels = Permission::kAllowed;
    Alignment const out = line(t, p);
    std::swap(p.from, p.to);
    std::swap(p.rules.loaded_ruling_grade, p.rules.empty_ruling_grade);
    Alignment const home = line(t, p);
    EXPECT_NEAR(home.cost / out.cost, 1, 1e-9) << seed;
    EXPECT_NEAR(home.length / out.length, 1, 1e-9) << seed;
    // Without the swap of the grades the climb home is held to the other limit.
    EXPECT_LE(home.steepest_climb, 0.018 + 1e-9) << seed;
    EXPECT_LE(home.steepest_descent, 0.010 + 1e-9) << seed;
  }
}

TEST(DrawnWorlds, EasingTheGradeOfOneDirectionOrTheRadiusOverRandomHills) {
  double dearest_grade = 0;
  double dearest_radius = 0;
  for (std::uint64_t const seed : {1U, 2U, 3U, 4U, 11U}) {
    Terrain const t = random_hills(seed);
    auto p = uphill(t, 0.015);
    Alignment const held = line(t, p);
    p.rules.min_radius = 600 * units::m;
    dearest_radius = std::max(dearest_radius, held.cost / line(t, p).cost);
    p.rules.min_radius = 400 * units::m;
    p.rules.empty_ruling_grade = 0.020;
    dearest_grade = std::max(dearest_grade, line(t, p).cost / held.cost);
  }
  // Seen: 0.992 and 1.002; over hills of steps of 15 m 1.08 and 1.46 (docs/theory/route.md).
  EXPECT_LE(dearest_grade, 1);
  EXPECT_LE(dearest_radius, 1.005);
}

TEST(DrawnWorlds, HeadingsAreLookedForFurtherFromAWayThatTurnsOnTheSpot) {
  Terrain const t{
      drawn::rolling(drawn::random_letters(216, 8, 12), 500 * units::m, {.step = 40}, 3), {}};
  auto const& frame = t.grid.frame();
  double const row = frame.rows / 2;
  AlignmentProblem p{.from = {.name = "west", .at = frame.lon_lat({3, row})},
                     .to = {.name = "east", .at = frame.lon_lat({frame.columns - 4.0, row})},
                     .search_gap = 1};
  p.rules.loaded_ruling_grade = p.rules.empty_ruling_grade = 0.02;
  p.rules.bridges = p.rules.tunnels = Permission::kNotAllowed;
  EXPECT_LT(line(t, p).cost.in(units::musd), 30);  // 53 where four cells aside were all
}
