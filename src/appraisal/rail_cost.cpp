#include "rail_cost.hpp"

#include <cmath>

#include <fmt/format.h>

namespace tidewater::appraisal {

namespace {

using project::Link;

template <class Q>
route::Rated<Q> rated(project::Input<Q> const& input) {
  auto const& o = input.origin;
  return {input.value, o.source.empty() ? std::string{project::name(o.status)} : o.source};
}

}  // namespace

route::AlignmentRules alignment_rules(project::Project const& p, Link const& link) {
  auto const& rail = *link.rail;
  route::AlignmentRules rules;
  rules.loaded_ruling_grade = rail.ruling_loaded.value;
  rules.empty_ruling_grade = rail.ruling_empty.value;
  rules.min_radius = rail.min_radius.value;
  rules.max_fill = p.rates.bridge_above.value;
  rules.max_cut = p.rates.tunnel_below.value;
  rules.formation_width = p.rates.formation_width.value;
  rules.fill_slope = p.rates.fill_slope.value;
  rules.cut_slope = p.rates.cut_slope.value;
  rules.loops = static_cast<int>(std::lround(rail.loops.value));
  return rules;
}

route::Rates route_rates(project::Project const& p, Link const& link, Length length) {
  auto const& r = p.rates;
  auto const& rail = *link.rail;
  route::Rates out;
  out.rock_cut = rated(r.cut);
  out.dump = rated(r.dump);
  out.borrow = rated(r.borrow);
  out.place = rated(r.fill);
  out.tunnel = rated(r.tunnel);
  out.track = {r.track.value + r.drainage.value,
               fmt::format("track: {}; drainage, fencing and service road: {}",
                           rated(r.track).source,
                           rated(r.drainage).source)};
  out.signalling = rated(r.signalling);
  out.loop = rated(r.loop);
  out.viaduct_deck = rated(r.bridge_base);
  out.viaduct_face = rated(r.bridge_per_height);
  out.engineering = rated(r.engineering);
  out.contingency = rated(r.contingency);
  Money const lump = rail.upgrade_cost.value;
  out.upgrade = {rail.upgrade_rate.value + (length > Length{} ? lump / length : MoneyPerLength{}),
                 rated(lump > Money{} ? rail.upgrade_cost : project::Input<Money>{lump}).source};
  if (rail.upgrade_rate.value > MoneyPerLength{}) {
    out.upgrade.source = rated(rail.upgrade_rate).source;
  }
  return out;
}

std::vector<route::CostLine> rail_costs(project::Project const& p,
                                        Link const& link,
                                        route::Alignment const& alignment) {
  auto const rates = route_rates(p, link, alignment.length);
  if (link.status == Link::State::kNew) {
    return route::recost(alignment.stations, alignment_rules(p, link), rates).costs;
  }
  if (link.status == Link::State::kExisting) {
    return {};
  }
  Money const per_km = rates.upgrade.rate * units::km;
  double const km = alignment.length.in(units::km);
  return {{"upgrade", km, "km", per_km, km * per_km, rates.upgrade.source}};
}

std::vector<route::CostLine> link_costs(project::Project const& p, LinkDesign const& link) {
  auto const& own = p.links[link.link];
  if (own.mode == Link::Mode::kPipeline && own.status == Link::State::kNew) {
    auto const& cost = own.pipeline->cost;
    Money const per_km = cost.value * units::km;
    double const km = link.length.in(units::km);
    return {{"pipeline", km, "km", per_km, km * per_km, rated(cost).source}};
  }
  return link.rail ? rail_costs(p, own, link.rail->alignment) : std::vector<route::CostLine>{};
}

Money total(std::vector<route::CostLine> const& costs) {
  Money sum{};
  for (auto const& line : costs) {
    sum += line.cost;
  }
  return sum;
}

}  // namespace tidewater::appraisal
