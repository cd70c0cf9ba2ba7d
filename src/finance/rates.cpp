#include "rates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <boost/math/tools/toms748_solve.hpp>
#include <fmt/format.h>

namespace tidewater::finance {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
// Beyond these ln(1 + r), r is not a number (above) or rounds to -1 (below).
constexpr double kHighest = 690.0;
constexpr double kLowest = -34.5;

struct Value {
  double sum = 0;
  double size = 0;  ///< sum of absolute terms: what rounding is relative to
};

int sign_of(double x) {
  return x > 0 ? 1 : (x < 0 ? -1 : 0);
}

int sign_changes(std::vector<double> const& c) {
  int changes = 0;
  int last = 0;
  for (double const x : c) {
    int const s = sign_of(x);
    changes += s != 0 && last != 0 && s != last ? 1 : 0;
    last = s != 0 ? s : last;
  }
  return changes;
}

/// F(s) = sum c_j exp(-s t_j), divided by its largest exponential so that nothing overflows: only
/// the sign and the relative size matter.
class ExponentialSum {
 public:
  ExponentialSum(std::vector<double> const& times, Spacing spacing)
      : times_{times}, spacing_{spacing} {}

  [[nodiscard]] Value operator()(std::vector<double> const& c, double s) const {
    return spacing_ == Spacing::kWholePeriods ? horner(c, s) : exponentials(c, s);
  }

 private:
  // Powers fall away from the first term at s >= 0, from the last at s < 0.
  [[nodiscard]] static Value horner(std::vector<double> const& c, double s) {
    double const x = std::exp(-std::abs(s));
    Value v;
    auto const fold = [&v, x](double a) {
      v.sum = v.sum * x + a;
      v.size = v.size * x + std::abs(a);
    };
    if (s >= 0) {
      std::for_each(c.rbegin(), c.rend(), fold);
    } else {
      std::for_each(c.begin(), c.end(), fold);
    }
    return v;
  }
  [[nodiscard]] Value exponentials(std::vector<double> const& c, double s) const {
    double const anchor = s >= 0 ? times_.front() : times_.back();
    Value v;
    for (std::size_t j = 0; j < c.size(); ++j) {
      double const term = c[j] * std::exp(-s * (times_[j] - anchor));
      v.sum += term;
      v.size += std::abs(term);
    }
    return v;
  }

  std::vector<double> const& times_;
  Spacing spacing_;
};

/// Coefficients of d/ds of exp(s tau) F(s), one sign change fewer, scaled to at most 1.
std::vector<double> descend(std::vector<double> const& c, std::vector<double> const& times) {
  // The sign change nearest the middle in time: keeps the factors (tau - t) of like size.
  double const middle = 0.5 * (times.front() + times.back());
  double tau = times.front();
  double nearest = std::numeric_limits<double>::infinity();
  std::size_t last = 0;
  bool seen = false;
  for (std::size_t j = 0; j < c.size(); ++j) {
    if (c[j] == 0) {
      continue;
    }
    if (seen && sign_of(c[j]) != sign_of(c[last])) {
      double const between = 0.5 * (times[j] + times[last]);
      if (std::abs(between - middle) < nearest) {
        nearest = std::abs(between - middle);
        tau = between;
      }
    }
    last = j;
    seen = true;
  }
  std::vector<double> out(c.size());
  double largest = 0;
  for (std::size_t j = 0; j < c.size(); ++j) {
    out[j] = c[j] * (tau - times[j]);
    largest = std::max(largest, std::abs(out[j]));
  }
  for (double& x : out) {
    x /= largest;
  }
  return out;
}

struct Root {
  double s = 0;
  RootKind kind = RootKind::kCrossing;
};

/// A place on the line and the sign of F there; 0 = lost in rounding.
struct Mark {
  double s = 0;
  int sign = 0;
};

/// One level of the descent: its coefficients, how finely its roots are wanted.
struct Level {
  ExponentialSum const& sum;
  std::vector<double> const& c;
  double tolerance;  ///< in s

  [[nodiscard]] int sign_at(double s) const {
    auto const [value, size] = sum(c, s);
    double const noise = 4 * kEpsilon * static_cast<double>(c.size()) * size;
    return std::abs(value) <= noise ? 0 : sign_of(value);
  }
  /// The root inside [low, high], whose ends have opposite signs.
  [[nodiscard]] double close_in(double low, double high) const {
    auto const f = [this](double s) { return sum(c, s).sum; };
    double const f_low = f(low);
    double const f_high = f(high);
    if (f_low == 0 || f_high == 0) {
      return f_low == 0 ? low : high;
    }
    auto const done = [this](double a, double b) {
      return std::abs(b - a) <=
             std::max(tolerance, 4 * kEpsilon * std::max(std::abs(a), std::abs(b)));
    };
    std::uintmax_t most = 200;
    auto const [a, b] = boost::math::tools::toms748_solve(f, low, high, f_low, f_high, done, most);
    return std::abs(f(a)) < std::abs(f(b)) ? a : b;
  }
  /// Walks from `from` towards a limit until the sign is that of the limit, or to the end of what
  /// a rate can be: then the sign found there.
  [[nodiscard]] Mark far_mark(double from, double step, int limit_sign) const {
    double s = from;
    do {
      s = std::clamp(s + step, kLowest, kHighest);
      step *= 2;
    } while (sign_at(s) != limit_sign && s < kHighest && s > kLowest);
    int const sign = sign_of(sum(c, s).sum);
    return {s, sign != 0 ? sign : limit_sign};
  }
};

/// Roots of a level, given the roots of the level below (ends of its monotone pieces).
std::vector<Root> roots_between(Level const& level,
                                std::vector<Root> const& cuts,
                                double first_step) {
  // Far right only the first term counts, far left only the last.
  auto const nonzero = [](double x) { return x != 0; };
  int const at_left = sign_of(*std::find_if(level.c.rbegin(), level.c.rend(), nonzero));
  int const at_right = sign_of(*std::find_if(level.c.begin(), level.c.end(), nonzero));
  double const start = cuts.empty() ? 0.0 : cuts.front().s;
  double const end = cuts.empty() ? 0.0 : cuts.back().s;

  std::vector<Mark> marks;
  marks.reserve(cuts.size() + 3);
  marks.push_back(level.far_mark(start, -first_step, at_left));
  for (Root const& cut : cuts) {
    marks.push_back({cut.s, level.sign_at(cut.s)});
  }
  marks.push_back(level.far_mark(end, first_step, at_right));

  std::vector<Root> roots;
  Mark last = marks.front();
  for (std::size_t i = 1; i < marks.size(); ++i) {
    if (marks[i].sign == 0) {
      continue;  // settled when the next sign is known
    }
    if (marks[i - 1].sign == 0) {  // a run of zeros: one root of the level, at its stationary point
      auto const kind = last.sign == marks[i].sign ? RootKind::kTouching : RootKind::kCrossing;
      roots.push_back({marks[i - 1].s, kind});
    } else if (last.sign != marks[i].sign) {
      roots.push_back({level.close_in(last.s, marks[i].s), RootKind::kCrossing});
    }
    last = marks[i];
  }
  return roots;
}

std::vector<Root> real_roots(std::vector<double> const& times,
                             std::vector<double> const& amounts,
                             Spacing spacing) {
  ExponentialSum const sum{times, spacing};
  std::vector<std::vector<double>> levels{amounts};
  while (sign_changes(levels.back()) > 0) {
    levels.push_back(descend(levels.back(), times));
  }
  double const first_step = 1.0 / std::max(1.0, times.back() - times.front());
  std::vector<Root> roots;
  for (std::size_t k = levels.size() - 1; k-- > 0;) {
    // The ends of monotone pieces need not be exact: a stationary value moves with their square.
    double const tolerance = k == 0 ? 1e-17 : 1e-11;
    roots = roots_between({sum, levels[k], tolerance}, roots, first_step);
  }
  return roots;
}

void drop_zero_ends(std::vector<TimedAmount>& terms) {
  auto const zero = [](TimedAmount const& t) { return t.amount == 0; };
  while (!terms.empty() && zero(terms.back())) {
    terms.pop_back();
  }
  auto const first = std::find_if_not(terms.begin(), terms.end(), zero);
  terms.erase(terms.begin(), first);
}

}  // namespace

RateOfReturn rates_of_return(std::vector<TimedAmount> terms, Spacing spacing) {
  RateOfReturn out;
  drop_zero_ends(terms);
  if (terms.empty()) {
    out.reason = "there are no cash flows";
    return out;
  }
  std::vector<double> times;
  std::vector<double> amounts;
  double largest = 0;
  for (auto const& [time, amount] : terms) {
    if (!std::isfinite(amount) || !std::isfinite(time)) {
      out.reason = "a cash flow is not a finite number";
      return out;
    }
    times.push_back(time);
    amounts.push_back(amount);
    largest = std::max(largest, std::abs(amount));
  }
  for (double& a : amounts) {
    a /= largest;
  }
  out.sign_changes = sign_changes(amounts);
  if (out.sign_changes == 0) {
    out.profile = FlowProfile::kOneSigned;
    out.reason = amounts.front() > 0 ? "all cash flows come in: no rate brings them to zero"
                                     : "all cash flows go out: no rate brings them to zero";
    return out;
  }
  out.profile = amounts.front() < 0 ? FlowProfile::kInvesting : FlowProfile::kBorrowing;
  for (Root const& root : real_roots(times, amounts, spacing)) {
    double const rate = std::expm1(root.s);
    if (rate > -1 && std::isfinite(rate)) {
      out.roots.push_back({rate, root.kind});
    }
  }
  if (out.roots.empty()) {
    out.reason = fmt::format(
        "the net present value changes sign at no rate above -100 %, although the cash flows "
        "change sign {} times",
        out.sign_changes);
  }
  return out;
}

Measured<double> RateOfReturn::only() const {
  if (roots.size() == 1) {
    return roots.front().rate;
  }
  if (roots.empty()) {
    return Measured<double>::none(reason.empty() ? "not computed" : reason);
  }
  return Measured<double>::none(
      fmt::format("{} rates bring the net present value to zero, the lowest {:.4g} %, the highest "
                  "{:.4g} %: see the modified rate",
                  roots.size(),
                  100 * roots.front().rate,
                  100 * roots.back().rate));
}

}  // namespace tidewater::finance
