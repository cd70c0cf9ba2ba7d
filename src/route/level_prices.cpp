#include "level_prices.hpp"

#include <cmath>
#include <limits>

#include "tidewater/base/contract.hpp"

// The innermost loops are compiled twice, for processors with and without AVX2; whole numbers, so
// both give the same. Sanitizers do not bear the choice at start-up.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TIDEWATER_TWICE __attribute__((target_clones("avx2", "default")))
#else
#define TIDEWATER_TWICE
#endif

namespace tidewater::route {

namespace {

/// least[i] = the least of values[i] .. values[i + width - 1], in place, for i < count; values
/// beyond count + width - 2 are not read.
TIDEWATER_TWICE void slide_least(Units* values, int count, int width) {
  int covered = 1;
  for (; covered * 2 <= width; covered *= 2) {
    for (int i = 0; i < count + width - 2 * covered; ++i) {
      values[i] = values[i] < values[i + covered] ? values[i] : values[i + covered];
    }
  }
  int const rest = width - covered;
  if (rest > 0) {
    for (int i = 0; i < count; ++i) {
      values[i] = values[i] < values[i + rest] ? values[i] : values[i + rest];
    }
  }
}

TIDEWATER_TWICE void add_row(Units* values, Units const* row, int count) {
  for (int i = 0; i < count; ++i) {
    Units const sum = values[i] + row[i];
    values[i] = sum < kNoCost ? sum : kNoCost;
  }
}

TIDEWATER_TWICE void add_to_all(Units* values, Units more, int count) {
  for (int i = 0; i < count; ++i) {
    Units const sum = values[i] + more;
    values[i] = sum < kNoCost ? sum : kNoCost;
  }
}

TIDEWATER_TWICE int count_below(Units const* values, Units const* limits, int count) {
  int below = 0;
  for (int i = 0; i < count; ++i) {
    below += values[i] < limits[i] ? 1 : 0;
  }
  return below;
}

/// Bins a line may climb from `from` to `to` metres along a link of `length`. Least prices round
/// each step up, so that no line is left out; typical ones round the whole link down and share it
/// out, alike from either end.
int bins_between(double from, double to, double length, double climb_a_metre, BinPricing pricing) {
  constexpr double rounding = 1e-9;
  if (pricing == BinPricing::kLeast) {
    return static_cast<int>(std::ceil((to - from) * climb_a_metre - rounding));
  }
  double const whole = std::floor(length * climb_a_metre + rounding);
  auto const passed = [&](double at) {
    // Rounded towards the middle of the link from either end.
    double const bins = whole * at / length;
    return at * 2 < length ? std::floor(bins + rounding)
                           : whole - std::floor(whole - bins + rounding);
  };
  return static_cast<int>(std::lround(passed(to) - passed(from)));
}

std::size_t length_of(std::size_t link) {
  return link % 8 <= 4 ? link % 8 : 8 - link % 8;
}

}  // namespace

void Offers::climb(int up, int down) {
  int const width = up + down + 1;
  std::fill(begin() - (width - 1), begin(), kNoCost);
  std::fill(begin() + count_, begin() + count_ + (width - 1), kNoCost);
  first_ -= width - 1;
  count_ += width - 1;
  bottom_ -= down;
  slide_least(begin(), count_, width);
}

LevelPrices::LevelPrices(LatticeProblem const& problem, Grades way, BinPricing pricing)
    : problem_{problem} {
  SearchSurface const& s = problem.surface;
  has_factors_ = std::any_of(s.factor.begin(), s.factor.end(), [](float f) { return f != 1.0F; });
  double const side = s.frame.cell.in(units::m);
  constexpr double deepest = 400;  // m: prices no longer change below
  lowest_ = -static_cast<int>(deepest / problem.bin);
  entries_ = static_cast<int>((problem.floors.highest() + deepest) / problem.bin) + 4;
  for (std::size_t k = 0; k < kHeadings; ++k) {
    LatticeLink const& link = lattice_links().link[k];
    double const piece = link.length * side / (2 * link.halves);
    auto const pieces = 2 * static_cast<std::size_t>(link.halves);
    int up = 0;
    int down = 0;
    for (std::size_t i = 0; i <= pieces; ++i) {
      double const from = i == 0 ? 0 : (static_cast<double>(i) - 0.5) * piece;
      double const to = i == pieces ? link.length * side : (static_cast<double>(i) + 0.5) * piece;
      auto const bins = [&](double grade) {
        return bins_between(from, to, link.length * side, grade / problem.bin, pricing);
      };
      climbs_[k][i] = {bins(way.climb), bins(way.descent)};
      up += climbs_[k][i].up;
      down += climbs_[k][i].down;
    }
    TW_EXPECTS(up <= kMostRise && down <= kMostRise,
               "bins are high enough for the climb of a link");
    if (k >= kLengths) {  // links 0 to 4 have all the lengths there are
      continue;
    }
    structure_only_[k] = units(problem.floors.structure_only() * piece / kPieceSamples);
    // Samples lie this far from the middle of their piece, where its level is taken.
    double const aside = piece / (2 * kPieceSamples);
    double const slack =
        pricing == BinPricing::kLeast ? aside * std::max(way.climb, way.descent) : 0;
    for (int part = 0; part < kParts; ++part) {
      for (int i = 0; i < entries_; ++i) {
        // Ground is rounded down to a part: the bin stands a part lower at most.
        double const low = (lowest_ + i) * problem.bin - part * problem.bin / kParts;
        double const price =
            pricing == BinPricing::kLeast
                ? problem.floors.between(low - problem.bin / kParts - slack,
                                         low + problem.bin + slack)
                : problem.floors.between(low + problem.bin / 4, low + problem.bin * 3 / 4);
        rows_[k][static_cast<std::size_t>(part)].push_back(units(price * piece / kPieceSamples));
      }
    }
  }
}

int LevelPrices::bin_of(double level) const {
  return static_cast<int>(std::floor(level / problem_.bin));
}

Units LevelPrices::units(double money) const {
  return money < kNoCost * problem_.unit ? static_cast<Units>(money / problem_.unit) : kNoCost;
}

Units LevelPrices::plain(std::size_t link, double factor) const {
  double const metres =
      lattice_links().link[link].length * problem_.surface.frame.cell.in(units::m);
  return units(problem_.plain_rate * factor * metres);
}

std::size_t LevelPrices::dearest() const {
  SearchSurface const& s = problem_.surface;
  float const factor = *std::max_element(s.factor.begin(), s.factor.end());
  double const length = kLongestPass + 4 * s.frame.cell.in(units::m);
  double const price = problem_.plain_rate + problem_.floors.dearest();
  double const most = std::max(1.0, static_cast<double>(factor)) * price * length / problem_.unit;
  return static_cast<std::size_t>(std::min(most, double{kNoCost}));
}

CellGround LevelPrices::ground(terrain::Cell c) const {
  SearchSurface const& s = problem_.surface;
  CellGround out;
  out.base = bin_of(static_cast<double>(s.ground[s.frame.index(c)])) - kLevelsBelow;
  out.factor.fill(1);
  for (std::size_t k = 0; k < kHeadings; ++k) {
    LatticeLink const& link = lattice_links().link[k];
    terrain::Cell const end{c.column + link.dc, c.row + link.dr};
    if (!s.frame.holds(end)) {
      continue;
    }
    bool is_open = s.is_open(s.frame.index(end));
    float least = std::numeric_limits<float>::max();
    for (int i = 0; i < link.halves * kPieceSamples; ++i) {
      double const share = (i + 0.5) / (2 * link.halves * kPieceSamples);
      double const column = c.column + share * link.dc;
      double const row = c.row + share * link.dr;
      std::size_t const under = s.frame.index(s.frame.nearest({column, row}));
      double const ground = s.ground_at({column, row});
      is_open = is_open && s.is_open(under) && std::isfinite(ground);
      least = std::min(least, s.factor[under]);
      double const over = std::floor((ground / problem_.bin - out.base) * kParts);
      out.over[static_cast<std::size_t>(link.samples_at) + static_cast<std::size_t>(i)] =
          s.access[under] == terrain::Access::kOpen
              ? static_cast<std::int16_t>(std::clamp(over, -30000.0, 30000.0))
              : kStructureOnly;
    }
    out.factor[k] = least;
    out.open |= is_open ? 1U << k : 0U;
  }
  return out;
}

void LevelPrices::add_price(CellGround const& at,
                            std::size_t link,
                            int sample,
                            Offers& offers) const {
  std::size_t const length = length_of(link);
  int const place = lattice_links().link[link].samples_at + sample;
  std::int16_t const over = at.over[static_cast<std::size_t>(place)];
  int const whole = over >= 0 ? over / kParts : -((-over + kParts - 1) / kParts);
  int const part = over - whole * kParts;
  auto const& row = rows_[length][static_cast<std::size_t>(part)];
  int const first = offers.bottom() - at.base - whole - lowest_;  // entry of the lowest bin
  bool const is_plain = over != kStructureOnly && (!has_factors_ || at.factor[link] == 1.0F);
  Units* const values = offers.begin();
  if (is_plain && first >= 0 && first + offers.count() <= entries_) {
    add_row(values, row.data() + first, offers.count());
    return;
  }
  auto const factor = static_cast<double>(at.factor[link]);
  for (int i = 0; i < offers.count(); ++i) {
    int const entry = std::clamp(first + i, 0, entries_ - 1);
    Units const price =
        over == kStructureOnly ? structure_only_[length] : row[static_cast<std::size_t>(entry)];
    values[i] =
        static_cast<Units>(std::min(values[i] + std::floor(price * factor), double{kNoCost}));
  }
}

void LevelPrices::add_piece(CellGround const& at,
                            std::size_t link,
                            int piece,
                            Offers& offers) const {
  for (int i = 0; i < kPieceSamples; ++i) {
    add_price(at, link, piece * kPieceSamples + i, offers);
  }
}

void LevelPrices::pass(CellGround const& near,
                       CellGround const& far,
                       std::size_t link,
                       Offers& offers) const {
  int const halves = lattice_links().link[link].halves;
  std::size_t const back = LatticeLinks::opposite(link);
  auto const& climbs = climbs_[link];
  auto stage = static_cast<std::size_t>(0);
  offers.climb(climbs[0].up, climbs[0].down);
  for (int piece = 0; piece < 2 * halves; ++piece) {
    if (piece < halves) {
      add_piece(near, link, piece, offers);
    } else {
      add_piece(far, back, 2 * halves - 1 - piece, offers);
    }
    ++stage;
    offers.climb(climbs[stage].up, climbs[stage].down);
  }
  double const factor =
      (static_cast<double>(near.factor[link]) + static_cast<double>(far.factor[back])) / 2;
  add_to_all(offers.begin(), plain(link, factor), offers.count());
}

bool has_below(Units const* values, Units const* limits, int count) {
  return count_below(values, limits, count) > 0;
}

}  // namespace tidewater::route
