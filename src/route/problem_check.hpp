#pragma once
/// Every fault of an alignment problem, named at once.

#include "tidewater/route/alignment.hpp"

namespace tidewater::route {

[[nodiscard]] Diagnostics faults_of(terrain::Terrain const& terrain,
                                    AlignmentProblem const& problem);

}  // namespace tidewater::route
