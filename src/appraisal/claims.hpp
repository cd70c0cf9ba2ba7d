#pragma once
/// Announced figures set beside what the model finds.

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::appraisal {

/// What claims are set beside, of one option in one future.
struct Measures {
  KpiValues kpis{};
  KpiValue rail_cost_per_km;  ///< as Outcome's
};

/// `samples[option]` holds the measures of each option in each sampled future, in order; options
/// as in Project::options. Futures that failed are missing from all.
[[nodiscard]] std::vector<ClaimResult> measure_claims(
    project::Project const& p,
    std::vector<OptionResult> const& results,
    std::vector<std::vector<Measures>> const& samples);

}  // namespace tidewater::appraisal
