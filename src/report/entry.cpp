#include "entry.hpp"

#include <algorithm>
#include <cmath>

#include "tidewater/base/contract.hpp"

namespace tidewater::report {

using io::Json;

void Entry::add_reason(std::string_view reason) {
  TW_EXPECTS(!reason.empty(), "a value that does not exist has a reason");
  if (std::find(reasons_.begin(), reasons_.end(), reason) == reasons_.end()) {
    reasons_.emplace_back(reason);
  }
}

Entry& Entry::put(std::string_view key, Json value) {
  object_[std::string{key}] = std::move(value);
  return *this;
}

Entry& Entry::text(std::string_view key, std::string value) {
  return put(key, Json(std::move(value)));
}

Entry& Entry::whole(std::string_view key, std::int64_t value) {
  return put(key, Json(value));
}

Entry& Entry::flag(std::string_view key, bool value) {
  return put(key, Json(value));
}

Entry& Entry::number(std::string_view key, double value) {
  return put(key, io::json_number(value));
}

Entry& Entry::number(std::string_view key, std::optional<double> value, std::string_view reason) {
  return value && std::isfinite(*value) ? number(key, *value) : null(key, reason);
}

Entry& Entry::number(std::string_view key, finance::Measured<double> const& value) {
  return value ? number(key, std::optional{*value}, "it is not finite") : null(key, value.reason());
}

Entry& Entry::null(std::string_view key, std::string_view reason) {
  add_reason(reason);
  return put(key, Json(nullptr));
}

Json Entry::with_reason() && {
  std::string all;
  for (auto const& reason : reasons_) {
    all += all.empty() ? "" : "; ";
    all += reason;
  }
  object_["reason"] = all.empty() ? Json(nullptr) : Json(std::move(all));
  return std::move(object_);
}

Json Entry::whole_object() && {
  TW_EXPECTS(reasons_.empty(), "an object with a null in it says why");
  return std::move(object_);
}

}  // namespace tidewater::report
