#pragma once
/// Why there is no line, where, and the smallest change found that opens one.

#include "draft.hpp"

namespace tidewater::route {

/// No way is open from one stop to the next.
[[nodiscard]] NoAlignment closed_in(Setting const& setting);

/// A way is open, and no profile on it holds the ruling grades within the structures allowed.
[[nodiscard]] NoAlignment too_steep(Setting const& setting, Draft const& draft);

}  // namespace tidewater::route
