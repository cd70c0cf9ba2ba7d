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

VectorLayer alignment_layer(Appraisal const& all) {
  VectorLayer out{.name = "alignment",
                  .description = "Railways, rail level as height",
                  .kind = LayerKind::kLineZ,
                  .columns = {{"option", ColumnKind::kText},
                              {"link", ColumnKind::kText},
                              {"status", ColumnKind::kText},
                              {"from_site", ColumnKind::kText},
                              {"to_site", ColumnKind::kText},
                              {"from_km", ColumnKind::kReal},
                              {"to_km", ColumnKind::kReal},
                              {"great_circle_km", ColumnKind::kReal},
                              {"profile", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  each_railway(all, [&](std::string const& option, project::Link const& link, LinkDesign const& d) {
    auto const& alignment = d.rail->alignment;
    std::vector<Vertex> shape;
    std::transform(
        alignment.stations.begin(), alignment.stations.end(), std::back_inserter(shape), vertex);
    bool const unknown = alignment.profile == route::ProfileOrigin::kUnknown;
    bool const drawn = alignment.profile == route::ProfileOrigin::kDesigned;
    out.shapes.push_back(std::move(shape));
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
                                       : "draped over the ground")});
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
                          known ? number(s.grade) : Cell{},
                          number(s.radius.in(m)),  // null on straights
                          cell(is_new ? word(s.kind) : "existing")});
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

VectorLayer zones_layer(project::Project const& p) {
  VectorLayer out{.name = "zones",
                  .description = "Where building is forbidden, dearer, or on structures only",
                  .kind = LayerKind::kPolygon,
                  .columns = {{"name", ColumnKind::kText},
                              {"kind", ColumnKind::kText},
                              {"factor", ColumnKind::kReal},
                              {"reason", ColumnKind::kText}},
                  .shapes = {},
                  .rows = {}};
  for (auto const& zone : p.zones) {
    std::vector<Vertex> ring;
    for (auto const& corner : zone.polygon) {
      ring.push_back({corner.lon, corner.lat, 0});
    }
    bool const priced = zone.kind != project::Zone::Kind::kForbidden;
    out.shapes.push_back(std::move(ring));
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
          sites_layer(all.project),
          zones_layer(all.project)};
}

}  // namespace tidewater::report
