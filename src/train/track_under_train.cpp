#include "track_under_train.hpp"

#include <algorithm>
#include <cstddef>

namespace tidewater::train {
namespace {

/// Sums along the line, read by a post that only moves forward.
class Cumulative {
 public:
  Cumulative(Line const& line, Length curve_rule) {
    for (auto const& section : line.sections) {
      from_.push_back(section.from.base());
      grade_.push_back(section.grade);
      drag_.push_back(section.path_resistance +
                      curve_equivalent_grade(section.curvature, curve_rule));
      double const run = from_.size() == 1 ? 0.0 : from_.back() - from_[from_.size() - 2];
      std::size_t const before = from_.size() >= 2 ? from_.size() - 2 : 0;
      rise_.push_back(rise_.empty() ? 0.0 : rise_.back() + grade_[before] * run);
      resist_.push_back(resist_.empty() ? 0.0 : resist_.back() + drag_[before] * run);
    }
  }
  /// Moves to the section of x; the first one reaches back without end, the last one on.
  void advance(std::size_t& section, double x) const {
    while (section + 1 < from_.size() && from_[section + 1] <= x) {
      ++section;
    }
  }
  [[nodiscard]] double rise(std::size_t section, double x) const {
    return rise_[section] + grade_[section] * (x - from_[section]);
  }
  [[nodiscard]] double resist(std::size_t section, double x) const {
    return resist_[section] + drag_[section] * (x - from_[section]);
  }
  [[nodiscard]] double grade(std::size_t section) const { return grade_[section]; }
  [[nodiscard]] double drag(std::size_t section) const { return drag_[section]; }

 private:
  std::vector<double> from_;
  std::vector<double> grade_;
  std::vector<double> drag_;
  std::vector<double> rise_;    // at from_
  std::vector<double> resist_;  // at from_
};

/// Minimum over a window of sections whose ends only move forward: a queue of rising limits.
class LowestLimit {
 public:
  explicit LowestLimit(Line const& line) : line_{line} {}
  double over(std::size_t rear, std::size_t front) {
    for (; next_ <= front; ++next_) {
      while (queue_.size() > head_ && limit(queue_.back()) >= limit(next_)) {
        queue_.pop_back();
      }
      queue_.push_back(next_);
    }
    while (queue_[head_] < rear) {
      ++head_;
    }
    return limit(queue_[head_]);
  }

 private:
  [[nodiscard]] double limit(std::size_t section) const {
    return line_.sections[section].speed_limit.base();
  }
  Line const& line_;
  std::vector<std::size_t> queue_;
  std::size_t head_ = 0;
  std::size_t next_ = 0;
};

struct Mean {
  double grade;
  double drag;
};

}  // namespace

std::vector<Track> tracks_under_train(Train const& train,
                                      Line const& line,
                                      RunOptions const& options,
                                      std::vector<double> const& ends) {
  double const span = length(train).base();
  bool const is_point = options.mass_model == MassModel::kPoint || span <= 0;
  double const per_weight = (mass(train) * kGravity).base() / inertia(train).base();
  Cumulative const sums{line, options.curve_resistance};
  LowestLimit limits{line};
  std::size_t front = 0;
  std::size_t rear = 0;
  auto const strip = [&](double x) {
    sums.advance(front, x);
    sums.advance(rear, x - span);
    return Mean{(sums.rise(front, x) - sums.rise(rear, x - span)) / span,
                (sums.resist(front, x) - sums.resist(rear, x - span)) / span};
  };
  std::vector<Track> tracks;
  tracks.reserve(ends.size());
  Mean low = is_point ? Mean{0, 0} : strip(ends.front());
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    // Sections are told at the middle of the step, away from boundaries that rounding could miss.
    double const middle = 0.5 * (ends[i] + ends[i + 1]);
    sums.advance(front, middle);
    sums.advance(rear, middle - span);
    double const limit = limits.over(rear, front);
    Mean mean{sums.grade(front), sums.drag(front)};
    if (!is_point) {
      // Under a strip both are straight lines over the step: the trapezium is exact.
      Mean const high = strip(ends[i + 1]);
      mean = {0.5 * (low.grade + high.grade), 0.5 * (low.drag + high.drag)};
      low = high;
    }
    tracks.push_back(
        {.climb = mean.grade * per_weight, .drag = mean.drag * per_weight, .limit = limit});
  }
  return tracks;
}

}  // namespace tidewater::train
