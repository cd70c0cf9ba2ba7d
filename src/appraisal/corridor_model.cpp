#include <cmath>
#include <map>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/calendar.hpp"

#include "lookup.hpp"
#include "rail_design.hpp"

namespace tidewater::appraisal {

namespace {

using corridor::CorridorModel;
using project::Link;
using project::Option;
using project::Project;
using project::Site;
using units::day;
using units::year;

class Builder {
 public:
  Builder(Project const& p, Option const& option, Design const& design)
      : p_{p}, option_{option}, design_{design} {}

  Result<CorridorModel> build() {
    auto const when = programme(p_, option_);
    model_.first_year = p_.header.first_year;
    model_.years = p_.header.years;
    model_.opening = when.opening;
    for (auto const& product : p_.products) {
      products_[product.id] = model_.products.push({product.id, product.moisture.value});
    }
    for (auto const& chain : design_.trains) {
      if (auto faults = add_chain(chain); !faults.empty()) {
        return reject(std::move(faults));
      }
    }
    for (auto const& way : design_.ways) {
      add_place(way);
    }
    for (auto const& way : design_.ways) {
      add_way(way);
    }
    share_stockyards();
    for (auto const& hazard : p_.hazards) {
      add_hazard(hazard);
    }
    return std::move(model_);
  }

 private:
  Diagnostics add_chain(TrainDesign const& t);
  [[nodiscard]] std::string fleet_name(TrainDesign const& t) const;
  void add_place(Way const& way);
  void add_port(std::string const& id);
  void add_plant(std::string const& id);
  void add_way(Way const& way);
  void add_contract(Way const& way, std::string const& product);
  void share_stockyards();
  void add_hazard(project::Hazard const& hz);
  corridor::HubId hub(std::string const& id);
  corridor::Haul rail_haul(std::vector<std::size_t> const& chain);
  corridor::Haul road_haul(std::size_t link, Way const& way);
  [[nodiscard]] corridor::Haul pipeline_haul(std::size_t link, double wet) const;
  [[nodiscard]] corridor::Mine mine(Way const& way) const;

  Project const& p_;
  Option const& option_;
  Design const& design_;
  CorridorModel model_;
  std::map<std::string, corridor::ProductId> products_;
  std::map<std::size_t, corridor::LineId> lines_;
  std::map<std::vector<std::size_t>, corridor::FleetId> fleets_;
  std::map<std::vector<std::size_t>, std::vector<corridor::RailLeg>> legs_;
  std::map<std::string, corridor::HubId> hubs_;
  std::map<std::string, corridor::PlantId> plants_;
  std::map<std::string, corridor::PortId> ports_;
  std::map<std::string, std::vector<corridor::MineId>> mines_;
  std::map<corridor::PortId, std::map<corridor::ProductId, Mass>> yearly_;  ///< peak, wet
};

/// The consist's name; with the links it runs over where several fleets are made up of it, as each
/// has random streams of its own.
std::string Builder::fleet_name(TrainDesign const& t) const {
  auto const same =
      std::count_if(design_.trains.begin(), design_.trains.end(), [&](TrainDesign const& other) {
        return other.consist == t.consist;
      });
  std::string out = t.consist;
  for (std::size_t at = 0; same > 1 && at < t.links.size(); ++at) {
    out += (at == 0 ? " over " : ", ") + p_.links[t.links[at]].id;
  }
  return out;
}

/// The sections between posts that a possession touches, beginning on the day the corridor opens or
/// so many days later.
corridor::Possession possession(project::Possession const& given,
                                std::vector<Length> const& posts,
                                Time opening) {
  corridor::Possession out{.length = given.length.value, .every = given.every.value};
  Length const end = given.to.value > Length{} ? given.to.value : posts.back();
  std::size_t const last = posts.size() - 2;
  while (out.first < last && posts[out.first + 1] <= given.from.value) {
    ++out.first;
  }
  out.last = out.first;
  while (out.last < last && posts[out.last + 1] < end) {
    ++out.last;
  }
  double const days = std::floor(opening / day) + given.first_day.value;
  out.begins = days * day + given.hour.value * units::h;
  return out;
}

Diagnostics Builder::add_chain(TrainDesign const& t) {
  auto const& consist = named(p_.consists, t.consist);
  fleets_[t.links] = model_.fleets.push({.id = fleet_name(t),
                                         .consists = t.consists,
                                         .payload = t.sized.payload,
                                         .at_loading = consist.at_loading.value,
                                         .at_unloading = consist.at_unloading.value,
                                         .failures = consist.failures.value,
                                         .mean_repair = consist.mean_repair.value});
  for (std::size_t at = 0; at < t.links.size(); ++at) {
    auto const k = t.links[at];
    auto const& link = p_.links[k];
    auto const& rail = *link.rail;
    auto const& drawn = *design_.of_link(k).rail;
    auto times = t.runs[at].times;
    if (std::abs(drawn.line.sections.front().speed_limit.in(rail.speed.value) - 1) > 1e-12) {
      auto again = times_at_speed(drawn, t.sized, rail.speed.value);
      if (!again) {
        return std::move(again.error());
      }
      times = std::move(*again);
    }
    corridor::RailLine line{.id = link.id,
                            .tracks = static_cast<int>(std::lround(rail.tracks.value)),
                            .meet_allowance = rail.meet_allowance.value,
                            .other_trains = rail.other_trains.value / day};
    corridor::RailLeg leg;
    for (std::size_t i = 0; i + 1 < times.posts.size(); ++i) {
      auto const run = times.between(times.posts[i], times.posts[i + 1]);
      line.sections.push_back({times.posts[i + 1] - times.posts[i], 0.5 * run.pair()});
      leg.runs.push_back({run.up, run.down});
    }
    for (auto const& one : rail.possessions) {
      line.possessions.push_back(possession(one, times.posts, model_.opening));
    }
    if (!lines_.contains(k)) {
      lines_[k] = model_.lines.push(std::move(line));
    }
    leg.line = lines_[k];
    legs_[t.links].push_back(std::move(leg));
  }
  return {};
}

corridor::OtherShips other_ships(project::Port const& port, project::OtherShips const& given) {
  corridor::OtherShips out{
      .id = given.name, .calls = given.calls.value, .alongside = given.alongside.value};
  Length const in =
      given.draught_in.value > Length{} ? given.draught_in.value : given.draught.value;
  out.ship = {.class_name = given.name,
              .loa = given.loa.value,
              .draught = given.draught.value,
              .ballast_draught = in,
              .tugs = static_cast<int>(std::lround(given.tugs.value))};
  for (std::size_t b = 0; b < port.berths.size(); ++b) {
    auto const& shared = given.berths;
    if (std::find(shared.begin(), shared.end(), port.berths[b].name) != shared.end()) {
      out.berths.push_back(b);
    }
  }
  return out;
}

/// What moves of ships take besides water, and whoever else moves there.
void add_harbour(corridor::Port& out, project::Port const& port) {
  if (int const tugs = static_cast<int>(std::lround(port.tugs.value)); tugs > 0) {
    out.tugs = {tugs, port.tug_time.value};
  }
  if (int const pilots = static_cast<int>(std::lround(port.pilots.value)); pilots > 0) {
    out.pilots = {pilots, port.pilot_time.value};
  }
  if (port.pilotage_from.value > 0 || port.pilotage_until.value < 24) {
    out.pilotage = {port.pilotage_from.value * units::h, port.pilotage_until.value * units::h};
  }
  if (port.siltation) {
    auto const& silt = *port.siltation;
    out.siltation = {silt.channel.value,
                     silt.berths.value,
                     silt.every.value,
                     silt.campaign.value,
                     silt.shut.value};
  }
  for (auto const& others : port.other_ships) {
    out.other_ships.push_back(other_ships(port, others));
  }
}

/// Where the way ends.
void Builder::add_place(Way const& way) {
  if (way.plant.empty()) {
    add_port(way.port);
  } else {
    add_plant(way.plant);
  }
}

void Builder::add_plant(std::string const& id) {
  if (plants_.contains(id)) {
    return;
  }
  auto const& plant = *named(p_.sites, id).plant;
  auto const recipe = [&](std::vector<project::PlantPart> const& parts) {
    std::vector<corridor::RecipePart> out;
    for (auto const& part : parts) {
      out.push_back({products_.at(part.product), part.share.value});
    }
    return out;
  };
  Mass const day_of_work = plant.capacity.value * day;
  plants_[id] = model_.plants.push(
      {.id = id,
       .hub = hub(id),
       .input = products_.at(plant.input),
       .further = recipe(plant.further),
       .outputs = recipe(plant.outputs),
       .rate = {{model_.opening, plant.ramp_first.value * plant.capacity.value},
                {model_.opening + 1 * year, plant.ramp_second.value * plant.capacity.value},
                {model_.opening + 2 * year, plant.capacity.value}},
       .batch = plant.batch.value > Mass{} ? plant.batch.value : day_of_work,
       .reliability = {plant.availability.value, plant.mean_outage.value}});
}

void Builder::add_port(std::string const& id) {
  if (ports_.contains(id)) {
    return;
  }
  auto const& port = *named(p_.sites, id).port;
  corridor::Port out{
      .id = id,
      .unloading_rate = port.unloading_rate.value,
      .channel = {port.channel_depth.value, port.channel_transit.value, port.keel_clearance.value}};
  for (auto const& b : port.berths) {
    out.berths.push_back({b.name,
                          b.length.value,
                          b.depth.value,
                          b.loading_rate.value,
                          {b.availability.value, b.mean_repair.value}});
  }
  for (auto const& t : port.tides) {
    out.tides.push_back({t.name, t.amplitude.value, t.speed.value, t.phase.value});
  }
  for (auto const& w : port.weather) {
    out.weather.push_back({w.name,
                           Season{static_cast<int>(std::lround(w.first_day.value)),
                                  static_cast<int>(std::lround(w.last_day.value))},
                           w.mean_closed.value,
                           w.mean_open.value});
  }
  add_harbour(out, port);
  ports_[id] = model_.ports.push(std::move(out));
}

/// Yearly output meant, as steps: each phase starts at its ramp's first share, then the second,
/// then all of it; phases add up.
std::vector<corridor::RateStep> output_steps(Project const& p,
                                             project::Mine const& mine,
                                             project::Deposit const& deposit,
                                             Time opening) {
  std::map<double, double> change;  // seconds, kg/s
  double const ramp[] = {mine.ramp_first.value, mine.ramp_second.value, 1.0};
  for (auto const& phase : deposit.phases) {
    double before = 0;
    for (int k = 0; k < 3; ++k) {
      Time const at = opening + (phase.start.value + k) * year;
      change[at.base()] += (ramp[k] - before) * phase.output.value.base();
      before = ramp[k];
    }
  }
  Time const end = Calendar{p.header.first_year}.year_start(p.header.years);
  std::vector<corridor::RateStep> steps;
  double rate = 0;
  for (auto const& [at, by] : change) {
    rate += by;
    if (Time{at} < end) {
      steps.push_back({Time{at}, MassRate{std::max(0.0, rate)}});
    }
  }
  return steps;
}

corridor::Mine Builder::mine(Way const& way) const {
  auto const& site = named(p_.sites, way.from);
  auto const& mine = *site.mine;
  auto const& deposit = mine.deposits[*way.deposit];
  return {.id = mine.deposits.size() == 1 ? site.id : site.id + ": " + deposit.product,
          .product = products_.at(deposit.product),
          .output = output_steps(p_, mine, deposit, model_.opening),
          .reserve = deposit.reserve.value,
          .reliability = {mine.availability.value, mine.mean_outage.value},
          .stockpile = mine.stockpile.value,
          .loading_rate = mine.loadout_rate.value};
}

/// Where cargo changes between hauls or is worked: a plant's yards, a mine with a load-out, a hub,
/// or another place that is given what a mine's load-out has.
corridor::HubId Builder::hub(std::string const& id) {
  if (!hubs_.contains(id)) {
    auto const& site = named(p_.sites, id);
    if (site.plant) {
      return hubs_[id] = model_.hubs.push({.id = id + ": yards",
                                           .unloading_rate = site.plant->unloading_rate.value,
                                           .stockyard = site.plant->stockyard.value,
                                           .loading_rate = site.plant->loading_rate.value});
    }
    project::Mine const like = site.mine ? *site.mine : project::Mine{};
    hubs_[id] = model_.hubs.push({.id = id + ": transfer",
                                  .unloading_rate = like.loadout_rate.value,
                                  .stockyard = like.stockpile.value,
                                  .loading_rate = like.loadout_rate.value});
  }
  return hubs_[id];
}

corridor::Haul Builder::rail_haul(std::vector<std::size_t> const& chain) {
  return corridor::RailHaul{fleets_.at(chain), legs_.at(chain)};
}

/// Named by the product too where the road carries several.
corridor::Haul Builder::road_haul(std::size_t k, Way const& way) {
  auto const& road = *p_.links[k].road;
  auto const over = std::count_if(design_.trucks.begin(),
                                  design_.trucks.end(),
                                  [&](TruckDesign const& t) { return t.link == k; });
  auto const found =
      std::find_if(design_.trucks.begin(), design_.trucks.end(), [&](TruckDesign const& t) {
        return t.link == k && &design_.ways[t.way] == &way;
      });
  std::string const& id = p_.links[k].id;
  return corridor::RoadHaul{.id = over > 1 ? id + ": " + way.product : id,
                            .length = design_.of_link(k).length,
                            .loaded = road.speed.value,
                            .empty = road.speed.value,
                            .payload = road.payload.value,
                            .trucks = found->trucks,
                            .at_ends = road.at_ends.value,
                            .dispatch_every = road.dispatch_every.value};
}

/// `wet`: wet mass of the product over dry.
corridor::Haul Builder::pipeline_haul(std::size_t k, double wet) const {
  auto const& pipe = *p_.links[k].pipeline;
  return corridor::PipelineHaul{.id = p_.links[k].id,
                                .length = design_.of_link(k).length,
                                .velocity = pipe.velocity.value,
                                .batch = wet * pipe.batch.value,
                                .rate = wet * pipe.solids.value,
                                .reliability = {pipe.availability.value, pipe.mean_outage.value}};
}

void Builder::add_way(Way const& way) {
  double const wet = wet_per_dry(named(p_.products, way.product));
  std::string const& end = way.plant.empty() ? way.port : way.plant;
  corridor::Route route;
  if (way.deposit) {
    auto const source = model_.mines.push(mine(way));
    mines_[way.from].push_back(source);
    route.from = source;
  } else {
    route.from = corridor::PlantOutput{plants_.at(way.from), products_.at(way.product)};
  }
  std::vector<std::size_t> chain;
  auto const haul_ends = [&](corridor::Haul haul, std::string const& at) {
    route.hauls.push_back(std::move(haul));
    if (at != end) {
      route.hubs.push_back(hub(at));
    }
  };
  for (auto const k : way.links) {
    auto const& link = p_.links[k];
    if (link.mode == Link::Mode::kRail) {
      chain.push_back(k);
      continue;
    }
    if (!chain.empty()) {
      haul_ends(rail_haul(chain), link.from);
      chain.clear();
    }
    if (link.mode == Link::Mode::kRoad) {
      haul_ends(road_haul(k, way), link.to);
    } else if (link.mode == Link::Mode::kPipeline) {
      haul_ends(pipeline_haul(k, wet), link.to);
    }
  }
  if (!chain.empty()) {
    haul_ends(rail_haul(chain), end);
  }
  if (way.plant.empty()) {
    auto const port = ports_.at(way.port);
    route.to = port;
    Mass const yearly = peak_dry(p_, design_.ways, way) * year;
    yearly_[port][products_.at(way.product)] += wet * yearly;
    add_contract(way, way.product);
  } else {
    route.to = plants_.at(way.plant);
  }
  model_.routes.push(std::move(route));
}

void Builder::add_contract(Way const& way, std::string const& product) {
  auto const port = ports_.at(way.port);
  auto const id = products_.at(product);
  for (auto const& c : model_.contracts) {
    if (c.product == id && c.port == port) {
      return;
    }
  }
  auto const& sea = p_.links[way.links.back()];
  auto const& vessel = named(p_.vessels, sea.sea->vessel);
  model_.contracts.push_back({.id = product,
                              .product = id,
                              .port = port,
                              .ship = {vessel.class_name.empty() ? vessel.id : vessel.class_name,
                                       vessel.lot.value,
                                       vessel.loa.value,
                                       vessel.draught.value,
                                       vessel.ballast_draught.value * vessel.draught.value,
                                       static_cast<int>(std::lround(vessel.tugs.value))},
                              .lateness = named(p_.sites, way.port).port->ship_lateness.value});
}

/// Products share a stockyard by their tonnage, but none gets less than it takes to load a ship.
void Builder::share_stockyards() {
  for (auto const& [port, products] : yearly_) {
    auto const& site = named(p_.sites, model_.ports[port].id);
    Mass total{};
    for (auto const& [product, mass] : products) {
      total += mass;
    }
    Mass left = site.port->stockyard.value;
    std::map<corridor::ProductId, Mass> given;
    for (auto const& c : model_.contracts) {
      if (c.port == port) {
        Mass const fair = site.port->stockyard.value * (products.at(c.product) / total);
        given[c.product] = std::max(fair, site.port->least_lots.value * c.ship.lot);
      }
    }
    Mass wanted{};
    for (auto const& [product, mass] : given) {
      wanted += mass;
    }
    // The largest share gives way to the least ones; verify that it still loads a ship is faults().
    auto const largest =
        std::max_element(given.begin(), given.end(), [](auto const& a, auto const& b) {
          return a.second < b.second;
        });
    if (wanted > left) {
      largest->second -= wanted - left;
    }
    for (auto const& [product, mass] : given) {
      model_.ports[port].stockyards.push_back({product, mass});
    }
  }
}

void Builder::add_hazard(project::Hazard const& hz) {
  corridor::Hazard out{.id = hz.id,
                       .rate = hz.rate.value,
                       .per_length = hz.per_length.value,
                       .mean_repair = hz.mean_repair.value,
                       .loss = hz.loss.value};
  for (auto const& [k, line] : lines_) {
    if (p_.links[k].id == hz.at) {
      out.where = corridor::LineStretch{line, 0, model_.lines[line].sections.size() - 1};
      model_.hazards.push_back(out);
    }
  }
  if (auto const port = ports_.find(hz.at); port != ports_.end()) {
    out.where = port->second;
    model_.hazards.push_back(out);
  } else if (auto const at_hub = hubs_.find(hz.at); at_hub != hubs_.end()) {
    out.where = at_hub->second;
    model_.hazards.push_back(out);
  }
  if (auto const at = mines_.find(hz.at); at != mines_.end()) {
    for (auto const id : at->second) {
      out.where = id;
      model_.hazards.push_back(out);
    }
  }
}

}  // namespace

Result<CorridorModel> corridor_model(Project const& project,
                                     Option const& option,
                                     Design const& design) {
  auto model = Builder{project, option, design}.build();
  if (model) {
    if (auto faults = corridor::faults(*model, "/option/" + option.name); !faults.empty()) {
      return reject(std::move(faults));
    }
  }
  return model;
}

}  // namespace tidewater::appraisal
