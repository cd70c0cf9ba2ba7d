#include "tidewater/futures/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tidewater::futures;

namespace {

/// One of each kind, with lopsided shapes; the degenerate ones stand at the end.
std::vector<Distribution> one_of_each() {
  return {Uniform{-2, 6},
          Triangular{0, 1, 4},
          Triangular{0, 0, 1},
          Triangular{0, 1, 1},
          Pert{1.0e9, 1.2e9, 2.5e9},
          Pert{0, 0.2, 1, 12},
          Normal{10, 3},
          Lognormal{100, 0.4},
          Discrete{{{30, 1}, {10, 2}, {20, 5}}},
          Percentiles{{{0.1, 90}, {0.5, 100}, {0.9, 120}}},
          Percentiles{{{0, 1}, {0.5, 2}, {1, 9}}},
          Percentiles{{{0.5, 1}, {0.9, 100}}},
          Fixed{7},
          Triangular{5, 5, 5},
          Pert{5, 5, 5},
          Normal{5, 0}};
}

struct Row {
  Distribution law;
  double p;
  double value;
  char const* why;
};

}  // namespace

TEST(Distribution, HasTheQuantilesOfItsClosedForm) {
  Row const rows[] = {
      {Uniform{-2, 6}, 0.25, 0, "a quarter of the way"},
      {Triangular{0, 1, 4}, 0.25, 1, "F(mode) = (mode - low) / (high - low)"},
      {Triangular{0, 1, 4}, 0.5, 4 - std::sqrt(6.0), "1 - (4 - x)^2 / 12 = 1/2"},
      {Triangular{0, 1, 4}, 0.0625, 0.5, "x^2 / 4"},
      {Pert{0, 0.5, 1}, 0.103515625, 0.25, "Beta(3,3): x^3 (10 - 15 x + 6 x^2) at 1/4"},
      {Pert{0, 0, 1}, 0.5, 1 - std::pow(0.5, 0.2), "Beta(1,5): 1 - (1 - x)^5"},
      {Normal{10, 2}, 0.95, 10 + 2 * 1.6448536269514722, "standard normal P95"},
      {Lognormal{100, std::log(2.0) / 1.2815515655446004}, 0.9, 200, "P90 at twice the median"},
      {Discrete{{{30, 1}, {10, 2}, {20, 5}}}, 0.25, 10, "two eighths lie on the lowest value"},
      {Discrete{{{30, 1}, {10, 2}, {20, 5}}}, 0.26, 20, "beyond two eighths"},
      {Discrete{{{30, 1}, {10, 2}, {20, 5}}}, 0.876, 30, "beyond seven eighths"},
      {Percentiles{{{0.1, 90}, {0.5, 100}, {0.9, 120}}}, 0.3, 95, "half way from P10 to P50"},
      {Percentiles{{{0.1, 90}, {0.5, 100}, {0.9, 120}}}, 0, 87.5, "lower line continued"},
      {Percentiles{{{0.1, 90}, {0.5, 100}, {0.9, 120}}}, 1, 125, "upper line continued"},
  };
  for (auto const& row : rows) {
    EXPECT_NEAR(quantile(row.law, row.p), row.value, 1e-9 * std::abs(row.value) + 1e-12)
        << describe(row.law) << " at " << row.p << ": " << row.why;
  }
}

TEST(Distribution, HasTheMomentsOfItsClosedForm) {
  EXPECT_DOUBLE_EQ(mean(Triangular{0, 1, 4}), 5.0 / 3);
  EXPECT_DOUBLE_EQ(standard_deviation(Triangular{0, 1, 4}), std::sqrt(13.0 / 18));
  EXPECT_DOUBLE_EQ(mean(Pert{1, 2, 9}), (1 + 4 * 2 + 9) / 6.0);
  EXPECT_DOUBLE_EQ(standard_deviation(Pert{0, 0.5, 1}), std::sqrt(1.0 / 28));
  EXPECT_DOUBLE_EQ(mean(Lognormal{100, 0.4}), 100 * std::exp(0.08));
  EXPECT_DOUBLE_EQ(mean(Discrete{{{30, 1}, {10, 2}, {20, 5}}}), 150.0 / 8);
  // Trapezia under the quantile function: 8.875 + 38 + 44 + 12.25.
  EXPECT_DOUBLE_EQ(mean(Percentiles{{{0.1, 90}, {0.5, 100}, {0.9, 120}}}), 103.125);
}

// Every law through the same two integrals of its own quantile function.
TEST(Distribution, HasMomentsThatItsQuantileFunctionIntegratesTo) {
  constexpr int kCells = 200000;
  for (auto const& law : one_of_each()) {
    double sum = 0;
    double squares = 0;
    double const centre = median(law);
    for (int i = 0; i < kCells; ++i) {
      double const x = quantile(law, (i + 0.5) / kCells) - centre;
      sum += x;
      squares += x * x;
    }
    double const found = sum / kCells;
    double const sd = std::sqrt(std::max(0.0, squares / kCells - found * found));
    double const scale = standard_deviation(law) + 1e-12;
    EXPECT_NEAR((found + centre - mean(law)) / scale, 0, 2e-4) << describe(law);
    EXPECT_NEAR(sd / scale, scale > 1e-9 ? 1 : 0, 2e-3) << describe(law);
  }
}

TEST(Distribution, KeepsItsMedianAtTheMiddleQuantile) {
  EXPECT_DOUBLE_EQ(median(Lognormal{100, 0.4}), 100);
  EXPECT_DOUBLE_EQ(median(Normal{10, 3}), 10);
  EXPECT_DOUBLE_EQ(median(Discrete{{{30, 1}, {10, 2}, {20, 5}}}), 20);
}

TEST(Distribution, HasNoEndWhereItsLawHasNone) {
  double const infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(quantile(Normal{0, 1}, 0), -infinity);
  EXPECT_EQ(quantile(Normal{0, 1}, 1), infinity);
  EXPECT_EQ(quantile(Lognormal{3, 1}, 0), 0);
  EXPECT_EQ(quantile(Normal{4, 0}, 1), 4);
}

TEST(Distribution, StopsAContinuedTailAtZeroWhenEveryStatedValueIsPositive) {
  Percentiles const tail{{{0.5, 1}, {0.9, 100}}};
  EXPECT_EQ(quantile(tail, 0), 0);
  EXPECT_EQ(quantile(tail, 0.3), 0);
  EXPECT_NEAR(quantile(tail, 0.5), 1, 1e-12);
  Percentiles const loss{{{0.1, -100}, {0.5, -1}}};
  EXPECT_EQ(quantile(loss, 0.9), 0);
  Percentiles const both{{{0.1, -1}, {0.5, 1}}};
  EXPECT_LT(quantile(both, 0), -1) << "values on both sides of zero: the line simply goes on";
}

TEST(Distribution, TurnsAMeanAndSpreadIntoTheLognormalThatHasThem) {
  Lognormal const law = lognormal_of(9500, 2000);
  EXPECT_NEAR(mean(law), 9500, 1e-8);
  EXPECT_NEAR(standard_deviation(law), 2000, 1e-8);
}

RC_GTEST_PROP(Distribution, NeverFallsAsItsProbabilityRises, ()) {
  auto const laws = one_of_each();
  auto const& law = laws[*rc::gen::inRange<std::size_t>(0, laws.size())];
  double const p = *rc::gen::inRange(0, 1000001) * 1e-6;
  double const q = *rc::gen::inRange(0, 1000001) * 1e-6;
  RC_ASSERT(quantile(law, std::min(p, q)) <= quantile(law, std::max(p, q)));
}

TEST(Distribution, IsAcceptedWhenItIsOne) {
  for (auto const& law : one_of_each()) {
    EXPECT_TRUE(faults(law, "/x").empty()) << describe(law);
  }
}

TEST(Distribution, IsRefusedWithEveryReasonAndARemedy) {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  struct Case {
    Distribution law;
    std::size_t faults;
    char const* says;
  };
  Case const cases[] = {
      {Fixed{nan}, 1, "nan is not a finite number"},
      {Uniform{3, 2}, 1, "low 3 lies above high 2"},
      {Triangular{0, 5, 4}, 1, "0, 5, 4 do not rise"},
      {Pert{0, 5, 4, 0}, 2, "0, 5, 4 do not rise"},
      {Normal{1, -1}, 1, "standard deviation -1 is negative"},
      {Lognormal{-1, -1}, 2, "positive median, not -1"},
      {Discrete{}, 1, "without values"},
      {Discrete{{{1, 0}, {2, 0}}}, 1, "sum to nothing"},
      {Discrete{{{1, -2}, {2, 3}}}, 1, "weight -2 of value 1"},
      {Percentiles{{{0.5, 1}}}, 1, "fewer than two"},
      {Percentiles{{{0.5, 1}, {0.1, 2}}}, 1, "P10 follows P50"},
      {Percentiles{{{0.1, 5}, {0.9, 2}}}, 1, "P90 = 2 lies below P10 = 5"},
      {Percentiles{{{10, 1}, {90, 2}}}, 2, "P1000 is no percentile"},
  };
  for (auto const& each : cases) {
    auto const found = faults(each.law, "/site/2/price");
    ASSERT_EQ(found.size(), each.faults) << describe(each.law);
    EXPECT_NE(found[0].what.find(each.says), std::string::npos) << found[0].what;
    EXPECT_EQ(found[0].where, "/site/2/price");
    EXPECT_FALSE(found[0].remedy.empty());
  }
}

TEST(Distribution, DescribesItselfInOneLine) {
  EXPECT_EQ(describe(Triangular{6500, 9500, 13000}), "triangular 6500, 9500, 13000");
  EXPECT_EQ(describe(Discrete{{{1, 1}, {2, 3}}}), "discrete 1 (25 %), 2 (75 %)");
  EXPECT_EQ(describe(Percentiles{{{0.1, 90}, {0.9, 120}}}), "percentiles P10 90, P90 120");
}
