#pragma once
/// The problem in the direction of search, with what every step shares.

#include <vector>

#include "search_surface.hpp"
#include "section.hpp"

namespace tidewater::route {

struct Setting {
  terrain::Terrain const& terrain;
  AlignmentProblem const& problem;
  SectionPrices const& prices;
  SearchSurface const& surface;
  std::vector<LinePoint> stops;      ///< from, via, to
  std::vector<terrain::Cell> cells;  ///< of the stops
  Grades grades;
};

/// A sound problem turned to its direction of search, with all that its setting refers to.
class Turned {
 public:
  Turned(terrain::Terrain const& terrain, AlignmentProblem const& problem);
  Turned(Turned const&) = delete;
  Turned& operator=(Turned const&) = delete;

  [[nodiscard]] bool is_forward() const { return is_forward_; }
  [[nodiscard]] Setting const& setting() const { return setting_; }

 private:
  bool is_forward_;
  AlignmentProblem problem_;
  SectionPrices prices_;
  SearchSurface surface_;
  Setting setting_;
};

/// A setting under other rules.
class Ruled {
 public:
  Ruled(Setting const& setting, AlignmentRules const& rules);
  Ruled(Ruled const&) = delete;
  Ruled& operator=(Ruled const&) = delete;

  [[nodiscard]] Setting const& setting() const { return setting_; }

 private:
  AlignmentProblem problem_;
  SectionPrices prices_;
  Setting setting_;
};

}  // namespace tidewater::route
