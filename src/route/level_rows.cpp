#include "level_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidewater::route {

namespace {

constexpr double kFinest = 0.4;     // m between levels
constexpr double kStretch = 100;    // m, about
constexpr int kStepsAStretch = 12;  // between the steepest climb and descent, at most
constexpr double kDeepest = 160;    // m under the ground: no price changes below
constexpr double kManyTimes = 100;  // plain line, where nothing may stand
constexpr double kSame = 1e-6;      // of a step: rounding in mirrored worlds decides nothing
constexpr int kRoom = 40;           // levels beside a row that a move may reach
constexpr int kWidest = kRoom / 2;  // levels a move may come from

/// A row with room on either side.
class Widened {
 public:
  // All of it is filled here: clearing it first would cost a good part of a move.
  Widened(LevelRow const& row, float edge) {  // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t i = 0; i < kRoom; ++i) {
      cost_[i] = row.cost.front() + edge * static_cast<float>(kRoom - i);
      cost_[kRoom + kRowLevels + i] = row.cost.back() + edge * static_cast<float>(i + 1);
    }
    std::copy(row.cost.begin(), row.cost.end(), cost_.begin() + kRoom);
  }
  [[nodiscard]] float const* from(int level) const { return cost_.data() + kRoom + level; }

 private:
  std::array<float, kRowLevels + 2 * kRoom> cost_;
};

/// The least of costs[i] .. costs[i + width - 1] for each i, by windows of twice the width again
/// and again; `width` is no more than kWidest.
void take_least(float const* costs, int width, std::array<float, kRowLevels>& out) {
  std::array<float, kRowLevels + kWidest> least;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::copy(costs, costs + least.size(), least.begin());
  auto const all = static_cast<std::size_t>(width);
  std::size_t known = 1;
  for (; 2 * known <= all; known *= 2) {
    for (std::size_t i = 0; i < kRowLevels + all - 2 * known; ++i) {
      least[i] = std::min(least[i], least[i + known]);
    }
  }
  float const* const end = least.data() + all - known;
  for (std::size_t i = 0; i < kRowLevels; ++i) {
    out[i] = std::min(least[i], end[i]);
  }
}

double lowest_around(double level, double step) {
  return level - 0.5 * kRowLevels * step;
}

}  // namespace

LevelRows::LevelRows(SectionPrices const& prices, Grades grades, double plain)
    : step_{std::max(kFinest, (grades.climb + grades.descent) * kStretch / kStepsAStretch)},
      astray_{kManyTimes * plain / std::min(grades.climb, grades.descent)},
      edge_{static_cast<float>(kManyTimes * plain)} {
  double const highest = prices.rules().max_bridge_height.in(units::m) + kRowLevels * step_;
  entries_ = static_cast<int>(std::ceil((kDeepest + highest) / step_)) + kRowLevels + 2;
  // Within what leaves neither cut nor fill a gain: costs of rows are least where they stand.
  EarthRates const& earth = prices.earth();
  double const worth = std::clamp((earth.borrow - earth.dump) / 2, -earth.place, earth.cut);
  auto const fill = [&](Table& table, terrain::Access access) {
    for (int i = 0; i < kParts * entries_; ++i) {
      double const offset = -kDeepest + step_ * (i + 0.5) / kParts;
      double const price = prices.cheapest(offset, access, worth).per_metre;
      table[static_cast<std::size_t>(i % kParts)].push_back(
          static_cast<float>(std::min(kManyTimes * plain, price)));
    }
  };
  fill(open_, terrain::Access::kOpen);
  fill(structures_only_, terrain::Access::kStructureOnly);
}

LevelRow LevelRows::pinned(double level) const {
  LevelRow row{.lowest = lowest_around(level, step_)};
  pin(row, level);
  return row;
}

void LevelRows::pin(LevelRow& row, double level) const {
  for (std::size_t i = 0; i < kRowLevels; ++i) {
    double const off = std::abs(row.lowest + double(i) * step_ - level);
    row.cost[i] += static_cast<float>(astray_ * off);
  }
}

void LevelRows::move(LevelRow& row, Move const& how) const {
  double const wanted = lowest_around(how.near, step_);
  bool const climbs = wanted >= row.lowest - kSame * step_;
  // Rail at the limit on the side it climbs to is at a level again; the other side is between two.
  double const limit = climbs ? how.up : -how.down;
  int const sign = climbs ? 1 : -1;
  double const width = (how.up + how.down) / step_;
  constexpr int most = kWidest - 1;
  int const inner = std::min(most, static_cast<int>(width));
  auto const share = static_cast<float>(std::min(1.0, width - inner));
  double const whole = std::round((wanted - row.lowest - limit) / step_ + kSame);
  int const by = static_cast<int>(std::clamp(whole, double(-most), double(most)));
  Widened const wide{row, edge_};
  float const* const last = wide.from(by + sign * inner);
  float const* const beyond = wide.from(by + sign * (inner + 1));
  take_least(wide.from(climbs ? by : by - inner), inner + 1, row.cost);
  for (std::size_t i = 0; i < kRowLevels; ++i) {
    row.cost[i] = std::min(row.cost[i], (1 - share) * last[i] + share * beyond[i]);
  }
  row.lowest += limit + by * step_;
}

void LevelRows::add_price(LevelRow& row, LineStretch const& stretch) const {
  double const place =
      std::floor((row.lowest - stretch.ground + kDeepest) / step_ * kParts + kSame);
  double const last = double(kParts) * (entries_ - kRowLevels) - 1;
  auto const part = static_cast<std::size_t>(std::clamp(place, 0.0, last));
  Table const& table = stretch.access == terrain::Access::kOpen ? open_ : structures_only_;
  float const* const price = &table[part % kParts][part / kParts];
  float const weight = stretch.factor * static_cast<float>(stretch.length);
  for (std::size_t i = 0; i < kRowLevels; ++i) {
    row.cost[i] += weight * price[i];
  }
}

void LevelRows::forwards(std::vector<LineStretch> const& line, double near, LevelRow& row) const {
  double up = 0;
  double down = 0;
  for (LineStretch const& s : line) {
    move(row, {up + s.limit[0] / 2, down + s.limit[1] / 2, s.near});
    add_price(row, s);
    up = s.limit[0] / 2;
    down = s.limit[1] / 2;
  }
  move(row, {up, down, near});
  settle(row);
}

void LevelRows::backwards(std::vector<LineStretch> const& line, double near, LevelRow& row) const {
  double up = 0;
  double down = 0;
  for (auto s = line.rbegin(); s != line.rend(); ++s) {
    move(row, {up + s->limit[1] / 2, down + s->limit[0] / 2, s->near});
    add_price(row, *s);
    up = s->limit[1] / 2;
    down = s->limit[0] / 2;
  }
  move(row, {up, down, near});
  settle(row);
}

void LevelRows::forwards(LineStretch const& stretch, double near, LevelRow& row) const {
  pass(stretch, {stretch.limit[0] / 2, stretch.limit[1] / 2, near}, row);
}

void LevelRows::backwards(LineStretch const& stretch, double near, LevelRow& row) const {
  pass(stretch, {stretch.limit[1] / 2, stretch.limit[0] / 2, near}, row);
}

/// Half of a stretch's climb before its middle, where it is paid for, and half after.
void LevelRows::pass(LineStretch const& stretch, Move const& half, LevelRow& row) const {
  move(row, {half.up, half.down, stretch.near});
  add_price(row, stretch);
  move(row, half);
}

/// What all levels have paid is put aside: small numbers keep their digits.
void LevelRows::settle(LevelRow& row) {
  float const least = *std::min_element(row.cost.begin(), row.cost.end());
  row.paid += double(least);
  for (float& cost : row.cost) {
    cost -= least;
  }
}

double LevelRows::at(LevelRow const& row, double level) const {
  double const place = (level - row.lowest) / step_;
  constexpr double last = kRowLevels - 1;
  double const beyond = place - std::clamp(place, 0.0, last);
  auto const i = std::min(static_cast<std::size_t>(place - beyond), std::size_t{kRowLevels - 2});
  double const share = place - beyond - double(i);
  return (1 - share) * double(row.cost[i]) + share * double(row.cost[i + 1]) +
         std::abs(beyond) * double(edge_);
}

LevelRows::Joint LevelRows::joined(LevelRow const& a, LevelRow const& b) const {
  Joint best{.cost = std::numeric_limits<double>::infinity()};
  for (LevelRow const* const row : {&a, &b}) {
    for (int i = 0; i < kRowLevels; ++i) {
      double const level = row->lowest + i * step_;
      double const sum = at(a, level) + at(b, level);
      if (sum < best.cost) {
        best = {sum, level};
      }
    }
  }
  best.cost += a.paid + b.paid;
  return best;
}

/// Where between two levels a row is least.
double LevelRows::least_between(LevelRow const& row, double low, double high) const {
  double best = low;
  double least = at(row, low);
  auto const offer = [&](double level) {
    double const cost = at(row, level);
    if (cost < least) {
      least = cost;
      best = level;
    }
  };
  double const first = std::ceil((low - row.lowest) / step_);
  double const last = std::floor((high - row.lowest) / step_);
  for (double i = std::max(0.0, first); i <= std::min(kRowLevels - 1.0, last); ++i) {
    offer(row.lowest + i * step_);
  }
  offer(high);
  return best;
}

double LevelRows::trace(std::vector<LineStretch>& line, LevelRow const& from, double level) const {
  std::vector<LevelRow> rows;
  LevelRow row = from;
  double up = 0;
  double down = 0;
  for (LineStretch const& s : line) {
    move(row, {up + s.limit[0] / 2, down + s.limit[1] / 2, s.near});
    add_price(row, s);
    rows.push_back(row);
    up = s.limit[0] / 2;
    down = s.limit[1] / 2;
  }
  for (std::size_t i = line.size(); i-- > 0;) {
    level = least_between(rows[i], level - up, level + down);
    line[i].near = level;
    up = line[i].limit[0] / 2 + (i > 0 ? line[i - 1].limit[0] / 2 : 0);
    down = line[i].limit[1] / 2 + (i > 0 ? line[i - 1].limit[1] / 2 : 0);
  }
  return line.empty() ? level : least_between(from, level - up, level + down);
}

}  // namespace tidewater::route
