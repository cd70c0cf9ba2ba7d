#include "haul.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "tidewater/solver/linear_program.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

/// Places a kilometre apart; borrow 11, dump 7, haul 1.5.
HaulProblem kilometres(std::vector<double> cut, std::vector<double> fill) {
  std::size_t const n = cut.size();
  return {.cut = std::move(cut),
          .fill = std::move(fill),
          .way = std::vector<double>(n - 1, 1.0),
          .borrow = std::vector<double>(n, 11.0),
          .dump = std::vector<double>(n, 7.0),
          .haul = 1.5};
}

double sum(std::vector<double> const& v) {
  return std::accumulate(v.begin(), v.end(), 0.0);
}

/// The same problem through the solver seam.
double least_by_lp(HaulProblem const& p) {
  using namespace tidewater::solver;
  LinearProgram lp;
  int to = -1;
  int fro = -1;
  for (std::size_t i = 0; i < p.cut.size(); ++i) {
    std::vector<Term> row;
    if (i > 0) {
      row = {{to, 1}, {fro, -1}};
    }
    row.push_back({lp.add_column({.cost = p.borrow[i]}), 1});
    row.push_back({lp.add_column({.cost = p.dump[i]}), -1});
    if (i + 1 < p.cut.size()) {
      to = lp.add_column({.cost = p.haul * p.way[i]});
      fro = lp.add_column({.cost = p.haul * p.way[i]});
      row.push_back({to, -1});
      row.push_back({fro, 1});
    }
    lp.add_row({p.fill[i] - p.cut[i], p.fill[i] - p.cut[i]}, row);
  }
  auto const s = solve(lp);
  EXPECT_TRUE(s.has_value());
  return s->cost;
}

/// Every place gets what it needs, and nothing is lost on the way.
void expect_balanced(HaulProblem const& p, HaulPlan const& plan) {
  double cost = 0;
  for (std::size_t i = 0; i < p.cut.size(); ++i) {
    double const in = i > 0 ? plan.carried[i - 1] : 0;
    double const out = i < plan.carried.size() ? plan.carried[i] : 0;
    EXPECT_NEAR(p.cut[i] + plan.borrowed[i] + in, p.fill[i] + plan.wasted[i] + out, 1e-6) << i;
    EXPECT_GE(plan.borrowed[i], 0);
    EXPECT_GE(plan.wasted[i], 0);
    cost += p.borrow[i] * plan.borrowed[i] + p.dump[i] * plan.wasted[i];
    cost += i < plan.carried.size() ? p.haul * p.way[i] * std::abs(out) : 0;
  }
  EXPECT_NEAR(cost, plan.cost, 1e-9 * (1 + cost));
}

}  // namespace

TEST(Haul, CarriesACutToTheFillBesideIt) {
  // 1000 m3 over 1 km: 1500, against 1000 * (11 + 7) = 18 000 for borrowing and wasting.
  auto const plan = least_haul(kilometres({1000, 0}, {0, 1000}));
  EXPECT_NEAR(plan.cost, 1500, 1e-9);
  EXPECT_NEAR(plan.hauled, 1000, 1e-9);
  EXPECT_EQ(sum(plan.borrowed) + sum(plan.wasted), 0);
  EXPECT_NEAR(plan.carried[0], 1000, 1e-9);
}

TEST(Haul, WastesAndBorrowsBeyondTheEconomicDistance) {
  // Borrow and waste cost 18 a m3, as much as 12 km of way.
  std::vector<double> cut(14, 0.0);
  std::vector<double> fill(14, 0.0);
  cut[0] = 100;
  fill[11] = 100;
  EXPECT_NEAR(least_haul(kilometres(cut, fill)).cost, 100 * 1.5 * 11, 1e-9);
  std::swap(fill[11], fill[13]);
  auto const apart = least_haul(kilometres(cut, fill));
  EXPECT_NEAR(apart.cost, 100 * 18, 1e-9);
  EXPECT_EQ(apart.hauled, 0);
}

TEST(Haul, TwoHillsShareTheValleyBetweenThemByHand) {
  // Hills of 600 at km 0 and 500 at km 5, a valley of 800 at km 2 and one of 400 at km 6.
  // The second hill first fills the near valley (400 over 1 km), its other 100 go back 3 km; the
  // first hill sends 600 over 2 km; the last 100 of the valley are borrowed at 11.
  // 400 * 1.5 + 100 * 4.5 + 600 * 3 + 100 * 11 = 600 + 450 + 1800 + 1100 = 3950.
  auto const plan = least_haul(kilometres({600, 0, 0, 0, 0, 500, 0}, {0, 0, 800, 0, 0, 0, 400}));
  EXPECT_NEAR(plan.cost, 3950, 1e-9);
  EXPECT_NEAR(sum(plan.borrowed), 100, 1e-9);
  EXPECT_NEAR(plan.hauled, 400 + 300 + 1200, 1e-9);
  EXPECT_NEAR(plan.carried[3], -100, 1e-9);
}

TEST(Haul, ALineOfOnePlaceBorrowsOrWastes) {
  EXPECT_NEAR(least_haul(kilometres({70}, {20})).cost, 50 * 7, 1e-12);
  EXPECT_NEAR(least_haul(kilometres({20}, {70})).cost, 50 * 11, 1e-12);
  EXPECT_EQ(least_haul({}).cost, 0);
}

TEST(Haul, BorrowsOutsideADearZoneAndCarriesIn) {
  auto p = kilometres({0, 0, 0}, {0, 100, 0});
  p.borrow = {11, 22, 11};
  auto const plan = least_haul(p);
  EXPECT_NEAR(plan.cost, 100 * (11 + 1.5), 1e-9);
  EXPECT_EQ(plan.borrowed[1], 0);
}

TEST(Haul, CostsWhatTheLinearProgrammeCosts) {
  std::mt19937 random{11};
  auto const number = [&](unsigned most) { return double(random() % most); };
  for (int trial = 0; trial < 300; ++trial) {
    std::size_t const n = 1 + random() % 40;
    HaulProblem p{.haul = number(4)};
    for (std::size_t i = 0; i < n; ++i) {
      p.cut.push_back(random() % 3 == 0 ? number(5000) : 0);
      p.fill.push_back(random() % 3 == 0 ? number(5000) : 0);
      p.borrow.push_back(5 + number(12));
      p.dump.push_back(number(10));
      if (i > 0) {
        p.way.push_back(0.1 + number(30) / 10);
      }
    }
    auto const plan = least_haul(p);
    expect_balanced(p, plan);
    EXPECT_NEAR(plan.cost, least_by_lp(p), 1e-6 * (1 + plan.cost)) << trial;
  }
}

TEST(Haul, CostsTheSameReadFromTheOtherEnd) {
  std::mt19937 random{5};
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<double> cut;
    std::vector<double> fill;
    for (int i = 0; i < 300; ++i) {
      cut.push_back(random() % 2 == 0 ? double(random() % 900) : 0);
      fill.push_back(random() % 2 == 0 ? double(random() % 900) : 0);
    }
    double const there = least_haul(kilometres(cut, fill)).cost;
    std::reverse(cut.begin(), cut.end());
    std::reverse(fill.begin(), fill.end());
    EXPECT_NEAR(least_haul(kilometres(cut, fill)).cost / there, 1, 1e-12);
  }
}
