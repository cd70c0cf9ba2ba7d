#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/parties/standing.hpp"

#include "chance.hpp"
#include "judgement.hpp"

namespace tidewater::parties {

namespace {

/// 1 - exp(-PV / scale) for a receipt and its mirror image for a loss, so that no loss is worth
/// more than the whole scale.
double worth_of_money(Money scale, Money present_value) {
  double const x = present_value / scale;
  return std::copysign(-std::expm1(-std::abs(x)), x);
}

double worth_of_jobs(double target, double jobs) {
  return std::clamp(jobs / target, -1.0, 1.0);
}

/// `worth_at` of the scale of every draw; worked out once when the scale is a point.
template <class T, class Worth>
void worth_by_draw(std::vector<T> const& scales,
                   T point,
                   Worth worth_at,
                   std::vector<double>& out) {
  if (scales.empty()) {
    std::fill(out.begin(), out.end(), worth_at(point));
    return;
  }
  std::transform(scales.begin(), scales.end(), out.begin(), worth_at);
}

/// Empty when the party can be valued.
std::string why_not_valued(Party const& party) {
  if (party.role == Role::kRiskOnly) {
    return "a hazard, not a party: enters as a disruption rate only";
  }
  bool weighs =
      (party.money && party.money->weight.high > 0) || (party.jobs && party.jobs->weight.high > 0);
  for (auto const& stance : party.stances) {
    bool const matters = stance.salience.high > 0;
    if (matters && !stance.position) {
      return fmt::format("what it wants on '{}' is not judged", stance.issue);
    }
    weighs = weighs || matters;
  }
  return weighs ? "" : "nothing is known to weigh with it";
}

/// One party under one option: the gain of every (future, draw) pair and where it comes from.
struct Gains {
  Crossed<double> gain;
  std::vector<Driver> drivers;
};

/// Everything that does not depend on the option, prepared once.
class Weighing {
 public:
  Weighing(Table const& table, Judgements const& judgements)
      : table_{table}, judgements_{judgements}, futures_{table.no_project.receipts.size()} {
    for (auto const& party : table.parties) {
      reasons_.push_back(why_not_valued(party));
      draws_.push_back(reasons_.back().empty() ? judged(party, judgements) : PartyDraws{});
    }
    // Sums over parties run by id, so that their order in the file leaves no trace in the digits.
    by_id_.resize(table.parties.size());
    std::iota(by_id_.begin(), by_id_.end(), std::size_t{0});
    std::sort(by_id_.begin(), by_id_.end(), [&](std::size_t a, std::size_t b) {
      return table.parties[a].id < table.parties[b].id;
    });
    without_ = standing_places(table.no_project);
  }

  [[nodiscard]] OptionStanding standing(Package const& option) const;

 private:
  using Places = std::vector<std::pair<std::string, std::vector<double>>>;

  /// What the option as a whole is judged by, gathered party by party.
  struct Sums {
    Crossed<std::uint8_t> all_gain;
    std::vector<double> loss, change, plain_loss, plain_change;  ///< one a cell
    std::size_t key_parties = 0;
    std::size_t bargaining = 0;
  };

  [[nodiscard]] Places standing_places(Package const& package) const;
  [[nodiscard]] Gains gains(std::size_t party, Package const& option, Places const& with) const;
  void gather(std::size_t party, Crossed<double> const& gain, Sums& sums) const;
  [[nodiscard]] Valuation valuation(Gains found) const;
  void conclude(Package const& option, Sums const& sums, OptionStanding& out) const;

  Table const& table_;
  Judgements judgements_;
  std::size_t futures_;
  std::vector<std::string> reasons_;
  std::vector<PartyDraws> draws_;
  std::vector<std::size_t> by_id_;
  Places without_;
};

std::vector<double> const& place_on(
    std::string const& issue,
    std::vector<std::pair<std::string, std::vector<double>>> const& places) {
  auto const found = std::find_if(
      places.begin(), places.end(), [&](auto const& each) { return each.first == issue; });
  TW_EXPECTS(found != places.end(), "a checked package stands somewhere on every issue");
  return found->second;
}

Weighing::Places Weighing::standing_places(Package const& package) const {
  Places out;
  for (auto const& position : package.positions) {
    out.emplace_back(position.issue, offered(position, judgements_));
  }
  return out;
}

Gains Weighing::gains(std::size_t party, Package const& option, Places const& with) const {
  auto const& draws = draws_[party];
  auto const& who = table_.parties[party];
  std::size_t const count = judgements_.draws;
  Gains out{Crossed<double>{futures_, count, 0.0}, {}};

  std::vector<double> positional(count, 0.0);  // does not depend on the future
  for (auto const& stance : draws.stances) {
    auto const& z = place_on(stance.issue, with);
    auto const& z0 = place_on(stance.issue, without_);
    double sum = 0;
    for (std::size_t j = 0; j < count; ++j) {
      double const wanted = stance.wanted[j];
      double const part = stance.weight[j] * (std::abs(wanted - z0[j]) - std::abs(wanted - z[j]));
      positional[j] += part;
      sum += part;
    }
    out.drivers.push_back({stance.issue, sum / static_cast<double>(count)});
  }

  for (std::size_t f = 0; f < futures_; ++f) {
    std::copy(positional.begin(),
              positional.end(),
              out.gain.cells.begin() + static_cast<std::ptrdiff_t>(f * count));
  }
  // What is received is worth something else in each future, and under each judged scale.
  std::vector<double> worth(count);
  auto const add = [&](char const* name, std::vector<double> const& weight, auto worth_in) {
    double sum = 0;
    for (std::size_t f = 0; f < futures_; ++f) {
      worth_in(option.receipts[f][party], table_.no_project.receipts[f][party]);
      double* const row = out.gain.cells.data() + f * count;
      for (std::size_t j = 0; j < count; ++j) {
        double const part = weight[j] * worth[j];
        row[j] += part;
        sum += part;
      }
    }
    out.drivers.push_back({name, sum / static_cast<double>(futures_ * count)});
  };
  if (who.money) {
    add("money", draws.money_weight, [&](PartyReceipts const& with_it, PartyReceipts const& none) {
      auto const at = [&](Money scale) {
        return worth_of_money(scale, with_it.present_value) -
               worth_of_money(scale, none.present_value);
      };
      worth_by_draw(draws.money_scale, who.money->scale, at, worth);
    });
  }
  if (who.jobs) {
    add("jobs", draws.jobs_weight, [&](PartyReceipts const& with_it, PartyReceipts const& none) {
      auto const at = [&](double target) {
        return worth_of_jobs(target, with_it.jobs) - worth_of_jobs(target, none.jobs);
      };
      worth_by_draw(draws.jobs_target, who.jobs->target, at, worth);
    });
  }
  return out;
}

void Weighing::gather(std::size_t party, Crossed<double> const& gain, Sums& sums) const {
  auto const& who = table_.parties[party];
  if (who.role != Role::kBargain) {
    return;
  }
  ++sums.bargaining;
  sums.key_parties += who.key ? 1U : 0U;
  auto const& capability = draws_[party].capability;
  std::size_t cell = 0;
  for (std::size_t f = 0; f < gain.futures; ++f) {
    for (std::size_t j = 0; j < gain.draws; ++j, ++cell) {
      double const g = gain.cells[cell];
      double const change = std::abs(g);
      double const loss = g < 0 ? change : 0;
      sums.loss[cell] += capability[j] * loss;
      sums.change[cell] += capability[j] * change;
      sums.plain_loss[cell] += loss;
      sums.plain_change[cell] += change;
      if (who.key && g < 0) {
        sums.all_gain.cells[cell] = 0;
      }
    }
  }
}

Valuation Weighing::valuation(Gains found) const {
  Crossed<std::uint8_t> holds{found.gain.futures, found.gain.draws, 0};
  for (std::size_t cell = 0; cell < holds.cells.size(); ++cell) {
    holds.cells[cell] = found.gain.cells[cell] >= 0 ? 1 : 0;
  }
  std::stable_sort(
      found.drivers.begin(), found.drivers.end(), [](Driver const& a, Driver const& b) {
        double const x = std::abs(a.contribution);
        double const y = std::abs(b.contribution);
        return x != y ? x > y : a.issue < b.issue;
      });
  auto const share = share_of_draws(found.gain);
  return {.gains = chance_of(holds),
          .gain = spread_of(std::move(found.gain.cells)),
          .judgement_share = share,
          .drivers = std::move(found.drivers)};
}

Spread tension_of(std::vector<double> const& loss, std::vector<double> const& change) {
  std::vector<double> share(loss.size());
  for (std::size_t cell = 0; cell < share.size(); ++cell) {
    share[cell] = change[cell] > 0 ? loss[cell] / change[cell] : 0;
  }
  return spread_of(std::move(share));
}

std::string listed(std::vector<std::string> const& names) {
  return fmt::format("'{}'", fmt::join(names, "', '"));
}

void judge_gates(Package const& option, OptionStanding& out) {
  for (auto const& gate : option.gates) {
    if (gate.status == GateStatus::kFailed) {
      out.failed_gates.push_back(gate.name);
    } else if (gate.status == GateStatus::kOpen) {
      out.open_gates.push_back(gate.name);
    }
  }
  if (!out.failed_gates.empty()) {
    out.admissibility = Admissibility::kNotAdmissible;
  } else if (!out.open_gates.empty()) {
    out.admissibility = Admissibility::kConditional;
  }
}

void Weighing::conclude(Package const& option, Sums const& sums, OptionStanding& out) const {
  judge_gates(option, out);
  if (!out.failed_gates.empty()) {
    out.reason = "not admissible: failed gate " + listed(out.failed_gates);
  } else if (sums.key_parties == 0) {
    out.reason = "no party is marked as key";
  } else {
    out.all_key_gain = chance_of(sums.all_gain);
    if (!out.open_gates.empty()) {
      out.reason = "conditional on open gates " + listed(out.open_gates);
    }
  }
  if (sums.bargaining > 0) {
    out.tension = tension_of(sums.loss, sums.change);
    out.tension_unweighted = tension_of(sums.plain_loss, sums.plain_change);
  }
}

OptionStanding Weighing::standing(Package const& option) const {
  OptionStanding out;
  out.option = option.name;
  for (std::size_t i = 0; i < table_.parties.size(); ++i) {
    auto const& who = table_.parties[i];
    out.parties.push_back({.id = who.id,
                           .name = who.name,
                           .role = who.role,
                           .key = who.key,
                           .valuation = std::nullopt,
                           .reason = reasons_[i].empty() ? who.reason : reasons_[i]});
  }
  std::size_t const cells = futures_ * judgements_.draws;
  std::vector<double> const zero(cells, 0.0);
  Sums sums{Crossed<std::uint8_t>{futures_, judgements_.draws, 1}, zero, zero, zero, zero};
  auto const with = standing_places(option);
  bool worst_is_key = false;
  for (std::size_t const i : by_id_) {
    auto const& who = table_.parties[i];
    if (!reasons_[i].empty()) {
      continue;
    }
    auto found = gains(i, option, with);
    gather(i, found.gain, sums);
    out.parties[i].valuation = valuation(std::move(found));
    double const mean = out.parties[i].valuation->gain.mean;
    bool const outranks = who.key && !worst_is_key;
    if (who.role == Role::kBargain && (who.key || !worst_is_key) &&
        (!out.worst_off || outranks || mean < out.worst_off->mean_gain)) {
      out.worst_off = WorstOff{who.id, mean};
      worst_is_key = who.key;
    }
  }
  conclude(option, sums, out);
  return out;
}

}  // namespace

Result<std::vector<OptionStanding>> weigh(Table const& table, Judgements const& judgements) {
  auto found = faults(table);
  if (judgements.draws == 0) {
    found.push_back({Severity::kError,
                     "/parties/draws",
                     "no judgement is drawn",
                     "draw at least one, 1000 for figures to print"});
  }
  double const spread = judgements.point_weight_spread;
  if (!(spread >= 0 && spread <= 1)) {
    found.push_back({Severity::kError,
                     "/parties/point_weight_spread",
                     fmt::format("a spread of {:g} about a weight", spread),
                     "give a share of the weight from 0 to 1"});
  }
  if (!found.empty()) {
    return reject(std::move(found));
  }
  Weighing const weighing{table, judgements};
  std::vector<OptionStanding> out;
  for (auto const& option : table.options) {
    out.push_back(weighing.standing(option));
  }
  return out;
}

}  // namespace tidewater::parties
