#pragma once
/// Things that ships book ahead: the channel, tugs, pilots. So many of a kind, each promised to one
/// move from its start until it is free again. Seconds.

#include <vector>

namespace tidewater::corridor {

struct Booking {
  double from = 0;
  double until = 0;
  int units = 1;
};

class Bookings {
 public:
  explicit Bookings(int capacity) : capacity_{capacity} {}

  /// First start from t on with so many free for `length` seconds; they must not be more than there
  /// are.
  [[nodiscard]] double first_free(double t, double length, int units) const;
  void book(Booking const& booking);
  void forget_past(double now);
  [[nodiscard]] int capacity() const { return capacity_; }

 private:
  [[nodiscard]] int used_at(double t) const;
  [[nodiscard]] double next_release(double t) const;

  int capacity_;
  std::vector<Booking> booked_;  ///< by their start
};

}  // namespace tidewater::corridor
