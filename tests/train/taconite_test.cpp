/// The ore train of tests/cases/altrios_taconite (its WHY.md says where every figure is from).

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numbers>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tidewater/train/running_time.hpp"

namespace tidewater::train {
namespace {

using nlohmann::json;

json the_case() {
  std::ifstream file{TIDEWATER_ROOT "/tests/cases/altrios_taconite/case.json"};
  return json::parse(file);
}

constexpr double kStart = 1800.0;    // m, the front when it sets off
constexpr double kEnd = 188856.178;  // m, where its last link but one ends

double height(json const& table, double x) {
  for (std::size_t i = 0; i + 1 < table.size(); ++i) {
    double const from = table[i][0];
    double const to = table[i + 1][0];
    if (from <= x && x < to) {
      double const share = (x - from) / (to - from);
      return table[i][1].get<double>() * (1 - share) + table[i + 1][1].get<double>() * share;
    }
  }
  return 0;
}

/// Change of a value per metre over the piece of the table that holds x.
double slope(json const& table, double x, double turn = 0) {
  for (std::size_t i = 0; i + 1 < table.size(); ++i) {
    double const from = table[i][0];
    double const to = table[i + 1][0];
    if (from <= x && x < to) {
      double const change = table[i + 1][1].get<double>() - table[i][1].get<double>();
      return (turn > 0 ? std::remainder(change, turn) : change) / (to - from);
    }
  }
  return 0;
}

double curve_resistance(json const& wagon, double curvature) {
  double const degree = std::numbers::pi / 180 / 30.48;  // rad/m
  double const beyond = std::max(0.0, curvature - degree);
  return wagon["curve_coeff_0"].get<double>() * std::min(curvature, degree) +
         wagon["curve_coeff_1"].get<double>() * beyond +
         wagon["curve_coeff_2"].get<double>() * beyond * beyond;
}

Line line_of(json const& source) {
  auto const& geometry = source["geometry"];
  std::vector<double> breaks{kStart};
  for (char const* table : {"elev", "speed_limits"}) {
    for (auto const& row : geometry[table]) {
      breaks.push_back(row[0]);
    }
  }
  std::sort(breaks.begin(), breaks.end());
  // At first the whole train stands on the mean grade of what is behind its front.
  auto const& elev = geometry["elev"];
  Line line{.sections = {{.from = Length{kStart - 1.0},
                          .grade = (height(elev, kStart) - height(elev, 0)) / kStart,
                          .speed_limit = Speed{geometry["speed_limits"][0][2].get<double>()}}},
            .end = Length{kEnd}};
  for (std::size_t i = 0; i + 1 < breaks.size() && breaks[i] < kEnd - 1e-3; ++i) {
    if (breaks[i + 1] - breaks[i] < 1e-3 || breaks[i] < kStart) {
      continue;
    }
    double const middle = 0.5 * (breaks[i] + breaks[i + 1]);
    LineSection section{.from = Length{breaks[i]}, .grade = slope(geometry["elev"], middle)};
    section.path_resistance =
        curve_resistance(source["vehicles"]["Manifest_Loaded"],
                         std::abs(slope(geometry["headings"], middle, 2 * std::numbers::pi)));
    for (auto const& limit : geometry["speed_limits"]) {
      if (limit[0].get<double>() <= middle && middle < limit[1].get<double>()) {
        section.speed_limit = Speed{limit[2].get<double>()};
      }
    }
    line.sections.push_back(section);
  }
  return line;
}

Wagon wagon_of(json const& source, Load load) {
  double const gross = source["mass_static_base_kilograms"].get<double>() +
                       source["mass_freight_kilograms"].get<double>();
  Speed const fastest{source["speed_max_meters_per_second"].get<double>()};
  Wagon wagon{
      .name = source["car_type"],
      .tare = Mass{source["mass_static_base_kilograms"].get<double>()},
      .payload = Mass{source["mass_freight_kilograms"].get<double>()},
      .length = Length{source["length_meters"].get<double>()},
      .rotating_mass_factor = 1.0 + source["axle_count"].get<double>() *
                                        source["mass_rot_per_axle_kilograms"].get<double>() /
                                        source["mass_static_base_kilograms"].get<double>(),
      .max_speed_loaded = fastest,
      .max_speed_empty = fastest};
  wagon.resistance = {
      .fixed = Force{4 * source["bearing_res_per_axle_newtons"].get<double>()},
      .per_mass = ForcePerMass{source["rolling_ratio"].get<double>() * kGravity.base()},
      .drag = MassPerLength{1.225 * source["cd_area_square_meters"].get<double>()}};
  wagon.brake = AirBrake{
      .full_service = source["braking_ratio"].get<double>() * gross * kGravity.base() * Force{1.0},
      .sustained = Power{1e9}};
  EXPECT_EQ(load == Load::kLoaded, wagon.payload > Mass{});
  return wagon;
}

constexpr double kGenerator = 0.979976718;
constexpr double kDrive = 0.989123465;
constexpr Power kEngine{3.356e6};
constexpr Power kAuxiliary{8.55e3};

Power at_wheel(Power engine) {
  return (engine * kGenerator - kAuxiliary) * kDrive;
}

Locomotive diesel(json const& source) {
  double const rolling = source["vehicles"]["Manifest_Loaded"]["rolling_ratio"];
  Locomotive diesel{.name = "default",
                    .mass = Mass{195e3},
                    .adhesive_mass = Mass{195e3},
                    .rotating_mass_factor = 1.0,
                    .resistance = {.per_mass = ForcePerMass{rolling * kGravity.base()}},
                    .tractive_effort = {{.speed = Speed{}, .force = Force{667.2e3}}},
                    .power = at_wheel(kEngine),
                    .max_speed = Speed{20}};
  diesel.power_rise = Time{25};
  diesel.standing_use = Power{19.7032784e3};  // fuel of an idling engine, burnt at any load
  for (auto const& [load, engine] : {std::pair{0.004562, 0.101504939},
                                     {0.067605, 0.362188035},
                                     {0.135349, 0.373438032},
                                     {0.279407, 0.391421512},
                                     {0.393484, 0.410609012},
                                     {0.527557, 0.416530461},
                                     {0.694049, 0.426582889},
                                     {0.848721, 0.425103042},
                                     {1.0, 0.417503202}}) {
    diesel.efficiency_by_load.push_back({load, engine * kGenerator * kDrive});
  }
  for (double const v : {0.0, 7.5, 9.0, 11.0, 14.0, 17.0, 20.0}) {  // 5 MW
    diesel.dynamic_brake.push_back({Speed{v}, Force{v > 7.5 ? 5e6 / v : 667.2e3}});
  }
  return diesel;
}

/// Half the engine, and an eighth of the default battery at a third of its power, full at first.
Locomotive hybrid(json const& source) {
  Locomotive hybrid = diesel(source);
  hybrid.name = "default hybrid";
  hybrid.power = at_wheel(0.5 * kEngine);
  Power const battery = kDrive / 3.0 * Power{3.281e6};
  hybrid.storage = Storage{.usable = (0.95 - 0.05) / 8.0 * Energy{8.64e9},
                           .charge = battery,
                           .discharge = battery,
                           .efficiency = kDrive * 0.945,  // of the cells at 3.6 C
                           .filled = 1,
                           .boost = battery,
                           .top_up = 0.2 * 0.5 * kEngine * kGenerator * kDrive};
  return hybrid;
}

TEST(Taconite, TakesThePublishedTimeWorkAndFuelWithinFivePerCent) {
  json const source = the_case();
  auto const& vehicles = source["vehicles"];
  Train const train{.locomotives = {{.type = hybrid(source)}, {.type = diesel(source)}},
                    .wagons = {{wagon_of(vehicles["Manifest_Loaded"], Load::kLoaded), 50},
                               {wagon_of(vehicles["Manifest_Empty"], Load::kEmpty), 50}},
                    .service_braking = Accel{2.0}};  // as much as the brakes give
  auto const& expected = source["expected"];
  EXPECT_NEAR(mass(train).base(), expected["history.mass_static_kilograms"].get<double>(), 1);
  EXPECT_NEAR((inertia(train) - mass(train)).base(),
              expected["history.mass_rot_kilograms"].get<double>(),
              1);
  RunOptions const options{.curve_resistance = Length{}, .lead = Time{0.5 * 60.0}};
  auto const outcome = running_time(train, line_of(source), options);
  ASSERT_TRUE(outcome.has_value());
  ASSERT_TRUE(std::holds_alternative<train::Run>(*outcome));
  auto const& run = std::get<train::Run>(*outcome);
  auto const off = [&](double ours, char const* theirs) {
    return ours / expected[theirs].get<double>() - 1;
  };
  double const time = off(run.time.base(), "history.time_seconds");
  double const work = off(run.energy.traction.base(), "history.energy_whl_out_pos_joules");
  double const fuel = off(run.energy.supply.base(), "loco_con.history.energy_fuel_joules");
  std::printf("time %+.2f %%, work %+.2f %%, fuel %+.2f %%\n", 100 * time, 100 * work, 100 * fuel);
  EXPECT_NEAR(time, 0, 0.05);
  EXPECT_NEAR(work, 0, 0.05);
  EXPECT_NEAR(fuel, 0, 0.05);
  // As recorded in WHY.md: within 5 % it would be without its boost, too.
  EXPECT_NEAR(time, -0.0070, 0.003);
  EXPECT_NEAR(work, -0.0326, 0.003);
  EXPECT_NEAR(fuel, -0.0266, 0.003);
  Train unaided = train;
  unaided.locomotives[0].type.storage->boost = {};
  auto const slower = running_time(unaided, line_of(source), options);
  ASSERT_TRUE(slower.has_value() && std::holds_alternative<train::Run>(*slower));
  auto const& slow = std::get<train::Run>(*slower);
  std::printf("without its boost: time %+.2f %%, work %+.2f %%, fuel %+.2f %%\n",
              100 * off(slow.time.base(), "history.time_seconds"),
              100 * off(slow.energy.traction.base(), "history.energy_whl_out_pos_joules"),
              100 * off(slow.energy.supply.base(), "loco_con.history.energy_fuel_joules"));
  EXPECT_LT(run.time, slow.time);
}

}  // namespace
}  // namespace tidewater::train
