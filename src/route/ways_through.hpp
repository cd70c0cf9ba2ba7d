#pragma once
/// Ways from end to end through chosen cells: the searches without headings from both ends meet
/// in every cell, and the sum of what they paid is the least that any way through it costs (Abraham
/// et al. 2013, alternative routes by via nodes).

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "setting.hpp"

namespace tidewater::route {

class WaysThrough {
 public:
  /// Ways up to `beyond`, a share, dearer than the cheapest. None where a leg is closed or the
  /// searches do not fit into the problem's memory.
  WaysThrough(terrain::Terrain const& terrain, AlignmentProblem const& problem, double beyond);
  WaysThrough(WaysThrough const&) = delete;
  WaysThrough& operator=(WaysThrough const&) = delete;
  ~WaysThrough();

  /// The problem made to pass through the middle of the cheapest way that is another: no more than
  /// `most_shared` of the nodes from end to end, over all legs, lie where `is_along` earlier lines.
  [[nodiscard]] std::optional<AlignmentProblem> through_another(
      std::function<bool(terrain::Cell)> const& is_along, double most_shared) const;

 private:
  struct Met;
  Turned turned_;
  AlignmentProblem problem_;
  double beyond_;
  std::vector<std::unique_ptr<Met>> legs_;
};

}  // namespace tidewater::route
