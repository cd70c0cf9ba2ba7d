/// Ships: called by contract, berthed when their cargo is ready, loaded while weather and machines
/// allow, and out again on a tide. Closures are known spells, so every step of a call is one event.

#include "ships.hpp"

#include <algorithm>

namespace tidewater::corridor {

void add_wait(World& world, PortState& port, ShipState const& ship, Wait const& wait) {
  if (wait.until > wait.from) {
    auto& years = world.life.ports[port.id].years;
    double const until = std::min(wait.until, world.calendar.end());
    world.calendar.each_year(wait.from, until, [&](std::size_t year, double a, double b) {
      Time& waited = ship.other != nullptr ? years[year].other_wait
                                           : years[year].wait[static_cast<std::size_t>(wait.cause)];
      waited += Time{b - a};
    });
  }
}

bool fits(PortState const& port, ShipState const& ship, BerthRun const& berth, double t) {
  if (ship.other != nullptr) {
    auto const& open = ship.other->berths;
    auto const place = static_cast<std::size_t>(&berth - port.berths.data());
    if (std::find(open.begin(), open.end(), place) == open.end()) {
      return false;
    }
  }
  return ship.hull->loa <= berth.berth->length &&
         ship.hull->draught <= berth.berth->depth - port.water->silted_alongside(t);
}

namespace {

/// A lot is loaded in this many pours; each needs its cargo in the yard when it begins.
constexpr int kPours = 10;
/// A yard that holds less than a lot would stop the trains before the lot has left the mines: the
/// ship is called when this share of the yard is spoken for.
constexpr double kCallAtYardShare = 0.9;

/// Enough of the product lies in the yard for this ship beside those already berthed for it. Or as
/// much as can ever lie there: a load stands before the full yard, and no ship alongside will make
/// room for it. No terminal keeps a ship outside then, whatever share of its lot has come together.
bool cargo_ready(PortState const& port, ShipState const& ship) {
  if (ship.other != nullptr) {
    return true;
  }
  ContractState const& contract = *ship.contract;
  double spoken_for = 0;
  for (BerthRun const& berth : port.berths) {
    if (berth.ship != nullptr && berth.ship->other == nullptr &&
        berth.ship->contract->yard == contract.yard) {
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
void see(PortState const& port, BerthRun& berth, double now) {
  berth.seen = {};
  if (berth.ship != nullptr) {
    berth.seen.ship = ship_name(*berth.ship);
  } else if (berth.state == BerthState::kIdleNoCargo) {
    auto const kept_out = std::find_if(port.queue.begin(), port.queue.end(), [&](ShipState* one) {
      return one->other == nullptr && fits(port, *one, berth, now);
    });
    if (kept_out != port.queue.end()) {
      berth.seen.kept_out = ship_name(**kept_out);
      berth.seen.stock = (*kept_out)->contract->yard->cargo.level();
    }
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
    see(port, berth, world.now());
  }
}

namespace {

void assign_berths(World& world, PortState& port) {
  for (BerthRun& berth : port.berths) {
    if (berth.ship != nullptr || berth.broken.closed(world.now())) {
      continue;
    }
    auto const next = std::find_if(port.queue.begin(), port.queue.end(), [&](ShipState* ship) {
      return fits(port, *ship, berth, world.now()) && cargo_ready(port, *ship);
    });
    if (next == port.queue.end()) {
      continue;
    }
    ShipState& ship = **next;
    port.queue.erase(next);
    berth.ship = &ship;
    ship.berth = static_cast<std::size_t>(&berth - port.berths.data());
    ship.assigned = true;
    add_wait(world, port, ship, {ship.waits_since, world.now(), ship.cause});
    ship.called->fire();
  }
}

WaitCause outside_cause(World const& world, PortState const& port, ShipState const& ship) {
  if (!cargo_ready(port, ship)) {
    return WaitCause::kCargo;
  }
  bool deep_enough = false;
  for (BerthRun const& berth : port.berths) {
    bool const fitting = fits(port, ship, berth, world.now());
    if (fitting && berth.ship == nullptr && berth.broken.closed(world.now())) {
      return WaitCause::kRepair;
    }
    deep_enough = deep_enough || fitting;
  }
  return deep_enough ? WaitCause::kBerth : WaitCause::kTide;
}

BerthState idle_state(World const& world, PortState const& port, BerthRun const& berth) {
  if (berth.broken.closed(world.now())) {
    return BerthState::kIdleRepair;
  }
  bool const wanted = std::any_of(port.queue.begin(), port.queue.end(), [&](ShipState* ship) {
    return fits(port, *ship, berth, world.now());
  });
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
      add_wait(world, port, *ship, {ship->waits_since, world.now(), ship->cause});
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
  if (port.port->siltation) {
    auto const& restored = port.water->restored();
    moments.insert(moments.end(), restored.begin(), restored.end());
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

des::Task<> take_berth(World& world, PortState& port, ShipState& ship) {
  ship.called.emplace(world.env, "a berth");
  note(world, port.link);
  port.queue.push_back(&ship);
  ship.cause = outside_cause(world, port, ship);
  review(world, port);
  if (!ship.assigned) {
    static_cast<void>(co_await ship.called->wait());
  }
}

void leave_berth(World& world, PortState& port, ShipState const& ship) {
  BerthRun& berth = port.berths[ship.berth];
  berth.ship = nullptr;
  set_state(world, port, berth, idle_state(world, port, berth), world.now());
  review(world, port);
}

namespace {

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
  add_wait(world, port, ship, {came, world.now(), WaitCause::kCargo});
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
    add_wait(world, port, ship, {from, until, spell->cause});
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
  ShipState ship{.hull = &contract.contract->ship,
                 .contract = &contract,
                 .number = call.number,
                 .arrived = world.now(),
                 .laycan_opens = call.laycan_opens,
                 .waits_since = world.now(),
                 .to_load = contract.lot,
                 .called = {}};
  co_await take_berth(world, port, ship);
  BerthRun& berth = port.berths[ship.berth];
  co_await take_channel(world, port, ship, Bound::kIn);
  set_state(world, port, berth, BerthState::kEntering, world.now());
  co_await world.env.hold_or_throw(port.port->channel.transit.base() + port.port->mooring.base());
  co_await load_lot(world, port, ship);
  co_await world.env.hold_or_throw(0.5 * port.port->mooring.base());
  co_await take_channel(world, port, ship, Bound::kOut);
  sail(world, port, ship);
  leave_berth(world, port, ship);
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
