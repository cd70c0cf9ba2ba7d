#include "line_survey.hpp"

#include <algorithm>
#include <cmath>

#include "lattice_way.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr double kStretch = 100;  // m at most, as stations lie
constexpr double kSame = 1e-6;    // of a stretch: rounding decides nothing

}  // namespace

double LineSegment::length() const {
  double sum = 0;
  for (LineStretch const& s : line) {
    sum += s.length;
  }
  return sum;
}

LineSurvey::LineSurvey(Setting const& setting)
    : setting_{&setting},
      law_{plan_rules(setting.problem.rules)},
      plain_{plain_price(setting.problem.rules, setting.problem.rates).per_metre} {
}

double LineSurvey::tan_half(CornerPlace const& c) const {
  if (c.before == nullptr || c.after == nullptr) {
    return 0;
  }
  double const t = tan_half_turn(c.before->vertex.at, c.here.vertex.at, c.after->vertex.at);
  return t > kStraight ? t : 0;
}

double LineSurvey::radius(CornerPlace const& c) const {
  double const t = tan_half(c);
  return t > 0 ? std::max(c.here.radius, law_.least_radius(t)) : 0;
}

double LineSurvey::tangent(CornerPlace const& c) const {
  double const t = tan_half(c);
  return t > 0 ? law_.tangent(radius(c), t) : 0;
}

template <class At>
void LineSurvey::add(LineSegment& out, Run run, At const& at) const {
  SearchSurface const& surface = setting_->surface;
  auto const& frame = surface.frame;
  int const parts = std::max(1, static_cast<int>(std::ceil(run.length / kStretch - kSame)));
  double const length = run.length / parts;
  std::array<double, 2> const free{std::max(0.0, setting_->grades.climb - run.lost) * length,
                                   std::max(0.0, setting_->grades.descent - run.lost) * length};
  for (int i = 0; i < parts; ++i) {
    PlanePoint const p = at((i + 0.5) / parts);
    terrain::GridPlace const place = frame.on_grid(p);
    std::size_t const cell = frame.index(frame.nearest(place));
    out.line.push_back(
        {.length = length,
         .place = p,
         .ground = surface.ground_at(place),
         .free = free,
         .limit = free,
         .factor = surface.factor[cell],
         .access = surface.is_open(cell) ? surface.access[cell] : terrain::Access::kOpen});
    out.plain += plain_ * length * double(surface.factor[cell]);
  }
}

void LineSurvey::add_curve(LineSegment& out, CornerPlace const& c) const {
  double const t = tan_half(c);
  double const radius = this->radius(c);
  double const tangent = law_.tangent(radius, t);
  Bend const b = bend(c.before->vertex.at, c.here.vertex.at, c.after->vertex.at);
  double const length = radius * std::abs(b.turn) + law_.spiral_length(radius);
  // The arc that leaves the tangents where the spirals do.
  double const arc = tangent / t;
  PlanePoint const u{std::cos(b.heading), std::sin(b.heading)};
  PlanePoint const entry{c.here.vertex.at.x - tangent * u.x, c.here.vertex.at.y - tangent * u.y};
  double const side = b.turn < 0 ? -1 : 1;
  // Stations lie anyhow: those a curve touches give up its compensation over all their length.
  double const lost = setting_->problem.rules.curve_compensation.in(units::m) / radius *
                      (length + kStretch) / length;
  add(out, {length, lost}, [&](double share) {
    double const turned = share * std::abs(b.turn);
    double const on = arc * std::sin(turned);
    double const aside = side * arc * (1 - std::cos(turned));
    return PlanePoint{entry.x + on * u.x - aside * u.y, entry.y + on * u.y + aside * u.x};
  });
}

LineSegment LineSurvey::segment(CornerPlace const& c, double tangent_before) const {
  LineSegment out;
  PlanePoint const from = c.before->vertex.at;
  PlanePoint const to = c.here.vertex.at;
  double const run = plane_distance(from, to);
  double const straight = run - tangent_before - tangent(c);
  if (straight > 0) {
    add(out, {straight, 0}, [&](double share) {
      double const along = (tangent_before + share * straight) / run;
      return PlanePoint{from.x + along * (to.x - from.x), from.y + along * (to.y - from.y)};
    });
  }
  if (tan_half(c) > 0) {
    add_curve(out, c);
  }
  return out;
}

}  // namespace tidewater::route
