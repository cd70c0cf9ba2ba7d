#include "tidewater/terrain/zones.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace tidewater::terrain {

namespace {

/// In cells.
struct Outline {
  std::vector<GridPlace> corners;
  bool is_closed = true;

  [[nodiscard]] std::size_t edges() const { return corners.size() - (is_closed ? 0 : 1); }
  [[nodiscard]] GridPlace const& after(std::size_t i) const {
    return corners[(i + 1) % corners.size()];
  }
};

Outline outline(GridFrame const& frame, Zone const& zone) {
  Outline out{.corners = {}, .is_closed = zone.line.empty()};
  for (LonLat const at : out.is_closed ? zone.polygon : zone.line) {
    out.corners.push_back(frame.place(at));
  }
  return out;
}

/// Columns, first to last; empty when first > last.
struct Span {
  int first = 0;
  int last = -1;
};

/// Columns where a horizontal line through `row` enters and leaves the polygon (even-odd rule).
std::vector<double> crossings(Outline const& polygon, double row) {
  std::vector<double> at;
  for (std::size_t i = 0; i < polygon.edges(); ++i) {
    GridPlace const& a = polygon.corners[i];
    GridPlace const& b = polygon.after(i);
    if ((a.row <= row) != (b.row <= row)) {
      at.push_back(a.column + (b.column - a.column) * (row - a.row) / (b.row - a.row));
    }
  }
  std::sort(at.begin(), at.end());
  return at;
}

/// Cells of a row whose squares the edge a-b touches.
Span touched(GridPlace a, GridPlace b, int row) {
  if (a.row > b.row) {
    std::swap(a, b);
  }
  double const top = row - 0.5;
  double const bottom = row + 0.5;
  if (b.row < top || a.row > bottom) {
    return {};
  }
  auto const column_at = [&](double r) {
    return b.row > a.row ? a.column + (b.column - a.column) * (r - a.row) / (b.row - a.row)
                         : a.column;
  };
  double left = column_at(std::max(a.row, top));
  double right = b.row > a.row ? column_at(std::min(b.row, bottom)) : b.column;
  if (left > right) {
    std::swap(left, right);
  }
  return {static_cast<int>(std::floor(left + 0.5)), static_cast<int>(std::floor(right + 0.5))};
}

/// The cells of one row a zone acts on.
std::vector<Span> spans(Outline const& outline, ZoneKind kind, int row) {
  std::vector<Span> cells;
  auto const across = outline.is_closed ? crossings(outline, row) : std::vector<double>{};
  for (std::size_t i = 0; i + 1 < across.size(); i += 2) {
    cells.push_back(
        {static_cast<int>(std::ceil(across[i])), static_cast<int>(std::floor(across[i + 1]))});
  }
  if (!outline.is_closed || kind != ZoneKind::kFactor) {
    for (std::size_t i = 0; i < outline.edges(); ++i) {
      cells.push_back(touched(outline.corners[i], outline.after(i), row));
    }
  }
  return cells;
}

struct RowRange {
  int first = 0;
  int last = -1;
};

RowRange rows_of(Outline const& outline, GridFrame const& frame) {
  auto const [low, high] = std::minmax_element(
      outline.corners.begin(), outline.corners.end(), [](GridPlace a, GridPlace b) {
        return a.row < b.row;
      });
  double const last_row = frame.rows - 1;
  return {static_cast<int>(std::clamp(std::floor(low->row), 0.0, last_row + 1)),
          static_cast<int>(std::clamp(std::ceil(high->row), -1.0, last_row))};
}

/// Marks one zone on the map; returns how many cells it acts on.
std::size_t paint(ZoneMap& map, GridFrame const& frame, Zone const& zone) {
  Outline const drawn = outline(frame, zone);
  RowRange const rows = rows_of(drawn, frame);
  std::vector<std::uint8_t> hit(static_cast<std::size_t>(frame.columns));
  std::size_t cells = 0;
  for (int row = rows.first; row <= rows.last; ++row) {
    std::fill(hit.begin(), hit.end(), std::uint8_t{0});
    for (Span const span : spans(drawn, zone.kind, row)) {
      for (int c = std::max(0, span.first); c <= std::min(frame.columns - 1, span.last); ++c) {
        hit[static_cast<std::size_t>(c)] = 1;
      }
    }
    for (int c = 0; c < frame.columns; ++c) {
      if (hit[static_cast<std::size_t>(c)] == 0) {
        continue;
      }
      std::size_t const i = frame.index({c, row});
      ++cells;
      map.factor[i] *= static_cast<float>(zone.kind == ZoneKind::kForbidden ? 1.0 : zone.factor);
      Access const access = zone.kind == ZoneKind::kForbidden       ? Access::kForbidden
                            : zone.kind == ZoneKind::kStructureOnly ? Access::kStructureOnly
                                                                    : Access::kOpen;
      map.access[i] = std::max(map.access[i], access);
    }
  }
  return cells;
}

std::string zone_path(Zone const& zone, std::size_t number, char const* field) {
  return (zone.where.empty() ? fmt::format("/zone/{}", number) : zone.where) + field;
}

bool is_drawn(Zone const& zone) {
  auto const are_places = [](std::vector<LonLat> const& all) {
    return std::all_of(all.begin(), all.end(), [](LonLat p) {
      return std::abs(p.lon) <= 180 && std::abs(p.lat) <= 89;
    });
  };
  bool const is_area = zone.polygon.size() >= 3 && zone.line.empty();
  bool const is_line = zone.line.size() >= 2 && zone.polygon.empty();
  return (is_area || is_line) && are_places(zone.polygon) && are_places(zone.line);
}

Diagnostics faults_of(std::vector<Zone> const& zones) {
  Diagnostics faults;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    Zone const& z = zones[i];
    if (!is_drawn(z)) {
      faults.push_back({Severity::kError,
                        zone_path(z, i, z.line.empty() ? "/polygon" : "/line"),
                        fmt::format("zone \"{}\" is neither an area nor a line", z.name),
                        "give at least three corners of a polygon or two places of a line, as "
                        "[longitude, latitude], and one of the two"});
    }
    if (!(z.factor > 0) || !std::isfinite(z.factor)) {
      faults.push_back({Severity::kError,
                        zone_path(z, i, "/factor"),
                        fmt::format("the factor of zone \"{}\" is {:g}", z.name, z.factor),
                        "give a factor above zero; to close the zone make it forbidden"});
    }
  }
  return faults;
}

}  // namespace

Result<ZoneMap> zone_map(GridFrame const& frame, std::vector<Zone> zones) {
  if (Diagnostics faults = faults_of(zones); !faults.empty()) {
    return reject(std::move(faults));
  }
  ZoneMap map{.zones = std::move(zones), .access = {}, .factor = {}};
  if (map.zones.empty()) {
    return map;
  }
  map.access.assign(frame.size(), Access::kOpen);
  map.factor.assign(frame.size(), 1.0F);
  for (std::size_t i = 0; i < map.zones.size(); ++i) {
    Zone const& zone = map.zones[i];
    if (paint(map, frame, zone) == 0) {
      map.warnings.push_back({Severity::kWarning,
                              zone_path(zone, i, zone.line.empty() ? "/polygon" : "/line"),
                              fmt::format("zone \"{}\" acts on no cell of the grid", zone.name),
                              "check its corners ([longitude, latitude]), or use smaller cells"});
    }
  }
  return map;
}

std::vector<std::string> zones_on(ZoneMap const& map, GridFrame const& frame, Cell cell) {
  std::vector<std::string> names;
  for (Zone const& zone : map.zones) {
    auto const row_spans = spans(outline(frame, zone), zone.kind, cell.row);
    if (std::any_of(row_spans.begin(), row_spans.end(), [&](Span s) {
          return s.first <= cell.column && cell.column <= s.last;
        })) {
      names.push_back(zone.name);
    }
  }
  return names;
}

}  // namespace tidewater::terrain
