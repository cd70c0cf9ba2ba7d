// An order of service of one's own: the earliest end of laycan first.
#include <cstdio>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;

Process ship(Resource& berth, int number, double laycan_ends) {
  Request const request{.rank = laycan_ends};
  Grant const quay = co_await berth.acquire(request);
  std::printf("%3.0f ship %d, laycan to %.0f\n", berth.env().now(), number, laycan_ends);
  co_await berth.env().hold_or_throw(2);
}

int main() {
  Env env;
  ServeBefore const earliest_due = [](Request const& a, Request const& b) {
    return a.rank < b.rank;
  };
  Resource berth{env, "berth", 1, earliest_due};
  int number = 0;
  for (double const due : {50.0, 40.0, 10.0, 20.0}) {
    env.spawn(ship(berth, ++number, due), "ship");
  }
  env.run();
}
