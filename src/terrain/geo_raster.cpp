#include "tidewater/terrain/geo_raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "tidewater/base/contract.hpp"

namespace tidewater::terrain {

bool GeoRaster::covers(LonLat place) const {
  return place.lon >= north_west.lon && place.lon <= north_west.lon + cell_width * columns &&
         place.lat <= north_west.lat && place.lat >= north_west.lat - cell_height * rows;
}

namespace {

float block_mean(GeoRaster const& raster, int left, int top, int side) {
  double sum = 0;
  int known = 0;
  for (int row = top; row < top + side; ++row) {
    for (int column = left; column < left + side; ++column) {
      float const h = raster.at(column, row);
      if (std::isfinite(h)) {
        sum += static_cast<double>(h);
        ++known;
      }
    }
  }
  return known > 0 ? static_cast<float>(sum / known) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

GeoRaster thinned(GeoRaster const& raster, int max_columns) {
  TW_EXPECTS(max_columns > 0, "a thinned raster has columns");
  int const wanted = (raster.columns + max_columns - 1) / max_columns;
  int const side = std::max(1, std::min({wanted, raster.columns, raster.rows}));
  GeoRaster thin{.north_west = raster.north_west,
                 .cell_width = raster.cell_width * side,
                 .cell_height = raster.cell_height * side,
                 .columns = raster.columns / side,
                 .rows = raster.rows / side,
                 .heights = {},
                 .source = raster.source};
  thin.heights.reserve(static_cast<std::size_t>(thin.columns) *
                       static_cast<std::size_t>(thin.rows));
  for (int row = 0; row < thin.rows; ++row) {
    for (int column = 0; column < thin.columns; ++column) {
      thin.heights.push_back(block_mean(raster, column * side, row * side, side));
    }
  }
  return thin;
}

namespace {

/// The 3 x 3 heights around a cell, the raster's edge repeated; false when any is void.
bool neighbourhood(GeoRaster const& raster, int column, int row, std::array<double, 9>& out) {
  std::size_t k = 0;
  for (int dr = -1; dr <= 1; ++dr) {
    for (int dc = -1; dc <= 1; ++dc) {
      auto const h = static_cast<double>(raster.at(std::clamp(column + dc, 0, raster.columns - 1),
                                                   std::clamp(row + dr, 0, raster.rows - 1)));
      if (!std::isfinite(h)) {
        return false;
      }
      out[k++] = h;
    }
  }
  return true;
}

}  // namespace

std::vector<unsigned char> hillshade(GeoRaster const& raster, double exaggeration) {
  constexpr double metres_per_degree = 111'195.0;  // mean sphere: shading needs no better
  std::vector<unsigned char> light(raster.heights.size(), 255);
  std::array<double, 9> z{};
  std::size_t k = 0;
  for (int row = 0; row < raster.rows; ++row) {
    double const lat = raster.north_west.lat - raster.cell_height * (row + 0.5);
    double const dx = raster.cell_width * metres_per_degree *
                      std::max(0.01, std::cos(lat * std::numbers::pi / 180));
    double const dy = raster.cell_height * metres_per_degree;
    for (int column = 0; column < raster.columns; ++column, ++k) {
      if (!neighbourhood(raster, column, row, z)) {
        continue;
      }
      // Horn (1981): weighted differences over the eight neighbours.
      double const east =
          exaggeration * ((z[2] + 2 * z[5] + z[8]) - (z[0] + 2 * z[3] + z[6])) / (8 * dx);
      double const north =
          exaggeration * ((z[0] + 2 * z[1] + z[2]) - (z[6] + 2 * z[7] + z[8])) / (8 * dy);
      // Light direction (-1/2, 1/2, sqrt 1/2): azimuth 315, height 45 degrees.
      double const lit =
          (0.5 * east - 0.5 * north + std::numbers::sqrt2 / 2) / std::hypot(1.0, east, north);
      light[k] = static_cast<unsigned char>(std::lround(255 * std::clamp(lit, 0.0, 1.0)));
    }
  }
  return light;
}

}  // namespace tidewater::terrain
