#pragma once
/// Rules of what comes from a port to a mine.

#include "tidewater/project/project.hpp"

namespace tidewater::project {

/// Flows without tonnes or rates, trains named for trucks, ports that are none.
[[nodiscard]] Diagnostics inbound_faults(Project const& project);

}  // namespace tidewater::project
