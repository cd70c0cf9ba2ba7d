#pragma once
/// A driver who keeps some seconds ahead of what is permitted.

#include "path_plan.hpp"

namespace tidewater::train {

/// Lowers the permitted speed to one that could be kept for `lead` seconds, and to what braking
/// reaches from there. Below a walking pace nothing changes, so that the train does arrive.
void keep_ahead(PathPlan& plan, double lead);

}  // namespace tidewater::train
