#pragma once
/// Why a line lies where it does, as the results tell it.

#include "tidewater/appraisal/design.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

/// dearest_km, constraints, alternatives and why there are no more: docs/guide/results.md.
[[nodiscard]] io::Json reasons_json(project::Link const& link,
                                    appraisal::LineReasons const& reasons);

}  // namespace tidewater::report
