#pragma once
/// What a raster needs before it can be resampled: small holes filled, sea told from land.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tidewater/terrain/geo_raster.hpp"

namespace tidewater::terrain {

struct HoleCount {
  std::size_t filled = 0;  ///< cells
  std::size_t left = 0;    ///< cells
};

/// Fills every hole (8-connected void cells) of at most `largest` cells from its rim inwards, then
/// relaxes it towards the surface without extrema of its own (Laplace), so no pit or peak is made
/// up.
HoleCount fill_holes(GeoRaster& raster, int largest);

/// One byte a cell, 1 for sea: heights at or below 0 m joined (8 ways) to such a cell on the
/// raster's edge. A basin below sea level that does not reach the edge stays land.
[[nodiscard]] std::vector<std::uint8_t> sea_mask(GeoRaster const& raster);

}  // namespace tidewater::terrain
