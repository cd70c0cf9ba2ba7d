#pragma once
/// The parts of results_json(), each an array or object of docs/guide/results.md.

#include "tidewater/io/json.hpp"
#include "tidewater/report/results.hpp"

#include "option_view.hpp"

namespace tidewater::report {

// head_json.cpp
[[nodiscard]] io::Json project_json(appraisal::Appraisal const& all);
[[nodiscard]] io::Json map_json(appraisal::Appraisal const& all);

// option_json.cpp
[[nodiscard]] io::Json option_json(OptionView const& view);

// link_json.cpp, stations_json.cpp
[[nodiscard]] io::Json links_json(OptionView const& view);
/// Columns of at most about `most` rows: both ends, every change of kind, the extremes of height,
/// grade, cut and fill, and between them rows at even steps.
[[nodiscard]] io::Json stations_json(project::Link const& link,
                                     route::Alignment const& alignment,
                                     std::size_t most = 1200);

// money_json.cpp
[[nodiscard]] io::Json years_json(OptionView const& view);
[[nodiscard]] io::Json ledger_json(OptionView const& view);

// operation_json.cpp, resources_json.cpp
[[nodiscard]] io::Json operation_json(OptionView const& view);
[[nodiscard]] io::Json bottlenecks_json(OptionView const& view);
[[nodiscard]] io::Json shares_json(OptionView const& view);
/// Plants, each with what it works and makes.
[[nodiscard]] io::Json plants_json(OptionView const& view);

// inbound_json.cpp
/// Of each flow of inbound cargo, what was planned, came and waited, a year.
[[nodiscard]] io::Json inbound_json(OptionView const& view);

// loss_years_json.cpp
/// From plan to shipments year by year, wet.
[[nodiscard]] io::Json loss_years_json(OptionView const& view);

// evidence_json.cpp
[[nodiscard]] io::Json claims_json(appraisal::Appraisal const& all);
[[nodiscard]] io::Json provenance_json(appraisal::Appraisal const& all);
[[nodiscard]] io::Json warnings_json(appraisal::Appraisal const& all);

}  // namespace tidewater::report
