#include "profile.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "drawn_profile.hpp"

using namespace tidewater;
using namespace tidewater::route;
using namespace tidewater::route::tests;

namespace {}  // namespace

TEST(Profile, LiesOnGroundThatHoldsTheGrades) {
  std::vector<double> ramp;
  for (int i = 0; i <= 100; ++i) {
    ramp.push_back(50 + 0.5 * i);  // 0.5 % climb
  }
  auto const p = over(ramp, {0.01, 0.01});
  auto const profile = design_profile(p, prices());
  ASSERT_FALSE(profile.rail.empty());
  EXPECT_NEAR(profile.cost, 0, 1e5);  // under 10 a metre: the last lattice is a few centimetres
  for (std::size_t i = 0; i < ramp.size(); ++i) {
    EXPECT_NEAR(profile.rail[i], ramp[i], 0.2);
  }
}

TEST(Profile, ClimbsAtExactlyTheRulingGradeWhenNothingLessReachesTheEnd) {
  std::vector<double> cliff(101, 0.0);
  for (std::size_t i = 50; i < 101; ++i) {
    cliff[i] = 100;  // 10 km at 1 % is just the 100 m
  }
  auto const p = over(cliff, {0.01, 0.01});
  auto const profile = design_profile(p, prices());
  expect_rules_hold(p, profile.rail);
  EXPECT_NEAR(profile.rail[50], 50, 1e-6);
}

TEST(Profile, NoneExistsWhereTheEndsAreTooFarApartInHeight) {
  auto p = over(std::vector<double>(101, 0.0), {0.01, 0.01});
  p.pins[1].level = 101;
  EXPECT_TRUE(design_profile(p, prices()).rail.empty());
  EXPECT_FALSE(has_profile(p, prices()));
  p.pins[1].level = 99;
  EXPECT_TRUE(has_profile(p, prices()));
}

TEST(Profile, HoldsTheGradesAndPinsOnRollingGround) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    auto p = over(rolling(seed, 400, 5.0 * seed), {0.008, 0.012});
    p.breaks = {0, 150, 399};
    p.pins = {p.pins[0], {150, p.ground[150] + 3}, p.pins[1]};
    auto const profile = design_profile(p, prices());
    ASSERT_FALSE(profile.rail.empty()) << seed;
    expect_rules_hold(p, profile.rail);
    EXPECT_NEAR(profile.rail[150], p.ground[150] + 3, 1e-9);
    EXPECT_NEAR(profile.rail.front(), p.ground.front(), 1e-9);
    EXPECT_NEAR(profile.rail.back(), p.ground.back(), 1e-9);
  }
}

TEST(Profile, StaysWithinLengthsOfConstantGrade) {
  auto const p = over(rolling(3, 101, 20), {0.01, 0.01});
  auto const profile = design_profile(p, prices());
  int breaks = 0;
  for (std::size_t i = 1; i + 1 < p.at.size(); ++i) {
    double const bend = profile.rail[i + 1] - 2 * profile.rail[i] + profile.rail[i - 1];
    breaks += std::abs(bend) > 1e-9 ? 1 : 0;
    EXPECT_TRUE(std::abs(bend) < 1e-9 || i % 5 == 0) << i;  // 500 m tangents
  }
  EXPECT_GT(breaks, 0);
}

TEST(Profile, FinerGradesNeverCheapen) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    double before = 0;
    for (double const grade : {0.03, 0.02, 0.012, 0.008}) {
      auto const profile = design_profile(over(rolling(seed, 300, 25), {grade, grade}), prices());
      // The lattice of levels differs with the grade: equal costs may part in the fourth digit.
      EXPECT_GE(profile.cost, before * (1 - 1e-3)) << seed << ' ' << grade;
      before = profile.cost;
    }
  }
}

TEST(Profile, MoreStructuresNeverMakeItDearer) {
  AlignmentRules few;
  few.bridges = Permission::kNotAllowed;
  AlignmentRules fewer = few;
  fewer.tunnels = Permission::kNotAllowed;
  for (unsigned seed = 1; seed <= 8; ++seed) {
    auto const p = over(rolling(seed, 300, 18), {0.012, 0.012});
    double const all = design_profile(p, prices()).cost;
    double const some = design_profile(p, SectionPrices{few, {}}).cost;
    double const none = design_profile(p, SectionPrices{fewer, {}}).cost;
    EXPECT_LE(all, some * (1 + 1e-4)) << seed;
    EXPECT_LE(some, none * (1 + 1e-4)) << seed;
  }
}

TEST(Profile, CostsTheSameReadFromTheOtherEnd) {
  auto p = over(rolling(5, 301, 20), {0.008, 0.014});
  double const there = design_profile(p, prices()).cost;
  std::reverse(p.ground.begin(), p.ground.end());
  p.pins = {{0, p.ground.front()}, {300, p.ground.back()}};
  p.grades = {0.014, 0.008};
  EXPECT_NEAR(design_profile(p, prices()).cost / there, 1, 2e-3);  // lattices start at other ends
}

TEST(Profile, BridgesAStructureOnlyZoneAtItsClearance) {
  auto p = over(std::vector<double>(201, 10.0), {0.01, 0.01});
  for (std::size_t i = 95; i < 105; ++i) {
    p.access[i] = terrain::Access::kStructureOnly;
  }
  auto const profile = design_profile(p, prices());
  ASSERT_FALSE(profile.rail.empty());
  for (std::size_t i = 95; i < 105; ++i) {
    EXPECT_GE((profile.rail[i] + profile.rail[i + 1]) / 2 - 10, 5 - 0.051) << i;  // table of 0.1 m
  }
}

TEST(Profile, GivesUpGradeInCurves) {
  // 10 km up a plane of 1 %: with 0.2 % less in a kilometre of curves the end is 2 m out of reach.
  std::vector<double> ramp;
  for (int i = 0; i <= 100; ++i) {
    ramp.push_back(1.0 * i);
  }
  auto p = over(ramp, {0.01, 0.01});
  p.compensation.assign(100, 0);
  std::fill(p.compensation.begin() + 40, p.compensation.begin() + 50, 0.002);
  EXPECT_FALSE(has_profile(p, prices()));
  p.pins[1].level = 98;
  auto const profile = design_profile(p, prices());
  expect_rules_hold(p, profile.rail);
  EXPECT_NEAR(profile.rail[50] - profile.rail[40], 8, 1e-6);
}

TEST(Profile, LiesFlatWhereTrainsStand) {
  for (double const flat : {0.0025, 0.001, 0.0}) {
    auto p = over(rolling(4, 400, 20), {0.01, 0.012});
    p.flats = {{97, 112}, {250, 265}};
    p.flat_grade = flat;
    auto const profile = design_profile(p, prices());
    ASSERT_FALSE(profile.rail.empty()) << flat;
    expect_rules_hold(p, profile.rail);
  }
}

TEST(Profile, SaysWhichStructureEachStretchIs) {
  // A gorge of 60 m, half a kilometre wide, in a plain: nothing but a bridge crosses it level.
  auto p = over(drawn("hhhhhbbhhhhh", 10, 5), {0.01, 0.01});
  auto const profile = design_profile(p, prices());
  ASSERT_EQ(profile.kinds.size(), p.at.size() - 1);
  EXPECT_EQ(profile.kinds[27], StructureKind::kBridge);
  EXPECT_NE(profile.kinds[2], StructureKind::kBridge);
}
