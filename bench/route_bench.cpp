/// The label search alone and led by the same search without headings, align() at four areas, and
/// the least-cost core on generated rasters; bench/peers/route_peers.py runs the same rasters
/// through skimage.graph.MCP_Geometric and GRASS r.cost and prints the same totals.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>

#include "tidewater/route/alignment.hpp"
#include "tidewater/route/least_cost.hpp"

#include "lattice.hpp"
#include "level_search.hpp"

namespace {

/// Frictions 1 .. 100 from integers alone (Knuth's multiplicative hash), the same in the peer.
tidewater::route::CostRaster generated(int side) {
  auto const columns = static_cast<std::size_t>(side);
  return {side, side, [columns](std::size_t cell) {
            auto const column = static_cast<std::uint32_t>(cell % columns);
            auto const row = static_cast<std::uint32_t>(cell / columns);
            std::uint32_t const mixed = (column * 73'856'093U) ^ (row * 19'349'663U);
            return 1.0 + static_cast<double>((mixed * 2'654'435'761U >> 16U) % 100U);
          }};
}

void least_cost(benchmark::State& state, tidewater::route::Neighbours neighbours) {
  int const side = static_cast<int>(state.range(0));
  std::size_t const count = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  auto raster = generated(side);
  std::vector<std::size_t> const sources{0};
  double cells = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(raster.search(sources, neighbours).value());
    cells += static_cast<double>(count);
  }
  state.counters["total_at_far_corner"] = raster.total(count - 1);
  state.counters["per_cell"] =
      benchmark::Counter(cells, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// What making the raster takes, before any search.
void cost_raster(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(generated(static_cast<int>(state.range(0))));
  }
}

void eight_neighbours(benchmark::State& state) {
  least_cost(state, tidewater::route::Neighbours::kEight);
}
void sixteen_neighbours(benchmark::State& state) {
  least_cost(state, tidewater::route::Neighbours::kSixteen);
}

using namespace tidewater;
using route::BinPricing;
using route::Direction;
using route::Headings;
using route::LevelSearch;

/// Hills of three lengths, up to 120 m high.
double hills(double x, double y) {  // km
  return 300 + 60 * std::sin(x / 4.1) * std::cos(y / 3.3) + 35 * std::sin(x / 1.7 + y / 2.3) +
         25 * std::cos(x / 0.9 - y / 1.3);
}

/// `side` cells each way around a raster of hills, from corner to corner.
struct Hills {
  terrain::Terrain ground;
  route::AlignmentProblem problem;
};
Hills hilly(int side, Length cell) {
  double const degrees = side * cell.in(units::km) / 105;
  constexpr int posts = 400;
  terrain::GeoRaster raster{.north_west = {63 - 0.1, 26 + 0.1},
                            .cell_width = (degrees + 0.2) / posts,
                            .cell_height = (degrees + 0.2) / posts,
                            .columns = posts,
                            .rows = posts,
                            .heights = {},
                            .source = "generated"};
  for (int row = 0; row < posts; ++row) {
    for (int column = 0; column < posts; ++column) {
      double const km = raster.cell_width * 105;
      raster.heights.push_back(static_cast<float>(hills(column * km, row * km)));
    }
  }
  terrain::LonLat const a{63, 26 - degrees};
  terrain::LonLat const b{63 + degrees, 26};
  auto grid = terrain::metric_grid(raster,
                                   {.sites = {{.name = "a", .at = a}, {.name = "b", .at = b}},
                                    .margin = 3 * cell,
                                    .cell = cell});
  return {{std::move(*grid), {}}, {.from = {.name = "a", .at = a}, .to = {.name = "b", .at = b}}};
}

/// Labels of a square of 27 km in cells of 250 m, at 1 %: alone (led by plain track), or led by the
/// same search without headings at the same prices, whose time counts and whose labels are told
/// apart.
void labels(benchmark::State& state, bool is_led) {
  auto const world = hilly(108, 250 * units::m);
  auto const surface = route::search_surface(world.ground);
  route::SectionPrices const prices{world.problem.rules, world.problem.rates};
  route::FloorPrices const floors{prices, world.problem.rules};
  route::LatticeProblem const problem{.surface = surface,
                                      .floors = &floors,
                                      .grades = {0.01, 0.01},
                                      .plain_rate = 1040,
                                      .bin = 1.25,
                                      .unit = 50,
                                      .memory = std::size_t{8} << 30};
  auto const place = [&](route::LinePoint const& p) {
    auto const cell = surface.frame.nearest(surface.frame.place(p.at));
    return route::LevelPlace{cell, double(surface.ground[surface.frame.index(cell)])};
  };
  auto const from = place(world.problem.from);
  auto const to = place(world.problem.to);
  std::size_t settled = 0;
  std::size_t leading = 0;
  double cost = 0;
  for (auto _ : state) {
    LevelSearch bound{problem,
                      {.direction = Direction::kWithTravel, .pricing = BinPricing::kTypical}};
    if (is_led) {
      benchmark::DoNotOptimize(bound.run(from, to));
    }
    LevelSearch search{problem,
                       {.direction = Direction::kAgainstTravel,
                        .pricing = BinPricing::kTypical,
                        .headings = Headings::kKept,
                        .guide = is_led ? &bound : nullptr}};
    benchmark::DoNotOptimize(search.run(to, from));
    settled += search.effort().settled;
    leading += bound.effort().settled;
    cost = search.cost();
  }
  state.counters["settled"] =
      static_cast<double>(settled) / static_cast<double>(state.iterations());
  state.counters["settled_by_the_leading_search"] =
      static_cast<double>(leading) / static_cast<double>(state.iterations());
  state.counters["cost"] = cost;
  state.counters["per_label"] = benchmark::Counter(
      static_cast<double>(settled), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
void labels_alone(benchmark::State& state) {
  labels(state, false);
}
void labels_led_without_headings(benchmark::State& state) {
  labels(state, true);
}

/// A whole alignment against area.
void growth(benchmark::State& state) {
  auto const world = hilly(static_cast<int>(state.range(0)), 500 * units::m);
  route::Alignment line;
  for (auto _ : state) {
    auto answer = route::align(world.ground, world.problem);
    line = std::get<route::Alignment>(std::move(*answer));
  }
  auto const cells = static_cast<double>(line.effort.cells);
  state.counters["cells"] = cells;
  state.counters["bytes_a_cell"] = static_cast<double>(line.effort.bytes) / cells;
  state.counters["settled_a_cell"] = static_cast<double>(line.effort.settled) / cells;
  state.counters["gap"] = line.bound.gap;
  state.counters["MUSD"] = line.cost.in(units::musd);
  state.counters["MUSD_along_links"] = line.bound.turning.in(units::musd);  // at the least
}

}  // namespace

BENCHMARK(labels_alone)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(labels_led_without_headings)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(growth)
    ->ArgName("side")
    ->Arg(50)
    ->Arg(100)
    ->Arg(200)
    ->Arg(400)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK(cost_raster)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);
BENCHMARK(eight_neighbours)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);
BENCHMARK(sixteen_neighbours)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
