/// Round trips when nothing stands in the way.

#include "stops.hpp"

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
  auto const places = stops(model, route);
  for (std::size_t h = 0; h < route.hauls.size(); ++h) {
    cycles.push_back(
        unobstructed(model,
                     route.hauls[h],
                     {loading_rate_at(model, places[h]), unloading_rate_at(model, places[h + 1])}));
  }
  return cycles;
}

Time unobstructed_cycle(CorridorModel const& model, InboundId id) {
  Inbound const& flow = model.inbound[id];
  return unobstructed(model, flow.haul, {flow.loading_rate, flow.unloading_rate});
}

}  // namespace tidewater::corridor
