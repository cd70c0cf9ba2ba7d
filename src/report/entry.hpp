#pragma once
/// One object of the results: its values in the order of writing, and beside them why any of them
/// is missing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/finance/money.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

class Entry {
 public:
  Entry& text(std::string_view key, std::string value);
  Entry& whole(std::string_view key, std::int64_t value);
  Entry& flag(std::string_view key, bool value);  // NOLINT: a JSON true or false
  /// A number that is always there.
  Entry& number(std::string_view key, double value);
  /// A number, or null and why.
  Entry& number(std::string_view key, std::optional<double> value, std::string_view reason);
  Entry& number(std::string_view key, finance::Measured<double> const& value);
  Entry& null(std::string_view key, std::string_view reason);
  Entry& put(std::string_view key, io::Json value);

  /// The object. `reason` comes last: null, or the reasons of all that is null, each once.
  [[nodiscard]] io::Json with_reason() &&;
  /// The object without that key; nothing in it may be null.
  [[nodiscard]] io::Json whole_object() &&;

 private:
  void add_reason(std::string_view reason);

  io::Json object_ = io::Json::object();
  std::vector<std::string> reasons_;
};

}  // namespace tidewater::report
