#include "haul.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

/// A convex piecewise-linear function of what is carried, by its breakpoints.
class CarryCost {
 public:
  /// Nothing is carried into the line's first place.
  CarryCost() : left_{-kFar}, right_{kFar} { kinks_[0] = kFar; }

  struct Range {
    double low = -kFar;
    double high = kFar;
  };
  /// Takes no slope below -dump or above borrow: beyond, wasting and borrowing are cheaper. Gives
  /// the range between, where neither is.
  Range clamp(double dump, double borrow) {
    if (left_ == -kFar) {  // the single point at the start
      double const at = kinks_.begin()->first;
      kinks_.begin()->second = dump + borrow;
      left_ = -dump;
      right_ = borrow;
      return {at + moved_, at + moved_};
    }
    Range range;
    if (left_ < -dump) {
      range.low = take(-dump - left_, [&] { return kinks_.begin(); });
      left_ = -dump;
    }
    if (right_ > borrow) {
      range.high = take(right_ - borrow, [&] { return std::prev(kinks_.end()); });
      right_ = borrow;
    }
    return range;
  }
  void move(double by) { moved_ += by; }
  /// Adds price * |carried|.
  void add_way(double price) {
    kinks_[-moved_] += 2 * price;
    left_ -= price;
    right_ += price;
  }

 private:
  /// Takes `slope` off the kinks from one end; returns where the slope is reached.
  template <class End>
  double take(double slope, End const& end) {
    double at = 0;
    while (slope > 0 && !kinks_.empty()) {
      auto const kink = end();
      at = kink->first + moved_;
      if (kink->second > slope) {
        kink->second -= slope;
        return at;
      }
      slope -= kink->second;
      kinks_.erase(kink);
    }
    return at;
  }

  std::map<double, double> kinks_;  ///< where, before moved_ is added -> rise of the slope there
  double moved_ = 0;
  double left_;   ///< slope at far left
  double right_;  ///< slope at far right
};

}  // namespace

HaulPlan least_haul(HaulProblem const& p) {
  std::size_t const n = p.cut.size();
  TW_EXPECTS(p.fill.size() == n && p.borrow.size() == n && p.dump.size() == n &&
                 p.way.size() + 1 == std::max<std::size_t>(n, 1),
             "one of each at every place");
  HaulPlan plan{.borrowed = std::vector<double>(n),
                .wasted = std::vector<double>(n),
                .carried = std::vector<double>(p.way.size())};
  CarryCost carry;
  std::vector<CarryCost::Range> idle;  // carried in, where nothing is borrowed or wasted
  for (std::size_t j = 0; j < n; ++j) {
    idle.push_back(carry.clamp(p.dump[j], p.borrow[j]));
    carry.move(p.cut[j] - p.fill[j]);
    if (j + 1 < n) {
      carry.add_way(p.haul * p.way[j]);
    }
  }
  double out = 0;  // nothing is carried past the end
  for (std::size_t j = n; j-- > 0;) {
    double const wanted = out - (p.cut[j] - p.fill[j]);
    double const in = std::clamp(wanted, idle[j].low, idle[j].high);
    plan.borrowed[j] = std::max(0.0, wanted - in);
    plan.wasted[j] = std::max(0.0, in - wanted);
    plan.cost += p.borrow[j] * plan.borrowed[j] + p.dump[j] * plan.wasted[j];
    if (j > 0) {
      plan.carried[j - 1] = in;
      plan.hauled += p.way[j - 1] * std::abs(in);
    }
    out = in;
  }
  plan.cost += p.haul * plan.hauled;
  return plan;
}

}  // namespace tidewater::route
