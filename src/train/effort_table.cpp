#include "effort_table.hpp"

#include "tidewater/base/contract.hpp"

namespace tidewater::train {
namespace {
constexpr std::size_t kCells = 2048;
}

EffortTable::EffortTable(Train const& train, double top_speed)
    : cells_per_speed_{static_cast<double>(kCells) / top_speed} {
  TW_EXPECTS(top_speed > 0, "a train moves");
  double const per_mass = 1.0 / inertia(train).base();
  auto const resistance_at = [&](double v) {
    return tidewater::train::resistance(train, Speed{v}).base() * per_mass;
  };
  // A sum of quadratics is known from three of its values.
  a_ = resistance_at(0);
  double const at_one = resistance_at(1) - a_;
  double const at_two = resistance_at(2) - a_;
  c_ = 0.5 * at_two - at_one;
  b_ = at_one - c_;

  cells_.reserve(kCells);
  double low = tractive_effort(train, Speed{0}).base() * per_mass;
  for (std::size_t i = 0; i < kCells; ++i) {
    double const v = static_cast<double>(i) / cells_per_speed_;
    double const high =
        tractive_effort(train, Speed{static_cast<double>(i + 1) / cells_per_speed_}).base() *
        per_mass;
    double const slope = (high - low) * cells_per_speed_;
    cells_.push_back({.at_rest = low - slope * v, .slope = slope});
    low = high;
  }
}

}  // namespace tidewater::train
