/// Plants at hubs: batch by batch, from the hub's yards into the hub's yards. A batch is taken in
/// when its inputs are there and worked when its outputs have room; residue is not followed.

#include <algorithm>

#include "stops.hpp"
#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// Seconds of what it was about until now, by year.
void book_spell(World& world, PlantState const& plant) {
  world.calendar.each_year(
      plant.since, world.now(), [&](std::size_t year, double from, double until) {
        PlantYear& entry = world.life.plants[plant.id][year];
        switch (plant.working) {
          case Working::kAwaitingInput:
            entry.lacks_input += Time{until - from};
            break;
          case Working::kAwaitingRoom:
            entry.lacks_room += Time{until - from};
            break;
          case Working::kWorking:
            entry.down += Time{until - from - plant.down.open_time(from, until)};
            break;
          case Working::kIdle:
            break;
        }
      });
}

void turn_to(World& world, PlantState& plant, Working working, PlantState::Flow const* awaits) {
  note(world, plant.link);
  keep_working(world, plant, world.now());
  book_spell(world, plant);
  plant.working = working;
  plant.awaits = awaits;
  plant.since = world.now();
}

des::Task<> take_in(World& world, PlantState& plant) {
  for (PlantState::Flow const& input : plant.inputs) {
    turn_to(world, plant, Working::kAwaitingInput, &input);
    static_cast<void>(co_await input.yard->cargo.get(input.amount));
    input.yard->clear(input.amount);
    world.move(input.yard->account, input.in_work, input.amount);
    world.totals[input.product].in_plants += input.amount;
  }
}

void put_out(World& world, PlantState const& plant) {
  for (PlantState::Flow const& input : plant.inputs) {
    world.move(input.in_work, input.worked_up, input.amount);
    world.totals[input.product].in_plants -= input.amount;
    world.totals[input.product].worked += input.amount;
    world.life.products[input.product][world.year()].worked += tonnes(input.amount);
  }
  for (PlantState::Flow const& output : plant.outputs) {
    world.move(Ledger::kNone, output.yard->account, output.amount);
    world.totals[output.product].made += output.amount;
    world.life.products[output.product][world.year()].made += tonnes(output.amount);
  }
  world.life.plants[plant.id][world.year()].worked += tonnes(plant.inputs.front().amount);
}

/// From then on, the first moment with a rate above zero; infinity when there is none.
double first_rate(PlantState const& plant, double t) {
  if (plant.rate_at(t) > 0) {
    return t;
  }
  for (RateStep const& step : plant.plant->rate) {
    if (step.from.base() > t && step.rate > MassRate{}) {
      return step.from.base();
    }
  }
  return kEver;
}

void add_plant(World& world, PlantId id) {
  Plant const& made = world.model.plants[id];
  PlantState& plant = world.plants.emplace_back();
  plant.id = id;
  plant.plant = &made;
  double const batch = made.batch.in(units::t);
  auto const flow = [&](ProductId product, double share) {
    return PlantState::Flow{
        .product = product, .amount = share * batch, .yard = hub_yard(world, made.hub, product)};
  };
  plant.inputs.push_back(flow(made.input, 1));
  for (RecipePart const& part : made.further) {
    plant.inputs.push_back(flow(part.product, part.share));
  }
  for (RecipePart const& part : made.outputs) {
    plant.outputs.push_back(flow(part.product, part.share));
  }
  // Two plants that make the same products claim room for them in one order, and so never hold each
  // other up.
  std::sort(plant.outputs.begin(), plant.outputs.end(), [](auto const& a, auto const& b) {
    return a.product < b.product;
  });
  for (PlantState::Flow const& input : plant.inputs) {
    input.yard->taken_by.push_back({.plant = &plant});
  }
  auto down = alternating_spells(world.env.stream(made.id, "plant outages"),
                                 made.reliability,
                                 world.opening,
                                 world.calendar.end());
  keep_closures(
      world, {{Place::Kind::kPlant, id.index()}, PlaceClosure::By::kOutage, "outage"}, down);
  auto const struck = world.hubs[made.hub.index()].struck.all();
  down.insert(down.end(), struck.begin(), struck.end());
  plant.down = Spells{std::move(down)};
}

}  // namespace

double PlantState::rate_at(double t) const {
  return tonnes_per_second(corridor::rate_at(plant->rate, t));
}

double PlantState::makes(ProductId product, double t) const {
  return share_of(plant->outputs, product) * rate_at(t);
}

void build_plants(World& world) {
  for (std::uint32_t i = 0; i < world.model.plants.size(); ++i) {
    add_plant(world, PlantId{i});
  }
}

des::Process run_plant(World& world, PlantState& plant) {
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  plant.since = world.now();
  while (true) {
    co_await take_in(world, plant);
    for (PlantState::Flow const& output : plant.outputs) {
      turn_to(world, plant, Working::kAwaitingRoom, &output);
      static_cast<void>(co_await output.yard->room.get(output.amount));
    }
    if (double const ready = first_rate(plant, world.now()); ready > world.now()) {
      turn_to(world, plant, Working::kIdle, nullptr);
      if (ready >= world.calendar.end()) {
        co_return;
      }
      co_await world.env.hold_or_throw(ready - world.now());
    }
    turn_to(world, plant, Working::kWorking, nullptr);
    double const work = plant.inputs.front().amount / plant.rate_at(world.now());
    co_await world.env.hold_or_throw(plant.down.work_end(world.now(), work) - world.now());
    plant.busy += work;
    put_out(world, plant);
    for (PlantState::Flow const& output : plant.outputs) {
      static_cast<void>(co_await output.yard->cargo.put(output.amount));
    }
  }
}

void carry_losses_through_plants(World& world) {
  Ledger& ledger = *world.ledger;
  for (PlantId const id : plants_downstream(world.model)) {
    Plant const& plant = world.model.plants[id];
    std::vector<std::pair<Ledger::Line, std::vector<double>>> short_of;
    for (auto const& [line, account] : ledger.accounts()) {
      if (line.product == plant.input && line.cause != LossCause::kWorked) {
        short_of.emplace_back(line, ledger.sheet(account));
      }
    }
    for (RecipePart const& part : plant.outputs) {
      for (auto const& [line, sheet] : short_of) {
        Ledger::Account const own = ledger.open({part.product, line.cause, line.mine, line.place});
        for (std::size_t y = 0; y < sheet.size(); ++y) {
          ledger.book(own, y, part.share * sheet[y]);
        }
      }
      auto const& plan = world.life.losses.plan;
      for (std::size_t y = 0; y < world.calendar.years(); ++y) {
        world.life.losses.plan[part.product][y] += part.share * plan[plant.input][y];
      }
    }
  }
}

}  // namespace tidewater::corridor
