#pragma once
/// Areas and lines where building is forbidden, dearer, or allowed on bridges and in tunnels only,
/// and their picture on a grid.

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
  std::vector<LonLat> line{};     ///< instead of a polygon: a river, a fence; likewise straight
  double factor = 1;              ///< on the cost of building; above zero; also for kStructureOnly
  std::string reason{};
  std::string where{};  ///< path in the project file, for messages
  bool operator==(Zone const&) const = default;
};

enum class Access : std::uint8_t { kOpen, kStructureOnly, kForbidden };

/// The zones of a grid, one access and one factor per cell. Overlapping factors multiply, and the
/// stricter access wins. Lines, and polygons that are kForbidden or kStructureOnly, take every cell
/// they touch, so what is thin is never stepped over, and a river is crossed on a cell of bridge at
/// the least; polygons that are kFactor take the cells whose middles they hold.
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

/// fails with every zone that is not one polygon of three corners or one line of two places at the
/// least, or has corners that are no places, and every factor that is not above zero.
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
