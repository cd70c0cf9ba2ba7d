/// Which size of train costs least, at the project's own prices.

#include <algorithm>
#include <cmath>

#include "lookup.hpp"
#include "rail_design.hpp"
#include "rolling_stock.hpp"

namespace tidewater::appraisal {

namespace {

using project::Project;

constexpr double kLife = 25;  // years a locomotive or wagon is paid off over, assumed

/// Price as a level payment over its life.
MoneyPerTime level(Money price, double rate) {
  double const share = rate > 0 ? rate / (1 - std::pow(1 + rate, -kLife)) : 1 / kLife;
  return share * price / units::year;
}

/// All its railways in one, in the loaded direction.
train::Line joined(Design const& design, TrainDesign const& train) {
  train::Line whole;
  for (auto const link : train.links) {
    auto const& line = design.of_link(link).rail->line;
    Length const shift = whole.end - line.begin();
    for (auto section : line.sections) {
      section.from += shift;
      whole.sections.push_back(section);
    }
    whole.end += line.length();
  }
  return whole;
}

/// Time to load and unload a mass, at the ends of the first way over the train's railways.
Time handling(Project const& p, Design const& design, TrainDesign const& train, Mass payload) {
  for (auto const& way : design.ways) {
    if (std::find(way.links.begin(), way.links.end(), train.links.front()) == way.links.end()) {
      continue;
    }
    auto const& from = named(p.sites, way.from);
    auto const& to = named(p.sites, way.plant.empty() ? way.port : way.plant);
    auto const loading = from.mine ? from.mine->loadout_rate.value : from.plant->loading_rate.value;
    auto const unloading = to.port ? to.port->unloading_rate.value : to.plant->unloading_rate.value;
    return (loading > MassRate{} ? payload / loading : Time{}) +
           (unloading > MassRate{} ? payload / unloading : Time{});
  }
  return {};
}

}  // namespace

Result<std::variant<train::SizeAdvice, train::NoConsist>> size_advice(Project const& project,
                                                                      Design const& design,
                                                                      TrainDesign const& train) {
  auto const& consist = named(project.consists, train.consist);
  auto task = consist_task(project, consist);
  for (auto const link : train.links) {
    auto const& rail = *project.links[link].rail;
    task.limits.loop_length = std::min(task.limits.loop_length, rail.loop_length.value);
    task.limits.axle_load = std::min(task.limits.axle_load, rail.axle_load.value);
  }
  double const rate = project.header.discount_rate.value;
  Mass const further = payload(train::Train{.wagons = task.further_wagons});
  train::ConsistCosts const costs{
      .running = consist.running_cost.value,
      .locomotive = level(named(project.locomotives, consist.locomotive).price.value, rate),
      .wagon = level(named(project.wagons, consist.wagon).price.value, rate),
      .further = level(price_of_more(project, consist), rate),
      .energy = consist.energy_price.value,
      .at_ends = consist.at_loading.value + consist.at_unloading.value +
                 handling(project, design, train, further),
      .per_wagon = handling(project, design, train, task.wagon.payload)};
  return train::advise_size(std::move(task), joined(design, train), costs);
}

}  // namespace tidewater::appraisal
