#include "draft.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "bill.hpp"
#include "line_shake.hpp"
#include "plan_curves.hpp"
#include "surroundings.hpp"

namespace tidewater::route {

namespace {

using terrain::Cell;
using terrain::PlanePoint;

constexpr double kStationSpacing = 100;  // m
constexpr double kStopReach = 200;  // m: how near the line passes a place it is to pass through
constexpr double kNever = std::numeric_limits<double>::infinity();

/// Corner points of the whole line, stops at their own places rather than the middles of cells.
std::vector<PlanVertex> corners(Setting const& s, LatticeWay const& way) {
  auto const& frame = s.surface.frame;
  std::vector<PlanVertex> out{{.at = frame.projection.plane(s.stops.front().at)}};
  for (std::size_t leg = 0; leg < way.legs.size(); ++leg) {
    auto const& nodes = way.legs[leg];
    for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
      Cell const before = nodes[i - 1].cell;
      Cell const here = nodes[i].cell;
      Cell const after = nodes[i + 1].cell;
      bool const is_straight = (here.column - before.column) * (after.row - here.row) ==
                               (here.row - before.row) * (after.column - here.column);
      if (!is_straight) {
        out.push_back({.at = frame.on_plane(here)});
      }
    }
    PlanVertex stop{.at = frame.projection.plane(s.stops[leg + 1].at)};
    if (leg + 1 < way.legs.size()) {
      stop.reach = kStopReach;
    }
    out.push_back(stop);
  }
  return out;
}

double mean_scale(terrain::GridFrame const& frame, Plan const& plan, double from, double to) {
  constexpr int parts = 16;
  double sum = 0;
  for (int i = 0; i < parts; ++i) {
    auto const p = plan.at(from + (to - from) * (i + 0.5) / parts);
    sum += frame.projection.scale(frame.projection.lon_lat(p));
  }
  return sum / parts;
}

/// Chainages on the plane and on the ground.
struct Spacing {
  std::vector<double> plane;
  std::vector<double> ground;
  std::vector<std::size_t> breaks;  ///< stations at stops
};

/// Each leg in equal parts of about 100 m, lengths brought from the plane to the ground.
Spacing spaced(terrain::GridFrame const& frame, Plan const& plan) {
  Spacing out{{0}, {0}, {0}};
  std::vector<double> const& stops = plan.stops_along();
  for (std::size_t leg = 0; leg + 1 < stops.size(); ++leg) {
    double const from = stops[leg];
    double const to = stops[leg + 1];
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

/// What the curves, the ground and the zones make of each stretch.
void survey_stretches(Setting const& s, Spacing const& spacing, Draft& draft) {
  auto const& frame = s.surface.frame;
  AlignmentRules const& rules = s.problem.rules;
  ProfileProblem& p = draft.profile_problem;
  for (std::size_t i = 0; i + 1 < spacing.plane.size(); ++i) {
    double const from = spacing.plane[i];
    double const to = spacing.plane[i + 1];
    PlanePoint const middle = draft.plan.at((from + to) / 2);
    std::size_t const cell = frame.index(frame.nearest(frame.on_grid(middle)));
    bool const is_closed = !s.surface.is_open(cell);
    draft.grazed += is_closed ? spacing.ground[i + 1] - spacing.ground[i] : 0;
    p.access.push_back(is_closed ? terrain::Access::kOpen : s.surface.access[cell]);
    p.factor.push_back(static_cast<double>(s.surface.factor[cell]));
    double const radius = draft.plan.least_radius(from, to);
    p.compensation.push_back(rules.curve_compensation.in(units::m) / radius);
    draft.stations[i].zone_factor = p.factor.back();
    draft.stations[i].radius = radius * units::m;
  }
}

/// Places, ground, radii and zones of the stations, and the profile problem they pose.
void survey(Setting const& s, Spacing const& spacing, Draft& draft) {
  auto const& frame = s.surface.frame;
  AlignmentRules const& rules = s.problem.rules;
  ProfileProblem& p = draft.profile_problem;
  for (std::size_t i = 0; i < spacing.plane.size(); ++i) {
    PlanePoint const at = draft.plan.at(spacing.plane[i]);
    double const ground = s.terrain.grid.height(frame.on_grid(at));
    p.at.push_back(spacing.ground[i]);
    p.ground.push_back(std::isfinite(ground) ? ground : p.ground.back());
    draft.stations.push_back({.at = spacing.ground[i] * units::m,
                              .place = frame.projection.lon_lat(at),
                              .ground = p.ground.back() * units::m,
                              .rail = p.ground.back() * units::m});
  }
  survey_stretches(s, spacing, draft);
  p.breaks = spacing.breaks;
  p.grades = s.grades;
  p.tangent = rules.tangent.in(units::m);
  p.highest = std::max(rules.max_bridge_height, rules.max_fill).in(units::m);
  p.vertical_radius = rules.vertical_radius.in(units::m);
  for (std::size_t k = 0; k < s.stops.size(); ++k) {
    std::size_t const station = spacing.breaks[k];
    bool const is_end = k == 0 || k + 1 == s.stops.size();
    if (is_end || s.stops[k].level) {
      p.pins.push_back(
          {station, s.stops[k].level ? s.stops[k].level->in(units::m) : p.ground[station]});
    }
  }
}

void write_profile(Draft& draft) {
  Profile const& profile = draft.vertical.profile;
  for (std::size_t i = 0; i < draft.stations.size(); ++i) {
    draft.stations[i].rail = profile.rail[i] * units::m;
  }
  for (std::size_t i = 0; i + 1 < draft.stations.size(); ++i) {
    Station& here = draft.stations[i];
    Station const& next = draft.stations[i + 1];
    here.grade = (next.rail - here.rail) / (next.at - here.at);
    here.kind = profile.kinds[i];
  }
  Station const& before = draft.stations[draft.stations.size() - 2];
  Station& last = draft.stations.back();
  last.grade = before.grade;
  last.kind = before.kind;
  last.radius = before.radius;
  last.zone_factor = before.zone_factor;
}

/// Curves as wide as the ground beside the corner allows: on a slope across the line a curve that
/// passes inside its corner leaves the level the search found there, and loses length it needs.
std::vector<PlanVertex> eased_by_ground(Setting const& s, std::vector<PlanVertex> vertices) {
  constexpr double step = 10;       // m
  constexpr double furthest = 500;  // m
  constexpr double rise = 0.75;     // m of ground between the corner and the middle of its curve
  auto const ground = [&](PlanePoint p) {
    return s.terrain.grid.height(s.surface.frame.on_grid(p));
  };
  for (std::size_t i = 1; i + 1 < vertices.size(); ++i) {
    PlanePoint const at = vertices[i].at;
    PlanePoint const inward = bend(vertices[i - 1].at, at, vertices[i + 1].at).inward;
    double const here = ground(at);
    double off = 0;
    while (off < furthest) {
      double const there = ground({at.x + (off + step) * inward.x, at.y + (off + step) * inward.y});
      if (!(std::abs(there - here) <= rise)) {
        break;
      }
      off += step;
    }
    vertices[i].ease = off;
  }
  return vertices;
}

/// A plan with its stations and the profile problem they pose.
Draft surveyed(Setting const& s, Plan plan) {
  Draft out{.plan = std::move(plan),
            .profile_problem = {},
            .stations = {},
            .along = {},
            .vertical = {},
            .bill = {}};
  Spacing spacing = spaced(s.surface.frame, out.plan);
  survey(s, spacing, out);
  out.along = std::move(spacing.plane);
  return out;
}

/// Places of loops, as many as the line needs: those that crowd their neighbours most go, the
/// widest gaps are halved.
std::vector<double> as_many_as_needed(std::vector<double> const& places,
                                      Setting const& s,
                                      Length line) {
  std::vector<double> at{0};
  at.insert(at.end(), places.begin(), places.end());
  at.push_back(line.in(units::m));
  auto const wanted = static_cast<std::size_t>(loop_count(line, s.problem.rules)) + 2;
  while (at.size() > wanted) {
    std::size_t crowded = 1;
    for (std::size_t i = 1; i + 1 < at.size(); ++i) {
      crowded = at[i + 1] - at[i - 1] < at[crowded + 1] - at[crowded - 1] ? i : crowded;
    }
    at.erase(at.begin() + static_cast<std::ptrdiff_t>(crowded));
  }
  while (at.size() < wanted) {
    std::size_t widest = 0;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      widest = at[i + 1] - at[i] > at[widest + 1] - at[widest] ? i : widest;
    }
    at.insert(at.begin() + static_cast<std::ptrdiff_t>(widest) + 1,
              (at[widest] + at[widest + 1]) / 2);
  }
  return {at.begin() + 1, at.end() - 1};
}

/// Where along the line the way's loops lie.
std::vector<double> planned_loops(Setting const& s, LatticeWay const& way, Draft const& d) {
  std::vector<double> at;
  std::size_t station = 0;
  for (Cell const loop : way.loops) {
    PlanePoint const place = s.surface.frame.on_plane(loop);
    double least = kNever;
    for (std::size_t i = station; i < d.along.size(); ++i) {
      PlanePoint const here = d.plan.at(d.along[i]);
      double const away = std::hypot(here.x - place.x, here.y - place.y);
      if (away < least) {
        least = away;
        station = i;
      }
    }
    at.push_back(d.stations[station].at.in(units::m));
  }
  return as_many_as_needed(at, s, d.stations.back().at);
}

/// The flat stretches a line is to have, loops where they come to lie.
FlatRule flat_rule(Setting const& s, Draft const& d) {
  AlignmentRules const& rules = s.problem.rules;
  return {.loops = loop_count(d.stations.back().at, rules),
          .length = rules.loop_length.in(units::m),
          .grade = rules.loop_grade,
          .from_yard = s.problem.from.yard.in(units::m),
          .to_yard = s.problem.to.yard.in(units::m)};
}

void level(Setting const& s, FlatRule const& flats, SearchEffort& effort, Draft& d) {
  d.vertical = vertical_profile(d.profile_problem, s.prices, flats);
  effort.profile_states += d.vertical.profile.states;
  if (!d.vertical.profile.rail.empty()) {
    write_profile(d);
    d.bill = recost(d.stations, s.problem.rules, s.problem.rates);
    effort.candidates += 1;
  }
}

/// Corners as they stand in a plan, with the radii it would give them and the levels rail has
/// there.
std::vector<LineCorner> line_corners(Setting const& s,
                                     std::vector<PlanVertex> const& vertices,
                                     std::vector<double> const& radii,
                                     ProfileProblem const& problem) {
  std::vector<LineCorner> out;
  std::size_t stop = 0;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    out.push_back({.vertex = vertices[i], .radius = radii[i]});
    bool const is_end = i == 0 || i + 1 == vertices.size();
    if (is_end || vertices[i].is_stop()) {
      auto const& level = s.stops[stop++].level;
      out.back().pin = level ? std::optional{level->in(units::m)} : std::nullopt;
    }
  }
  out.front().pin = problem.pins.front().level;
  out.back().pin = problem.pins.back().level;
  return out;
}

/// Yards at the ends, loops where they are planned or evenly between.
std::vector<LineFlat> line_flats(Draft const& d, FlatRule const& rule) {
  double const end = d.plan.length();
  double const scale = end / d.stations.back().at.in(units::m);
  std::vector<LineFlat> out;
  auto const add_yard = [&](double length, double middle, FlatWindow::Use use) {
    if (length > 0) {
      out.push_back({.middle = middle, .length = length, .use = use});
    }
  };
  add_yard(rule.from_yard, rule.from_yard / 2, FlatWindow::Use::kFromYard);
  for (int k = 1; k <= rule.loops; ++k) {
    double const even = end * k / (rule.loops + 1);
    double const at =
        rule.planned.empty() ? even : scale * rule.planned[static_cast<std::size_t>(k) - 1];
    out.push_back({.middle = at, .length = rule.length});
  }
  add_yard(rule.to_yard, end - rule.to_yard / 2, FlatWindow::Use::kToYard);
  return out;
}

/// Where a line's loops lie along a draft of it.
std::vector<double> settled_loops(Setting const& s, LevelledLine const& line, Draft const& d) {
  std::vector<double> at;
  for (LineFlat const& flat : line.flats()) {
    if (flat.use == FlatWindow::Use::kLoop) {
      auto const after = std::lower_bound(d.along.begin(), d.along.end() - 1, flat.middle);
      at.push_back(d.stations[static_cast<std::size_t>(after - d.along.begin())].at.in(units::m));
    }
  }
  return as_many_as_needed(at, s, d.stations.back().at);
}

/// The line as it came to be, levelled; nothing without a profile.
std::optional<Draft> levelled(Setting const& s,
                              LevelledLine const& line,
                              OpenTest const& is_open,
                              SearchEffort& effort) {
  constexpr double nearby = 150;  // m: windows begin and end at stations
  auto const& law = line.survey().law();
  std::vector<PlanVertex> vertices;
  for (LineCorner const& corner : line.corners()) {
    vertices.push_back(corner.vertex);
  }
  for (std::size_t i = 1; i + 1 < vertices.size(); ++i) {
    double const tan_half = tan_half_turn(vertices[i - 1].at, vertices[i].at, vertices[i + 1].at);
    double const radius = std::max(line.corners()[i].radius, law.least_radius(tan_half));
    vertices[i].ease = tan_half > kStraight ? law.offset(radius, tan_half) : 0;
  }
  auto plan = Plan::through(vertices, plan_rules(s.problem.rules), is_open);
  if (!plan) {
    return std::nullopt;
  }
  Draft out = surveyed(s, std::move(*plan));
  FlatRule flats = flat_rule(s, out);
  flats.planned = settled_loops(s, line, out);
  flats.near_plan = nearby;
  level(s, flats, effort, out);
  return out.vertical.profile.rail.empty() ? std::nullopt : std::optional{std::move(out)};
}

}  // namespace

Money whole_cost(Setting const& s, double money) {
  Rates const& rates = s.problem.rates;
  double const fixed = plain_price(s.problem.rules, rates).fixed;
  return (1 + rates.engineering.rate + rates.contingency.rate) * Money{money + fixed};
}

std::size_t missing_yards(Setting const& s, Draft const& d) {
  auto const lacks = [&](LinePoint const& end, FlatWindow::Use use) {
    auto const& flats = d.vertical.flats;
    return end.yard > Length{} && std::none_of(flats.begin(), flats.end(), [use](auto const& flat) {
             return flat.use == use;
           });
  };
  return (lacks(s.problem.from, FlatWindow::Use::kFromYard) ? 1U : 0U) +
         (lacks(s.problem.to, FlatWindow::Use::kToYard) ? 1U : 0U);
}

bool is_better(Setting const& s, Draft const& a, Draft const& b) {
  return std::pair{missing_yards(s, a), a.bill.cost} < std::pair{missing_yards(s, b), b.bill.cost};
}

tl::expected<DraftedLine, TightCorner> draft(Setting const& s,
                                             Setting const& search,
                                             LatticeWay const& way,
                                             SearchEffort& effort) {
  Surroundings const around{s, way};
  PlanPrice const price = [&](PlanePoint from, PlanePoint to) { return around.price(from, to); };
  PlanRules const rules = plan_rules(s.problem.rules);
  auto const fitted = fit_plan(corners(s, way), rules, around.open(), price);
  if (!fitted) {
    return tl::unexpected(fitted.error());
  }
  auto const vertices = eased_by_ground(s, *fitted);
  auto plan = Plan::through(vertices, rules, around.open());
  auto const radii = shared_radii(vertices, rules, around.open());
  if (!plan || !radii) {  // fit_plan() promises a plan: nothing but its own ends can be in the way
    return tl::unexpected(TightCorner{.at = fitted->front().at});
  }
  Draft first = surveyed(s, std::move(*plan));
  FlatRule flats = flat_rule(s, first);
  if (!way.loops.empty()) {
    flats.planned = planned_loops(s, way, first);
  }
  LevelledLine line{search,
                    line_corners(s, vertices, *radii, first.profile_problem),
                    line_flats(first, flats),
                    [&](PlanePoint p) { return around.level(p); }};
  LineImprovement const improvement = improve_line(line, around.near());
  auto better = levelled(s, line, around.open(), effort);
  if (better && missing_yards(s, *better) == 0 &&
      better->bill.cost <= whole_cost(s, improvement.before)) {
    return DraftedLine{std::move(*better), std::move(line)};
  }
  level(s, flats, effort, first);
  bool const has_profile = !first.vertical.profile.rail.empty();
  bool const is_best = better && (!has_profile || !is_better(s, first, *better));
  return DraftedLine{is_best ? std::move(*better) : std::move(first), std::move(line)};
}

std::optional<Draft> shaken(Setting const& s,
                            LatticeWay const& way,
                            LevelledLine& line,
                            SearchEffort& effort) {
  Surroundings const around{s, way};
  shake_line(line, around.near());
  return levelled(s, line, around.open(), effort);
}

}  // namespace tidewater::route
