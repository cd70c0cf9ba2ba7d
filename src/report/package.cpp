#include "tidewater/report/package.hpp"

#include <initializer_list>
#include <string_view>

#include "tidewater/base/contract.hpp"

#include "package_layers.hpp"

namespace tidewater::report {

namespace {

using io::AttributeTable;
using io::Cell;
using io::Column;
using io::ColumnKind;
using io::Json;

constexpr auto kText = ColumnKind::kText;
constexpr auto kWhole = ColumnKind::kWhole;
constexpr auto kReal = ColumnKind::kReal;

/// A value of the results as a cell of its column's kind; whole reals come as JSON integers.
Cell cell(Json const& value, ColumnKind kind) {
  if (value.is_null()) {
    return {};
  }
  switch (kind) {
    case kWhole:
      return value.is_boolean() ? std::int64_t{value.get<bool>()} : value.get<std::int64_t>();
    case kReal:
      return value.get<double>();
    case kText:
      break;
  }
  TW_EXPECTS(value.is_string(), "a text column is filled from texts");
  return value.get<std::string>();
}

/// A table whose columns are keys of the results' objects.
class Flattened {
 public:
  Flattened(std::string name, std::string description, std::vector<Column> columns)
      : table_{std::move(name), std::move(description), std::move(columns), {}} {}

  /// One row from an object; `leading` fill the first columns, keys the rest.
  void add(std::initializer_list<Cell> leading, Json const& entry) {
    io::Row row{leading};
    for (std::size_t k = row.size(); k < table_.columns.size(); ++k) {
      auto const& column = table_.columns[k];
      row.push_back(cell(entry.at(column.name), column.kind));
    }
    table_.rows.push_back(std::move(row));
  }
  [[nodiscard]] AttributeTable take() && { return std::move(table_); }

 private:
  AttributeTable table_;
};

/// A table of one list of every option, the option's name first.
AttributeTable of_options(Json const& results, std::string const& list, Flattened table) {
  for (auto const& option : results.at("options")) {
    for (auto const& entry : option.at(list)) {
      table.add({option.at("name").get<std::string>()}, entry);
    }
  }
  return std::move(table).take();
}

AttributeTable of_list(Json const& list, Flattened table) {
  for (auto const& entry : list) {
    table.add({}, entry);
  }
  return std::move(table).take();
}

AttributeTable run_table(Json const& results) {
  AttributeTable out{"run", "What was run", {{"key", kText}, {"value", kText}}, {}};
  for (auto const* part : {"tidewater", "project"}) {
    for (auto const& [key, value] : results.at(part).items()) {
      out.rows.push_back({key, value.is_string() ? value.get<std::string>() : value.dump()});
    }
  }
  return out;
}

void add_indicators(Json const& r, std::vector<AttributeTable>& out) {
  out.push_back(of_options(r,
                           "kpis",
                           {"kpi",
                            "Indicators in the median future",
                            {{"option", kText},
                             {"id", kText},
                             {"label", kText},
                             {"value", kReal},
                             {"unit", kText},
                             {"reason", kText}}}));
  out.push_back(of_options(r,
                           "kpis",
                           {"futures",
                            "Indicators over the sampled futures: P5, P95, futures without a value",
                            {{"option", kText},
                             {"id", kText},
                             {"low", kReal},
                             {"high", kReal},
                             {"missing", kWhole},
                             {"unit", kText}}}));
}

void add_money(Json const& r, std::vector<AttributeTable>& out) {
  std::vector<Column> years{{"option", kText}, {"year", kWhole}};
  for (auto const* key : {"mined_kt",
                          "shipped_kt",
                          "capex",
                          "revenue",
                          "opex",
                          "royalties",
                          "charges",
                          "taxes",
                          "funds",
                          "debt_drawn",
                          "debt_service",
                          "cfads",
                          "dscr",
                          "free_cash",
                          "equity_cash",
                          "jobs_construction",
                          "jobs_operation"}) {
    years.push_back({key, kReal});
  }
  out.push_back(of_options(
      r, "years", {"year", "Years of the median future, money in millions", std::move(years)}));
  out.push_back(of_options(r,
                           "ledger",
                           {"ledger",
                            "Who pays whom, in millions of the price year",
                            {{"option", kText},
                             {"year", kWhole},
                             {"payer", kText},
                             {"payee", kText},
                             {"level", kText},
                             {"district", kText},
                             {"stream", kText},
                             {"amount", kReal},
                             {"certainty", kText}}}));
  out.push_back(
      of_options(r,
                 "works",
                 {"work",
                  "What is built, in millions",
                  {{"option", kText}, {"name", kText}, {"part", kText}, {"cost", kReal}}}));
}

void add_people(Json const& r, std::vector<AttributeTable>& out) {
  out.push_back(of_options(r,
                           "parties",
                           {"party",
                            "Chance of each party to gain",
                            {{"option", kText},
                             {"id", kText},
                             {"name", kText},
                             {"role", kText},
                             {"p_gain", kReal},
                             {"p_gain_low", kReal},
                             {"p_gain_high", kReal},
                             {"reason", kText}}}));
  out.push_back(of_options(r,
                           "gates",
                           {"gate",
                            "Conditions that are not traded",
                            {{"option", kText},
                             {"name", kText},
                             {"status", kText},
                             {"evidence", kText},
                             {"why", kText}}}));
}

AttributeTable train_runs(Json const& r) {
  Flattened table{"train_run",
                  "Running times over each railway",
                  {{"option", kText},
                   {"link", kText},
                   {"direction", kText},
                   {"minutes", kReal},
                   {"energy_gj", kReal},
                   {"mean_kmh", kReal},
                   {"locomotives", kWhole},
                   {"wagons", kWhole},
                   {"payload_t", kReal},
                   {"traction_gj", kReal},
                   {"resistance_gj", kReal},
                   {"climb_gj", kReal},
                   {"dynamic_braking_gj", kReal},
                   {"friction_braking_gj", kReal},
                   {"supply_gj", kReal},
                   {"regenerated_gj", kReal},
                   {"co2_t", kReal}}};
  for (auto const& option : r.at("options")) {
    for (auto const& link : option.at("links")) {
      for (auto run : link.at("runs")) {
        Json const energy = run.at("energy");  // a copy: update() moves what it stands in
        run.update(energy);
        table.add({option.at("name").get<std::string>(), link.at("id").get<std::string>()}, run);
      }
    }
  }
  return std::move(table).take();
}

/// Along the way: one row a point of each run.
AttributeTable train_profiles(Json const& r) {
  AttributeTable out{"train_profile",
                     "Speed and its limit, force at the wheel, time and work over each railway",
                     {{"option", kText}, {"link", kText}, {"direction", kText}},
                     {}};
  std::vector<std::string> const columns{"km", "kmh", "limit_kmh", "kn", "minutes", "gj"};
  for (auto const& column : columns) {
    out.columns.push_back({column, kReal});
  }
  for (auto const& option : r.at("options")) {
    for (auto const& link : option.at("links")) {
      for (auto const& run : link.at("runs")) {
        auto const& curves = run.at("speed");
        for (std::size_t k = 0; k < curves.at("km").size(); ++k) {
          io::Row row{option.at("name").get<std::string>(),
                      link.at("id").get<std::string>(),
                      run.at("direction").get<std::string>()};
          for (auto const& column : columns) {
            row.push_back(cell(curves.at(column).at(k), kReal));
          }
          out.rows.push_back(std::move(row));
        }
      }
    }
  }
  return out;
}

/// The clock-face timetable: one row a point of each string.
AttributeTable timetables(Json const& r) {
  AttributeTable out{"timetable",
                     "Clock-face timetable of each single track: minutes after the loaded train's "
                     "start, again every interval",
                     {{"option", kText},
                      {"link", kText},
                      {"interval_min", kReal},
                      {"direction", kText},
                      {"km", kReal},
                      {"minutes", kReal}},
                     {}};
  for (auto const& option : r.at("options")) {
    for (auto const& link : option.at("links")) {
      auto const& timetable = link.at("timetable");
      if (timetable.is_null()) {
        continue;
      }
      for (auto const& string : timetable.at("strings")) {
        for (std::size_t k = 0; k < string.at("km").size(); ++k) {
          out.rows.push_back({option.at("name").get<std::string>(),
                              link.at("id").get<std::string>(),
                              cell(timetable.at("interval_min"), kReal),
                              string.at("direction").get<std::string>(),
                              cell(string.at("km").at(k), kReal),
                              cell(string.at("minutes").at(k), kReal)});
        }
      }
    }
  }
  return out;
}

AttributeTable events(Json const& r) {
  Flattened table{"event",
                  "How busy each resource was in the simulated life",
                  {{"option", kText}, {"what", kText}, {"utilisation", kReal}, {"note", kText}}};
  for (auto const& option : r.at("options")) {
    if (!option.at("operation").is_null()) {
      for (auto const& item : option.at("operation").at("bottlenecks")) {
        table.add({option.at("name").get<std::string>()}, item);
      }
    }
  }
  return std::move(table).take();
}

}  // namespace

io::GeoPackage geo_package(appraisal::Appraisal const& appraisal, Json const& results) {
  io::GeoPackage out{.layers = layers(appraisal), .tables = {run_table(results)}};
  add_indicators(results, out.tables);
  add_money(results, out.tables);
  add_people(results, out.tables);
  out.tables.push_back(train_runs(results));
  out.tables.push_back(train_profiles(results));
  out.tables.push_back(timetables(results));
  out.tables.push_back(events(results));
  out.tables.push_back(of_list(results.at("claims"),
                               {"claim",
                                "Announced figures beside what was found",
                                {{"id", kText},
                                 {"says", kText},
                                 {"measure", kText},
                                 {"stated", kReal},
                                 {"unit", kText},
                                 {"found", kReal},
                                 {"low", kReal},
                                 {"high", kReal},
                                 {"option", kText},
                                 {"probability", kReal},
                                 {"verdict", kText},
                                 {"source", kText}}}));
  out.tables.push_back(of_list(results.at("provenance"),
                               {"provenance",
                                "Every number that went in",
                                {{"path", kText},
                                 {"value", kText},
                                 {"unit", kText},
                                 {"status", kText},
                                 {"source", kText},
                                 {"distribution", kText}}}));
  return out;
}

}  // namespace tidewater::report
