#include "tidewater/route/reasons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <tl/expected.hpp>

#include "align_over.hpp"
#include "problem_check.hpp"
#include "ways_through.hpp"

namespace tidewater::route {

namespace {

std::string largest_kind(Bill const& bill) {
  CostLine const* largest = nullptr;
  for (auto const& line : bill.costs) {
    bool const is_plain = line.kind == "track" || line.kind == "signalling" ||
                          line.kind == "engineering" || line.kind == "contingency";
    if (!is_plain && line.cost > Money{} && (largest == nullptr || line.cost > largest->cost)) {
      largest = &line;
    }
  }
  return cost_words(largest == nullptr ? "track" : largest->kind);
}

/// The line as it is remains allowed under an eased constraint: where none is cheaper, or none is
/// found, nothing is saved.
ConstraintCost eased(terrain::Terrain const& terrain,
                     AlignmentProblem const& problem,
                     Alignment const& line,
                     std::string constraint,
                     std::string to) {
  ConstraintCost out{.constraint = std::move(constraint), .eased = std::move(to)};
  auto const answer = align(terrain, problem);
  if (!answer) {
    out.reason = answer.error().front().what;
    return out;
  }
  out.saving = Money{};
  if (auto const* other = std::get_if<Alignment>(&*answer)) {
    out.saving = std::max(Money{}, line.cost - other->cost);
    out.bound_saving = line.bound.turning - other->bound.turning;
  }
  return out;
}

/// Cells no further than so much from lines.
class Nearness {
 public:
  Nearness(terrain::GridFrame const& frame, Length most)
      : frame_{frame},
        reach_{static_cast<int>(std::ceil(most / frame.cell))},
        most_{most / frame.cell},
        is_near_(frame.size(), false) {}

  void add(Alignment const& line) {
    for (auto const& station : line.stations) {
      add(frame_.nearest(frame_.place(station.place)));
    }
  }
  [[nodiscard]] bool has(terrain::Cell cell) const { return is_near_[frame_.index(cell)]; }
  /// Of a line's stations, those along lines added.
  [[nodiscard]] double shared(Alignment const& line) const {
    auto const near =
        std::count_if(line.stations.begin(), line.stations.end(), [&](Station const& station) {
          return has(frame_.nearest(frame_.place(station.place)));
        });
    return static_cast<double>(near) / static_cast<double>(line.stations.size());
  }
  [[nodiscard]] std::vector<float> dearer(double multiple) const {
    std::vector<float> out(is_near_.size(), 1.0F);
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = is_near_[i] ? static_cast<float>(multiple) : 1.0F;
    }
    return out;
  }

 private:
  void add(terrain::Cell at) {
    for (int row = at.row - reach_; row <= at.row + reach_; ++row) {
      for (int column = at.column - reach_; column <= at.column + reach_; ++column) {
        if (frame_.holds({column, row}) && std::hypot(column - at.column, row - at.row) <= most_) {
          is_near_[frame_.index({column, row})] = true;
        }
      }
    }
  }

  terrain::GridFrame const& frame_;
  int reach_;
  double most_;
  std::vector<bool> is_near_;
};

/// A line that is another, or why there is none.
using Another = tl::expected<Alignment, std::string>;

std::string percent(double share) {
  return fmt::format("{:.0f} %", 100 * share);
}

/// The line through the cell of the cheapest way that is another, where there is one.
Another through_another(terrain::Terrain const& terrain,
                        WaysThrough const& ways,
                        Nearness const& near,
                        AlternativeRules const& rules) {
  if (!ways.has_any()) {
    return tl::unexpected<std::string>(
        "searches from both ends do not fit into the memory allowed");
  }
  auto const problem =
      ways.through_another([&](terrain::Cell cell) { return near.has(cell); }, rules.most_shared);
  if (!problem) {
    return tl::unexpected{
        fmt::format("no way up to {} dearer than the cheapest lies to {} of its "
                    "length off the lines before",
                    percent(rules.beyond),
                    percent(1 - rules.most_shared))};
  }
  auto answer = align_over(terrain, *problem, {.takes_first = true});
  if (!answer) {
    return tl::unexpected{answer.error().front().what};
  }
  if (auto const* none = std::get_if<NoAlignment>(&*answer)) {
    return tl::unexpected{"the cheapest way that is another gives no line: " + none->binding};
  }
  auto* const line = std::get_if<Alignment>(&*answer);
  if (double const shared = near.shared(*line); shared > rules.most_shared) {
    return tl::unexpected{fmt::format(
        "the line on the cheapest way that is another lies to {} along the lines before",
        percent(shared))};
  }
  return std::move(*line);
}

/// The next line that is another, at the gentlest penalty that gives one.
Result<Another> penalised(terrain::Terrain const& terrain,
                          AlignmentProblem const& problem,
                          Nearness const& near,
                          AlternativeRules const& rules) {
  constexpr int tries = 3;
  double multiple = 1;
  double least_shared = 1;
  for (int i = 0; i < tries; ++i) {
    multiple *= rules.penalty;
    auto answer = align_over(terrain, problem, {.dearer = near.dearer(multiple)});
    if (!answer) {
      return reject(std::move(answer.error()));
    }
    auto* line = std::get_if<Alignment>(&*answer);
    double const shared = line == nullptr ? 1 : near.shared(*line);
    if (line != nullptr && shared <= rules.most_shared) {
      return Another{std::move(*line)};
    }
    least_shared = std::min(least_shared, shared);
  }
  return Another{
      tl::unexpect,
      fmt::format("with building along the lines before made up to {:.2f} times as dear, "
                  "the line still lies to {} along them",
                  multiple,
                  percent(least_shared))};
}

}  // namespace

std::vector<DearKilometre> dearest_kilometres(Alignment const& line,
                                              Rates const& rates,
                                              std::size_t count) {
  AlignmentRules rules = line.rules;
  rules.loops = 0;
  std::vector<DearKilometre> out;
  std::size_t first = 0;
  for (std::size_t i = 1; i < line.stations.size(); ++i) {
    double const km = std::floor(line.stations[first].at.in(units::km) + 1e-9);
    bool const is_full = line.stations[i].at.in(units::km) >= km + 1 - 1e-9;
    if (!is_full && i + 1 < line.stations.size()) {
      continue;
    }
    std::vector<Station> const part(line.stations.begin() + static_cast<std::ptrdiff_t>(first),
                                    line.stations.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    Bill const bill = recost(part, rules, rates);
    out.push_back({part.front().at, bill.cost, largest_kind(bill)});
    first = i;
  }
  std::stable_sort(out.begin(), out.end(), [](DearKilometre const& a, DearKilometre const& b) {
    return a.cost > b.cost;
  });
  out.resize(std::min(out.size(), count));
  return out;
}

Result<std::vector<ConstraintCost>> constraint_costs(terrain::Terrain const& terrain,
                                                     AlignmentProblem const& problem,
                                                     Alignment const& line) {
  constexpr double steeper = 0.001;
  std::vector<ConstraintCost> out;
  for (bool const is_loaded : {true, false}) {
    AlignmentProblem other = problem;
    double& grade = is_loaded ? other.rules.loaded_ruling_grade : other.rules.empty_ruling_grade;
    grade += steeper;
    out.push_back(eased(terrain,
                        other,
                        line,
                        is_loaded ? "loaded ruling grade" : "empty ruling grade",
                        fmt::format("{:.2f} %", 100 * grade)));
  }
  if (AlignmentProblem other = problem; other.rules.min_radius >= 200 * units::m) {
    other.rules.min_radius -= 100 * units::m;
    out.push_back(eased(terrain,
                        other,
                        line,
                        "least radius",
                        fmt::format("{:.0f} m", other.rules.min_radius.in(units::m))));
  }
  if (problem.from.yard + problem.to.yard > Length{}) {
    AlignmentProblem other = problem;
    other.from.yard = {};
    other.to.yard = {};
    out.push_back(eased(terrain, other, line, "flat yards at the ends", "none"));
  }
  for (std::size_t i = 0; i < terrain.zones.zones.size(); ++i) {
    if (terrain.zones.zones[i].kind == terrain::ZoneKind::kFactor &&
        terrain.zones.zones[i].factor < 1) {
      continue;  // no constraint
    }
    std::vector<terrain::Zone> rest = terrain.zones.zones;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    auto zones = terrain::zone_map(terrain.grid.frame(), std::move(rest));
    if (!zones) {
      return reject(std::move(zones.error()));
    }
    out.push_back(eased({terrain.grid, std::move(*zones)},
                        problem,
                        line,
                        "zone " + terrain.zones.zones[i].name,
                        "taken away"));
  }
  return out;
}

Result<Alternatives> alternatives(terrain::Terrain const& terrain,
                                  AlignmentProblem const& problem,
                                  Alignment const& line,
                                  AlternativeRules const& rules) {
  if (Diagnostics faults = faults_of(terrain, problem); !faults.empty()) {
    return reject(std::move(faults));
  }
  Alternatives out{.asked = rules.count};
  if (rules.count == 0) {
    return out;
  }
  Nearness near{terrain.grid.frame(), rules.apart};
  near.add(line);
  WaysThrough const ways{terrain, problem, rules.beyond};
  while (out.lines.size() < rules.count) {
    auto dearer = penalised(terrain, problem, near, rules);
    if (!dearer) {
      return reject(std::move(dearer.error()));
    }
    auto through = through_another(terrain, ways, near, rules);
    if (!through && !*dearer) {
      out.why_no_more = through.error() + "; " + dearer->error();
      break;
    }
    bool const takes_dearer = !through || (*dearer && (*dearer)->cost < through->cost);
    Alignment& other = out.lines.emplace_back(std::move(takes_dearer ? **dearer : *through));
    other.bound = line.bound;
    other.bound.gap = (other.cost - line.bound.lower) / other.cost;
    near.add(other);
  }
  std::stable_sort(out.lines.begin(), out.lines.end(), [](Alignment const& a, Alignment const& b) {
    return a.cost < b.cost;
  });
  return out;
}

}  // namespace tidewater::route
