#pragma once
/// Ways from end to end through chosen cells: the searches without headings from both ends meet
/// in every cell, and the sum of what they paid is the least that any way through it costs (Abraham
/// et al. 2013, alternative routes by via nodes).

#include <functional>
#include <optional>
#include <vector>

#include "level_search.hpp"
#include "setting.hpp"

namespace tidewater::route {

class WaysThrough {
 public:
  /// Ways up to `beyond`, a share, dearer than the cheapest. The searches take the problem's memory
  /// one leg after the other and are gone afterwards: what is kept is a few numbers a cell.
  WaysThrough(terrain::Terrain const& terrain, AlignmentProblem const& problem, double beyond);
  WaysThrough(WaysThrough const&) = delete;
  WaysThrough& operator=(WaysThrough const&) = delete;

  /// False where a leg is closed or its searches do not fit into the problem's memory.
  [[nodiscard]] bool has_any() const { return !legs_.empty(); }
  /// The problem made to pass through the middle of the cheapest way that is another: no more than
  /// `most_shared` of the nodes from end to end, over all legs, lie where `is_along` earlier lines.
  [[nodiscard]] std::optional<AlignmentProblem> through_another(
      std::function<bool(terrain::Cell)> const& is_along, double most_shared) const;

 private:
  /// What the searches of one leg from both ends know.
  struct Met {
    std::vector<LevelSearch::Meeting> meetings;
    std::vector<LevelSearch::Branch> out;   ///< from the leg's start
    std::vector<LevelSearch::Branch> back;  ///< from its end
    double cost = 0;                        ///< money of the cheapest way
    std::size_t end = 0;                    ///< cell
  };
  [[nodiscard]] static std::optional<Met> met(Setting const& setting,
                                              std::size_t leg,
                                              double beyond);

  Turned turned_;
  AlignmentProblem problem_;
  double beyond_;
  std::vector<Met> legs_;
};

}  // namespace tidewater::route
