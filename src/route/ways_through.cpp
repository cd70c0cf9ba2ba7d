#include "ways_through.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "lattice_leg.hpp"

namespace tidewater::route {

/// The two searches of one leg.
struct WaysThrough::Met {
  Met(Setting const& s, std::size_t leg_number, std::size_t memory, double beyond)
      : leg{s, s.grades, leg_number, memory},
        back{leg.problem(), {.direction = Direction::kAgainstTravel, .beyond = beyond}},
        out{leg.problem(),
            {.direction = Direction::kWithTravel, .guide = &back, .beyond = beyond}} {
    is_found = back.run(leg.to(), leg.from()) == LevelSearch::Outcome::kFound &&
               out.run(leg.from(), leg.to()) == LevelSearch::Outcome::kFound;
  }
  Leg leg;
  LevelSearch back;
  LevelSearch out;
  bool is_found = false;
};

WaysThrough::WaysThrough(terrain::Terrain const& terrain,
                         AlignmentProblem const& problem,
                         double beyond)
    : turned_{terrain, problem}, problem_{problem} {
  Setting const& s = turned_.setting();
  std::size_t left = s.problem.search_memory;
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    legs_.push_back(std::make_unique<Met>(s, i, left, beyond));
    if (!legs_.back()->is_found) {
      legs_.clear();
      return;
    }
    left -= std::min(left, legs_.back()->out.effort().bytes);  // those of `back` with them
  }
}

WaysThrough::~WaysThrough() = default;

namespace {

/// Nodes of the ways from where a search began to each cell, and those of them along earlier lines.
struct Passed {
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> along;
};

Passed passed(LevelSearch const& search,
              terrain::GridFrame const& frame,
              std::function<bool(terrain::Cell)> const& is_along) {
  Passed out{std::vector<std::uint32_t>(frame.size()), std::vector<std::uint32_t>(frame.size())};
  for (auto const& [cell, before] : search.tree()) {
    out.nodes[cell] = 1 + (before ? out.nodes[*before] : 0);
    out.along[cell] = (is_along(frame.cell_at(cell)) ? 1 : 0) + (before ? out.along[*before] : 0);
  }
  return out;
}

}  // namespace

std::optional<AlignmentProblem> WaysThrough::through_another(
    std::function<bool(terrain::Cell)> const& is_along, double most_shared) const {
  terrain::GridFrame const& frame = turned_.setting().surface.frame;
  struct Best {
    double dearer;  ///< than the cheapest way of its leg
    std::size_t leg;
    std::size_t cell;
  };
  std::optional<Best> best;
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Met const& met = *legs_[i];
    Passed const out = passed(met.out, frame, is_along);
    Passed const back = passed(met.back, frame, is_along);
    for (auto const& [cell, cost] : met.out.meetings(met.back)) {
      double const dearer = cost - met.out.cost();
      bool const is_other =
          out.along[cell] + back.along[cell] <= most_shared * (out.nodes[cell] + back.nodes[cell]);
      if (is_other && (!best || dearer < best->dearer)) {
        best = {dearer, i, cell};
      }
    }
  }
  if (!best) {
    return std::nullopt;
  }
  AlignmentProblem through = problem_;
  auto const legs = static_cast<std::ptrdiff_t>(legs_.size());
  auto const leg = static_cast<std::ptrdiff_t>(best->leg);
  terrain::Cell const cell = frame.cell_at(best->cell);
  through.via.insert(through.via.begin() + (turned_.is_forward() ? leg : legs - 1 - leg),
                     LinePoint{.name = "another way",
                               .at = frame.lon_lat({double(cell.column), double(cell.row)})});
  return through;
}

}  // namespace tidewater::route
