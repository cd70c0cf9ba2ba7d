#pragma once
/// The small corridor with a slurry pipeline in the place of its road, and no railway: all that the
/// pipeline does can be worked by hand.

#include <string>

#include "small_corridor.hpp"

namespace tidewater::small {

/// 50 km of pipe that pumps 40 dry t/h without fail: 350,400 t in a year of 365 days, while the
/// mine makes half a million.
inline std::string const kPipeline = R"toml(mode = "pipeline"
from = "pit"
to = "haven"
district = "Inland"
[link.pipeline]
length = "50 km"
solids = "40 t/h"
solids_share = "60 %"
velocity = "1.6 m/s"
batch = "400 t"
availability = "100 %"
head_loss = "18 ‰"
lift = "-150 m"
efficiency = "70 %"
energy_price = "0.1 EUR/kWh"
carbon = "0.4 kg/kWh"
cost = "0.8 M EUR/km"
build = "2 a"
upkeep = "6000 EUR/km/a"
dewatering = "2 EUR/t"
)toml";

inline std::string replaced(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// The small corridor with the pipeline in the place of its road.
inline std::string piped_corridor() {
  auto text = kPlaces + kThings + kPeople;
  return replaced(std::move(text),
                  R"toml(mode = "road"
from = "pit"
to = "haven"
district = "Inland"
[link.road]
detour = 1.3
payload = "40 t"
)toml",
                  kPipeline);
}

/// The project of a text without its railway and its futures.
inline project::Project without_rail(std::string const& text) {
  auto file = io::read_project(text, "small.toml");
  EXPECT_TRUE(file) << (file ? "" : words(file.error()));
  auto& p = file->project;
  p.header.futures = 0;
  std::erase_if(p.options, [](auto const& option) { return option.name == "rail"; });
  std::erase_if(p.claims, [](auto const& claim) { return claim.option == "rail"; });
  return std::move(p);
}

inline appraisal::Appraisal const& piped_once() {
  static appraisal::Appraisal const once = [] {
    auto answer =
        appraisal::appraise_project(without_rail(piped_corridor()), nullptr, {.threads = 2});
    EXPECT_TRUE(answer) << (answer ? "" : words(answer.error()));
    return std::get<appraisal::Appraisal>(std::move(*answer));
  }();
  return once;
}

}  // namespace tidewater::small
