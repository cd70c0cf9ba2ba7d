#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using io::Json;
using route::Station;

/// The rows in which `measure` is largest and smallest, with the row after each, so that a stretch
/// keeps its own grade.
template <class F>
void keep_extremes(std::vector<Station> const& stations, F measure, std::set<std::size_t>& rows) {
  std::size_t least = 0;
  std::size_t most = 0;
  for (std::size_t k = 0; k < stations.size(); ++k) {
    least = measure(stations[k]) < measure(stations[least]) ? k : least;
    most = measure(stations[k]) > measure(stations[most]) ? k : most;
  }
  for (auto const k : {least, most}) {
    rows.insert(k);
    rows.insert(std::min(k + 1, stations.size() - 1));
  }
}

std::set<std::size_t> rows_shown(std::vector<Station> const& stations, std::size_t most) {
  std::set<std::size_t> rows;
  std::size_t const n = stations.size();
  if (n <= most) {
    for (std::size_t k = 0; k < n; ++k) {
      rows.insert(rows.end(), k);
    }
    return rows;
  }
  rows.insert(0);
  rows.insert(n - 1);
  for (std::size_t k = 1; k < n; ++k) {
    if (stations[k].kind != stations[k - 1].kind) {
      rows.insert(k);
    }
  }
  keep_extremes(
      stations, [](Station const& s) { return s.rail; }, rows);
  keep_extremes(
      stations, [](Station const& s) { return s.ground; }, rows);
  keep_extremes(
      stations, [](Station const& s) { return s.rail - s.ground; }, rows);
  keep_extremes(
      stations, [](Station const& s) { return s.grade; }, rows);
  // Even steps with what is left, yet never so few that hills between changes vanish.
  std::size_t const left = most - std::min(most, rows.size());
  std::size_t const even = std::max(left, most / 4);
  for (std::size_t k = 0; k < even; ++k) {
    rows.insert(k * (n - 1) / even);
  }
  return rows;
}

/// Rise over run from each row to the next; the last repeats the one before.
std::vector<double> grades(std::vector<Station> const& stations,
                           std::vector<std::size_t> const& rows) {
  std::vector<double> out;
  for (std::size_t k = 0; k + 1 < rows.size(); ++k) {
    auto const& a = stations[rows[k]];
    auto const& b = stations[rows[k + 1]];
    out.push_back((b.rail - a.rail) / (b.at - a.at));
  }
  out.push_back(out.empty() ? 0 : out.back());
  return out;
}

/// Rounded to a step: a centimetre of height, a metre of place are finer than the ground is known.
double rounded(double value, double per_unit) {
  return std::round(value * per_unit) / per_unit;
}

}  // namespace

Json stations_json(project::Link const& link, route::Alignment const& alignment, std::size_t most) {
  auto const& all = alignment.stations;
  auto const chosen = rows_shown(all, most);
  std::vector<std::size_t> const rows{chosen.begin(), chosen.end()};
  bool const has_levels = alignment.profile != route::ProfileOrigin::kUnknown;
  std::vector<double> km, lon, lat, ground, rail, grade;
  Json kind = Json::array();
  for (auto const k : rows) {
    auto const& s = all[k];
    km.push_back(rounded(s.at.in(units::km), 1e3));
    lon.push_back(rounded(s.place.lon, 1e5));
    lat.push_back(rounded(s.place.lat, 1e5));
    if (has_levels) {
      ground.push_back(rounded(s.ground.in(units::m), 1e2));
      rail.push_back(rounded(s.rail.in(units::m), 1e2));
    }
    kind.push_back(link.status == project::Link::State::kNew ? std::string{word(s.kind)}
                                                             : "existing");
  }
  if (has_levels && !rows.empty()) {
    grade = grades(all, rows);
    for (auto& g : grade) {
      g = rounded(g, 1e6);
    }
  }
  return std::move(Entry{}
                       .put("km", io::json_column(km))
                       .put("lon", io::json_column(lon))
                       .put("lat", io::json_column(lat))
                       .put("ground", io::json_column(ground))
                       .put("rail", io::json_column(rail))
                       .put("grade", io::json_column(grade))
                       .put("kind", std::move(kind)))
      .whole_object();
}

}  // namespace tidewater::report
