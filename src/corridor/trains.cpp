/// Consists: claim a load, load, run out, unload, run back.

#include <algorithm>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

enum class Loading { kDone, kNoMoreCargo };

/// Longest that a consist waits at a hub for a full load, s (assumed: a dispatcher's judgement).
constexpr double kPatience = 10 * 86400.0;

/// Waits for other trains, section by section. Each section is, to our train, one server shared in
/// order of arrival with other trains that come at random and hold it for a fixed time: the wait is
/// that of M/D/1, sampled by the Pollaczek-Khinchine formula (a geometric number of residual
/// services, each uniform).
std::span<double const> sample_others(LineState& line) {
  if (line.others.empty()) {
    return {};
  }
  for (std::size_t s = 0; s < line.others.size(); ++s) {
    LineState::Others const& others = line.others[s];
    double wait = 0;
    while (line.others_stream->uniform() < others.busy) {
      wait += others.service * line.others_stream->uniform();
    }
    line.dwells[s] = wait;
  }
  return line.dwells;
}

struct Way {
  TrainGraph const* graph;
  TrainGraph::Path path;
  double ready;  ///< when it set out, if only to wait for its path
};
void draw_string(World& world, Consist const& consist, LegState const& leg, Way const& way) {
  TrainGraph const& graph = *way.graph;
  TrainGraph::Path const path = way.path;
  if (!world.sees(way.ready, graph.arrives(path))) {
    return;
  }
  bool const up = graph.way(path) == TrainGraph::Way::kUp;
  auto const& km = leg.line->length_km;
  auto const& runs = consist.run.load == TrainString::Load::kLoaded ? leg.loaded : leg.empty;
  TrainString string{
      .line = leg.id,
      .fleet = consist.fleet->id,
      .consist = consist.number,
      .load = consist.load > 0 ? TrainString::Load::kLoaded : TrainString::Load::kEmpty,
      .points = {},
      .running = {}};
  for (std::size_t step = 0; step + 1 < km.size(); ++step) {
    std::size_t const s = graph.section_at(path, step);
    double const from = up ? km[s] : km[s + 1];
    double const to = up ? km[s + 1] : km[s];
    string.points.push_back({Time{graph.enters(path, s)}, from * units::km});
    string.points.push_back({Time{graph.leaves(path, s)}, to * units::km});
    string.running.push_back(Time{runs[s]});
  }
  world.detail.strings.push_back(std::move(string));
}

struct RunOfLeg {
  double ready;
  double running;  ///< unobstructed
};

void book_arrival(World& world, Consist& consist, LegState const& leg, RunOfLeg const& run) {
  std::size_t const year = world.year();
  LineYear& line = world.life.lines[leg.id].years[year];
  FleetYear& fleet = world.life.fleets[consist.fleet->id].years[year];
  double const delay = std::max(0.0, world.now() - run.ready - run.running);
  line.trains += 1;
  line.train_km += leg.length;
  line.delay += Time{delay};
  line.delay_disruption += Time{std::max(0.0, world.now() - consist.run.planned)};
  fleet.train_km += leg.length;
  fleet.delay += Time{delay};
}

/// What the run looks like as it begins; `disrupted`: s of it that it waits for closures and failed
/// trains.
Consist::Run foreseen_run(TrainGraph const& graph,
                          TrainGraph::Path path,
                          RunOfLeg const& run,
                          double disrupted) {
  double const planned = graph.arrives(path);
  double const foreseen = planned - run.ready;
  double const waits = foreseen - run.running - disrupted;
  double const possessed =
      std::min(graph.held_by_possessions(path, run.ready), std::max(0.0, waits));
  return {.path = path,
          .arrives = planned,
          .planned = planned,
          .busy = std::max(0.0, (waits - possessed) / foreseen),
          .shut = (disrupted + possessed) / foreseen};
}

/// One line, end to end. The path may move later while the train is on it; a failure comes after so
/// much time under way and blocks the section.
des::Task<> run_leg(World& world, Consist& consist, LegState& leg, TrainString::Load load) {
  LineState& line = *leg.line;
  bool const out = load == TrainString::Load::kLoaded;
  TrainGraph::Way const back =
      leg.out == TrainGraph::Way::kUp ? TrainGraph::Way::kDown : TrainGraph::Way::kUp;
  double const running = out ? leg.loaded_total : leg.empty_total;
  TrainGraph::Way const way = out ? leg.out : back;
  Track& track = line.track_for(way);
  TrainGraph& graph = track.graph;
  set_doing(world, consist, Doing::kUnderWay);
  TrainGraph::Wish const wish{.way = way,
                              .ready = world.now(),
                              .runs = out ? leg.loaded : leg.empty,
                              .dwells = sample_others(line)};
  double const disrupted = world.ledger ? graph.wait_for_disruptions(wish) : 0;
  TrainGraph::Path const path = graph.insert(wish);
  if (auto const given = graph.gave_way()) {
    note_giving_way(world, track, *given);
  }
  if (track.train_of.size() <= path) {
    track.train_of.resize(path + 1, nullptr);
  }
  track.train_of[path] = &consist;
  RunOfLeg const run{world.now(), running};
  consist.run = foreseen_run(graph, path, run, disrupted);
  consist.run.line = leg.id;
  consist.run.load = load;
  while (true) {
    double const fails =
        consist.fails_in < running ? graph.moment_of(path, consist.fails_in) : kEver;
    double const next = std::max(world.now(), std::min(fails, graph.arrives(path)));
    if (next > world.now()) {
      co_await world.env.hold_or_throw(next - world.now());
      continue;  // what was foreseen may have moved
    }
    if (fails > world.now()) {
      break;
    }
    Fleet const& fleet = *consist.fleet->fleet;
    note(world, kAllLinks);
    double const repair = consist.failures.exponential(fleet.mean_repair.base());
    if (graph.stand(path, world.now(), repair)) {
      keep_breakdown(world, consist, world.now() + repair);
    }
    note_delays(world, track);
    consist.fails_in += consist.failures.exponential(1 / fleet.failures.base());
  }
  consist.fails_in -= running;
  draw_string(world, consist, leg, {&graph, path, run.ready});
  set_doing(world, consist, Doing::kIdle);
  graph.retire(path);
  track.train_of[path] = nullptr;
  book_arrival(world, consist, leg, run);
}

/// Claims a full load (in order of arrival) and has it loaded.
des::Task<Loading> take_load(World& world, Consist& consist, RailTrip& trip) {
  Origin const& from = trip.carriage.from;
  FleetId const fleet = consist.fleet->id;
  double const came = world.now();
  set_doing(world, consist, Doing::kAwaitingCargo);
  if (from.heap != nullptr) {
    des::Grant const turn = co_await from.load_out->turn.acquire();
    from.heap->advance(world.now());
    double const ready = from.heap->when(trip.payload);
    if (ready >= world.calendar.end()) {
      co_return Loading::kNoMoreCargo;
    }
    co_await world.env.hold_or_throw(std::max(0.0, ready - world.now()));
    consist.load = from.heap->take(world.now(), trip.payload);
  } else {
    // The mine behind the hub may have run dry since the consist was sent: after a while it leaves
    // with what there is, so that it serves the other mines again.
    // One that has nowhere else to go stays: a mine may only be down, or not yet begun.
    do {
      des::Outcome const got = co_await from.yard->cargo.get(trip.payload, kPatience);
      consist.load = got.done() ? trip.payload : from.yard->cargo.take_up_to(trip.payload);
    } while (consist.load <= 0 && trip.fleet->trips.size() == 1);
    if (consist.load <= 0) {
      co_return Loading::kNoMoreCargo;
    }
    from.yard->clear(consist.load);
  }
  --trip.heading;
  consist.product = trip.carriage.product;
  if (consist.product) {
    world.totals[*consist.product].on_wheels += consist.load;
    world.move(from.account, trip.carriage.account, consist.load);
  }
  double const claimed = world.now();
  set_doing(world, consist, Doing::kAwaitingLoader);
  world.life.fleets[fleet].years[world.year()].wait_cargo += Time{claimed - came};
  consist.wait_cargo += claimed - came;
  {
    des::Grant const loader = co_await from.load_out->loader.acquire();
    set_doing(world, consist, Doing::kLoading);
    world.life.fleets[fleet].years[world.year()].wait_loading += Time{world.now() - claimed};
    double const done = from.load_out->closed->work_end(world.now(), trip.loading);
    from.load_out->busy += trip.loading;
    co_await world.env.hold_or_throw(done - world.now());
  }
  co_await world.env.hold_or_throw(trip.fleet->fleet->at_loading.base());
  if (consist.product && from.begins) {
    world.life.products[*consist.product][world.year()].loaded += tonnes(consist.load);
    tell_loaded(trip.carriage.contract, consist.load);
  }
  co_return Loading::kDone;
}

void arrive_in_yard(World& world, Consist& consist, Carriage const& carriage) {
  Destination const& to = carriage.to;
  if (to.inbound) {
    world.life.inbound[*to.inbound][world.year()].delivered += tonnes(consist.load);
  }
  if (consist.product) {
    world.totals[*consist.product].on_wheels -= consist.load;
    world.move(carriage.account, to.yard->account, consist.load);
    if (to.ends) {
      world.life.products[*consist.product][world.year()].delivered += tonnes(consist.load);
    }
  }
  FleetYear& year = world.life.fleets[consist.fleet->id].years[world.year()];
  year.carried += tonnes(consist.load);
}

des::Task<> unload(World& world, Consist& consist, RailTrip& trip) {
  Destination const& to = trip.carriage.to;
  double const came = world.now();
  double const load = consist.load;
  if (to.yard != nullptr && load > 0) {  // room first: a full yard keeps no track from others
    set_doing(world, consist, Doing::kAwaitingRoom);
    co_await claim_room(world, to, load);
  }
  {
    set_doing(world, consist, Doing::kAwaitingTrack);
    des::Grant const track = co_await to.tipple->tracks.acquire();
    set_doing(world, consist, Doing::kUnloading);
    FleetYear& year = world.life.fleets[consist.fleet->id].years[world.year()];
    year.wait_unloading += Time{world.now() - came};
    double const done = to.tipple->closed->work_end(world.now(), trip.unloading);
    to.tipple->busy += trip.unloading;
    co_await world.env.hold_or_throw(done - world.now());
    arrive_in_yard(world, consist, trip.carriage);
    consist.load = 0;
    if (to.yard != nullptr && load > 0) {
      static_cast<void>(co_await to.yard->cargo.put(load));
    }
  }
  if (to.port != nullptr) {
    review(world, *to.port);
  }
  co_await world.env.hold_or_throw(trip.fleet->fleet->at_unloading.base());
}

/// Waits for crews to man the consist: in order of asking, before it claims anything else.
des::Task<> sign_on(World& world, Consist& consist) {
  FleetState& fleet = *consist.fleet;
  double const asked = world.now();
  set_doing(world, consist, Doing::kAwaitingCrew);
  static_cast<void>(co_await fleet.crews->get(fleet.fleet->crews->per_train));
  world.life.fleets[fleet.id].years[world.year()].wait_crew += Time{world.now() - asked};
}

des::Process rest(World& world, FleetState& fleet) {
  co_await world.env.hold_or_throw(fleet.fleet->crews->rest.base());
  fleet.crews->put_up_to(fleet.fleet->crews->per_train);
}

/// When a consist that sets out now for this trip would have its full load, as far as anyone can
/// foresee: what lies there, what the mine or plant behind it makes, less what others are coming
/// for.
double load_foreseen(World& world, RailTrip& trip) {
  Origin const& from = trip.carriage.from;
  double rate = 0;
  double level = 0;
  if (from.heap != nullptr) {
    from.heap->advance(world.now());
    if (from.heap->when(trip.payload) >= world.calendar.end()) {
      return kEver;
    }
    rate = from.heap->rate();
    level = from.heap->level();
  } else {
    level = from.yard->cargo.level();
    if (from.mine != nullptr) {
      from.mine->advance(world.now());
      rate = from.mine->rate();
    } else {
      rate = from.plant->makes(*trip.carriage.product, world.now());
    }
  }
  double const missing = trip.payload * (trip.heading + 1) - level;
  double const there = world.now() + trip.back_time;
  if (missing <= 0) {
    return there;
  }
  // Nothing being made just now (an outage): a long wait, but not for ever.
  return std::max(there, rate > 0 ? world.now() + missing / rate : world.calendar.end());
}

/// The trip on which a consist would wait least for its load; of those on which it would not wait,
/// the one not served for longest, so that a large mine never starves a small one.
RailTrip* choose_trip(World& world, FleetState& fleet) {
  if (fleet.trips.size() == 1) {
    return fleet.trips.front();
  }
  RailTrip* best = nullptr;
  double least = kEver;
  for (RailTrip* trip : fleet.trips) {
    double const when = load_foreseen(world, *trip);
    if (when >= kEver) {
      continue;
    }
    double const wait = when - (world.now() + trip->back_time);
    if (best == nullptr || wait < least || (wait == least && trip->called < best->called)) {
      least = wait;
      best = trip;
    }
  }
  if (best != nullptr) {
    best->called = world.now();
  }
  return best;
}

}  // namespace

des::Task<> claim_room(World& world, Destination const& to, double amount) {
  if (to.yard->room.try_get(amount)) {
    co_return;
  }
  ++to.yard->standing_before;
  if (to.port != nullptr) {
    review(world, *to.port);
  }
  static_cast<void>(co_await to.yard->room.get(amount));
  --to.yard->standing_before;
}

des::Process run_consist(World& world, Consist& consist, std::size_t first_trip) {
  FleetState& fleet = *consist.fleet;
  RailTrip* trip = fleet.trips[first_trip];
  ++trip->heading;
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  consist.trip = trip;
  bool manned = !fleet.crews;
  double began = world.now();
  while (true) {
    Loading const loading = co_await take_load(world, consist, *trip);
    if (loading == Loading::kNoMoreCargo) {
      --trip->heading;
      if (fleet.trips.size() == 1) {
        set_doing(world, consist, Doing::kIdle);
        co_return;
      }
    }
    if (!manned) {
      co_await sign_on(world, consist);
      manned = true;
    }
    for (LegState& leg : trip->legs) {
      co_await run_leg(world, consist, leg, TrainString::Load::kLoaded);
    }
    if (loading == Loading::kDone) {
      co_await unload(world, consist, *trip);
    }
    if (fleet.crews) {
      world.env.spawn(rest(world, fleet), "crews at rest");
      co_await sign_on(world, consist);
    }
    RailTrip* const next = choose_trip(world, fleet);
    if (next == nullptr) {
      co_return;
    }
    ++next->heading;
    consist.trip = next;
    for (std::size_t leg = next->legs.size(); leg-- > 0;) {
      co_await run_leg(world, consist, next->legs[leg], TrainString::Load::kEmpty);
    }
    if (loading == Loading::kDone) {
      fleet.cycles += 1;
      fleet.cycle_time += world.now() - began;
      fleet.cycle_unobstructed += trip->loading + trip->unloading + trip->out_time +
                                  fleet.fleet->at_loading.base() +
                                  fleet.fleet->at_unloading.base() + next->back_time;
      world.life.fleets[fleet.id].years[world.year()].round_trips += 1;
    }
    began = world.now();
    trip = next;
  }
}

}  // namespace tidewater::corridor
