#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/calendar.hpp"
#include "tidewater/base/parallel.hpp"

#include "claims.hpp"
#include "judgement.hpp"
#include "lookup.hpp"

namespace tidewater::appraisal {

namespace {

using project::Option;
using project::Project;
using units::day;

/// What is kept of one outcome once it has been measured: a whole outcome is megabytes.
struct Sample {
  KpiValues kpis{};
  KpiValue rail_cost_per_km;
  std::vector<parties::PartyReceipts> received;
  std::vector<corridor::StockSeries> stocks;
  std::string failure;  ///< empty when it came through
};

/// P5-P95; none of fewer than ten, which have no such quantiles.
std::optional<Range> range_of(std::vector<double>& sample) {
  if (sample.size() < 10) {
    return {};
  }
  std::sort(sample.begin(), sample.end());
  return Range{futures::sorted_quantile(sample, 0.05), futures::sorted_quantile(sample, 0.95)};
}

/// The mean over the replications of the median future, if it exists in all of them.
KpiValue mean_of(std::vector<Sample> const& replications, std::size_t kpi) {
  double sum = 0;
  for (auto const& s : replications) {
    if (!s.kpis[kpi]) {
      auto const& first = replications.front().kpis[kpi];
      return first ? KpiValue::none("it does not exist in every replication") : first;
    }
    sum += *s.kpis[kpi];
  }
  return sum / static_cast<double>(replications.size());
}

KpiResult result_of(std::vector<Sample> const& replications,
                    std::vector<Sample> const& futures,
                    std::size_t kpi) {
  KpiResult out{.value = mean_of(replications, kpi)};
  std::vector<double> sample;
  for (auto const& s : futures) {
    if (s.failure.empty() && s.kpis[kpi]) {
      sample.push_back(*s.kpis[kpi]);
    }
    out.none += s.failure.empty() && !s.kpis[kpi] ? 1 : 0;
  }
  out.range = range_of(sample);
  return out;
}

/// Every level of one stock at the end of one month, in order.
std::vector<double> levels_at(std::vector<Sample> const& replications,
                              std::vector<Sample> const& futures,
                              std::size_t stock,
                              std::size_t month) {
  std::vector<double> out;
  auto const add = [&](Sample const& sample) {
    if (stock < sample.stocks.size() && month < sample.stocks[stock].level.size()) {
      out.push_back(sample.stocks[stock].level[month].base());
    }
  };
  std::for_each(replications.begin(), replications.end(), add);
  std::for_each(futures.begin(), futures.end(), add);
  std::sort(out.begin(), out.end());
  return out;
}

/// One option against another, future by future; none when too few futures have both.
std::optional<KpiDifference> difference(std::vector<Sample> const& option,
                                        std::vector<Sample> const& reference,
                                        std::size_t kpi) {
  std::vector<double> sample;
  for (std::size_t f = 0; f < option.size(); ++f) {
    auto const& a = option[f];
    auto const& b = reference[f];
    if (a.failure.empty() && b.failure.empty() && a.kpis[kpi] && b.kpis[kpi]) {
      sample.push_back(*a.kpis[kpi] - *b.kpis[kpi]);
    }
  }
  auto const range = range_of(sample);
  if (!range) {
    return {};
  }
  return KpiDifference{static_cast<Kpi>(kpi),
                       futures::sorted_quantile(sample, 0.5),
                       *range,
                       range->low <= 0 && range->high >= 0};
}

std::string words(Diagnostics const& faults) {
  std::string out;
  for (auto const& f : faults) {
    out += (out.empty() ? "" : "; ") + f.where + ": " + f.what;
  }
  return out;
}

/// Two weeks of June, in the first year in which everything planned runs: the monsoon is shown.
corridor::Watch window(Project const& p, Option const& option) {
  Calendar const calendar{p.header.first_year};
  double settled = 2;
  for (auto const& site : p.sites) {
    for (auto const& deposit : site.mine ? site.mine->deposits : std::vector<project::Deposit>{}) {
      for (auto const& phase : deposit.phases) {
        settled = std::max(settled, phase.start.value + 3);
      }
    }
  }
  int const year =
      std::min(p.header.years - 1,
               calendar.year_index(programme(p, option).opening) + static_cast<int>(settled));
  Time const from = calendar.year_start(year) + 152 * day;  // 1 or 2 June
  return {from, from + 14 * day};
}

/// A stock is named after the site it stands at, perhaps with a product behind a colon.
std::string place_label(Project const& p, std::string const& place) {
  auto const id = place.substr(0, place.find(':'));
  auto const found =
      std::find_if(p.sites.begin(), p.sites.end(), [&](auto const& s) { return s.id == id; });
  return found == p.sites.end() ? place : label(*found);
}

class Run {
 public:
  Run(Project const& p, terrain::GeoRaster const* relief, AppraiseOptions const& options)
      : p_{p}, relief_{relief}, options_{options} {}

  Result<ProjectAnswer> run() {
    if (auto faults = draw(); !faults.empty()) {
      return reject(std::move(faults));
    }
    if (!unbuildable_.options.empty()) {
      return Result<ProjectAnswer>{
          tl::in_place, std::in_place_type<Unbuildable>, std::move(unbuildable_)};
    }
    if (auto faults = live_median(); !faults.empty()) {
      return reject(std::move(faults));
    }
    live_futures();
    gather();
    if (auto faults = weigh(); !faults.empty()) {
      return reject(std::move(faults));
    }
    compare();
    out_.claims = measure_claims(p_, out_.options, measures());
    out_.project = p_;
    if (relief_ != nullptr) {
      out_.relief = terrain::thinned(*relief_, kMapColumns);
    }
    return Result<ProjectAnswer>{tl::in_place, std::in_place_type<Appraisal>, std::move(out_)};
  }

 private:
  static constexpr int kMapColumns = 240;

  void say(std::string const& stage, double share) const {
    if (options_.progress) {
      options_.progress(stage, share);
    }
  }

  Diagnostics draw();
  Diagnostics live_median();
  void live_futures();
  void gather();
  Diagnostics weigh();
  void compare();
  [[nodiscard]] std::vector<std::vector<Measures>> measures() const;
  void fan(std::size_t k);

  Project const& p_;
  terrain::GeoRaster const* relief_;
  AppraiseOptions const& options_;
  Appraisal out_;
  Unbuildable unbuildable_;
  std::vector<std::optional<Design>> designs_;
  std::vector<std::vector<Sample>> median_;   ///< [option][replication]
  std::vector<std::vector<Sample>> sampled_;  ///< [option][future]
};

Diagnostics Run::draw() {
  say("drawing lines", 0);
  auto ground = appraisal::ground(p_, relief_);
  if (!ground) {
    return std::move(ground.error());
  }
  if (*ground) {
    auto const& seen = (*ground)->grid.report().warnings;
    out_.warnings.insert(out_.warnings.end(), seen.begin(), seen.end());
    out_.warnings.insert(
        out_.warnings.end(), (*ground)->zones.warnings.begin(), (*ground)->zones.warnings.end());
  }
  auto const* const land = *ground ? &**ground : nullptr;
  auto const lines = draw_lines(p_, land, options_.threads);
  if (!lines) {
    return lines.error();
  }
  designs_.resize(p_.options.size());
  std::vector<Diagnostics> faults(p_.options.size());
  std::vector<std::optional<NoDesign>> none(p_.options.size());
  parallel_for(p_.options.size(), options_.threads, [&](std::size_t k) {
    if (p_.options[k].links.empty()) {
      return;
    }
    auto const own = in_future(p_, {}, p_.options[k]);
    auto answer = design(own, own.options[k], land, *lines);
    if (!answer) {
      faults[k] = std::move(answer.error());
    } else if (auto* no = std::get_if<NoDesign>(&*answer)) {
      none[k] = std::move(*no);
    } else {
      designs_[k] = std::get<Design>(std::move(*answer));
    }
  });
  Diagnostics all;
  for (std::size_t k = 0; k < faults.size(); ++k) {
    for (auto& fault : faults[k]) {
      if (std::find(all.begin(), all.end(), fault) == all.end()) {
        all.push_back(std::move(fault));
      }
    }
    if (none[k]) {
      unbuildable_.options.push_back(std::move(*none[k]));
    }
  }
  if (all.empty() && unbuildable_.options.empty()) {
    say("asking why lines lie where they do", 0);
    all = ask_lines(p_, land, options_.line_questions, options_.threads, designs_);
  }
  return all;
}

Diagnostics Run::live_median() {
  say("living the median future", 0);
  auto const replications = static_cast<std::size_t>(p_.header.replications);
  median_.assign(p_.options.size(), std::vector<Sample>(replications));
  out_.options.resize(p_.options.size());
  std::vector<Diagnostics> faults(p_.options.size() * replications);
  parallel_for(faults.size(), options_.threads, [&](std::size_t job) {
    std::size_t const k = job / replications;
    std::size_t const r = job % replications;
    auto const own = in_future(p_, {}, p_.options[k]);
    LifeOptions life{.replication = static_cast<std::uint32_t>(r)};
    if (r == 0 && designs_[k]) {
      life.watch = window(own, own.options[k]);
      life.losses = corridor::LossBooks::kKept;  // of the one life that is shown
    }
    auto outcome = appraise(own, own.options[k], designs_[k].value_or(Design{}), life);
    if (!outcome) {
      faults[job] = std::move(outcome.error());
      return;
    }
    median_[k][r] = {outcome->kpis,
                     outcome->rail_cost_per_km,
                     receipts(own, *outcome),
                     outcome->life.stocks,
                     {}};
    if (r == 0) {
      out_.options[k].median = std::move(*outcome);
    }
  });
  for (auto& f : faults) {
    if (!f.empty()) {
      return std::move(f);
    }
  }
  return {};
}

void Run::live_futures() {
  auto const futures = static_cast<std::size_t>(p_.header.futures);
  sampled_.assign(p_.options.size(), std::vector<Sample>(futures));
  parallel_for(futures, options_.threads, [&](std::size_t f) {
    // Replication numbers of futures start after those of the median future.
    auto const id = static_cast<std::uint32_t>(f);
    auto const future = sampled_future(p_, id);
    for (std::size_t k = 0; k < p_.options.size(); ++k) {
      auto& sample = sampled_[k][f];
      if (!future) {
        sample.failure = words(future.error());
        continue;
      }
      auto const own = in_future(p_, *future, p_.options[k]);
      auto const replication = static_cast<std::uint32_t>(p_.header.replications) + id;
      auto outcome = appraise(
          own, own.options[k], designs_[k].value_or(Design{}), {.replication = replication});
      if (!outcome) {
        sample.failure = words(outcome.error());
        continue;
      }
      sample = {outcome->kpis,
                outcome->rail_cost_per_km,
                receipts(own, *outcome),
                std::move(outcome->life.stocks),
                {}};
    }
  });
  say("living the sampled futures", 1);
}

/// Values of the median future (the mean over its replications), ranges over the futures.
void Run::gather() {
  out_.futures = static_cast<std::uint32_t>(p_.header.futures);
  out_.replications = p_.header.replications;
  for (std::size_t k = 0; k < p_.options.size(); ++k) {
    auto& result = out_.options[k];
    result.option = p_.options[k].name;
    result.design = designs_[k];
    std::set<std::string> reasons;
    for (auto const& s : sampled_[k]) {
      result.failed_futures += s.failure.empty() ? 0 : 1;
      if (!s.failure.empty() && reasons.insert(s.failure).second) {
        result.failures.push_back(s.failure);
      }
    }
    for (std::size_t i = 0; i < kKpis; ++i) {
      result.kpis[i] = result_of(median_[k], sampled_[k], i);
    }
    fan(k);
  }
}

/// Stock levels month by month, over the replications and the futures.
void Run::fan(std::size_t k) {
  auto const& first = median_[k].front().stocks;
  Calendar const calendar{p_.header.first_year};
  for (std::size_t s = 0; s < first.size(); ++s) {
    StockFan out{.name = first[s].place, .capacity = first[s].capacity};
    auto const product = p_.products.at(first[s].product.index());
    out.name = place_label(p_, first[s].place) + ": " +
               (product.label.empty() ? product.id : product.label);
    for (std::size_t month = 0; month < first[s].level.size(); ++month) {
      auto const levels = levels_at(median_[k], sampled_[k], s, month);
      out.years.push_back(p_.header.first_year + static_cast<double>(month + 1) / 12);
      out.p5.push_back(Mass{futures::sorted_quantile(levels, 0.05)});
      out.p50.push_back(Mass{futures::sorted_quantile(levels, 0.5)});
      out.p95.push_back(Mass{futures::sorted_quantile(levels, 0.95)});
    }
    out_.options[k].stocks.push_back(std::move(out));
  }
}

Diagnostics Run::weigh() {
  auto const options = building(p_);
  if (p_.parties.empty() || options.empty()) {
    return {};
  }
  // Futures that failed for any option are left out for all: they must meet the same futures.
  std::vector<std::vector<std::vector<parties::PartyReceipts>>> received(options.size());
  for (std::size_t f = 0; f < static_cast<std::size_t>(p_.header.futures); ++f) {
    bool const whole = std::all_of(options.begin(), options.end(), [&](std::size_t k) {
      return sampled_[k][f].failure.empty();
    });
    for (std::size_t i = 0; whole && i < options.size(); ++i) {
      received[i].push_back(sampled_[options[i]][f].received);
    }
  }
  if (received.front().empty()) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      received[i].push_back(median_[options[i]].front().received);
    }
  }
  auto standings = weigh_options(p_, received);
  if (!standings) {
    return std::move(standings.error());
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    auto& result = out_.options[options[i]];
    result.standing = std::move((*standings)[i]);
    auto const& s = *result.standing;
    auto& all_gain = result.kpis[static_cast<std::size_t>(Kpi::kPAllGain)];
    all_gain = {};
    if (s.all_key_gain) {
      all_gain.value = 100 * s.all_key_gain->p;
      all_gain.range =
          Range{100 * s.all_key_gain->interval.low, 100 * s.all_key_gain->interval.high};
    } else {
      all_gain.value = KpiValue::none(s.reason.empty() ? "no key party is stated" : s.reason);
    }
    auto& tension = result.kpis[static_cast<std::size_t>(Kpi::kTension)];
    tension = {};
    if (s.tension) {
      tension.value = s.tension->median;
      tension.range = Range{s.tension->low, s.tension->high};
    } else {
      tension.value = KpiValue::none("no bargaining party is stated");
    }
  }
  return {};
}

/// Every other option against the reference, future by future.
void Run::compare() {
  auto const reference = std::find_if(p_.options.begin(), p_.options.end(), [&](Option const& o) {
    return o.name == p_.header.reference_option;
  });
  if (reference == p_.options.end()) {
    return;
  }
  auto const base = static_cast<std::size_t>(reference - p_.options.begin());
  for (std::size_t k = 0; k < p_.options.size(); ++k) {
    for (std::size_t i = 0; k != base && i < kKpis; ++i) {
      if (auto const found = difference(sampled_[k], sampled_[base], i)) {
        out_.options[k].differences.push_back(*found);
      }
    }
  }
}

std::vector<std::vector<Measures>> Run::measures() const {
  std::vector<std::vector<Measures>> out(sampled_.size());
  for (std::size_t k = 0; k < sampled_.size(); ++k) {
    for (auto const& s : sampled_[k]) {
      if (s.failure.empty()) {
        out[k].push_back({s.kpis, s.rail_cost_per_km});
      }
    }
  }
  return out;
}

}  // namespace

Result<ProjectAnswer> appraise_project(Project const& project,
                                       terrain::GeoRaster const* relief,
                                       AppraiseOptions const& options) {
  return Run{project, relief, options}.run();
}

}  // namespace tidewater::appraisal
