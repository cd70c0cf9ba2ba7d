/// Plants at hubs: worlds in which the plant, its ore, its flux or the room for a by-product binds,
/// each known by arithmetic.

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tidewater/corridor/bench.hpp"
#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "one_life.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

constexpr ProductId kMetal{0};
constexpr ProductId kOre{1};
constexpr ProductId kAcid{2};
constexpr PlantId kPlant{0};
constexpr HubId kWorks{0};
constexpr double kYears = 1096 / 365.25;  // 2030 to 2032

RoadHaul road(std::string const& id, int trucks) {
  return {.id = "road of " + id,
          .length = 10 * km,
          .loaded = 40 * kmh,
          .empty = 40 * kmh,
          .payload = 40 * t,
          .trucks = trucks,
          .at_ends = 1 * h,
          .dispatch_every = 1 * h};
}

/// 500 kt/a of ore by trucks to a plant that makes 0.25 of metal, which goes on by rail, and 0.1 of
/// acid, which trucks carry to the port.
CorridorModel works(MassRate rate, int years = 3) {
  auto model = worlds::plain({.years = years, .consists = 3});
  model.products.push({"ore", 0.0});
  model.products.push({"acid", 0.0});
  model.mines[kMine].product = kOre;
  model.hubs.push({.id = "works",
                   .unloading_rate = 2000 * t / h,
                   .unloading_tracks = 1,
                   .stockyard = 20 * kt,
                   .loading_rate = 2000 * t / h});
  model.plants.push({.id = "smelter",
                     .hub = kWorks,
                     .input = kOre,
                     .outputs = {{kMetal, 0.25}, {kAcid, 0.1}},
                     .rate = {{Time{}, rate}},
                     .batch = 100 * t});
  model.routes[RouteId{0}].from = PlantOutput{kPlant, kMetal};
  model.routes.push({.from = kMine, .hauls = {road("ore", 30)}, .to = kPlant});
  model.routes.push({.from = PlantOutput{kPlant, kAcid}, .hauls = {road("acid", 10)}, .to = kPort});
  Port& port = model.ports[kPort];
  port.stockyards.push_back({kAcid, 40 * kt});
  port.berths.push_back(port.berths[0]);
  port.berths[1].id = "2";
  ShippingContract acid = model.contracts[0];
  acid.id = "acid sales";
  acid.product = kAcid;
  acid.ship.lot = 10 * kt;
  model.contracts.push_back(acid);
  return model;
}

double kt_of(Life const& life, ProductId product, LossCause cause) {
  double total = 0;
  for (Loss const& loss : life.losses.entries) {
    total += loss.product == product && loss.cause == cause ? loss.total().in(kt) : 0;
  }
  return total;
}

/// The largest part of the plan of any product and year that the ledger does not explain.
double unexplained(Life const& life) {
  double worst = 0;
  for (std::uint32_t p = 0; p < life.losses.plan.size(); ++p) {
    ProductId const product{p};
    for (std::size_t y = 0; y < life.products[product].size(); ++y) {
      Mass gap = life.losses.plan[product][y] - life.products[product][y].shipped;
      for (Loss const& loss : life.losses.entries) {
        gap -= loss.product == product ? loss.years[y] : Mass{};
      }
      worst = std::max(worst, std::abs(gap.base()) / planned(life.losses, product).base());
    }
  }
  return worst;
}

double kt_worked(Life const& life) {
  return life.balance[kOre].worked.in(kt);
}

bool faulty(CorridorModel const& model, std::string const& words) {
  auto const found = faults(model);
  return std::any_of(found.begin(), found.end(), [&](Diagnostic const& fault) {
    return fault.what.find(words) != std::string::npos && !fault.remedy.empty();
  });
}

}  // namespace

// Work without a pause, but for the first load and the last batch.
TEST(Plant, BindsWhereTheMineGivesMoreThanItWorks) {
  Life const life = one_life(works(200e3 * t / year));
  EXPECT_NEAR(kt_worked(life), 200 * kYears, 0.5);
  EXPECT_NEAR(life.balance[kMetal].made.in(kt), 0.25 * kt_worked(life), 1e-6);
  EXPECT_NEAR(life.balance[kAcid].made.in(kt), 0.1 * kt_worked(life), 1e-6);
  // 500 kt/a planned; the pile of 60 kt and the works' yard of 20 kt fill up first.
  double const forgone = 500 * kYears - 200 * kYears - 60 - 20;
  double const by_rate = kt_of(life, kOre, LossCause::kPlantRate);
  EXPECT_NEAR(by_rate + kt_of(life, kOre, LossCause::kNoVehicle), forgone, 1);
  EXPECT_GT(by_rate, 0.97 * forgone);  // now and then no truck stands before the full yard
  EXPECT_NEAR(planned(life.losses, kMetal).in(kt), 0.25 * 500 * kYears, 1e-6);
  EXPECT_NEAR(kt_of(life, kMetal, LossCause::kPlantRate), 0.25 * by_rate, 1e-6);
  EXPECT_LT(unexplained(life), 1e-12);
}

TEST(Plant, WorksWhatTheMineGivesWhereItCouldWorkMore) {
  Life const life = one_life(works(2e6 * t / year));
  EXPECT_NEAR(kt_worked(life), 500 * kYears, 2);
  EXPECT_NEAR(life.products[kMetal][2].shipped.in(kt), 125, 21);
  double idle = 0;
  for (PlantYear const& entry : life.plants[kPlant]) {
    idle += entry.lacks_input / year;
  }
  EXPECT_NEAR(idle, 0.75 * kYears, 0.01);
  EXPECT_LT(unexplained(life), 1e-12);
}

// While it is down a batch stands in it; what it works is its rate over the time that it is up.
TEST(Plant, LosesTheTimeOfItsOutages) {
  auto model = works(200e3 * t / year);
  model.plants[kPlant].reliability = {.availability = 0.8, .mean_down = 3 * day};
  Life const life = one_life(model);
  double down = 0;
  for (PlantYear const& entry : life.plants[kPlant]) {
    down += entry.down / year;
  }
  ASSERT_GT(down, 0.3);
  EXPECT_NEAR(kt_worked(life), 200 * (kYears - down), 0.5);
  double const forgone = 500 * kYears - kt_worked(life) - 80;
  double const by_outage = kt_of(life, kOre, LossCause::kPlantDown);
  EXPECT_NEAR(by_outage + kt_of(life, kOre, LossCause::kPlantRate) +
                  kt_of(life, kOre, LossCause::kNoVehicle),
              forgone,
              1);
  EXPECT_LT(by_outage, 500 * down);
  EXPECT_GT(by_outage, 500 * down * (1 - 1.2 * 80 / 300 / kYears));  // the pile fills up first
  EXPECT_LT(unexplained(life), 1e-12);
}

// No acid is ever sold: 40 kt lie in the port, 20 at the works, 0.4 on the trucks; then metal
// stops.
TEST(Plant, StandsStillWhenAByProductHasNoRoom) {
  auto model = works(400e3 * t / year, 6);
  model.contracts[1].tonnage = {{Time{}, MassRate{}}};
  Life const life = one_life(model);
  EXPECT_NEAR(life.balance[kAcid].made.in(kt), 60.4, 0.1);
  EXPECT_NEAR(life.balance[kMetal].made.in(kt), 2.5 * 60.4, 0.25);
  EXPECT_GT(kt_of(life, kMetal, LossCause::kSalesCurve), 100);
  EXPECT_NEAR(kt_of(life, kMetal, LossCause::kSalesCurve),
              0.25 * kt_of(life, kOre, LossCause::kSalesCurve),
              1e-6);
  EXPECT_LT(unexplained(life), 1e-12);
}

// 10 kt/a of flux at 0.1 a tonne of ore let it work 100 kt/a: three quarters of the time it stands.
TEST(Plant, LacksAFurtherInput) {
  auto model = works(400e3 * t / year);
  ProductId const flux = model.products.push({"flux", 0.0});
  Mine quarry = model.mines[kMine];
  quarry.id = "quarry";
  quarry.product = flux;
  quarry.output = {{Time{}, 10e3 * t / year}};
  model.plants[kPlant].further = {{flux, 0.1}};
  model.routes.push({.from = model.mines.push(quarry), .hauls = {road("flux", 2)}, .to = kPlant});
  Life const life = one_life(model);
  EXPECT_NEAR(kt_worked(life), 100 * kYears, 1);
  EXPECT_NEAR(life.balance[flux].worked.in(kt), 10 * kYears, 0.1);
  double const lacks = kt_of(life, kMetal, LossCause::kPlantLacks);
  double const at_work = kt_of(life, kMetal, LossCause::kPlantRate);
  EXPECT_NEAR(lacks + at_work, 0.25 * (400 * kYears - 80), 0.5);
  EXPECT_NEAR(lacks, 0.75 * (lacks + at_work), 0.02 * (lacks + at_work));
  EXPECT_LT(unexplained(life), 1e-12);
}

// Half a year at 100, then 300 kt/a.
TEST(Plant, RampsUpByItsSteps) {
  auto model = works(100e3 * t / year);
  model.plants[kPlant].rate.push_back({0.5 * year, 300e3 * t / year});
  EXPECT_NEAR(kt_worked(one_life(model)), 50 + 300 * (kYears - 0.5), 0.6);
}

// Closed for its second half year, which begins while it waits for ore; then it catches up.
TEST(Plant, StandsWhileItsStepsSayNothing) {
  auto model = works(100e3 * t / year);
  model.plants[kPlant].rate = {
      {Time{}, 100e3 * t / year}, {0.5 * year, MassRate{}}, {1 * year, 100e3 * t / year}};
  model.mines[kMine].output = {{Time{}, 60e3 * t / year}};  // it waits for ore as its rate ends
  Life const life = one_life(model);
  EXPECT_NEAR(kt_worked(life), 60 * kYears, 0.5);
  EXPECT_LT(unexplained(life), 1e-12);
}

// A second plant at the same hub makes 0.5 of alloy of the metal.
TEST(Plant, WorksWhatAnotherMakesAtTheSameHub) {
  auto model = works(200e3 * t / year);
  ProductId const matte = model.products.push({"matte", 0.0});
  model.plants[kPlant].outputs[0].product = matte;
  model.plants.push({.id = "converter",
                     .hub = kWorks,
                     .input = matte,
                     .outputs = {{kMetal, 0.5}},
                     .rate = {{Time{}, 100e3 * t / year}},
                     .batch = 30 * t});
  model.routes[RouteId{0}].from = PlantOutput{PlantId{1}, kMetal};
  Life const life = one_life(model);
  EXPECT_NEAR(life.balance[matte].worked.in(kt), 50 * kYears, 0.2);
  EXPECT_NEAR(life.balance[kMetal].made.in(kt), 25 * kYears, 0.1);
  EXPECT_NEAR(planned(life.losses, kMetal).in(kt), 0.125 * 500 * kYears, 1e-6);
  EXPECT_LT(unexplained(life), 1e-12);
}

// Struck for days on end, its yard emptied of up to 500 t each time.
TEST(Plant, IsStruckWithItsHub) {
  auto model = works(200e3 * t / year);
  model.hazards = {
      {.id = "raid", .where = kWorks, .rate = 6 / year, .mean_repair = 5 * day, .loss = 500 * t}};
  Life const life = one_life(model);
  double down = 0;
  for (PlantYear const& entry : life.plants[kPlant]) {
    down += entry.down / year;
  }
  ASSERT_GT(down, 0.05);
  EXPECT_LT(kt_worked(life), 200 * (kYears - down) + 0.2);
  EXPECT_GT(life.balance[kOre].lost + life.balance[kMetal].lost + life.balance[kAcid].lost, 1 * kt);
  EXPECT_LT(unexplained(life), 1e-12);
}

TEST(Plant, TellsWhatItDidOnADay) {
  auto model = works(400e3 * t / year, 6);
  model.contracts[1].tonnage = {{Time{}, MassRate{}}};
  Time const day_5 = 5 * year;
  Life const life = simulate(model, {.seed = 1}, {.watch = Watch{day_5, day_5 + 1 * day}});
  auto const told = stretches(model, *life.detail, {Place::Kind::kPlant, 0});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].state, "awaiting room for an output");
  EXPECT_EQ(told[0].because, "acid");
  EXPECT_EQ(told[0].from, day_5);
  EXPECT_EQ(told[0].until, day_5 + 1 * day);
}

TEST(Plant, IsRelievedWhereItBinds) {
  auto model = works(200e3 * t / year);
  model.plants[kPlant].reliability = {.availability = 0.8, .mean_down = 3 * day};
  int found = 0;
  for (Relief const& relief : reliefs(model)) {
    if (relief.asset == "plant smelter") {
      ++found;
      EXPECT_GT(kt_worked(one_life(relief.model)), 1.15 * kt_worked(one_life(model)));
    }
  }
  EXPECT_EQ(found, 2);
}

TEST(PlantFaults, AreNamedWithARemedy) {
  auto const sound = works(200e3 * t / year);
  EXPECT_TRUE(faults(sound).empty());
  auto const broken = [&](std::string const& words, auto const& breaks) {
    auto model = sound;
    breaks(model);
    EXPECT_TRUE(faulty(model, words)) << words;
  };
  broken("nothing takes acid away", [](auto& w) { w.routes[RouteId{2}].from = kMine; });
  broken("nothing brings ore", [](auto& w) { w.routes[RouteId{1}].to = kPort; });
  broken("ore is worked by plant smelter and goes elsewhere",
         [](auto& w) { w.routes[RouteId{1}].to = kPort; });
  broken("has no use for acid", [](auto& w) { w.routes[RouteId{2}].to = kPlant; });
  broken("names ore twice", [](auto& w) { w.plants[kPlant].outputs[0].product = kOre; });
  broken("share of metal", [](auto& w) {
    w.products[kMetal].id = "metal";
    w.plants[kPlant].outputs[0].share = 0;
  });
  broken("a plant makes something", [](auto& w) { w.plants[kPlant].outputs.clear(); });
  broken("the batch must be above zero", [](auto& w) { w.plants[kPlant].batch = {}; });
  broken("cannot hold a batch's 19900 t of ore", [](auto& w) {
    w.plants[kPlant].batch = 19900 * t;
    w.routes[RouteId{1}].hauls[0] = PipelineHaul{
        .id = "pipe", .length = 1 * km, .velocity = 6 * kmh, .batch = 500 * t, .rate = 100 * t / h};
  });
  broken("has one route", [](auto& w) { w.routes.push(w.routes[RouteId{2}]); });
  broken("ore is worked by plant smelter as well", [](auto& w) {
    Plant again = w.plants[kPlant];
    again.id = "another";
    w.plants.push(again);
  });
  broken("begins or ends at what is not in the model", [](auto& w) {
    w.routes[RouteId{2}].from = PlantOutput{kPlant, kOre};
  });
  broken("in a circle", [](auto& w) {
    w.plants.push({.id = "back",
                   .hub = kWorks,
                   .input = kMetal,
                   .outputs = {{kOre, 1}},
                   .rate = {},
                   .batch = 1 * t});
  });
  broken("is made here and brought here", [](auto& w) {
    Mine other = w.mines[kMine];
    other.id = "other";
    other.product = kAcid;
    Route route{.from = w.mines.push(other), .hubs = {kWorks}, .to = kPort};
    route.hauls = {road("a", 1), road("b", 1)};
    w.routes.push(route);
  });
  broken("brings several inputs of plant smelter", [](auto& w) {
    Mine quarry = w.mines[kMine];
    quarry.id = "quarry";
    quarry.product = w.products.push({"flux", 0.0});
    w.plants[kPlant].further = {{quarry.product, 0.1}};
    RailHaul haul = std::get<RailHaul>(w.routes[RouteId{0}].hauls[0]);
    haul.fleet = w.fleets.push({.id = "ore trains", .consists = 2, .payload = 1000 * t});
    w.routes[RouteId{1}].hauls = {haul};
    w.routes.push({.from = w.mines.push(quarry), .hauls = {haul}, .to = kPlant});
  });
  broken("not in the model", [](auto& w) { w.plants[kPlant].hub = HubId{7}; });
  broken("not in the model", [](auto& w) { w.routes[RouteId{1}].to = PlantId{7}; });
}
