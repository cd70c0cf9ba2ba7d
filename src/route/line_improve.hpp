#pragma once
/// Corners of a line moved, added and dropped, and its curves made wider or tighter, while plan and
/// levels together become cheaper. Heuristic, from neighbour to neighbour; docs/theory/route.md.

#include <cstddef>
#include <limits>
#include <vector>

#include "levelled_line.hpp"

namespace tidewater::route {

inline constexpr double kNewRadius = 1.5;  ///< least radii, of the curve at a new corner

struct LineImprovement {
  double before = 0;      ///< money of the line as it was, by prices of material without haul
  double after = 0;       ///< by the same; may be more where loops moved
  std::size_t tried = 0;  ///< changes whose line was priced
};

struct ImproveHow {
  double coarsest = 2000;  ///< m: the furthest corners are moved at once
  std::size_t first = 0;   ///< corners to begin with: from this
  std::size_t last = std::numeric_limits<std::size_t>::max();  ///< to the one before this
  std::size_t most_tried = 200'000;                            ///< changes priced, about at most
  bool moves_loops = true;                                     ///< of a whole line
};

/// Stops and ends stay where they are; straights and curves that are changed lie in the
/// open.
///   is_open  nowhere off the grid
LineImprovement improve_line(LevelledLine& line,
                             OpenTest const& is_open,
                             ImproveHow const& how = {});

/// Whether a trial's straights and curves lie in the open, its stops are within reach and the line
/// keeps clear of itself.
[[nodiscard]] bool is_sound(LevelledLine const& line,
                            LineTrial const& trial,
                            OpenTest const& is_open);
/// Whether the line crosses itself no more often with corners in place of those from `first` to
/// `last`: what a spiral needs to pass over itself is not priced.
[[nodiscard]] bool keeps_clear_of_itself(std::vector<LineCorner> const& line,
                                         std::size_t first,
                                         std::size_t last,
                                         std::vector<LineCorner> const& instead);

}  // namespace tidewater::route
