#include "draft.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tidewater::route {

namespace {

using terrain::Cell;
using terrain::GridPlace;
using terrain::PlanePoint;

constexpr double kStationSpacing = 100;  // m
constexpr double kStopReach = 200;    // m: how near the line passes a place it is to pass through
constexpr double kEasyRadius = 2000;  // m: wider curves bind no freight train

PlanePoint on_plane(terrain::GridFrame const& frame, Cell c) {
  double const side = frame.cell.in(units::m);
  return {frame.north_west.x + c.column * side, frame.north_west.y - c.row * side};
}

GridPlace on_grid(terrain::GridFrame const& frame, PlanePoint p) {
  double const side = frame.cell.in(units::m);
  return {(p.x - frame.north_west.x) / side, (frame.north_west.y - p.y) / side};
}

struct Corners {
  std::vector<PlanVertex> vertices;
  std::vector<std::size_t> stops;  ///< which vertices are stops
};

/// Corner points of the whole line, stops at their own places rather than the middles of cells.
std::optional<Corners> corners(Setting const& s, Guide const& guide, SearchEffort& effort) {
  auto const& frame = s.surface.frame;
  Corners out{{{.at = frame.projection.plane(s.stops.front().at)}}, {0}};
  for (std::size_t leg = 0; leg + 1 < s.cells.size(); ++leg) {
    auto const way = cheapest_way(guide, s.cells[leg], s.cells[leg + 1], effort);
    if (!way) {
      return std::nullopt;
    }
    auto const line = straightened(guide, *way, s.problem.rules.min_radius.in(units::m));
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      out.vertices.push_back({.at = on_plane(frame, line[i])});
    }
    out.vertices.push_back(
        {.at = frame.projection.plane(s.stops[leg + 1].at), .reach = kStopReach});
    out.stops.push_back(out.vertices.size() - 1);
  }
  return out;
}

/// Chainages on the plane, and metres of plane per metre of ground there.
struct Spacing {
  std::vector<double> plane;
  std::vector<double> ground;
  std::vector<std::size_t> breaks;  ///< stations at stops
};

double mean_scale(terrain::GridFrame const& frame, Plan const& plan, double from, double to) {
  constexpr int parts = 16;
  double sum = 0;
  for (int i = 0; i < parts; ++i) {
    auto const p = plan.at(from + (to - from) * (i + 0.5) / parts);
    sum += frame.projection.scale(frame.projection.lon_lat(p));
  }
  return sum / parts;
}

/// Each leg in equal parts of about 100 m, lengths brought from the plane to the ground.
Spacing spaced(terrain::GridFrame const& frame,
               Plan const& plan,
               std::vector<std::size_t> const& stops) {
  Spacing out{{0}, {0}, {0}};
  for (std::size_t leg = 0; leg + 1 < stops.size(); ++leg) {
    double const from = plan.vertex_along()[stops[leg]];
    double const to = plan.vertex_along()[stops[leg + 1]];
    double const length = (to - from) / mean_scale(frame, plan, from, to);
    double const before = out.ground.back();
    int const parts = std::max(1, static_cast<int>(std::lround(length / kStationSpacing)));
    for (int i = 1; i <= parts; ++i) {
      out.plane.push_back(from + (to - from) * i / parts);
      out.ground.push_back(before + length * i / parts);
    }
    out.breaks.push_back(out.plane.size() - 1);
  }
  return out;
}

/// Places, ground, radii and zones of the stations, and the profile problem they pose.
void survey(Setting const& s, Spacing const& spacing, Draft& draft) {
  auto const& frame = s.surface.frame;
  ProfileProblem& p = draft.profile_problem;
  for (std::size_t i = 0; i < spacing.plane.size(); ++i) {
    PlanePoint const at = draft.plan.at(spacing.plane[i]);
    double const ground = s.terrain.grid.height(on_grid(frame, at));
    p.at.push_back(spacing.ground[i]);
    p.ground.push_back(std::isfinite(ground) ? ground : p.ground.back());
    draft.stations.push_back({.at = spacing.ground[i] * units::m,
                              .place = frame.projection.lon_lat(at),
                              .ground = p.ground.back() * units::m,
                              .rail = p.ground.back() * units::m});
  }
  for (std::size_t i = 0; i + 1 < spacing.plane.size(); ++i) {
    double const middle = (spacing.plane[i] + spacing.plane[i + 1]) / 2;
    std::size_t const cell = frame.index(frame.nearest(on_grid(frame, draft.plan.at(middle))));
    bool const is_closed = !s.surface.is_open(cell);
    draft.grazed += is_closed ? spacing.ground[i + 1] - spacing.ground[i] : 0;
    p.access.push_back(is_closed ? terrain::Access::kOpen : s.surface.access[cell]);
    p.factor.push_back(static_cast<double>(s.surface.factor[cell]));
    draft.stations[i].zone_factor = p.factor.back();
    draft.stations[i].radius = draft.plan.radius_at(middle) * units::m;
  }
  draft.along = spacing.plane;
  p.breaks = spacing.breaks;
  p.grades = s.grades;
  p.tangent = s.problem.rules.tangent.in(units::m);
  p.highest = s.problem.rules.max_bridge_height.in(units::m);
  for (std::size_t k = 0; k < s.stops.size(); ++k) {
    std::size_t const station = spacing.breaks[k];
    bool const is_end = k == 0 || k + 1 == s.stops.size();
    if (is_end || s.stops[k].level) {
      p.pins.push_back(
          {station, s.stops[k].level ? s.stops[k].level->in(units::m) : p.ground[station]});
    }
  }
}

/// The structure under a stretch. The profile may touch a limit of the rules; a millimetre of
/// rounding beyond it is read from just within.
StructureKind kind_at(SectionPrices const& prices, double offset, terrain::Access access) {
  constexpr double rounding = 1e-3;  // m
  for (double const nudge : {0.0, -rounding, rounding}) {
    auto const choice = prices.cheapest(offset + nudge, access);
    if (std::isfinite(choice.per_metre)) {
      return choice.kind;
    }
  }
  return offset > 0 ? StructureKind::kFill : StructureKind::kCut;
}

void write_profile(Setting const& s, Draft& draft) {
  ProfileProblem const& p = draft.profile_problem;
  for (std::size_t i = 0; i < draft.stations.size(); ++i) {
    draft.stations[i].rail = draft.profile.rail[i] * units::m;
  }
  for (std::size_t i = 0; i + 1 < draft.stations.size(); ++i) {
    Station& here = draft.stations[i];
    Station const& next = draft.stations[i + 1];
    here.grade = (next.rail - here.rail) / (next.at - here.at);
    double const offset = ((here.rail - here.ground) + (next.rail - next.ground)).in(units::m) / 2;
    here.kind = kind_at(s.prices, offset, p.access[i]);
  }
  Station const& before = draft.stations[draft.stations.size() - 2];
  Station& last = draft.stations.back();
  last.grade = before.grade;
  last.kind = before.kind;
  last.radius = before.radius;
  last.zone_factor = before.zone_factor;
}

}  // namespace

std::optional<Draft> draft(Setting const& s, Guide const& guide, SearchEffort& effort) {
  auto const shape = corners(s, guide, effort);
  if (!shape) {
    return std::nullopt;
  }
  auto const& frame = s.surface.frame;
  auto const is_open = [&](PlanePoint p) {
    Cell const c = frame.nearest(on_grid(frame, p));
    return frame.holds(c) && s.surface.is_open(frame.index(c));
  };
  Draft out{.plan = Plan{shape->vertices, kEasyRadius, is_open},
            .profile_problem = {},
            .along = {},
            .stations = {},
            .profile = {},
            .bill = {}};
  survey(s, spaced(frame, out.plan, shape->stops), out);
  out.profile = design_profile(out.profile_problem, s.prices);
  effort.profile_states += out.profile.states;
  if (!out.profile.rail.empty()) {
    write_profile(s, out);
    out.bill = recost(out.stations, s.problem.rules, s.problem.rates);
    effort.candidates += 1;
  }
  return out;
}

}  // namespace tidewater::route
