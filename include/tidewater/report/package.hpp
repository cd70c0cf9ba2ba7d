#pragma once
/// The appraisal as layers and tables for QGIS: docs/guide/results.md names them.

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/geopackage.hpp"
#include "tidewater/report/results.hpp"

namespace tidewater::report {

/// Layers alignment, structure, loop, site, zone; tables kpi, year, ledger, train_run, event,
/// work, party, gate, claim, provenance, future, run. Every station of a line, unlike the JSON.
[[nodiscard]] io::GeoPackage geo_package(appraisal::Appraisal const& appraisal,
                                         ResultsHead const& head);

}  // namespace tidewater::report
