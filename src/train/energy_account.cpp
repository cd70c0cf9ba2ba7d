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
    if (group.type.storage) {
      add(group, full, group.count * most);
    } else {
      returning += group.count * most * group.type.regeneration;
    }
  }
  brake_return_ = brakes > 0 ? returning / brakes : 0.0;
  for (Store* store : {&only_, &buffer_}) {
    store->brakes = brakes > 0 ? store->brakes / brakes : 0.0;
  }
  for (auto& hybrid : hybrids_) {
    hybrid.share = engines_ > 0 ? hybrid.share / engines_ : 0.0;
  }
}

void EnergyAccount::add(LocomotiveGroup const& group, double full, double brakes) {
  Storage const& storage = *group.type.storage;
  Store& store = is_battery(group.type) ? only_ : buffer_;
  double const more = group.count * storage.usable.base();
  store.efficiency =
      (store.usable * store.efficiency + more * storage.efficiency) / (store.usable + more);
  store.usable += more;
  store.charge += group.count * storage.charge.base();
  store.brakes += brakes;
  store.left += more * (is_battery(group.type) ? 1.0 : storage.filled);
  if (is_battery(group.type)) {
    return;
  }
  Hybrid const hybrid{.share = full,
                      .boost = group.count * storage.boost.base(),
                      .discharge = group.count * storage.discharge.base(),
                      .top_up = group.count * storage.top_up.base()};
  boost_ += hybrid.boost;
  bool const alike =
      !hybrids_.empty() && std::isinf(hybrids_.back().discharge) && std::isinf(hybrid.discharge);
  if (alike) {  // without a limit of their own they are one
    hybrids_.back().share += hybrid.share;
    hybrids_.back().boost += hybrid.boost;
    hybrids_.back().top_up += hybrid.top_up;
  } else {
    hybrids_.push_back(hybrid);
  }
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
  double const boosted = std::clamp(work - full * dt, 0.0, boost_ * dt);
  double const from_batteries = (work - boosted) * batteries_ / full;
  if (from_batteries > 0) {
    drawn_ += from_batteries / only_.efficiency;
    only_.left -= from_batteries / only_.efficiency;
    if (only_.left < 0 && empty_at_ < 0) {
      empty_at_ = post;
    }
  }
  engines(work - boosted - from_batteries, boosted, dt, buffer_.charge * dt);
}

/// Work of the engines and what is `boosted` beyond their full power. Each hybrid's store gives of
/// its own locomotive's part only; while it has room, the engine gives `top_up` first and fills it
/// with what is not wanted, up to `chargeable`, J.
void EnergyAccount::engines(double work, double boosted, double dt, double chargeable) {
  bool const room = buffer_.left < buffer_.usable;
  double given = 0;
  double spare = 0;
  for (auto const& hybrid : hybrids_) {
    double const own = work * hybrid.share + (boost_ > 0 ? boosted * (hybrid.boost / boost_) : 0.0);
    double const first = room ? std::min(own, hybrid.top_up * dt) : 0.0;
    given += std::min(own - first, hybrid.discharge * dt);
    spare += std::max(0.0, hybrid.top_up * dt - own);
  }
  given = std::min(given, buffer_.left * buffer_.efficiency);
  if (given > 0) {
    buffer_.left = std::max(0.0, buffer_.left - given / buffer_.efficiency);
  }
  double engine = work + boosted - given;
  if (spare > 0) {
    engine += into(buffer_, spare, chargeable);
  }
  if (engine > 0) {
    at_load(engine / (dt * engines_), engine);
  }
}

/// What of `work` at the wheel the store takes, J at the wheel, at most `chargeable`.
double EnergyAccount::into(Store& store, double work, double chargeable) {
  double const room = (store.usable - store.left) / store.efficiency;
  double const taken = std::max(0.0, std::min({work, chargeable, room}));
  store.left += taken * store.efficiency;
  return taken;
}

void EnergyAccount::brake(double dynamic, double dt) {
  dynamic_ += dynamic;
  regenerated_ += dynamic * brake_return_;
  double const kept = into(only_, dynamic * only_.brakes, only_.charge * dt);
  regenerated_ += kept * only_.efficiency;
  double const chargeable = buffer_.charge * dt;
  double const taken = into(buffer_, dynamic * buffer_.brakes, chargeable);
  regenerated_ += taken * buffer_.efficiency;
  engines(0, 0, dt, chargeable - taken);
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
