#pragma once
/// What the levels of a line cost, moved on stretch by stretch from either end: rail takes any
/// level in a band, climbs no more than each stretch allows and pays for its height over the ground
/// in the middle of it. Neither haul nor vertical curves; docs/theory/route.md.
///
/// Costs are linear between neighbouring levels of a row. From stretch to stretch a row moves on by
/// the most the stretch climbs, so that rail at the limit goes from level to level and nothing is
/// rounded along a climb, however long.

#include <array>
#include <vector>

#include "search_surface.hpp"
#include "section.hpp"

namespace tidewater::route {

inline constexpr int kRowLevels = 64;

/// Money at each of some levels, evenly apart.
struct LevelRow {
  double lowest = 0;  ///< m
  double paid = 0;    ///< at any of them, never less further on, and so much more at each:
  std::array<float, kRowLevels> cost{};
};

/// A piece of line of one grade at most, about 100 m.
struct LineStretch {
  double length = 0;              ///< m
  terrain::PlanePoint place{};    ///< its middle
  double ground = 0;              ///< m, there
  double near = 0;                ///< m: a level of rail there that rows lie around
  std::array<double, 2> free{};   ///< m it climbs and descends at most, were there no flats
  std::array<double, 2> limit{};  ///< with them
  float factor = 1;               ///< of zones
  terrain::Access access = terrain::Access::kOpen;
};

class LevelRows {
 public:
  /// Material is worth the mean of what borrowing costs and dumping saves: half of it is hauled. No
  /// price is negative.
  ///   plain  money per metre of line whatever its level: what is forbidden is many times as dear
  LevelRows(SectionPrices const& prices, Grades grades, double plain);

  /// Rail at one level. Others pay so much a metre that no line does but one that cannot hold it,
  /// which shows by how much.
  [[nodiscard]] LevelRow pinned(double level) const;
  void pin(LevelRow& row, double level) const;

  /// From the beginning of the stretches to their end, or the other way; `near` is a level there.
  void forwards(std::vector<LineStretch> const& line, double near, LevelRow& row) const;
  void backwards(std::vector<LineStretch> const& line, double near, LevelRow& row) const;
  /// Over one stretch.
  void forwards(LineStretch const& stretch, double near, LevelRow& row) const;
  void backwards(LineStretch const& stretch, double near, LevelRow& row) const;

  /// Least sum of two rows at one level, and that level.
  struct Joint {
    double cost = 0;
    double level = 0;
  };
  [[nodiscard]] Joint joined(LevelRow const& a, LevelRow const& b) const;
  /// Sets levels in the middles of the stretches at least cost from `from` at their beginning to
  /// `level` at their end; returns the level where they begin.
  double trace(std::vector<LineStretch>& line, LevelRow const& from, double level) const;

 private:
  /// Levels from which one can be reached: `up` below it to `down` above, m.
  struct Move {
    double up = 0;
    double down = 0;
    double near = 0;  ///< where the row lies afterwards
  };
  void move(LevelRow& row, Move const& how) const;
  void pass(LineStretch const& stretch, Move const& half, LevelRow& row) const;
  static void settle(LevelRow& row);
  void add_price(LevelRow& row, LineStretch const& stretch) const;
  [[nodiscard]] double at(LevelRow const& row, double level) const;
  [[nodiscard]] double least_between(LevelRow const& row, double low, double high) const;

  static constexpr int kParts = 16;  ///< of a step, to which heights over the ground are rounded
  double step_;                      ///< m between levels
  double astray_;                    ///< money a metre off a pin
  float edge_;                       ///< money a level beyond a row
  int entries_ = 0;                  ///< of a table
  using Table = std::array<std::vector<float>, kParts>;  ///< by part of a step, steps read on
  Table open_;
  Table structures_only_;
};

}  // namespace tidewater::route
