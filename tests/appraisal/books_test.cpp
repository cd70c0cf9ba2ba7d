#include <numeric>

#include <gtest/gtest.h>

#include "money.hpp"
#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

double sum(std::vector<double> const& v) {
  return std::accumulate(v.begin(), v.end(), 0.0);
}

}  // namespace

TEST(Books, EveryPaymentIsSharedOutWhole) {
  appraisal::Books books{small::project_file().project};
  for (auto const& spending :
       {appraisal::Books::Spending{"Inland", "The Province", 0.4, 0.25, 0.35},
        appraisal::Books::Spending{"", "", 0.4, 0.25, 0.35},
        appraisal::Books::Spending{"Inland", "The Province", 1.0, 1.0, 0.0},
        appraisal::Books::Spending{"Inland", "The Province", 0.0, 0.5, 0.5}}) {
    double all = 0;
    for (auto const& part : books.payees(spending)) {
      EXPECT_GE(part.share, 0);
      all += part.share;
    }
    EXPECT_NEAR(all, 1, 1e-12);
  }
}

TEST(Books, HouseholdsOfTheDistrictGetTheirShareOfTheWages) {
  appraisal::Books books{small::project_file().project};
  auto const parts = books.payees({"Inland", "The Province", 0.4, 0.25, 0.35});
  auto const accounts = books.take();
  double district = 0;
  for (auto const& part : parts) {
    district += accounts[part.payee].name == "households, Inland" ? part.share : 0;
  }
  EXPECT_NEAR(district, 0.4 * 0.25, 1e-12);
}

TEST(OverYears, SpreadsASpanByTheDaysInEachYear) {
  Calendar const calendar{2027};
  auto const spread = appraisal::over_years(calendar, 10, 0.5 * 365 * day, (365 + 183.0) * day);
  ASSERT_EQ(spread.first_year, 0);
  ASSERT_EQ(spread.share.size(), 2U);
  EXPECT_NEAR(spread.share[0], 182.5 / 365.5, 1e-12);
  EXPECT_NEAR(sum(spread.share), 1, 1e-12);
}

TEST(OverYears, DropsNothingBeyondTheHorizon) {
  Calendar const calendar{2027};
  auto const spread = appraisal::over_years(calendar, 2, 365 * day, 3650 * day);
  EXPECT_EQ(spread.first_year, 1);
  EXPECT_NEAR(sum(spread.share), 1, 1e-12);
}
