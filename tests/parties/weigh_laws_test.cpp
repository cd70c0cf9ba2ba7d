// What must hold for any table: order, scale, money, and common random numbers.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/parties/standing.hpp"

#include "tables.hpp"

using namespace tidewater::parties;
namespace units = tidewater::units;

namespace {

constexpr Judgements kFew{.seed = 11, .draws = 60};
constexpr std::size_t kFutures = 3;

double share() {
  return *rc::gen::inRange(0, 101) * 0.01;
}

Range any_range() {
  double cuts[] = {share(), share(), share()};
  std::sort(std::begin(cuts), std::end(cuts));
  return {cuts[0], cuts[1], cuts[2]};
}

Party any_party(std::string id) {
  auto out = party(std::move(id));
  out.key = *rc::gen::arbitrary<bool>();
  out.capability = {0.1, 0.1 + share() * 0.4, 0.9};
  for (auto const* const name : {"port", "local"}) {
    out.stances.push_back({.issue = name, .position = any_range(), .salience = {0.1, 0.2, 0.6}});
  }
  out.money = MoneyInterest{.scale = (1 + 100 * share()) * units::musd, .weight = {0, share(), 1}};
  out.jobs = JobsInterest{.target = 500, .weight = point(0.1)};
  return out;
}

Package any_package(std::string name, std::size_t parties) {
  auto out = package(std::move(name), {{"port", 0}, {"local", 0}}, parties, kFutures);
  for (auto& each : out.positions) {
    each.position = any_range();
  }
  for (auto& row : out.receipts) {
    for (auto& each : row) {
      each = {.present_value = (200 * share() - 100) * units::musd, .jobs = 1000 * share()};
    }
  }
  return out;
}

Table any_table() {
  auto const count = *rc::gen::inRange<std::size_t>(1, 5);
  Table out;
  out.issues = {issue("port"), issue("local")};
  for (std::size_t i = 0; i < count; ++i) {
    out.parties.push_back(any_party("party " + std::to_string(i)));
  }
  out.no_project = any_package("no project", count);
  out.options = {any_package("one", count), any_package("two", count)};
  return out;
}

std::vector<OptionStanding> standings(Table const& table) {
  return weigh(table, kFew).value();
}

void reverse_parties(Table& table) {
  std::reverse(table.parties.begin(), table.parties.end());
  for (auto* const each : {&table.no_project, &table.options[0], &table.options[1]}) {
    for (auto& row : each->receipts) {
      std::reverse(row.begin(), row.end());
    }
  }
}

}  // namespace

RC_GTEST_PROP(WeighLaw, ListingPartiesInAnotherOrderChangesNoDigit, ()) {
  auto table = any_table();
  auto const before = standings(table);
  reverse_parties(table);
  auto after = standings(table);
  for (auto& each : after) {
    std::reverse(each.parties.begin(), each.parties.end());
  }
  RC_ASSERT(before == after);
}

RC_GTEST_PROP(WeighLaw, MoreMoneyNeverLowersAPartysChance, ()) {
  auto table = any_table();
  auto const before = standings(table)[0];
  auto const who = *rc::gen::inRange<std::size_t>(0, table.parties.size());
  auto const future = *rc::gen::inRange<std::size_t>(0, kFutures);
  table.options[0].receipts[future][who].present_value += 300 * share() * units::musd;
  auto const after = standings(table)[0];
  auto const& then = *before.parties[who].valuation;
  auto const& now = *after.parties[who].valuation;
  RC_ASSERT(now.gains.p >= then.gains.p);
  RC_ASSERT(now.gain.median >= then.gain.median);
  if (before.all_key_gain) {
    RC_ASSERT(after.all_key_gain->p >= before.all_key_gain->p);
  }
}

RC_GTEST_PROP(WeighLaw, DriversSumToTheMeanGain, ()) {
  for (auto const& option : standings(any_table())) {
    for (auto const& each : option.parties) {
      double sum = 0;
      for (auto const& driver : each.valuation->drivers) {
        sum += driver.contribution;
      }
      RC_ASSERT(std::abs(sum - each.valuation->gain.mean) < 1e-12);
    }
  }
}

RC_GTEST_PROP(WeighLaw, EveryFigureStaysOnItsScaleAndInOrder, ()) {
  for (auto const& option : standings(any_table())) {
    for (auto const& each : option.parties) {
      auto const& found = *each.valuation;
      for (auto const& interval : {found.gains.interval, found.gains.sampling}) {
        RC_ASSERT(0 <= interval.low && interval.low <= found.gains.p);
        RC_ASSERT(found.gains.p <= interval.high && interval.high <= 1);
      }
      RC_ASSERT(-2 <= found.gain.low && found.gain.low <= found.gain.median);
      RC_ASSERT(found.gain.median <= found.gain.high && found.gain.high <= 2);
      if (option.all_key_gain && each.key) {
        RC_ASSERT(option.all_key_gain->p <= found.gains.p);
      }
    }
    RC_ASSERT(0 <= option.tension->low && option.tension->high <= 1);
  }
}

RC_GTEST_PROP(WeighLaw, AnUnimportantPartyMovesNoOneElse, ()) {
  auto table = any_table();
  auto const before = standings(table);
  auto newcomer = single_minded("newcomer", "port", {0, 0.5, 1});
  newcomer.role = Role::kObserver;
  newcomer.key = false;
  table.parties.insert(table.parties.begin(), newcomer);
  for (auto* const each : {&table.no_project, &table.options[0], &table.options[1]}) {
    for (auto& row : each->receipts) {
      row.insert(row.begin(), PartyReceipts{});
    }
  }
  auto after = standings(table);
  for (auto& each : after) {
    each.parties.erase(each.parties.begin());
  }
  RC_ASSERT(before == after);
}

RC_GTEST_PROP(WeighLaw, AnIssueNobodyWeighsChangesNoValue, ()) {
  auto table = any_table();
  auto const before = standings(table);
  table.issues.insert(table.issues.begin(), issue("aside"));
  for (auto* const each : {&table.no_project, &table.options[0], &table.options[1]}) {
    each->positions.insert(each->positions.begin(), {"aside", any_range()});
  }
  RC_ASSERT(before == standings(table));
}

RC_GTEST_PROP(WeighLaw, EqualOptionsMeetTheSameJudgements, ()) {
  auto table = any_table();
  table.options[1] = table.options[0];
  table.options[1].name = "twin";
  auto found = standings(table);
  found[1].option = found[0].option;
  RC_ASSERT(found[0] == found[1]);
}

RC_GTEST_PROP(WeighLaw, OnlyTheRatiosOfAPartysWeightsCount, ()) {
  auto table = any_table();
  auto const before = standings(table);
  auto const half = [](Range const& range) {
    return Range{range.low / 2, range.mode / 2, range.high / 2};
  };
  for (auto& who : table.parties) {
    who.money->weight = half(who.money->weight);
    who.jobs->weight = half(who.jobs->weight);
    for (auto& stance : who.stances) {
      stance.salience = half(stance.salience);
    }
  }
  auto const after = standings(table);
  for (std::size_t i = 0; i < table.parties.size(); ++i) {
    RC_ASSERT(std::abs(after[0].parties[i].valuation->gain.median -
                       before[0].parties[i].valuation->gain.median) < 1e-12);
  }
}

RC_GTEST_PROP(WeighLaw, TurningAnIssueRoundChangesNothing, ()) {
  auto table = any_table();
  auto const turned = [](Range const& range) {
    return Range{1 - range.high, 1 - range.mode, 1 - range.low};
  };
  // Points only: a turned triangular range meets the same draw at the other end.
  for (auto& who : table.parties) {
    for (auto& stance : who.stances) {
      stance.position = point(stance.position->mode);
    }
  }
  for (auto* const each : {&table.no_project, &table.options[0], &table.options[1]}) {
    for (auto& place : each->positions) {
      place.position = point(place.position.mode);
    }
  }
  auto const before = standings(table);
  for (auto& who : table.parties) {
    for (auto& stance : who.stances) {
      stance.position = turned(*stance.position);
    }
  }
  for (auto* const each : {&table.no_project, &table.options[0], &table.options[1]}) {
    for (auto& place : each->positions) {
      place.position = turned(place.position);
    }
  }
  auto const after = standings(table);
  for (std::size_t i = 0; i < table.parties.size(); ++i) {
    RC_ASSERT(std::abs(after[0].parties[i].valuation->gain.mean -
                       before[0].parties[i].valuation->gain.mean) < 1e-12);
  }
}

TEST(WeighLaw, AnotherSeedMovesAChanceOnlyWithinItsSamplingInterval) {
  auto const table = one_issue({single_minded("a", "port", {0, 0.5, 1})}, 0.6);
  auto const one = weigh(table, {.seed = 1, .draws = 2000})->front().parties[0].valuation->gains;
  auto const two = weigh(table, {.seed = 2, .draws = 2000})->front().parties[0].valuation->gains;
  EXPECT_NE(one.p, two.p);
  EXPECT_LT(one.sampling.low, two.sampling.high);
  EXPECT_LT(two.sampling.low, one.sampling.high);
}
