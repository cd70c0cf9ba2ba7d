#include "tidewater/report/results.hpp"

#include "entry.hpp"
#include "parts.hpp"

namespace tidewater::report {

using io::Json;

std::string unit_in(std::string_view unit, std::string const& currency) {
  std::string out{unit};
  if (auto const at = out.find("USD"); at != std::string::npos) {
    out.replace(at, 3, currency);
  }
  return out;
}

Json results_json(appraisal::Appraisal const& all, ResultsHead const& head) {
  Json options = Json::array();
  for (std::size_t k = 0; k < all.options.size(); ++k) {
    options.push_back(option_json(view_of(all, k)));
  }
  return std::move(Entry{}
                       .put("tidewater",
                            std::move(Entry{}
                                          .text("version", head.version)
                                          .text("project_hash", head.project_hash)
                                          .whole("seed", all.project.header.seed))
                                .whole_object())
                       .put("project", project_json(all))
                       .put("map", map_json(all))
                       .put("options", std::move(options))
                       .put("claims", claims_json(all))
                       .put("provenance", provenance_json(all))
                       .put("left_out", Json(all.project.header.left_out))
                       .put("warnings", warnings_json(all)))
      .whole_object();
}

}  // namespace tidewater::report
