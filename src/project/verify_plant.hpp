#pragma once
/// Rules of what plants work and make.

#include "tidewater/project/project.hpp"

namespace tidewater::project {

/// Plants that make nothing, products named twice, more of a metal out than comes in.
[[nodiscard]] Diagnostics plant_faults(Project const& project);

}  // namespace tidewater::project
