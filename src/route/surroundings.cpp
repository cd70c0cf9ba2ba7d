#include "surroundings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidewater::route {

namespace {

using terrain::Cell;
using terrain::GridPlace;
using terrain::PlanePoint;

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr int kBeside = 5;  // cells

}  // namespace

Surroundings::Surroundings(Setting const& s, LatticeWay const& way)
    : s_{s},
      floors_{s.prices, s.problem.rules},
      plain_{plain_price(s.problem.rules, s.problem.rates).per_metre},
      level_(s.surface.frame.size(), std::numeric_limits<float>::quiet_NaN()),
      distance_(s.surface.frame.size(), std::numeric_limits<float>::infinity()),
      open_{[&s](PlanePoint p) {
        auto const& frame = s.surface.frame;
        Cell const c = frame.nearest(frame.on_grid(p));
        return frame.holds(c) && s.surface.is_open(frame.index(c));
      }},
      near_{[this](PlanePoint p) {
        auto const& frame = s_.surface.frame;
        return open_(p) && !std::isnan(level_[frame.index(frame.nearest(frame.on_grid(p)))]);
      }} {
  for (auto const& leg : way.legs) {
    for (std::size_t i = 0; i + 1 < leg.size(); ++i) {
      spread(leg[i], leg[i + 1]);
    }
  }
}

double Surroundings::level(PlanePoint p) const {
  auto const& frame = s_.surface.frame;
  GridPlace const place = frame.on_grid(p);
  auto const level = static_cast<double>(level_[frame.index(frame.nearest(place))]);
  return std::isnan(level) ? s_.surface.ground_at(place) : level;
}

double Surroundings::price(PlanePoint from, PlanePoint to) const {
  constexpr double every = 150;  // m
  constexpr double freedom = 1;  // m: the profile will find its own level
  constexpr double strength = 3;
  auto const& frame = s_.surface.frame;
  double const length = std::hypot(to.x - from.x, to.y - from.y);
  int const parts = std::max(1, static_cast<int>(std::ceil(length / every)));
  double sum = 0;
  double first = 0;
  double last = 0;
  for (int i = 0; i < parts; ++i) {
    double const share = (i + 0.5) / parts;
    GridPlace const place =
        frame.on_grid({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)});
    Cell const under = frame.nearest(place);
    if (!frame.holds(under)) {
      return kNever;
    }
    std::size_t const cell = frame.index(under);
    auto const level = static_cast<double>(level_[cell]);
    if (!s_.surface.is_open(cell) || std::isnan(level)) {
      return kNever;
    }
    double const offset = level - s_.surface.ground_at(place);
    double const earth = s_.surface.access[cell] == terrain::Access::kStructureOnly
                             ? floors_.structure_only()
                             : floors_.between(offset - freedom, offset + freedom);
    sum += static_cast<double>(s_.surface.factor[cell]) * (plain_ + earth);
    first = i == 0 ? level : first;
    last = level;
  }
  double const rise = (last - first) * parts / std::max(1, parts - 1);
  double const grade = rise >= 0 ? s_.grades.climb : s_.grades.descent;
  double const missing = std::max(0.0, std::abs(rise) / grade - length);
  return sum * length / parts + strength * plain_ * missing;
}

/// The levels along a link, to either side of it.
void Surroundings::spread(LevelPlace const& from, LevelPlace const& to) {
  int const steps = std::max(
      {1, std::abs(to.cell.column - from.cell.column), std::abs(to.cell.row - from.cell.row)});
  for (int i = 0; i <= 2 * steps; ++i) {
    double const share = i / (2.0 * steps);
    double const column = from.cell.column + share * (to.cell.column - from.cell.column);
    double const row = from.cell.row + share * (to.cell.row - from.cell.row);
    auto const level =
        static_cast<float>(from.level.value() + share * (to.level.value() - from.level.value()));
    stamp({column, row}, level);
  }
}

/// Cells around a place take its level unless they have that of a nearer one.
void Surroundings::stamp(GridPlace place, float level) {
  auto const& frame = s_.surface.frame;
  Cell const middle = frame.nearest(place);
  for (int row = middle.row - kBeside; row <= middle.row + kBeside; ++row) {
    for (int column = middle.column - kBeside; column <= middle.column + kBeside; ++column) {
      auto const away = static_cast<float>(std::hypot(column - place.column, row - place.row));
      if (frame.holds({column, row}) && away < distance_[frame.index({column, row})]) {
        distance_[frame.index({column, row})] = away;
        level_[frame.index({column, row})] = level;
      }
    }
  }
}

}  // namespace tidewater::route
