#pragma once
/// Asks why new railways lie where they do, and which other lines there are.

#include <optional>
#include <vector>

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

/// What to find out; each but the first searches again, as long as the line itself took.
struct LineQuestions {
  std::size_t dearest = 5;  ///< kilometres
  bool asks_constraints = false;
  std::size_t alternatives = 0;
};

/// Asks for every line of the designs (by option; none for one that builds nothing) on `threads`
/// threads, once for a line that options without overrides share. Nothing is said of links that
/// are not drawn by the search.
[[nodiscard]] Diagnostics ask_lines(project::Project const& project,
                                    terrain::Terrain const* ground,
                                    LineQuestions const& questions,
                                    int threads,
                                    std::vector<std::optional<Design>>& designs);

}  // namespace tidewater::appraisal
