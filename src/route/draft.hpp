#pragma once
/// One candidate line from a guide: its plan, its profile, its stations and its bill.

#include <optional>
#include <vector>

#include "link_search.hpp"
#include "plan_geometry.hpp"
#include "profile.hpp"

namespace tidewater::route {

/// The problem in the direction of search, with what every candidate shares.
struct Setting {
  terrain::Terrain const& terrain;
  AlignmentProblem const& problem;
  SectionPrices const& prices;
  GuideSurface const& surface;
  std::vector<LinePoint> stops;      ///< from, via, to
  std::vector<terrain::Cell> cells;  ///< of the stops
  Grades grades;
};

struct Draft {
  Plan plan;
  ProfileProblem profile_problem;
  std::vector<double> along;      ///< m on the plane, of the stations
  std::vector<Station> stations;  ///< rail, grade and kind only when there is a profile
  Profile profile;
  Bill bill;          ///< empty without a profile
  double grazed = 0;  ///< m of line whose nearest cell is closed: corners cut between samples
};

/// Ways from stop to stop under a guide, straightened, rounded, levelled and costed; nothing where
/// a stop cannot be reached.
[[nodiscard]] std::optional<Draft> draft(Setting const& setting,
                                         Guide const& guide,
                                         SearchEffort& effort);

}  // namespace tidewater::route
