#pragma once
/// What the searches run over.

#include <cstddef>
#include <vector>

#include "tidewater/route/alignment.hpp"
#include "tidewater/terrain/zones.hpp"

namespace tidewater::route {

/// Ruling grades along a direction of travel.
struct Grades {
  double climb = 0.01;
  double descent = 0.01;
};

/// One number a cell, row by row.
struct SearchSurface {
  terrain::GridFrame frame;
  std::vector<float> ground;            ///< m; sea and voids too, where known
  std::vector<terrain::Access> access;  ///< sea, voids and forbidden zones are kForbidden
  std::vector<float> factor;            ///< of zones

  [[nodiscard]] bool is_open(std::size_t cell) const {
    return access[cell] != terrain::Access::kForbidden;
  }
  /// Between the middles of cells, bilinear; the nearest cell's where a corner is void.
  [[nodiscard]] double ground_at(terrain::GridPlace place) const;
};
[[nodiscard]] SearchSurface search_surface(terrain::Terrain const& terrain);

/// Least plain cost from place to place, in money without shares and loops, over any line whatever:
/// every metre at the rate of the cheapest cell within one cell, over the elongation of a lattice
/// of sixteen steps. docs/theory/route.md.
[[nodiscard]] double plain_bound(SearchSurface const& surface,
                                 double rate_per_metre,
                                 std::vector<terrain::Cell> const& stops);

}  // namespace tidewater::route
