#pragma once
/// The one cash-flow engine: a venture and a deal in, the yearly accounts, the measures and every
/// payment out. Pure: it reads nothing else and keeps nothing.
///
/// Inside, all sums are nominal (tax, depreciation and debt are nominal facts); results are real
/// money of the price year unless the type says NominalMoney.

#include <array>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/finance/debt.hpp"
#include "tidewater/finance/measures.hpp"
#include "tidewater/finance/venture.hpp"

namespace tidewater::finance {

/// One project year, real money. Costs and payments are positive.
struct YearAccount {
  int year = 0;  ///< calendar year
  double price_index = 1;
  Money gross{};    ///< gross value of products and tariffs
  Money revenue{};  ///< received: gross - deductions
  Money opex{};     ///< operating costs, without instruments
  Money capex{};    ///< construction and sustaining
  Money sustaining_capex{};
  Money royalties{};  ///< instruments paid before tax to governments, advances included
  Money charges{};    ///< instruments paid before tax to anybody else
  Money taxes{};      ///< on profit, as paid with the loan's interest deducted
  Money funds{};      ///< instruments on distributable cash
  Money cfads{};      ///< revenue - opex - royalties - charges - taxes - sustaining capex
  Money debt_drawn{};
  Money interest{};  ///< paid, capitalised interest included
  Money principal{};
  Money fees{};
  Money debt_service{};         ///< interest + principal after the drawdown years
  NominalMoney debt_balance{};  ///< at year end
  Measured<double> dscr{};
  Money pre_tax_cash{};  ///< revenue - opex - capex - charges: the project before the state
  Money free_cash{};     ///< project cash after royalties, tax and funds as if it had no debt
  Money tax_shield{};    ///< tax (and fund) saved by the loan: see equity_cash
  Money equity_cash{};   ///< free_cash + tax_shield + drawn - interest - principal - fees
  Money shortfall{};     ///< operating cash after debt service below zero, called from shareholders
};

struct Returns {
  Measured<Money> npv{};
  RateOfReturn irr{};  ///< real
  Measured<double> mirr{};
  Payback payback{};
  Payback discounted_payback{};
};

/// Drawdown years, nominal. debt + equity = construction + start_up + interest + fees.
struct SourcesAndUses {
  NominalMoney debt{};
  NominalMoney equity{};
  NominalMoney construction{};
  NominalMoney start_up{};  ///< operating cash flow below zero before the last drawdown
  NominalMoney interest{};
  NominalMoney fees{};
};

struct LoanOutcome {
  NominalMoney debt{};
  double gearing = 0;    ///< debt / uses
  double dscr_used = 0;  ///< sculpted target after a binding ceiling; 0 otherwise
  CoverRatios cover{};   ///< by project year
  SourcesAndUses balance{};
  int iterations = 0;   ///< of the fixed point over interest, fees, tax and debt size
  double residual = 0;  ///< last relative change of the debt and its service
};

/// Present values at one rate, real.
struct GovernmentTake {
  double rate = 0;
  Measured<double> share{};  ///< (fiscal + carried) / pre_tax; none when pre_tax <= 0
  Money fiscal{};            ///< royalties, taxes, withholding, dues received by governments
  Money carried{};           ///< dividends on free-carried state shares
  Money funded_equity{};     ///< dividends less cash calls on funded state shares: shown apart
  Money pre_tax{};           ///< project cash before the state
  std::array<Money, 3>
      by_level;  ///< fiscal + carried, before transfers: district, provincial, national
};

/// Who gets what the corridor leaves to distribute, present values at the discount rate.
/// Distributable value = revenue - payments to suppliers at national or foreign level, capital
/// goods included. All other accounts' net receipts sum to it exactly.
struct LocalShare {
  Measured<double> share{};  ///< local / distributable; none when distributable <= 0
  Money distributable{};
  Money local{};  ///< net receipts of every account at district or provincial level
  Money local_government{};
  Money local_wages{};
  Money local_purchases{};
  Money local_other{};  ///< communities, local owners and lenders
};

/// One payer-to-payee line over the project's years; its amounts are row `index` of
/// CashFlow::amounts.
struct Payment {
  std::string stream{};
  StreamKind kind = StreamKind::kSales;
  AccountId payer{};
  AccountId payee{};
  Certainty certainty = Certainty::kModelled;
};

struct CashFlow {
  std::vector<YearAccount> years{};
  Returns pre_tax{};  ///< before the state and before debt
  Returns project{};  ///< after the state, before debt
  Returns equity{};   ///< after both, at the equity rate
  Measured<LoanOutcome> loan{};
  Measured<MoneyPerMass> unit_cost{};  ///< PV(opex + charges + capex) / PV(throughput)
  Measured<MoneyPerMass>
      corridor_unit_cost;  ///< the same, Segment kTransport and kPort and unit charges
  std::array<GovernmentTake, 4> take{};  ///< at Deal::take_rates, then at the discount rate
  LocalShare local{};
  std::vector<Payment> payments{};
  std::vector<double> amounts{};  ///< nominal, payments x years, row-major
  std::vector<Money>
      present_receipts{};  ///< by account: PV of receipts less payments, discount rate
  std::vector<std::string> warnings{};

  [[nodiscard]] double amount(std::size_t payment, int year) const {
    return amounts[payment * years.size() + static_cast<std::size_t>(year)];
  }
};

/// Appraises one deal on one venture; rejects with every fault found (lengths, shares, ids, rates).
[[nodiscard]] Result<CashFlow> cash_flow(Venture const& venture, Deal const& deal);

enum class BreakevenOf { kProject, kEquity };

struct Breakeven {
  MoneyPerMass tariff{};        ///< constant in real money
  bool is_closed_form = false;  ///< no instrument bends with profit or cash: one division
  int evaluations = 0;          ///< of the engine
};

/// The tariff per tonne of throughput that, in place of all SaleKind::kTariff revenue, brings the
/// after-tax net present value to zero. Negative: the venture could pay shippers and still break
/// even. None without throughput, or when no tariff within +-1e6 times the unit cost does it.
[[nodiscard]] Result<Measured<Breakeven>> breakeven_tariff(Venture const& venture,
                                                           Deal const& deal,
                                                           BreakevenOf whose);

}  // namespace tidewater::finance
