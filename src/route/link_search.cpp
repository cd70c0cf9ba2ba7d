#include "link_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "bucket_queue.hpp"
#include "steps.hpp"

namespace tidewater::route {

namespace {

using terrain::Cell;
using terrain::GridPlace;

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::uint8_t kSettled = 0x80;
constexpr std::uint8_t kSource = 0x7F;
constexpr std::array<int, 6> kMultiples{1, 2, 3, 4, 6, 8};  ///< of a step, for structure links

/// The dearest link that can be asked for, for the queue's ring.
double dearest_link(Guide const& guide) {
  GuideSurface const& s = guide.surface;
  double friction = 0;
  double factor = 1;
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();
  for (std::size_t i = 0; i < s.friction.size(); ++i) {
    if (std::isfinite(s.friction[i])) {
      friction = std::max(friction, s.friction[i]);
      factor = std::max(factor, static_cast<double>(s.factor[i]));
      low = std::min(low, s.design[i]);
      high = std::max(high, s.design[i]);
    }
  }
  double structure = 0;
  for (int offset = -400; offset < 400; ++offset) {
    double const price = guide.prices.tabled(offset, terrain::Access::kOpen);
    structure = std::max(structure, std::isfinite(price) ? price : 0);
  }
  double const relief = static_cast<double>(high) - static_cast<double>(low);
  double const climbs = std::max(guide.overgrade(relief, 0), guide.overgrade(-relief, 0));
  return friction * kSqrt5 * s.frame.cell.in(units::m) + climbs +
         factor * (s.plain_rate + structure) * Guide::kLongestStructure;
}

class WaySearch {
 public:
  WaySearch(Guide const& guide, Cell from, Cell to)
      : guide_{guide},
        surface_{guide.surface},
        side_{guide.surface.frame.cell.in(units::m)},
        source_{surface_.frame.index(from)},
        target_{surface_.frame.index(to)},
        total_(surface_.frame.size(), kFar),
        link_(surface_.frame.size(), kSource),
        queue_{surface_.least_friction * side_, dearest_link(guide)} {}

  void run() {
    total_[source_] = 0;
    queue_.push(0, static_cast<std::uint32_t>(source_));
    queue_.drain([&](std::uint32_t cell) {
      if ((link_[cell] & kSettled) != 0) {
        return true;
      }
      link_[cell] |= kSettled;
      ++settled_;
      if (cell == target_) {
        return false;
      }
      expand(cell);
      return true;
    });
  }

  [[nodiscard]] std::optional<std::vector<Cell>> way() const {
    if (!std::isfinite(total_[target_])) {
      return std::nullopt;
    }
    std::vector<Cell> cells{surface_.frame.cell_at(target_)};
    for (std::size_t at = target_; at != source_; at = surface_.frame.index(cells.back())) {
      std::uint8_t const link = link_[at] & static_cast<std::uint8_t>(~kSettled);
      Step const& step = kSteps[link % kStepCount];
      int const multiple = kMultiples[link / kStepCount];
      Cell const here = cells.back();
      cells.push_back({here.column - multiple * step.dc, here.row - multiple * step.dr});
    }
    std::reverse(cells.begin(), cells.end());
    return cells;
  }

  void report(SearchEffort& effort) const {
    effort.settled += settled_;
    effort.links += links_;
    effort.bytes =
        std::max(effort.bytes,
                 total_.size() * (sizeof(double) + 1) + queue_.bytes() +
                     surface_.friction.size() * (sizeof(double) + 3 * sizeof(float) + 1));
  }

 private:
  void expand(std::uint32_t cell) {
    Cell const c = surface_.frame.cell_at(cell);
    for (std::size_t k = 0; k < kStepCount; ++k) {
      Cell const n{c.column + kSteps[k].dc, c.row + kSteps[k].dr};
      if (!surface_.frame.holds(n)) {
        continue;
      }
      std::size_t const to = surface_.frame.index(n);
      double const length = kSteps[k].length * side_;
      double const rise =
          static_cast<double>(surface_.design[to]) - static_cast<double>(surface_.design[cell]);
      double const climb = guide_.overgrade(rise, length);
      relax(cell, to, k, ground_link(c, cell, to, k) + climb);
      expand_structures(c, cell, k, climb > 0);
    }
  }

  /// The mean friction of the two cells, or of the four a knight's move touches, times the length.
  double ground_link(Cell c, std::size_t cell, std::size_t to, std::size_t k) {
    Step const& s = kSteps[k];
    ++links_;
    double const ends = surface_.friction[cell] + surface_.friction[to];
    if (k < kKings) {
      return ends * s.length * side_ / 2;
    }
    auto const at = [&](int dc, int dr) {
      return surface_.friction[surface_.frame.index({c.column + dc, c.row + dr})];
    };
    return (ends + at(s.via1_dc, s.via1_dr) + at(s.via2_dc, s.via2_dr)) * s.length * side_ / 4;
  }

  /// Longer straight links, where the first or the last of their steps is too steep or closed to
  /// rail on the ground: the same set of links seen from either end.
  void expand_structures(Cell c, std::size_t cell, std::size_t k, bool first_is_steep) {
    Step const& s = kSteps[k];
    for (std::size_t m = 0; m < kMultiples.size(); ++m) {
      int const multiple = kMultiples[m];
      double const length = multiple * s.length * side_;
      Cell const n{c.column + multiple * s.dc, c.row + multiple * s.dr};
      if (length > Guide::kLongestStructure || !surface_.frame.holds(n)) {
        return;
      }
      std::size_t const to = surface_.frame.index(n);
      if (!surface_.is_open(to) || !holds_grade(cell, to, length)) {
        continue;
      }
      if (!first_is_steep &&
          !is_steep(surface_.frame.index({n.column - s.dc, n.row - s.dr}), to, s.length * side_)) {
        continue;
      }
      ++links_;
      relax(cell,
            to,
            k + m * kStepCount,
            guide_.structure(GridPlace{double(c.column), double(c.row)},
                             GridPlace{double(n.column), double(n.row)}));
    }
  }

  [[nodiscard]] bool is_steep(std::size_t from, std::size_t to, double length) const {
    return !holds_grade(from, to, length);
  }
  [[nodiscard]] bool holds_grade(std::size_t from, std::size_t to, double length) const {
    double const rise =
        static_cast<double>(surface_.design[to]) - static_cast<double>(surface_.design[from]);
    return rise <= guide_.grades.climb * length && -rise <= guide_.grades.descent * length;
  }

  void relax(std::size_t cell, std::size_t to, std::size_t link, double cost) {
    double const total = total_[cell] + cost;
    if (total < total_[to]) {
      total_[to] = total;
      link_[to] = static_cast<std::uint8_t>(link);
      queue_.push(total, static_cast<std::uint32_t>(to));
    }
  }

  Guide const& guide_;
  GuideSurface const& surface_;
  double side_;
  std::size_t source_;
  std::size_t target_;
  std::vector<double> total_;
  std::vector<std::uint8_t> link_;
  BucketQueue queue_;
  std::size_t settled_ = 0;
  std::size_t links_ = 0;
};

}  // namespace

std::optional<std::vector<Cell>> cheapest_way(Guide const& guide,
                                              Cell from,
                                              Cell to,
                                              SearchEffort& effort) {
  WaySearch search{guide, from, to};
  search.run();
  search.report(effort);
  return search.way();
}

namespace {

constexpr std::size_t kAhead = 48;    // cells of the way a straight run may skip
constexpr double kCornerMetres = 50;  // of plain line: a corner must save this much
constexpr double kTightness = 4;      // metres of plain line per metre of tangent that is missing

/// Metres of tangent missing at corner b of a-b-c for an arc of `radius` that takes half of each
/// run.
double missing_tangent(GridPlace a, GridPlace b, GridPlace c, double side, double radius) {
  double const into_x = b.column - a.column;
  double const into_y = b.row - a.row;
  double const out_x = c.column - b.column;
  double const out_y = c.row - b.row;
  double const before = std::hypot(into_x, into_y);
  double const after = std::hypot(out_x, out_y);
  double const cosine = (into_x * out_x + into_y * out_y) / (before * after);
  constexpr double reversal = 20;  // tan of 87 degrees: a turn on the spot is merely very dear
  double const half_turn =
      cosine <= -1 ? reversal
                   : std::min(reversal, std::sqrt(std::max(0.0, 1 - cosine) / (1 + cosine)));
  return std::max(0.0, radius * half_turn - std::min(before, after) * side / 2);
}

}  // namespace

std::vector<Cell> straightened(Guide const& guide, std::vector<Cell> const& way, double radius) {
  std::vector<double> best(way.size(), kFar);
  std::vector<std::size_t> before(way.size(), 0);
  double const side = guide.surface.frame.cell.in(units::m);
  auto const place = [&](std::size_t i) {
    return GridPlace{double(way[i].column), double(way[i].row)};
  };
  best[0] = 0;
  for (std::size_t j = 1; j < way.size(); ++j) {
    for (std::size_t i = j > kAhead ? j - kAhead : 0; i < j; ++i) {
      double const run =
          std::min(guide.along_ground(place(i), place(j)), guide.structure(place(i), place(j)));
      double const tight =
          i == 0 ? 0 : missing_tangent(place(before[i]), place(i), place(j), side, radius);
      double const total =
          best[i] + run + guide.surface.plain_rate * (kCornerMetres + kTightness * tight);
      if (total < best[j]) {
        best[j] = total;
        before[j] = i;
      }
    }
    if (!std::isfinite(best[j])) {  // a knight's move that grazes a closed cell: keep it
      best[j] = best[j - 1] + guide.surface.plain_rate * kCornerMetres;
      before[j] = j - 1;
    }
  }
  std::vector<Cell> corners{way.back()};
  for (std::size_t j = way.size() - 1; j > 0; j = before[j]) {
    corners.push_back(way[before[j]]);
  }
  std::reverse(corners.begin(), corners.end());
  return corners;
}

}  // namespace tidewater::route
