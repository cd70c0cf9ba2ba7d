#include "setting.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
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

/// Height of an end, as far as it is known.
double height_of(terrain::Terrain const& terrain, LinePoint const& end) {
  auto const& grid = terrain.grid;
  double const ground = grid.height(grid.frame().place(end.at));
  double const level = end.level ? end.level->in(units::m) : ground;
  return std::isfinite(level) ? level : 0;
}

/// The higher end comes first, of two as high the western or southern one, so that a problem and
/// its reverse are one computation. Searches with headings then begin at the lower end: ground that
/// is hard to climb lies nearer to it, and what lies before that is looked at in vain.
bool is_from_searched_first(terrain::Terrain const& terrain, AlignmentProblem const& p) {
  auto const rank = [&](LinePoint const& end) {
    return std::tuple{-height_of(terrain, end), end.at.lon, end.at.lat};
  };
  return rank(p.from) <= rank(p.to);
}

AlignmentProblem with_rules(AlignmentProblem problem, AlignmentRules const& rules) {
  problem.rules = rules;
  return problem;
}

}  // namespace

Turned::Turned(terrain::Terrain const& terrain, AlignmentProblem const& problem)
    : is_forward_{is_from_searched_first(terrain, problem)},
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

Ruled::Ruled(Setting const& s, AlignmentRules const& rules)
    : problem_{with_rules(s.problem, rules)},
      prices_{problem_.rules, problem_.rates},
      setting_{s.terrain,
               problem_,
               prices_,
               s.surface,
               s.stops,
               s.cells,
               {rules.loaded_ruling_grade, rules.empty_ruling_grade}} {
}

}  // namespace tidewater::route
