#pragma once
/// The venture's loan and taxes together: interest capitalised during construction depends on the
/// debt, the debt on the uses or on cash after tax, and tax on the interest. A fixed point.

#include <string>

#include "instruments.hpp"
#include "streams.hpp"

namespace tidewater::finance {

/// Nominal, by project year.
struct LoanPath {
  Years drawn;
  Years interest;
  Years principal;
  Years fees;
  Years opening;  ///< balance at the start of the year
  Years closing;
  Years service;  ///< interest + principal after the drawdown years
};

struct Financing {
  bool has_loan = false;
  std::string reason;  ///< why there is no loan
  double debt = 0;
  double uses = 0;
  double dscr_used = 0;
  double construction = 0;  ///< of the uses
  double start_up = 0;
  double capitalised_interest = 0;
  double fees = 0;
  int iterations = 0;
  double residual = 0;
  bool was_clipped = false;  ///< the stated amount exceeds the uses
  LoanPath path;
  TaxBill tax;  ///< with the loan's interest deducted
  Years cfads;
};

[[nodiscard]] Financing solve_financing(Streams const& s, Deal const& deal);

}  // namespace tidewater::finance
