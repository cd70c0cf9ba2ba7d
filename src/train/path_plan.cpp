#include "path_plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "holding.hpp"
#include "lead.hpp"
#include "track_under_train.hpp"

namespace tidewater::train {
namespace {

constexpr double kSamePost = 1e-6;       // m: closer posts are one
constexpr double kLeastBraking = 0.005;  // m/s2: below it a train is not stopped but let go

/// Finer steps after each start, where effort and speed change fastest over distance: none longer
/// than a quarter of the distance from the start.
void add_start(std::vector<double>& nodes, double at, double step) {
  for (double d = std::min(0.1, step); 0.25 * d < step; d *= 1.25) {
    nodes.push_back(at + d);
  }
}

/// Ends of steps: every place where track, limits or stops change for this train, and enough in
/// between that none is longer than the step wanted.
std::vector<double> step_ends(Line const& line, RunOptions const& options, double train_length) {
  std::vector<double> breaks{line.begin().base(), line.end.base()};
  breaks.reserve(2 * line.sections.size() + 32);
  double const step = options.step.base();
  for (auto const& section : line.sections) {
    breaks.push_back(section.from.base());
    breaks.push_back(section.from.base() + train_length);
  }
  add_start(breaks, line.begin().base(), step);
  for (auto const& stop : options.stops) {
    breaks.push_back(stop.base());
    add_start(breaks, stop.base(), step);
  }
  std::sort(breaks.begin(), breaks.end());

  std::vector<double> ends{line.begin().base()};
  ends.reserve(breaks.size() + static_cast<std::size_t>(line.length().base() / step) + 1);
  for (double const next : breaks) {
    double const last = ends.back();
    if (next - last < kSamePost || next > line.end.base()) {
      continue;
    }
    auto const parts = static_cast<int>(std::ceil((next - last) / step - 1e-9));
    for (int i = 1; i < parts; ++i) {
      ends.push_back(last + (next - last) * i / parts);
    }
    ends.push_back(next);
  }
  ends.back() = line.end.base();
  return ends;
}

/// Full service air brake force of the train, endless when none is stated.
double full_service(Train const& train) {
  double sum = 0;
  bool stated = false;
  auto const add = [&](std::optional<AirBrake> const& brake, int count) {
    stated = stated || brake.has_value();
    sum += brake ? count * brake->full_service.base() : 0.0;
  };
  for (auto const& group : train.locomotives) {
    add(group.type.brake, group.count);
  }
  for (auto const& group : train.wagons) {
    add(group.type.brake, group.count);
  }
  return stated ? sum : std::numeric_limits<double>::infinity();
}

/// One step of constant track and limit, going backwards: the permitted speed at its end is known.
/// Where the braking curve meets the limit the step is cut in two, so that both stay straight.
void lay_backwards(std::vector<PlanStep>& steps, PlanStep step, double limit, double braking) {
  double const reach = (limit - step.cap_to) / (2.0 * braking);  // m of braking from the limit
  if (reach <= kSamePost) {
    step.cap_from = step.cap_to;
    steps.push_back(step);
  } else if (reach >= step.dx - kSamePost) {
    step.cap_from = std::min(limit, step.cap_to + 2.0 * braking * step.dx);
    steps.push_back(step);
  } else {
    PlanStep brake = step;
    brake.dx = reach;
    brake.cap_from = limit;
    steps.push_back(brake);
    step.dx -= reach;
    step.cap_from = limit;
    step.cap_to = limit;
    steps.push_back(step);
  }
}

Stalled cannot_hold(Track const& track, double post, double per_weight, char const* what) {
  Stalled stalled{.cause = Stalled::Cause::kCannotHold, .post = Length{post}};
  stalled.grade = (track.climb + track.drag) / per_weight;
  stalled.reason = fmt::format(
      "the brakes cannot {} on {:.2f} % at km {:.3f}", what, 100.0 * stalled.grade, post / 1000.0);
  return stalled;
}

/// What changes from step to step while the plan is laid backwards.
class Planner {
 public:
  Planner(Train const& train,
          Line const& line,
          RunOptions const& options,
          EffortTable const& table,
          double top_speed)
      : options_{options},
        table_{table},
        ends_{step_ends(line, options, length(train).base())},
        holding_{train, top_speed},
        per_weight_{(mass(train) * kGravity).base() / inertia(train).base()},
        full_service_{full_service(train) / inertia(train).base()},
        service_{train.service_braking.base()},
        track_{tracks_under_train(train, line, options, ends_)},
        top_speed_{top_speed} {
    if (!holding_.stated()) {
      plan_.notes.push_back({Severity::kNote,
                             "/train",
                             "no brake is stated: holding speed downhill was not checked",
                             "state an air brake for the wagons"});
    }
  }

  std::variant<PathPlan, Stalled> plan() {
    plan_.steps.reserve(ends_.size() + 64);
    double permitted = 0;  // at the end of the step at hand: the last one ends at a stand
    auto stop = options_.stops.rbegin();
    for (std::size_t i = ends_.size() - 1; i-- > 0;) {
      double const end = ends_[i + 1];
      while (stop != options_.stops.rend() && stop->base() > end - 2 * kSamePost) {
        permitted = 0;
        ++stop;
      }
      if (auto const fault = add_step(i, permitted)) {
        return *fault;
      }
      permitted = plan_.steps.back().cap_from;
    }
    if (options_.lead > Time{}) {
      keep_ahead(plan_, options_.lead.base());
    }
    return std::move(plan_);
  }

 private:
  std::optional<Stalled> add_step(std::size_t i, double permitted) {
    Track const& track = track_[i];
    double limit = std::min(track.limit, top_speed_);
    double const held = holding_.speed(-(track.climb + track.drag));
    bool const held_back = held < limit;
    if (held < options_.stall_speed.base() && held_back) {
      return cannot_hold(track, ends_[i], per_weight_, "hold any speed");
    }
    if (held_back) {
      limit = held;
      note_holding(i, held);
    }
    double const room = full_service_ + track.climb + track.drag;
    double const braking = std::min(service_, room);
    double const cap_to = std::min(permitted, limit * limit);
    if (braking < kLeastBraking && cap_to < limit * limit) {
      return cannot_hold(track, ends_[i], per_weight_, "slow the train");
    }
    PlanStep const step{.dx = ends_[i + 1] - ends_[i],
                        .climb = track.climb,
                        .drag = track.drag,
                        .cap_from = 0,
                        .cap_to = cap_to,
                        .limit = std::min(track.limit, top_speed_),
                        .braking = std::max(braking, kLeastBraking),
                        .held_back = held_back};
    lay_backwards(plan_.steps, step, limit * limit, slowing(step, limit * limit));
    return std::nullopt;
  }

  /// Deceleration before the end of a step: coasting from the speed down to which trains coast up
  /// to the limit, wherever that slows them at all; braking below.
  [[nodiscard]] double slowing(PlanStep const& step, double limit) const {
    double const share = options_.coast_to;
    if (step.cap_to < share * share * limit || share >= 1) {
      return step.braking;
    }
    double const track = step.climb + step.drag;
    double const at_end = table_.resistance(std::sqrt(step.cap_to)) + track;
    double const half = std::max(0.0, step.cap_to + at_end * step.dx);
    double const coasting = table_.resistance(std::sqrt(half)) + track;
    return coasting < kLeastBraking ? step.braking : std::min(coasting, step.braking);
  }

  /// One note for the whole run, at the slowest such place.
  void note_holding(std::size_t i, double held) {
    if (held >= slowest_held_) {
      return;
    }
    if (std::isfinite(slowest_held_)) {
      plan_.notes.pop_back();
    }
    slowest_held_ = held;
    plan_.notes.push_back(
        {Severity::kWarning,
         "/line",
         fmt::format("downhill the brakes hold no more than {:.1f} km/h on {:.2f} "
                     "% at km {:.3f}; the run keeps to that",
                     held * 3.6,
                     100.0 * track_[i].climb / per_weight_,
                     ends_[i] / 1000.0),
         "more dynamic brake, a lighter train or a gentler grade"});
  }

  RunOptions const& options_;
  EffortTable const& table_;
  std::vector<double> ends_;
  Holding holding_;
  double per_weight_;    // m/s2: gravity over the train's inertia
  double full_service_;  // m/s2
  double service_;       // m/s2
  std::vector<Track> track_;
  double top_speed_;
  double slowest_held_ = std::numeric_limits<double>::infinity();
  PathPlan plan_;
};

}  // namespace

std::variant<PathPlan, Stalled> path_plan(Train const& train,
                                          Line const& line,
                                          RunOptions const& options,
                                          EffortTable const& table,
                                          double top_speed) {
  return Planner{train, line, options, table, top_speed}.plan();
}

}  // namespace tidewater::train
