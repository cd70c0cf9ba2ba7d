// The actor table of the Pasni case, as a reader would hand it over: 0 to 100 in the file, 0 to 1
// here, one row that is a risk and no party.

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "tidewater/parties/standing.hpp"

#include "tables.hpp"

using namespace tidewater::parties;

namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> fields(std::string const& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (char const c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

std::vector<Row> rows(std::filesystem::path const& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  auto const header = fields(line);
  std::vector<Row> out;
  while (std::getline(in, line)) {
    auto const cells = fields(line);
    Row row;
    for (std::size_t k = 0; k < header.size() && k < cells.size(); ++k) {
      row[header[k]] = cells[k];
    }
    out.push_back(row);
  }
  return out;
}

Range hundredths(Row const& row, std::string const& prefix) {
  auto const at = [&](char const* end) { return std::stod(row.at(prefix + end)) / 100; };
  return {at("_lo"), at("_mode"), at("_hi")};
}

Party actor(Row const& row, std::vector<Issue> const& issues) {
  Party out;
  out.id = row.at("id");
  out.name = row.at("actor");
  out.reason = row.at("reason");
  if (row.at("role") == "risk_only") {
    out.role = Role::kRiskOnly;
    return out;
  }
  out.role = row.at("role") == "observer" ? Role::kObserver : Role::kBargain;
  out.key = out.role == Role::kBargain;
  out.capability = hundredths(row, "cap");
  for (auto const& each : issues) {
    double const salience = std::stod(row.at(each.id + "_sal")) / 100;
    out.stances.push_back({each.id, hundredths(row, each.id), point(salience)});
  }
  return out;
}

}  // namespace

TEST(ActorsOfTheCase, AreWeighedWithTheRiskRowLeftOut) {
  std::filesystem::path const file = TIDEWATER_ROOT "/../shared/case/pasni/actors_pasni.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "SKIPPED: " << file << " is absent";
  }
  Table table;
  table.issues = {issue("build"), issue("align"), issue("local"), issue("secur")};
  for (auto const& row : rows(file)) {
    table.parties.push_back(actor(row, table.issues));
  }
  ASSERT_EQ(table.parties.size(), 16U);
  auto const at = [&](std::string name, double build, double local) {
    return package(std::move(name),
                   {{"build", build}, {"align", 0.5}, {"local", local}, {"secur", 0.3}},
                   table.parties.size());
  };
  table.no_project = at("no project", 0, 0);
  table.options = {at("all built, nothing local", 1, 0), at("all built, all local", 1, 1)};
  auto const found = weigh(table, {.seed = 1, .draws = 500});
  ASSERT_TRUE(found.has_value()) << found.error().front().what;
  std::map<std::string, std::pair<double, double>> chance;
  for (std::size_t i = 0; i < 16; ++i) {
    auto const& poor = (*found)[0].parties[i];
    auto const& rich = (*found)[1].parties[i];
    EXPECT_EQ(poor.valuation.has_value(), poor.id != "ARMED") << poor.id;
    if (poor.valuation) {
      chance[poor.id] = {poor.valuation->gains.p, rich.valuation->gains.p};
    }
  }
  // PASNI wants local between .80 and 1, at .45 of attention, against .25 for building: whatever is
  // drawn, a port that leaves everything to it beats one that leaves nothing.
  EXPECT_LT(chance["PASNI"].first, 0.5);
  EXPECT_EQ(chance["PASNI"].second, 1);
  // CNOP wants building between 0 and .35 at .35 and little else that differs: it loses either way.
  EXPECT_EQ(chance["CNOP"].first, 0);
  // The leadership wants it built (.75 to 1), whatever else.
  EXPECT_EQ(chance["PKMIL"].first, 1);
  EXPECT_LT((*found)[0].all_key_gain->p, 0.05);
}
