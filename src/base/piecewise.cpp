#include "tidewater/base/piecewise.hpp"

#include <algorithm>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater {

PiecewiseLinear::PiecewiseLinear(std::vector<TablePoint> points) : points_{std::move(points)} {
  TW_EXPECTS(!points_.empty(), "a table has at least one point");
  TW_EXPECTS(
      std::adjacent_find(points_.begin(),
                         points_.end(),
                         [](TablePoint a, TablePoint b) { return !(a.x < b.x); }) == points_.end(),
      "a table's x increases strictly");
}

double PiecewiseLinear::at(double x) const {
  auto const after = std::upper_bound(
      points_.begin(), points_.end(), x, [](double v, TablePoint p) { return v < p.x; });
  if (after == points_.begin()) {
    return points_.front().y;
  }
  if (after == points_.end()) {
    return points_.back().y;
  }
  auto const before = after - 1;
  return before->y + (after->y - before->y) * (x - before->x) / (after->x - before->x);
}

double PiecewiseLinear::integral(double from, double to) const {
  if (to < from) {
    return -integral(to, from);
  }
  double sum = 0;
  double left = from;
  for (auto const& p : points_) {
    if (p.x > left && p.x < to) {
      sum += (p.x - left) * (at(left) + p.y) / 2;
      left = p.x;
    }
  }
  return sum + (to - left) * (at(left) + at(to)) / 2;
}

}  // namespace tidewater
