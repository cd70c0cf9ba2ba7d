#include "tidewater/io/json.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::io {
namespace {

double const kNan = std::numeric_limits<double>::quiet_NaN();

TEST(JsonNumbers, HaveNineDigitsAtMost) {
  EXPECT_EQ(json_number(1.0 / 3).dump(), "0.333333333");
  EXPECT_EQ(json_number(0.1 + 0.2).dump(), "0.3");
  EXPECT_EQ(json_number(30).dump(), "30");
  EXPECT_EQ(json_number(-0.0).dump(), "0");
  EXPECT_EQ(json_number(123456789012.0).dump(), "123456789000");
  EXPECT_EQ(json_number(-1.5e-7).dump(), "-1.5e-07");
}

TEST(JsonNumbers, AreNeverSilentlyNull) {
  EXPECT_THROW(static_cast<void>(json_number(kNan)), ContractBroken);
  EXPECT_THROW(static_cast<void>(number_or_null(kNan, "")), ContractBroken);
  EXPECT_TRUE(number_or_null(kNan, "no sign change").is_null());
  EXPECT_THROW(static_cast<void>(json_column({1, INFINITY})), ContractBroken);
  EXPECT_EQ(json_column({1, kNan}).dump(), "[1,null]");
}

TEST(JsonNumbers, StandBesideTheirReason) {
  Json kpi;
  put_number_or_reason(kpi, "value", std::nullopt, "the cash flow never changes sign");
  EXPECT_EQ(kpi.dump(), R"({"value":null,"reason":"the cash flow never changes sign"})");
  put_number_or_reason(kpi, "value", 0.125, "");
  EXPECT_EQ(kpi.dump(), R"({"value":0.125,"reason":null})");
  EXPECT_THROW(put_number_or_reason(kpi, "value", kNan, ""), ContractBroken);
  EXPECT_THROW(put_number_or_reason(kpi, "value", 1.0, "why"), ContractBroken);
}

TEST(JsonText, KeepsTheOrderOfKeysAndColumnsOnOneLine) {
  Json document;
  document["z"] = json_column({1, 2});
  document["a"] = {{"k", "v"}};
  document["none"] = Json::array();
  EXPECT_EQ(json_text(document),
            "{\n  \"z\": [1,2],\n  \"a\": {\n    \"k\": \"v\"\n  },\n  \"none\": []\n}\n");
  EXPECT_EQ(Json::parse(json_text(document)), document);
}

TEST(JsonText, RepairsTextThatIsNotUtf8) {
  Json document;
  document["a"] = "x\xff";
  EXPECT_EQ(json_text(document), "{\n  \"a\": \"x\xEF\xBF\xBD\"\n}\n");
}

}  // namespace
}  // namespace tidewater::io
