#pragma once
/// One life of a corridor that must be without faults, and the first of each of its parts.

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"

namespace tidewater::corridor {

inline constexpr ProductId kProduct{0};
inline constexpr FleetId kFleet{0};
inline constexpr PortId kPort{0};
inline constexpr MineId kMine{0};
inline constexpr LineId kLine{0};

inline Life one_life(CorridorModel const& model, Streams streams = {.seed = 1}) {
  auto const found = faults(model);
  EXPECT_TRUE(found.empty()) << (found.empty() ? "" : found[0].where + ": " + found[0].what);
  return simulate(model, streams);
}

}  // namespace tidewater::corridor
