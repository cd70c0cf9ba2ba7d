#pragma once
/// What the levels of a link cost: rail climbs from cell to cell in stages, from one sample of the
/// ground to the next, in whole bins, and pays for its height over each sample.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tidewater/base/contract.hpp"

#include "lattice.hpp"
#include "level_loops.hpp"

namespace tidewater::route {

inline constexpr int kLevels = 128;      ///< bins of level at a cell
inline constexpr int kLevelsBelow = 80;  ///< of them, below the ground
inline constexpr int kMostRise = 64;     ///< bins over a link: a bin must be high enough for that
inline constexpr int kMostMultiple = 8;  ///< of a link, for structures under or over cells
inline constexpr double kLongestPass = 4000;  // m, of such a structure

/// How a bin of levels is priced.
enum class BinPricing : std::uint8_t {
  kLeast,    ///< at the least over the bin, the climb of a link rounded up: a bound
  kTypical,  ///< around the bin's middle, the climb of a link rounded down (climb_bins)
};
/// Which grade a link is held to: trains stand at loops.
enum class LinkGrade : std::uint8_t { kRuling, kLoop };
/// Whether a search moves as the trains do.
enum class Direction : std::uint8_t { kWithTravel, kAgainstTravel };

/// The ground around a cell, and which half links are open.
struct CellGround {
  std::int32_t base = 0;                          ///< bin of the first level
  std::uint32_t open = 0;                         ///< half links that may be used, a bit each
  std::array<std::int16_t, kHalfSamples> over{};  ///< of samples over base, in parts of a bin
  std::array<float, kHeadings> factor{};          ///< of zones, least over each half link
};

/// Bins of climb and descent.
struct Rise {
  int up = 0;
  int down = 0;
};

/// Costs of the levels of a line as it moves on, bin by bin from `bottom`.
class Offers {
 public:
  // Nine kilobytes that a link fills as it goes: clearing them would cost as much as the link.
  Offers() {}  // NOLINT(cppcoreguidelines-pro-type-member-init,modernize-use-equals-default)
  /// Costs of levels from the bin `bottom` on.
  void start(int bottom, Units const* costs, int count) {
    first_ = kRoom / 2 - kLevels;
    bottom_ = bottom;
    count_ = count;
    std::copy(costs, costs + count, begin());
  }
  [[nodiscard]] int bottom() const { return bottom_; }
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] Units* begin() { return room_.data() + first_; }
  [[nodiscard]] Units const* begin() const { return room_.data() + first_; }
  /// Room on either side for a climb in stages, at no way.
  void make_room(Rise climb) {
    int const levels = climb.up + climb.down;
    TW_EXPECTS(levels <= first_, "links climb no more than there is room for");
    std::fill(begin() - levels, begin(), kNoCost);
    std::fill(begin() + count_, begin() + count_ + levels + kBatch, kNoCost);
  }
  /// Levels that climb so far, within the room; how many lead to each now.
  [[nodiscard]] int widen(Rise rise) {
    int const more = rise.up + rise.down;
    first_ -= more;
    count_ += more;
    bottom_ -= rise.down;
    return more + 1;
  }

  static constexpr int kRoom = 2 * kLevels + 4 * kMostRise * kMostMultiple;

 private:
  std::array<Units, kRoom> room_;
  int first_ = 0;
  int bottom_ = 0;
  int count_ = 0;
};

/// How a link is held.
struct LinkHold {
  LinkGrade grade = LinkGrade::kRuling;
  Rise lost{};       ///< of its climb, to the curve it begins with
  Units corner = 0;  ///< price of that curve
};

class LevelPrices {
 public:
  LevelPrices(LatticeProblem const& problem, Direction direction, BinPricing pricing);

  [[nodiscard]] CellGround ground(terrain::Cell cell) const;
  /// Moves offers from a cell to the end of a link: stages, earthworks and structures, plain track.
  void pass(CellGround const& near,
            CellGround const& far,
            std::size_t link,
            LinkHold hold,
            Offers& offers) const;
  /// Track along a link: never nothing, or ways could go round for ever.
  [[nodiscard]] Units plain(std::size_t link, double factor) const;
  /// A link costs no less from whatever level to whatever other: the ground under it may climb more
  /// than rail. Nothing, where it is closed.
  [[nodiscard]] std::optional<Units> least(terrain::Cell from, std::size_t link) const;
  /// No single link costs more.
  [[nodiscard]] std::size_t dearest() const;
  [[nodiscard]] int bin_of(double level) const;
  /// Whole bins a link climbs by typical prices, less what its corner takes: rounded down but for a
  /// fifth of a bin, for a search makes the most of every bin it is given too many.
  [[nodiscard]] static int climb_bins(double metres, double bin);
  /// Bins of a bound: up to the next whole one.
  [[nodiscard]] static int rounded_up(double bins);

 private:
  static constexpr int kParts = 16;  ///< of a bin, to which ground and phases are rounded
  static constexpr std::int16_t kStructureOnly = 0x7FFF;
  static constexpr int kLengths = 5;             ///< that links have
  static constexpr std::size_t kMostPieces = 6;  ///< of a link
  /// What lies under a piece of the half of a link that begins at a cell.
  struct Sample {
    bool is_open = false;
    terrain::Access access = terrain::Access::kOpen;
    float factor = 1;
    double ground = 0;  ///< m
  };
  [[nodiscard]] Sample sample(terrain::Cell cell, std::size_t link, int piece) const;
  /// Money of a metre of one piece and one of another at the least; `reach` in m of height.
  [[nodiscard]] double least_between(Sample const& from, Sample const& to, Grades reach) const;
  void set_places(std::size_t length);
  void set_stages(std::size_t link, Direction direction, BinPricing pricing);
  void set_reach(std::size_t link);
  void set_prices(std::size_t length, BinPricing pricing);
  /// A climb to the middle of a piece, and how far its bins lie over those of cells.
  struct Stage {
    Rise rise;
    int phase = 0;
  };
  void add_stage(
      CellGround const& at, std::size_t link, int piece, Stage stage, Offers& offers) const;
  [[nodiscard]] Units plain(CellGround const& near, CellGround const& far, std::size_t link) const;
  [[nodiscard]] Units units(double money) const;

  LatticeProblem problem_;
  Grades way_;  ///< as the search moves
  bool has_factors_ = false;
  /// Bins between a cell, the middles of the pieces of a link and the cell at its end.
  std::array<std::array<Rise, kMostPieces + 1>, kHeadings> climbs_{};
  /// m from a piece of the nearer half to the one as many pieces further on as a half has, at most.
  std::array<std::array<Grades, kMostPieces / 2>, kHeadings> reach_{};
  std::array<int, kLengths> flat_rise_{};  ///< bins over a link held to the loop grade
  std::array<Units, kLengths> plain_{};    ///< where zones make nothing dearer or cheaper
  /// How far the bins of a piece lie over those of cells, in parts of a bin.
  std::array<std::array<int, kMostPieces>, kHeadings> phase_{};
  /// Where a piece has its level and its ground, in cell sides from the nearer end of the link.
  std::array<std::array<double, kMostPieces / 2>, kLengths> place_{};
  /// Units of a piece of line by height of the bin over the ground: for each length of
  /// link and part of a bin a row of whole bins, so that levels read on.
  std::array<std::array<std::vector<Units>, kParts>, kLengths> rows_;
  std::array<Units, kLengths> structure_only_{};
  int lowest_ = 0;  ///< bins over the ground, of the first entry of a row
  int entries_ = 0;
};

}  // namespace tidewater::route
