#include <algorithm>

#include <fmt/format.h>

#include "tidewater/io/project_file.hpp"

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::Appraisal;
using appraisal::ClaimResult;
using io::Json;
using project::Claim;
using project::Project;

std::string joined(std::vector<std::string> const& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string sites_of(Project const& p, Claim const& c, std::string_view between) {
  std::vector<std::string> labels;
  for (auto const& id : c.sites) {
    labels.push_back(site_label(p, id));
  }
  return joined(labels, between);
}

std::string kpis_of(Claim const& c) {
  std::vector<std::string> labels;
  for (auto const& id : c.kpis) {
    labels.push_back(id);
    for (std::size_t k = 0; k < appraisal::kKpis; ++k) {
      auto const& spec = appraisal::spec(static_cast<appraisal::Kpi>(k));
      if (spec.id == id) {
        labels.back() = std::string{spec.label};
      }
    }
  }
  return joined(labels, " + ");
}

/// What was measured, in words.
std::string measure(Project const& p, Claim const& c) {
  switch (c.measure) {
    case Claim::Measure::kDistance:
      return "great-circle distance between " + sites_of(p, c, " and ");
    case Claim::Measure::kDistanceToLine:
      return "shortest distance from " + sites_of(p, c, ", ") + " to the line given";
    case Claim::Measure::kPortDepth:
      return "natural depth at " + sites_of(p, c, ", ");
    case Claim::Measure::kReserveShare:
      return "share of the stated reserve of " + joined(c.products, ", ") +
             " in itself and all that the option ships, by wet mass";
    case Claim::Measure::kRailLength:
      return "length of the railways between mine and port";
    case Claim::Measure::kRailCostPerLength:
      return "cost of the railways over their length";
    case Claim::Measure::kKpi:
      break;
  }
  return kpis_of(c);
}

Json claim_json(Appraisal const& all, Claim const& c, ClaimResult const& found) {
  std::string_view const unstated = "no figure was stated";
  auto const missing = found.found
                           ? std::string{"measured once: it does not change between futures"}
                           : found.found.reason();
  auto const range = [&](double appraisal::Range::*end) {
    return found.range ? std::optional{(*found.range).*end} : std::nullopt;
  };
  std::string const no_probability = !found.found    ? found.found.reason()
                                     : !found.stated ? std::string{unstated}
                                                     : missing;
  return std::move(Entry{}
                       .text("id", c.id)
                       .text("says", c.says)
                       .text("measure", measure(all.project, c))
                       .number("stated", found.stated, unstated)
                       .text("unit", c.unit)
                       .number("found", found.found)
                       .number("low", range(&appraisal::Range::low), missing)
                       .number("high", range(&appraisal::Range::high), missing)
                       .text("option", c.option)
                       .number("probability", found.probability, no_probability)
                       .text("meaning", found.meaning)
                       .text("verdict", std::string{appraisal::name(found.verdict)})
                       .text("note", c.note)
                       .text("source", c.stated.origin.source))
      .with_reason();
}

Json warning_json(std::string where, std::string what, std::string remedy) {
  return std::move(Entry{}
                       .text("where", std::move(where))
                       .text("what", std::move(what))
                       .text("remedy", std::move(remedy)))
      .whole_object();
}

}  // namespace

Json claims_json(Appraisal const& all) {
  Json out = Json::array();
  for (auto const& found : all.claims) {
    auto const& claims = all.project.claims;
    auto const claim =
        std::find_if(claims.begin(), claims.end(), [&](auto const& c) { return c.id == found.id; });
    if (claim != claims.end()) {
      out.push_back(claim_json(all, *claim, found));
    }
  }
  return out;
}

Json provenance_json(Appraisal const& all) {
  Json out = Json::array();
  for (auto const& number : io::stated_numbers(all.project)) {
    out.push_back(std::move(Entry{}
                                .text("path", number.path)
                                .text("value", number.value)
                                .text("unit", number.unit)
                                .text("status", number.status)
                                .text("source", number.source)
                                .text("distribution", number.distribution))
                      .whole_object());
  }
  return out;
}

Json warnings_json(Appraisal const& all) {
  Json out = Json::array();
  for (auto const& w : all.warnings) {
    out.push_back(warning_json(w.where, w.what, w.remedy));
  }
  for (auto const& result : all.options) {
    auto const where = "/option/" + result.option;
    for (auto const& what : result.design ? result.design->notes : std::vector<std::string>{}) {
      out.push_back(warning_json(where, what, ""));
    }
    for (auto const& what : result.median.warnings) {
      out.push_back(warning_json(where, what, ""));
    }
    for (auto const& why : result.failures) {
      out.push_back(warning_json(where,
                                 fmt::format("{} of {} futures could not be appraised: {}",
                                             result.failed_futures,
                                             all.futures,
                                             why),
                                 "they are left out of every range"));
    }
  }
  return out;
}

}  // namespace tidewater::report
