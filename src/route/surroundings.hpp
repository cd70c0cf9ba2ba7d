#pragma once
/// The ground a way on the lattice lies in: where lines drawn from it may stand, at what level, and
/// for how much.

#include <vector>

#include "lattice_way.hpp"
#include "plan_fit.hpp"
#include "setting.hpp"

namespace tidewater::route {

class Surroundings {
 public:
  Surroundings(Setting const& setting, LatticeWay const& way);
  Surroundings(Surroundings const&) = delete;
  Surroundings& operator=(Surroundings const&) = delete;

  /// The way's level near a place on the grid, m; the ground's where it is far.
  [[nodiscard]] double level(terrain::PlanePoint p) const;
  /// Money for a straight: track, structures at the way's level give or take half a bin of freedom,
  /// and the length missing where it is too short for its climb. No price far from the way.
  [[nodiscard]] double price(terrain::PlanePoint from, terrain::PlanePoint to) const;
  /// Where a line may stand.
  [[nodiscard]] OpenTest const& open() const { return open_; }
  /// Open, and beside the way: a line that strays further would be another way's, and an
  /// alternative no longer one.
  [[nodiscard]] OpenTest const& near() const { return near_; }

 private:
  void spread(LevelPlace const& from, LevelPlace const& to);
  void stamp(terrain::GridPlace place, float level);

  Setting const& s_;
  FloorPrices floors_;
  double plain_;
  std::vector<float> level_;     ///< m, by cell; NaN far from the way
  std::vector<float> distance_;  ///< cells from the way
  OpenTest open_;
  OpenTest near_;
};

}  // namespace tidewater::route
