// Models of others, replayed event by event with their own random draws, and models whose end is
// known.
//
// SimPy delivers every granted request as an event of its own and starts processes ahead of normal
// events; our kernel grants a free unit at once. Where the printed order depends on it, the replay
// takes one turn (hold 0) after an immediate grant and spawns at urgent priority: the times never
// differ.

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tidewater/des/resource.hpp"
#include "tidewater/des/store.hpp"

using namespace tidewater::des;
using tidewater::Stream;
using tidewater::Streams;

namespace {

using Lines = std::vector<std::string>;

// One line per thing that happened: "time who what".
struct Happened {
  double time = 0;
  int who = 0;
  std::string what;
  bool operator==(Happened const&) const = default;
};
using History = std::vector<Happened>;

void PrintTo(Happened const& h, std::ostream* out) {
  *out << fmt::format("{:.4f} {} {}", h.time, h.who, h.what);
}

// A list of draws in the order the original made them.
struct Draws {
  explicit Draws(std::vector<double> all) : values{std::move(all)} {}
  std::vector<double> values;
  std::size_t next = 0;
  double take() { return values.at(next++); }
};

// A published example: what it printed after its title, and what it drew in the order of its calls.
struct Published {
  Lines lines;
  std::vector<double> draws;
};

std::optional<Published> published(std::string const& example, std::size_t title_lines) {
  std::filesystem::path const path =
      TIDEWATER_ROOT "/../shared/conformance/des/simpy_" + example + ".json";
  if (!std::filesystem::exists(path)) {
    return std::nullopt;
  }
  auto const file = nlohmann::json::parse(std::ifstream{path});
  Published found;
  std::stringstream text{file["stdout"].get<std::string>()};
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    if (number++ >= title_lines) {
      found.lines.push_back(line);
    }
  }
  for (auto const& draw : file["draws_in_call_order"]) {
    found.draws.push_back(draw[2].get<double>());  // after the law and its parameters
  }
  return found;
}

// ---- car wash: two machines, five minutes, cars every 5 to 9 ----

struct Carwash {
  Env& env;
  Draws draws;
  Resource machine{env, "machine", 2};
  History history{};
  void tell(int car, std::string what) { history.push_back({env.now(), car, std::move(what)}); }
};

Process wash(Carwash& shop, int car) {
  co_await shop.env.hold_or_throw(5);
  shop.tell(car, fmt::format("cleaned {:.0f}", shop.draws.take()));
}

Process car(Carwash& shop, int number) {
  shop.tell(number, "arrives");
  bool const is_free = shop.machine.available() > 0;
  Grant const machine = co_await shop.machine.acquire();
  if (is_free) {
    co_await shop.env.hold_or_throw(0);
  }
  shop.tell(number, "enters");
  ProcessRef const washing = shop.env.spawn(wash(shop, number), "wash", Priority::kUrgent);
  static_cast<void>(co_await shop.env.ended(washing));
  shop.tell(number, "leaves");
}

Process cars(Carwash& shop) {
  int count = 0;
  for (; count < 4; ++count) {
    shop.env.spawn(car(shop, count), "car", Priority::kUrgent);
  }
  while (true) {
    co_await shop.env.hold_or_throw(shop.draws.take());
    shop.env.spawn(car(shop, count++), "car", Priority::kUrgent);
  }
}

std::vector<double> const kCarwashDraws{5, 5, 97, 67, 6, 64, 58, 97, 56, 9};

History carwash() {
  Env env;
  Carwash shop{env, Draws{kCarwashDraws}};
  env.spawn(cars(shop), "cars");
  env.run(20);
  EXPECT_EQ(shop.draws.next, shop.draws.values.size());
  return shop.history;
}

}  // namespace

TEST(SimpyReplay, CarwashHappensEventByEvent) {
  EXPECT_EQ(carwash(), (History{{0, 0, "arrives"},     {0, 1, "arrives"},    {0, 2, "arrives"},
                                {0, 3, "arrives"},     {0, 0, "enters"},     {0, 1, "enters"},
                                {5, 4, "arrives"},     {5, 0, "cleaned 97"}, {5, 1, "cleaned 67"},
                                {5, 0, "leaves"},      {5, 1, "leaves"},     {5, 2, "enters"},
                                {5, 3, "enters"},      {10, 5, "arrives"},   {10, 2, "cleaned 64"},
                                {10, 3, "cleaned 58"}, {10, 2, "leaves"},    {10, 3, "leaves"},
                                {10, 4, "enters"},     {10, 5, "enters"},    {15, 4, "cleaned 97"},
                                {15, 5, "cleaned 56"}, {15, 4, "leaves"},    {15, 5, "leaves"},
                                {16, 6, "arrives"},    {16, 6, "enters"}}));
}

TEST(SimpyReplay, CarwashPrintsThePublishedOutput) {
  auto const original = published("carwash", 2);
  if (!original) {
    GTEST_SKIP() << "SKIPPED: ../shared/conformance/des/simpy_carwash.json is not there";
  }
  Lines ours;
  for (Happened const& h : carwash()) {
    ours.push_back(
        h.what.starts_with("cleaned")
            ? fmt::format("Carwash removed {}% of Car {}'s dirt.", h.what.substr(8), h.who)
        : h.what == "arrives"
            ? fmt::format("Car {} arrives at the carwash at {:.2f}.", h.who, h.time)
            : fmt::format("Car {} {} the carwash at {:.2f}.", h.who, h.what, h.time));
  }
  EXPECT_EQ(ours, original->lines);
  EXPECT_EQ(kCarwashDraws, original->draws);
}

// ---- bank: one counter, customers who renege ----

namespace {

struct Bank {
  Env& env;
  Draws draws;
  Resource counter{env, "counter", 1};
  History history{};
};

Process bank_customer(Bank& bank, int number) {
  SimTime const arrived = bank.env.now();
  bank.history.push_back({arrived, number, "arrives"});
  auto counter = bank.counter.acquire();
  auto patience = bank.env.hold(bank.draws.take());
  First const first = co_await any_of(counter, patience);
  SimTime const waited = bank.env.now() - arrived;
  if (!first.is(0)) {
    bank.history.push_back({bank.env.now(), number, fmt::format("reneges {:.3f}", waited)});
    co_return;
  }
  Grant const held = counter.result();
  bank.history.push_back({bank.env.now(), number, fmt::format("waited {:.3f}", waited)});
  co_await bank.env.hold_or_throw(bank.draws.take());
  bank.history.push_back({bank.env.now(), number, "finishes"});
}

Process bank_customers(Bank& bank) {
  for (int i = 0; i < 5; ++i) {
    bank.env.spawn(bank_customer(bank, i), "customer", Priority::kUrgent);
    co_await bank.env.hold_or_throw(bank.draws.take());
  }
}

// The source's last gap is drawn too, and comes after everything.
std::vector<double> const kBankDraws{10.200602872748009,
                                     1.0500215104453339,
                                     3.859488768899587,
                                     2.5258618567011353,
                                     2.472942428328025,
                                     13.550076105583113,
                                     22.272880995513805,
                                     1.1738776652588323,
                                     5.480461593964909,
                                     1.0595944388761407,
                                     2.960600351517892,
                                     7.039155278661534,
                                     1.0530719393677272,
                                     2.6603000299641653};

History bank_renege() {
  Env env;
  Bank bank{env, Draws{kBankDraws}};
  env.spawn(bank_customers(bank), "source");
  env.run();
  EXPECT_EQ(bank.draws.next, bank.draws.values.size());
  return bank.history;
}

}  // namespace

TEST(SimpyReplay, BankCustomersRenegeEventByEvent) {
  std::vector<std::tuple<double, int, std::string>> const expected{{0.0000, 0, "arrives"},
                                                                   {0.0000, 0, "waited 0.000"},
                                                                   {3.8595, 0, "finishes"},
                                                                   {10.2006, 1, "arrives"},
                                                                   {10.2006, 1, "waited 0.000"},
                                                                   {12.7265, 2, "arrives"},
                                                                   {13.9003, 2, "reneges 1.174"},
                                                                   {23.7507, 1, "finishes"},
                                                                   {34.9993, 3, "arrives"},
                                                                   {34.9993, 3, "waited 0.000"},
                                                                   {37.9599, 3, "finishes"},
                                                                   {40.4798, 4, "arrives"},
                                                                   {40.4798, 4, "waited 0.000"},
                                                                   {43.1401, 4, "finishes"}};
  History const found = bank_renege();
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto const& [time, who, what] = expected[i];
    EXPECT_NEAR(found[i].time, time, 5e-5);
    EXPECT_EQ(found[i].who, who);
    EXPECT_EQ(found[i].what, what);
  }
}

TEST(SimpyReplay, BankPrintsThePublishedOutput) {
  auto const original = published("bank_renege", 1);
  if (!original) {
    GTEST_SKIP() << "SKIPPED: ../shared/conformance/des/simpy_bank_renege.json is not there";
  }
  Lines ours;
  for (Happened const& h : bank_renege()) {
    std::string const said = h.what == "arrives"             ? "Here I am"
                             : h.what == "finishes"          ? "Finished"
                             : h.what.starts_with("reneges") ? "RENEGED after  " + h.what.substr(8)
                                                             : "Waited  " + h.what.substr(7);
    ours.push_back(fmt::format("{:7.4f} Customer{:02}: {}", h.time, h.who, said));
  }
  EXPECT_EQ(ours, original->lines);
  EXPECT_EQ(kBankDraws, original->draws);
}

// ---- filling station: two pumps, one tank, a truck on call ----

namespace {

struct FillingStation {
  Env& env;
  Draws draws;
  Resource pump{env, "pump", 2};
  Container tank{env, "tank", {.capacity = 200, .level = 200}};
  Lines lines{};
  void tell(std::string const& what) {
    lines.push_back(fmt::format("{:6.1f} s: {}", env.now(), what));
  }
};

Process refuels(FillingStation& station, int number) {
  double const needed = 50 - station.draws.take();
  station.tell(fmt::format("Car {} arrived at gas station", number));
  Grant const pump = co_await station.pump.acquire();
  static_cast<void>(co_await station.tank.get(needed));
  co_await station.env.hold_or_throw(needed / 2);
  station.tell(fmt::format("Car {} refueled with {:.1f}L", number, needed));
}

Process tank_truck(FillingStation& station) {
  co_await station.env.hold_or_throw(300);
  double const amount = station.tank.room();
  static_cast<void>(co_await station.tank.put(amount));
  station.tell(fmt::format("Tank truck arrived and refuelled station with {:.1f}L", amount));
}

Process watches_tank(FillingStation& station) {
  while (true) {
    if (station.tank.level() / 200 * 100 < 25) {
      station.tell("Calling tank truck");
      ProcessRef const truck = station.env.spawn(tank_truck(station), "truck", Priority::kUrgent);
      static_cast<void>(co_await station.env.ended(truck));
    }
    co_await station.env.hold_or_throw(10);
  }
}

Process drives_up(FillingStation& station) {
  for (int i = 0;; ++i) {
    co_await station.env.hold_or_throw(station.draws.take());
    station.env.spawn(refuels(station, i), "car", Priority::kUrgent);
  }
}

std::vector<double> const kFillingDraws{
    87, 42, 13, 155, 12, 101, 8, 74, 23, 246, 6, 45, 7, 141, 12, 288, 24};

// Hand check of the truck: 37 + 38 + 42 + 27 + 44 = 188 litres gone, called at 460, there at 760.
Lines const kFilling{"  87.0 s: Car 0 arrived at gas station",
                     " 105.5 s: Car 0 refueled with 37.0L",
                     " 129.0 s: Car 1 arrived at gas station",
                     " 148.0 s: Car 1 refueled with 38.0L",
                     " 284.0 s: Car 2 arrived at gas station",
                     " 305.0 s: Car 2 refueled with 42.0L",
                     " 385.0 s: Car 3 arrived at gas station",
                     " 398.5 s: Car 3 refueled with 27.0L",
                     " 459.0 s: Car 4 arrived at gas station",
                     " 460.0 s: Calling tank truck",
                     " 481.0 s: Car 4 refueled with 44.0L",
                     " 705.0 s: Car 5 arrived at gas station",
                     " 750.0 s: Car 6 arrived at gas station",
                     " 760.0 s: Tank truck arrived and refuelled station with 188.0L",
                     " 779.0 s: Car 6 refueled with 38.0L",
                     " 781.5 s: Car 5 refueled with 43.0L",
                     " 891.0 s: Car 7 arrived at gas station",
                     " 904.0 s: Car 7 refueled with 26.0L"};

}  // namespace

TEST(SimpyReplay, FillingStationHappensEventByEvent) {
  Env env;
  FillingStation station{env, Draws{kFillingDraws}};
  env.spawn(watches_tank(station), "control");
  env.spawn(drives_up(station), "cars");
  env.run(1000);
  EXPECT_EQ(station.lines, kFilling);
  EXPECT_EQ(station.draws.next, station.draws.values.size());
  if (auto const original = published("gas_station_refuel", 1)) {
    EXPECT_EQ(station.lines, original->lines);
    EXPECT_EQ(kFillingDraws, original->draws);
  }
}

// ---- cable with latency: sent every 5, there 10 later ----

namespace {
Process delivers(Env& env, Store<double>& cable, double sent) {
  co_await env.hold_or_throw(10);
  static_cast<void>(co_await cable.put(sent));
}
Process sends(Env& env, Store<double>& cable) {
  while (true) {
    co_await env.hold_or_throw(5);
    env.spawn(delivers(env, cable, env.now()), "message");
  }
}
Process receives(Env& env, Store<double>& cable, Lines& lines) {
  while (true) {
    Received<double> const message = co_await cable.get();
    lines.push_back(
        fmt::format("Received this at {} while Sender sent this at {}", env.now(), *message.item));
  }
}
}  // namespace

TEST(SimpyReplay, CableDeliversEventByEvent) {
  Env env;
  Store<double> cable{env, "cable"};
  Lines lines;
  env.spawn(sends(env, cable), "sender");
  env.spawn(receives(env, cable, lines), "receiver");
  env.run(100);
  ASSERT_EQ(lines.size(), 17U);  // sent at 5, 10, ... 85
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(
        lines[i],
        fmt::format("Received this at {} while Sender sent this at {}", 15 + 5 * i, 5 + 5 * i));
  }
  if (auto const original = published("latency", 1)) {
    EXPECT_EQ(lines, original->lines);
  }
}

// ---- OpenCLSim: barge between two sites until the second is full ----

namespace {
struct Dredging {
  Env& env;
  Container from{env, "from", {.capacity = 50, .level = 50}};
  Container barge{env, "barge", {.capacity = 5}};
  Container to{env, "to", {.capacity = 50}};
};
Task<> shifts(Env& env, Container& from, Container& to) {
  for (int i = 0; i < 5; ++i) {
    co_await env.hold_or_throw(100);
    static_cast<void>(co_await from.get(1));
    co_await env.hold_or_throw(1000);
    static_cast<void>(co_await to.put(1));
    co_await env.hold_or_throw(100);
  }
}
Process dredges(Dredging& work) {
  while (work.to.level() < work.to.capacity()) {
    co_await work.env.hold_or_throw(100);
    co_await work.env.hold_or_throw(500);
    co_await shifts(work.env, work.from, work.barge);
    co_await work.env.hold_or_throw(500);
    co_await shifts(work.env, work.barge, work.to);
    co_await work.env.hold_or_throw(100);
  }
}
}  // namespace

namespace {
Process repeats(Env& env, SimTime duration, int times) {
  for (int i = 0; i < times; ++i) {
    co_await env.hold_or_throw(duration);
  }
}
}  // namespace

// Three times 14 (OpenCLSim test_repeat_activity).
TEST(KnownEnd, AnActivityOf14RepeatedThreeTimesEndsAt42) {
  Env env;
  env.spawn(repeats(env, 14, 3), "repeat");
  RunReport const run = env.run();
  EXPECT_EQ(run.end, RunEnd::kNoEvents);
  EXPECT_EQ(env.now(), 42);
}

// 10 cycles of 100 + 500 + 5 x 1200 + 500 + 5 x 1200 + 100 = 13 200 (OpenCLSim test_nested_cycles).
TEST(KnownEnd, NestedDredgingCyclesEndAt132000) {
  Env env;
  Dredging work{env};
  env.spawn(dredges(work), "barge");
  env.run();
  EXPECT_EQ(env.now(), 132'000);
  EXPECT_EQ(work.to.level(), 50);
}

// ---- Ciw: two nodes with deterministic times in a system that holds five ----

namespace {
struct FullHouse {
  Env& env;
  std::array<Resource, 2> node{Resource{env, "1", 1}, Resource{env, "2", 1}};
  int inside = 0;
  std::vector<std::array<double, 4>> served{};  // arrival, start, end, node
  std::vector<double> rejected{};
};
Process visitor(FullHouse& house, std::size_t node) {
  double const arrived = house.env.now();
  if (house.inside == 5) {
    house.rejected.push_back(arrived);
    co_return;
  }
  ++house.inside;
  Grant const server = co_await house.node[node].acquire();
  double const start = house.env.now();
  co_await house.env.hold_or_throw(5.1);
  --house.inside;
  house.served.push_back({arrived, start, house.env.now(), static_cast<double>(node + 1)});
}
Process visitors(FullHouse& house, std::size_t node, double gap) {
  while (true) {
    co_await house.env.hold_or_throw(gap);
    house.env.spawn(visitor(house, node), "visitor");
  }
}
}  // namespace

TEST(KnownEnd, SystemOfFiveServesAndRejectsAtTheTimesOfCiw) {
  Env env;
  FullHouse house{env};
  env.spawn(visitors(house, 0, 0.8), "node 1");
  env.spawn(visitors(house, 1, 1.0), "node 2");
  env.run(22);
  std::vector<std::array<double, 4>> const expected{{0.8, 0.8, 5.9, 1},
                                                    {1.0, 1.0, 6.1, 2},
                                                    {1.6, 5.9, 11.0, 1},
                                                    {2.0, 6.1, 11.2, 2},
                                                    {2.4, 11.0, 16.1, 1},
                                                    {6.0, 11.2, 16.3, 2},
                                                    {6.4, 16.1, 21.2, 1},
                                                    {11.0, 16.3, 21.4, 2}};
  ASSERT_EQ(house.served.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR(house.served[i][k], expected[i][k], 1e-9) << i << " " << k;
    }
  }
  std::vector<double> const first_rejected{3.0, 3.2, 4.0, 4.0, 4.8, 5.0, 5.6, 7.0, 7.2, 8.0};
  ASSERT_GE(house.rejected.size(), first_rejected.size());
  for (std::size_t i = 0; i < first_rejected.size(); ++i) {
    EXPECT_NEAR(house.rejected[i], first_rejected[i], 1e-9);
  }
}

// ---- Pritsker's quarry ----

namespace {
struct Quarry {
  Env& env;
  std::array<Resource, 3> shovel{
      Resource{env, "a", 1}, Resource{env, "b", 1}, Resource{env, "c", 1}};
  Resource crusher{env, "crusher", 1, Discipline::kPriority};
  double tonnes = 0;
};
struct Truck {
  std::size_t shovel;
  double load;
  double mean_loading;
  double haul;
  double mean_dumping;
  double back;
};
Process drives(Quarry& quarry, Truck truck, Stream draws) {
  Request const request{.priority = static_cast<int>(-truck.load)};  // largest first
  while (true) {
    {
      Grant const shovel = co_await quarry.shovel[truck.shovel].acquire();
      co_await quarry.env.hold_or_throw(draws.exponential(truck.mean_loading));
    }
    co_await quarry.env.hold_or_throw(truck.haul);
    {
      Grant const crusher = co_await quarry.crusher.acquire(request);
      co_await quarry.env.hold_or_throw(draws.exponential(truck.mean_dumping));
    }
    quarry.tonnes += truck.load;
    co_await quarry.env.hold_or_throw(truck.back);
  }
}
}  // namespace

// Means over 2000 runs of the same model in SimPy 4.1.2, with their 95 % half widths (conformance
// des/classic.json). Both are estimates: the difference is held against both standard errors.
TEST(KnownMean, QuarryWorksAsMuchAsInSimpy) {
  auto const model = [](Streams const& streams) {
    Env env{streams};
    Quarry quarry{env};
    for (std::size_t s = 0; s < 3; ++s) {
      for (int k = 0; k < 3; ++k) {
        Truck const truck = k < 2 ? Truck{s, 20, 5, 2.5, 2, 1.5} : Truck{s, 50, 10, 3, 4, 2};
        env.spawn(drives(quarry, truck, env.stream(fmt::format("{}/{}", s, k), "truck")), "truck");
      }
    }
    env.run(480);
    double shovels = 0;
    for (Resource const& shovel : quarry.shovel) {
      shovels += shovel.utilisation() / 3;
    }
    return std::array{shovels, quarry.crusher.utilisation(), quarry.tonnes};
  };
  auto const found = replicate({.seed = 2026, .count = 2000, .threads = 2}, model);
  std::array<std::pair<double, double>, 3> const published_means{
      {{0.7344215304838113, 0.002414553499074991},
       {0.8605634535201467, 0.0020073203953895574},
       {4699.145, 13.894575458399101}}};
  for (std::size_t k = 0; k < 3; ++k) {
    Interval const mean = interval_of(found, [k](auto const& m) { return m[k]; });
    double const theirs = published_means[k].second / 1.96;
    EXPECT_NEAR(mean.mean, published_means[k].first, 3 * std::hypot(theirs, mean.standard_error()))
        << k;
  }
}
