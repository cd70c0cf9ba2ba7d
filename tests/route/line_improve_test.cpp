/// Plan and levels moved together: rows of levels, loops on the line, changes of corners, one by
/// one and at random.

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "drawn_terrain.hpp"
#include "line_shake.hpp"

using namespace tidewater;
using namespace tidewater::route;
using terrain::PlanePoint;

namespace {

constexpr double kPlain = 1000;  // money per metre

LevelRows rows() {
  static SectionPrices const prices{{}, {}};
  return {prices, {0.01, 0.015}, kPlain};
}

/// A stretch of 100 m over ground at a height, held to grades.
LineStretch stretch(double ground, double climb, double descent) {
  return {.length = 100,
          .ground = ground,
          .near = ground,
          .free = {100 * climb, 100 * descent},
          .limit = {100 * climb, 100 * descent}};
}

/// Forty kilometres that climb just as much as each stretch allows, some less than others.
struct Climb {
  std::vector<LineStretch> line;
  double top = 0;

  Climb() {
    for (int i = 0; i < 400; ++i) {
      double const climb = i % 7 == 3 ? 0.00713 : 0.01;
      line.push_back(stretch(top + 50 * climb, climb, 0.015));
      top += 100 * climb;
    }
  }
};

/// A slope between a plain and a plateau, a letter a kilometre, of 3 % unless said otherwise.
struct Slope {
  double top;  ///< m
  terrain::Terrain terrain;
  AlignmentProblem problem;
  Turned turned;

  static terrain::Terrain drawn(double step) {
    std::string picture;
    for (int row = 0; row < 16; ++row) {
      picture += ".....123456789999999\n";
    }
    return {drawn::grid(picture, 500 * units::m, {.step = step}, 2), {}};
  }
  static AlignmentProblem across(terrain::Terrain const& t) {
    auto const& frame = t.grid.frame();
    AlignmentProblem p{.from = {.name = "plain", .at = frame.lon_lat({3, 16})},
                       .to = {.name = "plateau", .at = frame.lon_lat({36, 16})}};
    p.rules.loaded_ruling_grade = p.rules.empty_ruling_grade = 0.01;
    return p;
  }
  explicit Slope(double step = 30)
      : top{10 + 9 * step},
        terrain{drawn(step)},
        problem{across(terrain)},
        turned{terrain, problem} {}

  /// A place in kilometres east and south.
  [[nodiscard]] PlanePoint at(double east, double south) const {
    auto const& frame = turned.setting().surface.frame;
    return {frame.north_west.x + 1000 * east, frame.north_west.y - 1000 * south};
  }
  [[nodiscard]] bool holds(PlanePoint p) const {
    auto const& frame = turned.setting().surface.frame;
    return frame.holds(frame.nearest(frame.on_grid(p)));
  }
  /// From the plain to the plateau in a zigzag.
  [[nodiscard]] LevelledLine zigzag() const {
    std::vector<PlanePoint> const places{
        at(1.5, 8), at(5, 9), at(7, 6), at(10, 10), at(13, 6), at(15, 9), at(18, 8)};
    std::vector<LineCorner> corners;
    for (PlanePoint const p : places) {
      corners.push_back({.vertex = {.at = p}, .radius = 500});
    }
    corners.front().pin = 10;
    corners.back().pin = top;
    Setting const& s = turned.setting();
    return {
        s, std::move(corners), {}, [&s](PlanePoint p) {
          return s.surface.ground_at(s.surface.frame.place(s.surface.frame.projection.lon_lat(p)));
        }};
  }
};

}  // namespace

TEST(LevelRows, RailAtTheLimitOfALongClimbStaysOnTheGround) {
  Climb const climb;
  LevelRow row = rows().pinned(0);
  rows().forwards(climb.line, climb.top, row);
  // Half a metre of cut or fill all along would cost some 4 million.
  EXPECT_LT(rows().joined(row, rows().pinned(climb.top)).cost, 200'000);
}

TEST(LevelRows, ALineTooShortForItsClimbShowsIt) {
  Climb const climb;
  LevelRow row = rows().pinned(0);
  rows().forwards(climb.line, climb.top + 2, row);
  double const cost = rows().joined(row, rows().pinned(climb.top + 2)).cost;
  EXPECT_GT(cost, 2 * 90 * kPlain / 0.01);  // two metres that are not there
}

TEST(LevelRows, BothDirectionsMeetAtTheSameCost) {
  std::vector<LineStretch> line;
  for (int i = 0; i < 60; ++i) {
    line.push_back(stretch(20 + 6 * std::sin(0.4 * i), 0.01, 0.015));
  }
  LevelRow const first = rows().pinned(20);
  LevelRow const last = rows().pinned(21);
  auto const joined_at = [&](std::ptrdiff_t cut) {
    LevelRow behind = first;
    LevelRow ahead = last;
    rows().forwards({line.begin(), line.begin() + cut}, 20, behind);
    rows().backwards({line.begin() + cut, line.end()}, 20, ahead);
    return rows().joined(behind, ahead).cost;
  };
  double const whole = joined_at(60);
  ASSERT_GT(whole, 1000);
  for (std::ptrdiff_t const cut : {0, 13, 30, 47}) {
    EXPECT_NEAR(joined_at(cut) / whole, 1, 0.02) << cut;  // linear between levels, cut by cut
  }
}

TEST(LevelRows, TheProfileTracedHoldsTheLimits) {
  std::vector<LineStretch> line;
  for (int i = 0; i < 60; ++i) {
    line.push_back(stretch(20 + 6 * std::sin(0.4 * i), 0.01, 0.015));
  }
  double const start = rows().trace(line, rows().pinned(20), 21);
  EXPECT_NEAR(start, 20, 1e-6);
  bool is_bound = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    double const rise = line[i + 1].near - line[i].near;
    EXPECT_LE(rise, 1 + 1e-9) << i;
    EXPECT_GE(rise, -1.5 - 1e-9) << i;
    is_bound = is_bound || rise > 1 - 1e-6;
  }
  EXPECT_TRUE(is_bound);  // else the limits were never asked for
}

TEST(LineFlats, ALoopMovesToTheBenchInAClimb) {
  std::vector<LineStretch> line;
  double level = 0;
  for (int i = 0; i < 200; ++i) {
    double const climb = i >= 108 && i < 126 ? 0 : 0.01;  // level from km 10.8 to 12.6
    line.push_back(stretch(level + 50 * climb, 0.01, 0.01));
    level += 100 * climb;
  }
  AlignmentRules const climbs{};
  LineFlats flats{{{.middle = 8000, .length = 1500}}, climbs};
  flats.place(line, rows());
  EXPECT_NEAR(flats.all().front().middle, 11'700, 200);
}

TEST(LineFlats, FlatsKeepTheirPlaceOutsideAStretchLaidAnewAndTheirShareInIt) {
  LineFlats flats{{{.middle = 500, .length = 1000, .use = FlatWindow::Use::kFromYard},
                   {.middle = 10'000, .length = 1500},
                   {.middle = 20'000, .length = 1500},
                   {.middle = 40'000, .length = 1500}},
                  {}};
  flats.move({.from = 15'000, .to = 25'000, .length = 11'000});
  EXPECT_DOUBLE_EQ(flats.all()[0].middle, 500);
  EXPECT_DOUBLE_EQ(flats.all()[1].middle, 10'000);
  EXPECT_DOUBLE_EQ(flats.all()[2].middle, 20'500);
  EXPECT_DOUBLE_EQ(flats.all()[3].middle, 41'000);
}

TEST(LevelledLine, ATrialPricesTheWholeLineAsItWillBe) {
  Slope const slope{12};  // 1.2 %: levels need not go far
  LevelledLine line = slope.zigzag();
  LineChange change{.first = 3, .last = 4, .with = {line.corners()[3]}, .count = 1};
  change.with[0].vertex.at.y -= 400;
  double const before = line.cost();
  line.reach(3);
  auto trial = line.trial(change);
  ASSERT_TRUE(trial.has_value());
  double const gain = line.present_cost(change) - trial->cost;
  line.take(std::move(*trial));
  line.settle();
  ASSERT_GT(std::abs(gain), 0.003 * before);  // else there was nothing to price
  EXPECT_NEAR(before - line.cost(), gain, 0.1 * std::abs(gain));
}

TEST(LevelRows, NeverPayBackHoweverDearMaterialIs) {
  for (double const borrow : {0.0, 11.0, 100.0}) {  // 100: a m3 of cut would save 50 and cost 6.5
    Rates rates;
    rates.borrow.rate = borrow * units::usd / units::m3;
    rates.dump.rate = (borrow > 0 ? 0 : 100) * units::usd / units::m3;  // else a m3 of fill would
    LevelRows const rows{SectionPrices{{}, rates}, {0.01, 0.01}, 1000};
    LevelRow row = rows.pinned(100);
    for (double const ground : {100.0, 105.0, 95.0, 110.0, 90.0}) {
      double const before = row.paid;
      rows.forwards({.length = 100, .ground = ground, .near = 100, .limit = {1, 1}}, 100, row);
      LevelRow settled = row;
      rows.forwards(std::vector<LineStretch>{}, 100, settled);
      EXPECT_GE(settled.paid, before) << borrow << " over " << ground;
      row = settled;
    }
  }
}

TEST(LevelledLine, ATrialIsGivenUpOnlyWhereItCostsTooMuch) {
  Slope const slope{12};
  LevelledLine line = slope.zigzag();
  line.reach(3);
  int given_up = 0;
  for (double const away : {-800.0, -400.0, 200.0, 400.0}) {
    LineChange change{.first = 3, .last = 4, .with = {line.corners()[3]}, .count = 1};
    change.with[0].vertex.at.y += away;
    auto const whole = line.trial(change);
    ASSERT_TRUE(whole.has_value()) << away;
    auto const dearer = line.trial(change, 1.001 * whole->cost);
    ASSERT_TRUE(dearer.has_value()) << away;
    EXPECT_EQ(dearer->cost, whole->cost) << away;
    auto const cheaper = line.trial(change, 0.9 * whole->cost);
    ASSERT_TRUE(cheaper.has_value()) << away;
    EXPECT_GE(cheaper->cost, whole->cost) << away;
    given_up += std::isinf(cheaper->cost) ? 1 : 0;
  }
  EXPECT_GT(given_up, 0);
}

TEST(LevelledLine, TwoCornersInOnePlaceAreNoLine) {
  Slope const slope;
  LevelledLine line = slope.zigzag();
  LineChange change{.first = 3, .last = 4, .with = {line.corners()[3]}, .count = 1};
  change.with[0].vertex.at = line.corners()[4].vertex.at;
  line.reach(3);
  EXPECT_FALSE(line.trial(change).has_value());
}

TEST(LevelledLine, APartPricesChangesAsTheWholeDoesAndTakesItsPlaceAgain) {
  Slope const slope{12};
  LevelledLine whole = slope.zigzag();
  LevelledLine part = whole.part(1, 5);
  EXPECT_FALSE(part.is_whole());
  LineChange change{.first = 3, .last = 4, .with = {whole.corners()[3]}, .count = 1};
  change.with[0].vertex.at.y -= 400;
  whole.reach(3);
  auto trial = whole.trial(change);
  ASSERT_TRUE(trial.has_value());
  double const gain = whole.present_cost(change) - trial->cost;
  change.first -= 1;
  change.last -= 1;
  part.reach(2);
  auto in_part = part.trial(change);
  ASSERT_TRUE(in_part.has_value());
  ASSERT_GT(std::abs(gain), 0.003 * whole.cost());
  EXPECT_NEAR(part.present_cost(change) - in_part->cost, gain, 0.01 * std::abs(gain));
  part.take(std::move(*in_part));
  LevelledLine spliced = slope.zigzag();
  spliced.take(1, 5, part);
  whole.take(std::move(*trial));
  whole.settle();
  EXPECT_EQ(spliced.corners().size(), whole.corners().size());
  EXPECT_NEAR(spliced.cost() / whole.cost(), 1, 1e-3);
}

TEST(LevelledLine, AChangeThatReachesOutOfAPartIsNone) {
  Slope const slope;
  LevelledLine whole = slope.zigzag();
  LevelledLine part = whole.part(1, 5);
  part.reach(4);
  for (std::size_t const corner : {1U, 2U, 3U}) {
    LineChange change{
        .first = corner, .last = corner + 1, .with = {part.corners()[corner]}, .count = 1};
    change.with[0].vertex.at.y += 100;
    EXPECT_EQ(part.trial(change).has_value(), corner == 2) << corner;
  }
}

TEST(ShakeLine, FindsWhatMovingOneOrTwoDoesNotAndTheSameEachTime) {
  Slope const slope;
  OpenTest const is_open = [&](PlanePoint p) { return slope.holds(p); };
  LevelledLine line = slope.zigzag();
  improve_line(line, is_open);
  LevelledLine again = line;
  ShakeHow const briefly{.most_tried = 20'000};
  auto const shaken = shake_line(line, is_open, briefly);
  EXPECT_LT(shaken.after, 0.99 * shaken.before);
  EXPECT_EQ(shake_line(again, is_open, briefly).after, shaken.after);  // a stream of its own
  line.settle();
  EXPECT_LT(line.cost(), 0.99 * shaken.before);  // not by the noise of settling
  ASSERT_EQ(again.corners().size(), line.corners().size());
  for (std::size_t i = 0; i < line.corners().size(); ++i) {
    EXPECT_EQ(again.corners()[i].vertex.at.x, line.corners()[i].vertex.at.x);
  }
}

TEST(ImproveLine, AClimbInAZigzagBecomesCheaperAndCanBeLaid) {
  Slope const slope;
  LevelledLine line = slope.zigzag();
  OpenTest const is_open = [&](PlanePoint p) { return slope.holds(p); };
  auto const improvement = improve_line(line, is_open);
  EXPECT_LT(improvement.after, 0.8 * improvement.before);
  std::vector<PlanVertex> vertices;
  for (LineCorner const& c : line.corners()) {
    vertices.push_back(c.vertex);
  }
  EXPECT_EQ(vertices.front().at.x, slope.at(1.5, 8).x);
  EXPECT_EQ(vertices.back().at.x, slope.at(18, 8).x);
  auto const plan = Plan::through(vertices, plan_rules(slope.problem.rules), is_open);
  ASSERT_TRUE(plan.has_value());
  EXPECT_GE(plan->smallest_radius(), 400 - 1e-6);
}

TEST(ImproveLine, StopsStayAndWhatIsClosedStaysClosed) {
  Slope const slope;
  std::vector<LineCorner> corners;
  for (PlanePoint const p : {slope.at(1.5, 8), slope.at(3, 11), slope.at(4.5, 8)}) {
    corners.push_back({.vertex = {.at = p}, .radius = 500});
  }
  corners[0].pin = corners[2].pin = 10;
  LevelledLine::NearLevel const level = [](PlanePoint) { return 10.0; };
  OpenTest const is_open = [&](PlanePoint p) {
    return slope.holds(p) &&
           (p.y <= slope.at(0, 9).y || p.x <= slope.at(2.7, 0).x || p.x >= slope.at(3.3, 0).x);
  };
  LevelledLine free{slope.turned.setting(), corners, {}, level};
  improve_line(free, is_open);
  corners[1].vertex.reach = 200;
  LevelledLine held{slope.turned.setting(), corners, {}, level};
  improve_line(held, is_open);
  EXPECT_LT(free.cost(), held.cost());
  bool is_there = false;
  for (LineCorner const& c : held.corners()) {
    is_there = is_there || c.vertex.is_stop();
    EXPECT_TRUE(is_open(c.vertex.at));
  }
  EXPECT_TRUE(is_there);
  for (std::size_t i = 0; i + 1 < free.corners().size(); ++i) {
    PlanePoint const a = free.corners()[i].vertex.at;
    PlanePoint const b = free.corners()[i + 1].vertex.at;
    for (double share = 0; share <= 1; share += 0.01) {
      EXPECT_TRUE(is_open({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}));
    }
  }
}
