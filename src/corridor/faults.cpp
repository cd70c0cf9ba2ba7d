/// Everything that keeps a model from being simulated, found in one pass.

#include <algorithm>

#include "examiner.hpp"
#include "ledger.hpp"
#include "stops.hpp"

namespace tidewater::corridor {

void Examiner::steps(std::string const& place, std::vector<RateStep> const& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    not_negative(place, steps[i].rate, "a yearly rate");
    not_negative(place, steps[i].from, "the start of a step");
    if (i > 0 && !(steps[i].from > steps[i - 1].from)) {
      fault(place, "steps must follow each other in time", "order them by their start");
    }
  }
}

void Examiner::reliability(std::string const& place, Reliability const& r) {
  if (!(r.availability > 0 && r.availability <= 1)) {
    fault(place, "availability must lie above 0 and not above 1", "give a share such as 0.92");
  }
  if (r.availability < 1) {
    above_zero(place, r.mean_down, "mean down time with availability below 1");
  }
}

/// A corridor of more parts would be refused by the loss ledger in the middle of its life.
void Examiner::counts() {
  constexpr std::size_t most = Ledger::kMostPlaces;
  count("products", model_->products.size(), Ledger::kMostProducts);
  count("mines", model_->mines.size(), most);
  count("hubs", model_->hubs.size(), most);
  count("plants", model_->plants.size(), most);
  count("lines", model_->lines.size(), most);
  count("fleets", model_->fleets.size(), most);
  count("road hauls", road_hauls(*model_).size(), most);
  count("pipelines", pipeline_hauls(*model_).size(), most);
  count("ports", model_->ports.size(), most);
  count("contracts", model_->contracts.size(), most);
  for (RailLine const& line : model_->lines) {
    count("sections of one line", line.sections.size(), most);
  }
  for (Port const& port : model_->ports) {
    count("berths of one port", port.berths.size(), most);
  }
}

void Examiner::count(char const* what, std::size_t number, std::size_t most) {
  if (number > most) {
    fault("",
          fmt::format("{} {}: a corridor has at most {}", number, what, most),
          "join what works alike");
  }
}

void Examiner::mines() {
  for (std::uint32_t i = 0; i < model_->mines.size(); ++i) {
    Mine const& mine = model_->mines[MineId{i}];
    auto const place = "/mine/" + mine.id;
    unique(place, mine.id);
    opens(place + "/product", mine.product, model_->products, "product");
    steps(place + "/output", mine.output);
    reliability(place, mine.reliability);
    not_negative(place + "/reserve", mine.reserve, "the reserve");
    above_zero(place + "/stockpile", mine.stockpile, "the stockpile");
    above_zero(place + "/loading_rate", mine.loading_rate, "the loading rate");
  }
  for (Product const& product : model_->products) {
    if (!(product.moisture >= 0 && product.moisture < 1)) {
      fault("/product/" + product.id, "moisture must lie from 0 to below 1", "give a share");
    }
  }
}

void Examiner::hubs() {
  for (Hub const& hub : model_->hubs) {
    auto const place = "/hub/" + hub.id;
    unique(place, hub.id);
    above_zero(place + "/unloading_rate", hub.unloading_rate, "the unloading rate");
    above_zero(place + "/loading_rate", hub.loading_rate, "the loading rate");
    above_zero(place + "/stockyard", hub.stockyard, "the stockyard");
    if (hub.unloading_tracks < 1) {
      fault(place, "a hub needs an unloading track", "give one or more");
    }
  }
}

void Examiner::lines() {
  for (RailLine const& line : model_->lines) {
    auto const place = "/line/" + line.id;
    unique(place, line.id);
    if (line.sections.empty()) {
      fault(place, "a line needs a section", "a line without loops is one section");
    }
    if (line.tracks != 1 && line.tracks != 2) {
      fault(place, "a line has one track or two", "give 1 or 2");
    }
    if (line.loop_tracks < 2) {
      fault(place, "a loop has at least two tracks", "count the main track too");
    }
    above_zero(place + "/meet_allowance", line.meet_allowance, "the meet allowance");
    not_negative(place + "/other_trains", line.other_trains, "the number of other trains");
    for (std::size_t s = 0; s < line.sections.size(); ++s) {
      above_zero(fmt::format("{}/section/{}", place, s), line.sections[s].length, "the length");
    }
    possessions(place, line);
    others(place, line, shut_[line.id]);
  }
}

void Examiner::possessions(std::string const& place, RailLine const& line) {
  bool sound = true;
  for (std::size_t i = 0; i < line.possessions.size(); ++i) {
    Possession const& one = line.possessions[i];
    auto const here = fmt::format("{}/possession/{}", place, i);
    not_negative(here + "/begins", one.begins, "the beginning");
    above_zero(here + "/length", one.length, "the length of a possession");
    if (!(one.every > one.length)) {
      fault(here, "a possession lasts until the next one begins", "shorten it or space it out");
    }
    if (one.first > one.last || one.last >= line.sections.size()) {
      fault(here, "the stretch is not on the line", "name sections of the line, in order");
    }
    sound = sound && one.begins >= Time{} && one.length > Time{} && one.every > one.length &&
            one.first <= one.last && one.last < line.sections.size();
  }
  if (sound && model_->years >= 1) {
    shut_[line.id] = possession_spells(line, end_.base());
  }
}

/// Other trains run while there is no possession, and must have time left to do so.
void Examiner::others(std::string const& place,
                      RailLine const& line,
                      std::span<Spells const> shut) {
  if (!(line.other_trains > Rate{})) {
    return;
  }
  double const opening = model_->opening.base();
  for (std::size_t s = 0; s < line.sections.size(); ++s) {
    auto const here = fmt::format("{}/section/{}", place, s);
    above_zero(here, line.sections[s].other_train, "the running time of other trains");
    int const ways = line.tracks == 2 ? 1 : 2;
    double const use =
        ways * line.other_trains * (line.sections[s].other_train + line.meet_allowance);
    double const open = shut.empty() ? 1.0 : shut[s].open_share(opening, end_.base());
    if (use >= kMostOthers * open) {
      fault(here,
            fmt::format("other trains alone take {:.0f} % of this section", 100 * use / open),
            "add a loop or run fewer other trains");
    }
  }
}

namespace {

double longest_gap(Spells const& spells) {
  double longest = 0;
  for (std::size_t i = 0; i + 1 < spells.all().size(); ++i) {
    longest = std::max(longest, spells.all()[i + 1].from - spells.all()[i].until);
  }
  return longest;
}

}  // namespace

/// A train finds time between two possessions for every section.
void Examiner::run_between(std::string const& place, RailLeg const& leg) {
  auto const& shut = shut_[model_->lines[leg.line].id];
  for (std::size_t s = 0; s < shut.size() && s < leg.runs.size(); ++s) {
    Time const longest{longest_gap(shut[s])};
    Time const run = std::max(leg.runs[s].loaded, leg.runs[s].empty);
    if (shut[s].all().size() > 1 && longest < run) {
      fault(fmt::format("{}/leg", place),
            fmt::format("possessions of {} leave {:.1f} h at most for a run of {:.1f} h through "
                        "section {}",
                        model_->lines[leg.line].id,
                        longest.in(units::h),
                        run.in(units::h),
                        s + 1),
            "shorten the possessions, space them out, or add a loop");
    }
  }
}

void Examiner::fleets() {
  for (Fleet const& fleet : model_->fleets) {
    auto const place = "/fleet/" + fleet.id;
    unique(place, fleet.id);
    if (fleet.consists < 0) {
      fault(place, "the number of consists must not be negative", "give zero or more");
    }
    above_zero(place + "/payload", fleet.payload, "the payload");
    not_negative(place + "/at_loading", fleet.at_loading, "the time at loading");
    not_negative(place + "/at_unloading", fleet.at_unloading, "the time at unloading");
    not_negative(place + "/failures", fleet.failures, "the failure rate");
    if (fleet.failures > Rate{}) {
      above_zero(place + "/mean_repair", fleet.mean_repair, "the mean repair");
    }
    if (fleet.crews) {
      crews(place + "/crews", *fleet.crews);
    }
  }
}

void Examiner::rail(std::string const& place, RailHaul const& haul) {
  opens(place + "/fleet", haul.fleet, model_->fleets, "fleet");
  if (haul.legs.empty()) {
    fault(place, "a rail haul needs a line", "name the lines it runs over");
  }
  for (RailLeg const& leg : haul.legs) {
    if (!opens(place + "/leg", leg.line, model_->lines, "line")) {
      continue;
    }
    if (leg.runs.size() != model_->lines[leg.line].sections.size()) {
      fault(place + "/leg",
            fmt::format("{} running times for {} sections",
                        leg.runs.size(),
                        model_->lines[leg.line].sections.size()),
            "give one for each section");
    }
    for (SectionRun const& run : leg.runs) {
      above_zero(place + "/leg", run.loaded, "a loaded running time");
      above_zero(place + "/leg", run.empty, "an empty running time");
    }
    run_between(place, leg);
  }
}

void Examiner::haul(std::string const& place, Haul const& haul) {
  if (auto const* by_rail = std::get_if<RailHaul>(&haul); by_rail != nullptr) {
    rail(place, *by_rail);
    return;
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
    pipeline(place, *pipe);
    return;
  }
  RoadHaul const& road = std::get<RoadHaul>(haul);
  above_zero(place + "/length", road.length, "the length");
  above_zero(place + "/loaded", road.loaded, "the loaded speed");
  above_zero(place + "/empty", road.empty, "the empty speed");
  above_zero(place + "/payload", road.payload, "the payload");
  above_zero(place + "/dispatch_every", road.dispatch_every, "the dispatch interval");
  not_negative(place + "/at_ends", road.at_ends, "the time at the ends");
  if (road.trucks < 0) {
    fault(place, "the number of trucks must not be negative", "give zero or more");
  }
}

void Examiner::pipeline(std::string const& place, PipelineHaul const& pipe) {
  unique(place, pipe.id);
  above_zero(place + "/length", pipe.length, "the length");
  above_zero(place + "/velocity", pipe.velocity, "the velocity");
  above_zero(place + "/batch", pipe.batch, "the batch");
  above_zero(place + "/rate", pipe.rate, "the rate");
  reliability(place, pipe.reliability);
}

void Examiner::inbound() {
  for (Inbound const& flow : model_->inbound) {
    auto const place = "/inbound/" + flow.id;
    unique(place, flow.id);
    opens(place + "/port", flow.port, model_->ports, "port");
    opens(place + "/mine", flow.mine, model_->mines, "mine");
    steps(place + "/supply", flow.supply);
    above_zero(place + "/loading_rate", flow.loading_rate, "the loading rate");
    above_zero(place + "/unloading_rate", flow.unloading_rate, "the unloading rate");
    haul(place + "/haul", flow.haul);
    if (std::holds_alternative<PipelineHaul>(flow.haul)) {
      fault(place + "/haul", "inbound cargo does not come by pipeline", "use a train or trucks");
    }
  }
}

void Examiner::hazards() {
  for (Hazard const& hazard : model_->hazards) {
    auto const place = "/hazard/" + hazard.id;
    unique(place, hazard.id);
    not_negative(place + "/rate", hazard.rate, "the rate");
    not_negative(place + "/per_length", hazard.per_length, "the rate per length");
    not_negative(place + "/loss", hazard.loss, "the loss");
    above_zero(place + "/mean_repair", hazard.mean_repair, "the mean repair");
    if (auto const* stretch = std::get_if<LineStretch>(&hazard.where); stretch != nullptr) {
      if (opens(place, stretch->line, model_->lines, "line") &&
          (stretch->first > stretch->last ||
           stretch->last >= model_->lines[stretch->line].sections.size())) {
        fault(place, "the stretch is not on the line", "name sections of the line, in order");
      }
    } else if (auto const* mine = std::get_if<MineId>(&hazard.where); mine != nullptr) {
      opens(place, *mine, model_->mines, "mine");
    } else if (auto const* hub = std::get_if<HubId>(&hazard.where); hub != nullptr) {
      opens(place, *hub, model_->hubs, "hub");
    } else {
      opens(place, std::get<PortId>(hazard.where), model_->ports, "port");
    }
  }
}

Diagnostics Examiner::examine() {
  if (model_->years < 1) {
    fault("/years", "a life has at least one year", "give one or more");
  }
  end_ = Calendar{model_->first_year}.year_start(std::max(0, model_->years));
  not_negative("/opening", model_->opening, "the opening");
  counts();
  mines();
  hubs();
  lines();
  fleets();
  plants();
  routes();
  inbound();
  ports();
  contracts();
  hazards();
  if (found_.empty()) {  // round trips of a sound model
    duties();
  }
  return std::move(found_);
}

std::vector<RoadHaul const*> road_hauls(CorridorModel const& model) {
  std::vector<RoadHaul const*> hauls;
  auto const add = [&hauls](Haul const& haul) {
    if (auto const* road = std::get_if<RoadHaul>(&haul); road != nullptr) {
      hauls.push_back(road);
    }
  };
  for (Route const& route : model.routes) {
    std::for_each(route.hauls.begin(), route.hauls.end(), add);
  }
  for (Inbound const& inbound : model.inbound) {
    add(inbound.haul);
  }
  return hauls;
}

std::vector<PipelineHaul const*> pipeline_hauls(CorridorModel const& model) {
  std::vector<PipelineHaul const*> hauls;
  for (Route const& route : model.routes) {
    for (Haul const& haul : route.hauls) {
      if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
        hauls.push_back(pipe);
      }
    }
  }
  return hauls;
}

Diagnostics faults(CorridorModel const& model, std::string const& where) {
  return Examiner{model, where}.examine();
}

}  // namespace tidewater::corridor
