#pragma once
/// What building a railway costs, at concept level (AACE class 5: -50 / +100 %). Every default is
/// marked as sourced or assumed in its own text; a project file overrides each.

#include <string>
#include <vector>

#include "tidewater/base/units.hpp"

namespace tidewater::route {

using MoneyPerHaul = decltype(MoneyPerVolume{} / Length{});  ///< per volume and way

/// A rate and where it comes from, in the words the report prints.
template <class Q>
struct Rated {
  Q rate{};
  std::string source{};
  bool operator==(Rated const&) const = default;
};

struct Rates {
  // Sourced rates are in AUD of 2013 and stand here at par; give your own currency and year.
  Rated<MoneyPerVolume> rock_cut{26 * units::usd / units::m3,
                                 "hotrails.net citing AECOM 2013, AUD2013 at par"};
  Rated<MoneyPerVolume> dump{7 * units::usd / units::m3,
                             "hotrails.net citing AECOM 2013, AUD2013 at par"};
  Rated<MoneyPerVolume> borrow{11 * units::usd / units::m3,
                               "hotrails.net citing AECOM 2013, AUD2013 at par"};
  Rated<MoneyPerVolume> place{9 * units::usd / units::m3,
                              "hotrails.net citing AECOM 2013, AUD2013 at par"};
  /// Of cut that is used as fill: from the middle of where it was dug to where it is placed. Used
  /// cut pays rock_cut, haul and place; borrow pays borrow and place; waste pays rock_cut and dump.
  Rated<MoneyPerHaul> haul{1.5 * units::usd / (units::m3 * units::km),
                           "assumed: 1 to 2 USD per m3 and km by dump truck"};
  Rated<MoneyPerLength> tunnel{36 * units::musd / units::km,
                               "single track; hotrails.net citing AECOM 2013, AUD2013 at par"};
  Rated<MoneyPerLength> track{0.75 * units::musd / units::km, "assumed: 0.6 to 0.9 MUSD/km"};
  Rated<MoneyPerLength> signalling{0.15 * units::musd / units::km, "assumed: 0.08 to 0.25 MUSD/km"};
  Rated<Money> loop{3.5 * units::musd, "assumed: 2.5 to 5 MUSD each"};
  /// A viaduct costs deck + face * height per metre of line.
  Rated<MoneyPerLength> viaduct_deck{12'000 * units::usd / units::m,
                                     "assumed: 12,000 + 250 h USD/m"};
  Rated<MoneyPerArea> viaduct_face{250 * units::usd / units::m2, "assumed: 12,000 + 250 h USD/m"};
  Rated<double> engineering{0.10, "assumed: share of construction"};
  Rated<double> contingency{0.30, "assumed: share of construction"};
  /// Upgrading a line that exists, all in: engineering and contingency are not added to it.
  Rated<MoneyPerLength> upgrade{0.56 * units::musd / units::km,
                                "assumed: middle of ML-3 rehabilitation, 0.45 to 0.67 MUSD/km"};
  bool operator==(Rates const&) const = default;
};

/// What whole lines cost elsewhere, all in: to set beside ours, never to compute with.
struct LineAnchor {
  std::string line;
  Length length{};  ///< zero where only a rate is known
  MoneyPerLength low{};
  MoneyPerLength high{};
  std::string source{};
};
[[nodiscard]] std::vector<LineAnchor> line_anchors();

}  // namespace tidewater::route
