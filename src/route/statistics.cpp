#include "statistics.hpp"

#include <algorithm>

namespace tidewater::route {

bool is_near_edge(Setting const& s, Draft const& draft) {
  auto const& frame = s.surface.frame;
  auto const is_edge = [&](terrain::LonLat at) {
    auto const p = frame.place(at);
    return p.column < 2 || p.row < 2 || p.column > frame.columns - 3 || p.row > frame.rows - 3;
  };
  bool const is_start_inside = !is_edge(s.stops.front().at) && !is_edge(s.stops.back().at);
  return is_start_inside &&
         std::any_of(draft.stations.begin(), draft.stations.end(), [&](Station const& station) {
           return is_edge(station.place);
         });
}

void measure_grades(Alignment& line) {
  line.climb = {};
  line.descent = {};
  line.steepest_climb = 0;
  line.steepest_descent = 0;
  for (std::size_t i = 0; i + 1 < line.stations.size(); ++i) {
    Station const& s = line.stations[i];
    Length const rise = line.stations[i + 1].rail - s.rail;
    (rise > Length{} ? line.climb : line.descent) += rise > Length{} ? rise : -rise;
    line.steepest_climb = std::max(line.steepest_climb, s.grade);
    line.steepest_descent = std::max(line.steepest_descent, -s.grade);
  }
}

}  // namespace tidewater::route
