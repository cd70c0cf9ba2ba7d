#pragma once
/// A line in plan: straights joined by circular arcs, the widest that fit up to an easy radius.
/// Transition curves are left out; so is the minimum radius, which is reported, not enforced.

#include <functional>
#include <vector>

#include "tidewater/terrain/grid.hpp"

namespace tidewater::route {

/// A corner of the line before rounding.
struct PlanVertex {
  terrain::PlanePoint at;
  double reach = 1e9;  ///< m the rounded line may pass from it
};

struct PlanPiece {
  terrain::PlanePoint start;
  double heading = 0;    ///< radians, anticlockwise from east
  double length = 0;     ///< m on the plane
  double curvature = 0;  ///< 1/m, left positive; 0 on straights

  [[nodiscard]] terrain::PlanePoint at(double along) const;
};

class Plan {
 public:
  /// Rounds each inner vertex; `is_open` says where a line may lie: an arc that leaves the open is
  /// tightened. At least two vertices, no two neighbours in one place.
  Plan(std::vector<PlanVertex> const& vertices,
       double easy_radius,
       std::function<bool(terrain::PlanePoint)> const& is_open);

  [[nodiscard]] double length() const { return starts_.back(); }
  [[nodiscard]] terrain::PlanePoint at(double along) const;
  [[nodiscard]] double radius_at(double along) const;  ///< infinite on straights
  /// Where along the line it passes each vertex: the middle of its arc.
  [[nodiscard]] std::vector<double> const& vertex_along() const { return vertex_along_; }
  [[nodiscard]] std::vector<PlanPiece> const& pieces() const { return pieces_; }
  /// Vertices of the drawn line: ends of pieces, and points of arcs at most ten degrees apart.
  [[nodiscard]] std::vector<terrain::PlanePoint> drawn() const;
  [[nodiscard]] double smallest_radius() const;
  /// Length of arcs tighter than `radius`; corners without any arc count nothing.
  [[nodiscard]] double tighter_than(double radius) const;
  [[nodiscard]] int corners() const { return corners_; }  ///< vertices left without an arc

 private:
  void add(PlanPiece piece);
  [[nodiscard]] std::size_t piece_at(double along) const;

  std::vector<PlanPiece> pieces_;
  std::vector<double> starts_{0};  ///< of pieces, and the end
  std::vector<double> vertex_along_;
  int corners_ = 0;
};

}  // namespace tidewater::route
