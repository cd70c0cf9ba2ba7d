#include "plan_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tidewater/base/contract.hpp"
#include "tidewater/route/alignment.hpp"

#include "plan_curves.hpp"
#include "spiral.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

double heading(PlanePoint a, PlanePoint b) {
  return std::atan2(b.y - a.y, b.x - a.x);
}

double radius_of(double curvature) {
  return curvature == 0 ? std::numeric_limits<double>::infinity() : 1 / std::abs(curvature);
}

}  // namespace

PlanRules plan_rules(AlignmentRules const& rules) {
  return {.min_radius = rules.min_radius.in(units::m), .transition = rules.transition.in(units::m)};
}

PlanePoint PlanPiece::at(double along) const {
  return clothoid_point(start, heading, curvature, sharpening, along);
}

double PlanPiece::heading_at(double along) const {
  return heading + along * (curvature + sharpening * along / 2);
}

std::optional<Plan> Plan::through(std::vector<PlanVertex> const& vertices,
                                  PlanRules const& rules,
                                  OpenTest const& is_open) {
  TW_EXPECTS(vertices.size() >= 2, "a plan has two ends");
  auto const radii = shared_radii(vertices, rules, is_open);
  if (!radii) {
    return std::nullopt;
  }
  CurveLaw const law{rules};
  Plan plan;
  PlanePoint from = vertices.front().at;
  plan.vertex_along_.push_back(0);
  plan.stops_along_.push_back(0);
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    PlanePoint const to = vertices[i].at;
    double const into = heading(vertices[i - 1].at, to);
    bool const is_last = i + 1 == vertices.size();
    Bend const b = is_last ? Bend{} : bend(vertices[i - 1].at, to, vertices[i + 1].at);
    bool const is_curve = b.tan_half > kStraight;
    double const tangent = is_curve ? law.tangent((*radii)[i], b.tan_half) : 0;
    // Straights full to the last digit may come out a rounding below nothing.
    double const straight = plane_distance(from, to) - tangent;
    plan.add({.start = from, .heading = into, .length = straight});
    double const before = plan.length();
    if (is_curve) {
      for (PlanPiece const& piece : curve_pieces(law, to, b, (*radii)[i])) {
        plan.add(piece);
      }
      double const out = into + b.turn;
      from = {to.x + tangent * std::cos(out), to.y + tangent * std::sin(out)};
    } else {
      from = to;
    }
    plan.vertex_along_.push_back((before + plan.length()) / 2);
    if (is_last || vertices[i].is_stop()) {
      plan.stops_along_.push_back(plan.vertex_along_.back());
    }
  }
  return plan;
}

void Plan::add(PlanPiece piece) {
  if (piece.length > 0) {
    pieces_.push_back(piece);
    starts_.push_back(starts_.back() + piece.length);
  }
}

std::size_t Plan::piece_at(double along) const {
  auto const after = std::upper_bound(starts_.begin(), starts_.end(), along);
  auto const i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - starts_.begin() - 1));
  return std::min(i, pieces_.size() - 1);
}

PlanePoint Plan::at(double along) const {
  std::size_t const i = piece_at(along);
  return pieces_[i].at(std::clamp(along - starts_[i], 0.0, pieces_[i].length));
}

double Plan::heading_at(double along) const {
  std::size_t const i = piece_at(along);
  return pieces_[i].heading_at(std::clamp(along - starts_[i], 0.0, pieces_[i].length));
}

double Plan::curvature_at(double along) const {
  std::size_t const i = piece_at(along);
  return pieces_[i].curvature_at(std::clamp(along - starts_[i], 0.0, pieces_[i].length));
}

double Plan::radius_at(double along) const {
  return radius_of(curvature_at(along));
}

double Plan::least_radius(double from, double to) const {
  double most = 0;
  for (std::size_t i = piece_at(from); i < pieces_.size() && starts_[i] <= to; ++i) {
    // Curvature is linear within a piece: its extremes are at the ends.
    for (double const along : {from, to}) {
      double const here = std::clamp(along - starts_[i], 0.0, pieces_[i].length);
      most = std::max(most, std::abs(pieces_[i].curvature_at(here)));
    }
  }
  return radius_of(most);
}

double Plan::mean_radius(double from, double to) const {
  double turned = 0;
  for (std::size_t i = piece_at(from); i < pieces_.size() && starts_[i] < to; ++i) {
    double const first = std::clamp(from - starts_[i], 0.0, pieces_[i].length);
    double const last = std::clamp(to - starts_[i], 0.0, pieces_[i].length);
    turned += std::abs(pieces_[i].heading_at(last) - pieces_[i].heading_at(first));
  }
  return turned == 0 ? std::numeric_limits<double>::infinity() : (to - from) / turned;
}

std::vector<PlanePoint> Plan::drawn(std::vector<double> const& along, double spacing) const {
  std::vector<PlanePoint> points;
  for (std::size_t i = 0; i < along.size(); ++i) {
    points.push_back(at(along[i]));
    if (i + 1 == along.size() || std::isinf(least_radius(along[i], along[i + 1]))) {
      continue;
    }
    double const run = along[i + 1] - along[i];
    int const parts = std::max(1, static_cast<int>(std::ceil(run / spacing)));
    for (int k = 1; k < parts; ++k) {
      points.push_back(at(along[i] + run * k / parts));
    }
  }
  return points;
}

double Plan::smallest_radius() const {
  return least_radius(0, length());
}

}  // namespace tidewater::route
