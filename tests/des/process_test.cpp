#include "tidewater/des/process.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/des/resource.hpp"
#include "tidewater/des/store.hpp"

using namespace tidewater::des;
using tidewater::Streams;

namespace {

using Log = std::vector<std::string>;

void note(Log& log, Env const& env, std::string const& what) {
  log.push_back(std::to_string(env.now()).substr(0, 4) + " " + what);
}

Process say_after(Env& env, Log& log, double delay, std::string what, Priority priority) {
  co_await env.hold_or_throw(delay, priority);
  note(log, env, what);
}

Process wait_and_tell(Env& env, double delay, Outcome& outcome, double& when) {
  outcome = co_await env.hold(delay);
  when = env.now();
}

}  // namespace

TEST(Process, LetsTimePassInTheOrderOfTimePriorityAndSpawning) {
  Env env;
  Log log;
  env.spawn(say_after(env, log, 2, "b", Priority::kNormal), "b");
  env.spawn(say_after(env, log, 2, "c", Priority::kNormal), "c");
  env.spawn(say_after(env, log, 2, "a", Priority::kHigh), "a");
  env.spawn(say_after(env, log, 1, "first", Priority::kLast), "first");
  env.spawn(say_after(env, log, 0, "zero", Priority::kNormal), "zero");
  RunReport const run = env.run();
  EXPECT_EQ(log, (Log{"0.00 zero", "1.00 first", "2.00 a", "2.00 b", "2.00 c"}));
  EXPECT_EQ(run.end, RunEnd::kNoEvents);
  EXPECT_TRUE(run.blocked.empty());
  EXPECT_EQ(env.alive_count(), 0U);
}

TEST(Process, RunsBeforeTheHorizonAndLeavesWhatIsDueThereToTheNextRun) {
  Env env;
  Log log;
  env.spawn(say_after(env, log, 5, "at five", Priority::kNormal), "p");
  EXPECT_EQ(env.run(5).end, RunEnd::kHorizon);
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(env.now(), 5);
  EXPECT_EQ(env.run(5).end, RunEnd::kHorizon);
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(env.run(6).end, RunEnd::kNoEvents);
  EXPECT_EQ(log, Log{"5.00 at five"});
  EXPECT_EQ(env.now(), 6);
}

TEST(Process, RefusesNegativeAndMeaninglessDelaysNamingProcessAndTime) {
  for (double const delay : {-1.0, -1e-300, std::nan("")}) {
    Env env;
    Log log;
    env.spawn_at(3, say_after(env, log, delay, "never", Priority::kNormal), "hasty");
    try {
      env.run();
      FAIL() << delay;
    } catch (SimulationError const& fault) {
      EXPECT_EQ(fault.process(), "hasty");
      EXPECT_EQ(fault.at(), 3);
      EXPECT_NE(std::string{fault.what()}.find("negative or not a number"), std::string::npos);
    }
  }
}

namespace {
Task<int> deep(Env& env, int level) {
  if (level == 0) {
    co_await env.hold_or_throw(1);
    throw std::runtime_error("the pump broke");
  }
  co_return co_await deep(env, level - 1);
}
Process root_of_deep(Env& env) {
  static_cast<void>(co_await deep(env, 3));
}
Task<int> one(int value) {
  co_return value;
}
Process adds_up(Env& env, std::uint64_t& sum, int count) {
  for (int i = 0; i < count; ++i) {
    sum += static_cast<std::uint64_t>(co_await one(i));
  }
  co_await env.hold_or_throw(1);
}
Task<> nested(Env& env, int levels) {
  if (levels > 0) {
    co_await nested(env, levels - 1);
  }
}
Process nests(Env& env, bool& done) {
  co_await nested(env, 100'000);
  done = true;
}
}  // namespace

TEST(Process, StopsTheReplicationWithNameAndTimeWhenAnExceptionLeavesIt) {
  Env env;
  env.spawn(root_of_deep(env), "pump house");
  try {
    env.run();
    FAIL();
  } catch (SimulationError const& fault) {
    EXPECT_EQ(fault.process(), "pump house");
    EXPECT_EQ(fault.at(), 1);
    EXPECT_STREQ(fault.what(), "process 'pump house' failed at simulated time 1: the pump broke");
  }
  EXPECT_THROW(env.run(), SimulationError);  // a failed run does not go on
}

// Both overflow the stack when tasks hand over by symmetric transfer in an unoptimised g++ 12
// build.
TEST(Task, CompletesAMillionTimesWithoutGrowingTheStack) {
  Env env;
  std::uint64_t sum = 0;
  env.spawn(adds_up(env, sum, 1'000'000), "adder");
  env.run();
  EXPECT_EQ(sum, 499'999'500'000U);
}

TEST(Task, NestsAHundredThousandDeepWithoutGrowingTheStackOnTheWayUp) {
  Env env;
  bool done = false;
  env.spawn(nests(env, done), "nester");
  env.run();
  EXPECT_TRUE(done);
}

TEST(Interrupt, CutsAHoldAndTellsCauseAndWhatRemained) {
  Env env;
  Outcome outcome;
  double when = 0;
  ProcessRef const sleeper = env.spawn(wait_and_tell(env, 10, outcome, when), "sleeper");
  auto const breaker = [](Env& e, ProcessRef who) -> Process {
    co_await e.hold_or_throw(4);
    e.interrupt(who, 77);
  };
  env.spawn(breaker(env, sleeper), "breaker");
  env.run();
  EXPECT_EQ(outcome, (Outcome{Status::kInterrupted, 77, 6}));
  EXPECT_EQ(when, 4);
}

namespace {
Process holds_twice(Env& env, std::vector<Outcome>& outcomes, std::vector<double>& times) {
  for (int i = 0; i < 3; ++i) {
    outcomes.push_back(co_await env.hold(10));
    times.push_back(env.now());
  }
}
Process interrupts_twice(Env& env, ProcessRef who) {
  co_await env.hold_or_throw(4);
  env.interrupt(who, 1);
  env.interrupt(who, 2);
}
}  // namespace

// Hand sum: the first cuts the hold at 4 with 6 left; the second finds no pending wait, meets the
// next hold at once (10 left, still at 4); the third hold then runs its course to 14.
TEST(Interrupt, WaitsForTheNextWaitWhenTheProcessIsAlreadyWoken) {
  Env env;
  std::vector<Outcome> outcomes;
  std::vector<double> times;
  ProcessRef const who = env.spawn(holds_twice(env, outcomes, times), "holder");
  env.spawn(interrupts_twice(env, who), "breaker");
  env.run();
  EXPECT_EQ(
      outcomes,
      (std::vector<Outcome>{
          {Status::kInterrupted, 1, 6}, {Status::kInterrupted, 2, 10}, {Status::kDone, 0, 0}}));
  EXPECT_EQ(times, (std::vector<double>{4, 4, 14}));
}

TEST(Interrupt, MeetsAProcessNotYetStartedAtItsFirstWait) {
  Env env;
  Outcome outcome;
  double when = -1;
  ProcessRef const late = env.spawn_at(5, wait_and_tell(env, 10, outcome, when), "late");
  env.interrupt(late, 3);
  env.run();
  EXPECT_EQ(outcome, (Outcome{Status::kInterrupted, 3, 10}));
  EXPECT_EQ(when, 5);
}

TEST(Interrupt, OfOneselfOrOfAnEndedProcessIsAFaultOfTheModel) {
  Env env;
  auto const self = [](Env& e) -> Process {
    co_await e.hold_or_throw(1);
    e.interrupt(e.current());
  };
  env.spawn(self(env), "narcissus");
  EXPECT_THROW(env.run(), SimulationError);

  Env other;
  Outcome outcome;
  double when = 0;
  ProcessRef const gone = other.spawn(wait_and_tell(other, 1, outcome, when), "gone");
  other.run();
  EXPECT_FALSE(other.is_alive(gone));
  EXPECT_THROW(other.interrupt(gone), SimulationError);
  // The table's place is used again: the old reference still means the old process.
  ProcessRef const next = other.spawn(wait_and_tell(other, 1, outcome, when), "next");
  EXPECT_EQ(next.index, gone.index);
  EXPECT_THROW(other.interrupt(gone), SimulationError);
  EXPECT_TRUE(other.is_alive(next));
}

TEST(Interrupt, IsThrownByHoldOrThrow) {
  Env env;
  bool caught = false;
  auto const careful = [](Env& e, bool& flag) -> Process {
    try {
      co_await e.hold_or_throw(10);
    } catch (Interrupted const& interrupted) {
      flag = interrupted.outcome().remaining == 7;
    }
  };
  auto const breaker = [](Env& e, ProcessRef who) -> Process {
    co_await e.hold_or_throw(3);
    e.interrupt(who);
  };
  ProcessRef const who = env.spawn(careful(env, caught), "careful");
  env.spawn(breaker(env, who), "breaker");
  env.run();
  EXPECT_TRUE(caught);
}

TEST(Hold, ForEverEndsOnlyByInterruption) {
  Env env;
  Outcome outcome;
  double when = 0;
  ProcessRef const who = env.spawn(wait_and_tell(env, kForever, outcome, when), "passive");
  RunReport const run = env.run(100);
  ASSERT_EQ(run.blocked.size(), 1U);
  EXPECT_EQ(run.blocked[0], (Blocked{"passive", "an interruption", 0}));
  env.interrupt(who, 5);
  env.run(200);
  EXPECT_EQ(outcome.status, Status::kInterrupted);
  EXPECT_EQ(when, 100);
}

TEST(Hold, TakesTidewaterTimeAsSeconds) {
  Env env;
  auto const sleeper = [](Env& e) -> Process { co_await e.hold_or_throw(2 * tidewater::units::h); };
  env.spawn(sleeper(env), "sleeper");
  env.run();
  EXPECT_EQ(env.now(), 7200);
}

TEST(Ended, WaitsForAnotherProcessAndKnowsWhetherItWasKilled) {
  Env env;
  Log log;
  auto const parent = [](Env& e, Log& l) -> Process {
    ProcessRef const child = e.spawn(say_after(e, l, 3, "child", Priority::kNormal), "child");
    Outcome const ended = co_await e.ended(child);
    note(l, e, ended.done() ? "ended" : "not ended");
    ProcessRef const doomed = e.spawn(say_after(e, l, 9, "never", Priority::kNormal), "doomed");
    auto end = e.ended(doomed);
    auto limit = e.hold(1);
    First const first = co_await any_of(end, limit);
    note(l, e, first.is(1) ? "limit" : "end");
    e.kill(doomed);
    Outcome const again = co_await e.ended(doomed);  // long gone: at once
    note(l, e, again.done() ? "gone" : "odd");
  };
  auto const mourner = [](Env& e, Log& l, ProcessRef who) -> Process {
    Outcome const ended = co_await e.ended(who);
    note(l, e, ended.status == Status::kCancelled ? "killed" : "ended by itself");
  };
  auto const killer = [](Env& e, ProcessRef who) -> Process {
    co_await e.hold_or_throw(2);
    e.kill(who);
  };
  env.spawn(parent(env, log), "parent");
  ProcessRef const victim = env.spawn(say_after(env, log, 50, "x", Priority::kNormal), "victim");
  env.spawn(mourner(env, log, victim), "mourner");
  env.spawn(killer(env, victim), "killer");
  env.run();
  EXPECT_EQ(log, (Log{"2.00 killed", "3.00 child", "3.00 ended", "4.00 limit", "4.00 gone"}));
}

namespace {
Process first_of(Env& env, Store<int>& store, Signal& signal, Log& log) {
  auto item = store.get();
  auto alert = signal.wait();
  auto limit = env.hold(10);
  First const first = co_await any_of(item, alert, limit);
  note(log, env, "index " + std::to_string(first.index));
  note(log, env, item.status() == Status::kCancelled ? "get cancelled" : "got");
}
}  // namespace

TEST(Ended, OfOneselfIsAFaultOfTheModel) {
  Env env;
  auto const self = [](Env& e) -> Process { static_cast<void>(co_await e.ended(e.current())); };
  env.spawn(self(env), "ouroboros");
  EXPECT_THROW(env.run(), SimulationError);
}

TEST(AnyOf, CancelsTheLosersAtTheSameInstant) {
  Env env;
  Store<int> store{env, "store"};
  Signal signal{env, "signal"};
  Log log;
  env.spawn(first_of(env, store, signal, log), "chooser");
  auto const firing = [](Env& e, Signal& s) -> Process {
    co_await e.hold_or_throw(4);
    s.fire();
  };
  env.spawn(firing(env, signal), "firing");
  env.run();
  EXPECT_EQ(log, (Log{"4.00 index 1", "4.00 get cancelled"}));
  EXPECT_EQ(store.gets_waiting(), 0U);  // the usual leak: a getter that nobody reads
  EXPECT_EQ(env.now(), 4);              // the time limit is gone too
}

TEST(AnyOf, TakesTheFirstThatIsReadyWithoutStartingTheRest) {
  Env env;
  Store<int> store{env, "store"};
  Signal signal{env, "signal"};
  Log log;
  ASSERT_TRUE(store.try_put(5));
  env.spawn(first_of(env, store, signal, log), "chooser");
  env.run();
  EXPECT_EQ(log, (Log{"0.00 index 0", "0.00 got"}));
  EXPECT_EQ(env.now(), 0);
  EXPECT_EQ(store.size(), 1U);  // the item nobody collected went back when the wait was destroyed
}

TEST(AnyOf, IsCutByAnInterruptWithAllItsMembers) {
  Env env;
  Store<int> store{env, "store"};
  Status status = Status::kDone;
  auto const breaker = [](Env& e, ProcessRef who) -> Process {
    co_await e.hold_or_throw(3);
    e.interrupt(who);
  };
  auto const plain = [](Env& e, Store<int>& s, Status& seen) -> Process {
    auto item = s.get();
    auto limit = e.hold(10);
    First const first = co_await any_of(item, limit);
    seen = first.outcome.status;
  };
  ProcessRef const who = env.spawn(plain(env, store, status), "chooser");
  env.spawn(breaker(env, who), "breaker");
  env.run();
  EXPECT_EQ(status, Status::kInterrupted);
  EXPECT_EQ(store.gets_waiting(), 0U);
  EXPECT_EQ(env.now(), 3);
}

TEST(AllOf, GoesOnWhenTheLastIsDone) {
  Env env;
  Signal signal{env, "signal"};
  double when = 0;
  auto const both = [](Env& e, Signal& s, double& t) -> Process {
    auto a = e.hold(3);
    auto b = e.hold(7);
    auto c = s.wait();
    Outcome const all = co_await all_of(a, b, c);
    t = all.done() ? e.now() : -1;
  };
  auto const firing = [](Env& e, Signal& s) -> Process {
    co_await e.hold_or_throw(5);
    s.fire();
  };
  env.spawn(both(env, signal, when), "both");
  env.spawn(firing(env, signal), "firing");
  env.run();
  EXPECT_EQ(when, 7);
}

namespace {
Process wants_both(Env& env, Resource& a, Resource& b) {
  Grant const first = co_await a.acquire();
  co_await env.hold_or_throw(1);
  Grant const second = co_await b.acquire();
  co_await env.hold_or_throw(1);
}
}  // namespace

TEST(Deadlock, IsReportedWithWhoWaitsForWhatHeldByWhomAndSinceWhen) {
  Env env;
  Resource a{env, "loop A", 1};
  Resource b{env, "loop B", 1};
  env.spawn(wants_both(env, a, b), "up train");
  env.spawn_at(0.5, wants_both(env, b, a), "down train");
  RunReport const run = env.run(100);
  EXPECT_EQ(run.end, RunEnd::kNoEvents);
  EXPECT_EQ(run.at, 1.5);
  ASSERT_EQ(run.blocked.size(), 2U);
  EXPECT_EQ(run.blocked[0], (Blocked{"up train", "loop B (held by down train)", 1}));
  EXPECT_EQ(run.blocked[1], (Blocked{"down train", "loop A (held by up train)", 1.5}));
}

TEST(Trace, ChangesNothingAndRecordsSpawnsAndEnds) {
  auto const model = [](Trace* trace) {
    Env env{Streams{7, 0}};
    env.set_trace(trace);
    Log log;
    for (int i = 0; i < 5; ++i) {
      auto draws = env.stream("walker " + std::to_string(i), "pace");
      env.spawn(say_after(env, log, draws.exponential(3), std::to_string(i), Priority::kNormal),
                "w");
    }
    env.run();
    return std::pair{log, env.events_run()};
  };
  Trace trace;
  EXPECT_EQ(model(nullptr), model(&trace));
  auto const rows = trace.rows();
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows[0], (TraceRow{0, 0, trace_kind::kSpawned, 0, 0}));
  EXPECT_EQ(rows[9].kind, trace_kind::kEnded);
  EXPECT_EQ(rows[9].a, rows[9].time);  // life of a process spawned at zero
}

TEST(Trace, KeepsTheLastRowsWhenItHasALimit) {
  Trace trace{3};
  for (std::uint32_t i = 0; i < 8; ++i) {
    trace.record({static_cast<double>(i), i, 16, 0, 0});
  }
  auto const rows = trace.rows();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].entity, 5U);
  EXPECT_EQ(rows[2].entity, 7U);
}

namespace {
struct Guarded {
  int& count;
  explicit Guarded(int& c) : count{c} { ++count; }
  ~Guarded() { --count; }
  Guarded(Guarded const&) = delete;
};

Task<> inner(Env& env, int& alive, Resource& resource) {
  Guarded const guard{alive};
  Grant const grant = co_await resource.acquire();
  co_await env.hold_or_throw(1000);
}

struct Everything {
  explicit Everything(Env& e) : env{e} {}
  Env& env;
  Resource resource{env, "resource", 1};
  Container container{env, "container", {.capacity = 10}};
  Store<std::string> store{env, "store", 1};
  Signal signal{env, "signal"};
  Gate gate{env, "gate"};
  Condition condition{env, "condition"};
  Pool<int> pool{env, "pool", {1, 2}};
  FlowTank tank{env, "tank", 100, 0};
};

// Stands, one after the other, at every kind of wait there is.
Process stands_at(Everything& all, int& alive, int kind) {
  Guarded const guard{alive};
  auto const never = [] { return false; };
  switch (kind) {
    case 0:
      static_cast<void>(co_await all.env.hold(1000));
      break;
    case 1:
      co_await inner(all.env, alive, all.resource);
      break;
    case 2:
      static_cast<void>(co_await all.resource.acquire());
      break;
    case 3:
      static_cast<void>(co_await all.container.get(5));
      break;
    case 4:
      static_cast<void>(co_await all.store.get());
      break;
    case 5:
      static_cast<void>(co_await all.signal.wait());
      break;
    case 6:
      static_cast<void>(co_await all.gate.pass());
      break;
    case 7:
      static_cast<void>(co_await all.condition.until(never));
      break;
    case 8: {
      Lease<int> const one = co_await all.pool.acquire();
      Lease<int> const two = co_await all.pool.acquire();
      static_cast<void>(co_await all.pool.acquire());
      break;
    }
    case 9:
      static_cast<void>(co_await all.tank.at_least(50));
      break;
    case 10: {
      auto wait = all.resource.acquire();
      auto limit = all.env.hold(1000);
      static_cast<void>(co_await any_of(wait, limit));
      break;
    }
    case 11: {
      auto get = all.store.get();
      auto limit = all.env.hold(1000);
      static_cast<void>(co_await all_of(get, limit));
      break;
    }
    case 12:
      static_cast<void>(co_await all.env.hold(0));
      break;
    case 13:
      static_cast<void>(co_await all.env.ended(ProcessRef{0, 0}));
      break;
    default:
      co_await inner(all.env, alive, all.resource);
  }
}
constexpr int kKinds = 15;
}  // namespace

// Run under the address sanitizer this is the test of the intrusive waits.
TEST(Teardown, IsSafeAtEverySuspensionPointWithTheEnvGoingLast) {
  for (double const until : {0.0, 0.5}) {
    int alive = 0;
    {
      Env env;
      Everything all{env};
      for (int kind = 0; kind < kKinds; ++kind) {
        env.spawn(stands_at(all, alive, kind), "p");
      }
      env.run(until);
      // All but the hold of no length still stand, two of them with a task of their own.
      EXPECT_EQ(alive, until > 0 ? kKinds - 1 + 2 : 0);
    }
    EXPECT_EQ(alive, 0);
  }
}

TEST(Teardown, IsSafeAtEverySuspensionPointWithTheEnvGoingFirst) {
  int alive = 0;
  std::optional<Everything> all;
  {
    Env env;
    all.emplace(env);
    for (int kind = 0; kind < kKinds; ++kind) {
      env.spawn(stands_at(*all, alive, kind), "p");
    }
    env.run(0.5);
    EXPECT_GT(alive, 0);
  }
  EXPECT_EQ(alive, 0);
}

TEST(Teardown, ByKillingEachProcessReleasesWhatItHolds) {
  for (int victim = 0; victim < kKinds; ++victim) {
    int alive = 0;
    Env env;
    Everything all{env};
    std::vector<ProcessRef> refs;
    for (int kind = 0; kind < kKinds; ++kind) {
      refs.push_back(env.spawn(stands_at(all, alive, kind), "p"));
    }
    env.run(0.5);
    for (int k = 0; k < kKinds; ++k) {
      ProcessRef const who = refs[static_cast<std::size_t>((victim + k) % kKinds)];
      if (env.is_alive(who)) {
        env.kill(who);
      }
    }
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(all.resource.in_use(), 0);
    EXPECT_EQ(all.pool.free_count(), 2U);
    EXPECT_EQ(all.resource.queue_length(), 0U);
    EXPECT_EQ(env.run().end, RunEnd::kNoEvents);
  }
}

TEST(Teardown, OfAProcessNeverSpawnedDestroysItsArguments) {
  int alive = 0;
  Env env;
  Everything all{env};
  { Process const unused = stands_at(all, alive, 0); }
  EXPECT_EQ(alive, 0);
}
