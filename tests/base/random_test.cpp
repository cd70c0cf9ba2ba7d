#include "tidewater/base/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include "philox.hpp"

using tidewater::Stream;
using tidewater::Streams;

// Known answer of Philox4x32-10 for counter 0 and key 0 (Random123's kat_vectors).
TEST(Stream, GivesThePublishedPhiloxWords) {
  Stream stream{0, 0, 0};
  EXPECT_EQ(stream.bits(), 0xe169c58d6627e8d5ULL);
  EXPECT_EQ(stream.bits(), 0x9b00dbd8bc57ac4cULL);
}

// All three known answers of Random123's kat_vectors; the words of a counter are block (two),
// stream and replication, those of a key the seed.
TEST(Philox, GivesThePublishedAnswersForZeroesOnesAndDigitsOfPi) {
  std::uint64_t const ones = ~std::uint64_t{0};
  auto const zeroes = tidewater::philox(0, 0, 0, 0);
  EXPECT_EQ(zeroes[0], 0xe169c58d6627e8d5ULL);
  EXPECT_EQ(zeroes[1], 0x9b00dbd8bc57ac4cULL);
  auto const all_ones = tidewater::philox(ones, ones, 0xffff'ffffU, 0xffff'ffffU);
  EXPECT_EQ(all_ones[0], 0x41c83b0e408f276dULL);
  EXPECT_EQ(all_ones[1], 0x6d5451fda20bc7c6ULL);
  auto const pi =
      tidewater::philox(0x299f31d0a4093822ULL, 0x85a308d3243f6a88ULL, 0x13198a2e, 0x03707344);
  EXPECT_EQ(pi[0], 0x94fdccebd16cfe09ULL);
  EXPECT_EQ(pi[1], 0x24126ea15001e420ULL);
}

TEST(Stream, IsNamedByEntityPurposeAndReplication) {
  Streams const first{7, 0};
  Streams const second{7, 1};
  std::set<std::uint64_t> const heads{first.named("berth 1", "repair").bits(),
                                      first.named("berth 1", "weather").bits(),
                                      first.named("berth 2", "repair").bits(),
                                      second.named("berth 1", "repair").bits(),
                                      Streams{8, 0}.named("berth 1", "repair").bits()};
  EXPECT_EQ(heads.size(), 5U);
  EXPECT_EQ(first.named("berth 1", "repair").bits(), first.named("berth 1", "repair").bits());
}

TEST(Stream, SeparatesEntityFromPurpose) {
  EXPECT_NE(tidewater::stream_hash("ab", "c"), tidewater::stream_hash("a", "bc"));
}

TEST(Stream, DrawsHaveTheMeansAndVariancesOfTheirLaws) {
  Stream u{3, 1, 0};
  Stream e{3, 2, 0};
  Stream z{3, 3, 0};
  Stream tri{3, 4, 0};
  int const n = 200000;
  std::array<double, 5> sum{};
  for (int i = 0; i < n; ++i) {
    double const normal = z.normal();
    sum[0] += u.uniform();
    sum[1] += e.exponential(4.0);
    sum[2] += normal;
    sum[3] += normal * normal;
    sum[4] += tri.triangular(1, 2, 6);
  }
  auto const mean = [&](std::size_t k) { return sum[k] / n; };
  double const three_errors = 3 / std::sqrt(n);
  EXPECT_NEAR(mean(0), 0.5, three_errors * 0.2887);
  EXPECT_NEAR(mean(1), 4.0, three_errors * 4.0);
  EXPECT_NEAR(mean(2), 0.0, three_errors);
  EXPECT_NEAR(mean(3), 1.0, three_errors * std::sqrt(2.0));
  EXPECT_NEAR(mean(4), 3.0, three_errors * 1.08);
}

// A batch of blocks made at once is the same sequence as block after block: the word at the head of
// block n is Philox's for counter n, whatever was drawn before.
TEST(Stream, GivesTheWordsOfEveryBlockInOrder) {
  Stream stream{0x299f31d0a4093822ULL, 0x13198a2e, 0x03707344};
  std::vector<std::uint64_t> words;
  for (int i = 0; i < 40; ++i) {
    words.push_back(stream.bits());
  }
  for (std::uint32_t block = 0; block < 20; ++block) {
    r123::Philox4x32::ctr_type const counter{{block, 0, 0x13198a2e, 0x03707344}};
    auto const out = r123::Philox4x32{}(counter, {{0xa4093822, 0x299f31d0}});
    EXPECT_EQ(words[2 * block], (std::uint64_t{out[1]} << 32U) | out[0]) << block;
    EXPECT_EQ(words[2 * block + 1], (std::uint64_t{out[3]} << 32U) | out[2]) << block;
  }
}

TEST(Stream, MirrorsEveryUniformWhenAntithetic) {
  Streams const plain{11, 4};
  Stream u = plain.named("berth", "service");
  Stream v = plain.antithetic().named("berth", "service");
  Stream w = plain.antithetic().antithetic().named("berth", "service");
  for (int i = 0; i < 100; ++i) {
    double const drawn = u.uniform();
    EXPECT_EQ(v.uniform(), 1 - drawn);
    EXPECT_EQ(w.uniform(), drawn);
  }
  EXPECT_DOUBLE_EQ(v.normal(), -u.normal());
}

// An exponential is -ln of the uniform whose turn it is, whatever is drawn between: the logarithm
// taken ahead is never that of another draw.
TEST(Stream, TakesOneUniformForEachDrawOfWhateverLaw) {
  Stream mixed = Streams{12, 3}.antithetic().named("ship", "gap");
  Stream uniforms = mixed;
  Stream choice{1, 1, 1};
  for (int i = 0; i < 1000; ++i) {
    double const u = uniforms.uniform();
    if (choice.below(3) == 0) {
      EXPECT_EQ(mixed.uniform(), u);
    } else {
      EXPECT_EQ(mixed.exponential(2), -2 * tidewater::natural_log(u));
    }
  }
}

// The law itself, not only its moments: the Kolmogorov-Smirnov distance of n draws stays below its
// 0.1 % point 1.95 / sqrt(n), and its tail holds as many as exp says.
TEST(Stream, DrawsExponentialsOfTheRightLaw) {
  std::size_t const n = 200'000;
  Stream draws{5, 6, 7};
  std::vector<double> x(n);
  std::generate(x.begin(), x.end(), [&] { return draws.exponential(1); });
  std::sort(x.begin(), x.end());
  double distance = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const below = 1 - std::exp(-x[i]);
    distance = std::max({distance,
                         below - static_cast<double>(i) / static_cast<double>(n),
                         static_cast<double>(i + 1) / static_cast<double>(n) - below});
  }
  EXPECT_LT(distance * std::sqrt(n), 1.95);
  auto const beyond = static_cast<double>(x.end() - std::upper_bound(x.begin(), x.end(), 7.0));
  double const expected = static_cast<double>(n) * std::exp(-7.0);
  EXPECT_NEAR(beyond, expected, 3 * std::sqrt(expected));
}

TEST(NaturalLog, IsWithin2em13OfTheTrueValueEverywhere) {
  Stream draws{8, 9, 10};
  double worst = 0;
  auto const check = [&](double x) {
    double const truth = std::log(x);
    double const off = std::abs(tidewater::natural_log(x) - truth);
    worst = std::max(worst, truth == 0 ? off : off / std::abs(truth));
  };
  for (int i = 0; i < 1'000'000; ++i) {
    check(draws.uniform());
    check(draws.uniform(0.98, 1.02));
    check(std::ldexp(1 + draws.uniform(), static_cast<int>(draws.below(2000)) - 1000));
  }
  for (double const x : {0x1p-53, 1 - 0x1p-53, 1.0, 2.0, 0.75, 1.5, 0x1p-1022}) {
    check(x);
    check(std::nextafter(x, 4));
  }
  EXPECT_LT(worst, 2e-13);
  EXPECT_EQ(tidewater::natural_log(1), 0);
}

TEST(NormalQuantile, MatchesPublishedPercentiles) {
  EXPECT_NEAR(tidewater::normal_quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(tidewater::normal_quantile(0.25), -0.6744897501960817, 1e-14);  // Wichura 1988, table
  EXPECT_NEAR(tidewater::normal_quantile(1e-20), -9.262340089798408, 1e-12);  // Wichura 1988, table
}
