#pragma once
/// The layers of the GeoPackage.

#include <vector>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/geopackage.hpp"

namespace tidewater::report {

/// Layers alignment, stations, structures, loops, alternatives, sites, zones.
[[nodiscard]] std::vector<io::VectorLayer> layers(appraisal::Appraisal const& all);

}  // namespace tidewater::report
