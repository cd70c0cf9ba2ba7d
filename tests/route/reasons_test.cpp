#include "tidewater/route/reasons.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"
#include "ways_through.hpp"

using namespace tidewater;
using namespace tidewater::route;
using terrain::Terrain;

namespace {

constexpr Length kCell = 500 * units::m;

/// A wall with a gap towards either end, alike from north and south.
char const* const kTwoPasses = R"(
    ......9......
    ......9......
    .............
    ......9......
    ......9......
    ......9......
    ......9......
    ......9......
    .............
    ......9......
    ......9......)";

Terrain world() {
  return {drawn::grid(kTwoPasses, kCell, {.step = 40}, 6), {}};
}

AlignmentProblem across(Terrain const& t) {
  auto const& frame = t.grid.frame();
  int const row = frame.rows / 2;
  auto const at = [&](int column) { return frame.lon_lat({double(column), double(row)}); };
  return {.from = {.name = "west", .at = at(2)},
          .to = {.name = "east", .at = at(frame.columns - 3)}};
}

Alignment line(Terrain const& t, AlignmentProblem const& p) {
  auto const answer = align(t, p);
  EXPECT_TRUE(answer.has_value());
  return std::get<Alignment>(*answer);
}

/// Rows of the grid from the middle at which the line crosses the wall; north negative.
double crossing(Terrain const& t, Alignment const& a) {
  auto const& frame = t.grid.frame();
  double best = 1e9;
  double row = 0;
  for (auto const& s : a.stations) {
    auto const place = frame.place(s.place);
    double const away = std::abs(place.column - frame.columns / 2.0);
    if (away < best) {
      best = away;
      row = place.row - frame.rows / 2.0;
    }
  }
  return row;
}

}  // namespace

TEST(Reasons, TheOtherOfTwoEqualPassesIsTheAlternativeAtTheSamePrice) {
  Terrain const t = world();
  AlignmentProblem const p = across(t);
  Alignment const best = line(t, p);
  auto const others = alternatives(t, p, best, {.count = 1});
  ASSERT_TRUE(others.has_value());
  ASSERT_EQ(others->lines.size(), 1U);
  EXPECT_EQ(others->asked, 1U);
  EXPECT_EQ(others->why_no_more, "");
  Alignment const& other = others->lines.front();
  EXPECT_LT(crossing(t, best) * crossing(t, other), 0) << "not the other pass";
  EXPECT_NEAR(other.cost / best.cost, 1, 0.02);
  EXPECT_NEAR(recost(other.stations, p.rules, p.rates).cost / other.cost, 1, 1e-9)
      << "billed on dearer ground";
}

TEST(Reasons, TheCheapestOtherWayGoesThroughTheOtherPass) {
  Terrain const t = world();
  auto const& frame = t.grid.frame();
  AlignmentProblem const p = across(t);
  double const side = crossing(t, line(t, p));
  auto const half = [&](terrain::Cell c) { return (c.row - frame.rows / 2.0) * side > 0; };
  WaysThrough const ways{t, p, 0.15};
  // Both ends lie in the middle row, so ways through the other pass lie in the other half.
  auto const other = ways.through_another(half, 0.1);
  ASSERT_TRUE(other.has_value());
  ASSERT_EQ(other->via.size(), 1U);
  EXPECT_LT((frame.place(other->via.front().at).row - frame.rows / 2.0) * side, 0);
  EXPECT_LT(crossing(t, line(t, *other)) * side, 0);
  EXPECT_FALSE(ways.through_another([](terrain::Cell) { return true; }, 0.6).has_value());
}

TEST(Reasons, TheCheapestOtherWayIsFoundInItsLegFromEitherEnd) {
  Terrain const t = world();
  auto const& frame = t.grid.frame();
  AlignmentProblem p = across(t);
  // A first leg on the plain west of the wall: the passes are in the second.
  p.via = {{.name = "halt", .at = frame.lon_lat({frame.columns / 4.0, frame.rows / 2.0})}};
  double const side = crossing(t, line(t, p));
  auto const half = [&](terrain::Cell c) { return (c.row - frame.rows / 2.0) * side > 0; };
  auto const other = WaysThrough{t, p, 0.15}.through_another(half, 0.3);
  ASSERT_TRUE(other.has_value());
  ASSERT_EQ(other->via.size(), 2U);
  EXPECT_EQ(other->via.front(), p.via.front());
  AlignmentProblem back = p;
  std::swap(back.from, back.to);
  auto const home = WaysThrough{t, back, 0.15}.through_another(half, 0.3);
  ASSERT_TRUE(home.has_value());
  ASSERT_EQ(home->via.size(), 2U);
  EXPECT_EQ(home->via.back(), p.via.front());
  EXPECT_EQ(home->via.front(), other->via.back());
}

TEST(Reasons, OpenGroundHasNoThirdPass) {
  Terrain const t = world();
  AlignmentProblem const p = across(t);
  auto const others = alternatives(t, p, line(t, p), {.count = 5});
  ASSERT_TRUE(others.has_value());
  EXPECT_LT(others->lines.size(), 5U);
  EXPECT_NE(others->why_no_more, "");
}

TEST(Reasons, WhereAllGroundLiesAlongTheLineNoOtherIsFoundAndWhyIsSaid) {
  // Nine kilometres wide, so nothing lies five from the line in its middle.
  Terrain const t{drawn::grid(R"(
    ...........
    ...........
    ...........)",
                              kCell,
                              {},
                              6),
                  {}};
  AlignmentProblem const p = across(t);
  auto const others = alternatives(t, p, line(t, p), {.count = 2});
  ASSERT_TRUE(others.has_value());
  EXPECT_TRUE(others->lines.empty());
  EXPECT_EQ(others->asked, 2U);
  EXPECT_EQ(others->why_no_more,
            "no way up to 15 % dearer than the cheapest lies to 40 % of its length off the lines "
            "before; with building along the lines before made up to 1.95 times as dear, the line "
            "still lies to 100 % along them");
}

TEST(Reasons, WaysOfTwoLegsTakeNoMoreMemoryThanThoseOfTheGreaterLeg) {
  Terrain const t = world();
  auto const& frame = t.grid.frame();
  AlignmentProblem const whole = across(t);
  LinePoint const halt{.name = "halt", .at = frame.lon_lat({frame.columns / 2.0, 15})};
  AlignmentProblem both = whole;
  both.via = {halt};
  AlignmentProblem first = whole;
  first.to = halt;
  AlignmentProblem second = whole;
  second.from = halt;
  auto const least_memory = [&](AlignmentProblem p) {
    std::size_t fits = std::size_t{1} << 28;
    for (std::size_t step = fits / 2; step > 1000; step /= 2) {
      p.search_memory = fits - step;
      fits -= WaysThrough{t, p, 0.15}.has_any() ? step : 0;
    }
    return fits;
  };
  std::size_t const alone = std::max(least_memory(first), least_memory(second));
  EXPECT_NEAR(double(least_memory(both)) / double(alone), 1, 0.01);
}

TEST(Reasons, TheDearestKilometreIsWhereTheWallIs) {
  Terrain const t{drawn::grid(R"(
    .....3.....
    .....3.....
    .....3.....)",
                              kCell,
                              {.step = 10},
                              6),
                  {}};
  AlignmentProblem const p = across(t);
  Alignment const a = line(t, p);
  auto const dear = dearest_kilometres(a, p.rates, 1);
  ASSERT_EQ(dear.size(), 1U);
  EXPECT_NEAR(dear.front().from / a.length, 0.5, 0.2);
  EXPECT_NE(dear.front().what, cost_words("track"));
  auto const all = dearest_kilometres(a, p.rates, 10'000);
  Length sum{};
  for (auto const& km : all) {
    sum += std::min(1 * units::km, a.length - km.from);
  }
  EXPECT_NEAR(sum / a.length, 1, 0.01);
}

TEST(Reasons, AZoneCostsWhatTheWayRoundItDoes) {
  Terrain t{drawn::grid(R"(
    ...........
    ...........
    ...........
    ...........
    ...........)",
                        kCell,
                        {},
                        6),
            {}};
  auto const& frame = t.grid.frame();
  auto const corner = [&](double column, double row) { return frame.lon_lat({column, row}); };
  double const middle = frame.columns / 2.0;
  double const row = frame.rows / 2.0;
  terrain::Zone const zone{.name = "park",
                           .kind = terrain::ZoneKind::kForbidden,
                           .polygon = {corner(middle - 2, row - 8),
                                       corner(middle + 2, row - 8),
                                       corner(middle + 2, row + 8),
                                       corner(middle - 2, row + 8)}};
  t.zones = *terrain::zone_map(frame, {zone});
  AlignmentProblem const p = across(t);
  Alignment const around = line(t, p);
  auto const costs = constraint_costs(t, p, around);
  ASSERT_TRUE(costs.has_value());
  ASSERT_EQ(costs->size(), 4U);
  ASSERT_TRUE(costs->back().saving.has_value());
  Alignment const straight = line({t.grid, {}}, p);
  EXPECT_EQ(costs->back().constraint, "zone park");
  EXPECT_EQ(*costs->back().saving, around.cost - straight.cost);
  EXPECT_GT(*costs->back().saving / around.cost, 0.01);
  // On flat ground steeper grades save nothing but the spread of the search.
  ASSERT_TRUE(costs->front().saving.has_value());
  EXPECT_GE(*costs->front().saving, Money{});
  EXPECT_LT(*costs->front().saving / around.cost, 0.01);
}

TEST(Reasons, AZoneThatMakesBuildingCheaperIsNoConstraint) {
  Terrain t = world();
  auto const& frame = t.grid.frame();
  terrain::Zone const zone{.name = "estate",
                           .kind = terrain::ZoneKind::kFactor,
                           .polygon = drawn::box(frame, {5, 5}, {10, 10}),
                           .factor = 0.5};
  t.zones = *terrain::zone_map(frame, {zone});
  AlignmentProblem p = across(t);
  p.search_gap = 1;
  auto const costs = constraint_costs(t, p, line(t, p));
  ASSERT_TRUE(costs.has_value());
  ASSERT_EQ(costs->size(), 3U);
  EXPECT_EQ(costs->back().constraint, "least radius");
}

TEST(Reasons, YardsCostWhatTheEarthUnderThemDoes) {
  Terrain const t{drawn::grid(R"(
    0123456789
    0123456789
    0123456789
    0123456789)",
                              kCell,
                              {.step = 12},
                              4),
                  {}};
  AlignmentProblem p = across(t);
  Alignment const without = line(t, p);
  p.to.yard = 1.2 * units::km;
  Alignment const with = line(t, p);
  auto const costs = constraint_costs(t, p, with);
  ASSERT_TRUE(costs.has_value());
  ASSERT_EQ(costs->size(), 4U);
  ASSERT_TRUE(costs->back().saving.has_value());
  EXPECT_EQ(costs->back().constraint, "flat yards at the ends");
  EXPECT_EQ(*costs->back().saving, with.cost - without.cost);
  EXPECT_GT(*costs->back().saving, Money{});
  EXPECT_EQ(costs->back().bound_saving, Money{});  // it knows of no yards
}
