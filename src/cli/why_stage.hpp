#pragma once
/// `tidewater simulate --why ASSET@DATE`: what an asset did on a day, and because of what.

#include "with_designs.hpp"

namespace tidewater::cli {

struct WhyQuestion {
  std::string asset;
  std::string date;  ///< yyyy-mm-dd
  corridor::Watch day;
};
/// Fails where the text is no ASSET@DATE, or the day lies outside the project's life.
[[nodiscard]] Result<WhyQuestion> why_question(std::string const& written,
                                               project::Project const& project);

/// The day in the life of the first replication, stretch by stretch.
[[nodiscard]] Diagnostics show_why(Request const& request,
                                   Drawn const& d,
                                   WhyQuestion const& question,
                                   io::Json& json);

}  // namespace tidewater::cli
