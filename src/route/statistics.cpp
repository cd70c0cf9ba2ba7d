#include "statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "plan_curves.hpp"

namespace tidewater::route {

namespace {

using Square = std::pair<int, int>;
using Pieces = std::map<Square, std::vector<std::size_t>>;  // of a line, by where they begin

/// Those that begin in this square or in one of the eight around it.
std::vector<std::size_t> around(Pieces const& pieces, Square here) {
  std::vector<std::size_t> out;
  for (int k = 0; k < 9; ++k) {
    auto const near = pieces.find({here.first + k % 3 - 1, here.second + k / 3 - 1});
    if (near != pieces.end()) {
      out.insert(out.end(), near->second.begin(), near->second.end());
    }
  }
  return out;
}

}  // namespace

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

std::vector<SelfCrossing> self_crossings(std::vector<terrain::PlanePoint> const& line) {
  double longest = 1;  // m
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    longest = std::max(longest, plane_distance(line[i], line[i + 1]));
  }
  // Pieces that cross begin in the same square of two pieces' length, or in neighbouring ones.
  auto const square = [&](double metres) {
    return static_cast<int>(std::floor(metres / (2 * longest)));
  };
  Pieces pieces;
  std::vector<SelfCrossing> out;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    Square const here{square(line[i].x), square(line[i].y)};
    for (std::size_t const j : around(pieces, here)) {
      if (j + 1 < i && do_cross(line[j], line[j + 1], line[i], line[i + 1])) {
        out.push_back({j, i});
      }
    }
    pieces[here].push_back(i);
  }
  return out;
}

}  // namespace tidewater::route
