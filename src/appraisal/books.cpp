#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "lookup.hpp"
#include "money.hpp"

namespace tidewater::appraisal {

using finance::Account;
using finance::AccountId;
using finance::Level;
using finance::Sector;

Books::Books(project::Project const& p)
    : bought_in_district_{p.header.bought_in_district.value},
      bought_in_country_{p.header.bought_in_country.value} {
  venture_ = accounts_.push({"the venture", Sector::kVenture, Level::kNational, "", ""});
}

AccountId Books::open(Account account) {
  // Two who share a name but not their standing (a district and a province of one name, an owner of
  // track who also taxes) are two accounts; the second is told apart by a number.
  std::string const name = account.name;
  for (int same = 1;; ++same) {
    account.name = same == 1 ? name : fmt::format("{} ({})", name, same);
    std::optional<AccountId> taken;
    for (std::uint32_t k = 0; k < accounts_.size() && !taken; ++k) {
      if (accounts_[AccountId{k}].name == account.name) {
        taken = AccountId{k};
      }
    }
    if (!taken) {
      return accounts_.push(std::move(account));
    }
    if (accounts_[*taken] == account) {
      return *taken;
    }
  }
}

AccountId Books::foreign_suppliers() {
  return open({"suppliers abroad", Sector::kSuppliers, Level::kForeign, "", ""});
}

std::vector<finance::PayeeShare> Books::households(Spending const& s) {
  std::vector<finance::PayeeShare> out;
  auto const pay = [&](Account account, double share) {
    if (share > 0) {
      out.push_back({open(std::move(account)), share});
    }
  };
  double const district_wages = s.district.empty() ? 0 : s.wages * s.from_district;
  double const province_wages = s.province.empty() ? 0 : s.wages * s.from_province;
  pay({"households, " + s.district, Sector::kHouseholds, Level::kDistrict, s.district, s.province},
      district_wages);
  pay({"households, " + s.province, Sector::kHouseholds, Level::kProvincial, "", s.province},
      province_wages);
  pay({"households elsewhere in the country", Sector::kHouseholds, Level::kNational, "", ""},
      s.wages - district_wages - province_wages);
  return out;
}

std::vector<finance::PayeeShare> Books::payees(Spending const& s) {
  auto out = households(s);
  double given = 0;
  for (auto const& paid : out) {
    given += paid.share;
  }
  auto const pay = [&](Account account, double share) {
    if (share > 0) {
      out.push_back({open(std::move(account)), share});
      given += share;
    }
  };
  double const bought = 1 - s.wages;
  double const bought_district = s.district.empty() ? 0 : bought * bought_in_district_;
  pay({"suppliers, " + s.district, Sector::kSuppliers, Level::kDistrict, s.district, s.province},
      bought_district);
  pay({"suppliers elsewhere in the country", Sector::kSuppliers, Level::kNational, "", ""},
      bought * bought_in_country_);
  if (double const rest = 1 - given; rest > 1e-12) {
    out.push_back({foreign_suppliers(), rest});
  } else if (!out.empty()) {
    out.back().share += rest;
  }
  return out;
}

YearSpread over_years(Calendar const& calendar, int years, Time from, Time until) {
  int const first = std::min(std::max(0, calendar.year_index(from)), years - 1);
  YearSpread out{first, {}};
  double given = 0;
  for (int y = first; y < years; ++y) {
    Time const begin = std::max(from, calendar.year_start(y));
    Time const end = std::min(until, calendar.year_start(y + 1));
    if (y > first && !(end > begin)) {
      break;
    }
    double const share = until > from ? std::max(0.0, (end - begin) / (until - from)) : 1.0;
    out.share.push_back(share);
    given += share;
  }
  out.share.back() += 1 - given;  // rounding, and whatever lies beyond the horizon
  return out;
}

std::vector<project::Site const*> sites_of(project::Project const& p,
                                           project::Option const& option) {
  std::vector<project::Site const*> out;
  auto const found = ways(p, option);
  for (auto const& site : p.sites) {
    bool used = false;
    for (auto const& way : found ? *found : std::vector<Way>{}) {
      for (auto const k : way.links) {
        used = used || p.links[k].from == site.id || p.links[k].to == site.id;
      }
    }
    if (used) {
      out.push_back(&site);
    }
  }
  return out;
}

}  // namespace tidewater::appraisal
