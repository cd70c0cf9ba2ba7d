/// The capacity of a line by formula against trains simulated on the same line.

#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"
#include "tidewater/train/capacity.hpp"

#include "corridor_worlds.hpp"

namespace tidewater {
namespace {

using units::day;
using units::min;

/// Trains a day both ways once the line is as full as the dispatcher gets it: ore and consists
/// without end.
double simulated(corridor::worlds::Plain plain, std::vector<train::SectionTimes> const& sections) {
  plain.sections = sections.size();
  auto model = corridor::worlds::saturated(plain);
  auto& runs = std::get<corridor::RailHaul>(model.routes.begin()->hauls[0]).legs[0].runs;
  for (std::size_t k = 0; k < sections.size(); ++k) {
    runs[k] = {sections[k].up, sections[k].down};
  }
  EXPECT_TRUE(corridor::faults(model).empty());
  auto const life = corridor::simulate(model, Streams{1});
  auto const& years = life.lines.begin()->years;
  return years[1].trains / 365.0;
}

struct Case {
  char const* name;
  std::vector<train::SectionTimes> sections;
  double at_least;  ///< of the formula, seen with 20 consists
};

// The formula is strict alternation on the longest section. The dispatcher gives each train a
// whole path when it is ready and exchanges it once at most: on one section both agree. With more
// sections some gaps it leaves are too short for another train and some trains follow in one
// direction, so it carries less: never more, and no less than 0.88 of it on these lines once there
// are trains enough. With few trains the round trip, not the line, sets the number.
TEST(LineCapacity, SimulatedOnTheSameLineComesNearTheFormulaAndNeverAboveIt) {
  std::vector<train::SectionTimes> const one{{60 * min, 50 * min}};
  std::vector<Case> const cases{
      {"one section", one, 0.999},
      {"two alike", {one[0], one[0]}, 0.91},
      {"four alike", {one[0], one[0], one[0], one[0]}, 0.88},
      {"longest in the middle", {{30 * min, 30 * min}, one[0], {40 * min, 30 * min}}, 0.98},
      {"longest at the end", {{30 * min, 30 * min}, {40 * min, 30 * min}, one[0]}, 0.98}};
  double const formula =
      train::alternating_capacity(one[0], 6 * min).in(1.0 / day);  // the longest is alike in all
  for (auto const& line : cases) {
    for (int const consists : {2, 20}) {
      double const found = simulated({.years = 3, .consists = consists}, line.sections);
      std::printf("%-24s %2d consists: %5.2f trains a day, formula %5.2f (%.0f %%)\n",
                  line.name,
                  consists,
                  found,
                  formula,
                  100 * found / formula);
      EXPECT_LE(found, formula * 1.001) << line.name;
      EXPECT_TRUE(consists < 20 || found >= line.at_least * formula) << line.name;
    }
  }
}

}  // namespace
}  // namespace tidewater
