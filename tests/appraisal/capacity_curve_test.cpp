/// Capacity of a single track against its number of loops: simulated with saturated fleets, beside
/// the formula. The table in docs/theory/corridor.md is what this prints.

#include <algorithm>
#include <array>
#include <cstdio>

#include <gtest/gtest.h>

#include "tidewater/base/parallel.hpp"
#include "tidewater/corridor/simulate.hpp"
#include "tidewater/train/capacity.hpp"

#include "corridor_worlds.hpp"

namespace tidewater {
namespace {

using units::day;
using units::km;
using units::min;

constexpr std::size_t kLoopCounts = 11;  ///< 0 .. 10
constexpr std::array kFleets{10, 16, 22, 28, 34, 40, 46};
constexpr Time kUp = 330 * min;  ///< over the whole line, with the ore
constexpr Time kDown = 275 * min;
constexpr Time kAllowance = 6 * min;

/// Trains a day both ways in the second year: a line of equal sections, ore and ground without end.
double simulated(std::size_t loops, int loop_tracks, int consists) {
  double const part = 1 / static_cast<double>(loops + 1);
  auto model = corridor::worlds::saturated({.years = 2,
                                            .sections = loops + 1,
                                            .section = part * (300 * km),
                                            .loaded = part * kUp,
                                            .empty = part * kDown,
                                            .consists = consists});
  auto& line = *model.lines.begin();
  line.loop_tracks = loop_tracks;
  line.meet_allowance = kAllowance;
  auto const life = corridor::simulate(model, Streams{1});
  return life.lines.begin()->years[1].trains / 365;
}

double formula(std::size_t loops) {
  double const part = 1 / static_cast<double>(loops + 1);
  return train::alternating_capacity({part * kUp, part * kDown}, kAllowance).in(1.0 / day);
}

using Curve = std::array<std::array<double, kFleets.size()>, kLoopCounts>;

/// [loops][fleet]
Curve simulated_curve(int loop_tracks) {
  Curve curve{};
  parallel_for(kLoopCounts * kFleets.size(), 2, [&](std::size_t i) {
    std::size_t const loops = i / kFleets.size();
    std::size_t const fleet = i % kFleets.size();
    curve[loops][fleet] = simulated(loops, loop_tracks, kFleets[fleet]);
  });
  return curve;
}

/// What a year's count may show above the long-run mean: one train cut by its ends, and, because
/// trains may cross the line in one direction as often as there are consists, that many more of the
/// faster direction.
double counting_error(int consists) {
  double const faster = (kUp - kDown) / (kUp + kDown);
  return (1 + faster * consists) / 365;
}

/// Prints the curve and holds it to its laws; gives capacity over the formula at the last.
double share_at_the_last(int loop_tracks) {
  Curve const curve = simulated_curve(loop_tracks);
  double before = 0;
  double share = 0;
  for (std::size_t loops = 0; loops < kLoopCounts; ++loops) {
    auto const most = std::max_element(curve[loops].begin(), curve[loops].end());
    int const consists = kFleets[static_cast<std::size_t>(most - curve[loops].begin())];
    share = *most / formula(loops);
    std::printf("%d tracks, %2zu loops: formula %5.2f, simulated %5.2f (%.0f %%) with %d consists;",
                loop_tracks,
                loops,
                formula(loops),
                *most,
                100 * share,
                consists);
    for (double const trains : curve[loops]) {
      std::printf(" %5.2f", trains);
    }
    std::printf("\n");
    EXPECT_GE(*most, before) << loops << " loops carry less than one fewer";
    EXPECT_LE(*most, formula(loops) + counting_error(consists)) << loops;
    EXPECT_TRUE(loops > 0 || share > 0.995);
    before = *most;
  }
  return share;
}

// Any order of trains takes (up + allowance) + (down + allowance) of a section for each pair, so
// the formula bounds the line from above whatever the dispatcher does. Capacity is what the best of
// the fleets gets through: with more, trains get in each other's way (see the page).
TEST(CapacityCurve, NeverFallsWithLoopsAndMeetsTheFormulaAtBothEnds) {
  EXPECT_GT(share_at_the_last(3), 0.98);
}

// With two tracks a loop filled by one direction holds the other back. In order of arrival alone
// the last of these lines carries 86 % of the formula, and less than the one with a loop fewer.
TEST(CapacityCurve, NeverFallsWithTwoTracksAtEachLoopEither) {
  EXPECT_GT(share_at_the_last(2), 0.98);
}

}  // namespace
}  // namespace tidewater
