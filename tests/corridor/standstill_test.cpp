/// Corridors that once stood still for good, each as small as it can be.

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "one_life.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

/// The second year of three: after the start, before the end.
ProductYear const& second_year(Life const& life) {
  return life.products[kProduct][1];
}

/// Trains of 3 kt and lots of 20 kt, of which 14 kt must lie in the yard before a ship is berthed.
CorridorModel berthed_for_14_kt(Mass yard) {
  auto model = worlds::plain({.payload = 3000 * t});
  model.contracts[0].stock_to_berth = 0.7;
  model.ports[kPort].stockyards[0].capacity = yard;
  return model;
}

/// The mine's product by truck to a hub, and from there by the only haul of the trains.
CorridorModel through_a_hub() {
  auto model = worlds::plain();
  auto const hub = model.hubs.push({.id = "hub",
                                    .unloading_rate = 1000 * t / h,
                                    .unloading_tracks = 1,
                                    .stockyard = 20 * kt,
                                    .loading_rate = 1000 * t / h});
  Route& route = model.routes[RouteId{0}];
  route.hubs = {hub};
  RoadHaul const road{.id = "road",
                      .length = 20 * km,
                      .loaded = 40 * kmh,
                      .empty = 40 * kmh,
                      .payload = 40 * t,
                      .trucks = 20};
  Haul const rail = route.hauls.front();
  route.hauls = {road, rail};
  return model;
}

}  // namespace

// 14 kt hold four trains, 12 kt: the fifth waits for room, and the ship waited for 2 kt more.
TEST(Standstill, IsNotMadeByAYardThatHoldsTheShareOfALotButNoTrainBesideIt) {
  Life const tight = one_life(berthed_for_14_kt(14 * kt));
  Life const ample = one_life(berthed_for_14_kt(17 * kt));
  Mass const lot = 20 * kt;
  EXPECT_NEAR(second_year(ample).shipped.in(kt), 500, 21);
  EXPECT_NEAR(second_year(tight).shipped.in(kt), second_year(ample).shipped.in(kt), lot.in(kt) + 1);
  // What the small yard costs: trains stand before it until the ship is there.
  EXPECT_GT(tight.fleets[kFleet].years[1].wait_unloading,
            ample.fleets[kFleet].years[1].wait_unloading);
}

// Nine trains of 2.2 kt, then never more: the ship is called, as 0.9 of the yard have left the
// mine, and stays outside, as the yard of 22 kt could take another train.
TEST(Standstill, OfTheYardIsTheOnlyReasonToBerthAShipForLessThanItsShare) {
  auto model = worlds::plain({.payload = 2200 * t});
  model.contracts[0].stock_to_berth = 1;
  model.ports[kPort].stockyards[0].capacity = 22 * kt;
  model.mines[kMine].reserve = 19.8 * kt;
  Life const life = one_life(model);
  EXPECT_NEAR(life.products[kProduct].back().stock_end.in(kt), 19.8, 1e-6);
  EXPECT_EQ(shipped(life).base(), 0);
  EXPECT_GT(life.ports[kPort].berths[0].of(BerthState::kIdleNoCargo), 0.9);
}

// Ten days without cargo, and the train that serves nothing else is still there.
TEST(Standstill, IsNotMadeByTrainsThatWaitAtTheirOnlyHubForAMineThatBeginsLate) {
  auto model = through_a_hub();
  model.mines[kMine].output = {{100 * day, 0.5e6 * t / year}};
  Life const life = one_life(model);
  EXPECT_EQ(life.products[kProduct][0].lost.base(), 0);
  EXPECT_NEAR(life.products[kProduct][0].delivered.in(kt), 500 * 265 / 365.25, 5);
  EXPECT_NEAR(second_year(life).delivered.in(kt), 500, 5);
  EXPECT_GT(life.fleets[kFleet].years[0].wait_cargo, 2 * 90 * day);
}

// A year's losses at the mine, some 60 of 1 kt, are more than the yard of 30 kt holds: were they
// taken from what has left the mine, no ship would be called any more.
TEST(Standstill, IsNotMadeByCargoLostAtTheMineBeforeItCountedTowardsALot) {
  auto model = worlds::plain();
  model.ports[kPort].stockyards[0].capacity = 30 * kt;
  model.hazards = {
      {.id = "slides", .where = kMine, .rate = 60 / year, .mean_repair = 1 * h, .loss = 1 * kt}};
  Life const life = one_life(model);
  ProductYear const& last = life.products[kProduct][2];
  EXPECT_GT(life.balance[kProduct].lost, 90 * kt);
  EXPECT_NEAR(last.shipped.in(kt), last.loaded.in(kt), 21);
  EXPECT_GT(last.shipped, 400 * kt);
}
