#include "tidewater/finance/debt.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace tidewater::finance {
namespace {

TEST(Annuity, PaysTheTextbookMortgage) {
  // numpy-financial documentation (BSD-3): 7.5 %/12, 180 months, 200,000 -> -1854.0247.
  Annuity const a{.rate = 0.075 / 12, .periods = 180, .present = 200000};
  EXPECT_NEAR(*annuity_payment(a), -1854.0247200054619, 1e-9);
}

TEST(Annuity, ClosesItsEquationFromAnySide) {
  for (auto const due : {Due::kPeriodEnd, Due::kPeriodStart}) {
    for (double const rate : {0.07, 0.0, 1e-12, -0.02}) {
      Annuity a{.rate = rate, .periods = 12, .present = 1000, .future = -200, .due = due};
      a.payment = *annuity_payment(a);
      EXPECT_NEAR(*annuity_present(a), 1000, 1e-9);
      EXPECT_NEAR(*annuity_future(a), -200, 1e-9);
      EXPECT_NEAR(*annuity_periods(a), 12, 1e-8);
      EXPECT_NEAR(*annuity_rate(a), rate, 1e-12);
      // Paid at period start, the last balance still earns a period of interest before it is due.
      double const last = due == Due::kPeriodStart ? 200 / (1 + rate) : 200;
      EXPECT_NEAR(*principal_over(a, 1, 12), last - 1000, 1e-9);
    }
  }
}

TEST(Annuity, SplitsPaymentsInClosedFormWhereTheRecursionDrowns) {
  // 14.79 % over 300 periods: the balance recursion in doubles gives interest 40.0 at period 297
  // (numpy-financial issue), the closed form 16.97.
  Annuity const a{.rate = 0.1479, .periods = 300, .present = -270.51};
  EXPECT_NEAR(*principal_part(a, 297), 23.0428012981328, 1e-9);
  EXPECT_NEAR(*interest_part(a, 297), 16.97, 5e-3);
}

TEST(Annuity, SaysWhyItHasNoAnswer) {
  EXPECT_FALSE(annuity_payment({.rate = -1, .periods = 10, .present = 1}).has_value());
  EXPECT_FALSE(annuity_payment({.rate = 0.1, .periods = 0, .present = 1}).has_value());
  EXPECT_FALSE(principal_part({.rate = 0.1, .periods = 10, .present = 1}, 11).has_value());
  // 5 a period never covers 10 of interest.
  EXPECT_FALSE(annuity_periods({.rate = 0.1, .present = 100, .payment = -5}).has_value());
  EXPECT_FALSE(annuity_periods({.rate = 0, .present = 100}).has_value());
  EXPECT_FALSE(annuity_rate({.periods = 2.5, .present = 100, .payment = -50}).has_value());
}

TEST(LoanSchedule, OfAnAnnuityEndsAtZeroAtAnyRate) {
  for (double const rate : {0.0, 0.08, 0.5}) {
    auto const s = annuity_schedule(1000, rate, 40);
    ASSERT_TRUE(s.has_value());
    EXPECT_EQ(s->balance.back(), 0.0);
    EXPECT_NEAR(std::accumulate(s->principal.begin(), s->principal.end(), 0.0), 1000, 1e-9);
    EXPECT_DOUBLE_EQ(s->service.front(), s->service.back());
  }
  EXPECT_FALSE(annuity_schedule(1000, 0.08, 0).has_value());
}

TEST(LoanSchedule, OfEqualPrincipalPaysFallingInterest) {
  auto const s = equal_principal_schedule(100, 0.1, 4);  // 10 + 7.5 + 5 + 2.5
  EXPECT_EQ(s->interest, (std::vector<double>{10, 7.5, 5, 2.5}));
  EXPECT_EQ(s->balance.back(), 0.0);
}

TEST(Sculpting, RaisesTheTargetWhenGearingBinds) {
  std::vector<double> const cfads{30, 40, 50};
  auto const free = sculpt(cfads, {.rate = 0.08, .target_dscr = 1.3});
  auto const bound = sculpt(cfads, {.rate = 0.08, .target_dscr = 1.3, .max_debt = 60.0});
  ASSERT_TRUE(free && bound);
  // 30/1.3/1.08 + 40/1.3/1.08^2 + 50/1.3/1.08^3, by hand 78.279
  EXPECT_NEAR(free->debt, 78.279, 5e-4);
  EXPECT_NEAR(bound->debt, 60, 1e-12);
  EXPECT_NEAR(bound->dscr, 1.3 * free->debt / 60, 1e-12);
  EXPECT_EQ(bound->balance.back(), 0.0);
}

TEST(Sculpting, RefusesNegativeCashInsideTheTenor) {
  EXPECT_FALSE(sculpt(std::vector<double>{30, -1, 50}, {.rate = 0.08}).has_value());
  EXPECT_FALSE(sculpt(std::vector<double>{0, 0}, {.rate = 0.08}).has_value());
  EXPECT_FALSE(sculpt(std::vector<double>{}, {.rate = 0.08}).has_value());
}

TEST(CoverRatios, AreNoneWithoutDebtServiceNeverZero) {
  std::vector<double> const cfads{0, 50, 30, 40};
  std::vector<double> const service{0, 25, 25, 0};
  std::vector<double> const opening{10, 40, 20, 0};
  auto const c = cover_ratios({cfads, service, opening, 0.1});
  EXPECT_EQ(c.dscr[0].reason(), "no debt service");
  EXPECT_NEAR(*c.dscr[1], 2.0, 1e-15);
  EXPECT_NEAR(*c.min_dscr, 1.2, 1e-15);
  EXPECT_EQ(*c.year_of_min, 2);
  EXPECT_NEAR(*c.average_dscr, 1.6, 1e-15);  // over the two service years
  EXPECT_NEAR(*c.first_llcr, (50 / 1.1 + 30 / 1.21) / 40, 1e-12);
  EXPECT_NEAR(*c.first_plcr, (50 / 1.1 + 30 / 1.21 + 40 / 1.331) / 40, 1e-12);
  EXPECT_FALSE(c.llcr[3].has_value());

  std::vector<double> const none(4, 0.0);
  auto const idle = cover_ratios({cfads, none, none, 0.1});
  EXPECT_FALSE(idle.min_dscr.has_value());
  EXPECT_FALSE(idle.year_of_min.has_value());
}

}  // namespace
}  // namespace tidewater::finance
