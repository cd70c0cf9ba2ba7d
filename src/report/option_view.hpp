#pragma once
/// An option as its results are read: beside them the project in the median future under the
/// option's own overrides, and the corridor model whose ids the simulated life uses.

#include <optional>

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::report {

struct OptionView {
  appraisal::Appraisal const& all;
  appraisal::OptionResult const& result;
  std::size_t index = 0;  ///< of the option in the project
  project::Project own;
  std::optional<corridor::CorridorModel> model;  ///< none for an option that builds nothing

  [[nodiscard]] project::Option const& option() const { return own.options[index]; }
  /// Wet mass of a dry mass of the product.
  [[nodiscard]] Mass wet(corridor::ProductId product, Mass dry) const;
};

[[nodiscard]] OptionView view_of(appraisal::Appraisal const& all, std::size_t option);

}  // namespace tidewater::report
