#pragma once
/// The stretches of a line given by its corners and radii, laid over the ground: what a search that
/// moves corners asks thousands of times. Curves are taken as arcs between the ends of their
/// spirals, of their true length. Lengths are those on the plane: on the ground they differ by the
/// projection's scale, under 0.1 %.

#include <array>
#include <optional>
#include <vector>

#include "level_rows.hpp"
#include "plan_curves.hpp"
#include "plan_geometry.hpp"
#include "profile.hpp"
#include "setting.hpp"

namespace tidewater::route {

struct LineCorner {
  PlanVertex vertex;
  double radius = 0;            ///< m of its curve; at most what it has room for
  std::optional<double> pin{};  ///< m: level rail has where its curve ends
};

/// From the end of one curve to the end of the next.
struct LineSegment {
  std::vector<LineStretch> line;
  double near = 0;                      ///< m: a level at its end
  double plain = 0;                     ///< money of the line whatever its levels
  [[nodiscard]] double length() const;  ///< m
};

/// A corner with its neighbours; none beyond an end of the line.
struct CornerPlace {
  LineCorner const* before = nullptr;
  LineCorner const& here;
  LineCorner const* after = nullptr;
};

class LineSurvey {
 public:
  explicit LineSurvey(Setting const& setting);

  [[nodiscard]] CurveLaw const& law() const { return law_; }
  [[nodiscard]] double plain() const { return plain_; }  ///< money per metre
  /// Tangent of half the turn; 0 at ends and where there is no curve.
  [[nodiscard]] double tan_half(CornerPlace const& corner) const;
  /// Radius that is laid: the corner's, but no less than the least at its turn.
  [[nodiscard]] double radius(CornerPlace const& corner) const;
  [[nodiscard]] double tangent(CornerPlace const& corner) const;
  /// From the end of the curve before the corner to the end of its own.
  [[nodiscard]] LineSegment segment(CornerPlace const& corner, double tangent_before) const;

 private:
  struct Run {
    double length = 0;  ///< m on the plane
    double lost = 0;    ///< grade that curves take
  };
  template <class At>
  void add(LineSegment& out, Run run, At const& at) const;
  void add_curve(LineSegment& out, CornerPlace const& corner) const;

  Setting const* setting_;
  CurveLaw law_;
  double plain_;
};

}  // namespace tidewater::route
