#pragma once
/// Figures read off a finished line.

#include "draft.hpp"

namespace tidewater::route {

/// Whether a station lies within two cells of the grid's edge, the ends' own surroundings aside.
[[nodiscard]] bool is_near_edge(Setting const& setting, Draft const& draft);

/// Fills in climbs, descents and steepest grades from the stations.
void measure_grades(Alignment& line);

}  // namespace tidewater::route
