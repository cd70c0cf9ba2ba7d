#include "tidewater/finance/engine.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "deal_world.hpp"

namespace tidewater::finance {
namespace {

using world::empty_world;
using world::real;
using world::World;

CashFlow flow_of(World const& w) {
  auto r = cash_flow(w.venture, w.deal);
  if (!r) {
    for (auto const& d : r.error()) {
      ADD_FAILURE() << d.where << ": " << d.what;
    }
    return {};
  }
  return *r;
}

std::vector<double> rounded(std::vector<double> v) {
  for (double& x : v) {
    x = std::round(x * 1e9) / 1e9;
  }
  return v;
}

/// 100 spent in year 0, then 60 of sales and 20 of cost for two years.
World plain() {
  World w = empty_world(3);
  w.build(100, {1.0}, 2);
  w.sell({0, 60, 60});
  w.spend({0, 20, 20});
  w.venture.throughput = world::tonnes({0, 10, 10});
  return w;
}

TEST(CashFlow, WithoutStateOrDebtIsSalesLessCosts) {
  auto const f = flow_of(plain());
  std::vector<double> const expected{-100, 40, 40};
  EXPECT_EQ(real(f.years, &YearAccount::pre_tax_cash), expected);
  EXPECT_EQ(real(f.years, &YearAccount::free_cash), expected);
  EXPECT_EQ(real(f.years, &YearAccount::equity_cash), expected);
  EXPECT_NEAR(f.project.npv->base(), -100 + 40 / 1.1 + 40 / 1.21, 1e-12);
  EXPECT_EQ(f.loan.reason(), "the deal has no loan");
  EXPECT_EQ(f.years[1].dscr.reason(), "no debt service");
}

TEST(CashFlow, TaxesProfitAfterDepreciationAndLossesCarriedForward) {
  // Depreciation 50 a year on 100; profit 60-20-50 = -10, then 110-20-50 = 40 less the loss of 10.
  World w = plain();
  w.venture.sales.clear();
  w.sell({0, 60, 110});
  w.levy("corporate tax", Base::kProfit, 0.30, w.nation).kind = StreamKind::kTax;
  EXPECT_EQ(rounded(real(flow_of(w).years, &YearAccount::taxes)), (std::vector<double>{0, 0, 9}));

  w.deal.tax.loss_years = 0;  // no carry-forward: 30 % of 40
  EXPECT_EQ(rounded(real(flow_of(w).years, &YearAccount::taxes)), (std::vector<double>{0, 0, 12}));

  w.deal.tax.loss_years.reset();
  w.deal.tax.loss_share = 0.1;  // losses may cover 4 of 40
  EXPECT_EQ(rounded(real(flow_of(w).years, &YearAccount::taxes)),
            (std::vector<double>{0, 0, 10.8}));
}

TEST(CashFlow, TakesEachRoyaltyOnItsOwnBase) {
  World w = empty_world(2);
  w.build(10);
  w.sell({0, 100}, {0, 20});              // net smelter return 80
  w.spend({0, 15}, Segment::kTransport);  // mine gate: 80 - 15 - 5
  w.venture.costs.push_back(
      {.name = "mine", .payees = {{w.supplier, 1}}, .amount = world::money({0, 7})});
  auto const dock = w.venture.traffic.push({.name = "quay", .carried = world::tonnes({0, 10})});
  w.levy("gross", Base::kGross, 0.05, w.province);
  w.levy("nsr", Base::kNetSmelterReturn, 0.01, w.nation);
  w.levy("gate", Base::kMineGate, 0.10, w.nation);
  Instrument& dues = w.levy("dues", Base::kTonnes, 0, w.district);
  dues.kind = StreamKind::kPortDues;
  dues.per_tonne = units::usd / units::t * 0.5;
  dues.traffic = dock;
  auto const f = flow_of(w);
  EXPECT_NEAR(f.years[1].royalties.base(), 5 + 0.8 + 6 + 5, 1e-9);
  EXPECT_NEAR(f.years[1].cfads.base(), 80 - 22 - 16.8, 1e-9);
  EXPECT_NEAR(f.take[0].by_level[0].base(), 5, 1e-9);
  EXPECT_NEAR(f.take[0].by_level[1].base(), 5, 1e-9);
  EXPECT_NEAR(f.take[0].by_level[2].base(), 6.8, 1e-9);
  EXPECT_NEAR(*f.take[0].share, 16.8 / (80 - 22 - 10), 1e-12);
}

TEST(CashFlow, ChargesTonneKilometresAndFixedRentAndHolidays) {
  World w = empty_world(3);
  w.build(1);
  w.sell({0, 100, 100});
  auto const line = w.venture.traffic.push({.name = "line",
                                            .moved = {MassDistance{},
                                                      1000 * units::t * (500 * units::km),
                                                      1000 * units::t * (500 * units::km)}});
  Instrument& access = w.levy("track access", Base::kTonneKm, 0, w.state_company);
  access.kind = StreamKind::kTrackAccess;
  access.traffic = line;
  access.per_tonne_km = Money{1e-5} / (units::t * units::km);  // 500,000 t km -> 5
  Instrument& rent = w.levy("land rent", Base::kFixed, 0, w.district);
  rent.fixed = world::money({2, 2, 2});
  rent.from_year = 1;
  auto const f = flow_of(w);
  EXPECT_NEAR(f.years[1].charges.base(), 5, 1e-12);  // a state company's service is a cost
  EXPECT_EQ(rounded(real(f.years, &YearAccount::royalties)), (std::vector<double>{0, 2, 2}));
}

TEST(CashFlow, ExpiresALifetimeCapInRealMoney) {
  World w = empty_world(4);
  w.build(1);
  w.sell({0, 100, 100, 100});
  w.deal.index = PriceIndex{{1.0, 2.0, 4.0, 8.0}};
  w.levy("fund", Base::kGross, 0.10, w.community).lifetime_cap = Money{15};
  EXPECT_EQ(rounded(real(flow_of(w).years, &YearAccount::charges)),
            (std::vector<double>{0, 10, 5, 0}));
}

TEST(CashFlow, PaysFundsFromWhatIsLeftAfterDebt) {
  World w = plain();
  w.levy("community share", Base::kDistributable, 0.25, w.community).kind = StreamKind::kFund;
  auto const f = flow_of(w);
  EXPECT_EQ(rounded(real(f.years, &YearAccount::funds)), (std::vector<double>{0, 10, 10}));
  EXPECT_EQ(rounded(real(f.years, &YearAccount::equity_cash)), (std::vector<double>{-100, 30, 30}));
  EXPECT_NEAR(f.local.local_other.base(), 10 / 1.1 + 10 / 1.21, 1e-12);
}

TEST(CashFlow, KeepsNominalTaxAboveRealTaxUnderInflation) {
  // 10 % inflation halves the worth of historic-cost depreciation: real tax rises.
  World w = plain();
  w.levy("tax", Base::kProfit, 0.3, w.nation).kind = StreamKind::kTax;
  w.venture.sales.clear();
  w.sell({0, 120, 120});
  auto const flat = flow_of(w);
  w.deal.index = PriceIndex::inflation(0.10, 3, 0);
  auto const dear = flow_of(w);
  // Year 1: nominal profit 1.1 (120 - 20) - 50 = 60, tax 18 nominal = 16.3636 real, against 15.
  EXPECT_NEAR(flat.years[1].taxes.base(), 15, 1e-12);
  EXPECT_NEAR(dear.years[1].taxes.base(), 18 / 1.1, 1e-12);
}

TEST(CashFlow, TakesNominalStreamsAsTheyAre) {
  World w = empty_world(2);
  w.build(1);
  w.deal.index = PriceIndex{{1.0, 1.25}};
  w.venture.sales.push_back(
      {.name = "take or pay",
       .kind = SaleKind::kTariff,
       .buyer = w.buyer,
       .gross = std::vector<NominalMoney>{NominalMoney{0}, NominalMoney{100}}});
  EXPECT_NEAR(flow_of(w).years[1].revenue.base(), 80, 1e-12);
}

World geared(Repayment repayment) {
  World w = empty_world(12);
  w.build(1000, {0.4, 0.6}, 8);
  w.sell({0, 0, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400});
  w.spend({0, 0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100});
  w.levy("tax", Base::kProfit, 0.3, w.nation).kind = StreamKind::kTax;
  w.deal.loan = Loan{.lender = w.lender,
                     .size = ShareOfUses{0.6},
                     .repayment = repayment,
                     .rate = 0.08,
                     .target_dscr = 1.5,
                     .drawdown_years = 2,
                     .grace_years = 0,
                     .repayment_years = 8,
                     .upfront_fee = 0.02,
                     .commitment_fee = 0.01};
  return w;
}

TEST(Loan, SolvesInterestDuringConstructionAsTheHandSumDoes) {
  // U = 1000 + idc + fees; fees0 = .02 D + .01 D, uses0 = 400 + .03 D, draw0 = D uses0 / U,
  // idc1 = .08 draw0, fees1 = .01 (D - draw0), D = .6 U. Solved by hand iteration to 1e-6.
  double debt = 600;
  double draw = 0;
  double uses = 1000;
  for (int round = 0; round < 100; ++round) {
    double const fees0 = 0.03 * debt;
    draw = debt * (400 + fees0) / uses;
    uses = 1000 + fees0 + 0.08 * draw + 0.01 * (debt - draw);
    debt = 0.6 * uses;
  }
  auto const f = flow_of(geared(Repayment::kAnnuity));
  ASSERT_TRUE(f.loan.has_value()) << f.loan.reason();
  EXPECT_NEAR(f.loan->debt.base(), debt, 1e-9);
  EXPECT_NEAR(f.years[0].debt_drawn.base(), draw, 1e-9);
  EXPECT_NEAR(f.loan->gearing, 0.6, 1e-12);
  EXPECT_LE(f.loan->residual, 1e-12);
  EXPECT_GT(f.loan->iterations, 1);
  EXPECT_NEAR(f.years[9].debt_balance.base(), 0, 1e-9);
}

TEST(Loan, BalancesSourcesAndUses) {
  for (auto const kind : {Repayment::kAnnuity, Repayment::kEqualPrincipal, Repayment::kSculpted}) {
    auto const f = flow_of(geared(kind));
    ASSERT_TRUE(f.loan.has_value());
    auto const& b = f.loan->balance;
    double const uses = (b.construction + b.start_up + b.interest + b.fees).base();
    EXPECT_NEAR((b.debt + b.equity).base(), uses, 1e-9 * uses);
    // and with the cash that shareholders really pay in the drawdown years
    EXPECT_NEAR(
        -(f.years[0].equity_cash + f.years[1].equity_cash).base(), b.equity.base(), 1e-9 * uses);
  }
}

TEST(Loan, SculptedMeetsItsTargetEveryYearAfterTax) {
  World w = geared(Repayment::kSculpted);
  std::get<ShareOfUses>(w.deal.loan->size).share = 1.0;  // the ceiling does not bind
  w.deal.loan->target_dscr = 1.8;
  auto const f = flow_of(w);
  ASSERT_TRUE(f.loan.has_value());
  for (std::size_t y = 2; y < 10; ++y) {
    EXPECT_NEAR(*f.years[y].dscr, 1.8, 1e-9);
  }
  EXPECT_NEAR(*f.loan->cover.first_llcr, 1.8, 1e-9);
  EXPECT_GT(*f.loan->cover.first_plcr, 1.8);
  EXPECT_NEAR(f.years[9].debt_balance.base(), 0, 1e-9);
  EXPECT_FALSE(f.years[10].dscr.has_value());
}

TEST(Loan, SplitsEquityCashIntoProjectCashAndFinancing) {
  auto const f = flow_of(geared(Repayment::kAnnuity));
  for (YearAccount const& y : f.years) {
    Money const sum = y.free_cash + y.tax_shield + y.debt_drawn - y.interest - y.principal - y.fees;
    EXPECT_NEAR(sum.base(), y.equity_cash.base(), 1e-9);
  }
  double shield = 0;
  for (YearAccount const& y : f.years) {
    shield += y.tax_shield.base();
  }
  EXPECT_GT(shield, 0);
}

TEST(Loan, NamesAShortfallInsteadOfLettingCashGoNegative) {
  World w = geared(Repayment::kAnnuity);
  w.venture.sales.clear();
  w.sell({0, 0, 150, 400, 400, 400, 400, 400, 400, 400, 400, 400});
  auto const f = flow_of(w);
  EXPECT_NEAR(f.years[2].shortfall.base(), -f.years[2].equity_cash.base(), 1e-9);
  EXPECT_GT(f.years[2].shortfall.base(), 0);
  EXPECT_EQ(f.warnings.size(), 1U);
  EXPECT_EQ(*f.loan->cover.year_of_min, 2);
}

TEST(Loan, IsNoneWithAReasonWhenCashCannotSupportIt) {
  World w = geared(Repayment::kSculpted);
  w.spend({0, 0, 0, 500});  // one repayment year below zero
  auto const f = flow_of(w);
  EXPECT_FALSE(f.loan.has_value());
  EXPECT_NE(f.loan.reason().find("below zero"), std::string::npos);
  EXPECT_EQ(f.years[0].debt_drawn.base(), 0);
}

TEST(Loan, IsCutToTheUsesWhenStatedTooLarge) {
  World w = geared(Repayment::kAnnuity);
  w.deal.loan->size = NominalMoney{5000};
  auto const f = flow_of(w);
  EXPECT_NEAR(f.loan->gearing, 1.0, 1e-12);
  EXPECT_FALSE(f.warnings.empty());
}

TEST(GovernmentTake, IsNoneWhenThereIsNothingToTake) {
  World w = plain();  // pre-tax NPV below zero at 10 %
  w.levy("royalty", Base::kGross, 0.05, w.nation);
  auto const f = flow_of(w);
  EXPECT_FALSE(f.take[1].share.has_value());
  EXPECT_GT(f.take[1].fiscal.base(), 0);  // the amounts are shown all the same
  EXPECT_LT(f.take[1].pre_tax.base(), 0);
}

TEST(LocalShare, SumsEveryReceiverToTheDistributableValue) {
  World w = geared(Repayment::kAnnuity);
  w.spend({0, 0, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50},
          Segment::kMine,
          {{w.workers, 0.5}, {w.local_supplier, 0.3}, {w.supplier, 0.2}});
  w.levy("royalty", Base::kGross, 0.05, w.province);
  auto const f = flow_of(w);
  Money const sum = received_from_the_venture(w, f);
  EXPECT_NEAR(sum.base(), f.local.distributable.base(), 1e-9);
  Money const local = f.local.local_government + f.local.local_wages + f.local.local_purchases +
                      f.local.local_other;
  EXPECT_NEAR(local.base(), f.local.local.base(), 1e-9);
  EXPECT_NEAR(*f.local.share, f.local.local / f.local.distributable, 1e-15);
  EXPECT_NEAR(f.present_receipts[w.company.index()].base(), 0, 1e-9);
}

TEST(UnitCost, IsPresentCostOverPresentTonnes) {
  auto const f = flow_of(plain());
  double const cost = 100 + 20 / 1.1 + 20 / 1.21;
  double const carried = 10 / 1.1 + 10 / 1.21;
  EXPECT_NEAR(f.unit_cost->in(units::usd / units::t), cost / carried, 1e-9);
  World idle = plain();
  idle.venture.throughput.clear();
  EXPECT_EQ(flow_of(idle).unit_cost.reason(), "no throughput");
}

TEST(Breakeven, IsOneDivisionWhenNothingBendsWithProfit) {
  World w = plain();
  w.venture.sales.front().kind = SaleKind::kTariff;
  auto const b = breakeven_tariff(w.venture, w.deal, BreakevenOf::kProject);
  ASSERT_TRUE(b && b->has_value());
  EXPECT_TRUE((*b)->is_closed_form);
  // All revenue is tariff, so the breakeven tariff is the levelised cost.
  EXPECT_NEAR((*b)->tariff / *flow_of(w).unit_cost, 1.0, 1e-12);
}

TEST(Breakeven, BringsEquityToZeroThroughTaxAndDebt) {
  World w = geared(Repayment::kAnnuity);
  w.venture.sales.front().kind = SaleKind::kTariff;
  w.venture.throughput = world::tonnes({0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10});
  for (auto const whose : {BreakevenOf::kProject, BreakevenOf::kEquity}) {
    auto const b = breakeven_tariff(w.venture, w.deal, whose);
    ASSERT_TRUE(b && b->has_value());
    EXPECT_FALSE((*b)->is_closed_form);
    World at = w;
    std::vector<double> sales(12, 10 * (*b)->tariff.in(units::usd / units::t));
    sales[0] = sales[1] = 0;
    at.venture.sales.front().gross = world::money(sales);
    auto const f = flow_of(at);
    double const npv = (whose == BreakevenOf::kProject ? f.project : f.equity).npv->base();
    EXPECT_NEAR(npv, 0, 1e-7);
  }
}

TEST(Breakeven, IsNoneWithoutThroughput) {
  World w = plain();
  w.venture.throughput.clear();
  auto const b = breakeven_tariff(w.venture, w.deal, BreakevenOf::kProject);
  ASSERT_TRUE(b.has_value());
  EXPECT_FALSE(b->has_value());
}

TEST(CashFlow, ReportsEveryFaultAtOnce) {
  World w = plain();
  w.venture.capex.front().profile = {0.5, 0.4};
  w.venture.costs.front().payees = {{w.supplier, 0.9}};
  w.deal.shareholders.front().share = 0.7;
  w.deal.loan = Loan{.lender = w.lender, .drawdown_years = 2, .repayment_years = 2};
  w.levy("dues", Base::kTonnes, 0, w.nation);
  auto const r = cash_flow(w.venture, w.deal);
  ASSERT_FALSE(r.has_value());
  std::vector<std::string> where;
  for (auto const& d : r.error()) {
    where.push_back(d.where);
    EXPECT_FALSE(d.remedy.empty());
  }
  EXPECT_EQ(where,
            (std::vector<std::string>{
                "/costs/0", "/capex/0", "/shareholders", "/instruments/0", "/loan"}));
}

TEST(CashFlow, RejectsWhatIsNoNumberOrNoYear) {
  auto const rejected_at = [](World const& w) {
    auto const r = cash_flow(w.venture, w.deal);
    return r ? std::string{"accepted"} : r.error().front().where;
  };
  World nan = plain();
  nan.sell({0, std::nan("")});
  EXPECT_EQ(rejected_at(nan), "/sales/1");
  World stranger = plain();
  stranger.venture.sales.front().buyer = AccountId{};
  EXPECT_EQ(rejected_at(stranger), "/sales/0");
  World endless = geared(Repayment::kAnnuity);
  endless.deal.loan->grace_years = 2'000'000'000;
  EXPECT_EQ(rejected_at(endless), "/loan");
  World late = plain();
  late.venture.capex.front().first_year = 2'000'000'000;
  EXPECT_EQ(rejected_at(late), "/capex/0");
  World empty = plain();
  empty.venture.years = 0;
  EXPECT_EQ(rejected_at(empty), "/years");
  World lossless = plain();
  lossless.deal.discount_rate = -1;
  EXPECT_EQ(rejected_at(lossless), "/discount_rate");
}

}  // namespace
}  // namespace tidewater::finance
