#include "lattice_way.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "bill.hpp"

namespace tidewater::route {

namespace {

void count(LevelSearch const& search, SearchEffort& effort) {
  effort.settled += search.effort().settled;
  effort.links += search.effort().expanded * kHeadings;
  effort.bytes = std::max(effort.bytes, search.effort().bytes);
}

/// How far beside the bound's way the guide looks, in cells, and the labels beside the guide's: the
/// guide turns on the spot where that pays, and the labels may have to go elsewhere.
constexpr int kGuideBeside = 20;
constexpr std::array<int, 3> kBeside{4, 12, 36};
/// How far around a corner that is too sharp the bound keeps headings, in cells.
constexpr int kHeadedAround = 30;
/// Cells with headings the label search may expand. Where no labels get through, the way, which
/// knows no headings, goes to the plan to have its corners mended.
constexpr std::size_t kMostLabels = 1'000'000;

double cells_between(LevelPlace const& a, LevelPlace const& b) {
  return std::hypot(a.cell.column - b.cell.column, a.cell.row - b.cell.row);
}

/// The ground beside a way, by how far along the way it lies.
class Beside {
 public:
  Beside(terrain::GridFrame const& frame, std::vector<LevelPlace> const& way, int cells)
      : frame_{frame},
        way_{way},
        cells_{cells},
        along_(frame.size(), kFar),
        away_(frame.size(), kFar) {
    chainage_.push_back(0);
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      double const length = cells_between(way[i], way[i + 1]);
      int const steps = std::max(1, static_cast<int>(std::ceil(length)));
      for (int k = 0; k <= steps; ++k) {
        stamp(i, double(k) / steps, chainage_.back() + length * k / steps);
      }
      chainage_.push_back(chainage_.back() + length);
    }
  }
  [[nodiscard]] std::vector<bool> corridor() const {
    std::vector<bool> open(away_.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
      open[i] = away_[i] < kFar;
    }
    return open;
  }
  /// Cells beside the way from one chainage to another, in cell sides.
  void mark(double from, double to, std::vector<bool>& cells) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = cells[i] || (along_[i] >= from && along_[i] <= to && away_[i] < kFar);
    }
  }
  /// Of the nodes of the way and its end, in cell sides.
  [[nodiscard]] std::vector<double> const& chainage() const { return chainage_; }

 private:
  static constexpr float kFar = std::numeric_limits<float>::infinity();
  void stamp(std::size_t node, double share, double along) {
    terrain::Cell const from = way_[node].cell;
    terrain::Cell const to = way_[node + 1].cell;
    terrain::GridPlace const at{from.column + share * (to.column - from.column),
                                from.row + share * (to.row - from.row)};
    terrain::Cell const middle = frame_.nearest(at);
    for (int row = middle.row - cells_; row <= middle.row + cells_; ++row) {
      for (int column = middle.column - cells_; column <= middle.column + cells_; ++column) {
        if (!frame_.holds({column, row})) {
          continue;
        }
        std::size_t const cell = frame_.index({column, row});
        auto const away = static_cast<float>(std::hypot(column - at.column, row - at.row));
        if (away < away_[cell]) {
          away_[cell] = away;
          along_[cell] = static_cast<float>(along);
        }
      }
    }
  }

  terrain::GridFrame const& frame_;
  std::vector<LevelPlace> const& way_;
  int cells_;
  std::vector<double> chainage_;
  std::vector<float> along_;
  std::vector<float> away_;
};

/// Where loops are to lie along the guide's way: each within a quarter of their spacing of its even
/// place, where the way climbs least beyond the loop grade. In cell sides, where they begin.
std::vector<double> loop_places(std::vector<LevelPlace> const& way,
                                std::vector<double> const& chainage,
                                AlignmentRules const& rules,
                                double cell) {
  int const loops = loop_count(chainage.back() * cell * units::m, rules);
  double const spacing = chainage.back() / (loops + 1);
  double const length = rules.loop_length.in(units::m) / cell;
  std::vector<double> places;
  for (int k = 1; k <= loops; ++k) {
    double least = std::numeric_limits<double>::infinity();
    double best = k * spacing - length / 2;
    std::size_t end = 0;
    for (std::size_t i = 0; i < way.size(); ++i) {
      while (end < way.size() && chainage[end] < chainage[i] + length) {
        ++end;
      }
      double const middle = chainage[i] + length / 2;
      if (end >= way.size() || std::abs(middle - k * spacing) > spacing / 4) {
        continue;
      }
      double const rise = std::abs(*way[end].level - *way[i].level) -
                          rules.loop_grade * (chainage[end] - chainage[i]) * cell;
      constexpr double nearer = 1e-3;  // m of rise, a cell of distance
      double const worth = std::max(0.0, rise) + nearer * std::abs(middle - k * spacing);
      if (worth < least) {
        least = worth;
        best = chainage[i];
      }
    }
    places.push_back(best);
  }
  return places;
}

void mark_around(terrain::GridFrame const& frame,
                 terrain::Cell middle,
                 int cells,
                 std::vector<bool>& marked) {
  for (int row = middle.row - cells; row <= middle.row + cells; ++row) {
    for (int column = middle.column - cells; column <= middle.column + cells; ++column) {
      if (frame.holds({column, row})) {
        marked[frame.index({column, row})] = true;
      }
    }
  }
}

/// The node of the way nearest to a chainage.
terrain::Cell cell_at(std::vector<LevelPlace> const& way,
                      std::vector<double> const& chainage,
                      double along) {
  auto const after = std::lower_bound(chainage.begin(), chainage.end(), along);
  auto const i = static_cast<std::size_t>(std::min(after, chainage.end() - 1) - chainage.begin());
  return way[i].cell;
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

namespace {

/// Cells beside the way of a leg, counted from 0, in the yards at the ends of the whole line. A
/// yard of no length would still mark the cell at the end.
std::vector<bool> yard_cells(Setting const& s, std::size_t leg, Beside const& beside) {
  double const cell = s.surface.frame.cell.in(units::m);
  double const end = beside.chainage().back();
  std::vector<bool> cells(s.surface.frame.size(), false);
  if (leg == 0 && s.problem.from.yard > Length{}) {
    beside.mark(0, s.problem.from.yard.in(units::m) / cell, cells);
  }
  if (leg + 2 == s.stops.size() && s.problem.to.yard > Length{}) {
    beside.mark(end - s.problem.to.yard.in(units::m) / cell, end, cells);
  }
  return cells;
}

/// A leg at the share of the grades its line is to climb at.
struct EasedLeg {
  Setting const& setting;
  Leg const& leg;
  std::size_t number;  ///< counted from 0
  LatticeProblem const& problem;
};

Direction opposite(Direction direction) {
  return direction == Direction::kWithTravel ? Direction::kAgainstTravel : Direction::kWithTravel;
}

LevelSearch::Outcome run_over(Leg const& leg, Direction direction, LevelSearch& search) {
  return direction == Direction::kWithTravel ? search.run(leg.from(), leg.to())
                                             : search.run(leg.to(), leg.from());
}

/// Before a corner that is too sharp to be taken, labels look cheaper than any way around it: they
/// begin at the end that such corners of the guide's way lie nearer to, counted in its nodes.
Direction labels_direction(LevelSearch const& guide, std::vector<LevelPlace> const& way) {
  std::vector<std::size_t> const sharp = guide.sharp_corners(way);
  double const sum = std::accumulate(sharp.begin(), sharp.end(), 0.0);
  bool const is_early = sum < double(sharp.size()) * double(way.size() - 1) / 2;
  return is_early ? Direction::kWithTravel : Direction::kAgainstTravel;
}

/// Without headings, to lead labels that come the other way; nothing when there is no way.
std::unique_ptr<LevelSearch> leader(EasedLeg const& eased,
                                    std::vector<bool> const& corridor,
                                    Direction direction,
                                    std::vector<bool> const* flats,
                                    SearchEffort& effort) {
  auto search = std::make_unique<LevelSearch>(eased.problem,
                                              LevelSearch::Options{.direction = direction,
                                                                   .pricing = BinPricing::kTypical,
                                                                   .corridor = &corridor,
                                                                   .loops = flats});
  auto const outcome = run_over(eased.leg, direction, *search);
  count(*search, effort);
  return outcome == LevelSearch::Outcome::kFound ? std::move(search) : nullptr;
}

struct Labelled {
  std::vector<LevelPlace> way{};  ///< empty, where the labels were given up
  double cost = 0;
  std::vector<terrain::Cell> loops{};  ///< left flat
};

/// The labels no further than so many cells beside a way, with flat stretches for loops and yards
/// where there is a way that has them.
Labelled labels_beside(EasedLeg const& eased,
                       std::vector<LevelPlace> const& way,
                       Direction direction,
                       int cells,
                       SearchEffort& effort) {
  Setting const& s = eased.setting;
  Beside const beside{s.surface.frame, way, cells};
  std::vector<bool> const corridor = beside.corridor();
  double const cell = s.surface.frame.cell.in(units::m);
  std::vector<bool> flats = yard_cells(s, eased.number, beside);
  double const length = s.problem.rules.loop_length.in(units::m) / cell;
  Labelled out;
  for (double const at : loop_places(way, beside.chainage(), s.problem.rules, cell)) {
    beside.mark(at, at + length, flats);
    out.loops.push_back(cell_at(way, beside.chainage(), at + length / 2));
  }
  auto leads = leader(eased, corridor, opposite(direction), &flats, effort);
  bool const has_flats = leads != nullptr;
  if (!has_flats) {
    leads = leader(eased, corridor, opposite(direction), nullptr, effort);
    out.loops.clear();
  }
  if (leads == nullptr) {
    return out;
  }
  LevelSearch labels{eased.problem,
                     {.direction = direction,
                      .pricing = BinPricing::kTypical,
                      .headings = Headings::kKept,
                      .guide = leads.get(),
                      .corridor = &corridor,
                      .loops = has_flats ? &flats : nullptr,
                      .most_expansions = kMostLabels}};
  auto const outcome = run_over(eased.leg, direction, labels);
  count(labels, effort);
  if (outcome == LevelSearch::Outcome::kFound) {
    out.way = labels.way();
    if (direction == Direction::kWithTravel) {
      std::reverse(out.way.begin(), out.way.end());
    }
    out.cost = labels.cost();
  }
  return out;
}

/// The labels beside the guide's way, further and further; the guide's way where they are given up.
/// Where they once were, labels under other limits are not looked for that far.
///   widths  of those to try, from the first
void add_labels(EasedLeg const& eased,
                LevelSearch const& guide,
                std::size_t& widths,
                LatticeWay& out,
                SearchEffort& effort) {
  std::vector<LevelPlace> way = guide.way();
  Direction const direction = labels_direction(guide, way);
  Labelled line;
  for (std::size_t i = 0; i < widths && line.way.empty(); ++i) {
    line = labels_beside(eased, way, direction, kBeside[i], effort);
  }
  bool const has_line = !line.way.empty();
  widths = has_line ? widths : 1;
  out.loops.insert(out.loops.end(), line.loops.begin(), line.loops.end());
  out.cost += has_line ? line.cost : guide.cost();
  out.unturned_cost += guide.cost();
  out.unheaded += has_line ? 0 : 1;
  out.legs.push_back(has_line ? std::move(line.way) : way);
  out.unturned.push_back(std::move(way));
}

}  // namespace

struct LatticeSearch::BoundedLeg {
  BoundedLeg(Setting const& s, Grades grades, std::size_t i, std::size_t memory)
      : leg{s, grades, i, memory}, bound{leg.problem(), {.direction = Direction::kWithTravel}} {
    outcome = bound.run(leg.from(), leg.to());
    if (outcome == LevelSearch::Outcome::kFound) {
      curved = bound.cost();
      way = bound.way();
    }
  }
  bool keep_headings(std::size_t memory, SearchEffort& effort);

  Leg leg;
  LevelSearch bound;
  LevelSearch::Outcome outcome;
  double curved = 0;                    ///< money every way with curves costs at the least
  std::vector<LevelPlace> way;          ///< of the search that said so
  std::size_t widths = kBeside.size();  ///< to look for labels in
};

/// Ways without headings turn on the spot where that pays. Headings are kept around such corners,
/// then around those of the way that is the cheapest now, until none is left or twice the
/// expansions of the bound itself are spent.
bool LatticeSearch::BoundedLeg::keep_headings(std::size_t memory, SearchEffort& effort) {
  LatticeProblem problem = leg.problem();
  problem.memory = memory;
  terrain::GridFrame const& frame = problem.surface.frame;
  std::vector<bool> headed(frame.size(), false);
  std::vector<std::size_t> sharp = bound.sharp_corners(way);
  bool is_another = false;
  std::size_t left = 2 * bound.effort().expanded;
  while (!sharp.empty() && left > 0) {
    for (std::size_t const corner : sharp) {
      mark_around(frame, way[corner].cell, kHeadedAround, headed);
    }
    LevelSearch turned{
        problem,
        {.headings = Headings::kKept, .headed = &headed, .guide = &bound, .most_expansions = left}};
    auto const answer = turned.run(leg.to(), leg.from());
    count(turned, effort);
    curved = std::max(curved, turned.least());
    if (answer != LevelSearch::Outcome::kFound) {
      break;
    }
    way = turned.way();
    is_another = true;
    sharp = turned.sharp_corners(way);
    left -= std::min(left, turned.effort().expanded);
  }
  return is_another;
}

bool LatticeSearch::keep_headings() {
  bool is_another = false;
  for (auto const& leg : legs_) {
    // The other legs' bounds are held meanwhile; this one's counts as the guide of what it leads.
    std::size_t const others = held_ - leg->bound.bytes();
    std::size_t const most = setting_.problem.search_memory;
    is_another = leg->keep_headings(most - std::min(most, others), effort_) || is_another;
  }
  return is_another;
}

LatticeBound LatticeSearch::bound() const {
  LatticeBound out;
  for (auto const& leg : legs_) {
    out.turning += leg->bound.cost();
    out.curved += leg->curved;
    out.deepest = kLevelsBelow * leg->leg.problem().bin;
    out.highest = (kLevels - kLevelsBelow) * leg->leg.problem().bin;
  }
  return out;
}

LatticeSearch::LatticeSearch(Setting const& setting, Grades grades, SearchEffort& effort)
    : setting_{setting}, grades_{grades}, effort_{effort} {
  for (std::size_t i = 0; i + 1 < setting.stops.size(); ++i) {
    std::size_t const memory = setting.problem.search_memory;
    legs_.push_back(
        std::make_unique<BoundedLeg>(setting, grades, i, memory - std::min(memory, held_)));
    count(legs_.back()->bound, effort);
    effort.bytes = std::max(effort.bytes, held_ + legs_.back()->bound.effort().bytes);
    held_ += legs_.back()->bound.bytes();
    if (legs_.back()->outcome != LevelSearch::Outcome::kFound) {
      return;
    }
  }
}

LatticeSearch::~LatticeSearch() = default;

LatticeWay LatticeSearch::way(WayLimits const& limits) {
  LatticeWay out{.outcome = legs_.back()->outcome};
  if (out.outcome != LevelSearch::Outcome::kFound) {
    out.stuck = setting_.surface.frame.cell_at(legs_.back()->bound.nearest());
    out.seen_from = legs_.size() - 1;
    return out;
  }
  for (auto const& leg : legs_) {
    if (!add_way(*leg, limits, out)) {
      return out;
    }
  }
  return out;
}

/// The guide beside the way of the bound or, where no way is there at these grades, anywhere; then
/// the labels.
bool LatticeSearch::add_way(BoundedLeg& leg, WayLimits const& limits, LatticeWay& out) {
  LatticeProblem eased = leg.leg.within(limits);
  // The other legs' bounds are held meanwhile; this one's counts as the guide of what it leads.
  std::size_t const others = held_ - leg.bound.bytes();
  std::size_t const memory = setting_.problem.search_memory;
  eased.memory = memory - std::min(memory, others);
  std::vector<bool> const beside = Beside{setting_.surface.frame, leg.way, kGuideBeside}.corridor();
  std::optional<LevelSearch> guide;
  for (auto const* const corridor : {&beside, static_cast<std::vector<bool> const*>(nullptr)}) {
    guide.emplace(eased,
                  LevelSearch::Options{
                      .pricing = BinPricing::kTypical, .guide = &leg.bound, .corridor = corridor});
    out.outcome = guide->run(leg.leg.to(), leg.leg.from());
    count(*guide, effort_);
    if (out.outcome == LevelSearch::Outcome::kFound) {
      add_labels({.setting = setting_, .leg = leg.leg, .number = out.legs.size(), .problem = eased},
                 *guide,
                 leg.widths,
                 out,
                 effort_);
      return true;
    }
    if (out.outcome == LevelSearch::Outcome::kNoMemory) {
      return false;
    }
  }
  out.stuck = setting_.surface.frame.cell_at(guide->nearest());
  out.seen_from = out.legs.size() + 1;
  return false;
}

bool has_lattice_way(Setting const& s, Grades grades) {
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    Leg const leg{s, grades, i, s.problem.search_memory};
    LevelSearch bound{leg.problem(), {.direction = Direction::kAgainstTravel}};
    if (bound.run(leg.to(), leg.from()) != LevelSearch::Outcome::kFound) {
      return false;
    }
  }
  return true;
}

}  // namespace tidewater::route
