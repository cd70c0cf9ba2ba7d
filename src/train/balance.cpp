#include <cmath>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

std::optional<Speed> balance_speed(Train const& train, double grade) {
  double const top = max_speed(train).base();
  TW_EXPECTS(std::isfinite(top), "a balance is sought below a finite maximum speed");
  double const weight = (mass(train) * kGravity).base();
  auto const spare = [&](double v) {
    return (tractive_effort(train, Speed{v}) - resistance(train, Speed{v})).base() - weight * grade;
  };
  if (spare(0) < 0) {
    return std::nullopt;
  }
  // First place, from rest, where effort falls short: a train that starts cannot get beyond it.
  constexpr int kSamples = 512;
  double low = 0;
  double high = top;
  bool short_of_effort = false;
  for (int i = 1; i <= kSamples && !short_of_effort; ++i) {
    high = top * i / kSamples;
    short_of_effort = spare(high) < 0;
    low = short_of_effort ? low : high;
  }
  if (!short_of_effort) {
    return Speed{top};
  }
  for (int i = 0; i < 60; ++i) {
    double const middle = 0.5 * (low + high);
    (spare(middle) < 0 ? high : low) = middle;
  }
  return Speed{low};
}

}  // namespace tidewater::train
