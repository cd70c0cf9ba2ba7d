#pragma once
/// A stockpile filled at a known rate that changes at known times, and emptied in lumps. Between
/// lumps its level is a broken line, so "when will there be a full train" is solved, not polled.
/// Seconds and dry tonnes.

#include <cstddef>
#include <limits>
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
    Spells struck{};          ///< of the closures, those by hazards: told apart in the books
  };
  /// What each year saw.
  struct Year {
    double made = 0;     ///< t
    double blocked = 0;  ///< s with the stockpile full
    double down = 0;     ///< s closed although output was due
    double due = 0;      ///< s with output due
    double held = 0;     ///< t s in the stockpile
    // The plan and what became of it, t: planned = made + outage + struck + full + beyond_reserve +
    // made_good, where made_good <= 0 is what was made beyond the plan while up.
    double planned = 0;
    double outage = 0;
    double struck = 0;
    double full = 0;
    double beyond_reserve = 0;
    double made_good = 0;
  };
  /// A stretch with the stockpile full, within one year, and what was not made in it.
  struct Full {
    double from;
    double until;
    double amount;  ///< t
    std::size_t year;
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

  /// When the reserve was used up, as far as is known by now; infinity before.
  [[nodiscard]] double used_up_at() const { return used_up_at_; }

  /// From now on every stretch with the stockpile full is kept until it is taken.
  void keep_full_stretches() { keeps_full_ = true; }
  [[nodiscard]] std::vector<Full> const& full_stretches() const { return full_; }
  void forget_full_stretches() { full_.clear(); }
  [[nodiscard]] double advanced_to() const { return at_; }
  /// The stockpile cannot be full before this moment if nothing more than is known is in it.
  [[nodiscard]] double full_no_sooner_than() const {
    return at_ + (capacity_ - level_) / greatest_rate_;
  }

 private:
  struct Piece {
    double from;
    double planned;  ///< t/s
    double up;       ///< t/s while not down
    double rate;
    std::size_t year;
    bool due;
    bool down;
  };
  void pass(Piece const& piece, double seconds);
  void book_idle(Piece const& piece, double seconds);

  std::vector<Piece> pieces_;
  double end_;
  double capacity_;
  double reserve_;
  double level_ = 0;
  double made_ = 0;
  double at_ = 0;
  double used_up_at_ = std::numeric_limits<double>::infinity();
  std::size_t piece_ = 0;
  std::vector<Year> years_;
  Spells struck_;
  double greatest_rate_ = 0;
  bool keeps_full_ = false;
  std::vector<Full> full_;
};

[[nodiscard]] inline double tonnes_per_second(MassRate rate) {
  return rate.base() / units::t.base();
}
/// The rate of the steps at `t`.
[[nodiscard]] MassRate rate_at(std::vector<RateStep> const& steps, double t);
/// Mass that the steps add up to from the start to `t`, tonnes; and the first moment at which they
/// have added up to `amount` (infinity: never before `end`).
[[nodiscard]] double cumulative(std::vector<RateStep> const& steps, double t);
[[nodiscard]] double when_cumulative(std::vector<RateStep> const& steps, double amount, double end);

}  // namespace tidewater::corridor
