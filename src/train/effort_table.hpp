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
  [[nodiscard]] double effort(double v) const { return read(effort_, v); }
  /// m/s2 that the stores of hybrids add to it while they hold any; zero for most trains
  [[nodiscard]] double boost(double v) const { return boost_.empty() ? 0.0 : read(boost_, v); }
  /// m/s2; exact for formulae, a table of resistance is read as the effort is
  [[nodiscard]] double resistance(double v) const {
    double const formula = a_ + v * (b_ + v * c_);
    return further_.empty() ? formula : formula + read(further_, v);
  }
  /// m/s2 that the dynamic brakes can take up
  [[nodiscard]] double dynamic_brake(double v) const {
    return dynamic_.empty() ? 0.0 : read(dynamic_, v);
  }

 private:
  struct Cell {
    double at_rest;
    double slope;
  };
  using Cells = std::vector<Cell>;
  [[nodiscard]] double read(Cells const& cells, double v) const {
    auto const cell = std::min(static_cast<std::size_t>(v * cells_per_speed_), cells.size() - 1);
    return cells[cell].at_rest + cells[cell].slope * v;
  }
  /// Straight lines between exact values of f(v), N, over `inertia`, kg.
  template <class Function>
  [[nodiscard]] Cells cells_of(Function const& f, double inertia) const;

  Cells effort_;
  Cells boost_;    // empty: no store adds power
  Cells further_;  // resistance by table; empty: none
  Cells dynamic_;  // empty: no dynamic brake
  double cells_per_speed_;
  double a_;
  double b_;
  double c_;
};

}  // namespace tidewater::train
