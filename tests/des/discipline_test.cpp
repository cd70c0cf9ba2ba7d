// Orders of service of the model's own, opening hours, leaving after preemption, runs that end by a
// condition, and reports in words.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/resource.hpp"
#include "tidewater/des/store.hpp"

using namespace tidewater::des;

namespace {

struct Shop {
  Env& env;
  Resource& server;
  std::vector<std::string> log{};
};

Process job(Shop& shop, std::string name, Request request, double work) {
  Grant const place = co_await shop.server.acquire(request);
  if (!place) {
    co_return;
  }
  shop.log.push_back(fmt::format("{} {}", shop.env.now(), name));
  co_await shop.env.hold_or_throw(work);
}

}  // namespace

// The server is taken until 10 while c (rank 3), a (1), b (2), a' (1) and last d come; shortest
// rank first, equal ones as they came; d asks for the front of its class.
TEST(ResourceOrder, IsTheModelsOwn) {
  Env env;
  ServeBefore const shortest = [](Request const& x, Request const& y) { return x.rank < y.rank; };
  Resource server{env, "server", 1, shortest};
  Shop shop{env, server};
  env.spawn(job(shop, "first", {.rank = 9}, 10), "first");
  env.spawn(job(shop, "c", {.rank = 3}, 1), "c");
  env.spawn(job(shop, "a", {.rank = 1}, 1), "a");
  env.spawn(job(shop, "b", {.rank = 2}, 1), "b");
  env.spawn(job(shop, "a'", {.rank = 1}, 1), "a'");
  env.spawn(job(shop, "d", {.place = Place::kFront, .rank = 1}, 1), "d");
  env.run();
  EXPECT_EQ(shop.log,
            (std::vector<std::string>{"0 first", "10 d", "11 a", "12 a'", "13 b", "14 c"}));
  EXPECT_THROW((Resource{env, "none", 1, ServeBefore{}}), tidewater::ContractBroken);
}

// Two cranes by day (hours 6 to 18 of 24), none by night. Jobs of 5 h from hour 0: two start at 6,
// two at 11; the last at 16 runs over the evening, its sixth waits for the next morning.
TEST(OpeningHours, SetTheCapacityAndLetWorkUnderWayFinish) {
  Env env;
  Resource cranes{env, "cranes", 2};
  Shop shop{env, cranes};
  env.spawn(keep_hours(cranes, WindowCalendar{24, {{6, 18}}}, {.open = 2, .closed = 0}), "shifts");
  for (int i = 0; i < 8; ++i) {
    env.spawn(job(shop, std::to_string(i), {}, 5), "job");
  }
  env.run(100);
  EXPECT_EQ(
      shop.log,
      (std::vector<std::string>{"6 0", "6 1", "11 2", "11 3", "16 4", "16 5", "30 6", "30 7"}));
  EXPECT_EQ(env.run(150).end, RunEnd::kHorizon);
}

TEST(OpeningHours, EndWithTheLastChange) {
  Env env;
  Resource berth{env, "berth", 3};
  WindowCalendar works;
  works.except({10, 20}, WindowCalendar::Exception::kClosed);
  env.spawn(keep_hours(berth, works, {.open = 3, .closed = 1}), "dredging");
  env.run(15);
  EXPECT_EQ(berth.capacity(), 1);
  EXPECT_EQ(env.run().end, RunEnd::kNoEvents);
  EXPECT_EQ(berth.capacity(), 3);
  EXPECT_EQ(env.now(), 20);
}

namespace {

Process worker(Resource& crew, AfterPreemption after, std::int64_t units, Outcome& found) {
  Request const request{.units = units, .priority = 5};
  found = co_await use(crew, request, 10, after);
}

Process emergency(Env& env, Resource& crew) {
  co_await env.hold_or_throw(4);
  Request const request{.units = 3, .priority = 0, .preempt = Preempt::kLower};
  Grant const all = co_await crew.acquire(request);
  co_await env.hold_or_throw(2);
}

double end_of(AfterPreemption after, Outcome& found) {
  Env env;
  Resource crew{env, "crew", 4};
  env.spawn(worker(crew, after, 3, found), "worker");
  env.spawn(emergency(env, crew), "emergency");
  env.run();
  return env.now();
}

}  // namespace

// 10 of work on 3 of 4 units, taken away from 4 to 6: 6 more after a resumption, 10 after a
// restart.
TEST(Use, OfSeveralUnitsResumesRestartsOrLeaves) {
  Outcome found;
  EXPECT_EQ(end_of(AfterPreemption::kResume, found), 12);
  EXPECT_TRUE(found.done());
  EXPECT_EQ(end_of(AfterPreemption::kRestart, found), 16);
  EXPECT_TRUE(found.done());
  EXPECT_EQ(end_of(AfterPreemption::kLeave, found), 6);
  EXPECT_EQ(found.status, Status::kPreempted);
  EXPECT_EQ(found.remaining, 6);
}

TEST(Run, EndsAsSoonAsItsConditionHolds) {
  Env env;
  Resource server{env, "server", 1};
  Shop shop{env, server};
  for (int i = 0; i < 9; ++i) {
    env.spawn(job(shop, "job", {}, 2), "job");
  }
  auto const three_started = [&] { return shop.log.size() >= 3; };
  EXPECT_EQ(env.run(kForever, three_started).end, RunEnd::kStopped);
  EXPECT_EQ(env.now(), 4);
  EXPECT_EQ(env.run(kForever, three_started).at, 4);  // it still holds: nothing runs
  EXPECT_EQ(env.run(7).end, RunEnd::kHorizon);
  EXPECT_EQ(shop.log.size(), 4U);
}

namespace {

Process philosopher(Env& env, Resource& left, Resource& right) {
  Grant const first = co_await left.acquire();
  co_await env.hold_or_throw(1);
  Grant const second = co_await right.acquire();
}

Process waits_for_tug(Pool<int>& tugs) {
  Lease<int> const tug = co_await tugs.acquire();
  static_cast<void>(co_await tugs.env().hold(kForever));
}

}  // namespace

TEST(RunReport, SaysInWordsWhoWaitsForWhatHeldByWhomSinceWhen) {
  Env env;
  Resource left{env, "left fork", 1};
  Resource right{env, "right fork", 1};
  Pool<int> tugs{env, "tug", {1}};
  env.spawn(philosopher(env, left, right), "Ada");
  env.spawn(philosopher(env, right, left), "Kurt");
  env.spawn(waits_for_tug(tugs), "barge");
  env.spawn(waits_for_tug(tugs), "liner");
  EXPECT_EQ(to_text(env.run()),
            "nothing can happen after 1: 4 wait for ever\n"
            "  Ada waits for right fork (held by Kurt) since 1\n"
            "  Kurt waits for left fork (held by Ada) since 1\n"
            "  barge waits for an interruption since 0\n"
            "  liner waits for tug (held by barge) since 0\n");
  EXPECT_EQ(to_text({RunEnd::kHorizon, 5, {}}), "ran to its horizon at 5\n");
  EXPECT_EQ(to_text({RunEnd::kNoEvents, 5, {}}), "all processes had ended at 5\n");
}

namespace {

Process waiter(Condition& condition, int& level, int& asked) {
  auto const enough = [&] {
    ++asked;
    return level >= 3;
  };
  static_cast<void>(co_await condition.until(enough));
}

Process raiser(Env& env, int& level, Gate& watched, Gate& unwatched) {
  for (int i = 0; i < 100; ++i) {
    co_await env.hold_or_throw(1);
    unwatched.open();
    unwatched.close();
  }
  level = 2;
  watched.open();
  co_await env.hold_or_throw(1);
  level = 3;
  watched.close();
}

}  // namespace

TEST(Condition, IsAskedOnlyWhenSomethingWatchedHasChanged) {
  Env env;
  Gate watched{env, "watched"};
  Gate unwatched{env, "unwatched"};
  Condition condition{env, "condition"};
  condition.watch(watched);
  int level = 0;
  int asked = 0;
  env.spawn(waiter(condition, level, asked), "waiter");
  env.spawn(raiser(env, level, watched, unwatched), "raiser");
  env.run();
  EXPECT_EQ(asked, 3);  // at once, and at the two changes
  EXPECT_EQ(env.alive_count(), 0U);
}
