/// Crews that cannot man a train, or not for a round trip.

#include <algorithm>
#include <cmath>

#include "examiner.hpp"

namespace tidewater::corridor {

void Examiner::crews(std::string const& place, Crews const& crews) {
  if (crews.per_train < 1 || crews.count < crews.per_train) {
    fault(place + "/count",
          fmt::format("{} crews man no train that takes {}", crews.count, crews.per_train),
          "state one crew a train or more, and at least as many in all");
  }
  above_zero(place + "/duty", crews.duty, "the duty");
  not_negative(place + "/rest", crews.rest, "the rest");
}

/// The longest undisturbed round trip of each fleet lies within the duty of the crews of a train.
void Examiner::duties() {
  std::vector<Time> longest(model_->fleets.size());
  auto const consider = [&](Haul const& haul, Time cycle) {
    if (auto const* rail = std::get_if<RailHaul>(&haul); rail != nullptr) {
      Time& most = longest[rail->fleet.index()];
      most = std::max(most, cycle);
    }
  };
  for (std::uint32_t r = 0; r < model_->routes.size(); ++r) {
    auto const cycles = unobstructed_cycles(*model_, RouteId{r});
    for (std::size_t h = 0; h < cycles.size(); ++h) {
      consider(model_->routes[RouteId{r}].hauls[h], cycles[h]);
    }
  }
  for (std::uint32_t i = 0; i < model_->inbound.size(); ++i) {
    consider(model_->inbound[InboundId{i}].haul, unobstructed_cycle(*model_, InboundId{i}));
  }
  for (std::uint32_t f = 0; f < model_->fleets.size(); ++f) {
    Fleet const& fleet = model_->fleets[FleetId{f}];
    if (fleet.crews && longest[f] > fleet.crews->per_train * fleet.crews->duty) {
      fault("/fleet/" + fleet.id + "/crews/per_train",
            fmt::format("a round trip takes {:.1f} h, beyond the duty of {} crews of {:.1f} h",
                        longest[f].in(units::h),
                        fleet.crews->per_train,
                        fleet.crews->duty.in(units::h)),
            fmt::format("state {:.0f} crews per train, who relieve each other",
                        std::ceil(longest[f] / fleet.crews->duty)));
    }
  }
}

}  // namespace tidewater::corridor
