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

/// The interval of pairs of antithetic replications, u and 1 - u: of the means of the pairs, which
/// are independent of each other as the two of a pair are not. Sizes must agree.
[[nodiscard]] Interval antithetic_interval(std::span<double const> plain,
                                           std::span<double const> mirrored,
                                           double level = 0.95);

/// A ratio of two means over replications (tonnes per train, cost per tonne): not the mean of the
/// ratios.
struct Ratio {
  enum class Bounds : std::uint8_t {
    kBounded,
    kUnbounded,  ///< the denominator cannot be told from zero at this level: no finite interval
  };
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  Bounds bounds = Bounds::kUnbounded;
};
/// mean(y) / mean(x) with Fieller's interval (1954): exact for normal pairs, not symmetric.
/// Sizes must agree; unbounded below two pairs.
[[nodiscard]] Ratio ratio_fieller(std::span<double const> y,
                                  std::span<double const> x,
                                  double level = 0.95);
/// The same by the jackknife: bias of order 1/n removed, Student's t interval of the pseudo-values.
[[nodiscard]] Ratio ratio_jackknife(std::span<double const> y,
                                    std::span<double const> x,
                                    double level = 0.95);

/// How much of the head of one long series to leave out, and whether the rule could decide.
struct Truncation {
  std::size_t cut = 0;       ///< observations to leave out
  bool is_reliable = false;  ///< false when the least lies at the limit of half the series
};
/// MSER-5 (White 1997; White, Cobb and Spratt 2000): the cut in means of five that makes the
/// standard error of the rest smallest, never beyond half the series.
[[nodiscard]] Truncation mser5(std::span<double const> series);

/// Batch means of one stationary series, and whether the batches may be taken for independent.
struct BatchMeans {
  Interval interval;
  double lag1 = 0;         ///< correlation of neighbouring batches
  double von_neumann = 0;  ///< von Neumann's ratio as a standard normal; large: correlated
  std::size_t batches = 0;
  bool is_reliable = false;  ///< von_neumann below 1.645: independence is not refused at 5 %
};
[[nodiscard]] BatchMeans batch_means(std::span<double const> series,
                                     std::size_t batches = 20,
                                     double level = 0.95);
/// Fishman's way (1978): 400 batches, halved until they pass for independent, not below 20; not
/// reliable when even those do not. At least 20 observations.
[[nodiscard]] BatchMeans settled_batch_means(std::span<double const> series, double level = 0.95);

/// An experiment: the same model `count` times with independent draws.
struct Experiment {
  std::uint64_t seed = 1;
  std::uint32_t count = 10;
  int threads = 1;
  std::uint32_t first = 0;  ///< number of the first replication
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
    one.number = experiment.first + static_cast<std::uint32_t>(i);
    one.seed = experiment.seed;
    try {
      one.value.emplace(model(Streams{experiment.seed, one.number}));
    } catch (std::exception const& fault) {
      one.failure = fault.what();
    } catch (...) {
      one.failure = "something that is no exception was thrown";
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

/// Replications without a value. An interval of the others speaks for models that do not fail:
/// whoever quotes it says how many did.
template <class T>
[[nodiscard]] std::size_t failed_count(std::vector<Replication<T>> const& replications) {
  return static_cast<std::size_t>(std::count_if(
      replications.begin(), replications.end(), [](auto const& one) { return !one.value; }));
}

/// When an experiment has seen enough (Law, Simulation Modeling and Analysis, section 9.4.1): at
/// least `least` values, and half width <= relative / (1 + relative) x |mean|.
struct Precision {
  double relative = 0.05;  ///< of the true mean, above 0 and below 1
  double level = 0.95;
  std::uint32_t least = 10;
};
[[nodiscard]] bool is_precise(Interval const& interval, Precision const& precision);

enum class StopReason : std::uint8_t {
  kPrecise,     ///< the precision asked for is reached
  kMost,        ///< Experiment::count replications were not enough
  kAllFailing,  ///< none of the first `least` gave a value
};

template <class T>
struct Sequential {
  std::vector<Replication<T>> replications;
  Interval interval;  ///< of the values among them
  StopReason reason = StopReason::kMost;
  std::size_t failed = 0;
};
/// Why it stopped, in words: replications, half width beside the one asked for, failures.
[[nodiscard]] std::string stop_text(StopReason reason,
                                    Interval const& interval,
                                    Precision const& precision,
                                    std::size_t failed);

/// Replicates until the mean of `measure` is precise, at most Experiment::count times. Each thread
/// works on one replication at a time; those beyond the one that decided are dropped, so that the
/// answer is that of one after the other, on any number of threads.
template <class Model, class Measure>
[[nodiscard]] auto replicate_until(Experiment const& experiment,
                                   Precision const& precision,
                                   Model const& model,
                                   Measure const& measure)
    -> Sequential<std::invoke_result_t<Model const&, Streams const&>> {
  Sequential<std::invoke_result_t<Model const&, Streams const&>> found;
  std::vector<double> values;
  while (found.replications.size() < experiment.count) {
    auto const done = static_cast<std::uint32_t>(found.replications.size());
    auto const round =
        done == 0 ? precision.least : static_cast<std::uint32_t>(std::max(1, experiment.threads));
    Experiment next = experiment;
    next.first = experiment.first + done;
    next.count = std::min(round, experiment.count - done);
    for (auto& one : replicate(next, model)) {
      found.replications.push_back(std::move(one));
      auto const& value = found.replications.back().value;
      if (value) {
        values.push_back(measure(*value));
      } else {
        ++found.failed;
      }
      found.interval = interval(values, precision.level);
      if (value && is_precise(found.interval, precision)) {
        found.reason = StopReason::kPrecise;
        return found;
      }
    }
    if (values.empty() && found.failed >= precision.least) {
      found.reason = StopReason::kAllFailing;
      return found;
    }
  }
  return found;
}

}  // namespace tidewater::des
