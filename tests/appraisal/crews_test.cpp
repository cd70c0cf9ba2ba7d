/// Crews of a railway's trains, from the project to the corridor.

#include <gtest/gtest.h>

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

Result<appraisal::DesignAnswer> drawn(project::Project const& p) {
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  return appraisal::design(p, p.options[2], &**ground);
}

project::Project manned(double per_train, Time duty) {
  auto p = small::project_file().project;
  project::Crews crews;
  crews.count.value = 6;
  crews.per_train.value = per_train;
  crews.duty.value = duty;
  crews.rest.value = 9 * h;
  p.links[0].rail->crews = crews;
  return p;
}

}  // namespace

TEST(ProjectCrews, ManTheFleetOfTheRailwayItIsLoadedOn) {
  auto const p = manned(2, 10 * h);
  auto const answer = drawn(p);
  ASSERT_TRUE(answer) << small::words(answer.error());
  auto const model =
      appraisal::corridor_model(p, p.options[2], std::get<appraisal::Design>(*answer));
  ASSERT_TRUE(model) << small::words(model.error());
  auto const& crews = model->fleets[corridor::FleetId{0}].crews;
  ASSERT_TRUE(crews);
  EXPECT_EQ(crews->count, 6);
  EXPECT_EQ(crews->per_train, 2);
  EXPECT_EQ(crews->duty, 10 * h);
  EXPECT_EQ(crews->rest, 9 * h);
}

TEST(ProjectCrews, WhoseDutyEndsOnTheWayAreRefused) {
  auto const answer = drawn(manned(1, 1 * h));
  ASSERT_FALSE(answer);
  auto const words = small::words(answer.error());
  EXPECT_NE(words.find("beyond the duty of 1 crews of 1.0 h (state "), std::string::npos) << words;
}
