#pragma once
/// The clothoid: curvature grows evenly along the line, as cant does on a ramp of one rate.
/// Metres and radians throughout; docs/theory/route.md.

#include "tidewater/terrain/grid.hpp"

namespace tidewater::route {

/// Where a line of evenly changing curvature is after `along` metres.
///   heading    radians at the start, anticlockwise from east
///   curvature  1/m at the start, left positive; `sharpening` is its change per metre, 1/m2
///   accuracy   1e-9 m over a turn of three radians (eight-point Gauss-Legendre a half radian)
[[nodiscard]] terrain::PlanePoint clothoid_point(
    terrain::PlanePoint start, double heading, double curvature, double sharpening, double along);

/// A spiral from a straight to a circle: the curve of R is moved inwards by `shift` and its
/// tangent points back by `extension`, so that T = (R + shift) tan(turn / 2) + extension.
struct Spiral {
  double length = 0;
  double angle = 0;      ///< it turns: length / (2 radius)
  double shift = 0;      ///< p, about length^2 / (24 radius)
  double extension = 0;  ///< k, about length / 2 - length^3 / (240 radius^2)
};

/// Both above zero, angle at most one radian. By the series of the Fresnel integrals, to 1e-12 of
/// the length.
[[nodiscard]] Spiral spiral(double length, double radius);

}  // namespace tidewater::route
