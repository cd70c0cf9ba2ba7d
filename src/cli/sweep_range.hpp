#pragma once
/// "site.pasni.port.stockyard=40 kt..160 kt:5", as a person writes a sweep.

#include <string>
#include <vector>

#include "tidewater/appraisal/sweep.hpp"
#include "tidewater/io/units_text.hpp"

namespace tidewater::cli {

struct SweepRange {
  appraisal::SweepParameter parameter;
  std::vector<double> values;  ///< base units, evenly spaced, both ends among them
  std::string unit;            ///< to show them in: the field's own, in the project's money
};

/// Without a count there are five values; of whole things, each whole number between the ends.
///   fails   TW0005: a path that names no number, ends that are no such quantity, stand in the
///   wrong
///           order or outside the field's range, a count below two or that cuts whole things
[[nodiscard]] Result<SweepRange> sweep_range(std::string const& written,
                                             project::Project const& project,
                                             io::Currencies const& money);

}  // namespace tidewater::cli
