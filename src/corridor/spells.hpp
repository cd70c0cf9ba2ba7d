#pragma once
/// When something is closed: disjoint spells in order, drawn once for the whole life from streams
/// of their own, so that what happens on land never moves a storm. Times in seconds.

#include <cstddef>
#include <span>
#include <vector>

#include "tidewater/base/calendar.hpp"
#include "tidewater/base/random.hpp"
#include "tidewater/corridor/life.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

struct Spell {
  double from = 0;
  double until = 0;
  WaitCause cause = WaitCause::kWeather;
  bool operator==(Spell const&) const = default;
};

class Spells {
 public:
  Spells() = default;  ///< never closed
  /// In any order and overlapping; where repair meets another cause, repair stays.
  explicit Spells(std::vector<Spell> spells);

  [[nodiscard]] std::span<Spell const> all() const { return spells_; }
  [[nodiscard]] bool closed(double t) const { return find(t) != nullptr; }
  /// The spell that holds t; null when open.
  [[nodiscard]] Spell const* find(double t) const;
  /// First open moment from t on.
  [[nodiscard]] double next_open(double t) const;
  /// First moment after t at which it opens or closes; infinity when there is none.
  [[nodiscard]] double next_change(double t) const;
  /// First start from t on of `length` seconds that no spell meets.
  [[nodiscard]] double next_window(double t, double length) const;
  /// When `work` seconds of open time have passed since t.
  [[nodiscard]] double work_end(double t, double work) const;
  /// Open seconds within [from, until], and their share of it: all of it when it holds no time.
  [[nodiscard]] double open_time(double from, double until) const;
  [[nodiscard]] double open_share(double from, double until) const {
    return from < until ? open_time(from, until) / (until - from) : 1.0;
  }

  /// The same as open time, told piece by piece: visit(from, until, spell or null).
  template <class Visit>
  void each_piece(double from, double until, Visit const& visit) const;

 private:
  [[nodiscard]] std::size_t first_ending_after(double t) const;
  std::vector<Spell> spells_;
};

/// The years and months of the simulated life, in seconds of project time.
class LifeCalendar {
 public:
  LifeCalendar(int first_year, int years);
  [[nodiscard]] std::size_t years() const { return starts_.size() - 1; }
  [[nodiscard]] double end() const { return starts_.back(); }
  [[nodiscard]] double year_start(std::size_t year) const { return starts_[year]; }
  [[nodiscard]] double year_length(std::size_t year) const {
    return starts_[year + 1] - starts_[year];
  }
  /// 0 before the first year's end, the last year from its start on.
  [[nodiscard]] std::size_t year_of(double t) const;
  [[nodiscard]] std::span<double const> month_ends() const { return month_ends_; }
  /// visit(year, from, until) for the part of [from, until] in each year.
  template <class Visit>
  void each_year(double from, double until, Visit const& visit) const;

 private:
  std::vector<double> starts_;
  std::vector<double> month_ends_;
};

/// Up and down in turn from `from` on, up first; exponential both.
[[nodiscard]] std::vector<Spell> alternating_spells(Stream stream,
                                                    Reliability const& reliability,
                                                    double from,
                                                    double until);
/// Closures of every season in turn; a season begins open or closed as the long-run shares say.
[[nodiscard]] std::vector<Spell> weather_spells(Stream stream,
                                                WeatherClosure const& closure,
                                                Calendar const& calendar,
                                                LifeCalendar const& life);
/// A line's possessions until then, for each section; empty for a line without any.
[[nodiscard]] std::vector<Spells> possession_spells(RailLine const& line, double until);
/// Poisson events with exponential repairs.
[[nodiscard]] std::vector<Spell> hazard_spells(Stream stream,
                                               Hazard const& hazard,
                                               double from,
                                               double until);

// ---- inline parts ----

template <class Visit>
void Spells::each_piece(double from, double until, Visit const& visit) const {
  double at = from;
  for (std::size_t i = first_ending_after(from); at < until; ++i) {
    if (i == spells_.size() || spells_[i].from >= until) {
      visit(at, until, static_cast<Spell const*>(nullptr));
      return;
    }
    if (spells_[i].from > at) {
      visit(at, spells_[i].from, static_cast<Spell const*>(nullptr));
      at = spells_[i].from;
    }
    double const closed_until = spells_[i].until < until ? spells_[i].until : until;
    visit(at, closed_until, &spells_[i]);
    at = closed_until;
  }
}

template <class Visit>
void LifeCalendar::each_year(double from, double until, Visit const& visit) const {
  for (std::size_t year = year_of(from); from < until; ++year) {
    double const stop = year + 1 < years() ? starts_[year + 1] : until;
    double const part_end = stop < until ? stop : until;
    visit(year, from, part_end);
    from = part_end;
  }
}

}  // namespace tidewater::corridor
