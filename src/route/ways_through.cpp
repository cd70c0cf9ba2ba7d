#include "ways_through.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "lattice_leg.hpp"

namespace tidewater::route {

std::optional<WaysThrough::Met> WaysThrough::met(Setting const& s, std::size_t i, double beyond) {
  Leg const leg{s, s.grades, i, s.problem.search_memory};
  LevelSearch back{leg.problem(), {.direction = Direction::kAgainstTravel, .beyond = beyond}};
  if (back.run(leg.to(), leg.from()) != LevelSearch::Outcome::kFound) {
    return std::nullopt;
  }
  LevelSearch out{leg.problem(),
                  {.direction = Direction::kWithTravel, .guide = &back, .beyond = beyond}};
  if (out.run(leg.from(), leg.to()) != LevelSearch::Outcome::kFound) {
    return std::nullopt;
  }
  return Met{.meetings = out.meetings(back),
             .out = out.tree(),
             .back = back.tree(),
             .cost = out.cost(),
             .end = s.surface.frame.index(leg.to().cell)};
}

WaysThrough::WaysThrough(terrain::Terrain const& terrain,
                         AlignmentProblem const& problem,
                         double beyond)
    : turned_{terrain, problem}, problem_{problem}, beyond_{beyond} {
  Setting const& s = turned_.setting();
  for (std::size_t i = 0; i + 1 < s.stops.size(); ++i) {
    auto leg = met(s, i, beyond);
    if (!leg) {
      legs_.clear();
      return;
    }
    legs_.push_back(std::move(*leg));
  }
}

namespace {

constexpr std::uint32_t kFromStops = 3;  // nodes: no place to pass so near a stop
constexpr double kSameWay = 1e-5;        // of a leg's cost: cells of one way differ by rounding

/// Nodes of the ways from where a search began to each cell, and those of them along earlier lines.
struct Passed {
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> along;
};

Passed passed(std::vector<LevelSearch::Branch> const& tree,
              terrain::GridFrame const& frame,
              std::function<bool(terrain::Cell)> const& is_along) {
  Passed out{std::vector<std::uint32_t>(frame.size()), std::vector<std::uint32_t>(frame.size())};
  for (auto const& [cell, before] : tree) {
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
  for (Met const& leg : legs_) {
    out.push_back(passed(leg.out, frame, is_along));
    back.push_back(passed(leg.back, frame, is_along));
    nodes += out.back().nodes[leg.end];
    along += out.back().along[leg.end];
  }
  struct Best {
    double dearer;  ///< than the cheapest way of its leg
    std::uint32_t middle;
    std::size_t leg;
    std::size_t cell;
  };
  std::optional<Best> best;
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Met const& leg = legs_[i];
    for (auto const& [cell, cost] : leg.meetings) {
      double const dearer = cost - leg.cost;
      // Nodes from the nearer end: of the cells of one way that in its middle stands for it.
      std::uint32_t const middle = std::min(out[i].nodes[cell], back[i].nodes[cell]);
      double const whole = nodes - out[i].nodes[leg.end] + out[i].nodes[cell] + back[i].nodes[cell];
      double const shared =
          along - out[i].along[leg.end] + out[i].along[cell] + back[i].along[cell];
      bool const is_other =
          dearer <= beyond_ * leg.cost && middle > kFromStops && shared <= most_shared * whole;
      if (is_other && (!best || dearer < best->dearer - kSameWay * leg.cost ||
                       (dearer < best->dearer + kSameWay * leg.cost && middle > best->middle))) {
        best = {dearer, middle, i, cell};
      }
    }
  }
  if (!best) {
    return std::nullopt;
  }
  AlignmentProblem through = problem_;
  auto const legs = static_cast<std::ptrdiff_t>(legs_.size());
  auto const place = static_cast<std::ptrdiff_t>(best->leg);
  terrain::Cell const cell = frame.cell_at(best->cell);
  through.via.insert(through.via.begin() + (turned_.is_forward() ? place : legs - 1 - place),
                     LinePoint{.name = "another way",
                               .at = frame.lon_lat({double(cell.column), double(cell.row)})});
  return through;
}

}  // namespace tidewater::route
