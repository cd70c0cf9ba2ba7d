#pragma once
/// The capacity test bench: one number of the project takes value after value, all else as the file
/// has it, and each value lives the same lives.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/appraisal/design.hpp"
#include "tidewater/corridor/bench.hpp"
#include "tidewater/project/describe.hpp"

namespace tidewater::appraisal {

/// What can be swept: a number of the project by its path, or the list of a port's berths, which
/// then counts them: further ones are like the last.
struct SweepParameter {
  std::string path;         ///< "/site/pasni/port/stockyard"
  project::FieldSpec spec;  ///< unit and range
  project::Dimension dimension{};
  enum class Counts { kAnything, kWholeThings } counts = Counts::kAnything;
};
/// `written` as in the file, its parts joined by dots or slashes.
///   fails   no such number (with the nearest spelling), or one that the ground itself hangs on
[[nodiscard]] Result<SweepParameter> sweep_parameter(project::Project const& project,
                                                     std::string const& written);

struct SweepRequest {
  SweepParameter parameter;
  std::vector<double> values;  ///< base units
  corridor::ExperimentOptions experiment;
};

struct SweepPoint {
  double value = 0;                          ///< base units
  std::vector<corridor::Estimate> measures;  ///< as corridor::measures(); empty when none can run
  /// Tonnes a year shipped more than at the first value, replication by replication; none for the
  /// first and when either cannot run.
  std::optional<corridor::Estimate> gain;
  std::optional<NoDesign> none;  ///< why it cannot be built or run
};

/// An option as it was drawn, and the ground for drawing it again.
struct DrawnOption {
  project::Project const& project;  ///< in its future, the option's overrides applied
  project::Option const& option;
  Design const& design;
  terrain::Terrain const* ground = nullptr;
};

/// Lines are searched again only where the value changes what is asked of them; trains, loops and
/// fleets the file leaves open are sized anew at every value.
///   fails   with the faults of the first value that contradicts the rest of the project
[[nodiscard]] Result<std::vector<SweepPoint>> sweep(DrawnOption const& drawn,
                                                    SweepRequest const& request);

}  // namespace tidewater::appraisal
