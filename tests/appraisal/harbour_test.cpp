/// Possessions, harbour craft, silt and ships of others, as a project states them and as the
/// simulation takes them.

#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/appraisal/appraise.hpp"

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

/// The model of the small corridor's railway with what `change` makes of its project.
template <class Change>
corridor::CorridorModel model_with(Change const& change) {
  auto p = small::project_file().project;
  change(p);
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  auto const answer = appraisal::design(p, p.options[2], &**ground);
  if (!answer || !std::holds_alternative<appraisal::Design>(*answer)) {
    ADD_FAILURE() << "the small corridor can be built";
    return {};
  }
  auto model = appraisal::corridor_model(p, p.options[2], std::get<appraisal::Design>(*answer));
  EXPECT_TRUE(model) << small::words(model.error());
  return model ? std::move(*model) : corridor::CorridorModel{};
}

}  // namespace

TEST(Possessions, TakeTheSectionsTheyTouchFromTheOpeningDayOn) {
  constexpr Length kFrom = 16 * km;  // the line has a loop near its middle, at some 14 km
  auto const model = model_with([&](project::Project& p) {
    project::Possession night{.name = "night work"};
    night.first_day.value = 3;
    night.hour.value = 22;
    night.length.value = 6 * h;
    night.every.value = 14 * day;
    p.links[0].rail->possessions = {night, night};
    p.links[0].rail->possessions[1].from.value = kFrom;
    p.links[0].rail->possessions[1].to.value = kFrom + 1 * km;
  });
  auto const& line = *model.lines.begin();
  ASSERT_EQ(line.possessions.size(), 2U);
  ASSERT_EQ(line.sections.size(), 2U);
  auto const& whole = line.possessions[0];
  EXPECT_EQ(whole.first, 0U);
  EXPECT_EQ(whole.last, 1U);
  double const begins = whole.begins.in(day);
  double const opening_day = std::floor(model.opening.in(day));
  EXPECT_NEAR(begins, opening_day + 3 + 22.0 / 24, 1e-9);
  EXPECT_EQ(whole.length, 6 * h);
  EXPECT_EQ(whole.every, 14 * day);
  // The kilometre from 16 on lies in the section that the lengths say it does.
  std::size_t const holds = line.sections[0].length > kFrom ? 0 : 1;
  EXPECT_EQ(line.possessions[1].first, holds);
  EXPECT_EQ(line.possessions[1].last, line.sections[0].length > kFrom + 1 * km ? 0U : 1U);
}

TEST(Harbour, IsAsThePortStatesItAndAbsentWhereItStatesNothing) {
  auto const plain = model_with([](project::Project&) {});
  for (auto const& port : plain.ports) {
    EXPECT_FALSE(port.tugs || port.pilots || port.pilotage || port.siltation);
    EXPECT_TRUE(port.other_ships.empty());
  }
  auto const model = model_with([](project::Project& p) {
    auto& port = *p.sites[1].port;
    port.tugs.value = 3;
    port.tug_time.value = 2.5 * h;
    port.pilots.value = 2;
    port.pilot_time.value = 3 * h;
    port.pilotage_from.value = 6;
    port.pilotage_until.value = 18;
    project::Siltation silt;
    silt.channel.value = 0.4 * m / year;
    silt.berths.value = 0.2 * m / year;
    silt.every.value = 2 * year;
    silt.campaign.value = 20 * day;
    silt.shut.value = 8 * h;
    port.siltation = silt;
    project::OtherShips others{.name = "cement"};
    others.calls.value = 12 / year;
    others.alongside.value = 30 * h;
    others.berths = {port.berths.front().name};
    others.loa.value = 150 * m;
    others.draught.value = 8 * m;
    others.tugs.value = 1;
    port.other_ships = {others};
  });
  auto const& port = *model.ports.begin();
  ASSERT_TRUE(port.tugs && port.pilots && port.pilotage && port.siltation);
  EXPECT_EQ(port.tugs->count, 3);
  EXPECT_EQ(port.tugs->per_move, 2.5 * h);
  EXPECT_EQ(port.pilots->count, 2);
  EXPECT_EQ(port.pilots->per_move, 3 * h);
  EXPECT_EQ(port.pilotage->from, 6 * h);
  EXPECT_EQ(port.pilotage->until, 18 * h);
  EXPECT_EQ(port.siltation->channel, 0.4 * m / year);
  EXPECT_EQ(port.siltation->berths, 0.2 * m / year);
  EXPECT_EQ(port.siltation->every, 2 * year);
  EXPECT_EQ(port.siltation->campaign, 20 * day);
  EXPECT_EQ(port.siltation->shut, 8 * h);
  ASSERT_EQ(port.other_ships.size(), 1U);
  auto const& others = port.other_ships.front();
  EXPECT_EQ(others.id, "cement");
  EXPECT_EQ(others.berths, std::vector<std::size_t>{0});
  EXPECT_EQ(others.ship.ballast_draught, 8 * m) << "no draught in is stated: the same";
  EXPECT_EQ(others.ship.tugs, 1);
}
