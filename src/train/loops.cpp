#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/capacity.hpp"

namespace tidewater::train {
namespace {

constexpr double kTie = 1e-9;  // relative: sections or capacities that differ by less are equal

/// A place for a loop and the time of a meeting pair up to it, s.
struct Site {
  Length post;
  double pair;
};

std::vector<Site> sorted_sites(PairTimes const& times, std::span<Length const> sites) {
  std::vector<Site> sorted;
  for (Length const post : sites) {
    if (post > times.posts.front() && post < times.posts.back()) {
      sorted.push_back({post, times.between(times.posts.front(), post).pair().base()});
    }
  }
  std::sort(
      sorted.begin(), sorted.end(), [](Site const& a, Site const& b) { return a.post < b.post; });
  return sorted;
}

struct Placement {
  std::vector<Length> loops;
  double longest = 0;  ///< pair time of the longest section, s
};

/// From the first end, each loop at the last site that keeps its section within `bound`: no
/// placement needs fewer loops. None when some gap between sites is wider than the bound.
std::optional<Placement> greedy(std::vector<Site> const& sites, double whole, double bound) {
  Placement placement;
  double at = 0;
  auto next = sites.begin();
  while (whole - at > bound) {
    auto const beyond = std::upper_bound(
        next, sites.end(), at + bound, [](double reach, Site const& s) { return reach < s.pair; });
    if (beyond == next) {
      return std::nullopt;
    }
    Site const& chosen = *std::prev(beyond);
    placement.loops.push_back(chosen.post);
    placement.longest = std::max(placement.longest, chosen.pair - at);
    at = chosen.pair;
    next = beyond;
  }
  placement.longest = std::max(placement.longest, whole - at);
  return placement;
}

}  // namespace

std::vector<Length> loop_sites(Line const& line, LoopRule const& rule) {
  TW_EXPECTS(rule.spacing > Length{} && rule.length > Length{}, "loops have length and spacing");
  std::vector<Length> sites;
  std::size_t first = 0;  // first section that reaches into the loop
  for (Length middle = line.begin() + 0.5 * rule.length; middle + 0.5 * rule.length <= line.end;
       middle += rule.spacing) {
    Length const from = middle - 0.5 * rule.length;
    Length const to = middle + 0.5 * rule.length;
    while (first + 1 < line.sections.size() && line.sections[first + 1].from <= from) {
      ++first;
    }
    bool flat = true;
    for (std::size_t i = first; i < line.sections.size() && line.sections[i].from < to; ++i) {
      flat = flat && std::abs(line.sections[i].grade) <= rule.max_grade;
    }
    if (flat) {
      sites.push_back(middle);
    }
  }
  return sites;
}

LoopPlan place_loops(PairTimes const& times,
                     std::span<Length const> sites,
                     int loops,
                     Time allowance) {
  TW_EXPECTS(loops >= 0, "loops are counted from zero");
  auto const candidates = sorted_sites(times, sites);
  double const whole = times.between(times.posts.front(), times.posts.back()).pair().base();
  Placement best{.loops = {}, .longest = whole};
  double impossible = 0;
  // Every success tightens the bound to what was really reached, so the end is within kTie of the
  // exact optimum.
  while (best.longest - impossible > kTie * whole) {
    double const bound = 0.5 * (best.longest + impossible);
    auto const found = greedy(candidates, whole, bound);
    if (found && found->loops.size() <= static_cast<std::size_t>(loops)) {
      best = *found;
    } else {
      impossible = bound;
    }
  }
  LoopPlan plan{.loops = best.loops};
  plan.capacity = line_capacity(times, plan.loops, allowance);
  return plan;
}

std::vector<LoopPlan> capacity_curve(PairTimes const& times,
                                     std::span<Length const> sites,
                                     int max_loops,
                                     Time allowance) {
  std::vector<LoopPlan> curve;
  for (int n = 0; n <= max_loops; ++n) {
    curve.push_back(place_loops(times, sites, n, allowance));
  }
  return curve;
}

NextLoop next_loop(PairTimes const& times,
                   std::span<Length const> existing,
                   std::span<Length const> sites,
                   Time allowance) {
  LineCapacity const now = line_capacity(times, existing, allowance);
  auto const& critical = now.sections[now.critical];
  NextLoop next{.before = now.capacity, .after = now.capacity};
  std::vector<Length> loops(existing.begin(), existing.end());
  loops.push_back(Length{});
  // Only a loop inside the critical section can raise the capacity of the line.
  for (Length const site : sites) {
    if (site <= critical.from || site >= critical.to) {
      continue;
    }
    loops.back() = site;
    Rate const capacity = line_capacity(times, loops, allowance).capacity;
    if (capacity > next.after * (1.0 + kTie)) {
      next.found = true;
      next.at = site;
      next.after = capacity;
    }
  }
  next.reason = fmt::format("the section from km {:.1f} to km {:.1f} binds",
                            critical.from.in(units::km),
                            critical.to.in(units::km));
  if (!next.found) {
    next.reason += " and no single loop relieves it: it has no site, or another section ties";
  }
  return next;
}

}  // namespace tidewater::train
