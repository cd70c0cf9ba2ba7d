#pragma once
/// The project's locomotives and wagons as the train room knows them.

#include "tidewater/project/project.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::appraisal {

[[nodiscard]] train::Locomotive locomotive(project::Locomotive const& l);
[[nodiscard]] train::Wagon wagon(project::Wagon const& w);

}  // namespace tidewater::appraisal
