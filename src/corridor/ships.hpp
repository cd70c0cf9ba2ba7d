#pragma once
/// A ship's call, step by step: what our ships and those of other users have in common. Coroutines
/// on the kernel; the state they work on is in world.hpp.

#include "world.hpp"

namespace tidewater::corridor {

struct Wait {
  double from;
  double until;
  WaitCause cause;
};
/// By cause for our ships, in all for those of others.
void add_wait(World& world, PortState& port, ShipState const& ship, Wait const& wait);

enum class Bound : std::uint8_t { kIn, kOut };

/// Waits outside for a berth that is free and fits.
des::Task<> take_berth(World& world, PortState& port, ShipState& ship);
/// Waits for the passage, telling ship and berth why; ends at the start of it.
des::Task<> take_channel(World& world, PortState& port, ShipState& ship, Bound bound);
/// The berth is free for the next.
void leave_berth(World& world, PortState& port, ShipState const& ship);

}  // namespace tidewater::corridor
