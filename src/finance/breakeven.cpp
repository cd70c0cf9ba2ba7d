// The tariff per tonne that brings the after-tax net present value to zero.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include <boost/math/tools/toms748_solve.hpp>

#include "tidewater/finance/engine.hpp"

#include "cash.hpp"
#include "check.hpp"
#include "shares.hpp"

namespace tidewater::finance {
namespace {

constexpr double kReach = 1e6;  // tariffs tried, in multiples of the first guess

class TariffValue {
 public:
  TariffValue(Venture const& venture, Deal const& deal, BreakevenOf whose)
      : venture_{venture}, deal_{deal}, whose_{whose} {}

  /// After-tax net present value with this tariff, real money per kg, in place of the file's.
  double operator()(double tariff) {
    ++evaluations_;
    Streams const s = streams_of(venture_, deal_, tariff);
    if (whose_ == BreakevenOf::kProject) {
      Discounting const present{deal_.discount_rate, deal_.timing, s.index};
      return present(without_debt(s, deal_).cash.cash);
    }
    Financing const f = solve_financing(s, deal_);
    Discounting const present{deal_.equity_rate, deal_.timing, s.index};
    return present(share_out(cash_after_debt(s, f), deal_, s.index).cash);
  }

  /// No instrument bends with profit or cash, and no loan follows the cash: a straight line.
  [[nodiscard]] bool is_linear() const {
    return whose_ == BreakevenOf::kProject &&
           std::none_of(deal_.instruments.begin(), deal_.instruments.end(), [](auto const& in) {
             return stage_of(in.base) == Stage::kProfit || stage_of(in.base) == Stage::kCash;
           });
  }
  [[nodiscard]] int evaluations() const { return evaluations_; }

 private:
  Venture const& venture_;
  Deal const& deal_;
  BreakevenOf whose_;
  int evaluations_ = 0;
};

/// Root of a rising function, by widening a bracket about the guess and closing in on it.
Measured<double> solve_rising(TariffValue& value, double guess, double width) {
  double low = guess - width;
  double high = guess + width;
  double f_low = value(low);
  double f_high = value(high);
  while ((f_low > 0 || f_high < 0) && width < kReach * std::abs(guess) + kReach) {
    width *= 4;
    if (f_low > 0) {
      high = low;
      f_high = f_low;
      low -= width;
      f_low = value(low);
    } else {
      low = high;
      f_low = f_high;
      high += width;
      f_high = value(high);
    }
  }
  if (f_low > 0 || f_high < 0) {
    return Measured<double>::none("no tariff brings the net present value to zero");
  }
  if (f_low == 0 || f_high == 0) {
    return f_low == 0 ? low : high;
  }
  auto const done = [](double a, double b) {
    return std::abs(b - a) <= 1e-13 * std::max(std::abs(a), std::abs(b));
  };
  auto const at = [&value](double tariff) { return value(tariff); };  // the solver copies it
  std::uintmax_t most = 100;
  auto const [a, b] = boost::math::tools::toms748_solve(at, low, high, f_low, f_high, done, most);
  return 0.5 * (a + b);
}

}  // namespace

Result<Measured<Breakeven>> breakeven_tariff(Venture const& venture,
                                             Deal const& deal,
                                             BreakevenOf whose) {
  if (auto faults = faults_of(venture, deal); !faults.empty()) {
    return reject(std::move(faults));
  }
  auto const carries = [](Mass m) { return m > Mass{}; };
  if (std::none_of(venture.throughput.begin(), venture.throughput.end(), carries)) {
    return Measured<Breakeven>::none("no throughput to charge a tariff on");
  }
  TariffValue value{venture, deal, whose};
  double const at_zero = value(0.0);
  double const unit = 1e-3;  // 1 money a tonne
  double const slope = (value(unit) - at_zero) / unit;
  if (!(std::abs(slope) > 0)) {
    return Measured<Breakeven>::none("the net present value does not move with the tariff");
  }
  double const guess = -at_zero / slope;
  if (value.is_linear()) {
    return Measured<Breakeven>{Breakeven{MoneyPerMass{guess}, true, value.evaluations()}};
  }
  double const width = std::max(0.05 * std::abs(guess), unit);
  auto const root = solve_rising(value, guess, width);
  if (!root) {
    return Measured<Breakeven>::none(root.reason());
  }
  return Measured<Breakeven>{Breakeven{MoneyPerMass{*root}, false, value.evaluations()}};
}

}  // namespace tidewater::finance
