#pragma once
/// web/dist/report.html as it stood when this program was built; src/report/embed.cmake writes it.

#include <string_view>
#include <vector>

namespace tidewater::report {

/// The file's bytes in order, in pieces.
[[nodiscard]] std::vector<std::string_view> page_bytes();

}  // namespace tidewater::report
