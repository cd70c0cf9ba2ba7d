#pragma once
/// A stockpile filled at a known rate that changes at known times, and emptied in lumps. Between
/// lumps its level is a broken line, so "when will there be a full train" is solved, not polled.
/// Seconds and dry tonnes.

#include <cstddef>
#include <vector>

#include "spells.hpp"

namespace tidewater::corridor {

class FluidStock {
 public:
  struct Supply {
    std::vector<RateStep> steps;
    double availability = 1;  ///< while up, the rate is step / availability
    double capacity = 0;      ///< t; may be infinite
    double reserve = 0;       ///< t; may be infinite
  };
  /// What each year saw.
  struct Year {
    double made = 0;     ///< t
    double blocked = 0;  ///< s with the stockpile full
    double down = 0;     ///< s closed although output was due
    double due = 0;      ///< s with output due
  };

  FluidStock(Supply supply, Spells const& down, LifeCalendar const& calendar);

  /// Brings everything up to `now`, which never decreases.
  void advance(double now);
  [[nodiscard]] double level() const { return level_; }
  [[nodiscard]] double made() const { return made_; }
  [[nodiscard]] double capacity() const { return capacity_; }
  /// First moment from the last advance on when `amount` is there, if nobody takes any; infinity
  /// when that never comes.
  [[nodiscard]] double when(double amount) const;
  /// Takes up to `amount`; gives what was taken.
  double take(double now, double amount);
  /// Present rate of making, t/s; zero once the reserve is gone.
  [[nodiscard]] double rate() const;
  [[nodiscard]] std::vector<Year> const& years() const { return years_; }

 private:
  struct Piece {
    double from;
    double rate;
    std::size_t year;
    bool due;
    bool down;
  };
  void pass(Piece const& piece, double seconds);

  std::vector<Piece> pieces_;
  double end_;
  double capacity_;
  double reserve_;
  double level_ = 0;
  double made_ = 0;
  double at_ = 0;
  std::size_t piece_ = 0;
  std::vector<Year> years_;
};

/// Mass that the steps add up to from the start to `t`, tonnes; and the first moment at which they
/// have added up to `amount` (infinity: never before `end`).
[[nodiscard]] double cumulative(std::vector<RateStep> const& steps, double t);
[[nodiscard]] double when_cumulative(std::vector<RateStep> const& steps, double amount, double end);

}  // namespace tidewater::corridor
