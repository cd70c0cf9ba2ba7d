// Tables for a terminal.

#include "tidewater/report/tables.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "small_corridor.hpp"

namespace tidewater::report {
namespace {

std::size_t widest(std::string const& text) {
  std::istringstream in{text};
  std::size_t most = 0;
  for (std::string line; std::getline(in, line);) {
    most = std::max(most, columns_of(line));
  }
  return most;
}

TEST(Figure, HasThreeDigitsAndItsThousandsApart) {
  EXPECT_EQ(figure(0), "0");
  EXPECT_EQ(figure(12.34), "12.3");
  EXPECT_EQ(figure(-0.045678), "-0.0457");
  EXPECT_EQ(figure(1234.5), "1,234");
  EXPECT_EQ(figure(-1234567), "-1,234,567");
  EXPECT_EQ(figure(100), "100");
  EXPECT_EQ(figure(-999), "-999");
  EXPECT_EQ(figure(0.3), "0.3");
  EXPECT_EQ(figure(1.25e-9), "1.25e-09");
}

TEST(TextTable, CountsPlacesNotBytes) {
  EXPECT_EQ(columns_of("abc"), 3U);
  EXPECT_EQ(columns_of("\xE2\x80\xB0"), 1U);  // per mille
  EXPECT_EQ(columns_of("e\xCC\x81"), 1U);     // e and a combining acute
  EXPECT_EQ(columns_of("\xCD\xB0"), 1U);      // a Greek letter just beyond the marks
}

TEST(TextTable, SetsNumbersToTheRightAndWrapsWhatIsTooWide) {
  TextTable const table{{"what", "value"}, {{"a long word or two", "1"}, {"b", "1,200"}}, {1}};
  EXPECT_EQ(text(table, 80),
            "what                value\n"
            "------------------  -----\n"
            "a long word or two      1\n"
            "b                   1,200\n");
  auto const narrow = text(table, 20);
  EXPECT_LE(widest(narrow), 20U);
  EXPECT_NE(narrow.find("a long word"), std::string::npos);
}

TEST(OptionTable, ComparesTheOptionsWithinTheWidth) {
  auto const& all = small::appraisal_once();
  auto const wide = option_table(all, {.width = 140});
  EXPECT_LE(widest(wide), 140U);
  for (auto const* word : {"By rail", "By road", "No project", "Net present value", "M EUR"}) {
    EXPECT_NE(wide.find(word), std::string::npos) << word << "\n" << wide;
  }
  EXPECT_NE(wide.find("[1] "), std::string::npos) << wide;
  EXPECT_EQ(wide.find("27.7 (27.7"), std::string::npos);  // a range of one figure is none
  auto const narrow = option_table(all, {.width = 60});
  EXPECT_LE(widest(narrow), 72U) << narrow;  // footnotes are sentences, not columns
}

TEST(ClaimTable, SetsTheStatedBesideTheFound) {
  auto const table = claim_table(small::appraisal_once(), {.width = 100});
  EXPECT_NE(table.find("The port costs 100 million"), std::string::npos) << table;
  EXPECT_NE(table.find("no figure"), std::string::npos);
  EXPECT_NE(table.find("agrees"), std::string::npos) << table;
  EXPECT_EQ(claim_table({}), "");
}

TEST(PartyTable, MarksKeyPartiesAndExplainsThoseNotValued) {
  auto const table = party_table(small::appraisal_once());
  EXPECT_NE(table.find("Provincial government *"), std::string::npos) << table;
  EXPECT_EQ(party_table({}), "");
}

TEST(NoneTable, NamesTheObstacleAndTheWayOut) {
  appraisal::Unbuildable const none{
      {{"rail", "/link/new_line", "a forbidden zone", "63.1 E 25.9 N", "shrink the zone"}}};
  auto const table = none_table(none);
  EXPECT_NE(table.find("a forbidden zone"), std::string::npos);
  EXPECT_NE(table.find("shrink the zone"), std::string::npos);
}

}  // namespace
}  // namespace tidewater::report
