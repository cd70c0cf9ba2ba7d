#include "energy_account.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tidewater::train {
namespace {

bool is_battery(Locomotive const& type) {
  return type.storage && type.storage->use == Storage::Use::kOnlySource;
}

double efficiency_at(Locomotive const& type, double load) {
  auto const& table = type.efficiency_by_load;
  if (table.empty()) {
    return type.efficiency;
  }
  auto const next = std::upper_bound(
      table.begin(), table.end(), load, [](double x, LoadPoint const& p) { return x < p.load; });
  if (next == table.begin()) {
    return next->efficiency;
  }
  auto const& low = *std::prev(next);
  if (next == table.end()) {
    return low.efficiency;
  }
  double const share = (load - low.load) / (next->load - low.load);
  return low.efficiency + share * (next->efficiency - low.efficiency);
}

}  // namespace

EnergyAccount::EnergyAccount(Train const& train, double top_speed)
    : train_{train}, top_speed_{top_speed}, by_load_(kLoads + 1, 0.0) {
  double brakes = 0;
  double returning = 0;
  for (auto const& group : train.locomotives) {
    double const full = group.count * full_power(group.type, Speed{top_speed}).base();
    (is_battery(group.type) ? batteries_ : engines_) += full;
    double most = 0;
    for (auto const& point : group.type.dynamic_brake) {
      most = std::max(most, point.force.base());
    }
    brakes += group.count * most;
    returning += group.count * most * (group.type.storage ? 0.0 : group.type.regeneration);
    if (group.type.storage) {
      Store& store = is_battery(group.type) ? only_ : buffer_;
      store.wheels += full;
      store.brakes += group.count * most;
      add(*group.type.storage, group.count, store);
    }
  }
  if (brakes > 0) {
    brake_return_ = returning / brakes;
    only_.brakes /= brakes;
    buffer_.brakes /= brakes;
  }
}

void EnergyAccount::add(Storage const& storage, int count, Store& store) {
  double const more = count * storage.usable.base();
  store.efficiency =
      (store.usable * store.efficiency + more * storage.efficiency) / (store.usable + more);
  store.usable += more;
  store.charge += count * storage.charge.base();
  store.discharge += count * storage.discharge.base();
  store.boost += count * storage.boost.base();
  store.top_up += count * storage.top_up.base();
  store.left += more * (storage.use == Storage::Use::kOnlySource ? 1.0 : storage.filled);
}

/// Work between two neighbouring loads, so that any table read by straight lines comes out right.
void EnergyAccount::at_load(double load, double work) {
  double const place = std::min(load, 1.0) * kLoads;
  auto const cell = std::min(static_cast<std::size_t>(place), std::size_t{kLoads - 1});
  double const share = place - static_cast<double>(cell);
  by_load_[cell] += (1.0 - share) * work;
  by_load_[cell + 1] += share * work;
}

void EnergyAccount::pull(double work, double dt, double post) {
  double const full = engines_ + batteries_;
  if (full <= 0) {
    return;
  }
  // What is beyond full power is a boost, and no battery's.
  double const unboosted = buffer_.boost > 0 ? std::min(work, full * dt) : work;
  double const from_batteries = unboosted * batteries_ / full;
  if (from_batteries > 0) {
    drawn_ += from_batteries / only_.efficiency;
    only_.left -= from_batteries / only_.efficiency;
    if (only_.left < 0 && empty_at_ < 0) {
      empty_at_ = post;
    }
  }
  double engine = work - from_batteries;
  if (buffer_.left > 0) {
    // Its own wheels' share and its boost, behind what its engine gives at least to fill it.
    double const filling =
        buffer_.left < buffer_.usable ? std::min(engine, buffer_.top_up * dt) : 0.0;
    double const given = std::min({engine - filling,
                                   engine * buffer_.wheels / engines_ + buffer_.boost * dt,
                                   buffer_.discharge * dt,
                                   buffer_.left * buffer_.efficiency});
    buffer_.left = std::max(0.0, buffer_.left - given / buffer_.efficiency);
    engine -= given;
  }
  top_up(engine, buffer_.charge * dt, dt);
}

/// Work of the engines, of which those of hybrids do at least what they fill their stores with, as
/// far as these can take it.
void EnergyAccount::top_up(double engine, double most, double dt) {
  if (engine < buffer_.top_up * dt) {
    engine += into(buffer_, std::min(buffer_.top_up * dt - engine, most));
  }
  if (engine > 0) {
    at_load(engine / (dt * engines_), engine);
  }
}

/// What of `work` at the wheel the store takes, J at the wheel.
double EnergyAccount::into(Store& store, double work) {
  double const room = (store.usable - store.left) / store.efficiency;
  double const taken = std::max(0.0, std::min(work, room));
  store.left += taken * store.efficiency;
  return taken;
}

void EnergyAccount::brake(double dynamic, double dt) {
  dynamic_ += dynamic;
  regenerated_ += dynamic * brake_return_;
  regenerated_ +=
      into(only_, std::min(dynamic * only_.brakes, only_.charge * dt)) * only_.efficiency;
  double const most = buffer_.charge * dt;
  double const kept = into(buffer_, std::min(dynamic * buffer_.brakes, most));
  regenerated_ += kept * buffer_.efficiency;
  top_up(0, most - kept, dt);
}

void EnergyAccount::settle(RunEnergy& energy, double time) const {
  energy.dynamic = Energy{dynamic_};
  energy.regenerated = Energy{regenerated_};
  for (auto const& group : train_.locomotives) {
    auto const& type = group.type;
    double const full = group.count * full_power(type, Speed{top_speed_}).base();
    double drawn = group.count * type.standing_use.base() * time;
    if (is_battery(type)) {
      drawn += batteries_ > 0 ? drawn_ * full / batteries_ : 0.0;
    } else if (engines_ > 0) {
      for (std::size_t i = 0; i < by_load_.size(); ++i) {
        double const load = static_cast<double>(i) / kLoads;
        drawn += by_load_[i] * full / engines_ / (efficiency_at(type, load) * type.catenary);
      }
    }
    energy.supply += Energy{drawn};
    energy.carbon += Energy{drawn} * type.carbon;
  }
}

}  // namespace tidewater::train
