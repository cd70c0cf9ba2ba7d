#include "queueing_models.hpp"

#include <memory>

#include <fmt/format.h>

#include "tidewater/des/calendar_tide.hpp"

using namespace tidewater::des;
using tidewater::Stream;
using tidewater::Streams;

namespace queueing {

Law exponential(double mean) {
  return [mean](Stream& draws) { return draws.exponential(mean); };
}
Law erlang(int k, double mean) {
  return [k, mean](Stream& draws) {
    double sum = 0;
    for (int i = 0; i < k; ++i) {
      sum += draws.exponential(mean / k);
    }
    return sum;
  };
}

namespace {

// ---- one station ----

struct Station {
  Env& env;
  Law gap;
  Law work;
  std::int64_t servers = 1;
  int batch = 1;
  Law patience{};         // none: waits for ever
  std::int64_t room = 0;  // customers in the system at most, 0: no limit
  Resource server{env, "server", servers, Discipline::kPriority};
  Stream gaps{env.stream("customers", "arrival")};
  Stream works{env.stream("customers", "service")};
  Stream patiences{env.stream("customers", "patience")};
  TimeWeighted inside{0, env.now()};
  Tally wait{};
  Tally stay{Tally::Keep::kSample};
  Counter arrived{};
  Counter blocked{};
  Counter reneged{};
  Counter queued{};

  void reset() {
    server.reset_statistics();
    inside.reset(env.now());
    wait.reset();
    stay.reset();
    arrived.reset();
    blocked.reset();
    reneged.reset();
    queued.reset();
  }
};

Process customer(Station& station) {
  SimTime const arrived = station.env.now();
  station.arrived.add();
  if (station.room > 0 && station.inside.level() >= static_cast<double>(station.room)) {
    station.blocked.add();
    co_return;
  }
  station.inside.add(arrived, 1);
  Request const request{.timeout =
                            station.patience ? station.patience(station.patiences) : kForever};
  Grant const server = co_await station.server.acquire(request);
  if (server) {
    station.wait.add(station.env.now() - arrived);
    station.queued.add(station.env.now() > arrived ? 1 : 0);
    co_await station.env.hold_or_throw(station.work(station.works));
    station.stay.add(station.env.now() - arrived);
  } else {
    station.reneged.add();
  }
  station.inside.add(station.env.now(), -1);
}

Process arrivals(Station& station) {
  while (true) {
    co_await station.env.hold_or_throw(station.gap(station.gaps));
    for (int i = 0; i < station.batch; ++i) {
      station.env.spawn(customer(station), "customer");
    }
  }
}

// Runs a station to `horizon` after a warm-up of a tenth of it.
template <class Make>
Measures run_station(Streams const& streams, double horizon, Make const& make) {
  Env env{streams};
  Station station = make(env);
  env.spawn(arrivals(station), "arrivals");
  env.run(horizon / 10);
  station.reset();
  env.run(1.1 * horizon);
  double const now = env.now();
  auto const& statistics = station.server.statistics();
  double const waiting = statistics.wait.count() > 0 ? station.wait.mean() : 0;
  auto const share = [&](Counter const& c) {
    return static_cast<double>(c.count()) / static_cast<double>(station.arrived.count());
  };
  return {{"rho", station.server.utilisation()},
          {"utilisation", station.server.utilisation()},
          {"L", station.inside.mean(now)},
          {"Lq", statistics.queue.mean(now)},
          {"W", station.stay.mean()},
          {"Wq", waiting},
          {"Wq_over_service", waiting},
          {"W_p95", station.stay.quantile(0.95)},
          {"p_wait_gt_0", share(station.queued)},
          {"ErlangC", share(station.queued)},
          {"P_block", share(station.blocked)},
          {"P_renege", share(station.reneged)},
          {"throughput", static_cast<double>(station.stay.count()) / horizon}};
}

}  // namespace

Model station(Shape const& shape) {
  return [shape](Streams const& streams) {
    return run_station(streams, shape.horizon, [&](Env& env) {
      return Station{env,
                     shape.gap_law ? shape.gap_law : exponential(shape.gap),
                     shape.work,
                     shape.servers,
                     shape.batch,
                     shape.patience,
                     shape.room};
    });
  };
}

Model berth(int arrival_k, int service_k, int c, double utilisation) {
  return station({.gap_law = erlang(arrival_k, 1 / (utilisation * c)),
                  .work = erlang(service_k, 1),
                  .servers = c,
                  .horizon = 20'000.0 / c});
}

namespace {

// ---- two classes ----

struct TwoClasses {
  Env& env;
  Preempt preempt;
  Resource server{env, "server", 1, Discipline::kPriority};
  std::array<Tally, 2> stay{};
};

Process client(TwoClasses& model, int priority, double work) {
  SimTime const arrived = model.env.now();
  Request const request{.priority = priority, .preempt = model.preempt};
  static_cast<void>(co_await use(model.server, request, work));
  model.stay[static_cast<std::size_t>(priority)].add(model.env.now() - arrived);
}

Process clients(TwoClasses& model, int priority, double rate) {
  Stream gaps = model.env.stream(fmt::format("class {}", priority), "arrival");
  Stream works = model.env.stream(fmt::format("class {}", priority), "service");
  while (true) {
    co_await model.env.hold_or_throw(gaps.exponential(1 / rate));
    model.env.spawn(client(model, priority, works.exponential(1)), "client");
  }
}

}  // namespace

Model two_classes(double high, double low, Preempt preempt) {
  return [=](Streams const& streams) -> Measures {
    Env env{streams};
    TwoClasses model{env, preempt};
    env.spawn(clients(model, 0, high), "high");
    env.spawn(clients(model, 1, low), "low");
    env.run(2'000);
    model.stay = {};
    env.run(30'000);
    return {{"T1", model.stay[0].mean()},
            {"T2", model.stay[1].mean()},
            {"Wq1", model.stay[0].mean() - 1},
            {"Wq2", model.stay[1].mean() - 1}};
  };
}

namespace {

// ---- machines and repairers ----

struct Workshop {
  Env& env;
  double fail_rate;
  double repair_rate;
  std::int64_t repairers;
  Resource repairer{env, "repairer", repairers};
  TimeWeighted down{0, env.now()};
  Tally down_time{};
};

Process machine(Workshop& shop, int number) {
  Stream draws = shop.env.stream(fmt::format("machine {}", number), "life");
  while (true) {
    co_await shop.env.hold_or_throw(draws.exponential(1 / shop.fail_rate));
    SimTime const failed = shop.env.now();
    shop.down.add(failed, 1);
    {
      Grant const hands = co_await shop.repairer.acquire();
      co_await shop.env.hold_or_throw(draws.exponential(1 / shop.repair_rate));
    }
    shop.down.add(shop.env.now(), -1);
    shop.down_time.add(shop.env.now() - failed);
  }
}

}  // namespace

Model repair(int machines, int repairers, double fail, double mend) {
  return [=](Streams const& streams) -> Measures {
    Env env{streams};
    Workshop shop{env, fail, mend, repairers};
    for (int i = 0; i < machines; ++i) {
      env.spawn(machine(shop, i), "machine");
    }
    env.run(1'000);
    shop.repairer.reset_statistics();
    shop.down.reset(env.now());
    shop.down_time.reset();
    env.run(21'000);
    double const down = shop.down.mean(env.now());
    return {{"mean_down", down},
            {"availability", 1 - down / machines},
            {"repair_util", shop.repairer.utilisation()},
            {"down_time", shop.down_time.mean()}};
  };
}

namespace {

// ---- open Jackson network ----

struct Network {
  Env& env;
  std::array<Resource, 3> node{Resource{env, "1", 1}, Resource{env, "2", 1}, Resource{env, "3", 2}};
  std::array<TimeWeighted, 3> inside{};
  std::array<Counter, 3> visits{};
  Tally stay{};
};

Process traveller(Network& net, std::size_t at, Stream draws) {
  static constexpr std::array<std::array<double, 3>, 3> kRoute{
      {{0.0, 0.5, 0.3}, {0.2, 0.0, 0.6}, {0.1, 0.1, 0.0}}};
  static constexpr std::array<double, 3> kRate{1.0, 0.6, 0.8};
  SimTime const arrived = net.env.now();
  while (at < 3) {
    net.inside[at].add(net.env.now(), 1);
    net.visits[at].add();
    {
      Grant const server = co_await net.node[at].acquire();
      co_await net.env.hold_or_throw(draws.exponential(1 / kRate[at]));
    }
    net.inside[at].add(net.env.now(), -1);
    double u = draws.uniform();
    std::size_t next = 0;
    while (next < 3 && u >= kRoute[at][next]) {
      u -= kRoute[at][next++];
    }
    at = next;
  }
  net.stay.add(net.env.now() - arrived);
}

Process enters(Network& net, std::size_t at, double rate) {
  Stream gaps = net.env.stream(fmt::format("node {}", at), "arrival");
  for (std::uint32_t i = 0;; ++i) {
    co_await net.env.hold_or_throw(gaps.exponential(1 / rate));
    std::string const name = fmt::format("{}/{}", at, i);
    net.env.spawn(traveller(net, at, net.env.stream(name, "walk")), "traveller");
  }
}

}  // namespace

Measures jackson(Streams const& streams) {
  Env env{streams};
  Network net{env};
  for (std::size_t i = 0; i < 3; ++i) {
    env.spawn(enters(net, i, std::array{0.3, 0.1, 0.05}[i]), "source");
  }
  env.run(2'000);
  for (std::size_t i = 0; i < 3; ++i) {
    net.inside[i].reset(env.now());
    net.visits[i].reset();
  }
  net.stay.reset();
  env.run(32'000);
  Measures found{{"W", net.stay.mean()}};
  for (std::size_t i = 0; i < 3; ++i) {
    found[fmt::format("L{}", i + 1)] = net.inside[i].mean(env.now());
    found[fmt::format("lam{}", i + 1)] = static_cast<double>(net.visits[i].count()) / 30'000;
  }
  return found;
}

namespace {

// ---- saturated tandem line, blocking after service ----

struct Line {
  Env& env;
  std::vector<std::unique_ptr<Resource>> machines{};
  std::vector<std::unique_ptr<Resource>> buffers{};  // null: none between
  Counter finished{};
};

void call(Line& line, std::uint32_t number);

// Each part calls the next as soon as it has the first machine: there is always one ready.
Process part(Line& line, std::uint32_t number) {
  Stream draws = line.env.stream(fmt::format("part {}", number), "work");
  Grant machine = co_await line.machines[0]->acquire();
  call(line, number + 1);
  for (std::size_t i = 0;; ++i) {
    co_await line.env.hold_or_throw(draws.exponential(1));
    if (i + 1 == line.machines.size()) {
      break;
    }
    Grant place;
    if (line.buffers[i]) {
      place = co_await line.buffers[i]->acquire();
      machine.release();
    }
    machine =
        co_await line.machines[i + 1]->acquire();  // without a buffer: holds its machine so long
  }
  line.finished.add();
}

void call(Line& line, std::uint32_t number) {
  line.env.spawn(part(line, number), "part");
}

}  // namespace

Model tandem(std::vector<int> const& buffers) {
  return [buffers](Streams const& streams) -> Measures {
    Env env{streams};
    Line line{env};
    for (std::size_t i = 0; i <= buffers.size(); ++i) {
      line.machines.push_back(std::make_unique<Resource>(env, "machine", 1));
    }
    for (int const b : buffers) {
      line.buffers.push_back(b > 0 ? std::make_unique<Resource>(env, "buffer", b) : nullptr);
    }
    call(line, 0);
    env.run(500);
    line.finished.reset();
    env.run(10'500);
    return {{"throughput", static_cast<double>(line.finished.count()) / 10'000}};
  };
}

namespace {

// ---- a server that breaks down, idle or busy ----

Process breakdowns(Station& station, TimeWeighted& up, double fail, double mend) {
  Stream draws = station.env.stream("server", "breakdown");
  Request const down{.priority = -1, .preempt = Preempt::kLower};
  while (true) {
    co_await station.env.hold_or_throw(draws.exponential(1 / fail));
    Grant const broken = co_await station.server.acquire(down);
    up.set(station.env.now(), 0);
    co_await station.env.hold_or_throw(draws.exponential(1 / mend));
    up.set(station.env.now(), 1);
  }
}

Process patient_customer(Station& station) {
  SimTime const arrived = station.env.now();
  station.inside.add(arrived, 1);
  static_cast<void>(co_await use(station.server, {}, station.work(station.works)));
  station.inside.add(station.env.now(), -1);
  station.stay.add(station.env.now() - arrived);
}

Process patient_arrivals(Station& station) {
  while (true) {
    co_await station.env.hold_or_throw(station.gap(station.gaps));
    station.env.spawn(patient_customer(station), "customer");
  }
}

}  // namespace

Measures breakdown(Streams const& streams) {
  Env env{streams};
  Station station{env, exponential(2), exponential(1)};
  TimeWeighted up{1, 0};
  env.spawn(patient_arrivals(station), "arrivals");
  env.spawn(breakdowns(station, up, 0.05, 0.25), "breakdowns");
  env.run(3'000);
  station.reset();
  up.reset(env.now());
  env.run(33'000);
  return {{"L", station.inside.mean(env.now())},
          {"W", station.stay.mean()},
          {"avail", up.mean(env.now())}};
}

namespace {

// ---- ships before a tidal gate, and in storms ----

Process ship(Env& env, double opens, Tally& waits, Counter& waited) {
  waits.add(opens - env.now());
  waited.add(opens > env.now() ? 1 : 0);
  co_await env.hold_or_throw(opens - env.now());
}

template <class NextOpen>
Process ships(Env& env, double rate, NextOpen& next_open, Tally& waits, Counter& waited) {
  Stream gaps = env.stream("ships", "arrival");
  while (true) {
    co_await env.hold_or_throw(gaps.exponential(1 / rate));
    env.spawn(ship(env, next_open(env.now()), waits, waited), "ship");
  }
}

template <class NextOpen>
Measures gate(Streams const& streams, NextOpen& next_open) {
  Env env{streams};
  Tally waits;
  Counter waited;
  env.spawn(ships(env, 1.0, next_open, waits, waited), "ships");
  env.run(20'000);
  return {{"mean_wait", waits.mean()},
          {"p_wait", static_cast<double>(waited.count()) / static_cast<double>(waits.count())},
          {"max_wait", waits.most()}};
}

}  // namespace

Measures tide_gate(Streams const& streams) {
  WindowCalendar const calendar{12.42, {{0, 4}}};
  auto const next_open = [&](double t) { return *calendar.next_window(t, 0); };
  return gate(streams, next_open);
}

Measures storms(Streams const& streams) {
  AlternatingRenewal weather{streams.named("sea", "weather"),
                             [](Stream& draws) { return draws.exponential(48); },
                             [](Stream& draws) { return draws.uniform(2, 6); }};
  auto next_open = [&](double t) { return weather.next_good(t); };
  return gate(streams, next_open);
}

}  // namespace queueing
