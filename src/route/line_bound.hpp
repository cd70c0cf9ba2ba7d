#pragma once
/// What a line is set beside: the bounds no line of some kind costs less than.

#include "draft.hpp"
#include "lattice_way.hpp"
#include "setting.hpp"

namespace tidewater::route {

/// The highest bound that a line of this cost does not lie below.
[[nodiscard]] CostBound line_bound(Setting const& setting, LatticeBound const& lattice, Money cost);

/// Whether a line costs no more than that bound but for `search_gap` or, with all its yards, no
/// more than that below `CostBound::turning`: none along links is cheaper then; how much cheaper
/// others may be, no bound tells.
[[nodiscard]] bool is_near(Setting const& setting, LatticeBound const& lattice, Draft const& line);

}  // namespace tidewater::route
