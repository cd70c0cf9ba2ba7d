#pragma once
/// Looks a model through for faults, all in one pass: faults.cpp for the land, port_faults.cpp for
/// ports and ships.

#include <cmath>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tidewater/corridor/model.hpp"

#include "spells.hpp"

namespace tidewater::corridor {

/// Share of a section other trains may take; above it the mean wait grows past all use.
inline constexpr double kMostOthers = 0.95;

class Examiner {
 public:
  Examiner(CorridorModel const& model, std::string where)
      : model_{&model}, where_{std::move(where)} {}
  Diagnostics examine();

 private:
  void fault(std::string const& place, std::string what, std::string remedy) {
    found_.push_back(
        {Severity::kError, where_ + place, std::move(what), std::move(remedy), {}, {}});
  }
  template <class Q>
  void above_zero(std::string const& place, Q q, char const* what) {
    if (!(q > Q{}) || !std::isfinite(q.base())) {
      fault(place, fmt::format("{} must be above zero", what), "give a positive value");
    }
  }
  template <class Q>
  void not_negative(std::string const& place, Q q, char const* what) {
    if (!(q >= Q{}) || !std::isfinite(q.base())) {
      fault(place, fmt::format("{} must not be negative", what), "give zero or more");
    }
  }
  template <class I, class T>
  static bool is_known(I id, IdVector<I, T> const& things) {
    return id.valid() && id.index() < things.size();
  }
  template <class I, class T>
  bool opens(std::string const& place, I id, IdVector<I, T> const& things, char const* kind) {
    bool const good = is_known(id, things);
    if (!good) {
      fault(place, fmt::format("names a {} that is not in the model", kind), "name one that is");
    }
    return good;
  }
  void unique(std::string const& place, std::string const& id) {
    if (!ids_.insert(id).second) {
      fault(place,
            fmt::format("the name '{}' is used twice: its random streams would be the same", id),
            "give each thing a name of its own");
    }
  }
  void steps(std::string const& place, std::vector<RateStep> const& steps);
  void reliability(std::string const& place, Reliability const& r);
  void counts();
  void count(char const* what, std::size_t number, std::size_t most);
  void mines();
  void hubs();
  void lines();
  void possessions(std::string const& place, RailLine const& line);
  void others(std::string const& place, RailLine const& line, std::span<Spells const> shut);
  void run_between(std::string const& place, RailLeg const& leg);
  void fleets();
  void pipeline(std::string const& place, PipelineHaul const& pipe);
  void room_for_pipe(std::string const& place, PipelineHaul const& pipe, Mass yard);
  void room_at_hub(std::string const& place, Haul const& in, Haul const& out, Mass yard);
  [[nodiscard]] bool begins_somewhere(Route const& route) const;
  [[nodiscard]] bool ends_somewhere(Route const& route) const;
  bool leads_on(std::string const& place, Route const& route);
  void rooms(std::string const& place, Route const& route);
  void routes();
  void plants();
  void recipe(std::string const& place, Plant const& plant);
  void serves_plants(std::string const& place, Route const& route);
  void fleets_of_inputs(Plant const& plant);
  [[nodiscard]] bool goes_into(Plant const& plant, ProductId product) const;
  void flows(Plant const& plant);
  void flow(Plant const& plant, ProductId product, Mass dry_part, bool comes);
  void inbound();
  void ports();
  void berths(std::string const& place, Port const& port);
  void contracts();
  void berthed(std::string const& place,
               Ship const& ship,
               Port const& port,
               std::vector<std::size_t> const& berths);
  void passes(std::string const& place, Ship const& ship, Port const& port);
  void harbour(std::string const& place, Port const& port);
  void other_ships(std::string const& place, Port const& port);
  void pours(std::string const& place, ShippingContract const& terms, Mass yard);
  void hazards();
  void haul(std::string const& place, Haul const& haul);
  void rail(std::string const& place, RailHaul const& haul);
  void fleet_ends();
  void crews(std::string const& place, Crews const& crews);
  void duties();

  CorridorModel const* model_;
  std::string where_;
  Diagnostics found_;
  std::set<std::string> ids_;
  std::vector<Route const*> known_routes_{};           ///< whose ends and hubs are in the model
  Time end_{};                                         ///< of the life
  std::map<std::string, std::vector<Spells>> shut_{};  ///< possessions of each line, by section
};

/// Wet; nothing when the haul's fleet is not in the model.
[[nodiscard]] Mass payload_of(CorridorModel const& model, Haul const& haul);
[[nodiscard]] Mass yard_capacity(Port const& port, ProductId product);

}  // namespace tidewater::corridor
