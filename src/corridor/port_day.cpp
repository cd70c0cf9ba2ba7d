/// A port's entry, channel, water and berths in the watched window.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "seen.hpp"
#include "waterway.hpp"

namespace tidewater::corridor {

namespace {

using Kind = Place::Kind;

class PortDay {
 public:
  PortDay(Seen const& seen, Telling& telling) : seen_{seen}, telling_{telling} {}

  void port(Place place) {
    telling_.turns_at(seen_.detail.trace.closures,
                      [&](PlaceClosure const& c) { return c.where == place; });
    telling_.tell("entry", [&](Time t) -> Said {
      std::string const closed = seen_.closed_by(place, t);
      return closed.empty() ? Said{"open"} : Said{"closed", closed};
    });
    channel(place);
    pilotage(place);
    for (ShippingContract const& terms : seen_.model.contracts) {
      if (terms.port.index() == place.index) {
        water(terms);
      }
    }
    tell_unloading(seen_, telling_, place);
    std::size_t const berths = seen_.model.ports[PortId{place.index}].berths.size();
    for (std::uint32_t b = 0; b < berths; ++b) {
      berth({Kind::kBerth, place.index, b});
    }
  }

  void berth(Place place) {
    auto const here = [&](BerthSpell const& s) {
      return s.port.index() == place.index && s.berth == place.part;
    };
    telling_.turns_at(seen_.detail.berths, here);
    telling_.turns_at(seen_.detail.trace.closures, [&](PlaceClosure const& c) {
      return c.where == place || c.where == Place{Kind::kPort, place.index};
    });
    telling_.turns_at(seen_.detail.trace.calls);
    telling_.turns_at(seen_.detail.trace.callings);
    telling_.tell("berth " + seen_.model.ports[PortId{place.index}].berths[place.part].id,
                  [&](Time t) -> Said {
                    auto const spell =
                        std::find_if(seen_.detail.berths.begin(),
                                     seen_.detail.berths.end(),
                                     [&](BerthSpell const& s) { return here(s) && holds(s, t); });
                    if (spell == seen_.detail.berths.end()) {
                      return {"not open"};
                    }
                    return {std::string{name(spell->state)}, seen_.berth_because(*spell, t)};
                  });
  }

 private:
  [[nodiscard]] Waterway waterway(Port const& port) const {
    return {port,
            {seen_.model.opening.base(),
             Calendar{seen_.model.first_year}.year_start(seen_.model.years).base()}};
  }

  void channel(Place place) {
    struct Dredging {
      Time from;
      Time until;
    };
    Waterway const way = waterway(seen_.model.ports[PortId{place.index}]);
    std::vector<Dredging> dredging;
    for (Spell const& spell : way.dredging().all()) {
      dredging.push_back({Time{spell.from}, Time{spell.until}});
    }
    telling_.turns_at(dredging);
    telling_.turns_at(seen_.detail.trace.passages,
                      [&](ChannelPassage const& p) { return p.port.index() == place.index; });
    telling_.tell("channel", [&](Time t) -> Said {
      for (ChannelPassage const& one : seen_.detail.trace.passages) {
        if (one.port.index() == place.index && holds(one, t)) {
          return {"taken", one.ship};
        }
      }
      bool const is_shut = std::any_of(
          dredging.begin(), dredging.end(), [t](Dredging const& one) { return holds(one, t); });
      return is_shut ? Said{"shut", "dredging"} : Said{"free"};
    });
  }

  /// When a passage may begin: its end must lie within the hours of pilotage too.
  void pilotage(Place place) {
    Port const& port = seen_.model.ports[PortId{place.index}];
    if (!port.pilotage) {
      return;
    }
    Waterway const way = waterway(port);
    Watch const& window = seen_.detail.window;
    auto const first = static_cast<int>(std::floor(window.from / units::day));
    auto const last = static_cast<int>(std::floor(window.until / units::day)) + 1;
    for (int date = first; date <= last; ++date) {
      Time const midnight = date * units::day;
      telling_.turn_at(midnight + port.pilotage->from);
      telling_.turn_at(midnight + port.pilotage->until - port.channel.transit);
    }
    telling_.tell("pilotage", [&](Time t) -> Said {
      double const next = way.next_daylight(t.base());
      return next > t.base() ? Said{"closed", "begins at " + seen_.clock(Time{next}, t)}
                             : Said{"open"};
    });
  }

  /// When a laden ship may set out: the water must last for the whole transit.
  void water(ShippingContract const& terms) {
    struct Start {
      Time from;
      Time until;
    };
    Port const& at = seen_.model.ports[terms.port];
    Waterway const way = waterway(at);
    Length const needed = terms.ship.draught + at.channel.keel_clearance - at.channel.depth +
                          way.silted(seen_.detail.window.from.base());
    Time const transit = at.channel.transit;
    std::vector<Start> starts;
    for (auto const& window : way.tide().windows(
             needed, seen_.detail.window.from, seen_.detail.window.until + transit)) {
      starts.push_back({Time{window.from}, Time{window.to} - transit});
    }
    std::erase_if(starts, [](Start const& s) { return !(s.until > s.from); });
    telling_.turns_at(starts);
    telling_.tell("water for laden ships of " + terms.id, [&](Time t) -> Said {
      bool const enough = std::any_of(
          starts.begin(), starts.end(), [t](Start const& start) { return holds(start, t); });
      std::string const height = fmt::format(
          "{:.2f} m of tide for a transit of {:.1f} h", needed.in(units::m), transit.in(units::h));
      return enough ? Said{"enough"} : Said{"too little", "needs " + height};
    });
  }

  Seen const& seen_;
  Telling& telling_;
};

}  // namespace

void tell_port(Seen const& seen, Telling& telling, Place port) {
  PortDay{seen, telling}.port(port);
}

void tell_berth(Seen const& seen, Telling& telling, Place berth) {
  PortDay{seen, telling}.berth(berth);
}

}  // namespace tidewater::corridor
