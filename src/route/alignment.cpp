#include "tidewater/route/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "barriers.hpp"
#include "bill.hpp"
#include "draft.hpp"
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

/// The guides tried; the cheapest bill decides. Weak ones suit ground where cuts and fills even out
/// short climbs, strong ones make the line find its length in the plan; one that shuns gentler
/// grades than the ruling ones leaves room for the profile; a smoothed surface sees through narrow
/// ridges. Figures over two reliefs in docs/theory/route.md.
struct GuideChoice {
  bool is_smoothed = false;  ///< by the rules' smoothing
  double strength = 1;
  double grade_share = 1;  ///< of the ruling grades
};
constexpr std::array<GuideChoice, 5> kGuides{
    {{false, 3, 1}, {false, 10, 1}, {false, 100, 1}, {true, 100, 1}, {false, 10, 0.6}}};

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
  std::swap(a.steepest_climb, a.steepest_descent);
  std::swap(a.rules.loaded_ruling_grade, a.rules.empty_ruling_grade);
}

CostBound bound_of(Setting const& s, Money cost) {
  Rates const& rates = s.problem.rates;
  auto const& frame = s.surface.frame;
  double const scale = 1 + s.terrain.grid.report().largest_scale_error;
  double const rate = (rates.track.rate + rates.signalling.rate).base();
  // Stops stand up to half a diagonal from the middles of the cells the search joins.
  double const slack = std::sqrt(2.0) * frame.cell.in(units::m) * double(s.stops.size() - 1);
  double const plain = std::max(0.0, plain_bound(s.surface, rate, s.cells) - rate * slack) / scale;
  Length crow{};
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    crow += terrain::geodesic_distance(s.stops[i].at, s.stops[i + 1].at);
  }
  Money const loops = loop_count(crow, s.problem.rules) * rates.loop.rate;
  double const shares = 1 + rates.engineering.rate + rates.contingency.rate;
  Money const lower = shares * (Money{plain} + loops);
  return {.lower = lower,
          .gap = (cost - lower) / cost,
          .bounds =
              "any line over this grid from stop to stop, whatever its curves, grades and "
              "structures: track, signalling and loops alone on the shortest open way, zone "
              "factors at their least within a cell; earthworks, bridges and tunnels are "
              "counted as nothing"};
}

std::vector<std::string> notes_of(Setting const& s, Draft const& d) {
  Rates const& rates = s.problem.rates;
  AlignmentRules const& rules = s.problem.rules;
  std::vector<std::string> notes;
  double const tight = d.plan.tighter_than(rules.min_radius.in(units::m));
  notes.push_back(
      fmt::format("Curvature is reported, not constrained: the tightest curve drawn has {:.0f} m, "
                  "{:.1f} km are "
                  "tighter than the rule of {:.0f} m, {} corners have no curve at all.",
                  d.plan.smallest_radius(),
                  tight / 1000,
                  rules.min_radius.in(units::m),
                  d.plan.corners()));
  notes.emplace_back(
      "Not modelled: transition and vertical curves, grade compensation in curves, flat stretches "
      "at "
      "loops, drainage and river crossings.");
  Quantities const& q = d.bill.quantities;
  Volume const both = std::min(q.cut, q.fill);
  notes.push_back(
      fmt::format("No mass haul: cuts are dumped and fills borrowed. Using cut as fill where it is "
                  "needed would "
                  "save at most {:.1f} million before shares.",
                  (both * (rates.dump.rate + rates.borrow.rate)).in(units::musd)));
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

Alignment written(Setting const& s, Draft d, SearchEffort const& effort) {
  Alignment a{.from = s.problem.from.name, .to = s.problem.to.name};
  a.rules = s.problem.rules;
  for (auto const p : d.plan.drawn(d.along)) {
    a.line.push_back(s.surface.frame.projection.lon_lat(p));
  }
  a.length = d.stations.back().at;
  a.great_circle = terrain::geodesic_distance(s.problem.from.at, s.problem.to.at);
  a.quantities = d.bill.quantities;
  a.costs = d.bill.costs;
  a.cost = d.bill.cost;
  a.bound = bound_of(s, a.cost);
  a.notes = notes_of(s, d);
  a.smallest_radius = d.plan.smallest_radius() * units::m;
  a.below_min_radius = d.plan.tighter_than(s.problem.rules.min_radius.in(units::m)) * units::m;
  a.effort = effort;
  a.stations = std::move(d.stations);
  measure_grades(a);
  return a;
}

AlignmentAnswer solve(Setting const& s) {
  SearchEffort effort{.cells = s.surface.frame.size()};
  std::optional<Draft> best;
  std::optional<Draft> steep;
  GuideSurface const smoothed =
      guide_surface(s.terrain, s.problem, s.prices, s.problem.rules.smoothing);
  for (GuideChoice const choice : kGuides) {
    GuideSurface const& surface = choice.is_smoothed ? smoothed : s.surface;
    Grades const grades{choice.grade_share * s.grades.climb, choice.grade_share * s.grades.descent};
    auto candidate = draft(s, Guide{surface, s.prices, grades, choice.strength}, effort);
    if (!candidate) {
      return closed_in(s);
    }
    if (candidate->profile.rail.empty()) {
      if (!steep) {
        steep = std::move(candidate);
      }
    } else if (!best || candidate->bill.cost < best->bill.cost) {
      best = std::move(candidate);
    }
  }
  if (!best) {
    return too_steep(s, *steep);
  }
  return written(s, std::move(*best), effort);
}

}  // namespace

Result<AlignmentAnswer> align(terrain::Terrain const& terrain, AlignmentProblem const& problem) {
  if (Diagnostics faults = faults_of(terrain, problem); !faults.empty()) {
    return reject(std::move(faults));
  }
  bool const is_forward = starts_at_search_end(problem);
  AlignmentProblem const towards = is_forward ? problem : reversed(problem);
  SectionPrices const prices{towards.rules, towards.rates};
  GuideSurface const surface = guide_surface(terrain, towards, prices, Length{});
  Setting s{terrain,
            towards,
            prices,
            surface,
            {towards.from},
            {},
            {towards.rules.loaded_ruling_grade, towards.rules.empty_ruling_grade}};
  s.stops.insert(s.stops.end(), towards.via.begin(), towards.via.end());
  s.stops.push_back(towards.to);
  for (auto const& stop : s.stops) {
    s.cells.push_back(surface.frame.nearest(surface.frame.place(stop.at)));
  }
  AlignmentAnswer answer = solve(s);
  if (auto* line = std::get_if<Alignment>(&answer); line != nullptr && !is_forward) {
    reverse_line(*line);
  }
  return answer;
}

}  // namespace tidewater::route
