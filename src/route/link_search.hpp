#pragma once
/// The guide search: exact least-cost way over the grid's cells by sixteen neighbours and, where
/// the ground is too steep for the ruling grade, by longer straight links on bridges or in tunnels.
///
/// Rail is taken to lie on a design surface, the ground or a smoothed image of it. Its prices steer
/// the search; the cost of record comes from the profile designed afterwards on the unsmoothed
/// ground.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tidewater/route/alignment.hpp"
#include "tidewater/terrain/zones.hpp"

#include "section.hpp"

namespace tidewater::route {

/// Ruling grades along the direction of search.
struct Grades {
  double climb = 0.01;
  double descent = 0.01;
};

/// What the search runs over; one number a cell, row by row.
struct GuideSurface {
  terrain::GridFrame frame;
  std::vector<float> ground;     ///< m; sea and voids too, where known
  std::vector<float> design;     ///< m, of the rail
  std::vector<double> friction;  ///< money per metre of line; infinite where no line may pass
  std::vector<terrain::Access> access;  ///< sea, voids and forbidden zones are kForbidden
  std::vector<float> factor;            ///< of zones
  double plain_rate = 0;  ///< money per metre of track, signalling and loops, without zones
  double least_friction = 0;

  [[nodiscard]] bool is_open(std::size_t cell) const {
    return access[cell] != terrain::Access::kForbidden;
  }
};

[[nodiscard]] GuideSurface guide_surface(terrain::Terrain const& terrain,
                                         AlignmentProblem const& problem,
                                         SectionPrices const& prices,
                                         Length smoothing);

/// How a guide prices a climb beyond the ruling grade: the length that is missing to climb at the
/// ruling grade, at the plain rate, times `strength`.
struct Guide {
  GuideSurface const& surface;
  SectionPrices const& prices;
  Grades grades;
  double strength = 2;

  /// Money for the climb `rise` over `length` metres beyond what the grades allow.
  [[nodiscard]] double overgrade(double rise, double length) const {
    double const grade = rise >= 0 ? grades.climb : grades.descent;
    double const climb = rise >= 0 ? rise : -rise;
    double const excess = climb - grade * length;
    return excess > 0 ? strength * surface.plain_rate * excess / grade : 0;
  }
  /// Money for rail in a straight line from design level to design level between two places, on
  /// whatever structures that takes; infinite when too steep or closed.
  [[nodiscard]] double structure(terrain::GridPlace from, terrain::GridPlace to) const;
  /// Money for rail that follows the design surface between two places.
  [[nodiscard]] double along_ground(terrain::GridPlace from, terrain::GridPlace to) const;
  /// Longest straight link on structures, metres.
  static constexpr double kLongestStructure = 4000;
};

/// Cells from one to the other, both included; nothing when no way is open.
[[nodiscard]] std::optional<std::vector<terrain::Cell>> cheapest_way(Guide const& guide,
                                                                     terrain::Cell from,
                                                                     terrain::Cell to,
                                                                     SearchEffort& effort);

/// The way with as few and as gentle corners as pay for themselves: straight runs between its own
/// cells, priced as the better of along_ground() and structure(), and a price on corners too tight
/// for `radius` metres. A heuristic: the price of a corner looks back one corner only.
[[nodiscard]] std::vector<terrain::Cell> straightened(Guide const& guide,
                                                      std::vector<terrain::Cell> const& way,
                                                      double radius);

/// Least plain cost from place to place, in money without shares and loops: every metre at the rate
/// of the cheapest cell within one cell, over the lattice's elongation. docs/theory/route.md.
[[nodiscard]] double plain_bound(GuideSurface const& surface,
                                 double rate_per_metre,
                                 std::vector<terrain::Cell> const& stops);

}  // namespace tidewater::route
