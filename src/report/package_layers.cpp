#include "package_layers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::Appraisal;
using appraisal::LinkDesign;
using io::Cell;
using io::ColumnKind;
using io::LayerKind;
using io::VectorLayer;
using io::Vertex;
using route::Station;
using units::km;
using units::m;

Vertex vertex(Station const& s) {
  return {s.place.lon, s.place.lat, s.rail.in(m)};
}

Cell number(double value) {
  return std::isfinite(value) ? Cell{value} : Cell{};
}

Cell cell(std::string_view text) {
  return std::string{text};
}

Cell one_a_line(std::vector<std::string> const& notes) {
  return fmt::format("{}", fmt::join(notes, "\n"));
}

/// Calls `use(option, link, design)` for every drawn railway.
template <class F>
void each_railway(Appraisal const& all, F use) {
  for (auto const& result : all.options) {
    if (!result.design) {
      continue;
    }
    for (auto const& link : result.design->links) {
      if (link.rail && link.rail->alignment.stations.size() >= 2) {
        use(result.option, all.project.links.at(link.link), link);
      }
    }
  }
}

/// The line as drawn, rail level straight between stations; stations alone where the drawing does
/// not pass through all of them.
std::vector<Vertex> line_with_levels(route::Alignment const& alignment) {
  auto const& stations = alignment.stations;
  std::vector<Vertex> out;
  std::vector<double> run;  // m from the first vertex, on the ground
  std::vector<std::size_t> at_station;
  for (auto const& place : alignment.line) {
    if (!out.empty()) {
      run.push_back(run.back() +
                    terrain::geodesic_distance({out.back()[0], out.back()[1]}, place).in(m));
    } else {
      run.push_back(0);
    }
    if (at_station.size() < stations.size() && place == stations[at_station.size()].place) {
      at_station.push_back(out.size());
    }
    out.push_back({place.lon, place.lat, 0});
  }
  if (at_station.size() < stations.size()) {
    out.clear();
    std::transform(stations.begin(), stations.end(), std::back_inserter(out), vertex);
    return out;
  }
  for (std::size_t k = 0; k + 1 < stations.size(); ++k) {
    std::size_t const first = at_station[k];
    std::size_t const last = at_station[k + 1];
    for (std::size_t i = first; i <= last; ++i) {
      double const share = (run[i] - run[first]) / (run[last] - run[first]);
      out[i][2] = ((1 - share) * stations[k].rail + share * stations[k + 1].rail).in(m);
    }
  }
  return out;
}

/// What the line was held to: enough to check it by its written geometry. Null for given lines.
std::vector<io::Column> rule_columns() {
  std::vector<io::Column> columns;
  for (auto const* name : {"ruling_loaded",
                           "ruling_empty",
                           "min_radius_m",
                           "transition_m",
                           "compensation_m",
                           "vertical_radius_m",
                           "max_fill_m",
                           "max_cut_m",
                           "max_bridge_m",
                           "tunnel_cover_m",
                           "from_yard_m",
                           "to_yard_m",
                           "yard_grade"}) {
    columns.push_back({name, ColumnKind::kReal});
  }
  return columns;
}

void add_rules(route::Alignment const& alignment, io::Row& row) {
  auto const& rules = alignment.rules;
  bool const is_held = alignment.profile == route::ProfileOrigin::kDesigned;
  for (double const value : {rules.loaded_ruling_grade,
                             rules.empty_ruling_grade,
                             rules.min_radius.in(m),
                             rules.transition.in(m),
                             rules.curve_compensation.in(m),
                             rules.vertical_radius.in(m),
                             rules.max_fill.in(m),
                             rules.max_cut.in(m),
                             rules.max_bridge_height.in(m),
                             rules.tunnel_cover.in(m),
                             alignment.from_yard.in(m),
                             alignment.to_yard.in(m),
                             rules.loop_grade}) {
    row.push_back(is_held ? number(value) : Cell{});
  }
}

VectorLayer alignment_layer(Appraisal const& all) {
  VectorLayer out{.name = "alignment",
                  .description = "Railways, rail level as height; the rules new ones were held to",
                  .kind = LayerKind::kLineZ,
                  .columns = {{"option", ColumnKind::kText},
                              {"link", ColumnKind::kText},
                              {"status", ColumnKind::kText},
                              {"from_site", ColumnKind::kText},
                              {"to_site", ColumnKind::kText},
                              {"from_km", ColumnKind::kReal},
                              {"to_km", ColumnKind::kReal},
                              {"great_circle_km", ColumnKind::kReal},
                              {"profile", ColumnKind::kText},
                              {"notes", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  auto const rules = rule_columns();
  out.columns.insert(out.columns.end(), rules.begin(), rules.end());
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    auto const& alignment = d.rail->alignment;
    bool const unknown = alignment.profile == route::ProfileOrigin::kUnknown;
    bool const drawn = alignment.profile == route::ProfileOrigin::kDesigned;
    out.shapes.push_back(line_with_levels(alignment));
    out.rows.push_back({option,
                        link.id,
                        cell(word(link.status)),
                        link.from,
                        link.to,
                        alignment.stations.front().at.in(km),
                        alignment.stations.back().at.in(km),
                        number(alignment.great_circle.in(km)),
                        cell(drawn     ? "designed"
                             : unknown ? "not known: taken at height 0"
                                       : "draped over the ground"),
                        one_a_line(d.notes)});
    add_rules(alignment, out.rows.back());
  });
  return out;
}

VectorLayer stations_layer(Appraisal const& all) {
  VectorLayer out{.name = "stations",
                  .description =
                      "Every station of the railways; grade, radius and structure of the "
                      "stretch to the next one",
                  .kind = LayerKind::kPoint,
                  .columns = {{"option", ColumnKind::kText},
                              {"link", ColumnKind::kText},
                              {"km", ColumnKind::kReal},
                              {"ground_m", ColumnKind::kReal},
                              {"rail_m", ColumnKind::kReal},
                              {"cut_m", ColumnKind::kReal},
                              {"fill_m", ColumnKind::kReal},
                              {"grade", ColumnKind::kReal},
                              {"radius_m", ColumnKind::kReal},
                              {"structure", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    bool const is_new = link.status == project::Link::State::kNew;
    bool const known = d.rail->alignment.profile != route::ProfileOrigin::kUnknown;
    for (auto const& s : d.rail->alignment.stations) {
      out.shapes.push_back({vertex(s)});
      out.rows.push_back({option,
                          link.id,
                          s.at.in(km),
                          known ? number(s.ground.in(m)) : Cell{},
                          known ? number(s.rail.in(m)) : Cell{},
                          known ? number(std::max(0.0, (s.ground - s.rail).in(m))) : Cell{},
                          known ? number(std::max(0.0, (s.rail - s.ground).in(m))) : Cell{},
                          known ? number(s.grade) : Cell{},
                          number(s.radius.in(m)),  // null on straights
                          cell(is_new ? word(s.kind) : "existing")});
    }
  });
  return out;
}

VectorLayer alternatives_layer(Appraisal const& all) {
  VectorLayer out{
      .name = "alternatives",
      .description =
          "Other lines to new railways, cheapest first, where asked for; cost in millions",
      .kind = LayerKind::kLineZ,
      .columns = {{"option", ColumnKind::kText},
                  {"link", ColumnKind::kText},
                  {"rank", ColumnKind::kWhole},
                  {"length_km", ColumnKind::kReal},
                  {"cost", ColumnKind::kReal},
                  {"gap", ColumnKind::kReal},
                  {"notes", ColumnKind::kText}},
      .shapes = {},
      .rows = {}};
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    std::int64_t rank = 0;
    for (auto const& other : d.reasons.alternatives.lines) {
      out.shapes.push_back(line_with_levels(other));
      out.rows.push_back({option,
                          link.id,
                          ++rank,
                          other.length.in(km),
                          other.cost.in(units::musd),
                          other.bound.gap,
                          one_a_line(other.notes)});
    }
  });
  return out;
}

/// One feature for each run of stations under one kind of structure.
void add_structures(std::string const& option,
                    std::string const& link,
                    std::vector<Station> const& stations,
                    VectorLayer& out) {
  for (std::size_t first = 0; first + 1 < stations.size();) {
    auto const kind = stations[first].kind;
    std::size_t last = first + 1;
    while (last + 1 < stations.size() && stations[last].kind == kind) {
      ++last;
    }
    if (kind == route::StructureKind::kBridge || kind == route::StructureKind::kTunnel) {
      std::vector<Vertex> shape;
      Length greatest{};
      for (std::size_t k = first; k <= last; ++k) {
        shape.push_back(vertex(stations[k]));
        Length const above = stations[k].rail - stations[k].ground;
        greatest = std::max(greatest, kind == route::StructureKind::kBridge ? above : -above);
      }
      Length const from = stations[first].at;
      Length const to = stations[last].at;
      out.shapes.push_back(std::move(shape));
      out.rows.push_back({option,
                          link,
                          cell(word(kind)),
                          from.in(km),
                          to.in(km),
                          (to - from).in(m),
                          number(greatest.in(m))});
    }
    first = last;
  }
}

VectorLayer structures_layer(Appraisal const& all) {
  VectorLayer out{.name = "structures",
                  .description = "Bridges and tunnels of new railways",
                  .kind = LayerKind::kLineZ,
                  .columns = {{"option", ColumnKind::kText},
                              {"link", ColumnKind::kText},
                              {"kind", ColumnKind::kText},
                              {"from_km", ColumnKind::kReal},
                              {"to_km", ColumnKind::kReal},
                              {"length_m", ColumnKind::kReal},
                              {"greatest_height_or_depth_m", ColumnKind::kReal}},
                  .shapes = {},
                  .rows = {}};
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    if (link.status == project::Link::State::kNew) {
      add_structures(option, link.id, d.rail->alignment.stations, out);
    }
  });
  return out;
}

/// The point of the line at a post, straight between stations.
Vertex point_at(std::vector<Station> const& stations, Length post) {
  auto const after = std::find_if(
      stations.begin() + 1, stations.end() - 1, [&](Station const& s) { return s.at >= post; });
  auto const& a = *(after - 1);
  auto const& b = *after;
  double const f = b.at > a.at ? std::clamp((post - a.at) / (b.at - a.at), 0.0, 1.0) : 0;
  return {a.place.lon + f * (b.place.lon - a.place.lon),
          a.place.lat + f * (b.place.lat - a.place.lat),
          0};
}

VectorLayer loops_layer(Appraisal const& all) {
  VectorLayer out{.name = "loops",
                  .description = "Middles of passing loops",
                  .kind = LayerKind::kPoint,
                  .columns = {{"option", ColumnKind::kText},
                              {"link", ColumnKind::kText},
                              {"name", ColumnKind::kText},
                              {"km", ColumnKind::kReal}},
                  .shapes = {},
                  .rows = {}};
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    for (std::size_t k = 0; k < d.rail->loops.size(); ++k) {
      out.shapes.push_back({point_at(d.rail->alignment.stations, d.rail->loops[k])});
      out.rows.push_back({option, link.id, fmt::format("loop {}", k + 1), d.rail->loops[k].in(km)});
    }
  });
  return out;
}

VectorLayer sites_layer(project::Project const& p) {
  VectorLayer out{.name = "sites",
                  .description = "Sites of the project",
                  .kind = LayerKind::kPoint,
                  .columns = {{"id", ColumnKind::kText},
                              {"kind", ColumnKind::kText},
                              {"label", ColumnKind::kText},
                              {"district", ColumnKind::kText},
                              {"province", ColumnKind::kText},
                              {"source", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  for (auto const& site : p.sites) {
    out.shapes.push_back({{site.at.lon, site.at.lat, 0}});
    out.rows.push_back({site.id,
                        cell(word(site.kind)),
                        site_label(p, site.id),
                        site.district,
                        site.province,
                        site.source});
  }
  return out;
}

enum class ZoneShape : std::uint8_t { kArea, kLine };

VectorLayer zones_layer(project::Project const& p, ZoneShape shape) {
  bool const are_lines = shape == ZoneShape::kLine;
  VectorLayer out{.name = are_lines ? "zone_lines" : "zones",
                  .description = are_lines
                                     ? "Lines that are forbidden, dearer or bridged: rivers, fences"
                                     : "Where building is forbidden, dearer, or on structures only",
                  .kind = are_lines ? LayerKind::kLine : LayerKind::kPolygon,
                  .columns = {{"name", ColumnKind::kText},
                              {"kind", ColumnKind::kText},
                              {"factor", ColumnKind::kReal},
                              {"reason", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  for (auto const& zone : p.zones) {
    if (zone.line.empty() == are_lines) {
      continue;
    }
    std::vector<Vertex> course;
    for (auto const& place : are_lines ? zone.line : zone.polygon) {
      course.push_back({place.lon, place.lat, 0});
    }
    bool const priced = zone.kind != project::Zone::Kind::kForbidden;
    out.shapes.push_back(std::move(course));
    out.rows.push_back(
        {zone.name, cell(word(zone.kind)), priced ? Cell{zone.factor.value} : Cell{}, zone.reason});
  }
  return out;
}

}  // namespace

std::vector<VectorLayer> layers(Appraisal const& all) {
  return {alignment_layer(all),
          stations_layer(all),
          structures_layer(all),
          loops_layer(all),
          alternatives_layer(all),
          sites_layer(all.project),
          zones_layer(all.project, ZoneShape::kArea),
          zones_layer(all.project, ZoneShape::kLine)};
}

}  // namespace tidewater::report
