#pragma once
/// The search for a line: ways on the lattice, lines drawn from them, and where none is near its
/// bound lines under stricter rules, which are lines under these.

#include <optional>

#include "align_over.hpp"
#include "drafts.hpp"

namespace tidewater::route {

struct LineFound {
  tl::expected<BestLine, WhyNone> line;
  LatticeBound bound;
};

/// Nothing where the search does not fit into its memory.
///   search  the setting, or the same over dearer ground: then the line is to be another, not the
///           best there is
[[nodiscard]] std::optional<LineFound> find_line(Setting const& setting,
                                                 Setting const& search,
                                                 Search const& how,
                                                 SearchEffort& effort);

}  // namespace tidewater::route
