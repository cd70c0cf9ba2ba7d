#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/consist.hpp"
#include "tidewater/train/running_time.hpp"

namespace tidewater::train {
namespace {

using Advice = std::variant<SizeAdvice, NoConsist>;

/// Grades under a train of so many wagons.
RulingGrades grades_under(Line const& line, Line const& back, ConsistTask const& task, int wagons) {
  Length const length = std::min(static_cast<double>(wagons) * task.wagon.length +
                                     tidewater::train::length({.wagons = task.further_wagons}),
                                 line.length());
  return {.loaded = ruling_grade(line, length).grade, .empty = ruling_grade(back, length).grade};
}

struct RoundTrip {
  Time time{};
  Energy work{};
};

/// None when a train stalls on the way.
Result<std::optional<RoundTrip>> round_trip(SizedConsist const& consist,
                                            Line const& line,
                                            Line const& back) {
  RoundTrip trip;
  for (auto const& [train, track] :
       {std::pair{&consist.loaded, &line}, std::pair{&consist.empty, &back}}) {
    auto const outcome = running_time(*train, *track, {.coast_to = consist.coast_to});
    if (!outcome) {
      return reject(outcome.error());
    }
    auto const* run = std::get_if<Run>(&*outcome);
    if (run == nullptr) {
      return std::nullopt;
    }
    trip.time += run->time;
    trip.work += run->energy.traction;
  }
  return trip;
}

TrainSize priced(SizedConsist const& consist,
                 ConsistTask const& task,
                 RoundTrip const& trip,
                 Length there_and_back,
                 ConsistCosts const& costs) {
  auto const wagons = static_cast<double>(consist.wagons - count(task.further_wagons));
  auto const locomotives =
      static_cast<double>(consist.locomotives - count(task.further_locomotives));
  Time const cycle = trip.time + costs.at_ends + wagons * costs.per_wagon;
  Money const cost =
      (costs.crew + locomotives * costs.locomotive + wagons * costs.wagon + costs.further) * cycle +
      costs.running * there_and_back + costs.energy * trip.work;
  return {.wagons = consist.wagons,
          .locomotives = consist.locomotives,
          .payload = consist.payload,
          .cycle = cycle,
          .cost = cost / consist.payload};
}

char const* words(ConsistLimit limit) {
  switch (limit) {
    case ConsistLimit::kLoopLength:
      return "the length of the loops";
    case ConsistLimit::kDrawbar:
      return "the drawbar force of the couplings";
    case ConsistLimit::kLocomotives:
      return "the ruling grade with the locomotives allowed";
    case ConsistLimit::kWagons:
      return "the number of wagons allowed";
    case ConsistLimit::kPayload:
      break;
  }
  return "the payload wanted";
}

std::string reason(SizeAdvice const& advice, bool filled_below_capacity) {
  auto const& best = advice.sizes[advice.best];
  auto text = fmt::format("{} wagons behind {} locomotives cost {:.2f} a tonne",
                          best.wagons,
                          best.locomotives,
                          best.cost.in(units::usd / units::t));
  text +=
      advice.best + 1 == advice.sizes.size()
          ? fmt::format("; cost falls up to the longest train: {} binds", words(advice.largest_by))
          : fmt::format(
                "; longer trains need more locomotives or time than they save, {} would "
                "bind at {} wagons",
                words(advice.largest_by),
                advice.sizes.back().wagons);
  return filled_below_capacity ? text + "; the axle load keeps wagons below their capacity" : text;
}

}  // namespace

Result<Advice> advise_size(ConsistTask task, Line const& line, ConsistCosts const& costs) {
  Diagnostics found = faults(line);
  if (!found.empty()) {
    return reject(std::move(found));
  }
  Line const back = reversed(line);
  SizeAdvice advice;
  bool filled_below_capacity = false;
  NoConsist last_refusal;
  int const most = task.limits.max_wagons;
  for (int wagons = 1; wagons <= most; ++wagons) {
    task.grades = grades_under(line, back, task, wagons);
    task.payload.reset();
    task.limits.max_wagons = wagons;
    auto answer = size_consist(task);
    if (!answer) {
      return reject(std::move(answer.error()));
    }
    if (auto* refused = std::get_if<NoConsist>(&*answer)) {
      last_refusal = std::move(*refused);
      continue;  // one wagon may stand on a steeper grade than many
    }
    auto const& consist = std::get<SizedConsist>(*answer);
    if (consist.wagons - count(task.further_wagons) < wagons) {
      advice.largest_by = consist.limit;
      break;
    }
    auto const trip = round_trip(consist, line, back);
    if (!trip) {
      return reject(trip.error());
    }
    if (*trip) {
      filled_below_capacity = filled_below_capacity || !consist.notes.empty();
      advice.sizes.push_back(priced(consist, task, **trip, 2.0 * line.length(), costs));
    }
  }
  if (advice.sizes.empty()) {
    return Advice{std::move(last_refusal)};
  }
  auto const cheapest = std::min_element(
      advice.sizes.begin(), advice.sizes.end(), [](TrainSize const& a, TrainSize const& b) {
        return a.cost < b.cost;
      });
  advice.best = static_cast<std::size_t>(cheapest - advice.sizes.begin());
  advice.reason = reason(advice, filled_below_capacity);
  return Advice{std::move(advice)};
}

}  // namespace tidewater::train
