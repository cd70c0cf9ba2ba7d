// The parties room on 7 actors x 3 issues (bar: >= 10,000 runs a second and core; a run is one
// future under one judgement, all actors) and on a whole study of five options.

#include <string>

#include <benchmark/benchmark.h>

#include "tidewater/parties/standing.hpp"

using namespace tidewater::parties;
namespace units = tidewater::units;

namespace {

struct Size {
  std::size_t parties;
  std::size_t issues;
  std::size_t options;
  std::size_t futures;
};

Party actor(std::size_t i, Table const& table) {
  double const place = 0.1 * static_cast<double>(i % 9);
  Party out;
  out.id = "actor " + std::to_string(i);
  out.name = out.id;
  out.key = true;
  out.capability = {0.2, 0.4, 0.9};
  for (auto const& issue : table.issues) {
    out.stances.push_back({.issue = issue.id,
                           .position = Range{place * 0.5, place, 0.5 + place * 0.5},
                           .salience = {0.1, 0.25, 0.4}});
  }
  out.money = MoneyInterest{.scale = 100 * units::musd, .weight = {0.1, 0.3, 0.5}};
  out.jobs = JobsInterest{.target = 2000, .weight = {0.05, 0.1, 0.2}};
  return out;
}

Package package(std::string name, double share, Size const& size, Table const& table) {
  Package out;
  out.name = std::move(name);
  for (auto const& issue : table.issues) {
    out.positions.push_back({issue.id, {share * 0.8, share * 0.9, share}});
  }
  out.receipts.assign(size.futures, std::vector<PartyReceipts>(size.parties));
  for (std::size_t f = 0; f < size.futures; ++f) {
    for (std::size_t i = 0; i < size.parties; ++i) {
      double const swing = static_cast<double>((7 * f + 3 * i) % 11) - 3;
      out.receipts[f][i] = {.present_value = share * 20 * swing * units::musd,
                            .jobs = share * 150 * swing};
    }
  }
  return out;
}

Table table_of(Size const& size) {
  Table table;
  for (std::size_t k = 0; k < size.issues; ++k) {
    std::string const id = "issue " + std::to_string(k);
    table.issues.push_back({.id = id, .name = id, .low_end = "none", .high_end = "all"});
  }
  for (std::size_t i = 0; i < size.parties; ++i) {
    table.parties.push_back(actor(i, table));
  }
  table.no_project = package("no project", 0, size, table);
  for (std::size_t o = 0; o < size.options; ++o) {
    double const share = 0.2 + 0.15 * static_cast<double>(o);
    table.options.push_back(package("option " + std::to_string(o), share, size, table));
  }
  return table;
}

void run(benchmark::State& state, Size const& size, std::uint32_t draws) {
  auto const table = table_of(size);
  for (auto _ : state) {
    benchmark::DoNotOptimize(weigh(table, {.seed = 1, .draws = draws}));
  }
  auto const runs = static_cast<double>(size.options * size.futures * draws);
  state.counters["runs/s"] = benchmark::Counter(runs * static_cast<double>(state.iterations()),
                                                benchmark::Counter::kIsRate);
}

/// Nothing shared between runs: every run has its own judgement, one future.
void seven_actors_fresh_judgements(benchmark::State& state) {
  run(state, {.parties = 7, .issues = 3, .options = 1, .futures = 1}, 10000);
}

/// As a study uses it: 200 futures crossed with 500 judgements.
void seven_actors_crossed(benchmark::State& state) {
  run(state, {.parties = 7, .issues = 3, .options = 1, .futures = 200}, 500);
}

void pasni_sized_study(benchmark::State& state) {
  run(state, {.parties = 15, .issues = 4, .options = 5, .futures = 200}, 1000);
}

BENCHMARK(seven_actors_fresh_judgements)->Unit(benchmark::kMillisecond);
BENCHMARK(seven_actors_crossed)->Unit(benchmark::kMillisecond);
BENCHMARK(pasni_sized_study)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
