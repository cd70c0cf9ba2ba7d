// What a trace holds, the texts made of it, and that it changes nothing.
#include "tidewater/des/trace.hpp"

#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tidewater/des/resource.hpp"

using namespace tidewater::des;
using tidewater::Streams;

namespace {

struct Harbour {
  Env& env;
  Resource berth{env, "berth", 1, Discipline::kPriority};
  Tally stays{};
};

Process ship(Harbour& harbour, int priority, double hours) {
  SimTime const arrived = harbour.env.now();
  Request const request{.priority = priority, .preempt = Preempt::kLower};
  Grant const quay = co_await harbour.berth.acquire(request);
  {
    Span const loading{harbour.env, "loading, \"dry\""};
    static_cast<void>(co_await harbour.env.hold(hours));
  }
  harbour.stays.add(harbour.env.now() - arrived);
}

Process arrivals(Harbour& harbour) {
  auto gaps = harbour.env.stream("ships", "gap");
  for (int i = 0; i < 200; ++i) {
    co_await harbour.env.hold_or_throw(gaps.exponential(2));
    harbour.env.spawn(ship(harbour, static_cast<int>(gaps.below(3)), gaps.exponential(1)), "ship");
  }
}

struct Figures {
  std::uint64_t events;
  double mean;
  double end;
  bool operator==(Figures const&) const = default;
};

Figures run(Trace* trace) {
  Env env{Streams{.seed = 3}};
  env.set_trace(trace);
  Harbour harbour{env};
  env.spawn(arrivals(harbour), "arrivals");
  env.run();
  return {env.events_run(), harbour.stays.mean(), env.now()};
}

Process two_ships(Harbour& harbour) {
  harbour.env.spawn(ship(harbour, 0, 2), "Ann");
  harbour.env.spawn(ship(harbour, 0, 1), "Bob, jr");
  co_return;
}

Trace two_ships_traced(std::size_t limit = 0) {
  Trace trace{limit};
  Env env;
  env.set_trace(&trace);
  Harbour harbour{env};
  env.spawn(two_ships(harbour), "both");
  env.run();
  return trace;
}

}  // namespace

// By its type: nothing in it leads to an Env or a Stream, so it can be made and copied without one.
static_assert(std::is_copy_constructible_v<Trace> && std::is_default_constructible_v<Trace>);

TEST(Trace, OnOffOrShortGivesTheSameRun) {
  Trace all;
  Trace last{7};
  Figures const off = run(nullptr);
  EXPECT_EQ(run(&all), off);
  EXPECT_EQ(run(&last), off);
  EXPECT_GT(all.rows().size(), 1000U);
  EXPECT_EQ(last.rows(), all.last(7));
  std::vector<TraceRow> const rows = all.rows();
  EXPECT_EQ(std::vector<TraceRow>(rows.end() - 7, rows.end()), last.rows());
}

// Ann holds the berth from 0 to 2, Bob from 2 to 3; entities by place in the process table.
TEST(TraceCsv, TellsWhoHeldWhatInWords) {
  EXPECT_EQ(trace_csv(two_ships_traced()),
            "time,entity,name,kind,a,b\n"
            "0,0,both,spawned,both,0\n"
            "0,1,Ann,spawned,Ann,0\n"
            "0,2,\"Bob, jr\",spawned,\"Bob, jr\",0\n"
            "0,0,both,ended,0,0\n"
            "0,1,Ann,granted,berth,1\n"
            "0,1,Ann,began,\"loading, \"\"dry\"\"\",0\n"
            "2,1,Ann,finished,\"loading, \"\"dry\"\"\",0\n"
            "2,1,Ann,released,berth,1\n"
            "2,2,\"Bob, jr\",granted,berth,1\n"
            "2,1,Ann,ended,2,0\n"
            "2,2,\"Bob, jr\",began,\"loading, \"\"dry\"\"\",0\n"
            "3,2,\"Bob, jr\",finished,\"loading, \"\"dry\"\"\",0\n"
            "3,2,\"Bob, jr\",released,berth,1\n"
            "3,2,\"Bob, jr\",ended,3,0\n");
}

TEST(TraceCsv, KnowsTheNamesOfProcessesSpawnedBeforeTheRowsKept) {
  std::string const text = trace_csv(two_ships_traced(3));
  EXPECT_NE(text.find("3,2,\"Bob, jr\",released,berth,1\n"), std::string::npos) << text;
}

TEST(TraceJsonLines, AreJsonRowByRow) {
  Trace const trace = two_ships_traced();
  std::string const text = trace_json_lines(trace);
  std::size_t rows = 0;
  for (std::size_t from = 0; from < text.size(); ++rows) {
    std::size_t const end = text.find('\n', from);
    auto const row = nlohmann::json::parse(text.substr(from, end - from));
    EXPECT_EQ(row["time"].get<double>(), trace.rows()[rows].time);
    from = end + 1;
  }
  EXPECT_EQ(rows, trace.rows().size());
}

// Whatever happens, also preemption: every begin has its end on the same track, in order.
TEST(TraceChrome, NestsOnEveryTrackAndClosesWhatItOpens) {
  Trace trace;
  run(&trace);
  auto const events = nlohmann::json::parse(trace_chrome(trace, 3600))["traceEvents"];
  std::map<int, std::vector<std::string>> open;
  std::map<int, double> held;
  double held_time = 0;
  for (auto const& event : events) {
    std::string const phase = event["ph"];
    if (phase == "B") {
      open[event["tid"]].push_back(event["name"]);
    } else if (phase == "E") {
      ASSERT_FALSE(open[event["tid"]].empty());
      EXPECT_EQ(open[event["tid"]].back(), event["name"].get<std::string>());
      open[event["tid"]].pop_back();
    } else if (phase == "b") {
      held[event["id"]] = event["ts"];
    } else if (phase == "e") {
      held_time += event["ts"].get<double>() - held.at(event["id"]);
      held.erase(event["id"]);
    }
  }
  for (auto const& [track, names] : open) {
    EXPECT_TRUE(names.empty()) << track;
  }
  EXPECT_TRUE(held.empty());
  EXPECT_GT(held_time, 100 * 3600e6);  // some 200 ships of mean 1 h
}

TEST(SimulationError, CarriesTheLastRowsOfTheTrace) {
  Trace trace;
  Env env;
  env.set_trace(&trace);
  struct Bad {
    static Process body(Env& env) {
      env.trace(7, trace_kind::kFirstModelKind, 1, 2);
      co_await env.hold_or_throw(-1);
    }
  };
  env.spawn(Bad::body(env), "bad");
  try {
    env.run();
    FAIL() << "a negative delay passed";
  } catch (SimulationError const& fault) {
    ASSERT_EQ(fault.last_rows().size(), 2U);
    EXPECT_EQ(fault.last_rows().back().entity, 7U);
  }
}
