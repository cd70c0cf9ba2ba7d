#include "seen.hpp"

#include <cmath>

#include <fmt/format.h>

namespace tidewater::corridor {

namespace {

using Kind = Place::Kind;

std::string words_for(Calling calling) {
  switch (calling) {
    case Calling::kLot:
      return ": no further lot has left the mines";
    case Calling::kNotSold:
      return ": the sales curve has not come to the next lot";
    case Calling::kPutOff:
      return ": the next lot is put off, enough ships are waiting";
  }
  return {};
}

}  // namespace

std::string consist_name(CorridorModel const& model, FleetId fleet, int consist) {
  return fmt::format("{} {}", model.fleets[fleet].id, consist + 1);
}

std::string joined(std::vector<std::string> const& parts) {
  std::string all;
  for (std::string const& part : parts) {
    all += (all.empty() ? "" : "; ") + part;
  }
  return all;
}

std::string Seen::clock(Time t, Time now) const {
  auto const minutes = static_cast<long>(std::floor(t.in(units::min) + 0.5));
  std::string const hours = fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
  Calendar const calendar{model.first_year};
  Time const rounded = static_cast<double>(minutes) * units::min;
  std::string const date = calendar.date(rounded);
  return date == calendar.date(now) ? hours : date + " " + hours;
}

PlaceClosure const* Seen::closure(Place where, Time t) const {
  for (PlaceClosure const& one : detail.trace.closures) {
    if (one.where == where && holds(one, t)) {
      return &one;
    }
  }
  return nullptr;
}

std::string Seen::closed_by(Place where, Time t) const {
  PlaceClosure const* const one = closure(where, t);
  return one == nullptr ? "" : fmt::format("{} until {}", one->cause, clock(one->until, t));
}

bool Seen::is_weather(Place where, std::string const& cause) const {
  auto const& weather = model.ports[PortId{where.index}].weather;
  return std::any_of(
      weather.begin(), weather.end(), [&](WeatherClosure const& w) { return w.id == cause; });
}

std::string Seen::struck_by(Place where, Time t) const {
  for (PlaceClosure const& one : detail.trace.closures) {
    bool const stops = one.where == where && one.cause != kOutage &&
                       !(where.kind == Kind::kPort && is_weather(where, one.cause));
    if (stops && holds(one, t)) {
      return fmt::format("{} until {}", one.cause, clock(one.until, t));
    }
  }
  return {};
}

std::string Seen::shut_by(LineId id, std::size_t section, Time t) const {
  for (SectionClosure const& c : detail.closures) {
    if (c.line == id && c.section == section && holds(c, t)) {
      return fmt::format("{} until {}", c.hazard, clock(c.until, t));
    }
  }
  return {};
}

std::vector<ConsistSpell const*> Seen::there(Place place, Doing doing, Time t) const {
  std::vector<ConsistSpell const*> found;
  for (ConsistSpell const& one : detail.trace.consists) {
    if (one.at == place && one.doing == doing && holds(one, t)) {
      found.push_back(&one);
    }
  }
  return found;
}

std::string Seen::names(std::vector<ConsistSpell const*> const& spells) const {
  std::string all;
  for (ConsistSpell const* one : spells) {
    all += (all.empty() ? "" : ", ") + consist_name(model, one->fleet, one->consist);
  }
  return all;
}

TrainString const* Seen::string_at(FleetId fleet, int consist, Time t) const {
  for (TrainString const& s : detail.strings) {
    bool const is_its = s.fleet == fleet && s.consist == consist;
    if (is_its && s.points.front().at <= t && t < s.points.back().at) {
      return &s;
    }
  }
  return nullptr;
}

std::string Seen::berth_because(BerthSpell const& spell, Time t) const {
  Place const port{Kind::kPort, spell.port.index()};
  Place const berth{Kind::kBerth, spell.port.index(), static_cast<std::uint32_t>(spell.berth)};
  std::string const until = clock(spell.until, t);
  switch (spell.state) {
    case BerthState::kNoShip:
      return no_ship(spell, t);
    case BerthState::kIdleNoCargo:
      return fmt::format("{} lies outside: {:.0f} t of its cargo in the yard",
                         spell.kept_out,
                         spell.stock.in(units::t));
    case BerthState::kIdleWeather:
    case BerthState::kWaitingWeather:
      return fmt::format("{}: {}", spell.ship, closed_by(port, t));
    case BerthState::kIdleRepair:
    case BerthState::kWaitingRepair: {
      std::string const repair = closed_by(berth, t);
      std::string const why = repair.empty() ? struck_by(port, t) : repair;
      return spell.ship.empty() ? why : spell.ship + ": " + why;
    }
    case BerthState::kIdleTideChannel:
      return fmt::format("{} waits for {} until {}",
                         spell.ship,
                         spell.for_channel ? "the channel" : "water",
                         until);
    case BerthState::kWaitingTide:
    case BerthState::kWaitingChannel:
      return fmt::format("{} until {}", spell.ship, until);
    case BerthState::kEntering:
    case BerthState::kLoading:
      return spell.ship;
    case BerthState::kWaitingCargo:
      return spell.ship + " waits for cargo in the yard";
  }
  return {};
}

/// Ships on their way to the port; when there is none, why none was called.
std::string Seen::no_ship(BerthSpell const& spell, Time t) const {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < model.contracts.size(); ++c) {
    ShippingContract const& terms = model.contracts[c];
    Berth const& berth = model.ports[spell.port].berths[spell.berth];
    bool const fits = terms.port == spell.port && terms.ship.loa <= berth.length &&
                      terms.ship.draught <= berth.depth;
    if (fits) {
      parts.push_back(next_ship(c, t));
    }
  }
  return joined(parts);
}

std::string Seen::next_ship(std::size_t contract, Time t) const {
  std::string const& id = model.contracts[contract].id;
  for (ShipCall const& call : detail.trace.calls) {
    if (call.contract == contract && holds(call, t)) {
      return fmt::format("{} {} is called, there {}", id, call.number, clock(call.until, t));
    }
  }
  for (CallingSpell const& calling : detail.trace.callings) {
    if (calling.contract == contract && holds(calling, t)) {
      return id + words_for(calling.calling);
    }
  }
  return id + ": no ship called";
}

}  // namespace tidewater::corridor
