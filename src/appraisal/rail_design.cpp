#include "rail_design.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "lookup.hpp"
#include "rail_cost.hpp"
#include "rolling_stock.hpp"

namespace tidewater::appraisal {

namespace {

using project::Link;
using project::Project;
using units::km;
using units::kmh;
using units::m;

std::string path_of(Link const& link) {
  return "/link/" + link.id;
}

/// Trains load and unload at every end but a junction, where they run on.
route::LinePoint end_point(Project const& p, std::string const& site, Length yard) {
  auto const& s = named(p.sites, site);
  return {.name = label(s),
          .at = lon_lat(s.at),
          .where = "/site/" + s.id + "/at",
          .yard = s.kind == project::Site::Kind::kJunction ? Length{} : yard};
}

Result<LineAnswer> draw_new(Project const& p,
                            project::Option const& option,
                            Link const& link,
                            terrain::Terrain const* ground) {
  if (ground == nullptr) {
    return reject(Diagnostics{{Severity::kError,
                               "/terrain/elevation",
                               fmt::format("the new railway {} needs ground heights", link.id),
                               "name a raster of heights, e.g. elevation = \"relief.tif\"",
                               "TW0502",
                               {}}});
  }
  auto answer = route::align(*ground, alignment_problem(p, link));
  if (!answer) {
    return reject(std::move(answer.error()));
  }
  if (auto* none = std::get_if<route::NoAlignment>(&*answer)) {
    return NoDesign{
        option.name, path_of(link), none->binding, terrain::text(none->place), none->relaxation};
  }
  return std::get<route::Alignment>(std::move(*answer));
}

Result<LineAnswer> draw_given(Project const& p, Link const& link, terrain::Terrain const* ground) {
  auto const& rail = *link.rail;
  route::GivenLine given{.from = label(named(p.sites, link.from)),
                         .to = label(named(p.sites, link.to)),
                         .loaded_grade_limit = rail.ruling_loaded.value,
                         .empty_grade_limit = rail.ruling_empty.value,
                         .status = link.status == Link::State::kUpgrade
                                       ? route::LineStatus::kUpgrade
                                       : route::LineStatus::kExisting,
                         .where = path_of(link)};
  if (rail.length.value > Length{}) {
    given.known_length = rail.length.value;
  }
  for (auto const& place : link.geometry) {
    given.polyline.push_back(lon_lat(place));
  }
  auto drawn = route::fixed_alignment(
      given, ground == nullptr ? nullptr : &ground->grid, route_rates(p, link, rail.length.value));
  if (!drawn) {
    return reject(std::move(drawn.error()));
  }
  return std::move(*drawn);
}

/// A train stalls, or no consist climbs: the option cannot run, and this says where.
NoDesign stalled(project::Option const& option, Link const& link, train::Stalled const& s) {
  return {option.name,
          path_of(link),
          s.reason,
          fmt::format("km {:.1f}, on a grade of {:.2f} %", s.post.in(km), 100 * s.grade),
          "use more or stronger locomotives, fewer wagons or an easier ruling grade"};
}

/// How many points of a speed curve the report draws: enough for a screen's width.
constexpr double kPictureSteps = 240;

using PictureAnswer = std::variant<train::Run, train::Stalled>;
Result<PictureAnswer> draw_run(train::Train const& t, train::Line const& line, double coast_to) {
  auto const posts = train::even_posts(line, line.length() / kPictureSteps);
  auto run = train::running_time(t, line, {.coast_to = coast_to, .posts = posts});
  if (!run) {
    return reject(std::move(run.error()));
  }
  if (auto* s = std::get_if<train::Stalled>(&*run)) {
    return std::move(*s);
  }
  return std::get<train::Run>(std::move(*run));
}

/// Posts of the loops the link asks for, where they serve best.
std::vector<Length> loops_on(Link const& link,
                             train::Line const& line,
                             train::PairTimes const& fine) {
  auto const& rail = *link.rail;
  int const wanted = static_cast<int>(std::lround(rail.loops.value));
  // An existing line's stations lie where they lie; a new loop needs nearly level ground.
  double const grade = link.status == Link::State::kNew
                           ? 0.0025
                           : std::max(rail.ruling_loaded.value, rail.ruling_empty.value) + 1e-9;
  auto sites = train::loop_sites(line, {.length = rail.loop_length.value, .max_grade = grade});
  if (sites.empty() && link.status == Link::State::kNew) {
    sites = train::loop_sites(line, {.length = rail.loop_length.value, .max_grade = 0.005});
  }
  auto loops = train::place_loops(fine, sites, wanted, rail.meet_allowance.value).loops;
  std::sort(loops.begin(), loops.end());
  return loops;
}

/// Both ends and the loops, in the direction of the loaded train.
std::vector<Length> posts_of(RailDesign const& rail, Heading heading) {
  std::vector<Length> posts{rail.line.begin()};
  posts.insert(posts.end(), rail.loops.begin(), rail.loops.end());
  posts.push_back(rail.line.end);
  if (heading == Heading::kAgainst) {
    Length const ends = rail.line.begin() + rail.line.end;
    std::reverse(posts.begin(), posts.end());
    for (auto& post : posts) {
      post = ends - post;
    }
  }
  return posts;
}

/// The consist with so many locomotives, half of them remote when there is a place for those.
void give_locomotives(train::SizedConsist& sized, int count, train::ConsistTask const& task) {
  sized.locomotives = count + train::count(task.further_locomotives);
  int const remote = task.remote_place > 0 ? count / 2 : 0;
  for (auto* t : {&sized.loaded, &sized.empty}) {
    t->locomotives.resize(1);
    t->locomotives.front().count = count - remote;
    if (remote > 0) {
      t->locomotives.push_back(
          {.type = t->locomotives.front().type, .count = remote, .place = task.remote_place});
    }
    t->locomotives.insert(
        t->locomotives.end(), task.further_locomotives.begin(), task.further_locomotives.end());
  }
}

/// The pull couplings of a class may carry bounds that of the train.
void limit_drawbar(project::Wagon const& type, train::ConsistTask& task) {
  if (type.drawbar.value > Force{}) {
    task.limits.drawbar = std::min(task.limits.drawbar, type.drawbar.value);
  }
}

}  // namespace

route::AlignmentProblem alignment_problem(Project const& p, Link const& link) {
  route::AlignmentProblem problem{.from = end_point(p, link.from, link.rail->yard_length.value),
                                  .to = end_point(p, link.to, link.rail->yard_length.value),
                                  .rules = alignment_rules(p, link),
                                  .rates = route_rates(p, link, Length{}),
                                  .search_gap = link.rail->search_gap.value,
                                  .where = path_of(link)};
  for (auto const& via : link.via) {
    problem.via.push_back({fmt::format("via {:.3f}, {:.3f}", via.lon, via.lat),
                           lon_lat(via),
                           {},
                           path_of(link) + "/via"});
  }
  return problem;
}

train::ConsistTask consist_task(Project const& p, project::Consist const& consist) {
  auto const& wagon_class = named(p.wagons, consist.wagon);
  train::ConsistTask task{.locomotive = locomotive(named(p.locomotives, consist.locomotive)),
                          .wagon = wagon(wagon_class)};
  task.remote_place = consist.remote.value;
  task.coast_to = consist.coast_to.value;
  limit_drawbar(wagon_class, task);
  for (auto const& more : consist.more_locomotives) {
    task.further_locomotives.push_back({.type = locomotive(named(p.locomotives, more.of)),
                                        .count = static_cast<int>(std::lround(more.count.value))});
  }
  for (auto const& more : consist.more_wagons) {
    auto const& type = named(p.wagons, more.of);
    limit_drawbar(type, task);
    task.further_wagons.push_back(
        {.type = wagon(type), .count = static_cast<int>(std::lround(more.count.value))});
  }
  task.payload = std::round(consist.wagons.value) * task.wagon.payload;
  task.limits.max_locomotives = 12;
  return task;
}

std::vector<std::vector<std::size_t>> train_chains(Project const& p, Way const& way) {
  std::vector<std::vector<std::size_t>> chains;
  bool runs_on = false;
  for (auto const k : way.links) {
    bool const is_rail = p.links[k].mode == Link::Mode::kRail;
    if (is_rail && !runs_on) {
      chains.emplace_back();
    }
    if (is_rail) {
      chains.back().push_back(k);
    }
    runs_on = is_rail;
  }
  return chains;
}

std::vector<std::vector<std::size_t>> train_chains(Project const& p, std::vector<Way> const& ways) {
  std::vector<std::vector<std::size_t>> chains;
  for (auto const& way : ways) {
    for (auto& chain : train_chains(p, way)) {
      if (std::find(chains.begin(), chains.end(), chain) == chains.end()) {
        chains.push_back(std::move(chain));
      }
    }
  }
  return chains;
}

Result<LineAnswer> draw_line(Project const& p,
                             project::Option const& option,
                             Link const& link,
                             terrain::Terrain const* ground) {
  return link.status == Link::State::kNew ? draw_new(p, option, link, ground)
                                          : draw_given(p, link, ground);
}

train::Line line_of(route::Alignment const& alignment, Speed limit) {
  train::Line line;
  auto const& stations = alignment.stations;
  for (std::size_t k = 0; k + 1 < stations.size(); ++k) {
    Length const run = stations[k + 1].at - stations[k].at;
    double const grade = (stations[k + 1].rail - stations[k].rail) / run;
    auto const curvature =
        std::isfinite(stations[k].radius.in(m)) ? 1.0 / stations[k].radius : train::Curvature{};
    line.sections.push_back({stations[k].at, grade, curvature, 0, limit});
  }
  line.end = stations.back().at;
  return line;
}

Result<TrainAnswer> design_train(Project const& p,
                                 project::Option const& option,
                                 std::vector<std::size_t> const& chain,
                                 std::map<std::size_t, train::Line> const& lines) {
  auto const& first = p.links[chain.front()];
  auto const& consist = named(p.consists, first.rail->consist);
  for (auto const k : chain) {
    auto const& rail = *p.links[k].rail;
    if (rail.consist != consist.id) {
      return reject(Diagnostics{
          {Severity::kError,
           path_of(p.links[k]) + "/rail/consist",
           fmt::format("trains run through from {} with consist '{}', but '{}' is named here",
                       first.id,
                       consist.id,
                       rail.consist),
           "name one consist for all railways of a way, or put a road between",
           "TW0503",
           {}}});
    }
  }
  return size_train(p, option, consist, chain, lines);
}

Result<TrainAnswer> size_train(Project const& p,
                               project::Option const& option,
                               project::Consist const& consist,
                               std::vector<std::size_t> const& chain,
                               std::map<std::size_t, train::Line> const& lines) {
  auto const& first = p.links[chain.front()];
  train::ConsistTask task = consist_task(p, consist);
  Length const about = std::round(consist.wagons.value) * task.wagon.length +
                       train::length({.wagons = task.further_wagons});
  for (auto const k : chain) {
    auto const& rail = *p.links[k].rail;
    auto const& line = lines.at(k);
    Length const under = std::min(about, line.length());
    task.grades.loaded = std::max(task.grades.loaded, train::ruling_grade(line, under).grade);
    task.grades.empty =
        std::max(task.grades.empty, train::ruling_grade(train::reversed(line), under).grade);
    task.limits.loop_length = std::min(task.limits.loop_length, rail.loop_length.value);
    task.limits.axle_load = std::min(task.limits.axle_load, rail.axle_load.value);
  }
  auto sized = train::size_consist(task);
  if (!sized) {
    return reject(std::move(sized.error()));
  }
  if (auto* none = std::get_if<train::NoConsist>(&*sized)) {
    return NoDesign{option.name, path_of(first), none->reason, "on its ruling grade", none->remedy};
  }
  TrainDesign out{consist.id, chain, std::get<train::SizedConsist>(std::move(*sized)), 0, {}};
  if (int const given = static_cast<int>(std::lround(consist.locomotives.value)); given > 0) {
    give_locomotives(out.sized, given, task);
  }
  return out;
}

train::Line line_towards(RailDesign const& rail, Heading heading) {
  return heading == Heading::kAlong ? rail.line : train::reversed(rail.line);
}

Result<RailAnswer> run_trains(Project const& p,
                              project::Option const& option,
                              std::size_t link_index,
                              route::Alignment alignment,
                              train::SizedConsist const& consist) {
  auto const& link = p.links[link_index];
  RailDesign out;
  out.line = line_of(alignment, link.rail->speed.value);
  out.alignment = std::move(alignment);
  auto fine = train::pair_times(consist.loaded,
                                consist.empty,
                                out.line,
                                train::even_posts(out.line, 500 * m),
                                {.coast_to = consist.coast_to});
  if (!fine) {
    return reject(std::move(fine.error()));
  }
  if (auto* s = std::get_if<train::Stalled>(&*fine)) {
    return stalled(option, link, *s);
  }
  auto const& times = std::get<train::PairTimes>(*fine);
  out.loops = loops_on(link, out.line, times);
  out.capacity = train::line_capacity(times, out.loops, link.rail->meet_allowance.value);
  auto run = run_over(p, option, link_index, out, consist);
  if (!run) {
    return reject(std::move(run.error()));
  }
  if (auto* none = std::get_if<NoDesign>(&*run)) {
    return std::move(*none);
  }
  out.run = std::get<LinkRun>(std::move(*run));
  return out;
}

Result<RunAnswer> run_over(Project const& p,
                           project::Option const& option,
                           std::size_t link_index,
                           RailDesign const& rail,
                           train::SizedConsist const& consist,
                           Heading heading) {
  auto const& link = p.links[link_index];
  auto const out_line = line_towards(rail, heading);
  LinkRun out;
  auto times = train::pair_times(consist.loaded,
                                 consist.empty,
                                 out_line,
                                 posts_of(rail, heading),
                                 {.coast_to = consist.coast_to});
  if (!times) {
    return reject(std::move(times.error()));
  }
  if (auto* s = std::get_if<train::Stalled>(&*times)) {
    return stalled(option, link, *s);
  }
  out.times = std::get<train::PairTimes>(std::move(*times));
  for (auto const& [t, line, into] :
       {std::tuple{&consist.loaded, out_line, &out.loaded},
        std::tuple{&consist.empty, train::reversed(out_line), &out.empty}}) {
    auto drawn = draw_run(*t, line, consist.coast_to);
    if (!drawn) {
      return reject(std::move(drawn.error()));
    }
    if (auto* s = std::get_if<train::Stalled>(&*drawn)) {
      return stalled(option, link, *s);
    }
    *into = std::get<train::Run>(std::move(*drawn));
  }
  return out;
}

Result<train::PairTimes> times_at_speed(RailDesign const& rail,
                                        train::SizedConsist const& consist,
                                        Speed limit,
                                        Heading heading) {
  auto line = line_towards(rail, heading);
  for (auto& section : line.sections) {
    section.speed_limit = limit;
  }
  auto times = train::pair_times(
      consist.loaded, consist.empty, line, posts_of(rail, heading), {.coast_to = consist.coast_to});
  if (!times) {
    return reject(std::move(times.error()));
  }
  if (auto const* s = std::get_if<train::Stalled>(&*times)) {
    return reject("/link",
                  fmt::format("at {:.0f} km/h a train stalls at km {:.1f}: {}",
                              limit.in(kmh),
                              s->post.in(km),
                              s->reason),
                  "use more locomotives");
  }
  return std::get<train::PairTimes>(std::move(*times));
}

}  // namespace tidewater::appraisal
