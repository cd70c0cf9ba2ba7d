#pragma once
/// Corridors for tests and benchmarks of room `corridor`, with nothing random in them unless asked.

#include <cstddef>
#include <string>
#include <vector>

#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor::worlds {

/// One mine, one line of equal sections, one fleet, one port with one berth, no randomness.
struct Plain {
  int years = 3;
  MassRate output = 0.5e6 * units::t / units::year;
  std::size_t sections = 4;
  Length section = 30 * units::km;
  Time loaded = 60 * units::min;
  Time empty = 50 * units::min;
  int consists = 2;
  Mass payload = 2000 * units::t;
  Mass lot = 20 * units::kt;
};

inline CorridorModel plain(Plain const& p = {}) {
  using namespace units;
  CorridorModel m;
  m.first_year = 2030;
  m.years = p.years;
  auto const product = m.products.push({"concentrate", 0.0});
  auto const mine = m.mines.push({.id = "mine",
                                  .product = product,
                                  .output = {{Time{}, p.output}},
                                  .reserve = 1000 * Mt,
                                  .reliability = {},
                                  .stockpile = 60 * kt,
                                  .loading_rate = 1000 * t / h});
  RailLine line{.id = "line",
                .sections = std::vector<TrackSection>(p.sections, {p.section, {}}),
                .loop_tracks = 2,
                .meet_allowance = 6 * min,
                .other_trains = {}};
  auto const track = m.lines.push(line);
  auto const fleet = m.fleets.push({.id = "trains",
                                    .consists = p.consists,
                                    .payload = p.payload,
                                    .at_loading = 1 * h,
                                    .at_unloading = 1 * h,
                                    .failures = {},
                                    .mean_repair = {}});
  auto const port = m.ports.push(
      {.id = "port",
       .unloading_rate = 1000 * t / h,
       .unloading_tracks = 1,
       .stockyards = {{product, 100 * kt}},
       .berths = {{.id = "1",
                   .length = 250 * units::m,
                   .depth = 14 * units::m,
                   .loading_rate = 1000 * t / h,
                   .reliability = {}}},
       .channel = {.depth = 14 * units::m, .transit = 2 * h, .keel_clearance = 1.5 * units::m},
       .tides = {},
       .mean_level = {},
       .weather = {},
       .mooring = 2 * h});
  RailHaul haul{.fleet = fleet,
                .legs = {{.line = track,
                          .loaded_direction = Direction::kForward,
                          .runs = std::vector<SectionRun>(p.sections, {p.loaded, p.empty})}}};
  m.routes.push({.from = mine, .hauls = {haul}, .hubs = {}, .to = port});
  m.contracts.push_back({.id = "sales",
                         .product = product,
                         .port = port,
                         .ship = {.class_name = "handy",
                                  .lot = p.lot,
                                  .loa = 190 * units::m,
                                  .draught = 11 * units::m,
                                  .ballast_draught = 6 * units::m},
                         .tonnage = {},
                         .lead = 2 * day,
                         .laycan = 6 * day,
                         .lateness = {}});
  return m;
}

/// A mine, ends and a port so ample that only the line holds trains up: ore, ground and ships
/// without end, and a minute for loading and unloading.
inline CorridorModel saturated(Plain p) {
  using namespace units;
  p.output = 50e6 * t / year;
  CorridorModel m = plain(p);
  m.mines[MineId{0}].stockpile = 10 * Mt;
  m.mines[MineId{0}].loading_rate = 1e6 * t / h;
  m.fleets[FleetId{0}].at_loading = 1 * min;
  m.fleets[FleetId{0}].at_unloading = 1 * min;
  Port& port = m.ports[PortId{0}];
  port.unloading_rate = 1e6 * t / h;
  port.unloading_tracks = 20;
  port.stockyards[0].capacity = 1e4 * Mt;
  return m;
}

/// Of the size of the first real case: copper concentrate, 450 km of new single track, ramp from
/// 0.86 to 1.64 Mt/a, tide, monsoon, failures and incidents. Magnitudes only; nothing here is a
/// source.
struct Large {
  int years = 25;
  std::size_t sections = 11;
  int consists = 7;
  int berths = 1;
};

inline CorridorModel large(Large const& p = {}) {
  using namespace units;
  CorridorModel m = plain({.years = p.years,
                           .sections = p.sections,
                           .section = (450.0 / static_cast<double>(p.sections)) * km,
                           .loaded = (9.0 / static_cast<double>(p.sections)) * h,
                           .empty = (8.0 / static_cast<double>(p.sections)) * h,
                           .consists = p.consists,
                           .payload = 1800 * t,
                           .lot = 44 * kt});
  m.products[ProductId{0}].moisture = 0.08;
  Mine& mine = m.mines[MineId{0}];
  mine.output = {{Time{}, 0.43e6 * t / year},
                 {1 * year, 0.69e6 * t / year},
                 {2 * year, 0.86e6 * t / year},
                 {5 * year, 1.64e6 * t / year}};
  mine.reliability = {.availability = 0.92, .mean_down = 3 * day};
  Fleet& fleet = m.fleets[FleetId{0}];
  fleet.failures = 1.0 / (400 * h);
  fleet.mean_repair = 5 * h;
  Port& port = m.ports[PortId{0}];
  port.stockyards[0].capacity = 120 * kt;
  port.berths.clear();
  for (int b = 0; b < p.berths; ++b) {
    port.berths.push_back({.id = std::to_string(b + 1),
                           .length = 220 * units::m,
                           .depth = 13.5 * units::m,
                           .loading_rate = 900 * t / h,
                           .reliability = {.availability = 0.95, .mean_down = 1 * day}});
  }
  port.channel = {.depth = 13.0 * units::m, .transit = 2 * h, .keel_clearance = 1.3 * units::m};
  port.tides = {{"M2", 0.72 * units::m, 28.9841042, 40},
                {"S2", 0.28 * units::m, 30.0, 75},
                {"K1", 0.38 * units::m, 15.0410686, 330},
                {"O1", 0.20 * units::m, 13.9430356, 320}};
  port.weather = {
      {.id = "monsoon", .season = {151, 243}, .mean_closed = 2.5 * day, .mean_open = 4 * day}};
  ShippingContract& sales = m.contracts[0];
  sales.ship.draught = 12.6 * units::m;
  sales.ship.ballast_draught = 7 * units::m;
  sales.lateness = 2 * day;
  m.hazards = {{.id = "incidents",
                .where = LineStretch{LineId{0}, 0, p.sections - 1},
                .rate = {},
                .per_length = 0.02 / (km * year),
                .mean_repair = 2 * day,
                .loss = 200 * t}};
  return m;
}

}  // namespace tidewater::corridor::worlds
