#pragma once
/// The prose of docs/guide/project-file.md that no declaration holds.

#include <string_view>

namespace tidewater::io {

[[nodiscard]] std::string_view guide_introduction();  ///< up to the vocabulary of units
[[nodiscard]] std::string_view guide_numbers();       ///< forms, sources, distributions, overrides
[[nodiscard]] std::string_view guide_faults();        ///< codes and limits

}  // namespace tidewater::io
