#pragma once
/// The report: the web app, built into this program, with its results inside. One file that needs
/// nothing else, no server and no network.

#include <string>

#include "tidewater/io/json.hpp"

namespace tidewater::report {

/// The page as built (web/dist/report.html), without results: what `serve` hands out.
[[nodiscard]] std::string const& empty_page();

/// The page with `results` in it. Text from a project file cannot end the element it stands in: `<`
/// and the separators U+2028 and U+2029 are written as escapes, which JSON readers undo.
[[nodiscard]] std::string report_html(io::Json const& results);

}  // namespace tidewater::report
