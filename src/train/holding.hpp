#pragma once
/// How fast a train may descend so that its brakes can hold the speed.

#include <vector>

#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

class Holding {
 public:
  Holding(Train const& train, double top_speed);

  [[nodiscard]] bool stated() const { return !steepest_.empty(); }
  /// Highest speed (m/s) at which brakes and resistance balance a downhill pull of so many m/s2
  /// (per inertia); the top speed when brakes are not stated; 0 when no speed can be held.
  [[nodiscard]] double speed(double pull) const;

 private:
  double step_ = 0;  // m/s between entries
  double top_speed_;
  /// Steepest pull that can be held at speed (i + 1) x step or at some higher one: never rises.
  std::vector<double> steepest_;
};

}  // namespace tidewater::train
