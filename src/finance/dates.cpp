// Day counts and measures of dated flows.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "tidewater/finance/measures.hpp"

#include "rates.hpp"

namespace tidewater::finance {
namespace {

std::chrono::year_month_day calendar_day(Date d) {
  return {std::chrono::year{d.year},
          std::chrono::month{static_cast<unsigned>(d.month)},
          std::chrono::day{static_cast<unsigned>(d.day)}};
}

double days_between(Date from, Date to) {
  auto const span =
      std::chrono::sys_days{calendar_day(to)} - std::chrono::sys_days{calendar_day(from)};
  return static_cast<double>(span.count());
}

bool is_last_of_february(Date d) {
  auto const leap = std::chrono::year{d.year}.is_leap();
  return d.month == 2 && d.day == (leap ? 29 : 28);
}

double thirty_360(Date from, Date to, DayCount basis) {
  if (basis == DayCount::kThirty360Us && is_last_of_february(from)) {
    to.day = is_last_of_february(to) ? 30 : to.day;
    from.day = 30;
  }
  from.day = std::min(from.day, 30);
  to.day = to.day == 31 && from.day == 30 ? 30 : to.day;
  return (360.0 * (to.year - from.year) + 30.0 * (to.month - from.month) + (to.day - from.day)) /
         360.0;
}

double actual_actual(Date from, Date to) {
  auto const days_in = [](int year) { return std::chrono::year{year}.is_leap() ? 366.0 : 365.0; };
  // Each day counts by the length of the calendar year it lies in.
  auto const into_year = [&](Date d) {
    return d.year + days_between({d.year, 1, 1}, d) / days_in(d.year);
  };
  return into_year(to) - into_year(from);
}

}  // namespace

double year_fraction(Date from, Date to, DayCount basis) {
  TW_EXPECTS(calendar_day(from).ok() && calendar_day(to).ok(), "dates exist in the calendar");
  if (to < from) {
    return -year_fraction(to, from, basis);
  }
  switch (basis) {
    case DayCount::kActual365Fixed:
      return days_between(from, to) / 365.0;
    case DayCount::kActual360:
      return days_between(from, to) / 360.0;
    case DayCount::kActualActualIsda:
      return actual_actual(from, to);
    case DayCount::kThirty360Isda:
    case DayCount::kThirty360Us:
      return thirty_360(from, to, basis);
  }
  return 0;
}

namespace {

struct Timeline {
  std::vector<TimedAmount> terms;
  char const* fault = nullptr;
};

/// Flows summed by time since the earliest date: two days may be one time under 30/360.
Timeline timeline(std::span<DatedFlow const> flows, DayCount basis) {
  if (flows.empty()) {
    return {{}, "there are no cash flows"};
  }
  for (DatedFlow const& f : flows) {
    if (!calendar_day(f.date).ok()) {
      return {{}, "a date does not exist in the calendar"};
    }
  }
  auto const by_date = [](DatedFlow const& a, DatedFlow const& b) { return a.date < b.date; };
  Date const base = std::min_element(flows.begin(), flows.end(), by_date)->date;
  std::map<double, double> sums;
  for (DatedFlow const& f : flows) {
    sums[year_fraction(base, f.date, basis)] += f.amount;
  }
  Timeline out;
  for (auto const& [time, amount] : sums) {
    out.terms.push_back({time, amount});
  }
  return out;
}

}  // namespace

Measured<double> xnpv(double rate, std::span<DatedFlow const> flows, DayCount basis) {
  if (!(rate > -1)) {
    return Measured<double>::none("a discount rate of -100 % or less has no present value");
  }
  auto const line = timeline(flows, basis);
  if (line.fault != nullptr) {
    return Measured<double>::none(line.fault);
  }
  double sum = 0;
  for (auto const& [time, amount] : line.terms) {
    sum += amount * std::exp(-time * std::log1p(rate));
  }
  return sum;
}

RateOfReturn xirr(std::span<DatedFlow const> flows, DayCount basis) {
  auto line = timeline(flows, basis);
  if (line.fault != nullptr) {
    RateOfReturn out;
    out.reason = line.fault;
    return out;
  }
  return rates_of_return(std::move(line.terms), Spacing::kAnyTimes);
}

}  // namespace tidewater::finance
