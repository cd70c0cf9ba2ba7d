#include "problem_check.hpp"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tidewater::route {

namespace {

using terrain::Access;
using terrain::Ground;

class Faults {
 public:
  explicit Faults(std::string where) : where_{std::move(where)} {}

  void add(std::string const& field, std::string what, std::string remedy) {
    found_.push_back({Severity::kError, where_ + field, std::move(what), std::move(remedy)});
  }
  void at(std::string where, std::string what, std::string remedy) {
    found_.push_back({Severity::kError, std::move(where), std::move(what), std::move(remedy)});
  }
  /// A number that must lie in [low, high].
  void range(double value, double low, double high, char const* field, char const* what) {
    if (!(value >= low && value <= high)) {
      add(field,
          fmt::format("{} is {:g}", what, value),
          fmt::format("give a value from {:g} to {:g}", low, high));
    }
  }
  [[nodiscard]] Diagnostics found() && { return std::move(found_); }

 private:
  std::string where_;
  Diagnostics found_;
};

void check_rules(AlignmentRules const& r, Faults& faults) {
  faults.range(
      r.loaded_ruling_grade, 0.0005, 0.1, "/loaded_ruling_grade", "the loaded ruling grade");
  faults.range(r.empty_ruling_grade, 0.0005, 0.1, "/empty_ruling_grade", "the empty ruling grade");
  auto const metres = [&](Length l, double low, double high, char const* field, char const* what) {
    faults.range(l.in(units::m), low, high, field, what);
  };
  metres(r.min_radius, 0, 1e5, "/min_radius", "the minimum radius (m)");
  metres(r.max_fill, 0, 100, "/max_fill", "the highest fill (m)");
  metres(r.max_cut, 0, 200, "/max_cut", "the deepest cut (m)");
  metres(r.max_bridge_height, 0, 400, "/max_bridge_height", "the highest bridge (m)");
  metres(r.bridge_clearance, 0, 100, "/bridge_clearance", "the bridge clearance (m)");
  metres(r.tunnel_cover, 0, 200, "/tunnel_cover", "the tunnel cover (m)");
  metres(r.formation_width, 1, 100, "/formation_width", "the formation width (m)");
  metres(r.loop_spacing, 100, 1e7, "/loop_spacing", "the loop spacing (m)");
  metres(r.tangent, 50, 1e5, "/tangent", "the shortest length of constant grade (m)");
  faults.range(r.fill_slope, 0, 10, "/fill_slope", "the side slope of fills");
  faults.range(r.cut_slope, 0, 10, "/cut_slope", "the side slope of cuts");
  faults.range(r.loops.value_or(0), 0, 1e5, "/loops", "the number of loops");
}

void check_rates(Rates const& r, Faults& faults) {
  constexpr double most = 1e12;
  auto const rate = [&](double value, char const* field, char const* what) {
    faults.range(value, 0, most, field, what);
  };
  rate(r.rock_cut.rate.base(), "/rates/rock_cut", "the rate for cutting");
  rate(r.dump.rate.base(), "/rates/dump", "the rate for dumping");
  rate(r.borrow.rate.base(), "/rates/borrow", "the rate for borrowing");
  rate(r.place.rate.base(), "/rates/place", "the rate for placing");
  rate(r.haul.rate.base(), "/rates/haul", "the rate for hauling");
  rate(r.tunnel.rate.base(), "/rates/tunnel", "the rate for tunnels");
  rate(r.signalling.rate.base(), "/rates/signalling", "the rate for signalling");
  rate(r.loop.rate.base(), "/rates/loop", "the rate for loops");
  rate(r.viaduct_deck.rate.base(), "/rates/viaduct_deck", "the rate for viaducts");
  rate(r.viaduct_face.rate.base(), "/rates/viaduct_face", "the rate for viaduct height");
  rate(r.engineering.rate, "/rates/engineering", "the share for engineering");
  rate(r.contingency.rate, "/rates/contingency", "the share for contingency");
  // The search needs a price on every metre.
  faults.range(r.track.rate.base(), 1e-6, most, "/rates/track", "the rate for track per metre");
}

std::string path_of(LinePoint const& point, std::string const& fallback) {
  return point.where.empty() ? fallback : point.where;
}

void check_point(terrain::Terrain const& t,
                 LinePoint const& point,
                 std::string const& where,
                 Faults& faults) {
  auto const& frame = t.grid.frame();
  auto const says = [&](char const* what, std::string remedy) {
    faults.at(where,
              fmt::format("\"{}\" at {} {}", point.name, terrain::text(point.at), what),
              std::move(remedy));
  };
  if (!(std::abs(point.at.lon) <= 180 && std::abs(point.at.lat) <= 89)) {
    says("is no place", "give [longitude, latitude] in degrees");
    return;
  }
  auto const cell = frame.nearest(frame.place(point.at));
  if (!frame.holds(cell)) {
    says("lies off the grid", "name it among the sites the grid is laid around");
    return;
  }
  if (t.grid.ground(cell) == Ground::kSea) {
    says("lies at sea", "correct its place, use a finer relief, or make it a port");
  } else if (t.grid.ground(cell) == Ground::kVoid) {
    says("lies where the relief is void", "use a relief without a hole there");
  } else if (t.zones.access_at(frame.index(cell)) == Access::kForbidden) {
    says(fmt::format("lies in forbidden zone \"{}\"",
                     fmt::join(terrain::zones_on(t.zones, frame, cell), "\", \""))
             .c_str(),
         "move it, or cut it out of the zone");
  }
  if (point.level && !std::isfinite(point.level->in(units::m))) {
    says("has a rail level that is no number", "give a level in metres, or none");
  }
  if (point.yard != Length{} && !(point.yard >= 1 * units::m && point.yard <= 20 * units::km)) {
    says(fmt::format("has a yard of {:g} m", point.yard.in(units::m)).c_str(),
         "give none, or a length from 1 m to 20 km");
  }
}

}  // namespace

Diagnostics faults_of(terrain::Terrain const& terrain, AlignmentProblem const& problem) {
  std::string const where = problem.where.empty() ? "/link" : problem.where;
  Faults faults{where};
  check_rules(problem.rules, faults);
  check_rates(problem.rates, faults);
  check_point(terrain, problem.from, path_of(problem.from, where + "/from"), faults);
  check_point(terrain, problem.to, path_of(problem.to, where + "/to"), faults);
  for (std::size_t i = 0; i < problem.via.size(); ++i) {
    check_point(terrain,
                problem.via[i],
                path_of(problem.via[i], fmt::format("{}/via/{}", where, i)),
                faults);
  }
  LinePoint const* before = &problem.from;
  auto const check_step = [&](LinePoint const& next) {
    if (terrain::geodesic_distance(before->at, next.at) < 2 * terrain.grid.frame().cell) {
      faults.add(
          "",
          fmt::format("\"{}\" and \"{}\" lie less than two cells apart", before->name, next.name),
          "use a smaller cell, or leave one out");
    }
    before = &next;
  };
  Diagnostics points = std::move(faults).found();
  if (points.empty()) {  // distances mean something only between places on the grid
    faults = Faults{where};
    for (auto const& point : problem.via) {
      check_step(point);
    }
    check_step(problem.to);
    points = std::move(faults).found();
  }
  return points;
}

}  // namespace tidewater::route
