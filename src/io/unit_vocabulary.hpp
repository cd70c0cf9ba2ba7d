#pragma once
/// The closed vocabulary: every word a unit may be made of, and what people write instead.

#include <optional>
#include <span>
#include <string_view>

#include "tidewater/io/units_text.hpp"

namespace tidewater::io {

struct UnitWord {
  std::string_view word;
  std::string_view meaning;
  std::string_view group;
  Unit unit;
};
[[nodiscard]] std::span<UnitWord const> unit_words();

/// A multiplier that may stand before a currency: "M USD".
struct MoneyScale {
  std::string_view word;
  std::string_view meaning;
  double value = 1;
};
[[nodiscard]] std::span<MoneyScale const> money_scales();

/// What to write instead of a word that people use and the vocabulary does not: "tpa" -> "t/a".
[[nodiscard]] std::optional<std::string_view> instead_of(std::string_view word);

}  // namespace tidewater::io
