#include "tidewater/finance/debt.hpp"

#include <algorithm>
#include <cmath>

namespace tidewater::finance {
namespace {

constexpr char const* kBadLoan = "a loan needs a rate above -100 % and at least one repayment year";

LoanSchedule empty_schedule(double debt, std::size_t years) {
  LoanSchedule s;
  s.debt = debt;
  s.interest.resize(years);
  s.principal.resize(years);
  s.service.resize(years);
  s.balance.resize(years + 1);
  s.balance[0] = debt;
  return s;
}

}  // namespace

Measured<LoanSchedule> annuity_schedule(double debt, double rate, int years) {
  if (!(rate > -1) || years < 1) {
    return Measured<LoanSchedule>::none(kBadLoan);
  }
  auto const n = static_cast<std::size_t>(years);
  auto s = empty_schedule(debt, n);
  // Balance before payment k+1 is debt (1 - v^(n-k)) / (1 - v^n), v = 1/(1+i): powers of v only,
  // summed as v + v^2 + ... from the end so that the last balance is exactly zero.
  double const v = 1 / (1 + rate);
  double present_of_rest = 0;
  for (std::size_t k = n; k-- > 0;) {
    present_of_rest = (present_of_rest + 1) * v;
    s.balance[k] = present_of_rest;
  }
  double const payment = debt / present_of_rest;
  for (std::size_t k = 0; k < n; ++k) {
    s.balance[k] *= payment;
    s.service[k] = payment;
    s.interest[k] = rate * s.balance[k];
    s.principal[k] = payment - s.interest[k];
  }
  s.balance[0] = debt;
  return s;
}

Measured<LoanSchedule> equal_principal_schedule(double debt, double rate, int years) {
  if (!(rate > -1) || years < 1) {
    return Measured<LoanSchedule>::none(kBadLoan);
  }
  auto const n = static_cast<std::size_t>(years);
  auto s = empty_schedule(debt, n);
  for (std::size_t k = 0; k < n; ++k) {
    s.balance[k] = debt * static_cast<double>(n - k) / static_cast<double>(n);
    s.interest[k] = rate * s.balance[k];
    s.principal[k] = debt / static_cast<double>(n);
    s.service[k] = s.principal[k] + s.interest[k];
  }
  return s;
}

Measured<LoanSchedule> sculpt(std::span<double const> cfads, SculptTerms const& terms) {
  if (!(terms.rate > -1) || cfads.empty()) {
    return Measured<LoanSchedule>::none(kBadLoan);
  }
  if (!(terms.target_dscr > 0)) {
    return Measured<LoanSchedule>::none("the target debt service cover ratio must be above zero");
  }
  if (std::any_of(cfads.begin(), cfads.end(), [](double c) { return c < 0; })) {
    return Measured<LoanSchedule>::none(
        "cash flow available for debt service is below zero in a repayment year: a longer grace "
        "or a shorter tenor would be needed");
  }
  auto s = empty_schedule(0, cfads.size());
  double const v = 1 / (1 + terms.rate);
  for (std::size_t k = cfads.size(); k-- > 0;) {  // backwards: stable, and the last balance is 0
    s.balance[k] = (s.balance[k + 1] + cfads[k] / terms.target_dscr) * v;
  }
  double scale = 1;
  if (terms.max_debt && s.balance[0] > *terms.max_debt) {
    scale = std::max(0.0, *terms.max_debt) / s.balance[0];
  }
  if (!(s.balance[0] * scale > 0)) {
    return Measured<LoanSchedule>::none("no cash flow supports any debt");
  }
  s.dscr = terms.target_dscr / scale;
  for (std::size_t k = 0; k < cfads.size(); ++k) {
    s.balance[k] *= scale;
    s.service[k] = cfads[k] / s.dscr;
    s.interest[k] = terms.rate * s.balance[k];
    s.principal[k] = s.service[k] - s.interest[k];
  }
  s.debt = s.balance[0];
  return s;
}

CoverRatios cover_ratios(CoverInput const& in) {
  TW_EXPECTS(in.cfads.size() == in.service.size() && in.cfads.size() == in.opening.size(),
             "cover ratios need equal lengths");
  std::size_t const n = in.cfads.size();
  CoverRatios out;
  // Reasons of at most 15 letters stay inside std::string: this runs for thousands of futures.
  out.dscr.assign(n, Measured<double>::none("no debt service"));
  out.llcr.assign(n, Measured<double>::none("no debt balance"));
  out.plcr = out.llcr;
  out.min_dscr = out.average_dscr = Measured<double>::none("no debt service");
  out.first_llcr = out.first_plcr = Measured<double>::none("no debt balance");
  out.year_of_min = Measured<int>::none("no debt service");

  std::size_t served = n;  // one past the last service year
  while (served > 0 && !(in.service[served - 1] > 0)) {
    --served;
  }
  double const v = 1 / (1 + in.rate);
  double loan_life = 0;
  double project_life = 0;
  for (std::size_t k = n; k-- > 0;) {
    project_life = (project_life + in.cfads[k]) * v;
    loan_life = k < served ? (loan_life + in.cfads[k]) * v : 0.0;
    if (in.opening[k] > 0 && in.service[k] > 0) {
      out.llcr[k] = loan_life / in.opening[k];
      out.plcr[k] = project_life / in.opening[k];
      out.first_llcr = out.llcr[k];
      out.first_plcr = out.plcr[k];
    }
  }
  double sum = 0;
  int years = 0;
  for (std::size_t k = 0; k < n; ++k) {
    if (!(in.service[k] > 0)) {
      continue;
    }
    double const ratio = in.cfads[k] / in.service[k];
    out.dscr[k] = ratio;
    sum += ratio;
    ++years;
    if (!out.min_dscr || ratio < *out.min_dscr) {
      out.min_dscr = ratio;
      out.year_of_min = static_cast<int>(k);
    }
  }
  if (years > 0) {
    out.average_dscr = sum / years;
  }
  return out;
}

}  // namespace tidewater::finance
