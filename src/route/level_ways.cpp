/// What a level search has found: its ways, and where it meets the search from the other end.

#include <algorithm>
#include <utility>

#include "tidewater/base/contract.hpp"

#include "level_search.hpp"

namespace tidewater::route {

namespace {

/// The link some multiple of which leads from one cell to the other.
std::size_t link_between(terrain::Cell from, terrain::Cell to) {
  int const dc = to.column - from.column;
  int const dr = to.row - from.row;
  for (std::size_t k = 0; k < kHeadings; ++k) {
    LatticeLink const& l = lattice_links().link[k];
    if (dc * l.dr == dr * l.dc && dc * l.dc >= 0 && dr * l.dr >= 0) {
      return k;
    }
  }
  return 0;
}

}  // namespace

terrain::Cell LevelSearch::cell_before(Label const& label) const {
  Stride const stride = stride_to(label);
  LatticeLink const& l = lattice_links().link[stride.link];
  terrain::Cell const c = problem_.surface.frame.cell_at(node(label.slot).cell);
  return {c.column - stride.multiple * l.dc, c.row - stride.multiple * l.dr};
}

/// Nodes of a cell that has been reached.
std::vector<std::uint32_t> LevelSearch::slots(std::size_t cell) const {
  if (!keeps_heading(cell)) {
    return {slot_[cell]};
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t const slot : headed_[slot_[cell]]) {
    if (slot != kNone) {
      out.push_back(slot);
    }
  }
  return out;
}

/// Of the levels at the cell before, the one that leads to a level at the least: found by passing
/// all of them on again. Totals may have fallen since, so that is never dearer than what the level
/// took. Nothing where the search began.
std::optional<LevelSearch::Label> LevelSearch::before(Label const& label) const {
  Node const& to = node(label.slot);
  Units const total = to.total[static_cast<std::size_t>(label.level)];
  if (label.slot == start_ && total == 0) {
    return std::nullopt;
  }
  terrain::GridFrame const& frame = problem_.surface.frame;
  Stride const stride = stride_to(label);
  std::size_t const link = stride.link;
  LatticeLink const& l = lattice_links().link[link];
  std::vector<terrain::Cell> cells{cell_before(label)};
  std::vector<CellGround> grounds{prices_.ground(cells.front())};
  for (int i = 0; i < stride.multiple; ++i) {
    cells.push_back({cells.back().column + l.dc, cells.back().row + l.dr});
    grounds.push_back(prices_.ground(cells.back()));
  }
  auto const offered = [&](Node const& from, int low, int count) {
    Offers offers;
    offers.start(from.ground.base + low, &from.total[static_cast<std::size_t>(low)], count);
    for (std::size_t i = 1; i < cells.size(); ++i) {
      prices_.pass(grounds[i - 1],
                   grounds[i],
                   link,
                   hold(grade_between(frame.index(cells[i - 1]), frame.index(cells[i])),
                        i == 1 ? from.heading : kHeadings,
                        link),
                   offers);
    }
    int const place = to.ground.base + label.level - offers.bottom();
    return place >= 0 && place < offers.count() ? offers.begin()[place] : kNoCost;
  };
  Units best = kNoCost;
  Label out;
  for (std::uint32_t const slot : slots(frame.index(cells.front()))) {
    Node const& from = node(slot);
    bool const may_turn = from.heading == kHeadings || turns_[from.heading][link].is_allowed;
    Units const cost = may_turn ? offered(from, 0, kLevels) : kNoCost;
    if (cost < best) {
      best = cost;
      out.slot = slot;
    }
  }
  TW_EXPECTS(best <= total, "what led to a level still does");
  for (int count = kLevels / 2; count > 0; count /= 2) {  // the lowest that offers it, by halves
    out.level += offered(node(out.slot), out.level, count) > best ? count : 0;
  }
  return out;
}

std::vector<std::size_t> LevelSearch::sharp_corners(std::vector<LevelPlace> const& way) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i + 1 < way.size(); ++i) {
    // From the goal back to the start: both links as the search moved.
    std::size_t const in = link_between(way[i + 1].cell, way[i].cell);
    std::size_t const after = link_between(way[i].cell, way[i - 1].cell);
    if (!turns_[in][after].is_allowed) {
      out.push_back(i);
    }
  }
  return out;
}

std::vector<LevelSearch::Meeting> LevelSearch::meetings(LevelSearch const& other) const {
  std::vector<Meeting> out;
  for (std::size_t cell = 0; cell < slot_.size(); ++cell) {
    if (slot_[cell] == kNone || other.slot_[cell] == kNone) {
      continue;
    }
    auto const& mine = node(slot_[cell]).total;
    auto const& its = other.node(other.slot_[cell]).total;
    Units least = kNoCost;
    for (std::size_t i = 0; i < kLevels; ++i) {
      least = std::min(least, mine[i] + its[i]);
    }
    if (least < kNoCost) {
      out.push_back({cell, least * problem_.unit});
    }
  }
  return out;
}

std::vector<LevelSearch::Branch> LevelSearch::tree() const {
  std::vector<std::pair<Units, Branch>> reached;
  for (std::size_t cell = 0; cell < slot_.size(); ++cell) {
    if (slot_[cell] == kNone) {
      continue;
    }
    auto const& total = node(slot_[cell]).total;
    auto const least = std::min_element(total.begin(), total.end());
    if (*least < kNoCost) {
      reached.push_back({*least, {cell, {}}});
      if (*least > 0) {
        auto const level = static_cast<int>(least - total.begin());
        reached.back().second.before =
            problem_.surface.frame.index(cell_before({slot_[cell], level}));
      }
    }
  }
  std::stable_sort(reached.begin(), reached.end(), [](auto const& a, auto const& b) {
    return a.first < b.first;
  });
  std::vector<Branch> out;
  out.reserve(reached.size());
  for (auto const& [least, branch] : reached) {
    out.push_back(branch);
  }
  return out;
}

std::vector<LevelPlace> LevelSearch::way() const {
  terrain::GridFrame const& frame = problem_.surface.frame;
  std::vector<LevelPlace> places;
  for (std::optional<Label> at = found_; at; at = before(*at)) {
    Node const& n = node(at->slot);
    places.push_back({frame.cell_at(n.cell), (n.ground.base + at->level + 0.5) * problem_.bin});
  }
  return places;
}

}  // namespace tidewater::route
