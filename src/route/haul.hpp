#pragma once
/// Mass haul along a line whose volumes are given: which cut becomes which fill, what is borrowed
/// and what is wasted, at least cost. Exact and without a solver.
///
/// Let V_j(q) be the least cost of all up to place j when q m3 are carried on from it (backwards
/// when negative). V_j is convex and piecewise linear, and
///   V_j(q) = t_j |q| + least over b, w >= 0 of V_{j-1}(q - s_j - b + w) + borrow_j b + dump_j w,
/// with s_j cut less fill and t_j the price of the way to place j + 1: the slopes of V_{j-1} are
/// clamped to [-dump_j, borrow_j], its breakpoints move by s_j, and one breakpoint is added. Each
/// is added and taken away once: O(n log n) in the number of places.
///
/// Soil neither swells nor shrinks. Bridges and tunnels are no obstacle: tracks beside them are
/// taken for granted. Whatever a tunnel yields is in its own rate.

#include <vector>

namespace tidewater::route {

/// Places along the line, in order.
struct HaulProblem {
  std::vector<double> cut;     ///< m3, at each place
  std::vector<double> fill;    ///< m3
  std::vector<double> way;     ///< km from each place to the next; one fewer than places
  std::vector<double> borrow;  ///< money per m3 borrowed, at each place; not below 0
  std::vector<double> dump;    ///< money per m3 wasted, at each place; not below 0
  double haul = 0;             ///< money per m3 and km, not below 0
};

struct HaulPlan {
  std::vector<double> borrowed;  ///< m3, at each place
  std::vector<double> wasted;    ///< m3
  std::vector<double> carried;   ///< m3 from each place to the next, negative backwards
  double hauled = 0;             ///< m3 km
  double cost = 0;               ///< of borrowing, wasting and hauling
};

[[nodiscard]] HaulPlan least_haul(HaulProblem const& problem);

}  // namespace tidewater::route
