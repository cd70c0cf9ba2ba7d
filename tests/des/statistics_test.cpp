#include "tidewater/des/statistics.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"

using namespace tidewater::des;
using tidewater::Stream;
using tidewater::Streams;

// Level 2 for 3, 5 for 1, 0 for 6: mean 11/10, mean square (12 + 25)/10.
TEST(TimeWeighted, WeighsLevelsByTheirTime) {
  TimeWeighted level{2, 10};
  level.set(13, 5);
  level.add(14, -5);
  EXPECT_DOUBLE_EQ(level.mean(20), 1.1);
  EXPECT_DOUBLE_EQ(level.variance(20), 3.7 - 1.21);
  EXPECT_EQ(level.least(), 0);
  EXPECT_EQ(level.most(), 5);
}

TEST(TimeWeighted, KeepsItsLevelWhenItsPastIsForgotten) {
  TimeWeighted level{4, 0};
  level.set(10, 7);
  level.reset(20);
  EXPECT_DOUBLE_EQ(level.mean(25), 7);
  EXPECT_EQ(level.least(), 7);
  EXPECT_TRUE(std::isnan(level.mean(20)));  // no time has passed
}

// 1, 2, 3, 4, 10: mean 4, sum of squares 50, type 7 quantiles as in R.
TEST(Tally, GivesMomentsAndQuantiles) {
  Tally tally{Tally::Keep::kSample};
  for (double const x : {3.0, 1.0, 10.0, 2.0, 4.0}) {
    tally.add(x);
  }
  EXPECT_DOUBLE_EQ(tally.mean(), 4);
  EXPECT_DOUBLE_EQ(tally.variance(), 12.5);
  EXPECT_DOUBLE_EQ(tally.quantile(0.5), 3);
  EXPECT_DOUBLE_EQ(tally.quantile(0.9), 7.6);
  EXPECT_DOUBLE_EQ(tally.quantile(0), 1);
  EXPECT_DOUBLE_EQ(tally.quantile(1), 10);
  EXPECT_DOUBLE_EQ(tally.sum(), 20);
  tally.reset();
  EXPECT_TRUE(std::isnan(tally.mean()));
  EXPECT_TRUE(std::isnan(tally.quantile(0.5)));
  EXPECT_THROW(static_cast<void>(Tally{}.quantile(0.5)), tidewater::ContractBroken);
}

TEST(Tally, KeepsItsVarianceFarFromZero) {
  Tally tally;
  for (int i = 0; i < 1000; ++i) {
    tally.add(1e9 + i % 2);
  }
  EXPECT_NEAR(tally.variance(), 0.25025025, 1e-8);
}

// Quantiles of Student's t from scipy (conformance des/cases.json, rows tq_*).
TEST(StudentT, MatchesPublishedQuantiles) {
  std::array<std::pair<double, double>, 6> const table{{{1, 12.706204736432095},
                                                        {4, 2.7764451051977987},
                                                        {9, 2.2621571627409915},
                                                        {19, 2.093024054408263},
                                                        {29, 2.045229642132703},
                                                        {99, 1.9842169515086827}}};
  for (auto const& [df, t] : table) {
    EXPECT_NEAR(student_t_quantile(0.975, df), t, 1e-9) << df;
  }
}

// Row tint_0: mean 10.88; squared deviations 1.4884 + 1.1664 + 0.2704 + 0.4624 + 0.0004 = 3.388, so
// s = sqrt(0.847), half width 2.776445 s / sqrt 5.
TEST(Interval, OfFiveValuesIsTheTInterval) {
  std::array<double, 5> const x{12.1, 9.8, 11.4, 10.2, 10.9};
  Interval const found = interval(x);
  EXPECT_NEAR(found.mean, 10.88, 1e-12);
  EXPECT_NEAR(found.half, 2.7764451051977987 * std::sqrt(0.847 / 5), 1e-9);
  EXPECT_NEAR(found.low(), found.mean - found.half, 0);
  EXPECT_TRUE(std::isnan(interval(std::span{x}.first(1)).half));
  EXPECT_TRUE(std::isnan(interval({}).mean));
}

TEST(PairedInterval, IsNarrowWhereDesignsSeeTheSameDraws) {
  std::vector<double> a;
  std::vector<double> b;
  Stream draws{1, 2, 3};
  for (int i = 0; i < 20; ++i) {
    double const common = draws.normal() * 10;
    a.push_back(common + 1 + 0.1 * draws.normal());
    b.push_back(common);
  }
  Interval const difference = paired_interval(a, b);
  EXPECT_NEAR(difference.mean, 1, 3 * difference.standard_error());
  EXPECT_LT(difference.half, 0.1);
  EXPECT_GT(interval(a).half, 2);
  EXPECT_THROW(static_cast<void>(paired_interval(a, std::span{b}.first(3))),
               tidewater::ContractBroken);
}

// A ramp of 200 then noise around 0: the cut belongs at the end of the ramp, within a batch or two.
TEST(Mser5, CutsTheWarmUpRampAndDistrustsASeriesThatNeverSettles) {
  std::vector<double> series;
  Stream draws{4, 5, 6};
  for (int i = 0; i < 2000; ++i) {
    series.push_back((i < 200 ? 20.0 - i / 10.0 : 0.0) + draws.normal());
  }
  Truncation const found = mser5(series);
  EXPECT_TRUE(found.is_reliable);
  EXPECT_NEAR(static_cast<double>(found.cut), 195, 25);
  for (std::size_t i = 0; i < series.size(); ++i) {
    series[i] = static_cast<double>(i);
  }
  EXPECT_FALSE(mser5(series).is_reliable);
}

TEST(BatchMeans, CoverTheMeanOfACorrelatedSeriesAndShowItsCorrelation) {
  Stream draws{7, 8, 9};
  double x = 0;
  std::vector<double> series;
  for (int i = 0; i < 100'000; ++i) {
    x = 0.9 * x + draws.normal();  // standard error of the mean: 10 / sqrt(n) = 0.0316
    series.push_back(x + 5);
  }
  BatchMeans const found = batch_means(series, 20);
  EXPECT_NEAR(found.interval.mean, 5, 3 * 0.0316);
  EXPECT_NEAR(found.interval.standard_error(), 0.0316, 0.016);
  EXPECT_LT(std::abs(found.lag1), 0.5);
  EXPECT_GT(batch_means(series, 50'000).lag1, 0.8);  // batches of two are still correlated
}

TEST(Replicate, RecordsAFailureWithItsSeedAndGoesOn) {
  auto const model = [](Streams const& streams) {
    if (streams.replication == 3) {
      throw std::runtime_error("the model ran aground");
    }
    return static_cast<double>(streams.replication);
  };
  auto const found = replicate({.seed = 42, .count = 6, .threads = 3}, model);
  ASSERT_EQ(found.size(), 6U);
  EXPECT_EQ(found[3].failure, "the model ran aground");
  EXPECT_EQ(found[3].seed, 42U);
  EXPECT_EQ(found[3].number, 3U);
  EXPECT_FALSE(found[3].value);
  EXPECT_EQ(found[5].value, 5);
  Interval const mean = interval_of(found, [](double x) { return x; });
  EXPECT_EQ(mean.count, 5U);
  EXPECT_DOUBLE_EQ(mean.mean, 12.0 / 5);
}
