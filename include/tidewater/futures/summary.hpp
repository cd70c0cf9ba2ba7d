#pragma once
/// What a sample of results over futures is reported as: quantiles, and differences between two
/// options taken future by future, so that what both share cancels.

#include <cstddef>
#include <optional>
#include <span>

namespace tidewater::futures {

/// Linear interpolation between order statistics: Hyndman and Fan (1996) type 7, as R's and
/// numpy's default. `sorted` rising and not empty, 0 <= p <= 1.
[[nodiscard]] double sorted_quantile(std::span<double const> sorted, double p);

struct Summary {
  std::size_t used = 0;     ///< finite values
  std::size_t dropped = 0;  ///< failed runs: NaN or infinite
  double mean = 0;
  double sd = 0;  ///< of one value, n - 1 in the denominator; 0 for a single value
  double p5 = 0;
  double p50 = 0;
  double p95 = 0;
  bool operator==(Summary const&) const = default;
};

/// None when no value is finite.
[[nodiscard]] std::optional<Summary> summarise(std::span<double const> sample);

struct PairedDifference {
  Summary difference;         ///< of a - b, over futures in which both are finite
  double mean_low = 0;        ///< 95 % Student interval of the mean difference
  double mean_high = 0;       ///< infinite either side when only one pair is left
  double share_positive = 0;  ///< of futures in which a > b; ties count half

  /// The mean difference cannot be told from zero with this many futures. Two options that are
  /// equal in every future are "within noise" too.
  [[nodiscard]] bool within_noise() const { return mean_low <= 0 && mean_high >= 0; }
};

/// `a[i]` and `b[i]` are the same future under two options. None when no pair is finite.
[[nodiscard]] std::optional<PairedDifference> paired_difference(std::span<double const> a,
                                                                std::span<double const> b);

}  // namespace tidewater::futures
