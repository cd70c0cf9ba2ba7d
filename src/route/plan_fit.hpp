#pragma once
/// From corner points as a search proposes them to corner points that hold the rules of a plan.
/// Heuristic: among finitely many places for the corners near the proposed
/// line; docs/theory/route.md. Metres and radians.

#include <functional>
#include <vector>

#include <tl/expected.hpp>

#include "plan_geometry.hpp"

namespace tidewater::route {

/// The corner no admissible curves were found for.
struct TightCorner {
  terrain::PlanePoint at;
  double radius = 0;  ///< widest least radius with which the same search gets past; 0: none at all
};

/// Vertices near the proposed ones for which `Plan{vertices, rules, is_open}` exists: corners that
/// are too tight or too close are moved, dropped or added where they stand in the way, the rest is
/// left alone. Ends stay, stops are passed in order within their reach, straights that are changed
/// and all curves lie in the open.
///   vertices  two or more; vertices with a finite reach are stops; doubled ones are dropped
///   price     decides where a stretch is laid anew; without it, nearness to the proposed line does
///   fails     the tightest of the corners that have no answer
[[nodiscard]] tl::expected<std::vector<PlanVertex>, TightCorner> fit_plan(
    std::vector<PlanVertex> const& vertices,
    PlanRules const& rules,
    OpenTest const& is_open,
    PlanPrice const& price = {});

}  // namespace tidewater::route
