#include "tidewater/train/rolling_stock.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::train {
namespace {

Mass wagon_mass(WagonGroup const& group) {
  return group.load == Load::kLoaded ? group.type.tare + group.type.payload : group.type.tare;
}

/// Straight lines between points, flat beyond both ends.
double on_table(std::vector<EffortPoint> const& table, double v) {
  if (table.empty()) {
    return 0.0;
  }
  auto const next =
      std::upper_bound(table.begin(), table.end(), v, [](double x, EffortPoint const& p) {
        return x < p.speed.base();
      });
  if (next == table.begin()) {
    return table.front().force.base();
  }
  auto const& low = *std::prev(next);
  if (next == table.end()) {
    return low.force.base();
  }
  double const share = (v - low.speed.base()) / (next->speed - low.speed).base();
  return low.force.base() + share * (next->force - low.force).base();
}

double sustained_force(AirBrake const& brake, double v) {
  return v * brake.full_service.base() <= brake.sustained.base() ? brake.full_service.base()
                                                                 : brake.sustained.base() / v;
}

/// Gathers the faults of one vehicle or train under one path.
class Faults {
 public:
  Faults(Diagnostics& found, std::string where) : found_{found}, where_{std::move(where)} {}
  void require(bool holds, char const* what, char const* remedy) {
    if (!holds) {
      found_.push_back({Severity::kError, where_, what, remedy});
    }
  }

 private:
  Diagnostics& found_;
  std::string where_;
};

bool positive(double x) {
  return std::isfinite(x) && x > 0;
}
bool not_negative(double x) {
  return std::isfinite(x) && x >= 0;
}

bool is_table(std::vector<EffortPoint> const& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    bool const rises = i == 0 || table[i].speed > table[i - 1].speed;
    if (!rises || !not_negative(table[i].speed.base()) || !not_negative(table[i].force.base())) {
      return false;
    }
  }
  return true;
}

bool is_resistance(Resistance const& law) {
  return not_negative(law.fixed.base()) && not_negative(law.per_mass.base()) &&
         not_negative(law.linear.base()) && not_negative(law.linear_per_mass.base()) &&
         not_negative(law.drag.base()) && not_negative(law.drag_per_mass.base());
}

bool is_brake(std::optional<AirBrake> const& brake) {
  return !brake ||
         (not_negative(brake->full_service.base()) && not_negative(brake->sustained.base()));
}

void check(LocomotiveGroup const& group, Faults faults) {
  auto const& type = group.type;
  faults.require(group.count >= 1, "there is no locomotive in the group", "count one or more");
  faults.require(positive(type.mass.base()), "the mass is not above zero", "give a mass");
  faults.require(type.adhesive_mass >= Mass{} && type.adhesive_mass <= type.mass,
                 "the adhesive mass is not between zero and the mass",
                 "give the mass on driven axles");
  faults.require(not_negative(type.length.base()), "the length is negative", "give a length");
  faults.require(type.rotating_mass_factor >= 1 && type.rotating_mass_factor < 2,
                 "the rotating mass factor is not from 1 to 2",
                 "give inertia over mass, e.g. 1.09");
  faults.require(is_resistance(type.resistance), "a resistance is negative", "give numbers >= 0");
  faults.require(!type.tractive_effort.empty() && is_table(type.tractive_effort),
                 "the tractive effort is no table of rising speeds and forces >= 0",
                 "give speed and force from standstill upwards");
  faults.require(is_table(type.dynamic_brake),
                 "the dynamic brake is no table of rising speeds and forces >= 0",
                 "give speed and force from standstill upwards");
  faults.require(!type.adhesion || (*type.adhesion > 0 && *type.adhesion < 1),
                 "the adhesion is not between 0 and 1",
                 "give effort over adhesive weight, e.g. 0.3");
  faults.require(!type.power || positive(type.power->base()),
                 "the power is not above zero",
                 "give the power at the wheel");
  faults.require(type.max_speed > Speed{}, "the maximum speed is not above zero", "give a speed");
  faults.require(is_brake(type.brake), "the air brake is negative", "give numbers >= 0");
  faults.require(type.efficiency > 0 && type.efficiency <= 1,
                 "the efficiency is not above 0 and up to 1",
                 "give work at the wheel over energy of the fuel");
  faults.require(
      not_negative(type.standing_use.base()), "the standing use is negative", "give a power >= 0");
}

void check(WagonGroup const& group, Faults faults) {
  auto const& type = group.type;
  faults.require(group.count >= 1, "there is no wagon in the group", "count one or more");
  faults.require(positive(type.tare.base()), "the tare is not above zero", "give a mass");
  faults.require(not_negative(type.payload.base()), "the payload is negative", "give a mass >= 0");
  faults.require(not_negative(type.length.base()), "the length is negative", "give a length");
  faults.require(type.axles >= 1, "the wagon has no axles", "count one or more");
  faults.require(type.rotating_mass_factor >= 1 && type.rotating_mass_factor < 2,
                 "the rotating mass factor is not from 1 to 2",
                 "give inertia over tare, e.g. 1.06");
  faults.require(is_resistance(type.resistance), "a resistance is negative", "give numbers >= 0");
  faults.require(type.max_speed_loaded > Speed{} && type.max_speed_empty > Speed{},
                 "a maximum speed is not above zero",
                 "give a speed");
  faults.require(is_brake(type.brake), "the air brake is negative", "give numbers >= 0");
}

}  // namespace

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
    sum += group.count * resistance(group.type.resistance, wagon_mass(group), speed);
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

std::optional<Force> holding_force(Train const& train, Speed speed) {
  double const v = speed.base();
  double sum = 0;
  bool stated = false;
  auto const add = [&](std::optional<AirBrake> const& brake, int count) {
    stated = stated || brake.has_value();
    sum += brake ? count * sustained_force(*brake, v) : 0.0;
  };
  for (auto const& group : train.locomotives) {
    sum += group.count * on_table(group.type.dynamic_brake, v);
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
  if (--train.locomotives[group].count == 0) {
    train.locomotives[group] = {.type = dead, .count = 1};
  } else {
    train.locomotives.push_back({.type = dead, .count = 1});
  }
  return train;
}

Diagnostics faults(Train const& train, std::string const& where) {
  Diagnostics found;
  Faults whole{found, where};
  whole.require(!train.locomotives.empty(), "the train has no locomotive", "add a locomotive");
  whole.require(positive(train.service_braking.base()),
                "the service braking is not above zero",
                "give a deceleration, e.g. 0.2 m/s2");
  for (std::size_t i = 0; i < train.locomotives.size(); ++i) {
    check(train.locomotives[i], Faults{found, fmt::format("{}/locomotives/{}", where, i)});
  }
  for (std::size_t i = 0; i < train.wagons.size(); ++i) {
    check(train.wagons[i], Faults{found, fmt::format("{}/wagons/{}", where, i)});
  }
  return found;
}

}  // namespace tidewater::train
