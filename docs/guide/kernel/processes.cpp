// A process waits; another cuts its wait short.
#include <cstdio>

#include "tidewater/des/process.hpp"

using namespace tidewater::des;

Process train(Env& env) {
  Outcome const run = co_await env.hold(60);  // 60 minutes of running time
  if (run.status == Status::kInterrupted) {
    std::printf("%4.0f stopped, cause %d, %.0f min to go\n",
                env.now(),
                static_cast<int>(run.cause),
                run.remaining);
    co_await env.hold_or_throw(30);  // repair: nobody may interrupt this one
    co_await env.hold_or_throw(run.remaining);
  }
  std::printf("%4.0f arrived\n", env.now());
}

Process failure(Env& env, ProcessRef victim) {
  co_await env.hold_or_throw(45);
  env.interrupt(victim, 7);
  static_cast<void>(co_await env.ended(victim));  // the end of another process can be waited for
  std::printf("%4.0f the failure has been dealt with\n", env.now());
}

int main() {
  Env env;
  ProcessRef const engine = env.spawn(train(env), "train");
  env.spawn(failure(env, engine), "failure");
  env.run();
}
