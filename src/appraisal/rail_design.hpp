#pragma once
/// Draws the railway links of an option and finds the trains that can run on them.

#include <map>

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

/// What the project says of a consist, its grades and track limits still open.
[[nodiscard]] train::ConsistTask consist_task(project::Project const& p,
                                              project::Consist const& consist);

/// Railway links of one way run through end to end by one consist, in order.
[[nodiscard]] std::vector<std::vector<std::size_t>> train_chains(project::Project const& p,
                                                                 Way const& way);
/// The same of many ways, each chain once.
[[nodiscard]] std::vector<std::vector<std::size_t>> train_chains(project::Project const& p,
                                                                 std::vector<Way> const& ways);

/// A new railway as the search is to find it, over ground with heights.
[[nodiscard]] route::AlignmentProblem alignment_problem(project::Project const& p,
                                                        project::Link const& link);

using LineAnswer = std::variant<route::Alignment, NoDesign>;
[[nodiscard]] Result<LineAnswer> draw_line(project::Project const& p,
                                           project::Option const& option,
                                           project::Link const& link,
                                           terrain::Terrain const* ground);

/// The alignment as a line that trains run on, with its curves.
[[nodiscard]] train::Line line_of(route::Alignment const& alignment, Speed limit);

using TrainAnswer = std::variant<TrainDesign, NoDesign>;
[[nodiscard]] Result<TrainAnswer> design_train(project::Project const& p,
                                               project::Option const& option,
                                               std::vector<std::size_t> const& chain,
                                               std::map<std::size_t, train::Line> const& lines);

/// The consist sized for a chain of lines that it runs through, each in the direction in which it
/// is loaded; whatever train the links name.
[[nodiscard]] Result<TrainAnswer> size_train(project::Project const& p,
                                             project::Option const& option,
                                             project::Consist const& consist,
                                             std::vector<std::size_t> const& chain,
                                             std::map<std::size_t, train::Line> const& lines);

/// A link's line in the direction of the loaded train.
[[nodiscard]] train::Line line_towards(RailDesign const& rail, Heading heading);

/// Loops, capacity and run of one link under the train that has most to carry over it; nothing is
/// searched.
using RailAnswer = std::variant<RailDesign, NoDesign>;
[[nodiscard]] Result<RailAnswer> run_trains(project::Project const& p,
                                            project::Option const& option,
                                            std::size_t link,
                                            route::Alignment alignment,
                                            train::SizedConsist const& consist);

/// The run of another train over a link whose loops stand; posts are counted in its direction.
using RunAnswer = std::variant<LinkRun, NoDesign>;
[[nodiscard]] Result<RunAnswer> run_over(project::Project const& p,
                                         project::Option const& option,
                                         std::size_t link,
                                         RailDesign const& rail,
                                         train::SizedConsist const& consist,
                                         Heading heading = Heading::kAlong);

/// Running times over a link whose loops are given, at another line speed: what a future changes.
[[nodiscard]] Result<train::PairTimes> times_at_speed(RailDesign const& rail,
                                                      train::SizedConsist const& consist,
                                                      Speed limit,
                                                      Heading heading = Heading::kAlong);

}  // namespace tidewater::appraisal
