#pragma once
/// A place on the WGS 84 ellipsoid and the distance between two of them.

#include <string>

#include "tidewater/base/units.hpp"

namespace tidewater::terrain {

/// Degrees, east and north positive.
struct LonLat {
  double lon = 0;
  double lat = 0;
  bool operator==(LonLat const&) const = default;
};

/// "63.480 E 25.260 N", to about a hundred metres: for messages, not for files.
[[nodiscard]] std::string text(LonLat at);

/// Length of the shortest line on the WGS 84 ellipsoid (Karney 2013, through GeographicLib; 15 nm).
[[nodiscard]] Length geodesic_distance(LonLat from, LonLat to);

}  // namespace tidewater::terrain
