#pragma once
/// Every payment of the appraisal as a matrix, payments by years, nominal.

#include "tidewater/finance/engine.hpp"

#include "cash.hpp"
#include "loan.hpp"

namespace tidewater::finance {

/// Dividends, withholding on them and cash calls of each shareholder, nominal: what the state's own
/// shares are counted from.
struct ShareholderCash {
  Years dividends;
  Years withheld;
  Years calls;
};

struct PaymentMatrix {
  std::vector<Payment> payments;
  std::vector<double> amounts;
  std::vector<ShareholderCash> shareholders;
};

[[nodiscard]] PaymentMatrix payments_of(Venture const& venture,
                                        Deal const& deal,
                                        Streams const& s,
                                        Financing const& f,
                                        EquityCash const& equity);

}  // namespace tidewater::finance
