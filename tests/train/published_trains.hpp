#pragma once
/// Reads tests/cases/train_running/cases.json into trains, lines and expected runs.

#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tidewater/train/running_time.hpp"

namespace tidewater::train::published {

struct Post {
  Length post;
  Time time;
  Speed speed;
};

struct Case {
  std::string name;
  Train train;
  Line line;
  Time published;
  Time converged;
  Energy traction;
  Energy braking;
  std::vector<Post> posts;
};

inline nlohmann::json cases_file() {
  std::ifstream file{TIDEWATER_ROOT "/tests/cases/train_running/cases.json"};
  return nlohmann::json::parse(file);
}

/// The cases' inertia factor: mean of the vehicles' factors weighted by empty mass, applied to the
/// whole mass with its load. Ours apply to mass (locomotive) and tare (wagon), so the factors given
/// to our train are those that make the same inertia.
inline double case_inertia_factor(nlohmann::json const& train) {
  auto const& loco = train["locomotive"];
  double mass = loco["mass_t"].get<double>();
  double inertia = mass * loco["rotating_mass_factor"].get<double>();
  for (auto const& wagon : train["wagons"]) {
    double const m = wagon["count"].get<double>() * wagon["mass_t"].get<double>();
    mass += m;
    inertia += m * wagon["rotating_mass_factor"].get<double>();
  }
  return inertia / mass;
}

inline SauthoffCoefficients coefficients(nlohmann::json const& vehicle) {
  return {.base_permille = vehicle["base"],
          .rolling_permille = vehicle["rolling"],
          .air_permille = vehicle["air"]};
}

inline Train train_of(nlohmann::json const& source) {
  using namespace tidewater::units;
  double const factor = case_inertia_factor(source);
  Train train;
  train.service_braking = Accel{source["service_braking"].get<double>()};
  auto const& loco = source["locomotive"];
  Mass const driven = loco["driven_mass_t"].get<double>() * t;
  Mass const tare = loco["mass_t"].get<double>() * t;
  Locomotive locomotive{.name = loco["name"],
                        .mass = tare + loco["load_t"].get<double>() * t,
                        .adhesive_mass = driven,
                        .length = loco["length_m"].get<double>() * m,
                        .rotating_mass_factor = factor,
                        .resistance = traction_unit(coefficients(loco), driven, tare - driven),
                        .max_speed = loco["max_kmh"].get<double>() * kmh};
  for (auto const& force : loco["effort_N_at_each_kmh"]) {
    auto const at = static_cast<double>(locomotive.tractive_effort.size()) * kmh;
    locomotive.tractive_effort.push_back({.speed = at, .force = force.get<double>() * N});
  }
  train.locomotives.push_back({.type = locomotive, .count = loco["count"]});
  for (auto const& source_wagon : source["wagons"]) {
    Wagon wagon{.name = source_wagon["name"],
                .tare = source_wagon["mass_t"].get<double>() * t,
                .payload = source_wagon["load_t"].get<double>() * t,
                .length = source_wagon["length_m"].get<double>() * m,
                .max_speed_loaded = source_wagon["max_kmh"].get<double>() * kmh};
    auto const law = coefficients(source_wagon);
    wagon.resistance = source_wagon["formula"] == "strahl"
                           ? strahl(law.base_permille, law.air_permille)
                           : sauthoff(law);
    wagon.rotating_mass_factor = 1.0 + (factor - 1.0) * ((wagon.tare + wagon.payload) / wagon.tare);
    train.wagons.push_back({.type = wagon, .count = source_wagon["count"]});
  }
  return train;
}

/// Sections [post m, limit km/h, per mille]; the last one only marks the end.
inline Line line_of(nlohmann::json const& sections) {
  Line line;
  for (auto const& section : sections) {
    line.sections.push_back({.from = Length{section[0].get<double>()},
                             .grade = section[2].get<double>() / 1000.0,
                             .speed_limit = section[1].get<double>() * units::kmh});
  }
  line.end = line.sections.back().from;
  line.sections.pop_back();
  return line;
}

inline std::vector<Case> cases() {
  auto const file = cases_file();
  std::vector<Case> all;
  for (auto const& run : file["runs"]) {
    Case one{.name = run["name"],
             .train = train_of(file["trains"][run["train"].get<std::string>()]),
             .line = line_of(file["paths_m_kmh_permille"][run["path"].get<std::string>()]),
             .published = Time{run["published_s"].get<double>()},
             .converged = Time{run["converged_s"].get<double>()},
             .traction = run["traction_kWh"].get<double>() * units::kWh,
             .braking = run["braking_kWh"].get<double>() * units::kWh,
             .posts = {}};
    for (auto const& post : run["posts"]) {
      one.posts.push_back({.post = Length{post[0].get<double>()},
                           .time = Time{post[1].get<double>()},
                           .speed = Speed{post[2].get<double>()}});
    }
    all.push_back(one);
  }
  return all;
}

}  // namespace tidewater::train::published
