/// Whoever is counted as employed is paid, wherever the place's costs stand in the file.

#include <gtest/gtest.h>

#include "tidewater/finance/ledger.hpp"

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

constexpr std::size_t kRail = 2;  // the option

/// What all households receive over the project's life.
double paid_to_households(project::Project const& p) {
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  auto const answer = appraisal::design(p, p.options[kRail], &**ground);
  auto const outcome =
      appraisal::appraise(p, p.options[kRail], std::get<appraisal::Design>(*answer), {});
  if (!outcome) {
    ADD_FAILURE() << small::words(outcome.error());
    return 0;
  }
  EXPECT_GT(outcome->years.back().shipped, Mass{}) << "the sums below count every year";
  auto const ledger = finance::post_ledger(outcome->cash, outcome->deal, finance::Prices::kReal);
  double sum = 0;
  for (auto const& row : ledger.rows) {
    bool const is_household =
        outcome->deal.accounts[row.payee].sector == finance::Sector::kHouseholds;
    sum += is_household ? static_cast<double>(row.cents) / 100 : 0;
  }
  return sum;
}

/// Operating wages of `staff` from the opening in 2029 to the end of 2038.
double due(project::Staffing const& staff) {
  return 10 * staff.operation.value * staff.wage.value.in(usd / year);
}

/// What the households receive more because the link has staff.
double wages_of_link(project::Project p) {
  double const with = paid_to_households(p);
  p.links[0].staff.operation = 0;
  return with - paid_to_households(p);
}

}  // namespace

TEST(Wages, AreAPartOfTheUpkeepThatCoversThem) {
  auto p = small::project_file().project;
  p.links[0].rail->upkeep = 1e6 * usd / (km * year);
  EXPECT_NEAR(wages_of_link(p), due(p.links[0].staff), 100);
}

TEST(Wages, ArePaidOutOfTheAccessChargeOfALineItsOwnerKeeps) {
  auto p = small::project_file().project;
  p.links[0].rail->upkeep = {};
  p.links[0].rail->access = 1.0 * usd / (t * km);
  EXPECT_NEAR(wages_of_link(p), due(p.links[0].staff), 100);
}

TEST(Wages, ArePaidWhereAPlaceIsSaidToCostNothing) {
  auto p = small::project_file().project;
  p.links[0].rail->upkeep = {};
  EXPECT_NEAR(wages_of_link(p), due(p.links[0].staff), 100);
}
