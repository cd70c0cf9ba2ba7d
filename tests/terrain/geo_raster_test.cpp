#include "tidewater/terrain/geo_raster.hpp"

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"

using namespace tidewater;
using terrain::LonLat;

TEST(GeodesicDistance, AgreesWithTheEllipsoidOnOneDegreeOfEquatorAndMeridian) {
  // WGS 84: a * pi / 180 along the equator; the meridian quadrant is 10 001 965.729 m.
  EXPECT_NEAR(terrain::geodesic_distance({0, 0}, {1, 0}).in(units::m), 111'319.4908, 1e-3);
  EXPECT_NEAR(terrain::geodesic_distance({0, 0}, {0, 90}).in(units::m), 10'001'965.729, 1e-2);
}

TEST(GeodesicDistance, PutsRekoDiqAbout450KilometresFromPasni) {
  EXPECT_NEAR(terrain::geodesic_distance({62.05, 29.10}, {63.48, 25.26}).in(units::km), 450, 2);
}

TEST(LonLat, IsWrittenWithItsHemispheres) {
  EXPECT_EQ(terrain::text({-63.5, 25.26}), "63.500 W 25.260 N");
}

TEST(Thinned, AveragesWholeBlocksAndLeavesVoidsOut) {
  auto const thin = terrain::thinned(drawn::raster(R"(
      0022?
      00?2?
      44??9
      44??9 )",
                                                   {.step = 1, .base = 0}),
                                     2);
  ASSERT_EQ(thin.columns, 1);  // 5 columns need blocks of 3 to fit in 2
  ASSERT_EQ(thin.rows, 1);
  EXPECT_FLOAT_EQ(thin.heights[0], (0 + 0 + 2 + 0 + 0 + 4 + 4) / 7.0F);
  EXPECT_DOUBLE_EQ(thin.cell_width, 0.03);
}

TEST(Thinned, KeepsARasterThatIsNarrowEnough) {
  auto const raster = drawn::raster("012\n345");
  EXPECT_EQ(terrain::thinned(raster, 3), raster);
}

TEST(Hillshade, LightsSlopesThatFaceTheNorthWest) {
  auto const facing = terrain::hillshade(drawn::raster("012\n123\n234", {.step = 300}), 1);
  auto const averted = terrain::hillshade(drawn::raster("432\n321\n210", {.step = 300}), 1);
  auto const flat = terrain::hillshade(drawn::raster("...\n...\n..."), 1);
  EXPECT_EQ(flat[4], 180);  // 255 / sqrt 2
  EXPECT_GT(facing[4], flat[4]);
  EXPECT_LT(averted[4], flat[4]);
}
