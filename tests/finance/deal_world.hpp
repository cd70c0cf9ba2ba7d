#pragma once
// A small venture and deal to start tests from: one mine's sales, a railway, a port, a province, a
// district, two shareholders. Amounts in plain numbers so that hand sums stay readable.

#include <string>
#include <vector>

#include "tidewater/finance/ledger.hpp"

namespace tidewater::finance::world {

inline std::vector<Money> money(std::vector<double> const& amounts) {
  std::vector<Money> out;
  for (double const a : amounts) {
    out.emplace_back(a);
  }
  return out;
}

inline std::vector<Mass> tonnes(std::vector<double> const& amounts) {
  std::vector<Mass> out;
  for (double const a : amounts) {
    out.push_back(a * units::t);
  }
  return out;
}

struct World {
  Venture venture{};
  Deal deal{};
  AccountId company{}, buyer{}, supplier{}, local_supplier{}, workers{}, nation{}, province{},
      district{}, community{}, lender{}, sponsor{}, state_company{};

  Instrument& levy(std::string name, Base base, double rate, AccountId payee) {
    deal.instruments.push_back(
        {.name = std::move(name), .base = base, .rate = {rate}, .payees = {{payee, 1.0}}});
    return deal.instruments.back();
  }
  void sell(std::vector<double> const& gross, std::vector<double> const& deductions = {}) {
    venture.sales.push_back({.name = "concentrate",
                             .buyer = buyer,
                             .gross = money(gross),
                             .deductions = money(deductions)});
  }
  void spend(std::vector<double> const& amounts,
             Segment segment = Segment::kMine,
             std::vector<PayeeShare> payees = {}) {
    if (payees.empty()) {
      payees = {{supplier, 1.0}};
    }
    venture.costs.push_back({.name = "operation",
                             .segment = segment,
                             .payees = std::move(payees),
                             .amount = money(amounts)});
  }
  void build(double cost, std::vector<double> profile = {1.0}, int depreciation_years = 0) {
    int const in_service = static_cast<int>(profile.size());
    venture.capex.push_back({.name = "works",
                             .payees = {{supplier, 1.0}},
                             .cost = Money{cost},
                             .first_year = 0,
                             .profile = std::move(profile),
                             .in_service = in_service,
                             .depreciation_years = depreciation_years});
  }
};

inline World empty_world(int years) {
  World w;
  w.venture.first_year = 2030;
  w.venture.years = years;
  auto const add = [&w](char const* name, Sector sector, Level level) {
    Account a{.name = name, .sector = sector, .level = level};
    a.district = level == Level::kDistrict ? "Chagai" : "";
    a.province = level == Level::kDistrict || level == Level::kProvincial ? "Balochistan" : "";
    return w.deal.accounts.push(a);
  };
  w.company = add("corridor company", Sector::kVenture, Level::kNational);
  w.buyer = add("smelter", Sector::kCustomers, Level::kForeign);
  w.supplier = add("contractors", Sector::kSuppliers, Level::kForeign);
  w.local_supplier = add("local firms", Sector::kSuppliers, Level::kDistrict);
  w.workers = add("workers of the district", Sector::kHouseholds, Level::kDistrict);
  w.nation = add("federation", Sector::kGovernment, Level::kNational);
  w.province = add("province", Sector::kGovernment, Level::kProvincial);
  w.district = add("district council", Sector::kGovernment, Level::kDistrict);
  w.community = add("community fund", Sector::kCommunity, Level::kDistrict);
  w.lender = add("banks", Sector::kLenders, Level::kForeign);
  w.sponsor = add("sponsor", Sector::kOwners, Level::kForeign);
  w.state_company = add("state company", Sector::kStateEnterprise, Level::kNational);
  w.deal.venture = w.company;
  w.deal.shareholders = {{.account = w.sponsor, .share = 1.0}};
  w.deal.discount_rate = w.deal.equity_rate = 0.10;
  return w;
}

/// Present value of what everybody gets but the venture, its buyer and the suppliers abroad.
inline Money received_from_the_venture(World const& w, CashFlow const& flow) {
  Money sum;
  for (AccountId const id : {w.local_supplier,
                             w.workers,
                             w.nation,
                             w.province,
                             w.district,
                             w.community,
                             w.lender,
                             w.sponsor,
                             w.state_company}) {
    sum += flow.present_receipts[id.index()];
  }
  return sum;
}

inline std::vector<double> real(std::vector<YearAccount> const& years, Money YearAccount::*column) {
  std::vector<double> out;
  for (YearAccount const& y : years) {
    out.push_back((y.*column).base());
  }
  return out;
}

}  // namespace tidewater::finance::world
