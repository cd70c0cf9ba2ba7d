#include "tidewater/appraisal/design.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/calendar.hpp"
#include "tidewater/base/parallel.hpp"

#include "inbound.hpp"
#include "lookup.hpp"
#include "money.hpp"
#include "rail_design.hpp"

namespace tidewater::appraisal {

namespace {

using project::Link;
using project::Option;
using project::Project;
using units::year;

/// Length of a road or pipeline: given, or the great circle times its detour.
template <class Course>
Length length_of(Course const& course, Length great_circle) {
  return course.length.value > Length{} ? course.length.value : course.detour.value * great_circle;
}

/// Peak wet tonnes a year of a way.
MassRate peak_of(Project const& p, std::vector<Way> const& ways, Way const& way) {
  return wet_per_dry(named(p.products, way.product)) * peak_dry(p, ways, way);
}

/// The same of all ways whose trains run exactly this chain; not of those that only share a part.
MassRate peak_of(Project const& p,
                 std::vector<Way> const& ways,
                 std::vector<std::size_t> const& chain) {
  MassRate sum{};
  for (auto const& way : ways) {
    auto const own = train_chains(p, way);
    sum +=
        std::find(own.begin(), own.end(), chain) != own.end() ? peak_of(p, ways, way) : MassRate{};
  }
  return sum;
}

/// Vehicles that `flow` keeps busy on average.
double busy(MassRate flow, Time cycle, Mass payload) {
  return flow * cycle / payload;
}

/// The fleet the file gives, or the smallest that could carry everything, times the margin.
int fleet(double given, double busy, double margin) {
  int const stated = static_cast<int>(std::lround(given));
  return stated > 0 ? stated : std::max(1, static_cast<int>(std::ceil(busy * margin)));
}

/// The fleet of each road, divided among the ways over it as their tonnes keep it busy: whole
/// trucks, one each at the least, in all the fleet. A stated fleet must have as many.
Diagnostics share_trucks(Project const& p, std::vector<double> const& busy, Design& d) {
  Diagnostics faults;
  for (auto const& l : d.links) {
    std::vector<std::size_t> over;
    double all = 0;
    for (std::size_t i = 0; i < d.trucks.size(); ++i) {
      if (d.trucks[i].link == l.link) {
        over.push_back(i);
        all += busy[i];
      }
    }
    if (over.empty()) {
      continue;
    }
    auto const& road = *p.links[l.link].road;
    auto const products = static_cast<int>(over.size());
    if (int const stated = static_cast<int>(std::lround(road.fleet.value));
        stated > 0 && stated < products) {
      faults.push_back(
          {Severity::kError,
           "/link/" + p.links[l.link].id + "/road/fleet",
           fmt::format("{} trucks for {} products: trucks keep to their product", stated, products),
           "state one truck a product or more, or none to have the fleet sized",
           "TW0505",
           {}});
      continue;
    }
    int const whole = std::max(products, fleet(road.fleet.value, all, road.fleet_margin.value));
    double so_far = 0;
    int given = 0;
    for (int n = 0; n < products; ++n) {
      auto const i = over[static_cast<std::size_t>(n)];
      so_far += all > 0 ? busy[i] / all : 1.0 / products;
      int const fair = static_cast<int>(std::lround(so_far * whole)) - given;
      d.trucks[i].trucks = std::clamp(fair, 1, whole - given - (products - n - 1));
      given += d.trucks[i].trucks;
    }
  }
  return faults;
}

/// The same for what comes in, each flow with vehicles of its own.
void size_inbound(Project const& p, corridor::CorridorModel const& model, Design& d) {
  for (std::size_t i = 0; i < d.inbound.size(); ++i) {
    auto& in = d.inbound[i];
    auto const& flow = flow_of(p, in);
    auto const& first = p.links[in.links.front()];
    Time const cycle =
        corridor::unobstructed_cycle(model, corridor::InboundId{static_cast<std::uint32_t>(i)});
    if (in.train) {
      in.train->consists = fleet(flow.fleet.value,
                                 busy(peak_amount(flow), cycle, in.train->sized.payload),
                                 first.rail->fleet_margin.value);
    } else {
      in.trucks = fleet(flow.fleet.value,
                        busy(peak_amount(flow), cycle, first.road->payload.value),
                        first.road->fleet_margin.value);
    }
  }
}

/// Fleets given in the file, or sized from the undisturbed cycles of the corridor model.
Diagnostics size_fleets(Project const& p, Option const& option, Design& d) {
  for (auto& t : d.trains) {
    t.consists = 1;
  }
  for (std::size_t w = 0; w < d.ways.size(); ++w) {
    for (auto const k : d.ways[w].links) {
      if (p.links[k].mode == Link::Mode::kRoad) {
        d.trucks.push_back({k, w});
      }
    }
  }
  for (auto& in : d.inbound) {
    in.trucks = 1;
    if (in.train) {
      in.train->consists = 1;
    }
  }
  auto const model = corridor_model(p, option, d);
  if (!model) {
    return model.error();
  }
  size_inbound(p, *model, d);
  std::vector<double> trains(d.trains.size());  // busy with the flow of every way that uses them
  std::vector<double> trucks(d.trucks.size());
  for (std::uint32_t r = 0; r < model->routes.size(); ++r) {
    auto const cycles = corridor::unobstructed_cycles(*model, corridor::RouteId{r});
    auto const& way = d.ways[r];
    auto const flow = peak_of(p, d.ways, way);
    auto const chains = train_chains(p, way);
    std::size_t haul = 0;
    std::size_t chain = 0;
    for (std::size_t at = 0; at < way.links.size(); ++at) {
      auto const k = way.links[at];
      bool const starts_chain = chain < chains.size() && chains[chain].front() == k;
      for (std::size_t i = 0; starts_chain && i < d.trains.size(); ++i) {
        trains[i] += d.trains[i].links == chains[chain]
                         ? busy(flow, cycles[haul], d.trains[i].sized.payload)
                         : 0;
      }
      bool const is_road = p.links[k].mode == Link::Mode::kRoad;
      for (std::size_t i = 0; is_road && i < d.trucks.size(); ++i) {
        bool const is_theirs = d.trucks[i].link == k && d.trucks[i].way == r;
        trucks[i] =
            is_theirs ? busy(flow, cycles[haul], p.links[k].road->payload.value) : trucks[i];
      }
      chain += starts_chain ? 1 : 0;
      haul += starts_chain || is_road || p.links[k].mode == Link::Mode::kPipeline ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < d.trains.size(); ++i) {
    auto const& rail = *p.links[d.trains[i].links.front()].rail;
    d.trains[i].consists = fleet(rail.fleet.value, trains[i], rail.fleet_margin.value);
  }
  return share_trucks(p, trucks, d);
}

/// Chains of railways with trains of their own, the one with most to carry first: where chains
/// share a railway, its loops are placed for that one. Links no product uses, e.g. one that only
/// opens access, still get their trains' times.
std::vector<std::vector<std::size_t>> chains_of(Project const& p,
                                                std::map<std::size_t, train::Line> const& lines,
                                                Design& d) {
  auto chains = train_chains(p, d.ways);
  std::stable_sort(chains.begin(), chains.end(), [&](auto const& a, auto const& b) {
    return peak_of(p, d.ways, a) > peak_of(p, d.ways, b);
  });
  for (auto const& [k, line] : lines) {
    bool const used = std::any_of(chains.begin(), chains.end(), [k = k](auto const& chain) {
      return std::find(chain.begin(), chain.end(), k) != chain.end();
    });
    if (!used) {
      d.notes.push_back(fmt::format("no product of this option runs over {}", p.links[k].id));
      chains.push_back({k});
    }
  }
  return chains;
}

/// Runs a train over one of its links, placing the link's loops if no train has been there before.
Result<RunAnswer> run_link(Project const& p,
                           Option const& option,
                           LinkDesign& link,
                           route::Alignment const& alignment,
                           train::SizedConsist const& consist) {
  if (link.rail) {
    return run_over(p, option, link.link, *link.rail, consist);
  }
  auto rail = run_trains(p, option, link.link, alignment, consist);
  if (!rail) {
    return reject(std::move(rail.error()));
  }
  if (auto* none = std::get_if<NoDesign>(&*rail)) {
    return std::move(*none);
  }
  link.rail = std::get<RailDesign>(std::move(*rail));
  auto const asked = std::lround(p.links[link.link].rail->loops.value);
  if (auto const found = std::ssize(link.rail->loops); found < asked) {
    link.notes.push_back(
        fmt::format("{} of {} loops find a level place; the line runs with these and pays for all",
                    found,
                    asked));
  }
  return link.rail->run;
}

/// Runs the trains of a chain over each of its links.
Result<std::optional<NoDesign>> run_chain(Project const& p,
                                          Option const& option,
                                          std::map<std::size_t, route::Alignment> const& drawn,
                                          std::vector<LinkDesign>& links,
                                          TrainDesign& t) {
  for (auto const k : t.links) {
    auto const at =
        std::find_if(links.begin(), links.end(), [k](auto const& link) { return link.link == k; });
    auto run = run_link(p, option, *at, drawn.at(k), t.sized);
    if (!run) {
      return reject(std::move(run.error()));
    }
    if (auto* none = std::get_if<NoDesign>(&*run)) {
      return std::optional{std::move(*none)};
    }
    t.runs.push_back(std::get<LinkRun>(std::move(*run)));
    for (auto& note : train_notes(t, t.runs.size() - 1)) {
      if (std::find(at->notes.begin(), at->notes.end(), note) == at->notes.end()) {
        at->notes.push_back(std::move(note));
      }
    }
  }
  return std::optional<NoDesign>{};
}

/// Designs the trains of every chain of railways, and runs them over each of its links.
Result<std::optional<NoDesign>> run_chains(Project const& p,
                                           Option const& option,
                                           std::map<std::size_t, route::Alignment> const& drawn,
                                           std::map<std::size_t, train::Line> const& lines,
                                           Design& d) {
  for (auto const& chain : chains_of(p, lines, d)) {
    auto train = design_train(p, option, chain, lines);
    if (!train) {
      return reject(std::move(train.error()));
    }
    if (auto* none = std::get_if<NoDesign>(&*train)) {
      return std::optional{std::move(*none)};
    }
    auto& t = std::get<TrainDesign>(*train);
    auto none = run_chain(p, option, drawn, d.links, t);
    if (!none || *none) {
      return none;
    }
    if (peak_of(p, d.ways, chain) > MassRate{}) {
      d.trains.push_back(std::move(t));
    }
  }
  return std::optional<NoDesign>{};
}

/// Draws every link of the option; stops at the first that cannot be built.
Result<std::optional<NoDesign>> draw_links(Project const& p,
                                           Option const& option,
                                           terrain::Terrain const* ground,
                                           DrawnLines const& known,
                                           Design& d) {
  std::map<std::size_t, route::Alignment> drawn;
  std::map<std::size_t, train::Line> lines;
  Diagnostics faults;
  for (auto const& id : option.links) {
    auto const& link = named(p.links, id);
    auto const k = static_cast<std::size_t>(&link - p.links.data());
    auto const from = lon_lat(named(p.sites, link.from).at);
    auto const to = lon_lat(named(p.sites, link.to).at);
    LinkDesign out{.link = k, .great_circle = terrain::geodesic_distance(from, to)};
    if (link.mode == Link::Mode::kRoad) {
      out.length = length_of(*link.road, out.great_circle);
    } else if (link.mode == Link::Mode::kPipeline) {
      out.length = length_of(*link.pipeline, out.great_circle);
    } else if (link.mode == Link::Mode::kSea) {
      out.length = link.sea->distance.value;
    } else {
      auto const before = option.overrides.empty() ? known.find(id) : known.end();
      auto answer = before == known.end() ? draw_line(p, option, link, ground)
                                          : Result<LineAnswer>{before->second};
      if (!answer) {
        faults.insert(faults.end(), answer.error().begin(), answer.error().end());
        continue;
      }
      if (auto* none = std::get_if<NoDesign>(&*answer)) {
        none->option = option.name;
        return std::optional{std::move(*none)};
      }
      auto& alignment =
          drawn.emplace(k, std::get<route::Alignment>(std::move(*answer))).first->second;
      out.length = alignment.length;
      out.notes = alignment.notes;
      lines[k] = line_of(alignment, link.rail->speed.value);
    }
    d.links.push_back(std::move(out));
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return run_chains(p, option, drawn, lines, d);
}

/// What the grid must hold for a railway: its ends, each once, and its via points.
void add_places(Project const& p, Link const& link, terrain::GridRequest& request) {
  for (auto const& id : {link.from, link.to}) {
    auto const& s = named(p.sites, id);
    bool const known = std::any_of(request.sites.begin(), request.sites.end(), [&](auto const& g) {
      return g.name == label(s);
    });
    if (!known) {
      request.sites.push_back({label(s),
                               lon_lat(s.at),
                               s.port ? terrain::Shore::kPort : terrain::Shore::kInland,
                               "/site/" + s.id + "/at"});
    }
  }
  for (auto const& via : link.via) {
    request.sites.push_back({fmt::format("via of {}", link.id),
                             lon_lat(via),
                             terrain::Shore::kInland,
                             "/link/" + link.id + "/via"});
  }
}

/// The longest lead of a mine's phases over the opening.
Time longest_build(project::Mine const& mine) {
  Time longest{};
  for (auto const& deposit : mine.deposits) {
    for (auto const& phase : deposit.phases) {
      longest = std::max(longest, phase.build.value - phase.start.value * year);
    }
  }
  return longest;
}

}  // namespace

std::vector<std::string> train_notes(TrainDesign const& train, std::size_t at) {
  std::vector<std::string> notes;
  auto const add = [&](char const* which, Diagnostics const& found) {
    for (auto const& d : found) {
      notes.push_back(fmt::format("{}: {}; remedy: {}", which, d.what, d.remedy));
    }
  };
  add("trains", train.sized.notes);
  add("loaded trains", train.runs[at].loaded.notes);
  add("empty trains", train.runs[at].empty.notes);
  return notes;
}

Result<std::optional<terrain::Terrain>> ground(Project const& p, terrain::GeoRaster const* relief) {
  if (relief == nullptr) {
    return std::optional<terrain::Terrain>{};
  }
  terrain::GridRequest request{.margin = p.terrain.margin.value,
                               .cell = p.terrain.cell.value,
                               .smoothing = p.terrain.smoothing.value};
  for (auto const& option : p.options) {
    for (auto const& id : option.links) {
      auto const& link = named(p.links, id);
      if (link.mode == Link::Mode::kRail) {
        add_places(p, link, request);
      }
    }
  }
  if (request.sites.empty()) {
    return std::optional<terrain::Terrain>{};
  }
  auto grid = terrain::metric_grid(*relief, request);
  if (!grid) {
    return reject(std::move(grid.error()));
  }
  std::vector<terrain::Zone> zones;
  for (auto const& z : p.zones) {
    terrain::Zone zone{.name = z.name,
                       .kind = static_cast<terrain::ZoneKind>(z.kind),
                       .factor = z.factor.value,
                       .reason = z.reason};
    for (auto const& corner : z.polygon) {
      zone.polygon.push_back(lon_lat(corner));
    }
    for (auto const& place : z.line) {
      zone.line.push_back(lon_lat(place));
    }
    zone.where = "/zone/" + std::to_string(zones.size());
    zones.push_back(std::move(zone));
  }
  auto map = terrain::zone_map(grid->frame(), std::move(zones));
  if (!map) {
    return reject(std::move(map.error()));
  }
  return std::optional{terrain::Terrain{std::move(*grid), std::move(*map)}};
}

Result<DrawnLines> draw_lines(Project const& p, terrain::Terrain const* ground, int threads) {
  std::vector<Link const*> wanted;
  for (auto const& link : p.links) {
    bool const used = std::any_of(p.options.begin(), p.options.end(), [&](Option const& o) {
      return o.overrides.empty() &&
             std::find(o.links.begin(), o.links.end(), link.id) != o.links.end();
    });
    if (used && link.mode == Link::Mode::kRail) {
      wanted.push_back(&link);
    }
  }
  std::vector<Result<LineAnswer>> answers(wanted.size(), reject(Diagnostics{}));
  parallel_for(wanted.size(), threads, [&](std::size_t k) {
    answers[k] = draw_line(p, Option{}, *wanted[k], ground);
  });
  DrawnLines out;
  Diagnostics faults;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    if (answers[k]) {
      out.emplace(wanted[k]->id, std::move(*answers[k]));
    } else {
      faults.insert(faults.end(), answers[k].error().begin(), answers[k].error().end());
    }
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return out;
}

Result<DesignAnswer> design(Project const& p,
                            Option const& option,
                            terrain::Terrain const* ground,
                            DrawnLines const& drawn) {
  auto found = ways(p, option);
  if (!found) {
    return reject(std::move(found.error()));
  }
  Design d{.option = option.name, .ways = std::move(*found)};
  auto none = draw_links(p, option, ground, drawn, d);
  if (!none) {
    return reject(std::move(none.error()));
  }
  if (!*none) {
    none = design_inbound(p, option, d);
    if (!none) {
      return reject(std::move(none.error()));
    }
  }
  if (*none) {
    return DesignAnswer{std::move(**none)};
  }
  if (auto faults = size_fleets(p, option, d); !faults.empty()) {
    return reject(std::move(faults));
  }
  return DesignAnswer{std::move(d)};
}

Programme programme(Project const& p, Option const& option) {
  Calendar const calendar{p.header.first_year};
  double const start_year = p.header.start_year.value + option.delay.value.in(year);
  Time longest{};
  auto const consider = [&](Time from_start) { longest = std::max(longest, from_start); };
  auto const works = [&](std::vector<project::Work> const& all) {
    for (auto const& w : all) {
      if (w.part != project::Work::Part::kSocial) {
        consider(w.start.value * year + w.duration.value);
      }
    }
  };
  for (auto const& id : option.links) {
    auto const& link = named(p.links, id);
    works(link.works);
    consider(build_time(link));
  }
  for (auto const* site : sites_of(p, option)) {
    works(site->works);
    if (site->mine) {
      consider(longest_build(*site->mine));
    }
  }
  // By calendar years: two years from 1 January 2027 end with 2028, not half a day before, which
  // would count a whole year of operation and of debt service too many.
  auto const at = [&](double calendar_year) {
    double const whole = std::floor(calendar_year + 1e-9);
    return calendar.year_start(static_cast<int>(whole) - p.header.first_year) +
           std::max(0.0, calendar_year - whole) * year;
  };
  return {at(start_year), at(start_year + longest.in(year))};
}

}  // namespace tidewater::appraisal
