#pragma once
/// The places a product comes through on its route: where it is mined or made, hubs, and the port
/// or the hub of the plant that works it. Everything named is in the model.

#include <vector>

#include "tidewater/corridor/losses.hpp"
#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

/// Mines, hubs and ports in order; haul i leads from stop i to stop i + 1.
[[nodiscard]] std::vector<Place> stops(CorridorModel const& model, Route const& route);

/// A haul and the places it begins and ends at.
struct Between {
  Haul const* haul = nullptr;
  Place from{};
  Place to{};
};
/// Every haul of the model: those of routes in order, then those of inbound cargo.
[[nodiscard]] std::vector<Between> hauls_of(CorridorModel const& model);

/// Room for the product at a stop, and the rates of its load-out and of one unloading track; wet.
/// A port without a stockyard for it has no room.
[[nodiscard]] Mass room_at(CorridorModel const& model, Place stop, ProductId product);
[[nodiscard]] MassRate loading_rate_at(CorridorModel const& model, Place stop);
[[nodiscard]] MassRate unloading_rate_at(CorridorModel const& model, Place stop);

/// Plants so that each comes after those whose products it works; those on a circle are left out.
[[nodiscard]] std::vector<PlantId> plants_downstream(CorridorModel const& model);
/// Of a product among these; zero when it is none of them.
[[nodiscard]] double share_of(std::vector<RecipePart> const& parts, ProductId product);

}  // namespace tidewater::corridor
