/// Hazards on lines, and cargo lost at places. (Closures of mines, hubs and ports are spells drawn
/// beforehand: build.cpp.)

#include <algorithm>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

/// Which section an event strikes: by length for the part of the rate that grows with length, else
/// each alike.
std::size_t struck_section(Hazard const& hazard,
                           LineStretch const& stretch,
                           LineState const& line,
                           double u) {
  double const each = hazard.rate.base() / static_cast<double>(stretch.last - stretch.first + 1);
  double total = 0;
  for (std::size_t s = stretch.first; s <= stretch.last; ++s) {
    total += each + hazard.per_length.base() * line.line->sections[s].length.base();
  }
  double left = u * total;
  for (std::size_t s = stretch.first; s < stretch.last; ++s) {
    left -= each + hazard.per_length.base() * line.line->sections[s].length.base();
    if (left < 0) {
      return s;
    }
  }
  return stretch.last;
}

double events_per_second(Hazard const& hazard, LineStretch const& stretch, LineState const& line) {
  double rate = hazard.rate.base();
  for (std::size_t s = stretch.first; s <= stretch.last; ++s) {
    rate += hazard.per_length.base() * line.line->sections[s].length.base();
  }
  return rate;
}

/// Cargo of a hub from which several ports are served is anybody's: each bears the part that its
/// mines have in all that was sent there.
void take_from_lots(std::span<ContractState* const> contracts, double amount) {
  double sent = 0;
  for (ContractState const* contract : contracts) {
    sent += contract->on_wheels;
  }
  for (ContractState* contract : contracts) {
    contract->on_wheels -= amount * (contracts.size() == 1 ? 1 : contract->on_wheels / sent);
  }
}

void lose_from_train(World& world, Consist& consist, Mass loss, Place section) {
  if (consist.load > 0 && consist.product) {
    double const lost = std::min(consist.load, dry_tonnes(loss, world.moisture(*consist.product)));
    consist.load -= lost;
    world.totals[*consist.product].on_wheels -= lost;
    Carriage const& carriage = consist.trip->carriage;
    std::size_t const contracts = carriage.contract != nullptr ? 1 : 0;
    world.lose(
        *consist.product, lost, {{&carriage.contract, contracts}, carriage.account, section});
  }
}

void book_closure(World& world, LineStretch const& stretch, SectionClosure const& closure) {
  LineState& line = world.lines[stretch.line.index()];
  double const from = closure.from.base();
  double const until = std::min(closure.until.base(), world.calendar.end());
  line.closed[closure.section] += std::max(0.0, until - from);
  auto& years = world.life.lines[stretch.line].years;
  world.calendar.each_year(from, until, [&years](std::size_t year, double a, double b) {
    years[year].closed += Time{b - a};
  });
  if (world.sees(from, until)) {
    world.detail.closures.push_back(closure);
  }
}

void lose_from_yards(World& world, std::deque<Yard>& yards, Mass loss, Place place) {
  double wet_left = loss.in(units::t);
  for (Yard& yard : yards) {
    double const dry_share = 1 - world.moisture(yard.product);
    double const taken = yard.cargo.take_up_to(std::max(0.0, wet_left) * dry_share);
    if (taken > 0) {
      yard.clear(taken);
      world.lose(yard.product, taken, {yard.contracts, yard.account, place});
      wet_left -= taken / dry_share;
    }
  }
}

}  // namespace

des::Process strike_line(World& world, Hazard const& hazard, LineState& line) {
  LineStretch const stretch = std::get<LineStretch>(hazard.where);
  Stream events = world.env.stream(hazard.id, "events");
  double const mean_gap = 1 / events_per_second(hazard, stretch, line);
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  while (true) {
    co_await world.env.hold_or_throw(events.exponential(mean_gap));
    std::size_t const section = struck_section(hazard, stretch, line, events.uniform());
    double const now = world.now();
    double const until = now + events.exponential(hazard.mean_repair.base());
    Place const place{
        Place::Kind::kLine, stretch.line.index(), static_cast<std::uint32_t>(section) + 1};
    note(world, kAllLinks);
    for (Track& track : line.tracks) {
      TrainGraph::Caught const caught = track.graph.shut(section, now, until);
      if (caught.any && track.train_of[caught.path] != nullptr) {
        lose_from_train(world, *track.train_of[caught.path], hazard.loss, place);
      }
      note_delays(world, track);
    }
    book_closure(world, stretch, {stretch.line, section, Time{now}, Time{until}, hazard.id});
  }
}

des::Process lose_stock(World& world, Hazard const& hazard) {
  for (Spell const& spell : hazard_spells(
           world.env.stream(hazard.id, "events"), hazard, world.opening, world.calendar.end())) {
    co_await world.env.hold_or_throw(std::max(0.0, spell.from - world.now()));
    if (auto const* mine = std::get_if<MineId>(&hazard.where); mine != nullptr) {
      ProductId const product = world.model.mines[*mine].product;
      double const wanted = dry_tonnes(hazard.loss, world.moisture(product));
      double const taken = world.mines[mine->index()].stock.take(world.now(), wanted);
      world.lose(product,
                 taken,
                 {{}, world.mines[mine->index()].account, {Place::Kind::kMine, mine->index()}});
    } else if (auto const* hub = std::get_if<HubId>(&hazard.where); hub != nullptr) {
      lose_from_yards(
          world, world.hubs[hub->index()].yards, hazard.loss, {Place::Kind::kHub, hub->index()});
    } else if (auto const* port = std::get_if<PortId>(&hazard.where); port != nullptr) {
      lose_from_yards(world,
                      world.ports[port->index()].yards,
                      hazard.loss,
                      {Place::Kind::kPort, port->index()});
    }
  }
}

void World::lose(ProductId product, double amount, LostFrom const& from) {
  totals[product].lost += amount;
  life.products[product][year()].lost += tonnes(amount);
  if (ledger) {
    move(from.account,
         ledger->open({product, LossCause::kLost, Ledger::kNoMine, from.place}),
         amount);
  }
  take_from_lots(from.contracts, amount);
}

}  // namespace tidewater::corridor
