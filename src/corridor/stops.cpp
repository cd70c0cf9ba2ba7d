#include "stops.hpp"

#include <algorithm>

namespace tidewater::corridor {

using Kind = Place::Kind;

ProductId product_of(CorridorModel const& model, Route const& route) {
  if (auto const* made = std::get_if<PlantOutput>(&route.from); made != nullptr) {
    return made->product;
  }
  return model.mines[std::get<MineId>(route.from)].product;
}

std::vector<Place> stops(CorridorModel const& model, Route const& route) {
  std::vector<Place> all;
  auto const hub = [&all](HubId id) { all.push_back({Kind::kHub, id.index()}); };
  if (auto const* made = std::get_if<PlantOutput>(&route.from); made != nullptr) {
    hub(model.plants[made->plant].hub);
  } else {
    all.push_back({Kind::kMine, std::get<MineId>(route.from).index()});
  }
  std::for_each(route.hubs.begin(), route.hubs.end(), hub);
  if (auto const* plant = std::get_if<PlantId>(&route.to); plant != nullptr) {
    hub(model.plants[*plant].hub);
  } else {
    all.push_back({Kind::kPort, std::get<PortId>(route.to).index()});
  }
  return all;
}

std::vector<Between> hauls_of(CorridorModel const& model) {
  std::vector<Between> all;
  for (Route const& route : model.routes) {
    auto const places = stops(model, route);
    for (std::size_t i = 0; i < route.hauls.size(); ++i) {
      all.push_back({&route.hauls[i], places[i], places[i + 1]});
    }
  }
  for (Inbound const& in : model.inbound) {
    all.push_back({&in.haul, {Kind::kPort, in.port.index()}, {Kind::kMine, in.mine.index()}});
  }
  return all;
}

Mass room_at(CorridorModel const& model, Place stop, ProductId product) {
  switch (stop.kind) {
    case Kind::kMine:
      return model.mines[MineId{stop.index}].stockpile;
    case Kind::kHub:
      return model.hubs[HubId{stop.index}].stockyard;
    default: {
      auto const& yards = model.ports[PortId{stop.index}].stockyards;
      auto const yard = std::find_if(yards.begin(), yards.end(), [product](Stockyard const& one) {
        return one.product == product;
      });
      return yard == yards.end() ? Mass{} : yard->capacity;
    }
  }
}

MassRate loading_rate_at(CorridorModel const& model, Place stop) {
  return stop.kind == Kind::kMine ? model.mines[MineId{stop.index}].loading_rate
                                  : model.hubs[HubId{stop.index}].loading_rate;
}

MassRate unloading_rate_at(CorridorModel const& model, Place stop) {
  return stop.kind == Kind::kPort ? model.ports[PortId{stop.index}].unloading_rate
                                  : model.hubs[HubId{stop.index}].unloading_rate;
}

double share_of(std::vector<RecipePart> const& parts, ProductId product) {
  auto const part = std::find_if(parts.begin(), parts.end(), [product](RecipePart const& one) {
    return one.product == product;
  });
  return part == parts.end() ? 0.0 : part->share;
}

bool works(Plant const& plant, ProductId product) {
  return plant.input == product || share_of(plant.further, product) > 0;
}

std::vector<PlantId> plants_downstream(CorridorModel const& model) {
  std::vector<PlantId> order;
  std::vector<bool> placed(model.plants.size());
  auto const comes_before = [&](Plant const& plant) {
    for (std::uint32_t other = 0; other < model.plants.size(); ++other) {
      auto const& made = model.plants[PlantId{other}].outputs;
      bool const feeds = std::any_of(made.begin(), made.end(), [&](RecipePart const& one) {
        return works(plant, one.product);
      });
      if (feeds && !placed[other]) {
        return false;
      }
    }
    return true;
  };
  for (bool more = true; more;) {
    more = false;
    for (std::uint32_t i = 0; i < model.plants.size(); ++i) {
      if (!placed[i] && comes_before(model.plants[PlantId{i}])) {
        placed[i] = true;
        order.push_back(PlantId{i});
        more = true;
      }
    }
  }
  return order;
}

}  // namespace tidewater::corridor
