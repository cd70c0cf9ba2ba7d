#include "tidewater/base/calendar.hpp"

#include <gtest/gtest.h>

using tidewater::Calendar;
using tidewater::CalendarDay;
using tidewater::Season;
using namespace tidewater::units;

TEST(Calendar, KnowsLeapYears) {
  Calendar const calendar{2027};
  EXPECT_DOUBLE_EQ(calendar.year_start(1).in(day), 365);
  EXPECT_DOUBLE_EQ(calendar.year_start(2).in(day), 365 + 366);
  EXPECT_EQ(calendar.year_index(364.99 * day), 0);
  EXPECT_EQ(calendar.year_index(365.0 * day), 1);
  EXPECT_EQ(calendar.day((365.0 + 59) * day), (CalendarDay{2028, 59}));
  EXPECT_EQ(calendar.date((365.0 + 59) * day), "2028-02-29");
}

TEST(Season, RunsAroundNewYear) {
  Season const winter{334, 58};
  EXPECT_TRUE(winter.holds(350));
  EXPECT_TRUE(winter.holds(10));
  EXPECT_FALSE(winter.holds(180));
}
