#include <algorithm>

#include <fmt/format.h>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using io::Json;
using units::day;
using units::kt;
using units::year;

/// Sums and means over the life from a flow's first tonne on.
struct Flow {
  Time span{};
  Mass planned{};
  Mass delivered{};
  Mass waiting{};  ///< mean
};

Flow flow_over_life(OptionView const& view, corridor::InboundId id) {
  Calendar const calendar{view.own.header.first_year};
  Time const end = calendar.year_start(view.own.header.years);
  auto const& supply = view.model->inbound[id].supply;
  Time const begin = supply.empty() ? end : std::min(end, supply.front().from);
  Flow out{.span = end - begin};
  auto const& years = view.result.median.life.inbound[id];
  for (std::size_t y = 0; y < years.size(); ++y) {
    int const at = static_cast<int>(y);
    out.planned += years[y].planned;
    out.delivered += years[y].delivered;
    out.waiting +=
        ((calendar.year_start(at + 1) - calendar.year_start(at)) / out.span) * years[y].waiting;
  }
  return out;
}

std::string carrier(corridor::CorridorModel const& model,
                    corridor::Haul const& haul,
                    appraisal::InboundDesign const& in) {
  if (auto const* rail = std::get_if<corridor::RailHaul>(&haul)) {
    int const consists = model.fleets[rail->fleet].consists;
    return fmt::format("{} {} of {}",
                       consists,
                       consists == 1 ? "consist" : "consists",
                       in.train ? in.train->consist : std::string{});
  }
  return fmt::format("{} {}", in.trucks, in.trucks == 1 ? "truck" : "trucks");
}

}  // namespace

Json inbound_json(OptionView const& view) {
  Json out = Json::array();
  for (std::uint32_t i = 0; i < view.model->inbound.size(); ++i) {
    corridor::InboundId const id{i};
    auto const& in = view.result.design->inbound.at(i);
    auto const flow = flow_over_life(view, id);
    bool const runs = flow.span > Time{};
    bool const comes = flow.delivered > Mass{};
    auto const a_year = [&](Mass sum) { return runs ? sum / (flow.span / year) : Mass{}; };
    out.push_back(
        std::move(
            Entry{}
                .text("cargo", view.model->inbound[id].cargo)
                .text("mine", site_label(view.own, in.mine))
                .text("port", site_label(view.own, in.port))
                .text("by", carrier(*view.model, view.model->inbound[id].haul, in))
                .number("planned_kt_a", a_year(flow.planned).in(kt))
                .number("delivered_kt_a", a_year(flow.delivered).in(kt))
                .number("waiting_kt", runs ? flow.waiting.in(kt) : 0.0)
                // Mean time in a queue: what lies in it over what passes it (Little).
                .number("wait_d",
                        comes ? std::optional{(flow.waiting / flow.delivered * flow.span).in(day)}
                              : std::nullopt,
                        "nothing of it came"))
            .with_reason());
  }
  return out;
}

}  // namespace tidewater::report
