#pragma once
/// How long a train the line allows, how many locomotives it needs and which size costs least.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/train/line.hpp"
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
  /// Where the second half of the locomotives stands, as a share of the wagons ahead of it: 0 leads
  /// with the first, 0.5 in the middle, 1 pushes. Eases the drawbar, not the grade.
  double remote_place = 0;
  double coast_to = 1.0;  ///< how its trains are driven: RunOptions::coast_to
  /// Of other classes, in every train besides those to be counted; limits on numbers and `payload`
  /// are not about them, limits on length, pull and axle load are.
  std::vector<LocomotiveGroup> further_locomotives{};
  std::vector<WagonGroup> further_wagons{};
};

[[nodiscard]] int count(std::vector<LocomotiveGroup> const& groups);
[[nodiscard]] int count(std::vector<WagonGroup> const& groups);

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
  int locomotives = 0;  ///< of all classes
  int wagons = 0;       ///< of all classes
  Mass payload{};       ///< per train, after the axle load limit
  Length length{};
  ConsistLimit limit = ConsistLimit::kPayload;
  Speed speed_loaded{};  ///< balance speed on the ruling grade
  Speed speed_empty{};
  Force drawbar{};        ///< largest pull in any coupler when starting
  double coast_to = 1.0;  ///< of the task: every run of the consist is driven so
  Diagnostics notes{};    ///< e.g. wagons filled below capacity for the axle load
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

/// What running trains costs, for comparing their sizes.
struct ConsistCosts {
  MoneyPerTime crew{};        ///< of one train, whatever its size
  MoneyPerLength running{};   ///< of one train, whatever its size
  MoneyPerTime locomotive{};  ///< each: capital and upkeep
  MoneyPerTime wagon{};       ///< each: capital and upkeep
  MoneyPerTime further{};     ///< all vehicles of further classes in a train
  MoneyPerEnergy energy{};    ///< of work at the wheel
  Time at_ends{};             ///< of a round trip, loading and unloading apart
  Time per_wagon{};           ///< more at both ends for each wagon: loading and unloading
};

struct TrainSize {
  int wagons = 0;
  int locomotives = 0;
  Mass payload{};
  Time cycle{};
  MoneyPerMass cost{};  ///< of the payload, round trip
};

/// Cost per tonne against train size, and the cheapest.
struct SizeAdvice {
  std::vector<TrainSize> sizes{};  ///< every size that can run, fewest wagons first
  std::size_t best = 0;
  ConsistLimit largest_by = ConsistLimit::kWagons;  ///< what forbids more wagons than the last
  std::string reason{};                             ///< why the best is the best, in words
};

/// Tries every number of wagons up to the first that a limit forbids, each with the fewest
/// locomotives that start it and hold the speed, over `line` (loaded in its direction, empty back).
/// Sizes whose trains stall are left out. task.payload and task.grades are not used: the grades are
/// the line's own under each train.
[[nodiscard]] Result<std::variant<SizeAdvice, NoConsist>> advise_size(ConsistTask task,
                                                                      Line const& line,
                                                                      ConsistCosts const& costs);

/// Payload each train must carry to move a yearly mass with so many trains a day each way.
[[nodiscard]] Mass payload_per_train(MassRate yearly, Rate trains);

}  // namespace tidewater::train
