// Stations of long lines in the results: fewer rows, nothing lost that a reader looks for.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "parts.hpp"

namespace tidewater::report {
namespace {

using namespace units;
using route::Station;
using route::StructureKind;

/// 400 km of gentle waves with one bridge of a single stretch, one peak and one steep stretch.
route::Alignment long_line() {
  route::Alignment a;
  for (int k = 0; k <= 4000; ++k) {
    double const level = 100 + 30 * std::sin(0.01 * k);
    a.stations.push_back({.at = 0.1 * k * km,
                          .place = {63 + 0.001 * k, 26},
                          .ground = (level - 1) * m,
                          .rail = level * m,
                          .kind = StructureKind::kAtGrade});
  }
  a.stations[1234].kind = StructureKind::kBridge;
  a.stations[1234].ground = 20 * m;
  a.stations[2345].rail = 180 * m;
  for (std::size_t k = 0; k + 1 < a.stations.size(); ++k) {
    a.stations[k].grade = (a.stations[k + 1].rail - a.stations[k].rail) / (100 * m);
  }
  a.stations.back().grade = a.stations[a.stations.size() - 2].grade;
  a.length = 400 * km;
  return a;
}

TEST(StationColumns, StayShortAndKeepEveryChangeOfKindAndTheExtremes) {
  auto const line = long_line();
  project::Link const link;
  auto const columns = stations_json(link, line, 1200);
  auto const kms = columns["km"].get<std::vector<double>>();
  EXPECT_LE(kms.size(), 1220U);
  EXPECT_GE(kms.size(), 1000U);
  EXPECT_TRUE(std::is_sorted(kms.begin(), kms.end()));
  EXPECT_EQ(kms.front(), 0);
  EXPECT_EQ(kms.back(), 400);
  for (auto const& [key, column] : columns.items()) {
    EXPECT_EQ(column.size(), kms.size()) << key;
  }
  auto const bridge = std::find(kms.begin(), kms.end(), 123.4);
  ASSERT_NE(bridge, kms.end());
  EXPECT_EQ(columns["kind"][static_cast<std::size_t>(bridge - kms.begin())], "bridge");
  // The bridge ends at the next station, as it does on the line.
  EXPECT_NEAR(*(bridge + 1), 123.5, 1e-9);
  auto const rail = columns["rail"].get<std::vector<double>>();
  EXPECT_EQ(*std::max_element(rail.begin(), rail.end()), 180);
  auto const ground = columns["ground"].get<std::vector<double>>();
  EXPECT_EQ(*std::min_element(ground.begin(), ground.end()), 20);
  auto const grade = columns["grade"].get<std::vector<double>>();
  double steepest = -1;
  for (auto const& s : line.stations) {
    steepest = std::max(steepest, s.grade);
  }
  EXPECT_NEAR(*std::max_element(grade.begin(), grade.end()), steepest, 1e-6);
}

TEST(StationColumns, OfAShortLineAreAllItsStations) {
  auto line = long_line();
  line.stations.resize(300);
  EXPECT_EQ(stations_json({}, line, 1200)["km"].size(), 300U);
}

TEST(StationColumns, LeaveHeightsEmptyWhereNoReliefIsKnown) {
  auto line = long_line();
  line.profile = route::ProfileOrigin::kUnknown;
  project::Link link;
  link.status = project::Link::State::kExisting;
  auto const columns = stations_json(link, line, 1200);
  EXPECT_TRUE(columns["rail"].empty());
  EXPECT_TRUE(columns["ground"].empty());
  EXPECT_EQ(columns["kind"][0], "existing");
  EXPECT_GT(columns["km"].size(), 500U);
}

}  // namespace
}  // namespace tidewater::report
