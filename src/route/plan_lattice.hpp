#pragma once
/// Corners for a stretch of line: the cheapest among points on and beside a proposed line such that
/// every curve fits. Exact on its points; a stretch is a few kilometres.

#include <optional>
#include <vector>

#include "plan_curves.hpp"

namespace tidewater::route {

/// The straight that leads into a stretch or out of it, up to the next vertex.
struct Approach {
  terrain::PlanePoint from;
  double tangent = 0;  ///< m of it that the curve at `from` needs
};

struct Stretch {
  std::optional<Approach> before;  ///< nothing where the stretch begins the line
  std::vector<PlanVertex> line;    ///< as proposed; the first and the last are kept
  std::optional<Approach> after;
};

/// Points every `step` metres of the proposed line, and 1, 2 and 4 times `aside` to either side.
struct LatticeMesh {
  double step = 200;
  double aside = 100;
};

/// What a line is laid over.
struct LatticeGround {
  PlanRules rules;
  OpenTest const& is_open;
  PlanPrice const& price;  ///< may be empty
};

/// First, corners, last. Cost of a line: its price; where none is given its length, and more the
/// farther it is from the proposed one (twice at a distance of the least radius). Where the last
/// corner has to fit an approach that leaves no room, the least overlap is taken: the caller looks
/// there next. Nothing when no line over these points holds the rules, is open and passes the
/// stops.
[[nodiscard]] std::optional<std::vector<PlanVertex>> cheapest_corners(Stretch const& stretch,
                                                                      LatticeMesh const& mesh,
                                                                      LatticeGround const& ground);

/// Sharper turns are split over several corners: half-turn tangent of 120 degrees.
constexpr double kSharpest = 1.7320508;

/// Whether a straight is open, looked at every 25 m.
[[nodiscard]] bool is_clear(terrain::PlanePoint from,
                            terrain::PlanePoint to,
                            OpenTest const& is_open);

}  // namespace tidewater::route
