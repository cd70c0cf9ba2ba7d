#include "tidewater/project/catalogue.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include <fmt/format.h>

namespace tidewater::project {

namespace {

/// A figure of the catalogue in the unit its source uses.
template <class Q>
struct Figure {
  double value = 0;
  Q unit{};
  char const* unit_text = "";
  Status status = Status::kSourced;
  char const* source = "";
};

/// Takes the figure unless the project states its own.
template <class Q>
void fill(Input<Q>& input, Figure<Q> const& figure) {
  if (input.origin.status == Status::kDefault && figure.value > 0) {
    input.value = figure.value * figure.unit;
    input.origin.status = figure.status;
    input.origin.source = figure.source;
    input.origin.written = fmt::format("{:g} {}", figure.value, figure.unit_text);
  }
}

Figure<Mass> t(double value, char const* source, Status status = Status::kSourced) {
  return {value, units::t, "t", status, source};
}
Figure<Length> m(double value, char const* source, Status status = Status::kSourced) {
  return {value, units::m, "m", status, source};
}
Figure<Power> mw(double value, char const* source, Status status = Status::kSourced) {
  return {value, units::MW, "MW", status, source};
}
Figure<Speed> kmh(double value, char const* source, Status status = Status::kSourced) {
  return {value, units::kmh, "km/h", status, source};
}
Figure<Mass> kt(double value, char const* source, Status status = Status::kSourced) {
  return {value, units::kt, "kt", status, source};
}

constexpr char const* kAc4400 =
    "Wikipedia, GE AC4400CW: 426,000 lb, 73 ft 2 in, 180,000 lbf at starting";
constexpr char const* kAc4400Power =
    "derived: 4,400 hp (3.3 MW) of the engine (Wikipedia, GE AC4400CW) less 3 % in generator and "
    "drive";
constexpr char const* kAltrios =
    "ALTRIOS default locomotive (github.com/NREL/altrios, after wabteccorp.com/media/3641, Tier 4)";
constexpr char const* kAltriosPower =
    "derived: 3.356 MW engine x 0.980 generator x 0.989 drive less auxiliaries, of the same source";
constexpr char const* kWdg4g =
    "Wikipedia, Indian locomotive class WDG-4G: 132 t, 22.567 m, 544 kN at starting, 100 km/h";
constexpr char const* kWdg4gPower =
    "derived: 4,500 hp (3.36 MW) of the engine (Wikipedia, WDG-4G) less 3 % in generator and drive";
constexpr char const* kWag9h =
    "Wikipedia, Indian locomotive class WAG-9: WAG-9H 132 t, 20.562 m, 4,564 kW, 100 km/h; 510 kN "
    "at "
    "starting (German Wikipedia, IR-Klasse WAG-9)";
constexpr char const* kIore =
    "Wikipedia, Iore, one section: 180 t, 22.905 m, 5,400 kW, 600 kN at starting, 80 km/h";
constexpr char const* kDriveEfficiency =
    "assumed: transformer, converter and motors of a three-phase drive, pantograph to wheel";
constexpr char const* kF050 = "railmarket.com, 100 new wagons for LKAB: F050, 100 t each";
constexpr char const* kF050Tare =
    "derived: 120 t, which 30 t an axle allow (steelprize.com, LKAB 2008), less the load";
constexpr char const* kF050Length =
    "derived: 750 m of train (railjournal.com, LKAB) less two locomotives of 22.9 m, over 68 "
    "wagons";
constexpr char const* kBoxn =
    "IRIMEE, Development in wagon (vdocuments.mx/development-in-wagon.html): BOXN";
constexpr char const* kBoxnha =
    "IRIMEE, Development in wagon; Classification of freight stocks (scribd 613455955): BOXNHA";
constexpr char const* kBoxnhs = "Classification of freight stocks (scribd 613455955): BOXNHS";
constexpr char const* kManifest =
    "ALTRIOS Manifest_Loaded (github.com/NREL/altrios, rolling_stock)";
constexpr char const* kSizes = "bulkcarrierguide.com/size-range.html, upper end of the class";
constexpr char const* kCapesize = "Wikipedia, Capesize: about 170,000 dwt, 290 m, 18 m";
constexpr char const* kNearHandymax =
    "assumed: the length of the largest Handymax and a draught about one metre more";
constexpr char const* kPanamax =
    "tehnoros.ru, Bulker's types: 65,000 dwt on average; 12.04 m, the most in the canal's old "
    "locks";
constexpr char const* kPanamaxLength =
    "assumed: usual for the class; the old locks allow 294 m (tehnoros.ru, Bulker's types)";
constexpr char const* kKamsarmax = "kamsarmax.com: 82,000 dwt, 229 m, the most at Port Kamsar";
constexpr char const* kKamsarmaxDraught = "assumed: usual for the class, fully laden";
constexpr char const* kNewcastlemax =
    "meoexamz.co.in, Bulk ship size categories: about 185,000 dwt, at most 300 m";
constexpr char const* kNewcastlemaxDraught = "assumed: a little more than a Capesize's 18 m";
constexpr char const* kValemax = "Wikipedia, Valemax: 380,000 to 400,000 dwt, 362 m, 22 to 23 m";
constexpr char const* kLot = "assumed: 94 % of the deadweight, the rest fuel, water and stores";

struct LocomotiveEntry {
  std::string_view name;
  Figure<Mass> mass;
  Figure<Length> length;
  Figure<Power> power;
  double start_kn;  ///< starting effort, of the source of the mass
  Figure<Speed> max_speed{};
  bool electric = false;
};

std::span<LocomotiveEntry const> locomotives() {
  static LocomotiveEntry const entries[] = {
      {"ac4400cw", t(193, kAc4400), m(22.3, kAc4400), mw(3.2, kAc4400Power, Status::kDerived), 800},
      {"wabtec_tier4",
       t(195, kAltrios),
       m(22.3, "assumed: as the AC4400CW", Status::kAssumed),
       mw(3.24, kAltriosPower, Status::kDerived),
       667.2},
      {"wdg4g",
       t(132, kWdg4g),
       m(22.567, kWdg4g),
       mw(3.26, kWdg4gPower, Status::kDerived),
       544,
       kmh(100, kWdg4g)},
      {"wag9h", t(132, kWag9h), m(20.562, kWag9h), mw(4.564, kWag9h), 510, kmh(100, kWag9h), true},
      {"iore", t(180, kIore), m(22.905, kIore), mw(5.4, kIore), 600, kmh(80, kIore), true}};
  return entries;
}

struct WagonEntry {
  std::string_view name;
  Figure<Mass> tare;
  Figure<Mass> payload;
  Figure<Length> length;
};

std::span<WagonEntry const> wagons() {
  static WagonEntry const entries[] = {
      {"boxn", t(22.47, kBoxn), t(58.81, kBoxn), m(10.713, kBoxn)},
      {"boxnha", t(23.17, kBoxnha), t(65.23, kBoxnha), m(10.713, kBoxnha)},
      {"boxnhs", t(23.1, kBoxnhs), t(66.18, kBoxnhs), m(10.713, kBoxnhs)},
      {"gondola_130t", t(28.5, kManifest), t(101.5, kManifest), m(18, kManifest)},
      {"lkab_f050",
       t(20, kF050Tare, Status::kDerived),
       t(100, kF050),
       m(10.35, kF050Length, Status::kDerived)}};
  return entries;
}

struct VesselEntry {
  std::string_view name;
  std::string_view class_name;
  Figure<Mass> dwt;
  Figure<Mass> lot;
  Figure<Length> loa;
  Figure<Length> draught;
};

std::span<VesselEntry const> vessels() {
  static VesselEntry const entries[] = {{"handysize",
                                         "Handysize",
                                         kt(35, kSizes),
                                         kt(33, kLot, Status::kAssumed),
                                         m(150, kSizes),
                                         m(10, kSizes)},
                                        {"handymax",
                                         "Handymax",
                                         kt(50, kSizes),
                                         kt(47, kLot, Status::kAssumed),
                                         m(200, kSizes),
                                         m(12, kSizes)},
                                        {"supramax",
                                         "Supramax",
                                         kt(61, kSizes),
                                         kt(57, kLot, Status::kAssumed),
                                         m(200, kNearHandymax, Status::kAssumed),
                                         m(13, kNearHandymax, Status::kAssumed)},
                                        {"panamax",
                                         "Panamax",
                                         kt(65, kPanamax),
                                         kt(61, kLot, Status::kAssumed),
                                         m(225, kPanamaxLength, Status::kAssumed),
                                         m(12.04, kPanamax)},
                                        {"kamsarmax",
                                         "Kamsarmax",
                                         kt(82, kKamsarmax),
                                         kt(77, kLot, Status::kAssumed),
                                         m(229, kKamsarmax),
                                         m(14.5, kKamsarmaxDraught, Status::kAssumed)},
                                        {"capesize",
                                         "Capesize",
                                         kt(170, kCapesize),
                                         kt(160, kLot, Status::kAssumed),
                                         m(290, kCapesize),
                                         m(18, kCapesize)},
                                        {"newcastlemax",
                                         "Newcastlemax",
                                         kt(185, kNewcastlemax),
                                         kt(174, kLot, Status::kAssumed),
                                         m(300, kNewcastlemax),
                                         m(18.5, kNewcastlemaxDraught, Status::kAssumed)},
                                        {"valemax",
                                         "Valemax",
                                         kt(400, kValemax),
                                         kt(376, kLot, Status::kAssumed),
                                         m(362, kValemax),
                                         m(23, kValemax)}};
  return entries;
}

template <class Entry>
Entry const* find(std::span<Entry const> entries, std::string const& name) {
  auto const found = std::find_if(
      entries.begin(), entries.end(), [&](Entry const& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

template <class Entry>
std::vector<std::string> names(std::span<Entry const> entries) {
  std::vector<std::string> out;
  for (auto const& entry : entries) {
    out.emplace_back(entry.name);
  }
  return out;
}

}  // namespace

void fill_from_catalogue(Locomotive& locomotive) {
  if (auto const* entry = find(locomotives(), locomotive.catalogue)) {
    fill(locomotive.mass, entry->mass);
    fill(locomotive.length, entry->length);
    fill(locomotive.power, entry->power);
    fill(locomotive.max_speed, entry->max_speed);
    // Once: what is filled in below is no default any more, so a traction stated beside the entry
    // stands when the fields are gone through again.
    if (entry->electric && locomotive.efficiency.origin.status == Status::kDefault) {
      locomotive.traction = Locomotive::Traction::kElectric;
      // The carbon of the current is the project's to state: verify() asks for it.
      fill(locomotive.efficiency, Figure<Share>{85, 0.01, "%", Status::kAssumed, kDriveEfficiency});
    }
    if (locomotive.effort.empty()) {
      locomotive.effort = {{0.0, entry->start_kn * 1e3}};
    }
  }
}

void fill_from_catalogue(Wagon& wagon) {
  if (auto const* entry = find(wagons(), wagon.catalogue)) {
    fill(wagon.tare, entry->tare);
    fill(wagon.payload, entry->payload);
    fill(wagon.length, entry->length);
  }
}

void fill_from_catalogue(Vessel& vessel) {
  if (auto const* entry = find(vessels(), vessel.catalogue)) {
    if (vessel.class_name.empty()) {
      vessel.class_name = entry->class_name;
    }
    fill(vessel.dwt, entry->dwt);
    fill(vessel.lot, entry->lot);
    fill(vessel.loa, entry->loa);
    fill(vessel.draught, entry->draught);
  }
}

CatalogueNames catalogue_names() {
  return {names(locomotives()), names(wagons()), names(vessels())};
}

}  // namespace tidewater::project
