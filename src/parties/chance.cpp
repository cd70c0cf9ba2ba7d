#include "chance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tidewater/base/contract.hpp"

namespace tidewater::parties {

namespace {

constexpr double kZ95 = 1.959963984540054;  // standard normal P97.5

/// Type-7 quantile; orders `values` from position `from` on and leaves lower ones below.
double quantile(std::vector<double>& values, double p, std::size_t from = 0) {
  double const place = p * static_cast<double>(values.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  auto const at = [&](std::size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(from), at(below), values.end());
  double const low = values[below];
  if (below + 1 == values.size()) {
    return low;
  }
  double const high = *std::min_element(at(below + 1), values.end());
  return low + (place - static_cast<double>(below)) * (high - low);
}

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Sample variance about the mean; 0 for a single value.
double variance_of(std::vector<double> const& values) {
  double const mean = mean_of(values);
  double squares = 0;
  for (double const value : values) {
    squares += (value - mean) * (value - mean);
  }
  return values.size() > 1 ? squares / static_cast<double>(values.size() - 1) : 0;
}

/// Wilson (1927) 95 % interval of a share p seen in n trials.
Interval wilson(double p, double n) {
  double const z2 = kZ95 * kZ95;
  double const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  double const half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return {std::max(0.0, std::min(p, centre - half)), std::min(1.0, std::max(p, centre + half))};
}

/// Independent trials that would err as much: p (1 - p) / (s_d^2 / draws + s_f^2 / futures), the
/// error variance of a crossed sample (its interaction term is inside both parts). A lone future is
/// the one that was asked about, not a sample of one.
double effective_trials(double p,
                        std::vector<double> const& by_draw,
                        std::vector<double> const& by_future) {
  auto const draws = static_cast<double>(by_draw.size());
  auto const futures = static_cast<double>(by_future.size());
  double const error = variance_of(by_draw) / draws + variance_of(by_future) / futures;
  if (error > 0 && p > 0 && p < 1) {
    return std::clamp(p * (1 - p) / error, 1.0, draws * futures);
  }
  return futures > 1 ? std::min(draws, futures)
                     : draws;  // nothing varied: the scarcer factor rules
}

Interval p5_to_p95(std::vector<double> values) {
  double const low = quantile(values, 0.05);
  return {low, quantile(values, 0.95)};
}

}  // namespace

Chance chance_of(Crossed<std::uint8_t> const& holds) {
  TW_EXPECTS(!holds.cells.empty(), "at least one future and one judgement");
  std::vector<double> by_draw(holds.draws, 0.0);
  std::vector<double> by_future(holds.futures, 0.0);
  for (std::size_t f = 0; f < holds.futures; ++f) {
    std::uint8_t const* const row = holds.cells.data() + f * holds.draws;
    for (std::size_t j = 0; j < holds.draws; ++j) {
      by_draw[j] += row[j];
      by_future[f] += row[j];
    }
  }
  Chance out;
  out.p = std::accumulate(by_future.begin(), by_future.end(), 0.0) /
          static_cast<double>(holds.cells.size());
  for (double& share : by_draw) {
    share /= static_cast<double>(holds.futures);
  }
  for (double& share : by_future) {
    share /= static_cast<double>(holds.draws);
  }
  out.sampling = wilson(out.p, effective_trials(out.p, by_draw, by_future));
  out.over_futures = p5_to_p95(std::move(by_future));
  out.over_judgements = p5_to_p95(std::move(by_draw));
  out.interval = {std::min(out.over_futures.low, out.sampling.low),
                  std::max(out.over_futures.high, out.sampling.high)};
  return out;
}

Spread spread_of(std::vector<double> cells) {
  TW_EXPECTS(!cells.empty(), "at least one future and one judgement");
  Spread out;
  out.mean = mean_of(cells);
  out.low = quantile(cells, 0.05);
  // What lies below the last quantile's place is already below everything else.
  auto const place = [&](double p) {
    return static_cast<std::size_t>(p * static_cast<double>(cells.size() - 1));
  };
  out.median = quantile(cells, 0.50, place(0.05));
  out.high = quantile(cells, 0.95, place(0.50));
  return out;
}

std::optional<double> share_of_draws(Crossed<double> const& gain) {
  std::vector<double> by_draw(gain.draws, 0.0);
  double const mean = mean_of(gain.cells);
  double total = 0;
  for (std::size_t f = 0; f < gain.futures; ++f) {
    double const* const row = gain.cells.data() + f * gain.draws;
    for (std::size_t j = 0; j < gain.draws; ++j) {
      double const off = row[j] - mean;
      by_draw[j] += off;
      total += off * off;
    }
  }
  // Rounding alone leaves about 1e-16 of the scale: a gain lies within 2 of zero.
  if (total <= 1e-28 * static_cast<double>(gain.cells.size())) {
    return std::nullopt;
  }
  double explained = 0;
  for (double const off : by_draw) {
    explained += off * off / static_cast<double>(gain.futures);
  }
  return std::clamp(explained / total, 0.0, 1.0);
}

}  // namespace tidewater::parties
