#include "tidewater/parties/party.hpp"

#include <gtest/gtest.h>

#include "tables.hpp"

using namespace tidewater::parties;
namespace units = tidewater::units;

TEST(Received, SumsTheLedgerEntriesThatCountForAParty) {
  auto who = party("coast");
  who.receipts = {{.payee = "fund", .level = "", .district = "Gwadar", .share = 0.25},
                  {.payee = "", .level = "community", .district = "Gwadar", .share = 1}};
  LedgerReceipt const ledger[] = {{.payee = "fund",
                                   .level = "community",
                                   .district = "Gwadar",
                                   .present_value = 40 * units::musd},
                                  {.payee = "crew",
                                   .level = "community",
                                   .district = "Gwadar",
                                   .present_value = 8 * units::musd},
                                  {.payee = "fund",
                                   .level = "community",
                                   .district = "Chagai",
                                   .present_value = 70 * units::musd},
                                  {.payee = "treasury",
                                   .level = "federal",
                                   .district = "",
                                   .present_value = 900 * units::musd}};
  EXPECT_DOUBLE_EQ(received(who, ledger).in(units::musd), 0.25 * 40 + 8)
      << "the first matching rule decides, and an entry counts once";
}

TEST(Received, IsNothingWithoutARule) {
  LedgerReceipt const ledger[] = {
      {.payee = "a", .level = "b", .district = "c", .present_value = 1 * units::musd}};
  EXPECT_EQ(received(party("x"), ledger), tidewater::Money{});
}
