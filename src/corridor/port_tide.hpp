#pragma once
/// The tide of a port: its constituents about its mean level.

#include "tidewater/corridor/model.hpp"
#include "tidewater/des/calendar_tide.hpp"

namespace tidewater::corridor {

[[nodiscard]] des::Tide tide_of(Port const& port);

}  // namespace tidewater::corridor
