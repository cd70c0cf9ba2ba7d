#include "tidewater/des/weather.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater::des {

RecordedSeries::RecordedSeries(Grid grid, std::vector<double> values)
    : grid_{grid}, values_{std::move(values)} {
  TW_EXPECTS(grid.step > 0 && std::isfinite(grid.step), "the step of a record is positive");
  TW_EXPECTS(!values_.empty(), "a record has a value");
  TW_EXPECTS(std::all_of(values_.begin(), values_.end(), [](double v) { return std::isfinite(v); }),
             "a record holds numbers");
}

RecordedSeries::RecordedSeries(Grid grid, std::vector<double> values, Shuffle shuffle)
    : RecordedSeries{grid, std::move(values)} {
  TW_EXPECTS(shuffle.block > 0 && values_.size() % shuffle.block == 0,
             "a record holds a whole number of blocks");
  shuffle_ = shuffle;
}

double RecordedSeries::value(std::size_t cell) {
  if (!shuffle_) {
    return values_[cell % values_.size()];
  }
  std::size_t const block = cell / shuffle_->block;
  while (blocks_.size() <= block) {
    blocks_.push_back(shuffle_->stream.below(values_.size() / shuffle_->block));
  }
  return values_[blocks_[block] * shuffle_->block + cell % shuffle_->block];
}

double RecordedSeries::at(double t) {
  TW_EXPECTS(t >= 0, "weather begins at time 0");
  auto const cell = static_cast<std::size_t>(t / grid_.step);
  double const here = value(cell);
  if (grid_.between == Between::kStep) {
    return here;
  }
  return here + (value(cell + 1) - here) * (t / grid_.step - static_cast<double>(cell));
}

std::optional<RecordedSeries::Part> RecordedSeries::calm_part(std::size_t cell, double limit) {
  double const from = static_cast<double>(cell) * grid_.step;
  double const to = static_cast<double>(cell + 1) * grid_.step;
  double const first = value(cell);
  double const last = grid_.between == Between::kStep ? first : value(cell + 1);
  if (first <= limit && last <= limit) {
    return Part{from, to};
  }
  if (first > limit && last > limit) {
    return std::nullopt;
  }
  double const crossing = from + grid_.step * (limit - first) / (last - first);
  return first <= limit ? Part{from, crossing} : Part{crossing, to};
}

std::optional<double> RecordedSeries::next_window(double t, Ask const& ask) {
  TW_EXPECTS(t >= 0 && ask.length >= 0, "weather begins at time 0, a window is not negative");
  double start = t;  // of the calm stretch that reaches the cell under the eye
  for (auto cell = static_cast<std::size_t>(t / grid_.step); start < ask.horizon; ++cell) {
    double const end = static_cast<double>(cell + 1) * grid_.step;
    std::optional<Part> const calm = calm_part(cell, ask.limit);
    if (!calm) {
      start = std::max(start, end);
      continue;
    }
    start =
        std::max(start, calm->from > static_cast<double>(cell) * grid_.step ? calm->from : start);
    if (start < end && start + ask.length <= calm->to) {
      return start < ask.horizon ? std::optional{start} : std::nullopt;
    }
    if (calm->to < end) {
      start = std::max(start, end);
    }
  }
  return std::nullopt;
}

MarkovWeather::MarkovWeather(Stream stream, std::vector<State> states, std::size_t first)
    : stream_{stream}, states_{std::move(states)} {
  TW_EXPECTS(first < states_.size(), "the first state is one of the chain");
  for (State const& state : states_) {
    double const sum = std::accumulate(state.next.begin(), state.next.end(), 0.0);
    TW_EXPECTS(state.next.size() == states_.size() && std::abs(sum - 1) < 1e-9,
               "each state gives a probability to every state, and they add up to one");
  }
  spells_.push_back({first, states_[first].stay(stream_)});
}

std::size_t MarkovWeather::spell_at(double t) {
  TW_EXPECTS(t >= 0, "weather begins at time 0");
  while (spells_.back().end <= t) {
    Spell const last = spells_.back();
    std::vector<double> const& next = states_[last.state].next;
    double u = stream_.uniform();
    std::size_t state = 0;
    while (state + 1 < next.size() && u >= next[state]) {
      u -= next[state++];
    }
    while (next[state] == 0) {  // a sum short of 1 by rounding leads past the last that can be
      --state;
    }
    double const stay = states_[state].stay(stream_);
    TW_EXPECTS(stay > 0, "a state of the weather lasts");
    spells_.push_back({state, last.end + stay});
  }
  auto const holds = std::upper_bound(
      spells_.begin(), spells_.end(), t, [](double at, Spell const& one) { return at < one.end; });
  return static_cast<std::size_t>(holds - spells_.begin());
}

std::size_t MarkovWeather::state_at(double t) {
  return spells_[spell_at(t)].state;
}

std::optional<double> MarkovWeather::next_window(double t, Ask const& ask) {
  double start = t;
  while (start < ask.horizon) {
    std::size_t spell = spell_at(start);
    while (spells_[spell].state <= ask.worst && spells_[spell].end < start + ask.length) {
      spell = spell_at(spells_[spell].end);
    }
    if (spells_[spell].state <= ask.worst) {
      return start;
    }
    start = spells_[spell].end;
  }
  return std::nullopt;
}

}  // namespace tidewater::des
