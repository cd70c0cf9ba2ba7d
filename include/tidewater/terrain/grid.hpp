#pragma once
/// A metric grid of ground heights around the sites of a project: square cells in a stated
/// projection, voids filled or named, sea told from land. Searches run on it; files never meet it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/terrain/geo_raster.hpp"
#include "tidewater/terrain/lon_lat.hpp"

namespace tidewater::terrain {

/// Metres east and north of the projection's own origin.
struct PlanePoint {
  double x = 0;
  double y = 0;
  bool operator==(PlanePoint const&) const = default;
};

/// Lambert conformal conic on WGS 84 with two standard parallels (GeographicLib): angles are true,
/// lengths are true on the parallels and off by `scale() - 1` elsewhere.
struct Projection {
  double central_meridian = 0;  ///< degrees
  double south_parallel = 0;    ///< degrees
  double north_parallel = 0;    ///< degrees

  [[nodiscard]] PlanePoint plane(LonLat place) const;
  [[nodiscard]] LonLat lon_lat(PlanePoint point) const;
  /// Metres on the plane per metre on the ground.
  [[nodiscard]] double scale(LonLat place) const;
  /// "Lambert conformal conic, central meridian 62.76 E, standard parallels 25.9 N and 28.5 N"
  [[nodiscard]] std::string text() const;
  bool operator==(Projection const&) const = default;
};

struct Cell {
  int column = 0;
  int row = 0;  ///< from the north
  bool operator==(Cell const&) const = default;
};

/// A place in units of cells; whole numbers are the middles of cells.
struct GridPlace {
  double column = 0;
  double row = 0;
  bool operator==(GridPlace const&) const = default;
};

/// Where the cells are.
struct GridFrame {
  Projection projection{};
  PlanePoint north_west{};  ///< middle of cell (0, 0)
  Length cell{};            ///< side of a cell on the plane
  int columns = 0;
  int rows = 0;

  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  [[nodiscard]] std::size_t index(Cell c) const {
    return static_cast<std::size_t>(c.row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(c.column);
  }
  [[nodiscard]] Cell cell_at(std::size_t index) const {
    auto const width = static_cast<std::size_t>(columns);
    return {static_cast<int>(index % width), static_cast<int>(index / width)};
  }
  [[nodiscard]] bool holds(Cell c) const {
    return c.column >= 0 && c.row >= 0 && c.column < columns && c.row < rows;
  }
  /// The cell whose square holds the place; it may lie off the grid, ask holds().
  [[nodiscard]] Cell nearest(GridPlace place) const;
  /// `on_grid` and `on_plane` go between cells and the plane, `place` and `lon_lat` between cells
  /// and the globe; none asks whether the place lies on the grid.
  [[nodiscard]] GridPlace on_grid(PlanePoint at) const {
    double const side = cell.in(units::m);
    return {(at.x - north_west.x) / side, (north_west.y - at.y) / side};
  }
  [[nodiscard]] GridPlace place(LonLat at) const { return on_grid(projection.plane(at)); }
  [[nodiscard]] PlanePoint on_plane(GridPlace place) const {
    double const side = cell.in(units::m);
    return {north_west.x + place.column * side, north_west.y - place.row * side};
  }
  [[nodiscard]] PlanePoint on_plane(Cell middle) const {
    return on_plane(GridPlace{double(middle.column), double(middle.row)});
  }
  [[nodiscard]] LonLat lon_lat(GridPlace place) const {
    return projection.lon_lat(on_plane(place));
  }
  bool operator==(GridFrame const&) const = default;
};

enum class Ground : std::uint8_t {
  kLand,
  kSea,           ///< at or below 0 m and joined to the sea: no railway
  kPortApproach,  ///< sea beside a port site: a railway may cross, at sea level or above
  kVoid,          ///< height unknown: no railway
};

/// What was done to the raster on the way to the grid.
struct GridReport {
  std::size_t voids_filled = 0;  ///< raster cells, in holes small enough to fill
  std::size_t voids_left = 0;    ///< raster cells, in larger holes
  std::size_t sea_cells = 0;     ///< grid cells, approaches to ports left out
  std::size_t approach_cells = 0;
  std::size_t void_cells = 0;      ///< grid cells without height, raster margins included
  double largest_scale_error = 0;  ///< |scale - 1| at its worst on the grid
  Length raster_cell{};            ///< north-south size of a raster cell
  Diagnostics warnings{};
  bool operator==(GridReport const&) const = default;
};

class Grid {
 public:
  /// `heights` and `ground` row by row from the north, one each per cell; every cell that is not
  /// void has a finite height.
  Grid(GridFrame frame, std::vector<float> heights, std::vector<Ground> ground, GridReport report);

  [[nodiscard]] GridFrame const& frame() const { return frame_; }
  [[nodiscard]] std::span<float const> heights() const { return heights_; }  ///< m; NaN when void
  [[nodiscard]] std::span<Ground const> ground() const { return ground_; }
  [[nodiscard]] GridReport const& report() const { return report_; }
  [[nodiscard]] Ground ground(Cell c) const;  ///< of a cell on the grid
  [[nodiscard]] bool is_passable(Cell c) const {
    return ground(c) == Ground::kLand || ground(c) == Ground::kPortApproach;
  }
  /// Ground height between the middles of cells by bilinear interpolation, held level in the outer
  /// half cell; void corners are left out of the mean; NaN off the grid or among voids only.
  [[nodiscard]] double height(GridPlace place) const;
  bool operator==(Grid const&) const = default;

 private:
  GridFrame frame_{};
  std::vector<float> heights_{};
  std::vector<Ground> ground_{};
  GridReport report_;
};

enum class Shore : std::uint8_t { kInland, kPort };
enum class Resampling : std::uint8_t { kBilinear, kBicubic };

struct GridSite {
  std::string name{};
  LonLat at{};
  Shore shore = Shore::kInland;
  std::string where{};  ///< path in the project file, for messages
  bool operator==(GridSite const&) const = default;
};

struct GridRequest {
  std::vector<GridSite> sites{};
  Length margin = 60 * units::km;  ///< around the box of the sites
  Length cell = 500 * units::m;
  Length smoothing{};  ///< standard deviation of a Gaussian over land heights; 0 = none
  Length port_approach = 5 * units::km;  ///< one raster cell is added: the shore is no better known
  Length causeway = 10 * units::km;      ///< most sea opened to join a cut-off port to the mainland
  Resampling resampling = Resampling::kBicubic;
  int largest_hole = 400;              ///< raster cells; voids of more cells stay void
  std::size_t max_cells = 40'000'000;  ///< memory bound: about 5 bytes a cell for the grid itself
};

/// Builds the grid: chooses the projection (standard parallels a sixth within the sites' box),
/// tells sea from land on the whole raster, fills small holes, resamples (averaging where cells are
/// larger than the raster's) and smooths.
///   fails   with every fault at once: no site, a site off the raster, at sea or in a void; a
///   raster
///           with wrong sizes or without one height; a cell, margin or smoothing out of range; more
///           than max_cells cells
///   source  docs/theory/terrain.md
[[nodiscard]] Result<Grid> metric_grid(GeoRaster const& raster, GridRequest const& request);

}  // namespace tidewater::terrain
