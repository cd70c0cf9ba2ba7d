#pragma once
/// The loss ledger in the mean over the lives, as a table and as JSON.

#include <string>

#include "tidewater/corridor/simulate.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

/// {"products": [{product, plan_kt, shipped_kt}], "entries": [{product, cause, mine, where, kt,
/// years_kt}]}; for each product plan - shipped is the sum of its entries.
[[nodiscard]] io::Json losses_json(corridor::CorridorModel const& model,
                                   corridor::Lives const& lives);

/// Largest first, product by product; what is less than a thousandth of the plan in one line.
[[nodiscard]] std::string losses_table(corridor::CorridorModel const& model,
                                       corridor::Lives const& lives);

}  // namespace tidewater::report
