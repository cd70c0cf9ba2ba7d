#pragma once
/// What a mine needs from the port: its way there and its trains.

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

/// Tonnes a year of a flow at full rate, all its phases.
[[nodiscard]] MassRate peak_amount(project::Inbound const& flow);

/// Finds the way of every flow over the links of a design whose lines are drawn, and makes up its
/// trains; fleets are sized later. Faults name each flow that nothing carries all the way.
[[nodiscard]] Result<std::optional<NoDesign>> design_inbound(project::Project const& p,
                                                             project::Option const& option,
                                                             Design& d);

}  // namespace tidewater::appraisal
