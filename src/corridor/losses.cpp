#include "tidewater/corridor/losses.hpp"

#include <array>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "tidewater/corridor/simulate.hpp"

namespace tidewater::corridor {

namespace {

Mass sum(std::vector<Mass> const& years) {
  return std::accumulate(years.begin(), years.end(), Mass{});
}

void add(std::vector<Mass>& years, std::vector<Mass> const& more, double weight) {
  years.resize(more.size());
  for (std::size_t y = 0; y < more.size(); ++y) {
    years[y] += weight * more[y];
  }
}

}  // namespace

std::string words(CorridorModel const& model, Place place) {
  std::uint32_t const i = place.index;
  switch (place.kind) {
    case Place::Kind::kMine:
      return "mine " + model.mines[MineId{i}].id;
    case Place::Kind::kFleet:
      return place.part == 0
                 ? "fleet " + model.fleets[FleetId{i}].id
                 : fmt::format("consist {} {}", model.fleets[FleetId{i}].id, place.part);
    case Place::Kind::kLine:
      return place.part == 0
                 ? "line " + model.lines[LineId{i}].id
                 : fmt::format("line {} section {}", model.lines[LineId{i}].id, place.part);
    case Place::Kind::kRoad:
      return "road " + road_hauls(model)[i]->id;
    case Place::Kind::kHub:
      return "hub " + model.hubs[HubId{i}].id;
    case Place::Kind::kPort:
      return "port " + model.ports[PortId{i}].id;
    case Place::Kind::kBerth:
      return fmt::format(
          "berth {} {}", model.ports[PortId{i}].id, model.ports[PortId{i}].berths[place.part].id);
    case Place::Kind::kContract:
      return "sales " + model.contracts[i].id;
    case Place::Kind::kPipeline:
      return "pipeline " + pipeline_hauls(model)[i]->id;
    case Place::Kind::kPlant:
      return "plant " + model.plants[PlantId{i}].id;
  }
  return {};
}

std::string_view name(LossCause cause) {
  static constexpr std::array<std::string_view, kLossCauses> kNames{
      "mine outage",
      "made good while the mine is up",
      "mine struck by a hazard",
      "planned beyond the reserve",
      "pile full: corridor not open",
      "pile full: trains or trucks all under way",
      "pile full: trains wait for a crew",
      "pile full: trucks wait for their dispatch",
      "pile full: trains wait for the load-out",
      "pile full: trains wait for other trains",
      "pile full: line closed or train failed",
      "pile full: pipeline down",
      "pile full: pipeline at its rate",
      "yard full: plant down",
      "yard full: plant at its rate",
      "yard full: plant lacks another input",
      "pile full: trains wait to be unloaded",
      "pile full: unloading struck by a hazard",
      "yard full: ship being moored or loaded",
      "yard full: berth taken",
      "yard full: berth out of order",
      "yard full: ships wait for weather",
      "yard full: ships wait for the tide",
      "yard full: ships wait for the channel",
      "yard full: ships wait for tugs or a pilot",
      "yard full: ship called, not yet there",
      "yard full: no lot together",
      "yard full: sales curve has called no ship",
      "yard full: no contract",
      "worked up in a plant",
      "taken by a hazard",
      "left in stock",
      "left in plants",
      "left on trains and trucks",
      "left in port: ships called",
      "left in port: not sold",
      "left in port: part of a lot",
      "left aboard, not sailed"};
  return kNames[static_cast<std::size_t>(cause)];
}

Mass Loss::total() const {
  return sum(years);
}

Mass planned(Losses const& losses, ProductId product) {
  return sum(losses.plan[product]);
}

Mass lost(Losses const& losses, ProductId product) {
  Mass total{};
  for (Loss const& loss : losses.entries) {
    total += loss.product == product ? loss.total() : Mass{};
  }
  return total;
}

Mass lost(Losses const& losses, LossCause cause) {
  Mass total{};
  for (Loss const& loss : losses.entries) {
    total += loss.cause == cause ? loss.total() : Mass{};
  }
  return total;
}

Losses mean_losses(Lives const& lives) {
  using Key = std::tuple<ProductId, LossCause, std::optional<MineId>, std::string>;
  double const weight = 1 / static_cast<double>(lives.lives.size());
  std::map<Key, std::vector<Mass>> entries;
  Losses mean;
  for (Life const& life : lives.lives) {
    Losses const& one = life.losses;
    if (mean.plan.size() == 0) {
      mean.plan = decltype(mean.plan)(one.plan.size());
    }
    for (std::uint32_t p = 0; p < one.plan.size(); ++p) {
      add(mean.plan[ProductId{p}], one.plan[ProductId{p}], weight);
    }
    for (Loss const& loss : one.entries) {
      add(entries[{loss.product, loss.cause, loss.mine, loss.where}], loss.years, weight);
    }
  }
  for (auto& [key, years] : entries) {
    auto const& [product, cause, mine, where] = key;
    mean.entries.push_back({product, cause, mine, where, std::move(years)});
  }
  return mean;
}

}  // namespace tidewater::corridor
