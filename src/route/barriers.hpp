#pragma once
/// Why there is no line, where, and the smallest change found that opens one.

#include "draft.hpp"

namespace tidewater::route {

/// No way is open from one stop to the next.
[[nodiscard]] NoAlignment closed_in(Setting const& setting);

/// Whether zones, the sea or unknown ground leave no way at all.
[[nodiscard]] bool is_closed_in(Setting const& setting);

/// A way is open, and none holds the ruling grades within the structures allowed.
[[nodiscard]] NoAlignment too_steep(Setting const& setting, LatticeWay const& way);

/// A way holds the grades on the lattice, and no profile does on its plan.
[[nodiscard]] NoAlignment too_steep(Setting const& setting, Draft const& draft);

/// No curve of the least radius fits at a corner.
[[nodiscard]] NoAlignment too_tight(Setting const& setting, TightCorner const& corner);

}  // namespace tidewater::route
