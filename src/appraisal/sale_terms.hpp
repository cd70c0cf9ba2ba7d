#pragma once
/// What a product earns at its market, and what the way over the sea takes of it.

#include "tidewater/project/project.hpp"

namespace tidewater::appraisal {

/// Freight and what the ship's time costs, per wet tonne of one voyage out and a paid part of the
/// way back; time in port stands in Vessel::port_costs.
[[nodiscard]] MoneyPerMass freight(project::Project const& p, project::Link const& sea);

/// What a buyer pays for a tonne of dry product, before and after deductions.
struct Worth {
  MoneyPerMass gross{};
  MoneyPerMass paid{};  ///< after payable terms, refining and treatment
};
[[nodiscard]] Worth worth(project::Product const& product);

}  // namespace tidewater::appraisal
