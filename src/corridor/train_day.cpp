/// Lines, trains, and where trains are loaded and unloaded, in the watched window.

#include <algorithm>

#include <fmt/format.h>

#include "seen.hpp"
#include "stops.hpp"

namespace tidewater::corridor {

namespace {

using Kind = Place::Kind;

/// Whether trains, not trucks alone, are served at the place: `end` is where a haul meets it.
bool serves_trains(CorridorModel const& model, Place place, Place Between::*end) {
  auto const hauls = hauls_of(model);
  return std::any_of(hauls.begin(), hauls.end(), [&](Between const& one) {
    return one.*end == place && std::holds_alternative<RailHaul>(*one.haul);
  });
}

class TrainDay {
 public:
  TrainDay(Seen const& seen, Telling& telling) : seen_{seen}, telling_{telling} {}

  void line(LineId id) {
    for (std::size_t s = 0; s < seen_.model.lines[id].sections.size(); ++s) {
      auto const here = [&](SectionClosure const& c) { return c.line == id && c.section == s; };
      telling_.turns_at(seen_.detail.closures, here);
      telling_.tell(fmt::format("section {}", s + 1), [&](Time t) -> Said {
        std::string const shut = seen_.shut_by(id, s, t);
        return shut.empty() ? Said{"open"} : Said{"closed", shut};
      });
    }
    telling_.turns_at(seen_.detail.trace.breakdowns);
    telling_.tell("trains", [&](Time t) -> Said {
      std::string const failed = failed_on(id, t);
      return failed.empty() ? Said{"none has failed"} : Said{"failed on the line", failed};
    });
  }

  void fleet(FleetId id, std::uint32_t part) {
    int const consists = seen_.model.fleets[id].consists;
    for (int c = 0; c < consists; ++c) {
      if (part == 0 || part == static_cast<std::uint32_t>(c) + 1) {
        consist(id, c);
      }
    }
  }

  /// A machine that serves trains: at work on those that are `served`; else closed, or without work
  /// because trains there wait for something else, or because none is there.
  struct Machine {
    char const* part;
    Doing served;
    Doing blocked;
    char const* blocked_by;
  };
  void machine(Place place, Machine const& m) {
    telling_.turns_at(seen_.detail.trace.consists,
                      [&](ConsistSpell const& one) { return one.at == place; });
    telling_.turns_at(seen_.detail.trace.closures,
                      [&](PlaceClosure const& c) { return c.where == place; });
    telling_.tell(m.part, [&](Time t) -> Said {
      auto const served = seen_.there(place, m.served, t);
      std::string const struck = seen_.struck_by(place, t);
      if (!struck.empty()) {
        return {"closed", struck + (served.empty() ? "" : ", with " + seen_.names(served))};
      }
      if (!served.empty()) {
        return {std::string{name(m.served)}, seen_.names(served)};
      }
      auto const blocked = seen_.there(place, m.blocked, t);
      return {"idle", blocked.empty() ? "no train there" : m.blocked_by + seen_.names(blocked)};
    });
  }

 private:
  /// "trains 2 until 07:12"; empty when none has failed.
  [[nodiscard]] std::string failed_on(LineId id, Time t) const {
    std::vector<std::string> trains;
    for (Breakdown const& failed : seen_.detail.trace.breakdowns) {
      auto const* const string = seen_.string_at(failed.fleet, failed.consist, failed.from);
      if (string != nullptr && string->line == id && holds(failed, t)) {
        trains.push_back(fmt::format("{} until {}",
                                     consist_name(seen_.model, failed.fleet, failed.consist),
                                     seen_.clock(failed.until, t)));
      }
    }
    return joined(trains);
  }

  /// What it was seen at work beside changes too, so every turn counts.
  void consist(FleetId id, int number) {
    telling_.turns_at(seen_.detail.trace.consists);
    telling_.turns_at(seen_.detail.trace.closures);
    telling_.turns_at(seen_.detail.closures);
    telling_.turns_at(seen_.detail.berths);
    telling_.turns_at(seen_.detail.trace.calls);
    telling_.turns_at(seen_.detail.trace.callings);
    telling_.turns_at(seen_.detail.trace.breakdowns);
    for (TrainString const& string : seen_.detail.strings) {
      if (string.fleet == id && string.consist == number) {
        for (auto const& point : string.points) {
          telling_.turn_at(point.at);
        }
      }
    }
    telling_.tell(consist_name(seen_.model, id, number), [&](Time t) -> Said {
      for (ConsistSpell const& spell : seen_.detail.trace.consists) {
        if (spell.fleet == id && spell.consist == number && holds(spell, t)) {
          return consist_said(spell, t);
        }
      }
      return {std::string{name(Doing::kIdle)}};
    });
  }

  [[nodiscard]] Said consist_said(ConsistSpell const& spell, Time t) const {
    std::string const place = words(seen_.model, spell.at);
    if (spell.doing == Doing::kUnderWay) {
      return under_way(spell, t);
    }
    if (spell.doing == Doing::kIdle) {
      return {std::string{name(spell.doing)},
              t < seen_.model.opening ? "the corridor is not open" : ""};
    }
    return {fmt::format("{}, {}", name(spell.doing), place), consist_because(spell, t)};
  }

  [[nodiscard]] std::string consist_because(ConsistSpell const& spell, Time t) const {
    switch (spell.doing) {
      case Doing::kAwaitingCargo:
        return awaiting_cargo(spell, t);
      case Doing::kAwaitingLoader:
        return served_first(spell.at, Doing::kLoading, t);
      case Doing::kAwaitingTrack:
        return served_first(spell.at, Doing::kUnloading, t);
      case Doing::kAwaitingRoom:
        return awaiting_room(spell.at, t);
      case Doing::kAwaitingCrew:
        return fmt::format("all of its fleet's crews ({}) are on trains or at rest",
                           seen_.model.fleets[spell.fleet].crews->count);
      default: {
        std::string const struck = seen_.struck_by(spell.at, t);
        return struck.empty() ? "" : "stopped by " + struck;
      }
    }
  }

  [[nodiscard]] std::string awaiting_cargo(ConsistSpell const& spell, Time t) const {
    for (ConsistSpell const* other : seen_.there(spell.at, Doing::kAwaitingCargo, t)) {
      if (other->from < spell.from) {
        return "before it: " + consist_name(seen_.model, other->fleet, other->consist);
      }
    }
    std::string const down =
        spell.at.kind == Kind::kMine ? seen_.closed_by(spell.at, t) : seen_.struck_by(spell.at, t);
    return "no full load lies there" + (down.empty() ? "" : ": " + down);
  }

  [[nodiscard]] std::string served_first(Place at, Doing served, Time t) const {
    std::string const struck = seen_.struck_by(at, t);
    return struck.empty() ? "before it: " + seen_.names(seen_.there(at, served, t))
                          : "closed by " + struck;
  }

  /// The yard is full: of a port, what its berths are about.
  [[nodiscard]] std::string awaiting_room(Place at, Time t) const {
    std::vector<std::string> parts;
    for (BerthSpell const& spell : seen_.detail.berths) {
      if (at.kind == Kind::kPort && spell.port.index() == at.index && holds(spell, t)) {
        Place const place{Kind::kBerth, at.index, static_cast<std::uint32_t>(spell.berth)};
        std::string const because = seen_.berth_because(spell, t);
        parts.push_back(fmt::format("{} {}{}",
                                    words(seen_.model, place),
                                    name(spell.state),
                                    because.empty() ? "" : " (" + because + ")"));
      }
    }
    return "the yard is full" + (parts.empty() ? "" : ": " + joined(parts));
  }

  [[nodiscard]] bool has_failed(FleetId fleet, int consist, Time t) const {
    auto const& all = seen_.detail.trace.breakdowns;
    return std::any_of(all.begin(), all.end(), [&](Breakdown const& one) {
      return one.fleet == fleet && one.consist == consist && holds(one, t);
    });
  }

  [[nodiscard]] Said under_way(ConsistSpell const& spell, Time t) const {
    std::string const to = "for " + words(seen_.model, spell.at);
    if (has_failed(spell.fleet, spell.consist, t)) {
      return {"failed on the line", to};
    }
    TrainString const* const string = seen_.string_at(spell.fleet, spell.consist, t);
    if (string == nullptr) {  // before it sets out, or the life ended before it arrived
      return waiting_to_start(spell, t, to);
    }
    std::size_t step = 0;
    while (string->points[2 * step + 1].at <= t && string->points[2 * step + 2].at <= t) {
      ++step;
    }
    return string->points[2 * step + 1].at <= t ? waiting_for(*string, step + 1, t)
                                                : crossing(*string, step, t, to);
  }

  [[nodiscard]] Said waiting_to_start(ConsistSpell const& spell,
                                      Time t,
                                      std::string const& to) const {
    for (TrainString const& s : seen_.detail.strings) {
      bool const next = s.fleet == spell.fleet && s.consist == spell.consist &&
                        spell.from <= s.points.front().at && s.points.front().at < spell.until &&
                        t < s.points.front().at;
      if (next) {
        return waiting_for(s, 0, t);
      }
    }
    return {"under way", to};
  }

  [[nodiscard]] std::size_t section_of(TrainString const& string, std::size_t step) const {
    return goes_up(string) ? step : seen_.model.lines[string.line].sections.size() - 1 - step;
  }
  [[nodiscard]] static bool goes_up(TrainString const& string) {
    return string.points.front().km < string.points.back().km;
  }

  [[nodiscard]] Said crossing(TrainString const& string,
                              std::size_t step,
                              Time t,
                              std::string const& to) const {
    std::size_t const section = section_of(string, step);
    std::string const where =
        fmt::format("{} section {}", seen_.model.lines[string.line].id, section + 1);
    Time const stands =
        string.points[2 * step + 1].at - string.points[2 * step].at - string.running[step];
    std::string const shut = seen_.shut_by(string.line, section, t);
    if (stands > 1 * units::s && !shut.empty()) {
      return {"standing in " + where, "closed by " + shut};
    }
    bool const loaded = string.load == TrainString::Load::kLoaded;
    return {(loaded ? "running loaded, " : "running empty, ") + where, to};
  }

  /// Stands before the section that comes `step`-th.
  [[nodiscard]] Said waiting_for(TrainString const& string, std::size_t step, Time t) const {
    std::size_t const section = section_of(string, step);
    std::string const where = fmt::format("waiting on {} at km {:.1f}",
                                          seen_.model.lines[string.line].id,
                                          string.points[2 * step].km.in(units::km));
    std::string const shut = seen_.shut_by(string.line, section, t);
    if (!shut.empty()) {
      return {where, fmt::format("section {} closed by {}", section + 1, shut)};
    }
    TrainString const* const before = last_through(string, step);
    if (before == nullptr || before->points.back().at <= t) {
      bool const others = seen_.model.lines[string.line].other_trains > Rate{};
      return {where, others ? "for trains of others" : "for its path"};
    }
    std::string const train = consist_name(seen_.model, before->fleet, before->consist);
    bool const failed = has_failed(before->fleet, before->consist, t);
    return {where, "for " + train + (failed ? ", which has failed" : "")};
  }

  /// The train that left the section last before this one takes it.
  [[nodiscard]] TrainString const* last_through(TrainString const& string, std::size_t step) const {
    std::size_t const section = section_of(string, step);
    Time const enters = string.points[2 * step].at;
    bool const own_track = seen_.model.lines[string.line].tracks == 2;
    TrainString const* last = nullptr;
    Time latest{};
    for (TrainString const& other : seen_.detail.strings) {
      if (&other == &string || other.line != string.line ||
          (own_track && goes_up(other) != goes_up(string))) {
        continue;
      }
      std::size_t const at =
          goes_up(other) ? section : seen_.model.lines[other.line].sections.size() - 1 - section;
      Time const left = other.points[2 * at + 1].at;
      if (left <= enters && (last == nullptr || left > latest)) {
        last = &other;
        latest = left;
      }
    }
    return last;
  }

  Seen const& seen_;
  Telling& telling_;
};

}  // namespace

void tell_line(Seen const& seen, Telling& telling, LineId line) {
  TrainDay{seen, telling}.line(line);
}

void tell_fleet(Seen const& seen, Telling& telling, FleetId fleet, std::uint32_t part) {
  TrainDay{seen, telling}.fleet(fleet, part);
}

void tell_unloading(Seen const& seen, Telling& telling, Place place) {
  if (!serves_trains(seen.model, place, &Between::to)) {
    return;
  }
  TrainDay{seen, telling}.machine(
      place,
      {"unloading", Doing::kUnloading, Doing::kAwaitingRoom, "room in the yard is awaited by "});
}

void tell_load_out(Seen const& seen, Telling& telling, Place place) {
  if (!serves_trains(seen.model, place, &Between::from)) {
    return;
  }
  TrainDay{seen, telling}.machine(
      place, {"load-out", Doing::kLoading, Doing::kAwaitingCargo, "a full load is awaited by "});
}

}  // namespace tidewater::corridor
