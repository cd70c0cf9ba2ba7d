#pragma once
/// The curve at one corner, and how the corners of a line share the straights between them.

#include <optional>
#include <vector>

#include "plan_geometry.hpp"

namespace tidewater::route {

/// A corner seen from its vertex.
struct Bend {
  double heading = 0;          ///< of the straight before it
  double turn = 0;             ///< signed, left positive, in (-pi, pi]
  double tan_half = 0;         ///< of half the turn, never negative
  terrain::PlanePoint inward;  ///< unit vector towards the inside of the curve
};
[[nodiscard]] Bend bend(terrain::PlanePoint before,
                        terrain::PlanePoint at,
                        terrain::PlanePoint after);

/// Tangent of half the angle turned at a corner; about 1e9 for a turn on the spot.
[[nodiscard]] double tan_half_turn(terrain::PlanePoint before,
                                   terrain::PlanePoint at,
                                   terrain::PlanePoint after);

[[nodiscard]] double plane_distance(terrain::PlanePoint a, terrain::PlanePoint b);
/// Whether the straights from a to b and from c to d cross; not if they only touch.
[[nodiscard]] bool do_cross(terrain::PlanePoint a,
                            terrain::PlanePoint b,
                            terrain::PlanePoint c,
                            terrain::PlanePoint d);

/// Turns below this, in half tangents, have no curve.
constexpr double kStraight = 5e-10;

/// Radii, tangents and offsets of curves spiral - arc - spiral under given rules.
class CurveLaw {
 public:
  explicit CurveLaw(PlanRules const& rules);

  /// Narrowest at a turn: the rule's, or where the turn is so slight that two spirals of the rule
  /// would turn more, the radius whose spirals turn just that.
  [[nodiscard]] double least_radius(double tan_half) const;
  [[nodiscard]] double easy_radius(double tan_half) const;
  [[nodiscard]] double spiral_length(double radius) const { return ramp_ / radius; }
  /// From the vertex to either end of the curve.
  [[nodiscard]] double tangent(double radius, double tan_half) const;
  [[nodiscard]] double least_tangent(double tan_half) const;
  /// From the vertex to the middle of the curve.
  [[nodiscard]] double offset(double radius, double tan_half) const;
  [[nodiscard]] double least_offset(double tan_half) const;

 private:
  double min_radius_;
  double easy_radius_;
  double ramp_;        ///< m2: spiral length times radius
  double plain_turn_;  ///< tan half of the turn from which the rule's radius serves
  double shift_;       ///< of the spiral at the least radius
  double extension_;
};

/// The pieces of the curve at a vertex, `radius` of at least least_radius().
[[nodiscard]] std::vector<PlanPiece> curve_pieces(CurveLaw const& law,
                                                  terrain::PlanePoint at,
                                                  Bend const& bend,
                                                  double radius);

/// Whether the curve is open, looked at every 10 m.
[[nodiscard]] bool is_clear(std::vector<PlanPiece> const& pieces, OpenTest const& is_open);

/// Widest offset of the middle of the curve that passes the vertex's stop within its reach, given
/// that the offset `least` does; infinite where there is no stop, negative where `least` does not.
[[nodiscard]] double most_offset(PlanVertex const& vertex, Bend const& bend, double least);

/// Radii of the curves at the inner vertices: the least as wide as can be, then the next least
/// (max- min fair, by progressive filling), within what the open and the stops' reach allow.
/// Nothing when even the narrowest do not fit.
[[nodiscard]] std::optional<std::vector<double>> shared_radii(
    std::vector<PlanVertex> const& vertices, PlanRules const& rules, OpenTest const& is_open);

}  // namespace tidewater::route
