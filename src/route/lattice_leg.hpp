#pragma once
/// One leg of a line, from stop to stop, as the searches on the lattice see it.

#include <cstddef>

#include "level_search.hpp"
#include "setting.hpp"

namespace tidewater::route {

/// What the searches of a leg share.
class Leg {
 public:
  Leg(Setting const& setting, Grades grades, std::size_t leg, std::size_t memory);
  Leg(Leg const&) = delete;
  Leg& operator=(Leg const&) = delete;

  /// With the bins of a bound.
  [[nodiscard]] LatticeProblem const& problem() const { return problem_; }
  /// Bins of typical prices.
  [[nodiscard]] double line_bin() const { return line_bin_; }
  [[nodiscard]] LevelPlace from() const { return from_; }
  [[nodiscard]] LevelPlace to() const { return to_; }

 private:
  static LevelPlace place(Setting const& setting, std::size_t stop);

  SectionPrices prices_;
  FloorPrices floors_;
  LatticeProblem problem_;
  double line_bin_;
  LevelPlace from_;
  LevelPlace to_;
};

}  // namespace tidewater::route
