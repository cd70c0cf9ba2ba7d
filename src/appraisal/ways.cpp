#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

#include "tidewater/appraisal/design.hpp"

#include "lookup.hpp"

namespace tidewater::appraisal {

namespace {

using project::Link;
using project::Option;
using project::Project;
using project::Site;

std::vector<std::size_t> links_of(Project const& p, Option const& option) {
  std::vector<std::size_t> out;
  for (auto const& id : option.links) {
    for (std::size_t k = 0; k < p.links.size(); ++k) {
      if (p.links[k].id == id) {
        out.push_back(k);
      }
    }
  }
  return out;
}

/// Fewest links from `start` to any market; of equals, the one whose links the option names first.
std::vector<std::size_t> shortest(Project const& p,
                                  std::vector<std::size_t> const& links,
                                  std::string const& start) {
  std::map<std::string, std::size_t> came_by;
  std::set<std::string> seen{start};
  std::deque<std::string> queue{start};
  while (!queue.empty()) {
    auto const at = queue.front();
    queue.pop_front();
    if (named(p.sites, at).kind == Site::Kind::kMarket) {
      std::vector<std::size_t> path;
      for (auto place = at; place != start; place = p.links[path.back()].from) {
        path.push_back(came_by.at(place));
      }
      return {path.rbegin(), path.rend()};
    }
    for (auto const k : links) {
      if (p.links[k].from == at && seen.insert(p.links[k].to).second) {
        came_by[p.links[k].to] = k;
        queue.push_back(p.links[k].to);
      }
    }
  }
  return {};
}

Diagnostic broken(Option const& option, std::string what, std::string remedy) {
  return {Severity::kError,
          "/option/" + option.name + "/links",
          std::move(what),
          std::move(remedy),
          "TW0501",
          {}};
}

std::ptrdiff_t products_over(std::size_t link, std::vector<Way> const& ways) {
  return std::count_if(ways.begin(), ways.end(), [link](Way const& way) {
    return std::find(way.links.begin(), way.links.end(), link) != way.links.end();
  });
}

}  // namespace

Result<std::vector<Way>> ways(Project const& p, Option const& option) {
  auto const links = links_of(p, option);
  std::vector<Way> out;
  Diagnostics faults;
  auto const fault = [&](std::string what, std::string remedy) {
    faults.push_back(broken(option, std::move(what), std::move(remedy)));
  };
  for (auto const& site : p.sites) {
    bool const starts = std::any_of(
        links.begin(), links.end(), [&](std::size_t k) { return p.links[k].from == site.id; });
    if (!site.mine || !starts) {
      continue;
    }
    auto const path = shortest(p, links, site.id);
    if (path.empty()) {
      fault(fmt::format("no way leads from {} to a market over the option's links", label(site)),
            "add the missing railway, road or sea link");
      continue;
    }
    auto const& sea = p.links[path.back()];
    if (sea.mode != Link::Mode::kSea || !named(p.sites, sea.from).port) {
      fault(fmt::format("the way of {} does not end with a port and a sea link", label(site)),
            "let a sea link lead from a port to the market");
      continue;
    }
    for (std::size_t d = 0; d < site.mine->deposits.size(); ++d) {
      out.push_back({site.id, d, sea.from, sea.to, path});
    }
  }
  for (auto const k : links) {
    if (auto const over = products_over(k, out);
        p.links[k].mode == Link::Mode::kPipeline && over > 1) {
      fault(fmt::format(
                "{} products come to the pipeline {}, which carries one", over, p.links[k].id),
            "give each product a pipeline of its own");
    }
  }
  std::map<std::string, std::string> source;
  for (auto const& way : out) {
    auto const& product = named(p.sites, way.mine).mine->deposits[way.deposit].product;
    auto const [first, is_new] = source.emplace(product, way.mine);
    if (!is_new) {
      fault(fmt::format("{} and {} both send '{}': whose tonnes are shipped could not be told",
                        label(named(p.sites, first->second)),
                        label(named(p.sites, way.mine)),
                        product),
            "give each mine's product an entry of its own");
    }
  }
  if (out.empty() && !links.empty() && faults.empty()) {
    fault("no mine sends anything over the option's links", "add a link that starts at a mine");
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return out;
}

LinkDesign const& Design::of_link(std::size_t link) const {
  auto const found =
      std::find_if(links.begin(), links.end(), [&](LinkDesign const& l) { return l.link == link; });
  TW_EXPECTS(found != links.end(), "a design holds every link of its option");
  return *found;
}

}  // namespace tidewater::appraisal
