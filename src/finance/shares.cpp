#include "shares.hpp"

#include <cmath>

namespace tidewater::finance {

Discounting::Discounting(double rate, FlowTiming timing, Years const& index)
    : factor_(index.size()) {
  double const v = 1 / (1 + rate);
  double factor = timing == FlowTiming::kMidYear ? std::sqrt(v) : 1.0;
  for (std::size_t y = 0; y < index.size(); ++y, factor *= v) {
    factor_[y] = factor / index[y];
  }
}

double Discounting::operator()(double const* nominal) const {
  double sum = 0;
  for (std::size_t y = 0; y < factor_.size(); ++y) {
    sum += factor_[y] * nominal[y];
  }
  return sum;
}

namespace {

bool is_state(Sector sector) {
  return sector == Sector::kGovernment || sector == Sector::kStateEnterprise;
}

bool is_fiscal(StreamKind kind) {
  switch (kind) {
    case StreamKind::kRoyalty:
    case StreamKind::kTax:
    case StreamKind::kWithholding:
    case StreamKind::kPortDues:
    case StreamKind::kTrackAccess:
    case StreamKind::kLandRent:
    case StreamKind::kFund:
    case StreamKind::kAdvance:
    case StreamKind::kOtherCharge:
      return true;
    default:
      return false;
  }
}

/// The state's receipts by level and year, nominal.
struct StateCash {
  std::array<Years, 3> fiscal;
  std::array<Years, 3> carried;
  Years funded;
  Years pre_tax;
};

StateCash state_cash(Deal const& deal, Streams const& s, PaymentMatrix const& matrix) {
  StateCash out;
  out.funded.assign(s.years, 0.0);
  out.pre_tax.assign(s.years, 0.0);
  for (std::size_t level = 0; level < 3; ++level) {
    out.fiscal[level].assign(s.years, 0.0);
    out.carried[level].assign(s.years, 0.0);
  }
  for (std::size_t p = 0; p < matrix.payments.size(); ++p) {
    Payment const& payment = matrix.payments[p];
    Account const& payee = deal.accounts[payment.payee];
    if (payee.sector != Sector::kGovernment || payee.level == Level::kForeign ||
        !is_fiscal(payment.kind)) {
      continue;
    }
    Years& sum = out.fiscal[static_cast<std::size_t>(payee.level)];
    for (std::size_t y = 0; y < s.years; ++y) {
      sum[y] += matrix.amounts[p * s.years + y];
    }
  }
  for (std::size_t h = 0; h < deal.shareholders.size(); ++h) {
    Shareholder const& holder = deal.shareholders[h];
    Account const& account = deal.accounts[holder.account];
    if (!is_state(account.sector) || account.level == Level::kForeign) {
      continue;
    }
    ShareholderCash const& c = matrix.shareholders[h];
    Years& sum = holder.funding == Funding::kFunded
                     ? out.funded
                     : out.carried[static_cast<std::size_t>(account.level)];
    for (std::size_t y = 0; y < s.years; ++y) {
      sum[y] += c.dividends[y] - c.withheld[y] - c.calls[y];
    }
  }
  for (std::size_t y = 0; y < s.years; ++y) {
    out.pre_tax[y] = s.operating[y] + s.royalties[y] - s.construction[y];
  }
  return out;
}

GovernmentTake take_at(double rate, Deal const& deal, Streams const& s, StateCash const& cash) {
  Discounting const present{rate, deal.timing, s.index};
  GovernmentTake out;
  out.rate = rate;
  double fiscal = 0;
  double carried = 0;
  for (std::size_t level = 0; level < 3; ++level) {
    double const f = present(cash.fiscal[level]);
    double const c = present(cash.carried[level]);
    out.by_level[level] = Money{f + c};
    fiscal += f;
    carried += c;
  }
  double const pre_tax = present(cash.pre_tax);
  out.fiscal = Money{fiscal};
  out.carried = Money{carried};
  out.funded_equity = Money{present(cash.funded)};
  out.pre_tax = Money{pre_tax};
  out.share = pre_tax > 0 ? Measured<double>{(fiscal + carried) / pre_tax}
                          : Measured<double>::none("no pre-tax cash flow above zero to take from");
  return out;
}

/// Of what an account receives, is it part of what the corridor leaves to distribute?
bool is_receiver(Account const& a) {
  bool const outside = a.level == Level::kNational || a.level == Level::kForeign;
  return a.sector != Sector::kVenture && a.sector != Sector::kCustomers &&
         !(a.sector == Sector::kSuppliers && outside);
}

LocalShare local_share(Deal const& deal, std::vector<Money> const& receipts) {
  LocalShare out;
  std::size_t k = 0;
  for (Account const& a : deal.accounts) {
    Money const got = receipts[k++];
    if (!is_receiver(a)) {
      continue;
    }
    out.distributable += got;
    if (a.level != Level::kDistrict && a.level != Level::kProvincial) {
      continue;
    }
    out.local += got;
    switch (a.sector) {
      case Sector::kGovernment:
      case Sector::kStateEnterprise:
        out.local_government += got;
        break;
      case Sector::kHouseholds:
        out.local_wages += got;
        break;
      case Sector::kSuppliers:
        out.local_purchases += got;
        break;
      default:
        out.local_other += got;
    }
  }
  out.share = out.distributable.base() > 0
                  ? Measured<double>{out.local / out.distributable}
                  : Measured<double>::none("no distributable value above zero to share");
  return out;
}

}  // namespace

void share_gains(Deal const& deal, Streams const& s, PaymentMatrix const& matrix, CashFlow& out) {
  StateCash const cash = state_cash(deal, s, matrix);
  for (std::size_t k = 0; k < deal.take_rates.size(); ++k) {
    out.take[k] = take_at(deal.take_rates[k], deal, s, cash);
  }
  out.take.back() = take_at(deal.discount_rate, deal, s, cash);

  Discounting const present{deal.discount_rate, deal.timing, s.index};
  out.present_receipts.assign(deal.accounts.size(), Money{});
  for (std::size_t p = 0; p < matrix.payments.size(); ++p) {
    Money const value{present(matrix.amounts.data() + p * s.years)};
    out.present_receipts[matrix.payments[p].payee.index()] += value;
    out.present_receipts[matrix.payments[p].payer.index()] -= value;
  }
  out.local = local_share(deal, out.present_receipts);
}

}  // namespace tidewater::finance
