#include "tidewater/route/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "align_over.hpp"
#include "barriers.hpp"
#include "bill.hpp"
#include "line_bound.hpp"
#include "line_search.hpp"
#include "problem_check.hpp"
#include "statistics.hpp"

namespace tidewater::route {

char const* name(StructureKind kind) {
  switch (kind) {
    case StructureKind::kAtGrade:
      return "at-grade";
    case StructureKind::kCut:
      return "cut";
    case StructureKind::kFill:
      return "fill";
    case StructureKind::kBridge:
      return "bridge";
    case StructureKind::kTunnel:
      return "tunnel";
  }
  return "";
}

namespace {

void reverse_line(Alignment& a) {
  std::swap(a.from, a.to);
  std::reverse(a.line.begin(), a.line.end());
  Length const length = a.stations.back().at;
  std::vector<Station> back(a.stations.rbegin(), a.stations.rend());
  std::size_t const last = back.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    // What belonged to the stretch after a station belongs to the one before it now.
    Station const& stretch = a.stations[last - std::min(i + 1, last)];
    back[i].at = length - back[i].at;
    back[i].grade = -stretch.grade;
    back[i].kind = stretch.kind;
    back[i].radius = stretch.radius;
    back[i].zone_factor = stretch.zone_factor;
  }
  back.back().at = length;
  a.stations = std::move(back);
  std::swap(a.climb, a.descent);
  std::swap(a.from_yard, a.to_yard);
  std::swap(a.steepest_climb, a.steepest_descent);
  std::swap(a.rules.loaded_ruling_grade, a.rules.empty_ruling_grade);
}

void measure_yards(Draft const& d, Alignment& a) {
  for (FlatWindow const& flat : d.vertical.flats) {
    if (flat.use != FlatWindow::Use::kLoop) {
      Length const length = d.stations[flat.end].at - d.stations[flat.first].at;
      (flat.use == FlatWindow::Use::kFromYard ? a.from_yard : a.to_yard) = length;
    }
  }
}

/// Yards the line was to have and has not, and how long they could be.
void add_missing_yards(Setting const& s,
                       Draft const& d,
                       Alignment const& a,
                       std::vector<std::string>& notes) {
  ProfileProblem problem = d.profile_problem;
  problem.flats = d.vertical.flats;
  problem.flat_grade = s.problem.rules.loop_grade;
  auto const add = [&](LinePoint const& end, Length yard, double FlatRule::*which) {
    if (!(end.yard > Length{}) || yard > Length{}) {
      return;
    }
    FlatRule rule;
    rule.*which = end.yard.in(units::m);
    double const longest = longest_yard(problem, s.prices, rule);
    notes.push_back(
        fmt::format("No profile was found with {:.0f} m at {:.2f} % or less at \"{}\": its yard is "
                    "not flat. {}.",
                    end.yard.in(units::m),
                    100 * problem.flat_grade,
                    end.name,
                    longest > 0 ? fmt::format("On this plan {:.0f} m could be", longest)
                                : std::string{"On this plan no yard could be"}));
  };
  add(s.problem.from, a.from_yard, &FlatRule::from_yard);
  add(s.problem.to, a.to_yard, &FlatRule::to_yard);
}

std::vector<std::string> notes_of(Setting const& s,
                                  LatticeWay const& way,
                                  Draft const& d,
                                  Alignment const& a) {
  std::vector<std::string> notes = d.vertical.profile.notes;
  add_missing_yards(s, d, a, notes);
  if (way.follows_unturned) {
    notes.emplace_back(
        "The line follows a way that knew no curves, with its corners mended: it came out cheaper "
        "than the one that did.");
  } else if (way.unheaded > 0) {
    notes.push_back(fmt::format(
        "On {} of {} legs the search with headings was given up; the line follows one that knew no "
        "curves, with its corners mended, and may be far from the cheapest.",
        way.unheaded,
        way.legs.size()));
  }
  notes.emplace_back(
      "Not modelled: cant, side slopes across the line, drainage and river crossings beyond "
      "zones.");
  notes.push_back(
      fmt::format("Grid: {}; cells of {:.0f} m, scale error at most {:.3f} %; relief of one "
                  "height every {:.0f} m.",
                  s.surface.frame.projection.text(),
                  s.surface.frame.cell.in(units::m),
                  100 * s.terrain.grid.report().largest_scale_error,
                  s.terrain.grid.report().raster_cell.in(units::m)));
  if (d.grazed > 0) {
    notes.push_back(fmt::format("{:.0f} m of line graze cells closed to railways.", d.grazed));
  }
  if (is_near_edge(s, d)) {
    notes.emplace_back(
        "The line runs along the edge of the grid: a larger margin may show a cheaper one.");
  }
  return notes;
}

Alignment written(Setting const& s,
                  BestLine&& line,
                  LatticeBound const& bound,
                  SearchEffort const& effort) {
  auto& [d, way] = line;
  Alignment a{.from = s.problem.from.name, .to = s.problem.to.name};
  for (auto const p : d.plan.drawn(d.along)) {
    a.line.push_back(s.surface.frame.projection.lon_lat(p));
  }
  a.length = d.stations.back().at;
  a.great_circle = terrain::geodesic_distance(s.problem.from.at, s.problem.to.at);
  a.quantities = d.bill.quantities;
  a.costs = d.bill.costs;
  a.cost = d.bill.cost;
  a.bound = line_bound(s, bound, a.cost);
  measure_yards(d, a);
  a.notes = notes_of(s, way, d, a);
  a.smallest_radius = d.plan.smallest_radius() * units::m;
  a.effort = effort;
  a.rules = s.problem.rules;
  a.stations = std::move(d.stations);
  measure_grades(a);
  return a;
}

/// Links are straight and their levels stand in bins: lines between them may do better.
void note_below_links(Alignment& a) {
  if (a.cost < a.bound.turning) {
    a.notes.push_back(fmt::format(
        "It costs {:.1f} % less than any line along the links of the search: of lines between them "
        "no bound is known but that of any line.",
        100 * (1 - a.cost / a.bound.turning)));
  }
}

/// A spiral passes over itself: what that bridge costs is not known here.
void note_self_crossings(terrain::GridFrame const& frame, Alignment& a) {
  std::vector<terrain::PlanePoint> places;
  for (Station const& station : a.stations) {
    places.push_back(frame.projection.plane(station.place));
  }
  for (SelfCrossing const& c : self_crossings(places)) {
    Station const& first = a.stations[c.first];
    Station const& again = a.stations[c.again];
    a.notes.push_back(
        fmt::format("The line passes {} itself at km {:.1f}, where it was at km {:.1f}, {:.0f} m "
                    "{}: the bridge "
                    "is not priced.",
                    again.rail > first.rail ? "over" : "under",
                    again.at.in(units::km),
                    first.at.in(units::km),
                    std::abs((again.rail - first.rail).in(units::m)),
                    again.rail > first.rail ? "lower" : "higher"));
  }
}

Diagnostics needs_memory(Setting const& s) {
  return {{.where = s.problem.where.empty() ? "/link" : s.problem.where,
           .what = fmt::format("the search needs more than the {:.0f} MB it may take, on cells of "
                               "{:.0f} m",
                               double(s.problem.search_memory) / 1e6,
                               s.surface.frame.cell.in(units::m)),
           .remedy = "use larger cells, or allow it more memory"}};
}

NoAlignment no_line(Setting const& s, WhyNone const& why) {
  if (auto const* const way = std::get_if<LatticeWay>(&why)) {
    return is_closed_in(s) ? closed_in(s) : too_steep(s, *way);
  }
  if (auto const* const corner = std::get_if<TightCorner>(&why)) {
    return too_tight(s, *corner);
  }
  return too_steep(s, std::get<Draft>(why));
}

Result<AlignmentAnswer> solve(Setting const& s, Setting const& search, Search const& how) {
  SearchEffort effort{.cells = s.surface.frame.size()};
  auto found = find_line(s, search, how, effort);
  if (!found) {
    return reject(needs_memory(s));
  }
  if (!found->line) {
    return no_line(s, found->line.error());
  }
  return written(s, std::move(*found->line), found->bound, effort);
}

}  // namespace

Result<AlignmentAnswer> align(terrain::Terrain const& terrain, AlignmentProblem const& problem) {
  return align_over(terrain, problem, {});
}

Result<AlignmentAnswer> align_over(terrain::Terrain const& terrain,
                                   AlignmentProblem const& problem,
                                   Search const& how) {
  if (Diagnostics faults = faults_of(terrain, problem); !faults.empty()) {
    return reject(std::move(faults));
  }
  Turned const turned{terrain, problem};
  Setting const& s = turned.setting();
  SearchSurface dear = s.surface;
  for (std::size_t i = 0; i < how.dearer.size(); ++i) {
    dear.factor[i] *= how.dearer[i];
  }
  Setting const search{terrain, s.problem, s.prices, dear, s.stops, s.cells, s.grades};
  Result<AlignmentAnswer> answer = solve(s, search, how);
  if (auto* const line = answer ? std::get_if<Alignment>(&*answer) : nullptr) {
    if (!turned.is_forward()) {
      reverse_line(*line);
    }
    note_self_crossings(s.surface.frame, *line);
    if (how.dearer.empty()) {  // else the bound is of other ground
      note_below_links(*line);
    }
  }
  return answer;
}

}  // namespace tidewater::route
