#include "tidewater/train/rolling_stock.hpp"

#include <algorithm>
#include <cmath>

#include "tidewater/base/contract.hpp"

#include "force_table.hpp"

namespace tidewater::train {
namespace {

Mass wagon_mass(WagonGroup const& group) {
  return group.load == Load::kLoaded ? group.type.tare + group.type.payload : group.type.tare;
}

double sustained_force(AirBrake const& brake, double v) {
  return v * brake.full_service.base() <= brake.sustained.base() ? brake.full_service.base()
                                                                 : brake.sustained.base() / v;
}

}  // namespace

Resistance const& resistance_law(WagonGroup const& group) {
  auto const& type = group.type;
  return group.load == Load::kEmpty && type.resistance_empty ? *type.resistance_empty
                                                             : type.resistance;
}

Mass mass(Train const& train) {
  Mass sum{};
  for (auto const& group : train.locomotives) {
    sum += group.count * group.type.mass;
  }
  for (auto const& group : train.wagons) {
    sum += group.count * wagon_mass(group);
  }
  return sum;
}

Mass inertia(Train const& train) {
  Mass sum = mass(train);
  for (auto const& group : train.locomotives) {
    sum += group.count * (group.type.rotating_mass_factor - 1.0) * group.type.mass;
  }
  for (auto const& group : train.wagons) {
    sum += group.count * (group.type.rotating_mass_factor - 1.0) * group.type.tare;
  }
  return sum;
}

Mass payload(Train const& train) {
  Mass sum{};
  for (auto const& group : train.wagons) {
    sum += group.count * (wagon_mass(group) - group.type.tare);
  }
  return sum;
}

Length length(Train const& train) {
  Length sum{};
  for (auto const& group : train.locomotives) {
    sum += group.count * group.type.length;
  }
  for (auto const& group : train.wagons) {
    sum += group.count * group.type.length;
  }
  return sum;
}

Speed max_speed(Train const& train) {
  Speed slowest{std::numeric_limits<double>::infinity()};
  for (auto const& group : train.locomotives) {
    slowest = std::min(slowest, group.type.max_speed);
  }
  for (auto const& group : train.wagons) {
    slowest = std::min(
        slowest,
        group.load == Load::kLoaded ? group.type.max_speed_loaded : group.type.max_speed_empty);
  }
  return slowest;
}

Force resistance(Train const& train, Speed speed) {
  Force sum{};
  for (auto const& group : train.locomotives) {
    sum += group.count * resistance(group.type.resistance, group.type.mass, speed);
  }
  for (auto const& group : train.wagons) {
    sum += group.count * resistance(resistance_law(group), wagon_mass(group), speed);
  }
  return sum;
}

Force tractive_effort(Locomotive const& locomotive, Speed speed) {
  auto const& table = locomotive.tractive_effort;
  double const v = speed.base();
  double force = on_table(table, v);
  if (!table.empty() && !locomotive.power && v > table.back().speed.base()) {
    force *= table.back().speed.base() / v;  // the power of the last point
  }
  if (locomotive.adhesion) {
    force = std::min(force, *locomotive.adhesion * (locomotive.adhesive_mass * kGravity).base());
  }
  if (locomotive.power && force * v > locomotive.power->base()) {
    force = locomotive.power->base() / v;
  }
  return Force{force};
}

Force tractive_effort(Train const& train, Speed speed) {
  Force sum{};
  for (auto const& group : train.locomotives) {
    sum += group.count * tractive_effort(group.type, speed);
  }
  return sum;
}

Force dynamic_brake(Train const& train, Speed speed) {
  double sum = 0;
  for (auto const& group : train.locomotives) {
    sum += group.count * on_table(group.type.dynamic_brake, speed.base());
  }
  return Force{sum};
}

Power full_power(Locomotive const& locomotive, Speed top_speed) {
  double const top = std::min(locomotive.max_speed, top_speed).base();
  constexpr int kSpeeds = 128;
  double most = 0;
  for (int i = 1; i <= kSpeeds; ++i) {
    double const v = top * i / kSpeeds;
    most = std::max(most, v * tractive_effort(locomotive, Speed{v}).base());
  }
  return Power{most};
}

std::optional<Force> holding_force(Train const& train, Speed speed) {
  double const v = speed.base();
  double sum = dynamic_brake(train, speed).base();
  bool stated = false;
  auto const add = [&](std::optional<AirBrake> const& brake, int count) {
    stated = stated || brake.has_value();
    sum += brake ? count * sustained_force(*brake, v) : 0.0;
  };
  for (auto const& group : train.locomotives) {
    add(group.type.brake, group.count);
  }
  for (auto const& group : train.wagons) {
    add(group.type.brake, group.count);
  }
  return stated ? std::optional{Force{sum}} : std::nullopt;
}

Train loaded(Train train) {
  for (auto& group : train.wagons) {
    group.load = Load::kLoaded;
  }
  return train;
}

Train empty(Train train) {
  for (auto& group : train.wagons) {
    group.load = Load::kEmpty;
  }
  return train;
}

Train with_failed_locomotive(Train train, std::size_t group) {
  TW_EXPECTS(group < train.locomotives.size(), "the group is one of the train's");
  Locomotive dead = train.locomotives[group].type;
  dead.name += " (dead)";
  dead.tractive_effort = {{.speed = Speed{}, .force = Force{}}};
  dead.dynamic_brake.clear();
  dead.standing_use = Power{};
  dead.storage.reset();
  if (--train.locomotives[group].count == 0) {
    train.locomotives[group] = {.type = dead, .count = 1};
  } else {
    train.locomotives.push_back({.type = dead, .count = 1});
  }
  return train;
}

}  // namespace tidewater::train
