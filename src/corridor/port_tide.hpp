#pragma once
/// The tide of a port: its constituents about its mean level.

#include "tidewater/corridor/model.hpp"
#include "tidewater/des/calendar_tide.hpp"

namespace tidewater::corridor {

/// Above chart datum; where it is not given, as high as makes the lowest tide touch the datum.
[[nodiscard]] Length mean_level_of(Port const& port);
[[nodiscard]] des::Tide tide_of(Port const& port);

}  // namespace tidewater::corridor
