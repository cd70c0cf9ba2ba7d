#include "force_table.hpp"

namespace tidewater::train {
namespace {

constexpr double kHundredKmh = 100.0 / 3.6;  // m/s, the reference speed of the German formulae
constexpr double kHeadWind = 15.0 / 3.6;     // m/s
constexpr double kPound = 4.4482216152605;   // N, pound-force
constexpr double kShortTon = 907.18474;      // kg
constexpr double kMileAnHour = 0.44704;      // m/s

}  // namespace

Force resistance(Resistance const& law, Mass mass, Speed speed) {
  double const m = mass.base();
  double const v = speed.base();
  return Force{law.fixed.base() + law.per_mass.base() * m +
               v * (law.linear.base() + law.linear_per_mass.base() * m +
                    v * (law.drag.base() + law.drag_per_mass.base() * m)) +
               on_table(law.table, v)};
}

Resistance strahl(double base_permille, double air_permille) {
  double const g = kGravity.base() / 1000.0;
  return {
      .per_mass = ForcePerMass{g * base_permille},
      .drag_per_mass = Quantity<Dim<-1, 0, 0, 0>>{g * air_permille / (kHundredKmh * kHundredKmh)}};
}

Resistance sauthoff(SauthoffCoefficients coefficients) {
  double const g = kGravity.base() / 1000.0;
  double const air = g * coefficients.air_permille / (kHundredKmh * kHundredKmh);
  return {.per_mass = ForcePerMass{g * coefficients.base_permille + air * kHeadWind * kHeadWind},
          .linear_per_mass =
              Rate{g * coefficients.rolling_permille / kHundredKmh + 2.0 * air * kHeadWind},
          .drag_per_mass = Quantity<Dim<-1, 0, 0, 0>>{air}};
}

Resistance traction_unit(SauthoffCoefficients coefficients, Mass driven, Mass carried) {
  double const g = kGravity.base() / 1000.0;
  double const air =
      g * coefficients.air_permille * (driven + carried).base() / (kHundredKmh * kHundredKmh);
  return {.fixed = Force{g * (coefficients.base_permille * driven.base() +
                              coefficients.rolling_permille * carried.base()) +
                         air * kHeadWind * kHeadWind},
          .linear = MassRate{2.0 * air * kHeadWind},
          .drag = MassPerLength{air}};
}

Resistance modified_davis(int axles, double air_coefficient) {
  return {.fixed = Force{20.0 * axles * kPound},
          .per_mass = ForcePerMass{0.6 * kPound / kShortTon},
          .linear_per_mass = Rate{0.01 * kPound / kShortTon / kMileAnHour},
          .drag = MassPerLength{air_coefficient * kPound / (kMileAnHour * kMileAnHour)}};
}

Resistance davis_locomotive(int axles, Area frontal_area) {
  double const square_feet = frontal_area / (units::ft * units::ft);
  return {.fixed = Force{29.0 * axles * kPound},
          .per_mass = ForcePerMass{1.3 * kPound / kShortTon},
          .linear_per_mass = Rate{0.03 * kPound / kShortTon / kMileAnHour},
          .drag = MassPerLength{0.0024 * square_feet * kPound / (kMileAnHour * kMileAnHour)}};
}

}  // namespace tidewater::train
