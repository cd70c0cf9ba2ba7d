/// Round trips when nothing stands in the way.

#include "tidewater/corridor/model.hpp"

namespace tidewater::corridor {

namespace {

/// Of trains at the ends of their haul.
struct EndRates {
  MassRate loading{};
  MassRate unloading{};
};

Time unobstructed(CorridorModel const& model, Haul const& haul, EndRates const& ends) {
  if (auto const* road = std::get_if<RoadHaul>(&haul); road != nullptr) {
    return road->at_ends + road->length / road->loaded + road->length / road->empty;
  }
  if (auto const* pipe = std::get_if<PipelineHaul>(&haul); pipe != nullptr) {
    return pipe->batch / pipe->rate;  // the next batch does not wait for the last to arrive
  }
  RailHaul const& rail = std::get<RailHaul>(haul);
  Fleet const& fleet = model.fleets[rail.fleet];
  Time cycle = fleet.at_loading + fleet.at_unloading + fleet.payload / ends.loading +
               fleet.payload / ends.unloading;
  for (RailLeg const& leg : rail.legs) {
    for (SectionRun const& run : leg.runs) {
      cycle += run.loaded + run.empty;
    }
  }
  return cycle;
}

}  // namespace

std::vector<Time> unobstructed_cycles(CorridorModel const& model, RouteId id) {
  Route const& route = model.routes[id];
  std::vector<Time> cycles;
  for (std::size_t h = 0; h < route.hauls.size(); ++h) {
    bool const last = h + 1 == route.hauls.size();
    cycles.push_back(unobstructed(
        model,
        route.hauls[h],
        {h == 0 ? model.mines[route.mine].loading_rate : model.hubs[route.hubs[h - 1]].loading_rate,
         last ? model.ports[route.port].unloading_rate
              : model.hubs[route.hubs[h]].unloading_rate}));
  }
  return cycles;
}

Time unobstructed_cycle(CorridorModel const& model, InboundId id) {
  Inbound const& flow = model.inbound[id];
  return unobstructed(model, flow.haul, {flow.loading_rate, flow.unloading_rate});
}

}  // namespace tidewater::corridor
