#pragma once
/// How many loops a line gets.

#include "tidewater/route/alignment.hpp"

namespace tidewater::route {

/// Loops between the ends, no two neighbours (ends counted) more than the spacing apart.
[[nodiscard]] int loop_count(Length length, AlignmentRules const& rules);

}  // namespace tidewater::route
