#pragma once
/// A railway line as a train meets it: what lies under its wheels from the first post to the last,
/// in the running direction. Grades, curves and speed limits; no tracks, signals or loops (those
/// are in capacity.hpp).

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::train {

/// One over the radius; zero on a tangent, never negative (a train resists left and right alike).
using Curvature = Quantity<Dim<-1, 0, 0, 0>>;

/// From `from` up to the next section (or the end of the line) nothing changes.
struct LineSection {
  Length from{};
  double grade = 0;            ///< rise over run, positive uphill in the running direction
  Curvature curvature{};       ///< 1 / radius
  double path_resistance = 0;  ///< further resistance per train weight (tunnel, points), never < 0
  Speed speed_limit{std::numeric_limits<double>::infinity()};
  bool operator==(LineSection const&) const = default;
};

/// Sections in order, the first from the first post; `end` is the last post.
struct Line {
  std::vector<LineSection> sections{};
  Length end{};
  [[nodiscard]] Length begin() const { return sections.empty() ? end : sections.front().from; }
  [[nodiscard]] Length length() const { return end - begin(); }
  bool operator==(Line const&) const = default;
};

/// A surveyed point of the rail level.
struct Station {
  Length post{};
  Length level{};
};

/// Straight grades between stations. Rejects fewer than two stations, posts that do not increase
/// and numbers that are not finite, each with its place below `where`.
[[nodiscard]] Result<Line> line_from_stations(std::span<Station const> stations,
                                              Speed speed_limit,
                                              std::string const& where = "/line");

/// Between two posts; posts beyond the line are cut off.
struct Stretch {
  Length from{};
  Length to{};
};

/// The line with a limit laid over a stretch; where a lower limit stands already it stays.
[[nodiscard]] Line with_speed_limit(Line line, Stretch stretch, Speed limit);
/// The line with a curve of this radius (> 0) over a stretch, in place of what was there.
[[nodiscard]] Line with_curve(Line line, Stretch stretch, Length radius);
/// The line with a further path resistance (per train weight, >= 0) added over a stretch.
[[nodiscard]] Line with_path_resistance(Line line, Stretch stretch, double resistance);

/// The same line run the other way: posts count from the old end (old post p becomes
/// begin + end - p), grades change sign. reversed(reversed(line)) runs as line does.
[[nodiscard]] Line reversed(Line const& line);

/// Rise of the rail level from the first post to `post`.
[[nodiscard]] Length rise(Line const& line, Length post);

/// Steepest mean equivalent grade (curves and path resistance included) against the train under
/// any stretch of this length within the line, and the post of its upper end: the ruling grade for
/// a train so long. Never below zero.
struct RulingGrade {
  double grade = 0;
  Length post{};
};
[[nodiscard]] RulingGrade ruling_grade(Line const& line, Length train_length);

/// Every fault of the line: none, when it can be run on.
[[nodiscard]] Diagnostics faults(Line const& line, std::string const& where = "/line");

/// Grade that resists as much as a curve does. 700/R per mille (R in m) is the common metric rule
/// and, within 0.3 %, AREA's 0.8 lb/short ton or 0.04 % a degree of curve (100 ft chord).
inline constexpr Length kCurveResistance{0.7};
[[nodiscard]] double curve_equivalent_grade(Curvature curvature, Length rule = kCurveResistance);
/// Degrees of arc under a 100 ft chord, the American and Indian way to give a curve.
[[nodiscard]] Curvature curvature_of_degree(double degree);

}  // namespace tidewater::train
