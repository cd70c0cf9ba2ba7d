/// Rules of what comes from a port to a mine.

#include "verify_inbound.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tidewater::project {

Diagnostics inbound_faults(Project const& project) {
  Diagnostics faults;
  auto const require = [&](bool holds, std::string where, std::string what, std::string remedy) {
    if (!holds) {
      faults.push_back(
          {Severity::kError, std::move(where), std::move(what), std::move(remedy), "TW0325", {}});
    }
  };
  for (auto const& site : project.sites) {
    for (auto const& flow : site.mine ? site.mine->inbound : std::vector<Inbound>{}) {
      auto const at = "/site/" + site.id + "/mine/inbound/" + flow.cargo;
      require(!flow.phases.empty(),
              at,
              "an inbound cargo has no phase, so nothing of it comes",
              "add [[site.mine.inbound.phase]] with its amount");
      require(flow.by != Inbound::By::kRoad || flow.consist.empty(),
              at + "/consist",
              "a train is named for cargo that comes by road",
              "leave the consist out, or state by = \"rail\"");
      require(flow.loading_rate.value > MassRate{} && flow.unloading_rate.value > MassRate{},
              at + "/loading_rate",
              "inbound cargo is loaded or unloaded at no rate",
              "state rates above zero");
      auto const port = std::find_if(project.sites.begin(),
                                     project.sites.end(),
                                     [&](Site const& other) { return other.id == flow.port; });
      require(port == project.sites.end() || port->port,
              at + "/port",
              fmt::format("inbound cargo lands at '{}', which is no port", flow.port),
              "name a site with [site.port]");
    }
  }
  return faults;
}

}  // namespace tidewater::project
