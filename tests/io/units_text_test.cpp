#include "tidewater/io/units_text.hpp"

#include <gtest/gtest.h>

namespace tidewater::io {
namespace {

using project::Dimension;

struct Row {
  std::string text;
  double base;
  Dimension dimension;
  std::string reason;
};

// Base values by hand from the definitions: 1 a = 365.25 d, 1 lb = 0.45359237 kg, 1 mi = 1609.344
// m, 1 nmi = 1852 m, 1 bbl = 42 US gallons, 1 troy ounce = 480/7000 lb.
std::vector<Row> const kRows{
    {"45 Mt/a", 45e9 / 31557600, {0, 1, -1, 0}, "Mt is a million tonnes, a a Julian year"},
    {"4.03 USD/lb", 4.03 / 0.45359237, {0, -1, 0, 1}, "8.8846... USD/kg"},
    {"70 mi", 112654.08, {1, 0, 0, 0}, "statute miles"},
    {"70 nmi", 129640, {1, 0, 0, 0}, "nautical, not nano"},
    {"12 ‰", 0.012, {0, 0, 0, 0}, ""},
    {"8%", 0.08, {0, 0, 0, 0}, "no blank is needed"},
    {"0.25 g/t", 0.25e-6, {0, 0, 0, 0}, "grams a tonne is a share"},
    {"14 kt", 14e6, {0, 1, 0, 0}, "a kilotonne, not a knot"},
    {"14 kn", 14 * 1852.0 / 3600, {1, 0, -1, 0}, "a knot"},
    {"1000 oz t", 31.1034768, {0, 1, 0, 0}, "troy ounces"},
    {"4000 USD/oz t", 4000 / 0.0311034768, {0, -1, 0, 1}, "gold"},
    {"1 M USD", 1e6, {0, 0, 0, 1}, ""},
    {"1.2 bn USD", 1.2e9, {0, 0, 0, 1}, ""},
    {"0.75 M USD/km", 750, {-1, 0, 0, 1}, ""},
    {"0.08 USD/t/km", 0.08e-6, {-1, -1, 0, 1}, ""},
    {"0.02 1/km/a", 0.02e-3 / 31557600, {-1, 0, -1, 0}, "events"},
    {"0.5 /a", 0.5 / 31557600, {0, 0, -1, 0}, "the 1 may be left out"},
    {"30 kn", 30 * 1852.0 / 3600, {1, 0, -1, 0}, ""},
    {"70 km/h", 70 / 3.6, {1, 0, -1, 0}, ""},
    {"300 kN", 300e3, {1, 1, -2, 0}, "kilonewtons, not knots"},
    {"2.2 MW", 2.2e6, {2, 1, -3, 0}, "the M of a megawatt"},
    {"0.24 USD/kWh", 0.24 / 3.6e6, {-2, -1, 2, 1}, ""},
    {"5 Mm3", 5e6, {3, 0, 0, 0}, "the trade's million, not a cubed megametre"},
    {"250 USD/m²", 250, {-2, 0, 0, 1}, ""},
    {"9.81 m/s2", 9.81, {1, 0, -2, 0}, ""},
    {"1 kN·km", 1e6, {2, 1, -2, 0}, "a product"},
    {"38000 dwt", 38e6, {0, 1, 0, 0}, ""},
    {"1e3 bbl", 158.987294928, {3, 0, 0, 0}, ""},
    {"-3.5e-2 m", -0.035, {1, 0, 0, 0}, ""},
    {"+2 d", 172800, {0, 0, 1, 0}, ""},
    {".5 h", 1800, {0, 0, 1, 0}, ""},
    {"17", 17, {0, 0, 0, 0}, ""},
};

TEST(UnitText, MeansWhatTheTradeMeans) {
  for (auto const& row : kRows) {
    auto const read = parse_quantity(row.text);
    ASSERT_TRUE(read.has_value()) << row.text << ": " << read.error().front().what;
    EXPECT_NEAR(read->value, row.base, 1e-15 * std::abs(row.base) * 8)
        << row.text << " " << row.reason;
    EXPECT_EQ(read->unit.dimension, row.dimension) << row.text;
  }
}

TEST(UnitText, CountsMoneyInTheProjectsOwn) {
  Currencies const money{"EUR", 2025, {{"AUD2013", 0.9}, {"USD", 0.92}}};
  EXPECT_DOUBLE_EQ(parse_quantity("26 AUD2013/m3", money)->value, 23.4);
  EXPECT_DOUBLE_EQ(parse_quantity("2 M USD", money)->value, 1.84e6);
  EXPECT_DOUBLE_EQ(parse_quantity("3 EUR2025", money)->value, 3);
  EXPECT_EQ(parse_quantity("3 EUR2024", money).error().front().code, "TW0113");
  EXPECT_EQ(in_project_money("M USD/km", money), "M EUR/km");
}

struct Refusal {
  std::string text;
  std::string code;
  std::string remedy;
};
std::vector<Refusal> const kRefusals{
    {"", "TW0110", "45 Mt/a"},
    {"Mt", "TW0110", "45 Mt/a"},
    {"-", "TW0110", ""},
    {"- 5 m", "TW0110", ""},
    {"NaN m", "TW0111", "leave the field out"},
    {"inf", "TW0111", "leave the field out"},
    {"-Infinity m", "TW0111", "leave the field out"},
    {"1,000 t", "TW0111", "decimal point"},
    {"1_000 t", "TW0111", "decimal point"},
    {"1.000.000 t", "TW0111", "decimal point"},
    {"1\u202F000 t", "TW0111", "plain blank"},
    {"12\u00A0%", "TW0111", "plain blank"},
    {"1e999 t", "TW0111", ""},
    {"1e308 Mt", "TW0111", "1e300"},
    {"0x10 m", "TW0112", ""},
    {"5 tonnes", "TW0112", "'t'"},
    {"5 Tonnes", "TW0112", ""},
    {"5 tpa", "TW0112", "'t/a'"},
    {"5 mt", "TW0112", "Mt for a million"},
    {"5 years", "TW0112", "'a'"},
    {"5 oz", "TW0112", "'oz t'"},
    {"5 MUSD", "TW0112", "'M USD'"},
    {"5 MM USD", "TW0112", "'M'"},
    {"5 M", "TW0112", "M USD"},
    {"5 XAU/t", "TW0113", "[[exchange]]"},
    {"5 m/", "TW0114", ""},
    {"5 //a", "TW0114", ""},
    {"5 USD/(t km)", "TW0112", ""},
    {"5 USD/t km", "TW0114", "USD/t/km"},
    {"5 m \x01", "TW0112", ""},
    {"30  1", "TW0111", "decimal point"},
    {"30 1", "TW0111", "decimal point"},
    {"30m 1", "TW0112", ""},
};

TEST(UnitText, RefusesWithARemedyWhatCanBeReadTwoWays) {
  for (auto const& row : kRefusals) {
    auto const read = parse_quantity(row.text);
    ASSERT_FALSE(read.has_value()) << row.text << " was read as " << read->value;
    EXPECT_EQ(read.error().front().code, row.code) << row.text << ": " << read.error().front().what;
    EXPECT_NE(read.error().front().remedy.find(row.remedy), std::string::npos)
        << row.text << ": " << read.error().front().remedy;
  }
}

TEST(UnitText, NamesTheDimensionItWantedAndAnExample) {
  auto const read = parse_as("45 Mt", "Mt/a");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().front().what, "'45 Mt' is a mass; this field is a mass per time");
  EXPECT_EQ(read.error().front().remedy, "write e.g. \"45 Mt/a\"");
}

TEST(UnitText, NeverTakesAnAngleForANumberOrAShare) {
  EXPECT_EQ(parse_as("30 deg", "%").error().front().code, "TW0120");
  EXPECT_EQ(parse_as("30 deg", "").error().front().code, "TW0120");
  EXPECT_DOUBLE_EQ(*parse_as("30 deg", "deg"), 30);
}

TEST(UnitText, TakesAShareForAPureNumberButNotTheReverse) {
  EXPECT_DOUBLE_EQ(*parse_as("50 %", ""), 0.5);
  EXPECT_EQ(parse_as("0.5", "%").error().front().code, "TW0121");
}

TEST(UnitText, PrintsNineDigitsAtMost) {
  EXPECT_EQ(format_in(45e9 / 31557600, "Mt/a"), "45 Mt/a");
  EXPECT_EQ(format_in(1.0 / 3, ""), "0.333333333");
  EXPECT_EQ(format_number(1e9), "1000000000");
  EXPECT_EQ(format_number(-0.0), "0");
  EXPECT_EQ(format_number(123456789.4), "123456789");
  EXPECT_EQ(format_number(1.5e-7), "1.5e-07");
  EXPECT_EQ(format_number(1e20), "1e+20");
}

TEST(UnitText, SaysDimensionsInWords) {
  EXPECT_EQ(dimension_words({0, -1, 0, 1}), "money per mass");
  EXPECT_EQ(dimension_words({-1, 0, -1, 1}), "money per length and time");
  EXPECT_EQ(dimension_words({-3, 0, 0, 1}), "money per volume");
  EXPECT_EQ(dimension_words({0, 1, -1, 0}), "a mass per time");
  EXPECT_EQ(dimension_words({-1, 0, -1, 0}), "a number per length and time");
}

TEST(UnitText, IsACompleteVocabularyOfWordsThatParse) {
  for (auto const& row : unit_vocabulary()) {
    std::string const unit{row.word};
    EXPECT_TRUE(parse_unit(row.group == "before a currency" ? unit + " USD" : unit).has_value())
        << unit;
  }
}

}  // namespace
}  // namespace tidewater::io
