#pragma once
/// A force read from a table over speed.

#include <algorithm>
#include <iterator>
#include <vector>

#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

/// Straight lines between points, flat beyond both ends.
inline double on_table(std::vector<EffortPoint> const& table, double v) {
  if (table.empty()) {
    return 0.0;
  }
  auto const next =
      std::upper_bound(table.begin(), table.end(), v, [](double x, EffortPoint const& p) {
        return x < p.speed.base();
      });
  if (next == table.begin()) {
    return table.front().force.base();
  }
  auto const& low = *std::prev(next);
  if (next == table.end()) {
    return low.force.base();
  }
  double const share = (v - low.speed.base()) / (next->speed - low.speed).base();
  return low.force.base() + share * (next->force - low.force).base();
}

}  // namespace tidewater::train
