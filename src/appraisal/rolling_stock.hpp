#pragma once
/// The project's locomotives and wagons as the train room knows them.

#include "tidewater/project/project.hpp"
#include "tidewater/train/consist.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::appraisal {

[[nodiscard]] train::Locomotive locomotive(project::Locomotive const& l);
[[nodiscard]] train::Wagon wagon(project::Wagon const& w);

/// Of the vehicles of further classes in one train of the consist.
[[nodiscard]] Money price_of_more(project::Project const& p, project::Consist const& consist);
/// Of all vehicles in it.
[[nodiscard]] Money price_of_train(project::Project const& p,
                                   project::Consist const& consist,
                                   train::SizedConsist const& sized);

}  // namespace tidewater::appraisal
