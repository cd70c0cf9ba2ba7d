#pragma once
/// `--set path=value`: writes values into a document before it is read.

#include <string>
#include <utility>
#include <vector>

#include "document.hpp"

namespace tidewater::io {

/// Applies the settings in order; with another relief, the note on the file's goes. Faults (TW0004)
/// carry `--set path` as their place.
[[nodiscard]] Diagnostics apply_sets(Node& root,
                                     std::vector<std::pair<std::string, std::string>> const& sets,
                                     ReadLimits const& limits);

/// Parts of a path as people write it: joined by slashes, or by dots when there is no slash.
[[nodiscard]] std::vector<std::string> path_parts(std::string_view path);

}  // namespace tidewater::io
