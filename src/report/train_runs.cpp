#include "tidewater/report/train_runs.hpp"

#include <algorithm>
#include <cmath>

#include "entry.hpp"

namespace tidewater::report {

namespace {

using io::Json;
using units::km;
using units::kmh;
using units::kN;
using units::min;
using units::MJ;

double rounded(double x, double parts) {
  return std::round(x * parts) / parts;
}

/// A train of the timetable as a string: two points a section.
Json string_json(train::TrainPath const& path, std::vector<Length> const& posts) {
  bool const up = path.way == train::Way::kUp;
  std::vector<double> kms, minutes;
  std::size_t const n = path.enters.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t const k = up ? i : n - 1 - i;
    kms.push_back(rounded(posts[up ? k : k + 1].in(km), 1e3));
    minutes.push_back(rounded(path.enters[k].in(min), 1e2));
    kms.push_back(rounded(posts[up ? k + 1 : k].in(km), 1e3));
    minutes.push_back(rounded(path.leaves[k].in(min), 1e2));
  }
  return std::move(Entry{}
                       .text("direction", up ? "loaded" : "empty")
                       .put("km", io::json_column(kms))
                       .put("minutes", io::json_column(minutes)))
      .whole_object();
}

}  // namespace

Json run_curves_json(train::Run const& run, Length length, RunDirection direction) {
  std::vector<double> kms, kmhs, limits, kns, minutes, gjs;
  for (auto const& point : run.points) {
    Length const at =
        direction == RunDirection::kLoaded ? point.post : std::max(Length{}, length - point.post);
    kms.push_back(rounded(at.in(km), 1e3));
    kmhs.push_back(rounded(point.speed.in(kmh), 1e2));
    limits.push_back(rounded(point.limit.in(kmh), 1e2));
    kns.push_back(rounded(point.force.in(kN), 1e1));
    minutes.push_back(rounded(point.time.in(min), 1e2));
    gjs.push_back(rounded(point.traction.in(MJ) / 1e3, 1e3));
  }
  if (direction == RunDirection::kEmpty) {
    for (auto* column : {&kms, &kmhs, &limits, &kns, &minutes, &gjs}) {
      std::reverse(column->begin(), column->end());
    }
  }
  return std::move(Entry{}
                       .put("km", io::json_column(kms))
                       .put("kmh", io::json_column(kmhs))
                       .put("limit_kmh", io::json_column(limits))
                       .put("kn", io::json_column(kns))
                       .put("minutes", io::json_column(minutes))
                       .put("gj", io::json_column(gjs)))
      .whole_object();
}

Json run_energy_json(train::RunEnergy const& energy) {
  auto const gj = [](Energy e) { return e.in(MJ) / 1e3; };
  return std::move(Entry{}
                       .number("traction_gj", gj(energy.traction))
                       .number("resistance_gj", gj(energy.resistance))
                       .number("climb_gj", gj(energy.climb))
                       .number("dynamic_braking_gj", gj(energy.dynamic))
                       .number("friction_braking_gj",
                               gj(std::max(Energy{}, energy.braking - energy.dynamic)))
                       .number("supply_gj", gj(energy.supply))
                       .number("regenerated_gj", gj(energy.regenerated))
                       .number("co2_t", energy.carbon.in(units::t)))
      .whole_object();
}

Json timetable_json(project::Link const& link, appraisal::RailDesign const& rail) {
  auto const answer = appraisal::clock_face_on(link, rail);
  Entry out;
  if (auto const* none = std::get_if<train::NoTimetable>(&answer)) {
    for (char const* key : {"interval_min", "waiting_min", "occupation", "occupation_limit"}) {
      out.null(key, none->reason);
    }
    return std::move(out.put("strings", Json::array())).with_reason();
  }
  auto const& face = std::get<train::ClockFace>(answer);
  auto const use =
      train::compress(face.timetable, appraisal::sections_of(rail), appraisal::section_rules(link));
  Json strings = Json::array();
  for (auto const& path : face.timetable.paths) {
    strings.push_back(string_json(path, rail.run.times.posts));
  }
  return std::move(out.number("interval_min", face.timetable.period.in(min))
                       .number("waiting_min", face.waiting.in(min))
                       .number("occupation", use.line)
                       .number("occupation_limit", train::kDailyOccupation)
                       .put("strings", std::move(strings)))
      .with_reason();
}

}  // namespace tidewater::report
