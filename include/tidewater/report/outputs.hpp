#pragma once
/// The three files of an appraisal, all or none.

#include <string>
#include <vector>

#include "tidewater/report/results.hpp"

namespace tidewater::report {

/// Writes results.json, report.html and NAME.gpkg into `folder` (made when missing) and returns
/// their paths in that order. Nothing is left half-written: on a fault or an exception the folder
/// is as it was, files of an earlier run included.
///   fails   a name that is no plain file name, or what io::write_geopackage finds
///   throws  tidewater::Error when the disk fails
[[nodiscard]] Result<std::vector<std::string>> write_outputs(std::string const& folder,
                                                             std::string const& name,
                                                             appraisal::Appraisal const& appraisal,
                                                             ResultsHead const& head);

}  // namespace tidewater::report
