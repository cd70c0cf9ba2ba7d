#include "profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-9;  // m; a grade may miss its limit by this over a tangent

/// The levels tried at one tangent end.
struct Levels {
  double lowest = 0;
  double step = 1;
  int count = 1;  ///< 0: no level can be reached
  [[nodiscard]] double at(int i) const { return lowest + i * step; }
};

/// What of the problem a sweep reads, by tangent.
class Tangents {
 public:
  Tangents(ProfileProblem const& problem, SectionPrices const& prices)
      : problem_{problem}, prices_{prices}, limits_{grade_limits(problem)} {
    ends_.push_back(0);
    for (std::size_t b = 0; b + 1 < problem.breaks.size(); ++b) {
      divide(problem.breaks[b], problem.breaks[b + 1]);
    }
    climb_.push_back(0);
    descent_.push_back(0);
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      climb_.push_back(climb_.back() + limits_[i].climb * stretch(i));
      descent_.push_back(descent_.back() + limits_[i].descent * stretch(i));
    }
    for (std::size_t n = 0; n + 1 < ends_.size(); ++n) {
      Grades least = limits_[ends_[n]];
      for (std::size_t i = ends_[n]; i < ends_[n + 1]; ++i) {
        least.climb = std::min(least.climb, limits_[i].climb);
        least.descent = std::min(least.descent, limits_[i].descent);
      }
      tightest_.push_back(least);
    }
  }

  [[nodiscard]] std::vector<std::size_t> const& ends() const { return ends_; }  ///< stations
  [[nodiscard]] double length(std::size_t tangent) const {
    return problem_.at[ends_[tangent + 1]] - problem_.at[ends_[tangent]];
  }
  /// Most rise and fall, m, between two stations in order.
  [[nodiscard]] double most_climb(std::size_t from, std::size_t to) const {
    return climb_[to] - climb_[from];
  }
  [[nodiscard]] double most_descent(std::size_t from, std::size_t to) const {
    return descent_[to] - descent_[from];
  }
  /// Cost of a tangent between two levels, given up once it passes `enough`.
  [[nodiscard]] double cost(std::size_t tangent, double from, double to, double enough) const {
    std::size_t const first = ends_[tangent];
    std::size_t const last = ends_[tangent + 1];
    double const rise = to - from;
    double const grade = rise / length(tangent);
    bool const is_even = grade <= tightest_[tangent].climb && -grade <= tightest_[tangent].descent;
    double const steepest = is_even ? std::abs(grade) : steepest_part(tangent, rise);
    double level = from;
    double sum = 0;
    for (std::size_t i = first; i < last && sum < enough; ++i) {
      double const step = stretch_rise(i, rise, steepest);
      double const ground = (problem_.ground[i] + problem_.ground[i + 1]) / 2;
      sum += problem_.factor[i] * stretch(i) *
             prices_.tabled(level + step / 2 - ground, problem_.access[i]);
      level += step;
    }
    return sum;
  }
  /// Levels at the stations of a tangent, its last one left out.
  void lay(std::size_t tangent, double from, double to, std::vector<double>& rail) const {
    double const rise = to - from;
    double const steepest = steepest_part(tangent, rise);
    double level = from;
    for (std::size_t i = ends_[tangent]; i < ends_[tangent + 1]; ++i) {
      rail[i] = level;
      level += stretch_rise(i, rise, steepest);
    }
  }

 private:
  [[nodiscard]] double stretch(std::size_t i) const { return problem_.at[i + 1] - problem_.at[i]; }
  [[nodiscard]] double limit(std::size_t i, double rise) const {
    return rise >= 0 ? limits_[i].climb : limits_[i].descent;
  }
  [[nodiscard]] double stretch_rise(std::size_t i, double rise, double steepest) const {
    return std::copysign(std::min(steepest, limit(i, rise)) * stretch(i), rise);
  }
  /// The one grade of a tangent that rises by `rise`, where stretches that allow less (in curves,
  /// at loops) lie at their own limits.
  [[nodiscard]] double steepest_part(std::size_t tangent, double rise) const {
    double steepest = std::abs(rise) / length(tangent);
    for (;;) {
      double left = std::abs(rise);
      double free = 0;
      for (std::size_t i = ends_[tangent]; i < ends_[tangent + 1]; ++i) {
        bool const is_bound = limit(i, rise) < steepest;
        left -= is_bound ? limit(i, rise) * stretch(i) : 0;
        free += is_bound ? 0 : stretch(i);
      }
      double const steeper = free > 0 ? left / free : steepest;
      if (!(steeper > steepest)) {
        return steepest;
      }
      steepest = steeper;
    }
  }
  /// Tangents of equal numbers of stretches, each at least the shortest length where there is room.
  void divide(std::size_t from, std::size_t to) {
    double const length = problem_.at[to] - problem_.at[from];
    auto const count = static_cast<std::size_t>(
        std::clamp(std::floor(length / problem_.tangent), 1.0, double(to - from)));
    for (std::size_t k = 1; k <= count; ++k) {
      ends_.push_back(from + (to - from) * k / count);
    }
  }

  ProfileProblem const& problem_;
  SectionPrices const& prices_;
  std::vector<Grades> limits_;
  std::vector<std::size_t> ends_;
  std::vector<double> climb_;    ///< m of most rise from the start to each station
  std::vector<double> descent_;  ///< m of most fall
  std::vector<Grades> tightest_;
};

struct Sweep {
  std::vector<double> levels;  ///< at tangent ends; empty when none
  double cost = kNever;
  std::size_t states = 0;
  std::size_t stuck_at = 0;  ///< tangent end
};

/// The best way to arrive at a level.
struct Arrival {
  double cost = kNever;
  std::int32_t from = -1;  ///< level at the tangent's start
};

/// Least cost of reaching `level` at the end of a tangent from any level the grades allow.
Arrival arrival(Tangents const& tangents,
                std::size_t tangent,
                Levels const& old,
                std::vector<double> const& cost,
                double level) {
  std::size_t const start = tangents.ends()[tangent];
  std::size_t const end = tangents.ends()[tangent + 1];
  double const climb = tangents.most_climb(start, end);
  double const descent = tangents.most_descent(start, end);
  double const low = (level - climb - kRounding - old.lowest) / old.step;
  double const high = (level + descent + kRounding - old.lowest) / old.step;
  int const first = static_cast<int>(std::ceil(std::clamp(low, 0.0, double(old.count))));
  int const last = static_cast<int>(std::floor(std::clamp(high, -1.0, old.count - 1.0)));
  Arrival best;
  for (int i = first; i <= last; ++i) {
    double const base = cost[static_cast<std::size_t>(i)];
    if (base >= best.cost) {
      continue;
    }
    double const total = base + tangents.cost(tangent, old.at(i), level, best.cost - base);
    if (total < best.cost) {
      best = {total, i};
    }
  }
  return best;
}

/// One exact sweep over a lattice of levels.
Sweep sweep(Tangents const& tangents, std::vector<Levels> const& lattice) {
  Sweep out;
  std::vector<double> cost(static_cast<std::size_t>(lattice[0].count), 0);
  std::vector<std::vector<std::int32_t>> before(lattice.size());
  for (std::size_t n = 1; n < lattice.size(); ++n) {
    std::vector<double> next;
    bool has_any = false;
    for (int j = 0; j < lattice[n].count; ++j) {
      Arrival const best = arrival(tangents, n - 1, lattice[n - 1], cost, lattice[n].at(j));
      next.push_back(best.cost);
      before[n].push_back(best.from);
      has_any = has_any || best.from >= 0;
    }
    out.states += next.size();
    if (!has_any) {
      out.stuck_at = n;
      return out;
    }
    cost = std::move(next);
  }
  auto const best = std::min_element(cost.begin(), cost.end());
  out.cost = *best;
  auto slot = static_cast<int>(best - cost.begin());
  out.levels.resize(lattice.size());
  for (std::size_t n = lattice.size(); n-- > 0;) {
    out.levels[n] = lattice[n].at(slot);
    slot = n > 0 ? before[n][static_cast<std::size_t>(slot)] : 0;
  }
  return out;
}

/// The level pinned at a station, if any.
std::optional<double> pinned(ProfileProblem const& problem, std::size_t station) {
  for (ProfilePin const& pin : problem.pins) {
    if (pin.station == station) {
      return pin.level;
    }
  }
  return std::nullopt;
}

bool is_nearly_level(Tangents const& tangents, std::size_t end, double step) {
  std::size_t const from = tangents.ends()[end - 1];
  std::size_t const to = tangents.ends()[end];
  return tangents.most_climb(from, to) + tangents.most_descent(from, to) < step;
}

/// The level pinned at or after each tangent end with nothing between but tangents that climb less
/// than a step.
std::vector<std::optional<double>> levels_ahead(ProfileProblem const& problem,
                                                Tangents const& tangents,
                                                double step) {
  std::vector<std::optional<double>> ahead(tangents.ends().size());
  for (std::size_t n = ahead.size(); n-- > 0;) {
    ahead[n] = pinned(problem, tangents.ends()[n]);
    if (!ahead[n] && n + 1 < ahead.size() && is_nearly_level(tangents, n + 1, step)) {
      ahead[n] = ahead[n + 1];
    }
  }
  return ahead;
}

/// The highest level at a station at which the stretches beside it can be priced, however rail
/// climbs there.
double highest_level(ProfileProblem const& problem, Tangents const& tangents, std::size_t station) {
  double out = kNever;
  auto const keep = [&](std::size_t stretch, double off) {
    double const ground = (problem.ground[stretch] + problem.ground[stretch + 1]) / 2;
    out = std::min(out, ground + problem.highest + off);
  };
  if (station > 0) {
    keep(station - 1, tangents.most_climb(station - 1, station) / 2);
  }
  if (station + 1 < problem.at.size()) {
    keep(station, tangents.most_descent(station, station + 1) / 2);
  }
  return out + kRounding;
}

/// Every level the pins and the ruling grades leave, in steps a sixth of what the gentler grade
/// climbs over a tangent.
std::vector<Levels> wide_lattice(ProfileProblem const& problem, Tangents const& tangents) {
  double const lowest_ground = *std::min_element(problem.ground.begin(), problem.ground.end());
  double const floor = lowest_ground - 50;
  double const gentle = std::min(problem.grades.climb, problem.grades.descent);
  double const step = std::clamp(gentle * problem.tangent / 6, 0.05, 2.0);
  auto const ahead = levels_ahead(problem, tangents, step);
  std::vector<Levels> lattice;
  for (std::size_t const station : tangents.ends()) {
    double lowest = floor;
    double highest = highest_level(problem, tangents, station);
    for (ProfilePin const& pin : problem.pins) {
      bool const is_after = station >= pin.station;
      std::size_t const first = std::min(station, pin.station);
      std::size_t const last = std::max(station, pin.station);
      double const rise = tangents.most_climb(first, last);
      double const fall = tangents.most_descent(first, last);
      lowest = std::max(lowest, pin.level - (is_after ? fall : rise));
      highest = std::min(highest, pin.level + (is_after ? rise : fall));
    }
    if (auto const level = pinned(problem, station)) {
      lattice.push_back(
          {*level, step, lowest <= *level + kRounding && *level <= highest + kRounding ? 1 : 0});
    } else {
      // Over tangents that climb less than a step (a level loop or yard), lattices must share their
      // levels, among them that of a pin.
      auto shared = ahead[lattice.size()];
      if (!shared && !lattice.empty() && is_nearly_level(tangents, lattice.size(), step)) {
        shared = lattice.back().lowest;
      }
      if (shared) {
        lowest = *shared + step * std::round((lowest - *shared) / step);
      }
      int const count = highest < lowest - kRounding
                            ? 0
                            : static_cast<int>(std::max(0.0, highest - lowest) / step) + 1;
      lattice.push_back({lowest, step, count});
    }
  }
  return lattice;
}

std::vector<Levels> lattice_around(ProfileProblem const& problem,
                                   Tangents const& tangents,
                                   std::vector<double> const& levels,
                                   double step) {
  constexpr int each_way = 8;
  std::vector<Levels> lattice;
  for (std::size_t n = 0; n < levels.size(); ++n) {
    bool const is_pinned = pinned(problem, tangents.ends()[n]).has_value();
    lattice.push_back(is_pinned ? Levels{levels[n], step, 1}
                                : Levels{levels[n] - each_way * step, step, 2 * each_way + 1});
  }
  return lattice;
}

std::vector<double> rail_at_stations(ProfileProblem const& problem,
                                     Tangents const& tangents,
                                     std::vector<double> const& levels) {
  std::vector<double> rail(problem.at.size());
  for (std::size_t n = 0; n + 1 < tangents.ends().size(); ++n) {
    tangents.lay(n, levels[n], levels[n + 1], rail);
  }
  rail.back() = levels.back();
  return rail;
}

}  // namespace

std::vector<Grades> grade_limits(ProfileProblem const& problem) {
  std::vector<Grades> limits(problem.at.size() - 1, problem.grades);
  for (std::size_t i = 0; i < problem.compensation.size(); ++i) {
    limits[i].climb = std::max(0.0, limits[i].climb - problem.compensation[i]);
    limits[i].descent = std::max(0.0, limits[i].descent - problem.compensation[i]);
  }
  for (FlatWindow const& flat : problem.flats) {
    for (std::size_t i = flat.first; i < flat.end; ++i) {
      limits[i].climb = std::min(limits[i].climb, problem.flat_grade);
      limits[i].descent = std::min(limits[i].descent, problem.flat_grade);
    }
  }
  return limits;
}

Profile design_profile(ProfileProblem const& problem, SectionPrices const& prices) {
  TW_EXPECTS(problem.breaks.size() >= 2 && problem.at.size() >= 2, "a profile has two ends");
  Tangents const tangents{problem, prices};
  auto const lattice = wide_lattice(problem, tangents);
  Sweep best = sweep(tangents, lattice);
  std::size_t states = best.states;
  if (best.levels.empty()) {
    return {
        .rail = {}, .cost = kNever, .states = states, .stuck_at = tangents.ends()[best.stuck_at]};
  }
  double step = lattice.front().step / 4;
  while (step > 0.01) {
    constexpr int most_rounds = 12;
    for (int round = 0; round < most_rounds; ++round) {
      Sweep finer = sweep(tangents, lattice_around(problem, tangents, best.levels, step));
      states += finer.states;
      bool const has_gained = finer.cost < best.cost * (1 - 1e-5);
      if (finer.cost < best.cost) {
        best = std::move(finer);
      }
      if (!has_gained) {
        break;
      }
    }
    step /= 4;
  }
  Profile out{.rail = rail_at_stations(problem, tangents, best.levels),
              .cost = best.cost,
              .states = states,
              .stuck_at = 0};
  for (std::size_t i = 0; i + 1 < problem.at.size(); ++i) {
    double const offset =
        (out.rail[i] + out.rail[i + 1] - problem.ground[i] - problem.ground[i + 1]) / 2;
    out.kinds.push_back(prices.structure(offset, problem.access[i]));
  }
  return out;
}

bool has_profile(ProfileProblem const& problem, SectionPrices const& prices) {
  Tangents const tangents{problem, prices};
  return !sweep(tangents, wide_lattice(problem, tangents)).levels.empty();
}

}  // namespace tidewater::route
