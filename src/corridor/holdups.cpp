/// Why a full stockpile stays full: from the haul that should empty it down to the ships.
///
/// The rule, docs/theory/corridor.md: a yard without room holds back everything behind it, so while
/// a train or truck waits for room there, the yard's reason is the stockpile's. Otherwise every
/// vehicle of the haul stands for an equal share, laid to what it is about.

#include <algorithm>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

using Kind = Place::Kind;

/// More hauls in a row than this are not followed; no route has as many.
constexpr int kMostHauls = 8;

class Reasons {
 public:
  using Shares = std::vector<PileWatch::Share>;
  Reasons(World& world, MineId mine, double at, Shares& shares)
      : world_{world}, mine_{mine}, at_{at}, shares_{shares} {}

  void of_pile() {
    MineState const& mine = world_.mines[mine_.index()];
    if (at_ < world_.opening) {
      add(LossCause::kNotOpen, {Kind::kMine, mine_.index()}, 1);
    } else if (!mine.taken_by.exists()) {
      add(LossCause::kNoVehicle, {Kind::kMine, mine_.index()}, 1);
    } else {
      of_haul(mine.taken_by, 1);
    }
  }

 private:
  void add(LossCause cause, Place place, double weight) {
    if (weight > 0) {
      shares_.push_back({world_.ledger->open({product(), cause, mine_.index(), place}), weight});
    }
  }
  [[nodiscard]] ProductId product() const { return world_.model.mines[mine_].product; }

  void of_haul(Haulage const& haul, double weight) {
    ++hauls_;
    if (haul.rail != nullptr) {
      of_fleet(*haul.rail, weight);
    } else if (haul.road != nullptr) {
      of_trucks(*haul.road, weight);
    } else if (haul.pipe != nullptr) {
      of_pipeline(*haul.pipe, weight);
    } else {
      of_plant(*haul.plant, weight);
    }
    --hauls_;
  }

  void of_plant(PlantState const& plant, double weight) {
    Place const here{Kind::kPlant, plant.id.index()};
    if (plant.working == Working::kAwaitingRoom) {
      of_yard({.yard = plant.awaits->yard, .place = {Kind::kHub, plant.plant->hub.index()}},
              weight);
      return;
    }
    bool const lacks =
        plant.working == Working::kAwaitingInput && plant.awaits != &plant.inputs.front();
    bool const down = plant.working == Working::kWorking && plant.down.closed(at_);
    add(lacks  ? LossCause::kPlantLacks
        : down ? LossCause::kPlantDown
               : LossCause::kPlantRate,
        here,
        weight);
  }

  void of_trucks(RoadState const& road, double weight) {
    Place const place{Kind::kRoad, static_cast<std::uint32_t>(road.index)};
    double const trucks = road.haul->trucks;
    if (road.awaiting_room > 0) {
      of_yard(road.carriage.to, weight);
      return;
    }
    double const at_home = trucks > 0 ? road.at_home / trucks : 0;
    add(LossCause::kDispatch, place, weight * at_home);
    add(LossCause::kNoVehicle, place, weight * (1 - at_home));
  }

  void of_pipeline(PipelineState const& pipe, double weight) {
    if (pipe.pumping == Pumping::kAwaitingRoom) {
      of_yard(pipe.carriage.to, weight);
      return;
    }
    add(pipe.down.closed(at_) ? LossCause::kPipelineDown : LossCause::kPipelineRate,
        {Kind::kPipeline, static_cast<std::uint32_t>(pipe.index)},
        weight);
  }

  void of_fleet(RailTrip const& trip, double weight) {
    auto const& consists = trip.fleet->consists;
    double const full = trip.fleet->awaiting_room;
    Place const fleet{Kind::kFleet, trip.fleet->id.index()};
    if (consists.empty()) {
      add(LossCause::kNoVehicle, fleet, weight);
    }
    for (Consist const& consist : consists) {
      if (full == 0) {
        of_consist(consist, fleet, weight / static_cast<double>(consists.size()));
      } else if (consist.doing == Doing::kAwaitingRoom) {
        of_yard(consist.trip->carriage.to, weight / full);
      }
    }
  }

  void of_consist(Consist const& consist, Place fleet, double weight) {
    switch (consist.doing) {
      case Doing::kAwaitingLoader:
        add(LossCause::kLoadOut, consist.trip->carriage.from.place, weight);
        return;
      case Doing::kAwaitingTrack:
      case Doing::kUnloading: {
        Destination const& to = consist.trip->carriage.to;
        if (to.tipple->closed->closed(at_)) {
          add(LossCause::kPlaceStruck, to.place, weight);
        } else {
          bool const waits = consist.doing == Doing::kAwaitingTrack;
          add(waits ? LossCause::kUnloading : LossCause::kNoVehicle,
              waits ? to.place : fleet,
              weight);
        }
        return;
      }
      case Doing::kAwaitingCrew:
        add(LossCause::kCrew, fleet, weight);
        return;
      case Doing::kUnderWay:
        of_run(consist.run, fleet, weight);
        return;
      default:
        add(LossCause::kNoVehicle, fleet, weight);
    }
  }

  /// A train on a line waits for others and for repairs in turn; its share is divided as the time
  /// left to it is.
  void of_run(Consist::Run const& run, Place fleet, double weight) {
    Place const line{Kind::kLine, run.line.index(), 0};
    add(LossCause::kLineShut, line, weight * run.shut);
    add(LossCause::kLineBusy, line, weight * run.busy);
    add(LossCause::kNoVehicle, fleet, weight * std::max(0.0, 1 - run.shut - run.busy));
  }

  void of_yard(Destination const& to, double weight) {
    if (to.port != nullptr) {
      of_port(*to.port, *to.yard, weight);
      return;
    }
    auto const& hauls = to.yard->taken_by;
    if (hauls.empty() || hauls_ > kMostHauls) {
      add(LossCause::kNoVehicle, to.place, weight);
      return;
    }
    for (Haulage const& haul : hauls) {
      of_haul(haul, weight / static_cast<double>(hauls.size()));
    }
  }

  // ---- the port ----

  void of_port(PortState const& port, Yard const& yard, double weight) {
    Place const place{Kind::kPort, port.id.index()};
    auto const contract = std::find_if(world_.contracts.begin(),
                                       world_.contracts.end(),
                                       [&](ContractState const& one) { return one.yard == &yard; });
    if (contract == world_.contracts.end()) {
      add(LossCause::kNoContract, place, weight);
      return;
    }
    std::vector<BerthRun const*> at_berth;
    for (BerthRun const& berth : port.berths) {
      if (berth.ship != nullptr && berth.ship->contract == &*contract) {
        at_berth.push_back(&berth);
      }
    }
    for (BerthRun const* berth : at_berth) {
      of_berth(
          port, *berth, LossCause::kShipLoading, weight / static_cast<double>(at_berth.size()));
    }
    if (at_berth.empty()) {
      of_queue(port, *contract, weight);
    }
  }

  /// `at_work`: what it is laid to when the ship at the berth is not waiting for anything.
  void of_berth(PortState const& port, BerthRun const& berth, LossCause at_work, double weight) {
    Place const place{
        Kind::kBerth, port.id.index(), static_cast<std::uint32_t>(&berth - port.berths.data())};
    Place const whole_port{Kind::kPort, port.id.index()};
    BerthRun::Foreseen now{0, BerthState::kEntering, false};
    for (BerthRun::Foreseen const& state : berth.foreseen) {
      if (state.from <= at_) {
        now = state;
      }
    }
    switch (now.state) {
      case BerthState::kIdleWeather:
      case BerthState::kWaitingWeather:
        return add(LossCause::kWeather, whole_port, weight);
      case BerthState::kIdleRepair:
      case BerthState::kWaitingRepair:
        return add(LossCause::kBerthBroken, place, weight);
      case BerthState::kIdleTideChannel:
      case BerthState::kWaitingTide:
      case BerthState::kWaitingChannel: {
        bool const channel = now.state == BerthState::kWaitingChannel || now.in_channel_line;
        return add(channel ? LossCause::kChannel : LossCause::kTide, whole_port, weight);
      }
      case BerthState::kIdleTug:
      case BerthState::kWaitingTug:
        return add(LossCause::kTug, whole_port, weight);
      case BerthState::kWaitingCargo:
        return add(LossCause::kLotIncomplete, place, weight);
      default:
        return add(at_work, place, weight);
    }
  }

  void of_queue(PortState const& port, ContractState const& contract, double weight) {
    Place const sales{
        Kind::kContract,
        static_cast<std::uint32_t>(contract.contract - world_.model.contracts.data())};
    auto const ship = std::find_if(port.queue.begin(), port.queue.end(), [&](ShipState* one) {
      return one->contract == &contract;
    });
    if (ship != port.queue.end()) {
      of_waiting_ship(port, **ship, sales, weight);
    } else if (contract.outstanding > 0) {
      add(LossCause::kShipUnderWay, sales, weight);
    } else {
      bool const unsold = contract.calling == Calling::kNotSold;
      add(unsold ? LossCause::kSalesCurve : LossCause::kLotIncomplete, sales, weight);
    }
  }

  /// A ship kept out by ships of other products waits for what they wait for.
  void of_waiting_ship(PortState const& port, ShipState const& ship, Place sales, double weight) {
    std::vector<BerthRun const*> taken;
    for (BerthRun const& berth : port.berths) {
      if (berth.ship != nullptr && fits(port, ship, berth, at_)) {
        taken.push_back(&berth);
      }
    }
    if (ship.cause == WaitCause::kCargo) {
      add(LossCause::kLotIncomplete, sales, weight);
    } else if (ship.cause == WaitCause::kTide) {
      add(LossCause::kTide, {Kind::kPort, port.id.index()}, weight);
    } else if (ship.cause == WaitCause::kRepair || taken.empty()) {
      add(LossCause::kBerthBroken, {Kind::kPort, port.id.index()}, weight);
    } else {
      for (BerthRun const* berth : taken) {
        of_berth(port, *berth, LossCause::kBerthTaken, weight / static_cast<double>(taken.size()));
      }
    }
  }

  World& world_;
  MineId mine_;
  double at_;
  Shares& shares_;
  int hauls_ = 0;
};

/// The first moment after `from` at which a reason changes that no event marks, but not after
/// `until`.
double next_change(World const& world, MineState const& mine, double from, double until) {
  auto const take = [&](double moment) {
    until = moment > from && moment < until ? moment : until;
  };
  take(world.opening);
  for (Tipple const* tipple : mine.tipples) {
    take(tipple->closed->next_change(from));
  }
  for (PipelineState const* pipe : mine.pipelines) {
    take(pipe->down.next_change(from));
  }
  for (PlantState const* plant : mine.plants) {
    take(plant->down.next_change(from));
  }
  for (PortState const* port : mine.ports) {
    for (BerthRun const& berth : port->berths) {
      for (BerthRun::Foreseen const& state : berth.foreseen) {
        take(state.from);
      }
    }
  }
  return until;
}

/// What the stockpile's reasons rest on at present.
Links links_of(MineState const& mine) {
  Haulage const& haul = mine.taken_by;
  bool const awaits_room = haul.rail != nullptr   ? haul.rail->fleet->awaiting_room > 0
                           : haul.road != nullptr ? haul.road->awaiting_room > 0
                           : haul.pipe != nullptr ? haul.pipe->pumping == Pumping::kAwaitingRoom
                                                  : false;
  return awaits_room ? mine.all_links : mine.first_link;
}

void note_pile(World& world, MineId id, double now) {
  MineState& mine = world.mines[id.index()];
  FluidStock& stock = mine.stock;
  if (stock.full_stretches().empty() && stock.full_no_sooner_than() >= now) {
    mine.watch.skip_to(now);
    mine.watch.forget_before(now);
    return;
  }
  bool const unknown = mine.watch.empty();
  for (bool more = unknown || now > mine.watch.known_until(); more;) {
    double const from = mine.watch.known_until();
    double const until = next_change(world, mine, from, now);
    world.reasons.clear();
    Reasons{world, id, 0.5 * (from + until), world.reasons}.of_pile();
    mine.watch.add(until, world.reasons);
    more = until < now;
  }
  for (FluidStock::Full const& full : stock.full_stretches()) {
    mine.watch.book(*world.ledger, full);
    keep_full_pile(world, id, full);
  }
  stock.forget_full_stretches();
  mine.watch.forget_before(stock.advanced_to());
}

}  // namespace

void note_until(World& world, double now, Links changing) {
  if (!world.ledger) {
    return;
  }
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    if ((links_of(world.mines[m]) & changing) != 0) {
      note_pile(world, MineId{m}, now);
    }
  }
}

namespace {
/// From now on the train arrives later, and waits that long more for the one cause.
void put_off(Consist::Run& run, double now, double arrives, double Consist::Run::*cause) {
  double const left = std::max(0.0, run.arrives - now);
  double const whole = arrives - now;
  auto const other = cause == &Consist::Run::shut ? &Consist::Run::busy : &Consist::Run::shut;
  run.*cause = (arrives - run.arrives + run.*cause * left) / whole;
  run.*other *= left / whole;
  run.arrives = arrives;
}
}  // namespace

void note_delays(World& world, Track& track) {
  if (!world.ledger) {
    return;
  }
  for (Consist* const consist : track.train_of) {
    if (consist == nullptr) {
      continue;
    }
    Consist::Run& run = consist->run;
    double const arrives = track.graph.arrives(run.path);
    if (arrives > run.arrives) {
      put_off(run, world.now(), arrives, &Consist::Run::shut);
    }
  }
}

void note_giving_way(World& world, Track const& track, TrainGraph::GivenWay const& given) {
  Consist& consist = *track.train_of[given.path];
  note(world, consist.fleet->link);
  consist.run.planned += given.later;
  put_off(consist.run, world.now(), track.graph.arrives(given.path), &Consist::Run::busy);
}

void set_doing(World& world, Consist& consist, Doing doing) {
  FleetState& fleet = *consist.fleet;
  note(world, fleet.link);
  keep_doing(world, consist, world.now());
  fleet.awaiting_room +=
      (doing == Doing::kAwaitingRoom ? 1 : 0) - (consist.doing == Doing::kAwaitingRoom ? 1 : 0);
  consist.doing = doing;
  consist.since = world.now();
}

}  // namespace tidewater::corridor
