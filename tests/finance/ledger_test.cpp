#include "tidewater/finance/ledger.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "deal_world.hpp"

namespace tidewater::finance {
namespace {

using world::empty_world;
using world::World;

/// Thirds everywhere, so that nothing is a whole number of cents.
World awkward() {
  World w = empty_world(6);
  w.deal.index = PriceIndex::inflation(0.03, 6, 1);
  w.build(1000.0 / 3, {1.0 / 3, 2.0 / 3}, 3);
  w.sell({0, 0, 700.0 / 3, 700.0 / 3, 700.0 / 3, 100.0 / 3}, {0, 0, 10, 10, 10, 50});
  w.spend({0, 0, 100.0 / 3, 100.0 / 3, 100.0 / 3, 100.0 / 3},
          Segment::kTransport,
          {{w.workers, 1.0 / 3}, {w.local_supplier, 1.0 / 3}, {w.supplier, 1.0 / 3}});
  w.levy("royalty", Base::kGross, 0.05, w.province);
  w.levy("tax", Base::kProfit, 0.29, w.nation).kind = StreamKind::kTax;
  Instrument& held = w.levy("dividend tax", Base::kDividends, 0.15, w.nation);
  held.kind = StreamKind::kWithholding;
  held.applies_to = {w.sponsor};
  w.levy("interest tax", Base::kInterest, 0.10, w.nation).kind = StreamKind::kWithholding;
  w.deal.shareholders = {{w.sponsor, 0.65, Funding::kFunded},
                         {w.state_company, 0.25, Funding::kFunded},
                         {w.province, 0.10, Funding::kFreeCarried}};
  w.deal.transfers = {
      {.name = "district's part", .from = w.province, .to = w.district, .share = 1.0 / 7}};
  w.deal.loan = Loan{.lender = w.lender,
                     .size = ShareOfUses{0.5},
                     .rate = 0.07,
                     .drawdown_years = 2,
                     .repayment_years = 3,
                     .upfront_fee = 0.01};
  return w;
}

CashFlow flow_of(World const& w) {
  auto r = cash_flow(w.venture, w.deal);
  EXPECT_TRUE(r.has_value());
  return r ? *r : CashFlow{};
}

TEST(Ledger, BalancesToTheCentInRealAndNominalMoney) {
  World const w = awkward();
  auto const flow = flow_of(w);
  for (auto const prices : {Prices::kReal, Prices::kNominal}) {
    auto const ledger = post_ledger(flow, w.deal, prices);
    EXPECT_EQ(ledger_faults(ledger, flow), std::vector<std::string>{});
    EXPECT_GT(ledger.rows.size(), 40U);
  }
}

TEST(Ledger, NoticesACentThatIsMissing) {
  World const w = awkward();
  auto const flow = flow_of(w);
  auto ledger = post_ledger(flow, w.deal, Prices::kReal);
  auto const paid = std::find_if(ledger.rows.begin(), ledger.rows.end(), [&](LedgerRow const& r) {
    return r.payer == w.company;
  });
  paid->cents -= 1;
  EXPECT_FALSE(ledger_faults(ledger, flow).empty());
  paid->cents += 1;
  ledger.rows.erase(paid);
  EXPECT_FALSE(ledger_faults(ledger, flow).empty());
}

TEST(Ledger, RoundsByLargestRemainder) {
  // 100.00 to three receivers by thirds: 33.34 to the first, 33.33 to the others.
  World w = empty_world(1);
  w.sell({100});
  w.spend({100},
          Segment::kMine,
          {{w.workers, 1.0 / 3}, {w.local_supplier, 1.0 / 3}, {w.supplier, 1.0 / 3}});
  auto const ledger = post_ledger(flow_of(w), w.deal, Prices::kReal);
  std::vector<std::int64_t> paid;
  for (auto const& row : ledger.rows) {
    if (row.payer == w.company) {
      paid.push_back(row.cents);
    }
  }
  EXPECT_EQ(paid, (std::vector<std::int64_t>{3334, 3333, 3333}));
}

TEST(Ledger, TurnsANegativeSaleRound) {
  // Treatment charges above the metal's value: the venture pays the buyer.
  World w = empty_world(1);
  w.sell({10}, {12});
  auto const flow = flow_of(w);
  auto const ledger = post_ledger(flow, w.deal, Prices::kReal);
  ASSERT_EQ(ledger.rows.size(), 2U);
  EXPECT_EQ(ledger.rows[0].payer, w.company);
  EXPECT_EQ(ledger.rows[0].payee, w.buyer);
  EXPECT_EQ(ledger.rows[0].cents, 200);
  EXPECT_EQ(ledger.rows[1].kind, StreamKind::kEquity);
  EXPECT_TRUE(ledger_faults(ledger, flow).empty());
}

TEST(Ledger, SumsDistrictsToProvincesToTheNation) {
  World const w = awkward();
  auto const ledger = post_ledger(flow_of(w), w.deal, Prices::kReal);
  for (int const year : {0, 2030, 2033}) {
    auto const places = rollup(ledger, year);
    ASSERT_EQ(places.size(), 4U);  // Chagai, Balochistan, national, foreign
    auto const& [chagai, balochistan, nation, foreign] =
        std::tie(places[0], places[1], places[2], places[3]);
    EXPECT_EQ(chagai.name, "Chagai");
    EXPECT_EQ(balochistan.total_cents, balochistan.own_cents + chagai.total_cents);
    EXPECT_EQ(nation.total_cents, nation.own_cents + balochistan.total_cents);
    EXPECT_EQ(nation.total_cents + foreign.total_cents, 0);
  }
  auto const all = rollup(ledger);
  EXPECT_GT(all[0].total_cents, 0);
}

TEST(Ledger, PassesOnWhatTheProvinceReceives) {
  World const w = awkward();
  auto const flow = flow_of(w);
  double royalty = 0;
  double passed = 0;
  for (std::size_t p = 0; p < flow.payments.size(); ++p) {
    for (int y = 0; y < 6; ++y) {
      royalty += flow.payments[p].kind == StreamKind::kRoyalty ? flow.amount(p, y) : 0.0;
      passed += flow.payments[p].kind == StreamKind::kTransfer ? flow.amount(p, y) : 0.0;
    }
  }
  EXPECT_NEAR(passed, royalty / 7, 1e-9);  // dividends are not passed on
}

TEST(Ledger, WithholdsFromTheReceiverNotFromTheVenture) {
  World const w = awkward();
  auto const flow = flow_of(w);
  double dividends = 0;
  double held = 0;
  for (std::size_t p = 0; p < flow.payments.size(); ++p) {
    auto const& payment = flow.payments[p];
    for (int y = 0; y < 6; ++y) {
      bool const foreign = payment.payee == w.sponsor && payment.kind == StreamKind::kDividend;
      dividends += foreign ? flow.amount(p, y) : 0.0;
      held += payment.stream == "dividend tax" ? flow.amount(p, y) : 0.0;
    }
    if (payment.stream == "dividend tax") {
      EXPECT_EQ(payment.payer, w.sponsor);
    }
  }
  EXPECT_NEAR(held, 0.15 * dividends, 1e-9);
  EXPECT_GT(held, 0);
}

TEST(Jobs, OfConstructionAndOperationAreNeverAdded) {
  std::vector<Staffing> const staff{
      {.name = "builders", .phase = Phase::kConstruction, .district = "Chagai", .fte = {500, 900}},
      {.name = "miners", .district = "Chagai", .fte = {0, 100, 300, 300}},
      {.name = "dockers", .district = "Gwadar", .fte = {0, 0, 50, 50}}};
  auto const all = count_jobs(staff, 4);
  EXPECT_EQ(all.construction, (std::vector<double>{500, 900, 0, 0}));
  EXPECT_EQ(all.operation, (std::vector<double>{0, 100, 350, 350}));
  EXPECT_EQ(all.construction_fte_years, 1400);
  EXPECT_EQ(all.operation_fte_years, 800);
  EXPECT_EQ(all.peak_construction, 900);
  EXPECT_NEAR(all.mean_operation, 800 / 3.0, 1e-12);
  auto const gwadar = count_jobs(staff, 4, "Gwadar");
  EXPECT_EQ(gwadar.operation, (std::vector<double>{0, 0, 50, 50}));
  EXPECT_EQ(gwadar.peak_construction, 0);
}

TEST(PriceIndex, TurnsRealIntoNominalAndBack) {
  auto const index = PriceIndex::inflation(0.02, 10, 2);
  EXPECT_NEAR(index.inflate(Money{100}, 3).base(), 100 * std::pow(1.02, 5), 1e-12);
  EXPECT_NEAR(index.deflate(index.inflate(Money{100}, 3), 3).base(), 100, 1e-12);
  EXPECT_EQ(index.at(500), index.at(9));  // the last level holds
  EXPECT_THROW((PriceIndex{{1.0, 0.0}}), ContractBroken);
}

}  // namespace
}  // namespace tidewater::finance
