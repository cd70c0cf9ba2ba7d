#include <algorithm>
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

bool takes(project::Plant const& plant, std::string const& product) {
  return plant.input == product ||
         std::any_of(plant.further.begin(), plant.further.end(), [&](auto const& part) {
           return part.product == product;
         });
}

enum class End { kPlant, kMarket };

/// Fewest links from `start` to a plant that takes the product, or to any market; of equals, the
/// one whose links the option names first.
std::vector<std::size_t> shortest(Project const& p,
                                  std::vector<std::size_t> const& links,
                                  std::string const& start,
                                  std::string const& product,
                                  End end) {
  std::map<std::string, std::size_t> came_by;
  std::set<std::string> seen{start};
  std::deque<std::string> queue{start};
  while (!queue.empty()) {
    auto const at = queue.front();
    queue.pop_front();
    auto const& site = named(p.sites, at);
    bool const is_end = end == End::kPlant ? site.plant && takes(*site.plant, product)
                                           : site.kind == Site::Kind::kMarket;
    if (is_end && at != start) {
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

class Finder {
 public:
  Finder(Project const& p, Option const& option)
      : p_{p}, option_{option}, links_{links_of(p, option)} {}

  Result<std::vector<Way>> find() {
    for (auto const& site : p_.sites) {
      if (site.mine && is_left_by_a_link(site)) {
        for (std::size_t d = 0; d < site.mine->deposits.size(); ++d) {
          add({.from = site.id, .deposit = d, .product = site.mine->deposits[d].product}, site);
        }
      }
    }
    for (std::size_t fed = 0; fed < plants_.size(); ++fed) {  // more of them as it goes on
      auto const& site = named(p_.sites, plants_[fed]);
      for (auto const& part : site.plant->outputs) {
        add({.from = site.id, .deposit = {}, .product = part.product}, site);
      }
    }
    every_plant_fed();
    one_product_a_pipeline();
    one_source_a_product();
    if (out_.empty() && !links_.empty() && faults_.empty()) {
      fault("no mine sends anything over the option's links", "add a link that starts at a mine");
    }
    if (!faults_.empty()) {
      return reject(std::move(faults_));
    }
    return std::move(out_);
  }

 private:
  void fault(std::string what, std::string remedy) {
    faults_.push_back(broken(option_, std::move(what), std::move(remedy)));
  }
  [[nodiscard]] bool is_left_by_a_link(Site const& site) const {
    return std::any_of(
        links_.begin(), links_.end(), [&](std::size_t k) { return p_.links[k].from == site.id; });
  }

  void add(Way way, Site const& from) {
    way.links = shortest(p_, links_, from.id, way.product, End::kPlant);
    if (way.links.empty()) {
      way.links = shortest(p_, links_, from.id, way.product, End::kMarket);
    }
    if (way.links.empty()) {
      fault(fmt::format("no way leads {} from {} to a market over the option's links",
                        way.product,
                        label(from)),
            "add the missing railway, road or sea link");
      return;
    }
    auto const& last = p_.links[way.links.back()];
    if (named(p_.sites, last.to).plant) {
      way.plant = last.to;
      if (from.mine && from.mine->owner == project::Mine::Owner::kThirdParty) {
        fault(fmt::format("{} belongs to a third party and feeds {}: what it would be paid is not "
                          "known",
                          label(from),
                          label(named(p_.sites, way.plant))),
              "let the venture own the mine, or carry its product to a market");
      }
      if (std::find(plants_.begin(), plants_.end(), way.plant) == plants_.end()) {
        plants_.push_back(way.plant);
      }
    } else if (last.mode == Link::Mode::kSea && named(p_.sites, last.from).port) {
      way.port = last.from;
      way.market = last.to;
    } else {
      fault(fmt::format("the way of {} does not end with a port and a sea link", label(from)),
            "let a sea link lead from a port to the market");
      return;
    }
    out_.push_back(std::move(way));
  }

  /// A plant that is drawn and not fed would drop out of the appraisal, its cost with it.
  void every_plant_fed() {
    for (auto const& site : p_.sites) {
      bool const is_reached = std::any_of(
          links_.begin(), links_.end(), [&](std::size_t k) { return p_.links[k].to == site.id; });
      if (site.plant && is_reached &&
          std::find(plants_.begin(), plants_.end(), site.id) == plants_.end()) {
        fault(fmt::format("nothing that {} works comes to it", label(site)),
              "let the option's links lead its input there, or leave out those that lead to it");
      }
    }
  }

  void one_product_a_pipeline() {
    for (auto const k : links_) {
      if (auto const over = products_over(k, out_);
          p_.links[k].mode == Link::Mode::kPipeline && over > 1) {
        fault(fmt::format(
                  "{} products come to the pipeline {}, which carries one", over, p_.links[k].id),
              "give each product a pipeline of its own");
      }
    }
  }

  void one_source_a_product() {
    std::map<std::string, std::string> source;
    for (auto const& way : out_) {
      auto const [first, is_new] = source.emplace(way.product, way.from);
      if (!is_new) {
        fault(fmt::format("{} and {} both send '{}': whose tonnes are shipped could not be told",
                          label(named(p_.sites, first->second)),
                          label(named(p_.sites, way.from)),
                          way.product),
              "give each source's product an entry of its own");
      }
    }
  }

  Project const& p_;
  Option const& option_;
  std::vector<std::size_t> links_;
  std::vector<Way> out_;
  std::vector<std::string> plants_;  ///< that something comes to
  Diagnostics faults_;
};

/// Dry; `left`: plants that may still lie before it, against plants in a circle.
MassRate peak_dry(Project const& p,
                  std::vector<Way> const& ways,
                  Way const& way,
                  std::size_t left) {
  auto const& site = named(p.sites, way.from);
  MassRate sum{};
  if (way.deposit) {
    for (auto const& phase : site.mine->deposits[*way.deposit].phases) {
      sum += phase.output.value;
    }
    return sum;
  }
  auto const& plant = *site.plant;
  for (auto const& feed : ways) {
    if (left > 0 && feed.plant == way.from && feed.product == plant.input) {
      sum += peak_dry(p, ways, feed, left - 1);
    }
  }
  double share = 0;
  for (auto const& part : plant.outputs) {
    share = part.product == way.product ? part.share.value : share;
  }
  return share * std::min(sum, plant.capacity.value);
}

}  // namespace

MassRate peak_dry(Project const& p, std::vector<Way> const& ways, Way const& way) {
  return peak_dry(p, ways, way, ways.size());
}

Result<std::vector<Way>> ways(Project const& p, Option const& option) {
  return Finder{p, option}.find();
}

LinkDesign const& Design::of_link(std::size_t link) const {
  auto const found =
      std::find_if(links.begin(), links.end(), [&](LinkDesign const& l) { return l.link == link; });
  TW_EXPECTS(found != links.end(), "a design holds every link of its option");
  return *found;
}

}  // namespace tidewater::appraisal
