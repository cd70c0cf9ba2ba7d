#pragma once
/// Project time: seconds since 1 January of the first project year, with true calendar years.

#include <string>

#include "tidewater/base/units.hpp"

namespace tidewater {

struct CalendarDay {
  int year = 0;
  int day_of_year = 0;  ///< 0 = 1 January
  bool operator==(CalendarDay const&) const = default;
};

class Calendar {
 public:
  explicit Calendar(int first_year) : first_year_{first_year} {}

  [[nodiscard]] int first_year() const { return first_year_; }
  /// Start of the year `index` years after the first, as project time.
  [[nodiscard]] Time year_start(int index) const;
  /// Number of whole years begun before `t`: 0 within the first project year.
  [[nodiscard]] int year_index(Time t) const;
  [[nodiscard]] CalendarDay day(Time t) const;
  /// "2031-06-14"
  [[nodiscard]] std::string date(Time t) const;

 private:
  int first_year_;
};

/// The part of a year from one day of the year to another, around New Year's Eve if it must.
struct Season {
  int first_day = 0;  ///< day of the year, 0 = 1 January
  int last_day = 364;
  [[nodiscard]] bool holds(int day_of_year) const {
    return first_day <= last_day ? day_of_year >= first_day && day_of_year <= last_day
                                 : day_of_year >= first_day || day_of_year <= last_day;
  }
  bool operator==(Season const&) const = default;
};

}  // namespace tidewater
