#include "chance.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/base/random.hpp"

using namespace tidewater::parties;

namespace {
constexpr double kZ = 1.959963984540054;
}

// Wilson (1927) for p = 1/2 reduces to z / (2 sqrt(n + z^2)). A hundred draws of one future have a
// sample variance of p (1 - p) 100 / 99, hence count as 99 trials.
TEST(Chance, HasWilsonsIntervalWhenThereIsOneFuture) {
  Crossed<std::uint8_t> holds{1, 100, 0};
  std::fill_n(holds.cells.begin(), 50, std::uint8_t{1});
  auto const found = chance_of(holds);
  double const half = kZ / (2 * std::sqrt(99 + kZ * kZ));
  EXPECT_EQ(found.p, 0.5);
  EXPECT_NEAR(found.sampling.low, 0.5 - half, 1e-12);
  EXPECT_NEAR(found.sampling.high, 0.5 + half, 1e-12);
  EXPECT_EQ(found.interval, found.sampling) << "one future has no spread of its own";
}

// Nothing seen in ten trials: z^2 / (n + z^2). With many draws but ten futures it is still ten.
TEST(Chance, StaysOpenAboveZeroWhenTheEventWasNeverSeen) {
  double const high = kZ * kZ / (10 + kZ * kZ);
  auto const draws = chance_of(Crossed<std::uint8_t>{1, 10, 0});
  auto const futures = chance_of(Crossed<std::uint8_t>{10, 1000, 0});
  EXPECT_EQ(draws.sampling.low, 0);
  EXPECT_NEAR(draws.sampling.high, high, 1e-12);
  EXPECT_NEAR(futures.sampling.high, high, 1e-12);
}

// Event a_j + b_f > 0 with standard normal effects of the draw and of the future: p = 1/2, cells
// strongly dependent. A binomial interval of 2,400 cells would cover about a quarter of the time.
TEST(Chance, CoversTheTruthWhenDrawsAndFuturesAreCrossed) {
  constexpr std::size_t kFutures = 40;
  constexpr std::size_t kDraws = 60;
  constexpr int kRepeats = 600;
  int covered = 0;
  for (std::uint32_t repeat = 0; repeat < kRepeats; ++repeat) {
    tidewater::Stream stream{5, 1, repeat};
    std::vector<double> effect(kFutures + kDraws);
    for (double& each : effect) {
      each = stream.normal();
    }
    Crossed<std::uint8_t> holds{kFutures, kDraws, 0};
    for (std::size_t f = 0; f < kFutures; ++f) {
      for (std::size_t j = 0; j < kDraws; ++j) {
        holds.cells[f * kDraws + j] = effect[f] + effect[kFutures + j] > 0 ? 1 : 0;
      }
    }
    auto const found = chance_of(holds);
    covered += found.sampling.low <= 0.5 && 0.5 <= found.sampling.high ? 1 : 0;
  }
  EXPECT_GE(covered, 0.92 * kRepeats);
  EXPECT_LE(covered, 0.98 * kRepeats);
}

TEST(Spread, HasType7Quantiles) {
  // numpy.quantile(range(1, 12), [.05, .5, .95]) = 1.5, 6, 10.5
  auto const found = spread_of({11, 3, 9, 1, 7, 5, 2, 8, 10, 4, 6});
  EXPECT_EQ(found.mean, 6);
  EXPECT_DOUBLE_EQ(found.low, 1.5);
  EXPECT_EQ(found.median, 6);
  EXPECT_DOUBLE_EQ(found.high, 10.5);
  EXPECT_EQ(spread_of({4}), (Spread{4, 4, 4, 4}));
}

// gain = a_j + b_f with variances 9 and 1 of the two effects: nine tenths belong to the draw.
TEST(Spread, AttributesVarianceToTheDrawThatExplainsIt) {
  Crossed<double> gain{2, 2, 0};
  gain.cells = {3 + 1, -3 + 1, 3 - 1, -3 - 1};
  EXPECT_NEAR(share_of_draws(gain).value(), 0.9, 1e-12);
  EXPECT_FALSE(share_of_draws(Crossed<double>{2, 2, 0.3}).has_value());
}
