#pragma once
/// Every number of a life that a table could show, as text: two lives are the same bytes or not.

#include <string>

#include <fmt/format.h>

#include "tidewater/corridor/life.hpp"

namespace tidewater::corridor {

inline std::string digest(Life const& life) {
  std::string text;
  for (auto const& years : life.products) {
    for (auto const& y : years) {
      text += fmt::format("{} {} {} {} {} {} {} {};",
                          y.mined.base(),
                          y.made.base(),
                          y.worked.base(),
                          y.loaded.base(),
                          y.delivered.base(),
                          y.shipped.base(),
                          y.lost.base(),
                          y.stock_end.base());
    }
  }
  for (auto const& plant : life.plants) {
    for (auto const& y : plant) {
      text += fmt::format("{} {} {};", y.lacks_input.base(), y.lacks_room.base(), y.down.base());
    }
  }
  for (auto const& fleet : life.fleets) {
    for (auto const& y : fleet.years) {
      text += fmt::format("{} {} {};", y.round_trips, y.wait_cargo.base(), y.delay.base());
    }
  }
  for (auto const& port : life.ports) {
    for (auto const& y : port.years) {
      text += fmt::format("{} {} {};", y.ship_calls, y.demurrage.base(), y.wait[0].base());
    }
    for (auto const& berth : port.berths) {
      for (double const share : berth.share) {
        text += fmt::format("{} ", share);
      }
    }
  }
  for (auto const& r : life.resources) {
    text += fmt::format("{} {};", r.name, r.use);
  }
  return text + fmt::format("{} events", life.events);
}

}  // namespace tidewater::corridor
