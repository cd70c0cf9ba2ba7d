/// What a level search has found: its ways, and where it meets the search from the other end.

#include <algorithm>
#include <utility>

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

/// Of the levels of the node before, the one whose offer a level took: found by passing each on
/// again.
int LevelSearch::level_before(std::uint32_t slot, int level) const {
  Node const& to = node(slot);
  Node const& from = node(came_from(slot)[static_cast<std::size_t>(level)]);
  terrain::GridFrame const& frame = problem_.surface.frame;
  std::size_t const link = link_between(frame.cell_at(from.cell), frame.cell_at(to.cell));
  LatticeLink const& l = lattice_links().link[link];
  Units best = kNoCost;
  int found = 0;
  for (int i = 0; i < kLevels; ++i) {
    if (from.total[static_cast<std::size_t>(i)] >= best) {
      continue;
    }
    Offers offers;
    offers.start(from.ground.base + i, &from.total[static_cast<std::size_t>(i)], 1);
    CellGround near = from.ground;
    terrain::Cell c = frame.cell_at(from.cell);
    while (frame.index(c) != to.cell) {
      std::size_t const before = frame.index(c);
      c = {c.column + l.dc, c.row + l.dr};
      CellGround const far = prices_.ground(c);
      prices_.pass(near,
                   far,
                   link,
                   hold(grade_between(before, frame.index(c)),
                        before == from.cell ? from.heading : kHeadings,
                        link),
                   offers);
      near = far;
    }
    int const place = to.ground.base + level - offers.bottom();
    if (place >= 0 && place < offers.count() && offers.begin()[place] < best) {
      best = offers.begin()[place];
      found = i;
    }
  }
  return found;
}

std::vector<std::size_t> LevelSearch::sharp_corners() const {
  terrain::GridFrame const& frame = problem_.surface.frame;
  std::vector<LevelPlace> const nodes = way();
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
    // From the goal back to the start: both links as the search moved.
    std::size_t const in = link_between(nodes[i + 1].cell, nodes[i].cell);
    std::size_t const after = link_between(nodes[i].cell, nodes[i - 1].cell);
    if (!turns_[in][after].is_allowed) {
      out.push_back(frame.index(nodes[i].cell));
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
      auto const level = static_cast<std::size_t>(least - total.begin());
      std::uint32_t const before = came_from(slot_[cell])[level];
      reached.push_back({*least, {cell, {}}});
      if (before != kNone) {
        reached.back().second.before = node(before).cell;
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
  std::uint32_t at = found_;
  int level = found_level_;
  while (true) {
    Node const& n = node(at);
    places.push_back({frame.cell_at(n.cell), (n.ground.base + level + 0.5) * problem_.bin});
    std::uint32_t const before = came_from(at)[static_cast<std::size_t>(level)];
    if (before == kNone) {
      return places;
    }
    level = level_before(at, level);
    at = before;
  }
}

}  // namespace tidewater::route
