#include "tidewater/appraisal/design.hpp"

#include <gtest/gtest.h>

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

project::Project small_project() {
  return small::project_file().project;
}

}  // namespace

TEST(Ways, LeadFromTheMineOverTheOptionsLinksToTheMarket) {
  auto const p = small_project();
  auto const found = appraisal::ways(p, p.options[2]);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().mine, "pit");
  EXPECT_EQ(found->front().port, "haven");
  EXPECT_EQ(found->front().links.size(), 2U);
}

TEST(Ways, NameTheMineThatReachesNoMarket) {
  auto p = small_project();
  p.options[2].links = {"new_line"};
  auto const found = appraisal::ways(p, p.options[2]);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error()[0].what.find("The Pit"), std::string::npos);
  EXPECT_FALSE(found.error()[0].remedy.empty());
}

TEST(Programme, OpensWhenTheLongestBuildIsDone) {
  auto p = small_project();
  auto when = appraisal::programme(p, p.options[2]);
  EXPECT_EQ(when.start, Time{});
  EXPECT_NEAR(
      when.opening.in(day), 365 + 366, 1e-9);  // mine, line and terminal take two years each
  p.links[0].rail->build = 3 * year;
  p.options[2].delay = 1 * year;
  when = appraisal::programme(p, p.options[2]);
  EXPECT_NEAR(when.start.in(day), 365, 1e-9);
  EXPECT_NEAR((when.opening - when.start).in(day), 366 + 365 + 365, 1e-9);  // 2028 is a leap year
}

TEST(Design, SizesTrainsThatClimbAndFleetsThatCarry) {
  auto const p = small_project();
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  ASSERT_TRUE(ground);
  auto const answer = appraisal::design(p, p.options[2], &**ground);
  ASSERT_TRUE(answer);
  auto const& d = std::get<appraisal::Design>(*answer);
  ASSERT_EQ(d.trains.size(), 1U);
  EXPECT_EQ(d.trains[0].sized.wagons, 30);
  EXPECT_GE(d.trains[0].sized.locomotives, 1);
  auto const& rail = *d.links[0].rail;
  EXPECT_GT(rail.run.loaded.time.in(min), 0);
  EXPECT_LE(rail.alignment.steepest_climb, p.links[0].rail->ruling_loaded.value + 1e-9);
  EXPECT_LE(rail.alignment.steepest_descent, p.links[0].rail->ruling_empty.value + 1e-9);
  // 0.5 Mt/a dry is 0.543 wet; a train carries 30 x 60 t. The fleet must carry at least that.
  double const trips = 0.5e6 / 0.92 / 1800;
  double const cycle_h = (rail.run.loaded.time + rail.run.empty.time).in(h);
  EXPECT_GE(d.trains[0].consists * 8766 / cycle_h, trips);
}

TEST(Design, SaysWhenFewerLoopsFindAPlaceThanArePaidFor) {
  auto p = small_project();
  p.links[0].rail->loops = 100;  // of 600 m, on some 28 km
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  auto const answer = appraisal::design(p, p.options[2], &**ground);
  ASSERT_TRUE(answer);
  auto const& line = std::get<appraisal::Design>(*answer).links[0];
  EXPECT_LT(line.rail->loops.size(), 100U);
  ASSERT_FALSE(line.notes.empty());
  EXPECT_NE(line.notes.back().find("of 100 loops"), std::string::npos) << line.notes.back();
}

TEST(Design, ANewRailwayWithoutGroundHeightsIsAFaultWithARemedy) {
  auto const p = small_project();
  auto const answer = appraisal::design(p, p.options[2], nullptr);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error()[0].where, "/terrain/elevation");
}

TEST(Design, AForbiddenRingIsAnAnswerThatNamesIt) {
  auto p = small_project();
  p.zones = {
      project::Zone{.name = "the wall",
                    .kind = project::Zone::Kind::kForbidden,
                    .polygon = {{62.9, 25.80}, {63.7, 25.80}, {63.7, 25.82}, {62.9, 25.82}}}};
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  ASSERT_TRUE(ground);
  auto const answer = appraisal::design(p, p.options[2], &**ground);
  ASSERT_TRUE(answer);
  auto const* none = std::get_if<appraisal::NoDesign>(&*answer);
  ASSERT_NE(none, nullptr);
  EXPECT_EQ(none->option, "rail");
  EXPECT_NE(none->reason.find("the wall"), std::string::npos);
}
