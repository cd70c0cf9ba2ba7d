#pragma once
/// The vertical profile of a line whose plan is fixed: tangents of constant grade that hold the
/// ruling grades everywhere, at least cost of cuts, fills, bridges and tunnels.
///
/// Dynamic programming over (end of tangent, level). Cost need not be convex in the level, so cheap
/// and dear structures compete openly. Exact on its lattice of levels, which is then drawn finer
/// around the best profile until nothing is gained.

#include <cstddef>
#include <optional>
#include <vector>

#include "link_search.hpp"
#include "section.hpp"

namespace tidewater::route {

/// A station whose level is given.
struct ProfilePin {
  std::size_t station = 0;
  double level = 0;  ///< m
};

struct ProfileProblem {
  std::vector<double> at;               ///< m along the line, increasing
  std::vector<double> ground;           ///< m, one per station
  std::vector<double> factor;           ///< of zones, one per stretch between stations
  std::vector<terrain::Access> access;  ///< one per stretch
  std::vector<ProfilePin> pins;         ///< in order; the first and last station are pinned
  std::vector<std::size_t> breaks;  ///< stations where tangents must end, in order, ends included
  Grades grades;
  double tangent = 500;  ///< m, shortest
  double highest = 120;  ///< m of rail over ground at most
};

struct Profile {
  std::vector<double> rail;  ///< m, one per station; empty when no profile holds the rules
  double cost = 0;           ///< by the price table, for comparison between profiles
  std::size_t states = 0;
  std::size_t stuck_at = 0;  ///< station no profile gets past, when there is none
};

[[nodiscard]] Profile design_profile(ProfileProblem const& problem, SectionPrices const& prices);

/// Whether any profile holds: one coarse sweep, no refinement.
[[nodiscard]] bool has_profile(ProfileProblem const& problem, SectionPrices const& prices);

}  // namespace tidewater::route
