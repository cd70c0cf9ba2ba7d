#include "tidewater/project/fields.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace tidewater::project {
namespace {

struct Row {
  SpreadKind kind;
  std::vector<double> numbers;
  double median;
  double tolerance;
  char const* reason;
};

// By hand from the distribution functions.
std::vector<Row> const kRows{
    {SpreadKind::kUniform, {2, 6}, 4, 0, "the middle"},
    {SpreadKind::kTriangular, {0, 5, 10}, 5, 1e-12, "symmetric: the mode"},
    {SpreadKind::kTriangular,
     {0, 0, 1},
     1 - std::sqrt(0.5),
     1e-12,
     "falling: 1 - F = (1-x)^2 = 1/2"},
    {SpreadKind::kTriangular, {0, 1, 1}, std::sqrt(0.5), 1e-12, "rising: F = x^2 = 1/2"},
    {SpreadKind::kTriangular, {3, 3, 3}, 3, 0, "no width"},
    {SpreadKind::kPert, {0, 5, 10}, 5, 1e-12, "symmetric"},
    // Beta(1, 5): 1 - F = (1-x)^5 = 1/2 -> x = 0.129449; Kerman's form is within 1 % of the range.
    {SpreadKind::kPert, {0, 0, 1}, 0.129449, 0.01, "mode at the low end"},
    {SpreadKind::kPert, {4, 4, 4}, 4, 0, "no width"},
    {SpreadKind::kNormal, {7, 2}, 7, 0, "symmetric"},
    {SpreadKind::kLognormal, {7, 0.5}, 7, 0, "stated by its median"},
    {SpreadKind::kDiscrete, {9, 1, 5}, 5, 0, "the middle of three, in any order"},
    {SpreadKind::kDiscrete, {1, 2, 3, 4}, 2, 0, "the lower of the middle two: a stated value"},
    {SpreadKind::kPercentiles, {1, 4, 20}, 4, 0, "P50 is stated"},
};

TEST(Median, IsTheValueHalfTheFuturesStayBelow) {
  for (auto const& row : kRows) {
    EXPECT_NEAR(median({row.kind, row.numbers}), row.median, row.tolerance)
        << name(row.kind) << ": " << row.reason;
  }
}

TEST(Median, OfATriangleIsWhereItsAreaHalves) {
  // Whatever the mode, F(median) = 1/2 with F from the two parabolas of the triangle.
  for (double mode : {0.0, 0.1, 0.3, 0.5, 0.7, 0.95, 1.0}) {
    double const m = median({SpreadKind::kTriangular, {0, mode, 1}});
    double const below = m <= mode ? m * m / mode : 1 - (1 - m) * (1 - m) / (1 - mode);
    EXPECT_NEAR(below, 0.5, 1e-12) << "mode " << mode;
  }
}

TEST(Reference, WritesThroughToAnInputOfAnyDimension) {
  Input<MoneyPerLength> rate{3.0 * units::usd / units::m};
  auto const number = ref(rate);
  EXPECT_EQ(number.dimension, (Dimension{-1, 0, 0, 1}));
  *number.value = 5;
  number.origin->status = Status::kSourced;
  EXPECT_DOUBLE_EQ(rate.value.in(units::usd / units::m), 5);
  EXPECT_EQ(rate.origin.status, Status::kSourced);
}

TEST(Names, AreTheWordsOfTheProjectFile) {
  EXPECT_EQ(name(Status::kDerived), "derived");
  EXPECT_EQ(name(SpreadKind::kPercentiles), "percentiles");
  EXPECT_EQ(name(Referent::kOption), "option");
}

}  // namespace
}  // namespace tidewater::project
