#pragma once
/// The vertical profile of a line whose plan is fixed: tangents of constant grade that hold the
/// ruling grades everywhere, at least cost of cuts, fills, bridges and tunnels.
///
/// Dynamic programming over (end of tangent, level). Cost need not be convex in the level, so cheap
/// and dear structures compete openly. Exact on its lattice of levels, which is then drawn finer
/// around the best profile until nothing is gained.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "search_surface.hpp"
#include "section.hpp"

namespace tidewater::route {

/// A station whose level is given.
struct ProfilePin {
  std::size_t station = 0;
  double level = 0;  ///< m
};

/// Stretches on which trains are to stand: in a loop, or in a yard at an end of the line.
struct FlatWindow {
  std::size_t first = 0;  ///< stretch
  std::size_t end = 0;    ///< one past the last stretch
  enum class Use : std::uint8_t { kLoop, kFromYard, kToYard } use = Use::kLoop;
};

struct ProfileProblem {
  std::vector<double> at;               ///< m along the line, increasing
  std::vector<double> ground;           ///< m, one per station
  std::vector<double> factor;           ///< of zones, one per stretch between stations
  std::vector<terrain::Access> access;  ///< one per stretch
  std::vector<ProfilePin> pins;         ///< in order; the first and last station are pinned
  std::vector<std::size_t> breaks;  ///< stations where tangents must end, in order, ends included
  Grades grades;
  double tangent = 500;                ///< m, shortest
  double highest = 120;                ///< m of rail over ground at most; all that has a price
  std::vector<double> compensation{};  ///< grade given up in curves, one per stretch; empty: none
  std::vector<FlatWindow> flats{};     ///< in order; yards may overlap
  double flat_grade = 0.0025;          ///< steepest in them, either way
  double vertical_radius = 0;  ///< m: neighbouring grades differ by at most their mean length over
                               ///< this; 0: by anything. The DP leaves it to the LP.
};

/// What each stretch allows: the ruling grades less compensation, not below level, and no more than
/// the flat grade in windows.
[[nodiscard]] std::vector<Grades> grade_limits(ProfileProblem const& problem);

struct Profile {
  std::vector<double> rail;  ///< m, one per station; empty when no profile holds the rules
  double cost = 0;           ///< by the price table, for comparison between profiles
  std::size_t states = 0;
  std::size_t stuck_at = 0;            ///< station no profile gets past, when there is none
  std::vector<StructureKind> kinds{};  ///< one per stretch
  std::vector<std::string> notes{};    ///< what a reader of the result is to know
};

/// Structures and levels by dynamic programming: holds grades, windows and pins, and knows neither
/// haul nor vertical curves. balanced_profile() takes it from there.
[[nodiscard]] Profile design_profile(ProfileProblem const& problem, SectionPrices const& prices);

/// Whether any profile holds: one coarse sweep, no refinement.
[[nodiscard]] bool has_profile(ProfileProblem const& problem, SectionPrices const& prices);

/// The flat stretches a line is to have.
struct FlatRule {
  int loops = 0;
  double length = 1500;  ///< m of each window
  double grade = 0.0025;
  std::vector<double> planned{};  ///< m along the line where the plan has left room for them, in
                                  ///< order, one a loop; else they lie about evenly
  double near_plan = 1000;        ///< m a window may lie from its planned place
  double from_yard = 0;           ///< m of yard at the first end
  double to_yard = 0;             ///< and at the last
};

/// The windows of the yards: none where none is asked for, the whole line where it is shorter; they
/// overlap where it is too short for both.
[[nodiscard]] std::vector<FlatWindow> yard_windows(ProfileProblem const& problem,
                                                   FlatRule const& rule);

/// The longest yard, m, to a whole stretch, with which the flat stretches of the problem still
/// leave a profile; 0 when none does. The rule asks for a yard at one end: no longer than that.
[[nodiscard]] double longest_yard(ProfileProblem problem,
                                  SectionPrices const& prices,
                                  FlatRule const& rule);

/// Windows for loops between the yards, each within a quarter of their spacing of its even place,
/// or within `near_plan` of its planned one, where a flat stretch that joins `profile` at the
/// limits of the grades costs least more than it; structures count twice under a loop. Ends of the
/// line count as loops. Heuristic, one window at a time.
///   problem.flats  the yards
///   fewer windows than loops when the line is too short for their length
[[nodiscard]] std::vector<FlatWindow> flat_windows(ProfileProblem const& problem,
                                                   SectionPrices const& prices,
                                                   Profile const& profile,
                                                   FlatRule const& rule);

}  // namespace tidewater::route
