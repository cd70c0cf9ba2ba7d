#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tidewater/terrain/grid.hpp"

#include "drawn_terrain.hpp"

using namespace tidewater;
using terrain::GridRequest;
using terrain::GridSite;
using terrain::Ground;
using terrain::Shore;

namespace {

/// A raster 40 x 40 of 0.01 degrees whose height is `at(lon, lat)`.
template <class F>
terrain::GeoRaster shaped(F at) {
  terrain::GeoRaster r{.north_west = {63, 26},
                       .cell_width = 0.01,
                       .cell_height = 0.01,
                       .columns = 40,
                       .rows = 40,
                       .heights = {},
                       .source = "shaped"};
  for (int row = 0; row < r.rows; ++row) {
    for (int column = 0; column < r.columns; ++column) {
      r.heights.push_back(
          static_cast<float>(at(63 + 0.01 * (column + 0.5), 26 - 0.01 * (row + 0.5))));
    }
  }
  return r;
}

GridRequest request(std::vector<GridSite> sites) {
  return {.sites = std::move(sites), .margin = 3 * units::km};
}

GridSite site(std::string name, double lon, double lat, Shore shore = Shore::kInland) {
  return {.name = std::move(name), .at = {lon, lat}, .shore = shore};
}

}  // namespace

TEST(MetricGrid, ReadsATiltedPlaneBackAtEverySite) {
  auto const plane = [](double lon, double lat) {
    return 100 + 1000 * (lon - 63) + 500 * (26 - lat);
  };
  for (auto const method : {terrain::Resampling::kBilinear, terrain::Resampling::kBicubic}) {
    auto q = request({site("a", 63.1, 25.9), site("b", 63.3, 25.7)});
    q.resampling = method;
    auto const grid = terrain::metric_grid(shaped(plane), q);
    ASSERT_TRUE(grid.has_value());
    for (auto const& s : q.sites) {
      EXPECT_NEAR(grid->height(grid->frame().place(s.at)), plane(s.at.lon, s.at.lat), 0.05);
    }
    EXPECT_EQ(grid->report().void_cells, 0U);
  }
}

TEST(MetricGrid, ConvertsPlacesToCellsAndBackToACentimetre) {
  auto const grid = terrain::metric_grid(shaped([](double, double) { return 50.0; }),
                                         request({site("a", 63.1, 25.9), site("b", 63.3, 25.7)}));
  ASSERT_TRUE(grid.has_value());
  terrain::LonLat const at{63.234, 25.777};
  auto const back = grid->frame().lon_lat(grid->frame().place(at));
  EXPECT_LT(terrain::geodesic_distance(at, back).in(units::m), 0.01);
}

TEST(MetricGrid, KeepsLengthsToItsStatedScaleError) {
  auto const grid = terrain::metric_grid(shaped([](double, double) { return 50.0; }),
                                         request({site("a", 63.1, 25.9), site("b", 63.3, 25.7)}));
  ASSERT_TRUE(grid.has_value());
  auto const a = grid->frame().place({63.1, 25.9});
  auto const b = grid->frame().place({63.3, 25.7});
  double const plane =
      std::hypot(a.column - b.column, a.row - b.row) * grid->frame().cell.in(units::m);
  double const ground = terrain::geodesic_distance({63.1, 25.9}, {63.3, 25.7}).in(units::m);
  EXPECT_NEAR(plane / ground, 1, grid->report().largest_scale_error + 1e-7);
  EXPECT_LT(grid->report().largest_scale_error, 1e-4);
  EXPECT_EQ(grid->frame().projection.text(),
            "Lambert conformal conic on WGS 84, central meridian 63.2 E, standard parallels 25.7 N "
            "and 25.9 N");
}

TEST(MetricGrid, NamesEverySiteOffTheRasterWithAPlaceAndARemedy) {
  auto q =
      request({site("mine", 62.05, 29.10), site("hub", 63.2, 25.8), site("port", 63.48, 25.26)});
  q.sites[2].where = "/site/pasni/at";
  auto const grid = terrain::metric_grid(shaped([](double, double) { return 50.0; }), q);
  ASSERT_FALSE(grid.has_value());
  ASSERT_EQ(grid.error().size(), 2U);
  EXPECT_EQ(grid.error()[0].where, "/site/0/at");
  EXPECT_NE(grid.error()[0].what.find("\"mine\" at 62.050 E 29.100 N lies off"), std::string::npos);
  EXPECT_EQ(grid.error()[1].where, "/site/pasni/at");
  EXPECT_FALSE(grid.error()[1].remedy.empty());
}

TEST(MetricGrid, RefusesARasterThatKnowsNothing) {
  auto const nothing = shaped([](double, double) { return std::nan(""); });
  auto const grid = terrain::metric_grid(nothing, request({site("a", 63.1, 25.9)}));
  ASSERT_FALSE(grid.has_value());
  EXPECT_NE(grid.error()[0].what.find("all 1600 cells are void"), std::string::npos);
}

TEST(MetricGrid, NamesAllFaultsOfARequestAtOnce) {
  GridRequest q{.sites = {}, .margin = -1 * units::m, .cell = Length{std::nan("")}};
  auto const grid = terrain::metric_grid(shaped([](double, double) { return 1.0; }), q);
  ASSERT_FALSE(grid.has_value());
  EXPECT_EQ(grid.error().size(), 3U);
}

TEST(MetricGrid, SaysWhichCellFitsWhenTheGridIsTooLarge) {
  auto q = request({site("a", 63.1, 25.9), site("b", 63.3, 25.7)});
  q.max_cells = 1000;
  auto const large = terrain::metric_grid(shaped([](double, double) { return 1.0; }), q);
  ASSERT_FALSE(large.has_value());
  EXPECT_NE(large.error()[0].remedy.find("cells of at least"), std::string::npos);
}

TEST(MetricGrid, FillsSmallHolesOnTheSurfaceAndCountsThem) {
  auto const plane = [](double lon, double lat) {
    return 100 + 1000 * (lon - 63) + 500 * (26 - lat);
  };
  auto raster = shaped(plane);
  for (int row = 18; row < 21; ++row) {
    for (int column = 18; column < 22; ++column) {
      raster.heights[static_cast<std::size_t>(row * 40 + column)] = std::nanf("");
    }
  }
  auto const grid = terrain::metric_grid(raster, request({site("a", 63.2, 25.8)}));
  ASSERT_TRUE(grid.has_value());
  EXPECT_EQ(grid->report().voids_filled, 12U);
  EXPECT_EQ(grid->report().voids_left, 0U);
  // The rim lies on a plane, and a surface without extrema of its own through it is that plane.
  EXPECT_NEAR(grid->height(grid->frame().place({63.2, 25.805})), plane(63.2, 25.805), 1.0);
}

TEST(MetricGrid, LeavesLargeHolesVoidAndRefusesASiteInOne) {
  auto raster =
      shaped([](double lon, double) { return lon > 63.1 && lon < 63.3 ? std::nan("") : 40.0; });
  auto q = request({site("in", 63.2, 25.8), site("out", 63.35, 25.8)});
  auto const grid = terrain::metric_grid(raster, q);
  ASSERT_FALSE(grid.has_value());
  ASSERT_EQ(grid.error().size(), 1U);
  EXPECT_NE(grid.error()[0].what.find("\"in\""), std::string::npos);
  q.sites.erase(q.sites.begin());
  auto const around = terrain::metric_grid(raster, q);
  ASSERT_TRUE(around.has_value());
  EXPECT_EQ(around->report().voids_left, 20U * 40U);
}

TEST(MetricGrid, TellsTheSeaFromABasinBelowSeaLevel) {
  auto const raster = shaped([](double lon, double lat) {
    bool const in_basin = std::hypot(lon - 63.2, lat - 25.9) < 0.03;
    return lat < 25.7 ? -30.0 : in_basin ? -20.0 : 30.0;
  });
  auto q = request({site("basin", 63.2, 25.9), site("quay", 63.2, 25.69, Shore::kPort)});
  q.margin = 15 * units::km;
  auto const grid = terrain::metric_grid(raster, q);
  ASSERT_TRUE(grid.has_value());
  auto const ground = [&](double lon, double lat) {
    return grid->ground(grid->frame().nearest(grid->frame().place({lon, lat})));
  };
  EXPECT_EQ(ground(63.2, 25.9), Ground::kLand);
  EXPECT_EQ(ground(63.2, 25.69), Ground::kPortApproach);
  EXPECT_EQ(grid->height(grid->frame().place({63.2, 25.69})), 0);
  EXPECT_EQ(ground(63.09, 25.69), Ground::kSea);  // 11 km from the port
  EXPECT_GT(grid->report().approach_cells, 0U);
}

TEST(MetricGrid, RefusesAnInlandSiteAtSeaAndAPortFarFromLand) {
  auto const raster = shaped([](double, double lat) { return lat < 25.9 ? -30.0 : 30.0; });
  auto const grid = terrain::metric_grid(
      raster, request({site("town", 63.2, 25.85), site("island", 63.2, 25.7, Shore::kPort)}));
  ASSERT_FALSE(grid.has_value());
  ASSERT_EQ(grid.error().size(), 2U);
  EXPECT_NE(grid.error()[0].what.find("lies at sea"), std::string::npos);
  EXPECT_NE(grid.error()[1].what.find("has no land within 6.1 km"), std::string::npos);
}

TEST(MetricGrid, SmoothingFlattensABumpAndKeepsAPlain) {
  auto const bump = shaped([](double lon, double lat) {
    return std::hypot(lon - 63.2, lat - 25.8) < 0.011 ? 100.0 : 10.0;
  });
  auto q = request({site("a", 63.2, 25.8)});
  q.margin = 8 * units::km;
  double const raw = terrain::metric_grid(bump, q)->height({16, 16});
  q.smoothing = 1 * units::km;
  auto const grid = terrain::metric_grid(bump, q);
  double const smoothed = grid->height({16, 16});
  EXPECT_GT(raw, 95);
  EXPECT_LT(smoothed, 70);
  EXPECT_GT(smoothed, 10);
  EXPECT_NEAR(grid->height({1, 1}), 10, 0.5);
}
