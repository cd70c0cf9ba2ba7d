#pragma once
/// How long a train takes along a line, and the work at its wheels: shortest running time (or, with
/// coasting, a longer one), by quasi-static integration over distance. docs/theory/train.md.

#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/train/line.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

enum class MassModel {
  kStrip,  ///< grade and curve averaged under the train's length (uniform mass)
  kPoint,  ///< grade at the front: errs on grades shorter than the train
};

struct RunOptions {
  Length step{25.0};  ///< longest integration step; finer after starts
  MassModel mass_model = MassModel::kStrip;
  Length curve_resistance = kCurveResistance;
  /// Under full effort on a grade, falling below this speed is a stall.
  Speed stall_speed{1.0};
  /// Before stops and lower limits a train coasts from the limit down to this share of it, and
  /// brakes from there: 1 never coasts.
  double coast_to = 1.0;
  /// How far ahead in time the driver keeps what is permitted: the speed is one that could be kept
  /// for so long. Zero brakes at the last place. Below a walking pace it does not hold.
  Time lead{};
  std::vector<Length> stops{};  ///< intermediate stops, by the front; standing time is not counted
  std::vector<Length> posts{};  ///< where time and speed are wanted (by the front), increasing
};

/// The train's front at a post.
struct RunPoint {
  Length post{};
  Time time{};
  Speed speed{};
  Energy traction{};  ///< work at the wheel since the start
  Force force{};      ///< at the wheel just before the post: above zero pulls, below it brakes
  Speed limit{};      ///< the track's under any part of the train just before, or the train's own
  bool operator==(RunPoint const&) const = default;
};

/// Where the work went: traction = resistance + climb + braking (+ 0 kinetic: stop to stop).
struct RunEnergy {
  Energy traction{};  ///< at the wheel, into the train
  Energy braking{};   ///< at the wheel, out of the train
  Energy dynamic{};   ///< of which the dynamic brakes took, as much as they can; friction the rest
  Energy resistance{};  ///< running, curve and path resistance
  Energy climb{};       ///< of the train's mass, negative when it ends lower
  /// Fuel or current drawn: traction / efficiency (/ catenary) + standing use x time; for a battery
  /// what came out of it.
  Energy supply{};
  Energy regenerated{};  ///< given back to the catenary or into a store
  Mass carbon{};         ///< CO2 of `supply` (what goes back to a catenary is not credited)
};

struct Run {
  Time time{};
  RunEnergy energy{};
  std::vector<RunPoint> points{};  ///< one for each of RunOptions::posts
  Speed top_speed{};
  /// Lowest speed while losing speed under full effort, as a rule on the ruling grade; the top
  /// speed when that never happened.
  Speed crawl_speed{};
  Length crawl_at{};
  Time held_back{};     ///< time spent below the limits because brakes could not hold more
  Diagnostics notes{};  ///< what was assumed or slowed, for the report
};

/// The train cannot run the line; nothing is wrong with the input.
struct Stalled {
  enum class Cause {
    kAdhesion,    ///< the wheels would slip before the effort is enough
    kEffort,      ///< the locomotives cannot pull that hard at this speed
    kCannotHold,  ///< brakes cannot hold any speed down the grade, or cannot stop in it
  };
  Cause cause = Cause::kEffort;
  Length post{};     ///< of the front
  double grade = 0;  ///< equivalent grade under the train there, curves included
  Speed speed{};     ///< when it gave up
  std::string reason{};
};

using RunOutcome = std::variant<Run, Stalled>;

/// Running time of `train` along `line`, from a stand at the first post to a stop at the last.
///
///   speed   never above the train's own maximum nor any limit between its front and rear
///   braking constant `service_braking`, less where the stated brakes cannot give it on that grade;
///           downhill no faster than `holding_force` can hold
///   error   at the default step within 0.1 % of the converged time (docs/theory/train.md, table)
///   fails   Stalled; Diagnostics for a train, line or option that is not one
[[nodiscard]] Result<RunOutcome> running_time(Train const& train,
                                              Line const& line,
                                              RunOptions const& options = {});

/// The run that saves most by coasting within a time reserve: the smallest `coast_to` for which the
/// time stays within (1 + reserve) of the shortest one, to 0.1 % of it. `options.coast_to` is not
/// used.
[[nodiscard]] Result<RunOutcome> running_time_with_reserve(Train const& train,
                                                           Line const& line,
                                                           double reserve,
                                                           RunOptions options = {});

/// Posts from the first to the last, evenly spaced at most `spacing` apart, both ends included.
[[nodiscard]] std::vector<Length> even_posts(Line const& line, Length spacing);

}  // namespace tidewater::train
