#include "tidewater/base/units.hpp"

#include <gtest/gtest.h>

using namespace tidewater;
using namespace tidewater::units;

static_assert(sizeof(Length) == sizeof(double));
static_assert(std::is_same_v<decltype(usd / t), MoneyPerMass>);
static_assert(std::is_same_v<decltype(kN * km), Energy>);
static_assert(std::is_same_v<decltype(km / m), double>);
static_assert((90.0 * kmh).in(m / s) == 25.0);

TEST(Quantity, FreightBillOfTwelveMegatonnesOverThreeHundredKilometres) {
  MoneyPerMassLength const tariff = 0.03 * usd / (t * km);
  MassRate const flow = 12.0 * Mt / year;
  MoneyPerTime const bill = tariff * (300.0 * km) * flow;
  EXPECT_NEAR(bill.in(musd / year), 108.0, 1e-9);
}

TEST(Quantity, MilesAreStatuteAndNauticalMilesAreNot) {
  EXPECT_DOUBLE_EQ((70.0 * mi).in(km), 112.65408);
  EXPECT_DOUBLE_EQ((1.0 * nmi).in(m), 1852.0);
}
