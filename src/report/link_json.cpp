#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/report/line_reasons.hpp"
#include "tidewater/report/tables.hpp"
#include "tidewater/report/train_runs.hpp"

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::LinkDesign;
using appraisal::RailDesign;
using appraisal::TrainDesign;
using io::Json;
using project::Link;
using units::day;
using units::km;
using units::kmh;
using units::min;
using units::MJ;
using units::musd;
using units::t;
using units::usd;
using units::year;

/// "0.9 M USD/km", "18.7 USD/m3", "of 1,230 M USD"
std::string rate_text(route::CostLine const& line, std::string const& currency) {
  bool const large = std::abs(line.rate.in(usd)) >= 1e5;
  auto const money = fmt::format("{}{} {}",
                                 figure(large ? line.rate.in(musd) : line.rate.in(usd)),
                                 large ? " M" : "",
                                 currency);
  if (line.unit.starts_with("of ")) {
    return "of " + money;
  }
  return money + (line.unit == "each" ? " each" : "/" + line.unit);
}

Json costs_json(std::vector<route::CostLine> const& lines, std::string const& currency) {
  Json out = Json::array();
  for (auto const& line : lines) {
    if (line.quantity == 0 && line.cost == Money{}) {
      continue;  // a line without tunnels has no tunnel to show
    }
    out.push_back(std::move(Entry{}
                                .text("kind", line.kind)
                                .text("label", route::cost_words(line.kind))
                                .number("quantity", line.quantity)
                                .text("unit", line.unit)
                                .text("rate", rate_text(line, currency))
                                .number("cost", line.cost.in(musd))
                                .text("source", line.source))
                      .whole_object());
  }
  return out;
}

Money total(std::vector<route::CostLine> const& lines) {
  Money sum{};
  for (auto const& line : lines) {
    sum += line.cost;
  }
  return sum;
}

TrainDesign const* train_on(OptionView const& view, std::size_t link) {
  for (auto const& train : view.result.design->trains) {
    if (std::find(train.links.begin(), train.links.end(), link) != train.links.end()) {
      return &train;
    }
  }
  return nullptr;
}

Json run_json(OptionView const& view, LinkDesign const& link, std::string_view direction) {
  bool const loaded = direction == "loaded";
  auto const& run = loaded ? link.rail->run.loaded : link.rail->run.empty;
  auto const* train = train_on(view, link.link);
  auto const of_train = [&](auto value) {
    return train == nullptr ? std::optional<double>{}
                            : std::optional{static_cast<double>(value(train->sized))};
  };
  std::string_view const unused = "no product of this option runs over the link";
  std::string_view const still = "the run takes no time";
  bool const moves = run.time > Time{};
  return std::move(
             Entry{}
                 .text("direction", std::string{direction})
                 .number("minutes", run.time.in(min))
                 .number("energy_gj", run.energy.traction.in(MJ) / 1e3)
                 .number("mean_kmh",
                         moves ? std::optional{(link.length / run.time).in(kmh)} : std::nullopt,
                         still)
                 .number(
                     "locomotives", of_train([](auto const& s) { return s.locomotives; }), unused)
                 .number("wagons", of_train([](auto const& s) { return s.wagons; }), unused)
                 .number("payload_t",
                         of_train([&](auto const& s) { return loaded ? s.payload.in(t) : 0.0; }),
                         unused)
                 .put("speed",
                      run_curves_json(
                          run, link.length, loaded ? RunDirection::kLoaded : RunDirection::kEmpty))
                 .put("energy", run_energy_json(run.energy)))
      .with_reason();
}

/// Trains a day each way in the busiest simulated year, those of others included.
double demand(OptionView const& view, Link const& link) {
  double most = 0;
  for (std::uint32_t l = 0; l < view.model->lines.size(); ++l) {
    corridor::LineId const id{l};
    if (view.model->lines[id].id == link.id) {
      for (auto const& y : view.result.median.life.lines[id].years) {
        most = std::max(most, y.trains / 2 / year.in(day));
      }
    }
  }
  return most + link.rail->other_trains.value;
}

Json capacity_json(OptionView const& view, Link const& link, RailDesign const& rail) {
  auto const& capacity = rail.capacity;
  auto const& critical = capacity.sections.at(capacity.critical);
  double const each_way = (capacity.capacity * day) / 2;
  double const wanted = demand(view, link);
  return std::move(
             Entry{}
                 .number("trains_per_day_each_way", each_way)
                 .number("demand_trains_per_day_each_way", wanted)
                 .text("critical",
                       fmt::format("km {:.1f} to {:.1f}", critical.from.in(km), critical.to.in(km)))
                 .number("utilisation", wanted / each_way))
      .whole_object();
}

Json loops_json(RailDesign const& rail) {
  Json out = Json::array();
  for (std::size_t k = 0; k < rail.loops.size(); ++k) {
    out.push_back(std::move(Entry{}
                                .number("km", std::round(rail.loops[k].in(km)*1e3) / 1e3)
                                .text("name", fmt::format("loop {}", k + 1)))
                      .whole_object());
  }
  return out;
}

void put_rail(OptionView const& view, Link const& link, LinkDesign const& design, Entry& out) {
  auto const& rail = *design.rail;
  auto const lines = appraisal::link_costs(view.own, design);
  bool const searched = rail.alignment.profile == route::ProfileOrigin::kDesigned;
  std::string_view const given = "the line is given, not searched: it has no bound";
  out.number("cost", total(lines).in(musd))
      .put("costs", costs_json(lines, view.own.header.currency))
      .number("bound",
              searched ? std::optional{rail.alignment.bound.lower.in(musd)} : std::nullopt,
              given)
      .number("gap", searched ? std::optional{rail.alignment.bound.gap} : std::nullopt, given)
      .put("notes", Json(design.notes))
      .put("reasons", reasons_json(link, design.reasons))
      .put("stations", stations_json(link, rail.alignment))
      .put("ruling_grade",
           std::move(Entry{}
                         .number("loaded", link.rail->ruling_loaded.value)
                         .number("empty", link.rail->ruling_empty.value))
               .whole_object())
      .put("runs", Json::array({run_json(view, design, "loaded"), run_json(view, design, "empty")}))
      .put("loops", loops_json(rail))
      .put("capacity", capacity_json(view, link, rail))
      .put("timetable", timetable_json(link, rail));
}

Json empty_stations() {
  Entry out;
  for (auto const key : {"km", "lon", "lat", "ground", "rail", "grade", "kind"}) {
    out.put(key, Json::array());
  }
  return std::move(out).whole_object();
}

/// What it could carry and did, and what a tonne of dry solids takes.
Json pipeline_json(OptionView const& view, Link const& link, LinkDesign const& design) {
  auto const& pipe = *link.pipeline;
  auto const years = appraisal::piped(*view.model, view.result.median.life, link.id);
  Mass const most = *std::max_element(years.begin(), years.end());
  Mass const could = pipe.availability.value * (pipe.solids.value * year);
  Time const transit = design.length / pipe.velocity.value;
  auto const energy = appraisal::pumping_energy(pipe, design.length);
  return std::move(Entry{}
                       .number("capacity_kt_a", could.in(units::kt))
                       .number("busiest_kt_a", most.in(units::kt))
                       .number("utilisation", most / could)
                       .number("transit_h", transit.in(units::h))
                       .number("in_pipe_t", (pipe.solids.value * transit).in(t))
                       .number("current_kwh_t", energy.in(units::kWh / t))
                       .number("co2_kg_t", (energy * pipe.carbon.value * t).in(units::kg))
                       .number("water_t_t", appraisal::water_per_dry(pipe)))
      .whole_object();
}

/// What is said where nothing is drawn.
std::string_view undrawn(Link const& link) {
  switch (link.mode) {
    case Link::Mode::kSea:
      return "a sea link is a distance: nothing is drawn, built or run by rail";
    case Link::Mode::kPipeline:
      return link.status == Link::State::kNew
                 ? "a pipeline is a length: nothing is drawn or run by rail"
                 : "a pipeline that exists is a length: nothing is drawn, built or run by rail";
    case Link::Mode::kRoad:
    case Link::Mode::kRail:
      break;
  }
  return "a road link is a length: nothing is drawn, built or run by rail";
}

/// Roads, pipelines and the sea: a length and what it is, nothing drawn.
void put_undrawn(OptionView const& view, Link const& link, LinkDesign const& design, Entry& out) {
  auto const why = undrawn(link);
  auto const lines = appraisal::link_costs(view.own, design);
  out.number("cost", lines.empty() ? std::nullopt : std::optional{total(lines).in(musd)}, why)
      .put("costs", costs_json(lines, view.own.header.currency))
      .null("bound", why)
      .null("gap", why)
      .put("notes", Json(design.notes))
      .put("reasons", reasons_json(link, design.reasons))
      .put("stations", empty_stations())
      .put("ruling_grade", std::move(Entry{}.null("loaded", why).null("empty", why)).with_reason())
      .put("runs", Json::array())
      .put("loops", Json::array())
      .null("capacity", why)
      .null("timetable", why);
  if (link.mode == Link::Mode::kPipeline) {
    out.put("pipeline", pipeline_json(view, link, design));
  }
}

Json link_json(OptionView const& view, LinkDesign const& design) {
  auto const& link = view.own.links.at(design.link);
  Entry out;
  out.text("id", link.id)
      .text("mode", std::string{word(link.mode)})
      .text("status", std::string{word(link.status)})
      .text("from", link.from)
      .text("to", link.to)
      .number("length_km", design.length.in(km))
      .number("great_circle_km", design.great_circle.in(km));
  if (design.rail) {
    put_rail(view, link, design, out);
  } else {
    put_undrawn(view, link, design, out);
  }
  return std::move(out).with_reason();
}

}  // namespace

Json links_json(OptionView const& view) {
  Json out = Json::array();
  if (view.result.design) {
    for (auto const& link : view.result.design->links) {
      out.push_back(link_json(view, link));
    }
  }
  return out;
}

}  // namespace tidewater::report
