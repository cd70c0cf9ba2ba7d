#pragma once
/// Where a run's energy comes from and goes: fuel, catenary, batteries, brakes.

#include <vector>

#include "tidewater/train/running_time.hpp"

namespace tidewater::train {

/// Fed with the work of each move, J at the wheel. All locomotives work at the same share of their
/// full power (one controller for all); the stores of all are one store of each use.
class EnergyAccount {
 public:
  EnergyAccount(Train const& train, double top_speed);

  void pull(double work, double dt, double post);
  /// No work at the wheel, or less than none; `dynamic` is the part the dynamic brakes take.
  void brake(double dynamic, double dt);

  /// J at the wheel that the stores of hybrids could still add.
  [[nodiscard]] double in_store() const { return buffer_.left * buffer_.efficiency; }
  /// Fills dynamic, supply, regenerated and carbon of a run that took `time` s.
  void settle(RunEnergy& energy, double time) const;
  /// Where a battery that is the only source ran empty, m; negative when it did not.
  [[nodiscard]] double empty_at() const { return empty_at_; }

 private:
  /// J inside, powers in W at the wheel.
  struct Store {
    double usable = 0;
    double charge = 0;
    double discharge = 0;
    double boost = 0;
    double top_up = 0;
    double wheels = 0;  ///< full power of the locomotives that carry it, W
    double brakes = 0;  ///< their share of the train's dynamic brakes
    double efficiency = 1;
    double left = 0;
  };
  static constexpr int kLoads = 64;

  static void add(Storage const& storage, int count, Store& store);
  void at_load(double load, double work);
  static double into(Store& store, double work);
  void top_up(double engine, double most, double dt);

  Train const& train_;
  double top_speed_;
  double engines_ = 0;       // W of full power fed by fuel or current
  double batteries_ = 0;     // W of full power fed by a store alone
  double brake_return_ = 0;  // share of dynamic braking that goes into the supply
  Store only_{};
  Store buffer_{};
  std::vector<double> by_load_;  // J of engine work by share of full power
  double drawn_ = 0;             // J out of batteries that are the only source
  double dynamic_ = 0;
  double regenerated_ = 0;
  double empty_at_ = -1;
};

}  // namespace tidewater::train
