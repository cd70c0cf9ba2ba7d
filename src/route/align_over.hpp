#pragma once
/// align() for lines that are not to be the best: over ground made dearer in places, or at once.

#include <vector>

#include "tidewater/route/alignment.hpp"

namespace tidewater::route {

struct Search {
  /// Multiples of the cost of building by cell, for the search alone; none when empty. With them
  /// the bound is not one of the problem's.
  std::vector<float> dearer{};
  /// The first line is taken, even where gentler ways might give a cheaper one.
  bool takes_first = false;

  [[nodiscard]] bool is_for_the_best() const { return dearer.empty() && !takes_first; }
};
[[nodiscard]] Result<AlignmentAnswer> align_over(terrain::Terrain const& terrain,
                                                 AlignmentProblem const& problem,
                                                 Search const& how);

}  // namespace tidewater::route
