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

/// What of the yards is tried in turn: all, each by itself, none.
std::vector<std::vector<FlatWindow>> yard_choices(std::vector<FlatWindow> const& yards) {
  std::vector<std::vector<FlatWindow>> out{yards};
  if (yards.size() > 1) {
    for (FlatWindow const& yard : yards) {
      out.push_back({yard});
    }
  }
  if (!yards.empty()) {
    out.emplace_back();
  }
  return out;
}

/// The loops between the yards, in the order of the line.
std::vector<FlatWindow> in_order(std::vector<FlatWindow> const& yards,
                                 std::vector<FlatWindow> const& loops) {
  std::vector<FlatWindow> out = yards;
  auto const first_to = std::find_if(out.begin(), out.end(), [](FlatWindow const& yard) {
    return yard.use == FlatWindow::Use::kToYard;
  });
  out.insert(first_to, loops.begin(), loops.end());
  return out;
}

/// The structures for as many of the yards as leave a profile; the others are taken out.
Profile designed_with_yards(ProfileProblem& problem, SectionPrices const& prices) {
  Profile designed;
  std::size_t states = 0;
  for (auto const& yards : yard_choices(std::vector{problem.flats})) {
    problem.flats = yards;
    designed = design_profile(problem, prices);
    states += designed.states;
    if (!designed.rail.empty()) {
      break;
    }
  }
  designed.states = states;
  return designed;
}

/// The same around the loops too, which are given up where they leave no profile.
void add_loops(std::vector<FlatWindow> loops,
               ProfileProblem& problem,
               SectionPrices const& prices,
               Profile& designed) {
  std::vector<FlatWindow> const yards = problem.flats;
  std::size_t states = designed.states;
  while (!loops.empty()) {
    problem.flats = in_order(yards, loops);
    Profile around = design_profile(problem, prices);
    states += around.states;
    if (!around.rail.empty()) {
      designed = std::move(around);
      break;
    }
    drop_nearest(loops, around.stuck_at);
    problem.flats = yards;
  }
  designed.states = states;
}

}  // namespace

double longest_yard(ProfileProblem problem, SectionPrices const& prices, FlatRule const& rule) {
  auto const asked = yard_windows(problem, rule);
  if (asked.empty()) {
    return 0;
  }
  FlatWindow const whole = asked.front();
  bool const is_first = whole.use == FlatWindow::Use::kFromYard;
  std::vector<FlatWindow> const others = problem.flats;
  std::size_t holds = 0;  // stretches
  std::size_t fails = whole.end - whole.first + 1;
  while (fails - holds > 1) {
    std::size_t const middle = (holds + fails) / 2;
    FlatWindow yard = whole;
    (is_first ? yard.end : yard.first) = is_first ? middle : whole.end - middle;
    problem.flats = others;
    problem.flats.push_back(yard);
    (has_profile(problem, prices) ? holds : fails) = middle;
  }
  return is_first ? problem.at[holds] - problem.at.front()
                  : problem.at.back() - problem.at[whole.end - holds];
}

VerticalProfile vertical_profile(ProfileProblem problem,
                                 SectionPrices const& prices,
                                 FlatRule const& rule) {
  problem.flats = yard_windows(problem, rule);
  problem.flat_grade = rule.grade;
  Profile designed = designed_with_yards(problem, prices);
  if (designed.rail.empty()) {
    return {.profile = std::move(designed)};
  }
  add_loops(flat_windows(problem, prices, designed, rule), problem, prices, designed);
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
