#pragma once
/// The results of an appraisal as one JSON object: docs/guide/results.md states every key. Nothing
/// is computed here that the appraisal has not found; units are changed and numbers rounded.

#include <string>
#include <string_view>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

/// What the results say of the run besides the appraisal itself. The seed stands in the project.
struct ResultsHead {
  std::string version;
  std::string project_hash;  ///< of the project file as read: io::ProjectFile::hash
};

/// The results file. Deterministic; every number at most nine significant digits (ledger amounts
/// exact to the cent); every null beside a "reason" in the same object.
[[nodiscard]] io::Json results_json(appraisal::Appraisal const& all, ResultsHead const& head);

/// An indicator's unit in the project's own currency: "M USD/a" -> "M PKR/a".
[[nodiscard]] std::string unit_in(std::string_view unit, std::string const& currency);

}  // namespace tidewater::report
