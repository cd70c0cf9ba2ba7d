#include "line_shake.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "tidewater/base/random.hpp"

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr std::size_t kBeside = 5;  // corners on either side that may follow a change
constexpr double kNearest = 200;    // m a corner is moved
constexpr double kFurthest = 3000;  // m
constexpr double kCoarsest = 1000;  // m: of the improvement after it
constexpr double kWorthwhile = 1;   // m of plain line: what a change must gain

class Shaking {
 public:
  Shaking(LevelledLine& line, OpenTest const& is_open, ShakeHow const& how)
      : line_{line}, best_{line}, is_open_{is_open}, how_{how} {}

  LineImprovement run() {
    double const before = line_.cost();
    std::size_t const corners = line_.corners().size();
    std::size_t in_vain = 0;
    for (std::size_t i = 0; i < how_.a_corner * corners && tried_ < how_.most_tried; ++i) {
      in_vain = shake(drawn_corner()) ? 0 : in_vain + 1;
      if (in_vain >= how_.in_vain_a_corner * corners) {
        break;
      }
    }
    line_ = best_;
    line_.place_loops();
    keep_best();
    line_ = std::move(best_);
    return {.before = before, .after = line_.cost(), .tried = tried_};
  }

 private:
  /// Levels settle within a quarter of a per cent: a part that is cheaper may not make the whole
  /// so, and refusing those ends dearer than going on from them.
  void keep_best() {
    if (line_.cost() < best_.cost()) {
      best_ = line_;
    }
  }

  /// Any but the last.
  std::size_t drawn_corner() {
    std::size_t const last = line_.corners().size() - 1;
    return std::min(last - 1, static_cast<std::size_t>(draws_.uniform() * double(last)));
  }

  bool shake(std::size_t corner) {
    std::size_t const first = corner > kBeside ? corner - kBeside : 0;
    std::size_t const last = std::min(corner + 1 + kBeside, line_.corners().size() - 1);
    std::size_t const here = corner - first;
    LevelledLine part = line_.part(first, last);
    double const before = part.cost();
    if (!shift(part, here)) {
      return false;
    }
    ImproveHow const how{.coarsest = kCoarsest,
                         .first = here > 0 ? here - 1 : 0,
                         .last = here + 3,
                         .most_tried = how_.most_tried - tried_,
                         .moves_loops = false};
    tried_ += improve_line(part, is_open_, how).tried;
    if (before - part.cost() <= kWorthwhile * line_.survey().plain() ||
        !keeps_clear_of_itself(line_.corners(), first, last, part.corners())) {
      return false;
    }
    line_.take(first, last, part);
    keep_best();
    return true;
  }

  /// To any side of the line on from a corner, near as often as far; mirrored in mirrored worlds.
  PlanePoint drawn_move(std::vector<LineCorner> const& corners, std::size_t i) {
    PlanePoint const from = corners[i].vertex.at;
    PlanePoint const to = corners[i + 1].vertex.at;
    double const run = plane_distance(from, to);
    PlanePoint const on{(to.x - from.x) / run, (to.y - from.y) / run};
    double const side = i > 0 && bend(corners[i - 1].vertex.at, from, to).turn < 0 ? -1 : 1;
    double const size = kNearest * std::exp(draws_.uniform() * std::log(kFurthest / kNearest));
    double const turn = 2 * std::numbers::pi * draws_.uniform();
    double const along = size * std::cos(turn);
    double const aside = side * size * std::sin(turn);
    return {along * on.x - aside * on.y, along * on.y + aside * on.x};
  }

  /// One corner or two moved, two made one, or one added after a corner.
  LineChange drawn_change(LevelledLine const& line, std::size_t i) {
    auto const& corners = line.corners();
    auto const is_free = [&](std::size_t k) {
      return k > 0 && k + 1 < corners.size() && !corners[k].vertex.is_stop();
    };
    auto const what = static_cast<int>(4 * draws_.uniform());
    LineChange change{.first = i, .last = i + 1, .with = {corners[i], corners[i + 1]}, .count = 1};
    if (what == 0 || !is_free(i)) {
      change.first = i + 1;
      PlanePoint const a = corners[i].vertex.at;
      PlanePoint const b = corners[i + 1].vertex.at;
      change.with[0] = {.vertex = {.at = {(a.x + b.x) / 2, (a.y + b.y) / 2}},
                        .radius = kNewRadius * line.survey().law().least_radius(1)};
    } else if (what > 1 && is_free(i + 1)) {
      change.last = i + 2;
      change.count = what == 2 ? 2 : 1;
    }
    PlanePoint const by = drawn_move(corners, i);
    for (LineCorner& corner : change.with) {
      corner.vertex.at = {corner.vertex.at.x + by.x, corner.vertex.at.y + by.y};
    }
    return change;
  }

  /// Whether the line could be changed at a corner.
  bool shift(LevelledLine& line, std::size_t corner) {
    LineChange const change = drawn_change(line, corner);
    for (std::size_t k = 0; k < change.count; ++k) {
      if (!is_open_(change.with[k].vertex.at)) {
        return false;
      }
    }
    line.reach(corner);
    auto trial = line.trial(change);
    if (!trial || !is_sound(line, *trial, is_open_)) {
      return false;
    }
    line.take(std::move(*trial));
    line.settle();
    return true;
  }

  LevelledLine& line_;
  LevelledLine best_;
  OpenTest const& is_open_;
  ShakeHow how_;
  std::size_t tried_ = 0;
  Stream draws_ = Streams{.seed = 0, .replication = 0}.named("line", "shake");
};

}  // namespace

LineImprovement shake_line(LevelledLine& line, OpenTest const& is_open, ShakeHow const& how) {
  return Shaking{line, is_open, how}.run();
}

}  // namespace tidewater::route
