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
constexpr char const* kBoxn =
    "IRIMEE, Development in wagon (vdocuments.mx/development-in-wagon.html): BOXN";
constexpr char const* kBoxnha =
    "IRIMEE, Development in wagon; Classification of freight stocks (scribd 613455955): BOXNHA";
constexpr char const* kBoxnhs = "Classification of freight stocks (scribd 613455955): BOXNHS";
constexpr char const* kManifest =
    "ALTRIOS Manifest_Loaded (github.com/NREL/altrios, rolling_stock)";
constexpr char const* kSizes = "bulkcarrierguide.com/size-range.html, upper end of the class";
constexpr char const* kCapesize = "Wikipedia, Capesize: about 170,000 dwt, 290 m, 18 m";
constexpr char const* kLot = "assumed: 94 % of the deadweight, the rest fuel, water and stores";

struct LocomotiveEntry {
  std::string_view name;
  Figure<Mass> mass;
  Figure<Length> length;
  Figure<Power> power;
  double start_kn;  ///< starting effort, of the source of the mass
};

std::span<LocomotiveEntry const> locomotives() {
  static LocomotiveEntry const entries[] = {
      {"ac4400cw", t(193, kAc4400), m(22.3, kAc4400), mw(3.2, kAc4400Power, Status::kDerived), 800},
      {"wabtec_tier4",
       t(195, kAltrios),
       m(22.3, "assumed: as the AC4400CW", Status::kAssumed),
       mw(3.24, kAltriosPower, Status::kDerived),
       667.2}};
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
      {"gondola_130t", t(28.5, kManifest), t(101.5, kManifest), m(18, kManifest)}};
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
                                        {"capesize",
                                         "Capesize",
                                         kt(170, kCapesize),
                                         kt(160, kLot, Status::kAssumed),
                                         m(290, kCapesize),
                                         m(18, kCapesize)}};
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
