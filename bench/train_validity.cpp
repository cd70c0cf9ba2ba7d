// Prints the validity tables of docs/theory/train.md as they stand there: running time and work
// against step, grade and train length, per cent from the same run at 0.25 m. Deterministic.

#include <cmath>
#include <cstdio>
#include <numbers>
#include <variant>
#include <vector>

#include "tidewater/train/running_time.hpp"

using namespace tidewater::train;
namespace units = tidewater::units;
using tidewater::Length;
using tidewater::Speed;

namespace {

constexpr double kLength = 100e3;  // m
constexpr double kSteps[] = {200, 100, 50, 25, 10, 1};

/// Sine hills of 8 km, surveyed every 100 m, steepest at `grade`; 75 and 50 km/h by turns of 20 km.
Line hills(double grade) {
  constexpr double kWave = 8000;
  double const height = grade * kWave / (2 * std::numbers::pi);
  std::vector<Station> stations;
  for (double x = 0; x <= kLength; x += 100) {
    double const level = height * (1 - std::cos(2 * std::numbers::pi * x / kWave));
    stations.push_back({.post = Length{x}, .level = Length{level}});
  }
  Line line = *line_from_stations(stations, 75 * units::kmh);
  for (auto& section : line.sections) {
    bool const slow = static_cast<int>(section.from.base() / 20e3) % 2 == 1;
    section.speed_limit = (slow ? 50.0 : 75.0) * units::kmh;
  }
  return line;
}

/// Two locomotives before 30 hoppers, all vehicles as long as makes the train so long.
Train ore_train(double length) {
  Locomotive diesel{.name = "diesel",
                    .mass = 120 * units::t,
                    .adhesive_mass = 120 * units::t,
                    .length = Length{length / 32},
                    .resistance = davis_locomotive(6, 11 * units::m2),
                    .tractive_effort = {{.speed = Speed{}, .force = 400 * units::kN}},
                    .adhesion = 0.33,
                    .power = 2.4 * units::MW,
                    .max_speed = 100 * units::kmh};
  Wagon hopper{.name = "hopper",
               .tare = 20 * units::t,
               .payload = 60 * units::t,
               .length = Length{length / 32},
               .resistance = modified_davis(4)};
  Train train;
  train.locomotives = {{.type = diesel, .count = 2}};
  train.wagons = {{.type = hopper, .count = 30}};
  return train;
}

struct Figures {
  double time;
  double work;
};

Figures run(Train const& train, Line const& line, RunOptions const& options) {
  auto const outcome = running_time(train, line, options);
  auto const& run = std::get<Run>(*outcome);
  return {run.time.base(), run.energy.traction.base()};
}

void row(char const* name, Train const& train, Line const& line) {
  Figures const fine = run(train, line, {.step = Length{0.25}});
  std::printf("| %s |", name);
  for (double const step : kSteps) {
    Figures const f = run(train, line, {.step = Length{step}});
    std::printf(" %+.3f / %+.3f |", 100 * (f.time / fine.time - 1), 100 * (f.work / fine.work - 1));
  }
  std::printf("\n");
}

void heading(char const* first) {
  std::printf("\n| %s |", first);
  for (double const step : kSteps) {
    std::printf(" %.0f m |", step);
  }
  std::printf("\n|---|---|---|---|---|---|---|\n");
}

}  // namespace

int main() {
  heading("time / work % by grade (train of 400 m)");
  for (double const permille : {0.0, 2.0, 5.0, 10.0}) {
    char name[32];
    std::snprintf(name, sizeof name, "%.0f per mille", permille);
    row(name, ore_train(400), hills(permille / 1000));
  }
  heading("time / work % by train length (5 per mille)");
  for (double const length : {0.0, 100.0, 400.0, 800.0, 1600.0}) {
    char name[32];
    std::snprintf(name, sizeof name, "%.0f m", length);
    row(name, ore_train(length), hills(0.005));
  }
  std::printf("\n| train length | point for strip: time %% | work %% |\n|---|---|---|\n");
  for (double const length : {100.0, 400.0, 800.0, 1600.0}) {
    Line const line = hills(0.01);
    Figures const strip = run(ore_train(length), line, {});
    Figures const point = run(ore_train(length), line, {.mass_model = MassModel::kPoint});
    std::printf("| %.0f m | %+.2f | %+.2f |\n",
                length,
                100 * (point.time / strip.time - 1),
                100 * (point.work / strip.work - 1));
  }
}
