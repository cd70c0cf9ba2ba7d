/// The channel and what a move through it takes: open weather, no dredger, light, water, room in
/// the channel, tugs and a pilot. All are known or booked ahead, so a move is planned at once.

#include <algorithm>

#include "ships.hpp"

namespace tidewater::corridor {

namespace {

struct Passing {
  double start = 0;
  std::vector<Wait> waits;
};

/// What a move takes of something shared, and for how long.
struct Taking {
  PortState::Shared* from;
  double length;
  int units;
  WaitCause cause;
};

std::vector<Taking> takings(PortState& port, Ship const& ship) {
  Port const& p = *port.port;
  std::vector<Taking> all{{&port.channel, p.channel.transit.base(), 1, WaitCause::kChannel}};
  if (port.tugs && ship.tugs > 0) {
    all.push_back({&*port.tugs, p.tugs->per_move.base(), ship.tugs, WaitCause::kTug});
  }
  if (port.pilots) {
    all.push_back({&*port.pilots, p.pilots->per_move.base(), 1, WaitCause::kPilot});
  }
  return all;
}

/// When the ship can take the channel, and what held it up, tried again until all agree.
Passing plan_passage(World& world,
                     PortState& port,
                     Length draught,
                     std::vector<Taking> const& takings) {
  Waterway const& way = *port.water;
  double const end = world.calendar.end();
  Passing passing{world.now(), {}};
  auto const move_to = [&passing](double t, WaitCause cause) {
    if (t > passing.start) {
      passing.waits.push_back({passing.start, t, cause});
      passing.start = t;
      return true;
    }
    return false;
  };
  bool moved = true;
  while (moved && passing.start < end) {
    if (Spell const* spell = port.entry.find(passing.start); spell != nullptr) {
      moved = move_to(spell->until, spell->cause);
      continue;
    }
    moved = move_to(way.next_undredged(passing.start), WaitCause::kChannel);
    moved = move_to(way.next_daylight(passing.start), WaitCause::kPilot) || moved;
    moved = move_to(way.next_water(draught, passing.start, end).value_or(end), WaitCause::kTide) ||
            moved;
    for (Taking const& one : takings) {
      double const free = one.from->ahead.first_free(passing.start, one.length, one.units);
      moved = move_to(free, one.cause) || moved;
    }
  }
  return passing;
}

void book(World& world, Taking const& taking, double start) {
  double const until = start + taking.length;
  double const end = world.calendar.end();
  taking.from->ahead.forget_past(world.now());
  taking.from->ahead.book({start, until, taking.units});
  taking.from->busy += taking.units * std::max(0.0, std::min(until, end) - std::min(start, end));
}

BerthState waiting_state(WaitCause cause, Bound bound) {
  bool const in = bound == Bound::kIn;
  switch (cause) {
    case WaitCause::kWeather:
      return in ? BerthState::kIdleWeather : BerthState::kWaitingWeather;
    case WaitCause::kRepair:
      return in ? BerthState::kIdleRepair : BerthState::kWaitingRepair;
    case WaitCause::kTide:
      return in ? BerthState::kIdleTideChannel : BerthState::kWaitingTide;
    case WaitCause::kTug:
    case WaitCause::kPilot:
      return in ? BerthState::kIdleTug : BerthState::kWaitingTug;
    default:
      return in ? BerthState::kIdleTideChannel : BerthState::kWaitingChannel;
  }
}

void tell_berth(World& world, PortState& port, BerthRun& berth, Wait const& wait, Bound bound) {
  set_state(world, port, berth, waiting_state(wait.cause, bound), wait.from);
  berth.seen.for_channel = wait.cause == WaitCause::kChannel;
  if (world.ledger) {
    berth.foreseen.back().in_channel_line = wait.cause == WaitCause::kChannel;
  }
}

}  // namespace

des::Task<> take_channel(World& world, PortState& port, ShipState& ship, Bound bound) {
  Length const draught = bound == Bound::kIn ? ship.hull->ballast_draught : ship.hull->draught;
  std::vector<Taking> const taken = takings(port, *ship.hull);
  Passing const passing = plan_passage(world, port, draught, taken);
  for (Taking const& one : taken) {
    book(world, one, passing.start);
  }
  keep_passage(world, port, ship, passing.start);
  for (Wait const& wait : passing.waits) {
    add_wait(world, port, ship, wait);
    if (ship.assigned) {
      tell_berth(world, port, port.berths[ship.berth], wait, bound);
    }
  }
  co_await world.env.hold_or_throw(passing.start - world.now());
}

}  // namespace tidewater::corridor
