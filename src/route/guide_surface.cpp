#include <algorithm>
#include <cmath>
#include <limits>

#include "tidewater/route/least_cost.hpp"

#include "link_search.hpp"
#include "steps.hpp"

namespace tidewater::route {

namespace {

using terrain::Access;
using terrain::Cell;
using terrain::GridPlace;

constexpr double kNever = std::numeric_limits<double>::infinity();

/// A number between the middles of cells; the nearest one where a corner is void.
double between(GuideSurface const& s, std::vector<float> const& values, GridPlace p) {
  int const left = std::clamp(static_cast<int>(p.column), 0, std::max(0, s.frame.columns - 2));
  int const top = std::clamp(static_cast<int>(p.row), 0, std::max(0, s.frame.rows - 2));
  int const right = std::min(left + 1, s.frame.columns - 1);
  int const bottom = std::min(top + 1, s.frame.rows - 1);
  double const u = std::clamp(p.column - left, 0.0, 1.0);
  double const v = std::clamp(p.row - top, 0.0, 1.0);
  auto const at = [&](int c, int r) { return static_cast<double>(values[s.frame.index({c, r})]); };
  double const mixed = (1 - v) * ((1 - u) * at(left, top) + u * at(right, top)) +
                       v * ((1 - u) * at(left, bottom) + u * at(right, bottom));
  return std::isfinite(mixed) ? mixed : at(u < 0.5 ? left : right, v < 0.5 ? top : bottom);
}

GridPlace part_way(GridPlace from, GridPlace to, double share) {
  return {from.column + share * (to.column - from.column), from.row + share * (to.row - from.row)};
}

/// Price of the structures a cell needs when rail lies on its design level. Where the rules allow
/// none there, a dear stand-in: the profile may yet find a level that they do allow.
double earth_price(SectionPrices const& prices,
                   AlignmentRules const& rules,
                   double offset,
                   Access access) {
  if (access == Access::kStructureOnly) {
    return std::min(prices.tabled(rules.bridge_clearance.in(units::m) + 0.1, access),
                    prices.tabled(-rules.tunnel_cover.in(units::m)-0.1, access));
  }
  double const price = prices.tabled(offset, access);
  double const limit = std::max(prices.price(StructureKind::kCut, -rules.max_cut.in(units::m)),
                                prices.price(StructureKind::kFill, rules.max_fill.in(units::m)));
  return std::isfinite(price) ? price : 3 * limit;
}

}  // namespace

GuideSurface guide_surface(terrain::Terrain const& terrain,
                           AlignmentProblem const& problem,
                           SectionPrices const& prices,
                           Length smoothing) {
  auto const& grid = terrain.grid;
  AlignmentRules const& rules = problem.rules;
  GuideSurface s{.frame = grid.frame(),
                 .ground = {grid.heights().begin(), grid.heights().end()},
                 .design = terrain::smoothed_heights(grid, smoothing),
                 .friction = std::vector<double>(grid.frame().size(), kNever),
                 .access = std::vector<Access>(grid.frame().size(), Access::kForbidden),
                 .factor = std::vector<float>(grid.frame().size(), 1.0F),
                 .plain_rate = 0,
                 .least_friction = kNever};
  MoneyPerLength const loops = problem.rates.loop.rate / rules.loop_spacing;
  s.plain_rate = (problem.rates.track.rate + problem.rates.signalling.rate + loops).base();
  for (std::size_t i = 0; i < s.friction.size(); ++i) {
    bool const is_dry = grid.ground()[i] == terrain::Ground::kLand ||
                        grid.ground()[i] == terrain::Ground::kPortApproach;
    if (!is_dry || terrain.zones.access_at(i) == Access::kForbidden) {
      continue;
    }
    s.access[i] = terrain.zones.access_at(i);
    s.factor[i] = static_cast<float>(terrain.zones.factor_at(i));
    double const offset = static_cast<double>(s.design[i]) - static_cast<double>(s.ground[i]);
    s.friction[i] = static_cast<double>(s.factor[i]) *
                    (s.plain_rate + earth_price(prices, rules, offset, s.access[i]));
    s.least_friction = std::min(s.least_friction, s.friction[i]);
  }
  return s;
}

double Guide::structure(GridPlace from, GridPlace to) const {
  double const cells = std::hypot(to.column - from.column, to.row - from.row);
  double const length = cells * surface.frame.cell.in(units::m);
  double const start = between(surface, surface.design, from);
  double const rise = between(surface, surface.design, to) - start;
  if (length > kLongestStructure || rise > grades.climb * length ||
      -rise > grades.descent * length) {
    return kNever;
  }
  int const parts = std::max(1, static_cast<int>(std::ceil(2 * cells)));
  double sum = 0;
  for (int i = 0; i < parts; ++i) {
    double const share = (i + 0.5) / parts;
    GridPlace const p = part_way(from, to, share);
    std::size_t const cell = surface.frame.index(surface.frame.nearest(p));
    double const offset = start + share * rise - between(surface, surface.ground, p);
    if (!surface.is_open(cell)) {
      return kNever;
    }
    sum += static_cast<double>(surface.factor[cell]) *
           (surface.plain_rate + prices.tabled(offset, surface.access[cell]));
  }
  return sum * length / parts;
}

double Guide::along_ground(GridPlace from, GridPlace to) const {
  constexpr int fine = 4;  // friction is read four times a cell, climbs once a cell
  double const cells = std::hypot(to.column - from.column, to.row - from.row);
  double const side = surface.frame.cell.in(units::m);
  int const parts = std::max(1, static_cast<int>(std::lround(cells)));
  double const piece = cells * side / parts;
  double friction = 0;
  double climbs = 0;
  double level = between(surface, surface.design, from);
  for (int i = 0; i < parts; ++i) {
    for (int j = 0; j < fine; ++j) {
      auto const p = part_way(from, to, (i + (j + 0.5) / fine) / parts);
      friction += surface.friction[surface.frame.index(surface.frame.nearest(p))];
    }
    double const next = between(surface, surface.design, part_way(from, to, (i + 1.0) / parts));
    climbs += overgrade(next - level, piece);
    level = next;
  }
  return friction * piece / fine + climbs;
}

namespace {

/// Each cell at the cheapest factor within one cell of it, closed cells at the edges opened: no
/// line is dearer on this raster than on the ground.
std::vector<double> relaxed_factors(GuideSurface const& s) {
  std::vector<double> relaxed(s.factor.size(), kNever);
  for (std::size_t i = 0; i < relaxed.size(); ++i) {
    Cell const c = s.frame.cell_at(i);
    for (int k = 0; k < 9; ++k) {
      Cell const n{c.column + k % 3 - 1, c.row + k / 3 - 1};
      if (s.frame.holds(n) && s.is_open(s.frame.index(n))) {
        relaxed[i] = std::min(relaxed[i], static_cast<double>(s.factor[s.frame.index(n)]));
      }
    }
  }
  return relaxed;
}

}  // namespace

double plain_bound(GuideSurface const& surface,
                   double rate_per_metre,
                   std::vector<Cell> const& stops) {
  std::vector<double> const factors = relaxed_factors(surface);
  double cells = 0;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    std::vector<std::size_t> const sources{surface.frame.index(stops[i])};
    auto const totals = least_cost(
        {surface.frame.columns, surface.frame.rows, factors}, sources, Neighbours::kSixteen);
    cells += totals ? totals->total[surface.frame.index(stops[i + 1])] : 0;
  }
  return rate_per_metre * cells * surface.frame.cell.in(units::m) / kLatticeElongation;
}

}  // namespace tidewater::route
