#pragma once
/// Everything wrong with a venture or a deal, in one pass.

#include "tidewater/base/result.hpp"
#include "tidewater/finance/venture.hpp"

namespace tidewater::finance {

[[nodiscard]] Diagnostics faults_of(Venture const& venture, Deal const& deal);

}  // namespace tidewater::finance
