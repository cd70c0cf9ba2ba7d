#include <algorithm>

#include <gtest/gtest.h>

#include "tidewater/project/describe.hpp"

#include "small_corridor.hpp"

using namespace tidewater;

namespace {

double value_at(project::Project p, std::string const& path) {
  for (auto const& n : project::numbers(p)) {
    if (n.path == path) {
      return *n.ref.value;
    }
  }
  ADD_FAILURE() << "no number at " << path;
  return 0;
}

project::Option const& rail(project::Project const& p) {
  return p.options.at(2);
}

}  // namespace

TEST(Futures, HoldEveryUncertainNumberButNoJudgement) {
  auto const paths = appraisal::uncertain_paths(small::project_file().project);
  auto const has = [&](std::string const& path) {
    return std::find(paths.begin(), paths.end(), path) != paths.end();
  };
  EXPECT_TRUE(has("/rates/track"));
  EXPECT_TRUE(has("/product/concentrate/content/copper/price"));
  EXPECT_FALSE(has("/party/PROV/position/build/at"));
  EXPECT_EQ(std::count_if(
                paths.begin(), paths.end(), [](auto const& p) { return p.starts_with("/party/"); }),
            0);
}

TEST(Futures, DrawWithinTheStatedRangeAndAreStateless) {
  auto const p = small::project_file().project;
  for (std::uint32_t id : {0U, 5U, 11U}) {
    auto const future = appraisal::sampled_future(p, id);
    ASSERT_TRUE(future);
    auto const own = appraisal::in_future(p, *future, rail(p));
    EXPECT_GT(own.rates.track.value,
              p.rates.track.origin.spread->numbers[0] * (units::usd / units::m));
    EXPECT_LT(own.rates.track.value,
              p.rates.track.origin.spread->numbers[2] * (units::usd / units::m));
    EXPECT_EQ(future->values, appraisal::sampled_future(p, id)->values);
  }
}

TEST(Futures, AnotherUncertainNumberMovesNoOtherDraw) {
  auto const before = small::project_file().project;
  auto after = before;
  after.rates.cut.origin.spread = project::Spread{project::SpreadKind::kUniform, {10, 20}};
  auto const a = appraisal::in_future(before, *appraisal::sampled_future(before, 3), rail(before));
  auto const b = appraisal::in_future(after, *appraisal::sampled_future(after, 3), rail(after));
  EXPECT_EQ(a.rates.track.value, b.rates.track.value);
  EXPECT_EQ(a.products[0].contents[0].price.value, b.products[0].contents[0].price.value);
  EXPECT_NE(a.rates.cut.value, b.rates.cut.value);
}

TEST(Futures, TheMedianFutureIsTheProjectAsRead) {
  auto const p = small::project_file().project;
  auto const own = appraisal::in_future(p, {}, rail(p));
  EXPECT_EQ(value_at(own, "/rates/track"), value_at(p, "/rates/track"));
  // Symmetric triangle: its median is its mode.
  EXPECT_NEAR(value_at(p, "/rates/track"), 750, 1e-9);  // 0.75 M a km, in money a metre
}

TEST(Futures, AnOptionsOverrideHoldsForThatOptionOnly) {
  auto p = small::project_file().project;
  p.options[2].overrides.push_back({"/site/haven/port/channel_depth", 14.0, {}});
  EXPECT_EQ(value_at(appraisal::in_future(p, {}, p.options[2]), "/site/haven/port/channel_depth"),
            14);
  EXPECT_EQ(value_at(appraisal::in_future(p, {}, p.options[1]), "/site/haven/port/channel_depth"),
            12);
}
