#include "tidewater/train/timetable.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tidewater::train {
namespace {

using units::min;

std::vector<SectionTimes> const three{
    {18 * min, 14 * min}, {10 * min, 12 * min}, {15 * min, 15 * min}};
SectionRules const plain_rules{.opposing = 4 * min, .following = 2 * min};

TEST(ClockFace, AtTheAlternatingHeadwayFillsItsCriticalSectionWholly) {
  // 18 + 14 + 2 x 4 = 40 min: C = 2 x 1440 / 40 = 72 trains a day.
  auto const answer = clock_face(three, plain_rules, 40 * min);
  ASSERT_TRUE(std::holds_alternative<ClockFace>(answer));
  auto const& face = std::get<ClockFace>(answer);
  EXPECT_TRUE(conflicts(face.timetable, three, plain_rules).empty());
  EXPECT_EQ(face.headroom[0], Time{});
  auto const use = compress(face.timetable, three, plain_rules);
  EXPECT_EQ(use.critical, 0U);
  EXPECT_NEAR(use.sections[0], 1.0, 1e-12);
  EXPECT_NEAR(use.sections[1], (10 + 12 + 8) / 40.0, 1e-12);
  EXPECT_NEAR(use.line, 1.0, 1e-6);
}

TEST(ClockFace, HasNoneBelowItAndNamesTheSection) {
  auto const answer = clock_face(three, plain_rules, 39 * min);
  ASSERT_TRUE(std::holds_alternative<NoTimetable>(answer));
  EXPECT_EQ(std::get<NoTimetable>(answer).section, 0U);
}

TEST(ClockFace, TakesTheDensestIntervalThatAClockShows) {
  std::vector const clock{60 * min, 20 * min, 30 * min, 48 * min};
  auto const answer = densest_clock_face(three, plain_rules, clock);
  EXPECT_EQ(std::get<ClockFace>(answer).timetable.period, 48 * min);
  SectionRules buffered = plain_rules;
  buffered.buffer = 5 * min;
  auto const robust = densest_clock_face(three, buffered, clock);
  auto const& face = std::get<ClockFace>(robust);
  EXPECT_EQ(face.timetable.period, 60 * min);
  // The buffers stand between trains: the timetable still holds with each gap 5 min longer.
  EXPECT_TRUE(conflicts(face.timetable, three, buffered).empty());
}

TEST(Conflicts, SeeTwoTrainsInASectionAndTooManyInALoop) {
  auto face = std::get<ClockFace>(clock_face(three, plain_rules, 60 * min));
  auto moved = face.timetable;
  for (auto* times : {&moved.paths[1].enters, &moved.paths[1].leaves}) {
    for (auto& t : *times) {
      t += moved.paths[0].enters[0] - face.timetable.paths[1].enters[0];
    }
  }
  EXPECT_FALSE(conflicts(moved, three, plain_rules).empty());
  auto fast = face.timetable;
  fast.paths[0].leaves[1] -= 1 * min;
  EXPECT_FALSE(conflicts(fast, three, plain_rules).empty());
  // A train that stands in loop 0 for two periods meets itself, and the other.
  auto standing = face.timetable;
  for (std::size_t k : {1U, 2U}) {
    standing.paths[0].enters[k] += 120 * min;
    standing.paths[0].leaves[k] += 120 * min;
  }
  EXPECT_FALSE(conflicts(standing, three, plain_rules).empty());
}

TEST(Compression, OfFourTrainsAlternatingAndFollowing) {
  // One section of 10 min both ways, two up behind each other, then two down, every 120 min:
  // 4 x 10 + 2 following x 2 + 2 crossings x 4 = 52 min.
  std::vector<SectionTimes> const one{{10 * min, 10 * min}};
  Timetable timetable{.paths = {}, .period = 120 * min};
  for (auto const& [way, at] : {std::pair{Way::kUp, 0.0},
                                std::pair{Way::kUp, 20.0},
                                std::pair{Way::kDown, 50.0},
                                std::pair{Way::kDown, 70.0}}) {
    timetable.paths.push_back({way, {at * min}, {(at + 10) * min}});
  }
  auto const use = compress(timetable, one, plain_rules);
  EXPECT_NEAR(use.sections[0], 52 / 120.0, 1e-12);
  EXPECT_NEAR(use.line, 52 / 120.0, 1e-5);
}

TEST(Compression, OfTheWholeLineIsMoreWhereOrdersInterlock) {
  // Up runs through both sections; down is put between in the first and behind in the second.
  std::vector<SectionTimes> const two{{20 * min, 20 * min}, {20 * min, 20 * min}};
  Timetable const timetable{.paths = {{Way::kUp, {0 * min, 20 * min}, {20 * min, 40 * min}},
                                      {Way::kDown, {64 * min, 44 * min}, {84 * min, 64 * min}}},
                            .period = 120 * min};
  auto const use = compress(timetable, two, plain_rules);
  EXPECT_NEAR(use.sections[0], 48 / 120.0, 1e-12);
  // Up enters 1, 24 min later down does, 20 min later it enters 0, 24 min later the next up, which
  // needs 20 min to section 1: 88 min.
  EXPECT_NEAR(use.line, 88 / 120.0, 1e-5);
}

std::vector<SectionTimes> any_sections() {
  std::vector<SectionTimes> sections;
  int const n = *rc::gen::inRange(1, 9);
  for (int i = 0; i < n; ++i) {
    sections.push_back({*rc::gen::inRange(5, 60) * min, *rc::gen::inRange(5, 60) * min});
  }
  return sections;
}

RC_GTEST_PROP(ClockFaceLaw, EveryIntervalThatHoldsTheLongestSectionHasOneWithoutConflicts, ()) {
  auto const sections = any_sections();
  SectionRules const rules{.opposing = *rc::gen::inRange(0, 10) * min,
                           .following = *rc::gen::inRange(0, 5) * min,
                           .buffer = *rc::gen::inRange(0, 5) * min};
  Time least{};
  for (auto const& section : sections) {
    least = std::max({least,
                      section.pair() + 2.0 * (rules.opposing + rules.buffer),
                      section.up + rules.following + rules.buffer,
                      section.down + rules.following + rules.buffer});
  }
  Time const interval = least + *rc::gen::inRange(0, 60) * min;
  for (Way const waits : {Way::kUp, Way::kDown}) {
    auto const answer = clock_face(sections, rules, interval, waits);
    RC_ASSERT(std::holds_alternative<ClockFace>(answer));
    auto const& face = std::get<ClockFace>(answer);
    RC_ASSERT(conflicts(face.timetable, sections, rules).empty());
    auto const use = compress(face.timetable, sections, rules);
    RC_ASSERT(use.line <= 1 + 1e-9);
    RC_ASSERT(use.line >= use.sections[use.critical] - 1e-9);
  }
  RC_ASSERT(std::holds_alternative<NoTimetable>(
      clock_face(sections, rules, least - Time{1}, Way::kDown)));
}

/// Least waiting of all first phases and waits, each a multiple of a minute.
int least_waiting(std::vector<SectionTimes> const& sections, int gap, int interval) {
  auto const pair = [&](std::size_t k) {
    return static_cast<int>(std::lround(sections[k].pair().in(min)));
  };
  std::vector<int> least(static_cast<std::size_t>(interval), -1);  // by phase
  for (int phase = 0; phase <= interval - pair(0) - 2 * gap; ++phase) {
    least[static_cast<std::size_t>(phase)] = 0;
  }
  for (std::size_t k = 1; k < sections.size(); ++k) {
    std::vector<int> next(least.size(), -1);
    for (int phase = 0; phase < interval; ++phase) {
      int const so_far = least[static_cast<std::size_t>(phase)];
      for (int wait = 0; so_far >= 0 && wait < interval; ++wait) {
        int const then = ((phase - pair(k) - wait) % interval + interval) % interval;
        auto& best = next[static_cast<std::size_t>(then)];
        if (then <= interval - pair(k) - 2 * gap && (best < 0 || so_far + wait < best)) {
          best = so_far + wait;
        }
      }
    }
    least = next;
  }
  int best = -1;
  for (int const w : least) {
    best = w >= 0 && (best < 0 || w < best) ? w : best;
  }
  return best;
}

RC_GTEST_PROP(ClockFaceLaw, WaitsNoLongerThanAnyOtherOfItsInterval, ()) {
  auto const sections = any_sections();
  int const gap = *rc::gen::inRange(0, 8);
  int interval = 0;
  for (auto const& section : sections) {
    interval = std::max(interval, static_cast<int>(std::lround(section.pair().in(min))) + 2 * gap);
  }
  interval += *rc::gen::inRange(0, 40);
  auto const answer = clock_face(sections, {.opposing = gap * min}, interval * min);
  RC_ASSERT(std::holds_alternative<ClockFace>(answer));
  double const waiting = std::get<ClockFace>(answer).waiting.in(min);
  RC_ASSERT(std::abs(waiting - least_waiting(sections, gap, interval)) < 1e-6);
}

}  // namespace
}  // namespace tidewater::train
