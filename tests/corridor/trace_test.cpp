/// What an asset did on a day: lives whose day is known by arithmetic, windows made by hand, and
/// laws over drawn corridors.

#include "tidewater/corridor/trace.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "life_digest.hpp"
#include "one_life.hpp"
#include "random_corridor.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

constexpr Place kTrain{Place::Kind::kFleet, 0, 1};

Life watched(CorridorModel const& model, Time from, Time until) {
  EXPECT_TRUE(faults(model).empty());
  return simulate(model, {.seed = 1}, {.watch = Watch{from, until}});
}

/// The stretches of one part.
std::vector<Stretch> part_of(std::vector<Stretch> const& all, std::string const& part) {
  std::vector<Stretch> own;
  for (Stretch const& one : all) {
    if (one.part == part) {
      own.push_back(one);
    }
  }
  return own;
}

std::string state_at(std::vector<Stretch> const& stretches, Time t) {
  for (Stretch const& one : stretches) {
    if (one.from <= t && t < one.until) {
      return one.state + (one.because.empty() ? "" : ": " + one.because);
    }
  }
  return "nothing";
}

void expect_whole(std::vector<Stretch> const& part, Watch const& window) {
  ASSERT_FALSE(part.empty());
  EXPECT_EQ(part.front().from, window.from);
  EXPECT_EQ(part.back().until, window.until);
  for (std::size_t i = 1; i < part.size(); ++i) {
    EXPECT_EQ(part[i].from, part[i - 1].until);
    EXPECT_TRUE(part[i].state != part[i - 1].state || part[i].because != part[i - 1].because);
  }
}

/// One line of three sections of 10 km and two trains; nothing is lived, only looked at.
struct Line {
  CorridorModel model = worlds::plain({.sections = 3, .section = 10 * km});
  Detail detail{.window = {Time{}, 1 * day}};
  Line() {
    for (int number : {0, 1}) {
      detail.trace.consists.push_back({.fleet = kFleet,
                                       .consist = number,
                                       .doing = Doing::kUnderWay,
                                       .at = {Place::Kind::kPort, 0},
                                       .from = Time{},
                                       .until = 1 * day});
    }
  }
  /// Entering and leaving the sections in turn, in hours; ten minutes each unobstructed.
  void runs(int consist, std::vector<double> const& hours) {
    TrainString string{.line = kLine, .fleet = kFleet, .consist = consist};
    for (std::size_t i = 0; i < hours.size(); ++i) {
      auto const post = static_cast<double>((i + 1) / 2);
      string.points.push_back({hours[i] * h, 10 * post * km});
    }
    string.running.assign(hours.size() / 2, 10 * units::min);
    detail.strings.push_back(string);
  }
  [[nodiscard]] std::string says(int consist, Time t) const {
    Place const place{Place::Kind::kFleet, 0, static_cast<std::uint32_t>(consist) + 1};
    return state_at(stretches(model, detail, place), t);
  }
};

}  // namespace

// 2,000 t at 1,000 t/h and an hour beside it at either end, four sections of 60 min out and 50 min
// back; the ore is there as soon as it is asked for but for the first load, which takes 210 s.
TEST(AssetDay, FollowsATrainThroughItsRoundTrip) {
  auto const model = worlds::plain({.output = 300e6 * t / year, .consists = 1});
  Life const life = watched(model, Time{}, 1 * day);
  auto const told = stretches(model, *life.detail, kTrain);
  expect_whole(told, life.detail->window);
  Time const load = 2000 * t / (300e6 * t / year);
  struct Expected {
    Time until;
    char const* state;
  };
  std::vector<Expected> expected{{load, "awaiting cargo, mine mine"},
                                 {load + 3 * h, "loading, mine mine"}};
  for (int section = 1; section <= 4; ++section) {
    expected.push_back({load + (3 + section) * h, "running loaded, line section "});
  }
  expected.push_back({load + 10 * h, "unloading, port port"});
  for (int section = 1; section <= 4; ++section) {
    expected.push_back({load + 10 * h + section * 50 * units::min, "running empty, line section "});
  }
  expected.push_back({load + 16 * h + 20 * units::min, "loading, mine mine"});
  ASSERT_GT(told.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(told[i].until.in(s), expected[i].until.in(s), 1e-3) << i;
    EXPECT_TRUE(told[i].state.starts_with(expected[i].state)) << told[i].state;
  }
  EXPECT_EQ(told[2].state, "running loaded, line section 1");
  EXPECT_EQ(told[7].state, "running empty, line section 4");
  EXPECT_EQ(told[7].because, "for mine mine");
}

// A storm of the whole life: the ship called for the first lot lies outside, the yard fills, the
// trains stand before it, the pile fills.
TEST(AssetDay, FollowsAStormFromTheBerthBackToTheMine) {
  auto model = worlds::plain({.output = 3e6 * t / year});
  model.ports[kPort].weather = {
      {.id = "storm", .season = {1, 366}, .mean_closed = 1e9 * day, .mean_open = 1 * s}};
  Life const life = watched(model, 700 * day, 701 * day);
  auto const at_noon = [&](Place place, std::string const& part) {
    return state_at(part_of(stretches(model, *life.detail, place), part), 700.5 * day);
  };
  Place const port{Place::Kind::kPort, 0};
  EXPECT_TRUE(at_noon(port, "entry").starts_with("closed: storm until ")) << at_noon(port, "entry");
  EXPECT_EQ(at_noon(port, "channel"), "free");
  EXPECT_TRUE(
      at_noon(port, "berth 1").starts_with("ship kept out by weather: sales 1: storm until "))
      << at_noon(port, "berth 1");
  EXPECT_EQ(at_noon(port, "unloading"), "idle: room in the yard is awaited by trains 1, trains 2");
  EXPECT_TRUE(at_noon(kTrain, "trains 1")
                  .starts_with("awaiting room in the yard, port port: the yard is full: berth port "
                               "1 ship kept out by weather"))
      << at_noon(kTrain, "trains 1");
  EXPECT_EQ(at_noon({Place::Kind::kMine, 0}, "mine"),
            "stockpile full: yard full: ships wait for weather (port port)");
  EXPECT_EQ(at_noon({Place::Kind::kMine, 0}, "load-out"), "idle: no train there");
}

// The channel is as deep as the laden ship and its clearance but for 1 m; the tide is a cosine of
// 1 m about 1 m with a period of 12 h from high water at midnight: water enough from 9 h to 3 h
// and so on, to set out until two hours before its end.
TEST(AssetDay, SaysWhenALadenShipHasWater) {
  auto model = worlds::plain({});
  Port& port = model.ports[kPort];
  port.channel.depth = 11.5 * units::m;
  port.tides = {{"half a day", 1 * units::m, 30, 0}};
  Life const life = watched(model, 100 * day, 101 * day);
  auto const water = part_of(stretches(model, *life.detail, {Place::Kind::kPort, 0}),
                             "water for laden ships of sales");
  expect_whole(water, life.detail->window);
  ASSERT_EQ(water.size(), 5U);
  std::vector<double> const turns{1, 9, 13, 21, 24};
  for (std::size_t i = 0; i < turns.size(); ++i) {
    EXPECT_NEAR((water[i].until - 100 * day).in(h), turns[i], 1e-5);
    EXPECT_EQ(water[i].state, i % 2 == 0 ? "enough" : "too little");
  }
}

// Pilots from six to six: a passage of two hours begins by four in the afternoon at the latest.
TEST(AssetDay, SaysWhenPassagesMayBeginByDay) {
  auto model = worlds::plain({});
  model.ports[kPort].pilotage = {.from = 6 * h, .until = 18 * h};
  ASSERT_EQ(model.ports[kPort].channel.transit, 2 * h);
  Life const life = watched(model, 100 * day, 101 * day);
  Place const port{Place::Kind::kPort, 0};
  auto const pilots = part_of(stretches(model, *life.detail, port), "pilotage");
  expect_whole(pilots, life.detail->window);
  ASSERT_EQ(pilots.size(), 3U);
  EXPECT_EQ(pilots[0].until, 100 * day + 6 * h);
  EXPECT_EQ(pilots[1].until, 100 * day + 16 * h);
  EXPECT_EQ(state_at(pilots, 100 * day + 3 * h), "closed: begins at 06:00");
  EXPECT_EQ(state_at(pilots, 100 * day + 12 * h), "open");
  std::string const evening = state_at(pilots, 100 * day + 17 * h);
  EXPECT_TRUE(evening.starts_with("closed: begins at 20") && evening.ends_with("06:00")) << evening;
}

// A campaign of ten days begins a hundred days after the opening and takes six hours of each.
TEST(AssetDay, SaysWhenADredgerShutsTheChannel) {
  auto model = worlds::plain({});
  model.ports[kPort].siltation = {.channel = 1e-3 * units::m / units::year,
                                  .every = 100 * day,
                                  .campaign = 10 * day,
                                  .shut = 6 * h};
  Time const from = model.opening + 102 * day;
  Life const life = watched(model, from, from + 1 * day);
  auto const channel = part_of(stretches(model, *life.detail, {Place::Kind::kPort, 0}), "channel");
  expect_whole(channel, life.detail->window);
  for (Stretch const& one : channel) {
    bool const is_early = one.until <= from + 6 * h;
    EXPECT_EQ(one.state == "shut", is_early) << one.state;
  }
  EXPECT_EQ(state_at(channel, from + 3 * h), "shut: dredging");
}

TEST(AssetDay, SaysForWhomATrainWaitsInALoop) {
  Line line;
  line.runs(0, {0, 1, 1, 5, 5, 6});  // four hours in section 2
  line.runs(1, {1, 2, 5.1, 6, 6.1, 7});
  line.detail.trace.breakdowns = {{kFleet, 0, 2 * h, 4 * h}};
  EXPECT_EQ(line.says(1, 1.5 * h), "running loaded, line section 1: for port port");
  EXPECT_EQ(line.says(0, 3 * h), "failed on the line: for port port");
  EXPECT_EQ(line.says(1, 3 * h), "waiting on line at km 10.0: for trains 1, which has failed");
  EXPECT_EQ(line.says(1, 4.5 * h), "waiting on line at km 10.0: for trains 1");
  EXPECT_EQ(line.says(1, 5.5 * h), "running loaded, line section 2: for port port");
}

TEST(AssetDay, SaysWhichClosureATrainStandsBeforeOrIn) {
  Line line;
  line.runs(0, {0, 1, 1, 5, 5, 6});
  line.runs(1, {1, 2, 5.1, 6, 6.1, 7});
  line.detail.closures = {{kLine, 1, 2 * h, 5 * h, "flood"}};
  EXPECT_EQ(line.says(0, 3 * h), "standing in line section 2: closed by flood until 05:00");
  EXPECT_EQ(line.says(1, 3 * h),
            "waiting on line at km 10.0: section 2 closed by flood until 05:00");
  auto const told = stretches(line.model, line.detail, {Place::Kind::kLine, 0});
  EXPECT_EQ(state_at(part_of(told, "section 1"), 3 * h), "open");
  EXPECT_EQ(state_at(part_of(told, "section 2"), 3 * h), "closed: flood until 05:00");
}

// One fleet of ten for two mines, fifty loads and a half in each. Several trains are sent for the
// last of them, and run on to the port without.
TEST(AssetDay, KeepsATrainWithoutALoadBoundForThePort) {
  auto model = worlds::plain({.output = 300e6 * t / year, .consists = 10});
  Mine second = model.mines[kMine];
  second.id = "second";
  Route route = model.routes[RouteId{0}];
  route.from = model.mines.push(second);
  model.routes.push(route);
  for (Mine& mine : model.mines) {
    mine.reserve = 101 * kt;
  }
  Life const life = watched(model, Time{}, 1000 * day);
  std::vector<ConsistSpell const*> before(10, nullptr);
  int unloaded = 0;
  int without_load = 0;
  for (ConsistSpell const& spell : life.detail->trace.consists) {
    ConsistSpell const*& last = before[static_cast<std::size_t>(spell.consist)];
    if (last != nullptr && spell.doing == Doing::kUnloading) {
      EXPECT_EQ(words(model, spell.at), words(model, last->at));
      ++unloaded;
    }
    bool const ran_on =
        last != nullptr && last->doing == Doing::kUnderWay && last->at.kind == Place::Kind::kMine;
    if (ran_on && spell.doing == Doing::kUnderWay) {
      EXPECT_EQ(spell.at.kind, Place::Kind::kPort);
      ++without_load;
    }
    last = &spell;
  }
  EXPECT_EQ(unloaded, 100);  // of 2 kt each
  EXPECT_GT(without_load, 0);
}

// Ten and a half days of output in the ground.
TEST(AssetDay, SaysWhenTheReserveIsUsedUp) {
  auto model = worlds::plain({});
  model.mines[kMine].reserve = 10.5 * day * (0.5e6 * t / year);
  Life const life = watched(model, 10 * day, 11 * day);
  auto const told = part_of(stretches(model, *life.detail, {Place::Kind::kMine, 0}), "mine");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].state, "up");
  EXPECT_NEAR((told[0].until - 10 * day).in(h), 12, 1e-5);
  EXPECT_EQ(told[1].state, "reserve used up");
}

TEST(AssetDay, TellsOfNoTrainsWhereThereAreOnlyTrucks) {
  auto model = worlds::plain({});
  model.routes[RouteId{0}].hauls = {RoadHaul{.id = "road",
                                             .length = 40 * km,
                                             .loaded = 40 * kmh,
                                             .empty = 40 * kmh,
                                             .payload = 50 * t,
                                             .trucks = 10}};
  Life const life = watched(model, 100 * day, 101 * day);
  for (auto const kind : {Place::Kind::kMine, Place::Kind::kPort}) {
    auto const told = stretches(model, *life.detail, {kind, 0});
    EXPECT_FALSE(told.empty());
    EXPECT_TRUE(part_of(told, "load-out").empty());
    EXPECT_TRUE(part_of(told, "unloading").empty());
  }
}

// The day of a berth broken throughout: its repair until ten, a hazard of the port from eight on.
TEST(AssetDay, NamesWhatKeepsABerthClosedLongest) {
  auto const model = worlds::plain({});
  Detail detail{.window = {Time{}, 1 * day}};
  Place const port{Place::Kind::kPort, 0};
  Place const berth{Place::Kind::kBerth, 0, 0};
  detail.berths = {{.port = kPort,
                    .berth = 0,
                    .state = BerthState::kIdleRepair,
                    .from = Time{},
                    .until = 1 * day}};
  detail.trace.closures = {
      {berth, PlaceClosure::By::kRepair, "repair", Time{}, 10 * h},
      {port, PlaceClosure::By::kHazard, "raid", 8 * h, 1 * day},
      {port, PlaceClosure::By::kWeather, "storm", Time{}, 2 * day},
  };
  auto const told = stretches(model, detail, berth);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].until, 8 * h);
  EXPECT_EQ(told[0].because, "repair until 10:00");
  EXPECT_EQ(told[1].because, "raid until 2030-01-02 00:00");
}

TEST(AssetDay, TellsAHazardFromWeatherOfTheSameName) {
  auto model = worlds::plain({});
  Place const port{Place::Kind::kPort, 0};
  model.ports[kPort].weather = {{.id = "storm"}};
  Detail detail{.window = {Time{}, 1 * day}};
  detail.trace.closures = {
      {port, PlaceClosure::By::kWeather, "storm", Time{}, 12 * h},
      {port, PlaceClosure::By::kHazard, "storm", 12 * h, 18 * h},
  };
  auto const told = part_of(stretches(model, detail, port), "unloading");
  EXPECT_EQ(state_at(told, 6 * h), "idle: no train there");
  EXPECT_EQ(state_at(told, 15 * h), "closed: storm until 18:00");
}

// Before a full yard whose berth is empty: a ship is called at nine. Weather stops no train that
// waits at the port for cargo to bring inland.
TEST(AssetDay, FollowsWhatATrainAtThePortWaitsForFromTurnToTurn) {
  auto const model = worlds::plain({});
  Place const port{Place::Kind::kPort, 0};
  Detail detail{.window = {Time{}, 1 * day}};
  detail.berths = {
      {.port = kPort, .berth = 0, .state = BerthState::kNoShip, .from = Time{}, .until = 1 * day}};
  detail.trace.callings = {{0, Calling::kLot, Time{}, 9 * h}};
  detail.trace.calls = {{0, 1, 9 * h, 23 * h}};
  for (auto const& [number, doing] :
       {std::pair{0, Doing::kAwaitingRoom}, std::pair{1, Doing::kAwaitingCargo}}) {
    detail.trace.consists.push_back({.fleet = kFleet,
                                     .consist = number,
                                     .doing = doing,
                                     .at = port,
                                     .from = Time{},
                                     .until = 1 * day});
  }
  auto const told = stretches(model, detail, kTrain);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].until, 9 * h);
  EXPECT_NE(told[0].because.find("no further lot has left the mines"), std::string::npos);
  EXPECT_EQ(told[1].until, 23 * h);
  EXPECT_NE(told[1].because.find("sales 1 is called, there 23:00"), std::string::npos);
  detail.trace.closures = {{port, PlaceClosure::By::kWeather, "storm", Time{}, 1 * day}};
  auto const second = stretches(model, detail, {Place::Kind::kFleet, 0, 2});
  EXPECT_EQ(state_at(second, 6 * h), "awaiting cargo, port port: no full load lies there");
}

TEST(AssetDay, NamesEveryAsset) {
  std::vector<std::string> names;
  for (Asset const& asset : assets(worlds::plain({}))) {
    names.push_back(asset.name);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{
                "mine", "port", "port berth 1", "line", "trains", "trains 1", "trains 2"}));
}

TEST(AssetDay, IsWholeForEveryAssetAndChangesNothingInDrawnWorlds) {
  for (std::uint32_t number = 0; number < 40; ++number) {
    SCOPED_TRACE("world " + std::to_string(number));
    auto const model = worlds::RandomCorridor{number}.draw();
    Watch const window{500 * day, 503 * day};
    Life const life = simulate(model, {.seed = 9}, {.watch = window});
    EXPECT_EQ(digest(life), digest(simulate(model, {.seed = 9})));
    for (Asset const& asset : assets(model)) {
      SCOPED_TRACE(asset.name);
      auto const told = stretches(model, *life.detail, asset.place);
      for (Stretch const& one : told) {
        if (one.from == window.from) {
          expect_whole(part_of(told, one.part), window);
        }
        EXPECT_NE(one.state, "");
      }
    }
  }
}

// Ore without end: but for the hazards at its ends it would pump without a pause.
TEST(Trace, TellsThatAPipelineStruckAtEitherEndDoesNotPump) {
  auto model = worlds::plain({.output = 300e6 * t / year});
  model.routes[RouteId{0}].hauls = {PipelineHaul{.id = "pipe",
                                                 .length = 60 * km,
                                                 .velocity = 6 * kmh,
                                                 .batch = 60 * t,
                                                 .rate = 100 * t / h,
                                                 .reliability = {}}};
  model.hazards = {{.id = "flood", .where = MineId{0}, .rate = 100 / year, .mean_repair = 1 * day},
                   {.id = "storm", .where = PortId{0}, .rate = 100 / year, .mean_repair = 1 * day}};
  Watch const watch{300 * day, 330 * day};
  Life const life = simulate(model, {.seed = 1}, {.watch = watch});
  std::set<std::string> causes;
  for (Stretch const& stretch : stretches(model, *life.detail, {Place::Kind::kPipeline, 0})) {
    for (PlaceClosure const& closure : life.detail->trace.closures) {
      bool const meets = closure.by == PlaceClosure::By::kHazard && closure.from < stretch.until &&
                         stretch.from < closure.until;
      EXPECT_FALSE(meets && stretch.state == "pumping") << closure.cause;
    }
    if (stretch.state == "struck") {
      causes.insert(stretch.because.substr(0, stretch.because.find(" until")));
    }
  }
  EXPECT_TRUE(causes.contains("mine mine: flood")) << causes.size();
  EXPECT_TRUE(causes.contains("port port: storm")) << causes.size();
}

// 60 t pumped in 36 minutes from a pile that never runs out, then the next batch at once.
TEST(Trace, TellsWhenAPipelinePumpsAndWhenItIsDown) {
  auto model = worlds::plain({.output = 300e6 * t / year});
  model.routes[RouteId{0}].hauls = {
      PipelineHaul{.id = "pipe",
                   .length = 60 * km,
                   .velocity = 6 * kmh,
                   .batch = 60 * t,
                   .rate = 100 * t / h,
                   .reliability = {.availability = 0.5, .mean_down = 8 * h}}};
  Watch const watch{300 * day, 330 * day};
  Life const life = simulate(model, {.seed = 1}, {.watch = watch});
  auto const all = assets(model);
  auto const pipe =
      std::find_if(all.begin(), all.end(), [](Asset const& a) { return a.name == "pipe"; });
  ASSERT_NE(pipe, all.end());
  Time told = watch.from;
  for (Stretch const& stretch : stretches(model, *life.detail, pipe->place)) {
    EXPECT_EQ(stretch.from, told);
    EXPECT_EQ(stretch.part, "pumps");
    EXPECT_TRUE(stretch.state == "pumping" || stretch.state == "down") << stretch.state;
    EXPECT_EQ(stretch.because.rfind("outage until", 0) == 0, stretch.state == "down");
    told = stretch.until;
  }
  EXPECT_EQ(told, watch.until);
}
