#include "tidewater/route/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

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

/// Ways climb at a share of the ruling grades: what is left is for vertical curves, wider curves
/// and the ground between samples. The next is tried where a line comes out dearer than its way on
/// the lattice, or not at all. A way over ground made dearer than it is is dearer itself, so
/// alternatives seldom go on to the next. Assumed.
constexpr std::array<WayLimits, 3> kUsual{{{.ease = 0.97}, {.ease = 0.88}, {.ease = 0.78}}};
/// Tried where no line is near its bound: a line under stricter rules is one under these, and often
/// better than those these show.
constexpr std::array<WayLimits, 3> kStricter{{{.ease = 0.97, .radius = 1.5},
                                              {.ease = 0.97, .is_bare = true},
                                              {.ease = 0.97, .is_even = true}}};
/// Tried where there is no line at all.
constexpr std::array<WayLimits, 4> kGentler{
    {{.ease = 0.73}, {.ease = 0.68}, {.ease = 0.63}, {.ease = 0.58}}};
/// Where corners make the way this much dearer, the one that knew none is fitted to the rules too.
constexpr double kTwisted = 1.1;
/// Lines that are shaken where none is near its bound.
constexpr std::size_t kShaken = 3;
/// So many times as dear as the best, a line is not shaken.
constexpr double kHopeless = 1.5;

Diagnostics needs_memory(Setting const& s) {
  return {{.where = s.problem.where.empty() ? "/link" : s.problem.where,
           .what = fmt::format("the search needs more than the {:.0f} MB it may take, on cells of "
                               "{:.0f} m",
                               double(s.problem.search_memory) / 1e6,
                               s.surface.frame.cell.in(units::m)),
           .remedy = "use larger cells, or allow it more memory"}};
}

/// The setting without bridges and tunnels: its lines are lines of the setting too, and moving
/// corners does not end at a bridge they could go round.
class Bare {
 public:
  explicit Bare(Setting const& s)
      : problem_{without_structures(s.problem)},
        prices_{problem_.rules, problem_.rates},
        setting_{s.terrain, problem_, prices_, s.surface, s.stops, s.cells, s.grades} {}
  Bare(Bare const&) = delete;
  Bare& operator=(Bare const&) = delete;
  [[nodiscard]] Setting const& setting() const { return setting_; }

 private:
  static AlignmentProblem without_structures(AlignmentProblem problem) {
    problem.rules.bridges = problem.rules.tunnels = Permission::kNotAllowed;
    return problem;
  }

  AlignmentProblem problem_;
  SectionPrices prices_;
  Setting setting_;
};

/// The best of the lines drawn from ways, or why the first of them has none.
class Drafts {
 public:
  Drafts(Setting const& s, Setting const& search, SearchEffort& effort)
      : s_{s}, search_{search}, bare_{s}, effort_{effort} {}

  /// Whether the line comes out as cheap as its way, with its yards.
  bool add(LatticeWay const& way, bool is_bare = false) {
    for (Drawn const& d : drawn_) {
      if (d.is_bare == is_bare && d.way.legs == way.legs && d.way.loops == way.loops) {
        return d.is_faithful;
      }
    }
    drawn_.push_back({.way = way, .is_bare = is_bare});
    drawn_.back().is_faithful = draw(drawn_.back(), Care::kOnce);
    return drawn_.back().is_faithful;
  }
  /// Draws the best of the lines again with more care, until one is near its bound.
  void shake(LatticeBound const& lattice) {
    std::stable_sort(drawn_.begin(), drawn_.end(), [](Drawn const& a, Drawn const& b) {
      return a.rank < b.rank;
    });
    auto const [lacks, dearest] = drawn_.front().rank;
    for (std::size_t i = 0; i < std::min(kShaken, drawn_.size()); ++i) {
      if (drawn_[i].rank <= std::pair{lacks, kHopeless * dearest} && !is_near(lattice)) {
        draw(drawn_[i], Care::kShaken);
      }
    }
  }
  /// The first reason why there is no line counts.
  void refuse(std::variant<LatticeWay, TightCorner, Draft> why) {
    if (!why_none_) {
      why_none_ = std::move(why);
    }
  }
  [[nodiscard]] bool has_drawn() const { return !drawn_.empty(); }
  [[nodiscard]] bool has_any() const { return best_.has_value(); }
  /// Whether there is a line no dearer than its bound by more than the problem's share.
  [[nodiscard]] bool is_near(LatticeBound const& lattice) const {
    return best_ && bound_of(s_, lattice, best_->bill.cost).gap <= s_.problem.search_gap;
  }
  /// Whether raising the lattice's bound can show more: not where the line costs less than that.
  [[nodiscard]] bool is_far_above(LatticeBound const& lattice) const {
    return best_ && !is_near(lattice) &&
           best_->bill.cost >= bound_of(s_, lattice, best_->bill.cost).turning;
  }
  [[nodiscard]] AlignmentAnswer answer(LatticeBound const& bound) && {
    if (best_) {
      return written(s_, way_, bound, std::move(*best_), effort_);
    }
    if (auto const* const way = std::get_if<LatticeWay>(&*why_none_)) {
      return is_closed_in(s_) ? closed_in(s_) : too_steep(s_, *way);
    }
    if (auto const* const corner = std::get_if<TightCorner>(&*why_none_)) {
      return too_tight(s_, *corner);
    }
    return too_steep(s_, std::get<Draft>(*why_none_));
  }

 private:
  static constexpr std::size_t kNone = 3;  ///< more yards than a line can lack: there is no line
  struct Drawn {
    LatticeWay way;
    bool is_bare = false;                           ///< to have no structures
    std::pair<std::size_t, double> rank{kNone, 0};  ///< yards it lacks, money
    bool is_faithful = false;
  };

  bool draw(Drawn& d, Care care) {
    auto line = d.is_bare ? draft(bare_.setting(), bare_.setting(), d.way, care, effort_)
                          : draft(s_, search_, d.way, care, effort_);
    if (!line) {
      refuse(line.error());
      return false;
    }
    if (line->vertical.profile.rail.empty()) {
      refuse(std::move(*line));
      return false;
    }
    std::size_t const lacks = missing_yards(s_, *line);
    d.rank = {lacks, line->bill.cost.base()};
    bool const is_faithful = lacks == 0 && line->bill.cost <= whole_cost(s_, d.way.cost);
    if (!best_ || is_better(s_, *line, *best_)) {
      best_ = std::move(*line);
      way_ = d.way;
    }
    return is_faithful;
  }

  Setting const& s_;
  Setting const& search_;
  Bare bare_;
  SearchEffort& effort_;
  std::vector<Drawn> drawn_;
  std::optional<Draft> best_;
  LatticeWay way_;
  std::optional<std::variant<LatticeWay, TightCorner, Draft>> why_none_;
};

/// The way as it would be if corners counted for nothing.
LatticeWay unturned(LatticeWay way) {
  way.legs = std::move(way.unturned);
  way.cost = way.unturned_cost;
  way.follows_unturned = true;
  return way;
}

/// Lines from ways under tighter and tighter limits, until one is as cheap as its way: how many
/// were tried, or nothing where there was no memory for the first.
std::optional<std::size_t> draw(LatticeSearch& lattice, bool takes_first, Drafts& drafts) {
  for (std::size_t i = 0; i < kUsual.size(); ++i) {
    LatticeWay const way = lattice.way(kUsual[i]);
    if (way.outcome == LevelSearch::Outcome::kNoMemory && !drafts.has_any()) {
      return std::nullopt;
    }
    if (way.outcome != LevelSearch::Outcome::kFound) {
      drafts.refuse(way);
      return kUsual.size();  // less of the grades opens nothing
    }
    bool const is_twisted = way.cost > kTwisted * way.unturned_cost;
    bool const is_faithful = drafts.add(way);
    if ((is_faithful && !is_twisted) || (takes_first && drafts.has_any())) {
      return i + 1;
    }
    drafts.add(unturned(way));
  }
  return kUsual.size();
}

/// Whether a way under limits may be another than under the rules.
bool is_stricter(WayLimits const& limits, AlignmentRules const& rules) {
  bool const has_structures =
      rules.bridges == Permission::kAllowed || rules.tunnels == Permission::kAllowed;
  bool const is_uneven = rules.loaded_ruling_grade != rules.empty_ruling_grade;
  return (!limits.is_bare || has_structures) && (!limits.is_even || is_uneven);
}

/// Lines from all other ways there are, and the best of all drawn again with more care, until one
/// is near its bound.
///   used  of the usual limits
void draw_with_care(Setting const& s, LatticeSearch& lattice, std::size_t used, Drafts& drafts) {
  LatticeBound const bound = lattice.bound();
  auto const add = [&](WayLimits const& limits) {
    LatticeWay const way = lattice.way(limits);
    if (way.outcome == LevelSearch::Outcome::kFound) {
      drafts.add(way, limits.is_bare);
      drafts.add(unturned(way), limits.is_bare);
    }
  };
  for (std::size_t i = used; i < kUsual.size() && !drafts.is_near(bound); ++i) {
    add(kUsual[i]);
  }
  for (WayLimits const& limits : kStricter) {
    if (is_stricter(limits, s.problem.rules) && !drafts.is_near(bound)) {
      add(limits);
    }
  }
  for (WayLimits const& limits : kGentler) {
    if (!drafts.has_any()) {
      add(limits);
    }
  }
  if (drafts.has_any()) {
    drafts.shake(bound);
  }
}

/// `search` is the setting, or the same over dearer ground: then the line is to be another, not the
/// best there is.
Result<AlignmentAnswer> solve(Setting const& s, Setting const& search, Search const& how) {
  SearchEffort effort{.cells = s.surface.frame.size()};
  LatticeSearch lattice{search, s.grades, effort};
  Drafts drafts{s, search, effort};
  std::optional<std::size_t> used = draw(lattice, how.takes_first, drafts);
  if (!used) {
    return reject(needs_memory(s));
  }
  if (!how.takes_first && drafts.is_far_above(lattice.bound()) && lattice.keep_headings()) {
    used = draw(lattice, how.takes_first, drafts);
  }
  bool const is_best_wanted = !how.takes_first && how.dearer.empty() && s.problem.search_gap < 1;
  if (is_best_wanted && drafts.has_drawn() && !drafts.is_near(lattice.bound())) {
    draw_with_care(s, lattice, *used, drafts);
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
