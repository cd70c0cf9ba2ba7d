#include "words.hpp"

#include <algorithm>
#include <array>

namespace tidewater::report {

namespace {

template <class E, std::size_t N>
std::string_view nth(std::array<std::string_view, N> const& words, E value) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view word(project::Site::Kind kind) {
  static constexpr std::array<std::string_view, 6> kWords{
      "mine", "plant", "hub", "port", "market", "junction"};
  return nth(kWords, kind);
}

std::string_view word(project::Zone::Kind kind) {
  static constexpr std::array<std::string_view, 3> kWords{"forbidden", "factor", "structure-only"};
  return nth(kWords, kind);
}

std::string_view word(project::Link::Mode mode) {
  static constexpr std::array<std::string_view, 4> kWords{"rail", "road", "pipeline", "sea"};
  return nth(kWords, mode);
}

std::string_view word(project::Link::State state) {
  static constexpr std::array<std::string_view, 3> kWords{"new", "existing", "upgrade"};
  return nth(kWords, state);
}

std::string_view word(project::Gate::GateStatus status) {
  static constexpr std::array<std::string_view, 3> kWords{"open", "met", "failed"};
  return nth(kWords, status);
}

std::string_view word(project::Party::Role role) {
  static constexpr std::array<std::string_view, 3> kWords{"bargain", "observer", "risk-only"};
  return nth(kWords, role);
}

std::string_view word(project::Instrument::Level level) {
  static constexpr std::array<std::string_view, 6> kWords{
      "federal", "provincial", "district", "community", "foreign", "private"};
  return nth(kWords, level);
}

std::string_view word(parties::Admissibility admissibility) {
  static constexpr std::array<std::string_view, 3> kWords{
      "admissible", "conditional", "not-admissible"};
  return nth(kWords, admissibility);
}

std::string_view word(appraisal::PartCost::Part part) {
  static constexpr std::array<std::string_view, 8> kWords{
      "mine", "plant", "rail", "road", "pipeline", "port", "sea", "social"};
  return nth(kWords, part);
}

std::string_view word(finance::Certainty certainty) {
  static constexpr std::array<std::string_view, 4> kWords{
      "contractual", "formula", "modelled", "assumed"};
  return nth(kWords, certainty);
}

std::string_view word(route::StructureKind kind) {
  static constexpr std::array<std::string_view, 5> kWords{
      "at-grade", "cut", "fill", "bridge", "tunnel"};
  return nth(kWords, kind);
}

std::string_view word(corridor::BerthState state) {
  // In the order of BerthState; the page has a name and a colour for each.
  static constexpr std::array<std::string_view, corridor::kBerthStates> kWords{"idle",
                                                                               "waiting-cargo",
                                                                               "waiting-weather",
                                                                               "waiting-tide",
                                                                               "repair",
                                                                               "waiting-tug",
                                                                               "entering",
                                                                               "loading",
                                                                               "waiting-cargo",
                                                                               "waiting-weather",
                                                                               "repair",
                                                                               "waiting-tide",
                                                                               "waiting-tide",
                                                                               "waiting-tug",
                                                                               "other-ship"};
  return nth(kWords, state);
}

std::string site_label(project::Project const& p, std::string const& id) {
  auto const found =
      std::find_if(p.sites.begin(), p.sites.end(), [&](auto const& s) { return s.id == id; });
  return found == p.sites.end() || found->label.empty() ? id : found->label;
}

std::string option_label(project::Project const& p, std::string const& name) {
  auto const found = std::find_if(
      p.options.begin(), p.options.end(), [&](auto const& o) { return o.name == name; });
  return found == p.options.end() || found->label.empty() ? name : found->label;
}

std::string link_label(project::Project const& p, project::Link const& link) {
  return site_label(p, link.from) + " - " + site_label(p, link.to);
}

std::string product_label(project::Product const& product) {
  return product.label.empty() ? product.id : product.label;
}

double wet_per_dry(project::Product const& product) {
  return 1 / (1 - product.moisture.value);
}

}  // namespace tidewater::report
