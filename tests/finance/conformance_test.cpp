// The outside vectors of ../shared/conformance/finance (numpy-financial, pyxirr, formulajs, Apache
// POI, NREL System Advisor Model): one table through our measures. Skipped, loudly, without them.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tidewater/finance/debt.hpp"
#include "tidewater/finance/measures.hpp"

namespace tidewater::finance {
namespace {

using Json = nlohmann::json;

/// Null when the file is not there.
Json vectors_in(char const* path) {
  std::ifstream in{path};
  return in ? Json::parse(in) : Json{};
}

double allowed(Json const& tol, double expected) {
  if (tol.contains("rel")) {
    return tol["rel"].get<double>() * std::abs(expected);
  }
  return tol.value("abs", 1e-9);
}

DayCount basis_named(std::string const& name) {
  if (name == "act/365F") return DayCount::kActual365Fixed;
  if (name == "act/360") return DayCount::kActual360;
  if (name == "30/360 SIA") return DayCount::kThirty360Us;
  if (name == "30/360 ISDA") return DayCount::kThirty360Isda;
  if (name == "act/act ISDA") return DayCount::kActualActualIsda;
  throw std::runtime_error("unknown day count " + name);
}

std::vector<DatedFlow> dated_flows(Json const& input) {
  std::vector<DatedFlow> flows;
  for (std::size_t k = 0; k < input["dates"].size(); ++k) {
    auto const text = input["dates"][k].get<std::string>();
    flows.push_back(
        {{std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)), std::stoi(text.substr(8, 2))},
         input["amounts"][k].get<double>()});
  }
  return flows;
}

/// Published single rates must be among ours; a rate where none is published must be no silent one:
/// the vectors say 'None' where their solver failed, so then either we find no root and say why, or
/// each root we give is one the independent scan saw as well.
void expect_rates(Json const& vector, RateOfReturn const& found) {
  std::vector<double> independent;
  for (auto const* key : {"all_real_roots_numpy", "all_roots_scan"}) {
    if (vector.contains(key) && !vector["recheck"].is_null()) {
      independent = vector[key].get<std::vector<double>>();
    }
  }
  if (vector["expected"].is_number()) {
    double const expected = vector["expected"];
    auto const hit = std::any_of(found.roots.begin(), found.roots.end(), [&](RateRoot const& r) {
      return std::abs(r.rate - expected) <= allowed(vector["tol"], expected);
    });
    EXPECT_TRUE(hit) << "rate " << expected << " is not among our " << found.roots.size();
  } else {
    EXPECT_EQ(found.roots.size(), independent.size());
    EXPECT_EQ(found.roots.empty(), !found.reason.empty()) << "none must say why";
  }
  for (double const rate : independent) {
    auto const hit = std::any_of(found.roots.begin(), found.roots.end(), [&](RateRoot const& r) {
      return std::abs(r.rate - rate) <= 2e-9 * std::max(1.0, std::abs(rate));
    });
    EXPECT_TRUE(hit) << "the independent root " << rate << " was missed";
  }
  // The scan looked between -99 % and 100,000 %: what we find beyond it is real as well (the daily
  // flows of case 13 have a root at 1.6e259), but inside there must be nothing else.
  auto const inside = std::count_if(found.roots.begin(), found.roots.end(), [](RateRoot const& r) {
    return r.rate > -0.99 && r.rate < 1000;
  });
  if (!independent.empty()) {
    auto const seen = std::count_if(
        independent.begin(), independent.end(), [](double r) { return r > -0.99 && r < 1000; });
    EXPECT_EQ(inside, seen);
  }
}

void expect_value(Json const& vector, Measured<double> const& found) {
  if (vector["expected"].is_null()) {
    EXPECT_FALSE(found.has_value());
    EXPECT_FALSE(found.reason().empty());
    return;
  }
  double const expected = vector["expected"];
  ASSERT_TRUE(found.has_value()) << found.reason();
  EXPECT_NEAR(*found, expected, allowed(vector["tol"], expected));
}

void expect_column(Json const& expected, std::vector<double> const& found, double rel) {
  auto const column = expected.get<std::vector<double>>();
  ASSERT_EQ(column.size(), found.size());
  double const largest = *std::max_element(column.begin(), column.end());
  for (std::size_t k = 0; k < column.size(); ++k) {
    EXPECT_NEAR(found[k], column[k], rel * largest) << "year " << k;
  }
}

void expect_sculpted(Json const& vector) {
  auto const& in = vector["input"];
  auto const& expected = vector["expected"];
  double const rel = vector["tol"]["rel"];
  auto const cfads = in["cfads"].get<std::vector<double>>();
  auto const loan = sculpt(cfads, {.rate = in["rate"], .target_dscr = in["target_dscr"]});
  ASSERT_TRUE(loan.has_value()) << loan.reason();
  EXPECT_NEAR(loan->debt, expected["debt"], rel * expected["debt"].get<double>());
  expect_column(expected["service"], loan->service, rel);
  expect_column(expected["interest"], loan->interest, rel);
  expect_column(expected["principal"], loan->principal, rel);
  expect_column(expected["balance"], loan->balance, rel);
  auto const opening = std::span{loan->balance}.first(cfads.size());
  auto const cover = cover_ratios({cfads, loan->service, opening, in["rate"]});
  EXPECT_NEAR(*cover.min_dscr, expected["min_dscr"], rel);
  EXPECT_NEAR(*cover.first_llcr, in["target_dscr"].get<double>(), rel);
}

Annuity annuity_of(Json const& in) {
  return {.rate = in["rate"],
          .periods = in["nper"],
          .present = in["pv"],
          .future = in.value("fv", 0.0),
          .due = in.value("due", "end") == "end" ? Due::kPeriodEnd : Due::kPeriodStart};
}

void run_vector(Json const& vector) {
  auto const fn = vector["fn"].get<std::string>();
  auto const& in = vector["input"];
  auto const flows = in.value("cashflows", std::vector<double>{});
  if (fn == "irr") {
    expect_rates(vector, irr(flows));
  } else if (fn == "irr_all") {
    EXPECT_EQ(irr(flows).roots.size(), vector["expected"].size());
    EXPECT_FALSE(irr(flows).reason.empty());
  } else if (fn == "xirr") {
    expect_rates(vector, xirr(dated_flows(in), basis_named(in["basis"])));
  } else if (fn == "npv") {
    expect_value(vector, npv(in["rate"], flows, in["first_period"].get<double>()));
  } else if (fn == "mirr") {
    expect_value(vector, mirr(flows, {in["finance_rate"], in["reinvest_rate"]}));
  } else if (fn == "pmt") {
    expect_value(vector, annuity_payment(annuity_of(in)));
  } else if (fn == "ppmt") {
    expect_value(vector, principal_part(annuity_of(in), in["per"]));
  } else if (fn == "cumprinc") {
    expect_value(vector, principal_over(annuity_of(in), in["start"], in["end"]));
  } else if (fn == "debt_sculpt") {
    expect_sculpted(vector);
  } else {
    FAIL() << "no test for the measure '" << fn << "'";
  }
}

void run_all(Json const& vectors) {
  for (auto const& vector : vectors) {
    SCOPED_TRACE(vector["id"].get<std::string>());
    run_vector(vector);
  }
}

TEST(FinanceConformance, EveryOutsideVectorHolds) {
  auto const vectors = vectors_in(TIDEWATER_ROOT "/../shared/conformance/finance/finance.json");
  if (vectors.empty()) {
    std::fputs("\n*** SKIPPED: ../shared/conformance/finance/finance.json is not here ***\n\n",
               stderr);
    GTEST_SKIP() << "the 83 outside vectors were not checked";
  }
  EXPECT_GE(vectors.size(), 83U);
  run_all(vectors);
}

TEST(FinanceConformance, OurOwnSubsetOfPublishedFiguresHolds) {
  auto const vectors = vectors_in(TIDEWATER_ROOT "/tests/cases/finance_vectors/input.json");
  ASSERT_EQ(vectors.size(), 21U);
  run_all(vectors);
}

}  // namespace
}  // namespace tidewater::finance
