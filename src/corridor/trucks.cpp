/// Road hauls: trucks are counted, not followed one by one. Trucks that come home to waiting cargo
/// leave again at once; where trucks wait for cargo, as many full ones leave at every dispatch time
/// as there are trucks and cargo for them. A platoon arrives, tips as room allows and comes home
/// together.

#include <algorithm>
#include <cmath>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

constexpr double kRounding = 1e-9;

void book_platoon(World& world, RoadState& road, int trucks, double amount) {
  RoadYear& year = world.life.roads[road.index][world.year()];
  year.trips += trucks;
  year.truck_km += 2.0 * trucks * road.haul->length;
  year.carried += tonnes(amount);
}

des::Process platoon(World& world, RoadState& road, int trucks, double amount) {
  Carriage const& carriage = road.carriage;
  double const left = world.now();
  RoadHaul const& haul = *road.haul;
  double const half_ends = 0.5 * haul.at_ends.base();
  co_await world.env.hold_or_throw(half_ends + (haul.length / haul.loaded).base());
  Destination const& to = carriage.to;
  for (int truck = 0; truck < trucks; ++truck) {  // a yard smaller than a platoon still works
    double const part = amount / trucks;
    if (to.yard != nullptr) {
      count_trucks(world, road, {.awaiting_room = 1});
      co_await claim_room(world, to, part);
      count_trucks(world, road, {.awaiting_room = -1});
      static_cast<void>(co_await to.yard->cargo.put(part));
    }
    if (carriage.product) {
      world.totals[*carriage.product].on_wheels -= part;
      world.move(carriage.account, to.yard->account, part);
      if (to.ends) {
        world.life.products[*carriage.product][world.year()].delivered += tonnes(part);
      }
    }
  }
  if (to.inbound) {
    world.life.inbound[*to.inbound][world.year()].delivered += tonnes(amount);
  }
  if (to.port != nullptr) {
    review(world, *to.port);
  }
  co_await world.env.hold_or_throw(half_ends + (haul.length / haul.empty).base());
  road.busy += trucks * (world.now() - left);
  book_platoon(world, road, trucks, amount);
  count_trucks(world, road, {.at_home = trucks});
  road.home->fire();
}

struct Loads {
  int trucks = 0;
  double amount = 0;
};
/// As many full loads as there are and as trucks at home can carry; taken from a mine's heap.
Loads take_loads(World& world, RoadState& road) {
  Origin const& from = road.carriage.from;
  double level = 0;
  if (from.heap != nullptr) {
    from.heap->advance(world.now());
    level = from.heap->level();
  } else {
    level = from.yard->cargo.level();
  }
  int const trucks = static_cast<int>(
      std::min(level / road.payload * (1 + kRounding), static_cast<double>(road.at_home)));
  double const full = trucks * road.payload;
  return {trucks,
          from.heap != nullptr ? from.heap->take(world.now(), full) : std::min(full, level)};
}

}  // namespace

void count_trucks(World& world, RoadState& road, TruckChange change) {
  note(world, road.link);
  keep_trucks(world, road, world.now());
  road.counted = world.now();
  road.at_home += change.at_home;
  road.awaiting_room += change.awaiting_room;
}

des::Process run_road(World& world, RoadState& road) {
  Origin const& from = road.carriage.from;
  double const every = road.haul->dispatch_every.base();
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  road.start = world.now();
  while (true) {
    bool const all_were_out = road.at_home == 0;
    if (all_were_out) {
      static_cast<void>(co_await road.home->wait());
    }
    double const home = world.now();
    if (from.heap != nullptr) {
      from.heap->advance(world.now());
      double const ready = from.heap->when(road.payload);
      if (ready >= world.calendar.end()) {
        co_return;
      }
      co_await world.env.hold_or_throw(std::max(0.0, ready - world.now()));
    } else {
      static_cast<void>(co_await from.yard->cargo.at_least(road.payload));
    }
    bool const cargo_waited = all_were_out && world.now() == home;
    if (!cargo_waited) {
      double const next =
          road.start + every * std::ceil((world.now() - road.start) / every - kRounding);
      co_await world.env.hold_or_throw(std::max(0.0, next - world.now()));
    }
    auto const [trucks, amount] = take_loads(world, road);
    if (trucks > 0) {
      if (from.yard != nullptr) {
        static_cast<void>(co_await from.yard->cargo.get(amount));
        from.yard->clear(amount);
      }
      count_trucks(world, road, {.at_home = -trucks});
      if (road.carriage.product) {
        world.move(from.account, road.carriage.account, amount);
        world.totals[*road.carriage.product].on_wheels += amount;
        if (from.begins) {
          world.life.products[*road.carriage.product][world.year()].loaded += tonnes(amount);
          tell_loaded(road.carriage.contract, amount);
        }
      }
      world.env.spawn(platoon(world, road, trucks, amount), "trucks");
    }
    if (road.at_home > 0) {  // cargo is short: let it come together
      double const next =
          road.start + every * (std::floor((world.now() - road.start) / every + kRounding) + 1);
      co_await world.env.hold_or_throw(next - world.now());
    }
  }
}

}  // namespace tidewater::corridor
