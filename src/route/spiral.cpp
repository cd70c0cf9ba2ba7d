#include "spiral.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

/// Nodes and weights of eight-point Gauss-Legendre quadrature on [-1, 1], one of each pair
/// (Abramowitz and Stegun, table 25.4).
struct Node {
  double at;
  double weight;
};
constexpr std::array<Node, 4> kNodes{{{0.1834346424956498, 0.3626837833783620},
                                      {0.5255324099163290, 0.3137066458778873},
                                      {0.7966664774136267, 0.2223810344533745},
                                      {0.9602898564975363, 0.1012285362903763}}};

}  // namespace

PlanePoint clothoid_point(
    PlanePoint start, double heading, double curvature, double sharpening, double along) {
  double const bend = curvature * along + sharpening * along * along / 2;
  if (curvature == 0 && sharpening == 0) {
    return {start.x + along * std::cos(heading), start.y + along * std::sin(heading)};
  }
  if (sharpening == 0) {
    // The chord, at half the turn: exact for any curvature, however small.
    double const half = bend / 2;
    double const chord = half == 0 ? along : along * std::sin(half) / half;
    return {start.x + chord * std::cos(heading + half), start.y + chord * std::sin(heading + half)};
  }
  constexpr double most = 0.5;  // radians a quadrature
  double const sweep = std::abs(curvature * along) + std::abs(sharpening) * along * along / 2;
  int const parts = std::max(1, static_cast<int>(std::ceil(sweep / most)));
  double const half = along / parts / 2;
  double x = 0;
  double y = 0;
  for (int i = 0; i < parts; ++i) {
    double const middle = (2 * i + 1) * half;
    for (Node const& node : kNodes) {
      for (double const s : {middle - node.at * half, middle + node.at * half}) {
        double const angle = heading + s * (curvature + sharpening * s / 2);
        x += node.weight * std::cos(angle);
        y += node.weight * std::sin(angle);
      }
    }
  }
  return {start.x + x * half, start.y + y * half};
}

Spiral spiral(double length, double radius) {
  double const angle = length / (2 * radius);
  // x = L sum (-1)^n a^2n / ((4n+1) (2n)!), y = L sum (-1)^n a^(2n+1) / ((4n+3) (2n+1)!).
  double along = 0;
  double aside = 0;
  double power = 1;  // (-1)^n a^2n / (2n)!
  for (int n = 0; n < 9; ++n) {
    along += power / (4 * n + 1);
    aside += power * angle / (2 * n + 1) / (4 * n + 3);
    power *= -angle * angle / ((2 * n + 1) * (2 * n + 2));
  }
  // 1 - cos as 2 sin^2, or the shift of a flat spiral drowns in rounding.
  double const sine = std::sin(angle / 2);
  return {.length = length,
          .angle = angle,
          .shift = length * aside - 2 * radius * sine * sine,
          .extension = length * along - radius * std::sin(angle)};
}

}  // namespace tidewater::route
