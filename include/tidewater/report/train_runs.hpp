#pragma once
/// What trains do over a link, for the results file and for `tidewater train`.

#include "tidewater/appraisal/design.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

enum class RunDirection { kLoaded, kEmpty };

/// Speed and what the limits allow, force at the wheel (below zero: braking), time and traction
/// work so far along the link's own kilometres; the empty train runs them downwards:
/// {"km", "kmh", "limit_kmh", "kn", "minutes", "gj"}.
[[nodiscard]] io::Json run_curves_json(train::Run const& run,
                                       Length length,
                                       RunDirection direction);

/// Work at the wheel, what brakes took, fuel or current, CO2.
[[nodiscard]] io::Json run_energy_json(train::RunEnergy const& energy);

/// The densest clock-face timetable of the link as strings, one train each way, and how far it
/// fills the line; nulls with a reason where there is none.
[[nodiscard]] io::Json timetable_json(project::Link const& link, appraisal::RailDesign const& rail);

}  // namespace tidewater::report
