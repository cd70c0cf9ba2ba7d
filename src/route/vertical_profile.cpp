#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "profile_lp.hpp"

namespace tidewater::route {

namespace {

/// Takes away the window nearest to a station.
void drop_nearest(std::vector<FlatWindow>& flats, std::size_t station) {
  auto const away = [&](FlatWindow const& w) {
    double const twice = double(w.first) + double(w.end) - 2 * double(station);
    return std::abs(twice);
  };
  flats.erase(
      std::min_element(flats.begin(), flats.end(), [&](FlatWindow const& a, FlatWindow const& b) {
        return away(a) < away(b);
      }));
}

}  // namespace

VerticalProfile vertical_profile(ProfileProblem problem,
                                 SectionPrices const& prices,
                                 LoopRule const& loops) {
  problem.flats.clear();
  problem.flat_grade = loops.grade;
  Profile designed = design_profile(problem, prices);
  std::size_t states = designed.states;
  if (designed.rail.empty()) {
    return {.profile = std::move(designed)};
  }
  problem.flats = flat_windows(problem, prices, designed, loops);
  while (!problem.flats.empty()) {
    Profile around = design_profile(problem, prices);
    states += around.states;
    if (!around.rail.empty()) {
      designed = std::move(around);
      break;
    }
    drop_nearest(problem.flats, around.stuck_at);
  }
  VerticalProfile out{.profile = {}, .flats = problem.flats};
  BalancedProfile balanced = balanced_profile(problem, prices, designed);
  out.profile = std::move(balanced.profile);
  out.effort = balanced.effort;
  out.profile.states = states;
  auto const missing = static_cast<std::size_t>(std::max(0, loops.loops)) - out.flats.size();
  if (missing > 0) {
    out.profile.notes.push_back(
        fmt::format("{} of {} loops find no {:.0f} m at {:.2f} % or less near their place: the "
                    "profile has none flat there.",
                    missing,
                    loops.loops,
                    loops.length,
                    100 * loops.grade));
  }
  return out;
}

}  // namespace tidewater::route
