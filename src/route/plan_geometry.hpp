#pragma once
/// A line in plan: straights, clothoid spirals and circular arcs, no curve tighter than the rules
/// allow. fit_plan() in plan_fit.hpp makes vertices for which one exists.
/// Metres and radians on the plane; headings anticlockwise from east; docs/theory/route.md.

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "tidewater/terrain/grid.hpp"

namespace tidewater::route {

struct AlignmentRules;

/// A corner of the line before rounding.
struct PlanVertex {
  terrain::PlanePoint at;
  /// m: a place the line must pass this near; infinite for corners that are no stops.
  double reach = std::numeric_limits<double>::infinity();
  std::optional<terrain::PlanePoint> stop{};  ///< the place to pass, where it is not `at`
  /// m: a curve wider than the least passes the corner no further off than this.
  double ease = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool is_stop() const { return reach < std::numeric_limits<double>::infinity(); }
  [[nodiscard]] terrain::PlanePoint place() const { return stop.value_or(at); }
  bool operator==(PlanVertex const&) const = default;
};

/// Whether a line may lie at a place.
using OpenTest = std::function<bool(terrain::PlanePoint)>;

/// Price of a straight stretch of line; infinite where none may lie.
using PlanPrice = std::function<double(terrain::PlanePoint from, terrain::PlanePoint to)>;

/// What curves are held to.
struct PlanRules {
  double min_radius = 400;    ///< m, of every curve
  double transition = 50;     ///< m of spiral at min_radius; transition * min_radius / R at R
  double easy_radius = 2000;  ///< m: curves are made no wider than they need to be beyond it
};
[[nodiscard]] PlanRules plan_rules(AlignmentRules const& rules);

struct PlanPiece {
  terrain::PlanePoint start;
  double heading = 0;     ///< at the start
  double length = 0;      ///< m on the plane
  double curvature = 0;   ///< 1/m at the start, left positive; 0 on straights
  double sharpening = 0;  ///< 1/m2: change of curvature per metre; 0 on straights and arcs

  [[nodiscard]] terrain::PlanePoint at(double along) const;
  [[nodiscard]] double heading_at(double along) const;
  [[nodiscard]] double curvature_at(double along) const { return curvature + sharpening * along; }
};

class Plan {
 public:
  /// The curves share the straights between them so that the tightest is as wide as can be, then
  /// the next tightest, up to the easy radius; those that would leave the open are made tighter.
  /// The same vertices from the other end give the same line. Nothing when some curve does not
  /// fit, leaves the open or passes a stop too far off.
  [[nodiscard]] static std::optional<Plan> through(std::vector<PlanVertex> const& vertices,
                                                   PlanRules const& rules,
                                                   OpenTest const& is_open);

  [[nodiscard]] double length() const { return starts_.back(); }
  [[nodiscard]] terrain::PlanePoint at(double along) const;
  [[nodiscard]] double heading_at(double along) const;
  [[nodiscard]] double curvature_at(double along) const;  ///< 1/m, left positive
  [[nodiscard]] double radius_at(double along) const;     ///< infinite on straights
  /// The least radius met between two chainages: what grade compensation must reckon with.
  [[nodiscard]] double least_radius(double from, double to) const;
  /// Length over the angle turned, left and right together, between two chainages.
  [[nodiscard]] double mean_radius(double from, double to) const;
  /// Where along the line it passes each vertex: the middle of its curve.
  [[nodiscard]] std::vector<double> const& vertex_along() const { return vertex_along_; }
  /// Of these: the ends and the stops, in order.
  [[nodiscard]] std::vector<double> const& stops_along() const { return stops_along_; }
  [[nodiscard]] std::vector<PlanPiece> const& pieces() const { return pieces_; }
  /// The line at each of these chainages, in order, and between two of them with a curve between
  /// at most `spacing` apart.
  [[nodiscard]] std::vector<terrain::PlanePoint> drawn(std::vector<double> const& along,
                                                       double spacing = 25) const;
  [[nodiscard]] double smallest_radius() const;

 private:
  Plan() = default;
  void add(PlanPiece piece);
  [[nodiscard]] std::size_t piece_at(double along) const;

  std::vector<PlanPiece> pieces_;
  std::vector<double> starts_{0};  ///< of pieces, and the end
  std::vector<double> vertex_along_;
  std::vector<double> stops_along_;
};

}  // namespace tidewater::route
