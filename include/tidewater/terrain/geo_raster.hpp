#pragma once
/// Heights on a longitude/latitude raster, as a reader of elevation files hands them over. A plain
/// value: nothing here opens a file, and nothing is yet resampled, filled or smoothed.

#include <cstddef>
#include <string>
#include <vector>

#include "tidewater/terrain/lon_lat.hpp"

namespace tidewater::terrain {

/// Rows run from north to south, columns from west to east; each height belongs to the middle of
/// its cell.
struct GeoRaster {
  LonLat north_west{};     ///< the outer corner of the first cell, not its middle
  double cell_width = 0;   ///< degrees of longitude, above zero
  double cell_height = 0;  ///< degrees of latitude, above zero (rows go south)
  int columns = 0;
  int rows = 0;
  std::vector<float> heights{};  ///< metres, row by row from the north; NaN where nothing is known
  std::string source{};          ///< where it came from, in the words the report prints

  [[nodiscard]] float at(int column, int row) const {
    return heights[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                   static_cast<std::size_t>(column)];
  }
  [[nodiscard]] bool covers(LonLat place) const;
  bool operator==(GeoRaster const&) const = default;
};

/// The raster with whole blocks of cells averaged until it is at most `max_columns` wide, for maps
/// and hillshades. Void cells are left out of the mean; a block of voids stays void. The last
/// columns and rows that fill no whole block are dropped.
[[nodiscard]] GeoRaster thinned(GeoRaster const& raster, int max_columns);

/// Light from the north-west at 45 degrees on the slopes of a raster: one byte a cell, 0 dark, 255
/// bright (Lambert's law; slopes by Horn's 3 x 3 differences). Voids are 255.
[[nodiscard]] std::vector<unsigned char> hillshade(GeoRaster const& raster, double exaggeration);

}  // namespace tidewater::terrain
