/// `tidewater simulate` as a test bench: --sweep and --bottleneck.

#include "bench_stage.hpp"

#include <cmath>

#include <fmt/format.h>

namespace tidewater::cli {

namespace {

/// "12.3 +- 0.4"; "-" where there is no such figure.
std::string in_words(corridor::Estimate const& e, int digits) {
  return std::isfinite(e.mean)
             ? fmt::format("{:.{}f} +- {:.{}f}", e.mean, digits, e.half_width, digits)
             : "-";
}

io::Json estimate_json(corridor::Estimate const& e, std::string_view reason) {
  return {{"mean", io::number_or_null(e.mean, reason)},
          {"half_width", io::number_or_null(e.half_width, reason)}};
}

int digits_of(corridor::Measure const& measure) {
  return measure.unit == "Mt/a" ? 3 : 1;
}

corridor::ExperimentOptions experiment_of(Request const& request, Drawn const& d) {
  return {.seed = static_cast<std::uint64_t>(d.project.header.seed),
          .replications = d.project.header.replications,
          .threads = threads(request),
          .losses = corridor::LossBooks::kNone};
}

io::Json point_json(appraisal::SweepPoint const& point, double unit) {
  io::Json json{{"value", io::json_number(point.value / unit)},
                {"none", point.none ? io::Json(point.none->reason) : io::Json{}}};
  for (std::size_t k = 0; k < point.measures.size(); ++k) {
    auto const& measure = corridor::measures()[k];
    json[std::string{measure.id}] =
        estimate_json(point.measures[k], "no ship sailed or no train came back in some life");
  }
  json["more_t_per_a"] = point.gain ? estimate_json(*point.gain, "") : io::Json{};
  return json;
}

void print_point(appraisal::SweepPoint const& point, double unit) {
  fmt::print("  {:>10.6g}", point.value / unit);
  if (point.none) {
    fmt::print("  cannot be built or run: {}\n", point.none->reason);
    return;
  }
  for (std::size_t k = 0; k < point.measures.size(); ++k) {
    fmt::print("  {:>17}", in_words(point.measures[k], digits_of(corridor::measures()[k])));
  }
  fmt::print("  {:>19}\n", point.gain ? in_words(*point.gain, 0) : "-");
}

void print_sweep_head(Drawn const& d, SweepRange const& range) {
  fmt::print("{}: {} lives at each value, the same draws for all; +- 95 %\n  {} ({})\n",
             d.option.name,
             d.project.header.replications,
             range.parameter.path,
             range.parameter.spec.saying);
  fmt::print("  {:>10}", "");
  for (auto const& measure : corridor::measures()) {
    fmt::print("  {:>17}", measure.label);
  }
  fmt::print("  {:>19}\n  {:>10}", "more than the first", range.unit);
  for (auto const& measure : corridor::measures()) {
    fmt::print("  {:>17}", measure.unit);
  }
  fmt::print("  {:>19}\n", "t/a");
}

}  // namespace

Diagnostics needs_an_interval(project::Project const& project, char const* what) {
  if (project.header.replications >= 2) {
    return {};
  }
  return {{Severity::kError,
           what,
           "one life has no interval, so that nothing could be compared",
           "live more: --set project.replications=8",
           "TW0006",
           {}}};
}

Diagnostics show_sweep(Request const& request,
                       Drawn const& d,
                       SweepRange const& range,
                       io::Json& json) {
  auto const points = appraisal::sweep(
      {.project = d.project, .option = d.option, .design = d.design, .ground = d.ground},
      {.parameter = range.parameter,
       .values = range.values,
       .experiment = experiment_of(request, d)});
  if (!points) {
    return points.error();
  }
  double const unit = io::parse_unit(range.unit, d.money)->value;
  json["parameter"] = range.parameter.path;
  json["unit"] = range.unit;
  json["replications"] = d.project.header.replications;
  json["points"] = io::Json::array();
  for (auto const& point : *points) {
    json["points"].push_back(point_json(point, unit));
  }
  if (request.form == Request::Form::kTables) {
    print_sweep_head(d, range);
    for (auto const& point : *points) {
      print_point(point, unit);
    }
  }
  return {};
}

Diagnostics show_bottleneck(Request const& request, Drawn const& d, io::Json& json) {
  auto const model = appraisal::corridor_model(d.project, d.option, d.design);
  if (!model) {
    return model.error();
  }
  auto const ranking = corridor::rank_bottlenecks(*model, experiment_of(request, d));
  json["replications"] = d.project.header.replications;
  json["shipped_t_per_a"] = estimate_json(ranking.tonnes_a_year, "");
  json["one_lot_t_per_a"] = io::json_number(ranking.one_lot_a_year);
  json["reliefs"] = io::Json::array();
  for (auto const& gain : ranking.gains) {
    json["reliefs"].push_back({{"asset", gain.asset},
                               {"relief", gain.what},
                               {"gain_t_per_a", estimate_json(gain.tonnes_a_year, "")},
                               {"sure", gain.is_sure}});
  }
  if (request.form == Request::Form::kTables) {
    fmt::print(
        "{}: {} t/a shipped (dry, {} lives, 95 %); more with one asset relieved, the same draws\n"
        "  (one lot of each product at the end of the life is {:.0f} t/a and counts as noise):\n",
        d.option.name,
        in_words(ranking.tonnes_a_year, 0),
        d.project.header.replications,
        ranking.one_lot_a_year);
    for (auto const& gain : ranking.gains) {
      fmt::print("  {:<44}{:<34}{:>20} t/a{}\n",
                 gain.asset,
                 gain.what,
                 in_words(gain.tonnes_a_year, 0),
                 gain.is_sure ? "" : "  within noise");
    }
  }
  return {};
}

}  // namespace tidewater::cli
