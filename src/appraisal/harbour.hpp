#pragma once
/// A port's tugs, pilots, silt and other users in the corridor model.

#include "tidewater/corridor/model.hpp"
#include "tidewater/project/project.hpp"

namespace tidewater::appraisal {

/// What moves of ships take besides water, and whoever else moves there.
void add_harbour(corridor::Port& out, project::Port const& port);

}  // namespace tidewater::appraisal
