#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using corridor::BerthSpell;
using corridor::BerthState;
using corridor::Detail;
using corridor::TrainString;
using io::Json;
using units::kg;
using units::km;
using units::kt;
using units::m;
using units::s;

/// Hours since the window opened, to the second.
double hour(Detail const& detail, Time at) {
  return std::round((at - detail.window.from).in(s)) / 3600;
}

Json window_json(OptionView const& view, Detail const& detail) {
  Calendar const calendar{view.own.header.first_year};
  return std::move(Entry{}
                       .text("from", calendar.date(detail.window.from))
                       .text("to", calendar.date(detail.window.until))
                       .number("hours", hour(detail, detail.window.until)))
      .whole_object();
}

struct Track {
  std::vector<double> hours;
  std::vector<double> km;
};

struct Moment {
  double hour = 0;
  double km = 0;
};

/// Adds where the train was as the window opened or closed, if that was on the way from `a` to `b`.
void add_edges(Moment a, Moment b, double end, std::vector<Moment>& out) {
  for (double const edge : {0.0, end}) {
    if (a.hour < edge && edge < b.hour) {
      out.push_back({edge, a.km + (b.km - a.km) * (edge - a.hour) / (b.hour - a.hour)});
    }
  }
}

/// The part of a string within the window; empty when none of it is.
Track within(Detail const& detail, TrainString const& string) {
  double const end = hour(detail, detail.window.until);
  std::vector<Moment> moments;
  std::optional<Moment> before;
  for (auto const& point : string.points) {
    Moment const now{hour(detail, point.at), point.km.in(km)};
    if (before) {
      add_edges(*before, now, end, moments);
    }
    if (now.hour >= 0 && now.hour <= end) {
      moments.push_back(now);
    }
    before = now;
  }
  Track out;
  for (auto const& moment : moments) {
    out.hours.push_back(moment.hour);
    out.km.push_back(std::round(moment.km * 1e3) / 1e3);
  }
  return out;
}

std::string train_name(OptionView const& view, TrainString const& string) {
  auto const number = string.consist + 1;
  return view.model->fleets.size() == 1
             ? fmt::format("consist {}", number)
             : fmt::format("{} {}", view.model->fleets[string.fleet].id, number);
}

Json trains_json(OptionView const& view, Detail const& detail, corridor::LineId line) {
  Json out = Json::array();
  for (auto const& string : detail.strings) {
    if (string.line != line) {
      continue;
    }
    auto const track = within(detail, string);
    if (track.hours.size() < 2) {
      continue;
    }
    out.push_back(std::move(Entry{}
                                .text("name", train_name(view, string))
                                .flag("loaded", string.load == TrainString::Load::kLoaded)
                                .put("hours", io::json_column(track.hours))
                                .put("km", io::json_column(track.km)))
                      .whole_object());
  }
  return out;
}

Json strings_json(OptionView const& view, Detail const& detail) {
  Json out = Json::array();
  for (std::uint32_t l = 0; l < view.model->lines.size(); ++l) {
    corridor::LineId const id{l};
    auto const& line = view.model->lines[id];
    Length length{};
    for (auto const& section : line.sections) {
      length += section.length;
    }
    out.push_back(std::move(Entry{}
                                .text("link", line.id)
                                .number("from_km", 0)
                                .number("to_km", length.in(km))
                                .put("trains", trains_json(view, detail, id)))
                      .whole_object());
  }
  return out;
}

/// Whether a spell is drawn: berths without a ship are gaps, unless they are out of order.
bool is_drawn(BerthSpell const& spell) {
  return spell.state == BerthState::kIdleRepair ||
         (spell.state != BerthState::kNoShip && !spell.ship.empty());
}

/// "cu_concentrate 17" -> "copper concentrate 17": calls are counted by product.
std::string vessel_name(OptionView const& view, BerthSpell const& spell) {
  for (auto const& product : view.own.products) {
    if (spell.ship.starts_with(product.id + " ")) {
      return product_label(product) + spell.ship.substr(product.id.size());
    }
  }
  return spell.ship.empty() ? "no ship" : spell.ship;
}

/// Spells one after another of the same ship and word become one.
Json calls_json(OptionView const& view,
                Detail const& detail,
                corridor::PortId port,
                std::size_t berth) {
  Json out = Json::array();
  for (auto const& spell : detail.berths) {
    if (spell.port != port || spell.berth != berth || !is_drawn(spell)) {
      continue;
    }
    double const from = std::max(0.0, hour(detail, spell.from));
    double const to = std::min(hour(detail, detail.window.until), hour(detail, spell.until));
    if (to <= from) {
      continue;
    }
    auto const vessel = vessel_name(view, spell);
    std::string const state{word(spell.state)};
    if (!out.empty() && out.back()["vessel"] == vessel && out.back()["state"] == state &&
        out.back()["to_h"] == io::json_number(from)) {
      out.back()["to_h"] = io::json_number(to);
      continue;
    }
    out.push_back(std::move(Entry{}
                                .text("vessel", vessel)
                                .text("state", state)
                                .number("from_h", from)
                                .number("to_h", to))
                      .whole_object());
  }
  return out;
}

Json berths_json(OptionView const& view, Detail const& detail) {
  Json out = Json::array();
  for (std::uint32_t p = 0; p < view.model->ports.size(); ++p) {
    corridor::PortId const id{p};
    auto const& port = view.model->ports[id];
    for (std::size_t b = 0; b < port.berths.size(); ++b) {
      out.push_back(std::move(Entry{}
                                  .text("port", port.id)
                                  .text("berth", port.berths[b].id)
                                  .put("calls", calls_json(view, detail, id, b)))
                        .whole_object());
    }
  }
  return out;
}

Json tide_json(OptionView const& view, Detail const& detail) {
  Json out = Json::array();
  for (std::uint32_t p = 0; p < view.model->ports.size(); ++p) {
    std::vector<double> hours, metres;
    for (auto const& sample : detail.tides) {
      if (sample.port == corridor::PortId{p}) {
        hours.push_back(hour(detail, sample.at));
        metres.push_back(std::round(sample.height.in(m)*1e3) / 1e3);
      }
    }
    if (!hours.empty()) {
      out.push_back(std::move(Entry{}
                                  .text("port", view.model->ports[corridor::PortId{p}].id)
                                  .put("hours", io::json_column(hours))
                                  .put("metres", io::json_column(metres)))
                        .whole_object());
    }
  }
  return out;
}

/// Stock levels are dry in the simulation, wet in the results; fans stand in the order of the
/// life's stocks.
Json stocks_json(OptionView const& view) {
  Json out = Json::array();
  auto const& series = view.result.median.life.stocks;
  for (std::size_t k = 0; k < view.result.stocks.size(); ++k) {
    auto const& fan = view.result.stocks[k];
    auto const wet_kt = [&](Mass dry) { return view.wet(series.at(k).product, dry).in(kt); };
    auto const column = [&](std::vector<Mass> const& levels) {
      std::vector<double> values;
      values.reserve(levels.size());
      for (auto const level : levels) {
        values.push_back(std::round(wet_kt(level) * 1e3) / 1e3);
      }
      return io::json_column(values);
    };
    std::vector<double> years;
    for (double const y : fan.years) {
      years.push_back(std::round(y * 1e4) / 1e4);
    }
    out.push_back(std::move(Entry{}
                                .text("name", fan.name)
                                .number("capacity_kt", wet_kt(fan.capacity))
                                .put("years", io::json_column(years))
                                .put("p5", column(fan.p5))
                                .put("p50", column(fan.p50))
                                .put("p95", column(fan.p95)))
                      .whole_object());
  }
  return out;
}

Json balance_json(OptionView const& view) {
  corridor::Balance sum;
  auto const& balances = view.result.median.life.balance;
  for (std::uint32_t k = 0; k < balances.size(); ++k) {
    corridor::ProductId const id{k};
    sum.mined += view.wet(id, balances[id].mined);
    sum.made += view.wet(id, balances[id].made);
    sum.worked += view.wet(id, balances[id].worked);
    sum.stock += view.wet(id, balances[id].stock);
    sum.in_transit += view.wet(id, balances[id].in_transit);
    sum.shipped += view.wet(id, balances[id].shipped);
    sum.lost += view.wet(id, balances[id].lost);
  }
  return std::move(Entry{}
                       .number("mined_kt", sum.mined.in(kt))
                       .number("made_kt", sum.made.in(kt))
                       .number("worked_kt", sum.worked.in(kt))
                       .number("delivered_kt", sum.shipped.in(kt))
                       .number("in_stock_kt", (sum.stock + sum.in_transit).in(kt))
                       .number("lost_kt", sum.lost.in(kt))
                       // To the kilogram: below it stands what doubles cannot tell apart.
                       .number("error_kt", std::round(sum.gap().in(kg)) / kt.in(kg)))
      .whole_object();
}

}  // namespace

Json operation_json(OptionView const& view) {
  auto const& life = view.result.median.life;
  static Detail const unseen;
  auto const& detail = life.detail ? *life.detail : unseen;
  Entry out;
  out.whole("replication", 0)
      .put("window", window_json(view, detail))
      .put("strings", strings_json(view, detail))
      .put("berths", berths_json(view, detail))
      .put("tide", tide_json(view, detail))
      .put("stocks", stocks_json(view))
      .put("bottlenecks", bottlenecks_json(view))
      .put("shares", shares_json(view))
      .put("plants", plants_json(view))
      .put("losses", loss_years_json(view))
      .put("balance", balance_json(view));
  if (view.model->inbound.size() > 0) {
    out.put("inbound", inbound_json(view));
  }
  return std::move(out).whole_object();
}

}  // namespace tidewater::report
