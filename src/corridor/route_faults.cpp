/// Faults of plants and of the routes that bring and take their products.

#include <algorithm>

#include "examiner.hpp"
#include "stops.hpp"

namespace tidewater::corridor {

/// Whether what it carries is known.
bool Examiner::begins_somewhere(Route const& route) const {
  if (auto const* made = std::get_if<PlantOutput>(&route.from); made != nullptr) {
    return is_known(made->plant, model_->plants) && is_known(made->product, model_->products) &&
           is_known(model_->plants[made->plant].hub, model_->hubs) &&
           share_of(model_->plants[made->plant].outputs, made->product) > 0;
  }
  MineId const mine = std::get<MineId>(route.from);
  return is_known(mine, model_->mines) && is_known(model_->mines[mine].product, model_->products);
}

bool Examiner::ends_somewhere(Route const& route) const {
  auto const* plant = std::get_if<PlantId>(&route.to);
  return plant != nullptr ? is_known(*plant, model_->plants) &&
                                is_known(model_->plants[*plant].hub, model_->hubs)
                          : is_known(std::get<PortId>(route.to), model_->ports);
}

/// Room is claimed before a batch is pumped: a smaller yard would stop the pumps although empty.
void Examiner::room_for_pipe(std::string const& place, PipelineHaul const& pipe, Mass yard) {
  if (!(pipe.velocity > Speed{})) {
    return;
  }
  Mass const in_pipe = pipe.rate * (pipe.length / pipe.velocity);
  if (yard < pipe.batch + in_pipe) {
    fault(place,
          fmt::format("a stockyard of {:.0f} t cannot hold a batch and the {:.0f} t in the pipe",
                      yard.in(units::t),
                      in_pipe.in(units::t)),
          fmt::format("give it {:.0f} t or more, or make the rate or the batch smaller",
                      (pipe.batch + in_pipe).in(units::t)));
  }
}

/// Trains and batches come in whole: between a load that is not yet full and room that is not yet
/// enough, both would wait for ever. Trucks tip as room allows.
void Examiner::room_at_hub(std::string const& place, Haul const& in, Haul const& out, Mass yard) {
  Mass const least = payload_of(*model_, in) + payload_of(*model_, out);
  if (!std::holds_alternative<RoadHaul>(in) && yard < least) {
    fault(place,
          fmt::format("a stockyard of {:.0f} t cannot hold a load that comes in beside one that "
                      "goes out",
                      yard.in(units::t)),
          fmt::format("give it {:.0f} t or more, or make a load smaller", least.in(units::t)));
  }
}

/// Its ends and its hubs are in the model, and there is a hub between each two hauls.
bool Examiner::leads_on(std::string const& place, Route const& route) {
  bool known = begins_somewhere(route) && ends_somewhere(route);
  if (!known) {
    fault(place, "begins or ends at what is not in the model", "name what is");
  }
  if (route.hauls.empty() || route.hubs.size() + 1 != route.hauls.size()) {
    fault(place, "a route has hauls, and a hub between each two", "name them in order");
    return false;
  }
  for (HubId const hub : route.hubs) {
    known = opens(place + "/hub", hub, model_->hubs, "hub") && known;
  }
  return known;
}

void Examiner::rooms(std::string const& place, Route const& route) {
  ProductId const product = product_of(*model_, route);
  auto const places = stops(*model_, route);
  for (std::size_t h = 0; h < route.hauls.size(); ++h) {
    auto const here = fmt::format("{}/haul/{}", place, h);
    Haul const& haul = route.hauls[h];
    Mass const load = payload_of(*model_, haul);
    Mass const sink = room_at(*model_, places[h + 1], product);
    if (load > room_at(*model_, places[h], product) || load > sink) {
      fault(here,
            "a load is larger than the stock it comes from or goes to can hold",
            "enlarge the stockpile or stockyard, or make the load smaller");
    } else if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
      room_for_pipe(here, *pipe, sink);
    }
    if (h < route.hubs.size()) {
      room_at_hub(here, haul, route.hauls[h + 1], sink);
    }
  }
}

void Examiner::routes() {
  std::set<std::variant<MineId, PlantOutput>> seen;
  for (std::uint32_t i = 0; i < model_->routes.size(); ++i) {
    Route const& route = model_->routes[RouteId{i}];
    auto const place = fmt::format("/route/{}", i);
    if (!seen.insert(route.from).second) {
      fault(place,
            "a mine, and each output of a plant, has one route",
            "split the mine or join the routes");
    }
    for (std::size_t h = 0; h < route.hauls.size(); ++h) {
      haul(fmt::format("{}/haul/{}", place, h), route.hauls[h]);
    }
    if (leads_on(place, route)) {
      rooms(place, route);
      serves_plants(place, route);
      known_routes_.push_back(&route);
    }
  }
  bool const in_order = plants_downstream(*model_).size() == model_->plants.size();
  for (Plant const& plant : model_->plants) {
    flows(plant);
    if (in_order) {
      fleets_of_inputs(plant);
    }
  }
  fleet_ends();
}

/// A consist that serves several hauls sets out for any of them from where it was unloaded.
void Examiner::fleet_ends() {
  std::map<std::uint32_t, Place> ends;
  std::set<std::uint32_t> told;
  auto const add = [&](Haul const& haul, Place end) {
    auto const* rail = std::get_if<RailHaul>(&haul);
    if (rail == nullptr) {
      return;
    }
    auto const known = ends.emplace(rail->fleet.index(), end).first;
    if (known->second != end && told.insert(rail->fleet.index()).second) {
      fault(fmt::format("/fleet/{}", rail->fleet.index()),
            "the hauls of one fleet must all end at one place",
            "give each place a fleet of its own");
    }
  };
  for (Route const* route : known_routes_) {
    auto const places = stops(*model_, *route);
    for (std::size_t h = 0; h < route->hauls.size(); ++h) {
      add(route->hauls[h], places[h + 1]);
    }
  }
  for (Inbound const& inbound : model_->inbound) {
    add(inbound.haul, {Place::Kind::kMine, inbound.mine.index()});
  }
}

// ---- plants ----

void Examiner::plants() {
  for (Plant const& plant : model_->plants) {
    auto const place = "/plant/" + plant.id;
    unique(place, plant.id);
    opens(place + "/hub", plant.hub, model_->hubs, "hub");
    steps(place + "/rate", plant.rate);
    above_zero(place + "/batch", plant.batch, "the batch");
    reliability(place, plant.reliability);
    recipe(place, plant);
  }
  std::map<ProductId, std::string> worked_by;
  auto const only = [&](Plant const& plant, ProductId product) {
    auto const [first, is_new] = worked_by.emplace(product, plant.id);
    if (!is_new && first->second != plant.id && is_known(product, model_->products)) {
      fault("/plant/" + plant.id + "/recipe",
            fmt::format(
                "{} is worked by plant {} as well", model_->products[product].id, first->second),
            "split it into two products, one for each plant");
    }
  };
  for (Plant const& plant : model_->plants) {
    only(plant, plant.input);
    for (RecipePart const& part : plant.further) {
      only(plant, part.product);
    }
  }
  if (plants_downstream(*model_).size() < model_->plants.size()) {
    fault("/plant",
          "plants work each other's products in a circle",
          "leave the product that goes back out of the recipes");
  }
}

void Examiner::recipe(std::string const& place, Plant const& plant) {
  std::set<ProductId> seen;
  auto const part = [&](ProductId product, double share) {
    if (!opens(place + "/recipe", product, model_->products, "product")) {
      return;
    }
    std::string const& id = model_->products[product].id;
    if (!seen.insert(product).second) {
      fault(place + "/recipe", "names " + id + " twice", "name each product once");
    }
    if (!(share > 0) || !std::isfinite(share)) {
      fault(place + "/recipe", "the share of " + id + " must be above zero", "or leave it out");
    }
  };
  part(plant.input, 1);
  for (RecipePart const& one : plant.further) {
    part(one.product, one.share);
  }
  for (RecipePart const& one : plant.outputs) {
    part(one.product, one.share);
  }
  if (plant.outputs.empty()) {
    fault(place + "/recipe", "a plant makes something", "name an output");
  }
}

/// Who works a product must find all of it: a product that some plant works goes to no other place.
void Examiner::serves_plants(std::string const& place, Route const& route) {
  ProductId const product = product_of(*model_, route);
  auto const* to = std::get_if<PlantId>(&route.to);
  for (std::uint32_t i = 0; i < model_->plants.size(); ++i) {
    Plant const& plant = model_->plants[PlantId{i}];
    bool const is_end = to != nullptr && *to == PlantId{i};
    if (works(plant, product) && !is_end) {
      fault(place,
            fmt::format("{} is worked by plant {} and goes elsewhere",
                        model_->products[product].id,
                        plant.id),
            "split it into two products, one for each place");
    } else if (is_end && !works(plant, product)) {
      fault(place,
            fmt::format("plant {} has no use for {}", plant.id, model_->products[product].id),
            "name it in the recipe, or end the route elsewhere");
    }
  }
}

/// Trains full of the one input before its full yard would wait for ever for the other, that none
/// of them is left to fetch: so inputs of one plant, and what they are made of, come by other
/// fleets.
void Examiner::fleets_of_inputs(Plant const& plant) {
  if (plant.further.empty()) {
    return;
  }
  std::map<std::uint32_t, std::set<std::uint32_t>> products_by_fleet;
  for (Route const* route : known_routes_) {
    ProductId const product = product_of(*model_, *route);
    if (!std::holds_alternative<PlantId>(route->to) || !goes_into(plant, product)) {
      continue;
    }
    for (Haul const& haul : route->hauls) {
      if (auto const* rail = std::get_if<RailHaul>(&haul); rail != nullptr) {
        products_by_fleet[rail->fleet.index()].insert(product.index());
      }
    }
  }
  for (auto const& [fleet, products] : products_by_fleet) {
    if (products.size() > 1) {
      fault(fmt::format("/fleet/{}", fleet),
            "brings several inputs of plant " + plant.id +
                ": all its trains may come to stand before the yard of one, and none fetch another",
            "bring each by a fleet of its own, by trucks or by pipeline");
    }
  }
}

/// The plant works it, or something that is made of it.
bool Examiner::goes_into(Plant const& plant, ProductId product) const {
  if (works(plant, product)) {
    return true;
  }
  auto const& all = model_->plants;
  return std::any_of(all.begin(), all.end(), [&](Plant const& other) {
    return &other != &plant && works(other, product) &&
           std::any_of(other.outputs.begin(), other.outputs.end(), [&](RecipePart const& part) {
             return goes_into(plant, part.product);
           });
  });
}

/// Every input comes, every output goes, and the yard holds a batch's part beside a load of it.
void Examiner::flows(Plant const& plant) {
  if (!is_known(plant.hub, model_->hubs)) {
    return;
  }
  auto const part = [&](ProductId product, double share, bool comes) {
    if (is_known(product, model_->products)) {
      flow(plant, product, share * plant.batch, comes);
    }
  };
  part(plant.input, 1, true);
  for (RecipePart const& one : plant.further) {
    part(one.product, one.share, true);
  }
  for (RecipePart const& one : plant.outputs) {
    part(one.product, one.share, false);
  }
}

void Examiner::flow(Plant const& plant, ProductId product, Mass dry_part, bool comes) {
  auto const place = "/plant/" + plant.id;
  std::string const& id = model_->products[product].id;
  Mass const part = (1 / (1 - model_->products[product].moisture)) * dry_part;
  Mass other{};
  bool served = false;
  bool brought = false;
  for (Route const* route : known_routes_) {
    if (product_of(*model_, *route) != product) {
      continue;
    }
    auto const places = stops(*model_, *route);
    Place const hub{Place::Kind::kHub, plant.hub.index()};
    bool const here = comes ? places.back() == hub : places.front() == hub;
    Haul const& haul = comes ? route->hauls.back() : route->hauls.front();
    if (here && !(comes && std::holds_alternative<RoadHaul>(haul))) {
      other = std::max(other, payload_of(*model_, haul));
    }
    served = served || here;
    brought =
        brought || (!comes && std::find(places.begin() + 1, places.end(), hub) != places.end());
  }
  for (Plant const& next : model_->plants) {
    if (&next == &plant || next.hub != plant.hub) {
      continue;
    }
    double const share = comes ? share_of(next.outputs, product)
                               : (next.input == product ? 1.0 : share_of(next.further, product));
    if (share > 0) {
      served = true;
      other = std::max(other, (share / (1 - model_->products[product].moisture)) * next.batch);
    }
  }
  if (!served) {
    fault(place,
          comes ? fmt::format("nothing brings {} to its hub", id)
                : fmt::format("nothing takes {} away, so that the plant would stop for good", id),
          comes ? "end a route there, or leave it out of the recipe"
                : "begin a route there, or leave it out of the recipe: then it is residue");
  }
  if (brought) {
    fault(place,
          fmt::format("{} is made here and brought here by a route", id),
          "give what is brought a product of its own");
  }
  Mass const yard = model_->hubs[plant.hub].stockyard;
  if (yard < part + other) {
    fault(place,
          fmt::format("a stockyard of {:.0f} t cannot hold a batch's {:.0f} t of {} beside a load",
                      yard.in(units::t),
                      part.in(units::t),
                      id),
          fmt::format("give it {:.0f} t or more, or make batch or load smaller",
                      (part + other).in(units::t)));
  }
}

}  // namespace tidewater::corridor
