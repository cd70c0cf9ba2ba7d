#include "tidewater/solver/linear_program.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

using namespace tidewater;
using namespace tidewater::solver;

namespace {

Solution solved(LinearProgram const& p) {
  auto const s = solve(p);
  EXPECT_TRUE(s.has_value());
  return s.value_or(Solution{});
}

/// Three plants ship all they make to three markets.
LinearProgram transport() {
  LinearProgram p;
  double const cost[3][3] = {{8, 6, 10}, {9, 12, 13}, {14, 9, 16}};
  for (auto const& row : cost) {
    for (double const c : row) {
      p.add_column({.cost = c});
    }
  }
  double const supply[3] = {35, 50, 40};
  double const demand[3] = {45, 50, 30};
  for (int i = 0; i < 3; ++i) {
    p.add_row({-kInfinity, supply[i]}, {{3 * i, 1}, {3 * i + 1, 1}, {3 * i + 2, 1}});
  }
  for (int j = 0; j < 3; ++j) {
    p.add_row({demand[j], kInfinity}, {{j, 1}, {3 + j, 1}, {6 + j, 1}});
  }
  return p;
}

}  // namespace

TEST(LinearProgram, FindsTheCornerThatAHandSumFinds) {
  // Most 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18: x = 2, y = 6 gives 36; shadow prices of the
  // rows 0, 3/2, 1 (a production plan found in any textbook).
  LinearProgram p;
  int const x = p.add_column({.cost = -3, .name = "x"});
  int const y = p.add_column({.cost = -5, .name = "y"});
  p.add_row({-kInfinity, 4}, {{x, 1}});
  p.add_row({-kInfinity, 12}, {{y, 2}});
  p.add_row({-kInfinity, 18}, {{x, 3}, {y, 2}});
  auto const s = solved(p);
  ASSERT_EQ(s.status, Status::kOptimal);
  EXPECT_NEAR(s.cost, -36, 1e-9);
  EXPECT_NEAR(s.values[0], 2, 1e-9);
  EXPECT_NEAR(s.values[1], 6, 1e-9);
  EXPECT_NEAR(s.duals[0], 0, 1e-9);
  EXPECT_NEAR(s.duals[1], -1.5, 1e-9);
  EXPECT_NEAR(s.duals[2], -1, 1e-9);
}

TEST(LinearProgram, ShipsTheTransportTableAtItsLeastCost) {
  // 10 and 25 from the first plant to the second and third market, 45 and 5 from the second to the
  // first and third, 40 from the third to the second: 60 + 250 + 405 + 65 + 360 = 1140. Potentials
  // -3, 0, 0 of the plants and 9, 9, 13 of the markets leave no cheaper way.
  auto const p = transport();
  auto const s = solved(p);
  ASSERT_EQ(s.status, Status::kOptimal);
  EXPECT_NEAR(s.cost, 1140, 1e-9);
  // Strong duality by hand: the right-hand sides at their prices are the cost.
  double worth = 0;
  for (int r = 0; r < p.rows(); ++r) {
    auto const b = p.bounds(r);
    worth += s.duals[static_cast<std::size_t>(r)] * (r < 3 ? b.upper : b.lower);
  }
  EXPECT_NEAR(worth, s.cost, 1e-9);
}

TEST(LinearProgram, NamesTheRowsThatCannotHoldTogether) {
  LinearProgram p;
  int const x = p.add_column({.lower = -kInfinity, .name = "x"});
  int const y = p.add_column({.lower = -kInfinity, .name = "y"});
  p.add_row({1, kInfinity}, {{y, 1}}, "harmless");
  p.add_row({10, kInfinity}, {{x, 1}, {y, -1}}, "climb");
  p.add_row({-kInfinity, 9}, {{x, 1}, {y, -1}}, "limit");
  auto const s = solved(p);
  EXPECT_EQ(s.status, Status::kInfeasible);
  EXPECT_TRUE(s.values.empty());
  EXPECT_NE(s.reason.find("climb"), std::string::npos) << s.reason;
  EXPECT_NE(s.reason.find("limit"), std::string::npos) << s.reason;
  EXPECT_EQ(s.reason.find("harmless"), std::string::npos) << s.reason;
}

TEST(LinearProgram, SaysWhichBoundsCross) {
  LinearProgram p;
  p.add_column({.lower = 3, .upper = 2, .cost = 1, .name = "level"});
  p.add_row({0, 10}, {{0, 1}});
  auto const s = solved(p);
  EXPECT_EQ(s.status, Status::kInfeasible);
  EXPECT_NE(s.reason.find("level"), std::string::npos) << s.reason;
}

TEST(LinearProgram, SaysWhenCostsFallWithoutEnd) {
  LinearProgram p;
  p.add_column({.cost = -1});
  p.add_column({.cost = 1});
  p.add_row({-kInfinity, 5}, {{0, 1}, {1, -1}});
  p.add_row({0, kInfinity}, {{0, 2}, {1, -1}});
  EXPECT_EQ(solved(p).status, Status::kOptimal);  // -5: x - y <= 5
  LinearProgram q;
  q.add_column({.cost = -1});
  q.add_column({.cost = 0.5});
  q.add_row({-kInfinity, 5}, {{0, 1}, {1, -1}});
  EXPECT_EQ(solved(q).status, Status::kUnbounded);
}

TEST(LinearProgram, RefusesNumbersThatAreNoneAndNamesThemAll) {
  LinearProgram p;
  p.add_column({.cost = std::nan(""), .name = "haul"});
  p.add_row({0, 1}, {{0, 1}, {0, 2}, {7, 1}}, "balance");
  auto const s = solve(p);
  ASSERT_FALSE(s.has_value());
  EXPECT_EQ(s.error().size(), 3u);  // cost, column twice, column that does not exist
}

TEST(LinearProgram, RefusesIntegersRatherThanRoundingThem) {
  LinearProgram p;
  p.add_column({.cost = 1, .integrality = Integrality::kInteger, .name = "open"});
  auto const s = solve(p);
  ASSERT_FALSE(s.has_value());
  EXPECT_NE(s.error().front().where.find("open"), std::string::npos);
}

TEST(Session, GoesOnFromWhereItStoodWhenRowsAreAdded) {
  // Outer approximation of y >= x^2 with x + y least: tangents at the last point close in on
  // x = -1/2, cost -1/4.
  LinearProgram p;
  p.add_column({.lower = -10, .upper = 10, .cost = 1});
  p.add_column({.lower = -100, .cost = 1});
  auto session = Session::open(p);
  ASSERT_TRUE(session.has_value());
  Solution s = session->solve();
  for (int round = 0; round < 30; ++round) {
    double const x = s.values[0];
    Term const tangent[] = {{0, -2 * x}, {1, 1}};
    session->add_row({-x * x, kInfinity}, tangent);
    s = session->solve();
    ASSERT_EQ(s.status, Status::kOptimal);
  }
  EXPECT_NEAR(s.cost, -0.25, 1e-6);
  EXPECT_EQ(session->program().rows(), 30);
  EXPECT_EQ(s.duals.size(), 30u);
}

TEST(Session, FollowsBoundsThatMove) {
  auto session = Session::open(transport());
  ASSERT_TRUE(session.has_value());
  EXPECT_NEAR(session->solve().cost, 1140, 1e-9);
  session->set_column_bounds(1, 0, 0);  // the first plant no longer ships to the second market
  auto const dearer = session->solve();
  EXPECT_GT(dearer.cost, 1140 + 1e-6);
  session->set_column_bounds(1, 0, kInfinity);
  EXPECT_NEAR(session->solve().cost, 1140, 1e-9);
}

TEST(LinearProgram, HoldsItsRowsAndNeverBeatsItsDual) {
  std::mt19937 random{7};
  auto const number = [&](int most) { return double(random() % static_cast<unsigned>(most)); };
  for (int trial = 0; trial < 40; ++trial) {
    LinearProgram p;
    for (int c = 0; c < 12; ++c) {
      p.add_column({.upper = 5 + number(20), .cost = number(19) - 9});
    }
    for (int r = 0; r < 9; ++r) {
      std::vector<Term> terms;
      for (int c = 0; c < 12; ++c) {
        if (random() % 3 == 0) {
          terms.push_back({c, number(7) + 1});
        }
      }
      p.add_row({-kInfinity, 20 + number(50)}, terms);
    }
    auto const s = solved(p);
    ASSERT_EQ(s.status, Status::kOptimal);
    double dual = 0;
    for (int r = 0; r < p.rows(); ++r) {
      double sum = 0;
      for (auto const t : p.terms(r)) {
        sum += t.factor * s.values[static_cast<std::size_t>(t.column)];
      }
      EXPECT_LE(sum, p.bounds(r).upper + 1e-6);
      EXPECT_LE(s.duals[static_cast<std::size_t>(r)], 1e-9);
      dual += s.duals[static_cast<std::size_t>(r)] * p.bounds(r).upper;
    }
    for (std::size_t c = 0; c < 12; ++c) {
      dual += std::fmin(0, s.reduced_costs[c]) * p.columns()[c].upper;
    }
    EXPECT_NEAR(dual, s.cost, 1e-6);
  }
}

TEST(MpsText, IsReadByAnySolverLineByLine) {
  LinearProgram p;
  int const x = p.add_column({.upper = 4, .cost = -3, .name = "x"});
  int const y = p.add_column({.lower = -kInfinity, .cost = 0.1, .name = "a y"});
  int const n = p.add_column({.lower = 0, .upper = 1, .integrality = Integrality::kInteger});
  p.add_row({-2, 18}, {{x, 3}, {y, 2}}, "both");
  p.add_row({1, 1}, {{y, 1}, {n, -1}});
  EXPECT_EQ(
      mps_text(p, "TOY"),
      "NAME TOY\nROWS\n N COST\n L both\n E r1\nCOLUMNS\n"
      "    x COST -3\n    x both 3\n"
      "    c1 COST 0.10000000000000001\n    c1 both 2\n    c1 r1 1\n"
      "    MARKER 'MARKER' 'INTORG'\n    c2 COST 0\n    c2 r1 -1\n"
      "    MARKER 'MARKER' 'INTEND'\n"
      "RHS\n    RHS both 18\n    RHS r1 1\nRANGES\n    RNG both 20\nBOUNDS\n"
      " LO BND x 0\n UP BND x 4\n MI BND c1\n PL BND c1\n LO BND c2 0\n UP BND c2 1\nENDATA\n");
}
