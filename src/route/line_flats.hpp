#pragma once
/// Loops and yards on a line whose corners move: where they lie, what they leave of its grades, and
/// where along it they cost least.

#include <vector>

#include "level_rows.hpp"
#include "profile.hpp"

namespace tidewater::route {

/// A stretch of line no steeper than the loop grade.
struct LineFlat {
  double middle = 0;  ///< m along the line
  double length = 0;  ///< m
  FlatWindow::Use use = FlatWindow::Use::kLoop;
};

/// Part of a line that becomes another length.
struct Relaid {
  double from = 0;  ///< m along the line
  double to = 0;
  double length = 0;  ///< m, new
};

class LineFlats {
 public:
  /// In order.
  LineFlats(std::vector<LineFlat> flats, AlignmentRules const& rules);

  [[nodiscard]] std::vector<LineFlat> const& all() const { return flats_; }
  /// Those that may reach a part of the line, as they would lie: outside it where they were, inside
  /// it at the same share of the way.
  [[nodiscard]] std::vector<LineFlat> around(Relaid const& part) const;
  void move(Relaid const& part);
  /// Sets limits of stretches that begin at a chainage: the loop grade in flats, and beside them
  /// what vertical curves leave.
  void limit(std::vector<LineStretch>& line,
             double start,
             std::vector<LineFlat> const& flats) const;
  /// Puts loops, one after the other, where they cost least within a quarter of their spacing of
  /// their even place, the others held and levels held where they reach no more.
  ///   line  the whole, with levels of a profile
  void place(std::vector<LineStretch> line, LevelRows const& rows);

 private:
  struct Site;
  [[nodiscard]] double steepest(double at, std::vector<LineFlat> const& flats) const;
  [[nodiscard]] double reach(LineFlat const& flat) const { return flat.length / 2 + beside_; }
  [[nodiscard]] double place_in(LineFlat const& flat, Relaid const& part) const;
  [[nodiscard]] double cheapest(std::size_t flat, Site const& site, LevelRows const& rows) const;

  std::vector<LineFlat> flats_;
  double grade_;
  double radius_;  ///< m, of vertical curves
  double beside_;  ///< m beside a flat where the grade is less than ruling
};

}  // namespace tidewater::route
