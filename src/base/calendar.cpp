#include "tidewater/base/calendar.hpp"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace tidewater {

namespace {

using std::chrono::January;
using std::chrono::sys_days;

sys_days new_year(int year) {
  return sys_days{std::chrono::year{year} / January / 1};
}

}  // namespace

Time Calendar::year_start(int index) const {
  return static_cast<double>((new_year(first_year_ + index) - new_year(first_year_)).count()) *
         units::day;
}

int Calendar::year_index(Time t) const {
  return day(t).year - first_year_;
}

CalendarDay Calendar::day(Time t) const {
  auto const since = std::chrono::days{static_cast<int>(std::floor(t.in(units::day)))};
  auto const today = new_year(first_year_) + since;
  int const year = static_cast<int>(std::chrono::year_month_day{today}.year());
  return {year, static_cast<int>((today - new_year(year)).count())};
}

std::string Calendar::date(Time t) const {
  auto const since = std::chrono::days{static_cast<int>(std::floor(t.in(units::day)))};
  std::chrono::year_month_day const d{new_year(first_year_) + since};
  return fmt::format("{:04}-{:02}-{:02}",
                     static_cast<int>(d.year()),
                     static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

}  // namespace tidewater
