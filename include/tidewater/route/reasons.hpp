#pragma once
/// Why a line is where it is: its dearest kilometres, what each constraint costs, and how much
/// dearer quite other lines are. Every figure but the first comes from searching again, so each
/// takes about as long as the line itself.

#include <optional>
#include <string>
#include <vector>

#include "tidewater/route/alignment.hpp"

namespace tidewater::route {

struct DearKilometre {
  Length from{};       ///< along the line; a kilometre, the last one shorter
  Money cost{};        ///< recost() of its stations alone, loops left out
  std::string what{};  ///< its largest cost line other than track and shares, in cost_words()
  bool operator==(DearKilometre const&) const = default;
};

/// The dearest first, equal ones in order along the line.
[[nodiscard]] std::vector<DearKilometre> dearest_kilometres(Alignment const& line,
                                                            Rates const& rates,
                                                            std::size_t count = 5);

/// What a line saves where one constraint is eased.
struct ConstraintCost {
  std::string constraint{};       ///< e.g. "loaded ruling grade", or the name of a zone
  std::string eased{};            ///< to what
  std::optional<Money> saving{};  ///< of the line found; zero where none is cheaper
  Money bound_saving{};           ///< of the lower bound; zero without a line
  std::string reason{};           ///< why there is no saving to tell
};

/// Both ruling grades 0.1 % steeper, one at a time; the least radius 100 m tighter (not under
/// 100 m); no yards at the ends, where there are any; each zone taken away that does not make
/// building cheaper.
///   line  what align() gives for the problem
[[nodiscard]] Result<std::vector<ConstraintCost>> constraint_costs(terrain::Terrain const& terrain,
                                                                   AlignmentProblem const& problem,
                                                                   Alignment const& line);

struct AlternativeRules {
  std::size_t count = 2;
  Length apart = 5 * units::km;  ///< nearer to an earlier line than this is along it
  double most_shared = 0.6;      ///< of an alternative's length, along earlier lines
  double beyond = 0.15;          ///< ways through chosen cells, dearer than the cheapest by no more
  double penalty = 1.25;         ///< on building along earlier lines, squared and cubed if need be
};

struct Alternatives {
  std::size_t asked = 0;
  std::vector<Alignment> lines{};  ///< cheapest first
  std::string why_no_more{};       ///< why fewer than asked for; empty when there are not
};

/// Other lines: each the cheaper of a line through the cell of the cheapest way
/// that is another, and of one found over ground made dearer along the lines before and billed on
/// the ground as it is. Fewer than asked for where the next is no other line. Their
/// bound is that of `line`: no line costs less. One search at a time: none takes more than the
/// problem's memory.
[[nodiscard]] Result<Alternatives> alternatives(terrain::Terrain const& terrain,
                                                AlignmentProblem const& problem,
                                                Alignment const& line,
                                                AlternativeRules const& rules = {});

}  // namespace tidewater::route
