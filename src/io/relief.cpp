#include "tidewater/io/relief.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <ogr_srs_api.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/io/files.hpp"

#include "gdal_session.hpp"

namespace tidewater::io {

namespace {

constexpr double kDegree = 0.017453292519943295;
constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();
constexpr double kWithinCell = 1e-6;  // of a cell: an edge this near is the edge

/// The part of a raster that is read: whole cells.
struct Window {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;
};

struct Georeference {
  double west = 0;
  double north = 0;
  double cell_width = 0;
  double cell_height = 0;
};

/// Heights counted while they are cleaned.
struct Counts {
  std::size_t known = 0;
  std::size_t sentinels = 0;  ///< undeclared no-data values
  std::size_t absurd = 0;
  float absurd_example = 0;
};

class ReliefReader {
 public:
  explicit ReliefReader(ReliefRequest const& request)
      : request_{request}, where_{request.where.empty() ? "/terrain/elevation" : request.where} {}

  Result<Relief> read() {
    if (!open() || !georeference() || !coordinate_system() || !band() || !window() || !heights()) {
      return reject(std::move(faults_));
    }
    return std::move(relief_);
  }

 private:
  bool fail(std::string code, std::string what, std::string remedy) {
    faults_.push_back(
        {Severity::kError, where_, std::move(what), std::move(remedy), std::move(code), {}});
    return false;
  }
  void warn(std::string code, std::string what, std::string remedy) {
    relief_.warnings.push_back(
        {Severity::kWarning, where_, std::move(what), std::move(remedy), std::move(code), {}});
  }
  [[nodiscard]] std::string name() const {
    return std::filesystem::path{request_.path}.filename().string();
  }

  bool open() {
    dataset_.reset(GDALOpenEx(request_.path.c_str(),
                              GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                              nullptr,
                              nullptr,
                              nullptr));
    if (dataset_) {
      return true;
    }
    bool const is_file =
        request_.path.starts_with("/vsi") || std::filesystem::exists(request_.path);
    return is_file ? fail("TW0401",
                          fmt::format("'{}' cannot be opened as a raster: {}",
                                      request_.path,
                                      gdal_.complaint("no driver knows it")),
                          "give a raster GDAL opens, e.g. a GeoTIFF; try gdalinfo on it")
                   : fail("TW0401",
                          fmt::format("there is no file '{}'", request_.path),
                          "give the path of a raster of heights, relative to the project file");
  }

  bool georeference() {
    std::array<double, 6> t{};
    if (GDALGetGeoTransform(dataset_.get(), t.data()) != CE_None) {
      return fail(
          "TW0402",
          fmt::format("'{}' does not say where on Earth it lies", name()),
          "georeference it, e.g. gdal_translate -a_ullr WEST NORTH EAST SOUTH -a_srs EPSG:4326");
    }
    if (t[2] != 0 || t[4] != 0 || t[1] <= 0 || t[5] >= 0) {
      return fail("TW0402",
                  fmt::format("'{}' is rotated or does not run from north-west", name()),
                  "turn it with gdalwarp -t_srs EPSG:4326 IN OUT");
    }
    raster_ = {t[0], t[3], t[1], -t[5]};
    return true;
  }

  bool coordinate_system() {
    auto* const srs = GDALGetSpatialRef(dataset_.get());
    if (srs == nullptr) {
      return fail("TW0403",
                  fmt::format("'{}' does not say in which coordinates it is", name()),
                  "if it is in longitude and latitude, gdal_edit.py -a_srs EPSG:4326 FILE");
    }
    char const* unit_name = nullptr;
    bool const degrees =
        OSRIsGeographic(srs) != 0 &&
        std::abs(OSRGetAngularUnits(srs, const_cast<char**>(&unit_name)) - kDegree) < 1e-9;
    if (!degrees) {
      char const* const authority = OSRGetName(srs);
      return fail("TW0403",
                  fmt::format("'{}' is in {}, not in longitude and latitude",
                              name(),
                              authority == nullptr ? "another system" : authority),
                  "project it: gdalwarp -t_srs EPSG:4326 -r bilinear IN OUT");
    }
    bool const like_wgs84 = std::abs(OSRGetSemiMajor(srs, nullptr) - 6378137.0) < 1 &&
                            std::abs(OSRGetInvFlattening(srs, nullptr) - 298.257) < 0.01;
    if (!like_wgs84) {
      warn(
          "TW0403",
          fmt::format("'{}' is in longitude and latitude of another ellipsoid than WGS 84", name()),
          "places may be some hundred metres off; gdalwarp -t_srs EPSG:4326 mends it");
    }
    return true;
  }

  bool band() {
    int const bands = GDALGetRasterCount(dataset_.get());
    band_ = bands > 0 ? GDALGetRasterBand(dataset_.get(), 1) : nullptr;
    bool const complex =
        band_ != nullptr && GDALDataTypeIsComplex(GDALGetRasterDataType(band_)) != 0;
    bool const picture =
        band_ != nullptr && (GDALGetRasterColorTable(band_) != nullptr ||
                             (bands >= 3 && GDALGetRasterDataType(band_) == GDT_Byte));
    if (band_ == nullptr || complex || picture) {
      return fail("TW0407",
                  fmt::format("'{}' holds {}, not heights",
                              name(),
                              picture   ? "a picture"
                              : complex ? "complex numbers"
                                        : "no band"),
                  "give a raster whose first band is the height of the ground");
    }
    if (bands > 1) {
      warn("TW0407",
           fmt::format("'{}' has {} bands; the first is taken for the height", name(), bands),
           "leave one band to be sure: gdal_translate -b 1");
    }
    scale_ = GDALGetRasterScale(band_, nullptr);
    offset_ = GDALGetRasterOffset(band_, nullptr);
    std::string const unit = GDALGetRasterUnitType(band_);
    if (unit == "ft" || unit == "foot" || unit == "feet" || unit == "US survey foot") {
      scale_ *= 0.3048;
      offset_ *= 0.3048;
    }
    int has_nodata = 0;
    double const nodata = GDALGetRasterNoDataValue(band_, &has_nodata);
    if (has_nodata != 0) {
      nodata_ = static_cast<float>(nodata);
    }
    return true;
  }

  bool window() {
    int const columns = GDALGetRasterXSize(dataset_.get());
    int const rows = GDALGetRasterYSize(dataset_.get());
    double const east = raster_.west + columns * raster_.cell_width;
    double const south = raster_.north - rows * raster_.cell_height;
    auto const& need = request_.required;
    double const slack = kWithinCell * raster_.cell_width;
    bool const covers = need.west >= raster_.west - slack && need.east <= east + slack &&
                        need.south >= south - slack && need.north <= raster_.north + slack;
    if (!covers) {
      return fail(
          "TW0404",
          fmt::format(
              "'{}' covers {:.3f} to {:.3f} E, {:.3f} to {:.3f} N; the sites need {:.3f} to "
              "{:.3f} E, {:.3f} to {:.3f} N",
              name(),
              raster_.west,
              east,
              south,
              raster_.north,
              need.west,
              need.east,
              need.south,
              need.north),
          "give a raster that holds every site, or fetch one with `tidewater terrain`");
    }
    auto const clamp = [](double value, int low, int high) {
      return static_cast<int>(
          std::clamp(value, static_cast<double>(low), static_cast<double>(high)));
    };
    auto const& want = request_.wanted;
    window_.column =
        clamp(std::floor((std::min(want.west, need.west) - raster_.west) / raster_.cell_width +
                         kWithinCell),
              0,
              columns - 1);
    window_.row =
        clamp(std::floor((raster_.north - std::max(want.north, need.north)) / raster_.cell_height +
                         kWithinCell),
              0,
              rows - 1);
    int const last_column =
        clamp(std::ceil((std::max(want.east, need.east) - raster_.west) / raster_.cell_width -
                        kWithinCell),
              window_.column + 1,
              columns);
    int const last_row =
        clamp(std::ceil((raster_.north - std::min(want.south, need.south)) / raster_.cell_height -
                        kWithinCell),
              window_.row + 1,
              rows);
    window_.columns = last_column - window_.column;
    window_.rows = last_row - window_.row;
    return true;
  }

  /// Cells averaged into one, each way, so that at most max_cells are kept.
  [[nodiscard]] int thinning() const {
    double const cells = static_cast<double>(window_.columns) * window_.rows;
    int const by = static_cast<int>(std::ceil(
        std::sqrt(cells / static_cast<double>(std::max<std::size_t>(request_.max_cells, 1)))));
    return std::clamp(by, 1, std::min(window_.columns, window_.rows));
  }

  bool heights() {
    int const by = thinning();
    auto& out = relief_.raster;
    out.columns = window_.columns / by;
    out.rows = window_.rows / by;
    out.cell_width = raster_.cell_width * by;
    out.cell_height = raster_.cell_height * by;
    out.north_west = {raster_.west + window_.column * raster_.cell_width,
                      raster_.north - window_.row * raster_.cell_height};
    out.source = source_words(by);
    out.heights.reserve(static_cast<std::size_t>(out.columns) * static_cast<std::size_t>(out.rows));
    // Strips of whole blocks are quick to decode and small beside the raster.
    int const strip_rows = std::max(by, 256 / by * by);
    std::vector<float> strip;
    for (int row = 0; row < out.rows * by; row += strip_rows) {
      int const count = std::min(strip_rows, out.rows * by - row);
      strip.resize(static_cast<std::size_t>(window_.columns) * static_cast<std::size_t>(count));
      gdal_.forget();
      if (GDALRasterIO(band_,
                       GF_Read,
                       window_.column,
                       window_.row + row,
                       window_.columns,
                       count,
                       strip.data(),
                       window_.columns,
                       count,
                       GDT_Float32,
                       0,
                       0) != CE_None) {
        return fail("TW0408",
                    fmt::format("'{}' breaks off at row {}: {}",
                                name(),
                                window_.row + row,
                                gdal_.complaint("no reason given")),
                    "get the file again; it is not whole");
      }
      clean(strip);
      append(strip, count, by);
    }
    if (by > 1) {
      warn("TW0409",
           fmt::format("'{}' is read at a {}th of its resolution: {} by {} cells are more than {}",
                       name(),
                       by,
                       window_.columns,
                       window_.rows,
                       request_.max_cells),
           "cut it to the corridor, or ask for a coarser grid");
    }
    return judge();
  }

  [[nodiscard]] std::string source_words(int by) const {
    char const* told = GDALGetMetadataItem(dataset_.get(), "DESCRIPTION", nullptr);
    if (told == nullptr) {
      told = GDALGetMetadataItem(dataset_.get(), "TIFFTAG_IMAGEDESCRIPTION", nullptr);
    }
    return fmt::format(
        "{}{}, {:.4g} arc-seconds{}",
        name(),
        told == nullptr ? "" : fmt::format(" ({})", std::string{told}.substr(0, 200)),
        raster_.cell_height * 3600,
        by > 1 ? fmt::format(", averaged {} by {}", by, by) : "");
  }

  /// No-data becomes NaN, the rest metres.
  void clean(std::vector<float>& strip) {
    constexpr std::array<float, 5> kSentinels{-32768, -9999, -99999, 32767, -32767};
    for (float& h : strip) {
      if (std::isnan(h) || (nodata_ && h == *nodata_)) {
        h = kVoid;
        continue;
      }
      if (std::find(kSentinels.begin(), kSentinels.end(), h) != kSentinels.end() ||
          std::abs(h) > 1e30F) {
        ++counts_.sentinels;
        h = kVoid;
        continue;
      }
      h = static_cast<float>(h * scale_ + offset_);
      if (h < -12000 || h > 9000) {
        ++counts_.absurd;
        counts_.absurd_example = h;
      }
      ++counts_.known;
    }
  }

  /// Adds a strip to the heights, blocks of `by` x `by` cells averaged, voids left out of the mean.
  void append(std::vector<float> const& strip, int rows, int by) {
    auto& heights = relief_.raster.heights;
    auto const width = static_cast<std::size_t>(window_.columns);
    for (int top = 0; top < rows; top += by) {
      for (int left = 0; left < relief_.raster.columns * by; left += by) {
        double sum = 0;
        int known = 0;
        for (int k = 0; k < by * by; ++k) {
          float const h = strip[static_cast<std::size_t>(top + k / by) * width +
                                static_cast<std::size_t>(left + k % by)];
          sum += std::isnan(h) ? 0 : static_cast<double>(h);
          known += std::isnan(h) ? 0 : 1;
        }
        heights.push_back(known == 0 ? kVoid : static_cast<float>(sum / known));
      }
    }
  }

  bool judge() {
    if (counts_.absurd > 0) {
      return fail(
          "TW0406",
          fmt::format("'{}' has {} heights no ground has, e.g. {:.0f} m",
                      name(),
                      counts_.absurd,
                      counts_.absurd_example),
          "is it a raster of heights in metres? declare no-data with gdal_edit.py -a_nodata");
    }
    if (counts_.known == 0) {
      return fail("TW0405",
                  fmt::format("'{}' has no height at all where the project lies", name()),
                  "every cell is no-data or NaN: give another raster");
    }
    if (counts_.sentinels > 0) {
      warn("TW0406",
           fmt::format(
               "{} cells of '{}' look like an undeclared no-data value and are taken for unknown",
               counts_.sentinels,
               name()),
           "declare it with gdal_edit.py -a_nodata VALUE FILE");
    }
    return true;
  }

  ReliefRequest const& request_;
  std::string where_;
  GdalSession gdal_;
  Dataset dataset_;
  GDALRasterBandH band_ = nullptr;
  Georeference raster_;
  Window window_;
  double scale_ = 1;
  double offset_ = 0;
  std::optional<float> nodata_;
  Counts counts_;
  Relief relief_;
  Diagnostics faults_;
};

}  // namespace

Box box_around(std::vector<terrain::LonLat> const& places, Length margin) {
  TW_EXPECTS(!places.empty(), "a box stands around at least one place");
  Box box{180, 90, -180, -90};
  for (auto const& p : places) {
    box = {std::min(box.west, p.lon),
           std::min(box.south, p.lat),
           std::max(box.east, p.lon),
           std::max(box.north, p.lat)};
  }
  // Shortest degrees of the WGS 84 ellipsoid: the margin is never less than asked for.
  constexpr double kMetresPerDegreeNorth = 110574;
  constexpr double kMetresPerDegreeEast = 111319;
  double const north = margin.in(units::m) / kMetresPerDegreeNorth;
  double const widest = std::min(89.0, std::max(std::abs(box.south), std::abs(box.north)) + north);
  double const east = margin.in(units::m) / (kMetresPerDegreeEast * std::cos(widest * kDegree));
  return {std::max(-180.0, box.west - east),
          std::max(-90.0, box.south - north),
          std::min(180.0, box.east + east),
          std::min(90.0, box.north + north)};
}

Result<Relief> read_relief(ReliefRequest const& request) {
  return ReliefReader{request}.read();
}

std::string beside(std::string const& project_file, std::string const& path) {
  if (path.starts_with("/")) {  // /vsicurl/ and the like too
    return path;
  }
  return (std::filesystem::path{project_file}.parent_path() / path).string();
}

void write_relief(terrain::GeoRaster const& raster, std::string const& path) {
  TW_EXPECTS(raster.heights.size() ==
                 static_cast<std::size_t>(raster.columns) * static_cast<std::size_t>(raster.rows),
             "a raster has a height for every cell");
  GdalSession gdal;
  auto const fail = [&](std::string const& step) {
    throw Error{fmt::format("{}: {}: {}", path, step, gdal.complaint("no reason given"))};
  };
  Dataset memory{GDALCreate(
      GDALGetDriverByName("MEM"), "", raster.columns, raster.rows, 1, GDT_Float32, nullptr)};
  if (!memory) {
    fail("no memory for the raster");
  }
  std::array<double, 6> transform{
      raster.north_west.lon, raster.cell_width, 0, raster.north_west.lat, 0, -raster.cell_height};
  auto* const srs = OSRNewSpatialReference(nullptr);
  OSRImportFromEPSG(srs, 4326);
  GDALSetGeoTransform(memory.get(), transform.data());
  GDALSetSpatialRef(memory.get(), srs);
  OSRDestroySpatialReference(srs);
  GDALSetMetadataItem(memory.get(), "DESCRIPTION", raster.source.c_str(), nullptr);
  auto* const band = GDALGetRasterBand(memory.get(), 1);
  GDALSetRasterNoDataValue(band, static_cast<double>(kVoid));
  GDALSetRasterUnitType(band, "m");
  // The library wants a writable buffer even to read from it.
  auto* const heights = const_cast<float*>(raster.heights.data());
  if (GDALRasterIO(band,
                   GF_Write,
                   0,
                   0,
                   raster.columns,
                   raster.rows,
                   heights,
                   raster.columns,
                   raster.rows,
                   GDT_Float32,
                   0,
                   0) != CE_None) {
    fail("cannot be filled");
  }
  auto const temporary = temporary_beside(path);
  std::array<char const*, 4> options{
      "COMPRESS=DEFLATE", "PREDICTOR=FLOATING_POINT", "BLOCKSIZE=256", nullptr};
  Dataset written{GDALCreateCopy(GDALGetDriverByName("COG"),
                                 temporary.c_str(),
                                 memory.get(),
                                 FALSE,
                                 const_cast<char**>(options.data()),
                                 nullptr,
                                 nullptr)};
  bool const good = written != nullptr;
  written.reset();
  if (!good) {
    discard(temporary);
    fail("cannot be written");
  }
  settle(temporary, path);
}

}  // namespace tidewater::io
