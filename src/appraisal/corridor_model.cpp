#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/calendar.hpp"

#include "harbour.hpp"
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

std::optional<corridor::Crews> crews_of(project::Rail const& rail) {
  if (!rail.crews) {
    return {};
  }
  auto const whole = [](project::Input<double> const& n) {
    return static_cast<int>(std::lround(n.value));
  };
  auto const& crews = *rail.crews;
  return corridor::Crews{
      whole(crews.count), whole(crews.per_train), crews.duty.value, crews.rest.value};
}

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
      auto haul = train_haul(chain, fleet_name(chain), [](std::size_t) { return Heading::kAlong; });
      if (!haul) {
        return reject(std::move(haul.error()));
      }
      model_.fleets[haul->fleet].crews = crews_of(*p_.links[chain.links.front()].rail);
      trains_[chain.links] = std::move(*haul);
    }
    for (auto const& way : design_.ways) {
      add_place(way);
    }
    for (auto const& way : design_.ways) {
      add_way(way);
    }
    share_stockyards();
    for (auto const& in : design_.inbound) {
      if (auto faults = add_inbound(in); !faults.empty()) {
        return reject(std::move(faults));
      }
    }
    for (auto const& hazard : p_.hazards) {
      add_hazard(hazard);
    }
    return std::move(model_);
  }

 private:
  template <class HeadingAt>
  Result<corridor::RailHaul> train_haul(TrainDesign const& t, std::string id, HeadingAt heading);
  corridor::RailLeg leg_over(std::size_t link, train::PairTimes const& times, Heading heading);
  Diagnostics add_inbound(InboundDesign const& in);
  [[nodiscard]] std::string fleet_name(TrainDesign const& t) const;
  void add_place(Way const& way);
  void add_port(std::string const& id);
  void add_plant(std::string const& id);
  void add_way(Way const& way);
  void add_contract(Way const& way, std::string const& product);
  void share_stockyards();
  void add_hazard(project::Hazard const& hz);
  corridor::HubId hub(std::string const& id);
  corridor::RoadHaul road_haul(std::size_t link);
  corridor::RoadHaul road_haul(std::size_t link, Way const& way);
  [[nodiscard]] corridor::Haul pipeline_haul(std::size_t link, double wet) const;
  [[nodiscard]] corridor::Mine mine(Way const& way) const;

  Project const& p_;
  Option const& option_;
  Design const& design_;
  CorridorModel model_;
  std::map<std::string, corridor::ProductId> products_;
  std::map<std::size_t, corridor::LineId> lines_;
  std::map<std::vector<std::size_t>, corridor::RailHaul> trains_;
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
    out.reserve(parts.size());
    for (auto const& part : parts) {
      out.push_back({products_.at(part.product), part.share.value});
    }
    return out;
  };
  plants_[id] = model_.plants.push(
      {.id = id,
       .hub = hub(id),
       .input = products_.at(plant.input),
       .further = recipe(plant.further),
       .outputs = recipe(plant.outputs),
       .rate = {{model_.opening, plant.ramp_first.value * plant.capacity.value},
                {model_.opening + 1 * year, plant.ramp_second.value * plant.capacity.value},
                {model_.opening + 2 * year, plant.capacity.value}},
       .batch = project::batch_of(plant),
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

/// Of a schedule: years after the opening, and what is added then, at full rate.
struct Step {
  double start = 0;
  MassRate full{};
};

std::vector<Step> outputs(project::Deposit const& deposit) {
  std::vector<Step> steps;
  for (auto const& phase : deposit.phases) {
    steps.push_back({phase.start.value, phase.output.value});
  }
  return steps;
}

std::vector<Step> amounts(project::Inbound const& flow) {
  std::vector<Step> steps;
  for (auto const& phase : flow.phases) {
    steps.push_back({phase.start.value, phase.amount.value});
  }
  return steps;
}

/// Yearly output meant, as steps: each phase starts at its ramp's first share, then the second,
/// then all of it; phases add up.
std::vector<corridor::RateStep> output_steps(Project const& p,
                                             project::Mine const& mine,
                                             std::vector<Step> const& phases,
                                             Time opening) {
  std::map<double, double> change;  // seconds, kg/s
  double const ramp[] = {mine.ramp_first.value, mine.ramp_second.value, 1.0};
  for (auto const& phase : phases) {
    double before = 0;
    for (int k = 0; k < 3; ++k) {
      Time const at = opening + (phase.start + k) * year;
      change[at.base()] += (ramp[k] - before) * phase.full.base();
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
          .output = output_steps(p_, mine, outputs(deposit), model_.opening),
          .reserve = deposit.reserve.value,
          .reliability = {mine.availability.value, mine.mean_outage.value},
          .stockpile = mine.stockpile.value,
          .loading_rate = mine.loadout_rate.value};
}

/// A leg over a link, whose line is made when the first train comes to it; times are counted in the
/// direction of the loaded train.
corridor::RailLeg Builder::leg_over(std::size_t k, train::PairTimes const& times, Heading heading) {
  auto const& link = p_.links[k];
  auto const& rail = *link.rail;
  bool const along = heading == Heading::kAlong;
  corridor::RailLine line{.id = link.id,
                          .tracks = static_cast<int>(std::lround(rail.tracks.value)),
                          .meet_allowance = rail.meet_allowance.value,
                          .other_trains = rail.other_trains.value / day};
  corridor::RailLeg leg{.loaded_direction =
                            along ? corridor::Direction::kForward : corridor::Direction::kBackward};
  std::vector<Length> posts{times.posts.front()};  // in the line's own direction
  Length const ends = times.posts.front() + times.posts.back();
  std::size_t const sections = times.posts.size() - 1;
  for (std::size_t i = 0; i < sections; ++i) {
    std::size_t const at = along ? i : sections - 1 - i;
    auto const run = times.between(times.posts[at], times.posts[at + 1]);
    line.sections.push_back({times.posts[at + 1] - times.posts[at], 0.5 * run.pair()});
    leg.runs.push_back({run.up, run.down});
    posts.push_back(along ? times.posts[i + 1] : ends - times.posts[at]);
  }
  for (auto const& one : rail.possessions) {
    line.possessions.push_back(possession(one, posts, model_.opening));
  }
  if (!lines_.contains(k)) {
    lines_[k] = model_.lines.push(std::move(line));
  }
  leg.line = lines_[k];
  return leg;
}

/// A fleet and the lines it runs through, loaded as `heading` says of each.
template <class HeadingAt>
Result<corridor::RailHaul> Builder::train_haul(TrainDesign const& t,
                                               std::string id,
                                               HeadingAt heading) {
  auto const& consist = named(p_.consists, t.consist);
  corridor::RailHaul haul{.fleet = model_.fleets.push({.id = std::move(id),
                                                       .consists = t.consists,
                                                       .payload = t.sized.payload,
                                                       .at_loading = consist.at_loading.value,
                                                       .at_unloading = consist.at_unloading.value,
                                                       .failures = consist.failures.value,
                                                       .mean_repair = consist.mean_repair.value})};
  for (std::size_t at = 0; at < t.links.size(); ++at) {
    auto const k = t.links[at];
    auto const& limit = p_.links[k].rail->speed.value;
    auto const& drawn = *design_.of_link(k).rail;
    auto times = t.runs[at].times;
    if (std::abs(drawn.line.sections.front().speed_limit.in(limit)-1) > 1e-12) {
      auto again = times_at_speed(drawn, t.sized, limit, heading(at));
      if (!again) {
        return reject(std::move(again.error()));
      }
      times = std::move(*again);
    }
    haul.legs.push_back(leg_over(k, times, heading(at)));
  }
  return haul;
}

/// A flow has vehicles of its own; it is unloaded where the mine's first product is loaded.
Diagnostics Builder::add_inbound(InboundDesign const& in) {
  auto const& mine = *named(p_.sites, in.mine).mine;
  auto const& flow = flow_of(p_, in);
  corridor::Inbound out{.id = flow.cargo + " for " + in.mine,
                        .cargo = flow.cargo,
                        .supply = output_steps(p_, mine, amounts(flow), model_.opening),
                        .loading_rate = flow.loading_rate.value,
                        .unloading_rate = flow.unloading_rate.value,
                        .port = ports_.at(in.port),
                        .mine = mines_.at(in.mine).front()};
  if (in.train) {
    auto haul = train_haul(
        *in.train, "trains of " + out.id, [&](std::size_t at) { return heading_of(p_, in, at); });
    if (!haul) {
      return std::move(haul.error());
    }
    out.haul = std::move(*haul);
  } else {
    auto road = road_haul(in.links.front());
    road.id = "trucks of " + out.id;
    road.trucks = in.trucks;
    out.haul = std::move(road);
  }
  model_.inbound.push(std::move(out));
  return {};
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

corridor::RoadHaul Builder::road_haul(std::size_t k) {
  auto const& road = *p_.links[k].road;
  return {.id = p_.links[k].id,
          .length = design_.of_link(k).length,
          .loaded = road.speed.value,
          .empty = road.speed.value,
          .payload = road.payload.value,
          .at_ends = road.at_ends.value,
          .dispatch_every = road.dispatch_every.value};
}

/// The part of the road's fleet that carries the way's product; named by it too where the road
/// carries several.
corridor::RoadHaul Builder::road_haul(std::size_t k, Way const& way) {
  auto haul = road_haul(k);
  std::ptrdiff_t products = 0;
  for (auto const& part : design_.trucks) {
    products += part.link == k ? 1 : 0;
    if (part.link == k && &design_.ways[part.way] == &way) {
      haul.trucks = part.trucks;
    }
  }
  haul.id += products > 1 ? ": " + way.product : "";
  return haul;
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
      haul_ends(trains_.at(chain), link.from);
      chain.clear();
    }
    if (link.mode == Link::Mode::kRoad) {
      haul_ends(road_haul(k, way), link.to);
    } else if (link.mode == Link::Mode::kPipeline) {
      haul_ends(pipeline_haul(k, wet), link.to);
    }
  }
  if (!chain.empty()) {
    haul_ends(trains_.at(chain), end);
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
