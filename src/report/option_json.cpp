#include <algorithm>

#include <fmt/format.h>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::Kpi;
using io::Json;
using project::Project;

std::string no_range(OptionView const& view, appraisal::KpiResult const& kpi) {
  if (view.all.futures == 0) {
    return "no range: no futures were sampled";
  }
  return fmt::format("no range: fewer than ten of {} futures give a value ({} give none)",
                     view.all.futures,
                     kpi.none + view.result.failed_futures);
}

Json kpis_json(OptionView const& view) {
  Json out = Json::array();
  for (std::size_t k = 0; k < appraisal::kKpis; ++k) {
    auto const& spec = appraisal::spec(static_cast<Kpi>(k));
    auto const& kpi = view.result.kpis[k];
    Entry entry;
    entry.text("id", std::string{spec.id})
        .text("label", std::string{spec.label})
        .number("value", kpi.value)
        .text("unit", unit_in(spec.unit, view.own.header.currency));
    if (kpi.range) {
      entry.number("low", kpi.range->low).number("high", kpi.range->high);
    } else {
      // Without a value there is one reason, and it speaks for the range too.
      auto const why = kpi.value ? no_range(view, kpi) : kpi.value.reason();
      entry.null("low", why).null("high", why);
    }
    entry.whole("missing", static_cast<std::int64_t>(kpi.none))
        .text("meaning", std::string{spec.saying});
    out.push_back(std::move(entry).with_reason());
  }
  return out;
}

Json differences_json(OptionView const& view) {
  Json out = Json::array();
  for (auto const& d : view.result.differences) {
    auto const& spec = appraisal::spec(d.kpi);
    out.push_back(std::move(Entry{}
                                .text("id", std::string{spec.id})
                                .text("against", view.own.header.reference_option)
                                .number("value", d.value)
                                .number("low", d.range.low)
                                .number("high", d.range.high)
                                .text("unit", unit_in(spec.unit, view.own.header.currency))
                                .flag("within_noise", d.within_noise))
                      .whole_object());
  }
  return out;
}

Json works_json(OptionView const& view) {
  Json out = Json::array();
  for (auto const& part : view.result.median.parts) {
    out.push_back(std::move(Entry{}
                                .text("name", part.name)
                                .text("part", std::string{word(part.part)})
                                .number("cost", part.cost.in(units::musd)))
                      .whole_object());
  }
  return out;
}

Json drivers_json(parties::Valuation const& valuation) {
  Json out = Json::array();
  for (auto const& driver : valuation.drivers) {
    out.push_back(
        std::move(Entry{}.text("issue", driver.issue).number("contribution", driver.contribution))
            .whole_object());
  }
  return out;
}

Json party_json(Project const& p, parties::PartyStanding const& standing) {
  auto const found = std::find_if(
      p.parties.begin(), p.parties.end(), [&](auto const& x) { return x.id == standing.id; });
  Entry out;
  out.text("id", standing.id).text("name", standing.name).flag("key", standing.key);
  out.text("role", found == p.parties.end() ? "" : std::string{word(found->role)});
  if (auto const& v = standing.valuation) {
    out.number("p_gain", v->gains.p)
        .number("p_gain_low", v->gains.interval.low)
        .number("p_gain_high", v->gains.interval.high)
        .put("gain",
             std::move(Entry{}
                           .number("median", v->gain.median)
                           .number("low", v->gain.low)
                           .number("high", v->gain.high))
                 .whole_object())
        .put("drivers", drivers_json(*v));
  } else {
    auto const why = standing.reason.empty() ? "it is not valued" : standing.reason;
    out.null("p_gain", why).null("p_gain_low", why).null("p_gain_high", why).null("gain", why);
    out.put("drivers", Json::array());
  }
  out.text("basis", found == p.parties.end() ? "" : found->reason);
  return std::move(out).with_reason();
}

Json parties_json(OptionView const& view) {
  Json out = Json::array();
  if (view.result.standing) {
    for (auto const& party : view.result.standing->parties) {
      out.push_back(party_json(view.own, party));
    }
  }
  return out;
}

/// The gates that concern the option: those that name it, or name none if it builds something.
Json gates_json(OptionView const& view) {
  Json out = Json::array();
  auto const& option = view.option();
  for (auto const& gate : view.own.gates) {
    bool const concerns = gate.options.empty()
                              ? !option.links.empty()
                              : std::find(gate.options.begin(), gate.options.end(), option.name) !=
                                    gate.options.end();
    if (concerns) {
      out.push_back(std::move(Entry{}
                                  .text("name", gate.name)
                                  .text("status", std::string{word(gate.status)})
                                  .text("evidence", gate.evidence)
                                  .text("why", gate.why))
                        .whole_object());
    }
  }
  return out;
}

Json sites_json(OptionView const& view) {
  Json out = Json::array();
  for (auto const& site : view.own.sites) {
    for (auto const& link : view.own.links) {
      auto const& used = view.option().links;
      bool const uses = std::find(used.begin(), used.end(), link.id) != used.end();
      if (uses && (link.from == site.id || link.to == site.id)) {
        out.push_back(site.id);
        break;
      }
    }
  }
  return out;
}

/// What the chance that all key parties gain is conditional on.
Json standing_json(OptionView const& view) {
  if (!view.result.standing) {
    return std::move(
               Entry{}
                   .text("admissibility", "admissible")
                   .text("note",
                         view.option().links.empty() ? "nothing is built" : "no party is stated"))
        .whole_object();
  }
  auto const& s = *view.result.standing;
  return std::move(Entry{}
                       .text("admissibility", std::string{word(s.admissibility)})
                       .text("note", s.reason))
      .whole_object();
}

}  // namespace

Json option_json(OptionView const& view) {
  auto const& option = view.option();
  Entry out;
  out.text("name", option.name)
      .text("label", option.label.empty() ? option.name : option.label)
      .text("summary", option.summary)
      .put("sites", sites_json(view))
      .put("kpis", kpis_json(view))
      .put("differences", differences_json(view))
      .put("works", works_json(view))
      .put("links", links_json(view))
      .put("years", years_json(view))
      .put("ledger", ledger_json(view));
  if (view.model) {
    out.put("operation", operation_json(view));
  } else {
    out.null("operation", "nothing is built");
  }
  out.put("parties", parties_json(view))
      .put("gates", gates_json(view))
      .put("standing", standing_json(view));
  return std::move(out).with_reason();
}

}  // namespace tidewater::report
