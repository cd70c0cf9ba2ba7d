#pragma once
/// Fiscal instruments: what is due on values and tonnes, and on taxable profit.

#include "streams.hpp"

namespace tidewater::finance {

/// When an instrument can be computed: from the streams, from profit, or from cash after debt.
enum class Stage { kStreams, kProfit, kCash, kDividends, kInterest };
[[nodiscard]] Stage stage_of(Base base);

[[nodiscard]] double rate_in(Instrument const& instrument, std::size_t year);

/// Fills Streams::due, advances, unit_charges, royalties, charges and deductible.
void add_instruments(Venture const& venture, Deal const& deal, Streams& s);

/// A holiday before `from_year` and a ceiling on what is ever paid, in real money.
class Ceiling {
 public:
  explicit Ceiling(Instrument const& instrument);
  /// `amount` (nominal), or what is left of it in this year; years must come in order.
  [[nodiscard]] double limit(double amount, std::size_t year, double index);

 private:
  std::size_t from_year_;
  double left_;  ///< real
};

/// Taxes on profit, nominal.
struct TaxBill {
  std::vector<Years> by_instrument;  ///< empty for instruments that are no profit tax
  Years total;
};
/// Taxable profit = revenue - opex - deductible dues - depreciation - `finance_cost`, less losses
/// carried forward, oldest first. `bill` is reused: the fixed point over the debt calls this often.
void levy(Streams const& s, Deal const& deal, Years const& finance_cost, TaxBill& bill);

}  // namespace tidewater::finance
