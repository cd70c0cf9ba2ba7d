/// The way of inbound cargo from its port to its mine, over links of the option that lead either
/// way, and the trains made up for it.

#include "inbound.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include <fmt/format.h>

#include "lookup.hpp"
#include "rail_design.hpp"

namespace tidewater::appraisal {

namespace {

using project::Inbound;
using project::Link;
using project::Option;
using project::Project;
using project::Site;

/// Fewest of the design's links of one mode from a site to another, whichever way they are drawn.
std::vector<std::size_t> shortest(Project const& p,
                                  Design const& d,
                                  Link::Mode mode,
                                  std::string const& from,
                                  std::string const& to) {
  struct Reached {
    std::string place;
    std::vector<std::size_t> links;
  };
  std::deque<Reached> queue{{from, {}}};
  std::set<std::string> seen{from};
  while (!queue.empty()) {
    auto const at = std::move(queue.front());
    queue.pop_front();
    if (at.place == to) {
      return at.links;
    }
    for (auto const& l : d.links) {
      auto const& link = p.links[l.link];
      bool const touches = link.from == at.place || link.to == at.place;
      auto const& next = link.from == at.place ? link.to : link.from;
      if (link.mode == mode && touches && seen.insert(next).second) {
        queue.push_back({next, at.links});
        queue.back().links.push_back(l.link);
      }
    }
  }
  return {};
}

std::string path_of(Site const& mine, Inbound const& flow) {
  return "/site/" + mine.id + "/mine/inbound/" + flow.cargo;
}

/// Trains where railways lead all the way, else trucks over one road; empty: neither does.
std::vector<std::size_t> way_of(Project const& p,
                                Design const& d,
                                Inbound const& flow,
                                std::string const& port,
                                std::string const& mine) {
  std::vector<std::size_t> links;
  if (flow.by != Inbound::By::kRoad) {
    links = shortest(p, d, Link::Mode::kRail, port, mine);
  }
  if (links.empty() && flow.by != Inbound::By::kRail && flow.consist.empty()) {
    links = shortest(p, d, Link::Mode::kRoad, port, mine);
    if (links.size() > 1) {
      links.clear();
    }
  }
  return links;
}

/// The port by which the way's product leaves, or the first that is made of it.
std::string port_behind(Design const& d, Way const& way) {
  if (!way.plant.empty()) {
    for (auto const& next : d.ways) {
      if (next.from == way.plant) {
        return port_behind(d, next);
      }
    }
  }
  return way.port;
}

/// Every flow of the mines that send something in this option.
Result<std::vector<InboundDesign>> flows(Project const& p, Option const& option, Design const& d) {
  std::vector<InboundDesign> out;
  Diagnostics faults;
  std::set<std::string> seen;
  for (auto const& way : d.ways) {
    auto const& site = named(p.sites, way.from);
    if (!site.mine || !seen.insert(site.id).second) {
      continue;
    }
    for (std::size_t f = 0; f < site.mine->inbound.size(); ++f) {
      auto const& flow = site.mine->inbound[f];
      auto const port = flow.port.empty() ? port_behind(d, way) : flow.port;
      auto links = way_of(p, d, flow, port, site.id);
      bool const lands = std::any_of(
          d.ways.begin(), d.ways.end(), [&](Way const& other) { return other.port == port; });
      if (links.empty() || !lands) {
        faults.push_back(
            {Severity::kError,
             path_of(site, flow),
             fmt::format("in option {} {} cannot come from {} to {}: {}",
                         option.name,
                         flow.cargo,
                         label(named(p.sites, port)),
                         label(site),
                         lands ? "neither railways nor one road lead all the way, and a change "
                                 "between them is not simulated"
                               : "no product is shipped at that port"),
             "name the port its product leaves by, or give the option a road or railway there",
             "TW0504",
             {}});
        continue;
      }
      out.push_back({site.id, f, port, std::move(links)});
    }
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return out;
}

/// Makes up the train of a flow and runs it over its links.
Result<std::optional<NoDesign>> make_up(Project const& p,
                                        Option const& option,
                                        Design& d,
                                        InboundDesign& in) {
  auto const& flow = flow_of(p, in);
  auto const& first = *p.links[in.links.front()].rail;
  std::map<std::size_t, train::Line> lines;
  for (std::size_t at = 0; at < in.links.size(); ++at) {
    auto const k = in.links[at];
    lines[k] = line_towards(*d.of_link(k).rail, heading_of(p, in, at));
  }
  auto const& consist = named(p.consists, flow.consist.empty() ? first.consist : flow.consist);
  auto train = size_train(p, option, consist, in.links, lines);
  if (!train) {
    return reject(std::move(train.error()));
  }
  if (auto* none = std::get_if<NoDesign>(&*train)) {
    return std::optional{std::move(*none)};
  }
  auto& t = in.train.emplace(std::get<TrainDesign>(std::move(*train)));
  for (std::size_t at = 0; at < in.links.size(); ++at) {
    auto const k = in.links[at];
    auto run = run_over(p, option, k, *d.of_link(k).rail, t.sized, heading_of(p, in, at));
    if (!run) {
      return reject(std::move(run.error()));
    }
    if (auto* none = std::get_if<NoDesign>(&*run)) {
      return std::optional{std::move(*none)};
    }
    t.runs.push_back(std::get<LinkRun>(std::move(*run)));
    for (auto const& note : train_notes(t, at)) {
      d.notes.push_back(fmt::format("{} for {}: {}", flow.cargo, in.mine, note));
    }
  }
  return std::optional<NoDesign>{};
}

}  // namespace

project::Inbound const& flow_of(Project const& p, InboundDesign const& in) {
  return named(p.sites, in.mine).mine->inbound.at(in.flow);
}

Heading heading_of(Project const& p, InboundDesign const& in, std::size_t at) {
  std::string place = in.port;
  for (std::size_t k = 0; k < at; ++k) {
    auto const& link = p.links[in.links[k]];
    place = link.from == place ? link.to : link.from;
  }
  return p.links[in.links.at(at)].from == place ? Heading::kAlong : Heading::kAgainst;
}

MassRate peak_amount(project::Inbound const& flow) {
  MassRate sum{};
  for (auto const& phase : flow.phases) {
    sum += phase.amount.value;
  }
  return sum;
}

Result<std::optional<NoDesign>> design_inbound(Project const& p, Option const& option, Design& d) {
  auto all = flows(p, option, d);
  if (!all) {
    return reject(std::move(all.error()));
  }
  d.inbound = std::move(*all);
  for (auto& in : d.inbound) {
    if (p.links[in.links.front()].mode != Link::Mode::kRail) {
      continue;
    }
    auto none = make_up(p, option, d, in);
    if (!none || *none) {
      return none;
    }
  }
  return std::optional<NoDesign>{};
}

}  // namespace tidewater::appraisal
