#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "profile_lp.hpp"

namespace tidewater::route {

namespace {

/// Takes away a window: a loop before a yard, the nearest to a station.
void drop_nearest(std::vector<FlatWindow>& flats, std::size_t station) {
  auto const worth = [&](FlatWindow const& w) {
    double const twice = double(w.first) + double(w.end) - 2 * double(station);
    return std::pair{w.use, std::abs(twice)};
  };
  flats.erase(
      std::min_element(flats.begin(), flats.end(), [&](FlatWindow const& a, FlatWindow const& b) {
        return worth(a) < worth(b);
      }));
}

/// The structures around as many of the flat stretches of the problem as leave a profile; the
/// others are taken out of it.
Profile designed_around_flats(ProfileProblem& problem, SectionPrices const& prices) {
  std::size_t states = 0;
  while (true) {
    Profile designed = design_profile(problem, prices);
    states += designed.states;
    designed.states = states;
    if (!designed.rail.empty() || problem.flats.empty()) {
      return designed;
    }
    drop_nearest(problem.flats, designed.stuck_at);
  }
}

}  // namespace

double longest_yard(ProfileProblem problem, SectionPrices const& prices, FlatRule const& rule) {
  FlatWindow yard = yard_windows(problem, rule).front();
  bool const is_first = rule.from_yard > 0;
  std::size_t const end = is_first ? yard.first : yard.end;
  problem.flats.push_back({});
  std::size_t holds = 0;  // stretches
  std::size_t fails = yard.end - yard.first;
  while (fails - holds > 1) {
    std::size_t const middle = (holds + fails) / 2;
    (is_first ? yard.end : yard.first) = is_first ? end + middle : end - middle;
    problem.flats.back() = yard;
    (has_profile(problem, prices) ? holds : fails) = middle;
  }
  return is_first ? problem.at[end + holds] - problem.at[end]
                  : problem.at[end] - problem.at[end - holds];
}

VerticalProfile vertical_profile(ProfileProblem problem,
                                 SectionPrices const& prices,
                                 FlatRule const& rule) {
  problem.flats = yard_windows(problem, rule);
  problem.flat_grade = rule.grade;
  Profile designed = designed_around_flats(problem, prices);
  if (designed.rail.empty()) {
    return {.profile = std::move(designed)};
  }
  if (auto const loops = flat_windows(problem, prices, designed, rule); !loops.empty()) {
    std::size_t const states = designed.states;
    bool const has_first = !problem.flats.empty() && problem.flats.front().first == 0;
    problem.flats.insert(problem.flats.begin() + (has_first ? 1 : 0), loops.begin(), loops.end());
    designed = designed_around_flats(problem, prices);
    designed.states += states;
  }
  VerticalProfile out{.profile = {}, .flats = problem.flats};
  BalancedProfile balanced = balanced_profile(problem, prices, designed);
  out.effort = balanced.effort;
  out.profile = std::move(balanced.profile);
  out.profile.states = designed.states;
  auto const missing =
      rule.loops - std::count_if(out.flats.begin(), out.flats.end(), [](FlatWindow const& w) {
        return w.use == FlatWindow::Use::kLoop;
      });
  if (missing > 0) {
    out.profile.notes.push_back(
        fmt::format("{} of {} loops find no {:.0f} m at {:.2f} % or less near their place: the "
                    "profile has none flat there.",
                    missing,
                    rule.loops,
                    rule.length,
                    100 * rule.grade));
  }
  return out;
}

}  // namespace tidewater::route
