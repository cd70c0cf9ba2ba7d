#pragma once
/// Quantities as text: "45 Mt/a", "4.03 USD/lb", "12 ‰". A closed vocabulary of the trade, not a
/// general units library: `kt` is a kilotonne, `a` a year of 365.25 days, `nmi` a nautical mile,
/// `M` before a currency a million. Everything becomes base units: m, kg, s, the project's money.

#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/project/fields.hpp"

namespace tidewater::io {

/// One unit of another currency or price year, in the project's own money.
struct Currency {
  std::string code;  ///< "AUD", or "AUD2013" for money of one year's prices
  double value = 0;
  bool operator==(Currency const&) const = default;
};

/// The money a project file may write: its own, its own of its price year, and its exchanges.
struct Currencies {
  std::string project = "USD";
  int price_year = 0;  ///< 0 = none stated; else e.g. USD2025 is the project's own money too
  std::vector<Currency> others{};
};

struct Unit {
  double value = 1;  ///< base units in one of it
  project::Dimension dimension{0, 0, 0, 0};
  int angle = 0;  ///< exponent of the degree: an angle is never taken for a plain number
  bool operator==(Unit const&) const = default;
};

/// Meaning of a unit such as "M USD/km" or "1/km/a"; "" is the pure number.
///   fails  TW0112 unknown word, TW0113 unknown currency, TW0114 not written as a unit
[[nodiscard]] Result<Unit> parse_unit(std::string_view text, Currencies const& money = {});

struct TextQuantity {
  double value = 0;  ///< in base units
  Unit unit{};
  std::string unit_text{};  ///< as written
};

/// A number and its unit, e.g. "3.2e3 t/h". Faults carry what, remedy and code, no place.
///   fails  TW0110 no number, TW0111 not a finite number or written with separators; and as
///          parse_unit()
[[nodiscard]] Result<TextQuantity> parse_quantity(std::string_view text,
                                                  Currencies const& money = {});

/// As parse_quantity(), and of the dimension of `unit`; the answer is in base units.
///   fails  also with TW0120: names both dimensions and shows an example in `unit`
[[nodiscard]] Result<double> parse_as(std::string_view text,
                                      std::string_view unit,
                                      Currencies const& money = {});

/// At most nine significant digits, the shortest text that says them; the same on every machine.
/// Expects a finite value.
[[nodiscard]] std::string format_number(double value);

/// "45 Mt/a": a value in base units, written in `unit` with at most nine significant digits.
/// Expects a unit of the vocabulary.
[[nodiscard]] std::string format_in(double base_value,
                                    std::string_view unit,
                                    Currencies const& money = {});

/// A field's declared unit in the project's own currency: declarations say USD for the project's
/// money, whatever it is.
[[nodiscard]] std::string in_project_money(std::string_view declared_unit, Currencies const& money);

/// "mass per time", "money per length and time", "a pure number".
[[nodiscard]] std::string dimension_words(project::Dimension const& dimension);

/// A row of the vocabulary, for the guide.
struct UnitRow {
  std::string_view word;
  std::string_view meaning;
  std::string_view group;
};
[[nodiscard]] std::vector<UnitRow> unit_vocabulary();

}  // namespace tidewater::io
