#include "tidewater/finance/engine.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cash.hpp"
#include "check.hpp"
#include "loan.hpp"
#include "payments.hpp"
#include "shares.hpp"

namespace tidewater::finance {

namespace {

/// From here on cash below zero is a shortfall, not a start-up cost.
std::size_t first_operating_year(Streams const& s, Financing const& f, Deal const& deal) {
  if (f.has_loan) {
    return static_cast<std::size_t>(deal.loan->drawdown_years);
  }
  std::size_t y = 0;
  while (y < s.years && !(s.smelter[y] + s.tariff[y] > 0)) {
    ++y;
  }
  return y;
}

void fill_years(Venture const& venture,
                Deal const& deal,
                Streams const& s,
                Financing const& f,
                EquityCash const& equity,
                CashFlow& out) {
  out.years.resize(s.years);
  std::size_t const operating_from = first_operating_year(s, f, deal);
  for (std::size_t y = 0; y < s.years; ++y) {
    auto const real = [&](double nominal) { return Money{nominal / s.index[y]}; };
    YearAccount& a = out.years[y];
    a.year = venture.first_year + static_cast<int>(y);
    a.price_index = s.index[y];
    a.gross = real(s.gross[y] + s.tariff[y]);
    a.revenue = real(s.smelter[y] + s.tariff[y]);
    a.opex = real(s.opex[y]);
    a.capex = real(s.construction[y] + s.sustaining[y]);
    a.sustaining_capex = real(s.sustaining[y]);
    a.royalties = real(s.royalties[y]);
    a.charges = real(s.charges[y]);
    a.taxes = real(f.tax.total[y]);
    a.funds = real(equity.fund_total[y]);
    a.cfads = real(f.cfads[y]);
    a.debt_drawn = real(f.path.drawn[y]);
    a.interest = real(f.path.interest[y]);
    a.principal = real(f.path.principal[y]);
    a.fees = real(f.path.fees[y]);
    a.debt_service = real(f.path.service[y]);
    a.debt_balance = NominalMoney{f.path.closing[y]};
    a.dscr = f.path.service[y] > 0 ? Measured<double>{f.cfads[y] / f.path.service[y]}
                                   : Measured<double>::none("no debt service");
    a.pre_tax_cash = real(s.operating[y] + s.royalties[y] - s.construction[y]);
    a.equity_cash = real(equity.cash[y]);
    double const left = f.cfads[y] - f.path.service[y];
    a.shortfall = real(y >= operating_from ? std::max(0.0, -left) : 0.0);
  }
}

void fill_free_cash(Streams const& s, Financing const& f, Unlevered const& u, CashFlow& out) {
  for (std::size_t y = 0; y < s.years; ++y) {
    double const with_loan = f.tax.total[y] + out.years[y].funds.base() * s.index[y];
    double const without = u.tax.total[y] + u.cash.fund_total[y];
    out.years[y].free_cash = Money{u.cash.cash[y] / s.index[y]};
    out.years[y].tax_shield = Money{(without - with_loan) / s.index[y]};
  }
}

Returns returns_of(Years const& real, double rate, FlowTiming timing) {
  Returns out;
  double const shift = timing == FlowTiming::kMidYear ? 0.5 : 0.0;
  out.npv = Money{*npv(rate, real, shift)};
  out.irr = irr(real);
  out.mirr = mirr(real, {.finance_rate = rate, .reinvest_rate = rate});
  out.payback = payback(real);
  out.discounted_payback = discounted_payback(rate, real);
  return out;
}

void measure_returns(Deal const& deal, CashFlow& out) {
  std::size_t const n = out.years.size();
  Years before(n);
  Years after(n);
  Years equity(n);
  for (std::size_t y = 0; y < n; ++y) {
    before[y] = out.years[y].pre_tax_cash.base();
    after[y] = out.years[y].free_cash.base();
    equity[y] = out.years[y].equity_cash.base();
  }
  out.pre_tax = returns_of(before, deal.discount_rate, deal.timing);
  out.project = returns_of(after, deal.discount_rate, deal.timing);
  out.equity = returns_of(equity, deal.equity_rate, deal.timing);
}

Measured<LoanOutcome> loan_outcome(Deal const& deal, Financing const& f) {
  if (!f.has_loan) {
    return Measured<LoanOutcome>::none(f.reason);
  }
  LoanOutcome out;
  out.debt = NominalMoney{f.debt};
  out.gearing = f.debt / f.uses;
  out.dscr_used = f.dscr_used;
  out.cover = cover_ratios({f.cfads, f.path.service, f.path.opening, deal.loan->rate});
  out.balance = {.debt = NominalMoney{f.debt},
                 .equity = NominalMoney{f.uses - f.debt},
                 .construction = NominalMoney{f.construction},
                 .start_up = NominalMoney{f.start_up},
                 .interest = NominalMoney{f.capitalised_interest},
                 .fees = NominalMoney{f.fees}};
  out.iterations = f.iterations;
  out.residual = f.residual;
  return out;
}

void measure_unit_costs(Venture const& venture, Deal const& deal, Streams const& s, CashFlow& out) {
  Discounting const present{deal.discount_rate, deal.timing, s.index};
  Years tonnes(s.years, 0.0);
  for (std::size_t y = 0; y < std::min(s.years, venture.throughput.size()); ++y) {
    tonnes[y] = venture.throughput[y].base() * s.index[y];  // the index cancels: tonnes are real
  }
  double const carried = present(tonnes);
  if (!(carried > 0)) {
    out.unit_cost = out.corridor_unit_cost = Measured<MoneyPerMass>::none("no throughput");
    return;
  }
  // Unit charges to governments are costs of carriage here, although the state takes them.
  double all =
      present(s.opex) + present(s.construction) + present(s.sustaining) + present(s.charges);
  for (std::size_t i = 0; i < deal.instruments.size(); ++i) {
    Instrument const& in = deal.instruments[i];
    if (in.base != Base::kTonnes && in.base != Base::kTonneKm) {
      continue;
    }
    for (PayeeShare const& p : in.payees) {
      bool const counted = deal.accounts[p.payee].sector != Sector::kGovernment;  // in s.charges
      all += counted ? 0.0 : p.share * present(s.due[i]);
    }
  }
  out.unit_cost = MoneyPerMass{all / carried};
  out.corridor_unit_cost = MoneyPerMass{
      (present(s.corridor_opex) + present(s.corridor_capex) + present(s.unit_charges)) / carried};
}

void add_warnings(Financing const& f, CashFlow& out) {
  if (f.was_clipped) {
    out.warnings.emplace_back(
        "the stated loan exceeds the uses of funds in its drawdown years and was cut to them");
  }
  if (f.has_loan && f.residual > 1e-9) {
    out.warnings.push_back(
        fmt::format("the loan's circular terms did not settle: {:.1e} after {} rounds",
                    f.residual,
                    f.iterations));
  }
  auto const short_years =
      std::count_if(out.years.begin(), out.years.end(), [](YearAccount const& a) {
        return a.shortfall > Money{0.005};
      });
  if (short_years > 0) {
    out.warnings.push_back(fmt::format(
        "operating cash after debt service is below zero in {} years: shareholders are called on",
        short_years));
  }
}

}  // namespace

Result<CashFlow> cash_flow(Venture const& venture, Deal const& deal) {
  if (auto faults = faults_of(venture, deal); !faults.empty()) {
    return reject(std::move(faults));
  }
  Streams const s = streams_of(venture, deal);
  Financing const f = solve_financing(s, deal);
  EquityCash const equity = share_out(cash_after_debt(s, f), deal, s.index);
  Unlevered const unlevered = without_debt(s, deal);

  CashFlow out;
  fill_years(venture, deal, s, f, equity, out);
  fill_free_cash(s, f, unlevered, out);
  measure_returns(deal, out);
  out.loan = loan_outcome(deal, f);
  measure_unit_costs(venture, deal, s, out);
  auto matrix = payments_of(venture, deal, s, f, equity);
  share_gains(deal, s, matrix, out);
  out.payments = std::move(matrix.payments);
  out.amounts = std::move(matrix.amounts);
  add_warnings(f, out);
  return out;
}

}  // namespace tidewater::finance
