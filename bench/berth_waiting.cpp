// Mean waiting at n berths as a share of the mean service time, by utilisation: the tables E2/E2/n
// and M/E2/n of port planning, as Markdown, with 95 % intervals. The control is M/M/n, where
// Erlang's formula is exact, and M/E2/1 (Pollaczek and Khinchine).
//
// usage: berth_waiting [RELATIVE_PRECISION] [THREADS]      (default 0.01 and 2)

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "tidewater/des/resource.hpp"
#include "tidewater/des/statistics.hpp"

namespace {

using namespace tidewater::des;  // NOLINT(google-build-using-namespace): a program of one room
using tidewater::Stream;
using tidewater::Streams;

// Erlang phases of gaps and of service; mean service 1.
struct Queue {
  int arrival_phases;
  int service_phases;
  int berths;
  double utilisation;
};

double erlang(Stream& draws, int phases, double mean) {
  double sum = 0;
  for (int i = 0; i < phases; ++i) {
    sum += draws.exponential(mean / phases);
  }
  return sum;
}

struct Port {
  Env& env;
  Queue queue;
  Resource berths{env, "berths", queue.berths};
  Stream gaps{env.stream("ships", "gap")};
  Stream services{env.stream("ships", "service")};
};

Process ship(Port& port) {
  Grant const berth = co_await port.berths.acquire();
  co_await port.env.hold_or_throw(erlang(port.services, port.queue.service_phases, 1));
}

Process arrivals(Port& port, int ships) {
  double const gap = 1 / (port.queue.utilisation * port.queue.berths);
  for (int i = 0; i < ships; ++i) {
    if (i == ships / 10) {
      port.berths.reset_statistics();  // the warm-up is over
    }
    co_await port.env.hold_or_throw(erlang(port.gaps, port.queue.arrival_phases, gap));
    port.env.spawn(ship(port), "ship");
  }
}

struct Options {
  Precision precision{.relative = 0.01};
  int threads = 2;
};

Interval waiting(Queue const& queue, Options const& options) {
  auto const model = [&](Streams const& streams) {
    Env env{streams};
    Port port{env, queue};
    env.spawn(arrivals(port, 400'000), "arrivals");
    env.run();
    return port.berths.statistics().wait.mean();
  };
  auto const itself = [](double x) { return x; };
  Experiment const experiment{.seed = 1978, .count = 40, .threads = options.threads};
  return replicate_until(experiment, options.precision, model, itself).interval;
}

// Erlang's C over the rate at which the queue empties: mean wait of M/M/n, service 1.
double exact_mmn(int n, double utilisation) {
  double const load = utilisation * n;
  double blocked = 1;  // Erlang's B by its recursion
  for (int i = 1; i <= n; ++i) {
    blocked = load * blocked / (i + load * blocked);
  }
  double const waits = blocked / (1 - utilisation * (1 - blocked));
  return waits / (n - load);
}

std::string cell(Interval const& found) {
  constexpr double kDigit = 1e-4;
  return fmt::format("{:.4f}±{:.0f}", found.mean, std::ceil(found.half / kDigit));
}

void print_table(char const* name, Queue queue, Options const& options) {
  fmt::print("{}\n\n| u |", name);
  for (int n = 1; n <= 10; ++n) {
    fmt::print(" {} |", n);
  }
  fmt::print("\n|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (int tenth = 1; tenth <= 9; ++tenth) {
    queue.utilisation = tenth / 10.0;
    fmt::print("| {} |", queue.utilisation);
    for (queue.berths = 1; queue.berths <= 10; ++queue.berths) {
      fmt::print(" {} |", cell(waiting(queue, options)));
      std::fflush(stdout);
    }
    fmt::print("\n");
  }
  fmt::print("\n");
}

// How often an exact value lies in the 95 % interval, and the widest miss in standard errors.
struct Control {
  int points = 0;
  int held = 0;
  double worst = 0;
  void compare(Interval const& found, double exact) {
    double const errors = std::abs(found.mean - exact) / found.standard_error();
    ++points;
    held += found.low() <= exact && exact <= found.high() ? 1 : 0;
    worst = std::max(worst, errors);
  }
  void print(char const* name) const {
    fmt::print("{}: {} of {} exact values in their interval, widest miss {:.2f} standard errors\n",
               name,
               held,
               points,
               worst);
  }
};

void print_controls(Options const& options) {
  Control mmn;
  Control me1;
  for (int tenth = 1; tenth <= 9; ++tenth) {
    double const u = tenth / 10.0;
    me1.compare(waiting({1, 2, 1, u}, options), 0.75 * u / (1 - u));
    for (int n = 1; n <= 10; ++n) {
      if (exact_mmn(n, u) > 1e-3) {  // rarer waits are too few to judge a normal error by
        mmn.compare(waiting({1, 1, n, u}, options), exact_mmn(n, u));
      }
    }
  }
  mmn.print("M/M/n, Erlang C");
  me1.print("M/E2/1, Pollaczek and Khinchine");
  // Exact chains, conformance des/cases.json, rows berth_0 to berth_5.
  struct Anchor {
    Queue queue;
    double exact;
  };
  Control anchors;
  for (Anchor const& one : {Anchor{{1, 2, 1, 0.6}, 1.125},
                            Anchor{{1, 2, 2, 0.7}, 0.7286202153397565},
                            Anchor{{1, 2, 3, 0.7}, 0.4180250108141846},
                            Anchor{{2, 2, 1, 0.5}, 0.39038820320220763},
                            Anchor{{2, 2, 2, 0.7}, 0.4125342456675564},
                            Anchor{{2, 2, 3, 0.8}, 0.48488803108602163}}) {
    anchors.compare(waiting(one.queue, options), one.exact);
  }
  anchors.print("M/E2/n and E2/E2/n, six exact chains");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  options.precision.relative = argc > 1 ? std::atof(argv[1]) : options.precision.relative;
  options.threads = argc > 2 ? std::atoi(argv[2]) : options.threads;
  print_controls(options);
  print_table("\nE2/E2/n", {2, 2, 1, 0}, options);
  print_table("M/E2/n", {1, 2, 1, 0}, options);
}
