/// Whole appraisals of the small corridor: sums that must come out whatever the draws.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/finance/ledger.hpp"

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;
using appraisal::Kpi;

namespace {

double kpi(appraisal::OptionResult const& r, Kpi k) {
  return *r.kpis[static_cast<std::size_t>(k)].value;
}

}  // namespace

TEST(Appraisal, EveryTonneAndEveryCentIsAccountedFor) {
  for (auto const& option : small::appraisal_once().options) {
    for (auto const& balance : option.median.life.balance) {
      EXPECT_LE(std::abs(balance.gap().in(t)), 1e-6 * balance.mined.in(t) + 1e-3) << option.option;
    }
    if (option.design) {
      auto const ledger =
          finance::post_ledger(option.median.cash, option.median.deal, finance::Prices::kReal);
      EXPECT_EQ(finance::ledger_faults(ledger, option.median.cash), std::vector<std::string>{});
    }
  }
}

TEST(Appraisal, NothingIsBuiltAndNothingHappensWithoutAProject) {
  auto const& none = small::appraisal_once().options[0];
  EXPECT_EQ(kpi(none, Kpi::kCapex), 0);
  EXPECT_EQ(kpi(none, Kpi::kThroughput), 0);
  EXPECT_FALSE(none.kpis[static_cast<std::size_t>(Kpi::kUnitCost)].value);
  EXPECT_FALSE(none.kpis[static_cast<std::size_t>(Kpi::kUnitCost)].value.reason().empty());
}

TEST(Appraisal, RevenueIsTonnesTimesTheStatedTerms) {
  auto const& rail = small::appraisal_once().options[2];
  auto const& p = small::appraisal_once().project;
  // 28 % copper less the default deduction of nothing, 96.5 % payable, 60 a tonne treatment; the
  // ship: 5000 nmi at 12.5 kn out and 0.7 of the way back, hire 14,000 and 24 t at 600 a day,
  // 100,000 in port, for 30,000 wet tonnes at 8 % moisture.
  double const copper = p.products[0].contents[0].price.value.in(usd / t);
  double const days = 1.7 * 5000 / 12.5 / 24;
  double const freight = (days * (14000 + 24 * 600) + 100000) / 30000;
  double const per_dry = 0.28 * 0.965 * copper - 60 - freight / 0.92;
  for (std::size_t y = 0; y < rail.median.years.size(); ++y) {
    double const dry = rail.median.years[y].shipped.in(t);
    EXPECT_NEAR(rail.median.cash.years[y].revenue.in(usd),
                dry * per_dry,
                1e-6 * std::max(1.0, dry * per_dry));
    EXPECT_NEAR(rail.median.cash.years[y].royalties.in(usd),
                0.05 * dry * per_dry,
                1e-6 * std::max(1.0, dry * per_dry));
  }
}

TEST(Appraisal, TheCapitalCostIsTheSumOfItsParts) {
  for (auto const& option : small::appraisal_once().options) {
    double sum = 0;
    for (auto const& part : option.median.parts) {
      sum += part.cost.in(musd);
    }
    EXPECT_NEAR(sum, kpi(option, Kpi::kCapex), 1e-9 * (1 + sum));
    double spent = 0;
    for (auto const& y : option.median.cash.years) {
      spent += (y.capex - y.sustaining_capex).in(musd);
    }
    EXPECT_NEAR(spent, sum, 1e-6 * (1 + sum)) << option.option;
  }
}

TEST(Appraisal, DoesNotDependOnTheNumberOfThreads) {
  auto const one = small::appraised(1);
  auto const& two = small::appraisal_once();
  for (std::size_t k = 0; k < one.options.size(); ++k) {
    for (std::size_t i = 0; i < appraisal::kKpis; ++i) {
      EXPECT_EQ(one.options[k].kpis[i].value, two.options[k].kpis[i].value);
      EXPECT_EQ(one.options[k].kpis[i].range.has_value(), two.options[k].kpis[i].range.has_value());
      if (one.options[k].kpis[i].range) {
        EXPECT_EQ(one.options[k].kpis[i].range->low, two.options[k].kpis[i].range->low);
        EXPECT_EQ(one.options[k].kpis[i].range->high, two.options[k].kpis[i].range->high);
      }
    }
  }
}

TEST(Appraisal, MedianValuesLieWithinTheirRanges) {
  for (auto const& option : small::appraisal_once().options) {
    for (auto const k : {Kpi::kCapex, Kpi::kNpv, Kpi::kUnitCost}) {
      auto const& result = option.kpis[static_cast<std::size_t>(k)];
      if (result.value && result.range && result.range->high > result.range->low) {
        EXPECT_GE(*result.value, result.range->low) << option.option;
        EXPECT_LE(*result.value, result.range->high) << option.option;
      }
    }
  }
}

TEST(Appraisal, ADearerPortNeverRaisesTheNetPresentValue) {
  auto p = small::project_file().project;
  p.header.futures = 0;
  p.header.replications = 1;
  auto const ground = small::relief();
  auto const npv = [&](double factor) {
    auto dearer = p;
    dearer.sites[1].works[0].cost.value *= factor;
    auto answer = appraisal::appraise_project(dearer, &ground, {});
    return kpi(std::get<appraisal::Appraisal>(*answer).options[2], Kpi::kNpv);
  };
  EXPECT_GT(npv(1.0), npv(1.5));
}
