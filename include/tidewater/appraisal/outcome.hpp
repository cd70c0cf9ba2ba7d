#pragma once
/// What one option comes to in one future: indicators, years, payments. Values only.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/units.hpp"
#include "tidewater/corridor/life.hpp"
#include "tidewater/finance/engine.hpp"
#include "tidewater/finance/ledger.hpp"
#include "tidewater/project/site.hpp"

namespace tidewater::appraisal {

/// The indicators an option is compared by; their ids are stable (docs/guide/results.md).
enum class Kpi {
  kCapex,
  kCapexRail,
  kCapexPort,
  kRailLength,
  kRailLengthRatio,
  kThroughput,
  kUnitCost,
  kNpv,
  kIrr,
  kDscrMin,
  kPayback,
  kGovernmentTake,
  kLocalShare,
  kJobsConstruction,
  kJobsOperation,
  kDemurrage,
  kBerthOccupancy,
  kTrainDelay,
  kLineUtilisation,
  kPAllGain,
  kTension,
};
inline constexpr std::size_t kKpis = 21;

struct KpiSpec {
  std::string_view id;
  std::string_view label;
  std::string_view unit;    ///< "M USD" stands for the project's own currency
  std::string_view saying;  ///< how it is defined, a sentence
};
[[nodiscard]] KpiSpec const& spec(Kpi kpi);

/// A value in the indicator's unit, or the reason why there is none.
using KpiValue = finance::Measured<double>;
using KpiValues = std::array<KpiValue, kKpis>;

/// Cost of one part of the works in one future.
struct PartCost {
  std::string name;
  using Part = project::Work::Part;
  Part part = Part::kRail;
  Money cost{};
};

struct YearRow {
  int year = 0;
  Mass mined{};    ///< dry
  Mass shipped{};  ///< dry
  double jobs_construction = 0;
  double jobs_operation = 0;
};

/// One option in one future, one simulated life.
struct Outcome {
  KpiValues kpis{};
  KpiValue rail_cost_per_km;  ///< M USD, of building the new railways; trains are not in it
  std::vector<YearRow> years;
  std::vector<PartCost> parts;
  finance::CashFlow cash;
  finance::Deal deal;  ///< its accounts name the payers and payees of `cash`
  corridor::Life life;
  std::vector<double> jobs;  ///< operating jobs counted by each party, in Project::parties order
  std::vector<std::string> warnings;
};

}  // namespace tidewater::appraisal
