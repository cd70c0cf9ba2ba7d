#pragma once
/// From raster cells to grid cells, and the smoothing of the result.

#include <cstdint>
#include <vector>

#include "tidewater/terrain/geo_raster.hpp"
#include "tidewater/terrain/grid.hpp"

namespace tidewater::terrain {

struct Resampled {
  std::vector<float> heights;
  std::vector<Ground> ground;  ///< kLand, kSea or kVoid
};

/// A cleaned raster and which of its cells are sea.
struct CleanRaster {
  GeoRaster const& raster;
  std::vector<std::uint8_t> const& sea;
};

/// Each grid cell is the mean of n x n samples, n = grid cell / raster cell rounded up, so that no
/// raster cell is skipped; a cell is sea or void where at least half of its samples are.
[[nodiscard]] Resampled resampled(CleanRaster const& from,
                                  GridFrame const& frame,
                                  Resampling method);

/// Separable Gaussian of `sigma_cells`, cut at three sigma, over the cells that are not sea or
/// void; the others neither give nor change.
void smooth(Resampled& on, GridFrame const& frame, double sigma_cells);

}  // namespace tidewater::terrain
