#include <algorithm>
#include <cmath>
#include <limits>

#include "profile.hpp"

namespace tidewater::route {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kReach = 0.25;   // of the spacing: how far a window may lie from its even place
constexpr double kRamp = 10'000;  // m: how far the way back to the profile is followed

/// What flat windows are weighed by: the price of a profile, given and bent.
class WindowPrice {
 public:
  WindowPrice(ProfileProblem const& problem,
              SectionPrices const& prices,
              std::vector<double> const& rail,
              double grade)
      : problem_{problem},
        prices_{prices},
        rail_{rail},
        limits_{grade_limits(problem)},
        grade_{grade} {
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      double const own = price(i, rail_[i], rail_[i + 1]);
      own_.push_back(std::isfinite(own) ? own : 0);  // a limit touched to within rounding
    }
  }

  /// Money more than the given profile costs, with a stretch of even grade in the window and ramps
  /// at the limits on either side until they meet the profile; the best of some levels.
  [[nodiscard]] double extra(FlatWindow window) const {
    constexpr int shifts = 4;  // each way, of a metre
    double best = kNever;
    for (int k = -shifts; k <= shifts; ++k) {
      best = std::min(best, extra(window, double(k)));
    }
    return best;
  }

 private:
  [[nodiscard]] double length(std::size_t i) const { return problem_.at[i + 1] - problem_.at[i]; }
  [[nodiscard]] double price(std::size_t i, double from, double to) const {
    double const ground = (problem_.ground[i] + problem_.ground[i + 1]) / 2;
    double const per_metre = prices_.tabled((from + to) / 2 - ground, problem_.access[i]);
    return problem_.factor[i] * length(i) * per_metre;
  }
  [[nodiscard]] double extra(FlatWindow w, double shift) const {
    double const span = problem_.at[w.end] - problem_.at[w.first];
    double const grade = std::clamp((rail_[w.end] - rail_[w.first]) / span, -grade_, grade_);
    double const middle = (rail_[w.first] + rail_[w.end]) / 2 + shift;
    double const start = middle - grade * span / 2;
    double sum = 0;
    for (std::size_t i = w.first; i < w.end; ++i) {
      double const here = start + grade * (problem_.at[i] - problem_.at[w.first]);
      double const flat = price(i, here, here + grade * length(i));
      // A loop on a bridge or in a tunnel needs it twice.
      double const offset =
          here + grade * length(i) / 2 - (problem_.ground[i] + problem_.ground[i + 1]) / 2;
      bool const is_doubled = !is_earth(prices_.structure(offset, problem_.access[i]));
      sum += (is_doubled ? 2 : 1) * flat - own_[i];
    }
    return sum + ramp_on(w.end, start + grade * span) + ramp_back(w.first, start);
  }
  [[nodiscard]] double ramp_on(std::size_t from, double level) const {
    double sum = 0;
    for (std::size_t i = from; i < own_.size(); ++i) {
      if (problem_.at[i] - problem_.at[from] > kRamp) {
        break;
      }
      double const next = std::clamp(rail_[i + 1],
                                     level - limits_[i].descent * length(i),
                                     level + limits_[i].climb * length(i));
      sum += price(i, level, next) - own_[i];
      if (next == rail_[i + 1]) {
        return sum;
      }
      level = next;
    }
    return from == own_.size() ? pinned_end(level, rail_.back()) : sum;
  }
  [[nodiscard]] double ramp_back(std::size_t from, double level) const {
    double sum = 0;
    for (std::size_t i = from; i-- > 0;) {
      if (problem_.at[from] - problem_.at[i] > kRamp) {
        break;
      }
      double const next = std::clamp(
          rail_[i], level - limits_[i].climb * length(i), level + limits_[i].descent * length(i));
      sum += price(i, next, level) - own_[i];
      if (next == rail_[i]) {
        return sum;
      }
      level = next;
    }
    return from == 0 ? pinned_end(level, rail_.front()) : sum;
  }
  [[nodiscard]] static double pinned_end(double level, double pin) {
    return std::abs(level - pin) > 1e-6 ? kNever : 0;
  }

  ProfileProblem const& problem_;
  SectionPrices const& prices_;
  std::vector<double> const& rail_;
  std::vector<Grades> limits_;
  std::vector<double> own_;
  double grade_;
};

}  // namespace

std::vector<FlatWindow> yard_windows(ProfileProblem const& problem, FlatRule const& rule) {
  constexpr double rounding = 1e-6;  // m
  auto const& at = problem.at;
  std::size_t const stretches = at.size() - 1;
  std::size_t first_end = 0;
  while (first_end < stretches && at[first_end] - at.front() < rule.from_yard - rounding) {
    ++first_end;
  }
  std::size_t last_begin = stretches;
  while (last_begin > 0 && at.back() - at[last_begin] < rule.to_yard - rounding) {
    --last_begin;
  }
  std::vector<FlatWindow> out;
  for (FlatWindow const& yard : {FlatWindow{0, first_end, FlatWindow::Use::kFromYard},
                                 FlatWindow{last_begin, stretches, FlatWindow::Use::kToYard}}) {
    if (yard.first < yard.end) {
      out.push_back(yard);
    }
  }
  return out;
}

std::vector<FlatWindow> flat_windows(ProfileProblem const& problem,
                                     SectionPrices const& prices,
                                     Profile const& profile,
                                     FlatRule const& rule) {
  std::vector<FlatWindow> out;
  std::size_t begin = 0;
  std::size_t limit = problem.at.size() - 1;
  for (FlatWindow const& yard : problem.flats) {
    bool const is_first = yard.use == FlatWindow::Use::kFromYard;
    (is_first ? begin : limit) = is_first ? yard.end : yard.first;
  }
  double const whole = problem.at.back() - problem.at.front();
  double const spacing = whole / (rule.loops + 1);
  WindowPrice const price{problem, prices, profile.rail, rule.grade};
  bool const is_planned = rule.planned.size() == static_cast<std::size_t>(std::max(0, rule.loops));
  double const reach = is_planned ? rule.near_plan : kReach * spacing;
  for (int k = 1; k <= rule.loops; ++k) {
    double const wanted = is_planned ? rule.planned[static_cast<std::size_t>(k) - 1]
                                     : problem.at.front() + k * spacing;
    FlatWindow best;
    double least = kNever;
    double nearest = kNever;
    std::size_t const open = out.empty() ? begin : out.back().end;
    for (std::size_t first = open, end = open; first < limit; ++first) {
      while (end < limit && problem.at[end] - problem.at[first] < rule.length) {
        ++end;
      }
      double const away = std::abs((problem.at[first] + problem.at[end]) / 2 - wanted);
      bool const is_long = problem.at[end] - problem.at[first] >= rule.length - 1e-6;
      if (!is_long || away > reach) {
        continue;
      }
      double const extra = price.extra({first, end});
      if (extra < least || (extra == least && away < nearest)) {
        best = {first, end};
        least = extra;
        nearest = away;
      }
    }
    if (std::isfinite(least)) {
      out.push_back(best);
    }
  }
  return out;
}

}  // namespace tidewater::route
