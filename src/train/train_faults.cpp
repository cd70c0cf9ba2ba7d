#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {
namespace {

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
  return is_table(law.table) && not_negative(law.fixed.base()) &&
         not_negative(law.per_mass.base()) && not_negative(law.linear.base()) &&
         not_negative(law.linear_per_mass.base()) && not_negative(law.drag.base()) &&
         not_negative(law.drag_per_mass.base());
}

bool is_brake(std::optional<AirBrake> const& brake) {
  return !brake ||
         (not_negative(brake->full_service.base()) && not_negative(brake->sustained.base()));
}

bool is_share(double x) {
  return x >= 0 && x <= 1;
}

bool is_load_table(std::vector<LoadPoint> const& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    bool const rises = i == 0 || table[i].load > table[i - 1].load;
    if (!rises || !is_share(table[i].load) || !(table[i].efficiency > 0) ||
        !(table[i].efficiency <= 1)) {
      return false;
    }
  }
  return true;
}

bool is_storage(std::optional<Storage> const& storage) {
  return !storage ||
         (positive(storage->usable.base()) && not_negative(storage->charge.base()) &&
          storage->discharge >= Power{} && storage->efficiency > 0 && storage->efficiency <= 1 &&
          is_share(storage->filled) && not_negative(storage->top_up.base()));
}

/// Only what comes on top of a stated power of an engine can be counted.
bool is_boost(Locomotive const& type) {
  return !type.storage || type.storage->boost == Power{} ||
         (type.power && type.storage->use == Storage::Use::kBuffer &&
          not_negative(type.storage->boost.base()) &&
          type.storage->boost <= type.storage->discharge);
}

void check_supply(Locomotive const& type, Faults& faults) {
  faults.require(is_load_table(type.efficiency_by_load),
                 "the efficiency is no table of rising loads and efficiencies, all within 0 to 1",
                 "give share of full power and work at the wheel over energy of the fuel");
  faults.require(type.catenary > 0 && type.catenary <= 1 && is_share(type.regeneration),
                 "a share of catenary or regeneration is not within 0 to 1",
                 "give the share that arrives, e.g. 0.9");
  faults.require(
      not_negative(type.carbon.base()), "the carbon is negative", "give a mass per energy >= 0");
  faults.require(is_storage(type.storage),
                 "the storage has no energy, or a power or efficiency out of range",
                 "give usable energy above zero, powers >= 0, an efficiency and a filling up to 1");
  faults.require(is_boost(type),
                 "the store adds power without an engine's power stated, or more than it gives",
                 "give a hybrid's power and a boost from zero to the store's discharge");
  faults.require(!type.power_rise || positive(type.power_rise->base()),
                 "the time for the power to rise is not above zero",
                 "give a time, e.g. 25 s, or leave it out");
}

void check(LocomotiveGroup const& group, Faults faults) {
  auto const& type = group.type;
  faults.require(group.count >= 1, "there is no locomotive in the group", "count one or more");
  faults.require(
      is_share(group.place), "the place is not within 0 to 1", "give the share of wagons ahead");
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
  check_supply(type, faults);
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
  faults.require(is_resistance(type.resistance) &&
                     (!type.resistance_empty || is_resistance(*type.resistance_empty)),
                 "a resistance is negative",
                 "give numbers >= 0");
  faults.require(type.max_speed_loaded > Speed{} && type.max_speed_empty > Speed{},
                 "a maximum speed is not above zero",
                 "give a speed");
  faults.require(is_brake(type.brake), "the air brake is negative", "give numbers >= 0");
}

}  // namespace

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
