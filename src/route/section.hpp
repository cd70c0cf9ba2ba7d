#pragma once
/// What a metre of line costs at a given height of rail over ground, and which structure that is.
/// Track, signalling and loops are left out: they do not depend on the height.

#include <vector>

#include "tidewater/route/alignment.hpp"
#include "tidewater/terrain/zones.hpp"

namespace tidewater::route {

/// Rail no further than this from the ground counts as at grade (its volumes still count).
inline constexpr double kAtGradeBand = 0.5;  // m

/// Area of the trapezoid, m2: formation width at rail level, side slopes to the ground.
[[nodiscard]] double cut_area(double depth, AlignmentRules const& rules);
[[nodiscard]] double fill_area(double height, AlignmentRules const& rules);

class SectionPrices {
 public:
  SectionPrices(AlignmentRules const& rules, Rates const& rates);

  /// Money per metre for `kind` at `offset` metres of rail over ground.
  [[nodiscard]] double price(StructureKind kind, double offset) const;

  struct Choice {
    StructureKind kind = StructureKind::kAtGrade;
    double per_metre = 0;  ///< infinite when nothing may stand at this offset
  };
  /// The cheapest structure the rules and the zone allow.
  [[nodiscard]] Choice cheapest(double offset, terrain::Access access) const;

  /// Price of cheapest() between entries of a table every 0.1 m, infinite up to the next entry
  /// where one is: for searches.
  [[nodiscard]] double tabled(double offset, terrain::Access access) const {
    auto const& table = access == terrain::Access::kOpen ? open_ : structures_only_;
    double const place = (offset - kLowest) * kPerMetre;
    if (!(place >= 0)) {
      return table.front();
    }
    auto const i = static_cast<std::size_t>(place);
    if (i + 1 >= table.size()) {
      return table.back();
    }
    double const share = place - static_cast<double>(i);
    return share < 1e-6 ? table[i] : (1 - share) * table[i] + share * table[i + 1];
  }

 private:
  static constexpr double kLowest = -400;  // m; a tunnel's price no longer changes below
  static constexpr double kPerMetre = 10;
  AlignmentRules rules_;
  double cut_rate_;   ///< money per m3, cut and dumped
  double fill_rate_;  ///< money per m3, borrowed and placed
  double deck_;
  double face_;
  double tunnel_;
  std::vector<double> open_;
  std::vector<double> structures_only_;
};

}  // namespace tidewater::route
