#pragma once
/// The corridor while it is being simulated: the kernel's objects that stand for mines, yards,
/// trains, lines, berths and ships, and the totals they write. Seconds and dry tonnes inside.

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tidewater/corridor/life.hpp"
#include "tidewater/corridor/model.hpp"
#include "tidewater/corridor/simulate.hpp"
#include "tidewater/des/calendar_tide.hpp"
#include "tidewater/des/env.hpp"
#include "tidewater/des/process.hpp"
#include "tidewater/des/resource.hpp"
#include "tidewater/des/store.hpp"

#include "bookings.hpp"
#include "fluid_stock.hpp"
#include "ledger.hpp"
#include "spells.hpp"
#include "train_graph.hpp"
#include "waterway.hpp"

namespace tidewater::corridor {

inline constexpr double kEver = std::numeric_limits<double>::infinity();

[[nodiscard]] inline Mass tonnes(double t) {
  return t * units::t;
}
[[nodiscard]] inline double dry_tonnes(Mass wet, double moisture) {
  return wet.in(units::t) * (1 - moisture);
}

/// A yard holds this much more than it says, so that a lump as large as the yard never waits for
/// what rounding took from the room.
inline constexpr double kRoundingRoom = 1 + 1e-9;
/// Of a yard's capacity: less is rounding, not cargo.
inline constexpr double kNoTonnes = 1e-6;

/// Fleets, roads and ports, a bit each; beyond 64 of them some share one, and reasons are asked for
/// more often than they change.
using Links = std::uint64_t;
inline constexpr Links kAllLinks = ~Links{0};

/// What takes cargo away: one of the three hauls, or the plant that works it.
struct Haulage {
  struct RailTrip* rail = nullptr;
  struct RoadState* road = nullptr;
  struct PipelineState* pipe = nullptr;
  struct PlantState* plant = nullptr;
  [[nodiscard]] bool exists() const {
    return rail != nullptr || road != nullptr || pipe != nullptr || plant != nullptr;
  }
};

/// One product's heap at a hub or port. Room is taken before a train is unloaded, cargo appears
/// when it is; what lies between is still on the train. Only `room` is bounded: a bound on both
/// would make a lump wait for ever over the rounding of their sum.
struct Yard {
  Yard(des::Env& env, std::string const& name, ProductId of, double capacity_t)
      : product{of},
        capacity{capacity_t},
        room{env,
             name + " room",
             {.capacity = capacity_t * kRoundingRoom, .level = capacity_t * kRoundingRoom}},
        cargo{env, name} {}
  /// Gives back the room of cargo that has gone.
  void clear(double amount) { room.put_up_to(amount); }
  /// A load stands before it, and nothing more comes in before something goes out.
  [[nodiscard]] bool is_jammed() const {
    double const being_tipped = room.capacity() - room.level() - cargo.level();
    return standing_before > 0 && being_tipped < kNoTonnes * capacity;
  }
  ProductId product;
  double capacity;
  des::Container room;
  des::Container cargo;
  int standing_before = 0;                         ///< loads that wait for room
  std::vector<struct ContractState*> contracts{};  ///< that its cargo is for
  Ledger::Account account = Ledger::kNone;
  std::vector<Haulage> taken_by{};  ///< of a hub
};

/// Where trains are loaded.
struct LoadOut {
  LoadOut(des::Env& env, std::string const& name, double wet_rate, Spells const& shut)
      : turn{env, name + " cargo", 1},
        loader{env, name + " load-out", 1},
        rate{wet_rate},
        closed{&shut} {}
  des::Resource turn;    ///< whose turn it is to claim cargo
  des::Resource loader;  ///< one train at a time
  double rate;           ///< wet t/s
  Spells const* closed;
  double busy = 0;  ///< s
};

/// Where trains are unloaded.
struct Tipple {
  Tipple(des::Env& env, std::string const& name, int count, double wet_rate, Spells const& shut)
      : tracks{env, name + " unloading", count}, rate{wet_rate}, closed{&shut} {}
  des::Resource tracks;
  double rate;  ///< wet t/s, of one track
  Spells const* closed;
  double busy = 0;  ///< track seconds
};

struct PortState;

struct MineState {
  MineState(Spells shut, FluidStock heap) : down{std::move(shut)}, stock{std::move(heap)} {}
  Spells down;    ///< outages and hazards: no output
  Spells struck;  ///< hazards alone: no load-out either
  FluidStock stock;
  std::optional<LoadOut> load_out;
  Ledger::Account account = Ledger::kNone;
  Haulage taken_by{};
  std::vector<PortState const*> ports{};                 ///< that its pile may have to wait for
  std::vector<Tipple const*> tipples{};                  ///< likewise
  std::vector<struct PipelineState const*> pipelines{};  ///< likewise
  std::vector<struct PlantState const*> plants{};        ///< likewise
  PileWatch watch{};
  Links first_link = kAllLinks;  ///< of the haul that takes from it
  Links all_links = kAllLinks;   ///< of everything down to the ships
};

struct HubState {
  Spells struck;
  std::optional<LoadOut> load_out;
  std::optional<Tipple> tipple;
  std::deque<Yard> yards;
};

struct PlantState {
  /// One of the products that go in or come out.
  struct Flow {
    ProductId product{};
    double amount = 0;  ///< dry t of a batch
    Yard* yard = nullptr;
    Ledger::Account in_work = Ledger::kNone;    ///< of an input
    Ledger::Account worked_up = Ledger::kNone;  ///< likewise
  };
  PlantId id;
  Plant const* plant = nullptr;
  std::vector<Flow> inputs;  ///< the main one first
  std::vector<Flow> outputs;
  Spells down;      ///< its own outages and hazards of its hub
  double busy = 0;  ///< s
  Working working = Working::kIdle;
  Flow const* awaits = nullptr;  ///< the input, or the output without room, that it stands for
  double since = 0;              ///< of what it is about
  Links link = kAllLinks;
  /// Dry t/s of the main input at a moment, while it works.
  [[nodiscard]] double rate_at(double t) const;
  /// Dry t/s of an output that it makes while it works.
  [[nodiscard]] double makes(ProductId product, double t) const;
};

/// A single track for both directions, or one of two.
struct Track {
  explicit Track(TrainGraph::Rules const& rules) : graph{rules} {}
  TrainGraph graph;
  std::vector<struct Consist*> train_of{};  ///< by path
};

struct LineState {
  LineState(RailLine const& rail_line, TrainGraph::Rules const& rules)
      : line{&rail_line}, tracks(static_cast<std::size_t>(rail_line.tracks), Track{rules}) {}
  [[nodiscard]] Track& track_for(TrainGraph::Way way) {
    return tracks.size() == 2 && way == TrainGraph::Way::kDown ? tracks[1] : tracks[0];
  }
  RailLine const* line;
  std::vector<Track> tracks;
  struct Others {
    double use = 0;      ///< share of all time other trains are in the section or about to
    double busy = 0;     ///< the same of the time without possessions, in which they all run
    double service = 0;  ///< s each holds it
  };
  std::vector<Others> others;  ///< empty without other trains
  std::optional<Stream> others_stream;
  std::vector<double> dwells;
  std::vector<double> closed;  ///< s, by section
  std::vector<double> length_km;
};

struct ContractState;

/// Where a haul takes its cargo.
struct Origin {
  FluidStock* heap = nullptr;               ///< a mine, or the supply of inbound cargo
  Yard* yard = nullptr;                     ///< a hub
  Ledger::Account account = Ledger::kNone;  ///< of the heap or yard
  LoadOut* load_out = nullptr;
  Place place{};
  bool begins = false;  ///< a route: what leaves counts as loaded
  // What feeds a hub: a mine or a plant.
  FluidStock* mine = nullptr;
  PlantState const* plant = nullptr;
};

/// Where a haul leaves it.
struct Destination {
  Yard* yard = nullptr;  ///< none: used up on the spot (inbound cargo)
  Tipple* tipple = nullptr;
  PortState* port = nullptr;
  Place place{};
  bool ends = false;  ///< a route: what arrives counts as delivered
  std::optional<InboundId> inbound{};
};

/// What a haul moves, by rail or road.
struct Carriage {
  Origin from;
  Destination to;
  std::optional<ProductId> product;  ///< none for inbound cargo
  double moisture = 0;
  ContractState* contract = nullptr;        ///< that the cargo is for
  Ledger::Account account = Ledger::kNone;  ///< of what is on the way
};

struct LegState {
  LineState* line = nullptr;
  LineId id;
  TrainGraph::Way out = TrainGraph::Way::kUp;
  std::vector<double> loaded;
  std::vector<double> empty;
  double loaded_total = 0;
  double empty_total = 0;
  Length length{};
};

struct FleetState;
struct RailTrip {
  FleetState* fleet = nullptr;
  Carriage carriage;
  std::vector<LegState> legs;
  double payload_wet = 0;
  double payload = 0;  ///< dry t
  double loading = 0;  ///< s at the load-out
  double unloading = 0;
  double out_time = 0;   ///< s loaded, unobstructed
  double back_time = 0;  ///< s empty
  int heading = 0;       ///< consists on their way to it or waiting there
  double called = -1;    ///< when a consist was last sent to it
};

struct Consist {
  FleetState* fleet = nullptr;
  Doing doing = Doing::kIdle;
  double since = 0;
  RailTrip const* trip = nullptr;  ///< that it serves, or is on its way to
  /// While under way. From now on, or from its last delay on, the time until it arrives is to
  /// `busy` a wait for other trains and to `shut` one for repairs and possessions.
  struct Run {
    TrainGraph::Path path{};
    LineId line{};
    TrainString::Load load{};  ///< of the way it goes: a train may leave without a load
    double arrives = 0;        ///< as foreseen
    double planned = 0;  ///< the same, without failures and closures since it asked for a path
    double busy = 0;
    double shut = 0;
  } run{};
  int number = 0;
  double load = 0;  ///< dry t
  std::optional<ProductId> product;
  Stream failures;
  double fails_in = kEver;  ///< s under way
  double wait_cargo = 0;
};

struct FleetState {
  Fleet const* fleet = nullptr;
  FleetId id;
  std::vector<RailTrip*> trips;
  std::deque<Consist> consists;
  Links link = kAllLinks;
  int awaiting_room = 0;                  ///< consists before a full yard
  std::optional<des::Container> crews{};  ///< neither on a train nor at rest
  double cycles = 0;
  double cycle_time = 0;
  double cycle_unobstructed = 0;
};

struct RoadState {
  RoadHaul const* haul = nullptr;
  Carriage carriage;
  std::optional<des::Signal> home;
  double payload = 0;
  int at_home = 0;
  int awaiting_room = 0;  ///< platoons before a full yard
  double counted = 0;     ///< when either last changed
  Links link = kAllLinks;
  std::size_t index = 0;
  double busy = 0;  ///< truck seconds
  double start = 0;
};

struct PipelineState {
  PipelineHaul const* haul = nullptr;
  Carriage carriage;
  Spells down;            ///< its own outages and hazards at both ends: no pumping
  double batch = 0;       ///< dry t
  double batch_time = 0;  ///< s of pumping a batch takes
  double transit = 0;     ///< s from end to end
  double busy = 0;        ///< s, up to the last batch that was pumped
  Pumping pumping = Pumping::kIdle;
  double since = 0;  ///< of what the pumps are about
  Links link = kAllLinks;
  std::size_t index = 0;
};

struct ShipState {
  Ship const* hull = nullptr;
  ContractState* contract = nullptr;  ///< of a ship of ours, or
  OtherShips const* other = nullptr;  ///< whose ships it is one of
  int number = 0;
  double arrived = 0;
  double laycan_opens = 0;
  std::size_t berth = 0;
  bool assigned = false;
  double waits_since = 0;
  WaitCause cause = WaitCause::kBerth;
  double to_load = 0;  ///< dry t
  std::optional<des::Signal> called;
};

struct BerthRun {
  Berth const* berth = nullptr;
  double rate = 0;  ///< wet t/s
  Spells closed;    ///< weather, repair and hazards of the port: no loading
  Spells broken;    ///< the same without weather
  ShipState* ship = nullptr;
  BerthState state = BerthState::kNoShip;
  double since = 0;
  struct Foreseen {
    double from;
    BerthState state;
    bool in_channel_line;  ///< of those that wait for tide or channel: for the channel
  };
  std::vector<Foreseen> foreseen{};  ///< states from the last one begun on; for the ledger
  /// Of the state begun last, for the trace.
  struct Seen {
    std::string ship{};  ///< named at once, as it may be gone when the spell ends
    std::string kept_out{};
    double stock = 0;
    bool for_channel = false;
  } seen{};
  std::array<double, kBerthStates> total{};
  std::vector<double> occupied;  ///< s by year
};

struct PortState {
  PortId id;
  Port const* port = nullptr;
  Links link = kAllLinks;
  Spells weather;
  Spells struck;
  Spells entry;  ///< both: no pilotage
  std::optional<Waterway> water;
  std::optional<Tipple> tipple;
  std::optional<LoadOut> inbound_load_out;
  std::deque<Yard> yards;
  std::vector<BerthRun> berths;
  std::vector<ShipState*> queue;  ///< in order of arrival, without a berth
  /// What the ships' moves take, and how many seconds of it all they had.
  struct Shared {
    Bookings ahead;
    double busy = 0;
  };
  Shared channel{Bookings{1}};
  std::optional<Shared> tugs;
  std::optional<Shared> pilots;
};

struct ContractState {
  ContractState(
      des::Env& env, ShippingContract const& terms, PortState& at, Yard& heap, double water)
      : contract{&terms},
        port{&at},
        yard{&heap},
        lot{dry_tonnes(terms.ship.lot, water)},
        moisture{water},
        progress{env, "cargo for " + terms.id},
        lateness{env.stream(terms.id, "lateness")} {}
  ShippingContract const* contract;
  PortState* port;
  Yard* yard;
  double lot;  ///< dry t
  double moisture;
  double on_wheels = 0;   ///< dry t that have left the mines, less what was lost
  double wanted = kEver;  ///< wakes when on_wheels reaches it
  des::Signal progress;
  int outstanding = 0;  ///< ships called, not yet loaded
  Stream lateness;
  Calling calling = Calling::kLot;
  double calling_since = 0;
  double awaited = 0;                       ///< dry t that ships called have still to load
  Ledger::Account account = Ledger::kNone;  ///< of what is on board
  struct YearEnd {
    double awaited;
    bool unsold;
  };
  std::vector<YearEnd> year_ends{};
};

/// Totals of a product that no year holds.
struct ProductTotals {
  double on_wheels = 0;
  double in_plants = 0;
  double made = 0;
  double worked = 0;
  double on_ships = 0;
  double shipped = 0;
  double lost = 0;
};

/// Where cargo is lost.
struct LostFrom {
  /// Towards whose lots it was counted: none while it lies at a mine.
  std::span<ContractState* const> contracts{};
  Ledger::Account account = Ledger::kNone;
  Place place{};
};

struct World {
  World(CorridorModel const& corridor, Streams streams, SimulateOptions const& options);

  [[nodiscard]] double now() const { return env.now(); }
  [[nodiscard]] std::size_t year() const { return calendar.year_of(env.now()); }
  [[nodiscard]] double moisture(ProductId product) const {
    return model.products[product].moisture;
  }
  [[nodiscard]] bool sees(double from, double until) const {
    return watch && until > watch->from.base() && from < watch->until.base();
  }
  void lose(ProductId product, double amount, LostFrom const& from);
  /// Books a movement, when a ledger is kept.
  void move(Ledger::Account from, Ledger::Account to, double amount) {
    if (ledger) {
      ledger->move(from, to, amount, env.now());
    }
  }

  CorridorModel const& model;
  LifeCalendar calendar;
  double opening;
  std::optional<Watch> watch;
  Life life;
  Detail detail;
  std::optional<Ledger> ledger;
  des::Env env;
  IdVector<ProductId, ProductTotals> totals;
  std::deque<MineState> mines;
  std::deque<HubState> hubs;
  std::deque<PlantState> plants;
  std::deque<LineState> lines;
  std::deque<FleetState> fleets;
  std::deque<PortState> ports;
  std::deque<ContractState> contracts;
  std::deque<FluidStock> supplies;
  std::deque<LoadOut> supply_load_outs;
  std::deque<Tipple> inbound_tipples;
  std::deque<RailTrip> trips;
  std::deque<RoadState> roads;
  std::deque<PipelineState> pipelines;
  Spells never;
  std::vector<PileWatch::Share> reasons;  ///< a place to put them together
};

// build.cpp
void build(World& world);
/// The hub's yard of a product, opened when it is first asked for.
[[nodiscard]] Yard* hub_yard(World& world, HubId hub, ProductId product);
// plants.cpp
void build_plants(World& world);
des::Process run_plant(World& world, PlantState& plant);
/// After everything else has been booked: what plants did not get they did not make.
void carry_losses_through_plants(World& world);
// trains.cpp, trucks.cpp, pipelines.cpp, ships.cpp, other_ships.cpp, disruptions.cpp
des::Process run_consist(World& world, Consist& consist, std::size_t first_trip);
des::Process run_road(World& world, RoadState& road);
des::Process run_pipeline(World& world, PipelineState& pipe);
des::Process call_ships(World& world, ContractState& contract);
des::Process call_other_ships(World& world, PortState& port, OtherShips const& others);
des::Process watch_port(World& world, PortState& port);
des::Process strike_line(World& world, Hazard const& hazard, LineState& line);
des::Process lose_stock(World& world, Hazard const& hazard);
/// Long and deep enough, at that moment, and open to such a ship.
[[nodiscard]] bool fits(PortState const& port,
                        ShipState const& ship,
                        BerthRun const& berth,
                        double t);
/// Assigns free berths to ships whose cargo is ready and says anew why each ship and berth waits.
void review(World& world, PortState& port);
void set_state(World& world, PortState& port, BerthRun& berth, BerthState state, double from);
/// Waits for room in a yard; a load that finds none has the port review its berths.
des::Task<> claim_room(World& world, Destination const& to, double amount);
/// So many more trucks at home and platoons before a full yard.
struct TruckChange {
  int at_home = 0;
  int awaiting_room = 0;
};
void count_trucks(World& world, RoadState& road, TruckChange change);
void set_calling(World& world, ContractState& contract, Calling calling);
/// Tonnes left a mine on wheels.
void tell_loaded(ContractState* contract, double amount);
// holdups.cpp
/// Says why the stockpiles that may be full since the last call were: to be called before anything
/// changes that a reason rests on.
void note_until(World& world, double now, Links changing);
inline void note(World& world, Links changing) {
  if (world.ledger) {
    note_until(world, world.now(), changing);
  }
}
/// The same, then the change.
void set_doing(World& world, Consist& consist, Doing doing);
/// Times of trains on the track may have moved later just now, by a failure or a closure.
void note_delays(World& world, Track& track);
/// A train that has not set out arrives later from now on, for it gives way to another.
void note_giving_way(World& world, Track const& track, TrainGraph::GivenWay const& given);
// trace.cpp: each keeps what ends at `until`, if any of it lies in the watched window.
void keep_doing(World& world, Consist const& consist, double until);
void keep_trucks(World& world, RoadState const& road, double until);
void keep_pumping(World& world, PipelineState const& pipe, double until);
void keep_working(World& world, PlantState const& plant, double until);
void keep_calling(World& world, ContractState const& contract, double until);
void keep_breakdown(World& world, Consist const& consist, double until);
void keep_call(World& world, ContractState const& contract, int number, double arrives);
void keep_passage(World& world, PortState const& port, ShipState const& ship, double start);
/// `what` says where and by what, `spells` when.
void keep_closures(World& world, PlaceClosure const& what, std::vector<Spell> const& spells);
void keep_full_pile(World& world, MineId id, FluidStock::Full const& full);
/// What still goes on when the life ends.
void keep_open_spells(World& world);
[[nodiscard]] std::string ship_name(ShipState const& ship);
// ledger.cpp
void open_accounts(World& world);
void note_year_end(ContractState& contract);
void close_ledger(World& world);
// outcome.cpp
des::Process keep_stock_series(World& world);
void close_books(World& world);

}  // namespace tidewater::corridor
