#include <cmath>

#include "tidewater/finance/debt.hpp"
#include "tidewater/finance/measures.hpp"

namespace tidewater::finance {
namespace {

constexpr char const* kBadTerms = "an annuity needs a rate above -100 % and at least one period";

bool is_sound(Annuity const& a) {
  return a.rate > -1 && a.periods > 0 && std::isfinite(a.rate) && std::isfinite(a.periods);
}

/// 1 + i for payments at period start.
double due_factor(Annuity const& a) {
  return a.due == Due::kPeriodStart ? 1 + a.rate : 1.0;
}

/// (1 - (1+i)^-n) / i: the present value of 1 a period. expm1 keeps it exact at tiny rates, and
/// (1+i)^-n, unlike (1+i)^n, cannot overflow at high ones.
double present_of_one(double rate, double n) {
  return rate == 0 ? n : -std::expm1(-n * std::log1p(rate)) / rate;
}

double discount(double rate, double n) {
  return std::exp(-n * std::log1p(rate));
}

/// Principal inside payment `period`, payments at period end:
/// -i (pv + fv) (1+i)^(period-1-n) / (1 - (1+i)^-n).
double principal_at_end(Annuity const& a, double period) {
  return -(a.present + a.future) * discount(a.rate, a.periods - period + 1) /
         present_of_one(a.rate, a.periods);
}

}  // namespace

Measured<double> annuity_payment(Annuity const& a) {
  if (!is_sound(a)) {
    return Measured<double>::none(kBadTerms);
  }
  return -(a.present + a.future * discount(a.rate, a.periods)) /
         (due_factor(a) * present_of_one(a.rate, a.periods));
}

Measured<double> annuity_present(Annuity const& a) {
  if (!is_sound(a)) {
    return Measured<double>::none(kBadTerms);
  }
  return -a.future * discount(a.rate, a.periods) -
         a.payment * due_factor(a) * present_of_one(a.rate, a.periods);
}

Measured<double> annuity_future(Annuity const& a) {
  if (!is_sound(a)) {
    return Measured<double>::none(kBadTerms);
  }
  double const growth = 1 / discount(a.rate, a.periods);
  return -growth * (a.present + a.payment * due_factor(a) * present_of_one(a.rate, a.periods));
}

Measured<double> annuity_periods(Annuity const& a) {
  if (!(a.rate > -1)) {
    return Measured<double>::none(kBadTerms);
  }
  if (a.rate == 0) {
    if (a.payment == 0) {
      return Measured<double>::none("without interest and payments the balance never changes");
    }
    return -(a.present + a.future) / a.payment;
  }
  double const perpetual = a.payment * due_factor(a) / a.rate;
  // (1+i)^n - 1, so that tiny rates keep their digits.
  double const growth = -(a.present + a.future) / (perpetual + a.present);
  if (!(growth > -1) || !std::isfinite(growth)) {
    return Measured<double>::none("the payments never bring the balance there");
  }
  return std::log1p(growth) / std::log1p(a.rate);
}

Measured<double> annuity_rate(Annuity const& a) {
  if (!(a.periods >= 1) || a.periods != std::floor(a.periods) || a.periods > 1e5) {
    return Measured<double>::none("the rate of an annuity needs a whole number of periods");
  }
  auto const n = static_cast<std::size_t>(a.periods);
  std::vector<double> flows(n + 1, 0.0);
  flows.front() += a.present;
  flows.back() += a.future;
  for (std::size_t k = 0; k < n; ++k) {
    flows[a.due == Due::kPeriodStart ? k : k + 1] += a.payment;
  }
  return irr(flows).only();
}

Measured<double> principal_part(Annuity const& a, int period) {
  if (!is_sound(a) || period < 1 || period > a.periods) {
    return Measured<double>::none("a payment's parts exist from period 1 to the last");
  }
  if (a.due == Due::kPeriodEnd) {
    return principal_at_end(a, period);
  }
  // At period start the first payment bears no interest yet.
  return period == 1 ? annuity_payment(a) : principal_at_end(a, period) / (1 + a.rate);
}

Measured<double> interest_part(Annuity const& a, int period) {
  auto const principal = principal_part(a, period);
  return principal ? Measured<double>{*annuity_payment(a) - *principal} : principal;
}

Measured<double> principal_over(Annuity const& a, int first, int last) {
  if (!is_sound(a) || first < 1 || last < first || last > a.periods) {
    return Measured<double>::none("a payment's parts exist from period 1 to the last");
  }
  double sum = 0;  // all terms of one sign: no cancellation
  for (int k = first; k <= last; ++k) {
    sum += *principal_part(a, k);
  }
  return sum;
}

}  // namespace tidewater::finance
