#include "level_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace tidewater::route {

namespace {

constexpr double kSameBin = 1e-6;  // of a bin: edges this near are one
constexpr double kMargin = 0.02;   // of a curve's tangent: stops are not at the middles of cells
constexpr double kAhead = 40000;   // m of plain line: levels of a cell this close go together

}  // namespace

LevelSearch::LevelSearch(LatticeProblem const& problem, Options options)
    : problem_{problem},
      options_{options},
      prices_{problem, options.direction, options.pricing},
      side_{problem.surface.frame.cell.in(units::m)} {
  slot_.assign(problem.surface.frame.size(), kNone);
  for (std::size_t in = 0; in < kHeadings; ++in) {
    for (std::size_t out = 0; out < kHeadings; ++out) {
      turns_[in][out] = turn(in, out);
    }
  }
}

/// Whether the least radius allows a corner, and what its curve takes off the climb: the way cut
/// off inside the corner at the ruling grade, and the grade given up along the curve, which is the
/// compensation times the angle whatever the radius.
LevelSearch::Turn LevelSearch::turn(std::size_t in, std::size_t out) const {
  double const angle = lattice_links().turn(in, out);
  if (angle < 2e-9) {
    return {.is_allowed = true};
  }
  double const radius = problem_.min_radius;
  double const shift = problem_.transition * problem_.transition / (24 * radius);
  double const tangent = (radius + shift) * std::tan(angle / 2) + problem_.transition / 2;
  double const shorter =
      std::min(lattice_links().link[in].length, lattice_links().link[out].length) * side_;
  constexpr double steepest = 3;  // radians: a turn on the spot is none
  if (angle >= steepest || tangent * (1 + kMargin) > shorter / 2) {
    return {};
  }
  double const cut_off = std::max(0.0, 2 * tangent - radius * angle - problem_.transition);
  double const length = lattice_links().link[out].length * side_;
  auto const bins = [&](double grade) {
    return bins_lost(length * grade, cut_off * grade + problem_.compensation * angle);
  };
  Rise const with{bins(problem_.grades.climb), bins(problem_.grades.descent)};
  bool const moves_with = options_.direction == Direction::kWithTravel;
  return {
      .is_allowed = true,
      .lost = moves_with ? with : Rise{with.down, with.up},
      .corner = options_.pricing == BinPricing::kLeast
                    ? 0
                    : static_cast<Units>(std::lround(angle * kHeadings / (2 * std::numbers::pi)))};
}

/// Of the climb of the link after a corner. Half the curve lies before the corner: a bound, which
/// may not take from this link what was lost on the one before, counts the half after it.
int LevelSearch::bins_lost(double climb, double lost) const {
  if (options_.pricing == BinPricing::kLeast) {
    return LevelPrices::rounded_up(climb / problem_.bin) -
           LevelPrices::rounded_up(std::max(0.0, climb - lost / 2) / problem_.bin);
  }
  return LevelPrices::climb_bins(climb, problem_.bin) -
         LevelPrices::climb_bins(std::max(0.0, climb - lost), problem_.bin);
}

/// The node of a cell entered by a heading; of the cell, where headings are dropped.
std::uint32_t LevelSearch::slot_at(std::size_t cell, std::size_t heading) {
  std::uint32_t* slot = &slot_[cell];
  std::uint32_t sibling = kNone;  // has the same ground
  if (keeps_heading(cell)) {
    if (*slot == kNone) {
      *slot = static_cast<std::uint32_t>(headed_.size());
      headed_.emplace_back().fill(kNone);
    }
    auto& nodes = headed_[*slot];
    slot = &nodes[heading];
    if (*slot == kNone) {
      sibling = *std::min_element(nodes.begin(), nodes.end());
    }
  }
  if (*slot == kNone) {
    if (nodes_ % kChunk == 0) {
      chunks_.push_back(std::make_unique<Chunk>());
    }
    *slot = nodes_++;
    Node& fresh = node(*slot);
    fresh.cell = static_cast<std::uint32_t>(cell);
    fresh.heading = static_cast<std::uint32_t>(keeps_heading(cell) ? heading : kHeadings);
    fresh.ground = sibling == kNone ? prices_.ground(problem_.surface.frame.cell_at(cell))
                                    : node(sibling).ground;
    fresh.total.fill(kNoCost);
  }
  return *slot;
}

/// Least cost to the goal over the same links, whatever the levels. Closed links count as plain
/// track: a search that finds no way is to come as near the goal as it can.
void LevelSearch::spread_floor(terrain::Cell goal) {
  SearchSurface const& s = problem_.surface;
  floor_.assign(s.frame.size(), kNoCost);
  float least = 1;
  for (std::size_t i = 0; i < s.factor.size(); ++i) {
    least = std::min(least, s.is_open(i) ? s.factor[i] : 1.0F);
  }
  MonotoneQueue queue{0, 2 * prices_.dearest() + 64};
  auto const start = static_cast<std::uint32_t>(s.frame.index(goal));
  floor_[start] = 0;
  queue.push(0, start);
  std::vector<bool> done(s.frame.size(), false);
  while (!queue.is_empty()) {
    std::uint32_t const cell = queue.take();
    if (done[cell]) {
      continue;
    }
    done[cell] = true;
    terrain::Cell const c = s.frame.cell_at(cell);
    for (std::size_t k = 0; k < kHeadings; ++k) {
      LatticeLink const& link = lattice_links().link[k];
      terrain::Cell const n{c.column + link.dc, c.row + link.dr};
      if (!s.frame.holds(n) || !may_enter(s.frame.index(n))) {
        continue;
      }
      auto const to = static_cast<std::uint32_t>(s.frame.index(n));
      Units const plain = prices_.plain(k, static_cast<double>(least));
      if (done[to] || floor_[cell] + plain >= floor_[to]) {
        continue;
      }
      Units const total =
          floor_[cell] + prices_.least(n, LatticeLinks::opposite(k)).value_or(plain);
      if (total < floor_[to]) {
        floor_[to] = total;
        queue.push(static_cast<std::uint64_t>(total), to);
      }
    }
  }
}

LevelSearch::Rest const& LevelSearch::left(Node const& n) {
  if (options_.guide == nullptr) {
    unguided_.fill(floor_[n.cell]);
    return unguided_;
  }
  std::uint32_t& at = rest_at_[n.cell];
  if (at == kNone) {
    at = static_cast<std::uint32_t>(rest_.size());
    score(n, rest_.emplace_back());
  }
  return rest_[at];
}

Units LevelSearch::least_left(Node const& n) {
  if (options_.guide == nullptr) {
    return floor_[n.cell];
  }
  Rest const& rest = left(n);
  return *std::min_element(rest.begin(), rest.end());
}

/// What is left from every level: never less than whatever the levels and, by the guide, what it
/// paid from there or, where it has not been expanded, no less than what it reached less the way
/// there.
void LevelSearch::score(Node const& n, Rest& out) const {
  LevelSearch const* const guide = options_.guide;
  if (guide == nullptr) {
    out.fill(floor_[n.cell]);
    return;
  }
  guide->score(n, out);
  std::uint32_t const slot = guide->slot_[n.cell];
  Units const floor = floor_to_goal(n.cell);
  // The guide's bins may have another height: the least of those that overlap.
  double const ratio = problem_.bin / guide->problem_.bin;
  double const shift = slot == kNone ? 0 : n.ground.base * ratio - guide->node(slot).ground.base;
  for (int level = 0; level < kLevels; ++level) {
    int const first = static_cast<int>(std::floor(level * ratio + shift + kSameBin));
    int const last = static_cast<int>(std::ceil((level + 1) * ratio + shift - kSameBin)) - 1;
    Units least = kNoCost;
    for (int i = std::max(first, 0); slot != kNone && i <= std::min(last, kLevels - 1); ++i) {
      least = std::min(least, guide->node(slot).total[static_cast<std::size_t>(i)]);
    }
    Units& rest = out[static_cast<std::size_t>(level)];
    rest = std::max(floor, std::min(guide->reached_ - rest, least));
  }
}

/// Puts a node into the queue, unless it waits under a lower key.
void LevelSearch::wait(std::uint32_t slot, Units key) {
  Node& n = node(slot);
  if (key < kNoCost && key < n.queued) {
    n.queued = key;
    queue_->push(std::max(static_cast<std::uint64_t>(key), queue_->key()), slot);
  }
}

void LevelSearch::take_offers(
    std::uint32_t slot, int low, int high, Units const* costs, Stride stride) {
  Node& n = node(slot);
  int const count = high - low + 1;
  if (!has_below(costs, n.total.data() + low, count)) {
    return;
  }
  std::array<std::uint8_t, kLevels> is_better{};
  Units const key =
      take_lower(costs, left(n).data() + low, count, n.total.data() + low, is_better.data() + low);
  put_where(is_better.data() + low, stride.packed(), count, strides(slot).data() + low);
  n.dirty.add(is_better);
  wait(slot, key);
}

void LevelSearch::expand_link(std::uint32_t slot, Start const& start, std::size_t link) {
  LatticeLink const& l = lattice_links().link[link];
  terrain::GridFrame const& frame = problem_.surface.frame;
  terrain::Cell const c = frame.cell_at(node(slot).cell);
  std::size_t const back = LatticeLinks::opposite(link);
  Offers offers;
  offers.start(start.bottom, start.costs.data(), start.count);
  std::uint32_t near = slot;
  for (int multiple = 1; multiple <= kMostMultiple; ++multiple) {
    terrain::Cell const end{c.column + multiple * l.dc, c.row + multiple * l.dr};
    if (!frame.holds(end) || !may_enter(frame.index(end)) ||
        floor_left(frame.index(end)) >= kNoCost) {
      return;
    }
    std::uint32_t const far = slot_at(frame.index(end), link);
    if ((node(near).ground.open >> link & 1U) == 0 || (node(far).ground.open >> back & 1U) == 0) {
      return;
    }
    prices_.pass(node(near).ground,
                 node(far).ground,
                 link,
                 hold(grade_between(node(near).cell, frame.index(end)),
                      near == slot ? node(slot).heading : kHeadings,
                      link),
                 offers);
    int const base = node(far).ground.base;
    int const first = std::max(0, offers.bottom() - base);
    int const last = std::min(kLevels - 1, offers.bottom() + offers.count() - 1 - base);
    if (first <= last) {
      take_offers(
          far, first, last, offers.begin() + (first + base - offers.bottom()), {link, multiple});
      return;
    }
    // Straight on, under or over a cell whose levels are out of reach.
    if ((multiple + 1) * l.length * side_ > kLongestPass) {
      return;
    }
    near = far;
  }
}

/// Asks for the memory of the cells at the ends of the links ahead of its use: most of an expansion
/// would be spent waiting for it.
void LevelSearch::fetch_neighbours(std::uint32_t cell) const {
  if (options_.headings == Headings::kKept) {
    return;
  }
  terrain::GridFrame const& frame = problem_.surface.frame;
  terrain::Cell const c = frame.cell_at(cell);
  for (LatticeLink const& l : lattice_links().link) {
    terrain::Cell const end{c.column + l.dc, c.row + l.dr};
    std::uint32_t const slot = frame.holds(end) ? slot_[frame.index(end)] : kNone;
    if (slot != kNone) {
      auto const* const bytes = reinterpret_cast<char const*>(&node(slot));
      for (std::size_t line = 0; line < sizeof(Node); line += 64) {
        __builtin_prefetch(bytes + line);
      }
    }
  }
}

void LevelSearch::expand(std::uint32_t slot, Levels const& levels) {
  ++effort_.expanded;
  effort_.settled += static_cast<std::size_t>(levels.highest() - levels.lowest() + 1);
  Node const& n = node(slot);
  Start start{.bottom = n.ground.base + levels.lowest(),
              .count = levels.highest() - levels.lowest() + 1};
  for (int i = 0; i < start.count; ++i) {
    int const level = levels.lowest() + i;
    start.costs[static_cast<std::size_t>(i)] =
        levels.holds(level) ? n.total[static_cast<std::size_t>(level)] : kNoCost;
  }
  std::uint32_t const open = n.ground.open;
  std::size_t const heading = n.heading;
  fetch_neighbours(n.cell);
  for (std::size_t k = 0; k < kHeadings; ++k) {
    if ((open >> k & 1U) != 0 && (heading == kHeadings || turns_[heading][k].is_allowed)) {
      expand_link(slot, start, k);
    }
  }
}

/// Dirty levels near enough to the key to be expanded now; the rest are put back.
Levels LevelSearch::ready(std::uint32_t slot, Units key) {
  auto const ahead = static_cast<Units>(problem_.plain_rate * kAhead / problem_.unit);
  Node& n = node(slot);
  Rest const& rest = left(n);
  Levels out;
  Units others = kNoCost;
  for (int level = n.dirty.lowest(); level <= n.dirty.highest(); ++level) {
    auto const i = static_cast<std::size_t>(level);
    Units const whole = n.total[i] + rest[i];
    if (!n.dirty.holds(level)) {
      continue;
    }
    if (whole <= key + ahead) {
      out.add(level);
    } else {
      others = std::min(others, whole);
    }
  }
  n.dirty.remove(out);
  wait(slot, others);
  return out;
}

std::size_t LevelSearch::bytes() const {
  return chunks_.size() * sizeof(Chunk) +
         (floor_.size() + slot_.size() + rest_at_.size()) * sizeof(std::uint32_t) +
         rest_.capacity() * sizeof(Rest) + headed_.capacity() * sizeof(headed_.front()) +
         (queue_ ? queue_->bytes() : 0) + (options_.guide != nullptr ? options_.guide->bytes() : 0);
}

/// The least total at the goal, with that of one of its nodes.
Units LevelSearch::arrive(std::uint32_t slot, Span wanted, Units best) {
  Node const& n = node(slot);
  for (int level = wanted.first; level <= wanted.last; ++level) {
    if (n.total[static_cast<std::size_t>(level)] < best) {
      best = n.total[static_cast<std::size_t>(level)];
      found_ = {slot, level};
    }
  }
  return best;
}

LevelSearch::Outcome LevelSearch::run(LevelPlace from, LevelPlace goal) {
  SearchSurface const& s = problem_.surface;
  if (options_.guide == nullptr) {
    spread_floor(goal.cell);
  } else {
    rest_at_.assign(s.frame.size(), kNone);
  }
  std::size_t const source = s.frame.index(from.cell);
  std::size_t const target = s.frame.index(goal.cell);
  nearest_ = source;
  if (floor_left(source) >= kNoCost) {
    return Outcome::kClosed;
  }
  start_ = slot_at(source, kHeadings);
  Span const first = levels_at(from);
  Rest const& ahead = left(node(start_));
  Units const least =
      *std::min_element(ahead.begin() + first.first, ahead.begin() + first.last + 1);
  queue_.emplace(static_cast<std::uint64_t>(least), 2 * prices_.dearest() + 64);
  std::array<Units, kLevels> const nothing{};
  take_offers(start_, first.first, first.last, nothing.data(), {});
  Units best = kNoCost;
  Units nearest = kNoCost;
  reached_ = kNoCost;
  while (!queue_->is_empty()) {
    std::uint32_t const slot = queue_->take();
    auto const key = static_cast<Units>(queue_->key());
    if (key > best && key > (1 + options_.beyond) * best) {
      reached_ = key;
      break;
    }
    Node& n = node(slot);
    if (n.queued > key) {
      continue;  // expanded since
    }
    n.queued = kNoCost;
    if (Units const rest = least_left(n); rest < nearest) {
      nearest = rest;
      nearest_ = n.cell;
    }
    if (n.cell == target) {
      best = arrive(slot, levels_at(goal), best);
    }
    if (Levels const levels = ready(slot, key); !levels.is_empty()) {
      expand(slot, levels);
    }
    bool const is_full = effort_.expanded % 1024 == 1 && bytes() > problem_.memory;
    if (is_full || effort_.expanded >= options_.most_expansions) {
      reached_ = key;
      cost_ = best;
      return finish(is_full ? Outcome::kNoMemory : Outcome::kGivenUp);
    }
  }
  cost_ = best;
  return finish(best >= kNoCost ? Outcome::kClosed : Outcome::kFound);
}

LevelSearch::Outcome LevelSearch::finish(Outcome outcome) {
  effort_.nodes = nodes_;
  effort_.bytes = bytes();
  queue_.reset();
  std::exchange(rest_, {});
  std::exchange(rest_at_, {});
  return outcome;
}

LevelSearch::Span LevelSearch::levels_at(LevelPlace const& place) const {
  if (!place.level) {
    return {0, kLevels - 1};
  }
  SearchSurface const& s = problem_.surface;
  auto const ground = static_cast<double>(s.ground[s.frame.index(place.cell)]);
  int const base = prices_.bin_of(ground) - kLevelsBelow;
  int const level = std::clamp(prices_.bin_of(*place.level) - base, 0, kLevels - 1);
  return {level, level};
}

}  // namespace tidewater::route
