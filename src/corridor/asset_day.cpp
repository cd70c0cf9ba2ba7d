/// From what was seen in the watched window to what one asset did in it.

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

#include "seen.hpp"
#include "stops.hpp"

namespace tidewater::corridor {

namespace {

using Kind = Place::Kind;

/// Where a pipeline begins and ends.
std::array<Place, 2> ends_of(CorridorModel const& model, PipelineHaul const* pipe) {
  for (Between const& one : hauls_of(model)) {
    if (std::get_if<PipelineHaul>(one.haul) == pipe) {
      return {one.from, one.to};
    }
  }
  TW_EXPECTS(false, "a pipeline belongs to a route");
  return {};
}

class LandDay {
 public:
  LandDay(Seen const& seen, Telling& telling) : seen_{seen}, telling_{telling} {}

  void mine(Place place) {
    telling_.turns_at(seen_.detail.trace.closures,
                      [&](PlaceClosure const& c) { return c.where == place; });
    telling_.turns_at(seen_.detail.trace.full_piles,
                      [&](PileFull const& full) { return full.mine.index() == place.index; });
    auto const& output = seen_.model.mines[MineId{place.index}].output;
    for (RateStep const& step : output) {
      telling_.turn_at(step.from);
    }
    telling_.turns_at(seen_.detail.trace.used_up,
                      [&](ReserveUsedUp const& end) { return end.mine.index() == place.index; });
    telling_.tell("mine", [&](Time t) { return mining(place, t); });
    tell_load_out(seen_, telling_, place);
    tell_unloading(seen_, telling_, place);
  }

  void hub(Place place) {
    telling_.turns_at(seen_.detail.trace.closures,
                      [&](PlaceClosure const& c) { return c.where == place; });
    telling_.tell("hub", [&](Time t) -> Said {
      std::string const struck = seen_.struck_by(place, t);
      return struck.empty() ? Said{"open"} : Said{"struck", struck};
    });
    tell_unloading(seen_, telling_, place);
    tell_load_out(seen_, telling_, place);
  }

  void plant(Place place) {
    Plant const& plant = seen_.model.plants[PlantId{place.index}];
    Place const hub{Kind::kHub, plant.hub.index()};
    auto const here = [&](PlantSpell const& spell) { return spell.plant.index() == place.index; };
    telling_.turns_at(seen_.detail.trace.plants, here);
    telling_.turns_at(seen_.detail.trace.closures,
                      [&](PlaceClosure const& c) { return c.where == place || c.where == hub; });
    telling_.tell("plant", [&](Time t) -> Said {
      for (PlantSpell const& spell : seen_.detail.trace.plants) {
        if (!here(spell) || !holds(spell, t)) {
          continue;
        }
        if (spell.working == Working::kWorking) {
          return at_work(place, std::array{hub}, t, name(spell.working));
        }
        return {std::string{name(spell.working)},
                spell.product.valid() ? seen_.model.products[spell.product].id : ""};
      }
      return {"not open"};
    });
  }

  void road(std::size_t index) {
    RoadHaul const& haul = *road_hauls(seen_.model)[index];
    auto const here = [index](TruckSpell const& spell) { return spell.road == index; };
    telling_.turns_at(seen_.detail.trace.trucks, here);
    telling_.tell("trucks", [&](Time t) -> Said {
      for (TruckSpell const& spell : seen_.detail.trace.trucks) {
        if (here(spell) && holds(spell, t)) {
          std::string const full = spell.awaiting_room > 0 ? "the yard is full" : "";
          return {fmt::format("{} of {} at home, {} platoons before the yard",
                              spell.at_home,
                              haul.trucks,
                              spell.awaiting_room),
                  full};
        }
      }
      return {"not open"};
    });
  }

  void pipeline(Place place) {
    auto const here = [&](PumpSpell const& spell) { return spell.pipeline == place.index; };
    auto const ends = ends_of(seen_.model, pipeline_hauls(seen_.model)[place.index]);
    auto const closes = [&](PlaceClosure const& c) {
      return c.where == place || c.where == ends[0] || c.where == ends[1];
    };
    telling_.turns_at(seen_.detail.trace.pumps, here);
    telling_.turns_at(seen_.detail.trace.closures, closes);
    telling_.tell("pumps", [&](Time t) -> Said {
      for (PumpSpell const& spell : seen_.detail.trace.pumps) {
        if (!here(spell) || !holds(spell, t)) {
          continue;
        }
        return spell.pumping == Pumping::kPumping ? at_work(place, ends, t, name(spell.pumping))
                                                  : Said{std::string{name(spell.pumping)}};
      }
      return {"not open"};
    });
  }

 private:
  /// A batch is in the works; they stand while they are down or one of their places is struck.
  [[nodiscard]] Said at_work(Place works,
                             std::span<Place const> places,
                             Time t,
                             std::string_view work) const {
    if (seen_.closure(works, t) != nullptr) {
      return {"down", seen_.closed_by(works, t)};
    }
    for (Place const place : places) {
      if (auto why = seen_.struck_by(place, t); !why.empty()) {
        return {"struck", fmt::format("{}: {}", words(seen_.model, place), why)};
      }
    }
    return {std::string{work}};
  }

  [[nodiscard]] Said mining(Place place, Time t) const {
    for (ReserveUsedUp const& end : seen_.detail.trace.used_up) {
      if (end.mine.index() == place.index && holds(end, t)) {
        return {"reserve used up"};
      }
    }
    if (PlaceClosure const* const one = seen_.closure(place, t); one != nullptr) {
      bool const down = one->by == PlaceClosure::By::kOutage;
      return {down ? "down" : "struck", seen_.closed_by(place, t)};
    }
    for (PileFull const& full : seen_.detail.trace.full_piles) {
      if (full.mine.index() == place.index && holds(full, t)) {
        return {"stockpile full", blame(full)};
      }
    }
    MassRate rate{};
    for (RateStep const& step : seen_.model.mines[MineId{place.index}].output) {
      rate = step.from <= t ? step.rate : rate;
    }
    return {rate > MassRate{} ? "up" : "no output planned"};
  }

  /// The greatest part first.
  [[nodiscard]] std::string blame(PileFull const& full) const {
    auto because = full.because;
    std::stable_sort(because.begin(), because.end(), [](auto const& a, auto const& b) {
      return a.weight > b.weight;
    });
    std::vector<std::string> parts;
    parts.reserve(because.size());
    for (PileFull::Because const& one : because) {
      parts.push_back(because.size() == 1
                          ? fmt::format("{} ({})", name(one.cause), words(seen_.model, one.where))
                          : fmt::format("{:.0f} % {} ({})",
                                        100 * one.weight,
                                        name(one.cause),
                                        words(seen_.model, one.where)));
    }
    return joined(parts);
  }

  Seen const& seen_;
  Telling& telling_;
};

void tell(Seen const& seen, Telling& telling, Place asset) {
  switch (asset.kind) {
    case Kind::kMine:
      return LandDay{seen, telling}.mine(asset);
    case Kind::kHub:
      return LandDay{seen, telling}.hub(asset);
    case Kind::kPort:
      return tell_port(seen, telling, asset);
    case Kind::kBerth:
      return tell_berth(seen, telling, asset);
    case Kind::kLine:
      return tell_line(seen, telling, LineId{asset.index});
    case Kind::kRoad:
      return LandDay{seen, telling}.road(asset.index);
    case Kind::kFleet:
      return tell_fleet(seen, telling, FleetId{asset.index}, asset.part);
    case Kind::kPipeline:
      return LandDay{seen, telling}.pipeline(asset);
    case Kind::kPlant:
      return LandDay{seen, telling}.plant(asset);
    case Kind::kContract:
      return;
  }
}

}  // namespace

std::vector<Asset> assets(CorridorModel const& model) {
  std::vector<Asset> all;
  auto const add = [&all](Kind kind, auto const& things) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
      all.push_back({things.begin()[i].id, {kind, i}});
    }
  };
  add(Kind::kMine, model.mines);
  add(Kind::kHub, model.hubs);
  add(Kind::kPlant, model.plants);
  add(Kind::kPort, model.ports);
  for (std::uint32_t p = 0; p < model.ports.size(); ++p) {
    Port const& port = model.ports[PortId{p}];
    for (std::uint32_t b = 0; b < port.berths.size(); ++b) {
      all.push_back({fmt::format("{} berth {}", port.id, port.berths[b].id), {Kind::kBerth, p, b}});
    }
  }
  add(Kind::kLine, model.lines);
  std::uint32_t road = 0;
  for (RoadHaul const* haul : road_hauls(model)) {
    all.push_back({haul->id, {Kind::kRoad, road++}});
  }
  std::uint32_t pipeline = 0;
  for (PipelineHaul const* haul : pipeline_hauls(model)) {
    all.push_back({haul->id, {Kind::kPipeline, pipeline++}});
  }
  add(Kind::kFleet, model.fleets);
  for (std::uint32_t f = 0; f < model.fleets.size(); ++f) {
    for (int c = 0; c < model.fleets[FleetId{f}].consists; ++c) {
      all.push_back({consist_name(model, FleetId{f}, c),
                     {Kind::kFleet, f, static_cast<std::uint32_t>(c) + 1}});
    }
  }
  return all;
}

std::vector<Stretch> stretches(CorridorModel const& model, Detail const& detail, Place asset) {
  Telling telling{detail.window};
  tell({model, detail}, telling, asset);
  return std::move(telling).told();
}

}  // namespace tidewater::corridor
