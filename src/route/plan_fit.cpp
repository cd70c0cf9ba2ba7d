#include "plan_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tidewater/base/contract.hpp"

#include "plan_lattice.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

/// How far around a corner the line may be laid anew, and over what points; the least first. All in
/// least radii.
struct Attempt {
  double reach;
  double step;
  double aside;
};
constexpr std::array<Attempt, 5> kAttempts{
    {{3, 0.5, 0.25}, {6, 0.5, 0.5}, {12, 1, 0.5}, {24, 2, 1}, {48, 3, 1}}};
constexpr double kOverlapSlack = 1e-7;  // m

PlanePoint between(PlanePoint a, PlanePoint b, double share) {
  return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

/// Corners that have no admissible curve, or share a straight too short for both.
struct Fault {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Where laying anew has to begin and to end, in terms of the vertices.
struct Cut {
  std::size_t vertex = 0;             ///< nearest to the fault that stays as it is
  std::optional<PlanePoint> extra{};  ///< a new one between it and the fault
};

class Fitting {
 public:
  Fitting(std::vector<PlanVertex> vertices,
          PlanRules const& rules,
          OpenTest const& is_open,
          PlanPrice const& price)
      : line_{std::move(vertices)}, rules_{rules}, law_{rules}, is_open_{is_open}, price_{price} {}

  [[nodiscard]] std::vector<PlanVertex> const& line() const { return line_; }
  [[nodiscard]] double least_radius() const { return rules_.min_radius; }

  /// Lays the line anew around one fault after the other, from the first to the last.
  std::optional<PlanePoint> mend() {
    std::size_t from = 0;
    // Every mending leaves the line sound up to the end of what it laid anew, so that this many
    // suffice; the bound is against what was not thought of.
    std::size_t left = 64 + 8 * line_.size();
    while (auto const fault = first_fault(from)) {
      auto const begun = left-- > 0 ? mended(*fault) : std::nullopt;
      if (!begun) {
        return worst_of(*fault);
      }
      from = *begun > 2 ? *begun - 2 : 0;
    }
    return std::nullopt;
  }

  /// The widest least radius that gets past the fault where mending stood still; 0 for none.
  void relax() {
    auto const fault = first_fault(0);
    TW_EXPECTS(fault.has_value(), "only a line that could not be mended is relaxed");
    PlanRules const asked = rules_;
    double low = 0.02;  // of what is asked
    double high = 1;
    constexpr int steps = 8;
    if (!gets_past(*fault, asked, low)) {
      rules_.min_radius = 0;
      return;
    }
    for (int i = 0; i < steps; ++i) {
      double const middle = (low + high) / 2;
      (gets_past(*fault, asked, middle) ? low : high) = middle;
    }
    hold(asked, low);
  }

 private:
  void hold(PlanRules const& asked, double share) {
    rules_.min_radius = share * asked.min_radius;
    rules_.transition = share * asked.transition;
    law_ = CurveLaw{rules_};
  }

  bool gets_past(Fault const& fault, PlanRules const& asked, double share) {
    hold(asked, share);
    return !is_faulty(fault) || laid_anew(fault).has_value();
  }

  [[nodiscard]] double tan_half(std::size_t i) const {
    bool const is_end = i == 0 || i + 1 >= line_.size();
    return is_end ? 0 : tan_half_turn(line_[i - 1].at, line_[i].at, line_[i + 1].at);
  }

  [[nodiscard]] double tangent(std::size_t i) const { return law_.least_tangent(tan_half(i)); }

  [[nodiscard]] bool is_corner_sound(std::size_t i) const {
    if (i == 0 || i + 1 >= line_.size()) {
      return true;
    }
    Bend const b = bend(line_[i - 1].at, line_[i].at, line_[i + 1].at);
    if (b.tan_half > kSharpest || most_offset(line_[i], b, law_.least_offset(b.tan_half)) < 0) {
      return false;
    }
    return b.tan_half <= kStraight ||
           is_clear(curve_pieces(law_, line_[i].at, b, law_.least_radius(b.tan_half)), is_open_);
  }

  [[nodiscard]] bool is_room(std::size_t i) const {
    return tangent(i) + tangent(i + 1) <=
           plane_distance(line_[i].at, line_[i + 1].at) + kOverlapSlack;
  }

  [[nodiscard]] bool is_faulty(Fault const& f) const {
    return f.first == f.last ? !is_corner_sound(f.first) : !is_room(f.first);
  }

  [[nodiscard]] std::optional<Fault> first_fault(std::size_t from) const {
    for (std::size_t i = from; i + 1 < line_.size(); ++i) {
      if (!is_corner_sound(i)) {
        return Fault{i, i};
      }
      if (!is_room(i)) {
        return Fault{i, i + 1};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] PlanePoint worst_of(Fault const& f) const {
    return line_[tan_half(f.first) >= tan_half(f.last) ? f.first : f.last].at;
  }

  /// `reach` metres from vertex `i` along the line, backwards or forwards: a vertex if one is near.
  [[nodiscard]] Cut cut(std::size_t i, int step, double reach) const {
    double const near = rules_.min_radius;
    std::size_t const end = step < 0 ? 0 : line_.size() - 1;
    while (i != end) {
      std::size_t const next = step < 0 ? i - 1 : i + 1;
      double const run = plane_distance(line_[i].at, line_[next].at);
      if (reach + near < run) {
        return {next, between(line_[i].at, line_[next].at, std::max(reach, near) / run)};
      }
      i = next;
      reach -= run;
      if (reach < near) {
        break;
      }
    }
    return {i};
  }

  struct Laid {
    Cut from;
    Cut to;
    std::vector<PlanVertex> vertices;
  };

  /// By the least attempt that succeeds; where there is a price, the better of it and the next.
  [[nodiscard]] std::optional<Laid> laid_anew(Fault const& fault) const {
    std::optional<Laid> best;
    double least = 0;
    for (Attempt const& attempt : kAttempts) {
      Laid out{cut(fault.first, -1, attempt.reach * rules_.min_radius),
               cut(fault.last, 1, attempt.reach * rules_.min_radius),
               {}};
      Stretch const stretch = stretch_between(out.from, out.to);
      LatticeMesh const mesh{attempt.step * rules_.min_radius, attempt.aside * rules_.min_radius};
      auto found = cheapest_corners(stretch, mesh, {rules_, is_open_, price_});
      if (!found) {
        continue;
      }
      out.vertices = std::move(*found);
      if (!price_) {
        return out;
      }
      double const excess = price_of(out.vertices) - price_of(stretch.line);
      if (best) {
        return excess < least ? out : best;
      }
      least = excess;
      best = std::move(out);
    }
    return best;
  }

  [[nodiscard]] double price_of(std::vector<PlanVertex> const& line) const {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      double const price = price_(line[i].at, line[i + 1].at);
      sum += std::isfinite(price) ? price : 0;
    }
    return sum;
  }

  [[nodiscard]] Stretch stretch_between(Cut const& from, Cut const& to) const {
    Stretch out;
    if (from.extra) {
      out.before = Approach{line_[from.vertex].at, tangent(from.vertex)};
      out.line.push_back({.at = *from.extra});
    } else if (from.vertex > 0) {
      out.before = Approach{line_[from.vertex - 1].at, tangent(from.vertex - 1)};
    }
    std::size_t const first = from.extra ? from.vertex + 1 : from.vertex;
    std::size_t const last = to.extra ? to.vertex - 1 : to.vertex;
    out.line.insert(out.line.end(), at(first), at(last + 1));
    if (to.extra) {
      out.after = Approach{line_[to.vertex].at, tangent(to.vertex)};
      out.line.push_back({.at = *to.extra});
    } else if (to.vertex + 1 < line_.size()) {
      out.after = Approach{line_[to.vertex + 1].at, tangent(to.vertex + 1)};
    }
    return out;
  }

  [[nodiscard]] std::vector<PlanVertex>::const_iterator at(std::size_t i) const {
    return line_.begin() + static_cast<std::ptrdiff_t>(i);
  }

  /// The first vertex laid anew.
  std::optional<std::size_t> mended(Fault const& fault) {
    auto laid = laid_anew(fault);
    if (!laid) {
      return std::nullopt;
    }
    std::size_t const first = laid->from.extra ? laid->from.vertex + 1 : laid->from.vertex;
    std::size_t const beyond = laid->to.extra ? laid->to.vertex : laid->to.vertex + 1;
    std::vector<PlanVertex> line(line_.cbegin(), at(first));
    line.insert(line.end(), laid->vertices.begin(), laid->vertices.end());
    line.insert(line.end(), at(beyond), line_.cend());
    line_ = std::move(line);
    drop_idle(first, first + laid->vertices.size());
    return first;
  }

  /// Drops vertices that turn nothing.
  void drop_idle(std::size_t first, std::size_t last) {
    constexpr double idle = 1e-7;  // of a half turn: a millimetre over ten kilometres
    for (std::size_t i = std::min(last, line_.size() - 1); i-- > std::max<std::size_t>(first, 1);) {
      if (i + 1 < line_.size() && !line_[i].is_stop() && tan_half(i) < idle) {
        line_.erase(line_.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }

  std::vector<PlanVertex> line_;
  PlanRules rules_;
  CurveLaw law_;
  OpenTest const& is_open_;
  PlanPrice const& price_;
};

/// Of vertices in one place, one: a stop or an end rather than a corner.
std::vector<PlanVertex> without_doubles(std::vector<PlanVertex> const& vertices) {
  constexpr double apart = 1e-3;  // m
  std::vector<PlanVertex> out{vertices.front()};
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    bool const is_kept = vertices[i].is_stop() || i + 1 == vertices.size();
    if (plane_distance(out.back().at, vertices[i].at) >= apart) {
      out.push_back(vertices[i]);
    } else if (is_kept && out.size() > 1) {
      out.back() = vertices[i];
    }
  }
  return out;
}

}  // namespace

tl::expected<std::vector<PlanVertex>, TightCorner> fit_plan(std::vector<PlanVertex> const& vertices,
                                                            PlanRules const& rules,
                                                            OpenTest const& is_open,
                                                            PlanPrice const& price) {
  TW_EXPECTS(vertices.size() >= 2, "a plan has two ends");
  Fitting fitting{without_doubles(vertices), rules, is_open, price};
  std::optional<TightCorner> tightest;
  while (auto const place = fitting.mend()) {
    fitting.relax();
    tightest = TightCorner{*place, fitting.least_radius()};
    if (tightest->radius == 0) {
      break;
    }
  }
  if (tightest) {
    return tl::unexpected<TightCorner>{*tightest};
  }
  return fitting.line();
}

}  // namespace tidewater::route
