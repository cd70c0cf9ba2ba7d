#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

struct Broken {
  std::string says;  ///< part of the fault
  std::function<void(CorridorModel&)> breaks;
};

bool found(Diagnostics const& faults, std::string const& words) {
  return std::any_of(faults.begin(), faults.end(), [&](Diagnostic const& fault) {
    return fault.what.find(words) != std::string::npos && !fault.remedy.empty();
  });
}

std::vector<Broken> broken_models() {
  MineId const mine{0};
  LineId const line{0};
  PortId const port{0};
  return {
      {"reserve must not be negative", [=](auto& m) { m.mines[mine].reserve = -1 * t; }},
      {"availability", [=](auto& m) { m.mines[mine].reliability.availability = 0; }},
      {"mean down time", [=](auto& m) { m.mines[mine].reliability.availability = 0.9; }},
      {"not in the model", [=](auto& m) { m.mines[mine].product = ProductId{7}; }},
      {"steps must follow",
       [=](auto& m) {
         m.mines[mine].output.push_back({Time{}, {}});
       }},
      {"a line needs a section", [=](auto& m) { m.lines[line].sections.clear(); }},
      {"meet allowance", [=](auto& m) { m.lines[line].meet_allowance = Time{}; }},
      {"other trains alone take",
       [=](auto& m) {
         m.lines[line].other_trains = 15 / day;
         for (auto& section : m.lines[line].sections) {
           section.other_train = 1 * h;
         }
       }},
      {"a possession lasts until the next one",
       [=](auto& m) { m.lines[line].possessions = {{.length = 7 * day}}; }},
      {"possessions of line leave 0.5 h at most for a run of 1.0 h through section 2",
       [=](auto& m) {
         m.lines[line].possessions = {{.first = 1, .last = 1, .length = 5.5 * h, .every = 6 * h}};
       }},
      {"other trains alone take 110 %",  // 82.5 % of a day, of which a quarter is closed
       [=](auto& m) {
         m.lines[line].possessions = {{.length = 6 * h, .every = 1 * day}};
         m.lines[line].other_trains = 9 / day;
         for (auto& section : m.lines[line].sections) {
           section.other_train = 1 * h;
         }
       }},
      {"running times for",
       [](auto& m) { std::get<RailHaul>(m.routes[RouteId{0}].hauls[0]).legs[0].runs.pop_back(); }},
      {"no tide lifts", [=](auto& m) { m.ports[port].channel.depth = 11 * units::m; }},
      {"needs 2 tugs, port has 1", [=](auto& m) { m.ports[port].tugs = {.count = 1}; }},
      {"counts its tugs or pilots has none", [=](auto& m) { m.ports[port].pilots = {.count = 0}; }},
      {"hours of pilotage do not hold",
       [=](auto& m) { m.ports[port].pilotage = {.from = 6 * h, .until = 7 * h}; }},
      {"within the hours of pilotage",  // high water in the small hours, every day alike
       [=](auto& m) {
         m.ports[port].tides = {{"S1", 1 * units::m, 15, 0}};
         m.ports[port].channel.depth = 11.2 * units::m;
         m.ports[port].pilotage = {.from = 8 * h, .until = 16 * h};
       }},
      {"a campaign lasts until the next one",
       [=](auto& m) { m.ports[port].siltation = {.every = 5 * day, .campaign = 9 * day}; }},
      {"other users' ships alone take 96 % of this berth",
       [=](auto& m) {
         m.ports[port].other_ships = {{.id = "users",
                                       .calls = 0.48 / day,
                                       .alongside = 2 * day,
                                       .berths = {0},
                                       .ship = m.contracts[0].ship}};
       }},
      {"names a berth that is not",
       [=](auto& m) {
         m.ports[port].other_ships = {{.id = "users",
                                       .calls = 1 / day,
                                       .alongside = 1 * h,
                                       .berths = {1},
                                       .ship = m.contracts[0].ship}};
       }},
      {"no berth of port takes", [](auto& m) { m.contracts[0].ship.loa = 400 * units::m; }},
      {"cannot hold the share", [=](auto& m) { m.ports[port].stockyards[0].capacity = 9 * kt; }},
      {"a tenth of a lot beside one load",
       [=](auto& m) {
         m.ports[port].stockyards[0].capacity = 3.9 * kt;  // 2 kt of 20 kt and a train of 2 kt
         m.contracts[0].stock_to_berth = 0;
       }},
      {"larger than the stock", [=](auto& m) { m.mines[mine].stockpile = 1 * kt; }},
      {"a stockyard of 30000 t cannot hold a batch and the 30000 t in the pipe",
       [=](auto& m) {  // 60 km at 6 km/h are 10 h of 3,000 t
         m.ports[port].stockyards[0].capacity = 30 * kt;
         m.routes[RouteId{0}].hauls = {PipelineHaul{.id = "pipe",
                                                    .length = 60 * km,
                                                    .velocity = 6 * kmh,
                                                    .batch = 500 * t,
                                                    .rate = 3000 * t / h,
                                                    .reliability = {}}};
       }},
      {"a stockyard of 2400 t cannot hold a load that comes in",
       [=](auto& m) {  // 500 t of slurry and a train of 2,000 t
         HubId const hub = m.hubs.push({.id = "hub",
                                        .unloading_rate = 1000 * t / h,
                                        .stockyard = 2.4 * kt,
                                        .loading_rate = 1000 * t / h});
         Route& route = m.routes[RouteId{0}];
         route.hubs = {hub};
         route.hauls.insert(route.hauls.begin(),
                            PipelineHaul{.id = "pipe",
                                         .length = 6 * km,
                                         .velocity = 6 * kmh,
                                         .batch = 500 * t,
                                         .rate = 100 * t / h,
                                         .reliability = {}});
       }},
      {"used twice", [](auto& m) { m.fleets[FleetId{0}].id = "mine"; }},
      {"one contract",
       [](auto& m) {
         m.contracts.push_back(m.contracts[0]);
         m.contracts[1].id = "more";
       }},
      {"not on the line",
       [](auto& m) {
         m.hazards.push_back({.id = "h",
                              .where = LineStretch{LineId{0}, 2, 9},
                              .rate = 1 / year,
                              .mean_repair = 1 * day});
       }},
      {"at least one year", [](auto& m) { m.years = 0; }},
  };
}

}  // namespace

TEST(CorridorFaults, NamesEachFaultWithAPlaceAndARemedy) {
  for (Broken const& broken : broken_models()) {
    CorridorModel model = worlds::plain();
    broken.breaks(model);
    Diagnostics const faults_found = faults(model);
    EXPECT_TRUE(found(faults_found, broken.says)) << broken.says;
    for (Diagnostic const& fault : faults_found) {
      EXPECT_EQ(fault.where.rfind("/corridor", 0), 0U);
    }
  }
}

TEST(CorridorFaults, AreAllReportedAtOnce) {
  CorridorModel model = worlds::plain();
  model.mines[MineId{0}].reserve = -1 * t;
  model.lines[LineId{0}].meet_allowance = Time{};
  model.contracts[0].ship.loa = 400 * units::m;
  EXPECT_EQ(faults(model).size(), 3U);
}

// Beyond, the loss ledger would stop the life in its middle.
TEST(CorridorFaults, RefuseMorePartsThanTheLossLedgerTellsApart) {
  CorridorModel model = worlds::plain();
  model.products = {};
  for (int p = 0; p < (1 << 12); ++p) {
    model.products.push({std::to_string(p), 0.0});
  }
  model.ports[PortId{0}].berths.resize((1 << 14) - 1, model.ports[PortId{0}].berths[0]);
  EXPECT_FALSE(found(faults(model), "a corridor has at most"));
  model.products.push({"one more", 0.0});
  model.ports[PortId{0}].berths.push_back(model.ports[PortId{0}].berths[0]);
  EXPECT_TRUE(found(faults(model), "4097 products: a corridor has at most 4096"));
  EXPECT_TRUE(found(faults(model), "16384 berths of one port: a corridor has at most 16383"));
}

TEST(CorridorFaults, KeepAModelFromBeingSimulated) {
  CorridorModel model = worlds::plain();
  model.years = 0;
  EXPECT_THROW(static_cast<void>(simulate(model, {})), ContractBroken);
}

TEST(CorridorFaults, AreAbsentFromTheWorldsOfTheTests) {
  EXPECT_TRUE(faults(worlds::plain()).empty());
  EXPECT_TRUE(faults(worlds::large()).empty());
  EXPECT_TRUE(faults(CorridorModel{}).empty());
}
