#include "tidewater/train/line.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/train/rolling_stock.hpp"

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::km;
using units::m;

TEST(Line, StationsMakeStraightGradesBetweenThem) {
  std::array const stations{
      Station{0 * km, 100 * m}, Station{2 * km, 120 * m}, Station{5 * km, 105 * m}};
  auto const line = line_from_stations(stations, 60 * units::kmh);
  ASSERT_TRUE(line.has_value());
  ASSERT_EQ(line->sections.size(), 2U);
  EXPECT_DOUBLE_EQ(line->sections[0].grade, 0.01);
  EXPECT_DOUBLE_EQ(line->sections[1].grade, -0.005);
  EXPECT_DOUBLE_EQ(rise(*line, 1 * km).base(), 10);
  EXPECT_DOUBLE_EQ(rise(*line, 5 * km).base(), 5);
}

TEST(Line, EveryBadStationIsNamedAtOnce) {
  std::array const stations{Station{0 * km, 0 * m},
                            Station{0 * km, 1 * m},
                            Station{1 * km, 2 * m},
                            Station{1 * km, 3 * m}};
  auto const line = line_from_stations(stations, 60 * units::kmh, "/link/3/profile");
  ASSERT_FALSE(line.has_value());
  ASSERT_EQ(line.error().size(), 2U);
  EXPECT_EQ(line.error()[0].where, "/link/3/profile/1");
  EXPECT_EQ(line.error()[1].where, "/link/3/profile/3");
}

TEST(Line, ACliffAndANumberThatIsNoneAreRefused) {
  std::array const cliff{Station{0 * km, 0 * m}, Station{1 * km, 500 * m}};
  EXPECT_FALSE(line_from_stations(cliff, 60 * units::kmh).has_value());
  std::array const nothing{Station{0 * km, 0 * m}, Station{1 * km, Length{std::nan("")}}};
  EXPECT_FALSE(line_from_stations(nothing, 60 * units::kmh).has_value());
}

TEST(Line, ReversedSwapsUphillAndDownhillAndTheOrderOfThings) {
  Line const line = with_speed_limit(
      drawn::line("_//\\", 1 * km, 0.01), {.from = 0.5 * km, .to = 1 * km}, 40 * units::kmh);
  Line const back = reversed(line);
  Line const drawn = drawn::line("/\\\\_", 1 * km, 0.01);
  EXPECT_DOUBLE_EQ(back.length().base(), line.length().base());
  EXPECT_DOUBLE_EQ(rise(back, back.end).base(), -rise(line, line.end).base());
  for (double const x : {0.25, 1.25, 2.25, 3.25}) {
    EXPECT_DOUBLE_EQ(rise(back, x * km).base(), rise(drawn, x * km).base()) << x;
  }
  EXPECT_EQ(back.sections[3].speed_limit, 40 * units::kmh);
  EXPECT_EQ(reversed(back), line);
}

TEST(Line, ALowerLimitAlreadyThereStays) {
  Line line = drawn::line("____", 1 * km, 0);
  line = with_speed_limit(line, {.from = 1 * km, .to = 3 * km}, 30 * units::kmh);
  line = with_speed_limit(line, {.from = 0 * km, .to = 2.5 * km}, 50 * units::kmh);
  auto const limit_at = [&](double post) {
    Speed limit{};
    for (auto const& section : line.sections) {
      limit = section.from.in(km) <= post ? section.speed_limit : limit;
    }
    return std::round(limit.in(units::kmh));
  };
  EXPECT_EQ(limit_at(0.5), 50);
  EXPECT_EQ(limit_at(1.5), 30);
  EXPECT_EQ(limit_at(2.75), 30);
  EXPECT_EQ(limit_at(3.5), 80);
}

TEST(Curve, FiveDegreesTakeAFifthOfAPercentFromTheGrade) {
  // Published exam answer, broad gauge: 0.5 % less 5 x 0.04 % leaves 0.3 %, 1 in 333.
  double const left = 0.005 - curve_equivalent_grade(curvature_of_degree(5));
  EXPECT_NEAR(left, 0.003, 0.003 * 0.005);
  EXPECT_NEAR(1.0 / left, 333, 2);
}

TEST(Grade, OnePercentPulls98NewtonsOnATonne) {
  // 20 lb/short ton = 10 kgf/t = 98.07 N/t a per cent; a curve of one degree 0.8 lb/short ton.
  Force const percent = 0.01 * (Mass{1000} * kGravity);
  EXPECT_NEAR(percent.base(), 98.07, 0.005);
  Force const degree = curve_equivalent_grade(curvature_of_degree(1)) * (Mass{1000} * kGravity);
  EXPECT_NEAR(degree / percent, 0.8 / 20.0, 0.04 * 0.005);
}

TEST(RulingGrade, AShortPitchIsSharedByTheWholeTrain) {
  Line const line = drawn::line("_____//_____", 100 * m, 0.02);
  EXPECT_NEAR(ruling_grade(line, 100 * m).grade, 0.02, 1e-12);
  EXPECT_NEAR(ruling_grade(line, 400 * m).grade, 0.01, 1e-12);
  EXPECT_NEAR(ruling_grade(line, 400 * m).post.base(), 700, 200);
  EXPECT_EQ(ruling_grade(drawn::line("\\\\", 1 * km, 0.01), 400 * m).grade, 0);
}

}  // namespace
}  // namespace tidewater::train
