#pragma once
/// What room `corridor` simulates: mines, plants, railway lines, road hauls, ports and ships as
/// plain values. No money, no geography, no project file.
///
/// Masses: whatever equipment handles (payloads, lots, loading rates, stockpile and stockyard
/// capacities) is wet mass; outputs, reserves, recipes, contracts and every result are dry mass.
/// Times: project time, from 1 January of `first_year`.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/calendar.hpp"
#include "tidewater/base/ids.hpp"
#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::corridor {

using ProductId = Id<struct ProductTag>;
using MineId = Id<struct MineTag>;
using HubId = Id<struct HubTag>;
using PlantId = Id<struct PlantTag>;
using LineId = Id<struct LineTag>;
using FleetId = Id<struct FleetTag>;
using RouteId = Id<struct RouteTag>;
using InboundId = Id<struct InboundTag>;
using PortId = Id<struct PortTag>;

struct Product {
  std::string id{};
  double moisture = 0;  ///< water's share of the wet mass, [0, 1)
};

/// A rate that holds from `from` until the next step; zero before the first.
struct RateStep {
  Time from{};
  MassRate rate{};
  bool operator==(RateStep const&) const = default;
};

/// Something that is down now and then: up and down spells alternate, both exponential, whatever
/// is asked of it meanwhile. availability = mean up / (mean up + mean down).
struct Reliability {
  double availability = 1;  ///< (0, 1]
  Time mean_down{};
};

/// One product of one mine; a mine site with two products is two of these.
struct Mine {
  std::string id{};
  ProductId product{};
  /// Yearly output meant, dry, ramp and phases expanded, outages included: while it runs the mine
  /// gives output / availability. What a full stockpile or an outage beyond the mean forbids is
  /// not made up for later in the same step; it stays in the reserve.
  std::vector<RateStep> output{};
  Mass reserve{};  ///< dry product that can ever be mined
  Reliability reliability{};
  Mass stockpile{};         ///< capacity at the load-out, wet
  MassRate loading_rate{};  ///< into trains or trucks, wet; one train at a time
};

/// Where cargo changes from one haul to the next.
struct Hub {
  std::string id{};
  MassRate unloading_rate{};  ///< of one track
  int unloading_tracks = 1;
  Mass stockyard{};         ///< capacity for each product, wet
  MassRate loading_rate{};  ///< one train at a time
};

/// Dry tonnes of a product for each dry tonne of a plant's main input.
struct RecipePart {
  ProductId product{};
  double share = 1;
};

/// A concentrator, smelter or refinery at a hub: it works what lies in the hub's stockyards, batch
/// by batch, into what its recipe makes of it, and stands while an input lacks or an output has no
/// room. Struck with its hub. What leaves by no output (tailings, slag, off-gas) needs no room; an
/// output may weigh more than went in, as acid does that takes up air and water.
struct Plant {
  std::string id{};
  HubId hub{};
  ProductId input{};                  ///< the main one, which rate and batch count
  std::vector<RecipePart> further{};  ///< inputs beside it
  std::vector<RecipePart> outputs{};
  std::vector<RateStep> rate{};  ///< of the main input while it works, ramp-up expanded
  Mass batch{};                  ///< of the main input; begun at once, at the rate of that moment
  Reliability reliability{};
};

/// Single track between two places where trains can pass.
struct TrackSection {
  Length length{};
  Time other_train{};  ///< running time of one of the other trains over it
};

/// Sections first .. last of a line given over to maintenance, both tracks of two, from `begins` on
/// for `length`, again every `every`. The dispatcher knows it years ahead: no train is sent into a
/// section that it would not leave in time. A train held up in one by a failure or a closure keeps
/// it for as long, and the work begins when it is out.
struct Possession {
  std::size_t first = 0;
  std::size_t last = 0;
  Time begins{};  ///< project time
  Time length{};
  Time every{7 * units::day};  ///< from one beginning to the next
};

/// A line of sections between passing loops. The line's two ends have tracks enough.
struct RailLine {
  std::string id{};
  std::vector<TrackSection> sections{};
  int tracks = 1;       ///< 2: one for each direction; trains then only follow each other
  int loop_tracks = 2;  ///< at each loop, the main track counted
  Time meet_allowance{6 * units::min};  ///< from one train leaving a section to the next entering
  Rate other_trains{};                  ///< not of this corridor, each way
  std::vector<Possession> possessions{};
};

/// Crews of a fleet, at home where its trains are unloaded. A train sets out from there with so
/// many of them, who relieve each other; they stay with it until it is unloaded again, then rest.
/// At the opening they stand by the trains that wait to be loaded.
struct Crews {
  int count = 1;
  int per_train = 1;
  Time duty{};  ///< of one; per_train of them must last an undisturbed round trip
  Time rest{};  ///< after a round trip, at home
};

/// Trains alike, made up for good, cycling between their loading and unloading places.
struct Fleet {
  std::string id{};
  int consists = 0;
  Mass payload{};                ///< wet
  Time at_loading{};             ///< besides payload / loading rate: positioning, inspection, crew
  Time at_unloading{};           ///< likewise
  Rate failures{};               ///< that stop a train, per time under way
  Time mean_repair{};            ///< the section stays blocked that long (exponential)
  std::optional<Crews> crews{};  ///< unset: always enough
};

enum class Direction { kForward, kBackward };  ///< along RailLine::sections, or against it

/// Running times over one section, from stand or pass to stand or pass.
struct SectionRun {
  Time loaded{};
  Time empty{};  ///< coming back
};
struct RailLeg {
  LineId line{};
  Direction loaded_direction = Direction::kForward;
  std::vector<SectionRun> runs{};  ///< as many as the line has sections, in the line's own order
};
/// Lines run through end to end by one consist.
struct RailHaul {
  FleetId fleet{};
  std::vector<RailLeg> legs{};
};
struct RoadHaul {
  std::string id{};
  Length length{};
  Speed loaded{};
  Speed empty{};
  Mass payload{};  ///< wet, of one truck
  int trucks = 0;
  Time at_ends{};                     ///< loading and unloading together
  Time dispatch_every{4 * units::h};  ///< where trucks wait for cargo; else they leave at once
};
/// Slurry pumped in batches: a batch is pumped when it lies in the stock and the yard at the far
/// end has room for it. Struck with the places at its ends.
struct PipelineHaul {
  std::string id{};
  Length length{};
  Speed velocity{};
  Mass batch{};     ///< wet mass of the product's own moisture; the slurry's water is not counted
  MassRate rate{};  ///< while it pumps, measured like the batch
  Reliability reliability{};
};
using Haul = std::variant<RailHaul, RoadHaul, PipelineHaul>;

/// One of the products that a plant makes.
struct PlantOutput {
  PlantId plant{};
  ProductId product{};
  auto operator<=>(PlantOutput const&) const = default;
};

/// The way of a product from where it is mined or made to the ships, or to a plant that works it.
/// Several routes may share lines, fleets (then all of the fleet's hauls end at one place), hubs
/// and the port; a mine, and each output of a plant, has one route.
struct Route {
  std::variant<MineId, PlantOutput> from{};
  std::vector<Haul> hauls{};  ///< at least one
  std::vector<HubId> hubs{};  ///< between them: one fewer
  std::variant<PortId, PlantId> to{};
};

/// Fuel, reagents, cement: carried from the port to a mine by trains or trucks of their own,
/// leaving as loads come together. The hauls' loaded direction leads to the mine.
struct Inbound {
  std::string id{};
  std::string cargo{};
  std::vector<RateStep> supply{};  ///< wet = dry: no moisture is kept for inbound cargo
  MassRate loading_rate{};         ///< at the port
  MassRate unloading_rate{};       ///< at the mine
  PortId port{};
  MineId mine{};
  Haul haul{};
};

struct Berth {
  std::string id{};
  Length length{};
  Length depth{};           ///< alongside, below chart datum
  MassRate loading_rate{};  ///< of the shiploader, wet, while it works
  Reliability reliability{};
};

/// Height of the tide above chart datum: mean_level + sum of amplitude cos(speed t - phase), t
/// from the first instant of the model.
struct TideConstituent {
  std::string name{};
  Length amplitude{};
  double speed_deg_per_hour = 28.9841042;  ///< M2
  double phase_deg = 0;
};

/// Closed and open spells alternate (both exponential) inside the season; open outside it.
struct WeatherClosure {
  std::string id{};
  Season season{};
  Time mean_closed{};
  Time mean_open{};
};

/// One ship at a time, either way.
struct Channel {
  Length depth{};  ///< below chart datum
  Time transit{2 * units::h};
  Length keel_clearance{1.5 * units::m};
};

/// Silt takes depth from the opening on; campaigns of maintenance dredging give it back. A ship for
/// which no tide is high enough any more, or no berth deep enough, waits for the next one to end.
struct Siltation {
  Speed channel{};  ///< depth lost, m a year
  Speed berths{};   ///< the same alongside
  Time every{};     ///< from one campaign's beginning to the next; the first so long after opening
  Time campaign{};  ///< how long it takes; the depth is back at its end
  Time shut{};      ///< of each of its days, from its hour of beginning on, no ship in the channel
};

/// Tugs or pilots: a move of a ship, in or out, takes some of them from its start on.
struct HarbourCraft {
  int count = 1;
  Time per_move{2 * units::h};  ///< until they are free for the next
};

/// Hours of the day; a passage of the channel lies within them.
struct DayHours {
  Time from{};
  Time until{};
};

struct Stockyard {
  ProductId product{};
  Mass capacity{};  ///< wet
};

struct Ship {
  std::string class_name{};
  Mass lot{};  ///< wet, loaded at each call
  Length loa{};
  Length draught{};          ///< laden
  Length ballast_draught{};  ///< coming in
  int tugs = 2;              ///< at each move, where the port counts its tugs
};

/// Ships of other users of a port. They come at random from the opening on, stand in one line with
/// ours, and need tide, channel, tugs and pilots as ours do.
struct OtherShips {
  std::string id{};
  Rate calls{};
  Time alongside{};  ///< from mooring to letting go, exponential
  /// Places in Port::berths, of which it takes the first that is free and fits. None: it lies
  /// elsewhere in the port and only passes the channel.
  std::vector<std::size_t> berths{};
  Ship ship{};  ///< its lot does not count
};

struct Port {
  std::string id{};
  MassRate unloading_rate{};  ///< of one track, wet
  int unloading_tracks = 1;
  std::vector<Stockyard> stockyards{};  ///< one for each product that is shipped here
  std::vector<Berth> berths{};
  Channel channel{};
  std::vector<TideConstituent> tides{};
  std::optional<Length> mean_level{};  ///< above chart datum; unset: the sum of amplitudes, so that
                                       ///< the lowest tide touches the datum
  std::vector<WeatherClosure> weather{};
  Time mooring{3 * units::h};  ///< alongside before loading; half as long again before sailing
  std::optional<HarbourCraft> tugs{};    ///< unset: always enough
  std::optional<HarbourCraft> pilots{};  ///< likewise; one for each move
  std::optional<DayHours> pilotage{};    ///< unset: by day and night
  std::optional<Siltation> siltation{};
  std::vector<OtherShips> other_ships{};
};

[[nodiscard]] inline bool fits(Ship const& ship, Berth const& berth) {
  return ship.loa <= berth.length && ship.draught <= berth.depth;
}

/// Ships called for a product. The laycan of lot k is centred `lead` after the day when k lots have
/// left the mines on wheels (of the last lot no more than the yard can hold), or, if later, when
/// `tonnage` has run up to k lots: evenly spread as long as output is, and never called for cargo
/// that the corridor does not move.
struct ShippingContract {
  std::string id{};
  ProductId product{};
  PortId port{};
  Ship ship{};
  std::vector<RateStep> tonnage{};  ///< most that is sold, dry; empty: all that is mined
  Time lead{3 * units::day};        ///< haul to the port and a margin
  Time laycan{10 * units::day};     ///< width of the window; laytime starts no sooner
  Time lateness{2 * units::day};    ///< standard deviation around the middle of the laycan
  Time laytime{4 * units::day};     ///< allowed, in weather working time
  double stock_to_berth = 0.6;      ///< share of the lot that must lie in the yard to be berthed
  Time patience{10 * units::day};   ///< alongside without cargo; then it sails with what it has
  int most_waiting = 4;  ///< ships called and not yet loaded; further laycans are put off
};

/// Sections first .. last (inclusive) of a line.
struct LineStretch {
  LineId line{};
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Something that stops the corridor at a place for a while: events come as a Poisson process from
/// `opening` on, repairs are exponential.
///   on a line   the section is closed; a train caught in it stands until the repair is done
///   at a mine   output and load-out stop;  at a hub or port: unloading, loading, ship work stop
/// `loss` is taken from the loaded train caught in the section, or from the stock at the place, as
/// far as it goes.
struct Hazard {
  std::string id{};
  std::variant<LineStretch, MineId, HubId, PortId> where{};
  Rate rate{};                 ///< of the whole place
  RatePerLength per_length{};  ///< of a line stretch, added to it
  Time mean_repair{};
  Mass loss{};  ///< wet, of one event
};

/// A default-constructed model is the "no project" option: it runs, and gives zeros.
struct CorridorModel {
  int first_year = 2025;
  int years = 30;
  Time opening{};  ///< trains, trucks and ships start; hazards count from here
  IdVector<ProductId, Product> products{};
  IdVector<MineId, Mine> mines{};
  IdVector<HubId, Hub> hubs{};
  IdVector<PlantId, Plant> plants{};
  IdVector<LineId, RailLine> lines{};
  IdVector<FleetId, Fleet> fleets{};
  IdVector<RouteId, Route> routes{};
  IdVector<InboundId, Inbound> inbound{};
  IdVector<PortId, Port> ports{};
  std::vector<ShippingContract> contracts{};  ///< at most one for a product at a port
  std::vector<Hazard> hazards{};
};

/// Whether the plant works the product, as main or further input.
[[nodiscard]] bool works(Plant const& plant, ProductId product);
/// What a route carries; its ends are in the model.
[[nodiscard]] ProductId product_of(CorridorModel const& model, Route const& route);

/// The road hauls in the order of a life's roads: those of routes, then those of inbound cargo.
[[nodiscard]] std::vector<RoadHaul const*> road_hauls(CorridorModel const& model);
/// The pipelines in the order of a life's pipelines.
[[nodiscard]] std::vector<PipelineHaul const*> pipeline_hauls(CorridorModel const& model);

/// Every fault of the model: numbers out of range, ids that open nothing, other trains that fill a
/// section or berth alone, a ship that fits no berth or that no tide carries out. None: it can be
/// simulated.
[[nodiscard]] Diagnostics faults(CorridorModel const& model,
                                 std::string const& where = "/corridor");

/// Round trip of one consist (or truck) on each haul of a route when nothing stands in its way:
/// loading, running both ways and unloading. For sizing fleets.
[[nodiscard]] std::vector<Time> unobstructed_cycles(CorridorModel const& model, RouteId route);
[[nodiscard]] Time unobstructed_cycle(CorridorModel const& model, InboundId inbound);

}  // namespace tidewater::corridor
