#pragma once
/// Plans as the tests look at them: vertices from bare points, and what must hold of every plan.

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "plan_geometry.hpp"

namespace tidewater::route {

inline bool anywhere(terrain::PlanePoint) {
  return true;
}

inline std::vector<PlanVertex> corners_at(std::vector<terrain::PlanePoint> const& points) {
  std::vector<PlanVertex> out;
  for (auto const p : points) {
    out.push_back({.at = p});
  }
  return out;
}

inline double apart(terrain::PlanePoint a, terrain::PlanePoint b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

/// Shortest distance of the line from a place, read off every metre.
inline double passing_distance(Plan const& plan, terrain::PlanePoint place) {
  double least = std::numeric_limits<double>::infinity();
  for (double along = 0; along <= plan.length(); along += 1) {
    least = std::min(least, apart(plan.at(along), place));
  }
  return least;
}

/// Every 5 m of the line is open, or within 9 m of the open: straights are looked at every 25 m, so
/// that up to 12 m may hide beyond either side of a corner of closed ground.
inline void expect_open(Plan const& plan, OpenTest const& is_open) {
  for (double along = 0; along <= plan.length(); along += 5) {
    auto const at = plan.at(along);
    bool is_near = is_open(at);
    for (int k = 0; k < 16 && !is_near; ++k) {
      double const angle = k * std::acos(-1.0) / 8;
      is_near = is_open({at.x + 9 * std::cos(angle), at.y + 9 * std::sin(angle)});
    }
    EXPECT_TRUE(is_near) << along;
  }
}

/// Place, heading and curvature go on from piece to piece; curvature never beyond the rule; spirals
/// at the one rate.
inline void expect_sound(Plan const& plan, PlanRules const& rules) {
  auto const& pieces = plan.pieces();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto const& p = pieces[i];
    ASSERT_GT(p.length, 0);
    double const steepest = 1 / (rules.transition * rules.min_radius);
    EXPECT_LE(std::abs(p.sharpening), steepest * (1 + 1e-9)) << i;
    for (double const along : {0.0, p.length}) {
      EXPECT_LE(std::abs(p.curvature_at(along)) * rules.min_radius, 1 + 1e-9) << i;
    }
    if (i + 1 < pieces.size()) {
      auto const& next = pieces[i + 1];
      EXPECT_NEAR(apart(p.at(p.length), next.start), 0, 1e-6) << i;
      EXPECT_NEAR(
          std::remainder(p.heading_at(p.length) - next.heading, 2 * std::acos(-1.0)), 0, 1e-6)
          << i;
      EXPECT_NEAR(p.curvature_at(p.length), next.curvature, 1e-9) << i;
    }
  }
  EXPECT_EQ(pieces.front().curvature, 0);
  EXPECT_NEAR(pieces.back().curvature_at(pieces.back().length), 0, 1e-12);
}

}  // namespace tidewater::route
