#pragma once
/// What the levels of a link cost: rail climbs from cell to cell in stages, from one sample of the
/// ground to the next, in whole bins, and pays for its height over each sample.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lattice.hpp"

namespace tidewater::route {

inline constexpr int kLevels = 128;      ///< bins of level at a cell
inline constexpr int kLevelsBelow = 80;  ///< of them, below the ground
inline constexpr int kMostRise = 64;     ///< bins over a link: a bin must be high enough for that
inline constexpr int kMostMultiple = 8;  ///< of a link, for structures under or over cells
inline constexpr double kLongestPass = 4000;  // m, of such a structure

using Units = std::int32_t;
inline constexpr Units kNoCost = Units{1} << 27;  ///< this much or more: no way

/// How a bin of levels is priced.
enum class BinPricing : std::uint8_t {
  kLeast,    ///< at the least over the bin, climbs rounded up: a bound
  kTypical,  ///< around the bin's middle, the climb of a link rounded down: can be built
};

/// The ground around a cell, and which half links are open.
struct CellGround {
  std::int32_t base = 0;                          ///< bin of the first level
  std::uint32_t open = 0;                         ///< half links that may be used, a bit each
  std::array<std::int16_t, kHalfSamples> over{};  ///< of samples over base, in parts of a bin
  std::array<float, kHeadings> factor{};          ///< of zones, least over each half link
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
  /// The least of every level within `up` below and `down` above each bin.
  void climb(int up, int down);

 private:
  static constexpr int kRoom = 2 * kLevels + 4 * kMostRise * kMostMultiple;
  std::array<Units, kRoom> room_;
  int first_ = 0;
  int bottom_ = 0;
  int count_ = 0;
};

/// Whether any value lies below its limit.
[[nodiscard]] bool has_below(Units const* values, Units const* limits, int count);

class LevelPrices {
 public:
  /// `way`: grades in the direction the search moves in.
  LevelPrices(LatticeProblem const& problem, Grades way, BinPricing pricing);

  [[nodiscard]] CellGround ground(terrain::Cell cell) const;
  /// Moves offers from a cell to the end of a link: stages, earthworks and structures, plain track.
  void pass(CellGround const& near, CellGround const& far, std::size_t link, Offers& offers) const;
  [[nodiscard]] Units plain(std::size_t link, double factor) const;
  /// No single link costs more.
  [[nodiscard]] std::size_t dearest() const;
  [[nodiscard]] int bin_of(double level) const;

 private:
  static constexpr int kParts = 8;  ///< of a bin, to which ground is rounded
  static constexpr std::int16_t kStructureOnly = 0x7FFF;
  static constexpr int kLengths = 5;             ///< that links have
  static constexpr std::size_t kMostPieces = 6;  ///< of a link
  struct Climb {
    int up = 0;
    int down = 0;
  };

  void add_piece(CellGround const& at, std::size_t link, int piece, Offers& offers) const;
  void add_price(CellGround const& at, std::size_t link, int sample, Offers& offers) const;
  [[nodiscard]] Units units(double money) const;

  LatticeProblem problem_;
  bool has_factors_ = false;
  /// Bins between a cell, the middles of the pieces of a link and the cell at its end.
  std::array<std::array<Climb, kMostPieces + 1>, kHeadings> climbs_{};
  /// Units of one sample's piece of line by height of the bin over the ground: for each length of
  /// link and part of a bin a row of whole bins, so that levels read on.
  std::array<std::array<std::vector<Units>, kParts>, kLengths> rows_;
  std::array<Units, kLengths> structure_only_{};
  int lowest_ = 0;  ///< bins over the ground, of the first entry of a row
  int entries_ = 0;
};

}  // namespace tidewater::route
