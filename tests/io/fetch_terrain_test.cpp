// Tiles from a loopback server that serves small ones and misbehaves.

#include <gtest/gtest.h>

#include "tidewater/io/files.hpp"
#include "tidewater/io/relief.hpp"

#include "loopback_bucket.hpp"
#include "read_file.hpp"

namespace tidewater::io {
namespace {

constexpr int kCells = 12;  // a degree, in these tests; the real tiles have 1200

std::string const kWest = "Copernicus_DSM_COG_30_N25_00_E063_00_DEM";
std::string const kEast = "Copernicus_DSM_COG_30_N25_00_E064_00_DEM";

/// A tile as Copernicus lays it: half a cell north-west of whole degrees. Height = column + 100
/// row.
std::string tile_bytes(int lon, int lat) {
  ScratchFolder const scratch;
  double const cell = 1.0 / kCells;
  terrain::GeoRaster raster{
      {lon - cell / 2, lat + 1 + cell / 2}, cell, cell, kCells, kCells, {}, "a tile"};
  for (int row = 0; row < kCells; ++row) {
    for (int column = 0; column < kCells; ++column) {
      raster.heights.push_back(static_cast<float>(column + 100 * row));
    }
  }
  auto const path = (scratch / "tile.tif").string();
  write_relief(raster, path);
  return bytes_of(path);
}

FetchRequest two_tiles(LoopbackBucket const& bucket, ScratchFolder const& cache) {
  return {.box = {63.2, 25.2, 64.8, 25.8},
          .cache_folder = (cache / "tiles").string(),
          .base_url = bucket.url(),
          .timeout_seconds = 1,
          .tries = 3,
          .wait_seconds = 0.01,
          .progress = {}};
}

std::string words(Diagnostics const& faults) {
  std::string all;
  for (auto const& f : faults) {
    all += f.code + " " + f.what + "\n";
  }
  return all;
}

TEST(FetchTerrain, LaysTilesSideBySide) {
  LoopbackBucket bucket;
  ScratchFolder const cache;
  bucket.put(kWest, LoopbackBucket::serve(tile_bytes(63, 25)));
  bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
  auto const fetched = fetch_terrain(two_tiles(bucket, cache));
  ASSERT_TRUE(fetched.has_value()) << words(fetched.error());
  EXPECT_EQ(fetched->downloaded, 2);
  auto const relief =
      read_relief({fetched->mosaic, {63, 25.05, 64.9, 25.95}, {63.2, 25.2, 64.8, 25.8}});
  ASSERT_TRUE(relief.has_value()) << words(relief.error());
  // 63 E lies in the middle of the west tile's first column, 64 E of the east tile's.
  auto const& raster = relief->raster;
  auto const column = [&](double lon) {
    return static_cast<int>((lon - raster.north_west.lon) / raster.cell_width);
  };
  auto const row = static_cast<int>((raster.north_west.lat - 25.5) / raster.cell_height);
  EXPECT_EQ(raster.at(column(63.001), row), 600.0F) << "row 6 of 12 is at 25.5 N";
  EXPECT_EQ(raster.at(column(63.999), row), 600.0F) << "the east tile begins here";
  EXPECT_EQ(raster.at(column(63.9), row), 611.0F);
}

TEST(FetchTerrain, TakesTheCacheSecond) {
  LoopbackBucket bucket;
  ScratchFolder const cache;
  bucket.put(kWest, LoopbackBucket::serve(tile_bytes(63, 25)));
  bucket.put(kEast, LoopbackBucket::fail(500));
  auto const request = two_tiles(bucket, cache);
  EXPECT_FALSE(fetch_terrain(request).has_value());
  int const calls = bucket.calls(kWest);
  bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
  auto const again = fetch_terrain(request);
  ASSERT_TRUE(again.has_value()) << words(again.error());
  EXPECT_EQ(again->downloaded, 1) << "what came the first time is not fetched again";
  EXPECT_EQ(bucket.calls(kWest), calls);
}

TEST(FetchTerrain, TakesAMissingTileForSeaAtHeightZero) {
  LoopbackBucket bucket;
  ScratchFolder const cache;
  bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
  auto const request = two_tiles(bucket, cache);
  auto const fetched = fetch_terrain(request);
  ASSERT_TRUE(fetched.has_value()) << words(fetched.error());
  EXPECT_EQ(fetched->sea, std::vector<std::string>{kWest});
  auto const relief = read_relief({fetched->mosaic, request.box, request.box});
  ASSERT_TRUE(relief.has_value()) << words(relief.error());
  EXPECT_EQ(relief->raster.at(0, 0), 0.0F) << "sea, not void";
  int const calls = bucket.calls(kWest);
  ASSERT_TRUE(fetch_terrain(request).has_value());
  EXPECT_EQ(bucket.calls(kWest), calls) << "it is remembered as sea";
}

TEST(FetchTerrain, TriesAgainAfterAFailure) {
  LoopbackBucket bucket;
  ScratchFolder const cache;
  auto const good = LoopbackBucket::serve(tile_bytes(63, 25));
  bucket.put(kWest, LoopbackBucket::until(1, LoopbackBucket::fail(500), good));
  bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
  auto const fetched = fetch_terrain(two_tiles(bucket, cache));
  ASSERT_TRUE(fetched.has_value()) << words(fetched.error());
  EXPECT_EQ(fetched->tiles.size(), 2U);
}

TEST(FetchTerrain, TriesAgainAfterASilence) {
  LoopbackBucket bucket;
  ScratchFolder const cache;
  auto const good = LoopbackBucket::serve(tile_bytes(63, 25));
  bucket.put(kWest, LoopbackBucket::until(1, LoopbackBucket::sleep(2.5, good), good));
  bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
  auto const fetched = fetch_terrain(two_tiles(bucket, cache));
  ASSERT_TRUE(fetched.has_value()) << words(fetched.error());
  EXPECT_GT(bucket.calls(kWest), 1) << "the first request was given up";
}

/// Everything the server can do wrong for good: the other tile stays, the reason is said, and no
/// half-written file is left.
TEST(FetchTerrain, SaysWhatItCouldNotHaveAndLeavesNothingHalf) {
  auto const whole = tile_bytes(63, 25);
  struct Row {
    std::string what;
    LoopbackBucket::Answer answer;
    std::string said;
  };
  std::vector<Row> const rows{
      {"truncated", LoopbackBucket::serve_half(whole), "bytes came"},
      {"an error page", LoopbackBucket::serve("<html>try later</html>"), "no georeferenced raster"},
      {"another tile", LoopbackBucket::serve(tile_bytes(70, 10)), "lies at"},
      {"nothing", LoopbackBucket::serve(""), ""},
      {"an error", LoopbackBucket::fail(503), "503"},
      {"corrupt",
       LoopbackBucket::serve(whole.substr(0, whole.size() - 60) + std::string(60, 'x')),
       ""},
  };
  for (auto const& row : rows) {
    LoopbackBucket bucket;
    ScratchFolder const cache;
    bucket.put(kWest, row.answer);
    bucket.put(kEast, LoopbackBucket::serve(tile_bytes(64, 25)));
    auto request = two_tiles(bucket, cache);
    request.tries = 2;
    auto const fetched = fetch_terrain(request);
    ASSERT_FALSE(fetched.has_value()) << row.what;
    ASSERT_EQ(fetched.error().size(), 1U) << row.what;
    EXPECT_EQ(fetched.error()[0].code, "TW0411") << row.what;
    EXPECT_NE(fetched.error()[0].what.find(row.said), std::string::npos)
        << row.what << ": " << fetched.error()[0].what;
    std::vector<std::string> left;
    for (auto const& entry : std::filesystem::directory_iterator{cache / "tiles"}) {
      left.push_back(entry.path().filename().string());
    }
    EXPECT_EQ(left, std::vector<std::string>{kEast + ".tif"}) << row.what;
  }
}

TEST(FetchTerrain, SaysWhenNobodyAnswers) {
  ScratchFolder const cache;
  FetchRequest const request{.box = {63.2, 25.2, 63.8, 25.8},
                             .cache_folder = (cache / "tiles").string(),
                             .base_url = "http://127.0.0.1:1",
                             .timeout_seconds = 1,
                             .tries = 1,
                             .progress = {}};
  auto const fetched = fetch_terrain(request);
  ASSERT_FALSE(fetched.has_value());
  EXPECT_EQ(fetched.error()[0].code, "TW0411") << fetched.error()[0].what;
}

TEST(FetchTerrain, RefusesABoxThatIsNoneOrTooLargeAndAddressesOfFiles) {
  ScratchFolder const cache;
  auto const refused = [&](Box box, std::string const& url) {
    auto const fetched = fetch_terrain(
        {.box = box, .cache_folder = (cache / "t").string(), .base_url = url, .progress = {}});
    return fetched ? std::string{} : fetched.error()[0].code;
  };
  EXPECT_EQ(refused({10, 10, 9, 11}, "http://127.0.0.1:1"), "TW0412");
  EXPECT_EQ(refused({-180, -90, 180, 90}, "http://127.0.0.1:1"), "TW0412");
  EXPECT_EQ(refused({10, 10, 11, 11}, "/etc"), "TW0413");
  EXPECT_EQ(cache.entries(), 0U) << "nothing is made for a request that is refused";
}

}  // namespace
}  // namespace tidewater::io
