#include "tidewater/appraisal/design.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

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
  EXPECT_EQ(found->front().from, "pit");
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

TEST(Design, GivesItsTrainsATimetableAndAdviceOnTheirSize) {
  auto p = small_project();
  auto& diesel = p.locomotives[0];
  diesel.traction = project::Locomotive::Traction::kElectric;
  diesel.efficiency = 0.85;
  diesel.regeneration = 0.6;
  diesel.carbon = 0.4 * kg / kWh;
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  auto const answer = appraisal::design(p, p.options[2], &**ground);
  ASSERT_TRUE(answer);
  auto const& d = std::get<appraisal::Design>(*answer);
  auto const& rail = *d.links[0].rail;

  auto const timetable = appraisal::clock_face_on(p.links[0], rail);
  ASSERT_TRUE(std::holds_alternative<train::ClockFace>(timetable));
  auto const& face = std::get<train::ClockFace>(timetable);
  EXPECT_TRUE(train::conflicts(face.timetable,
                               appraisal::sections_of(rail),
                               appraisal::section_rules(p.links[0]))
                  .empty());
  // No denser than strict alternation through the longest section.
  EXPECT_LE(2.0 / face.timetable.period, rail.capacity.capacity * (1 + 1e-9));

  auto const advice = appraisal::size_advice(p, d, d.trains[0]);
  ASSERT_TRUE(advice);
  auto const& sizes = std::get<train::SizeAdvice>(*advice);
  EXPECT_GE(sizes.sizes.size(), 30U);  // the consist of 30 wagons is one of them
  EXPECT_FALSE(sizes.reason.empty());

  auto const& energy = rail.run.loaded.energy;
  EXPECT_NEAR(energy.supply / (energy.traction / (0.85 * diesel.catenary.value)), 1.0, 1e-9);
  EXPECT_NEAR(energy.carbon / (energy.supply * (0.4 * kg / kWh)), 1.0, 1e-9);
  EXPECT_NEAR(energy.regenerated / energy.dynamic, 0.6, 1e-9);
}

namespace {

/// The rail option's line and train with what is changed in the project.
template <class Change>
appraisal::Design rail_design(Change change) {
  auto p = small_project();
  change(p);
  auto const relief = small::relief();
  auto const ground = appraisal::ground(p, &relief);
  return std::get<appraisal::Design>(*appraisal::design(p, p.options[2], &**ground));
}

}  // namespace

TEST(Design, TrainsThatCoastTakeMoreTimeAndLessWork) {
  auto const plain = rail_design([](auto&) {});
  auto const coasting = rail_design([](auto& p) { p.consists[0].coast_to = 0.6; });
  auto const& run = plain.links[0].rail->run;
  auto const& slower = coasting.links[0].rail->run;
  EXPECT_GT(slower.loaded.time, run.loaded.time);
  EXPECT_LT(slower.loaded.energy.traction, run.loaded.energy.traction);
  EXPECT_GT(slower.times.up.back(), run.times.up.back());  // loops and capacity use the same runs
}

TEST(Design, AStatedResistanceTakesThePlaceOfTheFormula) {
  // 1 N a vehicle: only curves still hold the train back.
  std::vector<project::CurvePoint> const hardly{{0.0, 1.0}};
  auto const plain = rail_design([](auto&) {});
  auto const free = rail_design([&](auto& p) {
    p.wagons[0].resistance_loaded = hardly;
    p.wagons[0].resistance_empty = hardly;
    p.locomotives[0].resistance = hardly;
  });
  auto const& loaded = free.links[0].rail->run.loaded.energy;
  auto const& before = plain.links[0].rail->run.loaded.energy;
  EXPECT_LT(loaded.resistance, before.resistance);
  EXPECT_NEAR(loaded.climb / before.climb, 1.0, 1e-9);  // the same train over the same line
  auto const& empty = free.links[0].rail->run.empty.energy;
  EXPECT_LT(empty.resistance, plain.links[0].rail->run.empty.energy.resistance);
}

TEST(Design, AConsistOfTwoClassesAlikeIsThatOfOne) {
  auto const one = rail_design([](auto& p) { p.consists[0].locomotives = 3; });
  auto const two = rail_design([](auto& p) {
    p.locomotives.push_back(p.locomotives[0]);
    p.locomotives.back().id = "other diesel";
    p.wagons.push_back(p.wagons[0]);
    p.wagons.back().id = "other wagon";
    auto& consist = p.consists[0];
    consist.locomotives = 1;
    consist.more_locomotives = {{.of = "other diesel", .count = 2.0}};
    consist.wagons = consist.wagons.value - 7;
    consist.more_wagons = {{.of = "other wagon", .count = 7.0}};
  });
  auto const& a = one.trains[0];
  auto const& b = two.trains[0];
  EXPECT_EQ(b.sized.locomotives, 3);
  EXPECT_EQ(b.sized.wagons, a.sized.wagons);
  EXPECT_EQ(b.consists, a.consists);
  EXPECT_NEAR(b.sized.payload / a.sized.payload, 1.0, 1e-12);
  EXPECT_NEAR(b.runs[0].loaded.time / a.runs[0].loaded.time, 1.0, 1e-9);
  EXPECT_NEAR(b.runs[0].empty.energy.traction / a.runs[0].empty.energy.traction, 1.0, 1e-9);
}

TEST(Design, ABufferIsKeptBetweenTheTrainsOfTheTimetable) {
  auto p = small_project();
  p.links[0].rail->meet_allowance = 4 * min;
  p.links[0].rail->buffer = 3 * min;
  auto const rail = *rail_design([](auto&) {}).links[0].rail;
  auto const answer = appraisal::clock_face_on(p.links[0], rail);
  auto const& face = std::get<train::ClockFace>(answer);
  auto const sections = appraisal::sections_of(rail);
  train::SectionRules rules{.opposing = 7 * min, .following = 7 * min};
  EXPECT_TRUE(train::conflicts(face.timetable, sections, rules).empty());
  // The buffer is room that the line has, not what occupies it.
  rules = appraisal::section_rules(p.links[0]);
  p.links[0].rail->buffer = 0 * min;
  EXPECT_EQ(train::compress(face.timetable, sections, rules).line,
            train::compress(face.timetable, sections, appraisal::section_rules(p.links[0])).line);
}

TEST(Design, TellsWithTheLineWhatItsTrainsTookForGranted) {
  auto const short_table = rail_design([](auto& p) {
    p.wagons[0].resistance_loaded = {{0.0, 1000.0}, {5.0, 1100.0}};  // up to 18 km/h
    p.wagons[0].resistance_empty = {{0.0, 500.0}, {50.0, 900.0}};
  });
  auto const& notes = short_table.links[0].notes;
  auto const told = std::count_if(notes.begin(), notes.end(), [](std::string const& note) {
    return note.find("loaded trains: the resistance of") == 0 &&
           note.find("stated up to 18 km/h") != std::string::npos;
  });
  EXPECT_EQ(told, 1);
}

TEST(Design, AHybridsBoostMakesItsTrainsFasterOutOfAValley) {
  auto relief = small::relief();
  for (int row = 0; row < relief.rows; ++row) {
    for (int column = 0; column < relief.columns; ++column) {
      relief.heights[static_cast<std::size_t>(row * relief.columns + column)] =
          static_cast<float>(10 + 5 * std::abs(row - 40));
    }
  }
  auto p = small_project();
  auto& l = p.locomotives[0];
  l.traction = project::Locomotive::Traction::kHybrid;
  l.storage = 400 * kWh;
  l.storage_power = 1 * MW;
  auto const time = [&](double boost) {
    l.storage_boost = boost * MW;
    auto const ground = appraisal::ground(p, &relief);
    auto const d = std::get<appraisal::Design>(*appraisal::design(p, p.options[2], &**ground));
    auto const& run = d.links[0].rail->run;
    if (boost > 0) {  // it spares the engine as fast as it is filled, at least
      auto const& store = d.trains[0].sized.loaded.locomotives[0].type.storage;
      EXPECT_EQ(store->discharge, std::max(boost * MW, l.storage_power.value));
    }
    return std::pair{d.trains[0].sized.locomotives, (run.loaded.time + run.empty.time).base()};
  };
  auto const without = time(0);
  auto const boosted = time(1);
  EXPECT_EQ(boosted.first, without.first);  // sizing counts on the engine
  EXPECT_LT(boosted.second, 0.99 * without.second);
  l.storage_power = 2 * MW;
  EXPECT_LT(time(1).second, without.second);
}

TEST(Design, AGapThatIsNotAllowedIsSearchedOn) {
  auto relief = small::relief();
  for (int row = 0; row < relief.rows; ++row) {  // 2.2 %, steeper than the line may be: it winds
    for (int column = 0; column < relief.columns; ++column) {
      relief.heights[static_cast<std::size_t>(row * relief.columns + column)] +=
          static_cast<float>(11.2 * (relief.rows - row));
    }
  }
  auto const line = [&](std::string const& gap) {
    auto const file = io::read_project(small::kPlaces + small::kThings + small::kPeople,
                                       "small.toml",
                                       {.sets = {{"link.new_line.rail.search_gap", gap}}});
    auto const& p = file->project;
    auto const ground = appraisal::ground(p, &relief);
    auto const d = std::get<appraisal::Design>(*appraisal::design(p, p.options[2], &**ground));
    return d.links[0].rail->alignment;
  };
  auto const loose = line("100 %");
  auto const tight = line("0 %");
  EXPECT_GT(tight.bound.lower, loose.bound.lower);
  EXPECT_GT(tight.effort.settled, loose.effort.settled);
  EXPECT_LE(tight.cost, loose.cost);
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
