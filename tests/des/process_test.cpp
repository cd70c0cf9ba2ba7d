#include "tidewater/des/process.hpp"

#include <gtest/gtest.h>

using namespace tidewater::des;

namespace {
Process ticker(Env& env, std::vector<double>& seen) {
  for (int i = 0; i < 3; ++i) {
    co_await env.hold_or_throw(2.5);
    seen.push_back(env.now());
  }
}
}  // namespace

TEST(Process, LetsTimePass) {
  Env env;
  std::vector<double> seen;
  env.spawn(ticker(env, seen), "ticker");
  RunReport const run = env.run();
  EXPECT_EQ(run.end, RunEnd::kNoEvents);
  EXPECT_EQ(seen, (std::vector<double>{2.5, 5, 7.5}));
}
