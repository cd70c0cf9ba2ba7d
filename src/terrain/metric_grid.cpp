#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/terrain/grid.hpp"

#include "port_access.hpp"
#include "raster_cleaning.hpp"
#include "resampling.hpp"

namespace tidewater::terrain {

namespace {

constexpr char const* kElevation = "/terrain/elevation";

void fault(Diagnostics& to, std::string where, std::string what, std::string remedy) {
  to.push_back({Severity::kError, std::move(where), std::move(what), std::move(remedy)});
}

void warn(Diagnostics& to, std::string what, std::string remedy) {
  to.push_back({Severity::kWarning, kElevation, std::move(what), std::move(remedy)});
}

bool is_place(LonLat at) {
  return std::abs(at.lon) <= 180 && std::abs(at.lat) <= 89;  // false for NaN; the cone ends at 89
}

std::string extent(GeoRaster const& r) {
  return fmt::format("{} to {}",
                     text({r.north_west.lon, r.north_west.lat - r.cell_height * r.rows}),
                     text({r.north_west.lon + r.cell_width * r.columns, r.north_west.lat}));
}

/// A raster whose numbers fit together and that knows at least one height.
void check_raster(GeoRaster const& r, Diagnostics& faults) {
  bool const has_frame = r.columns > 0 && r.rows > 0 && r.cell_width > 0 && r.cell_height > 0 &&
                         std::isfinite(r.cell_width) && std::isfinite(r.cell_height) &&
                         std::isfinite(r.north_west.lon) && std::isfinite(r.north_west.lat);
  if (!has_frame ||
      r.heights.size() != static_cast<std::size_t>(r.columns) * static_cast<std::size_t>(r.rows)) {
    fault(faults,
          kElevation,
          fmt::format("the elevation raster of {} x {} cells holds {} heights or has no frame",
                      r.columns,
                      r.rows,
                      r.heights.size()),
          "give a raster in longitude and latitude with one height per cell");
    return;
  }
  if (std::none_of(r.heights.begin(), r.heights.end(), [](float h) { return std::isfinite(h); })) {
    fault(faults,
          kElevation,
          fmt::format("the elevation raster knows no height: all {} cells are void",
                      r.heights.size()),
          "check the raster's no-data value, or fetch the tiles again");
  }
}

void check_request(GridRequest const& q, Diagnostics& faults) {
  if (q.sites.empty()) {
    fault(faults, "/site", "no site: there is nothing to lay a grid around", "give sites");
  }
  auto const check = [&](Length value, Length least, char const* path, char const* what) {
    if (!(value >= least) || !std::isfinite(value.in(units::m))) {
      fault(faults,
            path,
            fmt::format("{} is {:g} m", what, value.in(units::m)),
            fmt::format("give at least {:g} m", least.in(units::m)));
    }
  };
  check(q.cell, 1 * units::m, "/terrain/cell", "the grid's cell");
  check(q.margin, Length{}, "/terrain/margin", "the margin around the sites");
  check(q.smoothing, Length{}, "/terrain/smoothing", "the smoothing length");
  check(q.port_approach, Length{}, "/terrain/port_approach", "the approach to a port");
  check(q.causeway, Length{}, "/terrain/causeway", "the longest causeway");
}

void check_sites(GeoRaster const& r, GridRequest const& q, Diagnostics& faults) {
  for (std::size_t i = 0; i < q.sites.size(); ++i) {
    GridSite const& site = q.sites[i];
    if (!is_place(site.at)) {
      fault(faults,
            site_path(site, i),
            fmt::format("site \"{}\" stands at {}, which is no place a grid can hold",
                        site.name,
                        text(site.at)),
            "give [longitude, latitude] in degrees");
    } else if (!r.covers(site.at)) {
      fault(faults,
            site_path(site, i),
            fmt::format("site \"{}\" at {} lies off the elevation raster, which covers {}",
                        site.name,
                        text(site.at),
                        extent(r)),
            "give a raster that covers the site, or correct the site's place ([longitude, "
            "latitude])");
    }
  }
}

double tenth(double degrees) {
  return std::round(degrees * 10) / 10;
}

/// Parallels a sixth of the height within the sites' box keep the scale error near its least over
/// the box; rounded so that the statement of the projection is exact.
Projection projection_for(std::vector<GridSite> const& sites) {
  LonLat low = sites.front().at;
  LonLat high = low;
  for (auto const& s : sites) {
    low = {std::min(low.lon, s.at.lon), std::min(low.lat, s.at.lat)};
    high = {std::max(high.lon, s.at.lon), std::max(high.lat, s.at.lat)};
  }
  double const sixth = (high.lat - low.lat) / 6;
  return {tenth((low.lon + high.lon) / 2), tenth(low.lat + sixth), tenth(high.lat - sixth)};
}

/// The frame, and how many cells it would have (as a double: it may not fit).
std::pair<GridFrame, double> frame_for(GridRequest const& q) {
  Projection const projection = projection_for(q.sites);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  PlanePoint low{infinity, infinity};
  PlanePoint high{-infinity, -infinity};
  for (auto const& s : q.sites) {
    PlanePoint const p = projection.plane(s.at);
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  double const side = q.cell.in(units::m);
  double const margin = q.margin.in(units::m);
  double const columns = std::ceil((high.x - low.x + 2 * margin) / side) + 1;
  double const rows = std::ceil((high.y - low.y + 2 * margin) / side) + 1;
  GridFrame frame{.projection = projection,
                  .north_west = {low.x - margin, high.y + margin},
                  .cell = q.cell,
                  .columns = 0,
                  .rows = 0};
  if (columns * rows <= static_cast<double>(q.max_cells) && columns < 1e9 && rows < 1e9) {
    frame.columns = static_cast<int>(columns);
    frame.rows = static_cast<int>(rows);
  }
  return {frame, columns * rows};
}

double largest_scale_error(GridFrame const& frame) {
  constexpr int parts = 8;
  double worst = 0;
  for (int i = 0; i <= parts; ++i) {
    for (int j = 0; j <= parts; ++j) {
      LonLat const at = frame.lon_lat({(frame.columns - 1) * (double{1} * i / parts),
                                       (frame.rows - 1) * (double{1} * j / parts)});
      worst = std::max(worst, std::abs(frame.projection.scale(at) - 1));
    }
  }
  return worst;
}

GridReport report_of(Resampled const& on,
                     GridFrame const& frame,
                     HoleCount holes,
                     Length raster_cell) {
  auto const count = [&](Ground g) {
    return static_cast<std::size_t>(std::count(on.ground.begin(), on.ground.end(), g));
  };
  GridReport report{.voids_filled = holes.filled,
                    .voids_left = holes.left,
                    .sea_cells = count(Ground::kSea),
                    .approach_cells = count(Ground::kPortApproach),
                    .void_cells = count(Ground::kVoid),
                    .largest_scale_error = largest_scale_error(frame),
                    .raster_cell = raster_cell,
                    .warnings = {}};
  if (holes.filled > 0) {
    warn(report.warnings,
         fmt::format("{} void cells of the raster were filled from their rims", holes.filled),
         "");
  }
  if (report.void_cells > 0) {
    warn(report.warnings,
         fmt::format(
             "{:.1f} % of the grid has no height, off the raster or in its voids: no "
             "railway is sought there",
             100.0 * static_cast<double>(report.void_cells) / static_cast<double>(frame.size())),
         "use a raster that covers the sites and the margin around them");
  }
  if (frame.cell < 0.5 * raster_cell) {
    warn(report.warnings,
         fmt::format("cells of {:.0f} m are finer than the relief, which knows one height every "
                     "{:.0f} m: what lies between is interpolated",
                     frame.cell.in(units::m),
                     raster_cell.in(units::m)),
         "use a finer relief; read lengths and costs as a screening until then");
  }
  return report;
}

}  // namespace

Result<Grid> metric_grid(GeoRaster const& raster, GridRequest const& request) {
  Diagnostics faults;
  check_raster(raster, faults);
  check_request(request, faults);
  if (faults.empty()) {
    check_sites(raster, request, faults);
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  auto const [frame, cells] = frame_for(request);
  if (frame.columns == 0) {
    double const fits =
        request.cell.in(units::m)*std::sqrt(cells / static_cast<double>(request.max_cells));
    return reject("/terrain/cell",
                  fmt::format("cells of {:g} m make a grid of {:.3g} million cells; {:.3g} million "
                              "are allowed",
                              request.cell.in(units::m),
                              cells / 1e6,
                              static_cast<double>(request.max_cells) / 1e6),
                  fmt::format("give cells of at least {:.0f} m, or a smaller margin",
                              std::ceil(fits / 10) * 10 + 10));
  }
  GeoRaster clean = raster;
  HoleCount const holes = fill_holes(clean, request.largest_hole);
  auto const sea = sea_mask(clean);
  Resampled on = resampled({clean, sea}, frame, request.resampling);
  smooth(on, frame, request.smoothing / request.cell);
  Length const raster_cell = geodesic_distance({0, 0}, {0, std::min(90.0, clean.cell_height)});
  Diagnostics warnings;
  settle_sites(on, frame, request, raster_cell, faults, warnings);
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  GridReport report = report_of(on, frame, holes, raster_cell);
  report.warnings.insert(report.warnings.end(), warnings.begin(), warnings.end());
  return Grid{frame, std::move(on.heights), std::move(on.ground), std::move(report)};
}

}  // namespace tidewater::terrain
