#pragma once
/// Polygons in which building is forbidden, dearer, or allowed on bridges and in tunnels only, and
/// their picture on a grid.

#include <cstdint>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/terrain/grid.hpp"
#include "tidewater/terrain/lon_lat.hpp"

namespace tidewater::terrain {

enum class ZoneKind : std::uint8_t { kForbidden, kFactor, kStructureOnly };

struct Zone {
  std::string name{};
  ZoneKind kind = ZoneKind::kFactor;
  std::vector<LonLat> polygon{};  ///< closed by itself; edges are straight on the grid's plane
  double factor = 1;              ///< on the cost of building; above zero; also for kStructureOnly
  std::string reason{};
  std::string where{};  ///< path in the project file, for messages
  bool operator==(Zone const&) const = default;
};

enum class Access : std::uint8_t { kOpen, kStructureOnly, kForbidden };

/// The zones of a grid, one access and one factor per cell. Overlapping factors multiply, and the
/// stricter access wins. kForbidden and kStructureOnly take every cell they touch, so a thin strip
/// is never stepped over; kFactor takes the cells whose middles it holds.
struct ZoneMap {
  std::vector<Zone> zones{};
  std::vector<Access> access{};  ///< empty when there are no zones: all open
  std::vector<float> factor{};   ///< empty when there are no zones: all 1
  Diagnostics warnings{};        ///< zones that touch no cell

  [[nodiscard]] Access access_at(std::size_t cell) const {
    return access.empty() ? Access::kOpen : access[cell];
  }
  [[nodiscard]] double factor_at(std::size_t cell) const {
    return factor.empty() ? 1.0 : static_cast<double>(factor[cell]);
  }
  bool operator==(ZoneMap const&) const = default;
};

/// fails with every polygon of fewer than three corners or with corners that are no places, and
/// every factor that is not above zero.
[[nodiscard]] Result<ZoneMap> zone_map(GridFrame const& frame, std::vector<Zone> zones);

/// Names of the zones that act on a cell, by the same rule as zone_map.
[[nodiscard]] std::vector<std::string> zones_on(ZoneMap const& map,
                                                GridFrame const& frame,
                                                Cell cell);

/// What an alignment is sought over.
struct Terrain {
  Grid grid;
  ZoneMap zones{};
};

}  // namespace tidewater::terrain
