#include "tidewater/base/random.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "tidewater/base/contract.hpp"

#include "philox.hpp"

namespace tidewater {

namespace {
__extension__ using Wide = unsigned __int128;  // g++ and clang both have it; ISO C++ does not
}  // namespace

std::uint32_t stream_hash(std::string_view entity, std::string_view purpose) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  auto const eat = [&h](std::string_view text) {
    for (char const c : text) {
      h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    h = (h ^ 0xffU) * 0x100000001b3ULL;  // a separator no text holds: ("ab","c") is not ("a","bc")
  };
  eat(entity);
  eat(purpose);
  h ^= h >> 33U;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33U;
  return static_cast<std::uint32_t>(h);
}

void Stream::refill() {
  words_ = philox(seed_, block_, stream_, replication_);
  block_ += 4;
  next_ = 0;
  ahead_of_ = static_cast<std::uint32_t>(words_.size());
}

double Stream::exponential(double mean) {
  if (next_ == words_.size()) {
    refill();
  }
  double const log = ahead_of_ == next_ ? ahead_ : natural_log(uniform_of(words_[next_]));
  ahead_of_ = ++next_;
  if (next_ < words_.size()) {
    ahead_ = natural_log(uniform_of(words_[next_]));
  }
  return -mean * log;
}

double Stream::normal() {
  return normal_quantile(uniform());
}

double Stream::triangular(double low, double mode, double high) {
  double const u = uniform();
  double const span = high - low;
  if (!(span > 0)) {
    return mode;
  }
  double const split = (mode - low) / span;
  return u < split ? low + std::sqrt(u * span * (mode - low))
                   : high - std::sqrt((1 - u) * span * (high - mode));
}

std::uint64_t Stream::below(std::uint64_t n) {
  TW_EXPECTS(n >= 1, "a draw below zero has no answer");
  return static_cast<std::uint64_t>((static_cast<Wide>(bits()) * n) >> 64U);
}

namespace {

// ln x for x in [1/2, 2] by its series in (x - 1) / (x + 1); for the table only.
constexpr double log_by_series(double x) {
  double const t = (x - 1) / (x + 1);
  double sum = 0;
  for (int k = 61; k >= 1; k -= 2) {
    sum = sum * t * t + 1.0 / k;
  }
  return 2 * t * sum;
}

// For each 128th c of the significands: 1/c and ln c. A significand m within 1/256 of c is c (1 +
// r) with r = m/c - 1, |r| <= 1/256. Significands are taken from [3/4, 3/2), so that those nearest
// 1 have c = 1 and r = m - 1 exactly: no digit is lost where the logarithm passes through zero.
struct LogStep {
  double inverse;
  double log;
};
constexpr int kLogSteps = 128;
constexpr std::array<LogStep, kLogSteps> log_table() {
  std::array<LogStep, kLogSteps> table{};
  for (int i = 0; i < kLogSteps; ++i) {
    // i counts 128ths of [1, 2); the upper half stands for [3/4, 1).
    double const start = 1 + i / 128.0;
    double const c = i < kLogSteps / 2 ? start : start / 2;
    table[static_cast<std::size_t>(i)] = {1 / c, log_by_series(c)};
  }
  return table;
}
constexpr std::array<LogStep, kLogSteps> kLogTable = log_table();

using Coefficients = std::array<double, 8>;  ///< of the seventh power first
/// A quotient of two polynomials of r.
struct Rational {
  Coefficients above;
  Coefficients below;
};
constexpr Rational kMiddle{{2509.0809287301226727,
                            33430.575583588128105,
                            67265.770927008700853,
                            45921.953931549871457,
                            13731.693765509461125,
                            1971.5909503065514427,
                            133.14166789178437745,
                            3.387132872796366608},
                           {5226.495278852545925,
                            28729.085735721942674,
                            39307.89580009271061,
                            21213.794301586595867,
                            5394.1960214247511077,
                            687.1870074920579083,
                            42.313330701600911252,
                            1.0}};
constexpr Rational kFlank{{7.7454501427834140764e-4,
                           0.0227238449892691845833,
                           0.24178072517745061177,
                           1.27045825245236838258,
                           3.64784832476320460504,
                           5.7694972214606914055,
                           4.6303378461565452959,
                           1.42343711074968357734},
                          {1.05075007164441684324e-9,
                           5.475938084995344946e-4,
                           0.0151986665636164571966,
                           0.14810397642748007459,
                           0.68976733498510000455,
                           1.6763848301838038494,
                           2.05319162663775882187,
                           1.0}};
constexpr Rational kTail{{2.01033439929228813265e-7,
                          2.71155556874348757815e-5,
                          0.0012426609473880784386,
                          0.026532189526576123093,
                          0.29656057182850489123,
                          1.7848265399172913358,
                          5.4637849111641143699,
                          6.6579046435011037772},
                         {2.04426310338993978564e-15,
                          1.4215117583164458887e-7,
                          1.8463183175100546818e-5,
                          7.868691311456132591e-4,
                          0.0148753612908506148525,
                          0.13692988092273580531,
                          0.59983220655588793769,
                          1.0}};

constexpr double polynomial(Coefficients const& coefficients, double r) {
  double value = coefficients[0];
  for (std::size_t i = 1; i < coefficients.size(); ++i) {
    value = value * r + coefficients[i];
  }
  return value;
}

}  // namespace

double natural_log(double x) {
  TW_DEBUG(x >= std::numeric_limits<double>::min() && x < std::numeric_limits<double>::infinity(),
           "a logarithm is taken of a positive, normal number");
  // Nearest 128th of the significand in [1, 2); 1.5 and above is halved and counts one more power.
  auto const bits = std::bit_cast<std::uint64_t>(x);
  std::uint64_t const rounded = bits + (std::uint64_t{1} << 44U);
  std::uint64_t const step = (rounded >> 45U) & 127U;
  std::uint64_t const halves = step >> 6U;
  auto const power = static_cast<std::int64_t>((rounded >> 52U) + halves) - 1023;
  double const m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(power) << 52U));
  auto const [inverse, log_c] = kLogTable[step];
  double const r = m * inverse - 1;
  double const r2 = r * r;
  double const tail = (-1.0 / 2 + r * (1.0 / 3)) +
                      r2 * ((-1.0 / 4 + r * (1.0 / 5)) + r2 * (-1.0 / 6 + r * (1.0 / 7)));
  return static_cast<double>(power) * std::numbers::ln2 + log_c + (r + r2 * tail);
}

double normal_quantile(double p) {
  TW_EXPECTS(p > 0 && p < 1, "a probability lies strictly between 0 and 1");
  double const q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    double const r = 0.180625 - q * q;
    return q * polynomial(kMiddle.above, r) / polynomial(kMiddle.below, r);
  }
  double const r = std::sqrt(-natural_log(q < 0 ? p : 1 - p));
  double const off = r <= 5 ? r - 1.6 : r - 5;
  Rational const& side = r <= 5 ? kFlank : kTail;
  double const value = polynomial(side.above, off) / polynomial(side.below, off);
  return q < 0 ? -value : value;
}

}  // namespace tidewater
