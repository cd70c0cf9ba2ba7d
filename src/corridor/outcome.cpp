/// What is read off the world: stock levels month by month, and the books at the end.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// Stock of a product at mines, hubs, plants and ports, tonnes; mines must be brought up to date
/// first.
double stock_of(World& world, ProductId product) {
  double sum = world.totals[product].in_plants;
  for (std::uint32_t i = 0; i < world.mines.size(); ++i) {
    if (world.model.mines[MineId{i}].product == product) {
      sum += world.mines[i].stock.level();
    }
  }
  auto const add = [&](std::deque<Yard> const& yards) {
    for (Yard const& yard : yards) {
      if (yard.product == product) {
        sum += yard.cargo.level();
      }
    }
  };
  for (HubState const& hub : world.hubs) {
    add(hub.yards);
  }
  for (PortState const& port : world.ports) {
    add(port.yards);
  }
  return sum;
}

void advance_mines(World& world, double now) {
  for (MineState& mine : world.mines) {
    mine.stock.advance(now);
  }
}

void note_year_end(World& world, std::size_t year) {
  for (std::uint32_t p = 0; p < world.model.products.size(); ++p) {
    ProductYear& entry = world.life.products[ProductId{p}][year];
    ProductTotals const& totals = world.totals[ProductId{p}];
    entry.stock_end = tonnes(stock_of(world, ProductId{p}));
    entry.in_transit_end = tonnes(totals.on_wheels + totals.on_ships);
  }
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    world.life.mines[MineId{m}][year].stock_end = tonnes(world.mines[m].stock.level());
  }
  for (ContractState& contract : world.contracts) {
    note_year_end(contract);
  }
}

void note_levels(World& world, double now) {
  advance_mines(world, now);
  std::size_t series = 0;
  for (MineState const& mine : world.mines) {
    world.life.stocks[series++].level.push_back(tonnes(mine.stock.level()));
  }
  for (HubState const& hub : world.hubs) {
    for (Yard const& yard : hub.yards) {
      world.life.stocks[series++].level.push_back(tonnes(yard.cargo.level()));
    }
  }
  for (PortState const& port : world.ports) {
    for (Yard const& yard : port.yards) {
      world.life.stocks[series++].level.push_back(tonnes(yard.cargo.level()));
    }
  }
}

void open_series(World& world) {
  auto& stocks = world.life.stocks;
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    Mine const& mine = world.model.mines[MineId{m}];
    stocks.push_back({StockSeries::Where::kMine,
                      mine.id,
                      mine.product,
                      tonnes(world.mines[m].stock.capacity()),
                      {}});
  }
  auto const open = [&stocks](StockSeries::Where where, auto const& place, auto const& yards) {
    for (Yard const& yard : yards) {
      stocks.push_back({where, place.id, yard.product, tonnes(yard.capacity), {}});
    }
  };
  for (std::uint32_t h = 0; h < world.hubs.size(); ++h) {
    open(StockSeries::Where::kHub, world.model.hubs[HubId{h}], world.hubs[h].yards);
  }
  for (PortState const& port : world.ports) {
    open(StockSeries::Where::kPort, *port.port, port.yards);
  }
}

double operating_time(World const& world) {
  return std::max(world.calendar.end() - world.opening, 1.0);
}

/// Busiest first, names in order of the model when equal.
class ResourceList {
 public:
  explicit ResourceList(std::vector<ResourceUse>& list) : list_{&list} {}
  void add(ResourceKind kind, std::string name, double use) {
    list_->push_back({kind, std::move(name), std::clamp(use, 0.0, 1.0)});
  }
  void sort() {
    std::stable_sort(
        list_->begin(), list_->end(), [](auto const& a, auto const& b) { return a.use > b.use; });
  }

 private:
  std::vector<ResourceUse>* list_;
};

void close_mines(World& world, ResourceList& resources) {
  double const open = operating_time(world);
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    Mine const& mine = world.model.mines[MineId{m}];
    double due = 0;
    double blocked = 0;
    auto const& years = world.mines[m].stock.years();
    for (std::size_t y = 0; y < years.size(); ++y) {
      MineYear& entry = world.life.mines[MineId{m}][y];
      entry.mined = tonnes(years[y].made);
      entry.blocked = Time{years[y].blocked};
      entry.down = Time{years[y].down};
      due += years[y].due - years[y].down;
      blocked += years[y].blocked;
      world.life.products[mine.product][y].mined += entry.mined;
    }
    resources.add(ResourceKind::kMine, mine.id, due > 0 ? 1 - blocked / due : 0);
    resources.add(ResourceKind::kLoadOut, mine.id, world.mines[m].load_out->busy / open);
  }
  for (std::uint32_t h = 0; h < world.hubs.size(); ++h) {
    HubState const& hub = world.hubs[h];
    resources.add(ResourceKind::kLoadOut, world.model.hubs[HubId{h}].id, hub.load_out->busy / open);
    resources.add(ResourceKind::kUnloading,
                  world.model.hubs[HubId{h}].id,
                  hub.tipple->busy / open / static_cast<double>(hub.tipple->tracks.capacity()));
    for (Yard const& yard : hub.yards) {
      resources.add(ResourceKind::kStockyard,
                    yard.cargo.name(),
                    yard.cargo.levels().mean(world.now()) / yard.capacity);
    }
  }
}

void close_inbound(World& world) {
  for (std::uint32_t i = 0; i < world.supplies.size(); ++i) {
    FluidStock& supply = world.supplies[i];
    supply.advance(world.calendar.end());
    for (std::size_t y = 0; y < world.calendar.years(); ++y) {
      InboundYear& entry = world.life.inbound[InboundId{i}][y];
      entry.planned = tonnes(supply.years()[y].made);
      entry.waiting = tonnes(supply.years()[y].held / world.calendar.year_length(y));
    }
  }
}

/// Possessions by year, and as closures in a watched window; gives the seconds of each section
/// since the opening, none for a line without any.
std::vector<double> close_possessions(World& world, LineId id) {
  std::vector<double> held;
  auto const possessions = world.lines[id.index()].tracks.front().graph.possessions();
  for (std::size_t s = 0; s < possessions.size(); ++s) {
    double total = 0;
    for (Spell const& spell : possessions[s].all()) {
      double const from = std::max(spell.from, world.opening);
      double const until = std::min(spell.until, world.calendar.end());
      world.calendar.each_year(from, until, [&](std::size_t year, double a, double b) {
        world.life.lines[id].years[year].possessed += Time{b - a};
        total += b - a;
      });
      if (from < until && world.sees(from, until)) {
        world.detail.closures.push_back({id, s, Time{from}, Time{until}, "possession"});
      }
    }
    held.push_back(total);
  }
  return held;
}

void close_land(World& world, ResourceList& resources) {
  double const open = operating_time(world);
  for (FleetState const& fleet : world.fleets) {
    FleetLife& life = world.life.fleets[fleet.id];
    if (fleet.cycles > 0) {
      life.mean_cycle = Time{fleet.cycle_time / fleet.cycles};
      life.unobstructed_cycle = Time{fleet.cycle_unobstructed / fleet.cycles};
    }
    double waited = 0;
    for (Consist const& consist : fleet.consists) {
      waited += consist.wait_cargo;
    }
    auto const count = static_cast<double>(fleet.consists.size());
    life.use = count > 0 && life.mean_cycle > Time{} ? 1 - waited / (count * open) : 0;
    resources.add(ResourceKind::kFleet, fleet.fleet->id, life.use);
  }
  for (std::uint32_t l = 0; l < world.lines.size(); ++l) {
    LineState const& line = world.lines[l];
    LineLife& life = world.life.lines[LineId{l}];
    std::vector<double> const possessed = close_possessions(world, LineId{l});
    for (std::size_t s = 0; s < line.closed.size(); ++s) {
      double const others = line.others.empty() ? 0 : line.others[s].use;
      double const shut = line.closed[s] + (possessed.empty() ? 0 : possessed[s]);
      double held = 0;
      for (Track const& track : line.tracks) {
        held += track.graph.held()[s] / static_cast<double>(line.tracks.size());
      }
      double const use = (held + shut) / open + others;
      life.section_use.push_back(use);
      resources.add(
          ResourceKind::kSection, fmt::format("{} section {}", line.line->id, s + 1), use);
    }
  }
  for (RoadState const& road : world.roads) {
    double const trucks = std::max(1.0, static_cast<double>(road.haul->trucks));
    resources.add(ResourceKind::kRoad, road.haul->id, road.busy / open / trucks);
  }
  for (PipelineState const& pipe : world.pipelines) {
    resources.add(ResourceKind::kPipeline, pipe.haul->id, pipe.busy / open);
  }
  for (PlantState const& plant : world.plants) {
    resources.add(ResourceKind::kPlant, plant.plant->id, plant.busy / open);
  }
}

void close_ports(World& world, ResourceList& resources) {
  double const open = operating_time(world);
  for (PortState& port : world.ports) {
    PortLife& life = world.life.ports[port.id];
    life.weather_closed = 1 - port.weather.open_time(world.opening, world.calendar.end()) / open;
    life.channel_use = port.channel.busy / open;
    resources.add(ResourceKind::kChannel, port.port->id, life.channel_use);
    if (port.tugs) {
      resources.add(
          ResourceKind::kTugs, port.port->id, port.tugs->busy / open / port.port->tugs->count);
    }
    if (port.pilots) {
      resources.add(ResourceKind::kPilots,
                    port.port->id,
                    port.pilots->busy / open / port.port->pilots->count);
    }
    resources.add(ResourceKind::kUnloading,
                  port.port->id,
                  port.tipple->busy / open / static_cast<double>(port.tipple->tracks.capacity()));
    for (BerthRun& berth : port.berths) {
      set_state(world, port, berth, berth.state, std::max(berth.since, world.calendar.end()));
      BerthLife& entry = life.berths.emplace_back();
      double in_use = 0;
      for (std::size_t s = 0; s < kBerthStates; ++s) {
        entry.share[s] = berth.total[s] / open;
        in_use += s >= static_cast<std::size_t>(BerthState::kEntering) ? entry.share[s] : 0;
      }
      for (std::size_t y = 0; y < world.calendar.years(); ++y) {
        entry.occupancy.push_back(berth.occupied[y] / world.calendar.year_length(y));
      }
      resources.add(ResourceKind::kBerth, port.port->id + " " + berth.berth->id, in_use);
    }
    for (Yard const& yard : port.yards) {
      resources.add(ResourceKind::kStockyard,
                    yard.cargo.name(),
                    yard.cargo.levels().mean(world.now()) / yard.capacity);
    }
  }
}

void close_balance(World& world) {
  for (std::uint32_t p = 0; p < world.model.products.size(); ++p) {
    ProductId const product{p};
    ProductTotals const& totals = world.totals[product];
    Balance& balance = world.life.balance[product];
    for (ProductYear const& year : world.life.products[product]) {
      balance.mined += year.mined;
    }
    balance.made = tonnes(totals.made);
    balance.stock = tonnes(stock_of(world, product));
    balance.in_transit = tonnes(totals.on_wheels + totals.on_ships);
    balance.shipped = tonnes(totals.shipped);
    balance.worked = tonnes(totals.worked);
    balance.lost = tonnes(totals.lost);
    double const whole = (balance.mined + balance.made).base();
    TW_EXPECTS(std::abs(balance.gap().base()) <= 1e-6 * whole + 1.0,
               "every tonne mined or made is in stock, on its way, shipped, worked up or lost");
  }
}

void close_detail(World& world) {
  if (!world.watch) {
    return;
  }
  keep_open_spells(world);
  Detail& detail = world.detail;
  detail.window = *world.watch;
  std::stable_sort(detail.strings.begin(), detail.strings.end(), [](auto const& a, auto const& b) {
    return a.points.front().at < b.points.front().at;
  });
  std::stable_sort(detail.berths.begin(), detail.berths.end(), [](auto const& a, auto const& b) {
    return std::pair{a.port, a.berth} != std::pair{b.port, b.berth}
               ? std::pair{a.port, a.berth} < std::pair{b.port, b.berth}
               : a.from < b.from;
  });
  std::stable_sort(detail.closures.begin(),
                   detail.closures.end(),
                   [](auto const& a, auto const& b) { return a.from < b.from; });
  Time const end{std::min(detail.window.until.base(), world.calendar.end())};
  for (PortState const& port : world.ports) {
    for (Time t = detail.window.from; t <= end; t += 30 * units::min) {
      detail.tides.push_back({port.id, t, port.water->tide().height(t)});
    }
  }
  world.life.detail = std::move(detail);
}

}  // namespace

des::Process keep_stock_series(World& world) {
  open_series(world);
  std::size_t month = 0;
  for (double const end : world.calendar.month_ends()) {
    ++month;
    if (end >= world.calendar.end()) {
      co_return;  // the last is taken when the books are closed
    }
    co_await world.env.hold_or_throw(end - world.now());
    note_levels(world, world.now());
    if (month % 12 == 0) {
      note_year_end(world, month / 12 - 1);
    }
  }
}

void close_books(World& world) {
  note_levels(world, world.calendar.end());  // the clock stops with the last event
  note_until(world, world.calendar.end(), kAllLinks);
  note_year_end(world, world.calendar.years() - 1);
  ResourceList resources{world.life.resources};
  close_mines(world, resources);
  close_inbound(world);
  close_land(world, resources);
  close_ports(world, resources);
  resources.sort();
  close_balance(world);
  close_ledger(world);
  close_detail(world);
  world.life.events = world.env.events_run();
}

}  // namespace tidewater::corridor
