#include "tidewater/appraisal/line_reasons.hpp"

#include <map>
#include <string>
#include <utility>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/parallel.hpp"

#include "rail_design.hpp"

namespace tidewater::appraisal {

namespace {

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

}  // namespace

Diagnostics ask_lines(project::Project const& project,
                      terrain::Terrain const* ground,
                      LineQuestions const& questions,
                      int threads,
                      std::vector<std::optional<Design>>& designs) {
  struct Line {
    std::size_t option = 0;
    std::vector<LinkDesign*> of;  // every option's copy of it
  };
  std::map<std::pair<std::string, std::string>, Line> lines;  // by option, if of its own, and link
  for (std::size_t k = 0; k < designs.size(); ++k) {
    auto const& option = project.options[k];
    for (std::size_t l = 0; designs[k] && l < designs[k]->links.size(); ++l) {
      auto& link = designs[k]->links[l];
      auto const owner = option.overrides.empty() ? std::string{} : option.name;
      auto& line =
          lines.try_emplace({owner, project.links[link.link].id}, Line{k, {}}).first->second;
      line.of.push_back(&link);
    }
  }
  std::vector<Line> jobs;
  jobs.reserve(lines.size());
  for (auto& [key, line] : lines) {
    jobs.push_back(std::move(line));
  }
  std::vector<Result<LineReasons>> answers(jobs.size(), LineReasons{});
  parallel_for(jobs.size(), threads, [&](std::size_t i) {
    auto const own = in_future(project, {}, project.options[jobs[i].option]);
    answers[i] = line_reasons(own, *jobs[i].of.front(), ground, questions);
  });
  Diagnostics faults;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!answers[i]) {
      faults.insert(faults.end(), answers[i].error().begin(), answers[i].error().end());
      continue;
    }
    for (auto* link : jobs[i].of) {
      link->reasons = *answers[i];
    }
  }
  return faults;
}

}  // namespace tidewater::appraisal
