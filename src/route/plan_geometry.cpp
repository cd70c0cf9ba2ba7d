#include "plan_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "tidewater/base/contract.hpp"
#include "tidewater/route/alignment.hpp"

#include "plan_curves.hpp"
#include "spiral.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr double kPi = std::numbers::pi;

double distance(PlanePoint a, PlanePoint b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

double heading(PlanePoint a, PlanePoint b) {
  return std::atan2(b.y - a.y, b.x - a.x);
}

/// Angle from one heading to another, in (-pi, pi].
double turn(double from, double to) {
  double angle = std::fmod(to - from, 2 * kPi);
  if (angle > kPi) {
    angle -= 2 * kPi;
  } else if (angle <= -kPi) {
    angle += 2 * kPi;
  }
  return angle;
}

double radius_of(double curvature) {
  return curvature == 0 ? std::numeric_limits<double>::infinity() : 1 / std::abs(curvature);
}

/// The arc that rounds vertex b with tangents of `tangent` metres.
PlanPiece arc(PlanePoint b, double into, double angle, double tangent) {
  double const radius = tangent / std::tan(std::abs(angle) / 2);
  return {.start = {b.x - tangent * std::cos(into), b.y - tangent * std::sin(into)},
          .heading = into,
          .length = radius * std::abs(angle),
          .curvature = (angle > 0 ? 1 : -1) / radius};
}

bool is_clear(PlanPiece const& piece, std::function<bool(PlanePoint)> const& is_open) {
  constexpr double every = 50;  // m
  int const parts = std::max(1, static_cast<int>(std::ceil(piece.length / every)));
  for (int i = 0; i <= parts; ++i) {
    if (!is_open(piece.at(piece.length * i / parts))) {
      return false;
    }
  }
  return true;
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

namespace {

constexpr double kStraightEnough = 1e-6;  // radians
constexpr double kLeastTangent = 5;       // m: an arc is tightened down to this

/// A vertex between its neighbours.
struct Corner {
  PlanePoint before;
  PlanVertex at;
  PlanePoint after;
};

/// Length of the tangents of the widest arc at b that fits, 0 for none: half of either straight,
/// the easy radius, the vertex's reach, and open ground all the way.
double tangent_at(Corner const& corner,
                  double easy_radius,
                  std::function<bool(PlanePoint)> const& is_open) {
  auto const& [a, b, c] = corner;
  double const into = heading(a, b.at);
  double const angle = turn(into, heading(b.at, c));
  if (std::abs(angle) <= kStraightEnough) {
    return 0;
  }
  double const half = std::abs(angle) / 2;
  double const radius = std::min(easy_radius, b.reach * std::cos(half) / (1 - std::cos(half)));
  double const room = std::min(distance(a, b.at), distance(b.at, c)) / 2;
  double tangent = std::min(room, radius * std::tan(half));
  while (tangent > kLeastTangent && !is_clear(arc(b.at, into, angle, tangent), is_open)) {
    tangent /= 2;
  }
  return is_clear(arc(b.at, into, angle, tangent), is_open) ? tangent : 0;
}

}  // namespace

Plan::Plan(std::vector<PlanVertex> const& vertices,
           double easy_radius,
           std::function<bool(PlanePoint)> const& is_open) {
  TW_EXPECTS(vertices.size() >= 2, "a plan has two ends");
  stops_along_.push_back(0);
  double used = 0;  // metres of the straight before the vertex that its predecessor's arc took
  vertex_along_.push_back(0);
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    PlanePoint const a = vertices[i - 1].at;
    PlanePoint const b = vertices[i].at;
    double const into = heading(a, b);
    PlanePoint const from{a.x + used * std::cos(into), a.y + used * std::sin(into)};
    bool const is_last = i + 1 == vertices.size();
    double const tangent =
        is_last ? 0 : tangent_at({a, vertices[i], vertices[i + 1].at}, easy_radius, is_open);
    add({.start = from, .heading = into, .length = distance(a, b) - used - tangent});
    double const angle = is_last ? 0 : turn(into, heading(b, vertices[i + 1].at));
    if (tangent > 0) {
      PlanPiece const rounding = arc(b, into, angle, tangent);
      vertex_along_.push_back(length() + rounding.length / 2);
      add(rounding);
    } else {
      vertex_along_.push_back(length());
      corners_ += std::abs(angle) > kStraightEnough ? 1 : 0;
    }
    if (is_last || vertices[i].is_stop()) {
      stops_along_.push_back(vertex_along_.back());
    }
    used = tangent;
  }
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
  return corners_ > 0 ? 0 : least_radius(0, length());
}

double Plan::tighter_than(double radius) const {
  double sum = 0;
  for (PlanPiece const& p : pieces_) {
    sum += std::abs(p.curvature) * radius > 1 + 1e-9 ? p.length : 0;
  }
  return sum;
}

}  // namespace tidewater::route
