#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tidewater/route/alignment.hpp"

#include "statistics.hpp"

namespace tidewater::route {

namespace {

constexpr double kStationSpacing = 100;  // m

Diagnostics faults_of(GivenLine const& given) {
  Diagnostics faults;
  std::string const where = given.where.empty() ? "/link" : given.where;
  auto const fault = [&](char const* field, std::string what, std::string remedy) {
    faults.push_back({Severity::kError, where + field, std::move(what), std::move(remedy)});
  };
  bool const has_places =
      std::all_of(given.polyline.begin(), given.polyline.end(), [](terrain::LonLat p) {
        return std::abs(p.lon) <= 180 && std::abs(p.lat) <= 90;
      });
  if (given.polyline.size() < 2 || !has_places) {
    fault("/line",
          fmt::format("the line from \"{}\" to \"{}\" has {} places, not all of them on the earth",
                      given.from,
                      given.to,
                      given.polyline.size()),
          "give at least two places as [longitude, latitude]");
  }
  double const known = given.known_length.value_or(1 * units::km).in(units::m);
  if (!(known > 0) || !std::isfinite(known)) {
    fault("/known_length",
          fmt::format("the known length is {:g} m", known),
          "give a length above zero");
  }
  if (!(given.loaded_grade_limit > 0) || !(given.empty_grade_limit > 0)) {
    fault("/grade_limit", "a grade limit is not above zero", "give limits above zero");
  }
  return faults;
}

struct Drawn {
  std::vector<terrain::LonLat> places;
  std::vector<double> along;  ///< m, geodesic
};

Drawn drawn(std::vector<terrain::LonLat> const& polyline) {
  Drawn out{{polyline.front()}, {0}};
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    double const step = terrain::geodesic_distance(polyline[i - 1], polyline[i]).in(units::m);
    if (step > 0) {
      out.places.push_back(polyline[i]);
      out.along.push_back(out.along.back() + step);
    }
  }
  return out;
}

/// Place at `along`: straight in longitude and latitude between given places, which on the few
/// kilometres between them is metres from the geodesic.
terrain::LonLat place_at(Drawn const& line, double along) {
  auto const after = std::upper_bound(line.along.begin() + 1, line.along.end() - 1, along);
  auto const j = static_cast<std::size_t>(after - line.along.begin());
  double const share =
      std::clamp((along - line.along[j - 1]) / (line.along[j] - line.along[j - 1]), 0.0, 1.0);
  auto const& a = line.places[j - 1];
  auto const& b = line.places[j];
  return {a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)};
}

/// Ground under a place: never below the sea, unknown off the grid.
double ground_at(terrain::Grid const& grid, terrain::LonLat at) {
  double const h = grid.height(grid.frame().place(at));
  return std::isfinite(h) ? std::max(0.0, h) : h;
}

/// Unknown heights take the nearest known one along the line; returns how many there were.
std::size_t fill_unknown(std::vector<double>& ground) {
  auto const known =
      std::find_if(ground.begin(), ground.end(), [](double h) { return std::isfinite(h); });
  double last = known == ground.end() ? 0 : *known;
  std::size_t unknown = 0;
  for (double& h : ground) {
    unknown += std::isfinite(h) ? 0 : 1;
    last = std::isfinite(h) ? h : last;
    h = last;
  }
  return unknown;
}

/// The mean of the lowest profile nowhere under the ground and the highest nowhere over it, both
/// within the grade limits: a line that an earthwork balance would not be far from.
std::vector<double> draped(std::vector<double> const& ground,
                           double spacing,
                           GivenLine const& given) {
  double const up = given.loaded_grade_limit * spacing;
  double const down = given.empty_grade_limit * spacing;
  std::vector<double> over = ground;
  std::vector<double> under = ground;
  for (std::size_t i = 1; i < ground.size(); ++i) {
    over[i] = std::max(over[i], over[i - 1] - down);
    under[i] = std::min(under[i], under[i - 1] + up);
  }
  for (std::size_t i = ground.size() - 1; i-- > 0;) {
    over[i] = std::max(over[i], over[i + 1] - up);
    under[i] = std::min(under[i], under[i + 1] + down);
  }
  for (std::size_t i = 0; i < ground.size(); ++i) {
    over[i] = (over[i] + under[i]) / 2;
  }
  return over;
}

void add_cost(Alignment& a, GivenLine const& given, Rates const& rates) {
  a.bound.bounds = "a line with given geometry: its cost is a rate times its length";
  if (given.status == LineStatus::kUpgrade) {
    Money const rate{rates.upgrade.rate.base() * 1000};
    double const km = a.length.in(units::km);
    a.cost = km * rate;
    a.costs.push_back({"upgrade", km, "km", rate, a.cost, rates.upgrade.source});
  }
  a.bound.lower = a.cost;
}

void add_notes(Alignment& a, GivenLine const& given, double drawn_length, double unknown_share) {
  a.notes.emplace_back(
      "Geometry as given; curves, structures and earthworks of the line are not "
      "assessed, its radii are unknown.");
  if (given.known_length) {
    a.notes.push_back(
        fmt::format("The known length of {:.1f} km is used; as drawn it measures {:.1f} km.",
                    a.length.in(units::km),
                    drawn_length / 1000));
  }
  if (a.profile == ProfileOrigin::kUnknown) {
    a.notes.emplace_back("No relief under the line: its profile is taken as level.");
  } else if (unknown_share > 0) {
    a.notes.push_back(
        fmt::format("{:.1f} % of the line have no relief: the nearest known height along "
                    "it is used.",
                    100 * unknown_share));
  }
}

}  // namespace

Result<Alignment> fixed_alignment(GivenLine const& given,
                                  terrain::Grid const* grid,
                                  Rates const& rates) {
  if (Diagnostics faults = faults_of(given); !faults.empty()) {
    return reject(std::move(faults));
  }
  Drawn const line = drawn(given.polyline);
  double const drawn_length = line.along.back();
  if (!(drawn_length > 0)) {
    return reject((given.where.empty() ? "/link" : given.where) + "/line",
                  "all places of the line are the same",
                  "give at least two different places");
  }
  Alignment a{.from = given.from, .to = given.to, .line = line.places};
  a.length = given.known_length.value_or(drawn_length * units::m);
  a.great_circle = terrain::geodesic_distance(line.places.front(), line.places.back());
  a.smallest_radius = std::numeric_limits<double>::infinity() * units::m;
  double const length = a.length.in(units::m);
  auto const parts = static_cast<std::size_t>(std::max(1.0, std::round(length / kStationSpacing)));
  std::vector<double> ground;
  for (std::size_t i = 0; i <= parts; ++i) {
    double const share = double(i) / double(parts);
    auto const place = place_at(line, share * drawn_length);
    ground.push_back(grid != nullptr ? ground_at(*grid, place) : std::nan(""));
    a.stations.push_back({.at = share * a.length, .place = place, .radius = a.smallest_radius});
  }
  std::size_t const unknown = fill_unknown(ground);
  a.profile = unknown == ground.size() ? ProfileOrigin::kUnknown : ProfileOrigin::kDraped;
  auto const rail = draped(ground, length / double(parts), given);
  for (std::size_t i = 0; i <= parts; ++i) {
    Station& s = a.stations[i];
    s.ground = ground[i] * units::m;
    s.rail = rail[i] * units::m;
    std::size_t const j = std::min(i, parts - 1);
    s.grade = (rail[j + 1] - rail[j]) / (length / double(parts));
    double const offset = rail[i] - ground[i];
    s.kind = std::abs(offset) <= 0.5 ? StructureKind::kAtGrade
             : offset > 0            ? StructureKind::kFill
                                     : StructureKind::kCut;
  }
  measure_grades(a);
  add_cost(a, given, rates);
  add_notes(a, given, drawn_length, double(unknown) / double(ground.size()));
  return a;
}

}  // namespace tidewater::route
