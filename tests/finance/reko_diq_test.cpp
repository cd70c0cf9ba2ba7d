// The Reko Diq anchor: published results of a feasibility study against what open inputs give here.
// Nothing is fitted: see tests/cases/reko_diq_anchor/WHY.md for the distance and its likely causes.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tidewater/finance/ledger.hpp"

#include "case_reader.hpp"

namespace tidewater::finance {
namespace {

using cases::Json;

constexpr double kPoundsPerTonne = 2204.6226;
constexpr double kGramsPerOunce = 31.1034768;

class Anchor {
 public:
  explicit Anchor(Json const& json) : json_{json} {
    years_ = json["years"];
    first_ = json["first_ore_year"].get<int>() - json["first_year"].get<int>();
    second_ = json["phase_two_year"].get<int>() - json["first_year"].get<int>();
    lay_out_production();
  }

  [[nodiscard]] double number(char const* name) const { return json_["numbers"][name]["value"]; }

  [[nodiscard]] Venture venture(AccountId market, AccountId suppliers) const {
    Venture v{.first_year = json_["first_year"], .years = static_cast<int>(years_)};
    Sale sale{.name = "copper-gold concentrate", .buyer = market};
    std::vector<Money> gross;
    std::vector<Money> off;
    std::vector<Money> mine;
    std::vector<Money> carriage;
    for (std::size_t y = 0; y < years_; ++y) {
      double const pounds = copper_t_[y] * kPoundsPerTonne;
      double const concentrate = copper_t_[y] / number("concentrate_grade");
      double const copper = pounds * number("copper_price_usd_lb");
      double const gold = gold_oz_[y] * number("gold_price_usd_oz");
      gross.emplace_back(copper + gold);
      off.emplace_back((1 - number("payable_cu")) * copper + (1 - number("payable_au")) * gold +
                       concentrate * (number("treatment_usd_t") + number("ocean_freight_usd_t")) +
                       pounds * number("payable_cu") * number("refining_usd_lb") +
                       gold_oz_[y] * number("payable_au") * number("gold_refining_usd_oz"));
      mine.emplace_back(ore_t_[y] * ((1 + number("strip_ratio")) * number("mining_usd_t_moved") +
                                     number("processing_usd_t_ore") + number("general_usd_t_ore")));
      carriage.emplace_back(concentrate *
                            (number("inland_km") * number("rail_usd_t_km") + number("port_usd_t")));
      v.throughput.push_back(concentrate * units::t);
    }
    sale.gross = gross;
    sale.deductions = off;
    v.sales.push_back(sale);
    v.costs.push_back(
        {.name = "mine and concentrator", .payees = {{suppliers, 1}}, .amount = mine});
    v.costs.push_back({.name = "rail and port",
                       .segment = Segment::kTransport,
                       .payees = {{suppliers, 1}},
                       .amount = carriage});
    add_capex(v, suppliers);
    return v;
  }

  [[nodiscard]] Instrument royalty(AccountId province) const {
    Instrument in{.name = "royalty",
                  .base = Base::kNetSmelterReturn,
                  .rate = {number("royalty")},
                  .payees = {{province, 1}}};
    Advance advance{.cap = NominalMoney{1e6 * json_["advance_musd"]["cap"].get<double>()}};
    for (auto const& p : json_["advance_musd"]["payments"]) {
      advance.payments.emplace_back(1e6 * p.get<double>());
    }
    in.advance = advance;
    return in;
  }

  /// About 70 m of social spending over the years before first ore.
  [[nodiscard]] std::vector<Money> social_spending() const {
    return std::vector<Money>(static_cast<std::size_t>(first_),
                              number("social_spend_musd") * units::musd / first_);
  }

 private:
  void lay_out_production() {
    ore_t_.assign(years_, 0.0);
    copper_t_.assign(years_, 0.0);
    gold_oz_.assign(years_, 0.0);
    double ore_left = 1e6 * number("reserve_mt");
    double copper_left = ore_left * number("grade_cu") * number("recovery_cu");
    double gold_left = ore_left * number("grade_au_g_t") / kGramsPerOunce * number("recovery_au");
    auto const ten_years_on = static_cast<std::size_t>(second_) + 10;
    for (auto y = static_cast<std::size_t>(first_); y < years_; ++y) {
      bool const one = y < static_cast<std::size_t>(second_);
      double const ramp = y == static_cast<std::size_t>(first_) ? number("first_year_ramp") : 1.0;
      double const ore = 1e6 * ramp * number(one ? "ore_one_mt" : "ore_two_mt");
      ore_t_[y] = std::min(ore, ore_left);
      // Beyond the ten stated years the rest of the recovered metal comes evenly with the ore.
      double const part = y < ten_years_on ? 0.0 : ore_t_[y] / ore_left;
      copper_t_[y] = y < ten_years_on ? 1e3 * ramp * number(one ? "copper_one_kt" : "copper_two_kt")
                                      : part * copper_left;
      gold_oz_[y] = y < ten_years_on ? 1e3 * ramp * number(one ? "gold_one_koz" : "gold_two_koz")
                                     : part * gold_left;
      ore_left -= ore_t_[y];
      copper_left -= copper_t_[y];
      gold_left -= gold_oz_[y];
    }
  }

  void add_capex(Venture& v, AccountId suppliers) const {
    std::vector<double> const one = json_["capex_profile_one"];
    std::vector<double> const two = json_["capex_profile_two"];
    v.capex.push_back({.name = "phase 1",
                       .payees = {{suppliers, 1}},
                       .cost = number("capex_one_musd") * units::musd,
                       .first_year = 0,
                       .profile = one});
    v.capex.push_back({.name = "phase 2",
                       .payees = {{suppliers, 1}},
                       .cost = number("capex_two_musd") * units::musd,
                       .first_year = second_ - static_cast<int>(two.size()),
                       .profile = two});
    auto const operating = static_cast<double>(years_) - first_;
    auto const second = static_cast<double>(years_) - second_;
    Money const yearly_one = number("sustaining_share_of_capex") * v.capex[0].cost;
    Money const yearly_two = number("sustaining_share_of_capex") * v.capex[1].cost;
    v.capex.push_back(sustaining(yearly_one * operating, first_, operating, suppliers));
    v.capex.push_back(sustaining(yearly_two * second, second_, second, suppliers));
  }

  static CapexPart sustaining(Money cost, int from, double years, AccountId suppliers) {
    return {.name = "sustaining capital",
            .kind = CapexKind::kSustaining,
            .payees = {{suppliers, 1}},
            .cost = cost,
            .first_year = from,
            .profile = std::vector<double>(static_cast<std::size_t>(years), 1 / years)};
  }

  Json const& json_;
  std::size_t years_ = 0;
  int first_ = 0;
  int second_ = 0;
  std::vector<double> ore_t_;
  std::vector<double> copper_t_;
  std::vector<double> gold_oz_;
};

struct Anchored {
  Venture venture{};
  Deal deal{};
};

Anchored anchored(Json const& json) {
  Anchor const anchor{json};
  Anchored out;
  auto const add = [&](char const* name, Sector sector, Level level, char const* province = "") {
    return out.deal.accounts.push({name, sector, level, "", province});
  };
  Deal& d = out.deal;
  d.venture = add("mining company", Sector::kVenture, Level::kNational);
  auto const market = add("smelters", Sector::kCustomers, Level::kForeign);
  auto const suppliers = add("suppliers", Sector::kSuppliers, Level::kForeign);
  auto const province = add("Balochistan", Sector::kGovernment, Level::kProvincial, "Balochistan");
  auto const nation = add("Pakistan", Sector::kGovernment, Level::kNational);
  auto const community = add("communities", Sector::kCommunity, Level::kProvincial, "Balochistan");
  auto const sponsor = add("private sponsor", Sector::kOwners, Level::kForeign);
  auto const soe = add("federal state companies", Sector::kStateEnterprise, Level::kNational);
  out.venture = anchor.venture(market, suppliers);
  d.discount_rate = d.equity_rate = json["discount_rate"];
  d.instruments.push_back(anchor.royalty(province));
  d.instruments.push_back({.name = "final tax",
                           .kind = StreamKind::kTax,
                           .base = Base::kNetSmelterReturn,
                           .rate = {anchor.number("final_tax")},
                           .payees = {{nation, 1}}});
  d.instruments.push_back({.name = "export zone surcharge",
                           .kind = StreamKind::kTax,
                           .base = Base::kNetSmelterReturn,
                           .rate = {anchor.number("epz_surcharge")},
                           .payees = {{nation, 1}}});
  d.instruments.push_back({.name = "social spending",
                           .kind = StreamKind::kFund,
                           .base = Base::kFixed,
                           .fixed = anchor.social_spending(),
                           .payees = {{community, 1}}});
  d.shareholders = {
      {sponsor, 0.50}, {soe, 0.25}, {province, 0.15}, {province, 0.10, Funding::kFreeCarried}};
  return out;
}

struct Found {
  double irr;
  double npv8;
  double royalties;
  double operating;
  double free_cash;
};

Found measure(CashFlow const& flow) {
  Found out{*flow.project.irr.only(), flow.project.npv->in(units::musd), 0, 0, 0};
  for (auto const& y : flow.years) {
    out.royalties += y.royalties.in(units::musd);
    out.operating += (y.revenue - y.opex - y.royalties - y.charges).in(units::musd);
    out.free_cash += y.free_cash.in(units::musd);
  }
  return out;
}

TEST(RekoDiqAnchor, StandsAtTheRecordedDistanceFromTheStatedResults) {
  auto const json = cases::read_json("reko_diq_anchor", "input.json");
  auto const expected = cases::read_json("reko_diq_anchor", "expect.json");
  auto const world = anchored(json);
  auto const flow = cash_flow(world.venture, world.deal);
  ASSERT_TRUE(flow.has_value()) << flow.error().front().what;
  auto const found = measure(*flow);
  // What we compute is pinned; whether it is near the stated figures is recorded, not assumed.
  auto const check = [&](char const* key, double value, double stated) {
    EXPECT_NEAR(value,
                expected["computed"][key].get<double>(),
                1e-6 * std::abs(expected["computed"][key].get<double>()))
        << key;
    double const distance = value / stated - 1;
    EXPECT_NEAR(distance, expected["distance"][key].get<double>(), 5e-4) << key;
    fmt::print("  {:26} computed {:10.4f}  stated {:10.4f}  distance {:+.1f} %\n",
               key,
               value,
               stated,
               100 * distance);
  };
  auto const& stated = json["stated"];
  check("irr", found.irr, stated["irr"]);
  check("npv8_musd", found.npv8, stated["npv8_musd"]);
  check("royalties_and_taxes_musd", found.royalties, stated["royalties_and_taxes_musd"]);
  check("operating_cash_musd", found.operating, stated["operating_cash_musd"]);
  check("free_cash_musd", found.free_cash, stated["free_cash_musd"]);
  EXPECT_TRUE(ledger_faults(post_ledger(*flow, world.deal, Prices::kReal), *flow).empty());
}

}  // namespace
}  // namespace tidewater::finance
