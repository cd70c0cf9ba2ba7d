#pragma once
/// What a line is set beside: the bounds no line of some kind costs less than.

#include "lattice_way.hpp"
#include "setting.hpp"

namespace tidewater::route {

/// The highest bound that a line of this cost does not lie below.
[[nodiscard]] CostBound line_bound(Setting const& setting, LatticeBound const& lattice, Money cost);

/// Whether a line of this cost lies above that bound by no more than `search_gap`, or below
/// `CostBound::turning` by no more: none along links is cheaper then; how much others are, no bound
/// tells.
[[nodiscard]] bool is_near(Setting const& setting, LatticeBound const& lattice, Money cost);

}  // namespace tidewater::route
