/// Whole corridors whose answers can be worked out by hand.

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "life_digest.hpp"
#include "one_life.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

double sum(std::vector<PortYear> const& years, Time PortYear::*part) {
  double total = 0;
  for (auto const& year : years) {
    total += (year.*part).base();
  }
  return total;
}

double calls(Life const& life) {
  double total = 0;
  for (auto const& year : life.ports[kPort].years) {
    total += year.ship_calls;
  }
  return total;
}

double waited(Life const& life, WaitCause cause) {
  double total = 0;
  for (auto const& year : life.ports[kPort].years) {
    total += year.waited(cause).base();
  }
  return total;
}

/// Loading, unloading and shipping so ample that only the line can hold a train up.
void never_waiting_at_its_ends(CorridorModel& model) {
  model.mines[kMine].loading_rate = 20000 * t / h;
  Port& port = model.ports[kPort];
  port.unloading_rate = 20000 * t / h;
  port.unloading_tracks = 3;
  port.stockyards[0].capacity = 1 * Mt;
  port.berths[0].loading_rate = 20000 * t / h;
  model.contracts[0].ship.lot = 100 * kt;
}

}  // namespace

TEST(Corridor, WithoutAProjectRunsAndGivesZeros) {
  CorridorModel const nothing;
  Life const life = one_life(nothing);
  EXPECT_EQ(shipped(life).base(), 0);
  EXPECT_EQ(mined(life).base(), 0);
  EXPECT_EQ(demurrage(life).base(), 0);
  EXPECT_TRUE(life.resources.empty());
  CorridorModel only_product;
  only_product.products.push({"concentrate", 0.08});
  Life const still = one_life(only_product);
  ASSERT_EQ(still.products[kProduct].size(), 30U);
  EXPECT_EQ(still.products[kProduct][29].shipped.base(), 0);
}

// One consist, cargo without end: 2 h loading + 1 h + 4 x 60 min + 2 h unloading + 1 h + 4 x 50 min
// = 13 h 20 min; a common year has 8760 h = 657 of them.
TEST(Corridor, MakesAsManyTripsAsTheCycleAllows) {
  auto const model = worlds::plain({.output = 3e6 * t / year, .consists = 1});
  Life const life = one_life(model);
  FleetLife const& fleet = life.fleets[kFleet];
  double const cycle_h = 2 + 1 + 4 + 2 + 1 + 4 * 50.0 / 60;
  EXPECT_NEAR(unobstructed_cycles(model, RouteId{0})[0].in(h), cycle_h, 1e-9);
  EXPECT_NEAR(fleet.mean_cycle.in(h), cycle_h, 0.01);
  EXPECT_NEAR(fleet.years[1].round_trips, 657, 1);
  EXPECT_NEAR(life.products[kProduct][1].loaded.in(kt), 657 * 2, 2.1);
  EXPECT_NEAR(fleet.years[1].train_km.in(km), 657 * 240, 240);
  EXPECT_NEAR(train_delay(life).base(), 0, 1e-3);
}

// Output far below what trains can carry: everything mined goes, but for what is on its way.
TEST(Corridor, ShipsWhatIsMinedWhenTheMineIsTheBottleneck) {
  Life const life = one_life(worlds::plain({.years = 5}));
  double total = 0;
  for (auto const& y : life.products[kProduct]) {
    total += y.mined.in(Mt);
  }
  EXPECT_NEAR(total, 0.5 * 1826 / 365.25, 1e-6);
  EXPECT_NEAR(life.products[kProduct][3].shipped.in(Mt), 0.5, 0.021);  // a lot either way
  EXPECT_EQ(life.mines[kMine][3].blocked.base(), 0);
  ASSERT_EQ(life.resources.front().kind, ResourceKind::kMine);
  EXPECT_NEAR(life.resources.front().use, 1, 1e-9);
  EXPECT_NEAR(life.balance[kProduct].gap().base(), 0, 1);
}

// A line without loops, 60 min up and 50 min down, 6 min between trains: a round trip takes the
// line for 122 min whatever the order, so a year carries 8760 h / 122 min = 4308 of them.
TEST(Corridor, FillsASingleSectionToItsCapacity) {
  auto model = worlds::plain({.output = 12e6 * t / year, .sections = 1, .consists = 12});
  never_waiting_at_its_ends(model);
  Life const life = one_life(model);
  EXPECT_NEAR(life.fleets[kFleet].years[1].round_trips, 8760 * 60.0 / 122, 5);
  EXPECT_NEAR(life.lines[kLine].section_use[0], 1, 0.01);
  EXPECT_EQ(life.resources.front().kind, ResourceKind::kSection);
}

// Two tracks, no loops: the slower direction alone sets the pace, 66 min for each train.
TEST(Corridor, FillsEachOfTwoTracksForItself) {
  auto model = worlds::plain({.output = 12e6 * t / year, .sections = 1, .consists = 20});
  model.lines[kLine].tracks = 2;
  model.mines[kMine].output = {{Time{}, 30e6 * t / year}};
  never_waiting_at_its_ends(model);
  Life const life = one_life(model);
  EXPECT_NEAR(life.fleets[kFleet].years[1].round_trips, 8760 * 60.0 / 66, 5);
}

// The same, with the mine stopped by its full stockpile.
TEST(Corridor, BlocksTheMineWhenTrainsCannotKeepUp) {
  Life const life = one_life(worlds::plain({.output = 3e6 * t / year, .consists = 1}));
  MineYear const& second = life.mines[kMine][1];
  double const carried = life.products[kProduct][1].loaded.in(Mt);
  EXPECT_NEAR(second.mined.in(Mt), carried, 0.003);
  // Blocked for the share of the year it could not sell: 1 - 1.314 / (3 x 365 / 365.25).
  EXPECT_NEAR(second.blocked / (365 * day), 1 - carried / (3 * 365 / 365.25), 0.01);
  for (StockSeries const& series : life.stocks) {
    for (Mass const level : series.level) {
      EXPECT_GE(level, Mass{});
      EXPECT_LE(level, series.capacity);
    }
  }
  EXPECT_NEAR(life.stocks[0].level[20].in(kt), 60, 2.1);
}

// ---- the sea ----

namespace {

/// Ships alone: cargo always there, called by a sales curve, any lateness.
CorridorModel harbour(Time between, Time alongside, int years) {
  Mass const lot = 10 * kt;
  auto model = worlds::plain({.years = years,
                              .output = 100e6 * t / year,
                              .sections = 1,
                              .loaded = 1 * units::min,
                              .empty = 1 * units::min,
                              .consists = 60,
                              .payload = 10000 * t,
                              .lot = lot});
  model.lines[kLine].meet_allowance = 1 * s;
  model.mines[kMine].stockpile = 1 * Mt;
  model.mines[kMine].loading_rate = 1e6 * t / h;
  Fleet& fleet = model.fleets[kFleet];
  fleet.at_loading = Time{};
  fleet.at_unloading = Time{};
  Port& port = model.ports[kPort];
  port.unloading_rate = 1e6 * t / h;
  port.stockyards[0].capacity = 1 * Mt;
  port.channel.transit = 1 * s;
  port.mooring = Time{};
  port.berths[0].loading_rate = lot / alongside;
  ShippingContract& sales = model.contracts[0];
  sales.tonnage = {{Time{}, lot / between}};
  sales.lead = 300 * day;  // so that nobody is due before he is called
  sales.most_waiting = 1000;
  return model;
}

}  // namespace

// Even laycans scattered by much more than their spacing come as good as at random: M/D/1 with a
// load of 1/2 waits rho S / 2 (1 - rho) = S / 2 (Pollaczek and Khinchine).
TEST(Corridor, QueuesShipsAsMD1WhenTheyComeAtRandom) {
  auto model = harbour(3 * day, 1.5 * day, 30);
  model.contracts[0].lateness = 75 * day;
  Lives const lives = experiment(model, {.seed = 5, .replications = 8, .threads = 2});
  auto const wait = lives.estimate(
      [](Life const& life) { return waited(life, WaitCause::kBerth) / calls(life) / day.base(); });
  EXPECT_NEAR(wait.mean, 0.75, 0.04 + wait.half_width);
  EXPECT_LT(wait.half_width, 0.08);
}

// Laycans kept to the day, one berth of half a day: nobody waits for anybody.
TEST(Corridor, KeepsEvenlySpacedShipsOutOfEachOthersWay) {
  Life const life = one_life(harbour(3 * day, 1.5 * day, 5));
  EXPECT_NEAR(waited(life, WaitCause::kBerth), 0, 1);
  EXPECT_NEAR(life.ports[kPort].berths[0].occupancy[3], 0.5, 0.01);
}

// Pure M2 with the sill at mean level: water for half of each 12.42 h. A laden ship that is ready
// at any moment waits (closed stretch)^2 / (2 period) = period / 8 in the mean.
TEST(Corridor, WaitsForAPureM2TideAsLongAsGeometrySays) {
  // Ships come every 48.72 h, 3.92 tides: they meet every phase alike, and never queue.
  auto model = harbour(2.03 * day, 0.61 * day, 30);
  Port& port = model.ports[kPort];
  port.tides = {{"M2", 1.0 * units::m, 28.9841042, 0}};
  port.mean_level = 2.0 * units::m;
  Ship& ship = model.contracts[0].ship;
  port.channel.depth = ship.draught + port.channel.keel_clearance - 2.0 * units::m;
  Life const life = one_life(model);
  double const period = 360 / 28.9841042 * h.base();
  EXPECT_NEAR(waited(life, WaitCause::kTide) / calls(life), period / 8, 0.03 * period / 8);
  // A sill 0.5 m higher leaves water for acos(0.5) / pi = a third of the time.
  port.channel.depth -= 0.5 * units::m;
  double const closed = period * 2 / 3;
  Life const shallower = one_life(model);
  EXPECT_NEAR(waited(shallower, WaitCause::kTide) / calls(shallower),
              closed * closed / (2 * period),
              0.03 * closed * closed / (2 * period));
}

TEST(Corridor, ClosesForWeatherInItsSeasonOnly) {
  auto model = harbour(3 * day, 1 * day, 30);
  model.ports[kPort].weather = {
      {.id = "monsoon", .season = {151, 242}, .mean_closed = 2 * day, .mean_open = 3 * day}};
  Life const life = one_life(model);
  // 40 % of 92 of 365.25 days; 550 cycles in 30 years: standard error about 1.5 % of the season.
  EXPECT_NEAR(life.ports[kPort].weather_closed, 0.4 * 92 / 365.25, 0.015);
  EXPECT_GT(waited(life, WaitCause::kWeather), 0);
}

// Laytime of a day, loading takes two and a half: each call a day and a half of demurrage; and half
// a day of despatch when three days are allowed.
TEST(Corridor, CountsDemurrageAndDespatchFromTheOpeningOfTheLaycan) {
  auto model = harbour(5 * day, 2.5 * day, 4);
  model.contracts[0].laycan = Time{};
  model.contracts[0].laytime = 1 * day;
  Life const life = one_life(model);
  EXPECT_NEAR(demurrage(life) / (calls(life) * day), 1.5, 0.03);
  model.contracts[0].laytime = 3 * day;
  Life const quick = one_life(model);
  EXPECT_EQ(demurrage(quick).base(), 0);
  EXPECT_NEAR(
      sum(quick.ports[kPort].years, &PortYear::despatch) / (calls(quick) * day.base()), 0.5, 0.03);
}

TEST(Corridor, SailsWithWhatItHasWhenNoMoreCargoComes) {
  auto model = worlds::plain({.years = 2, .consists = 1});
  model.mines[kMine].reserve = 10 * kt;                 // half a lot, ever
  model.ports[kPort].stockyards[0].capacity = 12 * kt;  // so the ship is called early
  model.contracts[0].stock_to_berth = 0.4;
  model.contracts[0].patience = 5 * day;
  Life const life = one_life(model);
  EXPECT_EQ(calls(life), 0);  // 10.8 kt would have to leave the mine before anybody is called
  model.ports[kPort].stockyards[0].capacity = 9 * kt;
  Life const early = one_life(model);
  EXPECT_EQ(calls(early), 1);
  EXPECT_NEAR(shipped(early).in(kt), 10, 1e-5);
}

// ---- hubs, roads, inbound cargo, shared things ----

namespace {

/// Two mines and products: copper by rail, antimony by road to a hub on the line and on by rail.
CorridorModel shared_corridor() {
  auto model = worlds::plain({.years = 3, .consists = 4});
  auto const antimony = model.products.push({"antimony", 0.1});
  auto const mine = model.mines.push({.id = "small mine",
                                      .product = antimony,
                                      .output = {{Time{}, 60e3 * t / year}},
                                      .reserve = 10 * Mt,
                                      .reliability = {},
                                      .stockpile = 5 * kt,
                                      .loading_rate = 100 * t / h});
  auto const hub = model.hubs.push({.id = "hub",
                                    .unloading_rate = 200 * t / h,
                                    .unloading_tracks = 1,
                                    .stockyard = 10 * kt,
                                    .loading_rate = 500 * t / h});
  Port& port = model.ports[kPort];
  port.stockyards.push_back({antimony, 20 * kt});
  RoadHaul const road{.id = "road",
                      .length = 100 * km,
                      .loaded = 40 * kmh,
                      .empty = 50 * kmh,
                      .payload = 40 * t,
                      .trucks = 10,
                      .at_ends = 2 * h};
  RailHaul rail = std::get<RailHaul>(model.routes[RouteId{0}].hauls[0]);
  model.routes.push({.from = mine, .hauls = {road, rail}, .hubs = {hub}, .to = kPort});
  ShippingContract sales = model.contracts[0];
  sales.id = "antimony sales";
  sales.product = antimony;
  sales.ship.lot = 8 * kt;
  model.contracts.push_back(sales);
  return model;
}

}  // namespace

TEST(Corridor, CarriesTwoProductsOverOneLineWithOneFleetAndOneBerth) {
  Life const life = one_life(shared_corridor());
  EXPECT_NEAR(life.products[kProduct][2].shipped.in(kt), 500, 21);
  EXPECT_NEAR(life.products[ProductId{1}][2].shipped.in(kt), 60, 8.1);
  // Each truck carries 40 t wet, 36 t dry, 200 km there and back.
  RoadYear const& road = life.roads[0][2];
  EXPECT_NEAR(road.carried.in(kt), 60, 1);
  EXPECT_NEAR(road.carried.in(t) / road.trips, 36, 1e-6);
  EXPECT_NEAR(road.truck_km.in(km) / road.trips, 200, 1e-6);
}

// 64 km at 40 km/h each way and an hour at the ends: 4 h 12 min, a little more than the 4 h between
// dispatches. With cargo without end each truck makes 8760 / 4.2 trips a year, not 8760 / 8.
TEST(Corridor, SendsTrucksThatComeHomeToWaitingCargoOutAgainAtOnce) {
  auto model = worlds::plain({.output = 1e6 * t / year});
  RoadHaul road{.id = "road",
                .length = 64 * km,
                .loaded = 40 * kmh,
                .empty = 40 * kmh,
                .payload = 40 * t,
                .trucks = 2,
                .at_ends = 1 * h};
  model.routes[RouteId{0}].hauls = {road};
  Life const full = one_life(model);
  EXPECT_NEAR(full.roads[0][1].trips, 2 * 8760 / 4.2, 2);
  EXPECT_EQ(lost(full.losses, LossCause::kDispatch), Mass{});
  // Cargo short: 6 h 34 min for a load, so it goes at every other dispatch, and once in a while the
  // one after it, on one of the trucks at home; none is left behind.
  model.mines[kMine].output = {{Time{}, 40 * t / (6.575 * h)}};
  Life const scarce = one_life(model);
  EXPECT_NEAR(scarce.roads[0][1].trips, 8760 / 6.575, 1);
}

// 100 t/h wet at availability 1, moisture as the plain world's; ore without end. A batch takes five
// hours and arrives ten hours after it is pumped.
TEST(Corridor, PumpsSlurryAtThePipelinesRateWhateverTheMineCouldGive) {
  auto model = worlds::plain({.output = 2e6 * t / year});
  double const dry = 1 - model.products[kProduct].moisture;
  model.routes[RouteId{0}].hauls = {PipelineHaul{.id = "pipe",
                                                 .length = 60 * km,
                                                 .velocity = 6 * kmh,
                                                 .batch = 500 * t,
                                                 .rate = 100 * t / h,
                                                 .reliability = {}}};
  Life const life = one_life(model);
  EXPECT_NEAR(life.pipelines[0][1].in(kt), dry * 876, 0.6);
  EXPECT_LT(lost(life.losses, LossCause::kDispatch), 1 * t);
}

TEST(Corridor, PumpsAllThatAMineGivesAndNoMoreWhileThePipelineIsUpAsOftenAsItSays) {
  auto model = worlds::plain({.output = 400e3 * t / year});
  PipelineHaul pipe{.id = "pipe",
                    .length = 60 * km,
                    .velocity = 6 * kmh,
                    .batch = 500 * t,
                    .rate = 100 * t / h,
                    .reliability = {}};
  model.routes[RouteId{0}].hauls = {pipe};
  EXPECT_NEAR(one_life(model).pipelines[0][1].in(kt), 400, 0.6);
  pipe.reliability = {.availability = 0.25, .mean_down = 3 * h};
  model.routes[RouteId{0}].hauls = {pipe};
  double const dry = 1 - model.products[kProduct].moisture;
  EXPECT_NEAR(one_life(model).pipelines[0][1].in(kt), 0.25 * dry * 876, 15);
}

TEST(Corridor, NeverStarvesTheSmallMineWhenTrainsAreTooFewForBoth) {
  auto model = shared_corridor();
  model.fleets[FleetId{0}].consists = 1;
  model.mines[MineId{0}].output = {{Time{}, 2e6 * t / year}};  // more than one consist can carry
  Life const life = one_life(model);
  EXPECT_LT(life.products[kProduct][2].mined.in(kt), 1500);
  EXPECT_NEAR(life.products[ProductId{1}][2].delivered.in(kt), 60, 6);
}

TEST(Corridor, KeepsItsTrainsWhenTheSmallMineRunsDry) {
  auto model = shared_corridor();
  model.fleets[FleetId{0}].consists = 3;
  model.mines[MineId{0}].output = {{Time{}, 3e6 * t / year}};
  model.mines[MineId{1}].reserve = 31 * kt;  // no whole number of trains, gone in half a year
  Life const life = one_life(model);
  Life const alone = [&] {
    auto without = model;
    without.mines[MineId{1}].reserve = Mass{1};
    return one_life(without);
  }();
  EXPECT_NEAR(
      life.products[kProduct][2].delivered.in(kt), alone.products[kProduct][2].delivered.in(kt), 5);
  EXPECT_GT(life.products[ProductId{1}][0].delivered.in(kt), 29);
}

TEST(Corridor, TakesInboundCargoToTheMineWithTrainsOfItsOwn) {
  auto model = worlds::plain({.years = 3});
  auto const fleet = model.fleets.push({.id = "supply trains",
                                        .consists = 1,
                                        .payload = 500 * t,
                                        .at_loading = 1 * h,
                                        .at_unloading = 1 * h,
                                        .failures = {},
                                        .mean_repair = {}});
  model.inbound.push({.id = "fuel",
                      .cargo = "fuel",
                      .supply = {{Time{}, 40e3 * t / year}},
                      .loading_rate = 300 * t / h,
                      .unloading_rate = 300 * t / h,
                      .port = kPort,
                      .mine = kMine,
                      .haul = RailHaul{.fleet = fleet,
                                       .legs = {{.line = kLine,
                                                 .loaded_direction = Direction::kBackward,
                                                 .runs = std::vector<SectionRun>(
                                                     4, {55 * units::min, 50 * units::min})}}}});
  Life const life = one_life(model);
  auto const& supplied = life.inbound[InboundId{0}][2];
  EXPECT_NEAR(supplied.planned.in(kt), 40 * 366 / 365.25, 1e-9);  // a leap year
  EXPECT_NEAR(supplied.delivered.in(kt), 40, 0.51);
  // A train stands ready for each load: what lies at the port grows from none to a load of 500 t.
  EXPECT_NEAR(supplied.waiting.in(t), 250, 3);
  EXPECT_NEAR(life.fleets[FleetId{1}].years[2].round_trips, 80, 1.1);
  EXPECT_NEAR(life.products[kProduct][2].shipped.in(kt), 500, 21);
}

// ---- disruptions ----

TEST(Corridor, LosesTimeAndCargoToHazardsAndAccountsForBoth) {
  auto model = worlds::plain({.years = 10});
  Life const calm = one_life(model);
  model.hazards = {{.id = "incidents",
                    .where = LineStretch{kLine, 0, 3},
                    .rate = {},
                    .per_length = 0.05 / (km * year),
                    .mean_repair = 3 * day,
                    .loss = 300 * t},
                   {.id = "port strike",
                    .where = kPort,
                    .rate = 2 / year,
                    .mean_repair = 4 * day,
                    .loss = 100 * t}};
  Lives const lives = experiment(model, {.seed = 3, .replications = 4});
  // 0.05 x 120 km = 6 a year, 3 days each, 10 years: 60 +- 8 events, 180 +- 33 days in the mean of
  // one.
  auto const closed = lives.estimate([](Life const& life) {
    double total = 0;
    for (auto const& entry : life.lines[kLine].years) {
      total += entry.closed.in(day);
    }
    return total;
  });
  EXPECT_NEAR(closed.mean, 180, 50);
  for (Life const& life : lives.lives) {
    EXPECT_GT(life.balance[kProduct].lost.base(), 0);
    EXPECT_GT(train_delay(life), train_delay(calm));
    EXPECT_LT(std::abs(life.balance[kProduct].gap().base()), 1e-6 * mined(life).base());
  }
}

TEST(Corridor, MakesTrainsWaitForOtherTrainsAsPollaczekAndKhinchineSay) {
  auto model = worlds::plain({.years = 20, .output = 0.2e6 * t / year, .consists = 1});
  RailLine& line = model.lines[kLine];
  line.other_trains = 6 / day;
  for (TrackSection& section : line.sections) {
    section.other_train = 54 * units::min;
  }
  // rho = 2 x 6 x 1 h / 24 h = 1/2, so each section costs rho S / 2 (1 - rho) = 30 min each way.
  Life const life = one_life(model);
  double trains = 0;
  for (auto const& entry : life.lines[kLine].years) {
    trains += entry.trains;
  }
  EXPECT_NEAR(train_delay(life).in(h) / trains, 4 * 0.5, 0.06);
  EXPECT_NEAR(life.lines[kLine].section_use[1], 0.5, 0.05);
}

// ---- possessions ----

namespace {

/// One section, an hour loaded and 50 minutes empty, and six hours from midnight without trains.
CorridorModel with_nights_off(worlds::Plain plain) {
  plain.sections = 1;
  auto model = worlds::plain(plain);
  model.lines[kLine].possessions = {
      {.first = 0, .last = 0, .begins = Time{}, .length = 6 * h, .every = 1 * day}};
  return model;
}

}  // namespace

// A load comes together every 30.7123 h, so that trains are ready at every hour of the day alike.
// Out: nobody starts from 23:00 to 06:00, 7 h, and waits for half of them: 7 x 3.5 / 24 = 1.0208 h.
// Of every 24 such trains 7 are at the port at 07:00, the rest from then to midnight alike, and are
// ready to go back 3 h later. Back: nobody starts from 23:10 on. 5/6 of them would have between
// then and midnight and wait 6 h 25 min in the mean, 3 from midnight to 03:00 and wait 4.5 h:
// (5/6 x 6.4167 + 3 x 4.5) / 24 = 0.7853 h.
TEST(Corridor, HoldsTrainsBeforeAPossessionAsLongAsTheClockSays) {
  auto model = with_nights_off({.years = 10, .output = 2000 * t / (30.7123 * h), .consists = 1});
  Life const life = one_life(model);
  double trips = 0;
  for (FleetYear const& entry : life.fleets[kFleet].years) {
    trips += entry.round_trips;
  }
  EXPECT_GT(trips, 2800);
  EXPECT_NEAR(train_delay(life).in(h) / trips, 1.0208 + 0.7853, 0.02);
  EXPECT_NEAR(life.lines[kLine].years[1].possessed.in(h), 365 * 6, 1e-6);
  double const running = trips * (60 + 50 + 2 * 6) / 60 / (10 * 365.25 * 24);
  EXPECT_NEAR(life.lines[kLine].section_use[0], 0.25 + running, 0.002);
}

// 18 h hold 9 trains one way and 8 the other, 9 x 60 + 8 x 50 + 16 x 6 = 1036 min, and not one
// more: 8.5 round trips a day.
TEST(Corridor, FillsWhatAPossessionLeavesOfASection) {
  auto model = with_nights_off({.output = 12e6 * t / year, .consists = 12});
  never_waiting_at_its_ends(model);
  Life const life = one_life(model);
  EXPECT_NEAR(life.fleets[kFleet].years[1].round_trips, 365 * 8.5, 30);
}

TEST(Corridor, RunsNoTrainThroughAPossession) {
  auto model = worlds::plain({.output = 3e6 * t / year, .consists = 5});
  model.lines[kLine].possessions = {
      {.first = 1, .last = 2, .begins = 9 * h, .length = 5 * h, .every = 2 * day},
      {.first = 3, .last = 3, .begins = 30 * h, .length = 20 * h, .every = 7 * day}};
  Watch const window{.from = 400 * day, .until = 460 * day};
  Life const life = simulate(model, {.seed = 1}, {.watch = window});
  ASSERT_TRUE(life.detail.has_value());
  EXPECT_GT(life.detail->closures.size(), 60U);
  std::size_t runs = 0;
  for (TrainString const& string : life.detail->strings) {
    for (std::size_t i = 0; i + 1 < string.points.size(); i += 2) {  // in and out of a section
      auto const& in = string.points[i];
      auto const& out = string.points[i + 1];
      auto const section = static_cast<std::size_t>(std::min(in.km, out.km).in(km) / 30 + 0.5);
      for (SectionClosure const& shut : life.detail->closures) {
        bool const apart = section != shut.section || out.at <= shut.from || in.at >= shut.until;
        EXPECT_TRUE(apart) << "section " << section << " at " << in.at.in(day);
      }
      ++runs;
    }
  }
  EXPECT_GT(runs, 500U);
}

// ---- comparing options ----

TEST(Corridor, SeesTheSameStormsAndIncidentsInEveryOption) {
  auto small = worlds::large({.years = 6, .consists = 4});
  auto big = worlds::large({.years = 6, .consists = 9, .berths = 2});
  Life const a = one_life(small);
  Life const b = one_life(big);
  EXPECT_EQ(a.ports[kPort].weather_closed, b.ports[kPort].weather_closed);
  for (std::size_t y = 0; y < 6; ++y) {
    EXPECT_EQ(a.lines[kLine].years[y].closed, b.lines[kLine].years[y].closed);
    EXPECT_EQ(a.mines[kMine][y].down, b.mines[kMine][y].down);
  }
  EXPECT_NE(digest(a), digest(one_life(small, {.seed = 1, .replication = 1})));
}

TEST(Corridor, NeverShipsLessForMoreTrainsLoopsOrBerths) {
  auto const ships_of = [](Life const& life) { return shipped(life).in(kt); };
  auto const run = [](worlds::Large const& large) {
    return experiment(worlds::large(large), {.seed = 11, .replications = 4, .threads = 2});
  };
  worlds::Large const base{.years = 8, .sections = 4, .consists = 3};
  Lives const lives = run(base);
  double const noise = 0.01 * lives.estimate(ships_of).mean;
  worlds::Large more = base;
  more.consists = 4;
  EXPECT_GT(difference(run(more), lives, ships_of).mean, -noise);
  more = base;
  more.sections = 9;
  EXPECT_GT(difference(run(more), lives, ships_of).mean, -noise);
  more = base;
  more.berths = 2;
  EXPECT_GT(difference(run(more), lives, ships_of).mean, -noise);
}

// Trains give way to each other all day here (tests/appraisal/capacity_curve_test.cpp); nothing
// fails and nothing is shut, so no wait is for a disruption, whether the ledger is kept or not.
TEST(Corridor, CountsGivingWayAsAWaitForOtherTrainsAndNotForADisruption) {
  auto const model = worlds::saturated({.years = 2,
                                        .sections = 7,
                                        .section = 40 * km,
                                        .loaded = 47 * units::min,
                                        .empty = 39 * units::min,
                                        .consists = 22});
  for (LossBooks const books : {LossBooks::kKept, LossBooks::kNone}) {
    Life const life = simulate(model, {.seed = 1}, {.losses = books});
    LineYear const& second = life.lines.begin()->years[1];
    EXPECT_GT(second.delay, 1000 * h);
    EXPECT_EQ(second.delay_disruption, Time{});
  }
}

TEST(Corridor, GivesTheSameBytesOnAnyNumberOfThreads) {
  auto const model = worlds::large({.years = 5});
  Lives const one = experiment(model, {.seed = 2, .replications = 5, .threads = 1});
  Lives const three = experiment(model, {.seed = 2, .replications = 5, .threads = 3});
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(digest(one.lives[i]), digest(three.lives[i]));
  }
  EXPECT_NE(digest(one.lives[0]), digest(one.lives[1]));
}

// ---- what a window shows ----

TEST(Corridor, TellsWhyABerthStoodIdleAndWhereEveryTrainWas) {
  auto const model = worlds::large({.years = 7});
  Watch const window{.from = 6 * 365 * day, .until = (6 * 365 + 40) * day};
  Life const plain = one_life(model);
  Life const life = simulate(model, {.seed = 1}, {.watch = window});
  EXPECT_EQ(digest(plain), digest(life));  // looking changes nothing
  ASSERT_TRUE(life.detail.has_value());
  Detail const& detail = *life.detail;
  for (Time at = window.from; at < window.until; at += 3 * h) {
    auto const reason = idle_reason(detail, kPort, 0, at);
    ASSERT_TRUE(reason.has_value());
    bool const has_ship = reason->state >= BerthState::kEntering;
    EXPECT_TRUE(!has_ship || !reason->ship.empty());
    EXPECT_FALSE(name(reason->state).empty());
  }
  EXPECT_FALSE(idle_reason(detail, kPort, 0, window.until).has_value());
  EXPECT_GT(detail.strings.size(), 200U);  // some 2.8 trains a day each way
  for (TrainString const& string : detail.strings) {
    for (std::size_t i = 0; i + 1 < string.points.size(); ++i) {
      EXPECT_LE(string.points[i].at, string.points[i + 1].at);
    }
    EXPECT_NEAR(std::abs((string.points.back().km - string.points.front().km).in(km)), 450, 1e-6);
  }
  EXPECT_EQ(detail.tides.size(), 40U * 48 + 1);
}

TEST(Corridor, SharesOfBerthStatesAddUpToOne) {
  Life const life = one_life(worlds::large({.years = 4, .berths = 2}));
  for (BerthLife const& berth : life.ports[kPort].berths) {
    double total = 0;
    for (double const share : berth.share) {
      total += share;
    }
    EXPECT_NEAR(total, 1, 1e-9);
  }
}
