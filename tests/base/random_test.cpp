#include "tidewater/base/random.hpp"

#include <array>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

using tidewater::Stream;
using tidewater::Streams;

// Known answer of Philox4x32-10 for counter 0 and key 0 (Random123's kat_vectors).
TEST(Stream, GivesThePublishedPhiloxWords) {
  Stream stream{0, 0, 0};
  EXPECT_EQ(stream.bits(), 0xe169c58d6627e8d5ULL);
  EXPECT_EQ(stream.bits(), 0x9b00dbd8bc57ac4cULL);
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

TEST(NormalQuantile, MatchesPublishedPercentiles) {
  EXPECT_NEAR(tidewater::normal_quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(tidewater::normal_quantile(0.25), -0.6744897501960817, 1e-14);  // Wichura 1988, table
  EXPECT_NEAR(tidewater::normal_quantile(1e-20), -9.262340089798408, 1e-12);  // Wichura 1988, table
}
