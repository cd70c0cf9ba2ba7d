#include "tidewater/terrain/zones.hpp"

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"

using namespace tidewater;
using terrain::Access;
using terrain::Zone;
using terrain::ZoneKind;

namespace {

terrain::Grid const& plain() {
  static terrain::Grid const grid = drawn::grid("..........", 500 * units::m, {}, 10);
  return grid;  // 100 x 10 cells
}

Zone zone(ZoneKind kind, terrain::Cell first, terrain::Cell last, double factor = 1) {
  return {.name = "z",
          .kind = kind,
          .polygon = drawn::box(plain().frame(), first, last),
          .factor = factor};
}

}  // namespace

TEST(ZoneMap, TakesExactlyTheCellsWithinABox) {
  auto const map = terrain::zone_map(plain().frame(), {zone(ZoneKind::kFactor, {3, 2}, {5, 4}, 2)});
  ASSERT_TRUE(map.has_value());
  int cells = 0;
  for (std::size_t i = 0; i < plain().frame().size(); ++i) {
    auto const c = plain().frame().cell_at(i);
    bool const inside = c.column >= 3 && c.column <= 5 && c.row >= 2 && c.row <= 4;
    EXPECT_EQ(map->factor_at(i), inside ? 2.0 : 1.0) << c.column << ' ' << c.row;
    cells += map->factor_at(i) == 2.0 ? 1 : 0;
  }
  EXPECT_EQ(cells, 9);
}

TEST(ZoneMap, MultipliesOverlappingFactorsAndLetsForbiddenWin) {
  auto const map = terrain::zone_map(plain().frame(),
                                     {zone(ZoneKind::kFactor, {0, 0}, {5, 5}, 2),
                                      zone(ZoneKind::kStructureOnly, {2, 2}, {9, 9}, 1.5),
                                      zone(ZoneKind::kForbidden, {4, 4}, {4, 4})});
  ASSERT_TRUE(map.has_value());
  auto const at = [&](int column, int row) { return plain().frame().index({column, row}); };
  EXPECT_EQ(map->factor_at(at(3, 3)), 3.0);
  EXPECT_EQ(map->access_at(at(3, 3)), Access::kStructureOnly);
  EXPECT_EQ(map->access_at(at(4, 4)), Access::kForbidden);
  EXPECT_EQ(map->access_at(at(0, 0)), Access::kOpen);
}

TEST(ZoneMap, AForbiddenStripThinnerThanACellLeavesNoGap) {
  // A sliver 50 m wide that runs slantwise between the middles of cells.
  auto const& frame = plain().frame();
  Zone strip{.name = "strip", .kind = ZoneKind::kForbidden};
  strip.polygon = {frame.lon_lat({20.3, -0.4}),
                   frame.lon_lat({20.4, -0.4}),
                   frame.lon_lat({27.4, 9.4}),
                   frame.lon_lat({27.3, 9.4})};
  auto const map = terrain::zone_map(frame, {strip});
  ASSERT_TRUE(map.has_value());
  for (int row = 0; row < 10; ++row) {
    int closed = 0;
    for (int column = 0; column < 100; ++column) {
      closed += map->access_at(frame.index({column, row})) == Access::kForbidden ? 1 : 0;
    }
    EXPECT_GE(closed, 1) << row;
  }
}

TEST(ZoneMap, ALineTakesEveryCellItTouchesAndNoneBesideIt) {
  auto const& frame = plain().frame();
  Zone river{.name = "river", .kind = ZoneKind::kStructureOnly};
  river.line = {frame.lon_lat({20.0, 0.0}), frame.lon_lat({26.0, 6.0}), frame.lon_lat({30.0, 6.0})};
  auto const map = terrain::zone_map(frame, {river});
  ASSERT_TRUE(map.has_value());
  auto const is_wet = [&](int column, int row) {
    return map->access_at(frame.index({column, row})) == Access::kStructureOnly;
  };
  int cells = 0;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    cells += map->access[i] == Access::kStructureOnly ? 1 : 0;
  }
  // Down the diagonal through the corners of cells, and one neighbour of every corner: nothing
  // slips through between two of them. The line is not closed back to its beginning.
  for (int k = 0; k < 6; ++k) {
    EXPECT_TRUE(is_wet(20 + k, k)) << k;
    EXPECT_TRUE(is_wet(20 + k, k + 1) || is_wet(20 + k + 1, k)) << k;
  }
  EXPECT_TRUE(is_wet(26, 6));
  EXPECT_TRUE(is_wet(30, 6));
  EXPECT_FALSE(is_wet(25, 3));
  EXPECT_EQ(cells, 7 + 6 + 4);
}

TEST(ZoneMap, ALineOfAFactorActsOnWhatItTouches) {
  auto const& frame = plain().frame();
  Zone fence{.name = "fence", .kind = ZoneKind::kFactor, .factor = 2};
  fence.line = {frame.lon_lat({40.2, 1.2}), frame.lon_lat({40.2, 3.2})};
  auto const map = terrain::zone_map(frame, {fence});
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(map->factor_at(frame.index({40, 2})), 2.0);
  EXPECT_EQ(map->factor_at(frame.index({41, 2})), 1.0);
  EXPECT_EQ(map->factor_at(frame.index({40, 5})), 1.0);
  EXPECT_EQ(terrain::zones_on(*map, frame, {40, 3}), (std::vector<std::string>{"fence"}));
}

TEST(ZoneMap, NamesTheZonesOnACellByTheSameRule) {
  auto a = zone(ZoneKind::kFactor, {0, 0}, {5, 5}, 2);
  auto b = zone(ZoneKind::kForbidden, {3, 3}, {9, 9});
  a.name = "dunes";
  b.name = "park";
  auto const map = terrain::zone_map(plain().frame(), {a, b});
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(terrain::zones_on(*map, plain().frame(), {4, 4}),
            (std::vector<std::string>{"dunes", "park"}));
  EXPECT_EQ(terrain::zones_on(*map, plain().frame(), {8, 8}), (std::vector<std::string>{"park"}));
  EXPECT_TRUE(terrain::zones_on(*map, plain().frame(), {50, 5}).empty());
}

TEST(ZoneMap, WarnsOfAZoneThatActsOnNoCell) {
  auto const& frame = plain().frame();
  Zone far{.name = "far", .kind = ZoneKind::kForbidden, .polygon = {{10, 10}, {11, 10}, {10, 11}}};
  auto const map = terrain::zone_map(frame, {far});
  ASSERT_TRUE(map.has_value());
  ASSERT_EQ(map->warnings.size(), 1U);
  EXPECT_NE(map->warnings[0].what.find("\"far\""), std::string::npos);
}

TEST(ZoneMap, RefusesPolygonsAndFactorsThatMeanNothing) {
  Zone line{.name = "line", .kind = ZoneKind::kForbidden, .polygon = {{63, 26}, {63.1, 26}}};
  auto negative = zone(ZoneKind::kFactor, {0, 0}, {5, 5}, -2);
  Zone both = zone(ZoneKind::kFactor, {0, 0}, {5, 5});
  both.line = line.polygon;
  Zone dot{.name = "dot", .kind = ZoneKind::kForbidden, .line = {{63, 26}}};
  auto const map = terrain::zone_map(plain().frame(), {line, negative, both, dot});
  ASSERT_FALSE(map.has_value());
  EXPECT_EQ(map.error().size(), 4U);
}
