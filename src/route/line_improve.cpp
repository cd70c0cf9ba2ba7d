#include "line_improve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr std::array<double, 7> kSteps{2000, 1000, 500, 250, 125, 60, 30};  // m
constexpr double kDiagonal = 0.70710678118654752;
/// To the inside of a corner, and on along the line: mirrored worlds are searched in mirrored
/// order.
struct Aside {
  double in;
  double on;
};
constexpr std::array<Aside, 8> kAsides{{{1, 0},
                                        {kDiagonal, kDiagonal},
                                        {kDiagonal, -kDiagonal},
                                        {0, 1},
                                        {0, -1},
                                        {-kDiagonal, kDiagonal},
                                        {-kDiagonal, -kDiagonal},
                                        {-1, 0}}};
constexpr std::array<double, 4> kRadii{0.6, 0.8, 1.25, 1.7};     // of a curve's radius
constexpr std::array<double, 3> kShares{1 / 3.0, 0.5, 2 / 3.0};  // of a straight: new corners
constexpr double kShortStraight = 4;    // least radii: shorter ones take no new corner
constexpr double kCorner = 5;           // m of plain line: what a corner more must gain
constexpr double kWorthwhile = 0.2;     // m of plain line: what a change must gain
constexpr double kAlike = 0.05;         // m of plain line: of changes that gain so alike the first
constexpr double kWorthASweep = 0.001;  // of the line: what a sweep must gain to be followed by one

PlanePoint moved(PlanePoint at, PlanePoint direction, double by) {
  return {at.x + by * direction.x, at.y + by * direction.y};
}

/// A unit vector to the inside of a corner, and one square to it the way the line goes.
struct CornerFrame {
  PlanePoint in;
  PlanePoint on;
  [[nodiscard]] PlanePoint direction(Aside const& a) const {
    return {a.in * in.x + a.on * on.x, a.in * in.y + a.on * on.y};
  }
};

std::ptrdiff_t offset(std::size_t i) {
  return static_cast<std::ptrdiff_t>(i);
}

class Improvement {
 public:
  Improvement(LevelledLine& line, OpenTest const& is_open, ImproveHow const& how)
      : line_{line}, is_open_{is_open}, how_{how} {}

  LineImprovement run() {
    LineImprovement out{.before = line_.cost()};
    state_.assign(line_.corners().size(), kStill);
    std::fill(state_.begin() + offset(how_.first),
              state_.begin() + offset(std::min(how_.last, state_.size())),
              kChanged);
    for (double const step : kSteps) {
      if (step > how_.coarsest) {
        continue;
      }
      step_ = step;
      if (how_.moves_loops) {
        line_.place_loops();
      }
      std::replace(state_.begin(), state_.end(), kChanged, kDue);
      double before = 0;
      do {
        before = line_.cost();
        sweep();
        line_.settle();
      } while (tried_ < how_.most_tried && before - line_.cost() > kWorthASweep * line_.cost());
    }
    out.after = line_.cost();
    out.tried = tried_;
    return out;
  }

 private:
  /// Corners are due until nothing around them gains, and again when a neighbour changed; once they
  /// were they are due again at each finer step.
  enum State : char { kStill, kChanged, kDue };

  [[nodiscard]] std::vector<LineCorner> const& corners() const { return line_.corners(); }
  [[nodiscard]] bool is_free(std::size_t i) const {
    return i > 0 && i + 1 < corners().size() && !corners()[i].vertex.is_stop();
  }

  void sweep() {
    for (std::size_t i = 0; i + 1 < corners().size() && tried_ < how_.most_tried; ++i) {
      if (state_[i] != kDue) {
        continue;
      }
      state_[i] = kChanged;
      best_.reset();
      least_gain_ = kWorthwhile * line_.survey().plain();
      line_.reach(i);
      if (is_free(i)) {
        try_corner(i);
        if (is_free(i + 1)) {
          try_pair(i);
        }
      }
      try_new(i);
      if (best_) {
        take();
      }
    }
  }

  [[nodiscard]] CornerFrame frame(std::size_t i) const {
    Bend const b =
        bend(corners()[i - 1].vertex.at, corners()[i].vertex.at, corners()[i + 1].vertex.at);
    double const side = b.turn < 0 ? -1 : 1;
    return {.in = b.inward, .on = {side * b.inward.y, -side * b.inward.x}};
  }

  void try_corner(std::size_t i) {
    CornerFrame const here = frame(i);
    LineChange change{.first = i, .last = i + 1};
    double const present = line_.present_cost(change);
    offer(change, present);  // dropped
    change.count = 1;
    LineCorner& corner = change.with[0];
    corner = corners()[i];
    for (double const share : kRadii) {
      corner.radius = share * corners()[i].radius;
      offer(change, present);
    }
    corner.radius = corners()[i].radius;
    for (Aside const& a : kAsides) {
      corner.vertex.at = moved(corners()[i].vertex.at, here.direction(a), step_);
      offer(change, present);
    }
  }

  /// A corner and the next moved together, or made one.
  void try_pair(std::size_t i) {
    PlanePoint const a = corners()[i].vertex.at;
    PlanePoint const b = corners()[i + 1].vertex.at;
    LineChange change{
        .first = i, .last = i + 2, .with = {corners()[i], corners()[i + 1]}, .count = 2};
    double const present = line_.present_cost(change);
    CornerFrame const here = frame(i);
    for (Aside const& aside : kAsides) {
      change.with[0].vertex.at = moved(a, here.direction(aside), step_);
      change.with[1].vertex.at = moved(b, here.direction(aside), step_);
      offer(change, present);
    }
    change.count = 1;
    change.with[0].vertex.at = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    offer(change, present);
  }

  /// Of two neighbours, the first that is a corner.
  [[nodiscard]] bool turns_right(std::size_t i) const {
    std::size_t const at = i > 0 ? i : 1;
    return at + 1 < corners().size() &&
           bend(corners()[at - 1].vertex.at, corners()[at].vertex.at, corners()[at + 1].vertex.at)
                   .turn < 0;
  }

  /// A new corner beside the straight after a corner.
  void try_new(std::size_t i) {
    PlanePoint const a = corners()[i].vertex.at;
    PlanePoint const b = corners()[i + 1].vertex.at;
    double const run = plane_distance(a, b);
    double const least = line_.survey().law().least_radius(1);
    if (run < kShortStraight * least) {
      return;
    }
    LineChange change{.first = i + 1, .last = i + 1, .count = 1};
    change.with[0].radius = kNewRadius * least;
    double const present = line_.present_cost(change);
    PlanePoint const left{-(b.y - a.y) / run, (b.x - a.x) / run};
    // First to the side the line turns to at the nearer of its corners.
    double const first = turns_right(i) ? -step_ : step_;
    for (double const side : {first, -first}) {
      for (double const share : kShares) {
        PlanePoint const on{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
        change.with[0].vertex.at = moved(on, left, side);
        offer(change, present);
      }
    }
  }

  void offer(LineChange const& change, double present) {
    for (std::size_t k = 0; k < change.count; ++k) {
      if (!is_open_(change.with[k].vertex.at)) {
        return;
      }
    }
    double const fewer = double(change.last - change.first) - double(change.count);
    double const worth = present + fewer * kCorner * line_.survey().plain();
    auto trial = line_.trial(change, worth - least_gain_);
    tried_ += trial ? 1 : 0;
    if (!trial) {
      return;
    }
    double const gain = worth - trial->cost;
    if (gain > least_gain_ && is_sound(line_, *trial, is_open_)) {
      least_gain_ = gain + kAlike * line_.survey().plain();
      best_ = std::move(trial);
    }
  }

  void take() {
    LineChange const& change = best_->change;
    auto const at = state_.begin() + offset(change.first);
    std::size_t const removed = change.last - change.first;
    if (change.count > removed) {
      state_.insert(at, change.count - removed, kDue);
    } else {
      state_.erase(at, at + offset(removed - change.count));
    }
    std::size_t const end = std::min(state_.size(), best_->from + best_->corners.size());
    std::fill(state_.begin() + offset(best_->from), state_.begin() + offset(end), kDue);
    line_.take(std::move(*best_));
  }

  LevelledLine& line_;
  OpenTest const& is_open_;
  ImproveHow how_;
  std::size_t tried_ = 0;
  double step_ = 0;
  std::vector<State> state_;
  std::optional<LineTrial> best_;
  double least_gain_ = 0;
};

/// Closer than plans are looked at: lines are drawn to the edge of what is closed.
bool is_open_between(PlanePoint a, PlanePoint b, OpenTest const& is_open) {
  constexpr double every = 5;  // m
  int const parts = std::max(1, static_cast<int>(std::ceil(plane_distance(a, b) / every)));
  for (int i = 0; i <= parts; ++i) {
    double const share = double(i) / parts;
    if (!is_open({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)})) {
      return false;
    }
  }
  return true;
}

bool is_laid_in_the_open(CurveLaw const& law, LineTrial const& t, OpenTest const& is_open) {
  for (std::size_t k = 0; k + 1 < t.corners.size(); ++k) {
    PlanVertex const& here = t.corners[k].vertex;
    PlanVertex const& next = t.corners[k + 1].vertex;
    if (!is_open_between(here.at, next.at, is_open)) {
      return false;
    }
    if (k == 0) {
      continue;
    }
    Bend const b = bend(t.corners[k - 1].vertex.at, here.at, next.at);
    bool const is_curve = b.tan_half > kStraight;
    double const radius = is_curve ? t.corners[k].radius : 0;
    double const off = is_curve ? law.offset(radius, b.tan_half) : 0;
    if (most_offset(here, b, off) < 0 ||
        (is_curve && !is_clear(curve_pieces(law, here.at, b, radius), is_open))) {
      return false;
    }
  }
  return true;
}

/// How often the straights between two corners of a line cross it.
int crossings(std::vector<LineCorner> const& line, std::size_t first, std::size_t last) {
  int count = 0;
  for (std::size_t i = first; i < last; ++i) {
    for (std::size_t j = 0; j + 1 < line.size(); ++j) {
      bool const is_counted = j >= first && j < i + 2;  // or meets it at a corner
      bool const meets = j + 1 == i;
      if (!is_counted && !meets &&
          do_cross(
              line[i].vertex.at, line[i + 1].vertex.at, line[j].vertex.at, line[j + 1].vertex.at)) {
        ++count;
      }
    }
  }
  return count;
}

}  // namespace

bool keeps_clear_of_itself(std::vector<LineCorner> const& line,
                           std::size_t first,
                           std::size_t last,
                           std::vector<LineCorner> const& instead) {
  std::vector<LineCorner> changed(line.begin(), line.begin() + offset(first));
  changed.insert(changed.end(), instead.begin(), instead.end());
  changed.insert(changed.end(), line.begin() + offset(last) + 1, line.end());
  int const after = crossings(changed, first, first + instead.size() - 1);
  return after == 0 || after <= crossings(line, first, last);
}

bool is_sound(LevelledLine const& line, LineTrial const& trial, OpenTest const& is_open) {
  return is_laid_in_the_open(line.survey().law(), trial, is_open) &&
         keeps_clear_of_itself(line.corners(), trial.from, trial.to, trial.corners);
}

LineImprovement improve_line(LevelledLine& line, OpenTest const& is_open, ImproveHow const& how) {
  return Improvement{line, is_open, how}.run();
}

}  // namespace tidewater::route
