#pragma once
/// What is left for shareholders, with the loan and without it.

#include "loan.hpp"

namespace tidewater::finance {

/// Cash of the shareholders and the funds fed from it, nominal.
struct EquityCash {
  std::vector<Years> funds;  ///< by instrument; empty for instruments that are no such fund
  Years fund_total;
  Years cash;  ///< after funds: dividends above zero, cash calls below
};
/// Funds take their rate of what is above zero in `before` (cash after debt, or project cash).
[[nodiscard]] EquityCash share_out(Years before, Deal const& deal, Years const& index);

/// Nominal cash of shareholders before funds, with the loan.
[[nodiscard]] Years cash_after_debt(Streams const& s, Financing const& f);

/// The project as if it had no debt: its own tax, its own funds.
struct Unlevered {
  TaxBill tax;
  EquityCash cash;
};
[[nodiscard]] Unlevered without_debt(Streams const& s, Deal const& deal);

}  // namespace tidewater::finance
