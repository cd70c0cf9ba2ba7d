#include "tidewater/train/running_time.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"

#include "effort_table.hpp"
#include "energy_account.hpp"
#include "path_plan.hpp"

namespace tidewater::train {
namespace {

constexpr double kOnCap = 1e-9;      // m2/s2: as fast as permitted
constexpr double kMostSteps = 5e6;   // a run of that many steps is a mistake in the step
constexpr double kLeastStep = 0.01;  // m
constexpr double kPostSlack = 1e-6;  // m: a post so near the step's end belongs to it

/// W/s by which the train's power may rise; endless when some locomotive's rises at once.
double power_rise(Train const& train, double top_speed) {
  double sum = 0;
  for (auto const& group : train.locomotives) {
    Power const full = full_power(group.type, Speed{top_speed});
    if (!group.type.power_rise && full > Power{}) {
      return std::numeric_limits<double>::infinity();
    }
    sum += full > Power{} ? group.count * (full / *group.type.power_rise).base() : 0.0;
  }
  return sum;
}

/// Warns of a measured resistance that ends below the speed reached.
void note_table_end(Resistance const& law, std::string const& name, Speed top, Diagnostics& notes) {
  if (!law.table.empty() && law.table.back().speed < (1.0 - 1e-9) * top) {
    notes.push_back(
        {Severity::kWarning,
         "/train",
         fmt::format("the resistance of '{}' is stated up to {:.0f} km/h and taken to grow no "
                     "more up to the {:.0f} km/h reached",
                     name,
                     law.table.back().speed.in(units::kmh),
                     top.in(units::kmh)),
         "state its resistance up to the highest speed"});
  }
}

void note_table_ends(Train const& train, Speed top, Diagnostics& notes) {
  for (auto const& group : train.locomotives) {
    note_table_end(group.type.resistance, group.type.name, top, notes);
  }
  for (auto const& group : train.wagons) {
    note_table_end(resistance_law(group), group.type.name, top, notes);
  }
}

/// Integrates speed squared over distance; everything per kilogram of the train's inertia.
class Runner {
 public:
  Runner(Train const& train,
         Line const& line,
         RunOptions const& options,
         EffortTable const& table,
         double top_speed)
      : train_{train},
        options_{options},
        table_{table},
        account_{train, top_speed},
        inertia_{inertia(train).base()},
        rise_{power_rise(train, top_speed) / inertia_},
        x_{line.begin().base()},
        next_post_{options.posts.begin()} {
    run_.points.reserve(options.posts.size());
  }

  RunOutcome run(PathPlan plan) {
    record_posts(plan.steps.back(), 0, 0, 0, 0);
    for (std::size_t i = plan.steps.size(); i-- > 0;) {
      if (!pass(plan.steps[i])) {
        return stalled(plan.steps[i]);
      }
    }
    run_.notes = std::move(plan.notes);
    return finished();
  }

 private:
  /// Runs one step: along the permitted speed where effort allows, else under full effort.
  /// False when the train stalls.
  bool pass(PlanStep const& step) {
    if (w_ >= step.cap_from - kOnCap && follow(step, step.dx, step.cap_to)) {
      return true;
    }
    // Midpoint rule: speed squared half way, then the force there over the whole step.
    double const track = step.climb + step.drag;
    double const w_half = w_ + (full(v_, step.dx) - table_.resistance(v_) - track) * step.dx;
    if (w_half <= 0) {
      return false;
    }
    double const v_half = std::sqrt(w_half);
    double effort = available(v_half, step.dx);
    double const resist = table_.resistance(v_half);
    double gain = 2.0 * (effort - resist - track) * step.dx;
    if (w_ + gain > step.cap_to) {
      return meet_cap(step, effort, resist, gain);
    }
    double const stall = options_.stall_speed.base();
    if (w_ + gain < stall * stall && gain <= 0) {
      if (full(v_half, step.dx) <= resist + track) {
        return false;
      }
      effort = resist + track;  // at a crawl until the power has risen
      gain = 0;
    }
    if (gain < 0 && w_ + gain < crawl_) {
      crawl_ = w_ + gain;
      run_.crawl_at = Length{x_ + step.dx};
    }
    move(step, step.dx, w_ + gain, effort, resist);
    return true;
  }

  /// Effort at a speed over a step of dx, and what stores add to it for so long.
  [[nodiscard]] double full(double v, double dx) const {
    double const boost = table_.boost(v);
    return table_.effort(v) +
           (boost > 0 ? std::min(boost, account_.in_store() / (inertia_ * dx)) : 0.0);
  }

  /// Of it what the power has risen to by then.
  [[nodiscard]] double available(double v, double dx) const {
    double const most = full(v, dx);
    return v > 0 ? std::min(most, (power_ + rise_ * dx / v) / v) : most;
  }

  /// Full effort up to the place where the permitted speed is reached, and along it from there.
  bool meet_cap(PlanStep const& step, double effort, double resist, double gain) {
    double const closing = gain - (step.cap_to - step.cap_from);
    double const gap = std::max(0.0, step.cap_from - w_);
    double const share = closing > 0 ? std::min(1.0, gap / closing) : 0.0;
    if (share > 0) {
      move(step, share * step.dx, w_ + share * gain, effort, resist);
    }
    if (share < 1) {
      control(step, (1.0 - share) * step.dx, step.cap_to);
    }
    return true;
  }

  /// Along the permitted speed if full effort is enough for it.
  bool follow(PlanStep const& step, double dx, double w_end) {
    double const v_mean = std::sqrt(0.5 * (w_ + w_end));
    double const resist = table_.resistance(v_mean);
    double const needed = 0.5 * (w_end - w_) / dx + resist + step.climb + step.drag;
    if (needed > available(v_mean, dx)) {
      return false;
    }
    move(step, dx, w_end, needed, resist);
    return true;
  }

  /// Along the permitted speed, the force being whatever it takes.
  void control(PlanStep const& step, double dx, double w_end) {
    double const resist = table_.resistance(std::sqrt(0.5 * (w_ + w_end)));
    double const needed = 0.5 * (w_end - w_) / dx + resist + step.climb + step.drag;
    move(step, dx, w_end, needed, resist);
  }

  /// Constant force over dx, so the time is exact: distance over the mean of both speeds.
  void move(PlanStep const& step, double dx, double w_end, double force, double resist) {
    double const v_end = std::sqrt(w_end);
    double const dt = 2.0 * dx / (v_ + v_end);
    double const work = force * dx;
    record_posts(step, dx, dt, w_end, force);
    if (work > 0) {
      traction_ += work;
      account_.pull(inertia_ * work, dt, x_ + dx);
    } else {
      braking_ -= work;
      double const dynamic = std::min(-force, table_.dynamic_brake(0.5 * (v_ + v_end))) * dx;
      account_.brake(inertia_ * dynamic, dt);
    }
    power_ = work > 0 ? work / dt : 0.0;
    resistance_ += (resist + step.drag) * dx;
    climb_ += step.climb * dx;
    held_back_ += step.held_back && w_ >= step.cap_from - kOnCap ? dt : 0.0;
    x_ += dx;
    t_ += dt;
    w_ = w_end;
    v_ = v_end;
    top_ = std::max(top_, w_end);
  }

  /// Posts within the next dx, speed squared being a straight line over the move.
  void record_posts(PlanStep const& step, double dx, double dt, double w_end, double force) {
    double const work = force * dx;
    for (; next_post_ != options_.posts.end() && next_post_->base() <= x_ + dx + kPostSlack;
         ++next_post_) {
      double const d = std::clamp(next_post_->base() - x_, 0.0, dx);
      double const share = dx > 0 ? d / dx : 0.0;
      double const v = std::sqrt(std::max(0.0, w_ + share * (w_end - w_)));
      double const spent = d >= dx ? dt : (d > 0 ? 2.0 * d / (v_ + v) : 0.0);
      run_.points.push_back(
          {.post = *next_post_,
           .time = Time{t_ + spent},
           .speed = Speed{v},
           .traction = Energy{inertia_ * (traction_ + std::max(0.0, work) * share)},
           .force = Force{inertia_ * force},
           .limit = Speed{step.limit}});
    }
  }

  RunOutcome finished() {
    run_.time = Time{t_};
    run_.top_speed = Speed{std::sqrt(top_)};
    run_.crawl_speed = Speed{std::sqrt(std::min(crawl_, top_))};
    run_.held_back = Time{held_back_};
    run_.energy = {.traction = Energy{inertia_ * traction_},
                   .braking = Energy{inertia_ * braking_},
                   .resistance = Energy{inertia_ * resistance_},
                   .climb = Energy{inertia_ * climb_}};
    account_.settle(run_.energy, t_);
    note_table_ends(train_, run_.top_speed, run_.notes);
    if (account_.empty_at() >= 0) {
      run_.notes.push_back({Severity::kWarning,
                            "/train",
                            fmt::format("the battery is empty at km {:.1f}; the run goes on as if "
                                        "it were not",
                                        account_.empty_at() / 1000.0),
                            "more storage, charging under way or a lighter train"});
    }
    return std::move(run_);
  }

  [[nodiscard]] RunOutcome stalled(PlanStep const& step) const {
    double const per_weight = (mass(train_) * kGravity).base() / inertia_;
    Stalled stalled{
        .post = Length{x_}, .grade = (step.climb + step.drag) / per_weight, .speed = Speed{v_}};
    double slipping = 0;
    double pulling = 0;
    for (auto const& group : train_.locomotives) {
      Locomotive gripping = group.type;
      gripping.adhesion.reset();
      pulling += group.count * tractive_effort(group.type, Speed{v_}).base();
      slipping += group.count * tractive_effort(gripping, Speed{v_}).base();
    }
    bool const slips = slipping > pulling * (1.0 + 1e-12);
    stalled.cause = slips ? Stalled::Cause::kAdhesion : Stalled::Cause::kEffort;
    stalled.reason = fmt::format(
        "{:.0f} kN at the wheel, capped by {}, do not {} {:.0f} t on {:.2f} % at km {:.3f}",
        pulling / 1000.0,
        slips ? "adhesion" : "tractive effort",
        w_ > 0 ? "hold" : "start",
        mass(train_).in(units::t),
        100.0 * stalled.grade,
        x_ / 1000.0);
    return stalled;
  }

  Train const& train_;
  RunOptions const& options_;
  EffortTable const& table_;
  EnergyAccount account_;
  double inertia_;       // kg
  double rise_;          // W/kg/s, how fast power may rise
  double power_ = 0;     // W/kg, of the last move
  double x_;             // m, of the front
  double t_ = 0;         // s
  double w_ = 0;         // m2/s2, speed squared
  double v_ = 0;         // m/s
  double traction_ = 0;  // J/kg, as the next three
  double braking_ = 0;
  double resistance_ = 0;
  double climb_ = 0;
  double held_back_ = 0;  // s
  double top_ = 0;        // m2/s2
  double crawl_ = std::numeric_limits<double>::infinity();
  std::vector<Length>::const_iterator next_post_;
  Run run_{};
};

bool rises_within(std::vector<Length> const& posts, Length from, Length to) {
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (!(posts[i] >= from && posts[i] <= to) || (i > 0 && !(posts[i] > posts[i - 1]))) {
      return false;
    }
  }
  return true;
}

Diagnostics option_faults(RunOptions const& options, Line const& line) {
  Diagnostics found;
  auto const require = [&](bool holds, char const* where, char const* what, char const* remedy) {
    if (!holds) {
      found.push_back({Severity::kError, where, what, remedy});
    }
  };
  double const step = options.step.base();
  require(std::isfinite(step) && step >= kLeastStep && line.length().base() / step <= kMostSteps,
          "/run/step",
          "the step is below 1 cm, cuts the line into more than five million, or is not a number",
          "give a step of 5 to 100 m");
  require(std::isfinite(options.stall_speed.base()) && options.stall_speed >= Speed{},
          "/run/stall_speed",
          "the stall speed is negative or not a number",
          "give a speed >= 0");
  require(options.curve_resistance >= Length{} && std::isfinite(options.curve_resistance.base()),
          "/run/curve_resistance",
          "the curve resistance is negative or not a number",
          "give equivalent grade x radius, e.g. 0.7 m");
  require(options.coast_to > 0 && options.coast_to <= 1,
          "/run/coast_to",
          "the speed to coast down to is not above 0 and up to 1",
          "give a share of the limit, 1 not to coast");
  require(options.lead >= Time{} && options.lead <= Time{600.0},
          "/run/lead",
          "the driver's lead is negative or above ten minutes",
          "give a time, e.g. 30 s");
  require(rises_within(options.posts, line.begin(), line.end),
          "/run/posts",
          "the posts do not increase or lie beyond the line",
          "order the posts and keep them on the line");
  require(rises_within(options.stops, line.begin() + Length{1.0}, line.end - Length{1.0}),
          "/run/stops",
          "the stops do not increase or lie within 1 m of an end of the line",
          "order the stops; the run stops at the end by itself");
  return found;
}

/// Highest speed the train may reach anywhere on the line.
double top_speed(Train const& train, Line const& line) {
  Speed fastest{};
  for (auto const& section : line.sections) {
    fastest = std::max(fastest, section.speed_limit);
  }
  return std::min(fastest, max_speed(train)).base();
}

void append(Diagnostics& to, Diagnostics from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Result<RunOutcome> running_time(Train const& train, Line const& line, RunOptions const& options) {
  Diagnostics found = faults(train);
  append(found, faults(line));
  if (found.empty()) {
    append(found, option_faults(options, line));
    if (!std::isfinite(top_speed(train, line))) {
      found.push_back({Severity::kError,
                       "/line",
                       "neither the train nor some part of the line has a speed limit",
                       "give the locomotive a maximum speed"});
    }
  }
  if (!found.empty()) {
    return reject(std::move(found));
  }
  double const top = top_speed(train, line);
  EffortTable const table{train, top};
  auto plan = path_plan(train, line, options, table, top);
  if (auto* const stalled = std::get_if<Stalled>(&plan)) {
    return RunOutcome{std::move(*stalled)};
  }
  return Runner{train, line, options, table, top}.run(std::get<PathPlan>(std::move(plan)));
}

Result<RunOutcome> running_time_with_reserve(Train const& train,
                                             Line const& line,
                                             double reserve,
                                             RunOptions options) {
  TW_EXPECTS(reserve >= 0, "a reserve is no loss");
  options.coast_to = 1.0;
  auto best = running_time(train, line, options);
  if (!best || !std::holds_alternative<Run>(*best)) {
    return best;
  }
  Time const allowed = (1.0 + reserve) * std::get<Run>(*best).time;
  double good = 1.0;
  double bad = 0.05;  // slower than any timetable would have it
  while (good - bad > 0.001) {
    options.coast_to = 0.5 * (good + bad);
    auto const tried = running_time(train, line, options);
    auto const* run = tried ? std::get_if<Run>(&*tried) : nullptr;
    bool const fits = run != nullptr && run->time <= allowed;
    (fits ? good : bad) = options.coast_to;
    if (fits) {
      best = tried;
    }
  }
  return best;
}

std::vector<Length> even_posts(Line const& line, Length spacing) {
  TW_EXPECTS(spacing > Length{}, "posts stand apart");
  auto const parts = static_cast<int>(std::max(1.0, std::ceil(line.length() / spacing - 1e-9)));
  std::vector<Length> posts;
  posts.reserve(static_cast<std::size_t>(parts) + 1);
  for (int i = 0; i < parts; ++i) {
    posts.push_back(line.begin() + line.length() * (static_cast<double>(i) / parts));
  }
  posts.push_back(line.end);
  return posts;
}

}  // namespace tidewater::train
