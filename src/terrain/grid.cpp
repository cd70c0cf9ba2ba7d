#include "tidewater/terrain/grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater::terrain {

Cell GridFrame::nearest(GridPlace place) const {
  return {static_cast<int>(std::floor(place.column + 0.5)),
          static_cast<int>(std::floor(place.row + 0.5))};
}

Grid::Grid(GridFrame frame,
           std::vector<float> heights,
           std::vector<Ground> ground,
           GridReport report)
    : frame_{frame},
      heights_{std::move(heights)},
      ground_{std::move(ground)},
      report_{std::move(report)} {
  TW_EXPECTS(frame_.columns > 0 && frame_.rows > 0, "a grid has cells");
  TW_EXPECTS(heights_.size() == frame_.size() && ground_.size() == frame_.size(),
             "a grid has one height and one ground per cell");
}

Ground Grid::ground(Cell c) const {
  TW_EXPECTS(frame_.holds(c), "ground is asked for a cell on the grid");
  return ground_[frame_.index(c)];
}

double Grid::height(GridPlace place) const {
  double const reach_right = frame_.columns - 0.5;
  double const reach_down = frame_.rows - 0.5;
  if (!(place.column >= -0.5 && place.row >= -0.5 && place.column <= reach_right &&
        place.row <= reach_down)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  double const column = std::clamp(place.column, 0.0, frame_.columns - 1.0);
  double const row = std::clamp(place.row, 0.0, frame_.rows - 1.0);
  int const left = std::min(static_cast<int>(column), std::max(0, frame_.columns - 2));
  int const top = std::min(static_cast<int>(row), std::max(0, frame_.rows - 2));
  double const right_share = column - left;
  double const down_share = row - top;
  double sum = 0;
  double weights = 0;
  for (int k = 0; k < 4; ++k) {
    bool const is_right = (k & 1) != 0;
    bool const is_down = (k & 2) != 0;
    double const weight =
        (is_right ? right_share : 1 - right_share) * (is_down ? down_share : 1 - down_share);
    if (weight <= 0) {
      continue;
    }
    float const h = heights_[frame_.index({left + (is_right ? 1 : 0), top + (is_down ? 1 : 0)})];
    if (std::isfinite(h)) {
      sum += weight * static_cast<double>(h);
      weights += weight;
    }
  }
  return weights > 0 ? sum / weights : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace tidewater::terrain
