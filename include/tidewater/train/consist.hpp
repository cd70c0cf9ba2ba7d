#pragma once
/// How long a train the line allows and how many locomotives it needs.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train {

/// Steepest equivalent grades (curves included) against the train, each >= 0.
struct RulingGrades {
  double loaded = 0;  ///< in the loaded direction
  double empty = 0;   ///< in the empty direction
};

struct ConsistLimits {
  Length loop_length{1e9};  ///< standing length in the shortest loop
  Force drawbar{1e12};      ///< pull the couplings may carry
  Mass axle_load{1e9};      ///< heaviest axle the track carries
  int max_locomotives = 6;
  int max_wagons = 400;
};

struct ConsistTask {
  Locomotive locomotive{};
  Wagon wagon{};
  RulingGrades grades{};
  ConsistLimits limits{};
  std::optional<Mass> payload{};          ///< wanted per train; none: as much as the limits allow
  Speed min_speed{15.0 / 3.6};            ///< to be held on the ruling grade, either way
  Accel starting_acceleration{0.02};      ///< to be reached from rest on the ruling grade (assumed)
  double dispatch_adhesion_margin = 1.0;  ///< share of the adhesion that planning may count on
};

/// What stopped the train from being longer, or the locomotives from being fewer.
enum class ConsistLimit {
  kPayload,  ///< the payload wanted is reached
  kLoopLength,
  kDrawbar,
  kLocomotives,
  kWagons,
};

struct SizedConsist {
  Train loaded{};
  Train empty{};
  int locomotives = 0;
  int wagons = 0;
  Mass payload{};  ///< per train, after the axle load limit
  Length length{};
  ConsistLimit limit = ConsistLimit::kPayload;
  Speed speed_loaded{};  ///< balance speed on the ruling grade
  Speed speed_empty{};
  Force drawbar{};      ///< largest pull behind the locomotives when starting
  Diagnostics notes{};  ///< e.g. wagons filled below capacity for the axle load
};

/// No consist does it.
struct NoConsist {
  std::string reason{};
  std::string remedy{};
};

/// Fewest locomotives for the payload wanted; without one, the longest train the limits allow, and
/// the fewest locomotives for it. A train is good when, in each direction on its ruling grade, it
/// starts with `starting_acceleration` and holds `min_speed` at full effort.
[[nodiscard]] Result<std::variant<SizedConsist, NoConsist>> size_consist(ConsistTask const& task);

/// Payload each train must carry to move a yearly mass with so many trains a day each way.
[[nodiscard]] Mass payload_per_train(MassRate yearly, Rate trains);

}  // namespace tidewater::train
