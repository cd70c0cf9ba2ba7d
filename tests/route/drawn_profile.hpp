#pragma once
/// Grounds for profile tests: drawn in letters, or rolling by formula.

#include <cmath>
#include <random>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "profile.hpp"

namespace tidewater::route::tests {

/// Default rules at default rates.
inline SectionPrices const& prices() {
  static SectionPrices const table{{}, {}};
  return table;
}

/// Stations every 100 m over the given ground, ends pinned at it.
inline ProfileProblem over(std::vector<double> ground, Grades grades) {
  ProfileProblem p;
  for (std::size_t i = 0; i < ground.size(); ++i) {
    p.at.push_back(100.0 * double(i));
  }
  p.factor.assign(ground.size() - 1, 1);
  p.access.assign(ground.size() - 1, terrain::Access::kOpen);
  p.pins = {{0, ground.front()}, {ground.size() - 1, ground.back()}};
  p.breaks = {0, ground.size() - 1};
  p.grades = grades;
  p.ground = std::move(ground);
  return p;
}

/// One letter every `spacing` stations, a to z, `step` metres apart; straight between them.
inline std::vector<double> drawn(std::string_view letters, double step, int spacing) {
  std::vector<double> ground;
  for (std::size_t k = 0; k + 1 < letters.size(); ++k) {
    double const here = step * (letters[k] - 'a');
    double const next = step * (letters[k + 1] - 'a');
    for (int i = 0; i < spacing; ++i) {
      ground.push_back(here + (next - here) * i / spacing);
    }
  }
  ground.push_back(step * (letters.back() - 'a'));
  return ground;
}

inline std::vector<double> rolling(unsigned seed, std::size_t stations, double height) {
  std::mt19937 random{seed};
  std::vector<double> ground;
  double const a = double(random() % 100) / 50;
  double const b = 20 + double(random() % 30);
  for (std::size_t i = 0; i < stations; ++i) {
    double const x = double(i);
    ground.push_back(200 + height * (std::sin(x / b + a) + 0.3 * std::sin(x / 5 + b)));
  }
  return ground;
}

/// Grades with compensation and windows, and pins; vertical curves too where `radius` is above 0.
inline void expect_rules_hold(ProfileProblem const& p, std::vector<double> const& rail) {
  constexpr double rounding = 1e-7;  // of grade
  ASSERT_EQ(rail.size(), p.at.size());
  auto const limits = grade_limits(p);
  double before = 0;
  for (std::size_t i = 0; i + 1 < p.at.size(); ++i) {
    double const length = p.at[i + 1] - p.at[i];
    double const grade = (rail[i + 1] - rail[i]) / length;
    EXPECT_LE(grade, limits[i].climb + rounding) << i;
    EXPECT_GE(grade, -limits[i].descent - rounding) << i;
    if (i > 0 && p.vertical_radius > 0) {
      double const mean = (length + p.at[i] - p.at[i - 1]) / 2;
      EXPECT_LE(std::abs(grade - before), mean / p.vertical_radius + 2 * rounding) << i;
    }
    before = grade;
  }
  for (ProfilePin const& pin : p.pins) {
    EXPECT_NEAR(rail[pin.station], pin.level, 1e-6);
  }
}

}  // namespace tidewater::route::tests
