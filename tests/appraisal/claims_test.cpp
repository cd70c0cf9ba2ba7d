#include "claims.hpp"

#include <gtest/gtest.h>

#include "small_corridor.hpp"

using namespace tidewater;
using Verdict = appraisal::ClaimResult::Verdict;

namespace {

/// A project with one claim, and results in which the port cost 80 .. 120 in equal steps.
struct World {
  project::Project project = small::project_file().project;
  std::vector<appraisal::OptionResult> results{3};
  std::vector<std::vector<appraisal::Measures>> samples{3};

  World() {
    project.claims.resize(1);
    project.claims[0].tolerance = 0.1;
    for (int i = 0; i <= 40; ++i) {
      appraisal::Measures found;
      found.kpis[static_cast<std::size_t>(appraisal::Kpi::kCapexPort)] = 80.0 + i;
      found.rail_cost_per_km = 1.0 + 0.01 * i;
      samples[2].push_back(found);
    }
    results[2].kpis[static_cast<std::size_t>(appraisal::Kpi::kCapexPort)].value = 100.0;
    results[2].median.rail_cost_per_km = 1.2;
  }
  appraisal::ClaimResult measured(double stated) {
    project.claims[0].stated = stated;
    project.claims[0].stated.origin.status = project::Status::kSourced;
    return appraisal::measure_claims(project, results, samples).front();
  }
};

}  // namespace

TEST(Claims, CountTheFuturesWithinTheToleranceOfWhatWasStated) {
  World world;
  auto const found = world.measured(100);
  EXPECT_EQ(*found.found, 100);
  EXPECT_NEAR(*found.probability, 21.0 / 41, 1e-12);  // 90 .. 110
  EXPECT_EQ(found.verdict, Verdict::kPlausible);
  EXPECT_NEAR(found.range->low, 82, 1e-9);
  EXPECT_NEAR(found.range->high, 118, 1e-9);
}

TEST(Claims, AreContradictedWhenNoFutureComesNear) {
  World world;
  EXPECT_EQ(world.measured(200).verdict, Verdict::kContradicted);
  EXPECT_EQ(*world.measured(200).probability, 0);
}

TEST(Claims, WithoutAStatedValueAreOnlyMeasured) {
  World world;
  world.project.claims[0].stated = {};
  auto const found = appraisal::measure_claims(world.project, world.results, world.samples).front();
  EXPECT_EQ(found.verdict, Verdict::kMeasured);
  EXPECT_FALSE(found.stated);
}

TEST(Claims, DistanceToALineIsToItsNearestPoint) {
  World world;
  auto& claim = world.project.claims[0];
  claim.measure = project::Claim::Measure::kDistanceToLine;
  claim.sites = {"haven"};
  claim.unit = "km";
  // A meridian half a degree east of Haven: the nearest point is due east, 50.48 km along the
  // parallel 25.68 N (WGS 84: N cos(lat) dlon = 6382181 m cos(25.68 deg) 0.5 deg).
  claim.line = {{63.8, 25.0}, {63.8, 26.5}};
  auto const found = world.measured(50);
  ASSERT_TRUE(found.found);
  EXPECT_NEAR(*found.found, 50.19, 0.05);
  EXPECT_EQ(found.verdict, Verdict::kAgrees);
}

TEST(Claims, AskWhatAKilometreOfNewRailwayCostsInTheProjectsOwnMoney) {
  World world;
  auto& claim = world.project.claims[0];
  claim.measure = project::Claim::Measure::kRailCostPerLength;
  claim.unit = "M EUR/km";
  auto const found = world.measured(1.2);
  ASSERT_TRUE(found.found) << found.found.reason();
  EXPECT_EQ(*found.found, 1.2);
  EXPECT_NEAR(found.range->low, 1.02, 1e-9);  // P5 and P95 of 1.0, 1.01 .. 1.4
  EXPECT_NEAR(found.range->high, 1.38, 1e-9);
  claim.unit = "M USD/km";
  EXPECT_EQ(world.measured(1.2).verdict, Verdict::kNotMeasurable);
}

TEST(Claims, SayWhyTheyCannotBeMeasured) {
  World world;
  world.project.claims[0].kpis = {"happiness"};
  auto const found = world.measured(1);
  EXPECT_EQ(found.verdict, Verdict::kNotMeasurable);
  EXPECT_NE(found.found.reason().find("happiness"), std::string::npos);
}
