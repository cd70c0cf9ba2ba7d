#pragma once
/// Exact least-cost search over a raster of frictions: Dijkstra's algorithm on a bucket queue. The
/// core beside which GRASS r.cost and skimage MCP_Geometric are measured; align() runs the same
/// queue over priced links instead.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::route {

enum class Neighbours : std::uint8_t {
  kEight,    ///< a step costs the mean of its two cells times its length (MCP_Geometric, r.cost)
  kSixteen,  ///< and knight's steps, the mean of the four cells they touch times sqrt 5 (r.cost -k)
};

struct FrictionRaster {
  int columns = 0;
  int rows = 0;
  std::span<double const> friction{};  ///< cost per cell side, row by row; not finite = no passage
};

/// Totals in double: sums in float drift in the seventh digit at 1000 cells a side.
struct CostSurface {
  std::vector<double> total{};       ///< least cost from the sources; infinity where unreachable
  std::vector<std::uint8_t> from{};  ///< step that led here, see step_back(); 255 at sources
  std::size_t settled = 0;           ///< cells taken from the queue for good
};

/// Least cost from any of `sources` (cell indices, row by row) to every cell.
///   exact   bucket width is the smallest step (Dinitz 1978), so no cell is ever settled early;
///           where the largest step is beyond 2^20 times the smallest, buckets are re-swept
///   fails   raster and span sizes that differ, a negative friction, a source off the raster or on
///           a cell without passage
[[nodiscard]] Result<CostSurface> least_cost(FrictionRaster const& raster,
                                             std::span<std::size_t const> sources,
                                             Neighbours neighbours);

/// Cells from a source to `target`, both included; empty when the target was not reached.
[[nodiscard]] std::vector<std::size_t> path_to(CostSurface const& surface,
                                               int columns,
                                               std::size_t target);

}  // namespace tidewater::route
