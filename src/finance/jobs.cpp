#include <algorithm>

#include "tidewater/finance/ledger.hpp"

namespace tidewater::finance {

Jobs count_jobs(std::vector<Staffing> const& staff, int years, std::string const& district) {
  TW_EXPECTS(years >= 0, "jobs are counted over project years");
  auto const n = static_cast<std::size_t>(years);
  Jobs out;
  out.construction.assign(n, 0.0);
  out.operation.assign(n, 0.0);
  for (Staffing const& s : staff) {
    if (!district.empty() && s.district != district) {
      continue;
    }
    auto& series = s.phase == Phase::kConstruction ? out.construction : out.operation;
    for (std::size_t y = 0; y < std::min(n, s.fte.size()); ++y) {
      series[y] += s.fte[y];
    }
  }
  int operating_years = 0;
  for (std::size_t y = 0; y < n; ++y) {
    out.construction_fte_years += out.construction[y];
    out.operation_fte_years += out.operation[y];
    out.peak_construction = std::max(out.peak_construction, out.construction[y]);
    operating_years += out.operation[y] > 0 ? 1 : 0;
  }
  out.mean_operation = operating_years > 0 ? out.operation_fte_years / operating_years : 0.0;
  return out;
}

}  // namespace tidewater::finance
