#include "rolling_stock.hpp"

#include <cmath>

#include "lookup.hpp"

namespace tidewater::appraisal {

namespace {

constexpr Area kLocomotiveFront{10.0};        // m2, assumed: about 110 ft2
constexpr Speed kFullDynamicBrake{15 / 3.6};  // below it the dynamic brake fades out, assumed

/// A measured curve in place of a formula.
train::Resistance by_table(std::vector<project::CurvePoint> const& curve) {
  train::Resistance out;
  for (auto const& point : curve) {
    out.table.push_back({Speed{point.x}, Force{point.y}});
  }
  return out;
}

/// Fuel, current or battery of a locomotive.
void supply(project::Locomotive const& l, train::Locomotive& out) {
  using Traction = project::Locomotive::Traction;
  out.efficiency = l.efficiency.value;
  for (auto const& point : l.efficiency_by_load) {
    out.efficiency_by_load.push_back({point.x, point.y});
  }
  out.standing_use = l.idling.value;
  out.carbon = l.carbon.value;
  if (l.power_rise.value > Time{}) {
    out.power_rise = l.power_rise.value;
  }
  if (l.traction == Traction::kElectric) {
    out.catenary = l.catenary.value;
    out.regeneration = l.regeneration.value;
  }
  if (l.traction == Traction::kBattery || l.traction == Traction::kHybrid) {
    out.storage = train::Storage{.usable = l.storage.value, .charge = l.storage_power.value};
  }
  if (l.traction == Traction::kHybrid && l.storage_boost.value > Power{}) {
    out.storage->boost = l.storage_boost.value;
    out.storage->discharge = std::max(l.storage_power.value, l.storage_boost.value);
  }
  if (l.traction == Traction::kBattery) {
    out.storage->use = train::Storage::Use::kOnlySource;
    out.storage->efficiency = l.efficiency.value;
  }
}

double in_all(std::vector<project::VehicleGroup> const& more) {
  double sum = 0;
  for (auto const& group : more) {
    sum += std::round(group.count.value);
  }
  return sum;
}

}  // namespace

Money price_of_more(project::Project const& p, project::Consist const& consist) {
  Money sum{};
  for (auto const& more : consist.more_locomotives) {
    sum += std::round(more.count.value) * named(p.locomotives, more.of).price.value;
  }
  for (auto const& more : consist.more_wagons) {
    sum += std::round(more.count.value) * named(p.wagons, more.of).price.value;
  }
  return sum;
}

Money price_of_train(project::Project const& p,
                     project::Consist const& consist,
                     train::SizedConsist const& sized) {
  return (sized.locomotives - in_all(consist.more_locomotives)) *
             named(p.locomotives, consist.locomotive).price.value +
         (sized.wagons - in_all(consist.more_wagons)) * named(p.wagons, consist.wagon).price.value +
         price_of_more(p, consist);
}

train::Locomotive locomotive(project::Locomotive const& l) {
  train::Locomotive out;
  out.name = l.id;
  out.mass = l.mass.value;
  out.adhesive_mass = l.mass.value;
  out.length = l.length.value;
  out.axles = static_cast<int>(std::lround(l.axles.value));
  out.resistance = l.resistance.empty() ? train::davis_locomotive(out.axles, kLocomotiveFront)
                                        : by_table(l.resistance);
  out.max_speed = l.max_speed.value;
  out.adhesion = l.adhesion.value;
  out.power = l.power.value;
  supply(l, out);
  Force const grip = l.adhesion.value * l.mass.value * train::kGravity;
  if (l.effort.empty()) {
    out.tractive_effort = {{Speed{0}, grip}};  // capped by adhesion, then by power over speed
  }
  for (auto const& point : l.effort) {
    out.tractive_effort.push_back({Speed{point.x}, Force{point.y}});
  }
  Force const most = l.brake_grip.value * grip;
  Speed const full = std::max(kFullDynamicBrake, l.dynamic_brake.value / most);
  out.dynamic_brake = {
      {Speed{0}, Force{0}},
      {kFullDynamicBrake, std::min(most, l.dynamic_brake.value / kFullDynamicBrake)}};
  for (double const factor : {1.0, 1.5, 2.0, 3.0}) {  // constant power above the corner speed
    Speed const v = factor * full;
    if (v > out.dynamic_brake.back().speed) {
      out.dynamic_brake.push_back({v, std::min(most, l.dynamic_brake.value / v)});
    }
  }
  return out;
}

train::Wagon wagon(project::Wagon const& w) {
  int const axles = static_cast<int>(std::lround(w.axles.value));
  Mass const gross = w.tare.value + w.payload.value;
  train::Wagon out{
      .name = w.id,
      .tare = w.tare.value,
      .payload = w.payload.value,
      .length = w.length.value,
      .axles = axles,
      .resistance = train::modified_davis(axles),
      .brake = train::AirBrake{w.brake_ratio.value * gross * train::kGravity, w.brake_heat.value}};
  if (!w.resistance_loaded.empty()) {
    out.resistance = by_table(w.resistance_loaded);
  }
  if (!w.resistance_empty.empty()) {
    out.resistance_empty = by_table(w.resistance_empty);
  }
  return out;
}

}  // namespace tidewater::appraisal
