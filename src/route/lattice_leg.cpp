#include "lattice_leg.hpp"

#include <algorithm>

#include "lattice_way.hpp"

namespace tidewater::route {

namespace {

/// Earth at prices no mass haul can undercut: with a potential between minus the price of dumping
/// and that of borrowing, every balance of cut and fill pays at least this. The middle is taken.
SectionPrices haul_free(AlignmentRules const& rules, Rates rates) {
  MoneyPerVolume const potential = std::clamp(
      0.5 * (rates.borrow.rate - rates.dump.rate), -1 * rates.place.rate, rates.rock_cut.rate);
  rates.rock_cut.rate -= potential;
  rates.place.rate += potential;
  rates.dump.rate = {};
  rates.borrow.rate = {};
  return {rules, rates};
}

}  // namespace

Leg::Leg(Setting const& s, Grades grades, std::size_t leg, std::size_t memory)
    : prices_{haul_free(s.problem.rules, s.problem.rates)},
      floors_{prices_, s.problem.rules},
      problem_{.surface = s.surface, .floors = &floors_, .grades = grades},
      line_bin_{0} {
  AlignmentRules const& rules = s.problem.rules;
  double const cell = s.surface.frame.cell.in(units::m);
  double const gentle = std::min(grades.climb, grades.descent);
  double const steep = std::max(grades.climb, grades.descent);
  constexpr double longest = 3.7;  // cells, of a link
  double const least = std::max(0.5, steep * longest * cell / (kMostRise - 9));
  // Over links of any length the gentler grade climbs whole bins, nearly: rounded up by seven bins
  // a cell (7, 9.9, 15.7, 22.1, 25.2), rounded down by five (5, 7.1, 11.2, 15.8, 18.0).
  problem_.bin = std::max(least, gentle * cell / 7);
  line_bin_ = std::max(least, gentle * cell / 5);
  problem_.loop_grade = rules.loop_grade;
  problem_.plain_rate = plain_price(rules, s.problem.rates).per_metre;
  problem_.min_radius = rules.min_radius.in(units::m);
  problem_.compensation = rules.curve_compensation.in(units::m);
  problem_.transition = rules.transition.in(units::m);
  problem_.memory = memory;
  float const factor = *std::max_element(s.surface.factor.begin(), s.surface.factor.end());
  double const crow = terrain::geodesic_distance(s.stops[leg].at, s.stops[leg + 1].at).in(units::m);
  constexpr double fineness = 1 << 22;
  problem_.unit =
      std::max(problem_.plain_rate * crow,
               std::max(1.0, static_cast<double>(factor)) *
                   (problem_.plain_rate + floors_.dearest()) * (kLongestPass + 4 * cell)) /
      fineness;
  from_ = place(s, leg);
  to_ = place(s, leg + 1);
}

LatticeProblem Leg::within(WayLimits const& limits) const {
  LatticeProblem out = problem_;
  out.grades = {limits.ease * out.grades.climb, limits.ease * out.grades.descent};
  out.bin = limits.ease * line_bin_;
  out.min_radius *= limits.radius;
  return out;
}

LevelPlace Leg::place(Setting const& s, std::size_t stop) {
  bool const is_end = stop == 0 || stop + 1 == s.stops.size();
  LevelPlace out{.cell = s.cells[stop]};
  if (s.stops[stop].level) {
    out.level = s.stops[stop].level->in(units::m);
  } else if (is_end) {
    out.level = static_cast<double>(s.surface.ground[s.surface.frame.index(s.cells[stop])]);
  }
  return out;
}

}  // namespace tidewater::route
