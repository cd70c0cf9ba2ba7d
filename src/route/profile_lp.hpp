#pragma once
/// The second stage of the vertical profile: with the structure of every stretch given, the levels
/// and the mass haul together, by linear programming through the solver seam.
///
/// Levels at every station; grade limits of every stretch, vertical curves, heights of fill, cut,
/// bridge and tunnel, pins. Volumes are epigraphs of the convex trapezoid, approached from below by
/// tangents until the bill agrees; haul, borrow and waste are flows along the line. Exact for given
/// structures within the tolerance below; docs/theory/route.md.

#include <cstddef>

#include "profile.hpp"
#include "section.hpp"

namespace tidewater::route {

/// Money for the structures, earthworks and mass haul of a profile; track and shares left out.
[[nodiscard]] double profile_bill(ProfileProblem const& problem,
                                  SectionPrices const& prices,
                                  std::vector<double> const& rail,
                                  std::vector<StructureKind> const& kinds);

struct BalanceEffort {
  int columns = 0;
  int rows = 0;  ///< of the last programme, tangents and cuts included
  int solves = 0;
  std::size_t pivots = 0;
  double lower = 0;  ///< no profile with the structures first solved for bills less
};

struct BalancedProfile {
  Profile profile;  ///< cost is its profile_bill()
  BalanceEffort effort;
};

/// Never dearer by profile_bill() than `start`, a profile of design_profile(), unless `start`
/// breaks the vertical radius: then the best found that holds it, with a note where that costs
/// more. Where the structures of `start` leave no room to bend, those that stand at the nearest
/// levels with room take their place. When no profile holds, `start` with a note that names the
/// station.
[[nodiscard]] BalancedProfile balanced_profile(ProfileProblem const& problem,
                                               SectionPrices const& prices,
                                               Profile const& start);

struct VerticalProfile {
  Profile profile;                  ///< no rail when none holds: then stuck_at
  std::vector<FlatWindow> flats{};  ///< the loops and yards it has, in order
  BalanceEffort effort{};
};

/// All of it: structures by dynamic programming between the yards, places for the loops, structures
/// again around them, then levels and haul. Yards that leave no profile are given up, one before
/// both; then loops, the nearest to where it sticks first, and a note says how many.
/// `problem.flats` and `flat_grade` are taken from `rule`.
[[nodiscard]] VerticalProfile vertical_profile(ProfileProblem problem,
                                               SectionPrices const& prices,
                                               FlatRule const& rule);

}  // namespace tidewater::route
