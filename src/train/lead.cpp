#include "lead.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tidewater::train {
namespace {

constexpr double kWalk = 5.0 / 3.6;  // m/s

/// Fastest speed, no more than `speed`, that stays permitted for `lead` s from the start of the
/// step `first` (steps stand in reverse).
double kept_for(std::vector<PlanStep> const& steps, std::size_t first, double speed, double lead) {
  double from = 0;  // m ahead
  for (std::size_t i = first + 1; i-- > 0;) {
    double const start = std::min(speed, std::sqrt(steps[i].cap_from));
    double const end = std::min(start, std::sqrt(steps[i].cap_to));
    double const to = from + steps[i].dx;
    if (start * lead <= from) {
      return from / lead;
    }
    double const over = start * lead - from;
    double const under = to - end * lead;
    if (under >= 0) {
      return (from + steps[i].dx * over / (over + under)) / lead;
    }
    speed = end;
    from = to;
  }
  return std::min(speed, from / lead);
}

}  // namespace

void keep_ahead(PathPlan& plan, double lead) {
  std::vector<PlanStep> const permitted = plan.steps;
  double next = 0;  // permitted speed squared where the step at hand ends, as lowered
  for (std::size_t i = 0; i < permitted.size(); ++i) {
    PlanStep& step = plan.steps[i];
    auto const lowered = [&](double cap, double kept) {
      return std::min(cap, std::max(kept * kept, kWalk * kWalk));
    };
    double const end =
        i == 0 ? 0.0 : kept_for(permitted, i - 1, std::sqrt(permitted[i].cap_to), lead);
    double const start = kept_for(permitted, i, std::sqrt(permitted[i].cap_from), lead);
    step.cap_to = std::min(lowered(permitted[i].cap_to, end), i == 0 ? 0.0 : next);
    step.cap_from =
        std::min(lowered(permitted[i].cap_from, start), step.cap_to + 2.0 * step.braking * step.dx);
    step.cap_from = std::max(step.cap_from, step.cap_to);
    next = step.cap_from;
  }
}

}  // namespace tidewater::train
