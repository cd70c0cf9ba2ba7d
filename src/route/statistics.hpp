#pragma once
/// Figures read off a finished line.

#include "draft.hpp"

namespace tidewater::route {

/// Whether a station lies within two cells of the grid's edge, the ends' own surroundings aside.
[[nodiscard]] bool is_near_edge(Setting const& setting, Draft const& draft);

/// Fills in climbs, descents and steepest grades from the stations.
void measure_grades(Alignment& line);

/// Where a line passes over or under itself.
struct SelfCrossing {
  std::size_t first = 0;  ///< piece of the line, by the point it begins with
  std::size_t again = 0;
};
/// In order of the second pass. Pieces that only touch do not cross.
[[nodiscard]] std::vector<SelfCrossing> self_crossings(
    std::vector<terrain::PlanePoint> const& line);

}  // namespace tidewater::route
