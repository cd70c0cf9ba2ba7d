#include "port_access.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace tidewater::terrain {

std::string site_path(GridSite const& site, std::size_t number) {
  return site.where.empty() ? fmt::format("/site/{}/at", number) : site.where;
}

namespace {

void fault(Diagnostics& to, std::string where, std::string what, std::string remedy) {
  to.push_back({Severity::kError, std::move(where), std::move(what), std::move(remedy)});
}

/// Distance in metres on the plane from `place` to the nearest land cell within `reach` cells;
/// infinity when there is none.
double distance_to_land(Resampled const& on,
                        GridFrame const& frame,
                        GridPlace place,
                        double reach) {
  double best = std::numeric_limits<double>::infinity();
  Cell const middle = frame.nearest(place);
  int const r = static_cast<int>(std::min(std::ceil(reach), 1e6));
  for (int row = std::max(0, middle.row - r); row <= std::min(frame.rows - 1, middle.row + r);
       ++row) {
    for (int column = std::max(0, middle.column - r);
         column <= std::min(frame.columns - 1, middle.column + r);
         ++column) {
      if (on.ground[frame.index({column, row})] == Ground::kLand) {
        best = std::min(best, std::hypot(column - place.column, row - place.row));
      }
    }
  }
  return best * frame.cell.in(units::m);
}

/// Opens the sea within `reach` cells of a port, at sea level: what stands deeper is the port's
/// work, not the railway's.
void open_approach(Resampled& on, GridFrame const& frame, GridPlace port, double reach) {
  Cell const middle = frame.nearest(port);
  int const r = static_cast<int>(std::ceil(reach));
  for (int row = std::max(0, middle.row - r); row <= std::min(frame.rows - 1, middle.row + r);
       ++row) {
    for (int column = std::max(0, middle.column - r);
         column <= std::min(frame.columns - 1, middle.column + r);
         ++column) {
      std::size_t const i = frame.index({column, row});
      bool const is_near = std::hypot(column - port.column, row - port.row) <= reach;
      if (is_near && on.ground[i] == Ground::kSea) {
        on.ground[i] = Ground::kPortApproach;
        on.heights[i] = std::max(on.heights[i], 0.0F);
      }
    }
  }
}

bool is_dry(Ground ground) {
  return ground == Ground::kLand || ground == Ground::kPortApproach;
}

template <class Visit>
void for_neighbours(GridFrame const& frame, std::size_t i, Visit visit) {
  Cell const c = frame.cell_at(i);
  for (int k = 0; k < 9; ++k) {
    Cell const n{c.column + k % 3 - 1, c.row + k / 3 - 1};
    if (k != 4 && frame.holds(n)) {
      visit(frame.index(n));
    }
  }
}

/// The land and approaches joined to a cell, which is marked as seen with them.
std::vector<std::size_t> area_around(Resampled const& on,
                                     GridFrame const& frame,
                                     std::size_t start,
                                     std::vector<std::uint8_t>& seen) {
  std::vector<std::size_t> area{start};
  seen[start] = 1;
  for (std::size_t head = 0; head < area.size(); ++head) {
    for_neighbours(frame, area[head], [&](std::size_t n) {
      if (seen[n] == 0 && is_dry(on.ground[n])) {
        seen[n] = 1;
        area.push_back(n);
      }
    });
  }
  return area;
}

/// The largest joined area of land and approaches, one byte a cell.
std::vector<std::uint8_t> mainland(Resampled const& on, GridFrame const& frame) {
  std::vector<std::uint8_t> seen(frame.size(), 0);
  std::vector<std::size_t> largest;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    if (seen[i] == 0 && is_dry(on.ground[i])) {
      auto area = area_around(on, frame, i, seen);
      if (area.size() > largest.size()) {
        largest = std::move(area);
      }
    }
  }
  std::fill(seen.begin(), seen.end(), std::uint8_t{0});
  for (std::size_t const i : largest) {
    seen[i] = 1;
  }
  return seen;
}

/// Sea cells among those from `cell` back to `port`.
std::vector<std::size_t> sea_on_way(Resampled const& on,
                                    std::vector<std::size_t> const& before,
                                    std::size_t cell,
                                    std::size_t port) {
  std::vector<std::size_t> way;
  for (std::size_t at = cell; at != port; at = before[at]) {
    if (on.ground[at] == Ground::kSea) {
      way.push_back(at);
    }
  }
  return way;
}

/// Sea cells on the way of least (1 + depth / 5 m) from a port to the mainland; land costs nothing.
/// Empty when the port stands on the mainland or no way exists.
std::vector<std::size_t> shoal_way(Resampled const& on,
                                   GridFrame const& frame,
                                   std::size_t port,
                                   std::vector<std::uint8_t> const& is_mainland) {
  std::vector<double> cost(frame.size(), std::numeric_limits<double>::infinity());
  std::vector<std::size_t> before(frame.size(), port);
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  cost[port] = 0;
  open.emplace(0.0, port);
  while (!open.empty()) {
    auto const [so_far, cell] = open.top();
    open.pop();
    if (so_far > cost[cell]) {
      continue;
    }
    if (is_mainland[cell] != 0) {
      return sea_on_way(on, before, cell, port);
    }
    for_neighbours(frame, cell, [&, base = so_far, from = cell](std::size_t n) {
      if (on.ground[n] == Ground::kVoid) {
        return;
      }
      double const depth = std::max(0.0, -static_cast<double>(on.heights[n]));
      double const total = base + (on.ground[n] == Ground::kSea ? 1 + depth / 5 : 0);
      if (total < cost[n]) {
        cost[n] = total;
        before[n] = from;
        open.emplace(total, n);
      }
    });
  }
  return {};
}

/// Joins a port that its approach leaves on an island, where the relief drowns a spit or a bridge
/// could stand.
void open_causeway(Resampled& on,
                   GridFrame const& frame,
                   GridRequest const& q,
                   GridSite const& site,
                   Diagnostics& warnings) {
  std::size_t const port = frame.index(frame.nearest(frame.place(site.at)));
  auto const way = shoal_way(on, frame, port, mainland(on, frame));
  Length const length = double(way.size()) * frame.cell;
  if (way.empty() || length > q.causeway) {
    return;
  }
  for (std::size_t const i : way) {
    for_neighbours(frame, i, [&](std::size_t n) {
      if (on.ground[n] == Ground::kSea) {
        on.ground[n] = Ground::kPortApproach;
        on.heights[n] = std::max(on.heights[n], 0.0F);
      }
    });
    on.ground[i] = Ground::kPortApproach;
    on.heights[i] = std::max(on.heights[i], 0.0F);
  }
  warnings.push_back(
      {Severity::kWarning,
       "/terrain/elevation",
       fmt::format(
           "port \"{}\" is cut off from the mainland on this relief: {:.1f} km of sea beyond "
           "its approach were opened to the railway at sea level",
           site.name,
           length.in(units::km)),
       "use a finer relief if a spit of land joins them; otherwise count a causeway or a bridge "
       "to the port's cost"});
}

}  // namespace

void settle_sites(Resampled& on,
                  GridFrame const& frame,
                  GridRequest const& request,
                  Length raster_cell,
                  Diagnostics& faults,
                  Diagnostics& warnings) {
  Length const approach = request.port_approach + raster_cell;
  double const reach = approach / frame.cell;
  for (std::size_t i = 0; i < request.sites.size(); ++i) {
    GridSite const& site = request.sites[i];
    GridPlace const place = frame.place(site.at);
    Ground const ground = on.ground[frame.index(frame.nearest(place))];
    if (ground == Ground::kVoid) {
      fault(faults,
            site_path(site, i),
            fmt::format("site \"{}\" at {} stands where the elevation raster is void",
                        site.name,
                        text(site.at)),
            "use a raster without a hole there");
    } else if (site.shore == Shore::kPort) {
      double const land = distance_to_land(on, frame, place, reach);
      if (land > approach.in(units::m)) {
        fault(faults,
              site_path(site, i),
              fmt::format("port \"{}\" at {} has no land within {:.1f} km on this relief",
                          site.name,
                          text(site.at),
                          approach.in(units::km)),
              "correct its place, use a finer relief, or give a longer port approach");
      }
      open_approach(on, frame, place, reach);
      open_causeway(on, frame, request, site, warnings);
    } else if (ground == Ground::kSea) {
      fault(faults,
            site_path(site, i),
            fmt::format("site \"{}\" at {} lies at sea on this relief", site.name, text(site.at)),
            "correct its place, use a finer relief, or make it a port");
    }
  }
}

}  // namespace tidewater::terrain
