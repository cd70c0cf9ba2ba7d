// The tide as a sum of harmonics, and the times it is high enough.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/calendar_tide.hpp"

namespace tidewater::des {

namespace {
constexpr double kRadians = std::numbers::pi / 180;
constexpr double kStep = 1e-3;  // s; crossings are found to this
}  // namespace

Tide::Tide(Length mean_level, std::vector<Constituent> const& constituents)
    : mean_{mean_level.in(units::m)} {
  for (Constituent const& c : constituents) {
    TW_EXPECTS(c.amplitude >= Length{} && c.speed > 0, "a constituent moves, and not backwards");
    Wave const wave{
        c.amplitude.in(units::m), c.speed * kRadians / units::h.in(units::s), c.phase * kRadians};
    waves_.push_back(wave);
    reach_ += wave.amplitude;
    curvature_ += wave.amplitude * wave.omega * wave.omega;
  }
}

Tide::Motion Tide::at(double t) const {
  Motion motion{mean_, 0};
  for (Wave const& w : waves_) {
    double const angle = w.omega * t - w.phase;
    motion.height += w.amplitude * std::cos(angle);
    motion.slope -= w.amplitude * w.omega * std::sin(angle);
  }
  return motion;
}

Length Tide::height(Time t) const {
  return at(t.in(units::s)).height * units::m;
}

Length Tide::highest() const {
  return (mean_ + reach_) * units::m;
}

Length Tide::lowest() const {
  return (mean_ - reach_) * units::m;
}

std::optional<double> Tide::next_crossing(double level,
                                          double from,
                                          double until,
                                          Crossing crossing) const {
  double const sign = crossing == Crossing::kUp ? 1 : -1;
  if (sign * (level - mean_) > reach_) {
    return std::nullopt;
  }
  for (double t = from; t <= until;) {
    Motion const motion = at(t);
    double const gap = sign * (motion.height - level);
    if (crossing == Crossing::kUp ? gap >= 0 : gap > 0) {
      return t;
    }
    if (!(curvature_ > 0)) {
      return std::nullopt;
    }
    // gap(t + s) <= gap + slope s + curvature s^2 / 2: no crossing before the root of the right
    // side.
    double const slope = sign * motion.slope;
    double const root = std::sqrt(slope * slope - 2 * curvature_ * gap);
    double const safe = slope > 0 ? -2 * gap / (slope + root) : (root - slope) / curvature_;
    t += std::max(safe, kStep);
  }
  return std::nullopt;
}

std::optional<Time> Tide::next_time(Length required, Time from, Time duration, Time until) const {
  double const level = required.in(units::m);
  double const end = until.in(units::s);
  double const needed = duration.in(units::s);
  std::optional<double> start = next_crossing(level, from.in(units::s), end, Crossing::kUp);
  while (start) {
    std::optional<double> const fall =
        next_crossing(level, *start, *start + needed, Crossing::kDown);
    if (!fall) {
      return *start * units::s;
    }
    start = next_crossing(level, *fall, end, Crossing::kUp);
  }
  return std::nullopt;
}

std::vector<Window> Tide::windows(Length required, Time from, Time until) const {
  double const level = required.in(units::m);
  double const end = until.in(units::s);
  std::vector<Window> found;
  std::optional<double> start = next_crossing(level, from.in(units::s), end, Crossing::kUp);
  while (start && *start < end) {
    double const fall = next_crossing(level, *start, end, Crossing::kDown).value_or(end);
    found.push_back({*start, fall});
    start = next_crossing(level, fall, end, Crossing::kUp);
  }
  return found;
}

}  // namespace tidewater::des
