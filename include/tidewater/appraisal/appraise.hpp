#pragma once
/// The appraisal of a whole project: every option drawn, simulated, paid for and weighed, in the
/// median future and in sampled ones; differences, parties, claims, sources.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tidewater/appraisal/design.hpp"
#include "tidewater/appraisal/line_reasons.hpp"
#include "tidewater/appraisal/outcome.hpp"
#include "tidewater/base/result.hpp"
#include "tidewater/corridor/simulate.hpp"
#include "tidewater/futures/design.hpp"
#include "tidewater/futures/summary.hpp"
#include "tidewater/parties/standing.hpp"
#include "tidewater/project/project.hpp"

namespace tidewater::appraisal {

// --- futures
// --------------------------------------------------------------------------------------

/// The uncertain numbers of a project: paths, in order. Judgements about parties (their positions,
/// saliences, capabilities and the options' stances) are left out: they are sampled by the parties
/// room, across all futures.
[[nodiscard]] std::vector<std::string> uncertain_paths(project::Project const& project);

/// One value, in base units, for every uncertain path; empty = the median of each.
struct Future {
  std::optional<std::uint32_t> id;  ///< none = the future of medians
  std::vector<double> values;       ///< as uncertain_paths()
};
/// Future `id` of the project's seed: stateless, and independent of how many are drawn.
[[nodiscard]] Result<Future> sampled_future(project::Project const& project, std::uint32_t id);
/// The project as it is in `future`, under the option's overrides.
[[nodiscard]] project::Project in_future(project::Project const& project,
                                         Future const& future,
                                         project::Option const& option);

// --- one option, one future
// ------------------------------------------------------------------------

struct LifeOptions {
  std::uint32_t replication = 0;  ///< of the random streams
  std::optional<corridor::Watch> watch{};
  corridor::LossBooks losses = corridor::LossBooks::kNone;
};
/// `project` is already in_future(). An option without links gives a life of zeros.
///   fails   a corridor or a deal that contradicts itself, with every fault
[[nodiscard]] Result<Outcome> appraise(project::Project const& project,
                                       project::Option const& option,
                                       Design const& design,
                                       LifeOptions const& options);

/// The corridor model behind appraise(), for whoever wants to simulate only.
[[nodiscard]] Result<corridor::CorridorModel> corridor_model(project::Project const& project,
                                                             project::Option const& option,
                                                             Design const& design);

// --- the whole project
// -----------------------------------------------------------------------------

struct Range {
  double low = 0;   ///< P5
  double high = 0;  ///< P95
};

struct KpiResult {
  KpiValue value;              ///< of the median future
  std::optional<Range> range;  ///< over futures; none without futures or with too few values
  std::size_t none = 0;        ///< futures in which it does not exist
};

struct KpiDifference {
  Kpi kpi = Kpi::kNpv;
  double value = 0;  ///< median of the paired differences
  Range range{};
  bool within_noise = true;  ///< the P5-P95 of the paired differences holds zero
};

struct StockFan {
  std::string name;
  Mass capacity{};
  std::vector<double> years;       ///< end of each month, as a calendar year with decimals
  std::vector<Mass> p5, p50, p95;  ///< over the median future's replications and the futures
};

struct OptionResult {
  std::string option;
  std::optional<Design> design;  ///< none for an option that builds nothing
  std::array<KpiResult, kKpis> kpis{};
  std::vector<KpiDifference> differences;  ///< against the reference option
  Outcome median;                          ///< replication 0 of the median future, watched
  std::vector<StockFan> stocks;
  std::optional<parties::OptionStanding> standing;
  std::size_t failed_futures = 0;
  std::vector<std::string> failures;  ///< their reasons, each once
};

struct ClaimResult {
  std::string id;
  std::optional<double> stated;  ///< none when nothing was stated
  KpiValue found;                ///< in the claim's unit
  std::optional<Range> range;
  std::optional<double> probability;  ///< see `meaning`
  std::string meaning;                ///< what the probability speaks of
  enum class Verdict {
    kAgrees,
    kPlausible,
    kDoubtful,
    kContradicted,
    kMeasured,
    kNotMeasurable
  } verdict = Verdict::kNotMeasurable;
};
[[nodiscard]] std::string_view name(ClaimResult::Verdict verdict);

struct Appraisal {
  project::Project project;
  terrain::GeoRaster relief;  ///< thinned, for the map; empty without one
  std::vector<OptionResult> options;
  std::vector<ClaimResult> claims;
  std::uint32_t futures = 0;
  int replications = 0;
  Diagnostics warnings;
};

struct AppraiseOptions {
  int threads = 1;
  LineQuestions line_questions{};
  /// Called from one thread with the stage and the share done, 0..1.
  std::function<void(std::string const& stage, double share)> progress{};
};

struct Unbuildable {
  std::vector<NoDesign> options;
};

using ProjectAnswer = std::variant<Appraisal, Unbuildable>;

/// Appraises every option in every future. The answer does not depend on the number of threads.
///   fails   with every fault of the project that only shows when it is drawn; an option that
///           cannot be built is an answer: Unbuildable
[[nodiscard]] Result<ProjectAnswer> appraise_project(project::Project const& project,
                                                     terrain::GeoRaster const* relief,
                                                     AppraiseOptions const& options);

}  // namespace tidewater::appraisal
