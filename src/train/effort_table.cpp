#include "effort_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "tidewater/base/contract.hpp"

#include "force_table.hpp"

namespace tidewater::train {
namespace {

constexpr std::size_t kCells = 2048;

/// Resistance by table of all vehicles, N.
double tabled_resistance(Train const& train, double v) {
  double sum = 0;
  for (auto const& group : train.locomotives) {
    sum += group.count * on_table(group.type.resistance.table, v);
  }
  for (auto const& group : train.wagons) {
    sum += group.count * on_table(resistance_law(group).table, v);
  }
  return sum;
}

bool has_tables(Train const& train) {
  return std::any_of(train.locomotives.begin(),
                     train.locomotives.end(),
                     [](auto const& group) { return !group.type.resistance.table.empty(); }) ||
         std::any_of(train.wagons.begin(), train.wagons.end(), [](auto const& group) {
           return !resistance_law(group).table.empty();
         });
}

bool has_dynamic_brakes(Train const& train) {
  return std::any_of(train.locomotives.begin(), train.locomotives.end(), [](auto const& group) {
    return !group.type.dynamic_brake.empty();
  });
}

/// The train while the stores of its hybrids add to its engines' power; none, when none does.
std::optional<Train> boosted(Train train) {
  bool any = false;
  for (auto& group : train.locomotives) {
    if (group.type.storage && group.type.storage->boost > Power{}) {
      *group.type.power += group.type.storage->boost;
      any = true;
    }
  }
  return any ? std::optional{std::move(train)} : std::nullopt;
}

}  // namespace

template <class Function>
EffortTable::Cells EffortTable::cells_of(Function const& f, double inertia) const {
  Cells cells;
  cells.reserve(kCells);
  double low = f(0.0) / inertia;
  for (std::size_t i = 0; i < kCells; ++i) {
    double const v = static_cast<double>(i) / cells_per_speed_;
    double const high = f(static_cast<double>(i + 1) / cells_per_speed_) / inertia;
    double const slope = (high - low) * cells_per_speed_;
    cells.push_back({.at_rest = low - slope * v, .slope = slope});
    low = high;
  }
  return cells;
}

EffortTable::EffortTable(Train const& train, double top_speed)
    : cells_per_speed_{static_cast<double>(kCells) / top_speed} {
  TW_EXPECTS(top_speed > 0, "a train moves");
  double const mass = inertia(train).base();
  auto const formula_at = [&](double v) {
    return (tidewater::train::resistance(train, Speed{v}).base() - tabled_resistance(train, v)) /
           mass;
  };
  // A sum of quadratics is known from three of its values.
  a_ = formula_at(0);
  double const at_one = formula_at(1) - a_;
  double const at_two = formula_at(2) - a_;
  c_ = 0.5 * at_two - at_one;
  b_ = at_one - c_;
  effort_ = cells_of([&](double v) { return tractive_effort(train, Speed{v}).base(); }, mass);
  if (auto const most = boosted(train)) {
    boost_ = cells_of(
        [&](double v) {
          return (tractive_effort(*most, Speed{v}) - tractive_effort(train, Speed{v})).base();
        },
        mass);
  }
  if (has_tables(train)) {
    further_ = cells_of([&](double v) { return tabled_resistance(train, v); }, mass);
  }
  if (has_dynamic_brakes(train)) {
    dynamic_ = cells_of(
        [&](double v) { return tidewater::train::dynamic_brake(train, Speed{v}).base(); }, mass);
  }
}

}  // namespace tidewater::train
