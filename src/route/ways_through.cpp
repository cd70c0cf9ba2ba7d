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
    : turned_{terrain, problem}, problem_{problem}, beyond_{beyond} {
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

constexpr std::uint32_t kFromStops = 3;  // nodes: no place to pass so near a stop
constexpr double kSameWay = 1e-5;        // of a leg's cost: cells of one way differ by rounding

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
  std::vector<Passed> out;
  std::vector<Passed> back;
  double nodes = 0;  // of the cheapest ways of all legs
  double along = 0;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    out.push_back(passed(legs_[i]->out, frame, is_along));
    back.push_back(passed(legs_[i]->back, frame, is_along));
    ends.push_back(frame.index(legs_[i]->leg.to().cell));
    nodes += out[i].nodes[ends[i]];
    along += out[i].along[ends[i]];
  }
  struct Best {
    double dearer;  ///< than the cheapest way of its leg
    std::uint32_t middle;
    std::size_t leg;
    std::size_t cell;
  };
  std::optional<Best> best;
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Met const& met = *legs_[i];
    for (auto const& [cell, cost] : met.out.meetings(met.back)) {
      double const dearer = cost - met.out.cost();
      // Nodes from the nearer end: of the cells of one way that in its middle stands for it.
      std::uint32_t const middle = std::min(out[i].nodes[cell], back[i].nodes[cell]);
      double const whole = nodes - out[i].nodes[ends[i]] + out[i].nodes[cell] + back[i].nodes[cell];
      double const shared =
          along - out[i].along[ends[i]] + out[i].along[cell] + back[i].along[cell];
      bool const is_other = dearer <= beyond_ * met.out.cost() && middle > kFromStops &&
                            shared <= most_shared * whole;
      if (is_other &&
          (!best || dearer < best->dearer - kSameWay * met.out.cost() ||
           (dearer < best->dearer + kSameWay * met.out.cost() && middle > best->middle))) {
        best = {dearer, middle, i, cell};
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
