#include "tidewater/train/rolling_stock.hpp"

#include <gtest/gtest.h>

#include "drawn_line.hpp"

namespace tidewater::train {
namespace {

using units::kmh;

TEST(Resistance, StrahlIsPerMilleOfWeightAtRestAndGrowsWithTheSquare) {
  // 84 t wagon: 1.4 per mille at rest, 1.4 + 3.9 at 100 km/h.
  EXPECT_NEAR(
      resistance(strahl(1.4, 3.9), Mass{84e3}, Speed{}).base(), 84e3 * 9.80665 * 1.4e-3, 1e-6);
  EXPECT_NEAR(
      resistance(strahl(1.4, 3.9), Mass{84e3}, 100 * kmh).base(), 84e3 * 9.80665 * 5.3e-3, 1e-6);
}

TEST(Resistance, SauthoffAllowsFifteenKilometresAnHourOfHeadWind) {
  auto const law = sauthoff({.base_permille = 2.0, .rolling_permille = 0.7, .air_permille = 3.6});
  // At 85 km/h the air meets the coach at 100 km/h.
  EXPECT_NEAR(resistance(law, Mass{50e3}, 85 * kmh).base(),
              50e3 * 9.80665 * (2.0 + 0.7 * 0.85 + 3.6) / 1000,
              1e-6);
}

TEST(Resistance, ModifiedDavisGivesItsPoundsPerTon) {
  // 100 short tons on 4 axles at 40 mile/h: 0.6 + 20/25 + 0.01 x 40 + 0.07 x 1600 / 100 = 2.92.
  Mass const wagon{100 * 907.18474};
  Speed const speed{40 * 0.44704};
  EXPECT_NEAR(resistance(modified_davis(4), wagon, speed).base(), 292 * 4.4482216152605, 1e-6);
}

TEST(Resistance, OfAnEmptyWagonMayFollowItsOwnTable) {
  Train train = drawn::ore_train(1, 10);
  auto& wagon = train.wagons[0].type;
  wagon.resistance = {.table = {{.speed = Speed{}, .force = Force{1500}}}};
  wagon.resistance_empty = Resistance{.table = {{.speed = Speed{}, .force = Force{600}},
                                                {.speed = Speed{20}, .force = Force{1000}}}};
  Force const head =
      resistance(train.locomotives[0].type.resistance, train.locomotives[0].type.mass, Speed{10});
  EXPECT_NEAR((resistance(loaded(train), Speed{10}) - head).base(), 10 * 1500, 1e-6);
  EXPECT_NEAR((resistance(empty(train), Speed{10}) - head).base(), 10 * 800, 1e-6);
  wagon.resistance_empty->table[0].force = Force{-1};
  EXPECT_FALSE(faults(train).empty());
}

TEST(Resistance, DavisForALocomotiveGivesItsPounds) {
  // 150 short tons, 6 axles, 120 ft2, 30 mile/h: 195 + 174 + 135 + 0.0024 x 120 x 900 = 763.2 lb.
  auto const law = davis_locomotive(6, 120 * (units::ft * units::ft));
  EXPECT_NEAR(resistance(law, Mass{150 * 907.18474}, Speed{30 * 0.44704}).base(),
              763.2 * 4.4482216152605,
              1e-6);
}

TEST(TractiveEffort, IsCappedByAdhesionThenByPower) {
  Locomotive const diesel = drawn::diesel();
  // 120 t at 0.36 grip 423.6 kN, more than the motors' 400 kN; 2.4 MW from 6 m/s on.
  EXPECT_NEAR(tractive_effort(diesel, Speed{}).base(), 400e3, 1e-6);
  EXPECT_NEAR(tractive_effort(diesel, Speed{12}).base(), 200e3, 1e-6);
  Locomotive wet = diesel;
  wet.adhesion = 0.2;
  EXPECT_NEAR(tractive_effort(wet, Speed{}).base(), 0.2 * 120e3 * 9.80665, 1e-6);
}

TEST(TractiveEffort, BeyondItsTableKeepsThePowerOfTheLastPoint) {
  Locomotive diesel = drawn::diesel();
  diesel.power.reset();
  diesel.tractive_effort = {{Speed{0}, Force{300e3}}, {Speed{10}, Force{200e3}}};
  EXPECT_NEAR(tractive_effort(diesel, Speed{5}).base(), 250e3, 1e-6);
  EXPECT_NEAR(tractive_effort(diesel, Speed{20}).base(), 100e3, 1e-6);
}

TEST(Train, EmptiedItKeepsItsTareAndLength) {
  Train const full = drawn::ore_train(2, 30);
  EXPECT_NEAR(mass(full).in(units::t), 240 + 30 * 80, 1e-9);
  EXPECT_NEAR(mass(empty(full)).in(units::t), 240 + 30 * 20, 1e-9);
  EXPECT_NEAR(payload(full).in(units::t), 1800, 1e-9);
  EXPECT_EQ(payload(empty(full)).base(), 0);
  EXPECT_EQ(length(full), length(empty(full)));
  EXPECT_NEAR(max_speed(full).in(kmh), 80, 1e-9);
  EXPECT_NEAR(max_speed(empty(full)).in(kmh), 90, 1e-9);
  EXPECT_EQ(mass(loaded(empty(full))), mass(full));
}

TEST(Train, AFailedLocomotiveWeighsAsMuchAndPullsNothing) {
  Train const both = drawn::ore_train(2, 30);
  Train const one = with_failed_locomotive(both);
  Train const none = with_failed_locomotive(one);
  EXPECT_EQ(mass(one), mass(both));
  EXPECT_NEAR(tractive_effort(one, Speed{3}) / tractive_effort(both, Speed{3}), 0.5, 1e-12);
  EXPECT_EQ(tractive_effort(none, Speed{3}).base(), 0);
}

TEST(BalanceSpeed, IsWherePowerMeetsResistanceAndGrade) {
  Train const train = drawn::ore_train(2, 30);
  auto const speed = balance_speed(train, 0.01);
  ASSERT_TRUE(speed.has_value());
  Force const against = resistance(train, *speed) + 0.01 * (mass(train) * kGravity);
  EXPECT_NEAR((*speed * against).in(units::MW), 4.8, 1e-6);
  EXPECT_FALSE(balance_speed(train, 0.05).has_value());
  EXPECT_EQ(balance_speed(train, -0.01), max_speed(train));
}

TEST(HoldingForce, AirBrakesFadeWithSpeedAndDynamicBrakesHelp) {
  Train train = drawn::ore_train(1, 10);
  EXPECT_FALSE(holding_force(train, Speed{10}).has_value());
  // 40 kN full service, 100 kW of heat: below 2.5 m/s the force, above it the heat binds.
  train.wagons[0].type.brake = AirBrake{.full_service = Force{40e3}, .sustained = Power{100e3}};
  EXPECT_NEAR(holding_force(train, Speed{2})->base(), 400e3, 1e-6);
  EXPECT_NEAR(holding_force(train, Speed{10})->base(), 100e3, 1e-6);
  train.locomotives[0].type.dynamic_brake = {{Speed{0}, Force{0}}, {Speed{5}, Force{200e3}}};
  EXPECT_NEAR(holding_force(train, Speed{10})->base(), 300e3, 1e-6);
}

TEST(Train, NamesAllItsFaultsAtOnce) {
  Train train = drawn::ore_train(1, 10);
  train.locomotives[0].type.mass = Mass{-1};
  train.locomotives[0].type.adhesive_mass = Mass{};
  train.wagons[0].type.tare = Mass{};
  train.service_braking = Accel{};
  auto const found = faults(train, "/consist/0");
  ASSERT_GE(found.size(), 3U);
  bool locomotive = false;
  bool wagon = false;
  for (auto const& fault : found) {
    locomotive = locomotive || fault.where == "/consist/0/locomotives/0";
    wagon = wagon || fault.where == "/consist/0/wagons/0";
    EXPECT_FALSE(fault.remedy.empty());
  }
  EXPECT_TRUE(locomotive && wagon);
  EXPECT_TRUE(faults(drawn::ore_train()).empty());
}

}  // namespace
}  // namespace tidewater::train
