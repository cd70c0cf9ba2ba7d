#pragma once
/// Summaries over the crossed sample: every judgement draw meets every future.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tidewater/parties/standing.hpp"

namespace tidewater::parties {

/// One entry a (future, draw) pair, futures outermost.
template <class T>
struct Crossed {
  std::size_t futures = 0;
  std::size_t draws = 0;
  std::vector<T> cells;

  Crossed(std::size_t future_count, std::size_t draw_count, T fill)
      : futures{future_count}, draws{draw_count}, cells(future_count * draw_count, fill) {}
};

/// `holds`: 1 where the event happens, else 0.
[[nodiscard]] Chance chance_of(Crossed<std::uint8_t> const& holds);

/// Mean and type-7 quantiles of all cells; works on its own copy.
[[nodiscard]] Spread spread_of(std::vector<double> cells);

/// Share of the variance that the draw explains by itself; none when nothing varies.
[[nodiscard]] std::optional<double> share_of_draws(Crossed<double> const& gain);

}  // namespace tidewater::parties
