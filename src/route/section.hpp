#pragma once
/// What a metre of line costs at a given height of rail over ground, and which structure that is.
/// Track, signalling and loops are left out: they do not depend on the height.
///
/// Without haul: cuts are dumped and fills borrowed. A bill with mass haul is never dearer, since
/// that is one of its ways; searches and the choice of structures use these prices, bills do not.

#include <vector>

#include "tidewater/route/alignment.hpp"
#include "tidewater/terrain/zones.hpp"

namespace tidewater::route {

/// Rail no further than this from the ground counts as at grade (its volumes still count).
inline constexpr double kAtGradeBand = 0.5;  // m

/// Area of the trapezoid, m2: formation width at rail level, side slopes to the ground.
[[nodiscard]] double cut_area(double depth, AlignmentRules const& rules);
[[nodiscard]] double fill_area(double height, AlignmentRules const& rules);

/// Money per m3, and per m3 and km.
struct EarthRates {
  double cut = 0;
  double dump = 0;
  double borrow = 0;
  double place = 0;
  double haul = 0;
};

/// At grade, in cut or on fill: what earth without a structure is called.
[[nodiscard]] StructureKind earth_kind(double offset);
[[nodiscard]] inline bool is_earth(StructureKind kind) {
  return kind != StructureKind::kBridge && kind != StructureKind::kTunnel;
}

class SectionPrices {
 public:
  SectionPrices(AlignmentRules const& rules, Rates const& rates);

  [[nodiscard]] AlignmentRules const& rules() const { return rules_; }
  [[nodiscard]] EarthRates const& earth() const { return earth_; }

  /// Money per metre for `kind` at `offset` metres of rail over ground.
  [[nodiscard]] double price(StructureKind kind, double offset) const;

  struct Choice {
    StructureKind kind = StructureKind::kAtGrade;
    double per_metre = 0;  ///< infinite when nothing may stand at this offset
  };
  /// The cheapest structure the rules and the zone allow.
  [[nodiscard]] Choice cheapest(double offset, terrain::Access access) const;
  /// The same where material has a worth: `worth` money per m3 is what a m3 of cut saves there, and
  /// a m3 of fill takes, from -dump to borrow.
  [[nodiscard]] Choice cheapest(double offset, terrain::Access access, double worth) const;
  /// The structure under a stretch of a finished profile, which may touch a limit of the rules: a
  /// millimetre of rounding beyond it is read from just within.
  [[nodiscard]] StructureKind structure(double offset, terrain::Access access) const;

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
  /// Money per m3 of cut and of fill.
  struct EarthPrice {
    double cut = 0;
    double fill = 0;
  };
  [[nodiscard]] EarthPrice no_haul() const {
    return {earth_.cut + earth_.dump, earth_.borrow + earth_.place};
  }
  [[nodiscard]] double earth_price(double offset, EarthPrice per_m3) const;
  [[nodiscard]] Choice cheapest(double offset, terrain::Access access, EarthPrice per_m3) const;

  static constexpr double kLowest = -400;  // m; a tunnel's price no longer changes below
  static constexpr double kPerMetre = 10;
  AlignmentRules rules_;
  EarthRates earth_;
  double deck_;
  double face_;
  double tunnel_;
  std::vector<double> open_;
  std::vector<double> structures_only_;
};

}  // namespace tidewater::route
