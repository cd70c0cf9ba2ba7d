#pragma once
/// What a corridor project is: plain structs, nothing computed. Fields, units, defaults and
/// meanings are declared in describe(); docs/guide/project-file.md is written from the same
/// declarations.

#include <optional>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/project/fields.hpp"
#include "tidewater/project/site.hpp"

namespace tidewater::project {

struct Header {
  std::string name;
  std::string question;  ///< what the appraisal is asked
  std::string description;
  int first_year = 2025;
  int years = 30;
  std::string currency = "USD";
  int price_year = 2025;
  Input<Share> discount_rate{0.08};
  Input<Share> inflation{0.02};
  Input<double> start_year{2027.0};       ///< calendar year in which construction starts
  Input<Share> bought_in_district{0.05};  ///< of everything bought, wages apart
  Input<Share> bought_in_country{0.30};   ///< beyond the district
  Input<Share> most_wages{0.6};           ///< of what works cost, however large their crew
  int seed = 1;
  int replications = 4;
  int futures = 200;
  /// Sampled judgements each future meets; 400 keep their sampling error well below the spread
  /// between futures.
  int judgements = 400;
  std::string reference_option;  ///< the option the others are compared with
  std::vector<std::string> left_out;
};

/// Another currency or price year, stated in the project's own: 1 AUD2013 = 0.72 USD.
struct Exchange {
  std::string code;
  Input<Money> value;
};

struct Terrain {
  std::string elevation;  ///< a raster of heights, relative to the project file
  Input<Length> cell{500.0 * units::m};
  Input<Length> margin{60.0 * units::km};
  Input<Length> smoothing{0.0 * units::m};
  std::string note;
};

struct Zone {
  std::string name;
  enum class Kind { kForbidden, kFactor, kStructureOnly } kind = Kind::kFactor;
  Input<double> factor{1.0};
  std::vector<Place> polygon;
  std::vector<Place> line;  ///< instead of a polygon
  std::string reason;
};

/// Concept-level prices of building railway; every alignment of the project uses them.
struct Rates {
  Input<MoneyPerLength> track{0.75e6 * units::usd / units::km};
  Input<MoneyPerLength> signalling{0.12e6 * units::usd / units::km};
  Input<Money> loop{3.5e6 * units::usd};
  Input<MoneyPerVolume> cut{18.7 * units::usd / units::m3};
  Input<MoneyPerVolume> fill{6.5 * units::usd / units::m3};
  Input<MoneyPerVolume> borrow{7.9 * units::usd / units::m3};
  Input<MoneyPerVolume> dump{5.0 * units::usd / units::m3};
  Input<MoneyPerLength> bridge_base{12000.0 * units::usd / units::m};
  Input<MoneyPerArea> bridge_per_height{250.0 * units::usd / units::m2};
  Input<MoneyPerLength> tunnel{26.0e6 * units::usd / units::km};
  Input<Length> bridge_above{15.0 * units::m};
  Input<Length> tunnel_below{22.0 * units::m};
  Input<Length> formation_width{7.0 * units::m};
  Input<double> cut_slope{1.0};
  Input<double> fill_slope{1.5};
  Input<MoneyPerLength> drainage{0.15e6 * units::usd / units::km};
  Input<Share> engineering{0.10};
  Input<Share> contingency{0.30};
};

struct Content {
  std::string metal;
  Input<double> grade;  ///< share of the dry product's mass
  Input<Share> payable{0.965};
  Input<Share> deduction{0.0};  ///< units of grade not paid for
  Input<MoneyPerMass> price;
  Input<MoneyPerMass> refining_charge{};  ///< per tonne of payable metal
};

struct Product {
  std::string id;
  std::string label;
  Input<Share> moisture{0.08};
  Input<MoneyPerMass> treatment_charge;
  std::vector<Content> contents;
  std::string end_uses;
};

/// Planned closures of a line, or of a stretch of it, for maintenance.
struct Possession {
  std::string name;
  Input<double> first_day{0.0};  ///< after the corridor opens
  Input<double> hour{0.0};       ///< of the day
  Input<Time> length;
  Input<Time> every{7.0 * units::day};  ///< from one beginning to the next
  Input<Length> from{};                 ///< from the link's `from`
  Input<Length> to{};                   ///< likewise; 0 = to its end
};

/// Crews of the trains loaded at one end of a railway, at home where they are unloaded.
struct Crews {
  Input<double> count;
  Input<double> per_train{1.0};
  Input<Time> duty{12.0 * units::h};
  Input<Time> rest{12.0 * units::h};
};

struct Rail {
  Input<Length> gauge{1.676 * units::m};
  Input<Grade> ruling_loaded{0.01};
  Input<Grade> ruling_empty{0.015};
  Input<Length> min_radius{500.0 * units::m};
  Input<Mass> axle_load{22.5 * units::t};
  Input<Speed> speed{70.0 * units::kmh};
  Input<double> tracks{1.0};
  Input<double> loops{0.0};  ///< passing loops between the ends
  Input<Length> loop_length{1.0 * units::km};
  Input<Length> yard_length{1.0 * units::km};  ///< of a new line, at mines, plants, hubs, ports
  Input<Share> search_gap{
      0.05};  ///< of a new line's cost: sought on while the bound is further off
  Input<Time> meet_allowance{6.0 * units::min};
  Input<Time> buffer{0.0 * units::min};  ///< of the clock-face timetable, against late running
  Input<double> other_trains{0.0};       ///< a day each way, already on the line
  std::string consist;
  Input<Length> length{};  ///< of an existing line, when it is known better than drawn
  Input<MoneyPerLength> upgrade_rate{};
  Input<Money> upgrade_cost{};  ///< a lump sum, added to the rate
  Input<Time> build{4.0 * units::year};
  Input<MoneyPerLengthTime> upkeep{};  ///< per km of line and year, paid by the venture
  Input<MoneyPerMassLength> access{};  ///< track access charge per wet tonne of cargo and km
  std::string access_to;
  Input<double> fleet_margin{1.2};  ///< consists over what undisturbed running needs
  Input<double> fleet{0.0};         ///< consists; 0 = as many as the tonnage needs
  std::vector<Possession> possessions;
  std::optional<Crews> crews;  ///< none: always enough
};

struct Road {
  Input<double> detour{1.3};  ///< road km over great-circle km
  Input<Length> length{};
  Input<Mass> payload{40.0 * units::t};
  Input<Speed> speed{40.0 * units::kmh};
  Input<double> fleet_margin{1.2};
  Input<double> fleet{0.0};
  Input<Time> at_ends{1.0 * units::h};         ///< of a truck, loading and unloading together
  Input<Time> dispatch_every{4.0 * units::h};  ///< what waits is sent off in full trucks
  Input<MoneyPerMassLength> cost{0.08 * units::usd / (units::t * units::km)};
};

/// Slurry of one product, pumped in batches and dewatered at the far end. Masses are dry solids.
struct Pipeline {
  Input<double> detour{1.3};  ///< pipe km over great-circle km
  Input<Length> length{};
  Input<MassRate> solids;     ///< while it pumps
  Input<Share> solids_share;  ///< of the slurry's mass
  Input<Speed> velocity;
  Input<Mass> batch;
  Input<Share> availability;
  Input<Time> mean_outage{1.0 * units::day};
  Input<Grade> head_loss;  ///< to friction, as height of slurry over length of pipe
  Input<Length> lift{};    ///< of the far end over the near one
  Input<Share> efficiency;
  Input<MoneyPerEnergy> energy_price;
  Input<CarbonPerEnergy> carbon;  ///< of the current
  Input<MoneyPerLength> cost{};
  Input<Time> build{3.0 * units::year};
  Input<MoneyPerLengthTime> upkeep{};
  Input<MoneyPerMass> dewatering{};
};

struct Sea {
  Input<Length> distance;
  std::string vessel;
  Input<Money> canal_due{};
};

struct Link {
  std::string id;
  enum class Mode { kRail, kRoad, kPipeline, kSea } mode = Mode::kRail;
  std::string from;
  std::string to;
  std::vector<Place> via;  ///< points a new line must pass, in order
  enum class State { kNew, kExisting, kUpgrade } status = State::kNew;
  std::vector<Place> geometry;  ///< of an existing line
  std::string district;         ///< where its wages and purchases mostly fall
  std::string note;
  std::vector<Work> works;
  Staffing staff;
  std::optional<Rail> rail;
  std::optional<Road> road;
  std::optional<Pipeline> pipeline;
  std::optional<Sea> sea;
};

struct Locomotive {
  std::string id;
  std::string catalogue;  ///< what is not stated is taken from this entry of the catalogue
  enum class Traction { kDiesel, kElectric, kBattery, kHybrid } traction = Traction::kDiesel;
  Input<Mass> mass{120.0 * units::t};
  Input<Length> length{20.0 * units::m};
  std::vector<CurvePoint> effort;      ///< speed (m/s), tractive effort (N)
  std::vector<CurvePoint> resistance;  ///< speed (m/s), force (N); empty = Davis
  Input<Power> power{2.2 * units::MW};
  Input<Speed> max_speed{100.0 * units::kmh};
  Input<double> adhesion{0.28};
  Input<Power> dynamic_brake{1.5 * units::MW};
  Input<Share> brake_grip{0.55};  ///< most of what adhesion allows that the dynamic brake uses
  Input<double> axles{6.0};
  Input<Share> efficiency{0.33};               ///< work at the wheel per energy of fuel or supply
  std::vector<CurvePoint> efficiency_by_load;  ///< share of full power, the same at that load
  Input<Share> catenary{0.92};                 ///< of an electric one: substation to pantograph
  Input<Share> regeneration{0.0};              ///< of dynamic braking, back into the supply
  Input<CarbonPerEnergy> carbon{0.267 * units::kg / units::kWh};  ///< of fuel or supply
  Input<Power> idling{0.0 * units::kW};     ///< fuel or current besides traction
  Input<Time> power_rise{0.0 * units::s};   ///< from none to full; 0 = at once
  Input<Energy> storage{0.0 * units::kWh};  ///< usable, of a battery or hybrid
  Input<Power> storage_power{0.0 * units::MW};
  Input<Power> storage_boost{0.0 * units::MW};  ///< a hybrid's store adds to `power` while it can
  Input<Money> price{4.0 * units::musd};
};

struct Wagon {
  std::string id;
  std::string catalogue;
  Input<Mass> tare{22.0 * units::t};
  Input<Mass> payload{60.0 * units::t};
  Input<Length> length{14.0 * units::m};
  Input<double> axles{4.0};
  /// Speed (m/s), force (N) of one wagon on level tangent track; empty = modified Davis.
  std::vector<CurvePoint> resistance_loaded;
  std::vector<CurvePoint> resistance_empty;
  Input<Share> brake_ratio{0.065};             ///< full-service brake force over loaded weight
  Input<Power> brake_heat{120.0 * units::kW};  ///< its wheels can shed for long
  Input<Force> drawbar{0.0 * units::kN};       ///< pull its couplings may carry; 0 = not looked at
  Input<Money> price{0.09 * units::musd};
};

/// Vehicles of one further class in a consist.
struct VehicleGroup {
  std::string of;
  Input<double> count{1.0};
};

struct Consist {
  std::string id;
  std::string locomotive;
  std::string wagon;
  Input<double> wagons{30.0};
  Input<double> locomotives{0.0};              ///< 0 = as many as the ruling grade needs
  std::vector<VehicleGroup> more_locomotives;  ///< of other classes, in every train besides those
  std::vector<VehicleGroup> more_wagons;
  Input<Share> remote{0.0};    ///< of the wagons, ahead of the second half of the locomotives
  Input<Share> coast_to{1.0};  ///< of a limit: coasting down to it before brakes are used
  Input<MoneyPerLength> running_cost{6.0 * units::usd /
                                     units::km};  ///< crew and upkeep per train-km
  Input<Rate> failures{0.05 / units::day};        ///< that stop it on the line, per time under way
  Input<Time> mean_repair{6.0 * units::h};
  Input<Time> at_loading{1.5 * units::h};  ///< besides loading itself
  Input<Time> at_unloading{1.5 * units::h};
  Input<MoneyPerEnergy> energy_price{0.24 * units::usd /
                                     units::kWh};  ///< at the wheel, fuel and engine upkeep
};

struct Vessel {
  std::string id;
  std::string catalogue;
  std::string class_name;
  Input<Mass> dwt;
  Input<Mass> lot;
  Input<Length> draught;
  Input<Share> ballast_draught{0.6};  ///< of `draught`
  Input<Length> loa;
  Input<double> tugs{2.0};  ///< at each move
  Input<Speed> speed{12.5 * units::knot};
  Input<MoneyPerTime> hire{14000.0 * units::usd / units::day};
  Input<MassRate> fuel{24.0 * units::t / units::day};
  Input<MoneyPerMass> fuel_price{600.0 * units::usd / units::t};
  Input<Share> return_paid{0.7};  ///< of the way back in ballast that the cargo pays for
  Input<Money> port_costs{100000.0 * units::usd};
};

/// Something that stops the corridor now and then, at a place, for a while.
struct Hazard {
  std::string id;
  std::string name;
  std::string at;  ///< a link or a site
  Input<RatePerLength> per_length{};
  Input<Rate> rate{};
  Input<Time> mean_repair{1.0 * units::day};
  Input<Mass> loss{};  ///< cargo lost at each event
  std::string note;
};

struct Instrument {
  std::string id;
  std::string name;
  enum class Kind {
    kRoyalty,
    kIncomeTax,
    kWithholding,
    kSurcharge,
    kFund,
    kRent
  } kind = Kind::kRoyalty;
  enum class Base { kGross, kNetSmelter, kProfit, kDividends, kFixed, kTonnes } base = Base::kGross;
  Input<double> rate{0.0};
  Input<MoneyPerTime> amount{};
  Input<MoneyPerMass> per_tonne{};
  std::string payee;
  enum class Level {
    kFederal,
    kProvincial,
    kDistrict,
    kCommunity,
    kForeign,
    kPrivate
  } level = Level::kProvincial;
  std::string district;
  Input<Money> advance_cap{};        ///< advances recouped from later royalties
  std::vector<CurvePoint> advances;  ///< year after construction starts, money a year
  Input<Time> depreciation{10.0 * units::year};
};

struct Shareholder {
  std::string name;
  Input<Share> share;
  enum class Terms { kFunded, kFreeCarried } terms = Terms::kFunded;
  Instrument::Level level = Instrument::Level::kPrivate;
};

struct Loan {
  std::string name;
  Input<Share> share{0.5};
  Input<Share> rate{0.08};
  Input<Time> tenor{15.0 * units::year};
  Input<Time> grace{1.0 * units::year};
  enum class Repayment { kAnnuity, kSculpted } repayment = Repayment::kAnnuity;
  Input<double> target_dscr{1.4};
  Input<Share> upfront_fee{0.015};
  Input<Share> commitment_fee{0.005};
};

struct Issue {
  std::string id;
  std::string name;
  enum class Kind { kMoney, kJobs, kPosition } kind = Kind::kPosition;
  std::string low_end;
  std::string high_end;
};

/// A judgement with a range; positions and salience run from 0 to 100.
struct Position {
  std::string issue;
  Input<double> at{50.0};
  Input<double> salience{0.0};
};

struct Party {
  std::string id;
  std::string name;
  enum class Role { kBargain, kObserver, kRiskOnly } role = Role::kBargain;
  bool key = true;
  Input<double> capability{50.0};
  std::vector<std::string>
      receipts;  ///< payees of the ledger whose money this party counts as its own
  std::vector<std::string> districts;  ///< districts whose wages and purchases it counts
  Input<Money> money_scale{100.0 * units::musd};
  Input<double> jobs_target{1000.0};
  std::vector<Position> positions;
  std::string reason;
};

struct Gate {
  std::string name;
  enum class GateStatus { kOpen, kMet, kFailed } status = GateStatus::kOpen;
  std::string evidence;
  std::string why;
  std::vector<std::string> options;  ///< empty = all but "no project"
};

struct Option {
  std::string name;
  std::string label;
  std::string summary;
  std::vector<std::string> links;
  Input<Time> delay{};           ///< construction starts this much after the project's start_year
  std::vector<Position> stance;  ///< where this option stands on each issue (salience unused)
  std::vector<Override> overrides;
};

struct Claim {
  std::string id;
  std::string says;
  enum class Measure {
    kDistance,
    kDistanceToLine,
    kKpi,
    kPortDepth,
    kReserveShare,
    kRailLength,
    kRailCostPerLength
  } measure = Measure::kKpi;
  std::vector<std::string> sites;
  std::vector<Place> line;
  std::string option;
  std::vector<std::string> kpis;  ///< summed
  std::vector<std::string> products;
  Input<double> stated{0.0};
  std::string unit;
  Input<double> tolerance{0.1};
  std::string note;
};

struct Project {
  Header header;
  std::vector<Exchange> exchanges;
  Terrain terrain;
  Rates rates;
  std::vector<Zone> zones;
  std::vector<Site> sites;
  std::vector<Product> products;
  std::vector<Locomotive> locomotives;
  std::vector<Wagon> wagons;
  std::vector<Consist> consists;
  std::vector<Vessel> vessels;
  std::vector<Link> links;
  std::vector<Hazard> hazards;
  std::vector<Instrument> instruments;
  std::vector<Shareholder> shareholders;
  std::optional<Loan> loan;
  std::vector<Issue> issues;
  std::vector<Party> parties;
  std::vector<Gate> gates;
  std::vector<Option> options;
  std::vector<Claim> claims;
};
}  // namespace tidewater::project
