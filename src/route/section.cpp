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

SectionPrices::SectionPrices(AlignmentRules const& rules, Rates const& rates)
    : rules_{rules},
      cut_rate_{(rates.rock_cut.rate + rates.dump.rate).base()},
      fill_rate_{(rates.borrow.rate + rates.place.rate).base()},
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

double SectionPrices::price(StructureKind kind, double offset) const {
  switch (kind) {
    case StructureKind::kAtGrade:
    case StructureKind::kCut:
    case StructureKind::kFill:
      return cut_rate_ * cut_area(-offset, rules_) + fill_rate_ * fill_area(offset, rules_);
    case StructureKind::kBridge:
      return deck_ + face_ * std::fmax(0, offset);
    case StructureKind::kTunnel:
      return tunnel_;
  }
  return kNever;
}

SectionPrices::Choice SectionPrices::cheapest(double offset, terrain::Access access) const {
  Choice best{StructureKind::kAtGrade, kNever};
  auto const offer = [&](StructureKind kind) {
    double const cost = price(kind, offset);
    if (cost < best.per_metre) {
      best = {kind, cost};
    }
  };
  bool const is_open = access == terrain::Access::kOpen;
  if (is_open && offset <= rules_.max_fill.in(units::m) && -offset <= rules_.max_cut.in(units::m)) {
    offer(std::abs(offset) <= kAtGradeBand ? StructureKind::kAtGrade
          : offset > 0                     ? StructureKind::kFill
                                           : StructureKind::kCut);
  }
  double const lowest_bridge = is_open ? kAtGradeBand : rules_.bridge_clearance.in(units::m);
  if (access != terrain::Access::kForbidden && rules_.bridges == Permission::kAllowed &&
      offset >= lowest_bridge && offset <= rules_.max_bridge_height.in(units::m)) {
    offer(StructureKind::kBridge);
  }
  if (access != terrain::Access::kForbidden && rules_.tunnels == Permission::kAllowed &&
      -offset >= rules_.tunnel_cover.in(units::m)) {
    offer(StructureKind::kTunnel);
  }
  return best;
}

}  // namespace tidewater::route
