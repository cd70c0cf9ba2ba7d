#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using corridor::ResourceKind;
using io::Json;
using units::h;
using units::km;

/// "mine_a: copper" -> "Mine A: copper", "rd_pasni" -> "Reko Diq - Pasni": the simulation names
/// things by the ids of the project file.
std::string labelled(project::Project const& p, std::string const& name) {
  for (auto const& site : p.sites) {
    bool const is_of_site =
        name == site.id || name.starts_with(site.id + ":") || name.starts_with(site.id + " ");
    if (is_of_site) {
      return site_label(p, site.id) + name.substr(site.id.size());
    }
  }
  for (auto const& link : p.links) {
    if (name == link.id || name.starts_with(link.id + ":")) {
      return link_label(p, link) + name.substr(link.id.size());
    }
  }
  return name;
}

std::string what(OptionView const& view, corridor::ResourceUse const& use) {
  auto name = labelled(view.own, use.name);
  for (auto const& product : view.own.products) {
    if (name.ends_with(" " + product.id)) {
      name.replace(name.size() - product.id.size(), product.id.size(), product_label(product));
    }
  }
  return fmt::format("{}, {}", corridor::name(use.kind), name);
}

struct BusiestSection {
  std::string what;
  double use = 0;
  std::size_t sections = 0;
};

/// Of the sections of a line only the busiest is worth a row.
std::vector<BusiestSection> busiest_sections(OptionView const& view) {
  std::vector<BusiestSection> out;
  for (std::uint32_t l = 0; l < view.model->lines.size(); ++l) {
    corridor::LineId const id{l};
    auto const& line = view.model->lines[id];
    auto const& use = view.result.median.life.lines[id].section_use;
    if (use.empty()) {
      continue;
    }
    auto const at =
        static_cast<std::size_t>(std::max_element(use.begin(), use.end()) - use.begin());
    Length from{};
    for (std::size_t k = 0; k < at; ++k) {
      from += line.sections[k].length;
    }
    auto const to = from + line.sections[at].length;
    out.push_back({fmt::format("single track, km {:.0f} to {:.0f}, {}",
                               from.in(km),
                               to.in(km),
                               labelled(view.own, line.id)),
                   std::clamp(use[at], 0.0, 1.0),
                   use.size()});
  }
  return out;
}

std::string note(OptionView const& view, corridor::ResourceUse const& use) {
  switch (use.kind) {
    case ResourceKind::kStockyard:
      return "mean level over capacity";
    case ResourceKind::kMine:
      return "share of its output that a full stockpile did not stop";
    case ResourceKind::kPipeline:
      return "share of time its pumps worked";
    case ResourceKind::kPlant:
      return "share of time it worked";
    case ResourceKind::kFleet:
      return "share of consist time not spent waiting for cargo";
    case ResourceKind::kBerth:
      for (std::uint32_t p = 0; p < view.model->ports.size(); ++p) {
        corridor::PortId const id{p};
        if (use.name.starts_with(view.model->ports[id].id + " ")) {
          return fmt::format("weather closes the port {:.0f} % of the time",
                             100 * view.result.median.life.ports[id].weather_closed);
        }
      }
      return {};
    default:
      return {};
  }
}

Json bottleneck(std::string name, double use, std::string remark) {
  return std::move(Entry{}
                       .text("what", std::move(name))
                       .number("utilisation", use)
                       .text("note", std::move(remark)))
      .whole_object();
}

Json states_json(std::map<std::string, double> const& shares) {
  Json out = Json::array();
  for (auto const& [state, share] : shares) {
    if (share > 0) {
      out.push_back(std::move(Entry{}.text("state", state).number("share", share)).whole_object());
    }
  }
  return out;
}

Json share_json(std::string name, std::map<std::string, double> const& shares) {
  return std::move(Entry{}.text("what", std::move(name)).put("states", states_json(shares)))
      .whole_object();
}

/// How the consists of a fleet spent their time since opening; what is not waiting is the work
/// itself.
std::map<std::string, double> fleet_shares(OptionView const& view, corridor::FleetId id) {
  auto const& fleet = view.result.median.life.fleets[id];
  Calendar const calendar{view.own.header.first_year};
  Time const open = calendar.year_start(view.own.header.years) - view.model->opening;
  double const all = view.model->fleets[id].consists * open.in(h);
  std::map<std::string, double> hours;
  for (auto const& y : fleet.years) {
    hours["waiting-cargo"] += y.wait_cargo.in(h);
    hours["waiting for the load-out"] += y.wait_loading.in(h);
    hours["waiting to unload"] += y.wait_unloading.in(h);
    hours["delayed on the line"] += y.delay.in(h);
    if (view.model->fleets[id].crews) {
      hours["waiting for a crew"] += y.wait_crew.in(h);
    }
  }
  double waited = 0;
  std::map<std::string, double> shares;
  for (auto const& [state, spent] : hours) {
    shares[state] = all > 0 ? spent / all : 0;
    waited += shares[state];
  }
  shares["running, loading, unloading"] = std::max(0.0, 1 - waited);
  return shares;
}

/// From the opening to the end of the life.
std::map<std::string, double> plant_shares(OptionView const& view, corridor::PlantId id) {
  Calendar const calendar{view.own.header.first_year};
  Time const open = calendar.year_start(view.own.header.years) - view.model->opening;
  std::map<std::string, double> shares;
  double stood = 0;
  for (auto const& y : view.result.median.life.plants[id]) {
    shares["lacking an input"] += y.lacks_input / open;
    shares["without room for an output"] += y.lacks_room / open;
    shares["out of order"] += y.down / open;
    stood += (y.lacks_input + y.lacks_room + y.down) / open;
  }
  shares["working"] = std::max(0.0, 1 - stood);
  return shares;
}

/// Dry tonnes of the year that made or worked most of it.
double busiest(OptionView const& view,
               corridor::ProductId product,
               Mass corridor::ProductYear::*of) {
  Mass most{};
  for (auto const& y : view.result.median.life.products[product]) {
    most = std::max(most, y.*of);
  }
  return most.in(units::kt);
}

}  // namespace

Json plants_json(OptionView const& view) {
  Json out = Json::array();
  for (auto const& plant : view.model->plants) {
    Json outputs = Json::array();
    for (auto const& part : plant.outputs) {
      outputs.push_back(
          std::move(Entry{}
                        .text("product", view.model->products[part.product].id)
                        .number("share", part.share)
                        .number("busiest_kt_a",
                                busiest(view, part.product, &corridor::ProductYear::made)))
              .whole_object());
    }
    MassRate const capacity = plant.rate.back().rate;
    out.push_back(std::move(Entry{}
                                .text("site", plant.id)
                                .text("input", view.model->products[plant.input].id)
                                .number("capacity_kt_a", capacity.in(units::kt / units::year))
                                .number("busiest_kt_a",
                                        busiest(view, plant.input, &corridor::ProductYear::worked))
                                .put("outputs", std::move(outputs)))
                      .whole_object());
  }
  return out;
}

Json bottlenecks_json(OptionView const& view) {
  Json out = Json::array();
  for (auto const& section : busiest_sections(view)) {
    out.push_back(
        bottleneck(section.what,
                   section.use,
                   fmt::format("busiest of {} sections between loops", section.sections)));
  }
  for (auto const& use : view.result.median.life.resources) {
    if (use.kind != ResourceKind::kSection) {
      out.push_back(bottleneck(what(view, use), use.use, note(view, use)));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](Json const& a, Json const& b) {
    return a["utilisation"].get<double>() > b["utilisation"].get<double>();
  });
  return out;
}

Json shares_json(OptionView const& view) {
  Json out = Json::array();
  auto const& life = view.result.median.life;
  for (std::uint32_t p = 0; p < view.model->ports.size(); ++p) {
    corridor::PortId const id{p};
    auto const& port = view.model->ports[id];
    for (std::size_t b = 0; b < port.berths.size() && b < life.ports[id].berths.size(); ++b) {
      std::map<std::string, double> shares;
      for (std::size_t k = 0; k < corridor::kBerthStates; ++k) {
        shares[std::string{word(static_cast<corridor::BerthState>(k))}] +=
            life.ports[id].berths[b].share[k];
      }
      out.push_back(share_json(
          fmt::format("{}, {}", port.berths[b].id, site_label(view.own, port.id)), shares));
    }
  }
  for (std::uint32_t k = 0; k < view.model->plants.size(); ++k) {
    corridor::PlantId const id{k};
    out.push_back(
        share_json(site_label(view.own, view.model->plants[id].id), plant_shares(view, id)));
  }
  for (std::uint32_t f = 0; f < view.model->fleets.size(); ++f) {
    corridor::FleetId const id{f};
    auto const& fleet = view.model->fleets[id];
    out.push_back(share_json(
        fmt::format(
            "{} {}, {}", fleet.consists, fleet.consists == 1 ? "consist" : "consists", fleet.id),
        fleet_shares(view, id)));
  }
  return out;
}

}  // namespace tidewater::report
