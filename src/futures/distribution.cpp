#include "tidewater/futures/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include <boost/math/distributions/beta.hpp>
#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/base/random.hpp"

namespace tidewater::futures {

namespace {

// Double all the way: the detour through long double costs time and differs between machines.
using BetaLaw = boost::math::beta_distribution<
    double,
    boost::math::policies::policy<boost::math::policies::promote_double<false>>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double standard_normal_quantile(double p) {
  if (p <= 0) {
    return -kInfinity;
  }
  return p >= 1 ? kInfinity : normal_quantile(p);
}

struct BetaShape {
  double a = 1;
  double b = 1;
};

BetaShape beta_shape(Pert const& law) {
  double const span = law.high - law.low;
  return {1 + law.shape * (law.mode - law.low) / span,
          1 + law.shape * (law.high - law.mode) / span};
}

std::vector<WeightedValue> by_rising_value(Discrete const& law) {
  auto values = law.values;
  std::stable_sort(
      values.begin(), values.end(), [](auto const& x, auto const& y) { return x.value < y.value; });
  return values;
}

double total_weight(Discrete const& law) {
  double total = 0;
  for (auto const& each : law.values) {
    total += each.weight;
  }
  return total;
}

/// Value at p of the straight line through two percentile points.
double on_line(PercentilePoint const& a, PercentilePoint const& b, double p) {
  return a.value + (b.value - a.value) * (p - a.p) / (b.p - a.p);
}

/// The tail beyond the outermost stated point `end` towards p = `limit`, in the order met walking
/// outwards: one point, or two when the continued line is stopped at zero.
std::vector<PercentilePoint> tail(PercentilePoint const& inner,
                                  PercentilePoint const& end,
                                  double limit) {
  double const reached = on_line(inner, end, limit);
  bool const crosses = (end.value >= 0 && reached < 0) || (end.value <= 0 && reached > 0);
  if (!crosses) {
    return {{limit, reached}};
  }
  double const share = end.value / (end.value - reached);
  return {{end.p + share * (limit - end.p), 0}, {limit, 0}};
}

/// The whole quantile function, from p = 0 to p = 1.
std::vector<PercentilePoint> completed(Percentiles const& law) {
  auto points = law.points;
  bool const one_sided =
      std::all_of(points.begin(), points.end(), [](auto const& x) { return x.value >= 0; }) ||
      std::all_of(points.begin(), points.end(), [](auto const& x) { return x.value <= 0; });
  auto const grown = [&](PercentilePoint const& inner, PercentilePoint const& end, double limit) {
    return one_sided ? tail(inner, end, limit)
                     : std::vector<PercentilePoint>{{limit, on_line(inner, end, limit)}};
  };
  if (points.back().p < 1) {
    auto const last = points.size() - 1;
    auto const upper = grown(points[last - 1], points[last], 1);
    points.insert(points.end(), upper.begin(), upper.end());
  }
  if (points.front().p > 0) {
    auto const lower = grown(points[1], points[0], 0);
    points.insert(points.begin(), lower.rbegin(), lower.rend());
  }
  return points;
}

/// Quantile functions, one a law.
struct QuantileAt {
  double p;

  double operator()(Fixed const& law) const { return law.value; }
  double operator()(Uniform const& law) const { return law.low + p * (law.high - law.low); }
  double operator()(Triangular const& law) const {
    double const span = law.high - law.low;
    if (!(span > 0)) {
      return law.mode;
    }
    double const rise = law.mode - law.low;
    return p * span < rise ? law.low + std::sqrt(p * span * rise)
                           : law.high - std::sqrt((1 - p) * span * (law.high - law.mode));
  }
  double operator()(Pert const& law) const {
    double const span = law.high - law.low;
    if (!(span > 0)) {
      return law.mode;
    }
    auto const [a, b] = beta_shape(law);
    return law.low + span * boost::math::quantile(BetaLaw{a, b}, p);
  }
  double operator()(Normal const& law) const {
    return law.sd > 0 ? law.mean + law.sd * standard_normal_quantile(p) : law.mean;
  }
  double operator()(Lognormal const& law) const {
    return law.log_sd > 0 ? law.median * std::exp(law.log_sd * standard_normal_quantile(p))
                          : law.median;
  }
  double operator()(Discrete const& law) const {
    double const wanted = p * total_weight(law);
    double met = 0;
    double value = 0;
    for (auto const& each : by_rising_value(law)) {
      if (each.weight <= 0) {
        continue;
      }
      value = each.value;
      met += each.weight;
      if (met >= wanted) {
        break;
      }
    }
    return value;
  }
  double operator()(Percentiles const& law) const {
    auto const points = completed(law);
    std::size_t next = 1;
    while (next + 1 < points.size() && points[next].p < p) {
      ++next;
    }
    return on_line(points[next - 1], points[next], p);
  }
};

struct Moments {
  double mean = 0;
  double variance = 0;
};

struct MomentsOf {
  Moments operator()(Fixed const& law) const { return {law.value, 0}; }
  Moments operator()(Uniform const& law) const {
    double const span = law.high - law.low;
    return {law.low + span / 2, span * span / 12};
  }
  Moments operator()(Triangular const& law) const {
    double const left = law.mode - law.low;
    double const right = law.high - law.mode;
    return {law.mode + (right - left) / 3, (left * left + right * right + left * right) / 18};
  }
  Moments operator()(Pert const& law) const {
    double const span = law.high - law.low;
    if (!(span > 0)) {
      return {law.mode, 0};
    }
    auto const [a, b] = beta_shape(law);
    double const share = a / (a + b);
    return {law.low + span * share, span * span * share * (1 - share) / (a + b + 1)};
  }
  Moments operator()(Normal const& law) const { return {law.mean, law.sd * law.sd}; }
  Moments operator()(Lognormal const& law) const {
    double const variance_of_log = law.log_sd * law.log_sd;
    double const mean = law.median * std::exp(variance_of_log / 2);
    return {mean, mean * mean * std::expm1(variance_of_log)};
  }
  Moments operator()(Discrete const& law) const {
    double const total = total_weight(law);
    Moments out;
    for (auto const& each : law.values) {
      out.mean += each.value * each.weight / total;
    }
    for (auto const& each : law.values) {
      out.variance += (each.value - out.mean) * (each.value - out.mean) * each.weight / total;
    }
    return out;
  }
  Moments operator()(Percentiles const& law) const {
    // Integrals over p of a piecewise straight line and of its square.
    auto const points = completed(law);
    Moments out;
    for (std::size_t i = 1; i < points.size(); ++i) {
      out.mean += (points[i].p - points[i - 1].p) * (points[i].value + points[i - 1].value) / 2;
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
      double const u = points[i - 1].value - out.mean;
      double const v = points[i].value - out.mean;
      out.variance += (points[i].p - points[i - 1].p) * (u * u + u * v + v * v) / 3;
    }
    return out;
  }
};

struct WordsOf {
  std::string operator()(Fixed const& law) const { return fmt::format("{:g}", law.value); }
  std::string operator()(Uniform const& law) const {
    return fmt::format("uniform {:g}, {:g}", law.low, law.high);
  }
  std::string operator()(Triangular const& law) const {
    return fmt::format("triangular {:g}, {:g}, {:g}", law.low, law.mode, law.high);
  }
  std::string operator()(Pert const& law) const {
    return fmt::format("pert {:g}, {:g}, {:g}", law.low, law.mode, law.high) +
           (law.shape == 4 ? "" : fmt::format(", shape {:g}", law.shape));
  }
  std::string operator()(Normal const& law) const {
    return fmt::format("normal mean {:g}, sd {:g}", law.mean, law.sd);
  }
  std::string operator()(Lognormal const& law) const {
    return fmt::format("lognormal median {:g}, log sd {:g}", law.median, law.log_sd);
  }
  std::string operator()(Discrete const& law) const {
    double const total = total_weight(law);
    std::string words = "discrete";
    char const* before = " ";
    for (auto const& each : law.values) {
      words += fmt::format("{}{:g} ({:.3g} %)", before, each.value, 100 * each.weight / total);
      before = ", ";
    }
    return words;
  }
  std::string operator()(Percentiles const& law) const {
    std::string words = "percentiles";
    char const* before = " ";
    for (auto const& each : law.points) {
      words += fmt::format("{}P{:g} {:g}", before, 100 * each.p, each.value);
      before = ", ";
    }
    return words;
  }
};

}  // namespace

Lognormal lognormal_of(double mean, double sd) {
  TW_EXPECTS(mean > 0 && sd >= 0, "a lognormal has a positive mean and no negative spread");
  double const variance_of_log = std::log1p((sd / mean) * (sd / mean));
  return {mean * std::exp(-variance_of_log / 2), std::sqrt(variance_of_log)};
}

double quantile(Distribution const& law, double p) {
  TW_EXPECTS(p >= 0 && p <= 1, "a probability lies between 0 and 1");
  return std::visit(QuantileAt{p}, law);
}

double mean(Distribution const& law) {
  return std::visit(MomentsOf{}, law).mean;
}

double median(Distribution const& law) {
  return quantile(law, 0.5);
}

double standard_deviation(Distribution const& law) {
  return std::sqrt(std::visit(MomentsOf{}, law).variance);
}

std::string describe(Distribution const& law) {
  return std::visit(WordsOf{}, law);
}

}  // namespace tidewater::futures
