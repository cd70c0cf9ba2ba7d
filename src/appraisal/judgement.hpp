#pragma once
/// From outcomes in many futures to the parties' table.

#include <vector>

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::appraisal {

/// What each party receives and how many of its people work, in one outcome.
[[nodiscard]] std::vector<parties::PartyReceipts> receipts(project::Project const& p,
                                                           Outcome const& outcome);

/// One standing for each option that builds something, in the order of the project's options;
/// `received[option][future]` as from receipts(). None when the project has no parties.
[[nodiscard]] Result<std::vector<parties::OptionStanding>> weigh_options(
    project::Project const& p,
    std::vector<std::vector<std::vector<parties::PartyReceipts>>> const& received);

/// The options that build something: indices into Project::options.
[[nodiscard]] std::vector<std::size_t> building(project::Project const& p);

}  // namespace tidewater::appraisal
