#pragma once
/// Why a new railway lies where it does, and which other lines there are.

#include <vector>

#include "tidewater/appraisal/design.hpp"
#include "tidewater/route/reasons.hpp"

namespace tidewater::appraisal {

/// What to find out; each but the first searches again, as long as the line itself took.
struct LineQuestions {
  std::size_t dearest = 5;  ///< kilometres
  bool asks_constraints = false;
  std::size_t alternatives = 0;
};

struct LineReasons {
  std::vector<route::DearKilometre> dearest;
  std::vector<route::ConstraintCost> constraints;
  std::vector<route::Alignment> alternatives;
};

/// Nothing for links that are not drawn by the search.
[[nodiscard]] Result<LineReasons> line_reasons(project::Project const& project,
                                               LinkDesign const& link,
                                               terrain::Terrain const* ground,
                                               LineQuestions const& questions);

}  // namespace tidewater::appraisal
