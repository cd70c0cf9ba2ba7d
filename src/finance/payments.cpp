#include "payments.hpp"

#include <algorithm>

namespace tidewater::finance {

namespace {

struct Between {
  AccountId payer;
  AccountId payee;
};

class Builder {
 public:
  Builder(Venture const& venture, Deal const& deal, Streams const& s)
      : venture_{venture}, deal_{deal}, s_{s} {}

  void add_sales() {
    for (Sale const& sale : venture_.sales) {
      double* row =
          line(sale.name, StreamKind::kSales, {sale.buyer, deal_.venture}, sale.certainty);
      for (std::size_t y = 0; y < s_.years; ++y) {
        row[y] = nominal_amount(sale.gross, y, s_.index[y]) -
                 nominal_amount(sale.deductions, y, s_.index[y]);
      }
    }
  }

  void add_costs() {
    for (CostLine const& cost : venture_.costs) {
      for (PayeeShare const& p : cost.payees) {
        bool const wages = deal_.accounts[p.payee].sector == Sector::kHouseholds;
        double* row = line(cost.name,
                           wages ? StreamKind::kWages : StreamKind::kOpex,
                           {deal_.venture, p.payee},
                           cost.certainty);
        for (std::size_t y = 0; y < s_.years; ++y) {
          row[y] = p.share * nominal_amount(cost.amount, y, s_.index[y]);
        }
      }
    }
    for (CapexPart const& part : venture_.capex) {
      for (PayeeShare const& p : part.payees) {
        double* row = line(part.name, StreamKind::kCapex, {deal_.venture, p.payee}, part.certainty);
        for (std::size_t y = 0; y < s_.years; ++y) {
          row[y] = p.share * spent_in(part, y) * s_.index[y];
        }
      }
    }
  }

  /// Instruments the venture pays itself: on streams, profit and cash.
  void add_instruments(Financing const& f, EquityCash const& equity) {
    for (std::size_t i = 0; i < deal_.instruments.size(); ++i) {
      Instrument const& in = deal_.instruments[i];
      add_shares(in, in.kind, s_.due[i], "");
      add_shares(in, StreamKind::kAdvance, s_.advances[i], " (advance)");
      add_shares(in, in.kind, f.tax.by_instrument[i], "");
      add_shares(in, in.kind, equity.funds[i], "");
    }
  }

  void add_loan(LoanPath const& path) {
    AccountId const lender = deal_.loan->lender;
    add_line("loan drawn", StreamKind::kDrawdown, {lender, deal_.venture}, path.drawn);
    add_line("interest", StreamKind::kInterest, {deal_.venture, lender}, path.interest);
    add_line("principal", StreamKind::kPrincipal, {deal_.venture, lender}, path.principal);
    add_line("loan fees", StreamKind::kFee, {deal_.venture, lender}, path.fees);
    for (Instrument const& in : deal_.instruments) {
      if (stage_of(in.base) == Stage::kInterest) {
        withhold(in, lender, path.interest);
      }
    }
  }

  std::vector<ShareholderCash> add_shareholders(Years const& cash) {
    double funded = 0;
    for (Shareholder const& h : deal_.shareholders) {
      funded += h.funding == Funding::kFunded ? h.share : 0.0;
    }
    std::vector<ShareholderCash> out;
    for (Shareholder const& h : deal_.shareholders) {
      ShareholderCash& c = out.emplace_back();
      c.calls.assign(s_.years, 0.0);
      c.dividends.assign(s_.years, 0.0);
      double const call_share = h.funding == Funding::kFunded ? h.share / funded : 0.0;
      for (std::size_t y = 0; y < s_.years; ++y) {
        c.calls[y] = call_share * std::max(0.0, -cash[y]);
        c.dividends[y] = h.share * std::max(0.0, cash[y]);
      }
      add_line("equity", StreamKind::kEquity, {h.account, deal_.venture}, c.calls);
      add_line("dividends", StreamKind::kDividend, {deal_.venture, h.account}, c.dividends);
      c.withheld = withhold_dividends(h.account, c.dividends);
    }
    return out;
  }

  /// Of what each account receives from the others; passed-on money is not passed on again.
  void add_transfers() {
    std::size_t const direct = out_.payments.size();
    for (PassThrough const& t : deal_.transfers) {
      double* row = line(t.name, StreamKind::kTransfer, {t.from, t.to}, t.certainty);
      for (std::size_t p = 0; p < direct; ++p) {
        Payment const& payment = out_.payments[p];
        if (payment.payee != t.from || !is_passed_on(t, payment.kind)) {
          continue;
        }
        for (std::size_t y = 0; y < s_.years; ++y) {
          row[y] += t.share * out_.amounts[p * s_.years + y];
        }
      }
    }
  }

  [[nodiscard]] PaymentMatrix take() && { return std::move(out_); }

 private:
  static bool is_passed_on(PassThrough const& t, StreamKind kind) {
    return t.of.empty() ? kind != StreamKind::kDividend
                        : std::find(t.of.begin(), t.of.end(), kind) != t.of.end();
  }

  /// A new row of zeros; the pointer holds until the next one is added.
  double* line(std::string name, StreamKind kind, Between who, Certainty certainty) {
    out_.payments.push_back({std::move(name), kind, who.payer, who.payee, certainty});
    out_.amounts.resize(out_.payments.size() * s_.years, 0.0);
    return out_.amounts.data() + (out_.payments.size() - 1) * s_.years;
  }

  void add_line(char const* name, StreamKind kind, Between who, Years const& amounts) {
    Certainty const certainty =
        deal_.loan && kind != StreamKind::kDividend && kind != StreamKind::kEquity
            ? deal_.loan->certainty
            : Certainty::kModelled;
    std::copy(amounts.begin(), amounts.end(), line(name, kind, who, certainty));
  }

  void add_shares(Instrument const& in, StreamKind kind, Years const& amounts, char const* suffix) {
    if (amounts.empty()) {
      return;
    }
    for (PayeeShare const& p : in.payees) {
      double* row = line(in.name + suffix, kind, {deal_.venture, p.payee}, in.certainty);
      for (std::size_t y = 0; y < s_.years; ++y) {
        row[y] = p.share * amounts[y];
      }
    }
  }

  /// Withheld at the source: paid by the receiver out of what it got, so the venture's own cash
  /// does not change.
  Years withhold(Instrument const& in, AccountId from, Years const& received) {
    Years held(s_.years, 0.0);
    Ceiling ceiling{in};
    for (std::size_t y = 0; y < s_.years; ++y) {
      held[y] = ceiling.limit(rate_in(in, y) * received[y], y, s_.index[y]);
    }
    for (PayeeShare const& p : in.payees) {
      double* row = line(in.name, in.kind, {from, p.payee}, in.certainty);
      for (std::size_t y = 0; y < s_.years; ++y) {
        row[y] = p.share * held[y];
      }
    }
    return held;
  }

  Years withhold_dividends(AccountId holder, Years const& dividends) {
    Years total(s_.years, 0.0);
    for (Instrument const& in : deal_.instruments) {
      auto const& who = in.applies_to;
      bool const applies = who.empty() || std::find(who.begin(), who.end(), holder) != who.end();
      bool const itself = in.payees.size() == 1 && in.payees.front().payee == holder;
      if (stage_of(in.base) == Stage::kDividends && applies && !itself) {
        Years const held = withhold(in, holder, dividends);
        for (std::size_t y = 0; y < s_.years; ++y) {
          total[y] += held[y];
        }
      }
    }
    return total;
  }

  Venture const& venture_;
  Deal const& deal_;
  Streams const& s_;
  PaymentMatrix out_;
};

}  // namespace

PaymentMatrix payments_of(Venture const& venture,
                          Deal const& deal,
                          Streams const& s,
                          Financing const& f,
                          EquityCash const& equity) {
  Builder builder{venture, deal, s};
  builder.add_sales();
  builder.add_costs();
  builder.add_instruments(f, equity);
  if (f.has_loan) {
    builder.add_loan(f.path);
  }
  auto shareholders = builder.add_shareholders(equity.cash);
  builder.add_transfers();
  auto out = std::move(builder).take();
  out.shareholders = std::move(shareholders);
  return out;
}

}  // namespace tidewater::finance
