#pragma once
/// Reads a relief file for tests alone: the engine's rooms never meet GDAL.

#include <limits>
#include <memory>
#include <optional>
#include <string>

#include <gdal_priv.h>

#include "tidewater/terrain/geo_raster.hpp"

namespace tidewater::tests {

inline std::optional<terrain::GeoRaster> relief(std::string const& path) {
  GDALAllRegister();
  std::unique_ptr<GDALDataset> file{static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly))};
  if (file == nullptr) {
    return std::nullopt;
  }
  double g[6] = {};
  file->GetGeoTransform(g);
  terrain::GeoRaster r{.north_west = {g[0], g[3]},
                       .cell_width = g[1],
                       .cell_height = -g[5],
                       .columns = file->GetRasterXSize(),
                       .rows = file->GetRasterYSize(),
                       .heights = {},
                       .source = path};
  r.heights.resize(static_cast<std::size_t>(r.columns) * static_cast<std::size_t>(r.rows));
  GDALRasterBand* const band = file->GetRasterBand(1);
  if (band->RasterIO(GF_Read,
                     0,
                     0,
                     r.columns,
                     r.rows,
                     r.heights.data(),
                     r.columns,
                     r.rows,
                     GDT_Float32,
                     0,
                     0) != CE_None) {
    return std::nullopt;
  }
  auto const none = static_cast<float>(band->GetNoDataValue());
  for (float& h : r.heights) {
    h = h == none ? std::numeric_limits<float>::quiet_NaN() : h;
  }
  return r;
}

}  // namespace tidewater::tests
