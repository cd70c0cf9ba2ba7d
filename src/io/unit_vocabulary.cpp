#include "unit_vocabulary.hpp"

#include <array>
#include <utility>

namespace tidewater::io {

namespace {

using project::Dimension;
constexpr Dimension kNone{0, 0, 0, 0};
constexpr Dimension kLength{1, 0, 0, 0};
constexpr Dimension kArea{2, 0, 0, 0};
constexpr Dimension kVolume{3, 0, 0, 0};
constexpr Dimension kMass{0, 1, 0, 0};
constexpr Dimension kTime{0, 0, 1, 0};
constexpr Dimension kTimeSquared{0, 0, 2, 0};
constexpr Dimension kSpeed{1, 0, -1, 0};
constexpr Dimension kForce{1, 1, -2, 0};
constexpr Dimension kEnergy{2, 1, -2, 0};
constexpr Dimension kPower{2, 1, -3, 0};

constexpr double kYear = 365.25 * 86400;

// Exact by definition: mile, foot, inch, pound (1959 agreement), nautical mile, troy ounce
// (480/7000 lb), oil barrel (42 US gallons). Metric horsepower: 75 kgf m/s.
constexpr auto kWords = std::to_array<UnitWord>({
    {"mm", "millimetre", "length", {1e-3, kLength}},
    {"cm", "centimetre", "length", {1e-2, kLength}},
    {"m", "metre", "length", {1, kLength}},
    {"km", "kilometre", "length", {1e3, kLength}},
    {"mi", "statute mile, 1609.344 m", "length", {1609.344, kLength}},
    {"nmi", "nautical mile, 1852 m", "length", {1852, kLength}},
    {"ft", "foot, 0.3048 m", "length", {0.3048, kLength}},
    {"inch", "inch, 25.4 mm", "length", {0.0254, kLength}},
    {"m2", "square metre", "area", {1, kArea}},
    {"ha", "hectare", "area", {1e4, kArea}},
    {"km2", "square kilometre", "area", {1e6, kArea}},
    {"l", "litre", "volume", {1e-3, kVolume}},
    {"m3", "cubic metre", "volume", {1, kVolume}},
    {"Mm3", "million cubic metres", "volume", {1e6, kVolume}},
    {"bbl", "oil barrel, 158.987294928 l", "volume", {0.158987294928, kVolume}},
    {"mg", "milligram", "mass", {1e-6, kMass}},
    {"g", "gram", "mass", {1e-3, kMass}},
    {"kg", "kilogram", "mass", {1, kMass}},
    {"t", "tonne, 1000 kg", "mass", {1e3, kMass}},
    {"kt", "kilotonne, 1000 t", "mass", {1e6, kMass}},
    {"Mt", "million tonnes", "mass", {1e9, kMass}},
    {"dwt", "tonne of deadweight", "mass", {1e3, kMass}},
    {"lb", "pound, 0.45359237 kg", "mass", {0.45359237, kMass}},
    {"oz t", "troy ounce, 31.1034768 g", "mass", {0.0311034768, kMass}},
    {"s", "second", "time", {1, kTime}},
    {"min", "minute", "time", {60, kTime}},
    {"h", "hour", "time", {3600, kTime}},
    {"d", "day", "time", {86400, kTime}},
    {"wk", "week", "time", {7 * 86400, kTime}},
    {"month", "a twelfth of a year", "time", {kYear / 12, kTime}},
    {"a", "year of 365.25 days", "time", {kYear, kTime}},
    {"s2", "second squared, as in m/s2", "time", {1, kTimeSquared}},
    {"kn", "knot, 1 nmi/h", "speed", {1852.0 / 3600.0, kSpeed}},
    {"N", "newton", "force", {1, kForce}},
    {"kN", "kilonewton", "force", {1e3, kForce}},
    {"MN", "meganewton", "force", {1e6, kForce}},
    {"kJ", "kilojoule", "energy", {1e3, kEnergy}},
    {"MJ", "megajoule", "energy", {1e6, kEnergy}},
    {"GJ", "gigajoule", "energy", {1e9, kEnergy}},
    {"TJ", "terajoule", "energy", {1e12, kEnergy}},
    {"kWh", "kilowatt-hour", "energy", {3.6e6, kEnergy}},
    {"MWh", "megawatt-hour", "energy", {3.6e9, kEnergy}},
    {"GWh", "gigawatt-hour", "energy", {3.6e12, kEnergy}},
    {"W", "watt", "power", {1, kPower}},
    {"kW", "kilowatt", "power", {1e3, kPower}},
    {"MW", "megawatt", "power", {1e6, kPower}},
    {"GW", "gigawatt", "power", {1e9, kPower}},
    {"hp", "metric horsepower, 735.49875 W", "power", {735.49875, kPower}},
    {"%", "per cent", "share", {1e-2, kNone}},
    {"‰", "per mille", "share", {1e-3, kNone}},
    {"ppm", "parts per million", "share", {1e-6, kNone}},
    {"bp", "basis point, 0.01 %", "share", {1e-4, kNone}},
    {"deg", "degree of arc", "angle", {1, kNone, 1}},
});

constexpr auto kScales = std::to_array<MoneyScale>({
    {"k", "thousand", 1e3},
    {"M", "million", 1e6},
    {"bn", "thousand million", 1e9},
});

using Pair = std::pair<std::string_view, std::string_view>;
constexpr auto kInstead = std::to_array<Pair>({
    {"tpa", "t/a"},
    {"ktpa", "kt/a"},
    {"Mtpa", "Mt/a"},
    {"MTPA", "Mt/a"},
    {"mtpa", "Mt/a"},
    {"tph", "t/h"},
    {"tpd", "t/d"},
    {"kph", "km/h"},
    {"kmh", "km/h"},
    {"mph", "mi/h"},
    {"kts", "kn"},
    {"knot", "kn"},
    {"knots", "kn"},
    {"nm", "nmi"},
    {"NM", "nmi"},
    {"miles", "mi"},
    {"mile", "mi"},
    {"feet", "ft"},
    {"in", "inch"},
    {"metres", "m"},
    {"meters", "m"},
    {"y", "a"},
    {"yr", "a"},
    {"yrs", "a"},
    {"year", "a"},
    {"years", "a"},
    {"days", "d"},
    {"day", "d"},
    {"hr", "h"},
    {"hrs", "h"},
    {"hour", "h"},
    {"hours", "h"},
    {"sec", "s"},
    {"mins", "min"},
    {"minutes", "min"},
    {"weeks", "wk"},
    {"week", "wk"},
    {"months", "month"},
    {"mo", "month"},
    {"ton", "t"},
    {"tons", "t"},
    {"tonne", "t"},
    {"tonnes", "t"},
    {"MT", "t, or Mt for a million"},
    {"mt", "t, or Mt for a million"},
    {"oz", "oz t"},
    {"ozt", "oz t"},
    {"toz", "oz t"},
    {"lbs", "lb"},
    {"pct", "%"},
    {"percent", "%"},
    {"$", "USD"},
    {"US$", "USD"},
    {"usd", "USD"},
    {"€", "EUR"},
    {"£", "GBP"},
    {"mn", "M"},
    {"MM", "M"},
    {"million", "M"},
    {"mln", "M"},
    {"billion", "bn"},
    {"b", "bn"},
    {"B", "bn"},
    {"thousand", "k"},
    {"K", "k"},
    {"MUSD", "M USD"},
    {"mUSD", "M USD"},
    {"bnUSD", "bn USD"},
    {"tkm", "t/km or USD/t/km"},
    {"degrees", "deg"},
    {"°", "deg"},
    {"cum", "m3"},
    {"cbm", "m3"},
    {"sqm", "m2"},
    {"L", "l"},
    {"y-1", "1/a"},
    {"p.a.", "/a"},
    {"pa", "/a"},
});

}  // namespace

std::span<UnitWord const> unit_words() {
  return kWords;
}

std::span<MoneyScale const> money_scales() {
  return kScales;
}

std::optional<std::string_view> instead_of(std::string_view word) {
  for (auto const& [wrong, right] : kInstead) {
    if (wrong == word) {
      return right;
    }
  }
  return std::nullopt;
}

}  // namespace tidewater::io
