#pragma once
/// The appraisal as layers and tables for QGIS: docs/guide/results.md names them.

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/geopackage.hpp"
#include "tidewater/io/json.hpp"

namespace tidewater::report {

/// Layers alignment (3D), stations, structures, loops, sites, zones, straight from the appraisal:
/// every station of a line, unlike the JSON. Tables run, kpi, futures, year, ledger, train_run,
/// event, work, party, gate, claim, provenance: the lists of results_json(), a row an entry.
[[nodiscard]] io::GeoPackage geo_package(appraisal::Appraisal const& appraisal,
                                         io::Json const& results);

}  // namespace tidewater::report
