#pragma once
/// What an uncertain number may be. A distribution is about a bare number: the caller keeps the
/// unit (all of one distribution in the same one). Every law is read through its quantile function,
/// so one number in (0, 1) from a design fixes one value and options can share draws.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::futures {

struct Fixed {
  double value = 0;
  bool operator==(Fixed const&) const = default;
};

struct Uniform {
  double low = 0;
  double high = 1;
  bool operator==(Uniform const&) const = default;
};

struct Triangular {
  double low = 0;
  double mode = 0.5;
  double high = 1;
  bool operator==(Triangular const&) const = default;
};

/// Beta law on [low, high] with a = 1 + shape (mode - low) / (high - low) and
/// b = 1 + shape (high - mode) / (high - low). shape = 4 gives the classic mean
/// (low + 4 mode + high) / 6 (Malcolm et al. 1959).
struct Pert {
  double low = 0;
  double mode = 0.5;
  double high = 1;
  double shape = 4;
  bool operator==(Pert const&) const = default;
};

struct Normal {
  double mean = 0;
  double sd = 1;
  bool operator==(Normal const&) const = default;
};

/// exp of a normal: median > 0, log_sd the standard deviation of the natural logarithm.
struct Lognormal {
  double median = 1;
  double log_sd = 0;
  bool operator==(Lognormal const&) const = default;
};

struct WeightedValue {
  double value = 0;
  double weight = 1;  ///< >= 0; weights need not sum to one
  bool operator==(WeightedValue const&) const = default;
};

/// Any of a few values. Its quantile function runs through them by rising value.
struct Discrete {
  std::vector<WeightedValue> values;
  bool operator==(Discrete const&) const = default;
};

struct PercentilePoint {
  double p = 0.5;  ///< in [0, 1]: P10 is 0.10
  double value = 0;
  bool operator==(PercentilePoint const&) const = default;
};

/// Straight lines of the quantile function through stated percentiles, p strictly rising. A stated
/// P0 or P100 is a bound; otherwise the outermost line is continued, but never across zero when all
/// stated values lie on one side of it.
struct Percentiles {
  std::vector<PercentilePoint> points;
  bool operator==(Percentiles const&) const = default;
};

using Distribution =
    std::variant<Fixed, Uniform, Triangular, Pert, Normal, Lognormal, Discrete, Percentiles>;

/// The lognormal with the given arithmetic mean > 0 and standard deviation >= 0.
[[nodiscard]] Lognormal lognormal_of(double mean, double sd);

/// Every reason why `law` is no distribution, each under the path `where`; empty when it is one.
/// A range without width (low == high) is accepted and always gives that value.
[[nodiscard]] Diagnostics faults(Distribution const& law, std::string_view where);

/// Value not exceeded with probability p, 0 <= p <= 1; infinite where the law has no bound.
/// All functions below expect a law without faults.
[[nodiscard]] double quantile(Distribution const& law, double p);
[[nodiscard]] double mean(Distribution const& law);
[[nodiscard]] double median(Distribution const& law);
[[nodiscard]] double standard_deviation(Distribution const& law);

/// One line for a provenance table: "triangular 6500, 9500, 13000".
[[nodiscard]] std::string describe(Distribution const& law);

}  // namespace tidewater::futures
