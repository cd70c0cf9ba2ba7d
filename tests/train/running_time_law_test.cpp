/// What must hold on any line: drawn at random, up to 40 sections of 50 m to 5 km.

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/train/running_time.hpp"

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

Line any_line() {
  Line line;
  int const sections = *rc::gen::inRange(1, 41);
  for (int i = 0; i < sections; ++i) {
    line.sections.push_back({.from = line.end,
                             .grade = *rc::gen::inRange(-120, 121) * 1e-4,
                             .curvature = Curvature{*rc::gen::inRange(0, 25) * 1e-4},
                             .path_resistance = *rc::gen::inRange(0, 5) * 1e-4,
                             .speed_limit = Speed{static_cast<double>(*rc::gen::inRange(5, 25))}});
    line.end += Length{static_cast<double>(*rc::gen::inRange(50, 5000))};
  }
  return line;
}

/// Without rotating parts and with wagons that resist by weight alone; then more mass helps
/// nowhere.
Train plain_train(double payload_t) {
  Train train = drawn::ore_train(3, 30);
  train.locomotives[0].type.rotating_mass_factor = 1.0;
  train.wagons[0].type.rotating_mass_factor = 1.0;
  train.wagons[0].type.payload = Mass{payload_t * 1e3};
  return train;
}

RunOutcome outcome_of(Train const& train, Line const& line, RunOptions const& options = {}) {
  auto const outcome = running_time(train, line, options);
  RC_ASSERT(outcome.has_value());
  return *outcome;
}

RC_GTEST_PROP(RunningTimeLaw, WorkInIsResistanceAndClimbAndBraking, ()) {
  Line const line = any_line();
  auto const outcome = outcome_of(drawn::ore_train(3, 30), line);
  RC_PRE(std::holds_alternative<train::Run>(outcome));
  auto const& energy = std::get<train::Run>(outcome).energy;
  // Stop to stop the kinetic energy is nothing.
  double const left = (energy.traction - energy.resistance - energy.climb - energy.braking).base();
  RC_ASSERT(std::abs(left) <= 1e-6 * energy.traction.base());
}

RC_GTEST_PROP(RunningTimeLaw, ClimbOfAMassPointIsItsWeightTimesTheRise, ()) {
  Line const line = any_line();
  Train const train = drawn::ore_train(3, 30);
  auto const outcome = outcome_of(train, line, {.mass_model = MassModel::kPoint});
  RC_PRE(std::holds_alternative<train::Run>(outcome));
  double const weight = (mass(train) * kGravity).base();
  RC_ASSERT(std::abs(std::get<train::Run>(outcome).energy.climb.base() -
                     weight * rise(line, line.end).base()) <= 1e-6 * weight);
}

RC_GTEST_PROP(RunningTimeLaw, AHeavierTrainIsNeverFaster, ()) {
  Line const line = any_line();
  double const payload = *rc::gen::inRange(0, 60);
  auto const light = outcome_of(plain_train(payload), line);
  auto const heavy = outcome_of(plain_train(payload + *rc::gen::inRange(1, 40)), line);
  if (auto const* heavy_run = std::get_if<train::Run>(&heavy)) {
    RC_ASSERT(std::holds_alternative<train::Run>(light));
    // Both carry the step's own error, 0.01 % at most.
    RC_ASSERT(std::get<train::Run>(light).time <= heavy_run->time * (1.0 + 2e-4));
  }
}

RC_GTEST_PROP(RunningTimeLaw, IsNeverFasterThanTheLimitsAllow, ()) {
  Line const line = any_line();
  auto const posts = even_posts(line, Length{100});
  auto const outcome = outcome_of(drawn::ore_train(3, 30), line, {.posts = posts});
  RC_PRE(std::holds_alternative<train::Run>(outcome));
  for (auto const& point : std::get<train::Run>(outcome).points) {
    for (std::size_t i = 0; i < line.sections.size(); ++i) {
      auto const& section = line.sections[i];
      Length const end = i + 1 < line.sections.size() ? line.sections[i + 1].from : line.end;
      bool const under =
          section.from < point.post && end > point.post - length(drawn::ore_train(3, 30));
      RC_ASSERT(!under || point.speed <= section.speed_limit * (1.0 + 1e-9));
    }
  }
}

RC_GTEST_PROP(RunningTimeLaw, TheLineReversedTwiceRunsAlike, ()) {
  Line const line = any_line();
  Train const train = drawn::ore_train(3, 30);
  auto const there = outcome_of(train, line);
  auto const again = outcome_of(train, reversed(reversed(line)));
  RC_ASSERT(there.index() == again.index());
  if (auto const* run = std::get_if<train::Run>(&there)) {
    double const ratio = run->time / std::get<train::Run>(again).time;
    RC_ASSERT(std::abs(ratio - 1.0) < 1e-9);
  }
}

RC_GTEST_PROP(RunningTimeLaw, ALowerLimitAnywhereNeverSavesTime, ()) {
  Line const line = any_line();
  double const from = *rc::gen::inRange(0, 100) * 0.01 * line.length().base();
  Line const slow =
      with_speed_limit(line, {.from = Length{from}, .to = Length{from + 900}}, Speed{6});
  Train const train = drawn::ore_train(3, 30);
  auto const free = outcome_of(train, line);
  auto const held = outcome_of(train, slow);
  RC_PRE(std::holds_alternative<train::Run>(held));
  RC_ASSERT(std::holds_alternative<train::Run>(free));
  RC_ASSERT(std::get<train::Run>(free).time <= std::get<train::Run>(held).time * (1.0 + 1e-4));
}

RC_GTEST_PROP(RunningTimeLaw, ASteeperClimbNeverTakesLessWork, ()) {
  Line line = any_line();
  for (auto& section : line.sections) {
    section.grade = std::abs(section.grade);
  }
  Line steeper = line;
  for (auto& section : steeper.sections) {
    section.grade += *rc::gen::inRange(0, 30) * 1e-4;
  }
  Train const train = drawn::ore_train(3, 30);
  auto const steep = outcome_of(train, steeper);
  if (auto const* run = std::get_if<train::Run>(&steep)) {
    auto const gentle = outcome_of(train, line);
    RC_ASSERT(std::holds_alternative<train::Run>(gentle));
    RC_ASSERT(std::get<train::Run>(gentle).energy.traction <= run->energy.traction * (1 + 2e-4));
  }
}

RC_GTEST_PROP(RunningTimeLaw, ALineLikeItsMirrorTakesAsLongBothWays, ()) {
  // A point on track that reads the same from both ends.
  Line const half = any_line();
  Line line = half;
  Line const back = reversed(half);
  for (auto section : back.sections) {
    section.from += half.end;
    line.sections.push_back(section);
  }
  line.end = 2.0 * half.end;
  RunOptions const options{.mass_model = MassModel::kPoint};
  Train const train = drawn::ore_train(3, 30);
  auto const there = outcome_of(train, line, options);
  auto const again = outcome_of(train, reversed(line), options);
  RC_ASSERT(there.index() == again.index());
  if (auto const* run = std::get_if<train::Run>(&there)) {
    double const ratio = run->time / std::get<train::Run>(again).time;
    RC_ASSERT(std::abs(ratio - 1.0) < 1e-9);
  }
}

RC_GTEST_PROP(RunningTimeLaw, CoastingIsNeverFasterAndNeverTakesMoreWork, ()) {
  Line const line = any_line();
  double const share = *rc::gen::inRange(30, 100) * 0.01;
  Train const train = drawn::ore_train(3, 30);
  auto const fast = outcome_of(train, line);
  RC_PRE(std::holds_alternative<train::Run>(fast));
  auto const coasting = outcome_of(train, line, {.coast_to = share});
  RC_PRE(std::holds_alternative<train::Run>(coasting));  // too slow for the next hill is no fault
  auto const& a = std::get<train::Run>(fast);
  auto const& b = std::get<train::Run>(coasting);
  RC_ASSERT(b.time >= a.time * (1 - 2e-4));
  RC_ASSERT(b.energy.traction <= a.energy.traction * (1 + 2e-3));
}

}  // namespace
}  // namespace tidewater::train
