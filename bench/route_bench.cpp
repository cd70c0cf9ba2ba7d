/// Least-cost core on generated rasters; bench/peers/route_peers.py runs the same rasters through
/// skimage.graph.MCP_Geometric and GRASS r.cost and prints the same totals.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "tidewater/route/least_cost.hpp"

namespace {

/// Frictions 1 .. 100 from integers alone (Knuth's multiplicative hash), the same in the peer.
std::vector<double> generated(int side) {
  std::vector<double> friction;
  friction.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(side); ++row) {
    for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(side); ++column) {
      std::uint32_t const mixed = (column * 73'856'093U) ^ (row * 19'349'663U);
      friction.push_back(1.0 + static_cast<double>((mixed * 2'654'435'761U >> 16U) % 100U));
    }
  }
  return friction;
}

void least_cost(benchmark::State& state, tidewater::route::Neighbours neighbours) {
  int const side = static_cast<int>(state.range(0));
  auto const friction = generated(side);
  std::vector<std::size_t> const sources{0};
  double total = 0;
  double cells = 0;
  for (auto _ : state) {
    auto const surface = tidewater::route::least_cost({side, side, friction}, sources, neighbours);
    total = surface->total.back();
    cells += static_cast<double>(surface->total.size());
  }
  state.counters["total_at_far_corner"] = total;
  state.counters["per_cell"] =
      benchmark::Counter(cells, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void eight_neighbours(benchmark::State& state) {
  least_cost(state, tidewater::route::Neighbours::kEight);
}
void sixteen_neighbours(benchmark::State& state) {
  least_cost(state, tidewater::route::Neighbours::kSixteen);
}

}  // namespace

BENCHMARK(eight_neighbours)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);
BENCHMARK(sixteen_neighbours)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
