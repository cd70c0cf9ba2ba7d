#pragma once
/// The searches on the lattice, leg by leg: a bound, a guide, and the labels they lead to the way.

#include <cstdint>
#include <memory>
#include <vector>

#include "lattice_leg.hpp"
#include "level_search.hpp"
#include "setting.hpp"

namespace tidewater::route {

struct LatticeWay {
  LevelSearch::Outcome outcome = LevelSearch::Outcome::kClosed;
  std::vector<std::vector<LevelPlace>> legs{};      ///< nodes from stop to stop
  std::vector<std::vector<LevelPlace>> unturned{};  ///< likewise, without heed of corners
  std::vector<terrain::Cell> loops{};  ///< middles of the stretches left flat for them, in order
  double cost = 0;                     ///< money of the way on the lattice, shares left out
  double unturned_cost = 0;            ///< of `unturned`
  bool follows_unturned = false;       ///< `legs` are those of `unturned`
  int unheaded = 0;                    ///< legs whose labels were given up: the guide's way instead
  terrain::Cell stuck{};               ///< where a search came nearest to its goal, when closed
  std::size_t seen_from = 0;           ///< stop it began at
};

/// Money per metre of line before earthworks and structures, and what loops add whatever the line.
struct PlainPrice {
  double per_metre = 0;
  double fixed = 0;
};
[[nodiscard]] PlainPrice plain_price(AlignmentRules const& rules, Rates const& rates);

/// Money no way along the links costs less than, shares left out.
struct LatticeBound {
  double turning = 0;  ///< whose corners may be as sharp as they like
  /// Where curves of the least radius take at most half a link to either side; no less than that.
  double curved = 0;
  double deepest = 0;  ///< m under the ground that levels were looked at
  double highest = 0;  ///< m over it
};

/// The bound of each leg, and ways that are led by them.
class LatticeSearch {
 public:
  LatticeSearch(Setting const& setting, Grades grades, SearchEffort& effort);
  LatticeSearch(LatticeSearch const&) = delete;
  LatticeSearch& operator=(LatticeSearch const&) = delete;
  ~LatticeSearch();

  /// The cheapest way found within some limits.
  [[nodiscard]] LatticeWay way(WayLimits const& limits);
  [[nodiscard]] LatticeBound bound() const;
  /// Raises the bound `curved`, and leads ways from now on by the one that is the cheapest under
  /// it. False where that is the same as before.
  bool keep_headings();

 private:
  struct BoundedLeg;
  bool add_way(BoundedLeg& leg, WayLimits const& limits, LatticeWay& out);

  Setting const& setting_;
  Grades grades_;
  SearchEffort& effort_;
  std::vector<std::unique_ptr<BoundedLeg>> legs_;  ///< up to the first that is closed
  std::size_t held_ = 0;                           ///< bytes of all their bounds
};

/// Whether any way holds these grades: the bound alone.
[[nodiscard]] bool has_lattice_way(Setting const& setting, Grades grades);

}  // namespace tidewater::route
