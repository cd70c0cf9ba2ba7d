#pragma once
/// Every rate of return of a sum of dated amounts: the root finder behind irr and xirr.

#include <vector>

#include "tidewater/finance/measures.hpp"

namespace tidewater::finance {

struct TimedAmount {
  double time = 0;  ///< periods or years
  double amount = 0;
};

enum class Spacing {
  kWholePeriods,  ///< times are 0, 1, 2, ...: polynomials, evaluated by Horner's rule
  kAnyTimes       ///< strictly increasing times: sums of exponentials
};

/// `terms` by strictly increasing time; zeros anywhere are allowed.
[[nodiscard]] RateOfReturn rates_of_return(std::vector<TimedAmount> terms, Spacing spacing);

}  // namespace tidewater::finance
