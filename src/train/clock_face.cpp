/// One train each way every interval over a single track with loops.
///
/// Let phase k be the time from the gap after an up train's leaving section k to a down train's
/// entering it, modulo the interval I. It fits when 0 <= phase <= headroom k = I - up - down -
/// gaps. Without waiting the phase falls by up + down of the next section from one section to the
/// next; waiting lets it fall further. So: from some first phase, wait in each loop as little as
/// brings the phase to where it fits.

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/timetable.hpp"

namespace tidewater::train {
namespace {

constexpr double kRounding = 1e-9;  // s

struct Problem {
  std::vector<double> pair;      // up + down of each section, s
  std::vector<double> headroom;  // s
  double interval;               // s
};

struct Waits {
  std::vector<double> in_loop;  // s
  double sum = 0;
};

/// Least waiting from this first phase. Higher phases reach all that lower ones do, so waiting as
/// little as possible in each loop is best.
Waits waits_from(Problem const& problem, double phase) {
  Waits waits;
  for (std::size_t k = 1; k < problem.pair.size(); ++k) {
    phase -= problem.pair[k];
    double const turns = std::floor((phase + kRounding) / problem.interval);
    double const within = phase - turns * problem.interval;
    double const wait = std::max(0.0, within - problem.headroom[k]);
    phase -= wait;
    waits.in_loop.push_back(wait > kRounding ? wait : 0.0);
    waits.sum += waits.in_loop.back();
  }
  return waits;
}

/// First phases where the least waiting can change its course: those that bring the phase of some
/// section, without waiting, to an end of where it fits. Between them waiting grows with the phase.
std::vector<double> first_phases(Problem const& problem) {
  std::vector<double> phases{0.0, problem.headroom[0]};
  double fall = 0;
  for (std::size_t k = 1; k < problem.pair.size(); ++k) {
    fall += problem.pair[k];
    for (double const end : {0.0, problem.headroom[k]}) {
      double const phase = std::fmod(fall + end, problem.interval);
      if (phase <= problem.headroom[0]) {
        phases.push_back(phase);
      }
    }
  }
  std::sort(phases.begin(), phases.end());
  return phases;
}

Timetable laid_out(std::span<SectionTimes const> sections,
                   Waits const& waits,
                   double first,
                   Time interval,
                   Way waiting) {
  std::size_t const n = sections.size();
  TrainPath up{.way = Way::kUp, .enters = std::vector<Time>(n), .leaves = std::vector<Time>(n)};
  TrainPath down{.way = Way::kDown, .enters = up.enters, .leaves = up.leaves};
  for (std::size_t k = 0; k < n; ++k) {
    Time const stands{k > 0 && waiting == Way::kUp ? waits.in_loop[k - 1] : 0.0};
    up.enters[k] = k == 0 ? Time{} : up.leaves[k - 1] + stands;
    up.leaves[k] = up.enters[k] + sections[k].up;
  }
  // Backwards in its own time, so that its first section's phase is the one wanted.
  for (std::size_t k = 0; k < n; ++k) {
    Time const stands{k > 0 && waiting == Way::kDown ? waits.in_loop[k - 1] : 0.0};
    down.leaves[k] = k == 0 ? Time{first} + sections[0].down : down.enters[k - 1] - stands;
    down.enters[k] = down.leaves[k] - sections[k].down;
  }
  // Whole intervals later, so that no time is before the up train's start.
  double const late = std::ceil(-down.enters[n - 1].base() / interval.base() - kRounding);
  for (std::size_t k = 0; k < n; ++k) {
    down.enters[k] += late * interval;
    down.leaves[k] += late * interval;
  }
  return {.paths = {std::move(up), std::move(down)}, .period = interval};
}

}  // namespace

std::variant<ClockFace, NoTimetable> clock_face(std::span<SectionTimes const> sections,
                                                SectionRules const& rules,
                                                Time interval,
                                                Way waits) {
  TW_EXPECTS(!sections.empty() && interval > Time{}, "a line has sections, a clock an interval");
  TW_EXPECTS(rules.loop_tracks >= 2, "trains pass in a loop");
  Problem problem{.pair = {}, .headroom = {}, .interval = interval.base()};
  Time const gaps = 2.0 * (rules.opposing + rules.buffer);
  ClockFace face;
  for (std::size_t k = 0; k < sections.size(); ++k) {
    Time const after = rules.following + rules.buffer;
    Time const needed =
        std::max({sections[k].pair() + gaps, sections[k].up + after, sections[k].down + after});
    if (needed.base() > interval.base() + kRounding) {
      return NoTimetable{
          k,
          fmt::format("section {} needs {:.1f} min for a pair of trains, the interval "
                      "is {:.1f} min",
                      k,
                      needed.in(units::min),
                      interval.in(units::min)),
          "a longer interval, a loop within the section or less buffer"};
    }
    problem.pair.push_back(sections[k].pair().base());
    problem.headroom.push_back(std::max(0.0, (interval - sections[k].pair() - gaps).base()));
    face.headroom.push_back(Time{problem.headroom.back()});
  }
  Waits best{.in_loop = {}, .sum = std::numeric_limits<double>::infinity()};
  double phase = 0;
  for (double const first : first_phases(problem)) {
    Waits tried = waits_from(problem, first);
    if (tried.sum < best.sum) {
      best = std::move(tried);
      phase = first;
    }
  }
  double const first_down = sections[0].up.base() + 0.5 * gaps.base() + phase;
  face.waiting = Time{best.sum};
  face.timetable = laid_out(sections, best, first_down, interval, waits);
  return face;
}

std::variant<ClockFace, NoTimetable> densest_clock_face(std::span<SectionTimes const> sections,
                                                        SectionRules const& rules,
                                                        std::span<Time const> intervals,
                                                        Way waits) {
  TW_EXPECTS(!intervals.empty(), "there is an interval to try");
  std::vector<Time> rising(intervals.begin(), intervals.end());
  std::sort(rising.begin(), rising.end());
  auto answer = clock_face(sections, rules, rising.front(), waits);
  for (std::size_t i = 1; i < rising.size() && std::holds_alternative<NoTimetable>(answer); ++i) {
    answer = clock_face(sections, rules, rising[i], waits);
  }
  return answer;
}

}  // namespace tidewater::train
