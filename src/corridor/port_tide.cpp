#include "port_tide.hpp"

namespace tidewater::corridor {

Length mean_level_of(Port const& port) {
  Length reach{};
  for (TideConstituent const& c : port.tides) {
    reach += c.amplitude;
  }
  return port.mean_level.value_or(reach);
}

des::Tide tide_of(Port const& port) {
  std::vector<des::Constituent> constituents;
  for (TideConstituent const& c : port.tides) {
    constituents.push_back({c.amplitude, c.speed_deg_per_hour, c.phase_deg});
  }
  return {mean_level_of(port), constituents};
}

}  // namespace tidewater::corridor
