#include "harbour.hpp"

#include <algorithm>
#include <cmath>

namespace tidewater::appraisal {

namespace {

corridor::OtherShips other_ships(project::Port const& port, project::OtherShips const& given) {
  corridor::OtherShips out{
      .id = given.name, .calls = given.calls.value, .alongside = given.alongside.value};
  Length const in =
      given.draught_in.value > Length{} ? given.draught_in.value : given.draught.value;
  out.ship = {.class_name = given.name,
              .loa = given.loa.value,
              .draught = given.draught.value,
              .ballast_draught = in,
              .tugs = static_cast<int>(std::lround(given.tugs.value))};
  for (std::size_t b = 0; b < port.berths.size(); ++b) {
    auto const& shared = given.berths;
    if (std::find(shared.begin(), shared.end(), port.berths[b].name) != shared.end()) {
      out.berths.push_back(b);
    }
  }
  return out;
}

}  // namespace

void add_harbour(corridor::Port& out, project::Port const& port) {
  if (int const tugs = static_cast<int>(std::lround(port.tugs.value)); tugs > 0) {
    out.tugs = {tugs, port.tug_time.value};
  }
  if (int const pilots = static_cast<int>(std::lround(port.pilots.value)); pilots > 0) {
    out.pilots = {pilots, port.pilot_time.value};
  }
  if (port.pilotage_from.value > 0 || port.pilotage_until.value < 24) {
    out.pilotage = {port.pilotage_from.value * units::h, port.pilotage_until.value * units::h};
  }
  if (port.siltation) {
    auto const& silt = *port.siltation;
    out.siltation = {silt.channel.value,
                     silt.berths.value,
                     silt.every.value,
                     silt.campaign.value,
                     silt.shut.value};
  }
  for (auto const& others : port.other_ships) {
    out.other_ships.push_back(other_ships(port, others));
  }
}

}  // namespace tidewater::appraisal
