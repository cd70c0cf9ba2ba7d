// A tank with constant flows between changes: its level is a broken line, its events are crossings.

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/des/store.hpp"

namespace tidewater::des {

FlowTank::FlowTank(Env& env, std::string name, double capacity, double level)
    : Levelled{env, std::move(name)},
      capacity_{capacity},
      level_{level},
      start_{env.now()},
      at_{env.now()},
      alarm_{env, [this] { crossing(); }} {
  TW_EXPECTS(level >= 0 && level <= capacity, "a tank starts between empty and full");
}

FlowTank::Port FlowTank::add(std::string name, double sign) {
  flows_.push_back({std::move(name), sign});
  return {flows_.size() - 1};
}

FlowTank::Port FlowTank::add_inflow(std::string name) {
  return add(std::move(name), 1);
}

FlowTank::Port FlowTank::add_outflow(std::string name) {
  return add(std::move(name), -1);
}

void FlowTank::set_rate(Port port, double rate) {
  if (!(rate >= 0 && rate < kForever)) {
    env().fail(fmt::format(
        "{}: the rate of {} is negative or not finite", name(), flows_.at(port.index).name));
  }
  settle();
  flows_.at(port.index).rate = rate;
  plan();
}

double FlowTank::flow(Port port) const {
  return flows_.at(port.index).actual;
}

double FlowTank::passed(Port port) const {
  Flow const& flow = flows_.at(port.index);
  return flow.passed + flow.actual * (env().now() - at_);
}

double FlowTank::level() const {
  return std::clamp(level_ + net_ * (env().now() - at_), 0.0, capacity_);
}

double FlowTank::mean_level() const {
  double const dt = env().now() - at_;
  return (area_ + dt * (level_ + level()) / 2) / (env().now() - start_);
}

void FlowTank::settle() {
  SimTime const now = env().now();
  double const after = level();
  area_ += (now - at_) * (level_ + after) / 2;
  for (Flow& flow : flows_) {
    flow.passed += flow.actual * (now - at_);
  }
  level_ = after;
  at_ = now;
}

void FlowTank::plan() {
  settle();
  double in = 0;
  double out = 0;
  for (Flow const& flow : flows_) {
    (flow.sign > 0 ? in : out) += flow.rate;
  }
  bool const is_throttled_in = level_ >= capacity_ && in > out;
  bool const is_throttled_out = level_ <= 0 && out > in;
  double const in_share = is_throttled_in ? out / in : 1.0;
  double const out_share = is_throttled_out ? in / out : 1.0;
  for (Flow& flow : flows_) {
    flow.actual = flow.rate * (flow.sign > 0 ? in_share : out_share);
  }
  net_ = is_throttled_in || is_throttled_out ? 0.0 : in - out;
  wake_watchers();
  state_changed();
  alarm_.cancel();
  if (net_ == 0) {
    return;
  }
  target_ = net_ > 0 ? capacity_ : 0.0;
  for (Wait* wait = watchers().first(); wait != nullptr; wait = WaitLine::after(*wait)) {
    LevelWait const& one = static_cast<LevelWait const&>(*wait);
    // Those that hold have just been woken, so every threshold here lies ahead or behind for good.
    if (net_ > 0 && one.side() == Side::kAtLeast) {
      target_ = std::min(target_, one.threshold());
    } else if (net_ < 0 && one.side() == Side::kAtMost) {
      target_ = std::max(target_, one.threshold());
    }
  }
  if (target_ < kForever) {
    alarm_.set(env().now() + (target_ - level_) / net_);
  }
}

void FlowTank::crossing() {
  settle();
  level_ = target_;  // exactly: the crossing time was rounded
  plan();
}

std::string FlowTank::describe() const {
  return fmt::format("{} (level {} of {})", name(), level(), capacity_);
}

}  // namespace tidewater::des
