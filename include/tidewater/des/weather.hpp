#pragma once
/// Weather a model meets and does not make: a recorded series (waves by the hour), or a chain of
/// states drawn from a stream of its own as far as anyone has asked. Design alternatives that ask
/// in different order meet the same weather. Nothing here schedules events.

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "tidewater/base/random.hpp"

namespace tidewater::des {

/// Values on a grid of time from 0 on, repeated after the last; optionally in blocks (years) whose
/// order a stream draws anew, so that replications differ and stay within what was recorded.
class RecordedSeries {
 public:
  enum class Between : std::uint8_t {
    kStep,    ///< a value holds until the next
    kLinear,  ///< straight lines between them, also over the seam of blocks
  };
  struct Grid {
    double step = 1;  ///< model's unit
    Between between = Between::kStep;
  };
  struct Shuffle {
    Stream stream;
    std::size_t block = 1;  ///< values in a block; the record holds a whole number of them
  };
  /// At least one value, all finite; fails (contract) otherwise.
  RecordedSeries(Grid grid, std::vector<double> values);
  RecordedSeries(Grid grid, std::vector<double> values, Shuffle shuffle);

  [[nodiscard]] double at(double t);
  /// First start s >= t such that the series is at or below `limit` on [s, s + length), at s itself
  /// for a length of 0; none when there is none before `horizon`. Crossings of straight lines are
  /// exact.
  struct Ask {
    double limit = 0;
    double length = 0;
    double horizon = 0;
  };
  [[nodiscard]] std::optional<double> next_window(double t, Ask const& ask);

 private:
  [[nodiscard]] double value(std::size_t cell);
  struct Part {
    double from;
    double to;
  };
  /// The part of a cell at or below the limit: one stretch, for the series is monotone in a cell.
  [[nodiscard]] std::optional<Part> calm_part(std::size_t cell, double limit);

  Grid grid_;
  std::vector<double> values_;
  std::optional<Shuffle> shuffle_;
  std::vector<std::size_t> blocks_;  ///< of the record, in the order drawn
};

/// Sea states as a Markov chain with stays of any law (semi-Markov): calm, rough, storm. A chain of
/// two states with certain change is AlternatingRenewal.
class MarkovWeather {
 public:
  struct State {
    std::function<double(Stream&)> stay;  ///< draws one duration > 0, in the model's unit
    std::vector<double> next;             ///< probability of each state after it; sums to 1
  };
  /// Starts in state `first` at time 0; fails (contract) when probabilities do not add up.
  MarkovWeather(Stream stream, std::vector<State> states, std::size_t first = 0);

  [[nodiscard]] std::size_t state_at(double t);
  /// First start s >= t such that the state is never above `worst` on [s, s + length); states are
  /// numbered from best to worst. None when there is none before `horizon`.
  struct Ask {
    std::size_t worst = 0;
    double length = 0;
    double horizon = 0;
  };
  [[nodiscard]] std::optional<double> next_window(double t, Ask const& ask);

 private:
  [[nodiscard]] std::size_t spell_at(double t);  ///< number of the spell that holds t

  Stream stream_;
  std::vector<State> states_;
  struct Spell {
    std::size_t state;
    double end;
  };
  std::vector<Spell> spells_;
};

}  // namespace tidewater::des
