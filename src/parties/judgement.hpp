#pragma once
/// Sampled judgements: what each party wants and weighs, and where a package stands, draw by draw.

#include <cstdint>
#include <string>
#include <vector>

#include "tidewater/parties/party.hpp"
#include "tidewater/parties/standing.hpp"

namespace tidewater::parties {

/// One stance under every draw. `weight` is normalised: all weights of a party sum to one.
struct StanceDraws {
  std::string issue;
  std::vector<double> wanted;  ///< 0..1
  std::vector<double> weight;
};

/// One party under every draw.
struct PartyDraws {
  std::vector<StanceDraws> stances;
  std::vector<double> money_weight;
  std::vector<double> jobs_weight;
  std::vector<double> capability;
  std::vector<Money> money_scale;   ///< empty when it is a point: MoneyInterest::scale
  std::vector<double> jobs_target;  ///< empty when it is a point: JobsInterest::target
};

/// Stances without a position are left out; callers check that none of them weighs.
[[nodiscard]] PartyDraws judged(Party const& party, Judgements const& judgements);

/// Where a package stands on an issue under every draw. Packages share the draw, so equal ranges
/// give equal positions.
[[nodiscard]] std::vector<double> offered(IssuePosition const& position,
                                          Judgements const& judgements);

}  // namespace tidewater::parties
