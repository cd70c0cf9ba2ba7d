#include "claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "tidewater/terrain/lon_lat.hpp"

#include "lookup.hpp"

namespace tidewater::appraisal {

namespace {

using project::Claim;
using project::Project;
using units::km;
using units::m;
using units::mi;
using units::nmi;

/// A claim's unit for lengths; none when it is another word.
std::optional<Length> length_unit(std::string const& word) {
  if (word == "km") {
    return km;
  }
  if (word == "m") {
    return m;
  }
  if (word == "mi") {
    return mi;
  }
  if (word == "nmi") {
    return nmi;
  }
  return {};
}

KpiValue in_unit(Length found, std::string const& unit) {
  auto const u = length_unit(unit);
  return u ? KpiValue{found.in(*u)}
           : KpiValue::none(fmt::format("'{}' is no length; use m, km, mi or nmi", unit));
}

/// Nearest point of a line of great-circle pieces, each cut fine enough (about 1 km) that the ends
/// stand for the piece.
Length distance_to_line(terrain::LonLat from, std::vector<project::Place> const& line) {
  Length best{std::numeric_limits<double>::infinity()};
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    auto const a = lon_lat(line[k]);
    auto const b = lon_lat(line[k + 1]);
    int const pieces =
        std::max(1, static_cast<int>(std::ceil(terrain::geodesic_distance(a, b).in(km))));
    for (int i = 0; i <= pieces; ++i) {
      double const f = static_cast<double>(i) / pieces;
      best = std::min(best,
                      terrain::geodesic_distance(
                          from, {a.lon + f * (b.lon - a.lon), a.lat + f * (b.lat - a.lat)}));
    }
  }
  return best;
}

std::optional<Kpi> kpi_called(std::string const& id) {
  for (std::size_t k = 0; k < kKpis; ++k) {
    if (spec(static_cast<Kpi>(k)).id == id) {
      return static_cast<Kpi>(k);
    }
  }
  return {};
}

KpiValue sum_of(KpiValues const& values, std::vector<std::string> const& ids) {
  double sum = 0;
  for (auto const& id : ids) {
    auto const kpi = kpi_called(id);
    if (!kpi) {
      return KpiValue::none(fmt::format("there is no indicator called '{}'", id));
    }
    auto const& value = values[static_cast<std::size_t>(*kpi)];
    if (!value) {
      return value;
    }
    sum += *value;
  }
  return ids.empty() ? KpiValue::none("the claim names no indicator") : KpiValue{sum};
}

class Measurer {
 public:
  Measurer(Project const& p,
           std::vector<OptionResult> const& results,
           std::vector<std::vector<Measures>> const& samples)
      : p_{p}, results_{results}, samples_{samples} {}

  [[nodiscard]] ClaimResult measure(Claim const& c) const {
    ClaimResult out{.id = c.id};
    if (c.stated.origin.status != project::Status::kDefault) {
      out.stated = c.stated.value;
    }
    std::vector<double> found_in_futures;
    switch (c.measure) {
      case Claim::Measure::kDistance:
        out.found =
            c.sites.size() == 2
                ? in_unit(terrain::geodesic_distance(lon_lat(named(p_.sites, c.sites[0]).at),
                                                     lon_lat(named(p_.sites, c.sites[1]).at)),
                          c.unit)
                : KpiValue::none("a distance is measured between two sites");
        break;
      case Claim::Measure::kDistanceToLine:
        out.found =
            c.sites.size() == 1 && c.line.size() >= 2
                ? in_unit(distance_to_line(lon_lat(named(p_.sites, c.sites[0]).at), c.line), c.unit)
                : KpiValue::none("it is measured from one site to a line");
        break;
      case Claim::Measure::kPortDepth:
        out.found = c.sites.size() == 1 && named(p_.sites, c.sites[0]).port
                        ? in_unit(named(p_.sites, c.sites[0]).port->natural_depth.value, c.unit)
                        : KpiValue::none("a depth is measured at one port");
        break;
      case Claim::Measure::kReserveShare:
        out.found = reserve_share(c);
        break;
      case Claim::Measure::kRailCostPerLength:
      case Claim::Measure::kRailLength:
      case Claim::Measure::kKpi:
        found_in_futures = by_kpi(c, out);
        break;
    }
    judge(c, out, std::move(found_in_futures));
    return out;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> option(Claim const& c) const {
    for (std::size_t k = 0; k < p_.options.size(); ++k) {
      if (p_.options[k].name == c.option) {
        return k;
      }
    }
    return {};
  }

  [[nodiscard]] std::vector<double> by_kpi(Claim const& c, ClaimResult& out) const {
    auto const k = option(c);
    if (!k) {
      out.found = KpiValue::none("the claim names no option");
      return {};
    }
    auto const ids =
        c.measure == Claim::Measure::kRailLength ? std::vector<std::string>{"rail_length"} : c.kpis;
    Measures median{.kpis = {}, .rail_cost_per_km = results_[*k].median.rail_cost_per_km};
    for (std::size_t i = 0; i < kKpis; ++i) {
      median.kpis[i] = results_[*k].kpis[i].value;
    }
    if (auto const wanted = unit_of(ids, c.measure); !wanted.empty() && c.unit != wanted) {
      out.found = KpiValue::none(
          fmt::format("the model's answer is in {}, the claim's in {}", wanted, c.unit));
      return {};
    }
    auto const value_of = [&](Measures const& found) {
      return c.measure == Claim::Measure::kRailCostPerLength ? found.rail_cost_per_km
                                                             : sum_of(found.kpis, ids);
    };
    out.found = value_of(median);
    std::vector<double> sample;
    for (auto const& found : samples_[*k]) {
      if (auto const value = value_of(found)) {
        sample.push_back(*value);
      }
    }
    return sample;
  }

  /// Unit of an answer made of indicators, in the project's own currency.
  [[nodiscard]] std::string unit_of(std::vector<std::string> const& ids,
                                    Claim::Measure measure) const {
    auto const kpi = ids.empty() ? std::nullopt : kpi_called(ids.front());
    std::string unit{measure == Claim::Measure::kRailCostPerLength ? "M USD/km"
                     : kpi                                         ? spec(*kpi).unit
                                                                   : ""};
    if (auto const at = unit.find("USD"); at != std::string::npos) {
      unit.replace(at, 3, p_.header.currency);
    }
    return unit;
  }

  /// All the quoted reserves of some products over everything the option ships, both wet.
  [[nodiscard]] KpiValue reserve_share(Claim const& c) const {
    auto const k = option(c);
    if (!k) {
      return KpiValue::none("the claim names no option");
    }
    Mass reserve{};
    for (auto const& site : p_.sites) {
      for (auto const& deposit :
           site.mine ? site.mine->deposits : std::vector<project::Deposit>{}) {
        bool const counts =
            std::find(c.products.begin(), c.products.end(), deposit.product) != c.products.end();
        reserve += counts ? deposit.reserve.value * wet_per_dry(named(p_.products, deposit.product))
                          : Mass{};
      }
    }
    Mass shipped{};
    auto const& life = results_[*k].median.life;
    for (std::uint32_t i = 0; i < life.products.size(); ++i) {
      for (auto const& y : life.products[corridor::ProductId{i}]) {
        shipped += y.shipped * wet_per_dry(p_.products[i]);
      }
    }
    return shipped > Mass{} ? KpiValue{100 * (reserve / (reserve + shipped))}
                            : KpiValue::none("the option ships nothing");
  }

  static void judge(Claim const& c, ClaimResult& out, std::vector<double> sample) {
    using Verdict = ClaimResult::Verdict;
    std::sort(sample.begin(), sample.end());
    if (sample.size() >= 10) {
      out.range =
          Range{futures::sorted_quantile(sample, 0.05), futures::sorted_quantile(sample, 0.95)};
    }
    if (!out.found) {
      out.verdict = Verdict::kNotMeasurable;
      return;
    }
    if (!out.stated) {
      out.verdict = Verdict::kMeasured;
      return;
    }
    double const stated = *out.stated;
    double const band = c.tolerance.value * std::abs(stated);
    if (!out.range) {
      out.verdict =
          std::abs(*out.found - stated) <= band ? Verdict::kAgrees : Verdict::kContradicted;
      return;
    }
    auto const within = [&](double v) { return std::abs(v - stated) <= band; };
    auto const count = static_cast<double>(std::count_if(sample.begin(), sample.end(), within));
    out.probability = count / static_cast<double>(sample.size());
    out.meaning = fmt::format("share of futures within {:.0f} % of the stated value",
                              100 * c.tolerance.value);
    double const nearest = std::clamp(stated, out.range->low, out.range->high);
    if (within(out.range->low) && within(out.range->high)) {
      out.verdict = Verdict::kAgrees;
    } else if (*out.probability >= 0.2) {
      out.verdict = Verdict::kPlausible;
    } else {
      out.verdict = within(nearest) ? Verdict::kDoubtful : Verdict::kContradicted;
    }
  }

  Project const& p_;
  std::vector<OptionResult> const& results_;
  std::vector<std::vector<Measures>> const& samples_;
};

}  // namespace

std::string_view name(ClaimResult::Verdict verdict) {
  constexpr std::array<std::string_view, 6> kNames{
      "agrees", "plausible", "doubtful", "contradicted", "measured", "not-measurable"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::vector<ClaimResult> measure_claims(Project const& p,
                                        std::vector<OptionResult> const& results,
                                        std::vector<std::vector<Measures>> const& samples) {
  Measurer const measurer{p, results, samples};
  std::vector<ClaimResult> out;
  for (auto const& claim : p.claims) {
    out.push_back(measurer.measure(claim));
  }
  return out;
}

}  // namespace tidewater::appraisal
