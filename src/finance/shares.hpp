#pragma once
/// Who gets what, from the payments: government take, local share, present receipts by account.

#include "payments.hpp"

namespace tidewater::finance {

/// Real money: nominal amounts over the price index, discounted.
class Discounting {
 public:
  Discounting(double rate, FlowTiming timing, Years const& index);
  /// Present value of nominal amounts.
  [[nodiscard]] double operator()(double const* nominal) const;
  [[nodiscard]] double operator()(Years const& nominal) const { return (*this)(nominal.data()); }

 private:
  Years factor_;
};

void share_gains(Deal const& deal, Streams const& s, PaymentMatrix const& matrix, CashFlow& out);

}  // namespace tidewater::finance
