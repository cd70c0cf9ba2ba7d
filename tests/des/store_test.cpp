#include "tidewater/des/store.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;

namespace {

using Log = std::vector<std::string>;

void note(Log& log, Env const& env, std::string const& what) {
  log.push_back(std::to_string(env.now()).substr(0, 4) + " " + what);
}

Process gets(
    Env& env, Container& c, Log& log, double at, double amount, double timeout = kForever) {
  co_await env.hold_or_throw(at);
  Outcome const got = co_await c.get(amount, timeout);
  note(log, env, (got ? "got " : "missed ") + std::to_string(static_cast<int>(amount)));
}

Process puts(Env& env, Container& c, Log& log, double at, double amount) {
  co_await env.hold_or_throw(at);
  Outcome const put = co_await c.put(amount);
  note(log, env, (put ? "put " : "kept ") + std::to_string(static_cast<int>(amount)));
}

}  // namespace

TEST(Container, ServesStrictlyInOrderUnlessOvertakingIsAllowed) {
  for (auto const& [overtaking, expected] :
       {std::pair{Overtaking::kNever, Log{"3.00 put 60", "3.00 got 50", "3.00 got 5"}},
        std::pair{Overtaking::kAllowed, Log{"2.00 got 5", "3.00 put 60", "3.00 got 50"}}}) {
    Env env;
    Container tank{env, "tank", {.capacity = 100, .level = 10, .overtaking = overtaking}};
    Log log;
    env.spawn(gets(env, tank, log, 1, 50), "large");
    env.spawn(gets(env, tank, log, 2, 5), "small");
    env.spawn(puts(env, tank, log, 3, 60), "supply");
    env.run();
    EXPECT_EQ(log, expected);
    EXPECT_DOUBLE_EQ(tank.level(), 15);
  }
}

TEST(Container, LetsTheNextMoveUpWhenTheHeadGivesUp) {
  Env env;
  Container tank{env, "tank", {.capacity = 100, .level = 10}};
  Log log;
  env.spawn(gets(env, tank, log, 1, 50, 4), "large");
  env.spawn(gets(env, tank, log, 2, 5), "small");
  env.run();
  EXPECT_EQ(log, (Log{"5.00 missed 50", "5.00 got 5"}));
}

TEST(Container, MakesPutsWaitForRoom) {
  Env env;
  Container tank{env, "tank", {.capacity = 100, .level = 90}};
  Log log;
  env.spawn(puts(env, tank, log, 0, 30), "supply");
  env.spawn(gets(env, tank, log, 7, 25), "demand");
  env.run();
  EXPECT_EQ(log, (Log{"7.00 got 25", "7.00 put 30"}));
  EXPECT_DOUBLE_EQ(tank.level(), 95);
  EXPECT_DOUBLE_EQ(tank.levels().integral(env.now()), 7 * 90);
}

TEST(Container, RefusesAmountsThatWouldWaitForEver) {
  Env env;
  Container tank{env, "tank", {.capacity = 100, .level = 0}};
  EXPECT_THROW(static_cast<void>(tank.get(101)), SimulationError);
  EXPECT_THROW(static_cast<void>(tank.put(101)), SimulationError);
  EXPECT_THROW(static_cast<void>(tank.put(-1)), SimulationError);
  EXPECT_THROW(static_cast<void>(tank.get(std::nan(""))), SimulationError);
  EXPECT_DOUBLE_EQ(tank.put_up_to(250), 100);
  EXPECT_DOUBLE_EQ(tank.take_up_to(30), 30);
  EXPECT_DOUBLE_EQ(tank.take_up_to(300), 70);
}

// 0.1 + 0.7 + 0.3 is one ulp below 1.1 in binary: without a rounding rule the get would starve.
TEST(Container, DoesNotStarveOverTheLastBitOfASum) {
  Env env;
  Container tank{env, "tank", {.capacity = 10, .level = 0}};
  for (double const part : {0.1, 0.7, 0.3}) {
    ASSERT_TRUE(tank.try_put(part));
  }
  ASSERT_LT(tank.level(), 1.1);
  EXPECT_TRUE(tank.try_get(1.1));
  EXPECT_EQ(tank.level(), 0.0);
}

TEST(Container, WakesWhoWaitsForALevel) {
  Env env;
  Container tank{env, "tank", {.capacity = 100, .level = 50}};
  Log log;
  auto const waits = [](Env& e, Container& c, Log& l) -> Process {
    static_cast<void>(co_await c.at_least(40));  // at once
    note(l, e, "high enough");
    static_cast<void>(co_await c.at_most(20));
    note(l, e, "low");
    Outcome const high = co_await c.at_least(90, 5);
    note(l, e, high ? "high" : "not high");
  };
  env.spawn(waits(env, tank, log), "watch");
  env.spawn(gets(env, tank, log, 3, 25), "a");
  env.spawn(gets(env, tank, log, 4, 25), "b");
  env.run();
  EXPECT_EQ(log,
            (Log{"0.00 high enough", "3.00 got 25", "4.00 got 25", "4.00 low", "9.00 not high"}));
}

namespace {
Process moves_lumps(Env& env, Container& c, double& moved, std::vector<int> amounts, double sign) {
  for (int const amount : amounts) {
    co_await env.hold_or_throw(1 + amount % 3);
    double const tonnes = amount / 8.0;
    if (sign > 0) {
      static_cast<void>(co_await c.put(tonnes));
    } else {
      static_cast<void>(co_await c.get(tonnes));
    }
    moved += sign * tonnes;  // counted when the process goes on: what moved, moved
  }
}
}  // namespace

RC_GTEST_PROP(Container, NeverLosesMakesOrOverfillsMatter, ()) {
  auto const lumps = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 80));
  auto const in = *lumps;
  auto const out = *lumps;
  Env env;
  Container tank{env, "tank", {.capacity = 12, .level = 4}};
  double net = 0;
  env.spawn(moves_lumps(env, tank, net, in, 1), "in");
  env.spawn(moves_lumps(env, tank, net, out, -1), "out");
  env.run();
  RC_ASSERT(tank.level() == 4 + net);  // eighths are exact in binary
  RC_ASSERT(tank.levels().least() >= 0);
  RC_ASSERT(tank.levels().most() <= 12);
}

TEST(Store, HandsOutInOrderAndByFilter) {
  Env env;
  Store<int> store{env, "store"};
  Log log;
  auto const takes_even = [](Env& e, Store<int>& s, Log& l) -> Process {
    auto const even = [](int n) { return n % 2 == 0; };
    Received<int> const got = co_await s.get_if(even);
    note(l, e, "even " + std::to_string(*got.item));
  };
  auto const takes_any = [](Env& e, Store<int>& s, Log& l) -> Process {
    Received<int> const got = co_await s.get();
    note(l, e, "any " + std::to_string(*got.item));
  };
  auto const supply = [](Env& e, Store<int>& s) -> Process {
    for (int i = 1; i <= 3; ++i) {
      co_await e.hold_or_throw(1);
      static_cast<void>(co_await s.put(i));
    }
  };
  env.spawn(takes_even(env, store, log), "even");
  env.spawn(takes_any(env, store, log), "any");
  env.spawn(takes_any(env, store, log), "any");
  env.spawn(supply(env, store), "supply");
  env.run();
  EXPECT_EQ(log, (Log{"1.00 any 1", "2.00 even 2", "3.00 any 3"}));
}

TEST(Store, KeepsItemsInTheOrderGivenAndMakesPutsWaitWhenFull) {
  Env env;
  Store<int> store{env, "store", 2, [](int a, int b) { return a < b; }};
  Log log;
  auto const supply = [](Env& e, Store<int>& s, Log& l) -> Process {
    for (int const i : {5, 9, 3}) {
      Outcome const put = co_await s.put(i);
      note(l, e, (put ? "put " : "kept ") + std::to_string(i));
    }
  };
  auto const demand = [](Env& e, Store<int>& s, Log& l) -> Process {
    for (int i = 0; i < 3; ++i) {
      co_await e.hold_or_throw(1);
      Received<int> const got = co_await s.get();
      note(l, e, "got " + std::to_string(*got.item));
    }
  };
  env.spawn(supply(env, store, log), "supply");
  env.spawn(demand(env, store, log), "demand");
  env.run();
  EXPECT_EQ(
      log,
      (Log{"0.00 put 5", "0.00 put 9", "1.00 got 5", "1.00 put 3", "2.00 got 3", "3.00 got 9"}));
}

TEST(Store, KeepsTheItemOfAProcessKilledBeforeItWentOn) {
  Env env;
  Store<std::string> store{env, "store"};
  auto const taker = [](Store<std::string>& s) -> Process {
    Received<std::string> const got = co_await s.get();
    ADD_FAILURE() << "went on";
  };
  auto const killer = [](Env& e, Store<std::string>& s, ProcessRef who) -> Process {
    co_await e.hold_or_throw(1);
    EXPECT_TRUE(s.try_put("wagon"));
    EXPECT_EQ(s.size(), 0U);
    e.kill(who);
    EXPECT_EQ(s.size(), 1U);
  };
  ProcessRef const who = env.spawn(taker(store), "taker");
  env.spawn(killer(env, store, who), "killer");
  env.run();
}

TEST(Signal, WakesWhoWaitsAndForgetsWhenNobodyDoes) {
  Env env;
  Signal signal{env, "signal"};
  EXPECT_EQ(signal.fire(), 0U);
  int woken = 0;
  auto const waits = [](Signal& s, int& count) -> Process {
    Outcome const fired = co_await s.wait(5);
    count += fired ? 1 : 100;
  };
  env.spawn(waits(signal, woken), "a");
  env.spawn(waits(signal, woken), "b");
  env.run(1);
  EXPECT_EQ(signal.fire(), 2U);
  env.spawn(waits(signal, woken), "c");
  env.run();
  EXPECT_EQ(woken, 102);
}

TEST(Gate, LetsEverybodyThroughWhileOpen) {
  Env env;
  Gate gate{env, "gate"};
  std::vector<double> passed;
  auto const passes = [](Env& e, Gate& g, std::vector<double>& times, double at) -> Process {
    co_await e.hold_or_throw(at);
    static_cast<void>(co_await g.pass());
    times.push_back(e.now());
  };
  auto const guard = [](Env& e, Gate& g) -> Process {
    co_await e.hold_or_throw(5);
    g.open();
    co_await e.hold_or_throw(2);
    g.close();
    co_await e.hold_or_throw(3);
    g.open();
  };
  for (double const at : {0.0, 6.0, 8.0}) {
    env.spawn(passes(env, gate, passed, at), "p");
  }
  env.spawn(guard(env, gate), "guard");
  env.run();
  EXPECT_EQ(passed, (std::vector<double>{5, 6, 10}));
}

namespace {
Process takes_when_plenty(
    Env& env, Container& tank, Condition& plenty, Log& log, std::string name) {
  auto const holds = [&tank] { return tank.level() >= 30; };
  Outcome const found = co_await plenty.until(holds);
  note(log, env, name + (found && tank.try_get(30) ? " served" : " cheated"));
}
Process fills_in_two_steps(Env& env, Container& tank) {
  co_await env.hold_or_throw(1);
  tank.put_up_to(40);   // enough for one ...
  tank.take_up_to(20);  // ... but taken back in the same breath
  co_await env.hold_or_throw(1);
  tank.put_up_to(20);
  co_await env.hold_or_throw(1);
  tank.put_up_to(60);
}
}  // namespace

// Hand sum: 20 after the first step, 40 at 2 (one served, 10 left), 70 at 3 (both others).
TEST(Condition, IsTriedWhenTheChangeHasComeToRestAndHoldsForEachWhoGoesOn) {
  Env env;
  Container tank{env, "tank", {.capacity = 100}};
  Condition plenty{env, "plenty"};
  plenty.watch(tank);
  Log log;
  for (std::string const name : {"a", "b", "c"}) {
    env.spawn(takes_when_plenty(env, tank, plenty, log, name), name);
  }
  env.spawn(fills_in_two_steps(env, tank), "supply");
  env.run();
  EXPECT_EQ(log, (Log{"2.00 a served", "3.00 b served", "3.00 c served"}));
}

TEST(Condition, WatchesResourcesAndTellsOfOtherChangesByHand) {
  Env env;
  Resource crane{env, "crane", 1};
  Condition idle{env, "idle"};
  idle.watch(crane);
  bool allowed = false;
  double when = 0;
  auto const waits = [](Env& e, Resource& r, Condition& c, bool& ok, double& t) -> Process {
    auto const holds = [&] { return r.available() == 1 && ok; };
    Outcome const found = co_await c.until(holds, 50);
    t = found ? e.now() : -1;
  };
  auto const works = [](Env& e, Resource& r) -> Process {
    Grant const grant = co_await r.acquire();
    co_await e.hold_or_throw(4);
  };
  auto const allows = [](Env& e, Condition& c, bool& ok) -> Process {
    co_await e.hold_or_throw(6);
    ok = true;
    c.changed();
  };
  env.spawn(works(env, crane), "works");
  env.spawn(waits(env, crane, idle, allowed, when), "waits");
  env.spawn(allows(env, idle, allowed), "allows");
  env.run();
  EXPECT_EQ(when, 6);
}

namespace {
struct Plant {
  Env& env;
  FlowTank tank{env, "tank", 100, 20};
  FlowTank::Port in = tank.add_inflow("belt");
  FlowTank::Port out = tank.add_outflow("refinery");
};
Process runs_plant(Plant& plant, Log& log) {
  plant.tank.set_rate(plant.in, 10);
  plant.tank.set_rate(plant.out, 4);
  static_cast<void>(co_await plant.tank.at_least(50));  // 20 + 6 t = 50 at 5
  note(log, plant.env, "half");
  static_cast<void>(co_await plant.tank.at_least(100));  // at 13.33
  note(log, plant.env, "full");
  co_await plant.env.hold_or_throw(20 - plant.env.now());  // full: 4 in, 4 out
  plant.tank.set_rate(plant.in, 0);
  Outcome const low = co_await plant.tank.at_most(60);  // 100 - 4 t = 60 at 30
  note(log, plant.env, low ? "low" : "odd");
  static_cast<void>(co_await plant.tank.at_most(0));  // at 45
  note(log, plant.env, "empty");
  co_await plant.env.hold_or_throw(5);
  plant.tank.set_rate(plant.in, 1);  // empty: 1 in, 1 out
  co_await plant.env.hold_or_throw(10);
}
}  // namespace

TEST(FlowTank, CrossesLevelsAtTheExactTimesAndThrottlesWhenFullOrEmpty) {
  Env env;
  Plant plant{env};
  Log log;
  env.spawn(runs_plant(plant, log), "plant");
  env.run();
  EXPECT_EQ(log, (Log{"5.00 half", "13.3 full", "30.0 low", "45.0 empty"}));
  EXPECT_EQ(env.now(), 60);
  EXPECT_EQ(plant.tank.level(), 0);
  // In: 10 for 40/3, then 4 to 20, nothing to 50, 1 to 60. Out: 4 to 45, nothing to 50, 1 to 60.
  EXPECT_NEAR(plant.tank.passed(plant.in), 400.0 / 3 + 4 * (20 - 40.0 / 3) + 10, 1e-10);
  EXPECT_NEAR(plant.tank.passed(plant.out), 4 * 45 + 10, 1e-10);
  EXPECT_NEAR(plant.tank.passed(plant.in) - plant.tank.passed(plant.out), -20, 1e-10);
  // Area: (20 + 100) / 2 x 40/3 + 100 x 20/3 + 100/2 x 25
  EXPECT_NEAR(plant.tank.mean_level() * 60, 60 * 40.0 / 3 + 100 * 20.0 / 3 + 1250, 1e-9);
}

namespace {
Process changes_rates(Env& env,
                      FlowTank& tank,
                      std::vector<FlowTank::Port> ports,
                      std::vector<int> draws) {
  for (std::size_t i = 0; i < draws.size(); ++i) {
    tank.set_rate(ports[i % ports.size()], draws[i] % 17);
    co_await env.hold_or_throw(draws[i] % 5);
    EXPECT_GE(tank.level(), 0);
    EXPECT_LE(tank.level(), 50);
  }
}
}  // namespace

RC_GTEST_PROP(FlowTank, KeepsItsBalanceWhateverTheRates, ()) {
  auto const draws = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
  Env env;
  FlowTank tank{env, "tank", 50, 25};
  std::vector<FlowTank::Port> const ports{
      tank.add_inflow("a"), tank.add_outflow("b"), tank.add_inflow("c"), tank.add_outflow("d")};
  env.spawn(changes_rates(env, tank, ports, draws), "operator");
  env.run();
  double const in = tank.passed(ports[0]) + tank.passed(ports[2]);
  double const out = tank.passed(ports[1]) + tank.passed(ports[3]);
  RC_ASSERT(std::abs(25 + in - out - tank.level()) < 1e-9);
}
