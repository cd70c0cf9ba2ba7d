// What the kernel says when things go wrong, and what a trace tells.
#include <cstdio>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;

Process train(Env& env, Resource& first, Resource& second) {
  Grant const here = co_await first.acquire();
  {
    Span const running{env, "running"};  // a bar on the Gantt chart
    co_await env.hold_or_throw(10);
  }
  Grant const there = co_await second.acquire();  // holds one section and wants the other
}

Process careless(Env& env) {
  co_await env.hold_or_throw(-5);
}

int main() {
  Trace trace;  // can neither draw nor schedule: a run is the same with and without
  {
    Env env;
    env.set_trace(&trace);
    Resource west{env, "west section", 1};
    Resource east{env, "east section", 1};
    env.spawn(train(env, west, east), "up train");
    env.spawn(train(env, east, west), "down train");
    std::printf("%s", to_text(env.run()).c_str());
  }
  std::printf("%s", trace_csv(trace).c_str());
  std::printf("%zu bytes for Perfetto\n", trace_chrome(trace, 60).size());  // minutes
  try {
    Env env;
    env.spawn(careless(env), "careless");
    env.run();
  } catch (SimulationError const& fault) {
    std::printf("%s\n", fault.what());
  }
}
