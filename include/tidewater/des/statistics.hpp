#pragma once
/// Statistics of a run and of an experiment: time-weighted levels, tallies, confidence intervals
/// over replications, and the replications themselves.
///
/// Nothing here schedules events or draws random numbers.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tidewater/base/parallel.hpp"
#include "tidewater/base/random.hpp"
#include "tidewater/base/result.hpp"

namespace tidewater::des {

/// A level over time, weighted by how long it lasted: queue length, units in use, tonnes in stock.
class TimeWeighted {
 public:
  TimeWeighted() = default;  ///< level 0 from time 0
  explicit TimeWeighted(double level, double start = 0)
      : level_{level}, since_{start}, last_{start}, least_{level}, most_{level} {}

  /// The level is `level` from `now` on. `now` never decreases.
  void set(double now, double level) {
    double const dt = now - last_;
    area_ += level_ * dt;
    square_ += level_ * level_ * dt;
    last_ = now;
    level_ = level;
    least_ = std::min(least_, level);
    most_ = std::max(most_, level);
  }
  void add(double now, double change) { set(now, level_ + change); }
  /// Forgets the past, keeps the level: the end of a warm-up.
  void reset(double now);

  [[nodiscard]] double level() const { return level_; }
  [[nodiscard]] double least() const { return least_; }
  [[nodiscard]] double most() const { return most_; }
  /// Level x time since the start, up to `now`.
  [[nodiscard]] double integral(double now) const { return area_ + level_ * (now - last_); }
  /// NaN when no time has passed.
  [[nodiscard]] double mean(double now) const { return integral(now) / (now - since_); }
  [[nodiscard]] double variance(double now) const;

 private:
  double level_ = 0;
  double since_ = 0;
  double last_ = 0;
  double area_ = 0;
  double square_ = 0;
  double least_ = 0;
  double most_ = 0;
};

/// Observations one by one: Welford's moments, and the sample itself when quantiles are wanted.
class Tally {
 public:
  enum class Keep : std::uint8_t { kMoments, kSample };
  Tally() = default;
  explicit Tally(Keep keep) : keep_{keep} {}

  void add(double x) {
    count_ += 1;
    double const off = x - mean_;
    mean_ += off / count_;
    squares_ += off * (x - mean_);
    least_ = std::min(least_, x);
    most_ = std::max(most_, x);
    if (keep_ == Keep::kSample) {
      sample_.push_back(x);
    }
  }
  void reset() { *this = Tally{keep_}; }

  [[nodiscard]] std::uint64_t count() const { return static_cast<std::uint64_t>(count_); }
  /// NaN without observations.
  [[nodiscard]] double mean() const {
    return count_ > 0 ? mean_ : std::numeric_limits<double>::quiet_NaN();
  }
  [[nodiscard]] double sum() const { return mean_ * count_; }
  /// Unbiased; NaN below two observations.
  [[nodiscard]] double variance() const;
  [[nodiscard]] double deviation() const { return std::sqrt(variance()); }
  [[nodiscard]] double least() const { return least_; }  ///< +infinity without observations
  [[nodiscard]] double most() const { return most_; }    ///< -infinity without observations
  /// Type 7 quantile (linear between order statistics) of a kept sample, 0 <= p <= 1.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] std::span<double const> sample() const { return sample_; }

 private:
  Keep keep_ = Keep::kMoments;
  double count_ = 0;  ///< whole; exact to 2^53
  double mean_ = 0;
  double squares_ = 0;
  double least_ = std::numeric_limits<double>::infinity();
  double most_ = -std::numeric_limits<double>::infinity();
  std::vector<double> sample_;
};

class Counter {
 public:
  void add(std::int64_t n = 1) { count_ += n; }
  void reset() { count_ = 0; }
  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  std::int64_t count_ = 0;
};

/// Quantile of Student's t, `df` > 0 degrees of freedom (Boost.Math, better than 1e-12 relative).
[[nodiscard]] double student_t_quantile(double p, double df);

/// A mean over replications with its two-sided confidence interval. With fewer than two values
/// there is no interval: half is NaN.
struct Interval {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double half = std::numeric_limits<double>::quiet_NaN();
  double deviation = std::numeric_limits<double>::quiet_NaN();
  std::size_t count = 0;
  double level = 0.95;
  [[nodiscard]] double low() const { return mean - half; }
  [[nodiscard]] double high() const { return mean + half; }
  [[nodiscard]] double standard_error() const {
    return deviation / std::sqrt(static_cast<double>(count));
  }
};

/// Student's t interval of independent replications.
[[nodiscard]] Interval interval(std::span<double const> values, double level = 0.95);
/// The same of a[i] - b[i]: two designs under common random numbers. Sizes must agree.
[[nodiscard]] Interval paired_interval(std::span<double const> a,
                                       std::span<double const> b,
                                       double level = 0.95);

/// How much of the head of one long series to leave out, and whether the rule could decide.
struct Truncation {
  std::size_t cut = 0;       ///< observations to leave out
  bool is_reliable = false;  ///< false when the least lies at the limit of half the series
};
/// MSER-5 (White 1997; White, Cobb and Spratt 2000): the cut in means of five that makes the
/// standard error of the rest smallest, never beyond half the series.
[[nodiscard]] Truncation mser5(std::span<double const> series);

/// Batch means of one stationary series, with the lag-1 correlation of the batches as a warning.
struct BatchMeans {
  Interval interval;
  double lag1 = 0;
};
[[nodiscard]] BatchMeans batch_means(std::span<double const> series,
                                     std::size_t batches = 20,
                                     double level = 0.95);

/// An experiment: the same model `count` times with independent draws.
struct Experiment {
  std::uint64_t seed = 1;
  std::uint32_t count = 10;
  int threads = 1;
};

/// One replication: its value, or why there is none. With the seed and its number it can be run
/// again.
template <class T>
struct Replication {
  std::uint32_t number = 0;
  std::uint64_t seed = 0;
  std::optional<T> value;
  std::string failure;  ///< empty when there is a value
};

/// Runs model(Streams) once per replication, on up to `threads` threads. The vector is in
/// replication order whatever the number of threads; a model that throws is recorded, not fatal.
template <class Model>
[[nodiscard]] auto replicate(Experiment const& experiment, Model const& model)
    -> std::vector<Replication<std::invoke_result_t<Model const&, Streams const&>>> {
  using Value = std::invoke_result_t<Model const&, Streams const&>;
  std::vector<Replication<Value>> replications(experiment.count);
  parallel_for(experiment.count, experiment.threads, [&](std::size_t i) {
    Replication<Value>& one = replications[i];
    one.number = static_cast<std::uint32_t>(i);
    one.seed = experiment.seed;
    try {
      one.value.emplace(model(Streams{experiment.seed, one.number}));
    } catch (std::exception const& fault) {
      one.failure = fault.what();
    }
  });
  return replications;
}

/// The interval of one measure of the replications that succeeded: measure(value) -> double.
template <class T, class Measure>
[[nodiscard]] Interval interval_of(std::vector<Replication<T>> const& replications,
                                   Measure const& measure,
                                   double level = 0.95) {
  std::vector<double> values;
  values.reserve(replications.size());
  for (auto const& one : replications) {
    if (one.value) {
      values.push_back(measure(*one.value));
    }
  }
  return interval(values, level);
}

}  // namespace tidewater::des
