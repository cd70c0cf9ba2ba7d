/// Everything that keeps a model from being simulated, found in one pass.

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "tidewater/corridor/model.hpp"

#include "ledger.hpp"
#include "port_tide.hpp"

namespace tidewater::corridor {

namespace {

/// Share of a section other trains may take; above it the mean wait grows past all use.
constexpr double kMostOthers = 0.95;

class Examiner {
 public:
  Examiner(CorridorModel const& model, std::string where)
      : model_{&model}, where_{std::move(where)} {}
  Diagnostics examine();

 private:
  void fault(std::string const& place, std::string what, std::string remedy) {
    found_.push_back(
        {Severity::kError, where_ + place, std::move(what), std::move(remedy), {}, {}});
  }
  template <class Q>
  void above_zero(std::string const& place, Q q, char const* what) {
    if (!(q > Q{}) || !std::isfinite(q.base())) {
      fault(place, fmt::format("{} must be above zero", what), "give a positive value");
    }
  }
  template <class Q>
  void not_negative(std::string const& place, Q q, char const* what) {
    if (!(q >= Q{}) || !std::isfinite(q.base())) {
      fault(place, fmt::format("{} must not be negative", what), "give zero or more");
    }
  }
  template <class I, class T>
  bool opens(std::string const& place, I id, IdVector<I, T> const& things, char const* kind) {
    bool const good = id.valid() && id.index() < things.size();
    if (!good) {
      fault(place, fmt::format("names a {} that is not in the model", kind), "name one that is");
    }
    return good;
  }
  void unique(std::string const& place, std::string const& id) {
    if (!ids_.insert(id).second) {
      fault(place,
            fmt::format("the name '{}' is used twice: its random streams would be the same", id),
            "give each thing a name of its own");
    }
  }
  void steps(std::string const& place, std::vector<RateStep> const& steps);
  void reliability(std::string const& place, Reliability const& r);
  void counts();
  void count(char const* what, std::size_t number, std::size_t most);
  void mines();
  void hubs();
  void lines();
  void fleets();
  void pipeline(std::string const& place, PipelineHaul const& pipe);
  void room_for_pipe(std::string const& place, PipelineHaul const& pipe, Mass yard);
  void routes();
  void inbound();
  void ports();
  void berths(std::string const& place, Port const& port);
  void contracts();
  void ship(std::string const& place, ShippingContract const& terms, Port const& port);
  void pours(std::string const& place, ShippingContract const& terms, Mass yard);
  void hazards();
  void haul(std::string const& place, Haul const& haul);
  void rail(std::string const& place, RailHaul const& haul);
  void fleet_ends();

  CorridorModel const* model_;
  std::string where_;
  Diagnostics found_;
  std::set<std::string> ids_;
};

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
      auto const here = fmt::format("{}/section/{}", place, s);
      above_zero(here, line.sections[s].length, "the length");
      if (line.other_trains > Rate{}) {
        above_zero(here, line.sections[s].other_train, "the running time of other trains");
        int const ways = line.tracks == 2 ? 1 : 2;
        double const busy =
            ways * line.other_trains * (line.sections[s].other_train + line.meet_allowance);
        if (busy >= kMostOthers) {
          fault(here,
                fmt::format("other trains alone take {:.0f} % of this section", 100 * busy),
                "add a loop or run fewer other trains");
        }
      }
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

/// Room is claimed before a batch is pumped: a smaller yard would stop the pumps although empty.
void Examiner::room_for_pipe(std::string const& place, PipelineHaul const& pipe, Mass yard) {
  if (!(pipe.velocity > Speed{})) {
    return;
  }
  Mass const in_pipe = pipe.rate * (pipe.length / pipe.velocity);
  if (yard < pipe.batch + in_pipe) {
    fault(place,
          fmt::format("a stockyard of {:.0f} t cannot hold a batch and the {:.0f} t in the pipe",
                      yard.in(units::t),
                      in_pipe.in(units::t)),
          fmt::format("give it {:.0f} t or more, or make the rate or the batch smaller",
                      (pipe.batch + in_pipe).in(units::t)));
  }
}

Mass payload_of(CorridorModel const& model, Haul const& haul) {
  if (auto const* rail = std::get_if<RailHaul>(&haul); rail != nullptr) {
    bool const known = rail->fleet.valid() && rail->fleet.index() < model.fleets.size();
    return known ? model.fleets[rail->fleet].payload : Mass{};
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
    return pipe->batch;
  }
  return std::get<RoadHaul>(haul).payload;
}

Mass yard_capacity(Port const& port, ProductId product) {
  for (Stockyard const& yard : port.stockyards) {
    if (yard.product == product) {
      return yard.capacity;
    }
  }
  return Mass{};
}

void Examiner::routes() {
  std::set<MineId> seen;
  for (std::uint32_t i = 0; i < model_->routes.size(); ++i) {
    Route const& route = model_->routes[RouteId{i}];
    auto const place = fmt::format("/route/{}", i);
    bool known = opens(place + "/mine", route.mine, model_->mines, "mine");
    known = opens(place + "/port", route.port, model_->ports, "port") && known;
    if (!seen.insert(route.mine).second) {
      fault(place, "a mine has one route", "split the mine or join the routes");
    }
    if (route.hauls.empty() || route.hubs.size() + 1 != route.hauls.size()) {
      fault(place, "a route has hauls, and a hub between each two", "name them in order");
      continue;
    }
    for (HubId const hub : route.hubs) {
      known = opens(place + "/hub", hub, model_->hubs, "hub") && known;
    }
    for (std::size_t h = 0; h < route.hauls.size(); ++h) {
      haul(fmt::format("{}/haul/{}", place, h), route.hauls[h]);
      if (!known) {
        continue;
      }
      Mass const load = payload_of(*model_, route.hauls[h]);
      Mass const source =
          h == 0 ? model_->mines[route.mine].stockpile : model_->hubs[route.hubs[h - 1]].stockyard;
      Mass const sink =
          h + 1 == route.hauls.size()
              ? yard_capacity(model_->ports[route.port], model_->mines[route.mine].product)
              : model_->hubs[route.hubs[h]].stockyard;
      if (load > source || load > sink) {
        fault(fmt::format("{}/haul/{}", place, h),
              "a load is larger than the stock it comes from or goes to can hold",
              "enlarge the stockpile or stockyard, or make the load smaller");
      } else if (auto const* pipe = std::get_if<PipelineHaul>(&route.hauls[h]); pipe != nullptr) {
        room_for_pipe(fmt::format("{}/haul/{}", place, h), *pipe, sink);
      }
    }
  }
  fleet_ends();
}

/// A consist that serves several hauls sets out for any of them from where it was unloaded.
void Examiner::fleet_ends() {
  struct End {
    std::uint32_t fleet;
    int kind;
    std::uint32_t place;
  };
  std::vector<End> ends;
  auto const add = [&](Haul const& haul, int kind, std::uint32_t place) {
    auto const* rail = std::get_if<RailHaul>(&haul);
    if (rail == nullptr) {
      return;
    }
    for (End const& end : ends) {
      if (end.fleet == rail->fleet.index() && (end.kind != kind || end.place != place)) {
        fault(fmt::format("/fleet/{}", end.fleet),
              "the hauls of one fleet must all end at one place",
              "give each place a fleet of its own");
        return;
      }
    }
    ends.push_back({rail->fleet.index(), kind, place});
  };
  for (Route const& route : model_->routes) {
    for (std::size_t h = 0; h < route.hauls.size(); ++h) {
      bool const last = h + 1 == route.hauls.size();
      if (last || h < route.hubs.size()) {
        add(route.hauls[h], last ? 0 : 1, last ? route.port.index() : route.hubs[h].index());
      }
    }
  }
  for (Inbound const& inbound : model_->inbound) {
    add(inbound.haul, 2, inbound.mine.index());
  }
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

void Examiner::berths(std::string const& place, Port const& port) {
  for (Berth const& berth : port.berths) {
    auto const here = place + "/berth/" + berth.id;
    unique(here, port.id + "/" + berth.id);
    above_zero(here + "/loading_rate", berth.loading_rate, "the loading rate");
    reliability(here, berth.reliability);
  }
}

void Examiner::ports() {
  for (Port const& port : model_->ports) {
    auto const place = "/port/" + port.id;
    unique(place, port.id);
    above_zero(place + "/unloading_rate", port.unloading_rate, "the unloading rate");
    above_zero(place + "/channel/transit", port.channel.transit, "the transit of the channel");
    not_negative(place + "/channel/keel_clearance", port.channel.keel_clearance, "the clearance");
    not_negative(place + "/mooring", port.mooring, "the time of mooring");
    if (port.unloading_tracks < 1) {
      fault(place, "a port needs an unloading track", "give one or more");
    }
    berths(place, port);
    for (WeatherClosure const& closure : port.weather) {
      unique(place + "/weather", port.id + "/" + closure.id);
      not_negative(place + "/weather/" + closure.id, closure.mean_closed, "the mean closed spell");
      if (closure.mean_closed > Time{}) {
        above_zero(place + "/weather/" + closure.id, closure.mean_open, "the mean open spell");
      }
    }
    for (std::size_t i = 0; i < port.stockyards.size(); ++i) {
      opens(place + "/stockyard", port.stockyards[i].product, model_->products, "product");
      above_zero(place + "/stockyard", port.stockyards[i].capacity, "the capacity");
    }
  }
}

void Examiner::ship(std::string const& place, ShippingContract const& terms, Port const& port) {
  Ship const& ship = terms.ship;
  bool fits = false;
  for (Berth const& berth : port.berths) {
    fits = fits || (ship.loa <= berth.length && ship.draught <= berth.depth);
  }
  if (!fits) {
    fault(place,
          fmt::format("no berth of {} takes a ship of {:.0f} m and {:.1f} m draught",
                      port.id,
                      ship.loa.in(units::m),
                      ship.draught.in(units::m)),
          "lengthen or deepen a berth, or call smaller ships");
  }
  des::Tide const tide = tide_of(port);
  Length const deepest = std::max(ship.draught, ship.ballast_draught);
  Length const needed = deepest + port.channel.keel_clearance - port.channel.depth;
  // Half a year holds the highest springs near an equinox.
  Time const half_year = 0.5 * units::year;
  if (needed > tide.lowest() &&
      !tide.next_time(needed, Time{}, port.channel.transit, half_year).has_value()) {
    fault(place,
          fmt::format("no tide lifts a ship of {:.1f} m draught through the {:.1f} m channel of {}",
                      deepest.in(units::m),
                      port.channel.depth.in(units::m),
                      port.id),
          fmt::format("deepen the channel by about {:.1f} m, so that half of each tide serves, or "
                      "call smaller ships",
                      (needed - mean_level_of(port)).in(units::m)));
  }
}

/// A lot is loaded in tenths, each when it lies in the yard: beside all but a tenth there must be
/// room for a load, or ship and train would wait for each other at every call.
void Examiner::pours(std::string const& place, ShippingContract const& terms, Mass yard) {
  Mass load{};
  for (Route const& route : model_->routes) {
    bool const for_it = route.mine.valid() && route.mine.index() < model_->mines.size() &&
                        !route.hauls.empty() && route.port == terms.port &&
                        model_->mines[route.mine].product == terms.product;
    if (for_it) {
      load = std::max(load, payload_of(*model_, route.hauls.back()));
    }
  }
  Mass const least = 0.1 * terms.ship.lot + load;
  if (yard < least) {
    fault(
        place,
        fmt::format("a stockyard of {:.0f} t cannot hold a tenth of a lot beside one load by land",
                    yard.in(units::t)),
        fmt::format("give the product {:.0f} t of stockyard or more, or make lot or load smaller",
                    least.in(units::t)));
  }
}

void Examiner::contracts() {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (ShippingContract const& terms : model_->contracts) {
    auto const place = "/contract/" + terms.id;
    unique(place, terms.id);
    above_zero(place + "/lot", terms.ship.lot, "the lot");
    not_negative(place + "/lead", terms.lead, "the lead");
    not_negative(place + "/laycan", terms.laycan, "the laycan");
    not_negative(place + "/lateness", terms.lateness, "the lateness");
    not_negative(place + "/laytime", terms.laytime, "the laytime");
    above_zero(place + "/patience", terms.patience, "the patience");
    steps(place + "/tonnage", terms.tonnage);
    if (!(terms.stock_to_berth >= 0 && terms.stock_to_berth <= 1) || terms.most_waiting < 1) {
      fault(place,
            "the share of the lot to berth lies from 0 to 1, and one ship at least may wait",
            "give a share and a count");
    }
    bool known = opens(place + "/port", terms.port, model_->ports, "port");
    known = opens(place + "/product", terms.product, model_->products, "product") && known;
    if (!known) {
      continue;
    }
    if (!seen.insert({terms.product.index(), terms.port.index()}).second) {
      fault(place, "a product has one contract at a port", "join the contracts");
    }
    Port const& port = model_->ports[terms.port];
    Mass const yard = yard_capacity(port, terms.product);
    if (yard < terms.stock_to_berth * terms.ship.lot) {
      fault(place,
            "the stockyard cannot hold the share of a lot a ship is berthed for",
            "enlarge the stockyard, or lower the share or the lot");
    }
    pours(place, terms, yard);
    ship(place, terms, port);
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
  not_negative("/opening", model_->opening, "the opening");
  counts();
  mines();
  hubs();
  lines();
  fleets();
  routes();
  inbound();
  ports();
  contracts();
  hazards();
  return std::move(found_);
}

Time unobstructed(CorridorModel const& model, Route const& route, std::size_t h) {
  if (auto const* road = std::get_if<RoadHaul>(&route.hauls[h]); road != nullptr) {
    return road->at_ends + road->length / road->loaded + road->length / road->empty;
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&route.hauls[h]); pipe != nullptr) {
    return pipe->batch / pipe->rate;  // the next batch does not wait for the last to arrive
  }
  RailHaul const& haul = std::get<RailHaul>(route.hauls[h]);
  Fleet const& fleet = model.fleets[haul.fleet];
  MassRate const loading =
      h == 0 ? model.mines[route.mine].loading_rate : model.hubs[route.hubs[h - 1]].loading_rate;
  MassRate const unloading = h + 1 == route.hauls.size() ? model.ports[route.port].unloading_rate
                                                         : model.hubs[route.hubs[h]].unloading_rate;
  Time cycle =
      fleet.at_loading + fleet.at_unloading + fleet.payload / loading + fleet.payload / unloading;
  for (RailLeg const& leg : haul.legs) {
    for (SectionRun const& run : leg.runs) {
      cycle += run.loaded + run.empty;
    }
  }
  return cycle;
}

}  // namespace

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

std::vector<Time> unobstructed_cycles(CorridorModel const& model, RouteId route) {
  std::vector<Time> cycles;
  for (std::size_t h = 0; h < model.routes[route].hauls.size(); ++h) {
    cycles.push_back(unobstructed(model, model.routes[route], h));
  }
  return cycles;
}

}  // namespace tidewater::corridor
