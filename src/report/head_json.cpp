#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::Appraisal;
using io::Json;
using project::Project;

/// Share of the larger side added around what the map must show.
constexpr double kMapMargin = 0.08;
/// Degrees; two sites close together still get a map.
constexpr double kLeastMap = 0.2;

struct Bounds {
  double west = 180;
  double south = 90;
  double east = -180;
  double north = -90;
  void take(double lon, double lat) {
    west = std::min(west, lon);
    east = std::max(east, lon);
    south = std::min(south, lat);
    north = std::max(north, lat);
  }
  [[nodiscard]] bool empty() const { return west > east; }
};

Json box_json(Bounds const& b) {
  return io::json_column({b.west, b.south, b.east, b.north});
}

bool is_used(Project const& p, project::Site const& site) {
  return std::any_of(p.options.begin(), p.options.end(), [&](auto const& option) {
    return std::any_of(p.links.begin(), p.links.end(), [&](auto const& link) {
      return (link.from == site.id || link.to == site.id) &&
             std::find(option.links.begin(), option.links.end(), link.id) != option.links.end();
    });
  });
}

/// Around everything on land that an option uses, or around all sites when none uses any: markets
/// lie across an ocean, and a line to them is an arrow.
Bounds shown(Appraisal const& all) {
  Bounds b;
  auto const& sites = all.project.sites;
  bool const any = std::any_of(
      sites.begin(), sites.end(), [&](auto const& site) { return is_used(all.project, site); });
  for (auto const& site : sites) {
    if (site.kind != project::Site::Kind::kMarket && (!any || is_used(all.project, site))) {
      b.take(site.at.lon, site.at.lat);
    }
  }
  auto const take = [&b](route::Alignment const& alignment) {
    for (auto const& place : alignment.line) {
      b.take(place.lon, place.lat);
    }
  };
  for (auto const& result : all.options) {
    for (auto const& link :
         result.design ? result.design->links : std::vector<appraisal::LinkDesign>{}) {
      if (link.rail) {
        take(link.rail->alignment);
      }
      auto const& others = link.reasons.alternatives.lines;
      std::for_each(others.begin(), others.end(), take);
    }
  }
  if (b.empty()) {
    return {-180, -90, 180, 90};
  }
  double const pad = std::max(kLeastMap, kMapMargin * std::max(b.east - b.west, b.north - b.south));
  return {std::max(-180.0, b.west - pad),
          std::max(-90.0, b.south - pad),
          std::min(180.0, b.east + pad),
          std::min(90.0, b.north + pad)};
}

Json relief_json(Appraisal const& all, Bounds const& map) {
  auto const& r = all.relief;
  Entry out;
  out.whole("columns", r.columns).whole("rows", r.rows);
  if (r.columns == 0 || r.rows == 0) {
    return std::move(out.put("bbox", box_json(map))
                         .put("metres", Json::array())
                         .text("note", "the project names no relief"))
        .whole_object();
  }
  Bounds const box{r.north_west.lon,
                   r.north_west.lat - r.rows * r.cell_height,
                   r.north_west.lon + r.columns * r.cell_width,
                   r.north_west.lat};
  Json metres = Json::array();
  for (float const height : r.heights) {
    metres.push_back(std::isfinite(height) ? Json(std::lround(height)) : Json(nullptr));
  }
  std::string note = all.project.terrain.note;
  if (note.empty()) {
    note = r.source;
  }
  return std::move(
             out.put("bbox", box_json(box)).put("metres", std::move(metres)).text("note", note))
      .whole_object();
}

Json site_json(project::Site const& site) {
  return std::move(Entry{}
                       .text("id", site.id)
                       .text("kind", std::string{word(site.kind)})
                       .text("label", site.label.empty() ? site.id : site.label)
                       .number("lon", site.at.lon)
                       .number("lat", site.at.lat)
                       .text("district", site.district))
      .whole_object();
}

Json places_json(std::vector<project::Place> const& places) {
  Json out = Json::array();
  for (auto const& place : places) {
    out.push_back(io::json_column({place.lon, place.lat}));
  }
  return out;
}

Json zone_json(project::Zone const& zone) {
  // A zone's own "reason" says why it is a zone; a forbidden one has no price, and so a factor of 1
  // that nothing uses.
  bool const priced = zone.kind != project::Zone::Kind::kForbidden;
  return std::move(Entry{}
                       .text("name", zone.name)
                       .text("kind", std::string{word(zone.kind)})
                       .number("factor", priced ? zone.factor.value : 1.0)
                       .text("reason", zone.reason)
                       .put("polygon", places_json(zone.polygon))
                       .put("line", places_json(zone.line)))
      .whole_object();
}

std::string interval(Appraisal const& all) {
  return all.futures == 0 ? std::string{"no range: no futures were sampled"}
                          : fmt::format("P5-P95 over {} sampled futures", all.futures);
}

}  // namespace

Json project_json(Appraisal const& all) {
  auto const& h = all.project.header;
  return std::move(Entry{}
                       .text("name", h.name)
                       .text("question", h.question)
                       .text("description", h.description)
                       .text("currency", h.currency)
                       .whole("price_year", h.price_year)
                       .whole("first_year", h.first_year)
                       .whole("years", h.years)
                       .number("discount_rate", h.discount_rate.value)
                       .whole("futures", all.futures)
                       .whole("replications", all.replications)
                       .text("interval", interval(all)))
      .whole_object();
}

Json map_json(Appraisal const& all) {
  auto const map = shown(all);
  Json sites = Json::array();
  for (auto const& site : all.project.sites) {
    sites.push_back(site_json(site));
  }
  Json zones = Json::array();
  for (auto const& zone : all.project.zones) {
    zones.push_back(zone_json(zone));
  }
  return std::move(Entry{}
                       .put("bbox", box_json(map))
                       .put("relief", relief_json(all, map))
                       .put("sites", std::move(sites))
                       .put("zones", std::move(zones)))
      .whole_object();
}

}  // namespace tidewater::report
