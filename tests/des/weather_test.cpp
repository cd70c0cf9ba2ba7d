#include "tidewater/des/weather.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/base/contract.hpp"

using namespace tidewater::des;
using tidewater::ContractBroken;
using tidewater::Stream;
using tidewater::Streams;

// Waves 1 2 3 1 | 1 2 3 1 ...: calm (<= 1) in hours 3 to 5, then 7 to 9.
TEST(RecordedSeries, OfStepsFindsTheFirstCalmLongEnough) {
  RecordedSeries waves{{}, {1, 2, 3, 1}};
  EXPECT_EQ(waves.at(6.5), 3);
  EXPECT_EQ(waves.next_window(0, {.limit = 1, .length = 1, .horizon = 100}), 0);
  EXPECT_EQ(waves.next_window(0, {.limit = 1, .length = 2, .horizon = 100}), 3);
  EXPECT_EQ(waves.next_window(3.5, {.limit = 1, .length = 1.5, .horizon = 100}), 3.5);
  EXPECT_EQ(waves.next_window(3.5, {.limit = 1, .length = 1.6, .horizon = 100}), 7);
  EXPECT_EQ(waves.next_window(0, {.limit = 1, .length = 3, .horizon = 100}), std::nullopt);
  EXPECT_EQ(waves.next_window(0, {.limit = 3, .length = 30, .horizon = 100}), 0);
  EXPECT_EQ(waves.next_window(1, {.limit = 1, .length = 1, .horizon = 3}), std::nullopt);
}

// 0 at even hours, 2 at odd: below 1 from half an hour before an even hour to half an hour after.
TEST(RecordedSeries, OfStraightLinesCrossesExactly) {
  RecordedSeries waves{{.step = 1, .between = RecordedSeries::Between::kLinear}, {0, 2}};
  EXPECT_DOUBLE_EQ(waves.at(0.25), 0.5);
  EXPECT_DOUBLE_EQ(waves.at(1.75), 0.5);
  EXPECT_EQ(waves.next_window(0.6, {.limit = 1, .length = 1, .horizon = 9}), 1.5);
  EXPECT_EQ(waves.next_window(0.5, {.limit = 1, .length = 0.1, .horizon = 9}), 1.5);
  EXPECT_EQ(waves.next_window(0.2, {.limit = 1, .length = 0.3, .horizon = 9}), 0.2);
  EXPECT_EQ(waves.next_window(0, {.limit = 1, .length = 1.1, .horizon = 99}), std::nullopt);
  // A moment at the limit is one: rising through it, and where the series only touches it.
  EXPECT_EQ(waves.next_window(0.5, {.limit = 1, .length = 0, .horizon = 9}), 0.5);
  EXPECT_EQ(waves.next_window(0.6, {.limit = 0, .length = 0, .horizon = 9}), 2);
}

// Oracle: a walk in small steps.
RC_GTEST_PROP(RecordedSeries, MissesNoWindowAWalkFinds, ()) {
  auto const values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
      rc::gen::map(rc::gen::inRange(0, 8), [](int v) { return static_cast<double>(v); })));
  auto const between =
      *rc::gen::element(RecordedSeries::Between::kStep, RecordedSeries::Between::kLinear);
  double const limit = *rc::gen::inRange(0, 8) + 0.5;  // never touched at a grid point
  double const length = *rc::gen::inRange(0, 24) / 8.0;
  double const from = *rc::gen::inRange(0, 64) / 8.0;
  RecordedSeries series{{.step = 1, .between = between}, values};
  auto const found = series.next_window(from, {.limit = limit, .length = length, .horizon = 40});
  // Between points of the walk the series is one straight line or one step.
  constexpr double kStep = 1.0 / 64;
  auto const is_calm = [&](double start, double last) {
    for (double t = start; t <= last; t += kStep) {
      if (series.at(t) > limit + 1e-9) {
        return false;
      }
    }
    return true;
  };
  double walked = from;
  while (walked < 40 && !is_calm(walked, walked + length)) {
    walked += kStep;
  }
  RC_ASSERT(found.value_or(40) <= walked);
  if (found) {
    RC_ASSERT(is_calm(*found, *found + length - 1e-9));
  }
}

TEST(RecordedSeries, ShufflesWholeYearsByItsOwnStreamAndSeesTheSameInAnyOrder) {
  std::vector<double> record;
  for (int year = 0; year < 5; ++year) {
    record.insert(record.end(), {10.0 * year, 10.0 * year + 1});
  }
  auto const make = [&](std::uint32_t replication) {
    return RecordedSeries{
        {}, record, {.stream = Streams{1, replication}.named("sea", "record"), .block = 2}};
  };
  RecordedSeries forward = make(0);
  RecordedSeries backward = make(0);
  RecordedSeries other = make(1);
  std::vector<double> seen(200);
  for (int t = 0; t < 200; ++t) {
    seen[static_cast<std::size_t>(t)] = forward.at(t);
  }
  std::array<int, 5> years{};
  int differ = 0;
  for (int t = 199; t >= 0; --t) {
    double const value = seen[static_cast<std::size_t>(t)];
    EXPECT_EQ(backward.at(t), value);
    EXPECT_EQ(std::fmod(value, 10), t % 2);  // a year stays whole
    ++years[static_cast<std::size_t>(value / 10)];
    differ += other.at(t) != value ? 1 : 0;
  }
  for (int const count : years) {
    EXPECT_GT(count, 0);
  }
  EXPECT_GT(differ, 50);
}

TEST(RecordedSeries, RefusesRecordsThatAreNone) {
  EXPECT_THROW((RecordedSeries{{}, {}}), ContractBroken);
  EXPECT_THROW((RecordedSeries{{.step = 0}, {1}}), ContractBroken);
  EXPECT_THROW((RecordedSeries{{}, {1, NAN}}), ContractBroken);
  EXPECT_THROW((RecordedSeries{{}, {1, 2, 3}, {.stream = Stream{1, 1, 1}, .block = 2}}),
               ContractBroken);
}

namespace {

MarkovWeather sea(std::uint32_t replication) {
  auto const stay = [](double mean) {
    return [mean](Stream& draws) { return draws.exponential(mean); };
  };
  return MarkovWeather{Streams{7, replication}.named("sea", "state"),
                       {{stay(40), {0, 1, 0}}, {stay(10), {0.7, 0, 0.3}}, {stay(5), {0, 1, 0}}}};
}

}  // namespace

// Visits: p = (0.35, 0.5, 0.15) solves p = p P; shares of time p_i m_i / sum = 14, 5, 0.75
// of 19.75.
TEST(MarkovWeather, HasTheSharesOfTimeOfItsChain) {
  std::array<std::vector<double>, 3> shares;
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    MarkovWeather weather = sea(replication);
    std::array<double, 3> time{};
    for (int t = 0; t < 20'000; ++t) {
      time[weather.state_at(t + 0.5)] += 1.0 / 20'000;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      shares[i].push_back(time[i]);
    }
  }
  std::array<double, 3> const expected{14 / 19.75, 5 / 19.75, 0.75 / 19.75};
  for (std::size_t i = 0; i < 3; ++i) {
    double sum = 0;
    double square = 0;
    for (double const x : shares[i]) {
      sum += x / 40;
      square += x * x / 40;
    }
    double const error = std::sqrt((square - sum * sum) / 39);
    EXPECT_NEAR(sum, expected[i], 3 * error) << i;
    EXPECT_LT(error, 0.05 * expected[i]);
  }
}

TEST(MarkovWeather, FindsTheFirstWindowInWhateverOrderOneAsks) {
  MarkovWeather asked = sea(0);
  MarkovWeather walked = sea(0);
  for (double const from : {900.0, 0.0, 333.3}) {
    auto const found = asked.next_window(from, {.worst = 1, .length = 30, .horizon = 5000});
    ASSERT_TRUE(found);
    double start = from;
    for (double t = from; t < start + 30; t += 0.01) {
      if (walked.state_at(t) > 1) {
        start = t + 0.01;
      }
    }
    EXPECT_NEAR(*found, start, 0.011);
  }
  EXPECT_EQ(asked.next_window(0, {.worst = 0, .length = 1e6, .horizon = 2000}), std::nullopt);
  EXPECT_THROW((MarkovWeather{Stream{1, 1, 1}, {{[](Stream&) { return 1.0; }, {0.5}}}}),
               ContractBroken);
}
