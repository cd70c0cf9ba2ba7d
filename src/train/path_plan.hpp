#pragma once
/// The line cut into integration steps for one train: what the track does to it in each, and how
/// fast it may go. Made once, backwards from the last stop, before the run forwards.

#include <variant>
#include <vector>

#include "tidewater/train/running_time.hpp"

#include "effort_table.hpp"

namespace tidewater::train {

/// Within a step the forces are constant and the square of the permitted speed is a straight line
/// that never rises. Forces are per kilogram of inertia (m/s2), speeds squared in m2/s2.
struct PlanStep {
  double dx;        ///< m
  double climb;     ///< gravity along the track, positive uphill
  double drag;      ///< curves and path resistance, >= 0
  double cap_from;  ///< permitted speed squared at the step's start
  double cap_to;    ///< and at its end
  double limit;     ///< m/s, of the track under any part of the train and of the train itself
  double braking;   ///< most it may slow down, m/s2
  bool held_back;   ///< the brakes, not the limits, set the speed here
};

struct PathPlan {
  std::vector<PlanStep> steps;  ///< the last step of the line first
  Diagnostics notes;
};

/// `top_speed` in m/s, the train's table up to there. Expects a train, a line and options without
/// faults.
[[nodiscard]] std::variant<PathPlan, Stalled> path_plan(Train const& train,
                                                        Line const& line,
                                                        RunOptions const& options,
                                                        EffortTable const& table,
                                                        double top_speed);

}  // namespace tidewater::train
