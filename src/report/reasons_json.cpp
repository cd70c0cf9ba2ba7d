#include "tidewater/report/line_reasons.hpp"

#include "entry.hpp"
#include "parts.hpp"

namespace tidewater::report {

namespace {

using io::Json;
using units::km;
using units::musd;

Json dearest_json(std::vector<route::DearKilometre> const& dearest) {
  Json out = Json::array();
  for (auto const& d : dearest) {
    out.push_back(std::move(Entry{}
                                .number("from_km", d.from.in(km))
                                .number("cost", d.cost.in(musd))
                                .text("what", d.what))
                      .whole_object());
  }
  return out;
}

Json constraints_json(std::vector<route::ConstraintCost> const& constraints) {
  Json out = Json::array();
  for (auto const& c : constraints) {
    auto const millions = [&](Money money) {
      return c.saving ? std::optional{money.in(musd)} : std::nullopt;
    };
    out.push_back(std::move(Entry{}
                                .text("constraint", c.constraint)
                                .text("eased", c.eased)
                                .number("saving", millions(c.saving.value_or(Money{})), c.reason)
                                .number("bound_saving", millions(c.bound_saving), c.reason))
                      .with_reason());
  }
  return out;
}

Json alternatives_json(project::Link const& link,
                       std::vector<route::Alignment> const& alternatives) {
  constexpr std::size_t most_rows = 400;
  Json out = Json::array();
  for (auto const& other : alternatives) {
    out.push_back(std::move(Entry{}
                                .number("length_km", other.length.in(km))
                                .number("cost", other.cost.in(musd))
                                .number("gap", other.bound.gap)
                                .put("notes", Json(other.notes))
                                .put("stations", stations_json(link, other, most_rows)))
                      .whole_object());
  }
  return out;
}

}  // namespace

Json reasons_json(project::Link const& link, appraisal::LineReasons const& reasons) {
  return std::move(
             Entry{}
                 .put("dearest_km", dearest_json(reasons.dearest))
                 .put("constraints", constraints_json(reasons.constraints))
                 .put("alternatives", alternatives_json(link, reasons.alternatives.lines))
                 .whole("alternatives_asked", static_cast<std::int64_t>(reasons.alternatives.asked))
                 .text("no_more_alternatives", reasons.alternatives.why_no_more))
      .whole_object();
}

}  // namespace tidewater::report
