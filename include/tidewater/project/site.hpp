#pragma once
/// The places of a corridor project: mines, plants, ports, markets, and who works there.

#include <optional>
#include <string>
#include <vector>

#include "tidewater/base/units.hpp"
#include "tidewater/project/fields.hpp"

namespace tidewater::project {

using Share = double;  ///< 0..1
using Grade = double;  ///< rise over run

/// People a part employs, and who they are.
struct Staffing {
  Input<double> construction{0.0};  ///< full-time equivalents while it is built
  Input<double> operation{0.0};     ///< full-time equivalents while it runs
  Input<MoneyPerTime> wage{9000.0 * units::usd / units::year};
  Input<Share> from_district{0.25};
  Input<Share> from_province{0.35};  ///< of the province but not of the district
};

/// Something that must be built before the corridor runs.
struct Work {
  std::string name;
  enum class Part {
    kMine,
    kPlant,
    kRail,
    kRoad,
    kPipeline,
    kPort,
    kSea,
    kSocial
  } part = Part::kPort;
  Input<Money> cost;
  Input<double> start{0.0};  ///< years after the start of construction
  Input<Time> duration{3.0 * units::year};
};

struct Phase {
  std::string name;
  Input<double> start{0.0};  ///< years after the corridor opens
  Input<MassRate> output;    ///< dry product at full rate, added to the phases before
  Input<Money> capex;
  Input<Time> build{3.0 * units::year};
};

struct Deposit {
  std::string product;
  Input<Mass> reserve;  ///< dry product that can ever be shipped
  std::vector<Phase> phases;
};

struct InboundPhase {
  Input<double> start{0.0};  ///< years after the corridor opens
  Input<MassRate> amount;    ///< at full rate, added to the phases before; ramped as output is
};

/// Fuel, reagents, cement: what a mine needs from the port, carried by trains or trucks of its own.
struct Inbound {
  std::string cargo;
  std::string port;  ///< none: where the mine's product leaves
  enum class By { kAny, kRail, kRoad } by = By::kAny;
  std::string consist;  ///< none: the one of the railway it sets out on
  Input<double> fleet{0.0};
  Input<MassRate> loading_rate{500.0 * units::t / units::h};
  Input<MassRate> unloading_rate{500.0 * units::t / units::h};
  Input<MoneyPerMass> price{};  ///< at the port
  std::vector<InboundPhase> phases;
};

struct Mine {
  std::vector<Deposit> deposits;
  std::vector<Inbound> inbound;
  /// A third party's mine only pays the corridor's tariff; the venture's own mine is appraised
  /// whole.
  enum class Owner { kVenture, kThirdParty } owner = Owner::kVenture;
  Input<MoneyPerMass> tariff{};   ///< paid by a third party per wet tonne
  Input<Share> ramp_first{0.5};   ///< share of full output in the first year of a phase
  Input<Share> ramp_second{0.8};  ///< in its second
  Input<Share> availability{0.92};
  Input<Time> mean_outage{3.0 * units::day};
  Input<Mass> stockpile{60.0 * units::kt};
  Input<MassRate> loadout_rate{1000.0 * units::t / units::h};
  Input<MoneyPerTime> fixed_cost;
  Input<MoneyPerMass> operating_cost;  ///< per tonne of dry product
  Input<Money> closure_cost;
};

/// A product that goes into a plant or comes out of it.
struct PlantPart {
  std::string product;
  Input<double> share{};  ///< dry tonnes for each dry tonne of the main input
};

/// A concentrator, smelter or refinery.
struct Plant {
  std::string input;               ///< the product that its capacity counts
  std::vector<PlantPart> further;  ///< inputs beside it
  std::vector<PlantPart> outputs;  ///< what is not among them is residue
  Input<MassRate> capacity;        ///< dry tonnes of the main input while it works
  Input<Share> ramp_first{0.5};    ///< share of its capacity in the first year after opening
  Input<Share> ramp_second{0.8};
  Input<Share> availability{0.92};
  Input<Time> mean_outage{3.0 * units::day};
  Input<Mass> batch{};                      ///< dry, of the main input; 0: a day's work
  Input<Mass> stockyard{30.0 * units::kt};  ///< wet, for each product that comes, is made or passes
  Input<MassRate> loading_rate{1000.0 * units::t / units::h};
  Input<MassRate> unloading_rate{1000.0 * units::t / units::h};
  Input<MoneyPerTime> fixed_cost;
  Input<MoneyPerMass> operating_cost;  ///< per dry tonne of the main input
};

/// Dry tonnes of the main input that are worked at once.
[[nodiscard]] inline Mass batch_of(Plant const& plant) {
  return plant.batch.value > Mass{} ? plant.batch.value : plant.capacity.value * units::day;
}

struct TideConstituent {
  std::string name;
  Input<Length> amplitude;
  Input<double> speed;  ///< degrees an hour
  Input<double> phase;  ///< degrees
};

struct Berth {
  std::string name;
  Input<Length> length;
  Input<Length> depth;
  Input<MassRate> loading_rate;
  Input<Share> availability{0.95};
  Input<Time> mean_repair{1.0 * units::day};
};

/// Times when ships cannot work: alternating closed and open spells inside a season.
struct Weather {
  std::string name;
  Input<double> first_day{151.0};  ///< day of the year, 0 = 1 January
  Input<double> last_day{243.0};
  Input<Time> mean_closed;
  Input<Time> mean_open;
};

/// Ships of other users, who share the channel, and the berths named.
struct OtherShips {
  std::string name;
  Input<Rate> calls;
  Input<Time> alongside;            ///< mean
  std::vector<std::string> berths;  ///< none: they lie elsewhere in the port
  Input<Length> loa;
  Input<Length> draught;     ///< laden, going out
  Input<Length> draught_in;  ///< coming in; 0 = the same
  Input<double> tugs{2.0};
};

/// What silt takes, and the campaigns that give it back.
struct Siltation {
  Input<Speed> channel;
  Input<Speed> berths;
  Input<Time> every;
  Input<Time> campaign{30.0 * units::day};
  Input<Time> shut{0.0 * units::h};  ///< hours of each day of a campaign
};

struct Port {
  bool existing = false;
  Input<Length> channel_depth;
  Input<Length> channel_length;
  Input<Time> channel_transit{2.0 * units::h};
  Input<Length> keel_clearance{1.5 * units::m};
  Input<Length> natural_depth;  ///< depth where the berth stands before any dredging
  Input<MassRate> unloading_rate{1000.0 * units::t / units::h};
  Input<Mass> stockyard;
  /// Each product's share of the stockyard, in shiploads: a loader is not asked to turn a ship away
  /// for want of a few tonnes.
  Input<double> least_lots{1.25};
  Input<Time> ship_lateness{2.0 * units::day};  ///< standard deviation around the laycan
  Input<MoneyPerTime> fixed_cost;
  Input<MoneyPerMass> handling_cost;
  Input<MoneyPerTime> maintenance_dredging;
  Input<MoneyPerMass> dues;  ///< paid to the port's owner by cargo, when the port is someone else's
  std::string dues_to;
  std::vector<Berth> berths;
  std::vector<TideConstituent> tides;
  std::vector<Weather> weather;
  Input<double> tugs{0.0};  ///< stationed there; 0 = always enough
  Input<Time> tug_time{2.0 * units::h};
  Input<double> pilots{0.0};  ///< likewise
  Input<Time> pilot_time{3.0 * units::h};
  Input<double> pilotage_from{0.0};  ///< hours of the day
  Input<double> pilotage_until{24.0};
  std::optional<Siltation> siltation;
  std::vector<OtherShips> other_ships;
};

struct Market {
  Input<MoneyPerTime> demurrage{15000.0 * units::usd / units::day};
};

struct Site {
  std::string id;
  std::string label;
  enum class Kind { kMine, kPlant, kHub, kPort, kMarket, kJunction } kind = Kind::kJunction;
  Place at;
  std::string district;
  std::string province;
  std::string source;
  std::vector<Work> works;
  Staffing staff;
  std::optional<Mine> mine;
  std::optional<Plant> plant;
  std::optional<Port> port;
  std::optional<Market> market;
};

}  // namespace tidewater::project
