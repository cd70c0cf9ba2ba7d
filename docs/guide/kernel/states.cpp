// Waiting for states: a gate, a signal, a condition over several things; the first of several
// waits.
#include <cstdio>

#include "tidewater/des/resource.hpp"
#include "tidewater/des/store.hpp"

using namespace tidewater::des;

struct Port {
  Env& env;
  Gate weather{env, "weather"};
  Signal pilot_free{env, "pilot"};
  Resource tugs{env, "tugs", 2};
  Condition may_sail{env, "clearance"};
};

Process ship(Port& port) {
  auto const clear = [&] { return port.weather.is_open() && port.tugs.available() == 2; };
  static_cast<void>(
      co_await port.may_sail.until(clear));  // asked again only when something watched has changed
  std::printf("%3.0f weather and both tugs\n", port.env.now());

  auto pilot = port.pilot_free.wait();
  auto patience = port.env.hold(5);
  First const first = co_await any_of(pilot, patience);  // the loser is cancelled at that instant
  std::printf(
      "%3.0f %s\n", port.env.now(), first.is(0) ? "the pilot comes" : "sails without pilot");
}

Process harbour(Port& port) {
  Grant const tug = co_await port.tugs.acquire();
  co_await port.env.hold_or_throw(2);
  port.weather.open();
  co_await port.env.hold_or_throw(2);
}  // the tug is free again at 4

Process pilots(Port& port) {
  co_await port.env.hold_or_throw(7);
  port.pilot_free.fire();
}

int main() {
  Env env;
  Port port{env};
  port.may_sail.watch(port.weather);
  port.may_sail.watch(port.tugs);
  env.spawn(harbour(port), "harbour");
  env.spawn(ship(port), "ship");
  env.spawn(pilots(port), "pilots");
  env.run();
}
