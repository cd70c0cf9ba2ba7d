/// The level search against the plainest search over the same links and levels.

#include "level_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <tuple>
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
    float const dearest = *std::max_element(surface.factor.begin(), surface.factor.end());
    return {.surface = surface,
            .floors = &floors,
            .grades = {0.01, 0.015},
            .plain_rate = 1000,
            .bin = 1.25,
            .unit = 10 * double(dearest)};
  }
  [[nodiscard]] LevelPlace place(int column, int row) const {
    terrain::Cell const c{column, row};
    return {c, static_cast<double>(surface.ground[surface.frame.index(c)])};
  }
};

/// Zones that make building dearer and cheaper, and one where only structures may stand.
World with_zones() {
  World w;
  for (std::size_t i = 0; i < w.surface.frame.size(); ++i) {
    auto const c = w.surface.frame.cell_at(i);
    w.surface.factor[i] = c.row < 3 ? 30.0F : c.row < 5 ? 0.6F : 1.0F;
    if (c.column == 6) {
      w.surface.access[i] = terrain::Access::kStructureOnly;
    }
  }
  return w;
}

World of_large_cells() {
  World w;
  w.surface.frame.cell = 1000 * units::m;
  return w;
}

using State = std::pair<std::size_t, int>;  ///< cell, bin
using Totals = std::map<State, Units>;

State state_of(World const& w, LevelPrices const& prices, LevelPlace const& at) {
  return {w.surface.frame.index(at.cell), prices.bin_of(*at.level)};
}

/// Dijkstra's algorithm, one level at a time: the least from a place to every other, up to `most`.
Totals totals(World const& w,
              Direction direction,
              BinPricing pricing,
              LevelPlace from,
              Units most = kNoCost) {
  LatticeProblem const p = w.problem();
  LevelPrices const prices{p, direction, pricing};
  auto const& frame = w.surface.frame;
  Totals total{{state_of(w, prices, from), 0}};
  std::priority_queue<std::pair<Units, State>, std::vector<std::pair<Units, State>>, std::greater<>>
      queue;
  queue.push({0, state_of(w, prices, from)});
  while (!queue.empty()) {
    auto const [cost, here] = queue.top();
    queue.pop();
    if (cost > most) {
      break;
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
  return total;
}

/// Against the traffic, by way of all that is no dearer than what was found.
double plainest(
    World const& w, BinPricing pricing, LevelPlace from, LevelPlace goal, double found) {
  LatticeProblem const p = w.problem();
  LevelPrices const prices{p, Direction::kAgainstTravel, pricing};
  auto const most = static_cast<Units>(found / p.unit);
  return totals(w, Direction::kAgainstTravel, pricing, from, most).at(state_of(w, prices, goal)) *
         p.unit;
}

/// Money from any level of a cell to any at the end of a link.
Units least_of_all(LevelPrices const& prices,
                   CellGround const& near,
                   CellGround const& far,
                   std::size_t link,
                   LinkGrade grade) {
  std::array<Units, kLevels> const nothing{};
  Offers offers;
  offers.start(near.base, nothing.data(), kLevels);
  prices.pass(near, far, link, {.grade = grade}, offers);
  return *std::min_element(offers.begin(), offers.begin() + offers.count());
}

}  // namespace

TEST(LevelSearch, CostsWhatThePlainestSearchFinds) {
  for (World const& w : {World{}, with_zones()}) {
    auto const west = w.place(1, 5);
    auto const east = w.place(12, 4);
    for (auto const pricing : {BinPricing::kLeast, BinPricing::kTypical}) {
      LevelSearch search{w.problem(), {.pricing = pricing}};
      ASSERT_EQ(search.run(east, west), LevelSearch::Outcome::kFound);
      EXPECT_EQ(search.cost(), plainest(w, pricing, east, west, search.cost()));
    }
  }
}

TEST(LevelSearch, SaysWhereAClosedOneCameNearestItsGoal) {
  World const w;
  auto const& frame = w.surface.frame;
  auto const west = w.place(1, 5);
  auto const east = w.place(12, 4);
  LevelSearch bound{w.problem(), {}};
  ASSERT_EQ(bound.run(east, west), LevelSearch::Outcome::kFound);
  std::vector<bool> corridor(frame.size(), true);
  for (std::size_t i = 0; i < frame.size(); ++i) {
    corridor[i] = frame.cell_at(i).column < 7 || frame.cell_at(i).column > 9;
  }
  LevelSearch closed{w.problem(),
                     {.direction = Direction::kWithTravel, .guide = &bound, .corridor = &corridor}};
  ASSERT_EQ(closed.run(west, east), LevelSearch::Outcome::kClosed);
  EXPECT_EQ(frame.cell_at(closed.nearest()).column, 6);
  // Where no way is open whatever the levels, a search without a guide does not set out.
  LevelSearch shut{w.problem(), {.direction = Direction::kWithTravel, .corridor = &corridor}};
  ASSERT_EQ(shut.run(west, east), LevelSearch::Outcome::kClosed);
  EXPECT_EQ(shut.nearest(), frame.index(west.cell));
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

// The least through a cell is the least over its levels of what leads there from both ends.
TEST(LevelSearch, MeetsTheSearchFromTheGoalAtTheLeastThroughEachCell) {
  World const w;
  auto const west = w.place(1, 5);
  auto const east = w.place(12, 4);
  constexpr double kBeyond = 0.1;
  LevelSearch from_east{w.problem(), {.beyond = kBeyond}};
  ASSERT_EQ(from_east.run(east, west), LevelSearch::Outcome::kFound);
  LevelSearch from_west{w.problem(), {.direction = Direction::kWithTravel, .beyond = kBeyond}};
  ASSERT_EQ(from_west.run(west, east), LevelSearch::Outcome::kFound);

  double const known_to = (1 + kBeyond) * from_east.cost();
  auto const most = static_cast<Units>(known_to / w.problem().unit);
  auto const there = totals(w, Direction::kWithTravel, BinPricing::kLeast, west, most);
  std::map<std::size_t, double> least;
  for (auto const& [state, cost] :
       totals(w, Direction::kAgainstTravel, BinPricing::kLeast, east, most)) {
    if (auto const other = there.find(state); other != there.end()) {
      double const through = (cost + other->second) * w.problem().unit;
      auto const known = least.try_emplace(state.first, through).first;
      known->second = std::min(known->second, through);
    }
  }
  std::map<std::size_t, double> met;
  for (auto const& meeting : from_east.meetings(from_west)) {
    EXPECT_TRUE(met.emplace(meeting.cell, meeting.cost).second) << "once for each cell";
  }
  for (auto const& [cell, cost] : least) {
    if (cost <= known_to) {
      ASSERT_TRUE(met.contains(cell)) << cell;
      EXPECT_DOUBLE_EQ(met[cell], cost) << cell;
    } else if (met.contains(cell)) {
      EXPECT_GE(met[cell], cost) << cell;
    }
  }
  EXPECT_GT(met.size(), from_east.way().size());
}

TEST(LevelSearch, GrowsATreeFromItsStartWithEachCellAfterTheOneBeforeIt) {
  World const w;
  auto const east = w.place(12, 4);
  LevelSearch search{w.problem(), {.beyond = 0.1}};
  ASSERT_EQ(search.run(east, w.place(1, 5)), LevelSearch::Outcome::kFound);
  std::set<std::size_t> grown;
  auto const& frame = w.surface.frame;
  for (auto const& branch : search.tree()) {
    EXPECT_TRUE(grown.insert(branch.cell).second);
    if (!branch.before) {
      EXPECT_EQ(branch.cell, frame.index(east.cell));
      continue;
    }
    EXPECT_TRUE(grown.contains(*branch.before)) << branch.cell;
    auto const from = frame.cell_at(*branch.before);
    auto const to = frame.cell_at(branch.cell);
    EXPECT_TRUE(std::any_of(
        lattice_links().link.begin(), lattice_links().link.end(), [&](LatticeLink const& link) {
          return from.column + link.dc == to.column && from.row + link.dr == to.row;
        }));
  }
  for (auto const& place : search.way()) {
    EXPECT_TRUE(grown.contains(frame.index(place.cell)));
  }
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
  LatticeProblem const p = w.problem();
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {  // levels are the middles of bins
    double const length = 500 * std::hypot(way[i + 1].cell.column - way[i].cell.column,
                                           way[i + 1].cell.row - way[i].cell.row);
    double const rise = *way[i + 1].level - *way[i].level;
    EXPECT_LE(rise, p.grades.climb * length + p.bin) << i;
    EXPECT_GE(rise, -p.grades.descent * length - p.bin) << i;
  }
}

TEST(LevelSearch, HeadingsKeptInSomeCellsBoundThoseKeptInAll) {
  World w;
  for (std::size_t i = 0; i < w.surface.frame.size(); ++i) {  // a slope of 4 %
    w.surface.ground[i] = 20.0F * static_cast<float>(w.surface.frame.cell_at(i).row);
  }
  LatticeProblem const p = w.problem();
  auto const foot = w.place(7, 0);
  auto const head = w.place(7, 9);
  LevelSearch dropped{p, {}};
  ASSERT_EQ(dropped.run(head, foot), LevelSearch::Outcome::kFound);
  ASSERT_FALSE(dropped.sharp_corners(dropped.way()).empty());

  std::vector<bool> low(w.surface.frame.size(), false);
  for (std::size_t i = 0; i < low.size(); ++i) {
    low[i] = w.surface.frame.cell_at(i).row < 5;
  }
  auto const with = [&](std::vector<bool> const* headed) {
    return LevelSearch::Options{.headings = Headings::kKept, .headed = headed};
  };
  LevelSearch some{p, with(&low)};
  ASSERT_EQ(some.run(head, foot), LevelSearch::Outcome::kFound);
  std::vector<LevelPlace> const way = some.way();
  for (std::size_t const corner : some.sharp_corners(way)) {
    EXPECT_FALSE(low[w.surface.frame.index(way[corner].cell)]) << corner;
  }
  LevelSearch all{p, with(nullptr)};
  ASSERT_EQ(all.run(head, foot), LevelSearch::Outcome::kFound);
  EXPECT_TRUE(all.sharp_corners(all.way()).empty());
  EXPECT_LT(dropped.cost(), some.cost());
  EXPECT_LT(some.cost(), all.cost());
  LevelSearch led{p,
                  {.direction = Direction::kWithTravel,
                   .headings = Headings::kKept,
                   .headed = &low,
                   .guide = &dropped}};
  ASSERT_EQ(led.run(foot, head), LevelSearch::Outcome::kFound);
  EXPECT_LT(led.effort().expanded, some.effort().expanded);
  EXPECT_EQ(led.least(), led.cost());
  EXPECT_LE(dropped.cost(), led.cost());
  EXPECT_LE(led.cost(), all.cost());

  LevelSearch::Options few = with(nullptr);
  few.most_expansions = all.effort().expanded / 2;
  LevelSearch given_up{p, few};
  ASSERT_EQ(given_up.run(head, foot), LevelSearch::Outcome::kGivenUp);
  EXPECT_GT(given_up.least(), 0);
  EXPECT_LE(given_up.least(), all.cost());
}

TEST(LevelPrices, NoLinkCostsLessThanItsFloorAndSteepOnesHaveAHighOne) {
  LatticeProblem const usual = World{}.problem();
  for (auto const& [w, grades, bin] :
       {std::tuple{World{}, usual.grades, usual.bin},
        {with_zones(), usual.grades, usual.bin},
        {of_large_cells(), Grades{.climb = 0.0248, .descent = 0.00124}, 1.67}}) {
    LatticeProblem p = w.problem();
    p.grades = grades;
    p.bin = bin;
    auto const& frame = w.surface.frame;
    double floors = 0;
    double exact = 0;
    double plain = 0;
    for (auto const direction : {Direction::kWithTravel, Direction::kAgainstTravel}) {
      for (auto const pricing : {BinPricing::kLeast, BinPricing::kTypical}) {
        LevelPrices const prices{p, direction, pricing};
        for (std::size_t i = 0; i < frame.size(); ++i) {
          auto const c = frame.cell_at(i);
          for (std::size_t k = 0; k < kHeadings; ++k) {
            LatticeLink const& link = lattice_links().link[k];
            terrain::Cell const end{c.column + link.dc, c.row + link.dr};
            if (!frame.holds(end)) {
              continue;
            }
            CellGround const near = prices.ground(c);
            CellGround const far = prices.ground(end);
            Units const cost = least_of_all(prices, near, far, k, LinkGrade::kRuling);
            auto const floor = prices.least(c, k);
            ASSERT_TRUE(floor);
            EXPECT_LE(*floor, cost);
            EXPECT_LE(*floor, least_of_all(prices, near, far, k, LinkGrade::kLoop));
            floors += *floor;
            exact += cost;
            plain += prices.plain(k, 1);
          }
        }
      }
    }
    EXPECT_GT(floors, 0.5 * exact);
    if (std::none_of(
            w.surface.factor.begin(), w.surface.factor.end(), [](float f) { return f > 1; })) {
      EXPECT_GT(floors, 2 * plain);
    }
  }
}

TEST(LevelPrices, AClosedLinkHasNoFloor) {
  World w;
  w.surface.access[w.surface.frame.index({5, 5})] = terrain::Access::kForbidden;
  LatticeProblem const p = w.problem();
  LevelPrices const prices{p, Direction::kWithTravel, BinPricing::kLeast};
  EXPECT_FALSE(prices.least({4, 5}, 0));
  EXPECT_TRUE(prices.least({2, 5}, 0));
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
