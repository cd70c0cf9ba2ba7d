#include "tidewater/io/relief.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

#include "tidewater/io/files.hpp"

#include "read_file.hpp"

namespace tidewater::io {
namespace {

float const kVoid = std::numeric_limits<float>::quiet_NaN();

/// 4 x 3 cells of half a degree from 60 E 30 N: heights drawn as they lie.
terrain::GeoRaster drawn() {
  return {{60, 30}, 0.5, 0.5, 4, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, "drawn"};
}

std::string stored(ScratchFolder const& scratch, terrain::GeoRaster const& raster) {
  auto const path = (scratch / "relief.tif").string();
  write_relief(raster, path);
  return path;
}

/// Changes a raster by the command-line tools of GDAL, as its owner would.
std::string changed(ScratchFolder const& scratch, std::string const& path, std::string const& how) {
  auto const out = (scratch / "changed.tif").string();
  auto const command = "gdal_translate -q " + how + " " + path + " " + out;
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return out;
}

Box const kAll{60, 28.5, 62, 30};

std::string code(Result<Relief> const& read) {
  return read ? "" : read.error()[0].code;
}

TEST(Relief, ReadsTheWholeCellsAroundTheBox) {
  ScratchFolder const scratch;
  auto const path = stored(scratch, drawn());
  auto const all = read_relief({path, kAll, kAll});
  ASSERT_TRUE(all.has_value()) << all.error()[0].what;
  EXPECT_EQ(all->raster.heights, drawn().heights);
  EXPECT_EQ(all->raster.north_west, (terrain::LonLat{60, 30}));
  auto const part = read_relief({path, {60.6, 29.1, 61.4, 29.4}, {60.6, 29.1, 61.4, 29.4}});
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->raster.heights, (std::vector<float>{6, 7}));
  EXPECT_EQ(part->raster.north_west, (terrain::LonLat{60.5, 29.5}));
  auto const wide = read_relief({path, {0, 0, 90, 90}, {61, 29, 61.2, 29.2}});
  ASSERT_TRUE(wide.has_value()) << "wanted is cut to what there is";
  EXPECT_EQ(wide->raster.columns, 4);
}

TEST(Relief, DoesNotCoverASite) {
  ScratchFolder const scratch;
  auto const path = stored(scratch, drawn());
  auto const read =
      read_relief({path, {59, 29, 61, 29.5}, {59.5, 29, 61, 29.5}, "/terrain/elevation"});
  ASSERT_EQ(code(read), "TW0404");
  EXPECT_EQ(read.error()[0].where, "/terrain/elevation");
  EXPECT_NE(read.error()[0].what.find("60.000 to 62.000 E"), std::string::npos);
}

TEST(Relief, SaysThatTheFileIsMissingOrNone) {
  ScratchFolder const scratch;
  EXPECT_EQ(code(read_relief({(scratch / "none.tif").string(), kAll, kAll})), "TW0401");
  write_file_atomically((scratch / "text.tif").string(), "no raster");
  EXPECT_EQ(code(read_relief({(scratch / "text.tif").string(), kAll, kAll})), "TW0401");
  EXPECT_EQ(code(read_relief({scratch.path().string(), kAll, kAll})), "TW0401");
}

TEST(Relief, SaysThatAFileBreaksOff) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.columns = 400;
  raster.rows = 300;
  raster.heights.clear();
  for (int i = 0; i < 400 * 300; ++i) {
    raster.heights.push_back(static_cast<float>((i * 7919) % 5000));
  }
  raster.cell_width = raster.cell_height = 0.005;
  auto const path = stored(scratch, raster);
  auto const bytes = bytes_of(path);
  write_file_atomically(path, bytes.substr(0, bytes.size() * 3 / 5));
  auto const read = read_relief({path, kAll, kAll});
  ASSERT_TRUE(code(read) == "TW0408" || code(read) == "TW0401") << code(read);
}

TEST(Relief, OfNothingButVoidsIsRefused) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.heights.assign(12, kVoid);
  EXPECT_EQ(code(read_relief({stored(scratch, raster), kAll, kAll})), "TW0405");
}

TEST(Relief, KeepsVoidsAmongHeights) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.heights[5] = kVoid;
  auto const read = read_relief({stored(scratch, raster), kAll, kAll});
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(std::isnan(read->raster.heights[5]));
  EXPECT_EQ(read->raster.heights[6], 7.0F);
}

TEST(Relief, TakesUndeclaredNoDataForUnknownAndSaysSo) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.heights[0] = -9999;
  raster.heights[1] = 3.4e38F;
  auto const read = read_relief({stored(scratch, raster), kAll, kAll});
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(std::isnan(read->raster.heights[0]) && std::isnan(read->raster.heights[1]));
  ASSERT_EQ(read->warnings.size(), 1U);
  EXPECT_NE(read->warnings[0].what.find("2 cells"), std::string::npos);
}

TEST(Relief, RefusesHeightsNoGroundHas) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.heights[3] = 20000;
  EXPECT_EQ(code(read_relief({stored(scratch, raster), kAll, kAll})), "TW0406");
}

TEST(Relief, MustSayWhereItLiesAndInLongitudeAndLatitude) {
  ScratchFolder const scratch;
  auto const path = stored(scratch, drawn());
  auto const projected = changed(scratch, path, "-a_srs EPSG:32641");
  auto const read = read_relief({projected, kAll, kAll});
  EXPECT_EQ(code(read), "TW0403");
  EXPECT_NE(read.error()[0].remedy.find("gdalwarp"), std::string::npos);
  auto const unsaid = (scratch / "unsaid.asc").string();
  write_file_atomically(unsaid,
                        "ncols 2\nnrows 2\nxllcorner 60\nyllcorner 29\ncellsize 0.5\n1 2\n3 4\n");
  EXPECT_EQ(code(read_relief({unsaid, kAll, kAll})), "TW0403") << "an ASCII grid without .prj";
  auto const bare = (scratch / "bare.asc").string();
  write_file_atomically(bare, "P2\n2 2\n255\n1 2 3 4\n");
  EXPECT_EQ(code(read_relief({bare, kAll, kAll})), "TW0401") << "ASCII PGM is no raster of GDAL's";
  write_file_atomically((scratch / "bare.pgm").string(), "P5\n2 2\n255\n" + std::string(4, 'a'));
  EXPECT_EQ(code(read_relief({(scratch / "bare.pgm").string(), kAll, kAll})), "TW0402");
}

TEST(Relief, ConvertsFeetScaleAndOffset) {
  ScratchFolder const scratch;
  auto const path = stored(scratch, drawn());
  auto const read = read_relief({changed(scratch, path, "-a_scale 10 -a_offset 5"), kAll, kAll});
  ASSERT_TRUE(read.has_value());
  EXPECT_FLOAT_EQ(read->raster.heights[1], 25) << "2 x 10 + 5";
}

TEST(Relief, RefusesAPicture) {
  ScratchFolder const scratch;
  auto const path = stored(scratch, drawn());
  auto const rgb = changed(scratch, path, "-b 1 -b 1 -b 1 -ot Byte -a_nodata none");
  EXPECT_EQ(code(read_relief({rgb, kAll, kAll})), "TW0407");
}

TEST(Relief, TooLargeIsAveragedAndSaid) {
  ScratchFolder const scratch;
  auto raster = drawn();
  raster.heights[1] = kVoid;
  auto const read = read_relief({stored(scratch, raster), kAll, kAll, "", 3});
  ASSERT_TRUE(read.has_value());
  // 4 x 3 at one half: 2 x 1 cells, the last row dropped; means of (1, void, 5, 6) and (3, 4, 7,
  // 8).
  EXPECT_EQ(read->raster.heights, (std::vector<float>{4, 5.5}));
  EXPECT_EQ(read->raster.cell_width, 1.0);
  ASSERT_EQ(read->warnings.size(), 1U);
  EXPECT_EQ(read->warnings[0].code, "TW0409");
}

TEST(Relief, IsWrittenTheSameTwice) {
  ScratchFolder const scratch;
  auto const first = bytes_of(stored(scratch, drawn()));
  EXPECT_EQ(bytes_of(stored(scratch, drawn())), first);
}

TEST(BoxAround, IsNeverNarrowerThanTheMargin) {
  auto const box = box_around({{62, 29}, {64, 25}}, 70 * units::km);
  EXPECT_GE(terrain::geodesic_distance({62, 29}, {box.west, 29}).in(units::km), 70);
  EXPECT_GE(terrain::geodesic_distance({62, 29}, {62, box.north}).in(units::km), 70);
  EXPECT_GE(terrain::geodesic_distance({64, 25}, {64, box.south}).in(units::km), 70);
  EXPECT_LE(terrain::geodesic_distance({62, 29}, {box.west, 29}).in(units::km), 72);
}

TEST(Beside, NamesFilesFromTheProjectsFolder) {
  EXPECT_EQ(beside("/home/x/pasni.toml", "relief.tif"), "/home/x/relief.tif");
  EXPECT_EQ(beside("pasni.toml", "relief.tif"), "relief.tif");
  EXPECT_EQ(beside("/home/x/pasni.toml", "/data/relief.tif"), "/data/relief.tif");
  EXPECT_EQ(beside("a/pasni.toml", "/vsicurl/https://x/r.tif"), "/vsicurl/https://x/r.tif");
}

TEST(Relief, OfTheExampleIsRead) {
  auto const path = repository() / "examples/pasni/relief.tif";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "SKIPPED: the example is not there: " << path;
  }
  Box const pasni{61.6, 25.1, 67.4, 30};
  auto const read =
      read_relief({path.string(), box_around({{61.6, 25.1}, {67.4, 30}}, 70 * units::km), pasni});
  ASSERT_TRUE(read.has_value()) << read.error()[0].what;
  EXPECT_TRUE(read->raster.covers({63.48, 25.28}));
}

}  // namespace
}  // namespace tidewater::io
