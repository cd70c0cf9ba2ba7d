#pragma once
/// The lattice of the label search: straight links in thirty-two headings between the middles of
/// cells, with the ground sampled in pieces along them, and levels in bins of one height.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "search_surface.hpp"
#include "section.hpp"

namespace tidewater::route {

inline constexpr int kHeadings = 32;

struct LatticeLink {
  int dc = 0;
  int dr = 0;          ///< rows run south
  int halves = 1;      ///< stages on either half: pieces of line whose level is one
  double length = 0;   ///< in cell sides
  double angle = 0;    ///< radians, anticlockwise from east
  int samples_at = 0;  ///< where a node keeps the samples of its half of the link, one a piece
};

/// Links by heading, anticlockwise from east; the opposite of k is (k + 16) mod 32.
struct LatticeLinks {
  std::array<LatticeLink, kHeadings> link{};
  int samples = 0;  ///< of all half links of a node
  LatticeLinks();
  [[nodiscard]] static constexpr std::size_t opposite(std::size_t k) {
    return (k + kHeadings / 2) % kHeadings;
  }
  /// Radians between two headings, 0 to pi.
  [[nodiscard]] double turn(std::size_t from, std::size_t to) const;
};
[[nodiscard]] LatticeLinks const& lattice_links();

inline constexpr int kHalfSamples = 72;  ///< of the ground on a node's half links: one a piece

/// Least price of a metre of earthworks and structures anywhere between two offsets of rail over
/// ground: never above any price in the interval.
class FloorPrices {
 public:
  FloorPrices(SectionPrices const& prices, AlignmentRules const& rules);
  [[nodiscard]] double between(double low, double high) const {
    if (low <= 0) {
      return high >= 0 ? level_ : at(below_, -high);
    }
    return at(above_, low);
  }
  /// Of two metres together whose offsets over the ground differ so much or more, the upper first;
  /// the highest finite price where nothing can stand so far apart.
  [[nodiscard]] double apart(double difference) const;
  [[nodiscard]] double structure_only() const { return structure_only_; }
  [[nodiscard]] double highest() const { return static_cast<double>(above_.size()) / kPerMetre; }
  /// The highest finite price there is.
  [[nodiscard]] double dearest() const { return dearest_; }

 private:
  static constexpr double kPerMetre = 5;
  void set_apart();
  /// Towards the ground: the table entry at or before the height.
  [[nodiscard]] static double at(std::vector<double> const& table, double height) {
    auto const i = static_cast<std::size_t>(height * kPerMetre);
    return i < table.size() ? table[i] : std::numeric_limits<double>::infinity();
  }
  std::vector<double> above_;
  std::vector<double> below_;
  std::vector<double> apart_;  ///< by the entries the two metres' prices lie apart
  double level_ = 0;
  double structure_only_ = 0;
  double dearest_ = 0;
};

/// What searches on the lattice share: the ground under links, prices, grades, units.
struct LatticeProblem {
  SearchSurface const& surface;
  FloorPrices const* floors = nullptr;
  Grades grades;  ///< in the direction of travel
  double loop_grade = 0.0025;
  double plain_rate = 0;      ///< money per metre of line before earthworks and structures
  double bin = 1.25;          ///< m of height
  double unit = 1;            ///< money; searches count in whole units, rounded down
  double min_radius = 400;    ///< m
  double compensation = 0.7;  ///< m: grade given up in a curve is this over its radius
  double transition = 50;     ///< m of spiral at the least radius
  std::size_t memory = std::size_t{2} << 30;  ///< bytes a search may take
};

}  // namespace tidewater::route
