/// Prints how much dearer easing a rule makes the line: the table of laws in docs/theory/route.md.
///
/// usage: route_laws GAP FIRST LAST STEP|RELIEF
///   GAP          search_gap, per cent
///   FIRST, LAST  worlds: hills drawn by these seeds, a ninth of their height a STEP of so many
///                metres (15: rough), or pairs of places 30 km apart in the mountains east of
///                Quetta

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tidewater/base/random.hpp"
#include "tidewater/route/alignment.hpp"

#include "drawn_terrain.hpp"
#include "relief_file.hpp"

using namespace tidewater;
using namespace tidewater::route;
using terrain::LonLat;
using terrain::Terrain;

namespace {

struct World {
  Terrain ground;
  AlignmentProblem strict;
};

World hills(std::uint64_t seed, double step) {
  Terrain t{drawn::rolling(drawn::random_letters(seed, 8, 12), 500 * units::m, {.step = step}, 3),
            {}};
  auto const& frame = t.grid.frame();
  double const row = frame.rows / 2;
  AlignmentProblem p{.from = {.name = "west", .at = frame.lon_lat({3, row})},
                     .to = {.name = "east", .at = frame.lon_lat({frame.columns - 4.0, row})}};
  return {std::move(t), std::move(p)};
}

World mountains(std::uint64_t seed, terrain::GeoRaster const& relief) {
  constexpr double apart = 30;      // km
  constexpr double a_degree = 111;  // km
  Stream draws = Streams{.seed = seed, .replication = 0}.named("pairs", "place");
  LonLat const from{67.2 + 0.8 * draws.uniform(), 29.9 + 0.6 * draws.uniform()};
  double const turn = 2 * std::numbers::pi * draws.uniform();
  LonLat const to{
      from.lon + apart / a_degree * std::cos(turn) / std::cos(30 * std::numbers::pi / 180),
      from.lat + apart / a_degree * std::sin(turn)};
  AlignmentProblem p{.from = {.name = "a", .at = from}, .to = {.name = "b", .at = to}};
  auto grid = terrain::metric_grid(
      relief,
      {.sites = {{.name = "a", .at = from}, {.name = "b", .at = to}}, .cell = 500 * units::m});
  return {{std::move(*grid), {}}, std::move(p)};
}

/// Million, infinite without a line.
double cost(World const& w, AlignmentRules const& rules, double gap) {
  AlignmentProblem p = w.strict;
  p.rules = rules;
  p.search_gap = gap;
  auto const answer = align(w.ground, p);
  auto const* line = answer ? std::get_if<Alignment>(&*answer) : nullptr;
  return line != nullptr ? line->cost.in(units::musd) : std::numeric_limits<double>::infinity();
}

struct Law {
  char const* name;
  int strict;  ///< of the rules below
  int eased;
};

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    fmt::print(stderr, "usage: route_laws GAP FIRST LAST STEP|RELIEF\n");
    return 1;
  }
  double const gap = std::strtod(words[1], nullptr) / 100;
  auto const first = std::strtoull(words[2], nullptr, 10);
  auto const last = std::strtoull(words[3], nullptr, 10);
  double const step = std::strtod(words[4], nullptr);
  auto const relief = step > 0 ? std::nullopt : tests::relief(words[4]);
  if (!(step > 0) && !relief) {
    fmt::print(stderr, "{} is neither a step nor a relief\n", words[4]);
    return 1;
  }
  AlignmentRules strict;
  strict.loaded_ruling_grade = strict.empty_ruling_grade = 0.015;
  strict.bridges = strict.tunnels = Permission::kNotAllowed;
  std::vector<AlignmentRules> rules(7, strict);
  rules[1].bridges = Permission::kAllowed;
  rules[2].tunnels = Permission::kAllowed;
  rules[3].bridges = rules[3].tunnels = Permission::kAllowed;
  rules[4].empty_ruling_grade = 0.020;
  rules[5].loaded_ruling_grade = rules[5].empty_ruling_grade = 0.020;
  rules[6].min_radius = 600 * units::m;
  std::vector<Law> const laws{{"bridges", 0, 1},
                              {"tunnels", 0, 2},
                              {"tunnels too", 1, 3},
                              {"bridges too", 2, 3},
                              {"empty grade", 0, 4},
                              {"loaded grade", 4, 5},
                              {"radius", 6, 0}};

  std::vector<double> worst(laws.size(), 0);
  fmt::print("million: none, bridges, tunnels, both; empty grade, both grades; radius; seconds\n");
  for (auto seed = first; seed <= last; ++seed) {
    World const w = relief ? mountains(seed, *relief) : hills(seed, step);
    auto const start = std::chrono::steady_clock::now();
    std::vector<double> costs;
    for (AlignmentRules const& r : rules) {
      costs.push_back(cost(w, r, gap));
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
    fmt::print("{:3}  {:.3f}  {:.1f} s ", seed, fmt::join(costs, " "), took.count());
    for (std::size_t i = 0; i < laws.size(); ++i) {
      double const held = costs[static_cast<std::size_t>(laws[i].strict)];
      double const eased = costs[static_cast<std::size_t>(laws[i].eased)];
      double const dearer = eased > held ? 100 * (eased / held - 1) : 0;
      worst[i] = std::max(worst[i], dearer);
      if (dearer > 1e-6) {
        fmt::print("; {} {:.2f} %", laws[i].name, dearer);
      }
    }
    fmt::print("\n");
    std::fflush(stdout);
  }
  fmt::print("dearest, per cent:");
  for (std::size_t i = 0; i < laws.size(); ++i) {
    fmt::print(" {} {:.2f};", laws[i].name, worst[i]);
  }
  fmt::print("\n");
}
