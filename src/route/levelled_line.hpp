#pragma once
/// A line whose plan and levels are held together: its corners, what its levels cost from either
/// end, and what a change of a few corners would make of the whole with the levels free to follow.

#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "line_flats.hpp"
#include "line_survey.hpp"

namespace tidewater::route {

/// Corners first .. last - 1 replaced by up to two others.
struct LineChange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::array<LineCorner, 2> with{};
  std::size_t count = 0;
};

/// The line around a change, from the end of the curve two corners before it to that of the second
/// after it.
struct LineTrial {
  LineChange change{};
  std::size_t from = 0;  ///< corner that begins it
  std::size_t to = 0;    ///< that ends it, as numbered before
  std::vector<LineCorner> corners{};
  std::vector<LineSegment> segments{};  ///< to each corner but the first
  double cost = 0;  ///< money of the line from end to end but for plain line outside
};

class LevelledLine {
 public:
  /// Level a rail may have near a place: where levels are first looked for.
  using NearLevel = std::function<double(terrain::PlanePoint)>;

  /// Both ends have pins.
  LevelledLine(Setting const& setting,
               std::vector<LineCorner> corners,
               std::vector<LineFlat> flats,
               NearLevel const& near);

  [[nodiscard]] std::vector<LineCorner> const& corners() const { return corners_; }
  [[nodiscard]] std::vector<LineFlat> const& flats() const { return flats_.all(); }
  [[nodiscard]] LineSurvey const& survey() const { return survey_; }
  /// Money of the line with its levels, when last settled.
  [[nodiscard]] double cost() const { return cost_; }

  /// Levels at least cost, of the line as it is now.
  void settle();
  /// Loops where they cost least at these levels, and levels again.
  void place_loops();
  /// Readies trials of changes that begin with this corner or the next.
  void reach(std::size_t corner);

  /// The line from one corner to another, settled, what lies outside held as rows of either side.
  [[nodiscard]] LevelledLine part(std::size_t first, std::size_t last);
  /// In place of the corners it was taken from.
  void take(std::size_t first, std::size_t last, LevelledLine const& part);
  [[nodiscard]] bool is_whole() const { return !before_ && !after_; }

  /// Nothing where the least radii find no room, or what lies outside a part would have to change.
  /// Its cost is infinite where it is seen on the way that it costs `enough` or more.
  [[nodiscard]] std::optional<LineTrial> trial(
      LineChange const& change, double enough = std::numeric_limits<double>::infinity()) const;
  /// What a trial's cost is to be compared with.
  [[nodiscard]] double present_cost(LineChange const& change) const;
  void take(LineTrial trial);

 private:
  LevelledLine(LevelledLine const& whole, std::size_t first, std::size_t last);
  [[nodiscard]] LineCorner const* before(std::size_t i) const {
    return i > 0 ? &corners_[i - 1] : before_ ? &*before_ : nullptr;
  }
  [[nodiscard]] LineCorner const* after(std::size_t i) const {
    return i + 1 < corners_.size() ? &corners_[i + 1] : after_ ? &*after_ : nullptr;
  }
  [[nodiscard]] CornerPlace place(std::size_t i) const {
    return {before(i), corners_[i], after(i)};
  }
  /// Whether a change leaves the curves at the ends of a part as they are.
  [[nodiscard]] bool stays_inside(LineChange const& change) const {
    return (!before_ || change.first >= 2) && (!after_ || change.last + 2 <= corners_.size());
  }
  [[nodiscard]] CornerPlace place(LineTrial const& trial, std::size_t k) const;
  [[nodiscard]] bool has_room(LineTrial& trial) const;
  void lay(LineTrial& trial) const;
  void spread_levels(LineTrial& trial) const;
  [[nodiscard]] Relaid relaid(LineTrial const& trial) const;
  void pin(LevelRow& row, LineCorner const& corner) const;
  void advance(std::size_t corner);
  void measure();

  LineSurvey survey_;
  LevelRows rows_;
  std::vector<LineCorner> corners_;
  std::optional<LineCorner> before_;  ///< of a part: the corner before its first
  std::optional<LineCorner> after_;
  LevelRow start_;        ///< at the first corner, with its pin
  LevelRow goal_;         ///< at the last, with its pin
  double starts_at_ = 0;  ///< m along the whole line
  LineFlats flats_;
  std::vector<LineSegment> segments_;  ///< to each corner; to the first only a level
  std::vector<double> ends_;           ///< m along the line, of segments
  std::vector<LevelRow> behind_;  ///< from the start to the end of each segment, its pin left out
  std::vector<LevelRow> ahead_;   ///< from there to the goal, with its pin
  std::size_t reached_ = 0;       ///< rows behind that are so
  double cost_ = 0;
};

}  // namespace tidewater::route
