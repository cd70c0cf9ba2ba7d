// The package as ogrinfo and sqlite see it.

#include "tidewater/io/geopackage.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

#include <gtest/gtest.h>

#include "read_file.hpp"

namespace tidewater::io {
namespace {

std::string output_of(std::string const& command) {
  std::string out;
  auto* const pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (auto const count = fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.append(buffer.data(), count);
  }
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << out;
  return out;
}

GeoPackage small() {
  GeoPackage out;
  out.layers.push_back({.name = "alignment",
                        .description = "railways with their height",
                        .kind = LayerKind::kLineZ,
                        .columns = {{"link", ColumnKind::kText}, {"km", ColumnKind::kReal}},
                        .shapes = {{{62.05, 29.1, 900}, {62.8, 27.5, 640}, {63.48, 25.28, 4}}},
                        .rows = {{std::string{"reko_diq_pasni"}, 531.25}}});
  out.layers.push_back({.name = "sites",
                        .description = "",
                        .kind = LayerKind::kPoint,
                        .columns = {{"id", ColumnKind::kText}, {"jobs", ColumnKind::kWhole}},
                        .shapes = {{{62.05, 29.1, 0}}, {}},
                        .rows = {{std::string{"mine, \"Reko\" Diq"}, std::int64_t{4000}},
                                 {std::string{"somewhere"}, std::monostate{}}}});
  out.layers.push_back({.name = "zones",
                        .description = "",
                        .kind = LayerKind::kPolygon,
                        .columns = {{"name", ColumnKind::kText}},
                        .shapes = {{{62, 25, 0}, {63, 25, 0}, {63, 26, 0}}},
                        .rows = {{std::string{"park"}}}});
  out.tables.push_back(
      {.name = "kpi",
       .description = "indicators by option",
       .columns = {{"id", ColumnKind::kText}, {"value", ColumnKind::kReal}},
       .rows = {{std::string{"npv"}, -812.5}, {std::string{"irr"}, std::monostate{}}}});
  return out;
}

TEST(GeoPackage, OpensInOgrinfoWithItsLayersHeightsAndTables) {
  ScratchFolder const scratch;
  auto const path = (scratch / "pasni.gpkg").string();
  ASSERT_TRUE(write_geopackage(path, small()).has_value());
  EXPECT_EQ(scratch.entries(), 1U) << "no temporary, no journal";
  auto const list = output_of("ogrinfo -ro " + path);
  EXPECT_NE(list.find("alignment (3D Line String)"), std::string::npos) << list;
  EXPECT_NE(list.find("sites (Point)"), std::string::npos) << list;
  EXPECT_NE(list.find("zones (Polygon)"), std::string::npos) << list;
  EXPECT_NE(list.find("kpi (None)"), std::string::npos) << list;
  auto const line = output_of("ogrinfo -ro -al -geom=YES " + path + " alignment");
  EXPECT_NE(line.find("LINESTRING Z (62.05 29.1 900,62.8 27.5 640,63.48 25.28 4)"),
            std::string::npos)
      << line;
  EXPECT_NE(line.find("km (Real) = 531.25"), std::string::npos) << line;
  EXPECT_NE(line.find("WGS 84"), std::string::npos);
  auto const sites = output_of("ogrinfo -ro -al " + path + " sites");
  EXPECT_NE(sites.find("jobs (Integer64) = 4000"), std::string::npos) << sites;
  EXPECT_NE(sites.find("jobs (Integer64) = (null)"), std::string::npos) << sites;
  EXPECT_NE(sites.find("mine, \"Reko\" Diq"), std::string::npos) << sites;
  auto const kpi = output_of("ogrinfo -ro -al " + path + " kpi");
  EXPECT_NE(kpi.find("value (Real) = -812.5"), std::string::npos) << kpi;
  auto const zones = output_of("ogrinfo -ro -al " + path + " zones");
  EXPECT_NE(zones.find("POLYGON ((62 25,63 25,63 26,62 25))"), std::string::npos)
      << "closed: " << zones;
}

TEST(GeoPackage, HasTheSameBytesAtAnyTimeOfDay) {
  ScratchFolder const scratch;
  auto const first = (scratch / "a.gpkg").string();
  auto const second = (scratch / "b.gpkg").string();
  ASSERT_TRUE(write_geopackage(first, small()).has_value());
  std::this_thread::sleep_for(std::chrono::milliseconds{1100});  // its clock counts in seconds
  ASSERT_TRUE(write_geopackage(second, small()).has_value());
  EXPECT_EQ(bytes_of(first), bytes_of(second));
}

TEST(GeoPackage, ReplacesAnOlderOneWhole) {
  ScratchFolder const scratch;
  auto const path = (scratch / "a.gpkg").string();
  ASSERT_TRUE(write_geopackage(path, small()).has_value());
  GeoPackage fewer;
  fewer.tables.push_back(
      {.name = "only", .description = "", .columns = {{"a", ColumnKind::kWhole}}, .rows = {}});
  ASSERT_TRUE(write_geopackage(path, fewer).has_value());
  EXPECT_EQ(output_of("ogrinfo -ro -q " + path).find("alignment"), std::string::npos);
}

TEST(GeoPackage, RefusesWhatItCannotHoldAndWritesNothing) {
  ScratchFolder const scratch;
  auto const path = (scratch / "a.gpkg").string();
  auto const faults = [&](auto const& spoil) {
    auto package = small();
    spoil(package);
    auto const written = write_geopackage(path, package);
    EXPECT_EQ(scratch.entries(), 0U);
    return written ? 0U : written.error().size();
  };
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].rows[0].pop_back(); }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].rows[0][1] = std::int64_t{1}; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].rows[0][1] = NAN; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].name = "ALIGNMENT"; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].name = "gpkg_contents"; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.tables[0].columns[0].name = "a\" TEXT); --"; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.layers[0].columns[0].name = "geom"; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.layers[0].shapes[0].resize(1); }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) { p.layers[0].shapes[0][1][2] = INFINITY; }), 1U);
  EXPECT_EQ(faults([](GeoPackage& p) {
              p.layers[0].shapes.clear();
              p.tables[0].name = "";
            }),
            2U)
      << "all faults at once";
}

TEST(GeoPackage, ThrowsWhenThereIsNoFolder) {
  EXPECT_THROW(static_cast<void>(write_geopackage("/no/such/folder/a.gpkg", small())), Error);
}

}  // namespace
}  // namespace tidewater::io
