#include "tidewater/base/ids.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"

using BerthId = tidewater::Id<struct BerthTag>;

TEST(IdVector, OpensWithItsOwnId) {
  tidewater::IdVector<BerthId, std::string> berths;
  auto const id = berths.push("north");
  EXPECT_EQ(berths[id], "north");
  EXPECT_FALSE(BerthId{}.valid());
}

TEST(IdVector, RefusesAnIdItNeverGave) {
  tidewater::IdVector<BerthId, int> berths;
  EXPECT_THROW((void)berths[BerthId{3}], tidewater::ContractBroken);
}
