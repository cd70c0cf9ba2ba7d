// Equal units: priorities, preemption with resumed work, opening hours.
#include <cstdio>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;

Process job(Resource& crane, char const* name, int priority, Preempt preempt) {
  Request const request{.priority = priority, .preempt = preempt};
  Outcome const done = co_await use(crane, request, 4, AfterPreemption::kResume);
  std::printf("%4.0f %s %s\n", crane.env().now(), name, done ? "done" : "given up");
}

int main() {
  Env env;
  Resource crane{env, "crane", 1, Discipline::kPriority};
  env.spawn(keep_hours(crane, WindowCalendar{24, {{6, 18}}}, {.open = 1, .closed = 0}), "shifts");
  env.spawn(job(crane, "coal", 2, Preempt::kNever), "coal");
  env.spawn(job(crane, "wheat", 1, Preempt::kNever), "wheat");  // served first: smaller number
  env.spawn_at(8, job(crane, "relief goods", 0, Preempt::kLower), "relief");
  env.run(48);
  std::printf("crane used %.0f %% of its hours, %d preemption\n",
              100 * crane.utilisation(),
              static_cast<int>(crane.statistics().preemptions));
}
