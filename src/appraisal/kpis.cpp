#include <array>

#include "tidewater/appraisal/outcome.hpp"

namespace tidewater::appraisal {

namespace {

/// A row an indicator.
constexpr std::array<KpiSpec, kKpis> kSpecs{{
    {"capex",
     "Capital cost, mine included",
     "M USD",
     "All construction in prices of the price year, contingency and rolling stock included."},
    {"capex_rail",
     "Capital cost of the railway",
     "M USD",
     "Railways built or upgraded, with their loops, signals, contingency and rolling stock."},
    {"capex_port", "Capital cost of the port", "M USD", "Works at the port."},
    {"rail_length",
     "Railway used by the product",
     "km",
     "Length of the railways between mine and port."},
    {"rail_length_ratio",
     "Railway length over great circle",
     "",
     "Length of the railways over the great circle between their two ends."},
    {"throughput",
     "Product shipped",
     "Mt/a",
     "Mean wet tonnes sailed a year, over the whole years from opening to the last shipment."},
    {"unit_cost",
     "Cost of the corridor per tonne, mine gate to ship",
     "USD/t",
     "Present value of building and running railway, road and port over present value of wet "
     "tonnes: the constant charge that would just pay for them."},
    {"npv",
     "Net present value after tax",
     "M USD",
     "Mine and corridor as one venture, before debt, at the discount rate, from the first year."},
    {"irr",
     "Real rate of return after tax",
     "%",
     "Of the venture before debt; none when there is no single root."},
    {"dscr_min",
     "Lowest debt service cover",
     "",
     "Cash available for debt service over interest and principal, in the worst year."},
    {"payback",
     "Payback",
     "a",
     "Years from the first project year until cash is paid back for good."},
    {"government_take",
     "Government take",
     "%",
     "Present value of all payments to the state, free-carried shares included, over pre-tax "
     "cash flow at the discount rate."},
    {"local_share",
     "Share that stays in the districts and the province",
     "%",
     "Net receipts of district and provincial accounts over distributable value, present "
     "values."},
    {"jobs_construction",
     "Construction jobs at the peak",
     "FTE",
     "Most full-time equivalents employed in building in any year."},
    {"jobs_operation",
     "Operating jobs",
     "FTE",
     "Mean full-time equivalents over the operating years."},
    {"demurrage",
     "Demurrage",
     "M USD/a",
     "Mean paid to ships a year, over the whole years from opening to the last shipment."},
    {"berth_occupancy",
     "Berth occupancy",
     "%",
     "Share of time since opening a ship lay at the product's berths."},
    {"train_delay",
     "Delay of a round trip",
     "min",
     "Mean time a consist loses on the line in one round trip against undisturbed running."},
    {"line_utilisation",
     "Use of the busiest section",
     "%",
     "Share of time since opening it is held by trains or closed."},
    {"p_all_gain",
     "Chance that all key parties gain",
     "%",
     "Share of futures and judgements in which no key party is worse off than without a "
     "project."},
    {"tension",
     "Tension",
     "",
     "Of all change in value among parties, weighted by capability, the part that is loss."},
}};

}  // namespace

KpiSpec const& spec(Kpi kpi) {
  return kSpecs.at(static_cast<std::size_t>(kpi));
}

}  // namespace tidewater::appraisal
