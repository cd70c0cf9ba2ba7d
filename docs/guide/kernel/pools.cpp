// Distinct units: a ship takes the shallowest free berth that is deep enough.
#include <cstdio>
#include <vector>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;

struct Berth {
  char name;
  double depth;
};

Process ship(Pool<Berth>& berths, double draught) {
  auto const deep_enough = [&](Berth const& berth) { return berth.depth >= draught; };
  auto const depth = [](Berth const& berth) { return berth.depth; };
  Choice<Berth> const choice{.suits = deep_enough, .rank = depth};  // named callables, named choice
  Lease<Berth> const quay = co_await berths.acquire(choice);
  std::printf("%3.0f draught %.0f m at berth %c\n", berths.env().now(), draught, quay.unit().name);
  co_await berths.env().hold_or_throw(10);
}

int main() {
  Env env;
  Pool<Berth> berths{env, "berths", {{'A', 16}, {'B', 12}}};
  for (double const draught : {11.0, 15.0, 14.0, 8.0}) {
    env.spawn(ship(berths, draught), "ship");
  }
  env.run();
}
