#include "tidewater/terrain/lon_lat.hpp"

#include <cmath>

#include <GeographicLib/Geodesic.hpp>
#include <fmt/format.h>

namespace tidewater::terrain {

std::string text(LonLat at) {
  return fmt::format("{:.3f} {} {:.3f} {}",
                     std::abs(at.lon),
                     at.lon < 0 ? 'W' : 'E',
                     std::abs(at.lat),
                     at.lat < 0 ? 'S' : 'N');
}

Length geodesic_distance(LonLat from, LonLat to) {
  double metres = 0;
  GeographicLib::Geodesic::WGS84().Inverse(from.lat, from.lon, to.lat, to.lon, metres);
  return metres * units::m;
}

}  // namespace tidewater::terrain
