#pragma once
/// What a line is set beside: the bounds no line of some kind costs less than.

#include "lattice_way.hpp"
#include "setting.hpp"

namespace tidewater::route {

/// The highest bound that a line of this cost does not lie below.
[[nodiscard]] CostBound line_bound(Setting const& setting, LatticeBound const& lattice, Money cost);

/// Whether a line of this cost lies above that bound by no more than `search_gap`, or below the
/// lattice's by no more: there is little left to find along links then, though no bound proves it.
[[nodiscard]] bool is_near(Setting const& setting, LatticeBound const& lattice, Money cost);

}  // namespace tidewater::route
