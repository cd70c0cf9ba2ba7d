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

}  // namespace tidewater::route
