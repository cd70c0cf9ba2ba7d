#pragma once
/// The corridor on a test bench: what lives carry and who waits in them, and which asset's relief
/// would carry more. Everything by simulation under common random numbers, nothing by utilisation.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/corridor/model.hpp"
#include "tidewater/corridor/simulate.hpp"

namespace tidewater::corridor {

/// One figure of a life, over the time from the opening to the end of the model.
struct Measure {
  std::string_view id;     ///< of the JSON, stable
  std::string_view label;  ///< of a table's column
  std::string_view unit;
  /// In `unit`; not a number when nothing happened that it could be taken from.
  double (*of)(CorridorModel const& model, Life const& life);
};

/// Throughput first, then waiting: of ships, trains, mines.
[[nodiscard]] std::span<Measure const> measures();
/// Dry tonnes sailed a year.
[[nodiscard]] double tonnes_a_year(CorridorModel const& model, Life const& life);

/// The corridor with one asset relieved.
struct Relief {
  std::string asset;  ///< "fleet trains", "berth port/1"
  std::string what;   ///< "one more consist"
  CorridorModel model;
};
/// One asset relieved at a time, in order of the model. Each is of a size a planner would try next
/// (one more, half as large again, half as fast again, none of its failures); its cost is not
/// asked.
[[nodiscard]] std::vector<Relief> reliefs(CorridorModel const& model);

/// What a relief brings: a paired-t interval, replication by replication.
struct Gain {
  std::string asset;
  std::string what;
  Estimate tonnes_a_year;  ///< more shipped, dry
  /// The interval lies above what one lot of each contract comes to: whether a last lot still sails
  /// before the life ends says nothing. One of twenty such intervals misses by chance.
  bool is_sure = false;
};

struct BottleneckRanking {
  Estimate tonnes_a_year;     ///< shipped as the corridor stands, dry
  double one_lot_a_year = 0;  ///< one lot of each contract over the whole life, dry tonnes a year
  std::vector<Gain> gains;    ///< the greatest mean gain first; equals in order of the model
};

/// Lives the corridor as it stands and under each of its reliefs, with the same random numbers.
///   model    must be without faults()
///   options  two replications at least, or no interval exists; `watch` is not used
///   source   Law: Simulation Modeling and Analysis, comparing two configurations by paired-t
[[nodiscard]] BottleneckRanking rank_bottlenecks(CorridorModel const& model,
                                                 ExperimentOptions const& options);

}  // namespace tidewater::corridor
