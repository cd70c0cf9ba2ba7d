// Replications: stop when precise, compare designs under the same draws, halve the noise.
#include <cmath>
#include <cstdio>
#include <vector>

#include "tidewater/des/resource.hpp"

using namespace tidewater;
using namespace tidewater::des;

struct Queue {
  Env& env;
  Resource server;
  Tally stay{};
};

Process customer(Queue& queue, double work) {
  SimTime const arrived = queue.env.now();
  Grant const server = co_await queue.server.acquire();
  co_await queue.env.hold_or_throw(work);
  queue.stay.add(queue.env.now() - arrived);
}

Process arrivals(Queue& queue) {
  Stream gaps = queue.env.stream("customers", "gap");  // named: alike in every design
  Stream works = queue.env.stream("customers", "work");
  while (true) {
    co_await queue.env.hold_or_throw(gaps.exponential(1));
    queue.env.spawn(customer(queue, works.exponential(0.8)), "customer");
  }
}

double mean_stay(Streams const& streams, int servers) {
  Env env{streams};
  Queue queue{env, Resource{env, "servers", servers}};
  env.spawn(arrivals(queue), "arrivals");
  env.run(500);
  queue.stay.reset();  // the warm-up is over
  env.run(5'500);
  return queue.stay.mean();
}

int main() {
  auto const one = [](Streams const& s) { return mean_stay(s, 1); };
  auto const two = [](Streams const& s) { return mean_stay(s, 2); };
  auto const itself = [](double x) { return x; };

  Precision const precision{.relative = 0.05};
  auto const found =
      replicate_until({.seed = 1, .count = 500, .threads = 2}, precision, one, itself);
  bool const holds = found.interval.low() < 4 && 4 < found.interval.high();
  std::printf("%s, holds the exact 4: %s\n",
              found.reason == StopReason::kPrecise ? "precise" : "not precise",
              holds ? "yes" : "no");

  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> mirrored;
  for (std::uint32_t i = 0; i < 40; ++i) {
    Streams const streams{.seed = 1, .replication = i};
    a.push_back(one(streams));
    b.push_back(two(streams));
    mirrored.push_back(one(streams.antithetic()));
  }
  bool const paired = paired_interval(a, b).half < std::hypot(interval(a).half, interval(b).half);
  bool const pairs = antithetic_interval(a, mirrored).half < interval(a).half;
  std::printf("common draws narrow the difference: %s\n", paired ? "yes" : "no");
  std::printf("mirrored draws narrow the mean: %s\n", pairs ? "yes" : "no");
  Ratio const ratio = ratio_fieller(a, b);
  std::printf("one server keeps customers %s as long as two\n",
              ratio.low > 2 && ratio.high < 6 ? "between 2 and 6 times" : "?");
}
