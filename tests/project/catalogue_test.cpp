#include "tidewater/project/catalogue.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tidewater/project/describe.hpp"

namespace tidewater::project {
namespace {

TEST(Catalogue, GivesWhatTheProjectDoesNotState) {
  Project p;
  p.wagons.resize(1);
  p.wagons[0].id = "ore";
  p.wagons[0].catalogue = "boxnhs";
  p.wagons[0].payload = 60.0 * units::t;
  p.wagons[0].payload.origin.status = Status::kAssumed;
  auto const all = numbers(p);  // describing fills
  EXPECT_DOUBLE_EQ(p.wagons[0].tare.value.in(units::t), 23.1);
  EXPECT_EQ(p.wagons[0].tare.origin.status, Status::kSourced);
  EXPECT_DOUBLE_EQ(p.wagons[0].payload.value.in(units::t), 60.0);
  EXPECT_EQ(p.wagons[0].axles.origin.status, Status::kDefault);
  auto const once = p;
  EXPECT_EQ(numbers(p).size(), all.size());
  EXPECT_EQ(p.wagons[0].tare, once.wagons[0].tare);
}

TEST(Catalogue, HasASourceOrAReasonForEveryFigure) {
  Project p;
  for (auto const& name : catalogue_names().locomotives) {
    p.locomotives.push_back({.id = name, .catalogue = name});
  }
  for (auto const& name : catalogue_names().wagons) {
    p.wagons.push_back({.id = name, .catalogue = name});
  }
  for (auto const& name : catalogue_names().vessels) {
    p.vessels.push_back({.id = name, .catalogue = name});
  }
  int filled = 0;
  for (auto const& number : numbers(p)) {
    if (number.ref.origin->status != Status::kDefault) {
      ++filled;
      EXPECT_GT(number.ref.origin->source.size(), 10U) << number.path;
    }
  }
  EXPECT_GE(filled, 30);
}

TEST(Catalogue, AnElectricEntryIsElectricAndLeavesTheCarbonOfTheCurrentToTheProject) {
  Project p;
  p.locomotives.push_back({.id = "l", .catalogue = "iore"});
  EXPECT_GT(numbers(p).size(), 0U);  // describing fills
  auto& iore = p.locomotives[0];
  EXPECT_EQ(iore.traction, Locomotive::Traction::kElectric);
  EXPECT_DOUBLE_EQ(iore.power.value.in(units::MW), 5.4);
  EXPECT_DOUBLE_EQ(iore.max_speed.value.in(units::kmh), 80);
  EXPECT_DOUBLE_EQ(iore.efficiency.value, 0.85);
  EXPECT_EQ(iore.efficiency.origin.status, Status::kAssumed);
  auto const asks = [&] {
    auto const faults = verify(p);
    return std::any_of(faults.begin(), faults.end(), [](auto const& fault) {
      return fault.where == "/locomotive/l/efficiency";
    });
  };
  EXPECT_TRUE(asks());
  iore.carbon = 0.4 * units::kg / units::kWh;
  iore.carbon.origin.status = Status::kAssumed;
  EXPECT_FALSE(asks());
}

TEST(Catalogue, ClassesOfShipsGrowInEveryMeasure) {
  Project p;
  for (auto const& name : catalogue_names().vessels) {
    p.vessels.push_back({.id = name, .catalogue = name});
  }
  EXPECT_GT(numbers(p).size(), 0U);
  for (std::size_t k = 1; k < p.vessels.size(); ++k) {
    auto const& small = p.vessels[k - 1];
    auto const& large = p.vessels[k];
    EXPECT_LT(small.dwt.value, large.dwt.value) << large.id;
    EXPECT_LE(small.loa.value, large.loa.value) << large.id;
    EXPECT_LT(large.lot.value, large.dwt.value) << large.id;
  }
}

TEST(Catalogue, AnUnknownEntryAndAShipWithoutSizeAreFaults) {
  Project p;
  p.locomotives.push_back({.id = "a", .catalogue = "ac4400"});
  p.vessels.push_back({.id = "b"});
  std::set<std::string> codes;
  for (auto const& fault : verify(p)) {
    codes.insert(fault.code);
  }
  EXPECT_TRUE(codes.contains("TW0319"));
  EXPECT_TRUE(codes.contains("TW0321"));
}

TEST(Catalogue, LeavesAStatedTractionAloneWhenTheFieldsAreGoneThroughAgain) {
  Project p;
  p.locomotives.push_back({.id = "l", .catalogue = "iore"});
  static_cast<void>(numbers(p));
  ASSERT_EQ(p.locomotives[0].traction, Locomotive::Traction::kElectric);
  p.locomotives[0].traction = Locomotive::Traction::kHybrid;
  static_cast<void>(numbers(p));
  EXPECT_EQ(p.locomotives[0].traction, Locomotive::Traction::kHybrid);
}

}  // namespace
}  // namespace tidewater::project
