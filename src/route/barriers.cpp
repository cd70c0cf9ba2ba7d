#include "barriers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tidewater/route/least_cost.hpp"

namespace tidewater::route {

namespace {

using terrain::Ground;

/// Closed ground costs its length, open ground almost nothing: the way with the least to open.
CostRaster closed_lengths(SearchSurface const& surface) {
  return {surface.frame.columns, surface.frame.rows, [&](std::size_t cell) {
            return surface.is_open(cell) ? 1e-4 : 1.0;
          }};
}

struct Crossing {
  std::vector<std::size_t> closed;  ///< cells to open, in order
  double cells = 0;                 ///< length to open, in cell sides
};

Crossing least_crossing(Setting const& s) {
  Crossing out;
  CostRaster raster = closed_lengths(s.surface);
  auto const& frame = s.surface.frame;
  for (std::size_t leg = 0; leg + 1 < s.cells.size(); ++leg) {
    std::vector<std::size_t> const sources{frame.index(s.cells[leg])};
    if (!raster.search(sources, Neighbours::kEight)) {
      continue;
    }
    std::size_t const target = frame.index(s.cells[leg + 1]);
    for (std::size_t const cell : raster.path_to(target)) {
      if (!s.surface.is_open(cell)) {
        out.closed.push_back(cell);
      }
    }
    out.cells += raster.total(target);
  }
  return out;
}

}  // namespace

bool is_closed_in(Setting const& s) {
  return !least_crossing(s).closed.empty();
}

NoAlignment closed_in(Setting const& s) {
  Crossing const way = least_crossing(s);
  auto const& frame = s.surface.frame;
  NoAlignment none{
      .barrier = Barrier::kZone, .binding = {}, .place = s.stops.front().at, .relaxation = {}};
  std::vector<std::string> zones;
  bool has_sea = false;
  bool has_void = false;
  for (std::size_t const cell : way.closed) {
    Ground const ground = s.terrain.grid.ground()[cell];
    has_sea = has_sea || ground == Ground::kSea;
    has_void = has_void || ground == Ground::kVoid;
    for (auto& name : terrain::zones_on(s.terrain.zones, frame, frame.cell_at(cell))) {
      if (std::find(zones.begin(), zones.end(), name) == zones.end()) {
        zones.push_back(std::move(name));
      }
    }
  }
  if (!way.closed.empty()) {
    auto const first = frame.cell_at(way.closed.front());
    none.place = frame.lon_lat({double(first.column), double(first.row)});
  }
  std::vector<std::string> walls;
  walls.reserve(zones.size() + 2);
  for (auto const& zone : zones) {
    walls.push_back(fmt::format("zone \"{}\"", zone));
  }
  if (has_sea) {
    walls.emplace_back("the sea");
  }
  if (has_void) {
    walls.emplace_back("ground of unknown height");
  }
  none.barrier = zones.empty() ? Barrier::kSea : Barrier::kZone;
  none.binding = fmt::format("every way from {} to {} is closed by {}",
                             s.stops.front().name,
                             s.stops.back().name,
                             fmt::join(walls, " and "));
  none.relaxation = fmt::format("the least to open is {:.1f} km across {}, first at {}",
                                way.cells * frame.cell.in(units::km),
                                fmt::join(walls, " and "),
                                terrain::text(none.place));
  return none;
}

namespace {

/// Smallest multiple of both ruling grades that has a profile on this plan, to a hundredth;
/// infinity beyond `most`.
double grade_multiple(ProfileProblem problem, SectionPrices const& prices, double most) {
  Grades const ruling = problem.grades;
  auto const holds = [&](double multiple) {
    problem.grades = {ruling.climb * multiple, ruling.descent * multiple};
    return has_profile(problem, prices);
  };
  if (!holds(most)) {
    return std::numeric_limits<double>::infinity();
  }
  double low = 1;
  double high = most;
  while (high - low > 0.01) {
    double const middle = (low + high) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

/// What else would open the line: the structures the rules withhold.
std::string structures_hint(Setting const& s, ProfileProblem const& problem) {
  AlignmentRules rules = s.problem.rules;
  std::string hint;
  auto const consider = [&](Permission AlignmentRules::*which, char const* name) {
    if (rules.*which == Permission::kAllowed) {
      return;
    }
    AlignmentRules relaxed = rules;
    relaxed.*which = Permission::kAllowed;
    if (has_profile(problem, SectionPrices{relaxed, s.problem.rates})) {
      hint += fmt::format("; or allowing {}", name);
    }
  };
  consider(&AlignmentRules::tunnels, "tunnels");
  consider(&AlignmentRules::bridges, "bridges");
  return hint;
}

/// Smallest multiple of both ruling grades with which the lattice has a way, to a sixteenth;
/// infinity beyond `most`.
double lattice_multiple(Setting const& s, double most) {
  auto const holds = [&](double multiple) {
    return has_lattice_way(s, {s.grades.climb * multiple, s.grades.descent * multiple});
  };
  if (!holds(most)) {
    return std::numeric_limits<double>::infinity();
  }
  double low = 1;
  double high = most;
  while (high - low > 1.0 / 16) {
    double const middle = (low + high) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

/// Which of the structures withheld would open a way on the lattice.
std::string withheld(Setting const& s) {
  std::string hint;
  auto const consider = [&](Permission AlignmentRules::*which, char const* name) {
    if (s.problem.rules.*which == Permission::kAllowed) {
      return;
    }
    AlignmentProblem relaxed = s.problem;
    relaxed.rules.*which = Permission::kAllowed;
    SectionPrices const prices{relaxed.rules, relaxed.rates};
    Setting const trial{s.terrain, relaxed, prices, s.surface, s.stops, s.cells, s.grades};
    if (has_lattice_way(trial, s.grades)) {
      hint += fmt::format("; or allowing {}", name);
    }
  };
  consider(&AlignmentRules::tunnels, "tunnels");
  consider(&AlignmentRules::bridges, "bridges");
  return hint;
}

std::string steeper(Setting const& s, double multiple, double most) {
  return std::isfinite(multiple)
             ? fmt::format("ruling grades of {:.2f} % up and {:.2f} % down open this line",
                           100 * s.grades.climb * multiple,
                           100 * s.grades.descent * multiple)
             : fmt::format("not even {:.0f} times the ruling grades open this line", most);
}

}  // namespace

NoAlignment too_steep(Setting const& s, LatticeWay const& way) {
  constexpr double most = 5;
  auto const& frame = s.surface.frame;
  NoAlignment none{.barrier = Barrier::kGrade,
                   .binding = {},
                   .place = frame.lon_lat({double(way.stuck.column), double(way.stuck.row)}),
                   .relaxation = {}};
  none.binding = fmt::format(
      "no line from {} to {} holds {:.2f} % up and {:.2f} % down within the structures allowed: "
      "seen from {}, none gets nearer than {}",
      s.stops.front().name,
      s.stops.back().name,
      100 * s.grades.climb,
      100 * s.grades.descent,
      s.stops[way.seen_from].name,
      terrain::text(none.place));
  none.relaxation = steeper(s, lattice_multiple(s, most), most) + withheld(s);
  return none;
}

NoAlignment too_tight(Setting const& s, TightCorner const& corner) {
  NoAlignment none{.barrier = Barrier::kRadius,
                   .binding = {},
                   .place = s.surface.frame.projection.lon_lat(corner.at),
                   .relaxation = {}};
  none.binding = fmt::format("no curve of {:.0f} m radius fits the open ground near {}",
                             s.problem.rules.min_radius.in(units::m),
                             terrain::text(none.place));
  none.relaxation = corner.radius > 0
                        ? fmt::format("a least radius of {:.0f} m opens it", corner.radius)
                        : std::string{"no radius tried opens it: widen the open ground there"};
  return none;
}

NoAlignment too_steep(Setting const& s, Draft const& draft) {
  constexpr double most = 5;
  ProfileProblem const& problem = draft.profile_problem;
  std::size_t const station = std::min(draft.vertical.profile.stuck_at, draft.stations.size() - 1);
  double const rise = problem.pins.back().level - problem.pins.front().level;
  NoAlignment none{.barrier = Barrier::kGrade,
                   .binding = {},
                   .place = draft.stations[station].place,
                   .relaxation = {}};
  none.binding = fmt::format(
      "no profile holds {:.2f} % up and {:.2f} % down within the structures allowed: at km {:.1f} "
      "of "
      "the {:.1f} km from {} to {}, which rise {:.0f} m, no level can be reached",
      100 * s.grades.climb,
      100 * s.grades.descent,
      problem.at[station] / 1000,
      problem.at.back() / 1000,
      s.stops.front().name,
      s.stops.back().name,
      rise);
  double const multiple = grade_multiple(problem, s.prices, most);
  none.relaxation = steeper(s, multiple, most) + structures_hint(s, problem);
  return none;
}

}  // namespace tidewater::route
