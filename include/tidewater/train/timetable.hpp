#pragma once
/// Timetables of a single track with passing loops: a clock-face one made for a line, the conflicts
/// of any, and how far it fills the line (UIC 406). Each section between loops is one block: one
/// train at a time. docs/theory/train.md.

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/train/capacity.hpp"

namespace tidewater::train {

enum class Way { kUp, kDown };  ///< along the sections, or against them

/// One train: when it enters and leaves each section, by the section's number on the line.
struct TrainPath {
  Way way = Way::kUp;
  std::vector<Time> enters{};
  std::vector<Time> leaves{};
  bool operator==(TrainPath const&) const = default;
};

/// Paths that repeat every period (a day, or the interval of a clock-face timetable).
struct Timetable {
  std::vector<TrainPath> paths{};
  Time period{};
  bool operator==(Timetable const&) const = default;
};

/// From one train leaving a section until the next may enter it.
struct SectionRules {
  Time opposing{};      ///< against the other way: crossing, setting the route, starting
  Time following{};     ///< behind a train of the same way
  Time buffer{};        ///< added to both, against late running
  int loop_tracks = 2;  ///< in each loop, the main track counted; the line's ends have enough
};

/// Everything wrong with a timetable on a line: running faster than the section times, entering
/// before leaving, two trains in a section or closer than the rules, too many in a loop. Looks at
/// every pair of trains, knowing nothing of how the timetable was made. Empty: it can be run.
[[nodiscard]] Diagnostics conflicts(Timetable const& timetable,
                                    std::span<SectionTimes const> sections,
                                    SectionRules const& rules);

/// One train each way every `interval`, those that wait at meets being the ones of `waits`.
struct ClockFace {
  Timetable timetable{};         ///< one up and one down path; period == the interval
  Time waiting{};                ///< in all loops, of a pair
  std::vector<Time> headroom{};  ///< by section: interval less what running and rules need
};
struct NoTimetable {
  std::size_t section = 0;  ///< the one that does not fit
  std::string reason{};
  std::string remedy{};
};

/// The clock-face timetable of this interval with the least waiting. Exists whenever the interval
/// holds up + down + both gaps of the longest section: waiting then always finds a place. Loops
/// with one track cannot pass trains: loop_tracks must be 2 or more.
[[nodiscard]] std::variant<ClockFace, NoTimetable> clock_face(
    std::span<SectionTimes const> sections,
    SectionRules const& rules,
    Time interval,
    Way waits = Way::kDown);

/// Shortest of the given intervals (those a clock shows: 20, 24, 30, 40, 60 min ...) that has one.
[[nodiscard]] std::variant<ClockFace, NoTimetable> densest_clock_face(
    std::span<SectionTimes const> sections,
    SectionRules const& rules,
    std::span<Time const> intervals,
    Way waits = Way::kDown);

/// Occupation after UIC 406: paths pushed together in their order until only the rules' gaps are
/// between them (the buffer left out), over the period.
struct Compression {
  std::vector<double> sections{};  ///< each section on its own
  std::size_t critical = 0;        ///< the fullest of them
  double line = 0;                 ///< all sections together, trains keeping section order and
                                   ///< minimum stops: never below the fullest section
};
/// `timetable` must be without conflicts. Stops longer than the buffer-free timetable needs shrink
/// to nothing.
[[nodiscard]] Compression compress(Timetable const& timetable,
                                   std::span<SectionTimes const> sections,
                                   SectionRules const& rules);

/// Occupation commonly quoted from UIC 406 as the most advised on mixed-traffic lines, in the peak
/// hour and over a day (not checked against the leaflet). Implementations differ; these are what
/// reports here are held against.
inline constexpr double kPeakOccupation = 0.75;
inline constexpr double kDailyOccupation = 0.60;

}  // namespace tidewater::train
