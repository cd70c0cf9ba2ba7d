#include "tidewater/finance/measures.hpp"

#include <algorithm>
#include <cmath>

#include "rates.hpp"

namespace tidewater::finance {

Measured<double> npv(double rate, std::span<double const> flows, double shift) {
  if (!(rate > -1)) {
    return Measured<double>::none("a discount rate of -100 % or less has no present value");
  }
  // Horner from the last flow: no powers, and overflow only if the value itself overflows.
  double const v = 1 / (1 + rate);
  double sum = 0;
  for (std::size_t k = flows.size(); k-- > 0;) {
    sum = sum * v + flows[k];
  }
  return sum * std::pow(v, shift);
}

RateOfReturn irr(std::span<double const> flows) {
  std::vector<TimedAmount> terms;
  terms.reserve(flows.size());
  for (std::size_t k = 0; k < flows.size(); ++k) {
    terms.push_back({static_cast<double>(k), flows[k]});
  }
  return rates_of_return(std::move(terms), Spacing::kWholePeriods);
}

Measured<double> mirr(std::span<double const> flows, MirrRates const& rates) {
  if (!(rates.finance_rate > -1) || !(rates.reinvest_rate > -1)) {
    return Measured<double>::none("a rate of -100 % or less");
  }
  double out_now = 0;  // outlays at t = 0
  double in_now = 0;   // receipts at t = 0, discounted at the reinvestment rate
  double const v_out = 1 / (1 + rates.finance_rate);
  double const v_in = 1 / (1 + rates.reinvest_rate);
  for (std::size_t k = flows.size(); k-- > 0;) {
    out_now = out_now * v_out + std::min(flows[k], 0.0);
    in_now = in_now * v_in + std::max(flows[k], 0.0);
  }
  if (out_now == 0 || in_now == 0) {
    return Measured<double>::none("all cash flows have one sign");
  }
  if (flows.size() < 2) {
    return Measured<double>::none("fewer than two cash flows");
  }
  auto const periods = static_cast<double>(flows.size() - 1);
  return (1 + rates.reinvest_rate) * std::pow(in_now / -out_now, 1 / periods) - 1;
}

namespace {

Payback payback_of(std::span<double const> flows, double growth) {
  Payback out;
  double largest = 0;
  for (double const f : flows) {
    largest = std::max(largest, std::abs(f));
  }
  double const noise = 1e-12 * largest;  // sums that should be exactly zero
  double cumulative = 0;
  double factor = 1;
  bool below = false;  // owing: something is left to pay back
  bool ever_below = false;
  for (std::size_t k = 0; k < flows.size(); ++k, factor *= growth) {
    double const flow = flows[k] * factor;
    double const next = cumulative + flow;
    if (below && next >= -noise) {
      double const when = static_cast<double>(k) - 1 + -cumulative / flow;
      out.first = out.first ? out.first : Measured<double>{when};
      out.lasting = when;
      out.crossings += 1;
      below = false;
    } else if (!below && next < -noise) {
      out.crossings += ever_below || cumulative > noise ? 1 : 0;
      below = ever_below = true;
    }
    cumulative = next;
  }
  if (!ever_below) {
    out.first = out.lasting = Measured<double>::none("nothing to pay back: never below zero");
  } else if (below) {
    out.lasting = Measured<double>::none("cumulative cash ends below zero");
    out.first = out.first ? out.first : Measured<double>::none("never paid back");
  }
  return out;
}

}  // namespace

Payback payback(std::span<double const> flows) {
  return payback_of(flows, 1.0);
}

Payback discounted_payback(double rate, std::span<double const> flows) {
  if (!(rate > -1)) {
    auto const none = Measured<double>::none("a discount rate of -100 % or less");
    return {none, none, 0};
  }
  return payback_of(flows, 1 / (1 + rate));
}

}  // namespace tidewater::finance
