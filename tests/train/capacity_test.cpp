#include "tidewater/train/capacity.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::km;
using units::min;

Rate const a_day = 1.0 / units::day;

TEST(Capacity, ScottGivesNineTrainsADay) {
  // Published calculator example: T = 20 min, t = 100 min, E = 0.75.
  EXPECT_NEAR(scott_capacity(20 * min, 100 * min, 0.75).in(a_day), 9.0, 1e-9);
}

TEST(Capacity, StrictAlternationCarriesTwoTrainsAHeadway) {
  // 2 x 1440 / (18 + 14 + 2 x 4) = 72.
  EXPECT_NEAR(
      alternating_capacity({.up = 18 * min, .down = 14 * min}, 4 * min).in(a_day), 72, 1e-9);
}

TEST(Capacity, OneSectionBothWaysMakesTheHeadwayTwiceItsRunningTime) {
  // Published puzzle: 7 + 8 min one way, all single track: trains of one direction 30 min apart.
  SectionTimes const line{.up = (7 + 8) * min, .down = (7 + 8) * min};
  EXPECT_NEAR(alternating_headway(line, Time{}).in(min), 30, 1e-9);
}

TEST(Capacity, FleetsCarryMoreWhenTrainsFollowCloserThanTheyRun) {
  SectionTimes const section{.up = 18 * min, .down = 14 * min};
  // Three each way, 6 min apart: 6 x 1440 / (18 + 14 + 8 + 24) = 135.
  EXPECT_NEAR(
      fleeting_capacity(section, 4 * min, {.batch = 3, .headway = 6 * min}).in(a_day), 135, 1e-9);
  EXPECT_EQ(fleeting_capacity(section, 4 * min, {.batch = 1, .headway = 6 * min}),
            alternating_capacity(section, 4 * min));
}

/// Up 1 min/km, down 2 min/km.
PairTimes steady(double length_km) {
  return {.posts = {0 * km, length_km * km},
          .up = {Time{}, length_km * min},
          .down = {Time{}, 2 * length_km * min}};
}

TEST(LineCapacity, IsThatOfItsLongestSection) {
  std::vector const loops{10 * km, 40 * km};
  auto const line = line_capacity(steady(60), loops, 3 * min);
  ASSERT_EQ(line.sections.size(), 3U);
  EXPECT_EQ(line.critical, 1U);
  EXPECT_NEAR(line.capacity.in(a_day), 2 * 1440 / (90 + 6.0), 1e-9);
}

TEST(LineCapacity, OfADrawnLineTakesItsTimesFromTheTrains) {
  auto const* const drawing = "____//o__\\\\__o_____";
  Line const line = drawn::line(drawing, 2 * km, 0.01);
  Train const full = drawn::ore_train(2, 30);
  auto const answer = pair_times(empty(full), full, line, even_posts(line, 1 * km));
  ASSERT_TRUE(answer.has_value());
  auto const& times = std::get<PairTimes>(*answer);
  auto const loops = drawn::loops(drawing, 2 * km);
  auto const capacity = line_capacity(times, loops, 4 * min);
  ASSERT_EQ(capacity.sections.size(), 3U);
  Time sum{};
  for (auto const& section : capacity.sections) {
    EXPECT_GE(section.capacity, capacity.capacity);
    sum += section.times.pair();
  }
  // Sections add up to both whole runs, the down one being the loaded train's on the line reversed.
  Time const there = std::get<train::Run>(*running_time(empty(full), line)).time;
  Time const back = std::get<train::Run>(*running_time(full, reversed(line))).time;
  EXPECT_NEAR(sum.base(), (there + back).base(), 1e-6);
}

TEST(PairTimes, AStallComesBackAsAStall) {
  Line const line = drawn::line("__////__", 5 * km, 0.03);
  Train const full = drawn::ore_train(1, 40);
  auto const answer = pair_times(full, empty(full), line, even_posts(line, 1 * km));
  ASSERT_TRUE(answer.has_value());
  EXPECT_TRUE(std::holds_alternative<Stalled>(*answer));
}

/// Longest section by trying every choice of `n` sites.
double best_by_trial(PairTimes const& times, std::vector<Length> const& sites, std::size_t n) {
  std::vector<char> chosen(sites.size(), 0);
  std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(n), 1);
  double best = 1e300;
  do {
    std::vector<Length> loops;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      if (chosen[i] != 0) {
        loops.push_back(sites[i]);
      }
    }
    double longest = 0;
    for (auto const& section : line_capacity(times, loops, Time{}).sections) {
      longest = std::max(longest, section.times.pair().base());
    }
    best = std::min(best, longest);
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return best;
}

TEST(LoopPlacement, IsTheBestOfAllChoices) {
  auto const* const drawing = "__o_/o/_o__\\o__o/_oo_//_o_\\\\o__";
  Line const line = drawn::line(drawing, 3 * km, 0.009);
  Train const full = drawn::ore_train(2, 30);
  auto const answer = pair_times(full, empty(full), line, even_posts(line, 0.5 * km));
  auto const& times = std::get<PairTimes>(*answer);
  auto const sites = drawn::loops(drawing, 3 * km);
  for (std::size_t n = 0; n <= sites.size(); ++n) {
    auto const plan = place_loops(times, sites, static_cast<int>(n), Time{});
    double longest = 0;
    for (auto const& section : plan.capacity.sections) {
      longest = std::max(longest, section.times.pair().base());
    }
    EXPECT_LE(plan.loops.size(), n);
    EXPECT_NEAR(longest / best_by_trial(times, sites, n), 1.0, 1e-8) << n << " loops";
  }
}

RC_GTEST_PROP(LoopPlacementLaw, IsNoWorseThanAnyChoiceOnASmallLine, ()) {
  PairTimes times{.posts = {0 * km}, .up = {Time{}}, .down = {Time{}}};
  std::vector<Length> sites;
  int const posts = *rc::gen::inRange(2, 11);
  for (int i = 0; i < posts; ++i) {
    times.posts.push_back(times.posts.back() + *rc::gen::inRange(1, 20) * km);
    times.up.push_back(times.up.back() + *rc::gen::inRange(1, 30) * min);
    times.down.push_back(times.down.back() + *rc::gen::inRange(1, 30) * min);
    if (i + 1 < posts && *rc::gen::inRange(0, 4) > 0) {
      sites.push_back(times.posts.back());
    }
  }
  Time const allowance = *rc::gen::inRange(0, 10) * min;
  for (std::size_t n = 0; n <= sites.size(); ++n) {
    auto const plan = place_loops(times, sites, static_cast<int>(n), allowance);
    Time const longest{best_by_trial(times, sites, n)};
    double const best = (2.0 / (longest + 2.0 * allowance)).in(a_day);
    RC_ASSERT(plan.loops.size() <= n);
    RC_ASSERT(plan.capacity.capacity.in(a_day) >= best * (1 - 1e-8));
  }
}

TEST(LoopPlacement, CapacityNeverFallsWithMoreLoopsAndLevelsOffWithoutSites) {
  std::vector<Length> sites;
  for (int post = 5; post < 300; post += 5) {
    sites.push_back(post * km);
  }
  auto const curve = capacity_curve(steady(300), sites, 9, 5 * min);
  ASSERT_EQ(curve.size(), 10U);
  for (std::size_t n = 1; n < curve.size(); ++n) {
    EXPECT_GE(curve[n].capacity.capacity, curve[n - 1].capacity.capacity);
  }
  // Nine loops cut 900 min of pair time into ten equal sections.
  EXPECT_NEAR(curve[9].capacity.capacity.in(a_day), 2 * 1440 / (90 + 10.0), 1e-6);
  std::vector const few{150 * km};
  auto const flat = capacity_curve(steady(300), few, 5, 5 * min);
  EXPECT_EQ(flat[5].capacity.capacity, flat[1].capacity.capacity);
  EXPECT_EQ(flat[5].loops.size(), 1U);
}

TEST(NextLoop, PaysMostInTheMiddleOfTheCriticalSection) {
  std::vector const existing{20 * km};
  std::vector const sites{10 * km, 30 * km, 55 * km, 60 * km, 90 * km};
  auto const next = next_loop(steady(100), existing, sites, 5 * min);
  ASSERT_TRUE(next.found);
  EXPECT_EQ(next.at, 60 * km);
  EXPECT_NEAR(next.before.in(a_day), 2 * 1440 / (240 + 10.0), 1e-9);
  EXPECT_NEAR(next.after.in(a_day), 2 * 1440 / (120 + 10.0), 1e-9);
}

TEST(NextLoop, SaysSoWhenTwoSectionsTie) {
  std::vector const existing{50 * km};
  std::vector const sites{25 * km, 75 * km};
  auto const next = next_loop(steady(100), existing, sites, 5 * min);
  EXPECT_FALSE(next.found);
  EXPECT_EQ(next.before, next.after);
  EXPECT_NE(next.reason.find("ties"), std::string::npos);
}

TEST(LoopSites, LieOnlyWhereTheWholeLoopIsFlat) {
  Line const line = drawn::line("//___//_/", 1 * km, 0.01);
  auto const sites =
      loop_sites(line, {.length = 1.5 * km, .max_grade = 0.0025, .spacing = 0.25 * km});
  ASSERT_FALSE(sites.empty());
  for (auto const& site : sites) {
    EXPECT_GE(site, 2.75 * km);
    EXPECT_LE(site, 4.25 * km);
  }
  EXPECT_EQ(sites.front(), 2.75 * km);
  EXPECT_EQ(sites.back(), 4.25 * km);
}

}  // namespace
}  // namespace tidewater::train
