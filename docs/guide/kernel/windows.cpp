// When may a ship go? Shifts, tide and weather, each by itself and all together.
#include <array>
#include <cstdio>
#include <functional>
#include <optional>

#include "tidewater/des/calendar_tide.hpp"
#include "tidewater/des/weather.hpp"

using namespace tidewater;
using namespace tidewater::des;

int main() {
  namespace u = tidewater::units;
  // The clock counts hours. The tide takes quantities; 3.2 m must last for two hours.
  WindowCalendar pilots{24, {{6, 20}}};
  Tide const tide{2.5 * u::m, {{1.2 * u::m, 28.984104, 0}, {0.4 * u::m, 30, 0}}};
  WindowList const high_water{[&] {
    std::vector<Window> hours;
    for (Window const& w : tide.windows(3.2 * u::m, 0 * u::h, 240 * u::h)) {
      hours.push_back({w.from / 3600, w.to / 3600});
    }
    return hours;
  }()};
  RecordedSeries waves{{.step = 3}, {0.8, 1.1, 2.4, 3.0, 2.2, 1.4, 0.9, 0.7}};  // m, every 3 h

  std::array<std::function<std::optional<double>(double)>, 3> const rules{
      [&](double t) { return pilots.next_window(t, 2); },
      [&](double t) { return high_water.next_window(t, 2); },
      [&](double t) { return waves.next_window(t, {.limit = 1.5, .length = 2, .horizon = 240}); }};
  std::printf("pilots %.2f, tide %.2f, waves %.2f\n", *rules[0](4), *rules[1](4), *rules[2](4));
  std::printf("all together %.2f\n", *next_common(4, rules, 240));

  // Storms as a chain of states with its own stream: the same in every design.
  MarkovWeather sea{Streams{.seed = 7}.named("sea", "state"),
                    {{[](Stream& s) { return s.exponential(60); }, {0, 1}},
                     {[](Stream& s) { return s.uniform(4, 12); }, {1, 0}}}};
  double const calm = *sea.next_window(100, {.worst = 0, .length = 24, .horizon = 1000});
  std::printf("a calm day is there: %s\n", sea.state_at(calm) == 0 ? "yes" : "no");
}
