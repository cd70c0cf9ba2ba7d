#include "tidewater/project/catalogue.hpp"

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

}  // namespace
}  // namespace tidewater::project
