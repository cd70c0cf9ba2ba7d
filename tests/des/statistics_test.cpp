#include "tidewater/des/statistics.hpp"

#include <array>
#include <cmath>
#include <numbers>
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
  // One degree of freedom is Cauchy's law, two have t = (2 p - 1) sqrt(1 / (2 p (1 - p))): here the
  // table above is 2.6e-10 off.
  double const cauchy = std::tan(0.475 * std::numbers::pi);
  EXPECT_NEAR(student_t_quantile(0.975, 1), cauchy, 1e-12 * cauchy);
  double const two = 0.95 * std::sqrt(1 / (2 * 0.975 * 0.025));
  EXPECT_NEAR(student_t_quantile(0.975, 2), two, 1e-12 * two);
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

// y = 2 x exactly: every interval is the point 2. Then R's textbook formula by hand for three pairs
// (1,1), (2,3), (3,2): means 2 and 2, s_xx = s_yy = 1, s_xy = 0.5, t(2) = 4.302653.
TEST(Ratio, OfFiellerIsTheIntervalOfItsQuadratic) {
  std::array<double, 4> const x{1, 2, 3, 4};
  std::array<double, 4> const y{2, 4, 6, 8};
  Ratio const exact = ratio_fieller(y, x);
  EXPECT_DOUBLE_EQ(exact.value, 2);
  EXPECT_NEAR(exact.low, 2, 1e-7);
  EXPECT_NEAR(exact.high, 2, 1e-7);
  std::array<double, 3> const u{11, 12, 13};
  std::array<double, 3> const v{11, 13, 12};
  Ratio const found = ratio_fieller(u, v);
  // a = 144 - t^2/3, b = 144 - t^2/6, c = a: roots (b -+ sqrt(b^2 - a^2)) / a.
  double const t2 = 4.302652729911275 * 4.302652729911275;
  double const a = 144 - t2 / 3;
  double const b = 144 - t2 / 6;
  EXPECT_NEAR(found.low, (b - std::sqrt(b * b - a * a)) / a, 1e-9);
  EXPECT_NEAR(found.high, (b + std::sqrt(b * b - a * a)) / a, 1e-9);
  EXPECT_NEAR(found.low * found.high, 1, 1e-12);  // y and x are alike: R and 1/R as well
  std::array<double, 3> const zero{-1, 0, 1.1};
  EXPECT_EQ(ratio_fieller(u, zero).bounds, Ratio::Bounds::kUnbounded);
  EXPECT_TRUE(std::isinf(ratio_fieller(u, zero).high));
  EXPECT_EQ(ratio_fieller(std::span{u}.first(1), std::span{v}.first(1)).bounds,
            Ratio::Bounds::kUnbounded);
}

// 2 000 experiments of 12 pairs with a known ratio of means, 3: both intervals hold it as often as
// they say, 95 % within three standard errors (0.49 %) and, for the jackknife, its known bias.
TEST(Ratio, IntervalsHoldTheTruthAsOftenAsTheySay) {
  Stream draws{21, 22, 23};
  int fieller = 0;
  int jackknife = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i < 12; ++i) {
      double const common = draws.normal();
      x.push_back(10 + 2 * common);
      y.push_back(30 + 4 * common + 3 * draws.normal());
    }
    auto const holds = [](Ratio const& r) { return r.low <= 3 && 3 <= r.high; };
    fieller += holds(ratio_fieller(y, x)) ? 1 : 0;
    jackknife += holds(ratio_jackknife(y, x)) ? 1 : 0;
  }
  EXPECT_NEAR(fieller / static_cast<double>(kTrials), 0.95, 0.015);
  EXPECT_NEAR(jackknife / static_cast<double>(kTrials), 0.95, 0.02);
}

// The mean of exp(U) is e - 1; the pair u, 1 - u has 1/31 of the variance of two independent draws
// (Ross, Simulation, example 9a).
TEST(AntitheticInterval, IsNarrowerForAMonotoneMeasure) {
  std::vector<double> plain;
  std::vector<double> mirrored;
  std::vector<double> other;
  for (std::uint32_t i = 0; i < 400; ++i) {
    Streams const streams{9, i};
    plain.push_back(std::exp(streams.named("x", "u").uniform()));
    mirrored.push_back(std::exp(streams.antithetic().named("x", "u").uniform()));
    other.push_back(std::exp(Streams{10, i}.named("x", "u").uniform()));
  }
  Interval const pairs = antithetic_interval(plain, mirrored);
  Interval const independent = antithetic_interval(plain, other);
  EXPECT_NEAR(pairs.mean, std::exp(1.0) - 1, 3 * pairs.standard_error());
  EXPECT_NEAR(std::pow(independent.deviation / pairs.deviation, 2), 31, 8);
}

TEST(BatchMeans, AreMergedUntilTheyPassForIndependent) {
  Stream draws{17, 18, 19};
  std::vector<double> independent;
  std::vector<double> slow;
  std::vector<double> endless;
  double x = 0;
  double walk = 0;
  for (int i = 0; i < 40'000; ++i) {
    double const z = draws.normal();
    independent.push_back(z);
    x = 0.97 * x + z;  // standard error of the mean: 33.3 / sqrt(n)
    slow.push_back(x);
    walk += z;
    endless.push_back(walk);
  }
  BatchMeans const first = settled_batch_means(independent);
  EXPECT_EQ(first.batches, 400U);
  EXPECT_TRUE(first.is_reliable);
  BatchMeans const second = settled_batch_means(slow);
  EXPECT_LT(second.batches, 400U);
  EXPECT_TRUE(second.is_reliable);
  EXPECT_NEAR(second.interval.standard_error(), 33.3 / 200, 0.06);
  EXPECT_FALSE(batch_means(slow, 400).is_reliable);
  BatchMeans const third = settled_batch_means(endless);
  EXPECT_EQ(third.batches, 20U);
  EXPECT_FALSE(third.is_reliable);
  EXPECT_THROW(static_cast<void>(settled_batch_means(std::span{slow}.first(19))),
               tidewater::ContractBroken);
}

namespace {

double noisy(Streams const& streams) {
  return 10 + 3 * streams.named("model", "noise").normal();
}

}  // namespace

// Law's rule by hand: the smallest n >= 10 whose prefix of the fixed experiment is precise enough.
TEST(ReplicateUntil, StopsAtTheFirstPreciseCountOnAnyNumberOfThreads) {
  Precision const precision{.relative = 0.1};
  auto const all = replicate({.seed = 4, .count = 300}, noisy);
  std::vector<double> values;
  for (auto const& one : all) {
    values.push_back(*one.value);
    Interval const prefix = interval(values);
    if (values.size() >= 10 && prefix.half <= 0.1 / 1.1 * prefix.mean) {
      break;
    }
  }
  auto const itself = [](double v) { return v; };
  for (int const threads : {1, 2, 3, 8}) {
    auto const found =
        replicate_until({.seed = 4, .count = 300, .threads = threads}, precision, noisy, itself);
    EXPECT_EQ(found.reason, StopReason::kPrecise);
    EXPECT_EQ(found.replications.size(), values.size()) << threads;
    EXPECT_EQ(found.interval.mean, interval(values).mean);
  }
  EXPECT_GT(values.size(), 12U);
  EXPECT_LT(values.size(), 100U);
}

TEST(ReplicateUntil, SaysWhyItStopped) {
  auto const itself = [](double v) { return v; };
  Precision const fine{.relative = 0.001};
  auto const most = replicate_until({.seed = 4, .count = 25, .threads = 2}, fine, noisy, itself);
  EXPECT_EQ(most.reason, StopReason::kMost);
  EXPECT_EQ(most.replications.size(), 25U);
  std::string const text = stop_text(most.reason, most.interval, fine, most.failed);
  EXPECT_TRUE(text.starts_with("stopped at the most allowed, after 25 values: half width "))
      << text;
  EXPECT_TRUE(text.ends_with(" % of the mean, 0.0999 % asked for")) << text;

  auto const half_fails = [](Streams const& streams) {
    if (streams.replication % 2 == 1) {
      throw 5;  // no std::exception at all
    }
    return noisy(streams);
  };
  Precision const rough{.relative = 0.3};
  auto const some = replicate_until({.seed = 4, .count = 100}, rough, half_fails, itself);
  EXPECT_EQ(some.reason, StopReason::kPrecise);
  EXPECT_GE(some.interval.count, 10U);
  EXPECT_EQ(some.failed, failed_count(some.replications));
  EXPECT_EQ(some.interval.count + some.failed, some.replications.size());
  EXPECT_EQ(some.replications[1].failure, "something that is no exception was thrown");
  EXPECT_TRUE(stop_text(some.reason, some.interval, rough, some.failed).ends_with(" failed"));

  auto const fails = [](Streams const&) -> double { throw std::runtime_error("aground"); };
  auto const none = replicate_until({.seed = 4, .count = 100}, rough, fails, itself);
  EXPECT_EQ(none.reason, StopReason::kAllFailing);
  EXPECT_EQ(none.replications.size(), 10U);
  EXPECT_EQ(stop_text(none.reason, none.interval, rough, none.failed),
            "stopped: none of 10 replications gave a value");
}
