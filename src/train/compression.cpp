/// Compression of a timetable after UIC 406.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/timetable.hpp"

namespace tidewater::train {
namespace {

/// One event must come at least `least` s after another, or after that of `periods` earlier.
struct Distance {
  std::size_t from;
  std::size_t to;
  double least;
  int periods;
};

/// Order in which the paths enter section k within a period.
std::vector<std::size_t> order_in(Timetable const& timetable, std::size_t k) {
  double const period = timetable.period.base();
  auto const at = [&](std::size_t p) {
    double const t = std::fmod(timetable.paths[p].enters[k].base(), period);
    return t < 0 ? t + period : t;
  };
  std::vector<std::size_t> order(timetable.paths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(
      order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return at(a) < at(b); });
  return order;
}

double run(TrainPath const& path, SectionTimes const& section) {
  return (path.way == Way::kUp ? section.up : section.down).base();
}

double gap(TrainPath const& first, TrainPath const& next, SectionRules const& rules) {
  return (first.way == next.way ? rules.following : rules.opposing).base();
}

/// The distances between entering events; event p n + k is path p entering section k.
std::vector<Distance> distances(Timetable const& timetable,
                                std::span<SectionTimes const> sections,
                                SectionRules const& rules) {
  double const period = timetable.period.base();
  std::size_t const n = sections.size();
  auto const& paths = timetable.paths;
  std::vector<Distance> all;
  for (std::size_t p = 0; p < paths.size(); ++p) {
    for (std::size_t k = 0; k + 1 < n; ++k) {
      bool const up = paths[p].way == Way::kUp;
      std::size_t const from = up ? k : k + 1;
      all.push_back({p * n + from, p * n + (up ? k + 1 : k), run(paths[p], sections[from]), 0});
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    auto const order = order_in(timetable, k);
    for (std::size_t i = 0; i < order.size(); ++i) {
      std::size_t const a = order[i];
      std::size_t const b = order[(i + 1) % order.size()];
      // Which turn of b follows which turn of a: events are kept unwrapped, as they are stated.
      double const apart = (paths[b].enters[k] - paths[a].enters[k]).base();
      double const ahead = std::ceil(-apart / period + (a == b ? 0.5 : 1e-9));
      all.push_back({a * n + k,
                     b * n + k,
                     run(paths[a], sections[k]) + gap(paths[a], paths[b], rules),
                     static_cast<int>(a == b ? 1.0 : ahead)});
    }
  }
  return all;
}

/// Can all distances be kept with this period? (No cycle that needs more time than it has.)
bool holds(std::vector<Distance> const& distances, std::size_t events, double period) {
  std::vector<double> at(events, 0.0);
  for (std::size_t round = 0; round <= events; ++round) {
    bool moved = false;
    for (auto const& d : distances) {
      double const least = at[d.from] + d.least - d.periods * period;
      if (least > at[d.to] + 1e-9) {
        at[d.to] = least;
        moved = true;
      }
    }
    if (!moved) {
      return true;
    }
  }
  return false;
}

}  // namespace

Compression compress(Timetable const& timetable,
                     std::span<SectionTimes const> sections,
                     SectionRules const& rules) {
  TW_EXPECTS(conflicts(timetable, sections, rules).empty(), "a timetable without conflicts");
  Compression out{.sections = std::vector<double>(sections.size(), 0.0)};
  auto const& paths = timetable.paths;
  if (paths.empty()) {
    return out;
  }
  for (std::size_t k = 0; k < sections.size(); ++k) {
    auto const order = order_in(timetable, k);
    double busy = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      auto const& path = paths[order[i]];
      busy += run(path, sections[k]) + gap(path, paths[order[(i + 1) % order.size()]], rules);
    }
    out.sections[k] = busy / timetable.period.base();
    out.critical = out.sections[k] > out.sections[out.critical] ? k : out.critical;
  }
  auto const all = distances(timetable, sections, rules);
  double impossible = out.sections[out.critical] * timetable.period.base();
  double possible = timetable.period.base();
  if (holds(all, paths.size() * sections.size(), impossible * (1 + 1e-9))) {
    possible = impossible;
  }
  while (possible - impossible > 1e-6 * timetable.period.base()) {
    double const middle = 0.5 * (possible + impossible);
    (holds(all, paths.size() * sections.size(), middle) ? possible : impossible) = middle;
  }
  out.line = possible / timetable.period.base();
  return out;
}

}  // namespace tidewater::train
