#pragma once
/// Ground heights from files and from the public Copernicus tiles, through GDAL.

#include <functional>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/terrain/geo_raster.hpp"

namespace tidewater::io {

/// Degrees; west < east, south < north. No box crosses the antimeridian.
struct Box {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  bool operator==(Box const&) const = default;
};
/// The box around `places`, `margin` wider on all sides (measured along the meridian and along the
/// parallel furthest from the equator), cut at the poles and the antimeridian.
[[nodiscard]] Box box_around(std::vector<terrain::LonLat> const& places, Length margin);

struct ReliefRequest {
  std::string path;                     ///< anything GDAL opens, /vsicurl/ included
  Box wanted;                           ///< read where the raster has it
  Box required;                         ///< the raster must cover this, e.g. the box of the sites
  std::string where{};                  ///< path in the project file, for messages
  std::size_t max_cells = 120'000'000;  ///< 480 MB of heights; more are read thinned, and said
};

struct Relief {
  terrain::GeoRaster raster;
  Diagnostics warnings;
};

/// Reads the first band over `wanted`, widened to whole cells. Heights become metres (a band in
/// feet or with scale and offset is converted); no-data, NaN and undeclared -32768, -9999 and the
/// like become NaN.
///   fails  TW0401 not opened, TW0402 not georeferenced or rotated, TW0403 not in longitude and
///          latitude, TW0404 does not cover `required`, TW0405 no height at all, TW0406 heights no
///          ground has, TW0407 not one band of real numbers, TW0408 broken off while reading
[[nodiscard]] Result<Relief> read_relief(ReliefRequest const& request);

/// "relief.tif" of "/home/x/pasni.toml" -> "/home/x/relief.tif"; absolute and /vsi paths stay.
[[nodiscard]] std::string beside(std::string const& project_file, std::string const& path);

struct FetchRequest {
  Box box;
  std::string cache_folder;
  /// The public bucket of GLO-90 (3 arc-seconds). Tests serve their own.
  std::string base_url = "https://copernicus-dem-90m.s3.amazonaws.com";
  int timeout_seconds = 60;  ///< without a byte
  int tries = 4;             ///< per tile
  double wait_seconds = 1;   ///< before the second try; doubles each time
  int max_tiles = 400;
  std::function<void(std::string const& tile, int done, int of)> progress{};
};

struct FetchedRelief {
  std::string mosaic;              ///< a VRT over the tiles, for [terrain] elevation
  std::vector<std::string> tiles;  ///< files in the cache, in the order of their names
  std::vector<std::string> sea;    ///< tiles the server does not have: sea, height 0
  int downloaded = 0;              ///< the others were in the cache and whole
};

/// Fetches the Copernicus GLO-90 tiles that cover `box` into the cache folder, one at a time, each
/// under a temporary name until it is whole, decodes and lies where its name says. A second call
/// fetches what is missing. A tile the server answers 404 for is sea: an empty `.sea` file records
/// it.
///   fails  TW0411 with each tile that could not be had, TW0412 box out of range or too many tiles,
///          TW0413 the address is no http(s) address
///   source Copernicus DEM product handbook: tiles of 1 x 1 degree named by their south-west corner
[[nodiscard]] Result<FetchedRelief> fetch_terrain(FetchRequest const& request);

/// Writes heights as a Cloud-Optimised GeoTIFF (WGS 84, 32-bit, no-data NaN), whole or not at all.
void write_relief(terrain::GeoRaster const& raster, std::string const& path);

}  // namespace tidewater::io
