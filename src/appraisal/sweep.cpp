#include "tidewater/appraisal/sweep.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/contract.hpp"

#include "rail_design.hpp"

namespace tidewater::appraisal {

namespace {

using project::Project;

constexpr std::string_view kBerths = "/port/berth";
constexpr std::array<std::string_view, 5> kWhole{
    "fleet", "locomotives", "loops", "tracks", "wagons"};

std::string slashed(std::string path) {
  if (path.find('/') == std::string::npos) {
    std::replace(path.begin(), path.end(), '.', '/');
  }
  return path.starts_with("/") ? path : "/" + path;
}

/// The berths of a port, when the path is that of their list.
std::vector<project::Berth>* berths_at(Project& p, std::string const& path) {
  for (auto& site : p.sites) {
    if (site.port && path == "/site/" + site.id + std::string{kBerths}) {
      return &site.port->berths;
    }
  }
  return nullptr;
}

SweepParameter berth_count(std::string const& path) {
  return {.path = path,
          .spec = {.name = "berth",
                   .unit = "",
                   .saying = "number of berths; further ones are like the last",
                   .low = 1.0,
                   .high = 20.0},
          .dimension = {},
          .counts = SweepParameter::Counts::kWholeThings};
}

void set_berths(std::vector<project::Berth>& berths, std::size_t count) {
  TW_EXPECTS(!berths.empty() && count >= 1, "a port that ships has a berth");
  std::string const last = berths.back().name;
  for (std::size_t number = 2; berths.size() < count; ++number) {
    auto another = berths.back();
    another.name = fmt::format("{} #{}", last, number);
    berths.push_back(std::move(another));
  }
  berths.resize(count);
}

Project with_value(Project const& p, SweepParameter const& parameter, double value) {
  Project copy = p;
  if (auto* berths = berths_at(copy, parameter.path); berths != nullptr) {
    set_berths(*berths, static_cast<std::size_t>(std::lround(value)));
    return copy;
  }
  for (auto const& number : project::numbers(copy)) {
    if (number.path == parameter.path) {
      *number.ref.value = value;
      return copy;
    }
  }
  TW_EXPECTS(false, "a swept parameter belongs to its project");
  return copy;
}

/// New railways of which the value asks nothing else than was asked when they were drawn.
DrawnLines lines_that_stay(DrawnOption const& drawn, Project const& changed) {
  DrawnLines stay;
  for (auto const& link : drawn.design.links) {
    auto const& before = drawn.project.links[link.link];
    auto const& after = changed.links[link.link];
    if (link.rail && before.status == project::Link::State::kNew &&
        alignment_problem(drawn.project, before) == alignment_problem(changed, after)) {
      stay.emplace(before.id, link.rail->alignment);
    }
  }
  return stay;
}

/// The lives of one value, or why there are none.
using PointAnswer = std::variant<corridor::Lives, NoDesign>;
struct Lived {
  corridor::CorridorModel model;
  PointAnswer answer;
};

Result<Lived> live_at(DrawnOption const& drawn, SweepRequest const& request, double value) {
  Project const changed = with_value(drawn.project, request.parameter, value);
  if (auto faults = project::verify(changed); !faults.empty()) {
    return reject(std::move(faults));
  }
  // The option's overrides are in the project by now; the value stands above them.
  project::Option option = drawn.option;
  option.overrides.clear();
  auto answer = design(changed, option, drawn.ground, lines_that_stay(drawn, changed));
  if (!answer) {
    return reject(std::move(answer.error()));
  }
  if (auto* none = std::get_if<NoDesign>(&*answer)) {
    return Lived{{}, std::move(*none)};
  }
  auto model = corridor_model(changed, option, std::get<Design>(*answer));
  if (!model) {
    return reject(std::move(model.error()));
  }
  auto lives = corridor::experiment(*model, request.experiment);
  return Lived{std::move(*model), std::move(lives)};
}

std::vector<double> tonnes_a_year(Lived const& lived) {
  std::vector<double> out;
  for (auto const& life : std::get<corridor::Lives>(lived.answer).lives) {
    out.push_back(corridor::tonnes_a_year(lived.model, life));
  }
  return out;
}

}  // namespace

Result<SweepParameter> sweep_parameter(Project const& project, std::string const& written) {
  std::string const path = slashed(written);
  Project copy = project;
  if (berths_at(copy, path) != nullptr) {
    return berth_count(path);
  }
  std::vector<std::string> known;
  for (auto const& number : project::numbers(copy)) {
    if (number.path != path) {
      known.push_back(number.path);
      continue;
    }
    if (path.starts_with("/terrain/") || path.starts_with("/zone/")) {
      return reject("--sweep " + written,
                    "the ground is made once, for all values of a sweep",
                    "run once for each value with --set " + written + "=...");
    }
    auto spec = number.spec;
    if (spec.name == "fleet") {
      spec.low = 1.0;  // none stands for as many as it needs, which is no number of them
    }
    bool const is_whole = number.spec.unit.empty() &&
                          std::find(kWhole.begin(), kWhole.end(), number.spec.name) != kWhole.end();
    return SweepParameter{.path = path,
                          .spec = spec,
                          .dimension = number.ref.dimension,
                          .counts = is_whole ? SweepParameter::Counts::kWholeThings
                                             : SweepParameter::Counts::kAnything};
  }
  auto const near = project::nearest(path, known);
  return reject("--sweep " + written,
                "the project has no number at this path",
                near.empty() ? "name a number of the file, e.g. site.pasni.port.stockyard; "
                               "`tidewater explain` lists the fields"
                             : fmt::format("did you mean '{}'?", near.substr(1)));
}

Result<std::vector<SweepPoint>> sweep(DrawnOption const& drawn, SweepRequest const& request) {
  std::vector<SweepPoint> points;
  std::vector<double> first;
  for (double const value : request.values) {
    auto const lived = live_at(drawn, request, value);
    if (!lived) {
      return reject(lived.error());
    }
    auto& point =
        points.emplace_back(SweepPoint{.value = value, .measures = {}, .gain = {}, .none = {}});
    if (auto const* none = std::get_if<NoDesign>(&lived->answer)) {
      point.none = *none;
      continue;
    }
    auto const& lives = std::get<corridor::Lives>(lived->answer);
    for (auto const& measure : corridor::measures()) {
      point.measures.push_back(lives.estimate(
          [&](corridor::Life const& life) { return measure.of(lived->model, life); }));
    }
    auto const tonnes = tonnes_a_year(*lived);
    if (points.size() == 1) {
      first = tonnes;
    } else if (!first.empty()) {
      point.gain = corridor::paired_difference(tonnes, first);
    }
  }
  return points;
}

}  // namespace tidewater::appraisal
