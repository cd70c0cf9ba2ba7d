#include "lattice_way.hpp"

#include <algorithm>
#include <utility>

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

/// What the searches of a leg share.
class Leg {
 public:
  Leg(Setting const& s, Grades grades, std::size_t leg)
      : prices_{haul_free(s.problem.rules, s.problem.rates)},
        floors_{prices_, s.problem.rules},
        problem_{.surface = s.surface, .floors = floors_, .grades = grades} {
    AlignmentRules const& rules = s.problem.rules;
    double const cell = s.surface.frame.cell.in(units::m);
    double const gentle = std::min(grades.climb, grades.descent);
    double const steep = std::max(grades.climb, grades.descent);
    constexpr double longest = 3.7;  // cells, of a link
    problem_.bin = std::max({1.0, gentle * cell / 4, steep * longest * cell / (kMostRise - 9)});
    problem_.plain_rate = plain_price(rules, s.problem.rates).per_metre;
    problem_.min_radius = rules.min_radius.in(units::m);
    problem_.transition = rules.transition.in(units::m);
    problem_.memory = s.problem.search_memory;
    float const factor = *std::max_element(s.surface.factor.begin(), s.surface.factor.end());
    double const crow =
        terrain::geodesic_distance(s.stops[leg].at, s.stops[leg + 1].at).in(units::m);
    constexpr double fineness = 1 << 22;
    problem_.unit =
        std::max(problem_.plain_rate * crow,
                 std::max(1.0, static_cast<double>(factor)) *
                     (problem_.plain_rate + floors_.dearest()) * (kLongestPass + 4 * cell)) /
        fineness;
    from_ = place(s, leg);
    to_ = place(s, leg + 1);
  }
  Leg(Leg const&) = delete;
  Leg& operator=(Leg const&) = delete;

  [[nodiscard]] LatticeProblem const& problem() const { return problem_; }
  [[nodiscard]] LevelPlace from() const { return from_; }
  [[nodiscard]] LevelPlace to() const { return to_; }

 private:
  static LevelPlace place(Setting const& s, std::size_t stop) {
    bool const is_end = stop == 0 || stop + 1 == s.stops.size();
    LevelPlace out{.cell = s.cells[stop]};
    if (s.stops[stop].level) {
      out.level = s.stops[stop].level->in(units::m);
    } else if (is_end) {
      out.level = static_cast<double>(s.surface.ground[s.surface.frame.index(s.cells[stop])]);
    }
    return out;
  }
  SectionPrices prices_;
  FloorPrices floors_;
  LatticeProblem problem_;
  LevelPlace from_;
  LevelPlace to_;
};

void count(LevelSearch const& search, SearchEffort& effort) {
  effort.settled += search.effort().settled;
  effort.links += search.effort().expanded * kHeadings;
  effort.bytes = std::max(effort.bytes, search.effort().bytes);
}

/// The guide and the labels climb at this share of the ruling grades: what is left is for curves,
/// flat stretches at loops and vertical curves. Of 1, 0.88 and 0.8, tried on two lines of the
/// Makran, the last costs least on the one that climbs most and 1 % more on the other; assumed
/// elsewhere.
constexpr double kEase = 0.8;

/// Cells with headings the label search may expand, and how far beside the guide's way, in cells.
/// Where no labels get through, the way, which knows no headings, goes to the plan to have its
/// corners mended.
constexpr std::size_t kMostLabels = 1'000'000;
constexpr int kBeside = 5;

/// Opens the cells around one.
void open_around(terrain::GridFrame const& frame, terrain::Cell middle, std::vector<bool>& open) {
  for (int row = middle.row - kBeside; row <= middle.row + kBeside; ++row) {
    for (int column = middle.column - kBeside; column <= middle.column + kBeside; ++column) {
      if (frame.holds({column, row})) {
        open[frame.index({column, row})] = true;
      }
    }
  }
}

std::vector<bool> beside(terrain::GridFrame const& frame, std::vector<LevelPlace> const& way) {
  std::vector<bool> corridor(frame.size(), false);
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    terrain::Cell const from = way[i].cell;
    terrain::Cell const to = way[i + 1].cell;
    int const steps = std::max({1, std::abs(to.column - from.column), std::abs(to.row - from.row)});
    for (int k = 0; k <= steps; ++k) {
      open_around(frame,
                  {from.column + (to.column - from.column) * k / steps,
                   from.row + (to.row - from.row) * k / steps},
                  corridor);
    }
  }
  return corridor;
}

}  // namespace

PlainPrice plain_price(AlignmentRules const& rules, Rates const& rates) {
  double const track = (rates.track.rate + rates.signalling.rate).base();
  if (rules.loops) {
    return {track, *rules.loops * rates.loop.rate.base()};
  }
  // One loop fewer than spacings in the length, the last rounded up: never less than this.
  return {track + (rates.loop.rate / rules.loop_spacing).base(), -rates.loop.rate.base()};
}

LatticeWay lattice_way(Setting const& s, Grades grades, SearchEffort& effort) {
  using Direction = LevelSearch::Direction;
  LatticeWay out;
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    Leg const leg{s, grades, i};
    LevelSearch bound{leg.problem(), {.direction = Direction::kAgainstTravel}};
    out.outcome = bound.run(leg.to(), leg.from());
    count(bound, effort);
    if (out.outcome != LevelSearch::Outcome::kFound) {
      out.stuck = s.surface.frame.cell_at(bound.nearest());
      return out;
    }
    out.bound += bound.cost();
    LatticeProblem eased = leg.problem();
    eased.grades = {kEase * grades.climb, kEase * grades.descent};
    LevelSearch guide{
        eased,
        {.direction = Direction::kWithTravel, .pricing = BinPricing::kTypical, .guide = &bound}};
    out.outcome = guide.run(leg.from(), leg.to());
    count(guide, effort);
    if (out.outcome != LevelSearch::Outcome::kFound) {
      out.stuck = leg.from().cell;
      return out;
    }
    std::vector<LevelPlace> way = guide.way();
    std::vector<bool> const corridor = beside(s.surface.frame, way);
    LevelSearch labels{eased,
                       {.direction = Direction::kAgainstTravel,
                        .pricing = BinPricing::kTypical,
                        .headings = Headings::kKept,
                        .guide = &guide,
                        .corridor = &corridor,
                        .most_expansions = kMostLabels}};
    bool const has_line = labels.run(leg.to(), leg.from()) == LevelSearch::Outcome::kFound;
    count(labels, effort);
    out.cost += has_line ? labels.cost() : guide.cost();
    if (has_line) {
      out.legs.push_back(labels.way());
    } else {
      std::reverse(way.begin(), way.end());
      out.legs.push_back(std::move(way));
      ++out.unheaded;
    }
  }
  return out;
}

bool has_lattice_way(Setting const& s, Grades grades) {
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    Leg const leg{s, grades, i};
    LevelSearch bound{leg.problem(), {.direction = LevelSearch::Direction::kAgainstTravel}};
    if (bound.run(leg.to(), leg.from()) != LevelSearch::Outcome::kFound) {
      return false;
    }
  }
  return true;
}

}  // namespace tidewater::route
