#include "ledger.hpp"

#include <algorithm>

#include "tidewater/base/contract.hpp"

#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// A line in one number: 6 bits of cause, 4 of kind, 12 of product and 14 of mine, place and part;
/// faults() refuses corridors beyond that.
std::uint64_t code(Ledger::Line const& line) {
  std::uint64_t const mine = line.mine == Ledger::kNoMine ? 0 : line.mine + 1ULL;
  std::uint64_t const product = line.product.index();
  TW_EXPECTS(product < Ledger::kMostProducts && mine <= Ledger::kMostPlaces &&
                 line.place.index < Ledger::kMostPlaces && line.place.part <= Ledger::kMostPlaces,
             "the ledger's lines fit their codes");
  std::uint64_t all = static_cast<std::uint64_t>(line.cause);
  all = (all << 4) | static_cast<std::uint64_t>(line.place.kind);
  all = (all << 12) | product;
  all = (all << 14) | mine;
  all = (all << 14) | line.place.index;
  return (all << 14) | line.place.part;
}

}  // namespace

Ledger::Account Ledger::open(Line const& line) {
  auto const [at, is_new] = by_code_.try_emplace(code(line), static_cast<Account>(sheets_.size()));
  if (is_new) {
    sheets_.emplace_back(calendar_->years());
    accounts_.emplace(line, at->second);
  }
  return at->second;
}

void Ledger::move(Account from, Account to, double amount, double now) {
  while (year_ + 1 < calendar_->years() && now >= calendar_->year_start(year_ + 1)) {
    ++year_;
  }
  if (from != kNone) {
    sheets_[from][year_] -= amount;
  }
  if (to != kNone) {
    sheets_[to][year_] += amount;
  }
}

Ledger::Line const& Ledger::line_of(Account account) const {
  return std::find_if(accounts_.begin(),
                      accounts_.end(),
                      [account](auto const& entry) { return entry.second == account; })
      ->first;
}

double Ledger::balance(Account account, std::size_t year) const {
  double sum = 0;
  for (std::size_t y = 0; y <= year; ++y) {
    sum += sheets_[account][y];
  }
  return sum;
}

void PileWatch::add(double until, std::span<Share const> shares) {
  bool const same =
      !stretches_.empty() && stretches_.back().until == known_until_ &&
      stretches_.back().count == shares.size() &&
      std::equal(shares.begin(),
                 shares.end(),
                 shares_.begin() + static_cast<std::ptrdiff_t>(stretches_.back().first));
  if (same) {
    stretches_.back().until = until;
  } else {
    stretches_.push_back({known_until_, until, shares_.size(), shares.size()});
    shares_.insert(shares_.end(), shares.begin(), shares.end());
  }
  known_until_ = until;
}

void PileWatch::book(Ledger& ledger, FluidStock::Full const& full) const {
  TW_EXPECTS(!stretches_.empty(), "a full stretch comes with reasons");
  auto const overlap = [&full](Stretch const& stretch) {
    return std::max(0.0, std::min(stretch.until, full.until) - std::max(stretch.from, full.from));
  };
  double covered = 0;
  for (Stretch const& stretch : stretches_) {
    covered += overlap(stretch);
  }
  double left = full.amount;
  Ledger::Account last = shares_.back().account;
  for (Stretch const& stretch : stretches_) {
    double const part = covered > 0 ? overlap(stretch) / covered : 0;
    for (std::size_t i = stretch.first; part > 0 && i < stretch.first + stretch.count; ++i) {
      last = shares_[i].account;
      double const amount = full.amount * part * shares_[i].weight;
      ledger.book(last, full.year, amount);
      left -= amount;
    }
  }
  ledger.book(last, full.year, left);
}

void PileWatch::forget_before(double moment) {
  if (stretches_.empty() || stretches_.back().until <= moment) {
    stretches_.clear();
    shares_.clear();
  }
}

// ---- closing ----

namespace {

/// What is on the way belongs to the fleet, the road or the pipeline; where a haul takes and leaves
/// its cargo, to the places it knows by now.
void open_carriage(World& world, Carriage& carriage, Place vehicle) {
  if (!carriage.product) {
    return;
  }
  carriage.account =
      world.ledger->open({*carriage.product, LossCause::kOnTheWay, Ledger::kNoMine, vehicle});
  carriage.from.account = carriage.from.yard != nullptr
                              ? carriage.from.yard->account
                              : world.mines[carriage.from.place.index].account;
}

void open_carriages(World& world) {
  for (RailTrip& trip : world.trips) {
    open_carriage(world, trip.carriage, {Place::Kind::kFleet, trip.fleet->id.index()});
  }
  for (RoadState& road : world.roads) {
    open_carriage(
        world, road.carriage, {Place::Kind::kRoad, static_cast<std::uint32_t>(road.index)});
  }
  for (PipelineState& pipe : world.pipelines) {
    open_carriage(
        world, pipe.carriage, {Place::Kind::kPipeline, static_cast<std::uint32_t>(pipe.index)});
  }
}

Links link_of(Haulage const& haul) {
  return haul.rail != nullptr   ? haul.rail->fleet->link
         : haul.road != nullptr ? haul.road->link
                                : haul.pipe->link;
}

Carriage const& carriage_of(Haulage const& haul) {
  return haul.rail != nullptr   ? haul.rail->carriage
         : haul.road != nullptr ? haul.road->carriage
                                : haul.pipe->carriage;
}

void open_plants(World& world) {
  for (PlantState& plant : world.plants) {
    Place const here{Place::Kind::kPlant, plant.id.index()};
    for (PlantState::Flow& input : plant.inputs) {
      input.in_work =
          world.ledger->open({input.product, LossCause::kInPlant, Ledger::kNoMine, here});
      input.worked_up =
          world.ledger->open({input.product, LossCause::kWorked, Ledger::kNoMine, here});
    }
  }
}

/// False when it was there already.
template <class T>
bool add_new(std::vector<T>& list, T thing) {
  if (std::find(list.begin(), list.end(), thing) != list.end()) {
    return false;
  }
  list.push_back(thing);
  return true;
}

void follow(Haulage const& haul, MineState& mine, std::vector<Yard const*>& seen);

void follow_yard(Yard const& yard, MineState& mine, std::vector<Yard const*>& seen) {
  if (add_new<Yard const*>(seen, &yard)) {
    for (Haulage const& next : yard.taken_by) {
      follow(next, mine, seen);
    }
  }
}

void follow_from(Destination const& to, MineState& mine, std::vector<Yard const*>& seen) {
  if (to.yard == nullptr) {
    return;  // inbound cargo is used up on the spot
  }
  if (to.port != nullptr) {
    add_new<PortState const*>(mine.ports, to.port);
  } else {
    follow_yard(*to.yard, mine, seen);
  }
}

/// Everything a pile may have to wait for from this haul down to the ships: several ports, where
/// hauls to them part at a hub or the trains bring other products there too.
void follow(Haulage const& haul, MineState& mine, std::vector<Yard const*>& seen) {
  if (haul.plant != nullptr) {
    add_new<PlantState const*>(mine.plants, haul.plant);
    for (PlantState::Flow const& output : haul.plant->outputs) {
      follow_yard(*output.yard, mine, seen);
    }
    return;
  }
  if (haul.rail == nullptr) {
    if (haul.pipe != nullptr) {
      add_new<PipelineState const*>(mine.pipelines, haul.pipe);
    }
    follow_from(carriage_of(haul).to, mine, seen);
    return;
  }
  for (RailTrip const* trip : haul.rail->fleet->trips) {
    add_new<Tipple const*>(mine.tipples, trip->carriage.to.tipple);
    follow_from(trip->carriage.to, mine, seen);
  }
}

/// A bit for each fleet, road, pipeline, plant and port; a mine with hubs behind it may rest on any
/// of them.
void number_links(World& world) {
  std::uint32_t count = 0;
  auto const next = [&count] { return Links{1} << (count++ % 64); };
  for (FleetState& fleet : world.fleets) {
    fleet.link = next();
  }
  for (RoadState& road : world.roads) {
    road.link = next();
  }
  for (PipelineState& pipe : world.pipelines) {
    pipe.link = next();
  }
  for (PlantState& plant : world.plants) {
    plant.link = next();
  }
  for (PortState& port : world.ports) {
    port.link = next();
  }
  for (MineState& mine : world.mines) {
    Haulage const& haul = mine.taken_by;
    if (!haul.exists()) {
      continue;
    }
    mine.first_link = link_of(haul);
    std::vector<Yard const*> hub_yards;
    follow(haul, mine, hub_yards);
    mine.all_links = hub_yards.empty() ? mine.first_link : kAllLinks;
    for (PortState const* port : mine.ports) {
      mine.all_links |= port->link;
    }
  }
}

/// Everything mined or not mined, mine by mine.
void book_mines(World& world) {
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    MineState const& mine = world.mines[m];
    ProductId const product = world.model.mines[MineId{m}].product;
    auto const account = [&](LossCause cause) {
      return world.ledger->open({product, cause, m, {Place::Kind::kMine, m}});
    };
    Ledger::Account const outage = account(LossCause::kOutage);
    Ledger::Account const made_good = account(LossCause::kMadeGood);
    Ledger::Account const struck = account(LossCause::kMineHazard);
    Ledger::Account const beyond = account(LossCause::kReserveUsedUp);
    auto const& years = mine.stock.years();
    for (std::size_t y = 0; y < years.size(); ++y) {
      world.ledger->book(outage, y, years[y].outage);
      world.ledger->book(made_good, y, years[y].made_good);
      world.ledger->book(struck, y, years[y].struck);
      world.ledger->book(beyond, y, years[y].beyond_reserve);
      world.ledger->book(mine.account, y, years[y].made);
      world.life.losses.plan[product][y] += tonnes(years[y].planned);
    }
  }
}

/// What lies in a yard of a port when a year ends, by what it waits for.
struct PortStock {
  double called = 0;
  double unsold = 0;
  double part = 0;
};

PortStock split(double stock, ContractState::YearEnd const& end) {
  double const called = std::min(stock, std::max(0.0, end.awaited));
  double const rest = stock - called;
  return {called, end.unsold ? rest : 0.0, end.unsold ? 0.0 : rest};
}

/// Divides the changes of a port's stock by what it waited for: the parts sum to the change.
void book_port_stock(World& world, ContractState const& contract) {
  Ledger& ledger = *world.ledger;
  ProductId const product = contract.contract->product;
  Place const port{Place::Kind::kPort, contract.port->id.index()};
  Ledger::Account const unsold = ledger.open({product, LossCause::kUnsold, Ledger::kNoMine, port});
  Ledger::Account const part = ledger.open({product, LossCause::kPartLot, Ledger::kNoMine, port});
  std::vector<PortStock> stocks;
  for (std::size_t y = 0; y < contract.year_ends.size(); ++y) {
    stocks.push_back(split(ledger.balance(contract.yard->account, y), contract.year_ends[y]));
  }
  PortStock before;
  for (std::size_t y = 0; y < stocks.size(); ++y) {
    double const to_unsold = stocks[y].unsold - before.unsold;
    double const to_part = stocks[y].part - before.part;
    ledger.book(unsold, y, to_unsold);
    ledger.book(part, y, to_part);
    ledger.book(contract.yard->account, y, -(to_unsold + to_part));
    before = stocks[y];
  }
}

bool is_all_zero(std::vector<double> const& sheet) {
  return std::all_of(sheet.begin(), sheet.end(), [](double amount) { return amount == 0; });
}

}  // namespace

void open_accounts(World& world) {
  if (!world.ledger) {
    return;
  }
  Ledger& ledger = *world.ledger;
  auto const open = [&](ProductId product, LossCause cause, Place place) {
    return ledger.open({product, cause, Ledger::kNoMine, place});
  };
  for (std::uint32_t m = 0; m < world.mines.size(); ++m) {
    world.mines[m].account =
        open(world.model.mines[MineId{m}].product, LossCause::kStock, {Place::Kind::kMine, m});
    world.mines[m].stock.keep_full_stretches();
  }
  for (std::uint32_t h = 0; h < world.hubs.size(); ++h) {
    for (Yard& yard : world.hubs[h].yards) {
      yard.account = open(yard.product, LossCause::kStock, {Place::Kind::kHub, h});
    }
  }
  for (PortState& port : world.ports) {
    Place const place{Place::Kind::kPort, port.id.index()};
    for (Yard& yard : port.yards) {
      bool const is_sold =
          std::any_of(world.contracts.begin(), world.contracts.end(), [&](ContractState const& c) {
            return c.port == &port && c.contract->product == yard.product;
          });
      yard.account =
          open(yard.product, is_sold ? LossCause::kAwaitsShip : LossCause::kUnsold, place);
    }
  }
  for (ContractState& contract : world.contracts) {
    contract.account = open(contract.contract->product,
                            LossCause::kAboard,
                            {Place::Kind::kPort, contract.port->id.index()});
  }
  open_carriages(world);
  open_plants(world);
  number_links(world);
}

void close_ledger(World& world) {
  if (!world.ledger) {
    return;
  }
  book_mines(world);
  for (ContractState const& contract : world.contracts) {
    book_port_stock(world, contract);
  }
  carry_losses_through_plants(world);
  for (auto const& [line, account] : world.ledger->accounts()) {
    auto const& sheet = world.ledger->sheet(account);
    if (is_all_zero(sheet)) {
      continue;
    }
    Loss loss{.product = line.product,
              .cause = line.cause,
              .mine = {},
              .where = words(world.model, line.place),
              .years = {}};
    if (line.mine != Ledger::kNoMine) {
      loss.mine = MineId{line.mine};
    }
    for (double const amount : sheet) {
      loss.years.push_back(tonnes(amount));
    }
    world.life.losses.entries.push_back(std::move(loss));
  }
}

void note_year_end(ContractState& contract) {
  contract.year_ends.push_back({contract.awaited, contract.calling == Calling::kNotSold});
}

}  // namespace tidewater::corridor
