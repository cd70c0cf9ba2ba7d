// One appraisal of 30 years and about 40 streams: what thousands of futures cost.
#include <cmath>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "tidewater/finance/ledger.hpp"

namespace tidewater::finance {
namespace {

constexpr int kYears = 30;

struct World {
  Venture venture{};
  Deal deal{};
};

std::vector<Money> from_year(int first, double amount) {
  std::vector<Money> out(kYears, Money{});
  for (int y = first; y < kYears; ++y) {
    out[static_cast<std::size_t>(y)] = Money{amount * (1 + 0.1 * std::sin(y))};
  }
  return out;
}

void add_deal(World& w, AccountId nation, AccountId province, AccountId fund, AccountId lender) {
  auto const levy = [&](Base base, double rate, AccountId payee) -> Instrument& {
    w.deal.instruments.push_back(
        {.name = "instrument of the deal", .base = base, .rate = {rate}, .payees = {{payee, 1}}});
    return w.deal.instruments.back();
  };
  levy(Base::kGross, 0.05, province).advance =
      Advance{.payments = {NominalMoney{5e6}, NominalMoney{1e7}}, .cap = NominalMoney{5e7}};
  levy(Base::kNetSmelterReturn, 0.01, nation);
  levy(Base::kMineGate, 0.005, nation);
  levy(Base::kProfit, 0.29, nation);
  levy(Base::kDistributable, 0.02, fund);
  levy(Base::kDividends, 0.10, nation);
  levy(Base::kInterest, 0.10, nation);
  levy(Base::kFixed, 0, province).fixed = from_year(0, 1e6);
  w.deal.loan = Loan{.lender = lender,
                     .size = ShareOfUses{0.6},
                     .repayment = Repayment::kSculpted,
                     .rate = 0.08,
                     .target_dscr = 1.4,
                     .drawdown_years = 4,
                     .grace_years = 1,
                     .repayment_years = 12,
                     .upfront_fee = 0.02,
                     .commitment_fee = 0.005};
  w.deal.index = PriceIndex::inflation(0.02, kYears, 1);
}

World corridor() {
  World w;
  w.venture.years = kYears;
  auto const add = [&](char const* name, Sector sector, Level level) {
    return w.deal.accounts.push({name, sector, level, "district", "province"});
  };
  w.deal.venture = add("corridor company", Sector::kVenture, Level::kNational);
  auto const buyer = add("smelters", Sector::kCustomers, Level::kForeign);
  auto const supplier = add("suppliers", Sector::kSuppliers, Level::kForeign);
  auto const local = add("local suppliers", Sector::kSuppliers, Level::kDistrict);
  auto const workers = add("workers", Sector::kHouseholds, Level::kDistrict);
  auto const nation = add("federation", Sector::kGovernment, Level::kNational);
  auto const province = add("province", Sector::kGovernment, Level::kProvincial);
  auto const fund = add("fund", Sector::kCommunity, Level::kDistrict);
  auto const lender = add("lenders", Sector::kLenders, Level::kForeign);
  auto const owner = add("sponsor", Sector::kOwners, Level::kForeign);
  for (int k = 0; k < 4; ++k) {
    w.venture.sales.push_back({.name = "product of the mine",
                               .buyer = buyer,
                               .gross = from_year(4, 5e8),
                               .deductions = from_year(4, 5e7)});
  }
  for (int k = 0; k < 16; ++k) {
    w.venture.costs.push_back({.name = "operating cost of a part",
                               .segment = k < 8 ? Segment::kTransport : Segment::kMine,
                               .payees = {{supplier, 0.5}, {local, 0.2}, {workers, 0.3}},
                               .amount = from_year(4, 4e7)});
  }
  for (int k = 0; k < 10; ++k) {
    w.venture.capex.push_back({.name = "works of a part",
                               .segment = Segment::kTransport,
                               .payees = {{supplier, 0.8}, {local, 0.2}},
                               .cost = Money{3e8},
                               .profile = {0.2, 0.3, 0.3, 0.2},
                               .in_service = 4,
                               .depreciation_years = 15});
  }
  w.venture.throughput = std::vector<Mass>(kYears, 1.6 * units::Mt);
  add_deal(w, nation, province, fund, lender);
  w.deal.shareholders = {{owner, 0.75}, {province, 0.15}, {province, 0.10, Funding::kFreeCarried}};
  return w;
}

void appraisal(benchmark::State& state) {
  World const w = corridor();
  for (auto _ : state) {
    auto flow = cash_flow(w.venture, w.deal);
    benchmark::DoNotOptimize(flow);
  }
  state.counters["rounds"] = cash_flow(w.venture, w.deal)->loan->iterations;
  state.counters["payments"] = static_cast<double>(cash_flow(w.venture, w.deal)->payments.size());
}
BENCHMARK(appraisal)->Unit(benchmark::kMicrosecond);

void ledger_posting(benchmark::State& state) {
  World const w = corridor();
  auto const flow = cash_flow(w.venture, w.deal);
  for (auto _ : state) {
    auto ledger = post_ledger(*flow, w.deal, Prices::kReal);
    benchmark::DoNotOptimize(ledger);
  }
}
BENCHMARK(ledger_posting)->Unit(benchmark::kMicrosecond);

void breakeven(benchmark::State& state) {
  World const w = corridor();
  for (auto _ : state) {
    auto tariff = breakeven_tariff(w.venture, w.deal, BreakevenOf::kProject);
    benchmark::DoNotOptimize(tariff);
  }
}
BENCHMARK(breakeven)->Unit(benchmark::kMicrosecond);

void rate_of_return(benchmark::State& state) {
  // One sign change, three, and many: the descent has one level for each.
  std::vector<double> flows(30, 40.0);
  flows[0] = -300;
  for (int k = 1; k < state.range(0); ++k) {
    flows[static_cast<std::size_t>(2 * k)] = -45.0;
  }
  for (auto _ : state) {
    auto rates = irr(flows);
    benchmark::DoNotOptimize(rates);
  }
}
BENCHMARK(rate_of_return)->Arg(1)->Arg(2)->Arg(10)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tidewater::finance

BENCHMARK_MAIN();
