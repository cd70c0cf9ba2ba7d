#include "holding.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace tidewater::train {
namespace {
constexpr std::size_t kSpeeds = 1024;  // held speeds are rounded down by at most 0.1 %
}

Holding::Holding(Train const& train, double top_speed) : top_speed_{top_speed} {
  if (!holding_force(train, Speed{top_speed})) {
    return;
  }
  step_ = top_speed / static_cast<double>(kSpeeds);
  steepest_.resize(kSpeeds);
  double const per_mass = 1.0 / inertia(train).base();
  double best = 0;
  for (std::size_t i = kSpeeds; i-- > 0;) {
    Speed const v{step_ * static_cast<double>(i + 1)};
    double const force = (*holding_force(train, v) + resistance(train, v)).base();
    best = std::max(best, force * per_mass);
    steepest_[i] = best;
  }
}

double Holding::speed(double pull) const {
  if (!stated() || pull <= steepest_.back()) {
    return top_speed_;
  }
  auto const first_too_steep =
      std::lower_bound(steepest_.begin(), steepest_.end(), pull, std::greater_equal<>{});
  return step_ * static_cast<double>(first_too_steep - steepest_.begin());
}

}  // namespace tidewater::train
