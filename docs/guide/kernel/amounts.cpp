// Amounts: a container moves lumps, a tank flows and knows when it crosses a level.
#include <cstdio>

#include "tidewater/des/store.hpp"

using namespace tidewater::des;

Process loader(Env& env, Container& stock) {
  for (int ship = 1; ship <= 2; ++ship) {
    static_cast<void>(co_await stock.get(50));  // whole or not yet
    std::printf("%4.1f cargo %d is complete\n", env.now(), ship);
  }
}

Process trains(Env& env, Container& stock) {
  for (int i = 0; i < 5; ++i) {
    co_await env.hold_or_throw(3);
    static_cast<void>(co_await stock.put(20));
  }
}

Process alarm(FlowTank& tank) {
  static_cast<void>(co_await tank.at_least(80));
  std::printf("%4.1f the tank holds 80\n", tank.env().now());
}

int main() {
  Env env;
  Container stock{env, "stock", {.capacity = 100, .level = 10}};
  env.spawn(loader(env, stock), "loader");
  env.spawn(trains(env, stock), "trains");

  FlowTank tank{env, "tank", 100, 20};
  FlowTank::Port const in = tank.add_inflow("mill");
  FlowTank::Port const out = tank.add_outflow("filter");
  tank.set_rate(in, 9);
  tank.set_rate(out, 4);
  env.spawn(alarm(tank), "alarm");
  env.run(20);
  std::printf("full: %.0f in, %.0f flows through\n", tank.level(), tank.flow(in));
}
