#include "profile_lp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "drawn_profile.hpp"
#include "profile_programme.hpp"

using namespace tidewater;
using namespace tidewater::route;
using namespace tidewater::route::tests;

namespace {

BalancedProfile balanced(ProfileProblem const& p, SectionPrices const& by = prices()) {
  auto const start = design_profile(p, by);
  EXPECT_FALSE(start.rail.empty());
  return balanced_profile(p, by, start);
}

/// Least cost with earth alone, volumes approached to two litres a stretch.
double least_earth(ProfileProblem const& p) {
  std::vector<StructureKind> const kinds(p.at.size() - 1, StructureKind::kAtGrade);
  ProfileProgramme programme{p, prices(), kinds, p.ground};
  auto answer = programme.solve();
  while (!answer.rail.empty() && programme.tighten(answer, 2e-3) > 0) {
    answer = programme.solve();
  }
  return answer.rail.empty() ? std::numeric_limits<double>::infinity() : answer.cost;
}

}  // namespace

TEST(ProfileBill, HaulsTheCutOfALevelLineIntoItsFillByHand) {
  // Ground 2 m over the rail for 500 m, then 100 m that cross it, then 2 m under it for 500 m.
  // Cut 2 (7 + 2) = 18 m2, 9000 m3; fill 2 (7 + 4) = 22 m2, 11 000 m3; 2000 are borrowed. Past the
  // ends of the stretches go 1800, 3600, 5400, 7200, 9000, 9000, 6800, 4600, 2400 and 200 m3, 100 m
  // each: 5000 m3 km. 9000 * 26 + 11 000 * 9 + 2000 * 11 + 5000 * 1.5 = 362 500.
  std::vector<double> ground(12, 2.0);
  std::fill(ground.begin() + 6, ground.end(), -2.0);
  auto p = over(ground, {0, 0});
  p.pins = {{0, 0}, {11, 0}};
  std::vector<StructureKind> const earth(11, StructureKind::kAtGrade);
  EXPECT_NEAR(profile_bill(p, prices(), std::vector<double>(12, 0.0), earth), 362'500, 1e-6);
  EXPECT_NEAR(least_earth(p), 362'500, 1);
}

TEST(ProfileLp, FindsNoDearerProfileThanAllLevelsTried) {
  // Five stations, the inner three at every tenth of a metre: the programme bounds them all, and
  // its own profile is as good as the best.
  auto p = over({0, 2, -1, 1.5, 0}, {0.02, 0.02});
  p.vertical_radius = 5000;
  std::vector<StructureKind> const earth(4, StructureKind::kAtGrade);
  double best = std::numeric_limits<double>::infinity();
  for (double a = -2; a <= 2; a += 0.1) {
    for (double b = -2; b <= 2; b += 0.1) {
      for (double c = -2; c <= 2; c += 0.1) {
        bool const is_gentle =
            std::abs(b - 2 * a) <= 2 && std::abs(a - 2 * b + c) <= 2 && std::abs(b - 2 * c) <= 2;
        bool const is_flat =
            std::max({std::abs(a), std::abs(b - a), std::abs(c - b), std::abs(c)}) <= 2;
        if (is_gentle && is_flat) {
          best = std::min(best, profile_bill(p, prices(), {0, a, b, c, 0}, earth));
        }
      }
    }
  }
  double const least = least_earth(p);
  EXPECT_LE(least, best + 1);
  auto const profile = balanced(p).profile;
  expect_rules_hold(p, profile.rail);
  EXPECT_LE(profile.cost, best);
  EXPECT_NEAR(profile.cost / least, 1, 2e-3);
}

TEST(ProfileLp, HoldsGradesCurvesPinsAndWindowsAtEveryStation) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    auto p = over(rolling(seed, 401, 4.0 * seed), {0.008, 0.012});
    p.vertical_radius = 10'000;
    p.breaks = {0, 150, 400};
    p.pins = {p.pins[0], {150, p.ground[150] + 3}, p.pins[1]};
    p.compensation.assign(400, 0);
    std::fill(p.compensation.begin() + 200, p.compensation.begin() + 230, 0.00175);
    p.flats = {{60, 75}, {300, 315}};
    auto const b = balanced(p);
    EXPECT_TRUE(b.profile.notes.empty() || b.profile.notes[0].find("dearer") != std::string::npos)
        << b.profile.notes[0];
    expect_rules_hold(p, b.profile.rail);
    EXPECT_NEAR(b.profile.cost, profile_bill(p, prices(), b.profile.rail, b.profile.kinds), 1e-6);
  }
}

TEST(ProfileLp, HoldsTheHeightsOfEveryStructure) {
  AlignmentRules const rules;
  for (auto const* ground : {"hhhhhhaahhhhhhhh", "bbbbbbzzzbbbbbbb", "hhbbhhkkhhppphhhh"}) {
    auto p = over(drawn(ground, 5, 5), {0.01, 0.01});
    p.vertical_radius = 10'000;
    auto const profile = balanced(p).profile;
    expect_rules_hold(p, profile.rail);
    for (std::size_t i = 0; i < profile.kinds.size(); ++i) {
      double const offset =
          (profile.rail[i] + profile.rail[i + 1] - p.ground[i] - p.ground[i + 1]) / 2;
      constexpr double rounding = 1e-5;
      if (profile.kinds[i] == StructureKind::kBridge) {
        EXPECT_GE(offset, kAtGradeBand - rounding);
      } else if (profile.kinds[i] == StructureKind::kTunnel) {
        EXPECT_LE(offset, -rules.tunnel_cover.in(units::m) + rounding);
      } else {
        EXPECT_LE(offset, rules.max_fill.in(units::m) + rounding);
        EXPECT_GE(offset, -rules.max_cut.in(units::m)-rounding);
      }
    }
  }
}

TEST(ProfileLp, NeverCostsMoreThanTheProfileItStartsFrom) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    auto const p = over(rolling(seed, 300, 2.5 * seed), {0.012, 0.012});
    auto const start = design_profile(p, prices());
    double const before = profile_bill(p, prices(), start.rail, start.kinds);
    auto const b = balanced_profile(p, prices(), start);
    EXPECT_LE(b.profile.cost, before) << seed;
    EXPECT_LE(b.effort.lower, before) << seed;
    EXPECT_LE(before, start.cost * 1.02) << seed;  // haul is never dearer than none; table of 0.1 m
  }
}

TEST(ProfileLp, ComesWithinHalfAPerCentOfItsOwnBound) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    auto p = over(rolling(seed, 300, 12), {0.006, 0.006});
    p.vertical_radius = 10'000;
    auto const b = balanced(p);
    EXPECT_LE(b.effort.lower, b.profile.cost * (1 + 1e-9));
    EXPECT_LE(b.profile.cost - b.effort.lower, 0.005 * b.profile.cost) << seed;
  }
}

TEST(ProfileLp, FinerLimitsNeverCheapenEarthworks) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    double before = 0;
    for (double const grade : {0.02, 0.01, 0.008, 0.006}) {
      double const cost = least_earth(over(rolling(seed, 200, 12), {grade, grade}));
      EXPECT_GE(cost, before * (1 - 1e-5)) << seed << ' ' << grade;
      before = cost;
    }
    for (double const radius : {1'000.0, 10'000.0, 20'000.0, 40'000.0}) {
      auto p = over(rolling(seed, 200, 12), {0.006, 0.006});
      p.vertical_radius = radius;
      double const cost = least_earth(p);
      EXPECT_GE(cost, before * (1 - 1e-5)) << seed << ' ' << radius;
      before = cost;
    }
    EXPECT_GT(before, 1e5);
    EXPECT_TRUE(std::isfinite(before));
  }
}

TEST(ProfileLp, CheaperHaulNeverMakesItDearer) {
  auto p = over(rolling(9, 300, 10), {0.01, 0.01});
  p.vertical_radius = 10'000;
  double before = 0;
  for (double const haul : {0.1, 0.5, 1.5, 5.0, 50.0}) {
    Rates rates;
    rates.haul.rate = haul * units::usd / (units::m3 * units::km);
    double const cost = balanced(p, SectionPrices{{}, rates}).profile.cost;
    EXPECT_GE(cost, before * (1 - 0.002)) << haul;  // each ends within 0.1 % of its bound
    before = cost;
  }
}

TEST(ProfileLp, MoreStructuresNeverMakeItDearer) {
  AlignmentRules few;
  few.bridges = Permission::kNotAllowed;
  AlignmentRules fewer = few;
  fewer.tunnels = Permission::kNotAllowed;
  for (unsigned seed = 1; seed <= 8; ++seed) {
    auto p = over(rolling(seed, 300, 16), {0.012, 0.012});
    p.vertical_radius = 10'000;
    double const all = balanced(p).profile.cost;
    double const some = balanced(p, SectionPrices{few, {}}).profile.cost;
    double const none = balanced(p, SectionPrices{fewer, {}}).profile.cost;
    // Structures are chosen before haul is known: a heuristic, which costs up to a per cent.
    EXPECT_LE(all, some * 1.01) << seed;
    EXPECT_LE(some, none * 1.01) << seed;
  }
}

TEST(ProfileLp, CostsTheSameReadFromTheOtherEnd) {
  auto p = over(rolling(5, 301, 12), {0.006, 0.009});
  p.vertical_radius = 10'000;
  double const there = least_earth(p);
  std::reverse(p.ground.begin(), p.ground.end());
  p.pins = {{0, p.ground.front()}, {300, p.ground.back()}};
  p.grades = {0.009, 0.006};
  EXPECT_GT(there, 1e5);
  EXPECT_NEAR(least_earth(p) / there, 1, 1e-6);
}

TEST(ProfileLp, NamesTheStationWhereNoVerticalCurveFits) {
  // Up 5 m and down 5 m at the ruling grade leaves a bend of 2 % at km 0.5; 10 km allow 1 %.
  auto p = over(std::vector<double>(11, 0.0), {0.01, 0.01});
  p.breaks = {0, 5, 10};
  p.pins = {{0, 0}, {5, 5}, {10, 0}};
  p.vertical_radius = 10'000;
  auto const b = balanced(p);
  ASSERT_EQ(b.profile.notes.size(), 1u);
  EXPECT_NE(b.profile.notes[0].find("km 0."), std::string::npos) << b.profile.notes[0];
  EXPECT_NEAR(double(b.profile.stuck_at), 5, 1.01);
  EXPECT_NEAR(b.profile.rail[5], 5, 1e-9);  // the profile it started from
  p.vertical_radius = 4'900;
  EXPECT_TRUE(balanced(p).profile.notes.empty());
}

TEST(ProfileLp, ChangesStructuresThatLeaveNoRoomToBend) {
  // Level ground, and a start that dips into a tunnel, climbs over a bridge and dips again within a
  // kilometre: between +2.1 % and -2.1 % there is room for 24 km of radius, not for 50.
  auto p = over(std::vector<double>(111, 0.0), {0.025, 0.025});
  p.vertical_radius = 50'000;
  Profile start{.rail = std::vector<double>(111, 0.0),
                .kinds = std::vector<StructureKind>(110, StructureKind::kAtGrade)};
  for (std::size_t i = 40; i < 72; ++i) {
    double const to_dip = std::min(std::abs(double(i) - 50.5), std::abs(double(i) - 60.5));
    start.rail[i] = std::min(0.6, -12 + 2.5 * to_dip);
  }
  start.kinds[50] = start.kinds[60] = StructureKind::kTunnel;
  start.kinds[55] = StructureKind::kBridge;
  auto const b = balanced_profile(p, prices(), start);
  EXPECT_TRUE(b.profile.notes.empty());
  expect_rules_hold(p, b.profile.rail);
  EXPECT_TRUE(is_earth(b.profile.kinds[55]));
}

TEST(ProfileLp, SavesOverTheSearchedProfileOnDrawnHills) {
  // Three hills of 12 m and two valleys: the searched profile knows no haul.
  auto p = over(drawn("ddgjggddadggjgdadgjgddd", 2, 6), {0.01, 0.01});
  p.vertical_radius = 10'000;
  auto const start = design_profile(p, prices());
  double const before = profile_bill(p, prices(), start.rail, start.kinds);
  auto const b = balanced_profile(p, prices(), start);
  expect_rules_hold(p, b.profile.rail);
  EXPECT_LT(before, start.cost);
  EXPECT_LT(b.profile.cost, before);
}

TEST(VerticalProfile, LaysLoopsFlatAndTheRestByTheRules) {
  auto p = over(rolling(3, 601, 14), {0.01, 0.012});
  p.vertical_radius = 10'000;
  auto const v = vertical_profile(p, prices(), {.loops = 3});
  ASSERT_EQ(v.flats.size(), 3u);
  p.flats = v.flats;
  expect_rules_hold(p, v.profile.rail);
  EXPECT_NEAR(v.profile.cost, profile_bill(p, prices(), v.profile.rail, v.profile.kinds), 1e-6);
}

TEST(VerticalProfile, KeepsTheYardsAtItsEndsFlatAndTheLoopsBetweenThem) {
  auto p = over(rolling(3, 601, 14), {0.01, 0.012});
  p.vertical_radius = 10'000;
  FlatRule const rule{.loops = 3, .from_yard = 1000, .to_yard = 2500};
  auto const v = vertical_profile(p, prices(), rule);
  ASSERT_EQ(v.flats.size(), 5u);
  EXPECT_EQ(v.flats.front().use, FlatWindow::Use::kFromYard);
  EXPECT_EQ(v.flats.back().use, FlatWindow::Use::kToYard);
  for (std::size_t i = 0; i < 600; ++i) {
    if (i < 10 || i >= 575) {
      EXPECT_LE(std::abs(v.profile.rail[i + 1] - v.profile.rail[i]), 100 * rule.grade + 1e-6) << i;
    }
  }
  for (std::size_t k = 1; k <= 3; ++k) {
    EXPECT_GE(v.flats[k].first, v.flats[k - 1].end);
    EXPECT_LE(v.flats[k].end, v.flats[k + 1].first);
  }
  p.flats = v.flats;
  expect_rules_hold(p, v.profile.rail);
}

TEST(VerticalProfile, KeepsYardsThatAreNearlyLevel) {
  // A tangent of a yard climbs far less than a step of the levels tried: from a pinned end on, all
  // of them must stand at its level.
  for (double const grade : {0.0, 0.0005, 0.001}) {
    auto const p = over(rolling(3, 301, 14), {0.02, 0.02});
    auto const v =
        vertical_profile(p, prices(), {.grade = grade, .from_yard = 2500, .to_yard = 2500});
    ASSERT_EQ(v.flats.size(), 2u) << grade;
    for (std::size_t i = 0; i < 300; ++i) {
      if (i < 25 || i >= 275) {
        EXPECT_LE(std::abs(v.profile.rail[i + 1] - v.profile.rail[i]), 100 * grade + 1e-6) << i;
      }
    }
  }
}

TEST(VerticalProfile, GivesUpLoopsBeforeAYardAndAYardForWantOfRoom) {
  // 30 km at 0.95 % with 1 % allowed: 15 m to spare. A loop of 1500 m takes 11 m, a yard as long
  // too.
  std::vector<double> ramp;
  for (int i = 0; i <= 300; ++i) {
    ramp.push_back(0.95 * i);
  }
  auto const climb = over(ramp, {0.01, 0.01});
  using Use = FlatWindow::Use;
  for (auto const& [rule, kept] : {std::pair{FlatRule{.loops = 1, .to_yard = 1500}, Use::kToYard},
                                   {FlatRule{.loops = 1, .from_yard = 1500}, Use::kFromYard},
                                   {FlatRule{.from_yard = 1500, .to_yard = 1500}, Use::kFromYard},
                                   {FlatRule{.from_yard = 500, .to_yard = 5000}, Use::kFromYard},
                                   {FlatRule{.from_yard = 5000, .to_yard = 500}, Use::kToYard}}) {
    auto const v = vertical_profile(climb, prices(), rule);
    ASSERT_FALSE(v.profile.rail.empty());
    ASSERT_EQ(v.flats.size(), 1u);
    EXPECT_EQ(v.flats[0].use, kept);
  }
}

TEST(VerticalProfile, TellsTheYardsOfALineShorterThanThey) {
  auto const p = over(std::vector<double>(31, 5.0), {0.01, 0.01});
  auto const last = vertical_profile(p, prices(), {.loops = 1, .to_yard = 5000});
  ASSERT_EQ(last.flats.size(), 1u);
  EXPECT_EQ(last.flats[0].use, FlatWindow::Use::kToYard);
  EXPECT_EQ(last.flats[0].end - last.flats[0].first, 30u);
  auto const both = vertical_profile(p, prices(), {.loops = 1, .from_yard = 5000, .to_yard = 2000});
  ASSERT_EQ(both.flats.size(), 2u);
  EXPECT_EQ(both.flats[0].end, 30u);
  EXPECT_EQ(both.flats[1].first, 10u);
}

TEST(VerticalProfile, SaysHowLongAYardCouldBe) {
  // As above: 15 m to spare, and a metre of yard takes 7.5 mm: 2000 m, and not one stretch more.
  std::vector<double> ramp;
  for (int i = 0; i <= 300; ++i) {
    ramp.push_back(0.95 * i);
  }
  auto climb = over(ramp, {0.01, 0.01});
  EXPECT_NEAR(longest_yard(climb, prices(), {.from_yard = 5000}), 2000, 101);
  EXPECT_NEAR(longest_yard(climb, prices(), {.to_yard = 5000}), 2000, 101);
  climb.flats = {{0, 15, FlatWindow::Use::kFromYard}};  // takes 11.25 of the 15 m
  EXPECT_NEAR(longest_yard(climb, prices(), {.to_yard = 1500}), 500, 101);
  climb.flats = {{0, 20, FlatWindow::Use::kFromYard}};
  EXPECT_EQ(longest_yard(climb, prices(), {.to_yard = 1500}), 0);
  climb.flats.clear();
  EXPECT_NEAR(longest_yard(climb, prices(), {.from_yard = 500}), 500, 1e-6);  // all that is asked
  EXPECT_EQ(longest_yard(climb, prices(), {.from_yard = 1e-7}), 0);
}

TEST(VerticalProfile, GivesUpLoopsThatAClimbHasNoRoomFor) {
  // 30 km at 0.98 % with 1 % allowed: 6 m to spare, and a flat loop costs 1500 * 0.75 % = 11 m.
  std::vector<double> ramp;
  for (int i = 0; i <= 300; ++i) {
    ramp.push_back(0.98 * i);
  }
  auto const v = vertical_profile(over(ramp, {0.01, 0.01}), prices(), {.loops = 2});
  ASSERT_FALSE(v.profile.rail.empty());
  EXPECT_TRUE(v.flats.empty());
  ASSERT_FALSE(v.profile.notes.empty());
  EXPECT_NE(v.profile.notes[0].find("2 of 2 loops"), std::string::npos) << v.profile.notes[0];
}

TEST(VerticalProfile, SaysWhereItSticksWhenNothingHolds) {
  auto p = over(std::vector<double>(101, 0.0), {0.01, 0.01});
  p.pins[1].level = 150;
  auto const v = vertical_profile(p, prices(), {.loops = 1});
  EXPECT_TRUE(v.profile.rail.empty());
  EXPECT_GT(v.profile.stuck_at, 0u);
}
