/// What is kept of the watched window beside trains and berths. Nothing here draws or schedules.

#include "tidewater/corridor/trace.hpp"

#include <array>

#include <fmt/format.h>

#include "world.hpp"

namespace tidewater::corridor {

std::string_view name(Doing doing) {
  static constexpr std::array<std::string_view, kDoings> kNames{"idle",
                                                                "awaiting cargo",
                                                                "awaiting the load-out",
                                                                "loading",
                                                                "under way",
                                                                "awaiting room in the yard",
                                                                "awaiting an unloading track",
                                                                "unloading",
                                                                "awaiting a crew"};
  return kNames[static_cast<std::size_t>(doing)];
}

std::string_view name(Pumping pumping) {
  static constexpr std::array<std::string_view, kPumpings> kNames{
      "not open", "awaiting cargo", "awaiting room in the yard", "pumping"};
  return kNames[static_cast<std::size_t>(pumping)];
}

std::string_view name(Working working) {
  static constexpr std::array<std::string_view, kWorkings> kNames{
      "not open", "awaiting input", "awaiting room for an output", "working"};
  return kNames[static_cast<std::size_t>(working)];
}

std::string ship_name(ShipState const& ship) {
  std::string const& whose = ship.other != nullptr ? ship.other->id : ship.contract->contract->id;
  return fmt::format("{} {}", whose, ship.number);
}

namespace {

std::size_t number_of(World const& world, ContractState const& contract) {
  return static_cast<std::size_t>(contract.contract - world.model.contracts.data());
}

Place place_of(Consist const& consist) {
  if (consist.trip == nullptr) {  // before the opening
    return {Place::Kind::kFleet, consist.fleet->id.index()};
  }
  Carriage const& carriage = consist.trip->carriage;
  bool const at_origin = consist.doing == Doing::kAwaitingCargo ||
                         consist.doing == Doing::kAwaitingLoader ||
                         consist.doing == Doing::kLoading ||
                         (consist.doing == Doing::kAwaitingCrew && consist.load > 0);
  bool const bound_for_origin =
      consist.doing == Doing::kUnderWay && consist.run.load == TrainString::Load::kEmpty;
  return at_origin || bound_for_origin ? carriage.from.place : carriage.to.place;
}

void lay_to(PileFull& pile, Ledger::Line const& line, double weight) {
  for (PileFull::Because& known : pile.because) {
    if (known.cause == line.cause && known.where == line.place) {
      known.weight += weight;
      return;
    }
  }
  pile.because.push_back({line.cause, line.place, weight});
}

}  // namespace

void keep_doing(World& world, Consist const& consist, double until) {
  if (until > consist.since && world.sees(consist.since, until)) {
    world.detail.trace.consists.push_back({consist.fleet->id,
                                           consist.number,
                                           consist.doing,
                                           place_of(consist),
                                           Time{consist.since},
                                           Time{until}});
  }
}

void keep_trucks(World& world, RoadState const& road, double until) {
  if (until > road.counted && world.sees(road.counted, until)) {
    world.detail.trace.trucks.push_back(
        {road.index, road.at_home, road.awaiting_room, Time{road.counted}, Time{until}});
  }
}

void keep_pumping(World& world, PipelineState const& pipe, double until) {
  if (until > pipe.since && world.sees(pipe.since, until)) {
    world.detail.trace.pumps.push_back({pipe.index, pipe.pumping, Time{pipe.since}, Time{until}});
  }
}

void keep_working(World& world, PlantState const& plant, double until) {
  if (until > plant.since && world.sees(plant.since, until)) {
    ProductId const product = plant.awaits != nullptr ? plant.awaits->product : ProductId{};
    world.detail.trace.plants.push_back(
        {plant.id, plant.working, product, Time{plant.since}, Time{until}});
  }
}

void keep_calling(World& world, ContractState const& contract, double until) {
  if (until > contract.calling_since && world.sees(contract.calling_since, until)) {
    world.detail.trace.callings.push_back(
        {number_of(world, contract), contract.calling, Time{contract.calling_since}, Time{until}});
  }
}

void keep_breakdown(World& world, Consist const& consist, double until) {
  if (world.sees(world.now(), until)) {
    world.detail.trace.breakdowns.push_back(
        {consist.fleet->id, consist.number, Time{world.now()}, Time{until}});
  }
}

void keep_call(World& world, ContractState const& contract, int number, double arrives) {
  if (world.sees(world.now(), arrives)) {
    world.detail.trace.calls.push_back(
        {number_of(world, contract), number, Time{world.now()}, Time{arrives}});
  }
}

void keep_passage(World& world, PortState const& port, ShipState const& ship, double start) {
  double const until = start + port.port->channel.transit.base();
  if (world.sees(start, until)) {
    world.detail.trace.passages.push_back({port.id, ship_name(ship), Time{start}, Time{until}});
  }
}

void keep_closures(World& world, PlaceClosure const& what, std::vector<Spell> const& spells) {
  for (Spell const& spell : spells) {
    if (world.sees(spell.from, spell.until)) {
      world.detail.trace.closures.push_back(
          {what.where, what.by, what.cause, Time{spell.from}, Time{spell.until}});
    }
  }
}

void keep_full_pile(World& world, MineId id, FluidStock::Full const& full) {
  if (!world.sees(full.from, full.until)) {
    return;
  }
  world.mines[id.index()].watch.each_part(full, [&](double from, double until, auto const& shares) {
    PileFull pile{.mine = id, .because = {}, .from = Time{from}, .until = Time{until}};
    for (PileWatch::Share const& share : shares) {
      lay_to(pile, world.ledger->line_of(share.account), share.weight);
    }
    world.detail.trace.full_piles.push_back(std::move(pile));
  });
}

void keep_open_spells(World& world) {
  double const end = world.calendar.end();
  for (FleetState const& fleet : world.fleets) {
    for (Consist const& consist : fleet.consists) {
      keep_doing(world, consist, end);
    }
  }
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    double const used_up = world.mines[m].stock.used_up_at();
    if (world.sees(used_up, end)) {
      world.detail.trace.used_up.push_back({MineId{m}, Time{used_up}, Time{end}});
    }
  }
  for (RoadState const& road : world.roads) {
    keep_trucks(world, road, end);
  }
  for (PipelineState const& pipe : world.pipelines) {
    keep_pumping(world, pipe, end);
  }
  for (PlantState const& plant : world.plants) {
    keep_working(world, plant, end);
  }
  for (ContractState const& contract : world.contracts) {
    keep_calling(world, contract, end);
  }
}

}  // namespace tidewater::corridor
