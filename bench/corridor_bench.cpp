// What one life costs. Bar (DESIGN section 8): 25 years at 1.6 Mt/a, every track section, ship and
// tide simulated, in 60 ms on one core.

#include <benchmark/benchmark.h>

#include "tidewater/corridor/simulate.hpp"

#include "../tests/support/corridor_worlds.hpp"

namespace {

using namespace tidewater;
using namespace tidewater::corridor;

void run(benchmark::State& state, CorridorModel const& model) {
  std::uint32_t replication = 0;
  std::size_t events = 0;
  double shipped_mt = 0;
  for (auto _ : state) {
    Life const life = simulate(model, {.seed = 1, .replication = replication++});
    events += life.events;
    shipped_mt += shipped(life).in(units::Mt);
  }
  auto const runs = static_cast<double>(replication);
  state.counters["events"] = static_cast<double>(events) / runs;
  state.counters["shipped_Mt"] = shipped_mt / runs;
}

/// 450 km of new line, 11 sections: the first real case's size.
void life_25_years(benchmark::State& state) {
  run(state, worlds::large());
}
/// The same tonnage over 1,350 km of existing line, 45 sections, other trains on them.
void life_25_years_long_line(benchmark::State& state) {
  auto model = worlds::large({.sections = 45, .consists = 16});
  RailLine& line = model.lines[LineId{0}];
  line.other_trains = 8 / units::day;
  for (TrackSection& section : line.sections) {
    section.length = 30 * units::km;
    section.other_train = 35 * units::min;
  }
  RailHaul& haul = std::get<RailHaul>(model.routes[RouteId{0}].hauls[0]);
  haul.legs[0].runs.assign(45, {36 * units::min, 32 * units::min});
  model.hazards[0].per_length = 0.005 / (units::km * units::year);
  model.contracts[0].lead = 5 * units::day;
  run(state, model);
}
void life_30_years_without_a_project(benchmark::State& state) {
  run(state, CorridorModel{});
}

BENCHMARK(life_25_years)->Unit(benchmark::kMillisecond);
BENCHMARK(life_25_years_long_line)->Unit(benchmark::kMillisecond);
BENCHMARK(life_30_years_without_a_project)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
