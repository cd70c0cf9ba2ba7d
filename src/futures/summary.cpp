#include "tidewater/futures/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include "tidewater/base/contract.hpp"

namespace tidewater::futures {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Summary of_finite(std::vector<double> values, std::size_t dropped) {
  double sum = 0;
  for (double const value : values) {
    sum += value;
  }
  auto const n = static_cast<double>(values.size());
  double const mean = sum / n;
  double squares = 0;  // second pass about the mean: safe when the spread is small beside it
  for (double const value : values) {
    squares += (value - mean) * (value - mean);
  }
  std::sort(values.begin(), values.end());
  return {.used = values.size(),
          .dropped = dropped,
          .mean = mean,
          .sd = values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0,
          .p5 = sorted_quantile(values, 0.05),
          .p50 = sorted_quantile(values, 0.50),
          .p95 = sorted_quantile(values, 0.95)};
}

}  // namespace

double sorted_quantile(std::span<double const> sorted, double p) {
  TW_EXPECTS(!sorted.empty() && p >= 0 && p <= 1, "a quantile of at least one value");
  double const place = p * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  auto const above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::optional<Summary> summarise(std::span<double const> sample) {
  std::vector<double> finite;
  finite.reserve(sample.size());
  for (double const value : sample) {
    if (std::isfinite(value)) {
      finite.push_back(value);
    }
  }
  if (finite.empty()) {
    return std::nullopt;
  }
  auto const dropped = sample.size() - finite.size();
  return of_finite(std::move(finite), dropped);
}

std::optional<PairedDifference> paired_difference(std::span<double const> a,
                                                  std::span<double const> b) {
  TW_EXPECTS(a.size() == b.size(), "two options over the same futures");
  std::vector<double> differences;
  double positive = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) {
      continue;
    }
    differences.push_back(a[i] - b[i]);
    positive += a[i] > b[i] ? 1.0 : (a[i] == b[i] ? 0.5 : 0.0);
  }
  if (differences.empty()) {
    return std::nullopt;
  }
  auto const n = static_cast<double>(differences.size());
  PairedDifference out;
  out.difference = of_finite(differences, a.size() - differences.size());
  out.share_positive = positive / n;
  double half_width = kInfinity;
  if (differences.size() > 1) {
    boost::math::students_t const law{n - 1};
    half_width = boost::math::quantile(law, 0.975) * out.difference.sd / std::sqrt(n);
  }
  out.mean_low = out.difference.mean - half_width;
  out.mean_high = out.difference.mean + half_width;
  return out;
}

}  // namespace tidewater::futures
