#include "tidewater/des/calendar_tide.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/base/contract.hpp"

using namespace tidewater::des;
using tidewater::Length;
using tidewater::Stream;
using tidewater::Time;
namespace units = tidewater::units;

TEST(WindowCalendar, IsAlwaysOpenWithoutAPeriod) {
  WindowCalendar const always;
  EXPECT_TRUE(always.is_open(0));
  EXPECT_EQ(always.next_open(7), 7);
  EXPECT_EQ(always.next_close(7), std::nullopt);
  EXPECT_EQ(always.next_window(7, 1e9), 7);
}

// Day shifts 6..14 and 15..22 of 24 h; day 3 (72..96) closed; the night 100..103 open by exception.
TEST(WindowCalendar, AnswersForShiftsAndExceptions) {
  WindowCalendar shifts{24, {{6, 14}, {15, 22}}};
  shifts.except({72, 96}, WindowCalendar::Exception::kClosed);
  shifts.except({100, 103}, WindowCalendar::Exception::kOpen);
  EXPECT_FALSE(shifts.is_open(5.999));
  EXPECT_TRUE(shifts.is_open(6));
  EXPECT_FALSE(shifts.is_open(14));
  EXPECT_EQ(shifts.next_open(14), 15);
  EXPECT_EQ(shifts.next_close(15), 22);
  EXPECT_EQ(shifts.next_open(70), 100);          // day 3 is closed, then the open night
  EXPECT_EQ(shifts.next_window(46.5, 7.5), 54);  // 46.5..22 o'clock too short, next day 54..62
  EXPECT_EQ(shifts.next_window(46.5, 9), 100);   // the open night joins the shift: 100..110
  EXPECT_EQ(shifts.next_window(46.5, 10.5), std::nullopt);
  EXPECT_EQ(shifts.next_window(101, 8.5), 101);
  EXPECT_EQ(shifts.next_window(102.5, 8), 126);  // too late for 8 h today
  EXPECT_DOUBLE_EQ(shifts.open_time(0, 24), 15);
  EXPECT_DOUBLE_EQ(shifts.open_time(72, 96), 0);
  EXPECT_DOUBLE_EQ(shifts.open_time(96, 120), 15 + 2);  // 100..102 besides the shifts
}

TEST(WindowCalendar, SeesNoGapWhereWindowsTouchOverTheTurnOfThePeriod) {
  WindowCalendar const night{24.1, {{0, 5}, {20, 24.1}}};
  for (int day = 0; day < 1000; ++day) {
    double const t = day * 24.1 + 21;
    EXPECT_EQ(night.next_window(t, 8), t) << day;  // 21 to 24.1 and on to 29
  }
}

TEST(WindowCalendar, NeverOpensWhenAllIsClosed) {
  WindowCalendar const never{10, {}};
  EXPECT_EQ(never.next_open(3), std::nullopt);
  EXPECT_EQ(never.next_window(3, 1), std::nullopt);
}

TEST(WindowCalendar, RefusesWindowsOutOfOrderOrBeyondThePeriod) {
  EXPECT_THROW((WindowCalendar{24, {{6, 14}, {13, 22}}}), tidewater::ContractBroken);
  EXPECT_THROW((WindowCalendar{24, {{6, 25}}}), tidewater::ContractBroken);
  EXPECT_THROW((WindowCalendar{0, {}}), tidewater::ContractBroken);
}

// What next_open gives is open, nothing before it is, for periods that are no binary fractions.
RC_GTEST_PROP(WindowCalendar, GivesTheFirstOpenMoment, ()) {
  auto const tenths = rc::gen::inRange(1, 50);
  double const a = *tenths * 0.1;
  double const b = a + *tenths * 0.1;
  WindowCalendar calendar{12.42, {{a, b}}};
  double const from = *rc::gen::inRange(0, 100'000) * 0.37;
  calendar.except({from + 3, from + 9}, WindowCalendar::Exception::kClosed);
  auto const open = calendar.next_open(from);
  RC_ASSERT(open.has_value());
  RC_ASSERT(calendar.is_open(*open));
  for (double t = from; t < *open; t += 0.05) {
    RC_ASSERT(!calendar.is_open(t));
  }
}

TEST(AlternatingRenewal, SeesTheSameSpellsInWhateverOrderOneAsks) {
  auto const law = [](double mean) {
    return [mean](Stream& draws) { return draws.exponential(mean); };
  };
  AlternatingRenewal forward{Stream{5, 6, 7}, law(48), law(4)};
  AlternatingRenewal backward{Stream{5, 6, 7}, law(48), law(4)};
  static_cast<void>(backward.next_good(5000));
  for (double t = 0; t < 5000; t += 13) {
    ASSERT_EQ(forward.is_good(t), backward.is_good(t));
    double const good = forward.next_good(t);
    ASSERT_EQ(good, backward.next_good(t));
    ASSERT_TRUE(forward.is_good(good));
    ASSERT_FALSE(forward.is_good(forward.next_bad(t)));
    auto const window = forward.next_window(t, 30, 1e6);
    ASSERT_TRUE(window.has_value());
    ASSERT_GE(forward.next_bad(*window) - *window, 30);
  }
  EXPECT_EQ(forward.next_window(0, 1e9, 1e5), std::nullopt);
}

// Renewal theory: the share of good time tends to 48 / (48 + 4).
TEST(AlternatingRenewal, HasTheShareOfGoodTimeOfItsMeans) {
  AlternatingRenewal weather{Stream{1, 1, 1},
                             [](Stream& draws) { return draws.exponential(48); },
                             [](Stream& draws) { return draws.uniform(2, 6); }};
  int good = 0;
  int const n = 200'000;
  for (int i = 0; i < n; ++i) {
    good += weather.is_good(i * 2.0) ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(good) / n, 48.0 / 52, 0.005);
}

namespace {
// M2 alone: h = 2 + 1.5 cos(omega t), period 12.4206 h.
Tide lunar() {
  return Tide{2 * units::m, {{1.5 * units::m, 28.9841042, 0}}};
}
constexpr double kLunarPeriod = 360 / 28.9841042 * 3600;  // s
}  // namespace

TEST(Tide, OfOneConstituentIsHighEnoughExactlyWhereTheCosineSays) {
  Tide const tide = lunar();
  // h >= 2.75 where cos >= 0.5: a third of the period around each high water.
  Time const none = tide.next_time(2.75 * units::m, Time{10}, Time{0}, Time{1e6}).value();
  EXPECT_EQ(none.base(), 10);  // just after high water
  Time const next =
      tide.next_time(2.75 * units::m, Time{kLunarPeriod / 2}, Time{0}, Time{1e6}).value();
  EXPECT_NEAR(next.base(), kLunarPeriod * 5 / 6, 2e-3);
  // Needed for longer than what is left of this tide: the next rise.
  Time const longer =
      tide.next_time(2.75 * units::m, Time{10}, Time{kLunarPeriod / 4}, Time{1e6}).value();
  EXPECT_NEAR(longer.base(), kLunarPeriod * 5 / 6, 2e-3);
  // A third of the period is all there is.
  EXPECT_FALSE(tide.next_time(2.75 * units::m, Time{10}, Time{kLunarPeriod * 0.334}, Time{1e6}));
  EXPECT_TRUE(tide.next_time(2.75 * units::m, Time{10}, Time{kLunarPeriod * 0.333}, Time{1e6}));
  // Above the highest, below the lowest.
  EXPECT_FALSE(tide.next_time(3.51 * units::m, Time{0}, Time{0}, Time{1e9}));
  EXPECT_EQ(tide.next_time(0.49 * units::m, Time{33}, Time{1e6}, Time{1e9}).value().base(), 33);
}

TEST(Tide, GivesWindowsWhoseLengthsAddUp) {
  auto const windows = lunar().windows(2.75 * units::m, Time{0}, Time{10 * kLunarPeriod});
  ASSERT_EQ(windows.size(), 11U);  // the first and the last are halves
  double sum = 0;
  for (Window const& w : windows) {
    sum += w.length();
  }
  EXPECT_NEAR(sum, 10 * kLunarPeriod / 3, 0.05);
}

// Oracle: the height every second. Spring and neap of M2, S2, K1, O1 with a level grazed by some
// tides.
TEST(Tide, MissesNoWindowThatASecondBySecondWalkFinds) {
  Tide const tide{1.2 * units::m,
                  {{0.68 * units::m, 28.9841042, 40},
                   {0.26 * units::m, 30.0, 75},
                   {0.39 * units::m, 15.0410686, 130},
                   {0.20 * units::m, 13.9430356, 200}}};
  double const days = 30;
  Length const level = 2.2 * units::m;
  std::vector<Window> walked;
  bool was_high = false;
  for (int s = 0; s < static_cast<int>(days * 86400); s += 1) {
    bool const is_high = tide.height(Time{static_cast<double>(s)}) >= level;
    if (is_high && !was_high) {
      walked.push_back({static_cast<double>(s), days * 86400});
    }
    if (!is_high && was_high) {
      walked.back().to = s;
    }
    was_high = is_high;
  }
  auto const found = tide.windows(level, Time{0}, days * units::day);
  ASSERT_EQ(found.size(), walked.size());
  ASSERT_GT(found.size(), 10U);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i].from, walked[i].from, 1.001);
    EXPECT_NEAR(found[i].to, walked[i].to, 1.001);
  }
}

TEST(WindowList, FindsTheFirstWindowLongEnough) {
  WindowList const list{{{0, 5}, {10, 12}, {20, 30}}};
  EXPECT_EQ(list.next_window(3, 2), 3);
  EXPECT_EQ(list.next_window(3, 2.5), 20);
  EXPECT_EQ(list.next_window(11, 1), 11);
  EXPECT_EQ(list.next_window(31, 0), std::nullopt);
  EXPECT_TRUE(list.is_open(10));
  EXPECT_FALSE(list.is_open(12));
  EXPECT_THROW((WindowList{{{5, 6}, {0, 1}}}), tidewater::ContractBroken);
}

// Shift 6..18 of 24, and windows of 3 h every 12.5 h: the first that holds 2 h within the shift.
TEST(NextCommon, FindsTheFirstMomentAllRulesAccept) {
  WindowCalendar const shift{24, {{6, 18}}};
  WindowCalendar const tide{12.5, {{0, 3}}};
  std::vector<std::function<std::optional<double>(double)>> const rules{
      [&](double t) { return shift.next_window(t, 2); },
      [&](double t) { return tide.next_window(t, 2); }};
  EXPECT_EQ(next_common(0, rules, 1e6), 12.5);
  EXPECT_EQ(next_common(13.6, rules, 1e6), 37.5);  // 25..28 lies before six o'clock
  EXPECT_EQ(next_common(13.6, rules, 30), std::nullopt);
}
