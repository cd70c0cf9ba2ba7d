#include "port_tide.hpp"

namespace tidewater::corridor {

des::Tide tide_of(Port const& port) {
  std::vector<des::Constituent> constituents;
  Length reach{};
  for (TideConstituent const& c : port.tides) {
    constituents.push_back({c.amplitude, c.speed_deg_per_hour, c.phase_deg});
    reach += c.amplitude;
  }
  return {port.mean_level.value_or(reach), constituents};
}

}  // namespace tidewater::corridor
