#pragma once
/// Announced figures set beside what the model finds.

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::appraisal {

/// `samples[option]` holds the indicators of each option in each sampled future, in order; options
/// as in Project::options. Futures that failed are missing from all.
[[nodiscard]] std::vector<ClaimResult> measure_claims(
    project::Project const& p,
    std::vector<OptionResult> const& results,
    std::vector<std::vector<KpiValues>> const& samples);

}  // namespace tidewater::appraisal
