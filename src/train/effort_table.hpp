#pragma once
/// Tractive effort and resistance of a whole train per kilogram of its inertia, ready to be asked
/// some hundred thousand times.

#include <algorithm>
#include <cstddef>
#include <vector>

#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

class EffortTable {
 public:
  /// `top_speed` in m/s, above zero: the highest speed that will be asked for.
  EffortTable(Train const& train, double top_speed);

  /// m/s2; straight lines between 2048 exact values, so a kink of the effort curve is rounded over
  /// top_speed / 2048 (0.05 km/h for a train of 100 km/h).
  [[nodiscard]] double effort(double v) const {
    auto const cell = std::min(static_cast<std::size_t>(v * cells_per_speed_), cells_.size() - 1);
    return cells_[cell].at_rest + cells_[cell].slope * v;
  }
  [[nodiscard]] double resistance(double v) const { return a_ + v * (b_ + v * c_); }  ///< m/s2

 private:
  struct Cell {
    double at_rest;
    double slope;
  };
  std::vector<Cell> cells_;
  double cells_per_speed_;
  double a_;
  double b_;
  double c_;
};

}  // namespace tidewater::train
