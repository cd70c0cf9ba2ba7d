#pragma once
/// Locomotives, wagons and the trains made of them: masses, running resistance, tractive effort and
/// brakes. Forces are at the wheel rim.

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::train {

inline constexpr Accel kGravity{9.80665};  ///< m/s2, ISO 80000-3

/// A point of a force over speed: tractive effort, dynamic brake or a table of resistance.
struct EffortPoint {
  Speed speed{};
  Force force{};
  bool operator==(EffortPoint const&) const = default;
};

/// Running resistance of one vehicle of mass M on level tangent track in still air,
///   R(v) = fixed + per_mass M + (linear + linear_per_mass M) v + (drag + drag_per_mass M) v^2
///          + what the table says.
/// Every formula in use (Davis, AREMA, Strahl, Sauthoff) unfolds into the six numbers; a measured
/// curve goes into the table (straight lines, flat beyond its ends; a run that goes faster says
/// so).
struct Resistance {
  Force fixed{};
  ForcePerMass per_mass{};
  MassRate linear{};                           ///< N/(m/s)
  Rate linear_per_mass{};                      ///< N/kg/(m/s)
  MassPerLength drag{};                        ///< N/(m/s)^2
  Quantity<Dim<-1, 0, 0, 0>> drag_per_mass{};  ///< N/kg/(m/s)^2
  std::vector<EffortPoint> table{};            ///< of this vehicle, whatever its mass
  bool operator==(Resistance const&) const = default;
};

[[nodiscard]] Force resistance(Resistance const& law, Mass mass, Speed speed);

/// Strahl, goods wagons: g M (base + air (v / 100 km/h)^2), coefficients in per mille.
[[nodiscard]] Resistance strahl(double base_permille, double air_permille);

/// Sauthoff, coaches: g M (base + rolling v / (100 km/h) + air ((v + 15 km/h) / 100 km/h)^2), in
/// per mille; 15 km/h is the head wind allowed for.
struct SauthoffCoefficients {
  double base_permille = 0;
  double rolling_permille = 0;
  double air_permille = 0;
};
[[nodiscard]] Resistance sauthoff(SauthoffCoefficients coefficients);

/// Traction units (German practice): g (base M_driven + rolling M_carried
/// + air (M_driven + M_carried) ((v + 15 km/h) / 100 km/h)^2), of the masses given, not of the
/// load.
[[nodiscard]] Resistance traction_unit(SauthoffCoefficients coefficients,
                                       Mass driven,
                                       Mass carried);

/// AREMA's modified Davis formula (Canadian National), in lb, short tons W, axles n, mile/h V:
///   0.6 W + 20 n + 0.01 W V + K V^2;  K = 0.07 is customary for ordinary wagons, more for boxes.
[[nodiscard]] Resistance modified_davis(int axles, double air_coefficient = 0.07);

/// Davis (1926) for locomotives: 1.3 W + 29 n + 0.03 W V + 0.0024 A V^2, A frontal area in ft^2.
[[nodiscard]] Resistance davis_locomotive(int axles, Area frontal_area);

/// Friction brakes of one vehicle.
struct AirBrake {
  Force full_service{};  ///< retarding force of a full service application
  Power sustained{};     ///< heat the wheels and blocks can take for long; holds speed downhill
  bool operator==(AirBrake const&) const = default;
};

/// Work at the wheel per energy of fuel or supply, at a share of full power.
struct LoadPoint {
  double load = 0;  ///< 0..1, of the most the locomotive does at the wheel
  double efficiency = 0;
  bool operator==(LoadPoint const&) const = default;
};

/// Energy carried on board and filled by the dynamic brakes.
struct Storage {
  enum class Use {
    kOnlySource,  ///< a battery locomotive: starts full and does all its work from it
    kBuffer,      ///< a hybrid: gives what has been put in before the engine works
  };
  Energy usable{};
  Power charge{};                                            ///< most it takes in, at the wheel
  Power discharge{std::numeric_limits<double>::infinity()};  ///< most a buffer gives, at the wheel
  double efficiency = 0.9;  ///< each way between wheel and store (assumed)
  double filled = 0;        ///< share of a buffer that is full when the run begins
  /// Power at the wheel a buffer adds to the engine's as long as it holds any; zero: it only spares
  /// the engine. Sizing of trains counts on the engine alone.
  Power boost{};
  Power top_up{};  ///< at the wheel: when less is wanted, the engine gives so much and fills it
  Use use = Use::kBuffer;
  bool operator==(Storage const&) const = default;
};

struct Locomotive {
  std::string name{};
  Mass mass{};
  Mass adhesive_mass{};  ///< on driven axles
  Length length{};
  int axles = 6;
  double rotating_mass_factor = 1.09;  ///< inertia over mass
  Resistance resistance{};
  /// Straight lines between points, flat before the first. After the last: flat where `power` caps
  /// it, else a hyperbola of the last point's power.
  std::vector<EffortPoint> tractive_effort{};
  std::optional<double> adhesion{};  ///< effort is capped at adhesion x adhesive weight
  std::optional<Power> power{};      ///< effort is capped at power / speed
  Speed max_speed{std::numeric_limits<double>::infinity()};
  std::vector<EffortPoint> dynamic_brake{};  ///< empty: none; straight lines, flat beyond its ends
  std::optional<AirBrake> brake{};
  double efficiency = 0.33;  ///< work at the wheel per energy of fuel or supply (assumed: diesel)
  /// In place of `efficiency` when given: straight lines over load, flat beyond its ends.
  std::vector<LoadPoint> efficiency_by_load{};
  Power standing_use{};      ///< fuel or supply power drawn besides traction (idling, auxiliaries)
  double catenary = 1.0;     ///< share of the substation's energy that reaches an electric one
  double regeneration = 0;   ///< share of dynamic braking work that goes back into the supply
  CarbonPerEnergy carbon{};  ///< of fuel or supply
  std::optional<Storage> storage{};
  /// Time from no power to all of it; none: at once. The power of a train rises at the sum of its
  /// locomotives' rates, at once as soon as one of them has none.
  std::optional<Time> power_rise{};
};

struct Wagon {
  std::string name{};
  Mass tare{};
  Mass payload{};
  Length length{};
  int axles = 4;
  double rotating_mass_factor = 1.06;  ///< inertia over tare; the load does not rotate
  Resistance resistance{};
  std::optional<Resistance> resistance_empty{};  ///< of an empty one, where another law holds
  Speed max_speed_loaded{std::numeric_limits<double>::infinity()};
  Speed max_speed_empty{std::numeric_limits<double>::infinity()};
  std::optional<AirBrake> brake{};
};

enum class Load { kEmpty, kLoaded };

struct LocomotiveGroup {
  Locomotive type{};
  int count = 1;
  double place = 0;  ///< share of the wagons ahead of it: 0 leads, 1 pushes
};
struct WagonGroup {
  Wagon type{};
  int count = 1;
  Load load = Load::kLoaded;
};

/// The law that holds for the wagons of a group, loaded or empty.
[[nodiscard]] Resistance const& resistance_law(WagonGroup const& group);

struct Train {
  std::vector<LocomotiveGroup> locomotives{};
  std::vector<WagonGroup> wagons{};
  Accel service_braking{0.225};  ///< planned deceleration, any grade the brakes can carry
};

[[nodiscard]] Mass mass(Train const& train);
[[nodiscard]] Mass inertia(Train const& train);  ///< mass and rotating parts
[[nodiscard]] Mass payload(Train const& train);
[[nodiscard]] Length length(Train const& train);
[[nodiscard]] Speed max_speed(Train const& train);
[[nodiscard]] Force resistance(Train const& train, Speed speed);
/// Effort at the rim after the caps of adhesion and power.
[[nodiscard]] Force tractive_effort(Train const& train, Speed speed);
[[nodiscard]] Force tractive_effort(Locomotive const& locomotive, Speed speed);
/// What the locomotives brake with, besides any friction brake.
[[nodiscard]] Force dynamic_brake(Train const& train, Speed speed);
/// Most power at the wheel at any speed up to its own maximum (or `top_speed`, if less).
[[nodiscard]] Power full_power(Locomotive const& locomotive, Speed top_speed);
/// Force that can hold the speed of a descending train for long: dynamic brakes and what the air
/// brakes may give without overheating. None, when no vehicle states an air brake: then brakes are
/// taken as ample and nothing is checked.
[[nodiscard]] std::optional<Force> holding_force(Train const& train, Speed speed);

[[nodiscard]] Train loaded(Train train);
[[nodiscard]] Train empty(Train train);
/// The train with one locomotive of the group dead but still hauled.
[[nodiscard]] Train with_failed_locomotive(Train train, std::size_t group = 0);

/// Largest pull and push between neighbouring vehicles, quasi-static: every locomotive gives the
/// same share of its effort, nothing surges. Wagons stand in the order of their groups.
struct CouplerForces {
  Force pull{};
  Force push{};
  int pull_behind = 0;  ///< vehicles ahead of the coupler with the largest pull
};
/// Forces at `speed` while the train gathers speed at `acceleration` on a constant grade. Needs an
/// effort of some locomotive at that speed.
[[nodiscard]] CouplerForces coupler_forces(Train const& train,
                                           Speed speed,
                                           double grade,
                                           Accel acceleration);

/// Every fault of the train: none, when it can be run.
[[nodiscard]] Diagnostics faults(Train const& train, std::string const& where = "/train");

/// Highest steady speed under full effort on a constant grade, up to the train's maximum; none when
/// even standing effort does not hold it. Exact to 1e-9 of the speed.
[[nodiscard]] std::optional<Speed> balance_speed(Train const& train, double grade);

}  // namespace tidewater::train
