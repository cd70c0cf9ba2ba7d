#include "section.hpp"

#include <cmath>
#include <limits>

namespace tidewater::route {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

double trapezoid(double depth, Length width, double slope) {
  return depth > 0 ? depth * (width.in(units::m) + slope * depth) : 0;
}

}  // namespace

double cut_area(double depth, AlignmentRules const& rules) {
  return trapezoid(depth, rules.formation_width, rules.cut_slope);
}

double fill_area(double height, AlignmentRules const& rules) {
  return trapezoid(height, rules.formation_width, rules.fill_slope);
}

StructureKind earth_kind(double offset) {
  return std::abs(offset) <= kAtGradeBand ? StructureKind::kAtGrade
         : offset > 0                     ? StructureKind::kFill
                                          : StructureKind::kCut;
}

SectionPrices::SectionPrices(AlignmentRules const& rules, Rates const& rates)
    : rules_{rules},
      earth_{.cut = rates.rock_cut.rate.base(),
             .dump = rates.dump.rate.base(),
             .borrow = rates.borrow.rate.base(),
             .place = rates.place.rate.base(),
             .haul = (rates.haul.rate * units::km).base()},
      deck_{rates.viaduct_deck.rate.base()},
      face_{rates.viaduct_face.rate.base()},
      tunnel_{rates.tunnel.rate.base()} {
  double const highest =
      std::fmax(rules.max_bridge_height.in(units::m), rules.max_fill.in(units::m)) + 1;
  auto const count = static_cast<std::size_t>((highest - kLowest) * kPerMetre) + 1;
  for (std::size_t i = 0; i < count; ++i) {
    double const offset = kLowest + static_cast<double>(i) / kPerMetre;
    open_.push_back(cheapest(offset, terrain::Access::kOpen).per_metre);
    structures_only_.push_back(cheapest(offset, terrain::Access::kStructureOnly).per_metre);
  }
}

double SectionPrices::earth_price(double offset, EarthPrice per_m3) const {
  return per_m3.cut * cut_area(-offset, rules_) + per_m3.fill * fill_area(offset, rules_);
}

double SectionPrices::price(StructureKind kind, double offset) const {
  switch (kind) {
    case StructureKind::kAtGrade:
    case StructureKind::kCut:
    case StructureKind::kFill:
      return earth_price(offset, no_haul());
    case StructureKind::kBridge:
      return deck_ + face_ * std::fmax(0, offset);
    case StructureKind::kTunnel:
      return tunnel_;
  }
  return kNever;
}

SectionPrices::Choice SectionPrices::cheapest(double offset, terrain::Access access) const {
  return cheapest(offset, access, no_haul());
}

SectionPrices::Choice SectionPrices::cheapest(double offset,
                                              terrain::Access access,
                                              double worth) const {
  return cheapest(offset, access, EarthPrice{earth_.cut - worth, earth_.place + worth});
}

StructureKind SectionPrices::structure(double offset, terrain::Access access) const {
  constexpr double rounding = 1e-3;  // m
  for (double const nudge : {0.0, -rounding, rounding}) {
    auto const choice = cheapest(offset + nudge, access);
    if (std::isfinite(choice.per_metre)) {
      return choice.kind;
    }
  }
  return earth_kind(offset);
}

SectionPrices::Choice SectionPrices::cheapest(double offset,
                                              terrain::Access access,
                                              EarthPrice per_m3) const {
  Choice best{StructureKind::kAtGrade, kNever};
  auto const offer = [&](StructureKind kind, double cost) {
    if (cost < best.per_metre) {
      best = {kind, cost};
    }
  };
  bool const is_open = access == terrain::Access::kOpen;
  if (is_open && offset <= rules_.max_fill.in(units::m) && -offset <= rules_.max_cut.in(units::m)) {
    offer(earth_kind(offset), earth_price(offset, per_m3));
  }
  double const lowest_bridge = is_open ? kAtGradeBand : rules_.bridge_clearance.in(units::m);
  if (access != terrain::Access::kForbidden && rules_.bridges == Permission::kAllowed &&
      offset >= lowest_bridge && offset <= rules_.max_bridge_height.in(units::m)) {
    offer(StructureKind::kBridge, price(StructureKind::kBridge, offset));
  }
  if (access != terrain::Access::kForbidden && rules_.tunnels == Permission::kAllowed &&
      -offset >= rules_.tunnel_cover.in(units::m)) {
    offer(StructureKind::kTunnel, tunnel_);
  }
  return best;
}

}  // namespace tidewater::route
