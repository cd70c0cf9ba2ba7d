#pragma once
/// A table of (x, y) pairs read by straight lines between them and held flat beyond its ends.

#include <span>
#include <vector>

namespace tidewater {

struct TablePoint {
  double x = 0;
  double y = 0;
  bool operator==(TablePoint const&) const = default;
};

/// Straight lines through points of strictly increasing x; at least one point.
class PiecewiseLinear {
 public:
  PiecewiseLinear() = default;  ///< zero everywhere
  explicit PiecewiseLinear(std::vector<TablePoint> points);

  [[nodiscard]] double at(double x) const;
  /// Integral of the table from `from` to `to`; negative when to < from.
  [[nodiscard]] double integral(double from, double to) const;
  [[nodiscard]] std::span<TablePoint const> points() const { return points_; }

 private:
  std::vector<TablePoint> points_{{0, 0}};
};

}  // namespace tidewater
