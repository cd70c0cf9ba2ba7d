#include "tidewater/base/piecewise.hpp"

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"

using tidewater::PiecewiseLinear;

TEST(PiecewiseLinear, RunsStraightBetweenPointsAndFlatBeyond) {
  PiecewiseLinear const ramp{{{0, 0}, {2, 10}, {4, 10}}};
  EXPECT_DOUBLE_EQ(ramp.at(-1), 0);
  EXPECT_DOUBLE_EQ(ramp.at(1), 5);
  EXPECT_DOUBLE_EQ(ramp.at(3), 10);
  EXPECT_DOUBLE_EQ(ramp.at(9), 10);
}

TEST(PiecewiseLinear, IntegralIsTheAreaUnderTheLines) {
  PiecewiseLinear const ramp{{{0, 0}, {2, 10}, {4, 10}}};
  EXPECT_DOUBLE_EQ(ramp.integral(0, 6), 10 + 20 + 20);
  EXPECT_DOUBLE_EQ(ramp.integral(1, 2), 7.5);
  EXPECT_DOUBLE_EQ(ramp.integral(2, 1), -7.5);
}

TEST(PiecewiseLinear, RefusesATableThatDoesNotIncrease) {
  EXPECT_THROW(PiecewiseLinear({{1, 0}, {1, 2}}), tidewater::ContractBroken);
}
