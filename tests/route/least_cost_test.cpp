#include "tidewater/route/least_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "steps.hpp"

using namespace tidewater::route;

namespace {

/// The raster of bench/route_bench.cpp: frictions 1 .. 100 from integers alone.
std::vector<double> generated(std::uint32_t side) {
  std::vector<double> friction;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      std::uint32_t const mixed = (column * 73'856'093U) ^ (row * 19'349'663U);
      friction.push_back(1.0 + static_cast<double>((mixed * 2'654'435'761U >> 16U) % 100U));
    }
  }
  return friction;
}

CostRaster raster_of(int columns, int rows, std::vector<double> const& friction) {
  return {columns, rows, [&](std::size_t cell) { return friction[cell]; }};
}

struct Recorded {
  std::uint32_t side;
  Neighbours neighbours;
  double far_corner;
  double sum;
};

/// Bellman-Ford until nothing changes: slow, obvious, and shares only the table of steps.
std::vector<double> relaxed_to_rest(std::vector<double> const& friction,
                                    int columns,
                                    int rows,
                                    std::vector<std::size_t> const& sources,
                                    int steps) {
  std::vector<double> total(friction.size(), std::numeric_limits<double>::infinity());
  for (std::size_t const source : sources) {
    total[source] = 0;
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (int cell = 0; cell < columns * rows; ++cell) {
      for (int k = 0; k < steps; ++k) {
        Step const& s = kSteps[static_cast<std::size_t>(k)];
        int const c = cell % columns;
        int const r = cell / columns;
        if (c + s.dc < 0 || r + s.dr < 0 || c + s.dc >= columns || r + s.dr >= rows) {
          continue;
        }
        auto const f = [&](int dc, int dr) {
          return friction[static_cast<std::size_t>((r + dr) * columns + c + dc)];
        };
        double const mean =
            k < kKings
                ? (f(0, 0) + f(s.dc, s.dr)) / 2
                : (f(0, 0) + f(s.dc, s.dr) + f(s.via1_dc, s.via1_dr) + f(s.via2_dc, s.via2_dr)) / 4;
        double const cost = total[static_cast<std::size_t>(cell)] + mean * s.length;
        auto& to = total[static_cast<std::size_t>((r + s.dr) * columns + c + s.dc)];
        if (std::isfinite(cost) && cost < to - 1e-12) {
          to = cost;
          has_changed = true;
        }
      }
    }
  }
  return total;
}

}  // namespace

TEST(LeastCost, GivesTheTotalsOfGrassAndSkimageOnTheSameRasters) {
  // GRASS 8.2 r.cost and r.cost -k from the north-west cell (r.what at the far corner, r.univar
  // sum); skimage 0.19 MCP_Geometric gives the same far corners for eight neighbours.
  for (Recorded const& r :
       {Recorded{60, Neighbours::kEight, 1777.91248045882, 3980384.9193359},
        Recorded{60, Neighbours::kSixteen, 1775.41845246885, 3972925.25420231},
        Recorded{300, Neighbours::kEight, 9358.06092299767, 476639263.46838},
        Recorded{300, Neighbours::kSixteen, 9340.91306804978, 475461653.302912}}) {
    auto const friction = generated(r.side);
    int const side = static_cast<int>(r.side);
    std::vector<std::size_t> const source{0};
    CostRaster raster = raster_of(side, side, friction);
    auto const settled = raster.search(source, r.neighbours);
    double sum = 0;
    for (std::size_t cell = 0; cell < friction.size(); ++cell) {
      sum += raster.total(cell);
    }
    EXPECT_NEAR(raster.total(friction.size() - 1) / r.far_corner, 1, 1e-13);
    EXPECT_NEAR(sum / r.sum, 1, 1e-13);
    EXPECT_EQ(settled, friction.size());
  }
}

TEST(LeastCost, AgreesWithExhaustiveRelaxationOnWallsZerosAndExtremes) {
  std::mt19937 random{7};
  struct Shape {
    int columns;
    int rows;
  };
  constexpr std::array<Shape, 6> shapes{{{14, 14}, {23, 5}, {4, 31}, {2, 9}, {1, 12}, {17, 1}}};
  for (std::size_t world = 0; world < 36; ++world) {
    auto const [columns, rows] = shapes[world / 2 % shapes.size()];
    std::vector<double> friction;
    for (int i = 0; i < columns * rows; ++i) {
      auto const draw = random() % 12;
      double const wide =
          std::pow(10.0, double(random() % 11));  // beyond 2^20 to one: re-swept buckets
      friction.push_back(draw == 0   ? std::numeric_limits<double>::quiet_NaN()
                         : draw == 1 ? (i % 2 ? 1 : -1) * std::numeric_limits<double>::infinity()
                         : draw == 2 ? 0
                         : world % 2 ? wide
                                     : 1 + double(random() % 50));
    }
    std::vector<std::size_t> const sources{random() % friction.size(), random() % friction.size()};
    for (std::size_t const source : sources) {
      friction[source] = 1;
    }
    CostRaster raster = raster_of(columns, rows, friction);
    for (auto const n : {Neighbours::kSixteen, Neighbours::kEight}) {  // twice over the same raster
      ASSERT_TRUE(raster.search(sources, n).has_value());
      auto const slow =
          relaxed_to_rest(friction, columns, rows, sources, n == Neighbours::kEight ? 8 : 16);
      for (std::size_t i = 0; i < slow.size(); ++i) {
        if (std::isinf(slow[i])) {
          EXPECT_TRUE(std::isinf(raster.total(i)));
        } else {
          EXPECT_NEAR(raster.total(i), slow[i], 1e-9 * (1 + slow[i])) << world << ' ' << i;
        }
      }
    }
  }
}

TEST(LeastCost, CostsTheSameFromEitherEnd) {
  auto const friction = generated(80);
  std::vector<std::size_t> const here{83};
  std::vector<std::size_t> const there{5'777};
  CostRaster raster = raster_of(80, 80, friction);
  ASSERT_TRUE(raster.search(here, Neighbours::kSixteen).has_value());
  double const out = raster.total(5'777);
  ASSERT_TRUE(raster.search(there, Neighbours::kSixteen).has_value());
  EXPECT_NEAR(out, raster.total(83), 1e-9);
}

TEST(LeastCost, ThePathAddsUpToItsTotal) {
  auto const friction = generated(50);
  std::vector<std::size_t> const source{0};
  CostRaster raster = raster_of(50, 50, friction);
  ASSERT_TRUE(raster.search(source, Neighbours::kEight).has_value());
  auto const path = raster.path_to(2'499);
  ASSERT_EQ(path.front(), 0U);
  ASSERT_EQ(path.back(), 2'499U);
  double sum = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    bool const is_diagonal = path[i] % 50 != path[i - 1] % 50 && path[i] / 50 != path[i - 1] / 50;
    sum += (friction[path[i]] + friction[path[i - 1]]) / 2 * (is_diagonal ? std::sqrt(2.0) : 1);
  }
  EXPECT_NEAR(sum, raster.total(2'499), 1e-9);
}

TEST(LeastCost, ReachesNothingBehindAWallAndSaysSo) {
  std::vector<double> friction(25, 1.0);
  for (std::size_t row = 0; row < 5; ++row) {
    friction[row * 5 + 2] = std::numeric_limits<double>::quiet_NaN();
  }
  std::vector<std::size_t> const source{0};
  for (auto const n : {Neighbours::kEight, Neighbours::kSixteen}) {
    CostRaster raster = raster_of(5, 5, friction);
    EXPECT_EQ(raster.search(source, n), 10U);
    EXPECT_TRUE(std::isinf(raster.total(4)));
    EXPECT_TRUE(raster.path_to(4).empty());
  }
}

TEST(LeastCost, ThePathOfKnightsStepsAddsUpToItsTotal) {
  auto const friction = generated(20);
  std::vector<std::size_t> const source{39};  // at the right edge
  CostRaster raster = raster_of(20, 20, friction);
  ASSERT_TRUE(raster.search(source, Neighbours::kSixteen).has_value());
  auto const path = raster.path_to(380);  // the corner left below
  ASSERT_EQ(path.front(), 39U);
  ASSERT_EQ(path.back(), 380U);
  double sum = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    int const c = static_cast<int>(path[i - 1] % 20);
    int const r = static_cast<int>(path[i - 1] / 20);
    auto const step = std::find_if(kSteps.begin(), kSteps.end(), [&](Step const& s) {
      return c + s.dc == static_cast<int>(path[i] % 20) &&
             r + s.dr == static_cast<int>(path[i] / 20);
    });
    ASSERT_NE(step, kSteps.end());
    auto const f = [&](int dc, int dr) {
      return friction[static_cast<std::size_t>((r + dr) * 20 + c + dc)];
    };
    double const ends = f(0, 0) + f(step->dc, step->dr);
    sum += step->length *
           (step - kSteps.begin() < kKings
                ? ends / 2
                : (ends + f(step->via1_dc, step->via1_dr) + f(step->via2_dc, step->via2_dr)) / 4);
  }
  EXPECT_NEAR(sum, raster.total(380), 1e-9);
}

TEST(LeastCost, RefusesFrictionsNoQueueCanOrderAndForgetsTheSearchBefore) {
  std::vector<std::size_t> const source{0};
  std::vector<std::size_t> const none{7};
  CostRaster raster = raster_of(2, 1, {1, 1});
  ASSERT_TRUE(raster.search(source, Neighbours::kEight).has_value());
  EXPECT_EQ(raster.total(1), 1);
  EXPECT_FALSE(raster.search(none, Neighbours::kEight).has_value());
  EXPECT_TRUE(std::isinf(raster.total(1)));
  EXPECT_TRUE(raster.path_to(1).empty());
  for (auto const& friction : {std::vector{1e-200, 1e200}, {5e-324, 5e-324}, {1e308, 1e308}}) {
    CostRaster extreme = raster_of(2, 1, friction);
    EXPECT_FALSE(extreme.search(source, Neighbours::kEight).has_value());
  }
}

TEST(LeastCost, RefusesNegativeFrictionsAndSourcesWithoutPassage) {
  std::vector<double> const friction{1, -1, std::numeric_limits<double>::infinity(), 1};
  std::vector<std::size_t> const sources{2, 9};
  auto const settled = raster_of(2, 2, friction).search(sources, Neighbours::kEight);
  ASSERT_FALSE(settled.has_value());
  EXPECT_EQ(settled.error().size(), 3U);
}
