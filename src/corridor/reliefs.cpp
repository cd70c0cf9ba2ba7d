/// One asset of a corridor relieved at a time.

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/corridor/bench.hpp"

namespace tidewater::corridor {

namespace {

/// Half as large, half as fast again: a step that shows whether the asset binds, small enough that
/// a planner would weigh it (assumed).
constexpr double kMore = 1.5;
constexpr char const* kFaster = "half as fast again";
constexpr char const* kLarger = "half as large again";

class Reliefs {
 public:
  explicit Reliefs(CorridorModel const& model) : model_{model} {}

  std::vector<Relief> all() {
    mines();
    hubs();
    plants();
    lines();
    fleets();
    roads();
    pipelines();
    ports();
    contracts();
    hazards();
    return std::move(out_);
  }

 private:
  template <class Change>
  void add(std::string asset, std::string what, Change const& change) {
    Relief relief{std::move(asset), std::move(what), model_};
    change(relief.model);
    out_.push_back(std::move(relief));
  }
  void mines();
  void hubs();
  void plants();
  void lines();
  void fleets();
  void roads();
  void pipelines();
  void ports();
  void berths(PortId id, Port const& port);
  void tide(PortId id, Port const& port);
  void harbour(PortId id, Port const& port);
  void contracts();
  void hazards();

  CorridorModel const& model_;
  std::vector<Relief> out_;
};

void Reliefs::mines() {
  for (std::uint32_t i = 0; i < model_.mines.size(); ++i) {
    MineId const id{i};
    Mine const& mine = model_.mines[id];
    std::string const asset = "mine " + mine.id;
    add(asset, "a tenth more output", [id](CorridorModel& m) {
      for (RateStep& step : m.mines[id].output) {
        step.rate = 1.1 * step.rate;
      }
    });
    add(asset + " stockpile", kLarger, [id](CorridorModel& m) {
      m.mines[id].stockpile = kMore * m.mines[id].stockpile;
    });
    add(asset + " load-out", kFaster, [id](CorridorModel& m) {
      m.mines[id].loading_rate = kMore * m.mines[id].loading_rate;
    });
    if (mine.reliability.availability < 1) {
      add(asset, "no outages", [id](CorridorModel& m) { m.mines[id].reliability = {}; });
    }
  }
}

void Reliefs::hubs() {
  for (std::uint32_t i = 0; i < model_.hubs.size(); ++i) {
    HubId const id{i};
    std::string const asset = "hub " + model_.hubs[id].id;
    add(asset + " unloading", "one more track", [id](CorridorModel& m) {
      ++m.hubs[id].unloading_tracks;
    });
    add(asset + " unloading", kFaster, [id](CorridorModel& m) {
      m.hubs[id].unloading_rate = kMore * m.hubs[id].unloading_rate;
    });
    add(asset + " stockyard", kLarger, [id](CorridorModel& m) {
      m.hubs[id].stockyard = kMore * m.hubs[id].stockyard;
    });
    add(asset + " load-out", kFaster, [id](CorridorModel& m) {
      m.hubs[id].loading_rate = kMore * m.hubs[id].loading_rate;
    });
  }
}

void Reliefs::plants() {
  for (std::uint32_t i = 0; i < model_.plants.size(); ++i) {
    PlantId const id{i};
    std::string const asset = "plant " + model_.plants[id].id;
    add(asset, kFaster, [id](CorridorModel& m) {
      for (RateStep& step : m.plants[id].rate) {
        step.rate = kMore * step.rate;
      }
    });
    if (model_.plants[id].reliability.availability < 1) {
      add(asset, "no outages", [id](CorridorModel& m) { m.plants[id].reliability = {}; });
    }
  }
}

/// Calls `visit` with every leg of a haul over the line.
template <class Model, class Visit>
void each_leg(Model& model, LineId line, Visit const& visit) {
  auto const look = [&](auto& haul) {
    auto* rail = std::get_if<RailHaul>(&haul);
    for (std::size_t leg = 0; rail != nullptr && leg < rail->legs.size(); ++leg) {
      if (rail->legs[leg].line == line) {
        visit(rail->legs[leg]);
      }
    }
  };
  for (auto& route : model.routes) {
    for (auto& haul : route.hauls) {
      look(haul);
    }
  }
  for (auto& inbound : model.inbound) {
    look(inbound.haul);
  }
}

/// Calls `visit` with every haul of a kind on the routes from mines: its route, place there and
/// self.
template <class Kind, class Visit>
void each_haul(CorridorModel const& model, Visit const& visit) {
  for (std::uint32_t r = 0; r < model.routes.size(); ++r) {
    auto const& hauls = model.routes[RouteId{r}].hauls;
    for (std::size_t h = 0; h < hauls.size(); ++h) {
      if (auto const* haul = std::get_if<Kind>(&hauls[h]); haul != nullptr) {
        visit(RouteId{r}, h, *haul);
      }
    }
  }
}

/// The section that a pair of trains holds for longest, all hauls over it together.
std::size_t slowest_section(CorridorModel const& model, LineId line) {
  std::vector<Time> held(model.lines[line].sections.size());
  each_leg(model, line, [&held](RailLeg const& leg) {
    for (std::size_t s = 0; s < held.size(); ++s) {
      held[s] += leg.runs[s].loaded + leg.runs[s].empty;
    }
  });
  return static_cast<std::size_t>(std::max_element(held.begin(), held.end()) - held.begin());
}

/// Cuts a section in two halves, in all that counts by sections; a stop at the new loop costs no
/// more than the meet allowance.
void add_loop(CorridorModel& model, LineId line, std::size_t section) {
  auto const at = static_cast<std::ptrdiff_t>(section);
  auto& sections = model.lines[line].sections;
  sections[section].length = 0.5 * sections[section].length;
  sections[section].other_train = 0.5 * sections[section].other_train;
  TrackSection const half = sections[section];
  sections.insert(sections.begin() + at, half);
  each_leg(model, line, [&](RailLeg& leg) {
    SectionRun const run{0.5 * leg.runs[section].loaded, 0.5 * leg.runs[section].empty};
    leg.runs[section] = run;
    leg.runs.insert(leg.runs.begin() + at, run);
  });
  auto const make_room = [section](auto& stretch) {
    stretch.first += stretch.first > section ? 1 : 0;
    stretch.last += stretch.last >= section ? 1 : 0;
  };
  for (Possession& possession : model.lines[line].possessions) {
    make_room(possession);
  }
  for (Hazard& hazard : model.hazards) {
    auto* stretch = std::get_if<LineStretch>(&hazard.where);
    if (stretch != nullptr && stretch->line == line) {
      make_room(*stretch);
    }
  }
}

void Reliefs::lines() {
  for (std::uint32_t i = 0; i < model_.lines.size(); ++i) {
    LineId const id{i};
    RailLine const& line = model_.lines[id];
    std::string const asset = "line " + line.id;
    if (line.tracks == 1) {
      std::size_t const section = slowest_section(model_, id);
      add(asset,
          "a loop halfway in section " + std::to_string(section + 1),
          [id, section](CorridorModel& m) { add_loop(m, id, section); });
      add(asset, "a third track at each loop", [id](CorridorModel& m) {
        ++m.lines[id].loop_tracks;
      });
      add(asset, "a second track", [id](CorridorModel& m) { m.lines[id].tracks = 2; });
    }
    if (!line.possessions.empty()) {
      add(asset, "no possessions", [id](CorridorModel& m) { m.lines[id].possessions.clear(); });
    }
    if (line.other_trains > Rate{}) {
      add(asset, "no trains of others", [id](CorridorModel& m) {
        m.lines[id].other_trains = Rate{};
      });
    }
  }
}

void Reliefs::fleets() {
  for (std::uint32_t i = 0; i < model_.fleets.size(); ++i) {
    FleetId const id{i};
    Fleet const& fleet = model_.fleets[id];
    std::string const asset = "fleet " + fleet.id;
    add(asset, "one more consist", [id](CorridorModel& m) { ++m.fleets[id].consists; });
    if (fleet.crews) {
      int const more = fleet.crews->per_train;
      add(asset,
          more == 1 ? "one more crew" : fmt::format("{} more crews, of one train", more),
          [id, more](CorridorModel& m) { m.fleets[id].crews->count += more; });
    }
    if (fleet.failures > Rate{}) {
      add(asset, "no failures", [id](CorridorModel& m) { m.fleets[id].failures = Rate{}; });
    }
  }
}

void Reliefs::roads() {
  each_haul<RoadHaul>(model_, [this](RouteId id, std::size_t h, RoadHaul const& road) {
    add("road " + road.id, "a tenth more trucks", [id, h](CorridorModel& m) {
      int& trucks = std::get<RoadHaul>(m.routes[id].hauls[h]).trucks;
      trucks += std::max(1, trucks / 10);
    });
  });
}

/// Faster slurry in the same pipe: as much of it as before is on its way.
void Reliefs::pipelines() {
  each_haul<PipelineHaul>(model_, [this](RouteId id, std::size_t h, PipelineHaul const& pipe) {
    auto const changed = [&](std::string what, auto const& change) {
      add("pipeline " + pipe.id, std::move(what), [&](CorridorModel& m) {
        change(std::get<PipelineHaul>(m.routes[id].hauls[h]));
      });
    };
    changed(kFaster, [](PipelineHaul& all) {
      all.rate = kMore * all.rate;
      all.velocity = kMore * all.velocity;
    });
    if (pipe.reliability.availability < 1) {
      changed("no outages", [](PipelineHaul& all) { all.reliability = {}; });
    }
  });
}

void Reliefs::berths(PortId id, Port const& port) {
  for (std::size_t b = 0; b < port.berths.size(); ++b) {
    Berth const& berth = port.berths[b];
    std::string const asset = "berth " + port.id + "/" + berth.id;
    add(asset, "one more like it", [id, b](CorridorModel& m) {
      auto& all = m.ports[id].berths;
      Berth another = all[b];
      do {
        another.id += " again";
      } while (std::any_of(
          all.begin(), all.end(), [&](Berth const& one) { return one.id == another.id; }));
      all.push_back(std::move(another));
    });
    add(asset, "loads " + std::string{kFaster}, [id, b](CorridorModel& m) {
      m.ports[id].berths[b].loading_rate = kMore * m.ports[id].berths[b].loading_rate;
    });
    if (berth.reliability.availability < 1) {
      add(asset, "no repairs", [id, b](CorridorModel& m) {
        m.ports[id].berths[b].reliability = {};
      });
    }
  }
}

/// Water enough at the lowest tide for every ship that calls there.
void Reliefs::tide(PortId id, Port const& port) {
  Length reach{};
  for (TideConstituent const& c : port.tides) {
    reach += c.amplitude;
  }
  Length deepest{};
  for (ShippingContract const& sales : model_.contracts) {
    if (sales.port == id) {
      deepest = std::max({deepest, sales.ship.draught, sales.ship.ballast_draught});
    }
  }
  Length const lowest = port.mean_level.value_or(reach) - reach;
  Length const depth = deepest + port.channel.keel_clearance - lowest;
  if (depth > port.channel.depth) {
    add("channel " + port.id, "no tide limit", [id, depth](CorridorModel& m) {
      m.ports[id].channel.depth = depth;
    });
  }
}

void Reliefs::harbour(PortId id, Port const& port) {
  std::string const asset = "port " + port.id;
  if (port.tugs) {
    add(asset + " tugs", "one more", [id](CorridorModel& m) { ++m.ports[id].tugs->count; });
  }
  if (port.pilots) {
    add(asset + " pilots", "one more", [id](CorridorModel& m) { ++m.ports[id].pilots->count; });
  }
  if (port.pilotage) {
    add(asset + " pilotage", "by night too", [id](CorridorModel& m) {
      m.ports[id].pilotage.reset();
    });
  }
  if (port.siltation) {
    add("channel " + port.id, "no silt", [id](CorridorModel& m) { m.ports[id].siltation.reset(); });
  }
  if (!port.other_ships.empty()) {
    add(asset, "no ships of others", [id](CorridorModel& m) { m.ports[id].other_ships.clear(); });
  }
}

void Reliefs::ports() {
  for (std::uint32_t i = 0; i < model_.ports.size(); ++i) {
    PortId const id{i};
    Port const& port = model_.ports[id];
    add("port " + port.id + " unloading", "one more track", [id](CorridorModel& m) {
      ++m.ports[id].unloading_tracks;
    });
    add("port " + port.id + " unloading", kFaster, [id](CorridorModel& m) {
      m.ports[id].unloading_rate = kMore * m.ports[id].unloading_rate;
    });
    for (std::size_t y = 0; y < port.stockyards.size(); ++y) {
      add("stockyard " + port.id + " " + model_.products[port.stockyards[y].product].id,
          kLarger,
          [id, y](CorridorModel& m) {
            m.ports[id].stockyards[y].capacity = kMore * m.ports[id].stockyards[y].capacity;
          });
    }
    berths(id, port);
    tide(id, port);
    add("channel " + port.id, "passed in half the time", [id](CorridorModel& m) {
      m.ports[id].channel.transit = 0.5 * m.ports[id].channel.transit;
    });
    harbour(id, port);
    for (std::size_t w = 0; w < port.weather.size(); ++w) {
      add("weather " + port.id + "/" + port.weather[w].id,
          "never closes",
          [id, w](CorridorModel& m) {
            auto& all = m.ports[id].weather;
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(w));
          });
    }
  }
}

void Reliefs::contracts() {
  for (std::size_t c = 0; c < model_.contracts.size(); ++c) {
    if (!model_.contracts[c].tonnage.empty()) {
      add("sales " + model_.contracts[c].id, "all that is mined", [c](CorridorModel& m) {
        m.contracts[c].tonnage.clear();
      });
    }
  }
}

void Reliefs::hazards() {
  for (std::size_t h = 0; h < model_.hazards.size(); ++h) {
    Hazard const& hazard = model_.hazards[h];
    if (hazard.rate > Rate{} || hazard.per_length > RatePerLength{}) {
      add("hazard " + hazard.id, "never strikes", [h](CorridorModel& m) {
        m.hazards[h].rate = Rate{};
        m.hazards[h].per_length = RatePerLength{};
      });
    }
  }
}

}  // namespace

std::vector<Relief> reliefs(CorridorModel const& model) {
  return Reliefs{model}.all();
}

}  // namespace tidewater::corridor
