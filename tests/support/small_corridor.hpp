#pragma once
/// The smallest corridor that has everything the report speaks of: a mine, a port, a market, one
/// new railway and one road between them, an owner, a royalty, a loan, two parties, a gate, claims.
/// Invented figures on drawn ground; nothing here is a place.

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/project_file.hpp"

namespace tidewater::small {

/// 0.6 by 0.4 degrees of land that rises inland, with ripples that need cuts and fills.
inline terrain::GeoRaster relief() {
  terrain::GeoRaster r{.north_west = {63.0, 26.0},
                       .cell_width = 0.005,
                       .cell_height = 0.005,
                       .columns = 120,
                       .rows = 80,
                       .heights = {},
                       .source = "drawn for the test"};
  for (int row = 0; row < r.rows; ++row) {
    for (int column = 0; column < r.columns; ++column) {
      double const inland = r.rows - row;
      r.heights.push_back(
          static_cast<float>(8 + 0.8 * inland + 6 * std::sin(0.3 * row) * std::cos(0.2 * column)));
    }
  }
  return r;
}

inline std::string const kPlaces = R"toml(
[project]
name = "Small corridor"
question = "Does it pay?"
description = "Drawn for a test."
first_year = 2027
years = 12
currency = "EUR"
price_year = 2025
discount_rate = "8 %"
start_year = 2027
seed = 7
replications = 2
futures = 12
reference_option = "road"
left_out = ["Everything that is not drawn."]

[terrain]
elevation = "relief.tif"
cell = "500 m"
margin = "8 km"

[rates]
track = { triangular = ["0.6 M EUR/km", "0.75 M EUR/km", "0.9 M EUR/km"], source = "invented" }

[[zone]]
name = "dunes"
factor = 2
reason = "sand moves"
polygon = [[63.05, 25.95], [63.1, 25.95], [63.1, 25.98], [63.05, 25.98]]

[[site]]
id = "pit"
label = "The Pit"
kind = "mine"
at = [63.3, 25.93]
district = "Inland"
province = "The Province"
[site.staff]
construction = 500
operation = 200
[site.mine]
stockpile = "30 kt"
operating_cost = "300 EUR/t"
[[site.mine.deposit]]
product = "concentrate"
reserve = "20 Mt"
[[site.mine.deposit.phase]]
name = "all of it"
output = { triangular = ["0.4 Mt/a", "0.5 Mt/a", "0.6 Mt/a"], source = "invented" }
capex = "400 M EUR"
build = "2 a"

[[site]]
id = "haven"
label = "Haven"
kind = "port"
at = [63.3, 25.68]
district = "Coast"
province = "The Province"
[[site.work]]
name = "Terminal"
part = "port"
cost = { triangular = ["60 M EUR", "90 M EUR", "150 M EUR"], source = "invented" }
duration = "2 a"
[site.staff]
construction = 300
operation = 80
[site.port]
channel_depth = "12 m"
channel_length = "4 km"
natural_depth = "9 m"
stockyard = "90 kt"
fixed_cost = "4 M EUR/a"
handling_cost = "3 EUR/t"
dues = "2 EUR/t"
dues_to = "Harbour board"
[[site.port.berth]]
name = "berth 1"
length = "220 m"
depth = "13 m"
loading_rate = "900 t/h"
availability = "93 %"
[[site.port.tide]]
name = "M2"
amplitude = "0.8 m"
speed = 28.984104
phase = 0.0
[[site.port.weather]]
name = "monsoon"
first_day = 151
last_day = 243
mean_closed = "1 d"
mean_open = "6 d"

[[site]]
id = "smelters"
label = "Smelters"
kind = "market"
at = [121.85, 29.87]
[site.market]
demurrage = "15000 EUR/d"
)toml";

inline std::string const kThings = R"toml(
[[product]]
id = "concentrate"
label = "concentrate"
moisture = "8 %"
treatment_charge = "60 EUR/t"
[[product.content]]
metal = "copper"
grade = "28 %"
price = { triangular = ["6000 EUR/t", "8500 EUR/t", "12000 EUR/t"], source = "invented" }

[[locomotive]]
id = "diesel"
[[wagon]]
id = "hopper"
[[consist]]
id = "train"
locomotive = "diesel"
wagon = "hopper"
wagons = 30
[[vessel]]
id = "handy"
class = "Handysize"
dwt = "38 kt"
lot = "30 kt"
draught = "10 m"
loa = "180 m"

[[link]]
id = "new_line"
mode = "rail"
from = "pit"
to = "haven"
district = "Inland"
[link.staff]
construction = 200
operation = 40
[link.rail]
loops = 1
loop_length = "600 m"
consist = "train"
build = "2 a"
upkeep = "20000 EUR/km/a"

[[link]]
id = "track"
mode = "road"
from = "pit"
to = "haven"
district = "Inland"
[link.road]
detour = 1.3
payload = "40 t"

[[link]]
id = "sea"
mode = "sea"
from = "haven"
to = "smelters"
[link.sea]
distance = "5000 nmi"
vessel = "handy"

[[instrument]]
id = "royalty"
name = "Royalty"
kind = "royalty"
base = "net-smelter"
rate = "5 %"
payee = "Provincial government"
level = "provincial"
[[instrument]]
id = "income_tax"
name = "Income tax"
kind = "income-tax"
base = "profit"
rate = "25 %"
payee = "Federal government"
level = "federal"
[[shareholder]]
name = "Diggers plc"
share = "100 %"
level = "private"
[loan]
name = "lenders"
share = "40 %"
tenor = "6 a"
)toml";

inline std::string const kPeople = R"toml(
[[issue]]
id = "build"
name = "Building it"
kind = "position"
low_end = "nothing"
high_end = "all of it"
[[issue]]
id = "money"
name = "Money"
kind = "money"
low_end = "none"
high_end = "much"
[[party]]
id = "PROV"
name = "Provincial government"
capability = 60
receipts = ["Provincial government"]
reason = "It owns the ground."
[[party.position]]
issue = "build"
at = { triangular = [50, 70, 90], source = "invented" }
salience = 40
[[party.position]]
issue = "money"
salience = 60
[[party]]
id = "SEA"
name = "Harbour watchers"
role = "observer"
key = false
reason = "What they want is not known."
[[gate]]
name = "Consent of the coast"
evidence = "not asked yet"
why = "Consent is no price."

[[option]]
name = "no_project"
label = "No project"
[[option.stance]]
issue = "build"
at = 0
[[option]]
name = "road"
label = "By road"
summary = "Trucks."
links = ["track", "sea"]
[[option.stance]]
issue = "build"
at = 40
[[option]]
name = "rail"
label = "By rail"
summary = "A new railway."
links = ["new_line", "sea"]
[[option.stance]]
issue = "build"
at = 80

[[claim]]
id = "price_of_port"
says = "The port costs 100 million"
measure = "kpi"
kpis = ["capex_port"]
option = "rail"
stated = { value = 100, source = "invented" }
unit = "M EUR"
[[claim]]
id = "distance"
says = "They lie 28 km apart"
measure = "distance"
sites = ["pit", "haven"]
stated = { value = 28, source = "invented" }
unit = "km"
[[claim]]
id = "unstated"
says = "It will be cheap"
measure = "kpi"
kpis = ["unit_cost"]
option = "rail"
unit = "EUR/t"
)toml";

inline std::string words(Diagnostics const& faults) {
  std::string out;
  for (auto const& f : faults) {
    out += f.where + ": " + f.what + " (" + f.remedy + ")\n";
  }
  return out;
}

inline io::ProjectFile project_file() {
  auto file = io::read_project(kPlaces + kThings + kPeople, "small.toml");
  if (!file) {
    ADD_FAILURE() << words(file.error());
    return {};
  }
  return std::move(*file);
}

inline appraisal::Appraisal appraised(int threads) {
  auto const ground = relief();
  auto answer = appraisal::appraise_project(
      project_file().project,
      &ground,
      {.threads = threads, .line_questions = {.asks_constraints = true, .alternatives = 1}});
  if (!answer) {
    ADD_FAILURE() << words(answer.error());
    return {};
  }
  if (auto const* none = std::get_if<appraisal::Unbuildable>(&*answer)) {
    ADD_FAILURE() << none->options.front().option << ": " << none->options.front().reason;
    return {};
  }
  return std::get<appraisal::Appraisal>(std::move(*answer));
}

/// The appraisal of the small corridor, made once for all tests of the program.
inline appraisal::Appraisal const& appraisal_once() {
  static appraisal::Appraisal const once = appraised(2);
  return once;
}

}  // namespace tidewater::small
