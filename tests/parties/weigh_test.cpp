#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/parties/standing.hpp"

#include "tables.hpp"

using namespace tidewater::parties;
namespace units = tidewater::units;

namespace {

OptionStanding first(Table const& table, Judgements const& judgements = {}) {
  auto const found = weigh(table, judgements);
  if (!found) {
    ADD_FAILURE() << found.error().front().where << ": " << found.error().front().what;
    return {};
  }
  return found->front();
}

Valuation only(Table const& table, Judgements const& judgements = {}) {
  return first(table, judgements).parties.at(0).valuation.value();
}

/// Everything a point: money, jobs and two issues with weights that sum to one.
Table hand_table() {
  auto who = party("district");
  who.stances = {{.issue = "port", .position = point(0.8), .salience = point(0.3)},
                 {.issue = "security", .position = point(0.2), .salience = point(0.1)}};
  who.money = MoneyInterest{.scale = 100 * units::musd, .weight = point(0.4)};
  who.jobs = JobsInterest{.target = 1000, .weight = point(0.2)};
  Table table{.issues = {issue("port"), issue("security")},
              .parties = {who},
              .no_project = package("no project", {{"port", 0.1}, {"security", 0.2}}, 1),
              .options = {package("offer", {{"port", 0.6}, {"security", 0.5}}, 1)}};
  table.options[0].receipts[0][0] = {.present_value = 50 * units::musd, .jobs = 300};
  return table;
}

}  // namespace

// port 0.3 (0.7 - 0.2) + security 0.1 (0 - 0.3) + money 0.4 (1 - e^-0.5) + jobs 0.2 * 0.3
TEST(Weigh, AddsUpTheGainOfAHandSum) {
  auto const found = only(hand_table());
  double const money = 0.4 * (1 - std::exp(-0.5));
  double const gain = 0.15 - 0.03 + money + 0.06;
  EXPECT_NEAR(found.gain.mean, gain, 1e-12);
  EXPECT_NEAR(found.gain.low, gain, 1e-12);
  EXPECT_NEAR(found.gain.high, gain, 1e-12);
  EXPECT_EQ(found.gains.p, 1);
  EXPECT_FALSE(found.judgement_share.has_value()) << "nothing varies";
  ASSERT_EQ(found.drivers.size(), 4U);
  char const* const order[] = {"money", "port", "jobs", "security"};
  double const parts[] = {money, 0.15, 0.06, -0.03};
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(found.drivers[k].issue, order[k]);
    EXPECT_NEAR(found.drivers[k].contribution, parts[k], 1e-12);
  }
}

TEST(Weigh, CountsALossOfMoneyAsTheMirrorImageOfAGain) {
  auto table = hand_table();
  auto const gain = only(table).drivers[0].contribution;
  table.options[0].receipts[0][0].present_value = -50 * units::musd;
  auto const found = only(table);
  EXPECT_EQ(found.drivers[0].issue, "money");
  EXPECT_EQ(found.drivers[0].contribution, -gain);
  table.options[0].receipts[0][0].present_value = -1e6 * units::musd;
  EXPECT_NEAR(only(table).drivers[0].contribution, -0.4, 1e-12) << "never more than its weight";
}

TEST(Weigh, IsSatisfiedWithJobsAtTheTarget) {
  auto table = hand_table();
  table.options[0].receipts[0][0].jobs = 1000;
  auto const at_target = only(table).gain.mean;
  table.options[0].receipts[0][0].jobs = 9000;
  EXPECT_EQ(only(table).gain.mean, at_target);
}

TEST(Weigh, ComparesWithTheSameFutureWithoutTheProject) {
  auto table = hand_table();
  auto const before = only(table).gain.mean;
  table.no_project.receipts[0][0] = {.present_value = 50 * units::musd, .jobs = 300};
  EXPECT_NEAR(only(table).gain.mean, before - 0.4 * (1 - std::exp(-0.5)) - 0.06, 1e-12);
}

// Wanted ~ triangular(0, 1/2, 1), offer 0.6 against 0: nearer to the offer when wanted > 0.3, and
// F(0.3) = 2 * 0.3^2 = 0.18. 5 standard errors of 20,000 draws are 0.0136.
TEST(Weigh, FindsTheClosedFormProbabilityOfASingleMindedParty) {
  auto const table = one_issue({single_minded("a", "port", {0, 0.5, 1})}, 0.6);
  auto const found = only(table, {.seed = 3, .draws = 20000});
  EXPECT_NEAR(found.gains.p, 0.82, 0.0136);
  EXPECT_LT(found.gains.sampling.low, 0.82);
  EXPECT_GT(found.gains.sampling.high, 0.82);
  EXPECT_EQ(found.judgement_share, 1.0) << "one future: all spread is judgement";
}

// Money alone, 100 received, and a scale judged from 50 through 100 to 200: the mean of
// 1 - e^(-1/f) over the triangle (1/2, 1, 2), integrated here; 5 standard errors are below 0.005.
TEST(Weigh, SamplesTheScaleOfMoneyAndTheTargetOfJobs) {
  auto who = party("a");
  who.money =
      MoneyInterest{.scale = 100 * units::musd, .weight = point(0.5), .scale_factor = {0.5, 1, 2}};
  Table table{.issues = {},
              .parties = {who},
              .no_project = package("no project", {}, 1),
              .options = {package("offer", {}, 1)}};
  table.options[0].receipts[0][0] = {.present_value = 100 * units::musd, .jobs = 500};
  auto const expected = [](auto worth) {
    double sum = 0;
    double mass = 0;
    for (double f = 0.5005; f < 2; f += 0.001) {
      double const density = f < 1 ? (f - 0.5) / 0.5 : 2 - f;
      sum += density * worth(f);
      mass += density;
    }
    return sum / mass;
  };
  auto const money = only(table, {.seed = 5, .draws = 20000});
  EXPECT_NEAR(money.gain.mean, expected([](double f) { return 1 - std::exp(-1 / f); }), 0.005);
  EXPECT_LT(money.gain.low, 1 - std::exp(-1 / 1.7));
  table.parties[0].money.reset();
  table.parties[0].jobs =
      JobsInterest{.target = 500, .weight = point(0.5), .target_factor = {0.5, 1, 2}};
  auto const jobs = only(table, {.seed = 5, .draws = 20000});
  EXPECT_NEAR(jobs.gain.mean, expected([](double f) { return std::min(1.0, 1 / f); }), 0.005);
}

TEST(Weigh, MultipliesTheChancesOfPartiesJudgedIndependently) {
  auto const table = one_issue({single_minded("a", "port", {0, 0.5, 1}),
                                single_minded("b", "port", {0, 0.5, 1}),
                                single_minded("c", "port", {0, 0.5, 1})},
                               0.6);
  auto const found = first(table, {.seed = 3, .draws = 20000});
  EXPECT_NEAR(found.all_key_gain->p, 0.82 * 0.82 * 0.82, 0.018);
}

// Money alone, in four futures: three of gain, one of loss.
TEST(Weigh, TellsTheFutureFromJudgementInTheSpread) {
  auto who = party("investor");
  who.money = MoneyInterest{.scale = 100 * units::musd, .weight = {0.2, 0.3, 0.4}};
  Table table{.issues = {},
              .parties = {who},
              .no_project = package("no project", {}, 1, 4),
              .options = {package("offer", {}, 1, 4)}};
  double const flows[] = {-40, 10, 20, 30};
  for (std::size_t f = 0; f < 4; ++f) {
    table.options[0].receipts[f][0].present_value = flows[f] * units::musd;
  }
  auto const found = only(table);
  EXPECT_EQ(found.gains.p, 0.75);
  EXPECT_EQ(found.gains.over_judgements, (Interval{0.75, 0.75}));
  EXPECT_NEAR(found.gains.over_futures.low, 0.15, 1e-12) << "type 7 at 5 % of {0, 1, 1, 1}";
  EXPECT_EQ(found.gains.over_futures.high, 1);
  EXPECT_LE(found.gains.interval.low, 0.15 + 1e-12);
  EXPECT_EQ(found.gains.interval.high, 1);
  EXPECT_LT(found.judgement_share.value(), 1e-12) << "a lone weight normalises to one";
}

// Gains of +0.2 and -0.1 of one issue each; capability 0.5 and 1.
TEST(Weigh, MeasuresTensionAsTheShareOfChangeThatIsLoss) {
  auto winner = single_minded("winner", "port", point(0.2));
  auto loser = single_minded("loser", "port", point(0.05));
  loser.capability = point(1);
  auto const found = first(one_issue({winner, loser}, 0.2));
  EXPECT_NEAR(found.parties[0].valuation->gain.mean, 0.2, 1e-12);
  EXPECT_NEAR(found.parties[1].valuation->gain.mean, -0.1, 1e-12);
  EXPECT_NEAR(found.tension->mean, 1 * 0.1 / (0.5 * 0.2 + 1 * 0.1), 1e-12);
  EXPECT_NEAR(found.tension_unweighted->mean, 0.1 / 0.3, 1e-12);
  EXPECT_EQ(found.all_key_gain->p, 0);
}

TEST(Weigh, NamesTheKeyPartyThatFaresWorst) {
  auto a = single_minded("a", "port", point(0.2));
  auto b = single_minded("b", "port", point(0.05));
  auto c = single_minded("0", "port", point(0));  // first by id, so met before any key party
  c.key = false;
  auto found = first(one_issue({c, a, b}, 0.2));
  EXPECT_EQ(found.worst_off->party, "b") << "party 0 fares worse but is not key";
  EXPECT_NEAR(found.worst_off->mean_gain, -0.1, 1e-12);
  a.key = false;
  b.key = false;
  found = first(one_issue({c, a, b}, 0.2));
  EXPECT_EQ(found.worst_off->party, "0");
  EXPECT_FALSE(found.all_key_gain.has_value());
  EXPECT_EQ(found.reason, "no party is marked as key");
}

TEST(Weigh, GivesAnOptionThatEqualsNoProjectExactlyNoGain) {
  auto a = single_minded("a", "port", {0.1, 0.4, 0.9});
  a.money = MoneyInterest{.scale = 7 * units::musd, .weight = {0.1, 0.2, 0.5}};
  auto table = one_issue({a, single_minded("b", "port", {0, 0, 1})}, 0);
  table.no_project.positions[0].position = {0.1, 0.2, 0.7};
  table.options[0].positions = table.no_project.positions;
  for (auto* const each : {&table.no_project, &table.options[0]}) {
    each->receipts[0][0].present_value = 3.3 * units::musd;
  }
  auto const found = first(table);
  for (auto const& each : found.parties) {
    EXPECT_EQ(each.valuation->gain, Spread{});
    EXPECT_EQ(each.valuation->gains.p, 1) << "no worse off";
  }
  EXPECT_EQ(found.all_key_gain->p, 1);
  EXPECT_EQ(found.tension->mean, 0);
}

// The offer lies a tenth above "no project" whatever the draw, though their ranges overlap widely.
TEST(Weigh, GivesTheSameDrawToThePlacesOfAllPackages) {
  auto table = one_issue({single_minded("a", "port", point(1))}, 0);
  table.no_project.positions[0].position = {0.2, 0.5, 0.8};
  table.options[0].positions[0].position = {0.3, 0.6, 0.9};
  auto const found = only(table);
  EXPECT_NEAR(found.gain.low, 0.1, 1e-12);
  EXPECT_NEAR(found.gain.high, 0.1, 1e-12);
  EXPECT_EQ(found.gains.p, 1);
}

TEST(Weigh, ValuesAnObserverWithoutCountingIt) {
  auto const a = single_minded("a", "port", point(0.5));
  auto watcher = single_minded("watcher", "port", point(0));
  watcher.role = Role::kObserver;
  watcher.key = false;
  auto const found = first(one_issue({a, watcher}, 0.5));
  EXPECT_EQ(found.parties[1].valuation->gains.p, 0);
  EXPECT_EQ(found.all_key_gain->p, 1);
  EXPECT_EQ(found.tension->mean, 0);
  EXPECT_EQ(found.worst_off->party, "a");
}

TEST(Weigh, SaysWhyAPartyHasNoValue) {
  auto const a = single_minded("a", "port", point(0.5));
  auto silent = single_minded("silent", "port", point(0));
  silent.role = Role::kObserver;
  silent.key = false;
  silent.stances[0].position.reset();
  Party hazard;
  hazard.id = "ARMED";
  hazard.name = "Armed groups";
  hazard.role = Role::kRiskOnly;
  auto const found = first(one_issue({a, silent, hazard}, 0.5));
  EXPECT_FALSE(found.parties[1].valuation.has_value());
  EXPECT_EQ(found.parties[1].reason, "what it wants on 'port' is not judged");
  EXPECT_FALSE(found.parties[2].valuation.has_value());
  EXPECT_EQ(found.parties[2].reason, "a hazard, not a party: enters as a disruption rate only");
}

TEST(Weigh, RefusesAPackageWithAFailedGateWhateverElseItOffers) {
  auto table = one_issue({single_minded("a", "port", point(0.5))}, 0.5);
  table.options[0].gates = {
      {.name = "consent", .status = GateStatus::kFailed, .evidence = "vote", .why = ""},
      {.name = "permit", .status = GateStatus::kOpen, .evidence = "", .why = ""}};
  auto const found = first(table);
  EXPECT_EQ(found.admissibility, Admissibility::kNotAdmissible);
  EXPECT_FALSE(found.all_key_gain.has_value());
  EXPECT_EQ(found.reason, "not admissible: failed gate 'consent'");
  EXPECT_EQ(found.parties[0].valuation->gains.p, 1) << "each party's own value is still shown";
}

TEST(Weigh, MakesTheProbabilityConditionalOnOpenGates) {
  auto table = one_issue({single_minded("a", "port", point(0.5))}, 0.5);
  table.options[0].gates = {
      {.name = "consent", .status = GateStatus::kOpen, .evidence = "", .why = ""},
      {.name = "permit", .status = GateStatus::kMet, .evidence = "act", .why = ""},
      {.name = "fisheries", .status = GateStatus::kOpen, .evidence = "", .why = ""}};
  auto found = first(table);
  EXPECT_EQ(found.admissibility, Admissibility::kConditional);
  EXPECT_EQ(found.all_key_gain->p, 1);
  EXPECT_EQ(found.reason, "conditional on open gates 'consent', 'fisheries'");
  for (auto& gate : table.options[0].gates) {
    gate.status = GateStatus::kMet;
    gate.evidence = "seen";
  }
  found = first(table);
  EXPECT_EQ(found.admissibility, Admissibility::kAdmissible);
  EXPECT_EQ(found.reason, "");
}

// Gain of port +0.2 and security -0.2 of one weight each: exactly 0 with certain weights, of either
// sign and even odds once the two weights are drawn about the same point.
TEST(Weigh, DrawsAPointWeightAboutItsPointWhenToldTo) {
  auto who = party("a");
  who.stances = {{.issue = "port", .position = point(1), .salience = point(0.3)},
                 {.issue = "security", .position = point(0), .salience = point(0.3)}};
  Table const table{.issues = {issue("port"), issue("security")},
                    .parties = {who},
                    .no_project = package("no project", {{"port", 0.5}, {"security", 0.5}}, 1),
                    .options = {package("offer", {{"port", 0.75}, {"security", 0.75}}, 1)}};
  EXPECT_EQ(only(table).gain, Spread{});
  auto const found = only(table, {.seed = 1, .draws = 20000, .point_weight_spread = 0.5});
  EXPECT_NEAR(found.gains.p, 0.5, 0.018);
  EXPECT_LT(found.gain.low, 0);
  EXPECT_GT(found.gain.high, 0);
  EXPECT_FALSE(weigh(table, {.seed = 1, .draws = 10, .point_weight_spread = 1.5}).has_value());
}

TEST(Weigh, RefusesAFaultyTableAndNoDrawsTogether) {
  auto const refused = weigh(one_issue({party("a")}, 0.5), {.seed = 1, .draws = 0});
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().size(), 2U);
  EXPECT_EQ(refused.error()[0].what, "nothing weighs with 'a': no issue, money or jobs");
  EXPECT_EQ(refused.error()[1].where, "/parties/draws");
}
