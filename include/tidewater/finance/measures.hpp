#pragma once
/// Measures of a single cash-flow series: present value, every rate of return, payback.
/// Amounts are plain numbers of any one money unit (real with a real rate, nominal with a nominal
/// one); present values come back in that unit. Yearly series begin at t = 0, the start of
/// construction (a spreadsheet's NPV function discounts its first amount once more).

#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "tidewater/finance/money.hpp"

namespace tidewater::finance {

/// sum of flows[k] / (1 + rate)^(k + shift); shift 0.5 puts each flow at mid-period.
///   none at rate <= -1
[[nodiscard]] Measured<double> npv(double rate, std::span<double const> flows, double shift = 0.0);

enum class RootKind {
  kCrossing,  ///< the net present value changes sign here
  kTouching   ///< it reaches zero here without changing sign (a root of even multiplicity)
};

struct RateRoot {
  double rate = 0;  ///< per period (irr) or per year (xirr), above -1
  RootKind kind = RootKind::kCrossing;
  bool operator==(RateRoot const&) const = default;
};

enum class FlowProfile {
  kEmpty,      ///< nothing but zeros
  kOneSigned,  ///< all in or all out: no rate of return can exist
  kInvesting,  ///< the first flow that is not zero goes out
  kBorrowing   ///< it comes in: a low rate is then the good one
};

/// Every rate above -1 at which the net present value is zero.
struct RateOfReturn {
  std::vector<RateRoot> roots{};  ///< ascending
  int sign_changes = 0;  ///< of the flows in time order; bounds the number of roots (Descartes)
  FlowProfile profile = FlowProfile::kEmpty;
  std::string reason{};  ///< why there is no root; empty when there is one

  /// The rate when there is exactly one; otherwise none, saying how many there are.
  [[nodiscard]] Measured<double> only() const;
  bool operator==(RateOfReturn const&) const = default;
};

/// All internal rates of return of a yearly series.
///
///   method  with s = ln(1 + r) the present value is F(s) = sum c_k exp(-s t_k). If the signs of c
///           change between terms k and k+1, choose tau between t_k and t_(k+1): the derivative of
///           exp(s tau) F(s) has coefficients c_j (tau - t_j), one sign change fewer. Its roots,
///           found the same way, cut the line into pieces on which exp(s tau) F is monotone, so
///           each piece holds one root of F or none and none can be missed (Rolle's theorem and
///           Descartes' rule for real exponents). Each root is then closed in to double precision
///           by a bracketing solver (Boost.Math, TOMS 748).
///   limits  two roots closer than about 1e-7 in s are reported as one touching root; rates above
///           1e300 or below -1 + 1e-15 cannot be told from their limits and are left out.
[[nodiscard]] RateOfReturn irr(std::span<double const> flows);

/// Modified internal rate of return: outlays discounted at `finance_rate` to t = 0, receipts
/// carried at `reinvest_rate` to the last period.
///   none when all flows have one sign, with fewer than two flows, or a rate <= -1
struct MirrRates {
  double finance_rate = 0;
  double reinvest_rate = 0;
};
[[nodiscard]] Measured<double> mirr(std::span<double const> flows, MirrRates const& rates);

// --- dated flows ---------------------------------------------------------------------------------

struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  bool operator==(Date const&) const = default;
  friend bool operator<(Date const& a, Date const& b) {
    return std::tie(a.year, a.month, a.day) < std::tie(b.year, b.month, b.day);
  }
};

/// ISDA 2006 section 4.16 conventions, and the US (SIA) 30/360 with its end-of-February rule.
enum class DayCount {
  kActual365Fixed,
  kActual360,
  kActualActualIsda,
  kThirty360Isda,
  kThirty360Us
};

struct DatedFlow {
  Date date{};
  double amount = 0;
};

/// Years between two dates; negative when `to` is before `from`. Dates must exist in the Gregorian
/// calendar.
[[nodiscard]] double year_fraction(Date from, Date to, DayCount basis);

/// Present value at the earliest of the dates (not the first listed). None at rate <= -1, without
/// flows, or with a date that does not exist.
[[nodiscard]] Measured<double> xnpv(double rate,
                                    std::span<DatedFlow const> flows,
                                    DayCount basis = DayCount::kActual365Fixed);

/// Every yearly rate above -1; the order of the flows does not matter, flows of one day are summed.
[[nodiscard]] RateOfReturn xirr(std::span<DatedFlow const> flows,
                                DayCount basis = DayCount::kActual365Fixed);

// --- payback ------------------------------------------------------------------------------------

struct Payback {
  Measured<double>
      first{};  ///< years from t = 0 to the first time the cumulative cash is paid back
  Measured<double> lasting{};  ///< from when it never falls below zero again (closure costs may
                               ///< undo the first); none when it ends below zero
  int crossings = 0;           ///< of zero, both ways
  bool operator==(Payback const&) const = default;
};

/// Cumulative flows, straight lines inside a year; none when there is nothing to pay back.
[[nodiscard]] Payback payback(std::span<double const> flows);
/// The same on flows discounted at `rate` to t = 0; none at rate <= -1.
[[nodiscard]] Payback discounted_payback(double rate, std::span<double const> flows);

}  // namespace tidewater::finance
