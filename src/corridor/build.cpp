/// From the model's plain values to a corridor that can run.

#include <algorithm>

#include "stops.hpp"
#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// Closures by every hazard at a place.
template <class PlaceId>
std::vector<Spell> strikes(World& world, PlaceId place, Place::Kind kind) {
  std::vector<Spell> spells;
  for (Hazard const& hazard : world.model.hazards) {
    auto const* where = std::get_if<PlaceId>(&hazard.where);
    if (where != nullptr && *where == place) {
      auto const more = hazard_spells(
          world.env.stream(hazard.id, "events"), hazard, world.opening, world.calendar.end());
      keep_closures(world, {{kind, place.index()}, PlaceClosure::By::kHazard, hazard.id}, more);
      spells.insert(spells.end(), more.begin(), more.end());
    }
  }
  return spells;
}

std::vector<Spell> together(std::vector<Spell> a, std::vector<Spell> const& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

void build_mines(World& world) {
  for (std::uint32_t i = 0; i < world.model.mines.size(); ++i) {
    Mine const& mine = world.model.mines[MineId{i}];
    auto const struck = strikes(world, MineId{i}, Place::Kind::kMine);
    auto const outages = alternating_spells(
        world.env.stream(mine.id, "outages"), mine.reliability, 0, world.calendar.end());
    keep_closures(world, {{Place::Kind::kMine, i}, PlaceClosure::By::kOutage, "outage"}, outages);
    Spells down{together(outages, struck)};
    FluidStock heap{{.steps = mine.output,
                     .availability = mine.reliability.availability,
                     .capacity = dry_tonnes(mine.stockpile, world.moisture(mine.product)),
                     .reserve = mine.reserve.in(units::t),
                     .struck = Spells{struck}},
                    down,
                    world.calendar};
    MineState& state = world.mines.emplace_back(std::move(down), std::move(heap));
    state.struck = Spells{struck};
    state.load_out.emplace(world.env, mine.id, tonnes_per_second(mine.loading_rate), state.struck);
  }
}

void build_hubs(World& world) {
  for (std::uint32_t i = 0; i < world.model.hubs.size(); ++i) {
    Hub const& hub = world.model.hubs[HubId{i}];
    HubState& state = world.hubs.emplace_back();
    state.struck = Spells{strikes(world, HubId{i}, Place::Kind::kHub)};
    state.load_out.emplace(world.env, hub.id, tonnes_per_second(hub.loading_rate), state.struck);
    state.tipple.emplace(world.env,
                         hub.id,
                         hub.unloading_tracks,
                         tonnes_per_second(hub.unloading_rate),
                         state.struck);
  }
}

/// What others ask of a section. They cannot run during a possession either, so that the rest of
/// the time is the fuller for it.
LineState::Others others_in(World const& world, LineState const& line, std::size_t section) {
  RailLine const& made = *line.line;
  double const service = (made.sections[section].other_train + made.meet_allowance).base();
  double const each_way = made.other_trains.base() * service;
  double const use = made.tracks == 2 ? each_way : 2 * each_way;
  auto const possessions = line.tracks.front().graph.possessions();
  double const open = possessions.empty()
                          ? 1.0
                          : possessions[section].open_share(world.opening, world.calendar.end());
  return {use, use / open, service};
}

void build_lines(World& world) {
  for (RailLine const& line : world.model.lines) {
    LineState& state = world.lines.emplace_back(
        line,
        TrainGraph::Rules{.sections = line.sections.size(),
                          .loop_tracks = static_cast<std::size_t>(line.loop_tracks),
                          .allowance = line.meet_allowance.base(),
                          .possessions = possession_spells(line, world.calendar.end())});
    state.closed.resize(line.sections.size());
    state.length_km.push_back(0);
    for (TrackSection const& section : line.sections) {
      state.length_km.push_back(state.length_km.back() + section.length.in(units::km));
    }
    if (line.other_trains.base() > 0) {
      state.others_stream = world.env.stream(line.id, "other trains");
      state.dwells.resize(line.sections.size());
      for (std::size_t s = 0; s < line.sections.size(); ++s) {
        state.others.push_back(others_in(world, state, s));
      }
    }
  }
}

void build_berths(World& world, PortState& state) {
  Port const& port = *state.port;
  auto const struck = strikes(world, state.id, Place::Kind::kPort);
  std::vector<Spell> weather;
  for (WeatherClosure const& closure : port.weather) {
    auto const closed = weather_spells(world.env.stream(port.id + "/" + closure.id, "weather"),
                                       closure,
                                       Calendar{world.model.first_year},
                                       world.calendar);
    keep_closures(world,
                  {{Place::Kind::kPort, state.id.index()}, PlaceClosure::By::kWeather, closure.id},
                  closed);
    weather = together(std::move(weather), closed);
  }
  state.weather = Spells{weather};
  state.struck = Spells{struck};
  state.entry = Spells{together(weather, struck)};
  for (Berth const& berth : port.berths) {
    auto const out_of_order =
        alternating_spells(world.env.stream(port.id + "/" + berth.id, "repairs"),
                           berth.reliability,
                           world.opening,
                           world.calendar.end());
    keep_closures(
        world,
        {{Place::Kind::kBerth, state.id.index(), static_cast<std::uint32_t>(state.berths.size())},
         PlaceClosure::By::kRepair,
         "repair"},
        out_of_order);
    auto const repairs = together(out_of_order, struck);
    BerthRun& run = state.berths.emplace_back();
    run.berth = &berth;
    run.rate = tonnes_per_second(berth.loading_rate);
    run.closed = Spells{together(weather, repairs)};
    run.broken = Spells{repairs};
    run.since = world.opening;
    run.occupied.resize(world.calendar.years());
  }
}

void build_ports(World& world) {
  for (std::uint32_t i = 0; i < world.model.ports.size(); ++i) {
    Port const& port = world.model.ports[PortId{i}];
    PortState& state = world.ports.emplace_back();
    state.id = PortId{i};
    state.port = &port;
    build_berths(world, state);
    state.water.emplace(port, Waterway::Life{world.opening, world.calendar.end()});
    if (port.tugs) {
      state.tugs.emplace(PortState::Shared{Bookings{port.tugs->count}});
    }
    if (port.pilots) {
      state.pilots.emplace(PortState::Shared{Bookings{port.pilots->count}});
    }
    state.tipple.emplace(world.env,
                         port.id,
                         port.unloading_tracks,
                         tonnes_per_second(port.unloading_rate),
                         state.struck);
    for (Stockyard const& yard : port.stockyards) {
      state.yards.emplace_back(world.env,
                               port.id + " " + world.model.products[yard.product].id,
                               yard.product,
                               dry_tonnes(yard.capacity, world.moisture(yard.product)));
    }
  }
}

Yard* yard_of(std::deque<Yard>& yards, ProductId product) {
  auto const found = std::find_if(
      yards.begin(), yards.end(), [product](Yard const& yard) { return yard.product == product; });
  TW_EXPECTS(found != yards.end(), "faults() has seen that every product has its yard");
  return &*found;
}

void build_contracts(World& world) {
  for (ShippingContract const& terms : world.model.contracts) {
    PortState& port = world.ports[terms.port.index()];
    world.contracts.emplace_back(
        world.env, terms, port, *yard_of(port.yards, terms.product), world.moisture(terms.product));
  }
}

ContractState* contract_for(World& world, ProductId product, PortId port) {
  for (ContractState& contract : world.contracts) {
    if (contract.contract->product == product && contract.contract->port == port) {
      return &contract;
    }
  }
  return nullptr;
}

LegState leg_state(World& world, RailLeg const& leg) {
  LegState state;
  state.id = leg.line;
  state.line = &world.lines[leg.line.index()];
  state.out =
      leg.loaded_direction == Direction::kForward ? TrainGraph::Way::kUp : TrainGraph::Way::kDown;
  for (SectionRun const& run : leg.runs) {
    state.loaded.push_back(run.loaded.base());
    state.empty.push_back(run.empty.base());
    state.loaded_total += run.loaded.base();
    state.empty_total += run.empty.base();
  }
  state.length = state.line->length_km.back() * units::km;
  return state;
}

RailTrip& add_rail(World& world, RailHaul const& haul, Carriage const& carriage) {
  RailTrip& trip = world.trips.emplace_back();
  trip.fleet = &world.fleets[haul.fleet.index()];
  trip.carriage = carriage;
  Fleet const& fleet = world.model.fleets[haul.fleet];
  trip.payload_wet = fleet.payload.in(units::t);
  trip.payload = trip.payload_wet * (1 - carriage.moisture);
  trip.loading = trip.payload_wet / carriage.from.load_out->rate;
  trip.unloading = trip.payload_wet / carriage.to.tipple->rate;
  for (RailLeg const& leg : haul.legs) {
    trip.legs.push_back(leg_state(world, leg));
    trip.out_time += trip.legs.back().loaded_total;
    trip.back_time += trip.legs.back().empty_total;
  }
  trip.fleet->trips.push_back(&trip);
  return trip;
}

RoadState& add_road(World& world, RoadHaul const& haul, Carriage const& carriage) {
  RoadState& road = world.roads.emplace_back();
  road.haul = &haul;
  road.carriage = carriage;
  road.home.emplace(world.env, haul.id + " trucks at home");
  road.payload = haul.payload.in(units::t) * (1 - carriage.moisture);
  road.at_home = haul.trucks;
  road.index = world.roads.size() - 1;
  return road;
}

/// A pipeline draws its outages from a stream of its own, from the opening on.
PipelineState& add_pipeline(World& world, PipelineHaul const& haul, Carriage const& carriage) {
  PipelineState& pipe = world.pipelines.emplace_back();
  pipe.haul = &haul;
  pipe.carriage = carriage;
  pipe.index = world.pipelines.size() - 1;
  auto down = alternating_spells(world.env.stream(haul.id, "pipeline outages"),
                                 haul.reliability,
                                 world.opening,
                                 world.calendar.end());
  keep_closures(world,
                {{Place::Kind::kPipeline, static_cast<std::uint32_t>(pipe.index)},
                 PlaceClosure::By::kOutage,
                 "outage"},
                down);
  for (Spells const* const struck : {carriage.from.load_out->closed, carriage.to.tipple->closed}) {
    down.insert(down.end(), struck->all().begin(), struck->all().end());
  }
  pipe.down = Spells{std::move(down)};
  pipe.batch = dry_tonnes(haul.batch, carriage.moisture);
  pipe.batch_time = (haul.batch / haul.rate).base();
  pipe.transit = (haul.length / haul.velocity).base();
  return pipe;
}

Haulage add_haul(World& world, Haul const& haul, Carriage const& carriage) {
  if (auto const* rail = std::get_if<RailHaul>(&haul); rail != nullptr) {
    return {.rail = &add_rail(world, *rail, carriage)};
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
    return {.pipe = &add_pipeline(world, *pipe, carriage)};
  }
  return {.road = &add_road(world, std::get<RoadHaul>(haul), carriage)};
}

void serve(Yard& yard, ContractState* contract) {
  bool const known =
      std::find(yard.contracts.begin(), yard.contracts.end(), contract) != yard.contracts.end();
  if (contract != nullptr && !known) {
    yard.contracts.push_back(contract);
  }
}

/// Where a haul of the product that begins at the stop takes its cargo.
Origin origin_at(World& world, Place stop, ProductId product) {
  if (stop.kind == Place::Kind::kMine) {
    MineState& mine = world.mines[stop.index];
    return {.heap = &mine.stock, .load_out = &*mine.load_out, .place = stop};
  }
  HubState& hub = world.hubs[stop.index];
  return {.yard = hub_yard(world, HubId{stop.index}, product),
          .load_out = &*hub.load_out,
          .place = stop};
}

/// Where one that ends there leaves it.
Destination destination_at(World& world, Place stop, ProductId product) {
  if (stop.kind == Place::Kind::kPort) {
    PortState& port = world.ports[stop.index];
    return {.yard = yard_of(port.yards, product),
            .tipple = &*port.tipple,
            .port = &port,
            .place = stop};
  }
  HubState& hub = world.hubs[stop.index];
  return {
      .yard = hub_yard(world, HubId{stop.index}, product), .tipple = &*hub.tipple, .place = stop};
}

void build_route(World& world, Route const& route) {
  ProductId const product = product_of(world.model, route);
  auto const places = stops(world.model, route);
  auto const* port = std::get_if<PortId>(&route.to);
  auto const* made = std::get_if<PlantOutput>(&route.from);
  MineState* const mine = made == nullptr ? &world.mines[places.front().index] : nullptr;
  for (std::size_t i = 0; i < route.hauls.size(); ++i) {
    Carriage carriage;
    carriage.product = product;
    carriage.moisture = world.moisture(product);
    carriage.contract = port != nullptr ? contract_for(world, product, *port) : nullptr;
    carriage.from = origin_at(world, places[i], product);
    carriage.from.begins = i == 0;
    carriage.from.mine = mine != nullptr ? &mine->stock : nullptr;
    carriage.from.plant = made != nullptr ? &world.plants[made->plant.index()] : nullptr;
    carriage.to = destination_at(world, places[i + 1], product);
    carriage.to.ends = i + 1 == route.hauls.size();
    serve(*carriage.to.yard, carriage.contract);
    Haulage const haulage = add_haul(world, route.hauls[i], carriage);
    if (carriage.from.heap != nullptr) {
      mine->taken_by = haulage;
    } else {
      carriage.from.yard->taken_by.push_back(haulage);
    }
  }
}

void build_routes(World& world) {
  for (Route const& route : world.model.routes) {
    build_route(world, route);
  }
}

void build_inbound(World& world) {
  for (std::uint32_t i = 0; i < world.model.inbound.size(); ++i) {
    Inbound const& inbound = world.model.inbound[InboundId{i}];
    PortState& port = world.ports[inbound.port.index()];
    MineState& mine = world.mines[inbound.mine.index()];
    FluidStock& supply = world.supplies.emplace_back(
        FluidStock::Supply{
            .steps = inbound.supply, .availability = 1, .capacity = kEver, .reserve = kEver},
        world.never,
        world.calendar);
    LoadOut& load_out = world.supply_load_outs.emplace_back(
        world.env, inbound.id, tonnes_per_second(inbound.loading_rate), port.struck);
    Tipple& tipple = world.inbound_tipples.emplace_back(
        world.env, inbound.id, 1, tonnes_per_second(inbound.unloading_rate), mine.struck);
    Carriage carriage;
    carriage.from = {.heap = &supply,
                     .load_out = &load_out,
                     .place = {Place::Kind::kPort, inbound.port.index()}};
    carriage.to = {.tipple = &tipple,
                   .place = {Place::Kind::kMine, inbound.mine.index()},
                   .inbound = InboundId{i}};
    static_cast<void>(add_haul(world, inbound.haul, carriage));
  }
}

void build_fleets(World& world) {
  for (std::uint32_t i = 0; i < world.model.fleets.size(); ++i) {
    FleetState& state = world.fleets.emplace_back();
    state.fleet = &world.model.fleets[FleetId{i}];
    state.id = FleetId{i};
    if (auto const& crews = state.fleet->crews) {
      double const count = crews->count;
      state.crews.emplace(world.env,
                          state.fleet->id + " crews",
                          des::Container::Options{.capacity = count, .level = count});
    }
  }
}

/// Consists, each with failures of its own: the same in every option that has it.
void build_consists(World& world) {
  for (FleetState& state : world.fleets) {
    for (int number = 0; number < state.fleet->consists && !state.trips.empty(); ++number) {
      Consist& consist = state.consists.emplace_back(Consist{
          .fleet = &state,
          .number = number,
          .product = {},
          .failures =
              world.env.stream(state.fleet->id + " " + std::to_string(number), "failures")});
      if (state.fleet->failures.base() > 0) {
        consist.fails_in = consist.failures.exponential(1 / state.fleet->failures.base());
      }
    }
  }
}

void start(World& world) {
  for (FleetState& fleet : world.fleets) {
    for (Consist& consist : fleet.consists) {
      std::size_t const trip = static_cast<std::size_t>(consist.number) % fleet.trips.size();
      world.env.spawn(run_consist(world, consist, trip), fleet.fleet->id);
    }
  }
  for (RoadState& road : world.roads) {
    world.env.spawn(run_road(world, road), road.haul->id);
  }
  for (PipelineState& pipe : world.pipelines) {
    world.env.spawn(run_pipeline(world, pipe), pipe.haul->id);
  }
  for (PlantState& plant : world.plants) {
    world.env.spawn(run_plant(world, plant), plant.plant->id);
  }
  for (ContractState& contract : world.contracts) {
    world.env.spawn(call_ships(world, contract), contract.contract->id);
  }
  for (PortState& port : world.ports) {
    world.env.spawn(watch_port(world, port), port.port->id);
    for (OtherShips const& others : port.port->other_ships) {
      world.env.spawn(call_other_ships(world, port, others), others.id);
    }
  }
  for (Hazard const& hazard : world.model.hazards) {
    auto const* stretch = std::get_if<LineStretch>(&hazard.where);
    if (stretch != nullptr) {
      world.env.spawn(strike_line(world, hazard, world.lines[stretch->line.index()]), hazard.id);
    } else if (hazard.loss > Mass{}) {
      world.env.spawn(lose_stock(world, hazard), hazard.id);
    }
  }
  world.env.spawn(keep_stock_series(world), "stock series");
}

}  // namespace

Yard* hub_yard(World& world, HubId hub, ProductId product) {
  HubState& state = world.hubs[hub.index()];
  for (Yard& yard : state.yards) {
    if (yard.product == product) {
      return &yard;
    }
  }
  Hub const& made = world.model.hubs[hub];
  return &state.yards.emplace_back(world.env,
                                   made.id + " " + world.model.products[product].id,
                                   product,
                                   dry_tonnes(made.stockyard, world.moisture(product)));
}

void build(World& world) {
  build_mines(world);
  build_hubs(world);
  build_plants(world);
  build_lines(world);
  build_ports(world);
  build_contracts(world);
  build_fleets(world);
  build_routes(world);
  build_inbound(world);
  build_consists(world);
  open_accounts(world);
  start(world);
}

}  // namespace tidewater::corridor
