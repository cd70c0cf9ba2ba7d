#include "tidewater/futures/summary.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tidewater::futures;

namespace {
double const kNan = std::numeric_limits<double>::quiet_NaN();
double const kInfinity = std::numeric_limits<double>::infinity();
}  // namespace

// R: quantile(c(1, 2, 3, 4), c(.05, .5, .95)) gives 1.15, 2.5, 3.85.
TEST(Summary, InterpolatesQuantilesAsType7Does) {
  auto const found = summarise(std::array{4.0, 1.0, 3.0, 2.0}).value();
  EXPECT_DOUBLE_EQ(found.p5, 1.15);
  EXPECT_DOUBLE_EQ(found.p50, 2.5);
  EXPECT_DOUBLE_EQ(found.p95, 3.85);
  EXPECT_DOUBLE_EQ(found.mean, 2.5);
  EXPECT_DOUBLE_EQ(found.sd, std::sqrt(5.0 / 3));
}

TEST(Summary, TakesTheEndsAtZeroAndOne) {
  std::array const sorted{1.0, 5.0, 9.0};
  EXPECT_EQ(sorted_quantile(sorted, 0), 1);
  EXPECT_EQ(sorted_quantile(sorted, 1), 9);
  EXPECT_EQ(sorted_quantile(sorted, 0.75), 7);
}

TEST(Summary, CountsFailedRunsInsteadOfBecomingNaN) {
  auto const found = summarise(std::array{1.0, kNan, 3.0, kInfinity}).value();
  EXPECT_EQ(found.used, 2U);
  EXPECT_EQ(found.dropped, 2U);
  EXPECT_DOUBLE_EQ(found.mean, 2);
}

TEST(Summary, IsNoneWhenNoRunSucceeded) {
  EXPECT_FALSE(summarise(std::array{kNan, kNan}).has_value());
  EXPECT_FALSE(summarise({}).has_value());
}

TEST(Summary, OfOneValueHasNoSpread) {
  auto const found = summarise(std::array{3.0}).value();
  EXPECT_EQ(found.sd, 0);
  EXPECT_EQ(found.p5, 3);
  EXPECT_EQ(found.p95, 3);
}

// Cancellation: a spread of 1 on top of 1e12 dollars.
TEST(Summary, KeepsASmallSpreadOnALargeSum) {
  auto const found = summarise(std::array{1e12 - 1, 1e12, 1e12 + 1}).value();
  EXPECT_DOUBLE_EQ(found.sd, 1);
}

// Differences 1..5: mean 3, sd sqrt(2.5), t(0.975; 4) = 2.7764451051977987.
TEST(PairedDifference, HasTheStudentIntervalOfTheMean) {
  auto const found = paired_difference(std::array{11.0, 22.0, 33.0, 44.0, 55.0},
                                       std::array{10.0, 20.0, 30.0, 40.0, 50.0})
                         .value();
  double const half = 2.7764451051977987 * std::sqrt(2.5) / std::sqrt(5.0);
  EXPECT_DOUBLE_EQ(found.difference.mean, 3);
  EXPECT_NEAR(found.mean_low, 3 - half, 1e-12);
  EXPECT_NEAR(found.mean_high, 3 + half, 1e-12);
  EXPECT_EQ(found.share_positive, 1);
  EXPECT_FALSE(found.within_noise());
}

TEST(PairedDifference, SeesASmallDifferenceUnderALargeCommonSwing) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 50; ++i) {
    double const common = 1000 * std::sin(i);
    b.push_back(common);
    a.push_back(common + 1 + 0.1 * std::cos(3 * i));
  }
  auto const paired = paired_difference(a, b).value();
  EXPECT_FALSE(paired.within_noise());
  EXPECT_LT(paired.difference.p95 - paired.difference.p5, 0.3);
  EXPECT_GT(summarise(a)->p95 - summarise(a)->p5, 1000);
}

TEST(PairedDifference, CallsEqualOptionsWithinNoise) {
  std::array const same{3.0, 1.0, 2.0};
  auto const found = paired_difference(same, same).value();
  EXPECT_TRUE(found.within_noise());
  EXPECT_EQ(found.share_positive, 0.5);
  EXPECT_EQ(found.difference.mean, 0);
}

TEST(PairedDifference, DropsAFutureThatFailedUnderEitherOption) {
  auto const found =
      paired_difference(std::array{1.0, kNan, 3.0, 4.0}, std::array{0.0, 0.0, kNan, 1.0}).value();
  EXPECT_EQ(found.difference.used, 2U);
  EXPECT_EQ(found.difference.dropped, 2U);
  EXPECT_DOUBLE_EQ(found.difference.mean, 2);
}

TEST(PairedDifference, OfOnePairIsAlwaysWithinNoise) {
  auto const found = paired_difference(std::array{5.0}, std::array{1.0}).value();
  EXPECT_TRUE(found.within_noise());
  EXPECT_EQ(found.mean_high, kInfinity);
}

RC_GTEST_PROP(PairedDifference, TurnsItsSignWithTheOrderOfTheOptions, (std::vector<int> raw)) {
  RC_PRE(raw.size() >= 2U);
  std::vector<double> a(raw.begin(), raw.end());
  std::vector<double> b(a.rbegin(), a.rend());
  auto const forth = paired_difference(a, b).value();
  auto const back = paired_difference(b, a).value();
  RC_ASSERT(forth.difference.mean == -back.difference.mean);
  RC_ASSERT(forth.mean_low == -back.mean_high);
  RC_ASSERT(std::abs(forth.share_positive + back.share_positive - 1) < 1e-12);
}
