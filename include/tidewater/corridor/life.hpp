#pragma once
/// What one simulated life of a corridor says: by year, over the whole life, and, for a watched
/// window, move by move. Masses are dry; every vector of years has CorridorModel::years entries.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/ids.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/corridor/losses.hpp"
#include "tidewater/corridor/model.hpp"
#include "tidewater/corridor/trace.hpp"

namespace tidewater::corridor {

struct ProductYear {
  Mass mined{};
  Mass made{};       ///< by plants
  Mass worked{};     ///< by plants, into other products
  Mass loaded{};     ///< onto trains or trucks where it was mined or made
  Mass delivered{};  ///< into stockyards of ports and of plants that work it
  Mass shipped{};    ///< sailed
  Mass lost{};
  Mass stock_end{};       ///< at mines, hubs, in plants and at ports
  Mass in_transit_end{};  ///< on trains, trucks and ships not yet sailed
};

struct MineYear {
  Mass mined{};
  Time blocked{};  ///< could have produced, but the stockpile was full
  Time down{};     ///< outages and hazards
  Mass stock_end{};
};

struct PlantYear {
  Mass worked{};       ///< of the main input, batches ended
  Time lacks_input{};  ///< any of them
  Time lacks_room{};   ///< for an output
  Time down{};         ///< outages and hazards, with a batch in work
};

struct FleetYear {
  double round_trips = 0;
  Length train_km{};
  Mass carried{};
  Time wait_cargo{};      ///< of all consists, for a full load
  Time wait_loading{};    ///< for the load-out to be free
  Time wait_unloading{};  ///< for a track or for room in the stockyard
  Time delay{};           ///< on the lines, against running unobstructed
  Time wait_crew{};       ///< of all consists, where crews are counted
};

struct LineYear {
  double trains = 0;  ///< of this corridor, either way, arrived
  Length train_km{};
  Time delay{};             ///< all causes, at meets, behind others, standing broken down
  Time delay_disruption{};  ///< the part that came after the path was given: failures, closures
  Time closed{};            ///< by hazards, summed over sections
  Time possessed{};         ///< given over to maintenance, summed over sections
};

struct RoadYear {
  double trips = 0;   ///< loaded trucks
  Length truck_km{};  ///< both ways
  Mass carried{};
};

/// One flow of inbound cargo.
struct InboundYear {
  Mass planned{};    ///< that came together at the port
  Mass delivered{};  ///< at the mine
  Mass waiting{};    ///< at the port for its train or trucks, mean over the year
};

/// Why a ship waits (or is delayed alongside).
enum class WaitCause {
  kCargo,
  kBerth,
  kTide,  ///< water, alongside too
  kWeather,
  kRepair,
  kChannel,  ///< another ship or a dredger is in it
  kTug,
  kPilot  ///< all are out, or it is night
};
inline constexpr std::size_t kWaitCauses = 8;
[[nodiscard]] std::string_view name(WaitCause cause);

struct PortYear {
  double ship_calls = 0;  ///< sailed
  Mass shipped{};
  Time demurrage{};
  Time despatch{};
  double lots_put_off = 0;               ///< laycans put off because too many ships waited already
  std::array<Time, kWaitCauses> wait{};  ///< of all ships, by cause, from arrival to sailing
  double other_calls = 0;                ///< of other users' ships, that have left
  Time other_wait{};                     ///< of those ships, all causes
  [[nodiscard]] Time waited(WaitCause cause) const { return wait[static_cast<std::size_t>(cause)]; }
};

/// What a berth is doing, or why it does nothing. The first six hold no ship.
enum class BerthState {
  kNoShip,           ///< no ship has arrived for it
  kIdleNoCargo,      ///< ships wait outside, the yard lacks their cargo
  kIdleWeather,      ///< closed; a ship would come in
  kIdleTideChannel,  ///< a ship is assigned and waits for water or for the channel
  kIdleRepair,       ///< out of order (or its port struck), whether or not a ship waits
  kIdleTug,          ///< a ship is assigned and waits for tugs or a pilot
  kEntering,         ///< the assigned ship is in the channel, or being moored
  kLoading,
  kWaitingCargo,    ///< alongside, the yard is empty
  kWaitingWeather,  ///< alongside
  kWaitingRepair,   ///< alongside
  kWaitingTide,     ///< laden
  kWaitingChannel,  ///< laden
  kWaitingTug,      ///< laden, for tugs or a pilot
  kOtherShip,       ///< another user's ship enters or lies there
};
inline constexpr std::size_t kBerthStates = 15;
[[nodiscard]] std::string_view name(BerthState state);

struct BerthLife {
  std::array<double, kBerthStates> share{};  ///< of the time since opening; sums to 1
  std::vector<double> occupancy{};           ///< by year: share of the year a ship lay there
  [[nodiscard]] double of(BerthState state) const { return share[static_cast<std::size_t>(state)]; }
};

struct PortLife {
  std::vector<PortYear> years{};
  std::vector<BerthLife> berths{};
  double weather_closed = 0;  ///< share of the time since opening
  double channel_use = 0;
};

struct LineLife {
  std::vector<LineYear> years{};
  /// Share of the time since opening each section was held by a train of this corridor, the
  /// allowance counted, or shut by a hazard or possession; other trains are added with their mean.
  std::vector<double> section_use{};
};

struct FleetLife {
  std::vector<FleetYear> years{};
  Time mean_cycle{};          ///< of completed round trips; zero when none
  Time unobstructed_cycle{};  ///< of the same trips, had nothing stood in their way
  double use = 0;             ///< share of consist time not spent waiting for cargo
};

enum class ResourceKind {
  kMine,
  kLoadOut,
  kFleet,
  kSection,
  kRoad,
  kPipeline,
  kPlant,
  kUnloading,
  kStockyard,
  kBerth,
  kChannel,
  kTugs,
  kPilots
};
[[nodiscard]] std::string_view name(ResourceKind kind);

/// How much of a resource was used, 0..1. Stockyards: mean level over capacity.
struct ResourceUse {
  ResourceKind kind = ResourceKind::kMine;
  std::string name{};
  double use = 0;
};

/// Where every tonne of a product went: mined + made = stock + in_transit + shipped + worked +
/// lost, to rounding.
struct Balance {
  Mass mined{};
  Mass made{};   ///< by plants
  Mass stock{};  ///< what plants are working on counted too
  Mass in_transit{};
  Mass shipped{};
  Mass worked{};  ///< by plants, into other products
  Mass lost{};
  [[nodiscard]] Mass gap() const {
    return mined + made - stock - in_transit - shipped - worked - lost;
  }
};

/// Level of one stock at the end of each month since 1 January of the first year.
struct StockSeries {
  enum class Where { kMine, kHub, kPort } where = Where::kMine;
  std::string place{};
  ProductId product{};
  Mass capacity{};
  std::vector<Mass> level{};
};

/// The window whose every move is kept.
struct Watch {
  Time from{};
  Time until{};
};

/// One train over one line: where it was when. Straight lines between points; km from the start of
/// the line's first section.
struct TrainString {
  LineId line{};
  FleetId fleet{};
  int consist = 0;  ///< within the fleet
  enum class Load { kEmpty, kLoaded } load = Load::kLoaded;
  struct Point {
    Time at{};
    Length km{};
  };
  std::vector<Point> points{};  ///< two for each section: entering and leaving it
  std::vector<Time> running{};  ///< unobstructed, over each section in turn
};

/// A spell of one berth state.
struct BerthSpell {
  PortId port{};
  std::size_t berth = 0;
  BerthState state = BerthState::kNoShip;
  Time from{};
  Time until{};
  std::string ship{};      ///< "copper 17": contract and call number; empty when none is concerned
  std::string kept_out{};  ///< the first ship outside whose cargo is not there
  Mass stock{};            ///< of its cargo, in the yard as the spell began
  bool for_channel = false;  ///< of those that wait for tide or channel
};

struct TideSample {
  PortId port{};
  Time at{};
  Length height{};  ///< above chart datum
};

struct SectionClosure {
  LineId line{};
  std::size_t section = 0;
  Time from{};
  Time until{};
  std::string hazard{};
};

/// Everything seen in the window, in order of time (spells: of berth, then time).
struct Detail {
  Watch window{};
  std::vector<TrainString> strings{};
  std::vector<BerthSpell> berths{};
  std::vector<SectionClosure> closures{};
  std::vector<TideSample> tides{};  ///< every half hour
  Trace trace{};
};

struct IdleReason {
  BerthState state = BerthState::kNoShip;
  std::string ship{};
  Time since{};  ///< not before the window
  Time until{};
};
/// What a berth was doing at an instant, and why; none when the instant lies outside the window.
[[nodiscard]] std::optional<IdleReason> idle_reason(Detail const& detail,
                                                    PortId port,
                                                    std::size_t berth,
                                                    Time at);

/// One replication.
struct Life {
  IdVector<ProductId, std::vector<ProductYear>> products{};
  IdVector<MineId, std::vector<MineYear>> mines{};
  IdVector<PlantId, std::vector<PlantYear>> plants{};
  IdVector<FleetId, FleetLife> fleets{};
  IdVector<LineId, LineLife> lines{};
  std::vector<std::vector<Mass>> pipelines{};  ///< carried, by pipeline in order of routes and year
  std::vector<std::vector<RoadYear>> roads{};  ///< road hauls in order of routes, then of inbound
  IdVector<InboundId, std::vector<InboundYear>> inbound{};
  IdVector<PortId, PortLife> ports{};
  IdVector<ProductId, Balance> balance{};
  Losses losses{};  ///< from the mine plan to the tonnes shipped; empty when not kept
  std::vector<ResourceUse> resources{};  ///< busiest first
  std::vector<StockSeries> stocks{};
  std::optional<Detail> detail{};  ///< when a window was watched
  std::size_t events = 0;          ///< of the kernel
};

/// Sums over products, ports or fleets, for whoever wants one number.
[[nodiscard]] Mass shipped(Life const& life, int year);
[[nodiscard]] Mass shipped(Life const& life);
[[nodiscard]] Mass mined(Life const& life);
[[nodiscard]] Time demurrage(Life const& life);
[[nodiscard]] Time train_delay(Life const& life);

}  // namespace tidewater::corridor
