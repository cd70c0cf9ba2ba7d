// The clothoid against textbook series and brute-force sums.

#include "spiral.hpp"

#include <cmath>

#include <gtest/gtest.h>

using namespace tidewater::route;
using tidewater::terrain::PlanePoint;

TEST(Spiral, HasTheShiftAndTangentExtensionOfTheTextbooks) {
  // T. F. Hickerson, Route Location and Design, the spiral in series of L / R:
  // p = L^2/24R - L^4/2688R^3, k = L/2 - L^3/240R^2 + L^5/34560R^4, end angle L/2R.
  double const length = 100;
  double const radius = 500;
  auto const s = spiral(length, radius);
  EXPECT_NEAR(s.shift, 0.833333 - 0.000298, 1e-6);
  EXPECT_NEAR(s.extension, 50 - 0.016667 + 0.000005, 1e-6);
  EXPECT_DOUBLE_EQ(s.angle, 0.1);
}

TEST(Spiral, OfLengthNothingIsNothing) {
  auto const s = spiral(0, 400);
  EXPECT_EQ(s.shift, 0);
  EXPECT_EQ(s.extension, 0);
}

TEST(Spiral, KeepsItsDigitsWhenItIsVeryFlat) {
  auto const s = spiral(0.02, 1e6);  // p = 1.7e-11 m: twenty digits below the radius
  EXPECT_NEAR(s.shift / (0.02 * 0.02 / 24e6), 1, 1e-3);
}

TEST(Clothoid, EndsWhereTheUnitClothoidEnds) {
  // A = 1, L = 1: x = 1 - 1/40 + 1/3456 - 1/599040, y = 1/6 - 1/336 + 1/42240 - 1/9676800.
  auto const end = clothoid_point({0, 0}, 0, 0, 1, 1);
  EXPECT_NEAR(end.x, 0.9752877, 1e-7);
  EXPECT_NEAR(end.y, 0.1637140, 1e-7);
}

TEST(Clothoid, IsTheSumOfItsSteps) {
  // From R = 600 left to R = 300 right, 900 m: steps of 5 mm by the midpoint rule, error 1e-8 m.
  double const curvature = 1.0 / 600;
  double const sharpening = (-1.0 / 300 - 1.0 / 600) / 900;
  PlanePoint sum{};
  int const steps = 180'000;
  for (int i = 0; i < steps; ++i) {
    double const s = 900 * (i + 0.5) / steps;
    double const heading = 0.3 + s * (curvature + sharpening * s / 2);
    sum.x += 900.0 / steps * std::cos(heading);
    sum.y += 900.0 / steps * std::sin(heading);
  }
  auto const end = clothoid_point({0, 0}, 0.3, curvature, sharpening, 900);
  EXPECT_NEAR(end.x, sum.x, 1e-6);
  EXPECT_NEAR(end.y, sum.y, 1e-6);
}

TEST(Clothoid, WithoutSharpeningIsACircle) {
  auto const quarter = clothoid_point({10, 20}, 0, 1.0 / 400, 0, 400 * std::acos(0.0));
  EXPECT_NEAR(quarter.x, 410, 1e-9);
  EXPECT_NEAR(quarter.y, 420, 1e-9);
}
