#include "tidewater/des/resource.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/des/store.hpp"

using namespace tidewater::des;

namespace {

using Log = std::vector<std::string>;

void note(Log& log, Env const& env, std::string const& what) {
  log.push_back(std::to_string(env.now()).substr(0, 4) + " " + what);
}

struct Job {
  std::string name;
  double arrives = 0;
  double works = 0;
  Request request{};
};

Process job(Env& env, Resource& resource, Log& log, Job it) {
  co_await env.hold_or_throw(it.arrives);
  Grant const grant = co_await resource.acquire(it.request);
  if (!grant) {
    note(log, env, it.name + " gives up");
    co_return;
  }
  note(log, env, it.name + " starts");
  Outcome const worked = co_await env.hold(it.works);
  note(log, env, it.name + (worked ? " ends" : " is cut"));
}

Log run_jobs(std::int64_t capacity, Discipline discipline, std::vector<Job> const& jobs) {
  Env env;
  Resource resource{env, "crane", capacity, discipline};
  Log log;
  for (Job const& one : jobs) {
    env.spawn(job(env, resource, log, one), one.name);
  }
  env.run();
  EXPECT_EQ(resource.in_use(), 0);
  return log;
}

}  // namespace

TEST(Resource, ServesInOrderOfArrivalAndLetsNoSmallRequestOvertake) {
  EXPECT_EQ(run_jobs(3,
                     Discipline::kFifo,
                     {{"a", 0, 10, {.units = 2}},
                      {"big", 1, 5, {.units = 3}},
                      {"small", 2, 1, {.units = 1}}}),  // a unit is free, but big stands before
            (Log{"0.00 a starts",
                 "10.0 a ends",
                 "10.0 big starts",
                 "15.0 big ends",
                 "15.0 small starts",
                 "16.0 small ends"}));
}

TEST(Resource, LetsTheNextMoveUpWhenTheHeadGivesUp) {
  EXPECT_EQ(run_jobs(2,
                     Discipline::kFifo,
                     {{"a", 0, 10, {.units = 1}},
                      {"big", 1, 5, {.units = 2, .timeout = 3}},
                      {"small", 2, 1, {.units = 1}}}),
            (Log{"0.00 a starts",
                 "4.00 big gives up",
                 "4.00 small starts",
                 "5.00 small ends",
                 "10.0 a ends"}));
}

TEST(Resource, ServesSmallerPriorityNumbersFirstAndEqualOnesInOrder) {
  EXPECT_EQ(run_jobs(1,
                     Discipline::kPriority,
                     {{"a", 0, 3, {}},
                      {"late", 1, 1, {.priority = 5}},
                      {"x", 1, 1, {.priority = 2}},
                      {"y", 2, 1, {.priority = 2}},
                      {"front", 2, 1, {.priority = 2, .place = Place::kFront}}}),
            (Log{"0.00 a starts",
                 "3.00 a ends",
                 "3.00 front starts",
                 "4.00 front ends",
                 "4.00 x starts",
                 "5.00 x ends",
                 "5.00 y starts",
                 "6.00 y ends",
                 "6.00 late starts",
                 "7.00 late ends"}));
}

TEST(Resource, TakesUnitsFromTheLowestPriorityAndNoMoreThanNeeded) {
  Request const low{.priority = 9};
  Request const lower{.priority = 10};
  Request const urgent{.units = 1, .priority = 1, .preempt = Preempt::kLower};
  EXPECT_EQ(run_jobs(3,
                     Discipline::kPriority,
                     {{"low", 0, 10, low},
                      {"lower", 0, 10, lower},
                      {"lower too", 0, 10, lower},
                      {"urgent", 4, 2, urgent}}),
            (Log{"0.00 low starts",
                 "0.00 lower starts",
                 "0.00 lower too starts",
                 "4.00 urgent starts",
                 "4.00 lower too is cut",
                 "6.00 urgent ends",
                 "10.0 low ends",
                 "10.0 lower ends"}));
}

// r-simmer issue 114: a request for several units must either get them all or disturb nobody.
TEST(Preemption, OfSeveralUnitsDisturbsNobodyWhenItWouldNotBeEnough) {
  Request const low{.units = 1, .priority = 9};
  Request const firm{.units = 2, .priority = 0};
  Request const urgent{.units = 2, .priority = 1, .preempt = Preempt::kLower};
  EXPECT_EQ(run_jobs(3,
                     Discipline::kPriority,
                     {{"low", 0, 10, low}, {"firm", 0, 6, firm}, {"urgent", 1, 1, urgent}}),
            (Log{"0.00 low starts",
                 "0.00 firm starts",
                 "6.00 firm ends",
                 "6.00 urgent starts",
                 "7.00 urgent ends",
                 "10.0 low ends"}));
}

TEST(Preemption, OfSeveralUnitsTakesThemFromSeveralHolders) {
  Request const low{.units = 1, .priority = 9};
  Request const urgent{.units = 2, .priority = 1, .preempt = Preempt::kLower};
  EXPECT_EQ(run_jobs(2,
                     Discipline::kPriority,
                     {{"x", 0, 10, low}, {"y", 0, 10, low}, {"urgent", 1, 1, urgent}}),
            (Log{"0.00 x starts",
                 "0.00 y starts",
                 "1.00 urgent starts",
                 "1.00 y is cut",
                 "1.00 x is cut",
                 "2.00 urgent ends"}));
}

namespace {
Process asks_twice(Env& env, Resource& resource, Log& log) {
  Request const low{.priority = 9};
  Request const high{.priority = 1, .preempt = Preempt::kLower, .timeout = 5};
  Grant first = co_await resource.acquire(low);
  Grant const second = co_await resource.acquire(high);
  note(log, env, second ? "second granted" : "second refused");
  note(log, env, first.was_preempted() ? "first lost" : "first held");
}
}  // namespace

// r-simmer issue 125: a process that asks more urgently for what it already holds must not preempt
// itself.
TEST(Preemption, NeverTakesFromTheAskingProcessItself) {
  Env env;
  Resource resource{env, "crane", 1, Discipline::kPriority};
  Log log;
  env.spawn(asks_twice(env, resource, log), "p");
  env.run();
  EXPECT_EQ(log, (Log{"5.00 second refused", "5.00 first held"}));
}

namespace {
Process works_and_listens(Env& env, Resource& resource, Signal& signal, Log& log) {
  Request const low{.priority = 9};
  double last = 0;
  while (env.now() < 20) {
    Grant const grant = co_await resource.acquire(low);
    auto work = env.hold(6);
    auto alert = signal.wait();
    First const first = co_await any_of(work, alert);
    EXPECT_GE(env.now(), last);
    last = env.now();
    note(log, env, first.is(0) ? "done" : first.is(1) ? "signal" : "preempted");
  }
}
Process preempts_and_signals(Env& env, Resource& resource, Signal& signal) {
  Request const urgent{.priority = 1, .preempt = Preempt::kLower};
  co_await env.hold_or_throw(2);
  {
    Grant const grant = co_await resource.acquire(urgent);
    signal.fire();  // at the very instant of the preemption: the wait is already over
    co_await env.hold_or_throw(3);
    signal.fire();
  }
  co_await env.hold_or_throw(1);
  signal.fire();
}
}  // namespace

// r-simmer issue 187: preemption and a signal at one instant made the clock run backwards. Hand
// sum: preempted at 2, server free again at 5, signal at 6 ends that spell,
// then 6..12, 12..18, 18..24.
TEST(Preemption, TogetherWithASignalNeverTurnsTimeBack) {
  Env env;
  Resource resource{env, "crane", 1, Discipline::kPriority};
  Signal signal{env, "signal"};
  Log log;
  env.spawn(works_and_listens(env, resource, signal, log), "worker");
  env.spawn(preempts_and_signals(env, resource, signal), "foreman");
  env.run();
  EXPECT_EQ(log, (Log{"2.00 preempted", "6.00 signal", "12.0 done", "18.0 done", "24.0 done"}));
}

namespace {
Process uses(Env& env, Resource& resource, Log& log, AfterPreemption after) {
  Request const low{.priority = 9};
  Outcome const worked = co_await use(resource, low, 10, after);
  note(log, env, worked ? "worked" : "gave up");
}
Process breaks(Env& env, Resource& resource) {
  Request const urgent{.priority = 0, .preempt = Preempt::kLower};
  for (int i = 0; i < 2; ++i) {
    co_await env.hold_or_throw(4);
    Grant const down = co_await resource.acquire(urgent);
    co_await env.hold_or_throw(1);
  }
}
}  // namespace

// Down 4..5 and 9..10. Resumed: 4 + 4 + 2 of work, done at 12. Restarted: 10..20.
TEST(Use, ResumesOrRestartsAfterPreemption) {
  for (auto const& [after, end] : {std::pair{AfterPreemption::kResume, "12.0 worked"},
                                   std::pair{AfterPreemption::kRestart, "20.0 worked"}}) {
    Env env;
    Resource resource{env, "crane", 1, Discipline::kPriority};
    Log log;
    env.spawn(uses(env, resource, log, after), "user");
    env.spawn(breaks(env, resource), "breakdowns");
    env.run();
    EXPECT_EQ(log, Log{end});
    EXPECT_EQ(resource.statistics().preemptions, 2U);
  }
}

namespace {
Process lets_go_before_hearing(Env& env, Resource& a, Gate& gate, Log& log) {
  Request const low{.priority = 9};
  {
    Grant const grant = co_await a.acquire(low);
    static_cast<void>(co_await gate.pass());
    // Woken by the gate at 3; in the same instant, before it went on, the grant was taken away.
    note(log, env, grant.was_preempted() ? "lost" : "held");
  }
  Outcome const next = co_await env.hold(5);
  note(log, env, next ? "unharmed" : "cut by stale news");
}
Process opens_then_preempts(Env& env, Resource& a, Gate& gate) {
  co_await env.hold_or_throw(3);
  gate.open();
  Request const urgent{.priority = 0, .preempt = Preempt::kLower};
  Grant const grant = co_await a.acquire(urgent);
  co_await env.hold_or_throw(1);
}
}  // namespace

TEST(Preemption, OfAGrantAlreadyLetGoDoesNotCutALaterWait) {
  Env env;
  Resource resource{env, "crane", 1, Discipline::kPriority};
  Gate gate{env, "gate"};
  Log log;
  env.spawn(lets_go_before_hearing(env, resource, gate, log), "worker");
  env.spawn(opens_then_preempts(env, resource, gate), "foreman");
  env.run();
  EXPECT_EQ(log, (Log{"3.00 lost", "8.00 unharmed"}));
}

namespace {
Process changes_capacity(Env& env, Resource& resource) {
  co_await env.hold_or_throw(1);
  resource.set_capacity(0);  // closed; who works goes on
  co_await env.hold_or_throw(9);
  resource.set_capacity(2);
}
}  // namespace

TEST(Resource, WithholdsUnitsWhenItsCapacityShrinksAndServesWhenItGrows) {
  Env env;
  Resource resource{env, "berth", 1};
  Log log;
  for (Job const& one : {Job{"a", 0, 5, {}}, Job{"b", 2, 3, {}}, Job{"c", 2, 4, {}}}) {
    env.spawn(job(env, resource, log, one), one.name);
  }
  env.spawn(changes_capacity(env, resource), "calendar");
  env.run();
  EXPECT_EQ(log,
            (Log{"0.00 a starts",
                 "5.00 a ends",
                 "10.0 b starts",
                 "10.0 c starts",
                 "13.0 b ends",
                 "14.0 c ends"}));
  // In use: 5 + 3 + 4 unit-times; offered: 1 x 1 + 2 x 4.
  EXPECT_DOUBLE_EQ(resource.utilisation(), 12.0 / 9.0);
  EXPECT_DOUBLE_EQ(resource.statistics().wait.mean(), (0.0 + 8 + 8) / 3);
  EXPECT_DOUBLE_EQ(resource.statistics().queue.mean(env.now()), 16.0 / 14.0);
}

TEST(Resource, RefusesRequestsThatCouldNeverBeMet) {
  Env env;
  Resource resource{env, "crane", 2};
  EXPECT_THROW(static_cast<void>(resource.acquire({.units = 3})), SimulationError);
  EXPECT_THROW(static_cast<void>(resource.acquire({.units = 0})), SimulationError);
  resource.set_capacity(3);
  EXPECT_NO_THROW(static_cast<void>(resource.acquire({.units = 3})));
}

TEST(Grant, ReleasedTwiceOrForMoreThanItHoldsIsAFaultOfTheModel) {
  Env env;
  Resource resource{env, "crane", 5};
  Grant none;
  EXPECT_THROW(none.release(), SimulationError);
  Grant grant = resource.try_acquire({.units = 4});
  ASSERT_TRUE(grant);
  EXPECT_THROW(grant.release(5), SimulationError);
  grant.release(3);
  EXPECT_EQ(resource.in_use(), 1);
  grant.release();
  EXPECT_EQ(resource.in_use(), 0);
  EXPECT_THROW(grant.release(), SimulationError);
  EXPECT_FALSE(resource.try_acquire({.units = 5}).outcome().status == Status::kTimeout);
}

TEST(Grant, CanBeMovedAndStaysHeldOnce) {
  Env env;
  Resource resource{env, "crane", 3};
  std::vector<Grant> grants;
  for (int i = 0; i < 3; ++i) {
    grants.push_back(resource.try_acquire());  // the vector moves them as it grows
  }
  EXPECT_EQ(resource.in_use(), 3);
  EXPECT_FALSE(resource.try_acquire());
  grants.erase(grants.begin() + 1);
  EXPECT_EQ(resource.in_use(), 2);
  grants[0] = std::move(grants[1]);
  EXPECT_EQ(resource.in_use(), 1);
  grants.clear();
  EXPECT_EQ(resource.in_use(), 0);
}

TEST(Grant, OutlivesItsResourceHarmlessly) {
  Env env;
  std::optional<Resource> resource;
  resource.emplace(env, "crane", 1);
  Grant const grant = resource->try_acquire();
  EXPECT_TRUE(grant);
  resource.reset();
  EXPECT_FALSE(grant);
}

namespace {
struct Berth {
  std::string name;
  double depth = 0;
};
Process ship(
    Env& env, Pool<Berth>& berths, Log& log, std::string name, double draught, int priority) {
  auto const deep_enough = [draught](Berth const& berth) { return berth.depth >= draught; };
  auto const least_depth = [](Berth const& berth) { return berth.depth; };
  Choice<Berth> const choice{
      .priority = priority, .timeout = kForever, .suits = deep_enough, .rank = least_depth};
  Lease<Berth> const lease = co_await berths.acquire(choice);
  note(log, env, name + " at " + lease.unit().name);
  co_await env.hold_or_throw(10);
}
}  // namespace

TEST(Pool, GivesTheSuitableUnitOfLeastRankAndHoldsNobodyUpForAnother) {
  Env env;
  Pool<Berth> berths{env, "berths", {{"deep", 18}, {"shallow", 9}, {"middle", 13}}};
  Log log;
  env.spawn(ship(env, berths, log, "coaster", 7, 0), "coaster");
  env.spawn(ship(env, berths, log, "capesize", 17, 0), "capesize");
  env.spawn(ship(env, berths, log, "second capesize", 17, 0), "second capesize");
  env.spawn(ship(env, berths, log, "handysize", 10, 0), "handysize");  // not behind the capesize
  env.spawn(ship(env, berths, log, "navy", 17, -1), "navy");           // before it
  env.run();
  EXPECT_EQ(log,
            (Log{"0.00 coaster at shallow",
                 "0.00 capesize at deep",
                 "0.00 handysize at middle",
                 "10.0 navy at deep",
                 "20.0 second capesize at deep"}));
  EXPECT_DOUBLE_EQ(berths.in_use(0).mean(env.now()), 1);
  EXPECT_DOUBLE_EQ(berths.waits().mean(), (0 + 0 + 0 + 10 + 20) / 5.0);
  EXPECT_EQ(berths.free_count(), 3U);
}

TEST(Pool, ComesBackEmptyHandedAfterATimeout) {
  Env env;
  Pool<int> pool{env, "tugs", {7}};
  Status status = Status::kDone;
  auto const holder = [](Env& e, Pool<int>& p) -> Process {
    Lease<int> const tug = co_await p.acquire();
    EXPECT_EQ(tug.unit(), 7);
    co_await e.hold_or_throw(100);
  };
  auto const impatient = [](Env& e, Pool<int>& p, Status& seen) -> Process {
    Choice<int> const choice{.timeout = 2};
    Lease<int> const tug = co_await p.acquire(choice);
    EXPECT_FALSE(tug);
    EXPECT_EQ(e.now(), 2);
    seen = tug.outcome().status;
  };
  env.spawn(holder(env, pool), "holder");
  env.spawn(impatient(env, pool, status), "impatient");
  env.run();
  EXPECT_EQ(status, Status::kTimeout);
  EXPECT_EQ(pool.queue_length(), 0U);
}
