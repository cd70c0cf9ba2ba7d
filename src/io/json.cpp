#include "tidewater/io/json.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::io {

namespace {

/// Nearest number of nine significant digits: its shortest text has at most nine of them.
double nine_digits(double value) {
  auto const text = fmt::format("{:.9g}", value);
  double rounded = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded == 0 ? 0.0 : rounded;  // -0 is 0
}

constexpr double kLargestWhole = 1e15;  // below it every whole number is a double

bool is_flat(Json const& array) {
  for (auto const& item : array) {
    if (item.is_structured()) {
      return false;
    }
  }
  return true;
}

std::string compact(Json const& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void print(Json const& value, std::size_t level, std::string& out) {
  bool const is_object = value.is_object();
  if (!value.is_structured() || value.empty() || (value.is_array() && is_flat(value))) {
    out += compact(value);
    return;
  }
  std::string const indent(2 * (level + 1), ' ');
  out += is_object ? "{\n" : "[\n";
  bool first = true;
  for (auto const& item : value.items()) {
    out += first ? "" : ",\n";
    first = false;
    out += indent;
    if (is_object) {
      out += compact(Json(item.key())) + ": ";
    }
    print(item.value(), level + 1, out);
  }
  out += '\n' + std::string(2 * level, ' ') + (is_object ? '}' : ']');
}

}  // namespace

Json json_number(double value) {
  TW_EXPECTS(std::isfinite(value), "a number that is none needs a reason: number_or_null()");
  double const rounded = nine_digits(value);
  if (rounded == std::trunc(rounded) && std::abs(rounded) < kLargestWhole) {
    return static_cast<std::int64_t>(rounded);  // 30, not 30.0
  }
  return rounded;
}

Json json_column(std::vector<double> const& values) {
  Json out = Json::array();
  for (double const value : values) {
    TW_EXPECTS(!std::isinf(value), "a column holds numbers and gaps");
    out.push_back(std::isnan(value) ? Json(nullptr) : json_number(value));
  }
  return out;
}

void put_number_or_reason(Json& object,
                          std::string_view key,
                          std::optional<double> value,
                          std::string_view reason) {
  bool const is_there = value && std::isfinite(*value);
  TW_EXPECTS(is_there == reason.empty(), "either a number or why there is none");
  object[std::string{key}] = is_there ? json_number(*value) : Json(nullptr);
  object["reason"] = is_there ? Json(nullptr) : Json(std::string{reason});
}

Json number_or_null(double value, std::string_view reason) {
  TW_EXPECTS(std::isfinite(value) || !reason.empty(), "a number that is none needs a reason");
  return std::isfinite(value) ? json_number(value) : Json(nullptr);
}

std::string json_text(Json const& document) {
  std::string out;
  print(document, 0, out);
  out += '\n';
  return out;
}

}  // namespace tidewater::io
