#include "search_surface.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tidewater/route/least_cost.hpp"

#include "steps.hpp"

namespace tidewater::route {

using terrain::Access;
using terrain::Cell;

double SearchSurface::ground_at(terrain::GridPlace place) const {
  int const left = std::clamp(static_cast<int>(place.column), 0, std::max(0, frame.columns - 2));
  int const top = std::clamp(static_cast<int>(place.row), 0, std::max(0, frame.rows - 2));
  double const u = std::clamp(place.column - left, 0.0, 1.0);
  double const v = std::clamp(place.row - top, 0.0, 1.0);
  auto const width = static_cast<std::size_t>(frame.columns);
  std::size_t const right = frame.columns > 1 ? 1 : 0;
  std::size_t const below = frame.rows > 1 ? width : 0;
  float const* const at =
      &ground[static_cast<std::size_t>(top) * width + static_cast<std::size_t>(left)];
  auto const height = [&](std::size_t i) { return static_cast<double>(at[i]); };
  double const mixed = (1 - v) * ((1 - u) * height(0) + u * height(right)) +
                       v * ((1 - u) * height(below) + u * height(below + right));
  return std::isfinite(mixed) ? mixed : height((v < 0.5 ? 0 : below) + (u < 0.5 ? 0 : right));
}

SearchSurface search_surface(terrain::Terrain const& terrain) {
  auto const& grid = terrain.grid;
  SearchSurface s{.frame = grid.frame(),
                  .ground = {grid.heights().begin(), grid.heights().end()},
                  .access = std::vector<Access>(grid.frame().size(), Access::kForbidden),
                  .factor = std::vector<float>(grid.frame().size(), 1.0F)};
  for (std::size_t i = 0; i < s.access.size(); ++i) {
    bool const is_dry = grid.ground()[i] == terrain::Ground::kLand ||
                        grid.ground()[i] == terrain::Ground::kPortApproach;
    if (is_dry && std::isfinite(s.ground[i])) {
      s.access[i] = terrain.zones.access_at(i);
      s.factor[i] = static_cast<float>(terrain.zones.factor_at(i));
    }
  }
  return s;
}

namespace {

/// The cheapest factor within one cell of `cell`, so that closed cells at the edges are opened: no
/// line is dearer on this raster than on the ground.
double relaxed_factor(SearchSurface const& s, std::size_t cell) {
  double relaxed = std::numeric_limits<double>::infinity();
  Cell const c = s.frame.cell_at(cell);
  for (int k = 0; k < 9; ++k) {
    Cell const n{c.column + k % 3 - 1, c.row + k / 3 - 1};
    if (s.frame.holds(n) && s.is_open(s.frame.index(n))) {
      relaxed = std::min(relaxed, static_cast<double>(s.factor[s.frame.index(n)]));
    }
  }
  return relaxed;
}

}  // namespace

double plain_bound(SearchSurface const& surface,
                   double rate_per_metre,
                   std::vector<Cell> const& stops) {
  CostRaster raster{surface.frame.columns, surface.frame.rows, [&](std::size_t cell) {
                      return relaxed_factor(surface, cell);
                    }};
  double cells = 0;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    std::vector<std::size_t> const sources{surface.frame.index(stops[i])};
    auto const settled = raster.search(sources, Neighbours::kSixteen);
    cells += settled ? raster.total(surface.frame.index(stops[i + 1])) : 0;
  }
  return rate_per_metre * cells * surface.frame.cell.in(units::m) / kLatticeElongation;
}

}  // namespace tidewater::route
