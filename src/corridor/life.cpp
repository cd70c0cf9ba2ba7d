#include "tidewater/corridor/life.hpp"

#include <array>

namespace tidewater::corridor {

std::string_view name(WaitCause cause) {
  static constexpr std::array<std::string_view, kWaitCauses> kNames{
      "cargo", "berth", "tide", "weather", "repair", "channel", "tug", "pilot"};
  return kNames[static_cast<std::size_t>(cause)];
}

std::string_view name(BerthState state) {
  static constexpr std::array<std::string_view, kBerthStates> kNames{
      "no ship",
      "ships wait for cargo",
      "ship kept out by weather",
      "ship waits for tide or channel",
      "out of order",
      "ship waits for tugs or a pilot",
      "entering",
      "loading",
      "alongside, no cargo",
      "alongside, weather",
      "alongside, repair",
      "laden, waiting for the tide",
      "laden, waiting for the channel",
      "laden, waiting for tugs or a pilot",
      "another user's ship"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view name(ResourceKind kind) {
  static constexpr std::array<std::string_view, 13> kNames{"mine",
                                                           "load-out",
                                                           "fleet",
                                                           "track section",
                                                           "road haul",
                                                           "pipeline",
                                                           "plant",
                                                           "unloading",
                                                           "stockyard",
                                                           "berth",
                                                           "channel",
                                                           "tugs",
                                                           "pilots"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<IdleReason> idle_reason(Detail const& detail,
                                      PortId port,
                                      std::size_t berth,
                                      Time at) {
  if (at < detail.window.from || at >= detail.window.until) {
    return std::nullopt;
  }
  for (BerthSpell const& spell : detail.berths) {
    if (spell.port == port && spell.berth == berth && spell.from <= at && at < spell.until) {
      return IdleReason{spell.state, spell.ship, spell.from, spell.until};
    }
  }
  return std::nullopt;
}

namespace {

template <class Years, class Part>
auto sum(Years const& years, Part const& part) {
  decltype(part(years.front())) total{};
  for (auto const& year : years) {
    total += part(year);
  }
  return total;
}

}  // namespace

Mass shipped(Life const& life, int year) {
  Mass total{};
  for (auto const& years : life.products) {
    total += years.at(static_cast<std::size_t>(year)).shipped;
  }
  return total;
}

Mass shipped(Life const& life) {
  Mass total{};
  for (Balance const& balance : life.balance) {
    total += balance.shipped;
  }
  return total;
}

Mass mined(Life const& life) {
  Mass total{};
  for (Balance const& balance : life.balance) {
    total += balance.mined;
  }
  return total;
}

Time demurrage(Life const& life) {
  Time total{};
  for (PortLife const& port : life.ports) {
    total += sum(port.years, [](PortYear const& year) { return year.demurrage; });
  }
  return total;
}

Time train_delay(Life const& life) {
  Time total{};
  for (LineLife const& line : life.lines) {
    total += sum(line.years, [](LineYear const& year) { return year.delay; });
  }
  return total;
}

}  // namespace tidewater::corridor
