/// Tugs, pilots, other users' ships and silt: answers worked out by hand or by a formula.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "bookings.hpp"
#include "corridor_worlds.hpp"
#include "full_range.hpp"
#include "one_life.hpp"
#include "waterway.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

double sum(Life const& life, double PortYear::*part) {
  double total = 0;
  for (PortYear const& year : life.ports[kPort].years) {
    total += year.*part;
  }
  return total;
}
Time waited(Life const& life, WaitCause cause) {
  Time total{};
  for (PortYear const& year : life.ports[kPort].years) {
    total += year.waited(cause);
  }
  return total;
}
Time others_waited(Life const& life) {
  Time total{};
  for (PortYear const& year : life.ports[kPort].years) {
    total += year.other_wait;
  }
  return total;
}

/// A port with next to no cargo of ours, a channel of a second, and other users' ships.
CorridorModel shared_port(Rate calls, Time alongside, int berths) {
  auto model = worlds::plain({.years = 40, .output = 1 * t / year});
  Port& port = model.ports[kPort];
  port.channel.transit = 1 * s;
  Berth const berth = port.berths.front();
  port.berths.clear();
  OtherShips others{.id = "grain", .calls = calls, .alongside = alongside};
  others.ship = {.class_name = "handy",
                 .loa = 180 * units::m,
                 .draught = 10 * units::m,
                 .ballast_draught = 10 * units::m};
  for (int b = 0; b < berths; ++b) {
    port.berths.push_back(berth);
    port.berths.back().id = std::to_string(b + 1);
    others.berths.push_back(static_cast<std::size_t>(b));
  }
  port.other_ships = {others};
  return model;
}

}  // namespace

// ---- bookings ----

TEST(Bookings, FindsTheFirstStretchWithEnoughFree) {
  Bookings tugs{3};
  tugs.book({10, 20, 2});
  tugs.book({15, 30, 1});
  EXPECT_EQ(tugs.first_free(0, 10, 2), 0);
  EXPECT_EQ(tugs.first_free(1, 10, 2), 20);  // until 30 one is out, two are free
  EXPECT_EQ(tugs.first_free(1, 10, 3), 30);
  EXPECT_EQ(tugs.first_free(1, 10, 1), 1);
  EXPECT_EQ(tugs.first_free(6, 10, 1), 20);  // from 15 to 20 all three are out
  EXPECT_EQ(tugs.first_free(4, 10, 1), 4);
  tugs.forget_past(20);
  EXPECT_EQ(tugs.first_free(1, 10, 3), 1);
}

RC_GTEST_PROP(Bookings, AgreeWithASecondBySecondCount, ()) {
  constexpr int kSeconds = 400;
  int const capacity = drawn(1, 5);
  Bookings bookings{capacity};
  std::vector<int> used(kSeconds, 0);
  for (int k = drawn(0, 12); k > 0; --k) {
    int const units = drawn(1, capacity + 1);
    int const length = drawn(1, 25);
    int const asked = drawn(0, 100);
    int expected = asked;
    auto const taken = [&](int from) {
      for (int hour = from; hour < from + length; ++hour) {
        if (used[static_cast<std::size_t>(hour)] + units > capacity) {
          return true;
        }
      }
      return false;
    };
    while (taken(expected)) {
      ++expected;
    }
    double const found = bookings.first_free(asked, length, units);
    RC_ASSERT(found == expected);
    bookings.book({found, found + length, units});
    for (int hour = expected; hour < expected + length; ++hour) {
      used[static_cast<std::size_t>(hour)] += units;
    }
  }
}

// ---- other users ----

// One berth, calls at random, exponential time alongside: M/M/1. With a load of 1/2 a ship waits
// rho S / (1 - rho) = S in the mean; with two berths and a load of 1/2 of each Erlang's formula
// gives S / 3.
TEST(Port, MakesOtherUsersShipsQueueAsErlangSays) {
  for (auto const& [berths, waits] : {std::pair{1, 1.0}, std::pair{2, 1.0 / 3}}) {
    auto const model = shared_port(0.25 * berths / day, 2 * day, berths);
    ASSERT_TRUE(faults(model).empty());
    Lives const lives = experiment(model, {.seed = 5, .replications = 8, .threads = 2});
    auto const wait = lives.estimate([](Life const& life) {
      return others_waited(life) / sum(life, &PortYear::other_calls) / (2 * day);
    });
    EXPECT_NEAR(wait.mean, waits, 0.03 + wait.half_width);
    EXPECT_LT(wait.half_width, 0.15);
    auto const use = lives.estimate(
        [](Life const& life) { return life.ports[kPort].berths[0].of(BerthState::kOtherShip); });
    EXPECT_GT(use.mean, 0.45);
  }
}

TEST(Port, LetsOtherUsersTakeTheBerthFromUs) {
  auto alone = worlds::plain({.years = 10});
  auto shared = alone;
  shared.ports[kPort].other_ships = {{.id = "grain",
                                      .calls = 60 / year,
                                      .alongside = 3 * day,
                                      .berths = {0},
                                      .ship = alone.contracts[0].ship}};
  Life const quiet = one_life(alone);
  Life const busy = one_life(shared);
  EXPECT_GT(waited(busy, WaitCause::kBerth), 20 * waited(quiet, WaitCause::kBerth) + 10 * day);
  EXPECT_NEAR(sum(busy, &PortYear::other_calls), 600, 75);
  // 60 x 3 of 365 days, the passages and waits of those ships apart.
  EXPECT_NEAR(busy.ports[kPort].berths[0].of(BerthState::kOtherShip), 0.5, 0.06);
  EXPECT_EQ(sum(quiet, &PortYear::other_calls), 0);
}

// Ships that lie elsewhere in the port take the channel alone: 2 h in and 2 h out for each call.
TEST(Port, LetsOtherUsersTakeTheChannelAlone) {
  auto model = worlds::plain({.years = 20, .output = 1 * t / year});
  model.ports[kPort].other_ships = {
      {.id = "grain", .calls = 3 / day, .alongside = 3 * day, .ship = model.contracts[0].ship}};
  Life const life = one_life(model);
  EXPECT_NEAR(life.ports[kPort].channel_use, 3 * 4.0 / 24, 0.01);
  EXPECT_EQ(life.ports[kPort].berths[0].of(BerthState::kOtherShip), 0);
}

// ---- tugs and pilots ----

// Calls at random that pass a channel of a second, each move with the only two tugs of the port for
// 6 h. In and out are as good as independent streams of 1 a day each: M/D/1 with rho = 1/2 waits
// rho S / 2 (1 - rho) = 3 h at each of the two moves.
TEST(Port, MakesShipsWaitForTugsAsMD1) {
  auto model = shared_port(1 / day, 20 * day, 1);
  Port& port = model.ports[kPort];
  port.other_ships[0].berths.clear();
  port.tugs = {.count = 2, .per_move = 6 * h};
  Lives const lives = experiment(model, {.seed = 5, .replications = 4, .threads = 2});
  auto const wait = lives.estimate([](Life const& life) {
    return others_waited(life).in(h) / sum(life, &PortYear::other_calls) / 2;
  });
  EXPECT_NEAR(wait.mean, 3, 0.1 + wait.half_width);
  for (ResourceUse const& use : lives.lives[0].resources) {
    if (use.kind == ResourceKind::kTugs) {
      EXPECT_NEAR(use.use, 0.5, 0.01);
    }
  }
  port.tugs->count = 40;
  EXPECT_LT(others_waited(one_life(model)), 1 * units::min);  // a second for the channel
}

// Our ships come and go alone, so that only the second move of two close ones meets tugs that are
// out: with a tug time longer than a whole call every departure waits for its own arrival's tugs.
TEST(Port, SaysThatShipsAndBerthsWaitForTugs) {
  auto model = worlds::plain({.years = 3});
  model.ports[kPort].tugs = {.count = 2, .per_move = 36 * h};
  Life const life = one_life(model);
  double const calls = sum(life, &PortYear::ship_calls);
  // In at 0, 2 h transit, 2 h mooring, 20 h loading unless cargo is short, 1 h letting go: 25 h.
  EXPECT_GT(waited(life, WaitCause::kTug), 0.5 * calls * 11 * h);
  EXPECT_LE(waited(life, WaitCause::kTug), (calls + 1) * 11 * h);
  EXPECT_GT(life.ports[kPort].berths[0].of(BerthState::kWaitingTug), 0);
  model.ports[kPort].tugs = {.count = 2, .per_move = 20 * h};
  EXPECT_EQ(waited(one_life(model), WaitCause::kTug), Time{});
}

// Passages within 06:00 and 18:00, transit next to nothing: nobody starts in 12 of 24 h, and
// whoever comes at any hour waits 12 x 6 / 24 = 3 h in the mean, each way: in and out after some 20
// days are as good as independent.
TEST(Port, PilotsByDayOnly) {
  auto model = shared_port(2 / day, 20 * day, 1);
  model.ports[kPort].other_ships[0].berths.clear();
  model.ports[kPort].pilotage = {.from = 6 * h, .until = 18 * h};
  Life const life = one_life(model);
  EXPECT_NEAR(others_waited(life).in(h) / sum(life, &PortYear::other_calls), 2 * 3, 0.1);
}

// ---- silt ----

namespace {

Port silting() {
  Port port;
  port.channel = {.depth = 13 * units::m, .transit = 2 * h, .keel_clearance = 1 * units::m};
  port.siltation = {.channel = 1 * units::m / year,
                    .berths = 0.5 * units::m / year,
                    .every = 1 * year,
                    .campaign = 30 * day,
                    .shut = 6 * h};
  return port;
}

}  // namespace

TEST(Waterway, LosesDepthUntilACampaignEnds) {
  Port const port = silting();
  double const y = year.base();
  double const opening = (100 * day).base();
  Waterway const way{port, {opening, 5 * y}};
  EXPECT_EQ(way.silted(0), Length{});
  EXPECT_NEAR(way.silted(opening + 0.5 * y).in(units::m), 0.5, 1e-9);
  double const back = opening + y + (30 * day).base();
  EXPECT_NEAR(way.silted(back - 1).in(units::m), 1 + 30 / 365.25, 1e-6);
  EXPECT_EQ(way.silted(back), Length{});
  EXPECT_NEAR(way.silted_alongside(back + 0.2 * y).in(units::m), 0.1, 1e-9);
}

TEST(Waterway, LetsNobodyThroughWhileADredgerIsInTheChannel) {
  Port const port = silting();
  double const y = year.base();
  Waterway const way{port, {0, 5 * y}};
  double const hour = h.base();
  EXPECT_EQ(way.next_undredged(y - 3 * hour), y - 3 * hour);
  EXPECT_EQ(way.next_undredged(y - 1 * hour), y + 6 * hour);  // it would not be through
  EXPECT_EQ(way.next_undredged(y + 8 * hour), y + 8 * hour);
}

// Still water at datum: 13 m take a ship of 11.6 m and a clearance of 1 m while no more than 0.4 m
// of silt lies there, 0.4 years; then it waits for the end of the campaign.
TEST(Waterway, MakesAShipTooDeepForTheSiltWaitForTheCampaign) {
  Port const port = silting();
  double const y = year.base();
  Waterway const way{port, {0, 5 * y}};
  Length const draught = 11.6 * units::m;
  EXPECT_EQ(way.next_water(draught, 0.39 * y, 5 * y), 0.39 * y);
  EXPECT_EQ(way.next_water(draught, 0.41 * y, 5 * y), y + (30 * day).base());
  EXPECT_FALSE(way.next_water(12.1 * units::m, 0, 5 * y).has_value());
}

// The same with a tide: with a sill at mean level less 0.1 m, say, water stands for
// acos(x) / pi of the time, x the height wanted over the amplitude.
TEST(Waterway, NarrowsTheTidalWindowDayByDay) {
  Port port = silting();
  port.tides = {{"M2", 1.0 * units::m, 28.9841042, 0}};
  port.mean_level = 1.0 * units::m;
  Waterway const way{port, {0, 5 * year.base()}};
  Length const draught = 13 * units::m;  // at the opening, water from mean level on
  double wait_early = 0;
  double wait_late = 0;
  for (int k = 0; k < 1000; ++k) {
    double const early = k * 997.0;
    double const late = 0.5 * year.base() + k * 997.0;
    wait_early += *way.next_water(draught, early, 5 * year.base()) - early;
    wait_late += *way.next_water(draught, late, 5 * year.base()) - late;
  }
  EXPECT_GT(wait_late, 1.5 * wait_early);  // from half of each tide to a third
}

// Berths of 13 m lose 1 m a year: ours of 12.5 m draught berth for half a year, then not until the
// campaign at the end of the year is over.
TEST(Port, BerthsNobodyWhereSiltHasTakenTheDepth) {
  auto model = worlds::plain({.years = 3});
  Port& port = model.ports[kPort];
  port.berths[0].depth = 13 * units::m;
  port.channel.depth = 20 * units::m;
  model.contracts[0].ship.draught = 12.5 * units::m;
  port.siltation = {.berths = 1 * units::m / year, .every = 1 * year, .campaign = 20 * day};
  Life const life = one_life(model);
  EXPECT_GT(waited(life, WaitCause::kTide), 300 * day);
  double const calls = sum(life, &PortYear::ship_calls);
  port.siltation.reset();
  double const calls_before = sum(one_life(model), &PortYear::ship_calls);
  EXPECT_GT(calls_before, calls + 10);
  EXPECT_GT(calls, 0.4 * calls_before);
}
