// Hand-summed deals of tests/cases/finance_*: input.json through the engine, expect.json beside it.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "tidewater/finance/ledger.hpp"

#include "case_reader.hpp"

namespace tidewater::finance {
namespace {

using cases::Json;

std::map<std::string, Money YearAccount::*> const& columns() {
  static std::map<std::string, Money YearAccount::*> const all{
      {"royalties", &YearAccount::royalties},
      {"charges", &YearAccount::charges},
      {"cfads", &YearAccount::cfads},
      {"equity_cash", &YearAccount::equity_cash}};
  return all;
}

/// Real millions paid by year in payments that `wanted` picks.
template <class Wanted>
std::vector<double> paid(CashFlow const& flow, Wanted wanted) {
  std::vector<double> out(flow.years.size(), 0.0);
  for (std::size_t p = 0; p < flow.payments.size(); ++p) {
    for (std::size_t y = 0; wanted(flow.payments[p]) && y < out.size(); ++y) {
      out[y] += flow.amount(p, static_cast<int>(y)) / flow.years[y].price_index / 1e6;
    }
  }
  return out;
}

void expect_series(Json const& expected, std::vector<double> const& found, double tolerance) {
  ASSERT_EQ(expected.size(), found.size());
  for (std::size_t y = 0; y < found.size(); ++y) {
    EXPECT_NEAR(found[y], expected[y].get<double>(), tolerance) << "year " << y;
  }
}

void expect_take(Json const& expected, GovernmentTake const& take, double tolerance) {
  auto const near = [&](char const* name, double found) {
    EXPECT_NEAR(found, expected[name].get<double>(), tolerance) << name;
  };
  near("fiscal", take.fiscal.in(units::musd));
  near("carried", take.carried.in(units::musd));
  near("funded_equity", take.funded_equity.in(units::musd));
  near("pre_tax", take.pre_tax.in(units::musd));
  near("share", *take.share);
  near("district", take.by_level[0].in(units::musd));
  near("provincial", take.by_level[1].in(units::musd));
  near("national", take.by_level[2].in(units::musd));
}

class HandSummedDeal : public testing::TestWithParam<char const*> {};

TEST_P(HandSummedDeal, GivesTheHandSum) {
  auto const input = cases::read_case(cases::read_json(GetParam(), "input.json"));
  Json const expected = cases::read_json(GetParam(), "expect.json");
  double const tolerance = expected["tolerance"];
  auto const flow = cash_flow(input.venture, input.deal);
  ASSERT_TRUE(flow.has_value()) << flow.error().front().what;
  Json const none = Json::object();
  auto const part = [&](char const* key) -> Json const& {
    return expected.contains(key) ? expected[key] : none;
  };
  for (auto const& [name, series] : part("columns").items()) {
    SCOPED_TRACE(name);
    std::vector<double> found;
    for (auto const& y : flow->years) {
      found.push_back((y.*columns().at(name)).in(units::musd));
    }
    expect_series(series, found, tolerance);
  }
  for (auto const& [name, series] : part("streams").items()) {
    SCOPED_TRACE(name);
    auto const wanted = [&, stream = name](Payment const& p) { return p.stream == stream; };
    expect_series(series, paid(*flow, wanted), tolerance);
  }
  for (auto const& [id, series] : part("calls").items()) {
    SCOPED_TRACE("calls on " + id);
    auto const wanted = [who = input.account.at(id)](Payment const& p) {
      return p.kind == StreamKind::kEquity && p.payer == who;
    };
    expect_series(series, paid(*flow, wanted), tolerance);
  }
  for (auto const& [id, series] : part("dividends").items()) {
    SCOPED_TRACE("dividends to " + id);
    auto const wanted = [who = input.account.at(id)](Payment const& p) {
      return p.kind == StreamKind::kDividend && p.payee == who;
    };
    expect_series(series, paid(*flow, wanted), tolerance);
  }
  if (expected.contains("take_undiscounted")) {
    expect_take(expected["take_undiscounted"], flow->take[0], tolerance);
  }
  EXPECT_TRUE(ledger_faults(post_ledger(*flow, input.deal, Prices::kReal), *flow).empty());
}

INSTANTIATE_TEST_SUITE_P(Cases,
                         HandSummedDeal,
                         testing::Values("finance_royalty_cap", "finance_free_carry"));

}  // namespace
}  // namespace tidewater::finance
