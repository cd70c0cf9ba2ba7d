#include "line_bound.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "bill.hpp"

namespace tidewater::route {

CostBound line_bound(Setting const& s, LatticeBound const& lattice, Money cost) {
  Rates const& rates = s.problem.rates;
  double const scale = 1 + s.terrain.grid.report().largest_scale_error;
  double const shares = 1 + rates.engineering.rate + rates.contingency.rate;
  PlainPrice const plain = plain_price(s.problem.rules, rates);
  // Stops stand up to half a diagonal from the middles of the cells the search joins.
  double const slack = plain.per_metre * std::sqrt(2.0) * s.surface.frame.cell.in(units::m) *
                       double(s.stops.size() - 1);
  auto const whole = [&](double variable) {
    return shares * Money{std::max(0.0, (variable - slack) / scale + plain.fixed)};
  };
  Money const curved = whole(lattice.curved);
  Money const turning = whole(lattice.turning);
  Length crow{};
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    crow += terrain::geodesic_distance(s.stops[i].at, s.stops[i + 1].at);
  }
  double const track = (rates.track.rate + rates.signalling.rate).base();
  double const shortest =
      std::max(0.0, plain_bound(s.surface, track, s.cells) - slack * track / plain.per_metre);
  Money const any =
      shares * (Money{shortest / scale} + loop_count(crow, s.problem.rules) * rates.loop.rate);
  // A line that costs less than a bound is none of those the bound is over.
  Money lower = any;
  std::string bounds =
      "any line over this grid from stop to stop, whatever its curves, grades and structures; "
      "earthworks, bridges and tunnels are counted as nothing";
  for (auto const& [bound, corners] :
       {std::pair{turning, ""},
        std::pair{curved,
                  " and, with curves that take at most half a link to either side of its corners, "
                  "the least radius"}}) {
    if (cost >= bound && bound > lower) {
      lower = bound;
      bounds = fmt::format(
          "any line along the straight links of the search (32 headings between the middles of "
          "cells) that holds the ruling grades{}, with earth taken at one "
          "place on every piece of a link and at most {:.0f} m under or {:.0f} m over the ground; "
          "lines "
          "between the links, and corners cut by curves, are "
          "not covered",
          corners,
          lattice.deepest,
          lattice.highest);
    }
  }
  return {.lower = lower,
          .gap = (cost - lower) / cost,
          .bounds = std::move(bounds),
          .turning = turning,
          .any_line = any};
}

bool is_near(Setting const& s, LatticeBound const& lattice, Draft const& line) {
  CostBound const bound = line_bound(s, lattice, line.bill.cost);
  double const below_links = 1 - line.bill.cost / bound.turning;
  return bound.gap <= s.problem.search_gap ||
         (below_links > 0 && below_links <= s.problem.search_gap && missing_yards(s, line) == 0);
}

}  // namespace tidewater::route
