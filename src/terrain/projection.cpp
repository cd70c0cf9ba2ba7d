#include <cmath>

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/LambertConformalConic.hpp>
#include <fmt/format.h>

#include "tidewater/terrain/grid.hpp"

namespace tidewater::terrain {

namespace {

/// Built anew on each call: it is a dozen numbers, about a microsecond, and keeps Projection a
/// plain comparable value.
GeographicLib::LambertConformalConic cone(Projection const& p) {
  return {GeographicLib::Constants::WGS84_a(),
          GeographicLib::Constants::WGS84_f(),
          p.south_parallel,
          p.north_parallel,
          1.0};
}

std::string parallel(double lat) {
  return fmt::format("{:.1f} {}", std::abs(lat), lat < 0 ? 'S' : 'N');
}

}  // namespace

PlanePoint Projection::plane(LonLat place) const {
  PlanePoint point;
  cone(*this).Forward(central_meridian, place.lat, place.lon, point.x, point.y);
  return point;
}

LonLat Projection::lon_lat(PlanePoint point) const {
  LonLat place;
  cone(*this).Reverse(central_meridian, point.x, point.y, place.lat, place.lon);
  return place;
}

double Projection::scale(LonLat place) const {
  double x = 0;
  double y = 0;
  double convergence = 0;
  double k = 1;
  cone(*this).Forward(central_meridian, place.lat, place.lon, x, y, convergence, k);
  return k;
}

std::string Projection::text() const {
  return fmt::format(
      "Lambert conformal conic on WGS 84, central meridian {:.1f} {}, standard parallels {} and {}",
      std::abs(central_meridian),
      central_meridian < 0 ? 'W' : 'E',
      parallel(south_parallel),
      parallel(north_parallel));
}

}  // namespace tidewater::terrain
