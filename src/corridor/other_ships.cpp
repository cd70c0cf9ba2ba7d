/// Ships of other users: they come at random, lie as long as they like and take what ours take.

#include <algorithm>

#include "ships.hpp"

namespace tidewater::corridor {

namespace {

struct OtherCall {
  int number;
  double alongside;  ///< s, from mooring to letting go
};

des::Process other_call(World& world, PortState& port, OtherShips const& others, OtherCall call) {
  ShipState ship{.hull = &others.ship,
                 .other = &others,
                 .number = call.number,
                 .arrived = world.now(),
                 .waits_since = world.now(),
                 .called = {}};
  bool const berths_here = !others.berths.empty();
  if (berths_here) {
    co_await take_berth(world, port, ship);
  }
  co_await take_channel(world, port, ship, Bound::kIn);
  if (berths_here) {
    set_state(world, port, port.berths[ship.berth], BerthState::kOtherShip, world.now());
  }
  co_await world.env.hold_or_throw(port.port->channel.transit.base() + call.alongside);
  co_await take_channel(world, port, ship, Bound::kOut);
  if (berths_here) {
    leave_berth(world, port, ship);
  }
  world.life.ports[port.id].years[world.year()].other_calls += 1;
}

}  // namespace

des::Process call_other_ships(World& world, PortState& port, OtherShips const& others) {
  Stream stream = world.env.stream(port.port->id + "/" + others.id, "other ships");
  double const gap = 1 / others.calls.base();
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  for (int number = 1;; ++number) {
    co_await world.env.hold_or_throw(stream.exponential(gap));
    OtherCall const call{number, stream.exponential(others.alongside.base())};
    world.env.spawn(other_call(world, port, others, call), others.id);
  }
}

}  // namespace tidewater::corridor
