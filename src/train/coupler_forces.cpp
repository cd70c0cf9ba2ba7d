#include <algorithm>
#include <cmath>
#include <vector>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {
namespace {

/// One vehicle: what it takes to move it so, and the effort it can give.
struct Vehicle {
  double needs;   // N
  double effort;  // N
};

struct Motion {
  Speed speed;
  double grade;
  Accel acceleration;
};

Vehicle vehicle(Locomotive const& type, Motion motion) {
  Force const needs = resistance(type.resistance, type.mass, motion.speed) +
                      motion.grade * (type.mass * kGravity) +
                      type.rotating_mass_factor * type.mass * motion.acceleration;
  return {needs.base(), tractive_effort(type, motion.speed).base()};
}

Vehicle vehicle(WagonGroup const& group, Motion motion) {
  auto const& type = group.type;
  Mass const mass = group.load == Load::kLoaded ? type.tare + type.payload : type.tare;
  Mass const inertia = mass + (type.rotating_mass_factor - 1.0) * type.tare;
  Force const needs = resistance(resistance_law(group), mass, motion.speed) +
                      motion.grade * (mass * kGravity) + inertia * motion.acceleration;
  return {needs.base(), 0.0};
}

/// Front to rear; groups of locomotives with the same place stand as they are listed.
std::vector<Vehicle> in_order(Train const& train, Motion motion) {
  std::vector<Vehicle> wagons;
  for (auto const& group : train.wagons) {
    wagons.insert(wagons.end(), static_cast<std::size_t>(group.count), vehicle(group, motion));
  }
  std::vector<LocomotiveGroup const*> groups;
  for (auto const& group : train.locomotives) {
    groups.push_back(&group);
  }
  std::stable_sort(groups.begin(), groups.end(), [](auto const* a, auto const* b) {
    return a->place < b->place;
  });
  std::vector<Vehicle> order;
  std::size_t next = 0;
  for (auto const* group : groups) {
    auto const ahead =
        static_cast<std::size_t>(std::lround(group->place * static_cast<double>(wagons.size())));
    for (; next < ahead; ++next) {
      order.push_back(wagons[next]);
    }
    order.insert(order.end(), static_cast<std::size_t>(group->count), vehicle(group->type, motion));
  }
  order.insert(order.end(), wagons.begin() + static_cast<std::ptrdiff_t>(next), wagons.end());
  return order;
}

}  // namespace

CouplerForces coupler_forces(Train const& train, Speed speed, double grade, Accel acceleration) {
  auto const order = in_order(train, {speed, grade, acceleration});
  double needs = 0;
  double effort = 0;
  for (auto const& one : order) {
    needs += one.needs;
    effort += one.effort;
  }
  TW_EXPECTS(effort > 0, "some locomotive pulls at this speed");
  double const share = needs / effort;  // above 1: what it would take
  CouplerForces worst;
  double pull = 0;  // of the coupler behind the vehicles so far
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    pull += share * order[i].effort - order[i].needs;
    if (Force{pull} > worst.pull) {
      worst.pull = Force{pull};
      worst.pull_behind = static_cast<int>(i) + 1;
    }
    worst.push = std::max(worst.push, Force{-pull});
  }
  return worst;
}

}  // namespace tidewater::train
