#include "tidewater/finance/measures.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace tidewater::finance {
namespace {

using Flows = std::vector<double>;

TEST(PresentValue, LeavesTheFirstFlowUndiscounted) {
  // numpy-financial documentation example, BSD-3: npv(0.08, [-40000, 5000, 8000, 12000, 30000]).
  EXPECT_NEAR(*npv(0.08, Flows{-40000, 5000, 8000, 12000, 30000}), 3065.22267, 5e-6);
}

TEST(PresentValue, AtMidYearIsWorthTheRootOfOneYearLess) {
  Flows const flows{-100, 60, 70};
  EXPECT_NEAR(*npv(0.21, flows, 0.5), *npv(0.21, flows) / 1.1, 1e-12);
}

TEST(PresentValue, DoesNotExistAtMinusOneHundredPercent) {
  EXPECT_FALSE(npv(-1, Flows{0, 1, 2}).has_value());
  EXPECT_FALSE(npv(std::nan(""), Flows{0, 1, 2}).has_value());
}

TEST(RateOfReturn, FindsTheClosedFormOfTwoAndThreeFlows) {
  EXPECT_NEAR(irr(Flows{-100, 110}).only().value(), 0.10, 1e-15);
  // (1 + r)^3 = 0.74 (numpy-financial test 2): zeros between do not matter.
  EXPECT_NEAR(irr(Flows{-100, 0, 0, 74}).only().value(), std::cbrt(0.74) - 1, 1e-15);
  EXPECT_NEAR(irr(Flows{-100, 50, 50}).only().value(), 0.0, 1e-15);
}

TEST(RateOfReturn, GivesBothRootsOfThePumpProblem) {
  // Lorie & Savage (1955): -1600, +10000, -10000 has rates 25 % and 400 %.
  auto const r = irr(Flows{-1600, 10000, -10000});
  ASSERT_EQ(r.roots.size(), 2U);
  EXPECT_NEAR(r.roots[0].rate, 0.25, 1e-14);
  EXPECT_NEAR(r.roots[1].rate, 4.00, 1e-13);
  EXPECT_FALSE(r.only().has_value());
  EXPECT_NE(r.only().reason().find("2 rates"), std::string::npos);
}

TEST(RateOfReturn, GivesAllThreeRootsOfAProductOfFactors) {
  // (1 - 1.1 v)(1 - 1.2 v)(1 - 1.3 v) = 1 - 3.6 v + 4.31 v^2 - 1.716 v^3, v = 1 / (1 + r).
  auto const r = irr(Flows{-1, 3.6, -4.31, 1.716});
  ASSERT_EQ(r.roots.size(), 3U);
  EXPECT_NEAR(r.roots[0].rate, 0.1, 1e-12);
  EXPECT_NEAR(r.roots[1].rate, 0.2, 1e-12);
  EXPECT_NEAR(r.roots[2].rate, 0.3, 1e-12);
}

TEST(RateOfReturn, FlagsATouchingRoot) {
  // -(1 - 1.1 v)^2: zero at 10 %, never above.
  auto const r = irr(Flows{-1, 2.2, -1.21});
  ASSERT_EQ(r.roots.size(), 1U);
  EXPECT_NEAR(r.roots[0].rate, 0.1, 1e-7);
  EXPECT_EQ(r.roots[0].kind, RootKind::kTouching);
}

TEST(RateOfReturn, SaysWhyThereIsNone) {
  EXPECT_EQ(irr(Flows{}).profile, FlowProfile::kEmpty);
  EXPECT_EQ(irr(Flows{0, 0}).reason, "there are no cash flows");
  EXPECT_EQ(irr(Flows{1, 2}).profile, FlowProfile::kOneSigned);
  EXPECT_FALSE(irr(Flows{-1, -2}).reason.empty());
  auto const r = irr(Flows{100, -200, 150});  // discriminant < 0
  EXPECT_TRUE(r.roots.empty());
  EXPECT_EQ(r.sign_changes, 2);
  EXPECT_FALSE(r.reason.empty());
  EXPECT_FALSE(irr(Flows{-1, std::nan(""), 2}).reason.empty());
}

TEST(RateOfReturn, FlagsABorrowingProfile) {
  EXPECT_EQ(irr(Flows{100, -110}).profile, FlowProfile::kBorrowing);
  EXPECT_EQ(irr(Flows{0, -100, 110}).profile, FlowProfile::kInvesting);
}

TEST(RateOfReturn, SurvivesLongSeriesAndExtremeScales) {
  Flows flows(201, 1e-9);
  flows[0] = -1e-8;  // a near-perpetuity at 10 %
  EXPECT_NEAR(irr(flows).only().value(), 0.1, 1e-8);
  EXPECT_NEAR(irr(Flows{-1, 1e12}).only().value(), 1e12 - 1, 1);
  EXPECT_NEAR(irr(Flows{-1e12, 1}).only().value(), 1e-12 - 1, 1e-15);
}

TEST(ModifiedRate, MatchesTheSpreadsheetExampleAndRefusesOneSign) {
  // Microsoft Excel documentation example of MIRR, also in formulajs (MIT).
  Flows const flows{-120000, 39000, 30000, 21000, 37000, 46000};
  EXPECT_NEAR(*mirr(flows, {.finance_rate = 0.10, .reinvest_rate = 0.12}), 0.126094, 1e-6);
  EXPECT_FALSE(mirr(Flows{1, 2, 3}, {.finance_rate = 0.1, .reinvest_rate = 0.1}).has_value());
  EXPECT_FALSE(mirr(Flows{-1, -2}, {.finance_rate = 0.1, .reinvest_rate = 0.1}).has_value());
}

TEST(DayCount, CountsTheYearBetweenTwoDatesEachItsOwnWay) {
  Date const from{2003, 11, 1};
  Date const to{2004, 5, 1};  // ISDA (1998) memorandum on the actual/actual fraction, example 1
  EXPECT_NEAR(year_fraction(from, to, DayCount::kActualActualIsda), 61 / 365. + 121 / 366., 1e-12);
  EXPECT_NEAR(year_fraction(from, to, DayCount::kActual365Fixed), 182 / 365., 1e-15);
  EXPECT_NEAR(year_fraction(from, to, DayCount::kActual360), 182 / 360., 1e-15);
  EXPECT_NEAR(year_fraction(from, to, DayCount::kThirty360Isda), 0.5, 1e-15);
  // End of February to 31 August: US rule makes it 180 days, ISDA 182.
  EXPECT_NEAR(year_fraction({2023, 2, 28}, {2023, 8, 31}, DayCount::kThirty360Us), 0.5, 1e-15);
  EXPECT_NEAR(
      year_fraction({2023, 2, 28}, {2023, 8, 31}, DayCount::kThirty360Isda), 183 / 360., 1e-15);
  EXPECT_NEAR(year_fraction(to, from, DayCount::kActual365Fixed), -182 / 365., 1e-15);
}

TEST(DatedFlows, HaveRatesWhateverTheirOrder) {
  // Excel documentation example of XIRR (also in pyxirr's tests, Unlicense): 37.33625 %.
  std::vector<DatedFlow> const flows{{{2009, 2, 15}, 3250},
                                     {{2008, 1, 1}, -10000},
                                     {{2008, 3, 1}, 1750},
                                     {{2008, 3, 1}, 1000},
                                     {{2008, 10, 30}, 4250},
                                     {{2009, 4, 1}, 2750}};
  auto const r = xirr(flows).only();
  ASSERT_TRUE(r.has_value()) << r.reason();
  EXPECT_NEAR(*r, 0.373362535, 1e-8);
  EXPECT_NEAR(*xnpv(*r, flows), 0, 1e-9 * 10000);
  EXPECT_FALSE(xnpv(-1, flows).has_value());
  EXPECT_FALSE(xirr(std::vector<DatedFlow>{{{2023, 2, 30}, 1}}).reason.empty());
}

TEST(Payback, RunsStraightInsideTheYear) {
  // 100 owed, 40 a year: paid half-way through the third year.
  auto const p = payback(Flows{-100, 40, 40, 40});
  EXPECT_NEAR(*p.first, 2.5, 1e-15);
  EXPECT_NEAR(*p.lasting, 2.5, 1e-15);
  EXPECT_EQ(p.crossings, 1);
}

TEST(Payback, SeesAClosureCostUndoIt) {
  // Cumulative -100, 20, -30, 10: up in year 1, down in year 2, up again in year 3.
  auto const p = payback(Flows{-100, 120, -50, 40});
  EXPECT_NEAR(*p.first, 100 / 120., 1e-15);
  EXPECT_NEAR(*p.lasting, 2.75, 1e-15);
  EXPECT_EQ(p.crossings, 3);
  auto const undone = payback(Flows{-100, 120, -50});
  EXPECT_TRUE(undone.first.has_value());
  EXPECT_FALSE(undone.lasting.has_value());
}

TEST(Payback, IsNoneWhenNothingIsOwedOrNeverPaid) {
  EXPECT_FALSE(payback(Flows{10, 10}).first.has_value());
  EXPECT_EQ(payback(Flows{-100, 10}).first.reason(), "never paid back");
  EXPECT_NEAR(*payback(Flows{-0.3, 0.1, 0.1, 0.1}).first, 3.0, 1e-12);  // not lost to rounding
}

TEST(Payback, ComesLaterWhenDiscounted) {
  // -100 + 60/1.1 + 60/1.21 = 4.13: 100 - 54.545 left over 49.587 in year 2.
  auto const p = discounted_payback(0.1, Flows{-100, 60, 60});
  EXPECT_NEAR(*p.first, 1 + (100 - 60 / 1.1) / (60 / 1.21), 1e-12);
  EXPECT_FALSE(discounted_payback(-1, Flows{-100, 60, 60}).first.has_value());
}

}  // namespace
}  // namespace tidewater::finance
