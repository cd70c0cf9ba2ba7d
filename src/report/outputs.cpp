#include "tidewater/report/outputs.hpp"

#include "tidewater/io/files.hpp"
#include "tidewater/io/geopackage.hpp"
#include "tidewater/report/package.hpp"
#include "tidewater/report/page.hpp"

namespace tidewater::report {

Result<std::vector<std::string>> write_outputs(std::string const& folder,
                                               std::string const& name,
                                               appraisal::Appraisal const& appraisal,
                                               ResultsHead const& head) {
  if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) {
    return reject("--out", "'" + name + "' is no name for a file", "use letters, digits and _");
  }
  auto const results = results_json(appraisal, head);
  io::OutputFolder out{folder};
  out.write("results.json", io::json_text(results));
  out.write("report.html", report_html(results));
  auto written = io::write_geopackage(out.claim(name + ".gpkg"), geo_package(appraisal, results));
  if (!written) {
    return reject(std::move(written.error()));
  }
  return out.keep();
}

}  // namespace tidewater::report
