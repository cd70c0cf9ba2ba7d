#pragma once
/// Railway alignment over terrain: where the line goes, at what level, what it costs, how far from
/// the best it can be at most - or the place and the rule that leave no line.
///
/// Exact: the search on its own lattice and prices; the profile on its own level lattice for a
/// given plan. Heuristic: the lattice, the guide prices and the straightening.
/// docs/theory/route.md.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/route/rates.hpp"
#include "tidewater/terrain/grid.hpp"
#include "tidewater/terrain/zones.hpp"

namespace tidewater::route {

enum class Permission : std::uint8_t { kAllowed, kNotAllowed };

/// Ruling grades are rises per length; "loaded" is the direction from the first end to the second.
struct AlignmentRules {
  double loaded_ruling_grade = 0.010;  ///< steepest climb from `from` to `to`
  double empty_ruling_grade = 0.015;   ///< steepest climb on the way back
  Length min_radius = 400 * units::m;  ///< of every curve
  Length transition = 50 * units::m;   ///< spiral at either end of a curve of min_radius; shorter,
                                       ///< as 1/R, on wider ones (cant grows at one rate); assumed
  Length curve_compensation =
      0.7 * units::m;                       ///< grade given up in a curve is this over its radius
  Length vertical_radius = 10 * units::km;  ///< least, of curves in the profile; assumed
  Length max_fill = 15 * units::m;          ///< higher only on a bridge
  Length max_cut = 22 * units::m;           ///< deeper only in a tunnel
  Length max_bridge_height = 120 * units::m;
  Length bridge_clearance = 5 * units::m;  ///< least height of a bridge over a structure-only zone
  Length tunnel_cover = 10 * units::m;     ///< least depth of rail under ground in a tunnel
  Permission bridges = Permission::kAllowed;
  Permission tunnels = Permission::kAllowed;
  Length formation_width = 7 * units::m;
  double fill_slope = 2.0;  ///< horizontal per vertical
  double cut_slope = 1.0;   ///< horizontal per vertical
  Length loop_spacing = 25 * units::km;
  std::optional<int> loops{};            ///< overrides the count that loop_spacing gives
  Length loop_length = 1.5 * units::km;  ///< of flat line kept at each loop
  double loop_grade = 0.0025;            ///< steepest there and in yards; assumed, 1 in 400
  Length tangent = 500 * units::m;       ///< shortest length of constant grade
  bool operator==(AlignmentRules const&) const = default;
};

/// An end, or a place to pass through in order.
struct LinePoint {
  std::string name{};
  terrain::LonLat at{};
  std::optional<Length> level{};  ///< of the rail; ground level when absent
  std::string where{};            ///< path in the project file, for messages
  Length yard{};  ///< of an end: line no steeper than the loop grade, for trains to load or unload;
                  ///< ignored on the way
  bool operator==(LinePoint const&) const = default;
};

struct AlignmentProblem {
  LinePoint from{};
  LinePoint to{};
  std::vector<LinePoint> via{};  ///< in order
  AlignmentRules rules{};
  Rates rates{};
  std::size_t search_memory = std::size_t{2} << 30;  ///< bytes one search may take at most
  /// Where the line may be cheaper by more than this share, the search goes on: the bound is
  /// raised, lines are drawn from other ways and the best moved at random, and all again with fewer
  /// structures and with even grades, in many times the time. Not where it has its yards and
  /// costs less than `CostBound::turning` by no more than this share. At 0 neither a structure
  /// allowed nor easing one of two even ruling grades makes the line dearer.
  double search_gap = 0.05;
  std::string where{};  ///< path of the link in the project file, for messages
  bool operator==(AlignmentProblem const&) const = default;
};

enum class StructureKind : std::uint8_t { kAtGrade, kCut, kFill, kBridge, kTunnel };
[[nodiscard]] char const* name(StructureKind kind);

/// About every 100 m (the length in equal parts). Grade, radius and kind speak of the stretch to
/// the next station; the last station repeats the stretch before it.
struct Station {
  Length at{};  ///< from the first end, along the line, on the ground
  terrain::LonLat place{};
  Length ground{};
  Length rail{};
  double grade = 0;  ///< rise per length towards the second end
  Length radius{};   ///< of the curve in plan; infinite on straights
  StructureKind kind = StructureKind::kAtGrade;
  double zone_factor = 1;
  bool operator==(Station const&) const = default;
};

using Haulage = decltype(Volume{} * Length{});  ///< volume times way

struct Quantities {
  Length at_grade{};  ///< rail within half a metre of the ground
  Length in_cut{};
  Length on_fill{};
  Length bridge{};
  Length tunnel{};
  Area bridge_face{};  ///< length times height
  Volume cut{};
  Volume fill{};
  Volume borrowed{};  ///< fill that no cut of the line yields
  Volume dumped{};    ///< cut that no fill of the line takes
  Haulage hauled{};   ///< of cut used as fill
  int loops = 0;
  bool operator==(Quantities const&) const = default;
};

/// cost = quantity * rate, exactly.
struct CostLine {
  std::string
      kind{};  ///< stable: track, signalling, loop, cut, dump, borrow, place, haul,
               ///< viaduct, viaduct-height, tunnel, zones, engineering, contingency, upgrade
  double quantity = 0;
  std::string unit{};  ///< of the quantity: km, m3, m3 km, m2, each, or "of cost" for shares
  Money rate{};        ///< money per unit
  Money cost{};
  std::string source{};
  bool operator==(CostLine const&) const = default;
};

/// What a reader calls a kind of cost: "height of viaducts" for viaduct-height; other words than
/// the kinds of a line's bill as they are.
[[nodiscard]] std::string cost_words(std::string const& kind);

/// No line the words of `bounds` describe costs less than `lower`.
struct CostBound {
  Money lower{};
  double gap = 0;  ///< (cost - lower) / cost
  std::string bounds{};
  Money turning{};   ///< by the same rules whether or not headings were kept: for comparing lines
  Money any_line{};  ///< no line at all over this grid costs less: curves, grades, earth left out
  bool operator==(CostBound const&) const = default;
};

struct SearchEffort {
  std::size_t cells = 0;
  std::size_t settled = 0;  ///< labels settled, all searches together
  std::size_t links = 0;    ///< links priced
  std::size_t profile_states = 0;
  std::size_t bytes = 0;  ///< largest working memory of the search, grid not included
  int candidates = 0;     ///< plans whose profile was designed and costed
  bool operator==(SearchEffort const&) const = default;
};

enum class ProfileOrigin : std::uint8_t {
  kDesigned,  ///< by the profile search; costed as built new
  kDraped,    ///< of an existing line: the ground smoothed to its grade limit
  kUnknown,   ///< no relief: taken as level at height 0
};

struct Alignment {
  std::string from{};
  std::string to{};
  AlignmentRules rules{};  ///< held to, in the direction from -> to; default for given lines
  /// In plan: each station's place, and in curves points at most 25 m apart between them.
  std::vector<terrain::LonLat> line{};
  std::vector<Station> stations{};
  Length length{};
  Length great_circle{};  ///< between the ends
  Quantities quantities{};
  std::vector<CostLine> costs{};
  Money cost{};  ///< of the written geometry: recost() gives it again
  CostBound bound{};
  double steepest_climb = 0;    ///< towards `to`, rise per length
  double steepest_descent = 0;  ///< towards `to`, as a positive number: the climb on the way back
  Length climb{};               ///< sum of rises towards `to`
  Length descent{};
  Length smallest_radius{};  ///< infinite for a straight line
  Length from_yard{};  ///< kept no steeper than the loop grade at the ends; zero where no yard
  Length to_yard{};    ///< was asked for or, with a note, where none was found with one
  ProfileOrigin profile = ProfileOrigin::kDesigned;
  SearchEffort effort{};
  std::vector<std::string> notes{};  ///< what is not constrained, taken as given, or cut short
};

enum class Barrier : std::uint8_t {
  kZone,    ///< forbidden zones close the way
  kSea,     ///< sea or unknown ground closes the way
  kGrade,   ///< no line holds the ruling grades within the structures allowed
  kRadius,  ///< no curve of the least radius fits
};

/// "None" as an answer.
struct NoAlignment {
  Barrier barrier = Barrier::kZone;
  std::string binding{};     ///< what stands in the way, in words
  terrain::LonLat place{};   ///< where
  std::string relaxation{};  ///< the smallest change found that opens a way, in words
};

using AlignmentAnswer = std::variant<Alignment, NoAlignment>;

/// Searches, straightens, designs the profile and costs it.
///   loaded direction  from -> to; swapping the ends, the order of `via` and the two ruling grades
///                     gives the same line and the same cost
///   fails   a point off the grid, at sea or in a forbidden cell; rules or rates out of range: all
///           named at once
[[nodiscard]] Result<AlignmentAnswer> align(terrain::Terrain const& terrain,
                                            AlignmentProblem const& problem);

/// The bill for stations as they stand: quantities by the mid-section method, the cheapest mass
/// haul for them, cost by kind. A zone's factor holds for all work in it, borrowing and dumping
/// included, hauling through it not.
struct Bill {
  Quantities quantities{};
  std::vector<CostLine> costs{};
  Money cost{};
};
[[nodiscard]] Bill recost(std::vector<Station> const& stations,
                          AlignmentRules const& rules,
                          Rates const& rates);

enum class LineStatus : std::uint8_t { kExisting, kUpgrade };

/// A line whose place is given.
struct GivenLine {
  std::string from{};
  std::string to{};
  std::vector<terrain::LonLat> polyline{};  ///< from -> to, at least two places
  std::optional<Length> known_length{};  ///< overrides the drawn length; the drawing is stretched
  double loaded_grade_limit = 0.010;     ///< of the draped profile, climbing towards `to`
  double empty_grade_limit = 0.010;
  LineStatus status = LineStatus::kExisting;
  std::string where{};  ///< path in the project file, for messages
};

/// A line with given geometry, draped over the grid (nullptr: level, marked kUnknown). An existing
/// line costs nothing, an upgrade its rate per length.
///   fails   fewer than two places, places that are no places, a length or limit not above zero
[[nodiscard]] Result<Alignment> fixed_alignment(GivenLine const& given,
                                                terrain::Grid const* grid,
                                                Rates const& rates);

}  // namespace tidewater::route
