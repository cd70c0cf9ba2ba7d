#pragma once
// Ventures and deals of tests/cases/<name>/input.json. Amounts in millions of real money.

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "tidewater/finance/engine.hpp"

namespace tidewater::finance::cases {

using Json = nlohmann::json;

[[nodiscard]] Json read_json(std::string const& case_name, char const* file);

struct Case {
  Venture venture;
  Deal deal;
  std::map<std::string, AccountId> account;
};

[[nodiscard]] Case read_case(Json const& json);

}  // namespace tidewater::finance::cases
