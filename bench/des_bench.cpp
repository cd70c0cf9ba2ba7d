// The event kernel on the two models every simulation library is measured by; the same models in
// SimPy are in peers/des_simpy.py. "items" are events of the hold model and customers of M/M/1.

#include <cstdint>
#include <optional>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "tidewater/des/resource.hpp"

namespace {

using namespace tidewater::des;  // NOLINT(google-build-using-namespace): a program of one room
using tidewater::Stream;
using tidewater::Streams;

// The hold model: `pending` processes, each holding Exp(1) again and again.
Process holder(Env& env, std::uint32_t number) {
  Stream draws{1, number, 0};
  while (true) {
    co_await env.hold_or_throw(draws.exponential(1));
  }
}

void hold_model(benchmark::State& state) {
  auto const pending = static_cast<std::uint32_t>(state.range(0));
  Env env;
  for (std::uint32_t i = 0; i < pending; ++i) {
    env.spawn(holder(env, i), "holder");
  }
  static_cast<void>(env.run(10));
  std::uint64_t const before = env.events_run();
  double const stretch = 200'000.0 / pending;
  double until = 10;
  for (auto _ : state) {
    until += stretch;
    benchmark::DoNotOptimize(env.run(until));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(env.events_run() - before));
}
BENCHMARK(hold_model)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// The same with a draw that costs next to nothing, to see the kernel alone.
Process plain_holder(Env& env, std::uint64_t state) {
  while (true) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    co_await env.hold_or_throw(static_cast<double>(state >> 11U) * 0x1p-53);
  }
}

void hold_model_uniform(benchmark::State& state) {
  auto const pending = static_cast<std::uint32_t>(state.range(0));
  Env env;
  for (std::uint32_t i = 0; i < pending; ++i) {
    env.spawn(plain_holder(env, 88172645463325252ULL + i * 2654435761ULL), "holder");
  }
  static_cast<void>(env.run(10));
  std::uint64_t const before = env.events_run();
  double const stretch = 100'000.0 / pending;
  double until = 10;
  for (auto _ : state) {
    until += stretch;
    benchmark::DoNotOptimize(env.run(until));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(env.events_run() - before));
}
BENCHMARK(hold_model_uniform)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// M/M/1, one process per customer, utilisation 0.9; in-use, queue and waiting statistics by the
// resource, time in system by a tally.
struct Shop {
  Env& env;
  Resource server{env, "server", 1};
  Tally time_in_system;
  Stream gaps{env.stream("customers", "arrival")};
  Stream services{env.stream("customers", "service")};
};

Process customer(Shop& shop) {
  SimTime const arrived = shop.env.now();
  Grant const server = co_await shop.server.acquire();
  co_await shop.env.hold_or_throw(shop.services.exponential(1.0));
  shop.time_in_system.add(shop.env.now() - arrived);
}

Process source(Shop& shop, int customers) {
  for (int i = 0; i < customers; ++i) {
    co_await shop.env.hold_or_throw(shop.gaps.exponential(1 / 0.9));
    shop.env.spawn(customer(shop), "customer");
  }
}

void mm1(benchmark::State& state) {
  auto const customers = static_cast<int>(state.range(0));
  for (auto _ : state) {
    Env env{Streams{.seed = 1, .replication = 0}};
    Shop shop{env};
    env.spawn(source(shop, customers), "source");
    benchmark::DoNotOptimize(env.run());
    benchmark::DoNotOptimize(shop.time_in_system.mean());
  }
  state.SetItemsProcessed(state.iterations() * customers);
}
BENCHMARK(mm1)->Arg(200'000)->Unit(benchmark::kMillisecond);

// A million processes at once: memory is what is asked here. The counter is the most the program
// ever had in memory, benchmarks before it included.
double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;  // Linux counts in KiB
}

void million_processes(benchmark::State& state) {
  for (auto _ : state) {
    Env env;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
      env.spawn(plain_holder(env, 88172645463325252ULL + i * 2654435761ULL), "holder");
    }
    benchmark::DoNotOptimize(env.run(1));
  }
  state.SetItemsProcessed(state.iterations() * 1'000'000);
  state.counters["peak_MiB"] = peak_mebibytes();
}
BENCHMARK(million_processes)->Unit(benchmark::kMillisecond)->Iterations(1);

// The same of customers, who all stand before one server.
void million_customers(benchmark::State& state) {
  for (auto _ : state) {
    Env env;
    Shop shop{env};
    for (int i = 0; i < 1'000'000; ++i) {
      env.spawn(customer(shop), "customer");
    }
    benchmark::DoNotOptimize(env.run(1));
  }
  state.SetItemsProcessed(state.iterations() * 1'000'000);
  state.counters["peak_MiB"] = peak_mebibytes();
}
BENCHMARK(million_customers)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
