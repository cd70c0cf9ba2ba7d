#pragma once
/// Exact least-cost search over a raster of frictions: Dijkstra's algorithm on a bucket queue. The
/// core beside which GRASS r.cost and skimage MCP_Geometric are measured; align() runs a queue of
/// its own over priced links instead.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::route {

enum class Neighbours : std::uint8_t {
  kEight,    ///< a step costs the mean of its two cells times its length (MCP_Geometric, r.cost)
  kSixteen,  ///< and knight's steps, the mean of the four cells they touch times sqrt 5 (r.cost -k)
};

/// Frictions, and the least costs over them since the last search; cells are counted row by row.
/// Seventeen bytes a cell: a cell's two numbers stand side by side, since a step asks for both.
/// Totals are double: sums in float drift in the seventh digit at 1000 cells a side.
class CostRaster {
 public:
  /// Both counts above zero, and fewer than 2^32 cells with the border.
  ///   friction(cell)  cost per cell side, zero or more; not finite = no passage
  template <class Friction>
  CostRaster(int columns, int rows, Friction&& friction) : CostRaster{columns, rows} {
    for (std::size_t cell = 0; cell < columns_ * rows_; ++cell) {
      set(cell, friction(cell));
    }
  }

  /// Finds the least cost from any of `sources` to every cell; gives how often a cell was expanded.
  ///   exact   bucket width is the smallest step (Dinitz 1978), so a cell is expanded once; where
  ///           the largest step is beyond 2^20 times the smallest, or frictions are zero, a cell is
  ///           expanded again when it improves
  ///   fails   a negative friction, frictions beyond what doubles can divide, a source off the
  ///           raster or on a cell without passage; then no cell is reached
  [[nodiscard]] Result<std::size_t> search(std::span<std::size_t const> sources,
                                           Neighbours neighbours);

  /// Least cost from the sources; infinity where unreachable.
  [[nodiscard]] double total(std::size_t cell) const { return nodes_[index(cell)].total; }

  /// Cells from a source to `target`, both included; empty when the target was not reached.
  [[nodiscard]] std::vector<std::size_t> path_to(std::size_t target) const;

 private:
  CostRaster(int columns, int rows);

  struct Node {
    double friction = std::numeric_limits<double>::infinity();
    double total = std::numeric_limits<double>::infinity();
  };

  /// Around the raster runs a border without passage, so that no step asks whether it leaves it:
  /// two rows above and below, and a column that stands right of a row and left of the next. One
  /// column is enough: a knight's step over it lands on a cell of another row, but one of the two
  /// cells it runs between is the border's.
  [[nodiscard]] std::size_t width() const { return columns_ + 1; }
  [[nodiscard]] std::size_t index(std::size_t cell) const {
    return (cell / columns_ + 2) * width() + cell % columns_ + 1;
  }

  void set(std::size_t cell, double friction) {
    if (std::isfinite(friction)) {
      nodes_[index(cell)].friction = friction;
      has_negative_ = has_negative_ || friction < 0;
      has_zero_ = has_zero_ || friction == 0;
      most_ = std::max(most_, friction);
      least_ = friction > 0 ? std::min(least_, friction) : least_;
    }
  }

  /// The cheapest step above zero joins two cells of the least friction, or one of them to a free
  /// one.
  [[nodiscard]] double smallest_step() const {
    return std::isfinite(least_) ? least_ * (has_zero_ ? 0.5 : 1) : 1;
  }
  [[nodiscard]] Diagnostics faults_of(std::span<std::size_t const> sources) const;

  std::size_t columns_;
  std::size_t rows_;
  std::vector<Node> nodes_;         ///< the border's included
  std::vector<std::uint8_t> from_;  ///< step that led to each cell, see kSteps
  double least_ = std::numeric_limits<double>::infinity();  ///< friction above zero
  double most_ = 0;
  bool has_zero_ = false;
  bool has_negative_ = false;
};

}  // namespace tidewater::route
