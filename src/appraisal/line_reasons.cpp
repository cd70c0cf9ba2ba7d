#include "tidewater/appraisal/line_reasons.hpp"

#include "rail_design.hpp"

namespace tidewater::appraisal {

Result<LineReasons> line_reasons(project::Project const& project,
                                 LinkDesign const& link,
                                 terrain::Terrain const* ground,
                                 LineQuestions const& questions) {
  LineReasons out;
  if (!link.rail || ground == nullptr ||
      link.rail->alignment.profile != route::ProfileOrigin::kDesigned) {
    return out;
  }
  route::Alignment const& line = link.rail->alignment;
  auto const problem = alignment_problem(project, project.links[link.link]);
  out.dearest = route::dearest_kilometres(line, problem.rates, questions.dearest);
  if (questions.asks_constraints) {
    auto costs = route::constraint_costs(*ground, problem, line);
    if (!costs) {
      return reject(std::move(costs.error()));
    }
    out.constraints = std::move(*costs);
  }
  if (questions.alternatives > 0) {
    auto others = route::alternatives(*ground, problem, line, {.count = questions.alternatives});
    if (!others) {
      return reject(std::move(others.error()));
    }
    out.alternatives = std::move(*others);
  }
  return out;
}

}  // namespace tidewater::appraisal
