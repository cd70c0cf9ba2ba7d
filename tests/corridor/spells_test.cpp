#include "spells.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "full_range.hpp"

using namespace tidewater;
using namespace tidewater::corridor;

namespace {
constexpr WaitCause kStorm = WaitCause::kWeather;
constexpr WaitCause kBroken = WaitCause::kRepair;
}  // namespace

TEST(Spells, RepairStaysWhereItMeetsWeather) {
  Spells const spells{{{0, 10, kStorm}, {4, 6, kBroken}, {5, 12, kBroken}, {20, 30, kStorm}}};
  std::vector<Spell> const expected{{0, 4, kStorm}, {4, 12, kBroken}, {20, 30, kStorm}};
  EXPECT_EQ(std::vector<Spell>(spells.all().begin(), spells.all().end()), expected);
}

TEST(Spells, WorkEndsWhenItsOpenTimeHasPassed) {
  Spells const spells{{{10, 20, kStorm}, {20, 25, kBroken}, {40, 50, kStorm}}};
  EXPECT_EQ(spells.work_end(0, 5), 5);
  EXPECT_EQ(spells.work_end(0, 10), 10);  // done the moment it closes
  EXPECT_EQ(spells.work_end(0, 12), 27);
  EXPECT_EQ(spells.work_end(12, 15), 40);
  EXPECT_EQ(spells.work_end(12, 16), 51);
  EXPECT_EQ(spells.open_time(0, 45), 10 + 15);
  EXPECT_EQ(spells.next_open(12), 25);
  EXPECT_EQ(spells.next_open(30), 30);
}

TEST(Spells, SayWhenTheyOpenOrCloseNext) {
  Spells const spells{{{10, 20, kStorm}, {40, 50, kStorm}}};
  EXPECT_EQ(spells.next_change(0), 10);
  EXPECT_EQ(spells.next_change(10), 20);
  EXPECT_EQ(spells.next_change(20), 40);
  EXPECT_TRUE(std::isinf(spells.next_change(50)));
}

RC_GTEST_PROP(Spells, AgreeWithASecondBySecondCount, ()) {
  std::vector<Spell> some;
  std::vector<int> cause(400, 0);
  for (int k = drawn(0, 12); k > 0; --k) {
    int const from = drawn(0, 300);
    int const until = from + drawn(0, 40);
    bool const repair = *rc::gen::arbitrary<bool>();
    some.push_back(
        {static_cast<double>(from), static_cast<double>(until), repair ? kBroken : kStorm});
    for (int t = from; t < until; ++t) {
      auto& c = cause[static_cast<std::size_t>(t)];
      c = std::max(c, repair ? 2 : 1);
    }
  }
  Spells const spells{some};
  int open = 0;
  for (std::size_t t = 0; t < cause.size(); ++t) {
    auto const* spell = spells.find(static_cast<double>(t) + 0.5);
    int const found = spell == nullptr ? 0 : spell->cause == kBroken ? 2 : 1;
    RC_ASSERT(found == cause[t]);
    open += cause[t] == 0 ? 1 : 0;
  }
  RC_ASSERT(std::abs(spells.open_time(0, 400) - open) < 1e-9);
  auto const all = spells.all();
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    RC_ASSERT(all[i].until <= all[i + 1].from);
  }
}

TEST(LifeCalendar, KnowsLeapYearsAndMonths) {
  LifeCalendar const life{2031, 2};  // 2032 is a leap year
  double const day = 86400;
  EXPECT_EQ(life.end(), (365 + 366) * day);
  EXPECT_EQ(life.month_ends().size(), 24U);
  EXPECT_EQ(life.month_ends()[1], 59 * day);
  EXPECT_EQ(life.month_ends()[13], (365 + 60) * day);
  EXPECT_EQ(life.year_of(365 * day - 1), 0U);
  EXPECT_EQ(life.year_of(365 * day), 1U);
  EXPECT_EQ(life.year_of(1e12), 1U);
}

TEST(WeatherSpells, CloseTheLongRunShareOfTheirSeasonAndNothingElse) {
  LifeCalendar const life{2030, 200};
  WeatherClosure const monsoon{.id = "monsoon",
                               .season = {151, 242},  // 92 days from 1 June, but in leap years
                               .mean_closed = 2 * units::day,
                               .mean_open = 3 * units::day};
  Calendar const calendar{2030};
  Spells const spells{weather_spells(Stream{1, 2, 3}, monsoon, calendar, life)};
  double const season = 200 * 92 * 86400.0;
  double closed = 0;
  for (Spell const& spell : spells.all()) {
    closed += spell.until - spell.from;
    EXPECT_TRUE(monsoon.season.holds(calendar.day(Time{spell.from}).day_of_year));
    EXPECT_TRUE(monsoon.season.holds(calendar.day(Time{spell.until - 1}).day_of_year));
  }
  // About 3,700 cycles of 5 days; the share's standard error is near 0.006.
  EXPECT_NEAR(closed / season, 0.4, 0.02);
}

TEST(WeatherSpells, MayHaveASeasonAroundNewYearsEve) {
  LifeCalendar const life{2030, 60};
  WeatherClosure const northerlies{
      .id = "n", .season = {335, 58}, .mean_closed = 1 * units::day, .mean_open = 1 * units::day};
  Spells const spells{weather_spells(Stream{1, 2, 3}, northerlies, Calendar{2030}, life)};
  double in_january = 0;
  double in_july = 0;
  for (std::size_t year = 0; year < life.years(); ++year) {
    double const start = life.year_start(year);
    in_january += 31 * 86400.0 - spells.open_time(start, start + 31 * 86400.0);
    in_july += 31 * 86400.0 - spells.open_time(start + 181 * 86400.0, start + 212 * 86400.0);
  }
  EXPECT_NEAR(in_january / (60 * 31 * 86400.0), 0.5, 0.05);
  EXPECT_EQ(in_july, 0);
}

TEST(AlternatingSpells, KeepTheirAvailability) {
  Spells const spells{alternating_spells(
      Stream{7, 1, 0}, {.availability = 0.9, .mean_down = 2 * units::day}, 0, 4000 * 20 * 86400.0)};
  // 4,000 cycles: the share of time down has a standard error of about 0.1 * sqrt(2 / 4000) =
  // 0.002.
  EXPECT_NEAR(spells.open_time(0, 4000 * 20 * 86400.0) / (4000 * 20 * 86400.0), 0.9, 0.01);
}
