// Queueing and reliability models with known answers, through processes and resources.
//
// The expected figures are closed forms or exact chains (Gross and Harris; Pollaczek and Khinchine;
// Cobham 1954; White and Christie 1958; Jackson 1957; Hunt 1956; the rest from birth-death chains
// solved exactly), rewritten from conformance/des/cases.json; the last test compares them with that
// file when it is there. A measure holds when the mean over replications lies within three standard
// errors.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tidewater/des/statistics.hpp"

#include "queueing_models.hpp"

using namespace tidewater::des;
using tidewater::Stream;
using tidewater::Streams;
using namespace queueing;

namespace {

struct Case {
  std::string id;
  Model model;
  Measures expected;
};

void PrintTo(Case const& c, std::ostream* out) {
  *out << c.id;
}

constexpr double kGateIsShut = 8.42;  // h, in row tidegate_0

std::vector<Case> cases() {
  Law const unit = exponential(1);
  Law const fixed = [](Stream&) { return 1.0; };
  Law const even = [](Stream& draws) { return draws.uniform(0, 2); };
  return {
      {"mm1_0",
       station({.gap = 2, .work = unit}),
       {{"rho", 0.5},
        {"L", 1},
        {"Lq", 0.5},
        {"W", 2},
        {"Wq", 1},
        {"W_p95", 5.991464547107982},
        {"p_wait_gt_0", 0.5}}},
      {"mm1_1",
       station({.gap = 1 / 0.9, .work = unit, .horizon = 60'000}),
       {{"rho", 0.9},
        {"L", 9},
        {"Lq", 8.1},
        {"W", 10},
        {"Wq", 9},
        {"W_p95", 29.957322735539915},
        {"p_wait_gt_0", 0.9}}},
      {"mmc_0",
       station({.gap = 0.5, .work = unit, .servers = 3}),
       {{"rho", 2.0 / 3}, {"Wq", 4.0 / 9}, {"W", 13.0 / 9}, {"Lq", 8.0 / 9}, {"ErlangC", 4.0 / 9}}},
      {"mmc_2",
       station({.gap = 1 / 4.5, .work = unit, .servers = 5}),
       {{"rho", 0.9},
        {"Wq", 1.5249864414658711},
        {"W", 2.524986441465871},
        {"Lq", 6.86243898659642},
        {"ErlangC", 0.7624932207329356}}},
      {"mg1_0",
       station({.gap = 2, .work = fixed}),
       {{"rho", 0.5}, {"Wq", 0.5}, {"W", 1.5}, {"L", 0.75}}},
      {"mg1_2",
       station({.gap = 1 / 0.7, .work = erlang(2, 1)}),
       {{"rho", 0.7}, {"Wq", 1.75}, {"W", 2.75}, {"L", 1.925}}},
      {"mg1_3",
       station({.gap = 1 / 0.7, .work = even}),
       {{"rho", 0.7}, {"Wq", 14.0 / 9}, {"W", 23.0 / 9}, {"L", 1.7888888888888885}}},
      {"prio_np_ciw",
       two_classes(0.2, 0.6, Preempt::kNever),
       {{"Wq1", 1}, {"T1", 2}, {"Wq2", 5}, {"T2", 6}}},
      {"prio_pr_1",
       two_classes(0.3, 0.4, Preempt::kLower),
       {{"T1", 10.0 / 7}, {"Wq1", 3.0 / 7}, {"T2", 100.0 / 21}, {"Wq2", 79.0 / 21}}},
      {"mmck_0",
       station({.gap = 1 / 0.9, .work = unit, .room = 5}),
       {{"P_block", 0.12602254998836862},
        {"L", 2.1947823006280958},
        {"W", 2.790285951503016},
        {"throughput", 0.7865797050104683}}},
      {"mmck_2",
       station({.gap = 0.2, .work = unit, .servers = 4, .horizon = 5'000, .room = 4}),
       {{"P_block", 0.3983428935627788},
        {"L", 3.0082855321861057},
        {"W", 1},
        {"throughput", 3.0082855321861057}}},
      {"erlangA_0",
       station({.gap = 1 / 1.2, .work = unit, .patience = exponential(2)}),
       {{"P_renege", 0.3662042108590172},
        {"Lq", 0.8788901060616413},
        {"L", 1.6394450530308202},
        {"utilisation", 0.7605549469691789}}},
      {"repair_0",
       repair(5, 1, 0.1, 0.5),
       {{"mean_down", 1.4243391066545126},
        {"availability", 0.7151321786690975},
        {"repair_util", 0.7151321786690976},
        {"down_time", 3.9834289356277894}}},
      {"repair_1",
       repair(10, 2, 0.05, 0.4),
       {{"mean_down", 1.3453341425725962},
        {"availability", 0.8654665857427404},
        {"repair_util", 0.5409166160892126},
        {"down_time", 3.108922203895452}}},
      {"jackson_1",
       jackson,
       {{"lam1", 0.40568475452196384},
        {"lam2", 0.34043927648578814},
        {"lam3", 0.3759689922480621},
        {"L1", 0.682608695652174},
        {"L2", 1.31159780985565},
        {"L3", 0.4974271225090196},
        {"W", 5.536963617815208}}},
      {"tandem_0", tandem({0}), {{"throughput", 2.0 / 3}}},
      {"tandem_1", tandem({3}), {{"throughput", 5.0 / 6}}},
      {"tandem_2", tandem({0, 0}), {{"throughput", 22.0 / 39}}},
      {"berth_0", berth(1, 2, 1, 0.6), {{"Wq_over_service", 1.125}}},
      {"berth_1", berth(1, 2, 2, 0.7), {{"Wq_over_service", 0.7286202153397565}}},
      {"berth_2", berth(1, 2, 3, 0.7), {{"Wq_over_service", 0.4180250108141846}}},
      {"berth_3", berth(2, 2, 1, 0.5), {{"Wq_over_service", 0.39038820320220763}}},
      {"berth_4", berth(2, 2, 2, 0.7), {{"Wq_over_service", 0.4125342456675564}}},
      {"berth_5", berth(2, 2, 3, 0.8), {{"Wq_over_service", 0.48488803108602163}}},
      {"breakdown_0", breakdown, {{"L", 7.0 / 3}, {"W", 14.0 / 3}, {"avail", 5.0 / 6}}},
      {"batch_0",
       station({.gap = 20, .work = unit, .horizon = 40'000, .batch = 10}),
       {{"rho", 0.5}, {"L", 5.5}, {"W", 11}}},
      {"tidegate_0", tide_gate, {{"mean_wait", 2.854122383252818}, {"p_wait", 0.677938808373591}}},
      {"storm_0", storms, {{"mean_wait", 1.0 / 6}, {"p_wait", 1.0 / 13}}},
  };
}

}  // namespace

class Queueing : public testing::TestWithParam<Case> {};

TEST_P(Queueing, MeasuresLieWithinThreeStandardErrorsOfTheKnownAnswer) {
  Case const& c = GetParam();
  auto const found = replicate({.seed = 2026, .count = 40, .threads = 2}, c.model);
  for (auto const& [name, expected] : c.expected) {
    Interval const mean =
        interval_of(found, [&name = name](Measures const& m) { return m.at(name); });
    ASSERT_EQ(mean.count, 40U) << found.front().failure;
    double const errors = (mean.mean - expected) / mean.standard_error();
    EXPECT_LT(std::abs(errors), 3) << fmt::format(
        "{}: expected {}, found {} +- {}", name, expected, mean.mean, mean.standard_error());
    // A test that cannot fail is none: the standard error resolves 6 % of the answer.
    EXPECT_LT(mean.standard_error(), 0.02 * expected) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Queueing, testing::ValuesIn(cases()), [](auto const& one) {
  return one.param.id;
});

// The longest wait of a ship that just misses the gate: 12.42 h less the 4 it is open.
TEST(Queueing, NoShipWaitsLongerThanTheGateIsShut) {
  double const longest = tide_gate(Streams{1, 0}).at("max_wait");
  EXPECT_LE(longest, kGateIsShut + 1e-9);
  EXPECT_GT(longest, 8.3);
}

TEST(Queueing, ReplicationsAreTheSameOnOneTwoAndEightThreads) {
  auto const model = cases()[0].model;
  auto const on = [&](int threads) {
    std::vector<Measures> values;
    for (auto const& one : replicate({.seed = 5, .count = 16, .threads = threads}, model)) {
      values.push_back(one.value.value());
    }
    return values;
  };
  auto const one = on(1);
  EXPECT_EQ(one, on(2));
  EXPECT_EQ(one, on(8));
  EXPECT_NE(one[0], one[1]);
}

TEST(Queueing, TableAgreesWithTheConformanceFile) {
  std::filesystem::path const path = TIDEWATER_ROOT "/../shared/conformance/des/cases.json";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "SKIPPED: " << path << " is not there; the table of this file stands alone";
  }
  std::map<std::string, Measures> ours;
  for (Case const& c : cases()) {
    ours[c.id] = c.expected;
  }
  ours["tidegate_0"]["max_wait"] = kGateIsShut;
  std::size_t compared = 0;
  for (auto const& row : nlohmann::json::parse(std::ifstream{path})) {
    std::string const id = row["id"];
    if (id.starts_with("tint_")) {
      auto const values = row["inputs"]["x"].get<std::vector<double>>();
      ours[id]["mean"] = interval(values).mean;
    } else if (id.starts_with("tq_")) {
      ours[id]["t"] = student_t_quantile(0.975, row["inputs"]["df"]);
    }
    // scipy's quantiles are true to 3e-10 only: of df 1 it is tan(0.475 pi) = 12.7062047361747.
    double const digits = row["how"] == "1e-9" ? 1e-9 : 1e-12;
    // Every figure of the row, so that none can be left out unseen.
    for (auto const& [name, value] : row["expected"].items()) {
      ASSERT_TRUE(ours[id].contains(name)) << id << " has no " << name << " here";
      double const given = value.get<double>();
      EXPECT_NEAR(ours[id][name], given, digits * (1 + std::abs(given))) << id << " " << name;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 98U);
}
