/// Ships: called by contract, berthed when their cargo is ready, loaded while weather and machines
/// allow, and out again on a tide. Closures are known spells, so every step of a call is one event.

#include <algorithm>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// A lot is loaded in this many pours; each needs its cargo in the yard when it begins.
constexpr int kPours = 10;
/// A yard that holds less than a lot would stop the trains before the lot has left the mines: the
/// ship is called when this share of the yard is spoken for.
constexpr double kCallAtYardShare = 0.9;

struct Wait {
  double from;
  double until;
  WaitCause cause;
};

void add_wait(World& world, PortState& port, Wait const& wait) {
  if (wait.until > wait.from) {
    auto& years = world.life.ports[port.id].years;
    double const until = std::min(wait.until, world.calendar.end());
    world.calendar.each_year(wait.from, until, [&](std::size_t year, double a, double b) {
      years[year].wait[static_cast<std::size_t>(wait.cause)] += Time{b - a};
    });
  }
}

bool fits(ShipState const& ship, BerthRun const& berth) {
  Ship const& s = ship.contract->contract->ship;
  return s.loa <= berth.berth->length && s.draught <= berth.berth->depth;
}

/// Enough of the product lies in the yard for this ship beside those already berthed for it. Or as
/// much as can ever lie there: a load stands before the full yard, and no ship alongside will make
/// room for it. No terminal keeps a ship outside then, whatever share of its lot has come together.
bool cargo_ready(PortState const& port, ShipState const& ship) {
  ContractState const& contract = *ship.contract;
  double spoken_for = 0;
  for (BerthRun const& berth : port.berths) {
    if (berth.ship != nullptr && berth.ship->contract->yard == contract.yard) {
      spoken_for += berth.ship->to_load;
    }
  }
  if (spoken_for <= 0 && contract.yard->is_jammed()) {
    return true;
  }
  double const wanted = contract.contract->stock_to_berth * contract.lot;
  return contract.yard->cargo.level() - spoken_for >= wanted * (1 - 1e-9);
}

// ---- berths ----

void close_spell(World& world, PortState& port, BerthRun& berth, double until) {
  double const from = std::max(berth.since, world.opening);
  double const to = std::min(until, world.calendar.end());
  if (to > from) {
    berth.total[static_cast<std::size_t>(berth.state)] += to - from;
    if (berth.state >= BerthState::kEntering) {
      world.calendar.each_year(from, to, [&berth](std::size_t year, double a, double b) {
        berth.occupied[year] += b - a;
      });
    }
  }
  if (until > berth.since && world.sees(berth.since, until)) {
    world.detail.berths.push_back({.port = port.id,
                                   .berth = static_cast<std::size_t>(&berth - port.berths.data()),
                                   .state = berth.state,
                                   .from = Time{berth.since},
                                   .until = Time{until},
                                   .ship = berth.seen.ship,
                                   .kept_out = berth.seen.kept_out,
                                   .stock = tonnes(berth.seen.stock),
                                   .for_channel = berth.seen.for_channel});
  }
}

/// Whom the state that has begun concerns.
void see(PortState const& port, BerthRun& berth) {
  berth.seen = {};
  if (berth.ship != nullptr) {
    berth.seen.ship = ship_name(*berth.ship);
  } else if (berth.state == BerthState::kIdleNoCargo) {
    ShipState const& ship = **std::find_if(
        port.queue.begin(), port.queue.end(), [&](ShipState* one) { return fits(*one, berth); });
    berth.seen.kept_out = ship_name(ship);
    berth.seen.stock = ship.contract->yard->cargo.level();
  }
}

/// Keeps the states begun and to come, for the ledger.
void foresee(World& world, PortState const& port, BerthRun& berth) {
  note(world, port.link);
  auto& states = berth.foreseen;
  while (states.size() > 1 && states[1].from <= world.now()) {
    states.erase(states.begin());
  }
  states.push_back({berth.since, berth.state, false});
}

}  // namespace

void set_state(World& world, PortState& port, BerthRun& berth, BerthState state, double from) {
  close_spell(world, port, berth, from);
  berth.state = state;
  berth.since = std::max(berth.since, from);
  if (world.ledger) {
    foresee(world, port, berth);
  }
  if (world.watch && from < world.watch->until.base()) {
    see(port, berth);
  }
}

namespace {

void assign_berths(World& world, PortState& port) {
  for (BerthRun& berth : port.berths) {
    if (berth.ship != nullptr || berth.broken.closed(world.now())) {
      continue;
    }
    auto const next = std::find_if(port.queue.begin(), port.queue.end(), [&](ShipState* ship) {
      return fits(*ship, berth) && cargo_ready(port, *ship);
    });
    if (next == port.queue.end()) {
      continue;
    }
    ShipState& ship = **next;
    port.queue.erase(next);
    berth.ship = &ship;
    ship.berth = static_cast<std::size_t>(&berth - port.berths.data());
    ship.assigned = true;
    add_wait(world, port, {ship.waits_since, world.now(), ship.cause});
    ship.called->fire();
  }
}

WaitCause outside_cause(World const& world, PortState const& port, ShipState const& ship) {
  if (!cargo_ready(port, ship)) {
    return WaitCause::kCargo;
  }
  for (BerthRun const& berth : port.berths) {
    if (fits(ship, berth) && berth.ship == nullptr && berth.broken.closed(world.now())) {
      return WaitCause::kRepair;
    }
  }
  return WaitCause::kBerth;
}

BerthState idle_state(World const& world, PortState const& port, BerthRun const& berth) {
  if (berth.broken.closed(world.now())) {
    return BerthState::kIdleRepair;
  }
  bool const wanted = std::any_of(
      port.queue.begin(), port.queue.end(), [&](ShipState* ship) { return fits(*ship, berth); });
  return wanted ? BerthState::kIdleNoCargo : BerthState::kNoShip;
}

}  // namespace

void review(World& world, PortState& port) {
  note(world, port.link);
  if (!port.queue.empty()) {
    assign_berths(world, port);
  }
  for (ShipState* ship : port.queue) {
    WaitCause const cause = outside_cause(world, port, *ship);
    if (cause != ship->cause) {
      add_wait(world, port, {ship->waits_since, world.now(), ship->cause});
      ship->waits_since = world.now();
      ship->cause = cause;
    }
  }
  for (BerthRun& berth : port.berths) {
    if (berth.ship == nullptr) {
      BerthState const state = idle_state(world, port, berth);
      if (state != berth.state) {
        set_state(world, port, berth, state, world.now());
      }
    }
  }
}

des::Process watch_port(World& world, PortState& port) {
  std::vector<double> moments;
  for (BerthRun const& berth : port.berths) {
    for (Spell const& spell : berth.broken.all()) {
      moments.push_back(spell.from);
      moments.push_back(spell.until);
    }
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  for (double const moment : moments) {
    if (moment > world.now()) {
      co_await world.env.hold_or_throw(moment - world.now());
    }
    review(world, port);
  }
}

namespace {

// ---- the channel ----

enum class Bound { kIn, kOut };

/// First start from `t` on that the passages already booked leave room for.
double channel_free(PortState const& port, double t, double transit) {
  for (PortState::Passage const& passage : port.channel) {
    if (passage.until > t && passage.from < t + transit) {
      t = passage.until;
    }
  }
  return t;
}

struct Passing {
  double start = 0;
  std::vector<Wait> waits;
};

/// When the ship can take the channel, and what held it up: weather (pilots), then water, then
/// other ships; tried again until all three agree.
Passing plan_passage(World& world, PortState& port, Ship const& ship, Bound bound) {
  Port const& p = *port.port;
  double const transit = p.channel.transit.base();
  Length const draught = bound == Bound::kIn ? ship.ballast_draught : ship.draught;
  Length const needed = draught + p.channel.keel_clearance - p.channel.depth;
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
  while (moved && passing.start < world.calendar.end()) {
    moved = false;
    if (Spell const* spell = port.entry.find(passing.start); spell != nullptr) {
      moved = move_to(spell->until, spell->cause) || moved;
      continue;
    }
    if (needed > port.tide->lowest()) {
      Time const limit{world.calendar.end()};
      auto const water =
          port.tide->next_time(needed, Time{passing.start}, p.channel.transit, limit);
      moved = move_to(water ? water->base() : world.calendar.end(), WaitCause::kTide) || moved;
    }
    moved = move_to(channel_free(port, passing.start, transit), WaitCause::kChannel) || moved;
  }
  return passing;
}

void book_channel(World& world, PortState& port, ShipState const& ship, double start) {
  double const transit = port.port->channel.transit.base();
  std::erase_if(port.channel, [&world](PortState::Passage const& passage) {
    return passage.until <= world.now();
  });
  PortState::Passage const mine{start, start + transit};
  port.channel.insert(
      std::upper_bound(port.channel.begin(),
                       port.channel.end(),
                       mine,
                       [](auto const& a, auto const& b) { return a.from < b.from; }),
      mine);
  keep_passage(world, ship, start);
  double const end = world.calendar.end();
  port.channel_busy += std::max(0.0, std::min(mine.until, end) - std::min(mine.from, end));
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
    default:
      return in ? BerthState::kIdleTideChannel : BerthState::kWaitingChannel;
  }
}

/// Waits for the passage, telling berth and ship why; ends at the start of it.
des::Task<> take_channel(World& world, PortState& port, ShipState& ship, Bound bound) {
  BerthRun& berth = port.berths[ship.berth];
  Passing const passing = plan_passage(world, port, ship.contract->contract->ship, bound);
  book_channel(world, port, ship, passing.start);
  for (Wait const& wait : passing.waits) {
    add_wait(world, port, wait);
    set_state(world, port, berth, waiting_state(wait.cause, bound), wait.from);
    berth.seen.for_channel = wait.cause == WaitCause::kChannel;
    if (world.ledger) {
      berth.foreseen.back().in_channel_line = wait.cause == WaitCause::kChannel;
    }
  }
  co_await world.env.hold_or_throw(passing.start - world.now());
}

// ---- alongside ----

enum class Pour { kDone, kNoCargo };

/// One pour: takes its cargo, then works as long as it needs, closures left out.
des::Task<Pour> pour(World& world, PortState& port, ShipState& ship, double amount) {
  BerthRun& berth = port.berths[ship.berth];
  ContractState& contract = *ship.contract;
  double const came = world.now();
  if (contract.yard->cargo.level() < amount) {
    set_state(world, port, berth, BerthState::kWaitingCargo, came);
  }
  des::Outcome const got =
      co_await contract.yard->cargo.get(amount, contract.contract->patience.base());
  add_wait(world, port, {came, world.now(), WaitCause::kCargo});
  if (!got.done()) {
    amount = contract.yard->cargo.take_up_to(amount);  // the sweepings of the yard
    if (amount <= 0) {
      co_return Pour::kNoCargo;
    }
  }
  note(world, port.link);
  contract.yard->clear(amount);
  ship.to_load -= amount;
  contract.awaited -= amount;
  world.move(contract.yard->account, contract.account, amount);
  world.totals[contract.contract->product].on_ships += amount;
  double const wet = amount / (1 - contract.moisture);
  double const done = berth.closed.work_end(world.now(), wet / berth.rate);
  berth.closed.each_piece(world.now(), done, [&](double from, double until, Spell const* spell) {
    if (spell == nullptr) {
      set_state(world, port, berth, BerthState::kLoading, from);
      return;
    }
    bool const weather = spell->cause == WaitCause::kWeather;
    set_state(world,
              port,
              berth,
              weather ? BerthState::kWaitingWeather : BerthState::kWaitingRepair,
              from);
    add_wait(world, port, {from, until, spell->cause});
  });
  co_await world.env.hold_or_throw(done - world.now());
  co_return got.done() ? Pour::kDone : Pour::kNoCargo;
}

/// Laytime runs from arrival or the opening of the laycan, whichever is later, in weather working
/// time; once it is used up, demurrage runs whatever the weather.
void settle_laytime(World& world, PortState& port, ShipState const& ship) {
  double const allowed = ship.contract->contract->laytime.base();
  double const starts = std::max(ship.arrived, ship.laycan_opens);
  double const used_up = port.weather.work_end(starts, allowed);
  PortYear& year = world.life.ports[port.id].years[world.year()];
  if (world.now() > used_up) {
    year.demurrage += Time{world.now() - used_up};
  } else {
    double const used = starts < world.now() ? port.weather.open_time(starts, world.now()) : 0.0;
    year.despatch += Time{allowed - used};
  }
}

void sail(World& world, PortState& port, ShipState const& ship) {
  ContractState const& contract = *ship.contract;
  ProductId const product = contract.contract->product;
  double const on_board = contract.lot - ship.to_load;
  world.move(contract.account, Ledger::kNone, on_board);
  world.totals[product].on_ships -= on_board;
  world.totals[product].shipped += on_board;
  world.life.products[product][world.year()].shipped += tonnes(on_board);
  PortYear& year = world.life.ports[port.id].years[world.year()];
  year.ship_calls += 1;
  year.shipped += tonnes(on_board);
}

/// Pours until the lot is on board, or until no cargo has come for so long that the ship goes with
/// what it has: then the rest is there for later lots. Patience also keeps a ship that waits for
/// one product from blocking the berth for another whose trains wait for its sailing.
des::Task<> load_lot(World& world, PortState& port, ShipState& ship) {
  ContractState& contract = *ship.contract;
  for (int i = 0; i < kPours; ++i) {
    double const part = i + 1 < kPours ? contract.lot / kPours : ship.to_load;
    if (co_await pour(world, port, ship, part) == Pour::kNoCargo) {
      contract.on_wheels += ship.to_load;
      break;
    }
  }
  settle_laytime(world, port, ship);
  note(world, port.link);
  contract.awaited -= ship.to_load;
  --contract.outstanding;
  contract.progress.fire();
}

struct Call {
  int number;
  double laycan_opens;
};

des::Process ship_call(World& world, ContractState& contract, Call call) {
  PortState& port = *contract.port;
  ShipState ship{.contract = &contract,
                 .number = call.number,
                 .arrived = world.now(),
                 .laycan_opens = call.laycan_opens,
                 .waits_since = world.now(),
                 .to_load = contract.lot,
                 .called = {}};
  ship.called.emplace(world.env, "a berth");
  note(world, port.link);
  port.queue.push_back(&ship);
  ship.cause = outside_cause(world, port, ship);
  review(world, port);
  if (!ship.assigned) {
    static_cast<void>(co_await ship.called->wait());
  }
  BerthRun& berth = port.berths[ship.berth];
  co_await take_channel(world, port, ship, Bound::kIn);
  set_state(world, port, berth, BerthState::kEntering, world.now());
  co_await world.env.hold_or_throw(port.port->channel.transit.base() + port.port->mooring.base());
  co_await load_lot(world, port, ship);
  co_await world.env.hold_or_throw(0.5 * port.port->mooring.base());
  co_await take_channel(world, port, ship, Bound::kOut);
  sail(world, port, ship);
  berth.ship = nullptr;
  set_state(world, port, berth, idle_state(world, port, berth), world.now());
  review(world, port);
}

}  // namespace

void tell_loaded(ContractState* contract, double amount) {
  if (contract != nullptr) {
    contract->on_wheels += amount;
    if (contract->on_wheels >= contract->wanted) {
      contract->progress.fire();
    }
  }
}

void set_calling(World& world, ContractState& contract, Calling calling) {
  note(world, contract.port->link);
  keep_calling(world, contract, world.now());
  contract.calling = calling;
  contract.calling_since = world.now();
}

/// Lot k is called when k - 1 lots and as much of the next as the yard can hold have left the
/// mines.
des::Process call_ships(World& world, ContractState& contract) {
  ShippingContract const& terms = *contract.contract;
  double const head = std::min(contract.lot, kCallAtYardShare * contract.yard->capacity);
  double const half_laycan = 0.5 * terms.laycan.base();
  for (int number = 1;; ++number) {
    double const wanted = contract.lot * number;
    contract.wanted = (wanted - contract.lot + head) * (1 - 1e-9);
    while (contract.on_wheels < contract.wanted) {
      static_cast<void>(co_await contract.progress.wait());
    }
    contract.wanted = kEver;
    if (!terms.tonnage.empty()) {
      double const sold = when_cumulative(terms.tonnage, wanted, world.calendar.end());
      set_calling(world, contract, Calling::kNotSold);
      if (sold >= world.calendar.end()) {
        co_return;
      }
      co_await world.env.hold_or_throw(std::max(0.0, sold - world.now()));
    }
    set_calling(world, contract, Calling::kPutOff);
    if (contract.outstanding >= terms.most_waiting) {
      world.life.ports[contract.port->id].years[world.year()].lots_put_off += 1;
      while (contract.outstanding >= terms.most_waiting) {
        static_cast<void>(co_await contract.progress.wait());
      }
    }
    set_calling(world, contract, Calling::kLot);
    ++contract.outstanding;
    contract.awaited += contract.lot;
    double const middle = world.now() + terms.lead.base();
    double const arrives =
        std::max(world.now(), middle + terms.lateness.base() * contract.lateness.normal());
    keep_call(world, contract, number, arrives);
    Call const call{number, middle - half_laycan};
    world.env.spawn_at(arrives, ship_call(world, contract, call), "ship");
  }
}

}  // namespace tidewater::corridor
