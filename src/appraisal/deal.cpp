#include <algorithm>
#include <cmath>

#include "tidewater/base/piecewise.hpp"

#include "lookup.hpp"
#include "money.hpp"

namespace tidewater::appraisal {

namespace {

using finance::Level;
using finance::Sector;
using finance::StreamKind;
using project::Instrument;
using project::Project;
using units::year;

Level level(Instrument::Level l) {
  switch (l) {
    case Instrument::Level::kDistrict:
    case Instrument::Level::kCommunity:
      return Level::kDistrict;
    case Instrument::Level::kProvincial:
      return Level::kProvincial;
    case Instrument::Level::kFederal:
      return Level::kNational;
    case Instrument::Level::kForeign:
    case Instrument::Level::kPrivate:
      break;
  }
  return Level::kForeign;
}

finance::Base base(Instrument::Base b) {
  switch (b) {
    case Instrument::Base::kGross:
      return finance::Base::kGross;
    case Instrument::Base::kNetSmelter:
      return finance::Base::kNetSmelterReturn;
    case Instrument::Base::kProfit:
      return finance::Base::kProfit;
    case Instrument::Base::kDividends:
      return finance::Base::kDividends;
    case Instrument::Base::kFixed:
      return finance::Base::kFixed;
    case Instrument::Base::kTonnes:
      break;
  }
  return finance::Base::kTonnes;
}

StreamKind stream(Instrument::Kind k) {
  switch (k) {
    case Instrument::Kind::kRoyalty:
      return StreamKind::kRoyalty;
    case Instrument::Kind::kWithholding:
      return StreamKind::kWithholding;
    case Instrument::Kind::kFund:
      return StreamKind::kFund;
    case Instrument::Kind::kRent:
      return StreamKind::kLandRent;
    case Instrument::Kind::kIncomeTax:
    case Instrument::Kind::kSurcharge:
      break;
  }
  return StreamKind::kTax;
}

/// Province of a payee: the option's mines', as instruments name none themselves.
std::string province_of(Project const& p, std::string const& district) {
  for (auto const& s : p.sites) {
    if (!district.empty() && s.district == district) {
      return s.province;
    }
  }
  for (auto const& s : p.sites) {
    if (s.kind == project::Site::Kind::kMine) {
      return s.province;
    }
  }
  return {};
}

/// Advances as stated, in the money of the day, from the year construction starts.
std::optional<finance::Advance> advance(Instrument const& i, int start_year) {
  if (i.advances.empty()) {
    return {};
  }
  std::vector<TablePoint> points;
  for (auto const& point : i.advances) {
    points.push_back({Time{point.x}.in(year), MoneyPerTime{point.y}.base() * year.base()});
  }
  PiecewiseLinear const table{points};
  finance::Advance out;
  out.first_year = start_year + static_cast<int>(std::lround(points.front().x));
  out.cap = finance::NominalMoney{i.advance_cap.value.base()};
  auto const years = static_cast<int>(std::floor(points.back().x - points.front().x + 1e-9));
  for (int y = 0; y <= years; ++y) {
    out.payments.push_back(finance::NominalMoney{table.at(points.front().x + y)});
  }
  double stated = 0;
  for (auto const& payment : out.payments) {
    stated += payment.base();
  }
  if (!(out.cap.base() > 0)) {
    out.cap = finance::NominalMoney{stated};  // no cap stated: what the table says
  }
  out.payments.push_back(finance::NominalMoney{0});  // nothing beyond the table
  return out;
}

finance::Instrument instrument(Project const& p,
                               Instrument const& i,
                               Programme const& when,
                               Books& books) {
  bool const communal = i.level == Instrument::Level::kCommunity;
  Calendar const calendar{p.header.first_year};
  finance::Account const payee{i.payee,
                               communal ? Sector::kCommunity : Sector::kGovernment,
                               level(i.level),
                               i.district,
                               province_of(p, i.district)};
  finance::Instrument out{.name = i.name.empty() ? i.id : i.name,
                          .kind = stream(i.kind),
                          .base = base(i.base),
                          .rate = {i.rate.value},
                          .per_tonne = i.per_tonne.value,
                          .payees = {{books.open(payee), 1}},
                          .advance = advance(i, calendar.year_index(when.start))};
  if (i.base == Instrument::Base::kTonnes) {
    out.traffic = finance::TrafficId{0};
  }
  if (i.base == Instrument::Base::kFixed) {
    std::vector<Money> amounts(static_cast<std::size_t>(p.header.years));
    for (std::size_t y = 0; y < amounts.size(); ++y) {
      amounts[y] = static_cast<int>(y) >= calendar.year_index(when.opening) ? i.amount.value * year
                                                                            : Money{};
    }
    out.fixed = std::move(amounts);
  }
  return out;
}

finance::Loan loan(Project const& p, project::Loan const& l, Programme const& when, Books& books) {
  Calendar const calendar{p.header.first_year};
  finance::Loan out;
  out.lender = books.open(
      {l.name.empty() ? "senior lenders" : l.name, Sector::kLenders, Level::kForeign, "", ""});
  out.size = finance::ShareOfUses{l.share.value};
  out.repayment = l.repayment == project::Loan::Repayment::kAnnuity ? finance::Repayment::kAnnuity
                                                                    : finance::Repayment::kSculpted;
  out.rate = l.rate.value;
  out.target_dscr = l.target_dscr.value;
  out.drawdown_years = std::max(1, calendar.year_index(when.opening));
  out.grace_years = static_cast<int>(std::lround(l.grace.value.in(year)));
  out.repayment_years = static_cast<int>(std::lround(l.tenor.value.in(year)));
  out.upfront_fee = l.upfront_fee.value;
  out.commitment_fee = l.commitment_fee.value;
  return out;
}

void add_owners(Project const& p, Books& books, finance::Deal& out) {
  for (auto const& s : p.shareholders) {
    bool const state =
        s.level != Instrument::Level::kPrivate && s.level != Instrument::Level::kForeign;
    auto const account = books.open({s.name,
                                     state ? Sector::kStateEnterprise : Sector::kOwners,
                                     level(s.level),
                                     "",
                                     province_of(p, "")});
    out.shareholders.push_back({account,
                                s.share.value,
                                s.terms == project::Shareholder::Terms::kFreeCarried
                                    ? finance::Funding::kFreeCarried
                                    : finance::Funding::kFunded});
  }
  if (p.shareholders.empty()) {
    out.shareholders.push_back({books.open({"owners", Sector::kOwners, Level::kForeign, "", ""}),
                                1,
                                finance::Funding::kFunded});
  }
}

}  // namespace

finance::Deal deal(Project const& p,
                   project::Option const& option,
                   finance::Venture const& venture,
                   Books& books) {
  auto const when = programme(p, option);
  finance::Deal out;
  out.venture = books.venture();
  out.index = finance::PriceIndex::inflation(
      p.header.inflation.value, venture.years, p.header.first_year - p.header.price_year);
  for (auto const& i : p.instruments) {
    out.instruments.push_back(instrument(p, i, when, books));
  }
  if (p.loan) {
    out.loan = loan(p, *p.loan, when, books);
  }
  add_owners(p, books, out);
  out.discount_rate = p.header.discount_rate.value;
  out.equity_rate = p.header.discount_rate.value;
  out.accounts = books.take();
  return out;
}

}  // namespace tidewater::appraisal
