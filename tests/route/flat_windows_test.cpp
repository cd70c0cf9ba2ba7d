#include <gtest/gtest.h>

#include "drawn_profile.hpp"
#include "profile.hpp"

using namespace tidewater;
using namespace tidewater::route;
using namespace tidewater::route::tests;

namespace {

std::vector<FlatWindow> windows(ProfileProblem const& p, FlatRule rule) {
  return flat_windows(p, prices(), design_profile(p, prices()), rule);
}

}  // namespace

TEST(FlatWindows, LieOnTheBenchOfARamp) {
  // 24 km up at 0.8 %, with a bench of two kilometres a little past the middle.
  std::vector<double> ground{0};
  for (int i = 0; i < 240; ++i) {
    ground.push_back(ground.back() + (i >= 140 && i < 160 ? 0 : 0.8));
  }
  auto const w = windows(over(ground, {0.01, 0.01}), {.loops = 1});
  ASSERT_EQ(w.size(), 1u);
  EXPECT_GE(w[0].first, 139u);
  EXPECT_LE(w[0].end, 161u);
  EXPECT_EQ(w[0].end - w[0].first, 15u);
}

TEST(FlatWindows, LieInTheirEvenPlacesOnAPlain) {
  auto const w = windows(over(std::vector<double>(401, 7.0), {0.01, 0.01}), {.loops = 3});
  ASSERT_EQ(w.size(), 3u);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(double(w[k].first + w[k].end) / 2, 100.0 * double(k + 1), 1) << k;
  }
}

TEST(FlatWindows, StayApartInOrderAndNearTheirPlaces) {
  auto const p = over(rolling(6, 801, 25), {0.01, 0.01});
  auto const w = windows(p, {.loops = 7});
  ASSERT_EQ(w.size(), 7u);
  for (std::size_t k = 0; k < w.size(); ++k) {
    EXPECT_NEAR(double(w[k].first + w[k].end) / 2, 100.0 * double(k + 1), 25) << k;
    EXPECT_GE(p.at[w[k].end] - p.at[w[k].first], 1500 - 1e-6);
    EXPECT_TRUE(k == 0 || w[k].first >= w[k - 1].end);
  }
}

TEST(FlatWindows, CostLittleWhereTheyLieAndLeaveAProfile) {
  auto p = over(rolling(2, 601, 30), {0.01, 0.01});
  auto const free = design_profile(p, prices());
  p.flats = flat_windows(p, prices(), free, {.loops = 2});
  auto const chosen = design_profile(p, prices());
  ASSERT_FALSE(chosen.rail.empty());
  expect_rules_hold(p, chosen.rail);
  // Against windows at the even places, wherever those happen to lie.
  p.flats = {{193, 208}, {393, 408}};
  auto const even = design_profile(p, prices());
  EXPECT_LE(chosen.cost, even.cost * (1 + 1e-3));
}

TEST(FlatWindows, AreFewerWhereTheLineIsTooShort) {
  auto const p = over(std::vector<double>(31, 0.0), {0.01, 0.01});
  EXPECT_LT(windows(p, {.loops = 5}).size(), 5u);
  EXPECT_TRUE(windows(p, {.loops = 0}).empty());
}
