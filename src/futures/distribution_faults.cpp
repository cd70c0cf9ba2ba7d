// What is wrong with a stated distribution: all of it, in the planner's words.

#include <cmath>
#include <initializer_list>
#include <string>

#include <fmt/format.h>

#include "tidewater/futures/distribution.hpp"

namespace tidewater::futures {

namespace {

class FaultsOf {
 public:
  explicit FaultsOf(std::string_view where) : where_{where} {}

  void operator()(Fixed const& law) { finite({law.value}); }
  void operator()(Uniform const& law) {
    if (finite({law.low, law.high})) {
      require(law.low <= law.high,
              fmt::format("low {:g} lies above high {:g}", law.low, law.high),
              "give low first");
    }
  }
  void operator()(Triangular const& law) { three_points(law.low, law.mode, law.high); }
  void operator()(Pert const& law) {
    three_points(law.low, law.mode, law.high);
    require(std::isfinite(law.shape) && law.shape > 0,
            fmt::format("the PERT shape {:g} must be above zero", law.shape),
            "leave it out for the usual 4");
  }
  void operator()(Normal const& law) {
    finite({law.mean, law.sd});
    require(!(law.sd < 0),
            fmt::format("standard deviation {:g} is negative", law.sd),
            "give zero or more");
  }
  void operator()(Lognormal const& law) {
    finite({law.median, law.log_sd});
    require(!(law.median <= 0),
            fmt::format("a lognormal has a positive median, not {:g}", law.median),
            "use normal or triangular for a number that may be negative");
    require(!(law.log_sd < 0),
            fmt::format("standard deviation of the logarithm {:g} is negative", law.log_sd),
            "give zero or more");
  }
  void operator()(Discrete const& law) {
    double total = 0;
    for (auto const& each : law.values) {
      finite({each.value, each.weight});
      require(!(each.weight < 0),
              fmt::format("weight {:g} of value {:g} is negative", each.weight, each.value),
              "give zero or more");
      total += each.weight;
    }
    require(!law.values.empty(), "a discrete distribution without values", "name at least one");
    require(law.values.empty() || !(total <= 0),
            "the weights sum to nothing",
            "give at least one value a weight above zero");
  }
  void operator()(Percentiles const& law) {
    require(law.points.size() >= 2, "fewer than two percentiles", "state at least two");
    for (auto const& each : law.points) {
      if (finite({each.p, each.value})) {
        require(each.p >= 0 && each.p <= 1,
                fmt::format("P{:g} is no percentile", 100 * each.p),
                "percentiles run from P0 to P100");
      }
    }
    for (std::size_t i = 1; i < law.points.size(); ++i) {
      auto const& before = law.points[i - 1];
      auto const& here = law.points[i];
      require(!(here.p <= before.p),
              fmt::format("P{:g} follows P{:g}", 100 * here.p, 100 * before.p),
              "list percentiles from low to high, each once");
      require(!(here.value < before.value),
              fmt::format("P{:g} = {:g} lies below P{:g} = {:g}",
                          100 * here.p,
                          here.value,
                          100 * before.p,
                          before.value),
              "values never fall as the percentile rises");
    }
  }

  [[nodiscard]] Diagnostics found() && { return std::move(found_); }

 private:
  void require(bool holds, std::string what, std::string remedy) {
    if (!holds) {
      found_.push_back({Severity::kError, where_, std::move(what), std::move(remedy)});
    }
  }

  bool finite(std::initializer_list<double> numbers) {
    for (double const number : numbers) {
      if (!std::isfinite(number)) {
        require(false, fmt::format("{} is not a finite number", number), "give a finite number");
        return false;
      }
    }
    return true;
  }

  void three_points(double low, double mode, double high) {
    if (finite({low, mode, high})) {
      require(low <= mode && mode <= high,
              fmt::format(
                  "{:g}, {:g}, {:g} do not rise from low through mode to high", low, mode, high),
              "order them low, mode, high");
    }
  }

  std::string where_;
  Diagnostics found_;
};

}  // namespace

Diagnostics faults(Distribution const& law, std::string_view where) {
  FaultsOf listing{where};
  std::visit(listing, law);
  return std::move(listing).found();
}

}  // namespace tidewater::futures
