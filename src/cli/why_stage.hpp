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

/// Put together option by option: an asset may be in some of them only.
struct WhyAnswer {
  bool found = false;
  std::vector<std::string> names;  ///< of every asset in any option
  std::string text;
};
/// The day in the life of the option's first replication, stretch by stretch.
[[nodiscard]] Diagnostics answer_why(Drawn const& d,
                                     WhyQuestion const& question,
                                     io::Json& json,
                                     WhyAnswer& answer);

/// Prints the text where tables are asked for. Fails where no option has the asset.
[[nodiscard]] Diagnostics show_why(Request const& request,
                                   WhyQuestion const& question,
                                   WhyAnswer const& answer);

}  // namespace tidewater::cli
