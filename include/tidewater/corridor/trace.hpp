#pragma once
/// What was seen in the watched window beside trains and berths, and what all of it says of one
/// asset: what it did, from when until when, and because of what. The trace neither draws nor
/// schedules: a life is the same with it or without.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/units.hpp"
#include "tidewater/corridor/losses.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

struct Detail;

/// What a consist is about.
enum class Doing : std::uint8_t {
  kIdle,  ///< before the opening, or gone for good
  kAwaitingCargo,
  kAwaitingLoader,
  kLoading,
  kUnderWay,
  kAwaitingRoom,  ///< for room in the yard
  kAwaitingTrack,
  kUnloading,
  kAwaitingCrew
};
inline constexpr std::size_t kDoings = static_cast<std::size_t>(Doing::kAwaitingCrew) + 1;
[[nodiscard]] std::string_view name(Doing doing);

struct ConsistSpell {
  FleetId fleet{};
  int consist = 0;  ///< within the fleet
  Doing doing = Doing::kIdle;
  Place at{};  ///< where it is; under way, where it is bound for
  Time from{};
  Time until{};
};

/// How many trucks of a road haul stood at home, and how many platoons before a full yard.
struct TruckSpell {
  std::size_t road = 0;
  int at_home = 0;
  int awaiting_room = 0;
  Time from{};
  Time until{};
};

/// What the pumps of a pipeline are about.
enum class Pumping : std::uint8_t { kIdle, kAwaitingCargo, kAwaitingRoom, kPumping };
inline constexpr std::size_t kPumpings = 4;
[[nodiscard]] std::string_view name(Pumping pumping);

struct PumpSpell {
  std::size_t pipeline = 0;
  Pumping pumping = Pumping::kIdle;
  Time from{};
  Time until{};
};

/// What a plant is about.
enum class Working : std::uint8_t { kIdle, kAwaitingInput, kAwaitingRoom, kWorking };
inline constexpr std::size_t kWorkings = 4;
[[nodiscard]] std::string_view name(Working working);

struct PlantSpell {
  PlantId plant{};
  Working working = Working::kIdle;
  ProductId product{};  ///< that it waits for, or for the room of
  Time from{};
  Time until{};
};

/// A mine, hub, plant, port, berth or pipeline that could not work. Ships' work in port and
/// pilotage stop in its weather.
struct PlaceClosure {
  enum class By : std::uint8_t { kOutage, kRepair, kWeather, kHazard };
  Place where{};
  By by = By::kOutage;
  std::string cause{};  ///< "outage", "repair", or the id of the weather or hazard
  Time from{};
  Time until{};
};

/// A train that had failed on the line, until it was repaired.
struct Breakdown {
  FleetId fleet{};
  int consist = 0;
  Time from{};
  Time until{};
};

/// A stockpile that was full, and what that is laid to. Seen only when the loss ledger is kept.
struct PileFull {
  struct Because {
    LossCause cause = LossCause::kNotOpen;
    Place where{};
    double weight = 0;  ///< all of a stretch sum to 1
  };
  MineId mine{};
  std::vector<Because> because{};
  Time from{};
  Time until{};
};

/// A mine with nothing left in the ground, from then until the end of the life.
struct ReserveUsedUp {
  MineId mine{};
  Time from{};
  Time until{};
};

/// A ship on its way, from its call to its arrival.
struct ShipCall {
  std::size_t contract = 0;
  int number = 0;
  Time from{};
  Time until{};
};

/// What a contract's next call waits for.
enum class Calling : std::uint8_t { kLot, kNotSold, kPutOff };

struct CallingSpell {
  std::size_t contract = 0;
  Calling calling = Calling::kLot;
  Time from{};
  Time until{};
};

/// A ship in the channel.
struct ChannelPassage {
  PortId port{};
  std::string ship{};
  Time from{};
  Time until{};
};

struct Trace {
  std::vector<ConsistSpell> consists{};
  std::vector<TruckSpell> trucks{};
  std::vector<PumpSpell> pumps{};
  std::vector<PlantSpell> plants{};
  std::vector<PlaceClosure> closures{};
  std::vector<Breakdown> breakdowns{};
  std::vector<PileFull> full_piles{};
  std::vector<ReserveUsedUp> used_up{};
  std::vector<ShipCall> calls{};
  std::vector<CallingSpell> callings{};
  std::vector<ChannelPassage> passages{};
};

/// Something of a corridor that can be asked what it did. A fleet's place with `part` n is its
/// consist n, counted from 1.
struct Asset {
  std::string name{};  ///< "pasni", "pasni berth 1", "trains", "trains 3"
  Place place{};
};
/// Mines, hubs, plants, ports and their berths, lines, fleets and their consists, road hauls,
/// pipelines.
[[nodiscard]] std::vector<Asset> assets(CorridorModel const& model);

/// In words; `because` is empty where the state says it all.
struct Stretch {
  std::string part{};  ///< of the asset: "berth 1", "load-out", "section 3"
  Time from{};
  Time until{};
  std::string state{};
  std::string because{};
};
/// What an asset did in the watched window, part by part, without gaps.
[[nodiscard]] std::vector<Stretch> stretches(CorridorModel const& model,
                                             Detail const& detail,
                                             Place asset);

}  // namespace tidewater::corridor
