/// Faults of ports and of the ships that call there.

#include <algorithm>

#include "examiner.hpp"
#include "port_tide.hpp"
#include "waterway.hpp"

namespace tidewater::corridor {

Mass payload_of(CorridorModel const& model, Haul const& haul) {
  if (auto const* rail = std::get_if<RailHaul>(&haul); rail != nullptr) {
    bool const known = rail->fleet.valid() && rail->fleet.index() < model.fleets.size();
    return known ? model.fleets[rail->fleet].payload : Mass{};
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
    return pipe->batch;
  }
  return std::get<RoadHaul>(haul).payload;
}

Mass yard_capacity(Port const& port, ProductId product) {
  for (Stockyard const& yard : port.stockyards) {
    if (yard.product == product) {
      return yard.capacity;
    }
  }
  return Mass{};
}

void Examiner::berths(std::string const& place, Port const& port) {
  for (Berth const& berth : port.berths) {
    auto const here = place + "/berth/" + berth.id;
    unique(here, port.id + "/" + berth.id);
    above_zero(here + "/loading_rate", berth.loading_rate, "the loading rate");
    reliability(here, berth.reliability);
  }
}

void Examiner::ports() {
  for (Port const& port : model_->ports) {
    auto const place = "/port/" + port.id;
    unique(place, port.id);
    above_zero(place + "/unloading_rate", port.unloading_rate, "the unloading rate");
    above_zero(place + "/channel/transit", port.channel.transit, "the transit of the channel");
    not_negative(place + "/channel/keel_clearance", port.channel.keel_clearance, "the clearance");
    not_negative(place + "/mooring", port.mooring, "the time of mooring");
    if (port.unloading_tracks < 1) {
      fault(place, "a port needs an unloading track", "give one or more");
    }
    berths(place, port);
    harbour(place, port);
    other_ships(place, port);
    for (WeatherClosure const& closure : port.weather) {
      unique(place + "/weather", port.id + "/" + closure.id);
      not_negative(place + "/weather/" + closure.id, closure.mean_closed, "the mean closed spell");
      if (closure.mean_closed > Time{}) {
        above_zero(place + "/weather/" + closure.id, closure.mean_open, "the mean open spell");
      }
    }
    for (std::size_t i = 0; i < port.stockyards.size(); ++i) {
      opens(place + "/stockyard", port.stockyards[i].product, model_->products, "product");
      above_zero(place + "/stockyard", port.stockyards[i].capacity, "the capacity");
    }
  }
}

/// One of the berths takes the ship; all of them when none are named.
void Examiner::berthed(std::string const& place,
                       Ship const& ship,
                       Port const& port,
                       std::vector<std::size_t> const& berths) {
  bool taken = false;
  for (std::size_t b = 0; b < port.berths.size(); ++b) {
    bool const open = berths.empty() || std::find(berths.begin(), berths.end(), b) != berths.end();
    Berth const& berth = port.berths[b];
    taken = taken || (open && fits(ship, berth));
  }
  if (!taken) {
    fault(place,
          fmt::format("no berth of {} takes a ship of {:.0f} m and {:.1f} m draught",
                      port.id,
                      ship.loa.in(units::m),
                      ship.draught.in(units::m)),
          "lengthen or deepen a berth, or call smaller ships");
  }
}

/// There are tides, hours and tugs that take the ship through the channel as it was built.
void Examiner::passes(std::string const& place, Ship const& ship, Port const& port) {
  if (port.tugs && ship.tugs > port.tugs->count) {
    fault(place,
          fmt::format("a ship needs {} tugs, {} has {}", ship.tugs, port.id, port.tugs->count),
          "station more tugs, or call ships that need fewer");
  }
  Port as_built = port;
  as_built.siltation.reset();
  // Half a year holds the highest springs near an equinox.
  double const half_year = (0.5 * units::year).base();
  Waterway const way{as_built, {0, half_year}};
  Length const deepest = std::max(ship.draught, ship.ballast_draught);
  Length const needed = deepest + port.channel.keel_clearance - port.channel.depth;
  if (!way.next_water(deepest, 0, half_year)) {
    fault(place,
          fmt::format("no tide lifts a ship of {:.1f} m draught through the {:.1f} m channel of {}",
                      deepest.in(units::m),
                      port.channel.depth.in(units::m),
                      port.id),
          fmt::format("deepen the channel by about {:.1f} m, so that half of each tide serves, or "
                      "call smaller ships",
                      (needed - mean_level_of(port)).in(units::m)));
  } else if (!way.next_passage(deepest, 0, half_year)) {
    fault(place,
          fmt::format("no tide lifts a ship of {:.1f} m draught through the channel of {} within "
                      "the hours of pilotage",
                      deepest.in(units::m),
                      port.id),
          "pilot for longer, deepen the channel, or call smaller ships");
  }
}

void Examiner::harbour(std::string const& place, Port const& port) {
  for (auto const* craft : {&port.tugs, &port.pilots}) {
    if (*craft && (*craft)->count < 1) {
      fault(
          place, "a port that counts its tugs or pilots has none", "give one or more, or no count");
    }
    if (*craft) {
      above_zero(place, (*craft)->per_move, "the time of a tug or pilot at a move");
    }
  }
  if (port.pilotage && !(port.pilotage->from >= Time{} && port.pilotage->until <= 1 * units::day &&
                         port.pilotage->until - port.pilotage->from >= port.channel.transit)) {
    fault(place + "/pilotage",
          "the hours of pilotage do not hold one passage of the channel",
          "give hours of one day, at least a transit apart");
  }
  if (port.siltation) {
    Siltation const& silt = *port.siltation;
    not_negative(place + "/siltation", silt.channel, "the silting of the channel");
    not_negative(place + "/siltation", silt.berths, "the silting of the berths");
    above_zero(place + "/siltation", silt.campaign, "the length of a dredging campaign");
    not_negative(place + "/siltation", silt.shut, "the time the channel is shut");
    if (!(silt.every > silt.campaign) || silt.shut > 1 * units::day) {
      fault(place + "/siltation",
            "a campaign lasts until the next one, or shuts the channel for more than all day",
            "space campaigns out, and give the hours of a day");
    }
    if (silt.shut < 1 * units::day && silt.shut + port.channel.transit > 1 * units::day) {
      fault(place + "/siltation",
            "dredging leaves no time in the day for one passage of the channel",
            "shut it for fewer hours, or for all day");
    }
  }
}

/// Whoever shares the berths leaves some of them to us.
void Examiner::other_ships(std::string const& place, Port const& port) {
  std::vector<double> taken(port.berths.size());
  for (OtherShips const& others : port.other_ships) {
    auto const here = place + "/other_ships/" + others.id;
    unique(here, port.id + "/" + others.id);
    above_zero(here + "/calls", others.calls, "the number of calls");
    above_zero(here + "/alongside", others.alongside, "the time alongside");
    bool known = true;
    for (std::size_t const berth : others.berths) {
      known = known && berth < port.berths.size();
    }
    if (!known) {
      fault(here, "names a berth that is not in the model", "name one that is");
      continue;
    }
    for (std::size_t const berth : others.berths) {
      taken[berth] += others.calls * others.alongside / static_cast<double>(others.berths.size());
    }
    passes(here, others.ship, port);
    if (!others.berths.empty()) {
      berthed(here, others.ship, port, others.berths);
    }
  }
  for (std::size_t b = 0; b < taken.size(); ++b) {
    if (taken[b] >= kMostOthers) {
      fault(place + "/berth/" + port.berths[b].id,
            fmt::format("other users' ships alone take {:.0f} % of this berth", 100 * taken[b]),
            "add a berth or let fewer of them call");
    }
  }
}

/// A lot is loaded in tenths, each when it lies in the yard: beside all but a tenth there must be
/// room for a load, or ship and train would wait for each other at every call.
void Examiner::pours(std::string const& place, ShippingContract const& terms, Mass yard) {
  Mass load{};
  for (Route const& route : model_->routes) {
    auto const* port = std::get_if<PortId>(&route.to);
    bool const for_it = port != nullptr && *port == terms.port && !route.hauls.empty() &&
                        begins_somewhere(route) && product_of(*model_, route) == terms.product;
    if (for_it) {
      load = std::max(load, payload_of(*model_, route.hauls.back()));
    }
  }
  Mass const least = 0.1 * terms.ship.lot + load;
  if (yard < least) {
    fault(
        place,
        fmt::format("a stockyard of {:.0f} t cannot hold a tenth of a lot beside one load by land",
                    yard.in(units::t)),
        fmt::format("give the product {:.0f} t of stockyard or more, or make lot or load smaller",
                    least.in(units::t)));
  }
}

void Examiner::contracts() {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (ShippingContract const& terms : model_->contracts) {
    auto const place = "/contract/" + terms.id;
    unique(place, terms.id);
    above_zero(place + "/lot", terms.ship.lot, "the lot");
    not_negative(place + "/lead", terms.lead, "the lead");
    not_negative(place + "/laycan", terms.laycan, "the laycan");
    not_negative(place + "/lateness", terms.lateness, "the lateness");
    not_negative(place + "/laytime", terms.laytime, "the laytime");
    above_zero(place + "/patience", terms.patience, "the patience");
    steps(place + "/tonnage", terms.tonnage);
    if (!(terms.stock_to_berth >= 0 && terms.stock_to_berth <= 1) || terms.most_waiting < 1) {
      fault(place,
            "the share of the lot to berth lies from 0 to 1, and one ship at least may wait",
            "give a share and a count");
    }
    bool known = opens(place + "/port", terms.port, model_->ports, "port");
    known = opens(place + "/product", terms.product, model_->products, "product") && known;
    if (!known) {
      continue;
    }
    if (!seen.insert({terms.product.index(), terms.port.index()}).second) {
      fault(place, "a product has one contract at a port", "join the contracts");
    }
    Port const& port = model_->ports[terms.port];
    Mass const yard = yard_capacity(port, terms.product);
    if (yard < terms.stock_to_berth * terms.ship.lot) {
      fault(place,
            "the stockyard cannot hold the share of a lot a ship is berthed for",
            "enlarge the stockyard, or lower the share or the lot");
    }
    pours(place, terms, yard);
    berthed(place, terms.ship, port, {});
    passes(place, terms.ship, port);
  }
}

}  // namespace tidewater::corridor
