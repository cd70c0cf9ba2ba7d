#pragma once
/// Enumerators as the words of docs/guide/results.md, and names of things for people.

#include <string>
#include <string_view>

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::report {

[[nodiscard]] std::string_view word(project::Site::Kind kind);
[[nodiscard]] std::string_view word(project::Zone::Kind kind);
[[nodiscard]] std::string_view word(project::Link::Mode mode);
[[nodiscard]] std::string_view word(project::Link::State state);
[[nodiscard]] std::string_view word(project::Gate::GateStatus status);
[[nodiscard]] std::string_view word(project::Party::Role role);
[[nodiscard]] std::string_view word(project::Instrument::Level level);
[[nodiscard]] std::string_view word(parties::Admissibility admissibility);
[[nodiscard]] std::string_view word(appraisal::PartCost::Part part);
[[nodiscard]] std::string_view word(finance::Certainty certainty);
[[nodiscard]] std::string_view word(route::StructureKind kind);
/// "loading", "waiting-tide", ...; "idle" for a berth without a ship that could be served.
[[nodiscard]] std::string_view word(corridor::BerthState state);

/// The label of a site or option, or its id when it has none; `id` itself when nothing has it.
[[nodiscard]] std::string site_label(project::Project const& p, std::string const& id);
[[nodiscard]] std::string option_label(project::Project const& p, std::string const& name);
/// "Reko Diq - Pasni"
[[nodiscard]] std::string link_label(project::Project const& p, project::Link const& link);
[[nodiscard]] std::string product_label(project::Product const& product);

/// Wet mass of a tonne of dry product.
[[nodiscard]] double wet_per_dry(project::Product const& product);

}  // namespace tidewater::report
