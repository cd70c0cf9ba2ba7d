#pragma once
/// The small corridor with a smelter on its road: trucks bring concentrate, copper and acid go on
/// by trucks. Without railway, so that all it does can be worked by hand.

#include <string>

#include "piped_corridor.hpp"

namespace tidewater::small {

/// 300 kt/a without fail and without ramp, while the mine makes half a million; 0.275 t of copper
/// of a tonne that holds 0.28, 0.9 t of acid.
inline std::string const kSmelter = R"toml(
[[site]]
id = "smelter"
label = "Smelter"
kind = "plant"
at = [63.3, 25.8]
district = "Inland"
province = "The Province"
[[site.work]]
name = "Smelter"
part = "plant"
cost = "200 M EUR"
duration = "2 a"
[site.plant]
input = "concentrate"
capacity = "300 kt/a"
ramp_first = 1
ramp_second = 1
availability = "100 %"
batch = "800 t"
fixed_cost = "5 M EUR/a"
operating_cost = "50 EUR/t"
[[site.plant.output]]
product = "copper"
share = 0.275
[[site.plant.output]]
product = "acid"
share = 0.9
)toml";

inline std::string const kMetals = R"toml(
[[product]]
id = "copper"
moisture = "0 %"
treatment_charge = "0 EUR/t"
[[product.content]]
metal = "copper"
grade = "99.9 %"
payable = "100 %"
price = "9000 EUR/t"
[[product]]
id = "acid"
moisture = "0 %"
treatment_charge = "0 EUR/t"
[[product.content]]
metal = "sulphuric_acid"
grade = "100 %"
payable = "100 %"
price = "40 EUR/t"
[[link]]
id = "road_to_haven"
mode = "road"
from = "smelter"
to = "haven"
district = "Coast"
[link.road]
detour = 1.3
payload = "40 t"
)toml";

inline std::string smelted_corridor() {
  auto text = kPlaces + kSmelter + kThings + kMetals + kPeople;
  text = replaced(std::move(text),
                  "mode = \"road\"\nfrom = \"pit\"\nto = \"haven\"",
                  "mode = \"road\"\nfrom = \"pit\"\nto = \"smelter\"");
  return replaced(std::move(text),
                  "links = [\"track\", \"sea\"]",
                  "links = [\"track\", \"road_to_haven\", \"sea\"]");
}

inline appraisal::Appraisal const& smelted_once() {
  static appraisal::Appraisal const once = [] {
    auto answer =
        appraisal::appraise_project(without_rail(smelted_corridor()), nullptr, {.threads = 2});
    EXPECT_TRUE(answer) << (answer ? "" : words(answer.error()));
    return std::get<appraisal::Appraisal>(std::move(*answer));
  }();
  return once;
}

}  // namespace tidewater::small
