#include "level_prices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

namespace {

constexpr double kRounding = 1e-9;
constexpr std::array<Units, Offers::kRoom> kNothing{};

/// Grades as a search meets them that moves with the traffic or against it.
Grades seen(Grades grades, Direction direction) {
  return direction == Direction::kWithTravel ? grades : Grades{grades.descent, grades.climb};
}

std::size_t length_of(std::size_t link) {
  return link % 8 <= 4 ? link % 8 : 8 - link % 8;
}

}  // namespace

LevelPrices::LevelPrices(LatticeProblem const& problem, Direction direction, BinPricing pricing)
    : problem_{problem}, way_{seen(problem.grades, direction)} {
  SearchSurface const& s = problem.surface;
  has_factors_ = std::any_of(s.factor.begin(), s.factor.end(), [](float f) { return f != 1.0F; });
  constexpr double deepest = 400;  // m: prices no longer change below
  lowest_ = -static_cast<int>(deepest / problem.bin);
  entries_ = static_cast<int>((problem.floors->highest() + 2 * deepest) / problem.bin) + 4;
  for (std::size_t length = 0; length < kLengths; ++length) {  // links 0 to 4 have all of them
    flat_rise_[length] = climb_bins(
        lattice_links().link[length].length * s.frame.cell.in(units::m)*problem.loop_grade,
        problem.bin);
    plain_[length] = plain(length, 1);
    set_places(length);
    set_prices(length, pricing);
  }
  for (std::size_t k = 0; k < kHeadings; ++k) {
    set_stages(k, direction, pricing);
    set_reach(k);
  }
}

/// The level and the ground of a piece are taken near its middle, where climb and descent from the
/// end of the link are whole bins together.
void LevelPrices::set_places(std::size_t length) {
  LatticeLink const& link = lattice_links().link[length];
  Grades const& grades = problem_.grades;
  double const whole = problem_.bin / (grades.climb + grades.descent) /
                       problem_.surface.frame.cell.in(units::m);  // cell sides
  double const piece = link.length / (2 * link.halves);
  for (int i = 0; i < link.halves; ++i) {
    place_[length][static_cast<std::size_t>(i)] =
        whole *
        std::min(std::round((i + 0.5) * piece / whole), std::floor(link.length / 2 / whole));
  }
}

/// The bins between the places of a link. Climb and descent of a stage together are whole bins but
/// for the middle one, and the bins of a piece lie as far over those of cells as the ruling climb
/// from the nearer end leaves over a whole bin: so only the middle stage is rounded, and the link
/// climbs no more than its length at the ruling grade, rounded once.
void LevelPrices::set_stages(std::size_t k, Direction direction, BinPricing pricing) {
  LatticeLink const& link = lattice_links().link[k];
  double const side = problem_.surface.frame.cell.in(units::m);
  double const length = link.length * side;
  double const bin = problem_.bin;
  auto const pieces = 2 * static_cast<std::size_t>(link.halves);
  struct Point {
    double at = 0;
    double phase = 0;
  };
  std::vector<Point> points(pieces + 2);
  points.back().at = length;
  for (std::size_t i = 0; i < pieces / 2; ++i) {
    double const at = place_[length_of(k)][i] * side;
    double const over = at * problem_.grades.climb / bin;
    double const phase =
        (direction == Direction::kWithTravel ? 1 : -1) * (over - std::floor(over + kRounding));
    points[i + 1] = {at, phase};
    points[pieces - i] = {length - at, -phase};
    phase_[k][i] = static_cast<int>(std::floor(phase * kParts));
    phase_[k][pieces - 1 - i] = static_cast<int>(std::floor(-phase * kParts));
  }
  Rise sum;
  for (std::size_t i = 0; i <= pieces; ++i) {
    double const metres = points[i + 1].at - points[i].at;
    double const shift = points[i + 1].phase - points[i].phase;
    climbs_[k][i] = {rounded_up(metres * way_.climb / bin - shift),
                     rounded_up(metres * way_.descent / bin + shift)};
    sum.up += climbs_[k][i].up;
    sum.down += climbs_[k][i].down;
  }
  if (pricing == BinPricing::kTypical) {
    Rise& middle = climbs_[k][pieces / 2];
    middle.up += climb_bins(length * way_.climb, bin) - sum.up;
    middle.down += climb_bins(length * way_.descent, bin) - sum.down;
  }
  TW_EXPECTS(sum.up <= kMostRise && sum.down <= kMostRise,
             "bins are high enough for the climb of a link");
}

/// By the bins each stage climbs, or at the loop grade, when bins lie as those of cells.
void LevelPrices::set_reach(std::size_t k) {
  auto const halves = static_cast<std::size_t>(lattice_links().link[k].halves);
  double const flat = flat_rise_[length_of(k)];
  for (std::size_t i = 0; i < halves; ++i) {
    Rise sum;
    for (std::size_t stage = i + 1; stage <= i + halves; ++stage) {
      sum.up += std::max(0, climbs_[k][stage].up);
      sum.down += std::max(0, climbs_[k][stage].down);
    }
    double const over = double(phase_[k][i + halves] - phase_[k][i]) / kParts;
    reach_[k][i] = {std::max(flat, sum.up + over) * problem_.bin,
                    std::max(flat, sum.down - over) * problem_.bin};
  }
}

void LevelPrices::set_prices(std::size_t length, BinPricing pricing) {
  LatticeLink const& link = lattice_links().link[length];
  double const bin = problem_.bin;
  double const metres =
      link.length * problem_.surface.frame.cell.in(units::m) / (2 * link.halves);  // of a piece
  structure_only_[length] = units(problem_.floors->structure_only() * metres);
  constexpr double part_of_bin = 1.0 / kParts;
  for (int part = 0; part < kParts; ++part) {
    for (int i = 0; i < entries_; ++i) {
      // Ground and phase are rounded down to a part each: the bin stands a part lower or higher at
      // most.
      double const low = (lowest_ + i - part * part_of_bin) * bin;
      double const price =
          pricing == BinPricing::kLeast
              ? problem_.floors->between(low - bin * part_of_bin, low + bin * (1 + part_of_bin))
              : problem_.floors->between(low + bin / 4, low + bin * 3 / 4);
      rows_[length][static_cast<std::size_t>(part)].push_back(units(price * metres));
    }
  }
}

int LevelPrices::rounded_up(double bins) {
  return static_cast<int>(std::ceil(bins - kRounding));
}

int LevelPrices::climb_bins(double metres, double bin) {
  constexpr double given = 0.2;
  return static_cast<int>(std::floor(metres / bin + given));
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
  return std::max(Units{1}, units(problem_.plain_rate * factor * metres));
}

Units LevelPrices::plain(CellGround const& near, CellGround const& far, std::size_t link) const {
  if (!has_factors_) {
    return plain_[length_of(link)];
  }
  std::size_t const back = LatticeLinks::opposite(link);
  return plain(
      link, (static_cast<double>(near.factor[link]) + static_cast<double>(far.factor[back])) / 2);
}

std::size_t LevelPrices::dearest() const {
  SearchSurface const& s = problem_.surface;
  float const factor = *std::max_element(s.factor.begin(), s.factor.end());
  double const length = kLongestPass + 4 * s.frame.cell.in(units::m);
  double const price = problem_.plain_rate + problem_.floors->dearest();
  double const most = std::max(1.0, static_cast<double>(factor)) * price * length / problem_.unit;
  return static_cast<std::size_t>(std::min(most, double{kNoCost}));
}

LevelPrices::Sample LevelPrices::sample(terrain::Cell c, std::size_t k, int piece) const {
  SearchSurface const& s = problem_.surface;
  LatticeLink const& link = lattice_links().link[k];
  double const share = place_[length_of(k)][static_cast<std::size_t>(piece)] / link.length;
  terrain::GridPlace const at{c.column + share * link.dc, c.row + share * link.dr};
  std::size_t const under = s.frame.index(s.frame.nearest(at));
  double const ground = s.ground_at(at);
  return {.is_open = s.is_open(under) && std::isfinite(ground),
          .access = s.access[under],
          .factor = s.factor[under],
          .ground = ground};
}

/// Offsets that a price is the least over are a bin's height and the parts to which ground and
/// phase are rounded apart.
double LevelPrices::least_between(Sample const& from, Sample const& to, Grades reach) const {
  if (from.access != terrain::Access::kOpen || to.access != terrain::Access::kOpen) {
    return problem_.floors->structure_only();  // of one; the other for nothing
  }
  double const slack = (1 + 5.0 / kParts) * problem_.bin;
  double const up = to.ground - from.ground - reach.climb;
  double const down = from.ground - to.ground - reach.descent;
  return problem_.floors->apart(std::max(up, down) - slack);
}

/// Each piece of the nearer half with one of the farther, as many pieces further on.
std::optional<Units> LevelPrices::least(terrain::Cell from, std::size_t k) const {
  LatticeLink const& link = lattice_links().link[k];
  terrain::Cell const end{from.column + link.dc, from.row + link.dr};
  double const side = problem_.surface.frame.cell.in(units::m);
  std::array<Sample, kMostPieces> samples;
  std::array<float, 2> factor{std::numeric_limits<float>::max(), std::numeric_limits<float>::max()};
  int const pieces = 2 * link.halves;
  for (int i = 0; i < pieces; ++i) {
    Sample& here = samples[static_cast<std::size_t>(i)];
    bool const is_near = i < link.halves;
    here = is_near ? sample(from, k, i) : sample(end, LatticeLinks::opposite(k), pieces - 1 - i);
    if (!here.is_open) {
      return std::nullopt;
    }
    float& least = factor[is_near ? 0 : 1];
    least = std::min(least, here.factor);
  }
  double earth = 0;  // money a metre of each piece
  for (int i = 0; i < link.halves; ++i) {
    earth +=
        least_between(samples[static_cast<std::size_t>(i)],
                      samples[static_cast<std::size_t>(i) + static_cast<std::size_t>(link.halves)],
                      reach_[k][static_cast<std::size_t>(i)]);
  }
  double const metres = link.length * side / pieces;
  double const near_factor = static_cast<double>(factor[0]);
  double const far_factor = static_cast<double>(factor[1]);
  double const least = std::min(near_factor, far_factor);
  double const whole = least * earth * metres / problem_.unit;
  if (whole >= kNoCost) {
    return std::nullopt;
  }
  // A piece's price is rounded down before its factor and after.
  auto const rounded = static_cast<Units>(std::max(0.0, whole - (1 + least) * pieces));
  return plain(k, (near_factor + far_factor) / 2) + rounded;
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
    for (int i = 0; i < link.halves; ++i) {
      Sample const here = sample(c, k, i);
      is_open = is_open && here.is_open;
      least = std::min(least, here.factor);
      double const over = std::floor((here.ground / problem_.bin - out.base) * kParts);
      out.over[static_cast<std::size_t>(link.samples_at) + static_cast<std::size_t>(i)] =
          here.access == terrain::Access::kOpen
              ? static_cast<std::int16_t>(std::clamp(over, -30000.0, 30000.0))
              : kStructureOnly;
    }
    out.factor[k] = least;
    out.open |= is_open ? 1U << k : 0U;
  }
  return out;
}

void LevelPrices::add_stage(
    CellGround const& at, std::size_t link, int piece, Stage stage, Offers& offers) const {
  int const width = offers.widen(stage.rise);
  std::size_t const length = length_of(link);
  int const place = lattice_links().link[link].samples_at + piece;
  std::int16_t const stored = at.over[static_cast<std::size_t>(place)];
  int const over = stored - stage.phase;
  int const whole = over >= 0 ? over / kParts : -((-over + kParts - 1) / kParts);
  int const part = over - whole * kParts;
  auto const& row = rows_[length][static_cast<std::size_t>(part)];
  int const first = offers.bottom() - at.base - whole - lowest_;  // entry of the lowest bin
  bool const is_plain = stored != kStructureOnly && (!has_factors_ || at.factor[link] == 1.0F);
  if (is_plain && first >= 0 && first + in_batches(offers.count()) <= entries_) {
    least_plus(offers.begin(), row.data() + first, offers.count(), width);
    return;
  }
  least_plus(offers.begin(), kNothing.data(), offers.count(), width);
  auto const factor = static_cast<double>(at.factor[link]);
  Units* const values = offers.begin();
  for (int i = 0; i < offers.count(); ++i) {
    int const entry = std::clamp(first + i, 0, entries_ - 1);
    Units const price =
        stored == kStructureOnly ? structure_only_[length] : row[static_cast<std::size_t>(entry)];
    // What nothing may stand at does not come to a price where building is cheaper.
    double const added = price < kNoCost ? std::floor(price * factor) : double{kNoCost};
    values[i] = static_cast<Units>(std::min(values[i] + added, double{kNoCost}));
  }
}

void LevelPrices::pass(CellGround const& near,
                       CellGround const& far,
                       std::size_t link,
                       LinkHold hold,
                       Offers& offers) const {
  int const halves = lattice_links().link[link].halves;
  std::size_t const back = LatticeLinks::opposite(link);
  bool const is_flat = hold.grade == LinkGrade::kLoop;
  int const flat_rise = flat_rise_[length_of(link)];
  auto const rise = [&](int stage) {
    Rise const free = climbs_[link][static_cast<std::size_t>(stage)];
    if (is_flat) {
      return stage == halves ? Rise{flat_rise, flat_rise} : Rise{};
    }
    return stage != halves
               ? free
               : Rise{std::max(free.up - hold.lost.up, 0), std::max(free.down - hold.lost.down, 0)};
  };
  Rise whole{};
  for (int stage = 0; stage <= 2 * halves; ++stage) {
    whole.up += rise(stage).up;
    whole.down += rise(stage).down;
  }
  offers.make_room(whole);
  add_to_all(offers.begin(), plain(near, far, link) + hold.corner, offers.count());
  for (int piece = 0; piece < 2 * halves; ++piece) {
    Stage const stage{rise(piece), is_flat ? 0 : phase_[link][static_cast<std::size_t>(piece)]};
    if (piece < halves) {
      add_stage(near, link, piece, stage, offers);
    } else {
      add_stage(far, back, 2 * halves - 1 - piece, stage, offers);
    }
  }
  int const width = offers.widen(rise(2 * halves));
  least_plus(offers.begin(), kNothing.data(), offers.count(), width);
}

}  // namespace tidewater::route
