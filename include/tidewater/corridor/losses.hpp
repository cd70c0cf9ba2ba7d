#pragma once
/// Where the tonnes of the mine plan went that were not shipped: what was not mined and what held
/// the mine back, what was lost on the way, and what lay where when a year ended. Dry masses.
/// docs/theory/corridor.md, "The loss ledger".

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/ids.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

/// Something of the model that a loss, or a wait, can be laid to.
struct Place {
  enum class Kind : std::uint8_t {
    kMine,
    kFleet,
    kLine,
    kRoad,
    kHub,
    kPort,
    kBerth,
    kContract,
    kPipeline,
    kPlant
  };
  Kind kind = Kind::kMine;
  std::uint32_t index = 0;
  /// Of a line: section + 1, or 0 for all; of a berth: its number from 0 on; of a fleet: its
  /// consist counted from 1, or 0 for all.
  std::uint32_t part = 0;
  auto operator<=>(Place const&) const = default;
};
/// "line reko_diq section 3", "berth pasni 1", "consist trains 2".
[[nodiscard]] std::string words(CorridorModel const& model, Place place);

/// Why a tonne of the plan was not shipped.
enum class LossCause {
  // Not mined.
  kOutage,         ///< the mine was down, counted at the rate it has while up
  kMadeGood,       ///< below zero: output above the plan while up, which allows for mean outages
  kMineHazard,     ///< the mine was struck, counted like an outage
  kReserveUsedUp,  ///< planned beyond the reserve
  // Not mined because the stockpile was full, and nothing took from it because
  kNotOpen,        ///< the corridor had not opened
  kNoVehicle,      ///< all trains or trucks were under way in the ordinary course of their work
  kCrew,           ///< trains waited for a crew
  kDispatch,       ///< trucks stood at home until their time of dispatch
  kLoadOut,        ///< trains waited for the load-out
  kLineBusy,       ///< trains waited for other trains
  kLineShut,       ///< trains were held up by a closure or a failed train
  kPipelineDown,   ///< the pipeline was out of order, or struck at either end
  kPipelineRate,   ///< the pipeline pumped as fast as it can
  kPlantDown,      ///< the plant was out of order, or its hub struck
  kPlantRate,      ///< the plant worked as fast as it can
  kPlantLacks,     ///< the plant waited for another of its inputs
  kUnloading,      ///< trains waited for an unloading track
  kPlaceStruck,    ///< the place of unloading was struck
  kShipLoading,    ///< the yard was full although a ship was being moored or loaded
  kBerthTaken,     ///< the yard was full; ships waited for a berth,
  kBerthBroken,    ///<   for its repair,
  kWeather,        ///<   for weather,
  kTide,           ///<   for water,
  kChannel,        ///<   for the channel,
  kTug,            ///<   for tugs or a pilot
  kShipUnderWay,   ///< the yard was full; a ship was called and had not come
  kLotIncomplete,  ///< the yard was full, yet less than a ship asks for had come together
  kSalesCurve,     ///< the yard was full; the sales curve had not called a ship
  kNoContract,     ///< the yard was full of what nobody buys
  // Mined.
  kWorked,      ///< worked up in a plant
  kLost,        ///< taken by a hazard
  kStock,       ///< change of stock at mines and hubs
  kInPlant,     ///< change of what plants are working on
  kOnTheWay,    ///< change of what trains, trucks and pipelines carry
  kAwaitsShip,  ///< change of stock at the port for which ships had been called
  kUnsold,      ///< change of stock at the port that the sales curve had not called
  kPartLot,     ///< change of stock at the port for which no ship had been called: part of a lot
  kAboard       ///< change of what lies in ships that have not sailed
};
inline constexpr std::size_t kLossCauses = static_cast<std::size_t>(LossCause::kAboard) + 1;
[[nodiscard]] std::string_view name(LossCause cause);

/// One line of the ledger. Changes of stock are below zero in a year that draws a stock down; over
/// the life they add up to what is left at the end.
struct Loss {
  ProductId product{};
  LossCause cause = LossCause::kOutage;
  std::optional<MineId> mine{};  ///< that did not mine it; unset once it was mined
  std::string where{};           ///< "fleet trains", "line section 3", "port copper", ...
  std::vector<Mass> years{};
  [[nodiscard]] Mass total() const;
};

/// For every product and year: plan = shipped + the sum of the entries, to the rounding of doubles.
/// What a plant makes is planned as its recipe's share of its main input's plan; so are the losses
/// of the main input its own, in that share.
struct Losses {
  IdVector<ProductId, std::vector<Mass>> plan{};  ///< from what the mines' output steps add up to
  std::vector<Loss> entries{};                    ///< in order of product, cause, mine and place
};

/// Sums of a product over the years.
[[nodiscard]] Mass planned(Losses const& losses, ProductId product);
[[nodiscard]] Mass lost(Losses const& losses, ProductId product);
[[nodiscard]] Mass lost(Losses const& losses, LossCause cause);

}  // namespace tidewater::corridor
