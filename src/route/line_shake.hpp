#pragma once
/// Corners of a line moved at random, each time a part of it improved from there and kept where
/// that part is cheaper: what moving one or two at a time does not reach. Iterated local search
/// (Lourenco, Martin, Stuetzle 2003); heuristic.

#include "line_improve.hpp"

namespace tidewater::route {

/// Ends at the first of these.
struct ShakeHow {
  std::size_t a_corner = 8;          ///< changes at random, for each corner of the line
  std::size_t in_vain_a_corner = 2;  ///< in a row
  std::size_t most_tried = 400'000;  ///< changes priced, about
};

/// The line becomes the cheapest it came to be. The same line is changed in the same way: by a
/// stream of its own.
LineImprovement shake_line(LevelledLine& line, OpenTest const& is_open, ShakeHow const& how = {});

}  // namespace tidewater::route
