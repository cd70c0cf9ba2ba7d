#pragma once
/// What `tidewater simulate` shows of the corridor as a test bench.

#include "sweep_range.hpp"
#include "with_designs.hpp"

namespace tidewater::cli {

/// A fault when the project's replications leave no interval; `what` is the option that needs one.
[[nodiscard]] Diagnostics needs_an_interval(project::Project const& project, char const* what);

/// Throughput and waiting at each value of one parameter.
[[nodiscard]] Diagnostics show_sweep(Request const& request,
                                     Drawn const& d,
                                     SweepRange const& range,
                                     io::Json& json);

/// What each relief would bring, the greatest gain first.
[[nodiscard]] Diagnostics show_bottleneck(Request const& request, Drawn const& d, io::Json& json);

}  // namespace tidewater::cli
