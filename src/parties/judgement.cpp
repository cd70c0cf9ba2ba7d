#include "judgement.hpp"

#include <cstddef>

#include "tidewater/base/random.hpp"

namespace tidewater::parties {

namespace {

/// The stream of one judgement; the draw index stands where a simulation has its replication.
Stream stream(Judgements const& judgements, std::uint32_t name, std::uint32_t draw) {
  return Stream{judgements.seed, name, draw};
}

std::vector<double> drawn(Range const& range, std::uint32_t name, Judgements const& judgements) {
  std::vector<double> out(judgements.draws);
  for (std::uint32_t j = 0; j < judgements.draws; ++j) {
    out[j] = stream(judgements, name, j).triangular(range.low, range.mode, range.high);
  }
  return out;
}

Range widened(Range const& weight, Judgements const& judgements) {
  if (weight.low < weight.high) {
    return weight;
  }
  double const spread = judgements.point_weight_spread;
  return {weight.mode * (1 - spread), weight.mode, weight.mode * (1 + spread)};
}

StanceDraws drawn_stance(Party const& party, Stance const& stance, Judgements const& judgements) {
  StanceDraws out{.issue = stance.issue, .wanted = {}, .weight = {}};
  out.wanted.resize(judgements.draws);
  out.weight.resize(judgements.draws);
  auto const name = stream_hash(party.id, "stance " + stance.issue);
  auto const& wanted = *stance.position;
  auto const salience = widened(stance.salience, judgements);
  for (std::uint32_t j = 0; j < judgements.draws; ++j) {
    Stream draws = stream(judgements, name, j);  // first the position, then the salience: always
    out.wanted[j] = draws.triangular(wanted.low, wanted.mode, wanted.high);
    out.weight[j] = draws.triangular(salience.low, salience.mode, salience.high);
  }
  return out;
}

/// `mode` times the judged factor under every draw; empty when the factor is a point.
template <class T>
std::vector<T> stretched(T mode,
                         Range const& factor,
                         std::uint32_t name,
                         Judgements const& judgements) {
  std::vector<T> out;
  if (factor.low < factor.high) {
    for (double const times : drawn(factor, name, judgements)) {
      out.push_back(times * mode);
    }
  }
  return out;
}

void normalise(PartyDraws& party, std::size_t draw) {
  double total = party.money_weight[draw] + party.jobs_weight[draw];
  for (auto const& stance : party.stances) {
    total += stance.weight[draw];
  }
  double const factor = total > 0 ? 1 / total : 0;
  party.money_weight[draw] *= factor;
  party.jobs_weight[draw] *= factor;
  for (auto& stance : party.stances) {
    stance.weight[draw] *= factor;
  }
}

}  // namespace

PartyDraws judged(Party const& party, Judgements const& judgements) {
  PartyDraws out;
  for (auto const& stance : party.stances) {
    if (stance.position) {
      out.stances.push_back(drawn_stance(party, stance, judgements));
    }
  }
  Range const money = party.money ? party.money->weight : Range{};
  Range const jobs = party.jobs ? party.jobs->weight : Range{};
  out.money_weight = drawn(widened(money, judgements), stream_hash(party.id, "money"), judgements);
  out.jobs_weight = drawn(widened(jobs, judgements), stream_hash(party.id, "jobs"), judgements);
  out.capability = drawn(party.capability, stream_hash(party.id, "capability"), judgements);
  if (party.money) {
    out.money_scale = stretched(party.money->scale,
                                party.money->scale_factor,
                                stream_hash(party.id, "money scale"),
                                judgements);
  }
  if (party.jobs) {
    out.jobs_target = stretched(party.jobs->target,
                                party.jobs->target_factor,
                                stream_hash(party.id, "jobs target"),
                                judgements);
  }
  for (std::size_t draw = 0; draw < judgements.draws; ++draw) {
    normalise(out, draw);
  }
  return out;
}

std::vector<double> offered(IssuePosition const& position, Judgements const& judgements) {
  return drawn(position.position, stream_hash(position.issue, "offered"), judgements);
}

}  // namespace tidewater::parties
