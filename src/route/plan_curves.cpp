#include "plan_curves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "spiral.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr double kSlack = 1e-7;  // m two tangents may overlap by rounding
constexpr int kHalvings = 50;    // of a bisection over radii

}  // namespace

bool do_cross(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
  auto const side = [](PlanePoint from, PlanePoint to, PlanePoint p) {
    return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x);
  };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

double plane_distance(PlanePoint a, PlanePoint b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

double tan_half_turn(PlanePoint before, PlanePoint at, PlanePoint after) {
  double const into_x = at.x - before.x;
  double const into_y = at.y - before.y;
  double const out_x = after.x - at.x;
  double const out_y = after.y - at.y;
  double const cross = into_x * out_y - into_y * out_x;
  double const dot = into_x * out_x + into_y * out_y;
  // tan(t/2) = sin t / (1 + cos t) = (1 - cos t) / sin t: the one without cancellation.
  double const both =
      std::sqrt((into_x * into_x + into_y * into_y) * (out_x * out_x + out_y * out_y));
  constexpr double most = 1e9;
  if (dot >= 0) {
    return std::abs(cross) / (both + dot);
  }
  return cross == 0 ? most : std::min(most, (both - dot) / std::abs(cross));
}

Bend bend(PlanePoint before, PlanePoint at, PlanePoint after) {
  double const into = std::atan2(at.y - before.y, at.x - before.x);
  double const cross = (at.x - before.x) * (after.y - at.y) - (at.y - before.y) * (after.x - at.x);
  double const tan_half = tan_half_turn(before, at, after);
  double const turn = (cross < 0 ? -2 : 2) * std::atan(tan_half);
  double const towards = into + turn / 2 + (turn < 0 ? -1 : 1) * std::numbers::pi / 2;
  return {.heading = into,
          .turn = turn,
          .tan_half = tan_half,
          .inward = {std::cos(towards), std::sin(towards)}};
}

CurveLaw::CurveLaw(PlanRules const& rules)
    : min_radius_{rules.min_radius},
      easy_radius_{std::max(rules.easy_radius, rules.min_radius)},
      ramp_{rules.transition * rules.min_radius},
      plain_turn_{std::tan(rules.transition / rules.min_radius / 2)} {
  Spiral const ramp = spiral(rules.transition, min_radius_);
  shift_ = ramp.shift;
  extension_ = ramp.extension;
}

double CurveLaw::least_radius(double tan_half) const {
  if (tan_half >= plain_turn_) {
    return min_radius_;
  }
  return std::max(min_radius_, std::sqrt(ramp_ / (2 * std::atan(tan_half))));
}

double CurveLaw::easy_radius(double tan_half) const {
  return std::max(easy_radius_, least_radius(tan_half));
}

double CurveLaw::tangent(double radius, double tan_half) const {
  Spiral const ramp = spiral(spiral_length(radius), radius);
  return (radius + ramp.shift) * tan_half + ramp.extension;
}

double CurveLaw::least_tangent(double tan_half) const {
  if (tan_half <= kStraight) {
    return 0;
  }
  return tan_half >= plain_turn_ ? (min_radius_ + shift_) * tan_half + extension_
                                 : tangent(least_radius(tan_half), tan_half);
}

double CurveLaw::offset(double radius, double tan_half) const {
  // (R + p) / cos - R, with 1 / cos - 1 = tan^2 cos / (1 + cos): flat turns keep their digits.
  double const secant = std::sqrt(1 + tan_half * tan_half);
  Spiral const ramp = spiral(spiral_length(radius), radius);
  return radius * tan_half * tan_half / (1 + secant) + ramp.shift * secant;
}

double CurveLaw::least_offset(double tan_half) const {
  if (tan_half <= kStraight) {
    return 0;
  }
  if (tan_half < plain_turn_) {
    return offset(least_radius(tan_half), tan_half);
  }
  double const secant = std::sqrt(1 + tan_half * tan_half);
  return min_radius_ * tan_half * tan_half / (1 + secant) + shift_ * secant;
}

std::vector<PlanPiece> curve_pieces(CurveLaw const& law,
                                    PlanePoint at,
                                    Bend const& bend,
                                    double radius) {
  double const tangent = law.tangent(radius, bend.tan_half);
  double const ramp = law.spiral_length(radius);
  double const side = bend.turn < 0 ? -1 : 1;
  double const curvature = side / radius;
  double const arc = std::max(0.0, radius * std::abs(bend.turn) - ramp);
  PlanePoint const start{at.x - tangent * std::cos(bend.heading),
                         at.y - tangent * std::sin(bend.heading)};
  double const sharpening = ramp > 0 ? curvature / ramp : 0;
  PlanPiece const in{
      .start = start, .heading = bend.heading, .length = ramp, .sharpening = sharpening};
  PlanPiece const round{
      .start = in.at(ramp), .heading = in.heading_at(ramp), .length = arc, .curvature = curvature};
  PlanPiece const out{.start = round.at(arc),
                      .heading = round.heading_at(arc),
                      .length = ramp,
                      .curvature = curvature,
                      .sharpening = -sharpening};
  return {in, round, out};
}

bool is_clear(std::vector<PlanPiece> const& pieces, OpenTest const& is_open) {
  constexpr double every = 10;  // m
  for (PlanPiece const& piece : pieces) {
    int const parts = std::max(1, static_cast<int>(std::ceil(piece.length / every)));
    for (int i = 0; i <= parts; ++i) {
      if (!is_open(piece.at(piece.length * i / parts))) {
        return false;
      }
    }
  }
  return true;
}

double most_offset(PlanVertex const& vertex, Bend const& bend, double least) {
  if (!vertex.is_stop()) {
    return kFar;
  }
  // |at + e inward - place| <= reach, in e.
  double const x = vertex.at.x - vertex.place().x;
  double const y = vertex.at.y - vertex.place().y;
  double const along = x * bend.inward.x + y * bend.inward.y;
  double const square = along * along - (x * x + y * y) + vertex.reach * vertex.reach;
  if (square < 0) {
    return -1;
  }
  double const root = std::sqrt(square);
  bool const holds = least >= -along - root - kSlack && least <= root - along + kSlack;
  return holds ? std::max(least, root - along) : -1;
}

namespace {

/// Largest radius in [low, high] that `fits`, low taken to fit.
template <class F>
double widest(double low, double high, F fits) {
  if (fits(high)) {
    return high;
  }
  for (int i = 0; i < kHalvings; ++i) {
    double const middle = (low + high) / 2;
    (fits(middle) ? low : high) = middle;
  }
  return low;
}

/// Fills the straights: all radii grow together, and those at a straight that is full stand still.
class Sharing {
 public:
  Sharing(std::vector<PlanVertex> const& vertices, PlanRules const& rules)
      : vertices_{vertices}, law_{rules}, bends_(vertices.size()) {
    for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
      straights_.push_back(plane_distance(vertices[i].at, vertices[i + 1].at));
      if (i > 0) {
        bends_[i] = bend(vertices[i - 1].at, vertices[i].at, vertices[i + 1].at);
      }
    }
    for (Bend const& b : bends_) {
      double const tan_half = b.tan_half > kStraight ? b.tan_half : 1;
      least_.push_back(law_.least_radius(tan_half));
      cap_.push_back(law_.easy_radius(tan_half));
    }
  }

  [[nodiscard]] std::optional<std::vector<double>> radii(OpenTest const& is_open) {
    if (!fits() || !respects_stops()) {
      return std::nullopt;
    }
    // What a curve gives up to stay in the open its neighbours may take: a few rounds, and the last
    // one's curves only shrink.
    constexpr int rounds = 4;
    std::vector<double> out;
    for (int round = 0; round < rounds; ++round) {
      out = filled();
      auto const open = cleared(out, is_open);
      if (!open) {
        return std::nullopt;
      }
      if (*open == out) {
        break;
      }
      for (std::size_t i = 0; i < out.size(); ++i) {
        cap_[i] = (*open)[i] < out[i] ? (*open)[i] : cap_[i];
      }
      out = *open;
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_curve(std::size_t i) const { return bends_[i].tan_half > kStraight; }

  [[nodiscard]] double tangent(std::size_t i, double radius) const {
    return is_curve(i) ? law_.tangent(std::clamp(radius, least_[i], cap_[i]), bends_[i].tan_half)
                       : 0;
  }

  [[nodiscard]] bool fits() const {
    for (std::size_t s = 0; s < straights_.size(); ++s) {
      if (tangent(s, 0) + tangent(s + 1, 0) > straights_[s] + kSlack) {
        return false;
      }
    }
    return true;
  }

  bool respects_stops() {
    for (std::size_t i = 1; i + 1 < bends_.size(); ++i) {
      Bend const& b = bends_[i];
      double const least = is_curve(i) ? law_.offset(least_[i], b.tan_half) : 0;
      double const most = most_offset(vertices_[i], b, least);
      if (most < 0) {
        return false;
      }
      double const furthest = std::min(most, vertices_[i].ease);
      if (is_curve(i) && std::isfinite(furthest)) {
        cap_[i] = widest(least_[i], cap_[i], [&](double radius) {
          return law_.offset(radius, b.tan_half) <= furthest;
        });
      }
    }
    return true;
  }

  /// The common radius at which a straight is full, frozen ends as they are.
  [[nodiscard]] double full_at(std::size_t s,
                               std::vector<double> const& frozen,
                               double low,
                               double high) const {
    auto const takes = [&](std::size_t i, double radius) {
      return tangent(i, frozen[i] > 0 ? frozen[i] : radius);
    };
    auto const holds = [&](double radius) {
      return takes(s, radius) + takes(s + 1, radius) <= straights_[s];
    };
    return holds(high) ? kFar : widest(low, high, holds);
  }

  [[nodiscard]] std::vector<double> filled() const {
    double const low = *std::min_element(least_.begin(), least_.end());
    double const high = *std::max_element(cap_.begin(), cap_.end());
    std::vector<double> frozen(bends_.size(), 0.0);
    std::vector<double> level;
    for (std::size_t s = 0; s < straights_.size(); ++s) {
      level.push_back(full_at(s, frozen, low, high));
    }
    auto next = std::min_element(level.begin(), level.end());
    while (*next < kFar) {
      double const radius = *next;
      auto const s = static_cast<std::size_t>(next - level.begin());
      for (std::size_t const i : {s, s + 1}) {
        frozen[i] = frozen[i] == 0 ? std::clamp(radius, least_[i], cap_[i]) : frozen[i];
      }
      std::size_t const last = std::min(s + 1, straights_.size() - 1);
      for (std::size_t beside = s == 0 ? 0 : s - 1; beside <= last; ++beside) {
        level[beside] = is_settled(beside, frozen) ? kFar : full_at(beside, frozen, low, high);
      }
      next = std::min_element(level.begin(), level.end());
    }
    for (std::size_t i = 0; i < frozen.size(); ++i) {
      frozen[i] = frozen[i] == 0 ? cap_[i] : frozen[i];
    }
    return frozen;
  }

  [[nodiscard]] static bool is_settled(std::size_t s, std::vector<double> const& frozen) {
    return frozen[s] > 0 && frozen[s + 1] > 0;
  }

  /// The same radii, less where that keeps a curve in the open; nothing when it cannot.
  [[nodiscard]] std::optional<std::vector<double>> cleared(std::vector<double> radii,
                                                           OpenTest const& is_open) const {
    constexpr int steps = 8;
    for (std::size_t i = 1; i + 1 < bends_.size(); ++i) {
      auto const clear = [&](double radius) {
        return is_clear(curve_pieces(law_, vertices_[i].at, bends_[i], radius), is_open);
      };
      if (!is_curve(i) || clear(radii[i])) {
        continue;
      }
      if (!clear(least_[i])) {
        return std::nullopt;
      }
      double low = least_[i];
      double high = radii[i];
      for (int step = 0; step < steps; ++step) {
        double const middle = (low + high) / 2;
        (clear(middle) ? low : high) = middle;
      }
      radii[i] = low;
    }
    return radii;
  }

  std::vector<PlanVertex> const& vertices_;
  CurveLaw law_;
  std::vector<Bend> bends_;  ///< of the ends: no turn
  std::vector<double> straights_;
  std::vector<double> least_;
  std::vector<double> cap_;
};

}  // namespace

std::optional<std::vector<double>> shared_radii(std::vector<PlanVertex> const& vertices,
                                                PlanRules const& rules,
                                                OpenTest const& is_open) {
  return Sharing{vertices, rules}.radii(is_open);
}

}  // namespace tidewater::route
