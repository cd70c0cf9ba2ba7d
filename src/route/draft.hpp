#pragma once
/// From the lattice's way to a line: its plan, its profile, its stations and its bill.

#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "lattice_way.hpp"
#include "levelled_line.hpp"
#include "plan_fit.hpp"
#include "plan_geometry.hpp"
#include "profile_lp.hpp"
#include "setting.hpp"

namespace tidewater::route {

struct Draft {
  Plan plan;
  ProfileProblem profile_problem;
  std::vector<Station> stations;  ///< rail, grade and kind only when there is a profile
  std::vector<double> along;      ///< of the stations on the plane, m
  VerticalProfile vertical;
  Bill bill;          ///< empty without a profile
  double grazed = 0;  ///< m of line whose nearest cell is closed: corners cut between samples
};

/// Ends that were to have a yard and have none.
[[nodiscard]] std::size_t missing_yards(Setting const& setting, Draft const& draft);
/// Of two with a profile: the one with more of its yards, then the cheaper.
[[nodiscard]] bool is_better(Setting const& setting, Draft const& a, Draft const& b);

/// Of a line whose length and levels cost so much, or of a way on the lattice: with loops and
/// shares.
[[nodiscard]] Money whole_cost(Setting const& setting, double money);

/// A draft, and the line its corners came to be when they were moved.
struct DraftedLine {
  Draft draft;
  LevelledLine line;
};

/// The way rounded to curves the rules allow, its corners moved while that pays, levelled and
/// costed; the corner no curve fits otherwise.
///   search  the setting the way was found in: moving corners pays by its prices
[[nodiscard]] tl::expected<DraftedLine, TightCorner> draft(Setting const& setting,
                                                           Setting const& search,
                                                           LatticeWay const& way,
                                                           SearchEffort& effort);

/// The line changed at random beside its way, again and again, and what it came to be; nothing
/// without a profile.
[[nodiscard]] std::optional<Draft> shaken(Setting const& setting,
                                          LatticeWay const& way,
                                          LevelledLine& line,
                                          SearchEffort& effort);

}  // namespace tidewater::route
