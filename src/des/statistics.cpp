#include "tidewater/des/statistics.hpp"

#include <algorithm>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::des {

void TimeWeighted::reset(double now) {
  *this = TimeWeighted{level_, now};
}

double TimeWeighted::variance(double now) const {
  double const m = mean(now);
  double const squares = square_ + level_ * level_ * (now - last_);
  return std::max(0.0, squares / (now - since_) - m * m);
}

double Tally::variance() const {
  return count_ > 1 ? squares_ / (count_ - 1) : std::numeric_limits<double>::quiet_NaN();
}

double Tally::quantile(double p) const {
  TW_EXPECTS(keep_ == Keep::kSample, "quantiles need the sample to be kept");
  TW_EXPECTS(p >= 0 && p <= 1, "a probability lies between 0 and 1");
  if (sample_.empty()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  std::vector<double> sorted = sample_;
  double const place = p * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::ptrdiff_t>(place);
  auto const middle = sorted.begin() + below;
  std::nth_element(sorted.begin(), middle, sorted.end());
  double const low = *middle;
  double const above =
      middle + 1 != sorted.end() ? *std::min_element(middle + 1, sorted.end()) : low;
  return low + (above - low) * (place - static_cast<double>(below));
}

double student_t_quantile(double p, double df) {
  TW_EXPECTS(p > 0 && p < 1 && df > 0, "a t quantile has 0 < p < 1 and degrees of freedom");
  return boost::math::quantile(boost::math::students_t{df}, p);
}

Interval interval(std::span<double const> values, double level) {
  Tally tally;
  for (double const x : values) {
    tally.add(x);
  }
  Interval found{.mean = tally.mean(), .count = values.size(), .level = level};
  if (values.size() > 1) {
    found.deviation = tally.deviation();
    found.half = student_t_quantile((1 + level) / 2, static_cast<double>(values.size() - 1)) *
                 found.standard_error();
  }
  return found;
}

Interval paired_interval(std::span<double const> a, std::span<double const> b, double level) {
  TW_EXPECTS(a.size() == b.size(), "paired values come in pairs");
  std::vector<double> differences(a.size());
  std::transform(a.begin(), a.end(), b.begin(), differences.begin(), std::minus<>{});
  return interval(differences, level);
}

Interval antithetic_interval(std::span<double const> plain,
                             std::span<double const> mirrored,
                             double level) {
  TW_EXPECTS(plain.size() == mirrored.size(), "antithetic values come in pairs");
  std::vector<double> means(plain.size());
  std::transform(
      plain.begin(), plain.end(), mirrored.begin(), means.begin(), [](double a, double b) {
        return (a + b) / 2;
      });
  return interval(means, level);
}

namespace {

struct PairMoments {
  double mean_y = 0;
  double mean_x = 0;
  double yy = 0;  // variances and covariance of the means
  double xx = 0;
  double xy = 0;
};

PairMoments moments_of(std::span<double const> y, std::span<double const> x) {
  auto const n = static_cast<double>(y.size());
  PairMoments m;
  m.mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  m.mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  for (std::size_t i = 0; i < y.size(); ++i) {
    m.yy += (y[i] - m.mean_y) * (y[i] - m.mean_y) / (n * (n - 1));
    m.xx += (x[i] - m.mean_x) * (x[i] - m.mean_x) / (n * (n - 1));
    m.xy += (x[i] - m.mean_x) * (y[i] - m.mean_y) / (n * (n - 1));
  }
  return m;
}

}  // namespace

Ratio ratio_fieller(std::span<double const> y, std::span<double const> x, double level) {
  TW_EXPECTS(y.size() == x.size(), "a ratio is of pairs");
  if (y.size() < 2) {
    return {};
  }
  PairMoments const m = moments_of(y, x);
  Ratio found;
  found.value = m.mean_y / m.mean_x;
  // R is in the interval when y - R x has a mean within t errors of zero: a R^2 - 2 b R + c <= 0.
  double const t = student_t_quantile((1 + level) / 2, static_cast<double>(y.size() - 1));
  double const a = m.mean_x * m.mean_x - t * t * m.xx;
  double const b = m.mean_x * m.mean_y - t * t * m.xy;
  double const c = m.mean_y * m.mean_y - t * t * m.yy;
  if (a <= 0) {
    return found;
  }
  double const root = std::sqrt(std::max(0.0, b * b - a * c));
  found.low = (b - root) / a;
  found.high = (b + root) / a;
  found.bounds = Ratio::Bounds::kBounded;
  return found;
}

Ratio ratio_jackknife(std::span<double const> y, std::span<double const> x, double level) {
  TW_EXPECTS(y.size() == x.size(), "a ratio is of pairs");
  if (y.size() < 2) {
    return {};
  }
  auto const n = static_cast<double>(y.size());
  double const sum_y = std::accumulate(y.begin(), y.end(), 0.0);
  double const sum_x = std::accumulate(x.begin(), x.end(), 0.0);
  std::vector<double> pseudo(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    pseudo[i] = n * sum_y / sum_x - (n - 1) * (sum_y - y[i]) / (sum_x - x[i]);
  }
  Interval const found = interval(pseudo, level);
  if (!std::isfinite(found.half)) {
    return {};
  }
  return {found.mean, found.low(), found.high(), Ratio::Bounds::kBounded};
}

namespace {

std::vector<double> means_of(std::span<double const> series, std::size_t batch) {
  std::vector<double> means;
  for (std::size_t i = 0; i + batch <= series.size(); i += batch) {
    auto const from = series.begin() + static_cast<std::ptrdiff_t>(i);
    means.push_back(std::accumulate(from, from + static_cast<std::ptrdiff_t>(batch), 0.0) /
                    static_cast<double>(batch));
  }
  return means;
}

}  // namespace

Truncation mser5(std::span<double const> series) {
  constexpr std::size_t kBatch = 5;
  std::vector<double> const means = means_of(series, kBatch);
  // From the end: Welford over the part that stays, for every cut in one pass.
  Tally rest;
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  std::size_t const limit = means.size() / 2;
  for (std::size_t cut = means.size(); cut-- > 0;) {
    rest.add(means[cut]);
    if (cut <= limit && rest.count() > 1) {
      double const error = rest.variance() / static_cast<double>(rest.count());
      if (error <= least) {
        least = error;
        best = cut;
      }
    }
  }
  return {best * kBatch, best < limit};
}

BatchMeans batch_means(std::span<double const> series, std::size_t batches, double level) {
  TW_EXPECTS(batches >= 2 && series.size() >= batches, "each batch has an observation");
  std::vector<double> const means = means_of(series, series.size() / batches);
  BatchMeans found{.interval = interval(means, level), .batches = means.size()};
  double covariance = 0;
  double variance = 0;
  double steps = 0;  // squared differences of neighbours
  for (std::size_t i = 0; i < means.size(); ++i) {
    double const off = means[i] - found.interval.mean;
    variance += off * off;
    covariance += i > 0 ? off * (means[i - 1] - found.interval.mean) : 0.0;
    steps += i > 0 ? (means[i] - means[i - 1]) * (means[i] - means[i - 1]) : 0.0;
  }
  found.lag1 = variance > 0 ? covariance / variance : 0.0;
  // Independent: steps / (2 variance) has mean 1 and variance (k - 2) / (k^2 - 1), near normal.
  auto const k = static_cast<double>(means.size());
  double const excess = variance > 0 ? 1 - steps / (2 * variance) : 0.0;
  found.von_neumann = k > 2 ? excess / std::sqrt((k - 2) / (k * k - 1)) : 0.0;
  constexpr double kOneSidedFivePercent = 1.6448536269514722;
  found.is_reliable = k > 2 && found.von_neumann < kOneSidedFivePercent;
  return found;
}

BatchMeans settled_batch_means(std::span<double const> series, double level) {
  constexpr std::size_t kMost = 400;
  constexpr std::size_t kLeast = 20;
  TW_EXPECTS(series.size() >= kLeast, "each of 20 batches has an observation");
  std::size_t batches = std::min(kMost, series.size());
  while (true) {
    BatchMeans const found = batch_means(series, batches, level);
    if (found.is_reliable || batches == kLeast) {
      return found;
    }
    batches = std::max(kLeast, batches / 2);
  }
}

bool is_precise(Interval const& interval, Precision const& precision) {
  TW_EXPECTS(precision.relative > 0 && precision.relative < 1, "a relative precision is a share");
  double const allowed = precision.relative / (1 + precision.relative) * std::abs(interval.mean);
  return interval.count >= std::max(precision.least, 2U) && interval.half <= allowed;
}

std::string stop_text(StopReason reason,
                      Interval const& interval,
                      Precision const& precision,
                      std::size_t failed) {
  std::string const failures = failed > 0 ? fmt::format("; {} failed", failed) : "";
  if (reason == StopReason::kAllFailing) {
    return fmt::format("stopped: none of {} replications gave a value", failed);
  }
  return fmt::format(
      "stopped {} {} values: half width {:.3g} % of the mean, {:.3g} % asked for{}",
      reason == StopReason::kPrecise ? "precise after" : "at the most allowed, after",
      interval.count,
      100 * interval.half / std::abs(interval.mean),
      100 * precision.relative / (1 + precision.relative),
      failures);
}

}  // namespace tidewater::des
