// Copernicus GLO-90 tiles through GDAL's /vsicurl/.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <thread>

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <cpl_vsi_error.h>
#include <fmt/format.h>
#include <gdal_utils.h>

#include "tidewater/io/files.hpp"
#include "tidewater/io/relief.hpp"

#include "gdal_session.hpp"

namespace tidewater::io {

namespace fs = std::filesystem;

namespace {

struct Tile {
  int lon = 0;  ///< of its south-west corner, degrees
  int lat = 0;
  [[nodiscard]] std::string name() const {
    return fmt::format("Copernicus_DSM_COG_30_{}{:02}_00_{}{:03}_00_DEM",
                       lat < 0 ? 'S' : 'N',
                       std::abs(lat),
                       lon < 0 ? 'W' : 'E',
                       std::abs(lon));
  }
};

/// Tiles that hold a part of the box, from the south-west row by row.
std::vector<Tile> tiles_of(Box const& box) {
  std::vector<Tile> tiles;
  for (int lat = static_cast<int>(std::floor(box.south)); lat < box.north; ++lat) {
    for (int lon = static_cast<int>(std::floor(box.west)); lon < box.east; ++lon) {
      tiles.push_back({lon, lat});
    }
  }
  return tiles;
}

/// One file of the virtual file system of GDAL, closed on every way out.
struct CloseVsi {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

enum class Answer { kWhole, kSea, kFailed };

class Fetcher {
 public:
  explicit Fetcher(FetchRequest const& request) : request_{request} {
    gdal_.option("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
    gdal_.option("GDAL_HTTP_CONNECTTIMEOUT", std::to_string(request.timeout_seconds));
    gdal_.option("GDAL_HTTP_LOW_SPEED_TIME", std::to_string(request.timeout_seconds));
    gdal_.option("GDAL_HTTP_LOW_SPEED_LIMIT", "1");
    gdal_.option("GDAL_HTTP_MAX_RETRY", "0");  // tried again here, after the cache is cleared
    gdal_.option("CPL_VSIL_CURL_USE_HEAD", "NO");
  }

  Result<FetchedRelief> fetch() {
    auto const tiles = tiles_of(request_.box);
    if (!acceptable(tiles)) {
      return reject(std::move(faults_));
    }
    fs::create_directories(request_.cache_folder);
    int done = 0;
    for (auto const& tile : tiles) {
      obtain(tile);
      ++done;
      if (request_.progress) {
        request_.progress(tile.name(), done, static_cast<int>(tiles.size()));
      }
    }
    if (faults_.empty() && out_.tiles.empty()) {
      fault("TW0411", "the whole box is sea", "ask for a box with land in it");
    }
    if (!faults_.empty()) {
      return reject(std::move(faults_));
    }
    mosaic();
    return std::move(out_);
  }

 private:
  void fault(std::string code, std::string what, std::string remedy) {
    faults_.push_back(
        {Severity::kError, "/terrain", std::move(what), std::move(remedy), std::move(code), {}});
  }

  bool acceptable(std::vector<Tile> const& tiles) {
    auto const& b = request_.box;
    bool const on_earth = b.west >= -180 && b.east <= 180 && b.south >= -90 && b.north <= 90 &&
                          b.west < b.east && b.south < b.north;
    if (!on_earth || static_cast<int>(tiles.size()) > request_.max_tiles) {
      fault("TW0412",
            on_earth ? fmt::format(
                           "the box needs {} tiles, more than {}", tiles.size(), request_.max_tiles)
                     : "the box is none: west < east and south < north, in degrees",
            "give a smaller box, or a smaller [terrain] margin");
    }
    if (!request_.base_url.starts_with("https://") && !request_.base_url.starts_with("http://")) {
      fault("TW0413",
            fmt::format("'{}' is no http address", request_.base_url),
            "give the address of a bucket, https://...");
    }
    return faults_.empty();
  }

  [[nodiscard]] fs::path cached(std::string const& file) const {
    return fs::path{request_.cache_folder} / file;
  }

  void obtain(Tile const& tile) {
    auto const path = cached(tile.name() + ".tif").string();
    auto const sea = cached(tile.name() + ".sea").string();
    if (fs::exists(sea)) {
      out_.sea.push_back(tile.name());
      return;
    }
    if (fs::exists(path)) {
      if (wrong_with(path, tile, Depth::kHeader).empty()) {
        keep(tile, path);
        return;
      }
      discard(path);  // not by us, or damaged since: fetched again
    }
    switch (download(tile, path)) {
      case Answer::kWhole:
        ++out_.downloaded;
        keep(tile, path);
        break;
      case Answer::kSea:
        write_file_atomically(sea, "");
        out_.sea.push_back(tile.name());
        break;
      case Answer::kFailed:
        fault("TW0411",
              fmt::format("{} could not be fetched: {}", tile.name(), why_),
              "run it again: what is in the cache stays; or check the connection");
        break;
    }
  }

  void keep(Tile const& tile, std::string const& path) {
    out_.tiles.push_back(path);
    kept_.push_back(tile);
  }

  /// Tries until the tile is whole, the server says there is none, or the tries are used up.
  Answer download(Tile const& tile, std::string const& path) {
    auto const url =
        fmt::format("/vsicurl/{}/{}/{}.tif", request_.base_url, tile.name(), tile.name());
    double wait = request_.wait_seconds;
    for (int attempt = 0; attempt < std::max(1, request_.tries); ++attempt) {
      if (attempt > 0) {
        std::this_thread::sleep_for(std::chrono::duration<double>(wait));
        wait *= 2;
        VSICurlPartialClearCache(url.c_str());  // else it remembers the failure
      }
      auto const temporary = temporary_beside(path);
      auto const answer = copy(url, temporary);
      if (answer == Answer::kWhole) {
        why_ = wrong_with(temporary, tile, Depth::kEveryBlock);
        if (why_.empty()) {
          settle(temporary, path);
          return answer;
        }
      }
      discard(temporary);
      if (answer == Answer::kSea) {
        return answer;
      }
    }
    return Answer::kFailed;
  }

  Answer copy(std::string const& url, std::string const& to) {
    gdal_.forget();
    VSIErrorReset();
    std::unique_ptr<VSILFILE, CloseVsi> const from{VSIFOpenExL(url.c_str(), "rb", TRUE)};
    if (!from) {
      std::string const said = VSIGetLastErrorMsg();
      why_ = said.empty() ? gdal_.complaint("no answer within the time allowed") : said;
      return said.find("404") != std::string::npos ? Answer::kSea : Answer::kFailed;
    }
    VSIStatBufL stat{};
    bool const sized = VSIStatL(url.c_str(), &stat) == 0;
    std::unique_ptr<VSILFILE, CloseVsi> file{VSIFOpenL(to.c_str(), "wb")};
    if (!file) {
      throw Error{fmt::format("{}: cannot be written", to)};
    }
    std::vector<char> buffer(1U << 20U);
    vsi_l_offset total = 0;
    while (true) {
      auto const read = VSIFReadL(buffer.data(), 1, buffer.size(), from.get());
      if (VSIFWriteL(buffer.data(), 1, read, file.get()) != read) {
        file.reset();
        discard(to);
        throw Error{fmt::format("{}: the disk is full", to)};
      }
      total += read;
      if (read < buffer.size()) {
        break;
      }
    }
    auto const expected = static_cast<vsi_l_offset>(sized ? stat.st_size : 0);
    if (total == 0 || total != expected) {
      why_ =
          fmt::format("{} of {} bytes came ({})", total, expected, gdal_.complaint("broken off"));
      return Answer::kFailed;
    }
    return Answer::kWhole;
  }

  enum class Depth { kHeader, kEveryBlock };

  /// What is wrong with a downloaded tile, or "".
  std::string wrong_with(std::string const& path, Tile const& tile, Depth depth) {
    gdal_.forget();
    Dataset const dataset{
        GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, nullptr, nullptr, nullptr)};
    std::array<double, 6> t{};
    if (!dataset || GDALGetRasterCount(dataset.get()) < 1 ||
        GDALGetGeoTransform(dataset.get(), t.data()) != CE_None) {
      return "what came is no georeferenced raster";
    }
    int const columns = GDALGetRasterXSize(dataset.get());
    int const rows = GDALGetRasterYSize(dataset.get());
    // Tiles are laid half a cell to the north-west of their name: cell middles on whole degrees.
    double const slack = std::abs(t[1]) + std::abs(t[5]);
    bool const in_place = std::abs(t[0] - tile.lon) < slack &&
                          std::abs(t[3] - (tile.lat + 1)) < slack &&
                          std::abs(t[0] + columns * t[1] - (tile.lon + 1)) < slack &&
                          std::abs(t[3] + rows * t[5] - tile.lat) < slack;
    if (!in_place) {
      return fmt::format("what came lies at {:.3f} E, {:.3f} N", t[0], t[3]);
    }
    if (depth == Depth::kEveryBlock) {
      auto* const band = GDALGetRasterBand(dataset.get(), 1);
      std::vector<float> row(static_cast<std::size_t>(columns));
      for (int y = 0; y < rows; ++y) {
        if (GDALRasterIO(
                band, GF_Read, 0, y, columns, 1, row.data(), columns, 1, GDT_Float32, 0, 0) !=
            CE_None) {
          return gdal_.complaint("it does not decode");
        }
      }
    }
    return {};
  }

  /// A VRT over the tiles; where there is none lies the sea, at height 0.
  void mosaic() {
    std::vector<char const*> names;
    names.reserve(out_.tiles.size());
    for (auto const& tile : out_.tiles) {
      names.push_back(tile.c_str());
    }
    std::array<double, 6> t{};
    {
      Dataset const first{GDALOpen(names.front(), GA_ReadOnly)};
      GDALGetGeoTransform(first.get(), t.data());
    }
    auto const& b = request_.box;
    double const east_shift = t[0] - kept_.front().lon;  // half a cell
    double const north_shift = t[3] - (kept_.front().lat + 1);
    std::vector<std::string> words{"-resolution",
                                   "highest",
                                   "-vrtnodata",
                                   "0",
                                   "-hidenodata",
                                   "-te",
                                   fmt::format("{:.12f}", std::floor(b.west) + east_shift),
                                   fmt::format("{:.12f}", std::floor(b.south) + north_shift),
                                   fmt::format("{:.12f}", std::ceil(b.east) + east_shift),
                                   fmt::format("{:.12f}", std::ceil(b.north) + north_shift)};
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (auto& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    out_.mosaic = cached(fmt::format("glo90_{}_{}_{}_{}.vrt",
                                     std::floor(b.west),
                                     std::floor(b.south),
                                     std::ceil(b.east),
                                     std::ceil(b.north)))
                      .string();
    auto const temporary = temporary_beside(out_.mosaic);
    gdal_.forget();
    auto* const options = GDALBuildVRTOptionsNew(argv.data(), nullptr);
    Dataset vrt{GDALBuildVRT(temporary.c_str(),
                             static_cast<int>(names.size()),
                             nullptr,
                             names.data(),
                             options,
                             nullptr)};
    GDALBuildVRTOptionsFree(options);
    bool const good = vrt != nullptr;
    vrt.reset();
    if (!good) {
      discard(temporary);
      throw Error{fmt::format("{}: {}", out_.mosaic, gdal_.complaint("cannot be written"))};
    }
    settle(temporary, out_.mosaic);
  }

  FetchRequest const& request_;
  GdalSession gdal_;
  FetchedRelief out_;
  std::vector<Tile> kept_;
  std::string why_;
  Diagnostics faults_;
};

}  // namespace

Result<FetchedRelief> fetch_terrain(FetchRequest const& request) {
  return Fetcher{request}.fetch();
}

}  // namespace tidewater::io
