#pragma once
/// Sites against land and sea: ports get their approach over water, everyone else must stand on
/// known land.

#include "resampling.hpp"

namespace tidewater::terrain {

/// Opens the approaches of the ports among the sites and, where a port's land is cut off from the
/// mainland, a causeway. Names in `faults` every site at sea or in a void all the same, in
/// `warnings` every causeway.
void settle_sites(Resampled& on,
                  GridFrame const& frame,
                  GridRequest const& request,
                  Length raster_cell,
                  Diagnostics& faults,
                  Diagnostics& warnings);

/// Path of a site for messages.
[[nodiscard]] std::string site_path(GridSite const& site, std::size_t number);

}  // namespace tidewater::terrain
