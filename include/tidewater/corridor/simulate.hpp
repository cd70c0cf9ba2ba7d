#pragma once
/// Runs a corridor through its life, once or many times. docs/theory/corridor.md.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "tidewater/base/random.hpp"
#include "tidewater/corridor/life.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

/// Whether Life::losses is filled. Nothing else depends on it.
enum class LossBooks { kKept, kNone };

struct SimulateOptions {
  std::optional<Watch> watch{};
  LossBooks losses = LossBooks::kKept;
};

/// One replication of the whole life in continuous time.
///
///   model    must be without faults(); a fault is a broken contract here
///   streams  every random thing has its own stream, named after the thing and not after the
///            option: two models with the same port meet the same storms, whatever else differs
///   checks   conservation of every product to 1e-6 of what was mined; two trains never in one
///            section; no stock below zero or above its capacity
[[nodiscard]] Life simulate(CorridorModel const& model,
                            Streams streams,
                            SimulateOptions const& options = {});

/// A mean over replications and its Student interval.
struct Estimate {
  double mean = 0;
  double half_width = 0;  ///< 95 %; zero for a single replication (then nothing is known)
  std::size_t replications = 0;
  [[nodiscard]] double low() const { return mean - half_width; }
  [[nodiscard]] double high() const { return mean + half_width; }
};

struct Lives {
  std::vector<Life> lives{};  ///< in order of replication

  /// `measure` of each life, e.g. [](Life const& l) { return shipped(l).in(Mt); }.
  [[nodiscard]] Estimate estimate(std::function<double(Life const&)> const& measure) const;
};

/// The ledgers of all lives, entry by entry in the mean.
[[nodiscard]] Losses mean_losses(Lives const& lives);

/// Difference of two options replication by replication (common random numbers): its interval is
/// the right one for "is this better". Both must have the same number of lives.
[[nodiscard]] Estimate difference(Lives const& a,
                                  Lives const& b,
                                  std::function<double(Life const&)> const& measure);

/// The same of figures taken from each: the mean of a[i] - b[i].
[[nodiscard]] Estimate paired_difference(std::vector<double> const& a,
                                         std::vector<double> const& b);

struct ExperimentOptions {
  std::uint64_t seed = 1;
  int replications = 4;
  int threads = 1;
  std::optional<Watch> watch{};  ///< kept in replication 0 only
  LossBooks losses = LossBooks::kKept;
};

/// Independent replications; the same answer on any number of threads.
[[nodiscard]] Lives experiment(CorridorModel const& model, ExperimentOptions const& options);

}  // namespace tidewater::corridor
