#pragma once
/// Corners of a line moved, added and dropped, and its curves made wider or tighter, while plan and
/// levels together become cheaper. Heuristic, from neighbour to neighbour; docs/theory/route.md.

#include <cstddef>

#include "levelled_line.hpp"

namespace tidewater::route {

struct LineImprovement {
  double before = 0;      ///< money of the line as it was, by prices of material without haul
  double after = 0;       ///< by the same; may be more where loops moved
  std::size_t tried = 0;  ///< changes whose line was priced
};

/// Stops and ends stay where they are; straights and curves that are changed lie in the open. About
/// at most `most_tried` changes are priced.
///   is_open  nowhere off the grid
LineImprovement improve_line(LevelledLine& line,
                             OpenTest const& is_open,
                             std::size_t most_tried = 200'000);

}  // namespace tidewater::route
