#pragma once
/// JSON with two promises nlohmann-json does not make: no NaN becomes null without a reason, and
/// numbers have at most nine significant digits, the same bytes on every machine.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace tidewater::io {

/// Keys stay in the order of writing.
using Json = nlohmann::ordered_json;

/// `value` rounded to nine significant digits; -0 becomes 0. A value that is not finite is a bug of
/// ours (TW_EXPECTS): where none may stand, use number_or_null().
[[nodiscard]] Json json_number(double value);

/// A column of numbers; a NaN in it is a gap and becomes null, infinities are refused.
[[nodiscard]] Json json_column(std::vector<double> const& values);

/// Puts `key`: value or null, and "reason": null or why there is none. Exactly one of the two is
/// null: a value that is not finite needs a reason, a finite one may not have one.
void put_number_or_reason(Json& object,
                          std::string_view key,
                          std::optional<double> value,
                          std::string_view reason);

/// A number or null where the caller keeps the reason elsewhere in the same object; `reason` must
/// say it all the same (TW_EXPECTS) when the value is not finite.
[[nodiscard]] Json number_or_null(double value, std::string_view reason);

/// The document as text, two blanks a level, arrays of plain numbers on one line, newline at the
/// end. Text that is not UTF-8 is repaired with U+FFFD.
[[nodiscard]] std::string json_text(Json const& document);

}  // namespace tidewater::io
