#pragma once
/// What a railway link costs in a given future: the drawn line at that future's rates.

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

[[nodiscard]] route::AlignmentRules alignment_rules(project::Project const& p,
                                                    project::Link const& link);
[[nodiscard]] route::Rates route_rates(project::Project const& p,
                                       project::Link const& link,
                                       Length length);
/// Cost of building or upgrading the link, line by line.
[[nodiscard]] std::vector<route::CostLine> rail_costs(project::Project const& p,
                                                      project::Link const& link,
                                                      route::Alignment const& alignment);
[[nodiscard]] Money total(std::vector<route::CostLine> const& costs);

}  // namespace tidewater::appraisal
