/// Six published runs; tests/cases/train_running/WHY.md says what is expected and why.

#include <cmath>

#include <gtest/gtest.h>

#include "published_trains.hpp"

namespace tidewater::train {
namespace {

train::Run run_of(published::Case const& one, Length step) {
  RunOptions options{.step = step, .mass_model = MassModel::kPoint};
  for (auto const& post : one.posts) {
    options.posts.push_back(post.post);
  }
  auto const outcome = running_time(one.train, one.line, options);
  EXPECT_TRUE(outcome.has_value());
  EXPECT_TRUE(std::holds_alternative<train::Run>(*outcome));
  return std::get<train::Run>(*outcome);
}

class PublishedRun : public testing::TestWithParam<published::Case> {};

TEST_P(PublishedRun, TimeIsWithinOnePercentOfPublishedAndATenthOfConverged) {
  auto const& one = GetParam();
  train::Run const run = run_of(one, RunOptions{}.step);
  EXPECT_NEAR(run.time / one.published, 1.0, 0.01);
  EXPECT_NEAR(run.time / one.converged, 1.0, 0.001);
}

TEST_P(PublishedRun, WorkAtTheWheelIsWithinHalfAPercentOfConverged) {
  auto const& one = GetParam();
  train::Run const run = run_of(one, RunOptions{}.step);
  EXPECT_NEAR(run.energy.traction / one.traction, 1.0, 0.005);
  EXPECT_NEAR(run.energy.braking / one.braking, 1.0, 0.005);
}

TEST_P(PublishedRun, PassesThePublishedPostsAtThePublishedSpeedsAndIntervals) {
  auto const& one = GetParam();
  train::Run const run = run_of(one, RunOptions{}.step);
  ASSERT_EQ(run.points.size(), one.posts.size());
  for (std::size_t i = 0; i < one.posts.size(); ++i) {
    EXPECT_NEAR(run.points[i].speed / one.posts[i].speed, 1.0, 0.01) << "post " << i;
    // Intervals, not times: the published 20 m steps lose up to 4 s in the first 20 m.
    Time const published = one.posts[i].time - one.posts[0].time;
    Time const ours = run.points[i].time - run.points[0].time;
    EXPECT_NEAR(ours.base(), published.base(), 0.01 * published.base() + 1e-9) << "post " << i;
  }
}

TEST_P(PublishedRun, HalvingTheStepFromTheDefaultMovesTheTimeByLessThanATenthOfAPercent) {
  auto const& one = GetParam();
  double const coarse = run_of(one, RunOptions{}.step).time.base();
  double const fine = run_of(one, 0.5 * RunOptions{}.step).time.base();
  double const finest = run_of(one, Length{0.5}).time.base();
  EXPECT_NEAR(coarse / fine, 1.0, 1e-3);
  // The finer step is also the better one, down to 0.001 % where both are exact.
  EXPECT_LE(std::abs(fine - finest), std::abs(coarse - finest) + 1e-5 * finest);
}

INSTANTIATE_TEST_SUITE_P(TrainRuns,
                         PublishedRun,
                         testing::ValuesIn(published::cases()),
                         [](auto const& run) { return run.param.name; });

}  // namespace
}  // namespace tidewater::train
