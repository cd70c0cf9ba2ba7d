/// Laws that hold for every corridor, whatever its numbers.

#include <cmath>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "full_range.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

bool drawn_yes() {
  return drawn(0, 2) == 1;
}

RailHaul drawn_rail(CorridorModel const& model, FleetId fleet, std::vector<LineId> const& lines) {
  RailHaul haul{.fleet = fleet, .legs = {}};
  for (LineId const line : lines) {
    RailLeg leg{.line = line, .loaded_direction = Direction::kForward, .runs = {}};
    leg.loaded_direction = drawn_yes() ? Direction::kForward : Direction::kBackward;
    for (std::size_t s = 0; s < model.lines[line].sections.size(); ++s) {
      leg.runs.push_back({drawn(10, 120) * units::min, drawn(10, 100) * units::min});
    }
    haul.legs.push_back(leg);
  }
  return haul;
}

void add_lines(CorridorModel& model) {
  for (int l = drawn(1, 3); l > 0; --l) {
    RailLine line{.id = "line " + std::to_string(l), .sections = {}, .other_trains = {}};
    for (int s = drawn(1, 7); s > 0; --s) {
      line.sections.push_back({drawn(5, 60) * km, 30 * units::min});
    }
    line.other_trains = drawn_yes() ? 4 / day : Rate{};
    model.lines.push(line);
  }
}

void add_port(CorridorModel& model, std::size_t products) {
  Port port{.id = "port",
            .unloading_rate = drawn(300, 3000) * t / h,
            .unloading_tracks = drawn(1, 3),
            .stockyards = {},
            .berths = {},
            .tides = {{"M2", 0.7 * units::m, 28.9841042, 10}, {"K1", 0.4 * units::m, 15.04, 50}},
            .mean_level = {},
            .weather = {}};
  port.channel.depth = drawn(117, 140) * 0.1 * units::m;
  for (std::uint32_t p = 0; p < products; ++p) {
    port.stockyards.push_back({ProductId{p}, drawn(12, 120) * kt});
  }
  for (int b = drawn(1, 4); b > 0; --b) {
    port.berths.push_back({.id = std::to_string(b),
                           .length = 200 * units::m,
                           .depth = 13 * units::m,
                           .loading_rate = drawn(200, 2000) * t / h,
                           .reliability = {.availability = 0.9, .mean_down = 1 * day}});
  }
  if (drawn_yes()) {
    port.weather = {
        {.id = "swell", .season = {150, 240}, .mean_closed = 2 * day, .mean_open = 2 * day}};
  }
  model.ports.push(port);
}

void add_hazards(CorridorModel& model) {
  model.hazards.push_back({.id = "h1",
                           .where = LineStretch{LineId{0}, 0, 0},
                           .rate = drawn(0, 60) / year,
                           .mean_repair = 1 * day,
                           .loss = 500 * t});
  model.hazards.push_back({.id = "h2",
                           .where = MineId{0},
                           .rate = drawn(0, 20) / year,
                           .mean_repair = 2 * day,
                           .loss = 500 * t});
  model.hazards.push_back({.id = "h3",
                           .where = PortId{0},
                           .rate = drawn(0, 10) / year,
                           .mean_repair = 2 * day,
                           .loss = 1000 * t});
}

/// Up to three mines and products, one port, one or two lines in a row, hubs, trucks, hazards.
CorridorModel drawn_corridor() {
  CorridorModel model;
  model.years = 2;
  model.opening = drawn(0, 100) * day;
  add_lines(model);
  auto const mines = drawn<std::uint32_t>(1, 4);
  add_port(model, mines);
  bool const own_fleets = drawn_yes();
  std::vector<LineId> all;
  for (std::uint32_t l = 0; l < model.lines.size(); ++l) {
    all.push_back(LineId{l});
  }
  for (std::uint32_t i = 0; i < mines; ++i) {
    std::string const number = std::to_string(i);
    auto const product = model.products.push({"product " + number, 0.1 * drawn(0, 3)});
    model.mines.push(
        {.id = "mine " + number,
         .product = product,
         .output = {{Time{}, drawn(10, 2000) * kt / year}, {300 * day, drawn(0, 2000) * kt / year}},
         .reserve = drawn(20, 5000) * kt,
         .reliability = {.availability = 0.85, .mean_down = 2 * day},
         .stockpile = drawn(4, 60) * kt,
         .loading_rate = drawn(300, 3000) * t / h});
    if (own_fleets || i == 0) {
      model.fleets.push({.id = "fleet " + number,
                         .consists = drawn(0, 6),
                         .payload = drawn(500, 4000) * t,
                         .at_loading = 1 * h,
                         .at_unloading = 1 * h,
                         .failures = 1.0 / (100 * h),
                         .mean_repair = 4 * h});
    }
    FleetId const fleet{own_fleets ? i : 0};
    Route route{.from = MineId{i}, .hauls = {}, .hubs = {}, .to = PortId{0}};
    if (drawn_yes()) {
      route.hubs.push_back(model.hubs.push({.id = "hub " + number,
                                            .unloading_rate = 1000 * t / h,
                                            .unloading_tracks = 1,
                                            .stockyard = drawn(4, 30) * kt,
                                            .loading_rate = 1000 * t / h}));
      RoadHaul const road{.id = "road " + number,
                          .length = 80 * km,
                          .loaded = 40 * kmh,
                          .empty = 50 * kmh,
                          .payload = 40 * t,
                          .trucks = drawn(0, 40)};
      route.hauls.emplace_back(road);
    }
    route.hauls.emplace_back(drawn_rail(model, fleet, all));
    model.routes.push(route);
    model.contracts.push_back({.id = "sales " + number,
                               .product = product,
                               .port = PortId{0},
                               .ship = {.class_name = "any",
                                        .lot = drawn(5, 20) * kt,
                                        .loa = 190 * units::m,
                                        .draught = 11 * units::m,
                                        .ballast_draught = 6 * units::m},
                               .tonnage = {}});
  }
  add_hazards(model);
  return model;
}

}  // namespace

RC_GTEST_PROP(CorridorLaws, EveryTonneIsAccountedForAndNoStockLeavesItsBounds, ()) {
  CorridorModel const model = drawn_corridor();
  RC_PRE(faults(model).empty());
  Life const life = simulate(model, {.seed = drawn<std::uint64_t>(1, 1000)});
  RC_CLASSIFY(shipped(life) > Mass{}, "something was shipped");
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    Balance const& balance = life.balance[ProductId{p}];
    double const scale = balance.mined.base() + 1;
    RC_ASSERT(std::abs(balance.gap().base()) <= 1e-6 * scale);
    RC_ASSERT(balance.in_transit.base() >= -1e-6 * scale);
    Mass mined{};
    Mass loaded{};
    Mass delivered{};
    Mass shipped_by_year{};
    for (ProductYear const& entry : life.products[ProductId{p}]) {
      mined += entry.mined;
      loaded += entry.loaded;
      delivered += entry.delivered;
      shipped_by_year += entry.shipped;
      RC_ASSERT(loaded.base() <= mined.base() + 1e-6 * scale);
      RC_ASSERT(delivered.base() <= loaded.base() + 1e-6 * scale);
      RC_ASSERT(shipped_by_year.base() <= delivered.base() + 1e-6 * scale);
    }
    RC_ASSERT(std::abs((shipped_by_year - balance.shipped).base()) <= 1e-6 * scale);
    RC_ASSERT(mined <= model.mines[MineId{p}].reserve + 1 * kg);
  }
  for (StockSeries const& series : life.stocks) {
    RC_ASSERT(series.level.size() == 24U);
    for (Mass const level : series.level) {
      RC_ASSERT(level.base() >= 0);
      RC_ASSERT(level.base() <= series.capacity.base() * (1 + 1e-8));
    }
  }
  for (ResourceUse const& resource : life.resources) {
    RC_ASSERT(resource.use >= 0 && resource.use <= 1);
  }
}
