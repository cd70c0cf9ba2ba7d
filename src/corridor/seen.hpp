#pragma once
/// The watched window as it is looked at to tell what an asset did: look-ups in what was seen, and
/// the telling itself. Between two moments at which anything is seen to change all stays as it is,
/// so one look in the middle tells a stretch.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tidewater/corridor/life.hpp"

namespace tidewater::corridor {

template <class Spell>
[[nodiscard]] bool holds(Spell const& spell, Time t) {
  return spell.from <= t && t < spell.until;
}
[[nodiscard]] std::string consist_name(CorridorModel const& model, FleetId fleet, int consist);
[[nodiscard]] std::string joined(std::vector<std::string> const& parts);

struct Seen {
  CorridorModel const& model;
  Detail const& detail;

  /// "07:12", with the date where it is not the day of `now`.
  [[nodiscard]] std::string clock(Time t, Time now) const;
  /// Of several at once, the one that ends last.
  [[nodiscard]] PlaceClosure const* closure(Place where, Time t) const;
  /// "monsoon until 07:12"; empty when nothing closes it.
  [[nodiscard]] std::string closed_by(Place where, Time t) const;
  /// The same by a hazard, which alone stops work on land.
  [[nodiscard]] std::string struck_by(Place where, Time t) const;
  /// The same of a berth by its repair or a hazard of its port.
  [[nodiscard]] std::string broken_by(Place berth, Time t) const;
  [[nodiscard]] std::string shut_by(LineId id, std::size_t section, Time t) const;
  [[nodiscard]] std::vector<ConsistSpell const*> there(Place place, Doing doing, Time t) const;
  [[nodiscard]] std::string names(std::vector<ConsistSpell const*> const& spells) const;
  /// Where a train was on a line; null when it was on none.
  [[nodiscard]] TrainString const* string_at(FleetId fleet, int consist, Time t) const;
  /// What a berth's state is because of.
  [[nodiscard]] std::string berth_because(BerthSpell const& spell, Time t) const;

 private:
  [[nodiscard]] std::string until(PlaceClosure const* closure, Time t) const;
  [[nodiscard]] std::string no_ship(BerthSpell const& spell, Time t) const;
  [[nodiscard]] std::string next_ship(std::size_t contract, Time t) const;
};

struct Said {
  std::string state;
  std::string because{};
  bool operator==(Said const&) const = default;
};

class Telling {
 public:
  explicit Telling(Watch const& window) : window_{window} {}

  /// Notes that something changes as each of these begins and ends.
  template <class Spells, class Counts>
  void turns_at(Spells const& spells, Counts const& counts) {
    for (auto const& spell : spells) {
      if (counts(spell)) {
        turns_.push_back(spell.from);
        turns_.push_back(spell.until);
      }
    }
  }
  template <class Spells>
  void turns_at(Spells const& spells) {
    turns_at(spells, [](auto const&) { return true; });
  }

  /// Tells the window from turn to turn: `look` says what was so at an instant.
  template <class Look>
  void tell(std::string const& part, Look const& look) {
    turns_.push_back(window_.from);
    turns_.push_back(window_.until);
    std::sort(turns_.begin(), turns_.end());
    Said last;
    bool first = true;
    for (std::size_t i = 0; i + 1 < turns_.size(); ++i) {
      Time const from = std::max(turns_[i], window_.from);
      Time const until = std::min(turns_[i + 1], window_.until);
      if (!(until > from)) {
        continue;
      }
      Said said = look(0.5 * (from + until));
      if (!first && said == last) {
        told_.back().until = until;
      } else {
        told_.push_back({part, from, until, said.state, said.because});
      }
      last = std::move(said);
      first = false;
    }
    turns_.clear();
  }

  void turn_at(Time t) { turns_.push_back(t); }
  [[nodiscard]] std::vector<Stretch> told() && { return std::move(told_); }

 private:
  Watch window_;
  std::vector<Time> turns_;
  std::vector<Stretch> told_;
};

// port_day.cpp, train_day.cpp
void tell_port(Seen const& seen, Telling& telling, Place port);
void tell_berth(Seen const& seen, Telling& telling, Place berth);
void tell_line(Seen const& seen, Telling& telling, LineId line);
/// One consist of the fleet, counted from 1, or all of them where `part` is 0.
void tell_fleet(Seen const& seen, Telling& telling, FleetId fleet, std::uint32_t part);
/// Where trains are unloaded, and where they are loaded; nothing where none are.
void tell_unloading(Seen const& seen, Telling& telling, Place place);
void tell_load_out(Seen const& seen, Telling& telling, Place place);

}  // namespace tidewater::corridor
