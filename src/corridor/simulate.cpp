#include "tidewater/corridor/simulate.hpp"

#include "tidewater/base/contract.hpp"
#include "tidewater/base/parallel.hpp"
#include "tidewater/des/statistics.hpp"

#include "world.hpp"

namespace tidewater::corridor {

World::World(CorridorModel const& corridor, Streams streams, SimulateOptions const& options)
    : model{corridor},
      calendar{corridor.first_year, corridor.years},
      opening{corridor.opening.base()},
      watch{options.watch},
      env{streams},
      totals(corridor.products.size()) {
  std::size_t const years = calendar.years();
  life.products = decltype(life.products)(model.products.size(), std::vector<ProductYear>(years));
  life.mines = decltype(life.mines)(model.mines.size(), std::vector<MineYear>(years));
  life.plants = decltype(life.plants)(model.plants.size(), std::vector<PlantYear>(years));
  life.fleets =
      decltype(life.fleets)(model.fleets.size(), FleetLife{.years = std::vector<FleetYear>(years)});
  life.lines = decltype(life.lines)(
      model.lines.size(), LineLife{.years = std::vector<LineYear>(years), .section_use = {}});
  life.inbound = decltype(life.inbound)(model.inbound.size(), std::vector<InboundYear>(years));
  life.ports = decltype(life.ports)(model.ports.size(),
                                    PortLife{.years = std::vector<PortYear>(years), .berths = {}});
  life.balance = decltype(life.balance)(model.products.size());
  if (options.losses == LossBooks::kKept) {
    ledger.emplace(calendar);
    life.losses.plan = decltype(life.losses.plan)(model.products.size(), std::vector<Mass>(years));
  }
}

Life simulate(CorridorModel const& model, Streams streams, SimulateOptions const& options) {
  TW_EXPECTS(faults(model).empty(), "a corridor with faults is not simulated: ask faults() first");
  World world{model, streams, options};
  build(world);
  world.life.pipelines.assign(world.pipelines.size(), std::vector<Mass>(world.calendar.years()));
  world.life.roads.assign(world.roads.size(), std::vector<RoadYear>(world.calendar.years()));
  world.env.run(world.calendar.end());
  close_books(world);
  return std::move(world.life);
}

namespace {

std::vector<double> measured(Lives const& lives,
                             std::function<double(Life const&)> const& measure) {
  std::vector<double> values;
  values.reserve(lives.lives.size());
  for (Life const& life : lives.lives) {
    values.push_back(measure(life));
  }
  return values;
}

Estimate estimated(des::Interval const& interval) {
  return {.mean = interval.mean,
          .half_width = interval.count > 1 ? interval.half : 0.0,
          .replications = interval.count};
}

}  // namespace

Estimate Lives::estimate(std::function<double(Life const&)> const& measure) const {
  return estimated(des::interval(measured(*this, measure)));
}

Estimate difference(Lives const& a,
                    Lives const& b,
                    std::function<double(Life const&)> const& measure) {
  TW_EXPECTS(a.lives.size() == b.lives.size(), "options are compared replication by replication");
  return paired_difference(measured(a, measure), measured(b, measure));
}

Estimate paired_difference(std::vector<double> const& a, std::vector<double> const& b) {
  return estimated(des::paired_interval(a, b));
}

Lives experiment(CorridorModel const& model, ExperimentOptions const& options) {
  TW_EXPECTS(options.replications >= 1, "an experiment has a replication");
  Lives result;
  auto const count = static_cast<std::size_t>(options.replications);
  result.lives.resize(count);
  parallel_for(count, options.threads, [&](std::size_t i) {
    SimulateOptions one{.losses = options.losses};
    if (i == 0) {
      one.watch = options.watch;
    }
    result.lives[i] = simulate(model, Streams{options.seed, static_cast<std::uint32_t>(i)}, one);
  });
  return result;
}

}  // namespace tidewater::corridor
