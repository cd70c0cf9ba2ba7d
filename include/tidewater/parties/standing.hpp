#pragma once
/// How each option stands with each party against "no project".
///
/// Value of a package to a party: V = sum_k w_k v_k over money, jobs and issues, v of an issue
/// = 1 - |wanted - offered|, weights normalised to one; gain G = V(option) - V(no project) in the
/// same future and under the same judgement. Nothing is a forecast of behaviour: a gain says "no
/// worse off by what it is judged to want".

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/parties/party.hpp"

namespace tidewater::parties {

/// How the judgements are sampled. A draw is keyed by (seed, party id, issue id, draw index): a new
/// party, option or issue moves no other draw, and every package meets the same judgements.
struct Judgements {
  std::uint64_t seed = 1;
  std::uint32_t draws = 1000;  ///< >= 1; every draw meets every future
  /// 0..1: a salience or weight given as a point w is drawn from (w (1 - s), w, w (1 + s)). At 0 it
  /// is taken as certain, which no judgement is; whoever sets it states it as an assumption.
  double point_weight_spread = 0;
};

struct Interval {
  double low = 0;
  double high = 0;
  bool operator==(Interval const&) const = default;
};

/// Probability over all (future, judgement) pairs.
struct Chance {
  double p = 0;
  /// From the lower of the low ends to the higher of the high ends of `over_futures` and
  /// `sampling`: what to print.
  Interval interval;
  Interval over_futures;     ///< P5-P95 of the probability given the future
  Interval over_judgements;  ///< P5-P95 of the probability given the judgement
  /// 95 % of sampling error: Wilson's interval for the number of independent trials that would err
  /// as much as this crossed sample of futures and judgements does.
  Interval sampling;
  bool operator==(Chance const&) const = default;
};

struct Spread {
  double mean = 0;
  double low = 0;  ///< P5 over all (future, judgement) pairs
  double median = 0;
  double high = 0;  ///< P95
  bool operator==(Spread const&) const = default;
};

/// Mean part of the gain that comes from "money", "jobs" or an issue; the parts sum to the mean.
struct Driver {
  std::string issue;  ///< Issue::id, or "money", "jobs"
  double contribution = 0;
  bool operator==(Driver const&) const = default;
};

struct Valuation {
  Chance gains;  ///< P(G >= 0)
  Spread gain;   ///< G, between -2 and 2; 0 = no worse off than without the project
  /// Share of the variance of G that judgement explains alone (first order), the rest being the
  /// future and its interplay with judgement; 0..1, none when G never varies.
  std::optional<double> judgement_share;
  std::vector<Driver> drivers;  ///< largest effect first
  bool operator==(Valuation const&) const = default;
};

struct PartyStanding {
  std::string id;
  std::string name;
  Role role = Role::kBargain;
  bool key = false;
  std::optional<Valuation> valuation;
  std::string reason;  ///< why there is no valuation; else Party::reason
  bool operator==(PartyStanding const&) const = default;
};

enum class Admissibility {
  kAdmissible,     ///< every gate met, or none stated
  kConditional,    ///< no gate failed, at least one open
  kNotAdmissible,  ///< a gate failed: nothing offered elsewhere makes up for it
};

struct WorstOff {
  std::string party;
  double mean_gain = 0;
  bool operator==(WorstOff const&) const = default;
};

struct OptionStanding {
  std::string option;
  std::vector<PartyStanding> parties;  ///< in table order
  Admissibility admissibility = Admissibility::kAdmissible;
  std::vector<std::string> open_gates;    ///< names: what `all_key_gain` is conditional on
  std::vector<std::string> failed_gates;  ///< names
  /// P(every key party gains); none when a gate failed or there is no key party, see `reason`.
  std::optional<Chance> all_key_gain;
  std::string reason;  ///< why there is no probability, or what it is conditional on; may be empty
  /// 0..1: of all change in value among bargaining parties, weighted by capability, the part that
  /// is loss: sum c max(0, -G) / sum c |G|; 0 when nothing changes. None without bargaining
  /// parties.
  std::optional<Spread> tension;
  /// The same with every bargaining party counted alike: shown beside, as capability favours the
  /// strong.
  std::optional<Spread> tension_unweighted;
  /// Bargaining party with the smallest mean gain, among the key ones when there are any.
  std::optional<WorstOff> worst_off;
  bool operator==(OptionStanding const&) const = default;
};

/// One standing an option, in order. Fails with every fault of the table at once.
[[nodiscard]] Result<std::vector<OptionStanding>> weigh(Table const& table,
                                                        Judgements const& judgements);

}  // namespace tidewater::parties
