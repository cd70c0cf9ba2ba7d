#include "tidewater/des/statistics.hpp"

#include <numeric>

#include <boost/math/distributions/students_t.hpp>

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
  BatchMeans found{interval(means, level), 0};
  double covariance = 0;
  double variance = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    double const off = means[i] - found.interval.mean;
    variance += off * off;
    covariance += i > 0 ? off * (means[i - 1] - found.interval.mean) : 0.0;
  }
  found.lag1 = variance > 0 ? covariance / variance : 0.0;
  return found;
}

}  // namespace tidewater::des
