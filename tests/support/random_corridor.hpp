#pragma once
/// Small corridors drawn from named streams: corridor `number` is the same on every machine, and
/// each part of it has a stream of its own. All are without faults by construction.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidewater/base/random.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor::worlds {

class RandomCorridor {
 public:
  explicit RandomCorridor(std::uint32_t number) : streams_{.seed = 4, .replication = number} {}

  /// One to three mines, lines in a row, one or two ports; hubs with trucks before them, weather,
  /// tides, failures, hazards, a plant, inbound cargo and other trains now and then.
  [[nodiscard]] CorridorModel draw() {
    Draw d{streams_.named("corridor", "sizes")};
    model_.first_year = 2030;
    model_.years = 3;
    model_.opening = d.chance(0.5) ? d.whole(0, 200) * units::day : Time{};
    auto const mines = static_cast<std::uint32_t>(d.whole(1, 3));
    bool const one_product = d.chance(0.3);
    bool const one_fleet = d.chance(0.5);
    add_lines(d.whole(1, 2));
    for (std::uint32_t i = 0; i < mines; ++i) {
      if (i == 0 || !one_product) {
        model_.products.push({"product " + std::to_string(i), d.whole(0, 2) * 0.06});
      }
      if (i == 0 || !one_fleet) {
        add_fleet("fleet " + std::to_string(i));
      }
    }
    add_port();
    for (std::uint32_t i = 0; i < mines; ++i) {
      ProductId const product{one_product ? 0 : i};
      add_mine(product, FleetId{one_fleet ? 0 : i});
    }
    for (std::uint32_t p = 0; p < model_.products.size(); ++p) {
      add_contract(ProductId{p});
    }
    add_plant();
    if (mines > 1 && !one_fleet) {
      add_second_port(mines);
    }
    add_inbound();
    add_hazards();
    add_crews();
    return std::move(model_);
  }

 private:
  struct Draw {
    Stream stream;
    [[nodiscard]] int whole(int low, int high) {  ///< both may come
      return low + static_cast<int>(stream.below(static_cast<std::uint64_t>(high - low + 1)));
    }
    [[nodiscard]] bool chance(double p) { return stream.uniform() < p; }
  };
  [[nodiscard]] Draw of(std::string_view entity, std::string_view purpose) const {
    return {streams_.named(entity, purpose)};
  }

  void add_lines(int count) {
    for (int l = 0; l < count; ++l) {
      RailLine line{.id = "line " + std::to_string(l), .sections = {}, .other_trains = {}};
      Draw d = of(line.id, "track");
      for (int s = d.whole(1, 8); s > 0; --s) {
        line.sections.push_back({d.whole(4, 60) * units::km, d.whole(5, 40) * units::min});
      }
      line.tracks = d.chance(0.15) ? 2 : 1;
      line.loop_tracks = d.whole(2, 3);
      line.meet_allowance = d.whole(1, 8) * units::min;
      line.other_trains = d.chance(0.3) ? d.whole(1, 6) / units::day : Rate{};
      add_possessions(line);
      model_.lines.push(line);
    }
  }

  void add_possessions(RailLine& line) const {
    Draw d = of(line.id, "possessions");
    for (int p = d.chance(0.3) ? d.whole(1, 2) : 0; p > 0; --p) {
      int const first = d.whole(0, static_cast<int>(line.sections.size()) - 1);
      int const last = d.whole(first, static_cast<int>(line.sections.size()) - 1);
      line.possessions.push_back({.first = static_cast<std::size_t>(first),
                                  .last = static_cast<std::size_t>(last),
                                  .begins = d.whole(0, 48) * units::h,
                                  .length = d.whole(1, 6) * units::h,
                                  .every = d.whole(1, 14) * units::day});
    }
  }

  void add_fleet(std::string const& id) {
    Draw d = of(id, "stock");
    model_.fleets.push({.id = id,
                        .consists = d.chance(0.05) ? 0 : d.whole(1, 7),
                        .payload = d.whole(3, 35) * 100 * units::t,
                        .at_loading = d.whole(0, 90) * units::min,
                        .at_unloading = d.whole(0, 90) * units::min,
                        .failures = d.chance(0.7) ? 1.0 / (d.whole(40, 400) * units::h) : Rate{},
                        .mean_repair = d.whole(1, 12) * units::h});
  }

  void add_port() {
    Draw d = of("port", "works");
    Port port{.id = "port",
              .unloading_rate = d.whole(3, 30) * 100 * units::t / units::h,
              .unloading_tracks = d.whole(1, 3),
              .stockyards = {},
              .berths = {},
              .tides = {},
              .mean_level = {},
              .weather = {}};
    port.channel.depth = d.whole(117, 140) * 0.1 * units::m;
    if (d.chance(0.7)) {
      port.tides = {{"M2", 0.7 * units::m, 28.9841042, 10}, {"K1", 0.4 * units::m, 15.04, 50}};
    } else {
      port.channel.depth = 14 * units::m;
    }
    for (std::uint32_t p = 0; p < model_.products.size(); ++p) {
      port.stockyards.push_back({ProductId{p}, d.whole(14, 90) * units::kt});
    }
    for (int b = d.whole(1, 3); b > 0; --b) {
      port.berths.push_back({.id = std::to_string(b),
                             .length = 200 * units::m,
                             .depth = 13 * units::m,
                             .loading_rate = d.whole(2, 20) * 100 * units::t / units::h,
                             .reliability = {.availability = d.chance(0.5) ? 0.85 : 1.0,
                                             .mean_down = d.whole(6, 72) * units::h}});
    }
    if (d.chance(0.5)) {
      port.weather = {{.id = "swell",
                       .season = {d.whole(1, 200), d.whole(210, 360)},
                       .mean_closed = d.whole(6, 72) * units::h,
                       .mean_open = d.whole(12, 120) * units::h}};
    }
    add_harbour(port);
    add_other_ships(port);
    model_.ports.push(port);
  }

  void add_harbour(Port& port) const {
    Draw d = of("port", "harbour");
    if (d.chance(0.3)) {
      port.tugs = HarbourCraft{d.whole(2, 4), d.whole(1, 6) * units::h};
    }
    if (d.chance(0.2)) {
      port.pilots = HarbourCraft{d.whole(1, 2), d.whole(1, 6) * units::h};
    }
    if (d.chance(0.2)) {
      port.pilotage = DayHours{d.whole(4, 7) * units::h, d.whole(16, 20) * units::h};
    }
    if (d.chance(0.3)) {
      port.siltation = Siltation{.channel = d.whole(0, 5) * 0.1 * units::m / units::year,
                                 .berths = d.whole(0, 5) * 0.1 * units::m / units::year,
                                 .every = d.whole(100, 300) * units::day,
                                 .campaign = d.whole(5, 40) * units::day,
                                 .shut = d.whole(0, 12) * units::h};
    }
  }

  void add_other_ships(Port& port) const {
    Draw d = of("port", "other ships");
    for (int k = d.chance(0.3) ? d.whole(1, 2) : 0; k > 0; --k) {
      OtherShips others{.id = "users " + std::to_string(k),
                        .calls = d.whole(5, 40) / units::year,
                        .alongside = d.whole(6, 72) * units::h};
      others.ship = {.class_name = "any",
                     .loa = 150 * units::m,
                     .draught = d.whole(60, 110) * 0.1 * units::m,
                     .ballast_draught = 6 * units::m};
      if (d.chance(0.7)) {
        others.berths.push_back(
            static_cast<std::size_t>(d.whole(0, static_cast<int>(port.berths.size()) - 1)));
      }
      port.other_ships.push_back(others);
    }
  }

  RailHaul rail(std::string const& id, FleetId fleet) {
    RailHaul haul{.fleet = fleet, .legs = {}};
    for (std::uint32_t l = 0; l < model_.lines.size(); ++l) {
      Draw d = of(id, model_.lines[LineId{l}].id);
      RailLeg leg{.line = LineId{l}, .loaded_direction = Direction::kForward, .runs = {}};
      leg.loaded_direction = d.chance(0.8) ? Direction::kForward : Direction::kBackward;
      for (std::size_t s = 0; s < model_.lines[LineId{l}].sections.size(); ++s) {
        leg.runs.push_back({d.whole(5, 100) * units::min, d.whole(5, 90) * units::min});
      }
      haul.legs.push_back(leg);
    }
    return haul;
  }

  void add_mine(ProductId product, FleetId fleet) {
    std::string const id = "mine " + std::to_string(model_.mines.size());
    Draw d = of(id, "works");
    Time const start = d.chance(0.3) ? d.whole(1, 300) * units::day : Time{};
    auto const mine = model_.mines.push(
        {.id = id,
         .product = product,
         .output = {{start, d.whole(1, 200) * 10 * units::kt / units::year},
                    {start + 300 * units::day, d.whole(0, 200) * 10 * units::kt / units::year}},
         .reserve = d.whole(200, 5000) * units::kt,
         .reliability = {.availability = d.chance(0.5) ? 0.85 : 1.0,
                         .mean_down = d.whole(6, 200) * units::h},
         .stockpile = d.whole(4, 60) * units::kt,
         .loading_rate = d.whole(3, 30) * 100 * units::t / units::h});
    Route route{.from = mine, .hauls = {}, .hubs = {}, .to = PortId{0}};
    if (d.chance(0.35)) {
      add_hub(id, route, d);
    }
    route.hauls.emplace_back(rail(id, fleet));
    model_.routes.push(route);
  }

  void add_hub(std::string const& mine, Route& route, Draw& d) {
    route.hubs.push_back(
        model_.hubs.push({.id = "hub of " + mine,
                          .unloading_rate = d.whole(5, 20) * 100 * units::t / units::h,
                          .unloading_tracks = d.whole(1, 2),
                          .stockyard = d.whole(4, 30) * units::kt,
                          .loading_rate = d.whole(5, 20) * 100 * units::t / units::h}));
    RoadHaul const road{.id = "road of " + mine,
                        .length = d.whole(5, 120) * units::km,
                        .loaded = 40 * units::kmh,
                        .empty = 50 * units::kmh,
                        .payload = 40 * units::t,
                        .trucks = d.chance(0.05) ? 0 : d.whole(1, 60)};
    route.hauls.emplace_back(road);
    if (Draw own = of(mine, "pipeline"); own.chance(0.25)) {
      PipelineHaul const pipe = pipeline(mine, own);
      Mass& yard = model_.hubs[route.hubs.back()].stockyard;
      Mass const in_pipe = pipe.rate * (pipe.length / pipe.velocity);
      Mass const largest_load = 3500 * units::t;  // of the trains drawn
      yard = std::max(yard, pipe.batch + std::max(in_pipe, largest_load) + 1 * units::t);
      route.hauls.back() = pipe;
    }
  }

  static PipelineHaul pipeline(std::string const& mine, Draw& d) {
    return {.id = "pipeline of " + mine,
            .length = d.whole(5, 120) * units::km,
            .velocity = 6 * units::kmh,
            .batch = d.whole(1, 20) * 100 * units::t,
            .rate = d.whole(2, 20) * 50 * units::t / units::h,
            .reliability = {.availability = d.chance(0.5) ? 0.9 : 1.0,
                            .mean_down = d.whole(6, 100) * units::h}};
  }

  void add_contract(ProductId product) {
    std::string const id = "sales " + std::to_string(product.index());
    Draw d = of(id, "terms");
    model_.contracts.push_back({.id = id,
                                .product = product,
                                .port = PortId{0},
                                .ship = {.class_name = "any",
                                         .lot = d.whole(5, 22) * units::kt,
                                         .loa = 190 * units::m,
                                         .draught = 11 * units::m,
                                         .ballast_draught = 6 * units::m},
                                .tonnage = {},
                                .lead = d.whole(1, 6) * units::day,
                                .laycan = d.whole(1, 12) * units::day,
                                .lateness = d.whole(0, 4) * units::day,
                                .stock_to_berth = d.whole(0, 6) * 0.1,
                                .patience = d.whole(2, 12) * units::day,
                                .most_waiting = d.whole(1, 5)});
  }

  /// Now and then what the first mine digs is ore: trucks bring it to a plant, and what its route
  /// carried begins there. A by-product goes by trucks of its own; flux comes from a mine of its
  /// own.
  void add_plant() {
    Draw d = of("plant", "works");
    Route& way = model_.routes[RouteId{0}];
    if (!d.chance(0.35) || !way.hubs.empty()) {
      return;
    }
    ProductId const made = model_.mines[MineId{0}].product;
    ProductId const ore = add_product("ore", d);
    ProductId const acid = add_product("acid", d);
    model_.mines[MineId{0}].product = ore;
    HubId const hub =
        model_.hubs.push({.id = "works",
                          .unloading_rate = d.whole(5, 20) * 100 * units::t / units::h,
                          .unloading_tracks = d.whole(1, 2),
                          .stockyard = d.whole(6, 30) * units::kt,
                          .loading_rate = d.whole(5, 20) * 100 * units::t / units::h});
    PlantId const plant = model_.plants.push(
        {.id = "plant",
         .hub = hub,
         .input = ore,
         .outputs = {{made, d.whole(2, 8) * 0.1}, {acid, d.whole(1, 5) * 0.1}},
         .rate = {{Time{}, d.whole(50, 900) * units::kt / units::year},
                  {200 * units::day, d.whole(50, 900) * units::kt / units::year}},
         .batch = d.whole(1, 15) * 100 * units::t,
         .reliability = {.availability = d.chance(0.5) ? 0.9 : 1.0,
                         .mean_down = d.whole(6, 100) * units::h}});
    way.from = PlantOutput{plant, made};
    model_.routes.push({.from = MineId{0}, .hauls = {trucks("ore", d)}, .to = plant});
    model_.routes.push(
        {.from = PlantOutput{plant, acid}, .hauls = {trucks("acid", d)}, .to = PortId{0}});
    add_contract(acid);
    if (d.chance(0.3)) {
      add_flux(plant, d);
    }
  }

  ProductId add_product(std::string const& id, Draw& d) {
    auto const product = model_.products.push({id, d.whole(0, 2) * 0.06});
    model_.ports[PortId{0}].stockyards.push_back({product, d.whole(14, 90) * units::kt});
    return product;
  }

  static RoadHaul trucks(std::string const& id, Draw& d) {
    return {.id = "road of " + id,
            .length = d.whole(5, 120) * units::km,
            .loaded = 40 * units::kmh,
            .empty = 50 * units::kmh,
            .payload = 40 * units::t,
            .trucks = d.whole(1, 60)};
  }

  void add_flux(PlantId plant, Draw& d) {
    ProductId const flux = add_product("flux", d);
    auto const mine =
        model_.mines.push({.id = "flux mine",
                           .product = flux,
                           .output = {{Time{}, d.whole(1, 50) * units::kt / units::year}},
                           .reserve = d.whole(50, 500) * units::kt,
                           .reliability = {},
                           .stockpile = d.whole(1, 10) * units::kt,
                           .loading_rate = 500 * units::t / units::h});
    model_.plants[plant].further = {{flux, d.whole(1, 5) * 0.02}};
    model_.routes.push({.from = mine, .hauls = {trucks("flux", d)}, .to = plant});
  }

  /// Now and then the last mine's trains end at a port like the first, where its product is sold as
  /// at the first.
  void add_second_port(std::uint32_t mines) {
    Draw d = of("second port", "works");
    if (!d.chance(0.3)) {
      return;
    }
    Port port = model_.ports[PortId{0}];
    port.id = "second port";
    auto const second = model_.ports.push(port);
    Route& last = model_.routes[RouteId{mines - 1}];
    last.to = second;
    ShippingContract sales = model_.contracts[product_of(model_, last).index()];
    sales.id += " at the second port";
    sales.port = second;
    model_.contracts.push_back(sales);
  }

  void add_inbound() {
    Draw d = of("fuel", "supply");
    if (!d.chance(0.3)) {
      return;
    }
    add_fleet("fuel trains");
    FleetId const fleet{static_cast<std::uint32_t>(model_.fleets.size() - 1)};
    model_.inbound.push({.id = "fuel",
                         .cargo = "fuel",
                         .supply = {{Time{}, d.whole(1, 30) * 10 * units::kt / units::year}},
                         .loading_rate = d.whole(2, 10) * 100 * units::t / units::h,
                         .unloading_rate = d.whole(2, 10) * 100 * units::t / units::h,
                         .port = PortId{0},
                         .mine = MineId{0},
                         .haul = rail("fuel", fleet)});
  }

  void add_hazards() {
    Draw d = of("hazards", "all");
    auto const add = [&](auto const& where, int most) {
      if (d.chance(0.5)) {
        model_.hazards.push_back({.id = "hazard " + std::to_string(model_.hazards.size()),
                                  .where = where,
                                  .rate = d.whole(0, most) / units::year,
                                  .mean_repair = d.whole(2, 72) * units::h,
                                  .loss = d.whole(0, 20) * 100 * units::t});
      }
    };
    std::size_t const last = model_.lines[LineId{0}].sections.size() - 1;
    add(LineStretch{LineId{0}, 0, last}, 60);
    add(LineStretch{LineId{0}, last, last}, 30);
    add(MineId{0}, 20);
    add(PortId{0}, 10);
    if (model_.hubs.size() > 0) {
      add(HubId{0}, 15);
    }
  }

  /// Crews enough for one train at least; their duty lasts whatever it takes.
  void add_crews() {
    Draw d = of("crews", "all");
    for (Fleet& fleet : model_.fleets) {
      if (d.chance(0.3)) {
        int const per_train = d.whole(1, 3);
        fleet.crews = Crews{.count = per_train * d.whole(1, 4),
                            .per_train = per_train,
                            .duty = 1000 * units::h,
                            .rest = d.whole(0, 24) * units::h};
      }
    }
  }

  Streams streams_;
  CorridorModel model_{};
};

}  // namespace tidewater::corridor::worlds
