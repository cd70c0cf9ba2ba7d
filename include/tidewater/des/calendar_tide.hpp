#pragma once
/// When something may happen: working hours and seasons (WindowCalendar), states that alternate at
/// random (AlternatingRenewal), the tide. All answer "from t on, when is there an open stretch of
/// length d?"; none of them schedules events.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "tidewater/base/random.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::des {

/// Half-open stretch of time [from, to), in the model's unit.
struct Window {
  double from = 0;
  double to = 0;
  [[nodiscard]] double length() const { return to - from; }
  bool operator==(Window const&) const = default;
};

/// Open windows that repeat with a period, and stretches that are open or closed by way of
/// exception (the later named wins). A calendar without a period is open all the time but for its
/// exceptions.
class WindowCalendar {
 public:
  enum class Exception : std::uint8_t { kClosed, kOpen };

  WindowCalendar() = default;  ///< always open
  /// Windows within [0, period); they may touch, not overlap. Fails (contract) otherwise.
  WindowCalendar(double period, std::vector<Window> open);
  void except(Window stretch, Exception kind);

  [[nodiscard]] bool is_open(double t) const;
  /// First moment >= t at which it is open; none when it never is again.
  [[nodiscard]] std::optional<double> next_open(double t) const;
  /// First moment >= t at which it is closed; none when it never is again.
  [[nodiscard]] std::optional<double> next_close(double t) const;
  /// First start s >= t with [s, s + length) open throughout; none when there is none.
  [[nodiscard]] std::optional<double> next_window(double t, double length) const;
  /// Open time within [from, to).
  [[nodiscard]] double open_time(double from, double to) const;

 private:
  struct Stretch {
    Window window;
    Exception kind = Exception::kClosed;
  };
  /// First moment > t at which the state may change.
  [[nodiscard]] double next_change(double t) const;
  [[nodiscard]] double last_exception_end() const;

  double period_ = 0;
  std::vector<Window> open_;
  std::vector<Stretch> exceptions_;
};

/// Good and bad spells in turn, drawn from a stream of its own as far as anyone has asked: the same
/// names see the same storms whatever the rest of the model does.
class AlternatingRenewal {
 public:
  using Law = std::function<double(Stream&)>;  ///< draws one duration >= 0, in the model's unit
  enum class Spell : std::uint8_t { kGood, kBad };
  AlternatingRenewal(Stream stream, Law good, Law bad, Spell first = Spell::kGood);

  [[nodiscard]] bool is_good(double t);
  /// First moment >= t in a good spell, and in a bad one.
  [[nodiscard]] double next_good(double t);
  [[nodiscard]] double next_bad(double t);
  /// First start s >= t with [s, s + length) good throughout. Gives none when there is none before
  /// `horizon`.
  [[nodiscard]] std::optional<double> next_window(double t, double length, double horizon);

 private:
  [[nodiscard]] std::size_t spell_at(double t);  ///< number of the spell that holds t
  [[nodiscard]] bool is_good_spell(std::size_t spell) const;

  Stream stream_;
  Law good_;
  Law bad_;
  Spell first_;
  std::vector<double> ends_;  ///< end of spell 0, 1, ...
};

/// One harmonic constituent of the tide: amplitude x cos(speed x t - phase).
struct Constituent {
  Length amplitude;
  double speed = 0;  ///< degrees per hour, e.g. M2 = 28.9841042
  double phase = 0;  ///< degrees, at project time zero
};

/// Sea level as a sum of harmonics above a mean level; time is project time.
class Tide {
 public:
  Tide(Length mean_level, std::vector<Constituent> const& constituents);

  [[nodiscard]] Length height(Time t) const;
  /// Bounds no tide of these constituents leaves.
  [[nodiscard]] Length highest() const;
  [[nodiscard]] Length lowest() const;
  /// Earliest start s >= from such that the height stays at or above `required` on
  /// [s, s + duration]; none when there is none before `until`. Every crossing is bracketed by a
  /// bound on the curvature, so no window longer than one second is missed; crossings are exact to
  /// a millisecond.
  [[nodiscard]] std::optional<Time> next_time(Length required,
                                              Time from,
                                              Time duration,
                                              Time until) const;
  /// The stretches of [from, until) at or above `required`, seconds.
  [[nodiscard]] std::vector<Window> windows(Length required, Time from, Time until) const;

 private:
  struct Wave {
    double amplitude;  // m
    double omega;      // rad/s
    double phase;      // rad
  };
  struct Motion {
    double height;
    double slope;
  };
  [[nodiscard]] Motion at(double t) const;
  enum class Crossing : std::uint8_t { kUp, kDown };
  [[nodiscard]] std::optional<double> next_crossing(double level,
                                                    double from,
                                                    double until,
                                                    Crossing crossing) const;
  double mean_;
  double reach_ = 0;      ///< sum of amplitudes, m
  double curvature_ = 0;  ///< bound on |second derivative|, m/s2
  std::vector<Wave> waves_;
};

/// A list of windows found once (say a tide and a draught over the project's life), asked often,
/// and shared by replications.
class WindowList {
 public:
  /// Increasing, not overlapping; fails (contract) otherwise.
  explicit WindowList(std::vector<Window> windows);
  [[nodiscard]] std::span<Window const> windows() const { return windows_; }
  [[nodiscard]] bool is_open(double t) const;
  /// First start s >= t with [s, s + length] inside one window.
  [[nodiscard]] std::optional<double> next_window(double t, double length) const;

 private:
  std::vector<Window> windows_;
};

/// First start s >= t that every rule accepts; a rule gives the first start >= t it accepts by
/// itself, or none. Gives none when one gives none or they do not meet before `horizon`.
[[nodiscard]] std::optional<double> next_common(
    double t, std::span<std::function<std::optional<double>(double)> const> rules, double horizon);

}  // namespace tidewater::des
