#include "bill.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "haul.hpp"
#include "section.hpp"

namespace tidewater::route {

namespace {

/// What is measured along the stretches between stations.
struct Takeoff {
  Quantities quantities;
  double length = 0;       ///< m
  HaulProblem earth;       ///< places are the middles of stretches
  std::vector<double> of;  ///< factor of the zone, per stretch
  double surplus = 0;      ///< sum of (zone factor - 1) times the stretch's own cost
};

double stretch_offset(Station const& s, Station const& next) {
  // Mid-section method: the area half-way, from the mean of the two offsets.
  return ((s.rail - s.ground) + (next.rail - next.ground)).in(units::m) / 2;
}

void add_stretch(Takeoff& sum, Station const& s, Station const& next, AlignmentRules const& rules) {
  double const length = (next.at - s.at).in(units::m);
  double const offset = stretch_offset(s, next);
  Quantities& q = sum.quantities;
  sum.length += length;
  switch (s.kind) {
    case StructureKind::kAtGrade:
      q.at_grade += length * units::m;
      break;
    case StructureKind::kCut:
      q.in_cut += length * units::m;
      break;
    case StructureKind::kFill:
      q.on_fill += length * units::m;
      break;
    case StructureKind::kBridge:
      q.bridge += length * units::m;
      q.bridge_face += std::fmax(0, offset) * length * units::m2;
      break;
    case StructureKind::kTunnel:
      q.tunnel += length * units::m;
      break;
  }
  bool const has_earth = is_earth(s.kind);
  sum.earth.cut.push_back(has_earth ? cut_area(-offset, rules) * length : 0);
  sum.earth.fill.push_back(has_earth ? fill_area(offset, rules) * length : 0);
  q.cut += sum.earth.cut.back() * units::m3;
  q.fill += sum.earth.fill.back() * units::m3;
}

Takeoff takeoff(std::vector<Station> const& stations,
                AlignmentRules const& rules,
                EarthRates const& rates) {
  Takeoff sum;
  for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
    add_stretch(sum, stations[i], stations[i + 1], rules);
    sum.of.push_back(stations[i].zone_factor);
    sum.earth.borrow.push_back(rates.borrow * stations[i].zone_factor);
    sum.earth.dump.push_back(rates.dump * stations[i].zone_factor);
    if (i > 0) {
      sum.earth.way.push_back((stations[i + 1].at - stations[i - 1].at).in(units::km) / 2);
    }
  }
  sum.earth.haul = rates.haul;
  return sum;
}

/// Borrow, waste and haul, and what factors of zones add.
void add_haul(Takeoff& sum,
              std::vector<Station> const& stations,
              SectionPrices const& prices,
              double plain) {
  HaulPlan const plan = least_haul(sum.earth);
  EarthRates const& rates = prices.earth();
  for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
    Station const& s = stations[i];
    sum.quantities.borrowed += plan.borrowed[i] * units::m3;
    sum.quantities.dumped += plan.wasted[i] * units::m3;
    double own = plain * (stations[i + 1].at - s.at).in(units::m);
    if (is_earth(s.kind)) {
      own += rates.cut * sum.earth.cut[i] + rates.place * sum.earth.fill[i];
    } else {
      own += (stations[i + 1].at - s.at)
                 .in(units::m)*prices.price(s.kind, stretch_offset(s, stations[i + 1]));
    }
    own += rates.borrow * plan.borrowed[i] + rates.dump * plan.wasted[i];
    sum.surplus += (sum.of[i] - 1) * own;
  }
  sum.quantities.hauled = plan.hauled * (units::m3 * units::km);
}

class BillWriter {
 public:
  template <class Q>
  void add(std::string kind, double quantity, std::string unit, Q per_unit, std::string source) {
    Money const rate{per_unit.base()};
    Money const cost = quantity * rate;
    sum_ += cost;
    lines_.push_back({std::move(kind), quantity, std::move(unit), rate, cost, std::move(source)});
  }
  [[nodiscard]] Money sum() const { return sum_; }
  [[nodiscard]] std::vector<CostLine> lines() && { return std::move(lines_); }

 private:
  std::vector<CostLine> lines_;
  Money sum_;
};

}  // namespace

int loop_count(Length length, AlignmentRules const& rules) {
  if (rules.loops) {
    return *rules.loops;
  }
  return std::max(0, static_cast<int>(std::ceil(length / rules.loop_spacing)) - 1);
}

Bill recost(std::vector<Station> const& stations, AlignmentRules const& rules, Rates const& rates) {
  SectionPrices const prices{rules, rates};
  double const plain = (rates.track.rate + rates.signalling.rate).base();
  Takeoff sum = takeoff(stations, rules, prices.earth());
  add_haul(sum, stations, prices, plain);
  Quantities& q = sum.quantities;
  q.loops = loop_count(sum.length * units::m, rules);
  double const km = sum.length / 1000;
  BillWriter bill;
  bill.add("track", km, "km", rates.track.rate * units::km, rates.track.source);
  bill.add("signalling", km, "km", rates.signalling.rate * units::km, rates.signalling.source);
  bill.add("loop", q.loops, "each", rates.loop.rate, rates.loop.source);
  bill.add("cut", q.cut.base(), "m3", rates.rock_cut.rate, rates.rock_cut.source);
  bill.add("dump", q.dumped.base(), "m3", rates.dump.rate, rates.dump.source);
  bill.add("borrow", q.borrowed.base(), "m3", rates.borrow.rate, rates.borrow.source);
  bill.add("place", q.fill.base(), "m3", rates.place.rate, rates.place.source);
  bill.add("haul", q.hauled.base() / 1000, "m3 km", rates.haul.rate * units::km, rates.haul.source);
  bill.add("viaduct",
           q.bridge.in(units::km),
           "km",
           rates.viaduct_deck.rate * units::km,
           rates.viaduct_deck.source);
  bill.add("viaduct-height",
           q.bridge_face.base(),
           "m2",
           rates.viaduct_face.rate,
           rates.viaduct_face.source);
  bill.add(
      "tunnel", q.tunnel.in(units::km), "km", rates.tunnel.rate * units::km, rates.tunnel.source);
  bill.add("zones", sum.surplus, "of cost", Money{1}, "factors of the zones crossed");
  Money const construction = bill.sum();
  bill.add(
      "engineering", rates.engineering.rate, "of cost", construction, rates.engineering.source);
  bill.add(
      "contingency", rates.contingency.rate, "of cost", construction, rates.contingency.source);
  Money const total = bill.sum();
  return {q, std::move(bill).lines(), total};
}

std::string cost_words(std::string const& kind) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> words{
      {{"track", "track"},
       {"signalling", "signalling"},
       {"loop", "passing loops"},
       {"cut", "digging cuts"},
       {"dump", "carrying spoil to waste"},
       {"borrow", "fill from outside the line"},
       {"place", "placing fill"},
       {"haul", "hauling cut to fill"},
       {"viaduct", "decks of viaducts"},
       {"viaduct-height", "height of viaducts"},
       {"tunnel", "tunnels"},
       {"zones", "dearer ground of zones"},
       {"engineering", "engineering"},
       {"contingency", "contingency"},
       {"upgrade", "upgrading the line"}}};
  auto const* const found = std::find_if(
      words.begin(), words.end(), [&](auto const& entry) { return entry.first == kind; });
  return found == words.end() ? kind : std::string{found->second};
}

std::vector<LineAnchor> line_anchors() {
  constexpr MoneyPerLength per_km = units::musd / units::km;
  std::string const source = "press and project accounts, to be read at -50 / +100 %";
  return {
      {"Basima - Jacobabad (planned)", 387 * units::km, 12.1 * per_km, 12.1 * per_km, source},
      {"Addis Ababa - Djibouti", 752 * units::km, 4.5 * per_km, 5.3 * per_km, source},
      {"Nacala corridor, with its port", 912 * units::km, 4.8 * per_km, 4.8 * per_km, source},
      {"Karachi - Rohri (upgrade)", Length{}, 4.0 * per_km, 4.0 * per_km, source},
      {"ML-3 (rehabilitation)", Length{}, 0.45 * per_km, 0.67 * per_km, source},
  };
}

}  // namespace tidewater::route
