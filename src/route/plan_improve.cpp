#include <algorithm>
#include <array>
#include <cmath>

#include "tidewater/base/contract.hpp"

#include "plan_fit.hpp"
#include "plan_lattice.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr std::array<double, 4> kSteps{250, 125, 60, 30};  // m
constexpr double kDiagonal = 0.70710678118654752;
constexpr std::array<PlanePoint, 8> kDirections{{{1, 0},
                                                 {kDiagonal, kDiagonal},
                                                 {0, 1},
                                                 {-kDiagonal, kDiagonal},
                                                 {-1, 0},
                                                 {-kDiagonal, -kDiagonal},
                                                 {0, -1},
                                                 {kDiagonal, -kDiagonal}}};
constexpr double kWorthwhile = 1e-9;  // share of the price: less is rounding

class Improvement {
 public:
  Improvement(std::vector<PlanVertex> vertices,
              PlanRules const& rules,
              OpenTest const& is_open,
              PlanPrice const& price,
              std::size_t most_calls)
      : line_{std::move(vertices)},
        law_{rules},
        is_open_{is_open},
        price_{price},
        most_calls_{most_calls} {
    for (std::size_t i = 0; i + 1 < line_.size(); ++i) {
      prices_.push_back(asked(line_[i].at, line_[i + 1].at));
    }
    for (std::size_t i = 0; i < line_.size(); ++i) {
      tangents_.push_back(law_.least_tangent(tan_half_at(i)));
    }
    out_.before = sum();
  }

  PlanImprovement run() {
    for (double const step : kSteps) {
      std::vector<char> is_due(line_.size(), 1);
      // A vertex is due again when a neighbour moved. Each move lowers the price: this ends.
      while (std::find(is_due.begin(), is_due.end(), 1) != is_due.end() && !is_spent()) {
        sweep(step, is_due);
      }
    }
    out_.after = sum();
    out_.vertices = std::move(line_);
    return std::move(out_);
  }

 private:
  /// What a change around vertex i would make of the line.
  struct Change {
    std::optional<PlanePoint> at;  ///< nothing: dropped
    double before = 0;             ///< prices of the straights to the neighbours, or of the one
    double after = 0;
  };

  void sweep(double step, std::vector<char>& is_due) {
    for (std::size_t i = 1; i + 1 < line_.size() && !is_spent(); ++i) {
      if (is_due[i] == 0 || line_[i].is_stop()) {
        is_due[i] = 0;
        continue;
      }
      is_due[i] = 0;
      if (dropped(i)) {
        is_due.erase(is_due.begin() + static_cast<std::ptrdiff_t>(i));
        is_due[i - 1] = 1;
        is_due[i] = 1;
        --i;
      } else if (moved(i, step)) {
        is_due[i - 1] = 1;
        is_due[i] = 1;
        is_due[i + 1] = 1;
      }
    }
    is_due.front() = 0;
    is_due.back() = 0;
  }

  [[nodiscard]] bool is_spent() const { return out_.calls >= most_calls_; }

  [[nodiscard]] double asked(PlanePoint from, PlanePoint to) {
    ++out_.calls;
    return price_(from, to);
  }

  [[nodiscard]] double sum() const {
    double total = 0;
    for (double const p : prices_) {
      total += p;
    }
    return total;
  }

  [[nodiscard]] double tan_half_at(std::size_t i) const {
    bool const is_end = i == 0 || i + 1 == line_.size();
    return is_end ? 0 : tan_half_turn(line_[i - 1].at, line_[i].at, line_[i + 1].at);
  }

  bool dropped(std::size_t i) {
    Change change{.before = asked(line_[i - 1].at, line_[i + 1].at)};
    if (!is_cheaper(i, change.before) || !holds(i, change)) {
      return false;
    }
    auto const at = static_cast<std::ptrdiff_t>(i);
    line_.erase(line_.begin() + at);
    tangents_.erase(tangents_.begin() + at);
    prices_.erase(prices_.begin() + at);
    prices_[i - 1] = change.before;
    refresh(i - 1);
    refresh(i);
    return true;
  }

  /// To the cheapest of eight places that hold.
  bool moved(std::size_t i, double step) {
    std::optional<Change> best;
    for (PlanePoint const d : kDirections) {
      PlanePoint const to{line_[i].at.x + step * d.x, line_[i].at.y + step * d.y};
      if (!is_open_(to) || !is_room(i, Change{.at = to})) {
        continue;
      }
      Change const change{
          .at = to, .before = asked(line_[i - 1].at, to), .after = asked(to, line_[i + 1].at)};
      double const price = change.before + change.after;
      if (is_cheaper(i, price) && (!best || price < best->before + best->after) &&
          holds(i, change)) {
        best = change;
      }
    }
    if (!best) {
      return false;
    }
    line_[i].at = *best->at;
    prices_[i - 1] = best->before;
    prices_[i] = best->after;
    refresh(i - 1);
    refresh(i);
    refresh(i + 1);
    return true;
  }

  [[nodiscard]] bool is_cheaper(std::size_t i, double price) const {
    double const now = prices_[i - 1] + prices_[i];
    return price < now && (now - price > kWorthwhile * now || !std::isfinite(now));
  }

  void refresh(std::size_t i) { tangents_[i] = law_.least_tangent(tan_half_at(i)); }

  /// The vertices from two before i to two after, as they would be; `corners` are those whose turn
  /// changes.
  struct Piece {
    std::array<PlanVertex, 5> vertices{};
    std::array<double, 5> tangents{};
    std::size_t size = 0;
    std::size_t first_changed = 0;
    std::size_t last_changed = 0;
    bool begins_line = false;
    bool ends_line = false;
  };

  [[nodiscard]] Piece piece(std::size_t i, Change const& change) const {
    Piece p;
    std::size_t const from = i >= 2 ? i - 2 : 0;
    std::size_t const to = std::min(i + 2, line_.size() - 1);
    for (std::size_t k = from; k <= to; ++k) {
      if (k == i && !change.at) {
        continue;
      }
      p.vertices[p.size] = line_[k];
      p.tangents[p.size] = tangents_[k];
      if (k == i) {
        p.vertices[p.size].at = *change.at;
      }
      if (k + 1 == i) {
        p.first_changed = p.size;
      }
      if (k == i + 1) {
        p.last_changed = p.size;
      }
      ++p.size;
    }
    p.begins_line = i - 1 == 0;
    p.ends_line = i + 2 == line_.size();
    return p;
  }

  [[nodiscard]] static bool is_corner(Piece const& p, std::size_t k) {
    return !(k == p.first_changed && p.begins_line) && !(k == p.last_changed && p.ends_line);
  }

  /// Whether the narrowest curves share the straights.
  [[nodiscard]] bool is_room(std::size_t i, Change const& change) const {
    return fits(piece(i, change));
  }

  [[nodiscard]] bool fits(Piece p) const {
    for (std::size_t k = p.first_changed; k <= p.last_changed; ++k) {
      if (!is_corner(p, k)) {
        continue;
      }
      double const tan_half =
          tan_half_turn(p.vertices[k - 1].at, p.vertices[k].at, p.vertices[k + 1].at);
      if (tan_half > kSharpest) {
        return false;
      }
      p.tangents[k] = law_.least_tangent(tan_half);
    }
    for (std::size_t k = 0; k + 1 < p.size; ++k) {
      if (p.tangents[k] + p.tangents[k + 1] >
          plane_distance(p.vertices[k].at, p.vertices[k + 1].at)) {
        return false;
      }
    }
    return true;
  }

  /// Room, open ground, and stops within reach.
  [[nodiscard]] bool holds(std::size_t i, Change const& change) const {
    Piece const p = piece(i, change);
    if (!fits(p)) {
      return false;
    }
    for (std::size_t k = p.first_changed; k < p.last_changed; ++k) {
      if (!is_clear(p.vertices[k].at, p.vertices[k + 1].at, is_open_)) {
        return false;
      }
    }
    for (std::size_t k = p.first_changed; k <= p.last_changed; ++k) {
      if (is_corner(p, k) && !is_curve_sound(p, k)) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool is_curve_sound(Piece const& p, std::size_t k) const {
    Bend const b = bend(p.vertices[k - 1].at, p.vertices[k].at, p.vertices[k + 1].at);
    return most_offset(p.vertices[k], b, law_.least_offset(b.tan_half)) >= 0 &&
           (b.tan_half <= kStraight ||
            is_clear(curve_pieces(law_, p.vertices[k].at, b, law_.least_radius(b.tan_half)),
                     is_open_));
  }

  std::vector<PlanVertex> line_;
  std::vector<double> prices_;    ///< of the straight after each vertex
  std::vector<double> tangents_;  ///< the least, at each vertex
  CurveLaw law_;
  OpenTest const& is_open_;
  PlanPrice const& price_;
  std::size_t most_calls_;
  PlanImprovement out_;
};

}  // namespace

PlanImprovement improve_plan(std::vector<PlanVertex> vertices,
                             PlanRules const& rules,
                             OpenTest const& is_open,
                             PlanPrice const& price,
                             std::size_t most_calls) {
  TW_EXPECTS(vertices.size() >= 2, "a plan has two ends");
  return Improvement{std::move(vertices), rules, is_open, price, most_calls}.run();
}

}  // namespace tidewater::route
