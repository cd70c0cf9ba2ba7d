/// The level search against the plainest search over the same links and levels.

#include "level_search.hpp"

#include <cmath>
#include <map>
#include <queue>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "monotone_queue.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

/// Fourteen by ten cells of 500 m over waves a hundred metres high, steeper than the ruling grades.
struct World {
  SearchSurface surface;
  SectionPrices prices{{}, {}};
  FloorPrices floors{prices, {}};

  World() {
    surface.frame = {.cell = 500 * units::m, .columns = 14, .rows = 10};
    for (std::size_t i = 0; i < surface.frame.size(); ++i) {
      auto const c = surface.frame.cell_at(i);
      surface.ground.push_back(static_cast<float>(
          50 * std::sin(0.9 * c.column) * std::cos(0.7 * c.row) + 2.0 * c.column));
    }
    surface.access.assign(surface.frame.size(), terrain::Access::kOpen);
    surface.factor.assign(surface.frame.size(), 1.0F);
  }
  [[nodiscard]] LatticeProblem problem() const {
    return {.surface = surface,
            .floors = floors,
            .grades = {0.01, 0.015},
            .plain_rate = 1000,
            .bin = 1.25,
            .unit = 10};
  }
  [[nodiscard]] LevelPlace place(int column, int row) const {
    terrain::Cell const c{column, row};
    return {c, static_cast<double>(surface.ground[surface.frame.index(c)])};
  }
};

/// Dijkstra's algorithm, one level at a time, against the traffic.
double plainest(World const& w, BinPricing pricing, LevelPlace from, LevelPlace goal) {
  LatticeProblem const p = w.problem();
  LevelPrices const prices{p, Direction::kAgainstTravel, pricing};
  auto const& frame = w.surface.frame;
  using State = std::pair<std::size_t, int>;  // cell, bin
  auto const state = [&](LevelPlace const& at) {
    return State{frame.index(at.cell), prices.bin_of(*at.level)};
  };
  std::map<State, Units> total{{state(from), 0}};
  std::priority_queue<std::pair<Units, State>, std::vector<std::pair<Units, State>>, std::greater<>>
      queue;
  queue.push({0, state(from)});
  while (!queue.empty()) {
    auto const [cost, here] = queue.top();
    queue.pop();
    if (here == state(goal)) {
      return cost * p.unit;
    }
    if (cost > total.at(here)) {
      continue;
    }
    auto const c = frame.cell_at(here.first);
    CellGround const near = prices.ground(c);
    for (std::size_t k = 0; k < kHeadings; ++k) {
      LatticeLink const& link = lattice_links().link[k];
      terrain::Cell const end{c.column + link.dc, c.row + link.dr};
      if (!frame.holds(end)) {
        continue;
      }
      CellGround const far = prices.ground(end);
      Offers offers;
      offers.start(here.second, &cost, 1);
      prices.pass(near, far, k, LinkHold{}, offers);
      for (int i = 0; i < offers.count(); ++i) {
        State const there{frame.index(end), offers.bottom() + i};
        bool const is_kept = there.second >= far.base && there.second < far.base + kLevels;
        Units const offer = offers.begin()[i];
        if (is_kept && offer < kNoCost && (!total.contains(there) || offer < total[there])) {
          total[there] = offer;
          queue.push({offer, there});
        }
      }
    }
  }
  return -1;
}

}  // namespace

TEST(LevelSearch, CostsWhatThePlainestSearchFinds) {
  World const w;
  auto const west = w.place(1, 5);
  auto const east = w.place(12, 4);
  for (auto const pricing : {BinPricing::kLeast, BinPricing::kTypical}) {
    LevelSearch search{w.problem(), {.pricing = pricing}};
    ASSERT_EQ(search.run(east, west), LevelSearch::Outcome::kFound);
    EXPECT_EQ(search.cost(), plainest(w, pricing, east, west));
  }
}

TEST(LevelSearch, CostsTheSameGuidedAndFromEitherEnd) {
  World const w;
  auto const west = w.place(1, 5);
  auto const east = w.place(12, 4);
  LevelSearch bound{w.problem(), {}};
  ASSERT_EQ(bound.run(east, west), LevelSearch::Outcome::kFound);
  LevelSearch free{w.problem(), {.pricing = BinPricing::kTypical}};
  ASSERT_EQ(free.run(east, west), LevelSearch::Outcome::kFound);
  LevelSearch guided{
      w.problem(),
      {.direction = Direction::kWithTravel, .pricing = BinPricing::kTypical, .guide = &bound}};
  ASSERT_EQ(guided.run(west, east), LevelSearch::Outcome::kFound);
  EXPECT_EQ(guided.cost(), free.cost());
  EXPECT_LE(bound.cost(), guided.cost());
  EXPECT_LT(guided.effort().expanded, free.effort().expanded);
  // What has run keeps its ways and frees the rest, its own and that of what guided it.
  EXPECT_LT(bound.bytes(), bound.effort().bytes);
  EXPECT_LT(guided.bytes(), guided.effort().bytes);
  EXPECT_GT(guided.bytes(), bound.bytes());
  EXPECT_EQ(guided.way().back().cell, west.cell);
}

TEST(LevelSearch, WithHeadingsCostsNoLessAndTurnsNoSharperThanTheRadiusAllows) {
  World const w;
  auto const west = w.place(1, 5);
  auto const east = w.place(12, 4);
  LevelSearch dropped{w.problem(), {.pricing = BinPricing::kTypical}};
  ASSERT_EQ(dropped.run(east, west), LevelSearch::Outcome::kFound);
  LevelSearch kept{w.problem(), {.pricing = BinPricing::kTypical, .headings = Headings::kKept}};
  ASSERT_EQ(kept.run(east, west), LevelSearch::Outcome::kFound);
  EXPECT_GE(kept.cost(), dropped.cost());
  auto const way = kept.way();
  EXPECT_EQ(way.front().cell, west.cell);
  EXPECT_EQ(way.back().cell, east.cell);
  for (std::size_t i = 1; i + 1 < way.size(); ++i) {
    auto const leg = [&](std::size_t from) {
      return std::pair{double(way[from + 1].cell.column - way[from].cell.column),
                       double(way[from + 1].cell.row - way[from].cell.row)};
    };
    auto const [ax, ay] = leg(i - 1);
    auto const [bx, by] = leg(i);
    double const turn = std::abs(std::atan2(ax * by - ay * bx, ax * bx + ay * by));
    double const shorter = 500 * std::min(std::hypot(ax, ay), std::hypot(bx, by));
    EXPECT_LE(400 * std::tan(turn / 2), shorter / 2) << i;
  }
}

TEST(MonotoneQueue, GivesItemsByKeyAcrossTheTurnOfItsRing) {
  MonotoneQueue queue{100, 7};
  queue.push(104, 4);
  queue.push(100, 1);
  EXPECT_EQ(queue.take(), 1U);
  queue.push(107, 5);
  EXPECT_EQ(queue.take(), 4U);
  EXPECT_EQ(queue.key(), 104U);
  queue.push(111, 6);
  EXPECT_EQ(queue.take(), 5U);
  EXPECT_EQ(queue.take(), 6U);
  EXPECT_TRUE(queue.is_empty());
}
