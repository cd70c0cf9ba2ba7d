#include "tidewater/finance/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace tidewater::finance {
namespace {

constexpr double kCents = 100;

/// Whole cents of amounts >= 0 that sum to the rounded total: largest remainder, the earlier line
/// first on ties.
std::vector<std::int64_t> apportion(std::vector<double> const& cents, std::int64_t total) {
  std::vector<std::int64_t> whole(cents.size());
  std::int64_t left = total;
  for (std::size_t k = 0; k < cents.size(); ++k) {
    whole[k] = static_cast<std::int64_t>(std::floor(cents[k]));
    left -= whole[k];
  }
  std::vector<std::size_t> order(cents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return cents[a] - std::floor(cents[a]) > cents[b] - std::floor(cents[b]);
  });
  for (std::size_t k = 0; k < order.size() && left > 0; ++k, --left) {
    whole[order[k]] += 1;
  }
  return whole;
}

/// One payment of one year, turned round if negative so that the amount is not.
struct Posting {
  std::uint32_t payment;
  AccountId payer;
  AccountId payee;
  double cents;
};

class YearPoster {
 public:
  YearPoster(CashFlow const& flow, AccountId venture, Prices prices)
      : flow_{flow}, venture_{venture}, prices_{prices} {}

  void post(int year, std::vector<LedgerRow>& rows) {
    gather(year);
    std::vector<std::int64_t> cents(postings_.size(), 0);
    // The venture takes in what it pays out: one rounded total for both sides.
    double out = 0;
    for (Posting const& p : postings_) {
      out += p.payer == venture_ ? p.cents : 0.0;
    }
    std::int64_t const total = std::llround(out);
    round_group([this](Posting const& p) { return p.payer == venture_; }, total, cents);
    round_group([this](Posting const& p) { return p.payee == venture_; }, total, cents);
    round_others(cents);
    for (std::size_t k = 0; k < postings_.size(); ++k) {
      if (cents[k] > 0) {
        Posting const& p = postings_[k];
        Payment const& payment = flow_.payments[p.payment];
        rows.push_back({flow_.years[static_cast<std::size_t>(year)].year,
                        p.payer,
                        p.payee,
                        payment.kind,
                        p.payment,
                        cents[k],
                        payment.certainty});
      }
    }
  }

 private:
  void gather(int year) {
    postings_.clear();
    double const index =
        prices_ == Prices::kReal ? flow_.years[static_cast<std::size_t>(year)].price_index : 1.0;
    for (std::size_t k = 0; k < flow_.payments.size(); ++k) {
      double const amount = kCents * flow_.amount(k, year) / index;
      Payment const& p = flow_.payments[k];
      if (amount > 0) {
        postings_.push_back({static_cast<std::uint32_t>(k), p.payer, p.payee, amount});
      } else if (amount < 0) {
        postings_.push_back({static_cast<std::uint32_t>(k), p.payee, p.payer, -amount});
      }
    }
  }

  template <class InGroup>
  void round_group(InGroup in_group, std::int64_t total, std::vector<std::int64_t>& cents) const {
    std::vector<std::size_t> members;
    std::vector<double> amounts;
    for (std::size_t k = 0; k < postings_.size(); ++k) {
      if (in_group(postings_[k])) {
        members.push_back(k);
        amounts.push_back(postings_[k].cents);
      }
    }
    auto const whole = apportion(amounts, total);
    for (std::size_t k = 0; k < members.size(); ++k) {
      cents[members[k]] = whole[k];
    }
  }

  /// Payments between third parties: rounded payer by payer.
  void round_others(std::vector<std::int64_t>& cents) const {
    std::map<AccountId, double> totals;
    for (Posting const& p : postings_) {
      if (p.payer != venture_ && p.payee != venture_) {
        totals[p.payer] += p.cents;
      }
    }
    for (auto const& [payer, sum] : totals) {
      round_group(
          [&, who = payer](Posting const& p) { return p.payer == who && p.payee != venture_; },
          std::llround(sum),
          cents);
    }
  }

  CashFlow const& flow_;
  AccountId venture_;
  Prices prices_;
  std::vector<Posting> postings_;
};

}  // namespace

Ledger post_ledger(CashFlow const& flow, Deal const& deal, Prices prices) {
  Ledger out;
  out.prices = prices;
  out.venture = deal.venture;
  out.accounts.assign(deal.accounts.begin(), deal.accounts.end());
  for (Payment const& p : flow.payments) {
    out.streams.push_back(p.stream);
  }
  YearPoster poster{flow, deal.venture, prices};
  for (std::size_t y = 0; y < flow.years.size(); ++y) {
    poster.post(static_cast<int>(y), out.rows);
  }
  return out;
}

namespace {

/// Each row is one entry out and one entry in.
std::vector<std::int64_t> net_by_account(Ledger const& ledger, int year) {
  std::vector<std::int64_t> net(ledger.accounts.size(), 0);
  for (LedgerRow const& row : ledger.rows) {
    if (year == 0 || row.year == year) {
      net[row.payer.index()] -= row.cents;
      net[row.payee.index()] += row.cents;
    }
  }
  return net;
}

bool is_sound(LedgerRow const& row, Ledger const& ledger) {
  return row.cents >= 0 && row.payer != row.payee && row.payer.index() < ledger.accounts.size() &&
         row.payee.index() < ledger.accounts.size() && row.payment < ledger.streams.size();
}

/// What the engine says the venture pays out in a year, in cents before rounding.
double exact_outflow(CashFlow const& flow, AccountId venture, std::size_t y, double index) {
  double sum = 0;
  for (std::size_t k = 0; k < flow.payments.size(); ++k) {
    double const amount = kCents * flow.amount(k, static_cast<int>(y)) / index;
    Payment const& p = flow.payments[k];
    bool const pays = amount > 0 ? p.payer == venture : p.payee == venture;
    sum += pays ? std::abs(amount) : 0.0;
  }
  return sum;
}

}  // namespace

std::vector<std::string> ledger_faults(Ledger const& ledger, CashFlow const& flow) {
  std::vector<std::string> faults;
  std::vector<std::int64_t> paid(flow.years.size(), 0);
  for (LedgerRow const& row : ledger.rows) {
    auto const y = static_cast<std::size_t>(row.year - flow.years.front().year);
    if (!is_sound(row, ledger) || y >= flow.years.size()) {
      faults.push_back(fmt::format("{}: a payment below zero, to itself or to nobody", row.year));
      return faults;  // the sums below would not mean anything
    }
    paid[y] += row.payer == ledger.venture ? row.cents : 0;
    double const index = ledger.prices == Prices::kReal ? flow.years[y].price_index : 1.0;
    double const exact = kCents * std::abs(flow.amount(row.payment, static_cast<int>(y))) / index;
    if (std::abs(exact - static_cast<double>(row.cents)) > 1.0 + 1e-12 * exact) {
      faults.push_back(fmt::format(
          "{}: '{}' is off by more than a cent", row.year, ledger.streams[row.payment]));
    }
  }
  for (std::size_t y = 0; y < flow.years.size(); ++y) {
    int const year = flow.years[y].year;
    auto const net = net_by_account(ledger, year);
    if (net[ledger.venture.index()] != 0) {
      faults.push_back(
          fmt::format("{}: the venture keeps {} cents", year, net[ledger.venture.index()]));
    }
    if (std::accumulate(net.begin(), net.end(), std::int64_t{0}) != 0) {
      faults.push_back(fmt::format("{}: receipts and payments do not cancel", year));
    }
    double const index = ledger.prices == Prices::kReal ? flow.years[y].price_index : 1.0;
    double const exact = exact_outflow(flow, ledger.venture, y, index);
    if (std::abs(static_cast<double>(paid[y]) - exact) > 0.5 + 1e-12 * exact) {
      faults.push_back(fmt::format("{}: receivers got {} cents of {:.2f}", year, paid[y], exact));
    }
  }
  return faults;
}

std::vector<TerritoryReceipts> rollup(Ledger const& ledger, int year) {
  using Place = std::pair<std::string, std::string>;  // province, district
  std::map<Place, TerritoryReceipts> districts;
  std::map<std::string, TerritoryReceipts> provinces;
  TerritoryReceipts nation{Level::kNational, "national", "", 0, 0};
  TerritoryReceipts foreign{Level::kForeign, "foreign", "", 0, 0};
  auto const net = net_by_account(ledger, year);
  for (std::size_t k = 0; k < net.size(); ++k) {
    Account const& a = ledger.accounts[k];
    if (k == ledger.venture.index()) {
      continue;
    }
    if (a.level == Level::kForeign) {
      foreign.own_cents += net[k];
      continue;
    }
    nation.total_cents += net[k];
    if (a.level == Level::kNational) {
      nation.own_cents += net[k];
      continue;
    }
    auto& province = provinces[a.province];
    province.total_cents += net[k];
    if (a.level == Level::kProvincial) {
      province.own_cents += net[k];
      continue;
    }
    auto& district = districts[{a.province, a.district}];
    district.own_cents += net[k];
    district.total_cents += net[k];
  }
  foreign.total_cents = foreign.own_cents;
  std::vector<TerritoryReceipts> out;
  for (auto& [place, receipts] : districts) {
    receipts.level = Level::kDistrict;
    receipts.province = place.first;
    receipts.name = place.second;
    out.push_back(receipts);
  }
  for (auto& [name, receipts] : provinces) {
    receipts.level = Level::kProvincial;
    receipts.name = name;
    out.push_back(receipts);
  }
  out.push_back(nation);
  out.push_back(foreign);
  return out;
}

}  // namespace tidewater::finance
