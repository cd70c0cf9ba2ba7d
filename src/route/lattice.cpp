#include "lattice.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tidewater::route {

LatticeLinks::LatticeLinks() {
  constexpr std::array<std::array<int, 3>, 4> octant{{{1, 0, 1}, {3, 1, 3}, {2, 1, 2}, {3, 2, 3}}};
  // One quadrant anticlockwise from east, then its turns by a right angle. Rows run south.
  std::array<std::array<int, 3>, 8> quadrant{};
  for (std::size_t i = 0; i < 4; ++i) {
    quadrant[i] = octant[i];
  }
  quadrant[4] = {1, 1, 1};
  for (std::size_t i = 1; i < 4; ++i) {
    quadrant[8 - i] = {octant[i][1], octant[i][0], octant[i][2]};
  }
  for (std::size_t k = 0; k < kHeadings; ++k) {
    auto [x, y, halves] = quadrant[k % 8];
    for (std::size_t turned = 0; turned < k / 8; ++turned) {
      int const east = -y;
      y = x;
      x = east;
    }
    link[k] = {.dc = x,
               .dr = -y,
               .halves = halves,
               .length = std::hypot(x, y),
               .angle = std::atan2(y, x),
               .samples_at = samples};
    samples += halves;
  }
}

double LatticeLinks::turn(std::size_t from, std::size_t to) const {
  double const angle = std::abs(link[from].angle - link[to].angle);
  return std::min(angle, 2 * std::numbers::pi - angle);
}

LatticeLinks const& lattice_links() {
  static LatticeLinks const links;
  return links;
}

FloorPrices::FloorPrices(SectionPrices const& prices, AlignmentRules const& rules) {
  constexpr double deepest = 400;  // m: a tunnel's price no longer changes below
  double const highest =
      std::max(rules.max_bridge_height.in(units::m), rules.max_fill.in(units::m));
  auto const table = [&](double sign, double most) {
    // The least price at or beyond each height, so that no interval's price is overstated.
    auto const count = static_cast<std::size_t>(most * kPerMetre) + 1;
    std::vector<double> least(count);
    double beyond = std::numeric_limits<double>::infinity();
    for (std::size_t i = count; i-- > 0;) {
      constexpr int parts = 4;  // prices are read finer than the table's entries
      for (int part = parts; part-- > 0;) {
        double const height = (static_cast<double>(i) + double(part) / parts) / kPerMetre;
        beyond = std::min(beyond, prices.cheapest(sign * height, terrain::Access::kOpen).per_metre);
      }
      least[i] = beyond;
    }
    return least;
  };
  above_ = table(+1, highest);
  below_ = table(-1, deepest);
  level_ = std::min(above_.front(), below_.front());
  structure_only_ = std::numeric_limits<double>::infinity();
  for (int i = 0; i < static_cast<int>((deepest + highest) * kPerMetre); ++i) {
    double const offset = i / kPerMetre - deepest;
    structure_only_ = std::min(structure_only_,
                               prices.cheapest(offset, terrain::Access::kStructureOnly).per_metre);
  }
  for (auto const* table_of : {&above_, &below_}) {
    for (double const price : *table_of) {
      dearest_ = std::max(dearest_, std::isfinite(price) ? price : 0);
    }
  }
  dearest_ = std::max(dearest_, std::isfinite(structure_only_) ? structure_only_ : 0);
  set_apart();
}

/// Both tables rise away from the ground, so one metre lies over it and one under it, no further
/// apart than need be: in entries less one, for each height lies somewhere in its own.
void FloorPrices::set_apart() {
  apart_.assign(above_.size() + below_.size() - 1, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < above_.size(); ++i) {
    double const above = i == 0 ? level_ : above_[i];
    for (std::size_t k = 0; k < below_.size(); ++k) {
      apart_[i + k] = std::min(apart_[i + k], above + (k == 0 ? level_ : below_[k]));
    }
  }
  while (apart_.size() > 1 && !std::isfinite(apart_.back())) {
    apart_.pop_back();
  }
}

double FloorPrices::apart(double difference) const {
  double const entry = std::floor(difference * kPerMetre) - 1;
  return apart_[static_cast<std::size_t>(
      std::clamp(entry, 0.0, static_cast<double>(apart_.size() - 1)))];
}

}  // namespace tidewater::route
