// The results file of a small corridor, held to docs/guide/results.md.

#include "tidewater/report/results.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "smelted_corridor.hpp"
#include "supplied_corridor.hpp"

namespace tidewater::report {
namespace {

using io::Json;

Json const& results() {
  static Json const once = results_json(small::appraisal_once(), {"0.0-test", "abc"});
  return once;
}

Json const& results_of_pipeline() {
  static Json const once = results_json(small::piped_once(), {"0.0-test", "abc"});
  return once;
}
Json const& results_of_plant() {
  static Json const once = results_json(small::smelted_once(), {"0.0-test", "abc"});
  return once;
}

Json const& results_of_supply() {
  static Json const once = results_json(small::supplied_once(), {"0.0-test", "abc"});
  return once;
}

Json const& option(std::string const& name) {
  for (auto const& o : results()["options"]) {
    if (o["name"] == name) {
      return o;
    }
  }
  throw std::runtime_error("no option " + name);
}

Json const& link(std::string const& of, std::string const& id) {
  for (auto const& l : option(of)["links"]) {
    if (l["id"] == id) {
      return l;
    }
  }
  throw std::runtime_error("no link " + id);
}

/// Every object with a null value in it and no reason beside it, by path.
void unexplained(Json const& value, std::string const& path, std::vector<std::string>& out) {
  if (value.is_array()) {
    for (std::size_t k = 0; k < value.size(); ++k) {
      unexplained(value[k], path + "/" + std::to_string(k), out);
    }
  }
  if (!value.is_object()) {
    return;
  }
  bool has_null = false;
  for (auto const& [key, item] : value.items()) {
    has_null = has_null || (item.is_null() && key != "reason");
    unexplained(item, path + "/" + key, out);
  }
  bool const explained = value.contains("reason") && value["reason"].is_string() &&
                         !value["reason"].get<std::string>().empty();
  if (has_null && !explained) {
    out.push_back(path);
  }
}

TEST(Results, GiveAReasonBesideEveryNull) {
  std::vector<std::string> paths;
  unexplained(results(), "", paths);
  EXPECT_TRUE(paths.empty()) << paths.size() << " objects, first " << paths.front();
  // The walk itself finds what it should.
  unexplained(Json::parse(R"({"a": [{"b": null, "reason": null}]})"), "", paths);
  ASSERT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths.front(), "/a/0");
}

/// Every key of the JSON, wherever it stands.
void keys_of(Json const& value, std::set<std::string>& out) {
  if (value.is_object()) {
    for (auto const& [key, item] : value.items()) {
      out.insert(key);
      keys_of(item, out);
    }
  } else if (value.is_array()) {
    for (auto const& item : value) {
      keys_of(item, out);
    }
  }
}

/// Every "key": of the example on the page.
std::set<std::string> keys_on_the_page() {
  std::ifstream page{TIDEWATER_ROOT "/docs/guide/results.md"};
  std::stringstream all;
  all << page.rdbuf();
  auto const text = all.str();
  auto const begin = text.find("```jsonc");
  auto const end = text.find("```", begin + 8);
  std::set<std::string> out;
  for (std::size_t at = begin; at < end;) {
    auto const open = text.find('"', at);
    auto const close = text.find('"', open + 1);
    if (open == std::string::npos || close >= end) {
      break;
    }
    if (text[close + 1] == ':') {
      out.insert(text.substr(open + 1, close - open - 1));
    }
    at = close + 1;
  }
  return out;
}

/// What an ore's plant works is lost in the chart as what it makes: the ore itself is left out.
TEST(Results, SayWhatAPlantWorksAndMakes) {
  auto const& operation = results_of_plant().at("options").at(1).at("operation");
  auto const& plant = operation.at("plants").at(0);
  EXPECT_EQ(plant.at("site"), "smelter");
  EXPECT_NEAR(plant.at("busiest_kt_a").get<double>(), 300, 1.5);
  EXPECT_NEAR(plant.at("outputs").at(0).at("busiest_kt_a").get<double>(), 0.275 * 300, 0.5);
  auto const& balance = operation.at("balance");
  EXPECT_NEAR(balance.at("made_kt").get<double>(),
              (0.275 + 0.9) * 0.92 * balance.at("worked_kt").get<double>(),  // wet
              0.01);
  EXPECT_NEAR(balance.at("error_kt").get<double>(), 0, 1e-3);
  for (auto const& share : operation.at("shares")) {
    double sum = 0;
    for (auto const& state : share.at("states")) {
      sum += state.at("share").get<double>();
    }
    EXPECT_NEAR(sum, 1, 1e-6) << share.at("what");
  }
  double plan = 0;
  for (auto const& year : operation.at("losses").at("plan_kt")) {
    plan += year.get<double>();
  }
  double entries = 0;
  for (auto const& entry : operation.at("losses").at("entries")) {
    EXPECT_NE(entry.at("cause"), "worked up in a plant");
    for (auto const& year : entry.at("years_kt")) {
      entries += year.get<double>();
    }
  }
  for (auto const& year : operation.at("losses").at("shipped_kt")) {
    entries += year.get<double>();
  }
  EXPECT_NEAR(entries, plan, 1e-3 * plan);
}

TEST(Results, HaveTheKeysOfTheGuideAndNoOthers) {
  std::set<std::string> found;
  keys_of(results(), found);
  keys_of(results_of_pipeline(), found);
  keys_of(results_of_plant(), found);
  keys_of(results_of_supply(), found);
  auto const stated = keys_on_the_page();
  ASSERT_GT(stated.size(), 80U);
  for (auto const& key : stated) {
    EXPECT_TRUE(found.contains(key)) << "the guide states '" << key << "', the results lack it";
  }
  for (auto const& key : found) {
    EXPECT_TRUE(stated.contains(key)) << "the results have '" << key << "', the guide does not";
  }
}

TEST(Results, AreTheSameBytesOnOneThreadAndOnTwo) {
  auto const one = results_json(small::appraised(1), {"0.0-test", "abc"});
  EXPECT_EQ(io::json_text(one), io::json_text(results()));
}

TEST(Results, NameEveryIndicatorInTheProjectsCurrency) {
  auto const& kpis = option("rail")["kpis"];
  ASSERT_EQ(kpis.size(), appraisal::kKpis);
  for (auto const& kpi : kpis) {
    EXPECT_EQ(kpi["unit"].get<std::string>().find("USD"), std::string::npos) << kpi["id"];
  }
  EXPECT_EQ(kpis[0]["id"], "capex");
  EXPECT_EQ(kpis[0]["unit"], "M EUR");
  EXPECT_LE(kpis[0]["low"].get<double>(), kpis[0]["high"].get<double>());
  EXPECT_EQ(unit_in("EUR/t", "EUR"), "EUR/t");
}

// 40 t/h without fail for 8766 hours; 50 km at 1.6 m/s; 750 m of slurry that is 60 % solids.
TEST(Results, SayWhatAPipelineCarriesAndTakes) {
  auto const& links = results_of_pipeline()["options"][1]["links"];
  auto const& link = links[0];
  EXPECT_EQ(link["mode"], "pipeline");
  EXPECT_NEAR(link["cost"].get<double>(), 40.0, 1e-9);
  EXPECT_EQ(link["costs"][0]["kind"], "pipeline");
  EXPECT_TRUE(link["capacity"].is_null());
  auto const& pipe = link["pipeline"];
  double const kwh = 750 * 9.80665 / (0.6 * 0.7) / 3600;
  EXPECT_NEAR(pipe["capacity_kt_a"].get<double>(), 350.64, 1e-6);
  EXPECT_NEAR(pipe["busiest_kt_a"].get<double>(), 0.04 * 8784, 0.4);  // a leap year
  EXPECT_NEAR(pipe["utilisation"].get<double>(), 8784.0 / 8766, 0.0012);
  EXPECT_NEAR(pipe["transit_h"].get<double>(), 50 / 5.76, 1e-6);
  EXPECT_NEAR(pipe["in_pipe_t"].get<double>(), 40 * 50 / 5.76, 1e-5);
  EXPECT_NEAR(pipe["current_kwh_t"].get<double>(), kwh, 1e-6);
  EXPECT_NEAR(pipe["co2_kg_t"].get<double>(), 0.4 * kwh, 1e-6);
  EXPECT_NEAR(pipe["water_t_t"].get<double>(), 2.0 / 3, 1e-6);
  EXPECT_FALSE(links[1].contains("pipeline"));
}

// 2029 to 2038 at 50, 80 and 100 % of 20 kt a year; half a truckload of 40 t and up to four hours.
TEST(Results, SayWhatComesInAndHowLongItWaits) {
  auto const& options = results_of_supply()["options"];
  auto const& flows = options[1]["operation"]["inbound"];
  ASSERT_EQ(flows.size(), 1U);
  auto const& flow = flows[0];
  EXPECT_EQ(flow["cargo"], "diesel");
  EXPECT_EQ(flow["mine"], "The Pit");
  EXPECT_EQ(flow["port"], "Haven");
  EXPECT_EQ(flow["by"], "1 truck");
  EXPECT_NEAR(flow["planned_kt_a"].get<double>(), 20 * (0.5 + 0.8 + 8) / 10, 0.01);
  EXPECT_NEAR(flow["delivered_kt_a"].get<double>(), flow["planned_kt_a"].get<double>(), 0.08 / 10);
  EXPECT_NEAR(flow["waiting_kt"].get<double>(), 0.0245, 0.0046);
  EXPECT_NEAR(flow["wait_d"].get<double>(),
              flow["waiting_kt"].get<double>() / flow["delivered_kt_a"].get<double>() * 365.25,
              1e-4);
  EXPECT_FALSE(results_of_pipeline()["options"][1]["operation"].contains("inbound"));
}

TEST(Results, OfNoProjectAreZeroOrNoneAndSayWhy) {
  auto const& none = option("no_project");
  EXPECT_TRUE(none["operation"].is_null());
  EXPECT_EQ(none["reason"], "nothing is built");
  EXPECT_TRUE(none["links"].empty());
  EXPECT_TRUE(none["ledger"].empty());
  EXPECT_EQ(none["years"].size(), 12U);
  EXPECT_EQ(none["years"][5]["capex"], 0);
}

TEST(Results, LeadFromThePlanToTheShipmentsOfEveryYear) {
  for (auto const* name : {"road", "rail"}) {
    auto const& o = option(name);
    auto const& losses = o["operation"]["losses"];
    std::size_t const years = o["years"].size();
    ASSERT_EQ(losses["plan_kt"].size(), years) << name;
    EXPECT_EQ(losses["first_year"], o["years"][0]["year"]) << name;
    EXPECT_FALSE(losses["entries"].empty()) << name;
    for (std::size_t y = 0; y < years; ++y) {
      double const plan = losses["plan_kt"][y].get<double>();
      double rest = plan - losses["shipped_kt"][y].get<double>();
      for (auto const& entry : losses["entries"]) {
        rest -= entry["years_kt"][y].get<double>();
        EXPECT_NE(entry["group"], "") << entry["cause"];
      }
      EXPECT_NEAR(rest, 0, 1e-6 * plan + 1e-9) << name << ", year " << y;
      EXPECT_NEAR(losses["shipped_kt"][y].get<double>(),
                  o["years"][y]["shipped_kt"].get<double>(),
                  1e-6 * plan + 1e-9)
          << name << ", year " << y;
    }
  }
}

TEST(Results, ShipWetTonnesThatTheBalanceAccountsFor) {
  for (auto const* name : {"road", "rail"}) {
    auto const& o = option(name);
    double mined = 0;
    double shipped = 0;
    for (auto const& y : o["years"]) {
      mined += y["mined_kt"].get<double>();
      shipped += y["shipped_kt"].get<double>();
    }
    auto const& b = o["operation"]["balance"];
    EXPECT_GT(shipped, 100.0) << name;
    EXPECT_NEAR(b["mined_kt"].get<double>(), mined, 1e-4 * mined) << name;
    EXPECT_NEAR(b["delivered_kt"].get<double>(), shipped, 1e-4 * shipped) << name;
    EXPECT_NEAR(b["mined_kt"].get<double>(),
                b["delivered_kt"].get<double>() + b["in_stock_kt"].get<double>() +
                    b["lost_kt"].get<double>() + b["error_kt"].get<double>(),
                1e-4 * mined)
        << name;
    // Dry mass over 0.92: the project's moisture is 8 %.
    double dry = 0;
    for (auto const& y :
         small::appraisal_once().options.at(name == std::string{"road"} ? 1 : 2).median.years) {
      dry += y.shipped.in(units::kt);
    }
    EXPECT_NEAR(shipped, dry / 0.92, 1e-6 * shipped);
  }
}

TEST(Results, HoldALedgerThatBalancesToTheCent) {
  for (auto const* name : {"road", "rail"}) {
    std::map<int, std::int64_t> cents;
    std::set<std::string> levels;
    for (auto const& row : option(name)["ledger"]) {
      auto const amount = std::llround(row["amount"].get<double>() * 1e8);
      int const year = row["year"].get<int>();
      cents[year] += row["payee"] == "the venture" ? amount : 0;
      cents[year] -= row["payer"] == "the venture" ? amount : 0;
      levels.insert(row["level"].get<std::string>());
      EXPECT_GT(amount, 0);
    }
    EXPECT_GT(cents.size(), 5U);
    for (auto const& [year, sum] : cents) {
      EXPECT_EQ(sum, 0) << name << " " << year;
    }
    for (auto const& level : levels) {
      static std::set<std::string> const kLevels{
          "federal", "provincial", "district", "community", "foreign", "private"};
      EXPECT_TRUE(kLevels.contains(level)) << level;
    }
    EXPECT_TRUE(levels.contains("district") && levels.contains("provincial"));
  }
}

TEST(Results, SumTheCostLinesOfANewRailwayToItsCost) {
  auto const& line = link("rail", "new_line");
  double sum = 0;
  for (auto const& cost : line["costs"]) {
    sum += cost["cost"].get<double>();
    EXPECT_FALSE(cost["source"].get<std::string>().empty()) << cost["kind"];
    EXPECT_NE(cost["rate"].get<std::string>().find("EUR"), std::string::npos);
  }
  EXPECT_GT(sum, 10.0);
  EXPECT_NEAR(line["cost"].get<double>(), sum, 1e-6 * sum);
  EXPECT_LE(line["bound"].get<double>(), line["cost"].get<double>());
  double built = 0;
  for (auto const& work : option("rail")["works"]) {
    built += work["cost"].get<double>();
  }
  auto const& capex = option("rail")["kpis"][0];
  EXPECT_NEAR(built, capex["value"].get<double>(), 1e-6 * built);
}

TEST(Results, SayWhyANewRailwayLiesWhereItDoesAndNothingOfAnExistingOne) {
  std::size_t asked = 0;
  for (auto const& option : results()["options"]) {
    for (auto const& link : option["links"]) {
      auto const& reasons = link["reasons"];
      auto const& dearest = reasons["dearest_km"];
      if (link["bound"].is_null()) {  // not drawn by the search
        EXPECT_TRUE(dearest.empty() && reasons["constraints"].empty()) << link["id"];
        continue;
      }
      ++asked;
      ASSERT_EQ(dearest.size(), 5U);
      double sum = 0;
      for (std::size_t i = 0; i < dearest.size(); ++i) {
        sum += dearest[i]["cost"].get<double>();
        EXPECT_LE(dearest[i]["cost"], dearest[i == 0 ? 0 : i - 1]["cost"]);
        EXPECT_LE(dearest[i]["from_km"], link["length_km"]);
      }
      // Dearer than five mean kilometres, and no more than the whole.
      double const cost = link["cost"];
      EXPECT_GT(sum, 5 * cost / link["length_km"].get<double>() * 0.8);
      EXPECT_LT(sum, cost);
      ASSERT_GE(reasons["constraints"].size(), 3U);
      EXPECT_EQ(reasons["constraints"][0]["constraint"], "loaded ruling grade");
      for (auto const& c : reasons["constraints"]) {  // easing never raises what any line must cost
        EXPECT_GE(c["bound_saving"].get<double>(), -1e-6 * cost) << c["constraint"];
      }
      EXPECT_EQ(reasons["alternatives_asked"], 1);
      EXPECT_EQ(reasons["no_more_alternatives"] == "", reasons["alternatives"].size() == 1);
      for (auto const& other : reasons["alternatives"]) {
        EXPECT_GE(other["cost"].get<double>(), link["bound"].get<double>());
        EXPECT_EQ(other["stations"]["lon"].front(), link["stations"]["lon"].front());
      }
    }
  }
  EXPECT_EQ(asked, 1U);
}

TEST(Results, DrawEachRunWithinItsLimitsAndWorkThatAddsUp) {
  for (auto const& run : link("rail", "new_line")["runs"]) {
    auto const& curves = run["speed"];
    auto const column = [&](char const* name) { return curves[name].get<std::vector<double>>(); };
    auto const kmh = column("kmh");
    auto const limit = column("limit_kmh");
    auto const kn = column("kn");
    auto gj = column("gj");
    ASSERT_GT(kmh.size(), 100U);
    for (auto const* name : {"km", "limit_kmh", "kn", "minutes", "gj"}) {
      ASSERT_EQ(column(name).size(), kmh.size()) << name;
    }
    for (std::size_t k = 0; k < kmh.size(); ++k) {
      EXPECT_LE(kmh[k], limit[k] + 0.011);  // both rounded to a hundredth
      EXPECT_GT(limit[k], 0);
    }
    EXPECT_GT(*std::max_element(kn.begin(), kn.end()), 0);
    EXPECT_LT(*std::min_element(kn.begin(), kn.end()), 0);  // it stops at the end
    if (run["direction"] == "empty") {
      std::reverse(gj.begin(), gj.end());
    }
    EXPECT_TRUE(std::is_sorted(gj.begin(), gj.end()));
    EXPECT_EQ(gj.front(), 0);
    EXPECT_NEAR(gj.back(), run["energy"]["traction_gj"].get<double>(), 0.001);
  }
}

TEST(Results, ShowTrainsAndBerthsInsideTheWindow) {
  auto const& operation = option("rail")["operation"];
  double const hours = operation["window"]["hours"].get<double>();
  EXPECT_EQ(hours, 336);
  EXPECT_EQ(operation["window"]["from"].get<std::string>().substr(4, 3), "-06");
  ASSERT_EQ(operation["strings"].size(), 1U);
  auto const& strings = operation["strings"][0];
  EXPECT_GT(strings["trains"].size(), 10U);
  for (auto const& train : strings["trains"]) {
    auto const at = train["hours"].get<std::vector<double>>();
    auto const km = train["km"].get<std::vector<double>>();
    ASSERT_EQ(at.size(), km.size());
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end()));
    EXPECT_GE(at.front(), 0);
    EXPECT_LE(at.back(), hours);
    EXPECT_LE(*std::max_element(km.begin(), km.end()), strings["to_km"].get<double>() + 1e-3);
  }
  static std::set<std::string> const kStates{"waiting-tide",
                                             "waiting-weather",
                                             "waiting-cargo",
                                             "waiting-berth",
                                             "entering",
                                             "loading",
                                             "repair"};
  std::size_t calls = 0;
  for (auto const& berth : operation["berths"]) {
    double last = 0;
    for (auto const& call : berth["calls"]) {
      EXPECT_TRUE(kStates.contains(call["state"].get<std::string>())) << call;
      EXPECT_GE(call["from_h"].get<double>(), last - 1e-9);
      last = call["to_h"].get<double>();
      ++calls;
    }
    EXPECT_LE(last, hours);
  }
  EXPECT_GT(calls, 0U);
  ASSERT_EQ(operation["tide"].size(), 1U);
  EXPECT_EQ(operation["tide"][0]["hours"].size(), operation["tide"][0]["metres"].size());
}

TEST(Results, SplitTheTimeOfABerthIntoSharesThatSumToOne) {
  for (auto const& entry : option("rail")["operation"]["shares"]) {
    double sum = 0;
    for (auto const& state : entry["states"]) {
      sum += state["share"].get<double>();
    }
    EXPECT_NEAR(sum, 1, 1e-6) << entry["what"];
  }
  double before = 2;
  for (auto const& item : option("rail")["operation"]["bottlenecks"]) {
    EXPECT_LE(item["utilisation"].get<double>(), before);
    before = item["utilisation"].get<double>();
  }
}

TEST(Results, MeasureClaimsAndSayWhatTheProbabilitySpeaksOf) {
  auto const& claims = results()["claims"];
  ASSERT_EQ(claims.size(), 3U);
  EXPECT_EQ(claims[0]["unit"], "M EUR");
  EXPECT_FALSE(claims[0]["meaning"].get<std::string>().empty());
  EXPECT_NEAR(claims[1]["found"].get<double>(), 27.7, 0.1);  // 0.25 degrees of latitude
  EXPECT_TRUE(claims[2]["stated"].is_null());
  EXPECT_EQ(claims[2]["verdict"], "measured");
}

TEST(Results, TraceEveryNumberAndSayWhichOfThemAreDefaults) {
  std::set<std::string> statuses;
  for (auto const& number : results()["provenance"]) {
    statuses.insert(number["status"].get<std::string>());
  }
  EXPECT_TRUE(statuses.contains("default"));
  EXPECT_TRUE(statuses.contains("sourced") || statuses.contains("assumed"));
  EXPECT_EQ(results()["left_out"][0], "Everything that is not drawn.");
}

TEST(Results, ValuePartiesAndSayWhyOneIsNot) {
  auto const& parties = option("rail")["parties"];
  ASSERT_GE(parties.size(), 1U);
  EXPECT_EQ(parties[0]["id"], "PROV");
  EXPECT_GE(parties[0]["p_gain"].get<double>(), parties[0]["p_gain_low"].get<double>());
  EXPECT_EQ(parties[0]["basis"], "It owns the ground.");
  EXPECT_EQ(option("rail")["gates"].size(), 1U);
  EXPECT_EQ(option("no_project")["gates"].size(), 0U);
  EXPECT_EQ(option("rail")["standing"]["admissibility"], "conditional");
}

}  // namespace
}  // namespace tidewater::report
