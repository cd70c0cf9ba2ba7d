#pragma once
/// Debt by itself: annuities in closed form, loan schedules, sculpting and cover ratios. The loan
/// of a venture, with its circular interest during construction, is solved in engine.hpp.

#include <optional>
#include <span>
#include <vector>

#include "tidewater/finance/money.hpp"

namespace tidewater::finance {

// --- annuities -----------------------------------------------------------------------------------

enum class Due { kPeriodEnd, kPeriodStart };

/// present (1+i)^n + payment (1 + i [due at start]) ((1+i)^n - 1)/i + future = 0: money received is
/// positive, money paid negative. Each function below reads the fields it does not answer.
struct Annuity {
  double rate = 0;     ///< per period, above -1
  double periods = 1;  ///< above 0
  double present = 0;
  double future = 0;
  double payment = 0;
  Due due = Due::kPeriodEnd;
};

[[nodiscard]] Measured<double> annuity_payment(Annuity const& a);
[[nodiscard]] Measured<double> annuity_present(Annuity const& a);
[[nodiscard]] Measured<double> annuity_future(Annuity const& a);
[[nodiscard]] Measured<double> annuity_periods(Annuity const& a);
/// Every rate above -1 that closes the annuity equation would be a root; the only one, or none.
[[nodiscard]] Measured<double> annuity_rate(Annuity const& a);
/// Principal and interest inside payment `period` (1 .. periods; a.payment is not read). In closed
/// form: the recursion of balances loses all digits at a high rate times a long tenor.
[[nodiscard]] Measured<double> principal_part(Annuity const& a, int period);
[[nodiscard]] Measured<double> interest_part(Annuity const& a, int period);
/// Principal repaid over payments first .. last, both included.
[[nodiscard]] Measured<double> principal_over(Annuity const& a, int first, int last);

// --- schedules -----------------------------------------------------------------------------------

/// One loan's life in its repayment years, amounts of one money unit.
struct LoanSchedule {
  double debt = 0;
  std::vector<double> interest{};
  std::vector<double> principal{};
  std::vector<double> service{};  ///< interest + principal
  std::vector<double> balance{};  ///< one longer: opening balance of each year, then what is left
  double dscr = 0;                ///< target actually used; 0 unless sculpted
  bool operator==(LoanSchedule const&) const = default;
};

/// Equal payments; the last balance is 0 by construction.
[[nodiscard]] Measured<LoanSchedule> annuity_schedule(double debt, double rate, int years);
/// Equal principal, falling interest.
[[nodiscard]] Measured<LoanSchedule> equal_principal_schedule(double debt, double rate, int years);

struct SculptTerms {
  double rate = 0;                   ///< per year
  double target_dscr = 1.3;          ///< above 0
  std::optional<double> max_debt{};  ///< gearing cap; if it binds the target rises instead
};
/// Debt whose service is cfads / target in every year: debt = sum of service discounted at `rate`.
///   none when any cash flow available for debt service is negative: ask for grace instead
///   source  theory: identity LLCR = target DSCR; NREL System Advisor Model cases (conformance)
[[nodiscard]] Measured<LoanSchedule> sculpt(std::span<double const> cfads,
                                            SculptTerms const& terms);

struct CoverRatios {
  std::vector<Measured<double>> dscr{};  ///< cfads / service; none in a year without debt service
  std::vector<Measured<double>> llcr{};  ///< PV of cfads to the last service year / opening balance
  std::vector<Measured<double>> plcr{};  ///< PV of cfads to the project's end / opening balance
  Measured<double> min_dscr{};
  Measured<int> year_of_min{};  ///< index into dscr
  Measured<double> average_dscr{};
  Measured<double> first_llcr{};  ///< at the first year with a balance and service
  Measured<double> first_plcr{};
  bool operator==(CoverRatios const&) const = default;
};

/// One entry a year, equal lengths; `opening` is the balance at the start of each year and `rate`
/// the loan's.
struct CoverInput {
  std::span<double const> cfads{};
  std::span<double const> service{};
  std::span<double const> opening{};
  double rate = 0;
};
[[nodiscard]] CoverRatios cover_ratios(CoverInput const& in);

}  // namespace tidewater::finance
