#pragma once
/// Quantities for tidewater: length, mass, time and money kept apart by the compiler, stored as one
/// double in the base unit (m, kg, s, money of the project's currency and price year).
/// A ratio of like quantities is a plain double; grade, share and probability are plain doubles.

#include <cmath>
#include <compare>
#include <type_traits>

namespace tidewater {

/// A product of base units, L^l M^m T^t C^c; C is money.
template <int L, int M, int T, int C>
struct Dim {
  template <int L2, int M2, int T2, int C2>
  friend constexpr Dim<L + L2, M + M2, T + T2, C + C2> operator*(Dim, Dim<L2, M2, T2, C2>) {
    return {};
  }
  template <int L2, int M2, int T2, int C2>
  friend constexpr Dim<L - L2, M - M2, T - T2, C - C2> operator/(Dim, Dim<L2, M2, T2, C2>) {
    return {};
  }
};
using None = Dim<0, 0, 0, 0>;

template <class D>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double in_base_units) : v_{in_base_units} {}

  /// The number of `unit`s in this quantity: `haul.in(km)`.
  [[nodiscard]] constexpr double in(Quantity unit) const { return v_ / unit.v_; }

  constexpr Quantity& operator+=(Quantity o) {
    v_ += o.v_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity o) {
    v_ -= o.v_;
    return *this;
  }
  constexpr Quantity& operator*=(double k) {
    v_ *= k;
    return *this;
  }
  constexpr Quantity& operator/=(double k) {
    v_ /= k;
    return *this;
  }

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator-(Quantity a) { return Quantity{-a.v_}; }
  friend constexpr Quantity operator*(Quantity a, double k) { return a *= k; }
  friend constexpr Quantity operator*(double k, Quantity a) { return a *= k; }
  friend constexpr Quantity operator/(Quantity a, double k) { return a /= k; }
  // clang-tidy 14 takes the 0 inside a defaulted <=> for a null pointer
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

  [[nodiscard]] constexpr double base() const { return v_; }
  /// The stored number, for the one walker that reads and writes fields of any dimension.
  [[nodiscard]] double* data() { return &v_; }

 private:
  double v_ = 0.0;
};

/// Same dimensions cancel to a plain double; anything else stays a Quantity.
template <class D>
constexpr auto collapse(double v) {
  if constexpr (std::is_same_v<D, None>) {
    return v;
  } else {
    return Quantity<D>{v};
  }
}
template <class A, class B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  return collapse<decltype(A{} * B{})>(a.base() * b.base());
}
template <class A, class B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  return collapse<decltype(A{} / B{})>(a.base() / b.base());
}
template <class D>
constexpr auto operator/(double k, Quantity<D> q) {
  return collapse<decltype(None{} / D{})>(k / q.base());
}

using Length = Quantity<Dim<1, 0, 0, 0>>;
using Area = Quantity<Dim<2, 0, 0, 0>>;
using Volume = Quantity<Dim<3, 0, 0, 0>>;
using Mass = Quantity<Dim<0, 1, 0, 0>>;
using Time = Quantity<Dim<0, 0, 1, 0>>;
using Speed = Quantity<Dim<1, 0, -1, 0>>;
using Accel = Quantity<Dim<1, 0, -2, 0>>;
using Force = Quantity<Dim<1, 1, -2, 0>>;
using Energy = Quantity<Dim<2, 1, -2, 0>>;
using Power = Quantity<Dim<2, 1, -3, 0>>;
using MassRate = Quantity<Dim<0, 1, -1, 0>>;
using Money = Quantity<Dim<0, 0, 0, 1>>;
using MoneyPerMass = Quantity<Dim<0, -1, 0, 1>>;
using MoneyPerTime = Quantity<Dim<0, 0, -1, 1>>;
using MoneyPerLength = Quantity<Dim<-1, 0, 0, 1>>;
using MoneyPerArea = Quantity<Dim<-2, 0, 0, 1>>;
using MoneyPerVolume = Quantity<Dim<-3, 0, 0, 1>>;
using MoneyPerEnergy = Quantity<Dim<-2, -1, 2, 1>>;
using MoneyPerMassLength = Quantity<Dim<-1, -1, 0, 1>>;
using MoneyPerLengthTime = Quantity<Dim<-1, 0, -1, 1>>;
using MassPerTime = MassRate;
using MassPerLength = Quantity<Dim<-1, 1, 0, 0>>;
using ForcePerMass = Quantity<Dim<1, 0, -2, 0>>;
using EnergyPerMass = Quantity<Dim<2, 0, -2, 0>>;
using CarbonPerEnergy = Quantity<Dim<-2, 0, 2, 0>>;  ///< CO2 per fuel or current
using Rate = Quantity<Dim<0, 0, -1, 0>>;             ///< events per time
using RatePerLength = Quantity<Dim<-1, 0, -1, 0>>;   ///< events per time and length of line

namespace units {
inline constexpr Length m{1.0}, km{1e3}, mi{1609.344}, nmi{1852.0}, ft{0.3048};
inline constexpr Volume m3{1.0};
inline constexpr Mass kg{1.0}, t{1e3}, kt{1e6}, Mt{1e9};
inline constexpr Time s{1.0}, min{60.0}, h{3600.0}, day{86400.0}, year{365.25 * 86400.0};
inline constexpr Speed kmh{1.0 / 3.6}, knot{1852.0 / 3600.0};
inline constexpr Force N{1.0}, kN{1e3};
inline constexpr Energy J{1.0}, MJ{1e6}, kWh{3.6e6};
inline constexpr Power W{1.0}, kW{1e3}, MW{1e6};
inline constexpr Money usd{1.0}, musd{1e6}, bnusd{1e9};
inline constexpr Area m2{1.0}, km2{1e6};
}  // namespace units

}  // namespace tidewater
