#include "tidewater/route/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "align_over.hpp"
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

CostBound bound_of(Setting const& s, LatticeBound const& lattice, Money cost) {
  Rates const& rates = s.problem.rates;
  double const scale = 1 + s.terrain.grid.report().largest_scale_error;
  double const shares = 1 + rates.engineering.rate + rates.contingency.rate;
  PlainPrice const plain = plain_price(s.problem.rules, rates);
  // Stops stand up to half a diagonal from the middles of the cells the search joins.
  double const slack = plain.per_metre * std::sqrt(2.0) * s.surface.frame.cell.in(units::m) *
                       double(s.stops.size() - 1);
  auto const whole = [&](double variable) {
    return shares * Money{std::max(0.0, (variable - slack) / scale + plain.fixed)};
  };
  Money const curved = whole(lattice.curved);
  Money const turning = whole(lattice.turning);
  Length crow{};
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    crow += terrain::geodesic_distance(s.stops[i].at, s.stops[i + 1].at);
  }
  double const track = (rates.track.rate + rates.signalling.rate).base();
  double const shortest =
      std::max(0.0, plain_bound(s.surface, track, s.cells) - slack * track / plain.per_metre);
  Money const any =
      shares * (Money{shortest / scale} + loop_count(crow, s.problem.rules) * rates.loop.rate);
  // A line that costs less than a bound is none of those the bound is over.
  Money lower = any;
  std::string bounds =
      "any line over this grid from stop to stop, whatever its curves, grades and structures; "
      "earthworks, bridges and tunnels are counted as nothing";
  for (auto const& [bound, corners] :
       {std::pair{turning, ""},
        std::pair{curved,
                  " and, with curves that take at most half a link to either side of its corners, "
                  "the least radius"}}) {
    if (cost >= bound && bound > lower) {
      lower = bound;
      bounds = fmt::format(
          "any line along the straight links of the search (32 headings between the middles of "
          "cells) that holds the ruling grades{}, with earth taken at one "
          "place on every piece of a link and at most {:.0f} m under or {:.0f} m over the ground; "
          "lines "
          "between the links, and corners cut by curves, are "
          "not covered",
          corners,
          lattice.deepest,
          lattice.highest);
    }
  }
  return {.lower = lower,
          .gap = (cost - lower) / cost,
          .bounds = std::move(bounds),
          .turning = turning,
          .any_line = any};
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
                  LatticeWay const& way,
                  LatticeBound const& bound,
                  Draft d,
                  SearchEffort const& effort) {
  Alignment a{.from = s.problem.from.name, .to = s.problem.to.name};
  for (auto const p : d.plan.drawn(d.along)) {
    a.line.push_back(s.surface.frame.projection.lon_lat(p));
  }
  a.length = d.stations.back().at;
  a.great_circle = terrain::geodesic_distance(s.problem.from.at, s.problem.to.at);
  a.quantities = d.bill.quantities;
  a.costs = d.bill.costs;
  a.cost = d.bill.cost;
  a.bound = bound_of(s, bound, a.cost);
  measure_yards(d, a);
  a.notes = notes_of(s, way, d, a);
  a.smallest_radius = d.plan.smallest_radius() * units::m;
  a.effort = effort;
  a.rules = s.problem.rules;
  a.stations = std::move(d.stations);
  measure_grades(a);
  return a;
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

/// The ways climb at these shares of the ruling grades: what is left is for vertical curves, wider
/// curves and the ground between samples. Assumed; the next is tried where a line comes out dearer
/// than its way on the lattice, or not at all. A way over ground made dearer than it is is dearer
/// itself, so alternatives seldom go on to the next.
constexpr std::array<double, 3> kEases{0.97, 0.88, 0.78};
/// Where corners make the way this much dearer, the one that knew none is fitted to the rules too.
constexpr double kTwisted = 1.1;

Diagnostics needs_memory(Setting const& s) {
  return {{.where = s.problem.where.empty() ? "/link" : s.problem.where,
           .what = fmt::format("the search needs more than the {:.0f} MB it may take, on cells of "
                               "{:.0f} m",
                               double(s.problem.search_memory) / 1e6,
                               s.surface.frame.cell.in(units::m)),
           .remedy = "use larger cells, or allow it more memory"}};
}

/// The best of the lines drawn from ways, or why the first of them has none.
class Drafts {
 public:
  Drafts(Setting const& s, Setting const& search, SearchEffort& effort)
      : s_{s}, search_{search}, effort_{effort} {}

  /// Whether the line comes out as cheap as its way, with its yards.
  bool add(LatticeWay const& way) {
    auto line = draft(s_, search_, way, effort_);
    if (!line || line->vertical.profile.rail.empty()) {
      refuse([&] { return line ? too_steep(s_, *line) : too_tight(s_, line.error()); });
      return false;
    }
    bool const is_faithful =
        missing_yards(s_, *line) == 0 && line->bill.cost <= whole_cost(s_, way.cost);
    if (!best_ || is_better(s_, *line, *best_)) {
      best_ = std::move(*line);
      way_ = way;
    }
    return is_faithful;
  }
  /// The first reason counts, and only while there is no line: finding one takes searches.
  template <typename Why>
  void refuse(Why const& why) {
    if (!best_ && !why_none_) {
      why_none_ = why();
    }
  }
  [[nodiscard]] bool has_any() const { return best_.has_value(); }
  /// Whether there is a line no dearer than its bound by more than the problem's share; one below
  /// the bound of the lattice is near, whatever may be said of it.
  [[nodiscard]] bool is_near(LatticeBound const& lattice) const {
    if (!best_) {
      return false;
    }
    CostBound const bound = bound_of(s_, lattice, best_->bill.cost);
    return bound.gap <= s_.problem.search_gap || best_->bill.cost < bound.turning;
  }
  [[nodiscard]] AlignmentAnswer answer(LatticeBound const& bound) && {
    if (best_) {
      return written(s_, way_, bound, std::move(*best_), effort_);
    }
    return std::move(*why_none_);
  }

 private:
  Setting const& s_;
  Setting const& search_;
  SearchEffort& effort_;
  std::optional<Draft> best_;
  LatticeWay way_;
  std::optional<NoAlignment> why_none_;
};

/// Lines from ways at smaller and smaller shares of the grades, until one is as cheap as its way;
/// false where there was no memory for the first.
bool draw(Setting const& s, LatticeSearch& lattice, bool takes_first, Drafts& drafts) {
  for (double const ease : kEases) {
    LatticeWay way = lattice.way(ease);
    if (way.outcome == LevelSearch::Outcome::kNoMemory && !drafts.has_any()) {
      return false;
    }
    if (way.outcome != LevelSearch::Outcome::kFound) {
      drafts.refuse([&] { return is_closed_in(s) ? closed_in(s) : too_steep(s, way); });
      return true;  // less of the grades opens nothing
    }
    bool const is_twisted = way.cost > kTwisted * way.unturned_cost;
    bool const is_faithful = drafts.add(way);
    if ((is_faithful && !is_twisted) || (takes_first && drafts.has_any())) {
      return true;
    }
    way.legs = std::move(way.unturned);
    way.cost = way.unturned_cost;
    way.follows_unturned = true;
    drafts.add(way);
  }
  return true;
}

/// `search` is the setting, or the same over dearer ground.
Result<AlignmentAnswer> solve(Setting const& s, Setting const& search, bool takes_first) {
  SearchEffort effort{.cells = s.surface.frame.size()};
  LatticeSearch lattice{search, s.grades, effort};
  Drafts drafts{s, search, effort};
  bool const has_memory = draw(s, lattice, takes_first, drafts);
  bool const is_done = takes_first || !drafts.has_any() || drafts.is_near(lattice.bound());
  if (!is_done && lattice.keep_headings()) {
    draw(s, lattice, takes_first, drafts);
  }
  if (!has_memory) {
    return reject(needs_memory(s));
  }
  return std::move(drafts).answer(lattice.bound());
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
  Result<AlignmentAnswer> answer = solve(s, search, how.takes_first);
  if (auto* const line = answer ? std::get_if<Alignment>(&*answer) : nullptr) {
    if (!turned.is_forward()) {
      reverse_line(*line);
    }
    note_self_crossings(s.surface.frame, *line);
  }
  return answer;
}

}  // namespace tidewater::route
