#pragma once
/// align() with the search, and only the search, over ground made dearer in places.

#include <vector>

#include "tidewater/route/alignment.hpp"

namespace tidewater::route {

/// `dearer`: multiples of the cost of building by cell; none when empty. With them the bound is not
/// one of the problem's.
[[nodiscard]] Result<AlignmentAnswer> align_over(terrain::Terrain const& terrain,
                                                 AlignmentProblem const& problem,
                                                 std::vector<float> const& dearer);

}  // namespace tidewater::route
