#include "setting.hpp"

#include <algorithm>
#include <utility>

namespace tidewater::route {

namespace {

/// The same problem seen from the other end.
AlignmentProblem reversed(AlignmentProblem problem) {
  std::swap(problem.from, problem.to);
  std::reverse(problem.via.begin(), problem.via.end());
  std::swap(problem.rules.loaded_ruling_grade, problem.rules.empty_ruling_grade);
  return problem;
}

/// Searches run from the western end (the southern one of two on a meridian), so that a problem and
/// its reverse are one computation.
bool starts_at_search_end(AlignmentProblem const& p) {
  return std::pair{p.from.at.lon, p.from.at.lat} <= std::pair{p.to.at.lon, p.to.at.lat};
}

}  // namespace

Turned::Turned(terrain::Terrain const& terrain, AlignmentProblem const& problem)
    : is_forward_{starts_at_search_end(problem)},
      problem_{is_forward_ ? problem : reversed(problem)},
      prices_{problem_.rules, problem_.rates},
      surface_{search_surface(terrain)},
      setting_{terrain,
               problem_,
               prices_,
               surface_,
               {problem_.from},
               {},
               {problem_.rules.loaded_ruling_grade, problem_.rules.empty_ruling_grade}} {
  auto& stops = setting_.stops;
  stops.insert(stops.end(), problem_.via.begin(), problem_.via.end());
  stops.push_back(problem_.to);
  for (auto const& stop : stops) {
    setting_.cells.push_back(surface_.frame.nearest(surface_.frame.place(stop.at)));
  }
}

}  // namespace tidewater::route
