#include "train_graph.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "full_range.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using Way = TrainGraph::Way;

namespace {

TrainGraph::Path run(TrainGraph& graph,
                     Way way,
                     double ready,
                     std::vector<double> const& runs,
                     std::vector<double> const& dwells = {}) {
  return graph.insert({.way = way, .ready = ready, .runs = runs, .dwells = dwells});
}

}  // namespace

TEST(TrainGraph, RunsStraightThroughAnEmptyLine) {
  TrainGraph graph{{.sections = 3, .allowance = 6}};
  auto const up = run(graph, Way::kUp, 100, {10, 20, 30});
  EXPECT_EQ(graph.starts(up), 100);
  EXPECT_EQ(graph.enters(up, 2), 130);
  EXPECT_EQ(graph.arrives(up), 160);
  auto const down = run(graph, Way::kDown, 1000, {10, 20, 30});
  EXPECT_EQ(graph.enters(down, 2), 1000);
  EXPECT_EQ(graph.arrives(down), 1060);
}

// Mine --60-- loop --60-- Port, both trains ready at 0, allowance 6. The first (up) is promised the
// straight run: section 0 in 0..60, section 1 in 60..120. The second (down) cannot use section 1 in
// 0..60 and stand in the loop from 60, as section 0 is free for it from 66: enter section 0 at 66,
// arrive at 126.
TEST(TrainGraph, MeetsAtTheLoopAndTheLaterComerWaitsThere) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  auto const up = run(graph, Way::kUp, 0, {60, 60});
  EXPECT_EQ(graph.arrives(up), 120);
  auto const down = run(graph, Way::kDown, 0, {60, 60});
  // It must leave section 1 by 60 - 6 = 54, for the up train enters at 60: impossible in 60, so it
  // waits at the port until 120 + 6.
  EXPECT_EQ(graph.starts(down), 126);
  EXPECT_EQ(graph.arrives(down), 246);
}

TEST(TrainGraph, WaitsInTheLoopWhenTheSectionBeforeItCanBeClearedInTime) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  auto const up = run(graph, Way::kUp, 0, {80, 60});  // section 1 in 80..140
  auto const down = run(graph, Way::kDown, 0, {60, 60});
  EXPECT_EQ(graph.starts(down), 0);      // section 1 in 0..60, clear by 74
  EXPECT_EQ(graph.leaves(down, 1), 60);  // stands in the loop
  EXPECT_EQ(graph.enters(down, 0), 86);  // the up train left section 0 at 80
  EXPECT_EQ(graph.arrives(down), 146);
  EXPECT_EQ(graph.arrives(up), 140);
}

TEST(TrainGraph, LetsAThirdTrainIntoALoopOfTwoTracksOnlyWhenOneIsFree) {
  TrainGraph graph{{.sections = 2, .loop_tracks = 2, .allowance = 1}};
  auto const slow = run(graph, Way::kUp, 0, {100, 10});    // section 0 until 100
  auto const first = run(graph, Way::kDown, 0, {10, 10});  // in the loop 10..101
  EXPECT_EQ(graph.leaves(first, 1), 10);
  EXPECT_EQ(graph.enters(first, 0), 101);
  // The slow train needs the other track at 100: a second one may not be there then.
  auto const second = run(graph, Way::kDown, 0, {10, 10});
  EXPECT_GE(graph.leaves(second, 1), 100);
  EXPECT_EQ(graph.arrives(slow), 110);
}

TEST(TrainGraph, ABreakdownMovesWhoeverWaitsForTheTrainAndNobodyElse) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  auto const up = run(graph, Way::kUp, 0, {80, 60});
  auto const down = run(graph, Way::kDown, 0, {60, 60});
  ASSERT_TRUE(graph.stand(up, 50, 1000));  // in section 0, which the down train wants at 86
  EXPECT_EQ(graph.leaves(up, 0), 1080);
  EXPECT_EQ(graph.arrives(up), 1140);
  EXPECT_EQ(graph.leaves(down, 1), 60);
  EXPECT_EQ(graph.enters(down, 0), 1086);
  EXPECT_EQ(graph.arrives(down), 1146);
}

TEST(TrainGraph, AClosureHoldsTheTrainInTheSectionAndThoseThatWouldEnter) {
  TrainGraph graph{{.sections = 3, .allowance = 6}};
  auto const in = run(graph, Way::kUp, 0, {60, 60, 60});
  auto const behind = run(graph, Way::kUp, 10, {60, 60, 60});
  EXPECT_EQ(graph.enters(behind, 0), 66);
  EXPECT_EQ(graph.enters(behind, 1), 126);
  auto const caught = graph.shut(1, 70, 500);  // the first has been in section 1 since 60
  EXPECT_TRUE(caught.any);
  EXPECT_EQ(caught.path, in);
  EXPECT_EQ(graph.leaves(in, 1), 120 + (500 - 70));
  EXPECT_EQ(graph.enters(behind, 1), 556);
  auto const later = run(graph, Way::kUp, 80, {60, 60, 60});
  EXPECT_GE(graph.enters(later, 1), 556 + 60 + 6);
  EXPECT_FALSE(graph.shut(2, 90, 95).any);
}

// Section 1 is given over to maintenance in 100..400: a run of 60 must begin by 40, or at 400.
TEST(TrainGraph, SendsNobodyIntoASectionThatAPossessionWouldFind) {
  TrainGraph graph{{.sections = 2,
                    .allowance = 6,
                    .possessions = {Spells{}, Spells{{{100, 400, WaitCause::kRepair}}}}}};
  auto const before = run(graph, Way::kDown, 40, {60, 60});
  EXPECT_EQ(graph.leaves(before, 1), 100);
  auto const behind = run(graph, Way::kUp, 41, {60, 60});
  EXPECT_EQ(graph.enters(behind, 0), 166);  // the first train has section 0 until 160
  EXPECT_EQ(graph.enters(behind, 1), 400);
  EXPECT_EQ(graph.held_by_possessions(behind, 41), 400 - (166 + 60));
  auto const opposing = run(graph, Way::kDown, 300, {60, 60});
  EXPECT_EQ(graph.enters(opposing, 1), 466);
}

// The train behind would have run in section 1 in 66..126. The one before it fails: what is left
// until the possession at 200 is too short, so it goes after it, and not in between.
TEST(TrainGraph, PutsATrainOffPastThePossessionWhenAFailurePushesItThere) {
  TrainGraph graph{{.sections = 2,
                    .allowance = 6,
                    .possessions = {Spells{}, Spells{{{200, 300, WaitCause::kRepair}}}}}};
  auto const first = run(graph, Way::kUp, 0, {60, 60});
  auto const behind = run(graph, Way::kUp, 1, {60, 60});
  EXPECT_EQ(graph.enters(behind, 1), 126);
  ASSERT_TRUE(graph.stand(first, 90, 50));
  EXPECT_EQ(graph.leaves(first, 1), 170);
  EXPECT_EQ(graph.enters(behind, 1), 300);
  EXPECT_EQ(graph.arrives(behind), 360);
}

TEST(TrainGraph, FindsTheMomentOfAFailureByTimeUnderWayNotByTheClock) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  run(graph, Way::kUp, 0, {80, 60});
  auto const down = run(graph, Way::kDown, 0, {60, 60});  // stands in the loop 60..86
  EXPECT_EQ(graph.moment_of(down, 30), 30);
  EXPECT_EQ(graph.moment_of(down, 70), 96);
}

// ---- the best path against an exhaustive search over whole seconds ----

namespace {

struct Booked {
  Way way;
  std::vector<int> enter, leave;   // by section
  std::vector<std::size_t> track;  // by loop
};

/// When nobody may be in a section.
struct Shut {
  int section;
  int from;
  int until;
};
std::vector<Shut> drawn_possessions(std::size_t sections) {
  std::vector<Shut> all;
  for (int k = drawn(0, 4); k > 0; --k) {
    int const from = drawn(0, 300);
    all.push_back({static_cast<int>(drawn<std::size_t>(0, sections)), from, from + drawn(1, 60)});
  }
  return all;
}
/// The same, as the dispatcher takes them.
std::vector<Spells> as_spells(std::vector<Shut> const& all, std::size_t sections) {
  std::vector<std::vector<Spell>> spells(sections);
  for (Shut const& one : all) {
    spells[static_cast<std::size_t>(one.section)].push_back(
        {static_cast<double>(one.from), static_cast<double>(one.until), WaitCause::kRepair});
  }
  return {spells.begin(), spells.end()};
}

/// Earliest arrival over all plans in whole seconds, by reachability in (place, track, second). Two
/// tracks a loop; a train keeps its track while it stands.
class Exhaustive {
 public:
  Exhaustive(std::vector<Booked> const& booked,
             std::vector<Shut> const& possessions,
             Way way,
             std::vector<int> const& runs,
             int allowance)
      : booked_{&booked},
        possessions_{&possessions},
        way_{way},
        runs_{&runs},
        allowance_{allowance},
        n_{static_cast<int>(runs.size())},
        at_(static_cast<std::size_t>(n_ * 2 * kHorizon), 0) {}

  int earliest(int ready) {
    int best = kHorizon;
    there(0, 0, ready) = kArrived;
    for (int t = ready; t < kHorizon - 1; ++t) {
      for (int step = 0; step < n_; ++step) {
        for (int track = 0; track < 2; ++track) {
          char const how = there(step, track, t);
          if (how != 0) {
            best = std::min(best, go_on(step, t));
            if (step == 0 || may_stay(loop(step - 1), track, t, how)) {
              there(step, track, t + 1) |= kWaited;
            }
          }
        }
      }
    }
    return best;
  }

 private:
  static constexpr int kHorizon = 1200;
  static constexpr char kArrived = 1;
  static constexpr char kWaited = 2;
  char& there(int step, int track, int t) {
    return at_[static_cast<std::size_t>((step * 2 + track) * kHorizon + t)];
  }
  int section(int step) const { return way_ == Way::kUp ? step : n_ - 1 - step; }
  int loop(int step) const { return way_ == Way::kUp ? step : n_ - 2 - step; }  // after the step
  bool section_free(int s, int from, int to) const {
    auto const i = static_cast<std::size_t>(s);
    bool const possessed =
        std::any_of(possessions_->begin(), possessions_->end(), [&](Shut const& shut) {
          return shut.section == s && shut.from < to && shut.until > from;
        });
    return !possessed && std::all_of(booked_->begin(), booked_->end(), [&](Booked const& b) {
      return b.leave[i] + allowance_ <= from || b.enter[i] >= to + allowance_;
    });
  }
  /// Another stays on the track within (from, to), or across the instant when they are one.
  bool taken(int l, int track, int from, int to) const {
    auto const i = static_cast<std::size_t>(l);
    return std::any_of(booked_->begin(), booked_->end(), [&](Booked const& b) {
      bool const up = b.way == Way::kUp;
      int const in = up ? b.leave[i] : b.leave[i + 1];
      int const out = up ? b.enter[i + 1] : b.enter[i];
      return b.track[i] == static_cast<std::size_t>(track) && out > from && in < to;
    });
  }
  /// From t to t + 1; whoever has waited until t is in the way of one that passes at t.
  bool may_stay(int l, int track, int t, char how) const {
    auto const i = static_cast<std::size_t>(l);
    bool const passed = std::any_of(booked_->begin(), booked_->end(), [&](Booked const& b) {
      bool const up = b.way == Way::kUp;
      int const in = up ? b.leave[i] : b.leave[i + 1];
      int const out = up ? b.enter[i + 1] : b.enter[i];
      return b.track[i] == static_cast<std::size_t>(track) && in == t && out == t;
    });
    return !taken(l, track, t, t + 1) && (!passed || (how & kArrived) != 0);
  }
  /// Enters the next section at t; gives the arrival when it is the last.
  int go_on(int step, int t) {
    int const s = section(step);
    int const arrive = t + (*runs_)[static_cast<std::size_t>(s)];
    if (arrive >= kHorizon || !section_free(s, t, arrive)) {
      return kHorizon;
    }
    if (step + 1 == n_) {
      return arrive;
    }
    for (int track = 0; track < 2; ++track) {
      if (!taken(loop(step), track, arrive, arrive)) {
        there(step + 1, track, arrive) |= kArrived;
      }
    }
    return kHorizon;
  }

  std::vector<Booked> const* booked_;
  std::vector<Shut> const* possessions_;
  Way way_;
  std::vector<int> const* runs_;
  int allowance_;
  int n_;
  std::vector<char> at_;
};

}  // namespace

namespace {

struct Known {
  TrainGraph::Path path;
  std::vector<int> runs;
};

/// As foreseen for all but one.
std::vector<Booked> booked_but(TrainGraph const& graph,
                               std::vector<Known> const& trains,
                               std::optional<TrainGraph::Path> without = {}) {
  std::vector<Booked> all;
  for (Known const& train : trains) {
    if (train.path == without) {
      continue;
    }
    Booked b{graph.way(train.path), {}, {}, {}};
    for (std::size_t s = 0; s < train.runs.size(); ++s) {
      b.enter.push_back(static_cast<int>(graph.enters(train.path, s)));
      b.leave.push_back(static_cast<int>(graph.leaves(train.path, s)));
      b.track.push_back(s + 1 < train.runs.size() ? graph.track(train.path, s) : 0);
    }
    all.push_back(b);
  }
  return all;
}

}  // namespace

// Where a train gives way, the newcomer's path is the earliest without it, its own the earliest
// with the newcomer's, and together they come sooner than in order of arrival.
RC_GTEST_PROP(TrainGraph, FindsTheSameEarliestArrivalAsAnExhaustiveSearch, ()) {
  auto const n = drawn<std::size_t>(1, 5);
  int const allowance = drawn(1, 5);
  auto const possessions = drawn_possessions(n);
  TrainGraph graph{{.sections = n,
                    .loop_tracks = 2,
                    .allowance = static_cast<double>(allowance),
                    .possessions = as_spells(possessions, n)}};
  std::vector<Known> trains;
  int ready = 0;
  for (int k = drawn(1, 9); k > 0; --k) {
    auto const way = *rc::gen::element(Way::kUp, Way::kDown);
    auto const runs = *rc::gen::container<std::vector<int>>(n, full(rc::gen::inRange(3, 40)));
    ready += drawn(0, 30);
    auto const earliest = [&](std::vector<Booked> const& booked, Known const& train) {
      return Exhaustive(booked, possessions, graph.way(train.path), train.runs, allowance)
          .earliest(ready);
    };
    auto const before = booked_but(graph, trains);
    Known const newcomer{run(graph, way, ready, std::vector<double>(runs.begin(), runs.end())),
                         runs};
    double const in_order = earliest(before, newcomer);
    if (auto const given = graph.gave_way()) {
      auto const other = std::find_if(
          trains.begin(), trains.end(), [&](Known const& t) { return t.path == given->path; });
      RC_ASSERT(graph.starts(other->path) >= ready);
      RC_ASSERT(in_order - graph.arrives(newcomer.path) > given->later);
      RC_ASSERT(graph.arrives(newcomer.path) ==
                earliest(booked_but(graph, trains, other->path), newcomer));
      auto with_newcomer = trains;
      with_newcomer.push_back(newcomer);
      RC_ASSERT(graph.arrives(other->path) ==
                earliest(booked_but(graph, with_newcomer, other->path), *other));
    } else {
      RC_ASSERT(graph.arrives(newcomer.path) == in_order);
    }
    RC_CLASSIFY(graph.gave_way().has_value(), "gave way");
    trains.push_back(newcomer);
  }
}

// One section. Two slow trains have it until 206, the second sets out at 106; one that comes the
// other way at 50 and takes 10 would enter at 212. Before the second: there at 116 and not at 222,
// and the second, from 122 on, at 222 and not at 206.
TEST(TrainGraph, LetsANewcomerBeforeOneThatHasNotSetOutWhereTogetherTheyComeSooner) {
  TrainGraph graph{{.sections = 1, .allowance = 6}};
  auto const first = run(graph, Way::kUp, 0, {100});
  auto const second = run(graph, Way::kUp, 1, {100});
  EXPECT_FALSE(graph.gave_way());
  auto const newcomer = run(graph, Way::kDown, 50, {10});
  EXPECT_EQ(graph.arrives(first), 100);
  EXPECT_EQ(graph.arrives(newcomer), 116);
  EXPECT_EQ(graph.enters(second, 0), 122);
  ASSERT_TRUE(graph.gave_way());
  EXPECT_EQ(graph.gave_way()->path, second);
  EXPECT_EQ(graph.gave_way()->later, 222 - 206);

  // Once and no more: between 122 and 132 the next would again bring more than it costs.
  auto const next = run(graph, Way::kDown, 51, {10});
  EXPECT_FALSE(graph.gave_way());
  EXPECT_EQ(graph.arrives(second), 222);
  EXPECT_EQ(graph.arrives(next), 238);
}

// As above, but it would cost the second, which takes 10, more than the newcomer gains.
TEST(TrainGraph, KeepsTheOrderOfArrivalWhereAnExchangeWouldCostMore) {
  TrainGraph graph{{.sections = 1, .allowance = 6}};
  static_cast<void>(run(graph, Way::kUp, 0, {100}));
  auto const second = run(graph, Way::kUp, 1, {10});
  auto const newcomer = run(graph, Way::kDown, 50, {100});
  EXPECT_FALSE(graph.gave_way());
  EXPECT_EQ(graph.arrives(second), 116);
  EXPECT_EQ(graph.arrives(newcomer), 222);
}

// Other trains keep the second from its section until 130: at 50 it has 79 of that wait left.
TEST(TrainGraph, KeepsWhatIsLeftOfTheWaitBeforeTheFirstSectionOfOneThatGivesWay) {
  TrainGraph graph{{.sections = 1, .allowance = 6}};
  static_cast<void>(run(graph, Way::kUp, 0, {100}));
  auto const second = run(graph, Way::kUp, 1, {100}, {129});
  auto const newcomer = run(graph, Way::kDown, 50, {30});
  EXPECT_EQ(graph.arrives(newcomer), 136);
  EXPECT_EQ(graph.enters(second, 0), 142);
  auto const other = graph.gave_way();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->later, 12);
}

// ---- never a deadlock, never two in a section ----

namespace {

struct Run {
  Way way;
  std::vector<double> enter, leave;
  std::vector<double> takes;  // without a stand
};

/// Trains shuttle to and fro while breakdowns and closures strike; every trip must end.
class Shuttle {
 public:
  Shuttle(std::size_t sections, std::size_t trains, std::size_t tracks)
      : graph_{{.sections = sections,
                .loop_tracks = tracks,
                .allowance = kAllowance,
                .possessions = as_spells(drawn_possessions(sections), sections)}},
        n_{sections},
        trains_(trains),
        runs_of_(trains) {}

  static constexpr double kAllowance = 3;

  void play(int trips) {
    for (std::size_t k = 0; k < trains_.size(); ++k) {
      start(k, k % 2 == 0 ? Way::kUp : Way::kDown);
    }
    for (int done = 0; done < trips;) {
      std::size_t const next = first_to_arrive();
      double const arrives = graph_.arrives(trains_[next]);
      if (drawn(0, 4) == 0) {
        strike(now_ + (arrives - now_) * 0.01 * drawn(1, 100));
        continue;
      }
      RC_ASSERT(arrives >= now_);
      now_ = arrives;
      finish(next);
      ++done;
      start(next, runs_.back().way == Way::kUp ? Way::kDown : Way::kUp);
    }
    for (std::size_t k = 0; k < trains_.size(); ++k) {  // those still out are part of the picture
      keep(k);
    }
  }

  void check() const {
    for (std::size_t s = 0; s < n_; ++s) {
      auto by_time = runs_;
      std::sort(by_time.begin(), by_time.end(), [s](Run const& a, Run const& b) {
        return a.enter[s] < b.enter[s];
      });
      for (std::size_t i = 0; i + 1 < by_time.size(); ++i) {
        RC_ASSERT(by_time[i + 1].enter[s] >= by_time[i].leave[s] + kAllowance - 1e-6);
      }
    }
    for (Run const& run : runs_) {
      for (std::size_t s = 0; s < n_; ++s) {
        RC_ASSERT(graph_.clear_start(s, run.enter[s], run.takes[s]) == run.enter[s]);
      }
      for (std::size_t s = 0; s + 1 < n_; ++s) {
        bool const up = run.way == Way::kUp;
        RC_ASSERT((up ? run.leave[s] <= run.enter[s + 1] : run.leave[s + 1] <= run.enter[s]));
      }
    }
    for (std::size_t loop = 0; loop + 1 < n_; ++loop) {
      RC_ASSERT(most_at(loop) <= 2);
    }
  }

 private:
  void start(std::size_t k, Way way) {
    auto const runs = *rc::gen::container<std::vector<int>>(n_, full(rc::gen::inRange(5, 50)));
    runs_of_[k].assign(runs.begin(), runs.end());
    trains_[k] = run(graph_, way, now_, runs_of_[k]);
  }
  std::size_t first_to_arrive() const {
    std::size_t best = 0;
    for (std::size_t k = 1; k < trains_.size(); ++k) {
      best = graph_.arrives(trains_[k]) < graph_.arrives(trains_[best]) ? k : best;
    }
    return best;
  }
  void strike(double at) {
    now_ = std::max(now_, at);
    double const lasts = drawn(1, 300);
    if (drawn(0, 2) == 0) {
      graph_.shut(drawn<std::size_t>(0, n_), now_, now_ + lasts);
    } else {
      graph_.stand(trains_[drawn<std::size_t>(0, trains_.size())], now_, lasts);
    }
    for (TrainGraph::Path const path : trains_) {
      RC_ASSERT(graph_.arrives(path) < std::numeric_limits<double>::infinity());
    }
  }
  void keep(std::size_t k) {
    TrainGraph::Path const path = trains_[k];
    Run r{graph_.way(path), std::vector<double>(n_), std::vector<double>(n_), runs_of_[k]};
    for (std::size_t s = 0; s < n_; ++s) {
      r.enter[s] = graph_.enters(path, s);
      r.leave[s] = graph_.leaves(path, s);
    }
    runs_.push_back(r);
  }
  void finish(std::size_t k) {
    keep(k);
    graph_.retire(trains_[k]);
  }
  /// Most trains at a loop at one time; leaving and coming at one instant is one after the other.
  long most_at(std::size_t loop) const {
    std::vector<std::pair<double, int>> changes;
    for (Run const& r : runs_) {
      bool const up = r.way == Way::kUp;
      double const in = up ? r.leave[loop] : r.leave[loop + 1];
      double const out = up ? r.enter[loop + 1] : r.enter[loop];
      if (out > in) {
        changes.push_back({in, 1});
        changes.push_back({out, -1});
      }
    }
    std::sort(changes.begin(), changes.end());
    long here = 0;
    long most = 0;
    for (auto const& [t, change] : changes) {
      here += change;
      most = std::max(most, here);
    }
    return most;
  }

  TrainGraph graph_;
  std::size_t n_;
  double now_ = 0;
  std::vector<TrainGraph::Path> trains_;
  std::vector<std::vector<double>> runs_of_;  // by train
  std::vector<Run> runs_;
};

}  // namespace

RC_GTEST_PROP(TrainGraph, EveryTripEndsAndNoTwoTrainsShareASectionWhateverStrikes, ()) {
  Shuttle shuttle{drawn<std::size_t>(1, 8), drawn<std::size_t>(1, 12), 2};
  shuttle.play(60);
  shuttle.check();
}

// Alone it would be there at 220. Section 1 is shut until 500: up it leaves it at 560, down it has
// section 0 still before it.
TEST(TrainGraph, KnowsWhatAClosureAloneWouldCostATrain) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  std::vector<double> const runs{60, 60};
  static_cast<void>(graph.shut(1, 0, 500));
  EXPECT_EQ(graph.wait_for_disruptions({.way = Way::kUp, .ready = 100, .runs = runs, .dwells = {}}),
            560 - 220);
  EXPECT_EQ(
      graph.wait_for_disruptions({.way = Way::kDown, .ready = 100, .runs = runs, .dwells = {}}),
      620 - 220);
}

// A train that failed at 30 leaves section 0 at 1060 and not at 60: the next enters at 1066 and not
// at 100. A train that runs as it should is no disruption.
TEST(TrainGraph, KnowsWhatAFailedTrainAloneWouldCostTheNext) {
  TrainGraph graph{{.sections = 2, .allowance = 6}};
  std::vector<double> const runs{60, 60};
  auto const first = run(graph, Way::kUp, 0, runs);
  TrainGraph::Wish const soon{.way = Way::kUp, .ready = 20, .runs = runs, .dwells = {}};
  TrainGraph::Wish const later{.way = Way::kUp, .ready = 100, .runs = runs, .dwells = {}};
  EXPECT_EQ(graph.wait_for_disruptions(soon), 0);
  ASSERT_TRUE(graph.stand(first, 30, 1000));
  EXPECT_EQ(graph.wait_for_disruptions(later), 1066 - 100);
  EXPECT_EQ(graph.arrives(graph.insert(later)), 1066 + 120);
}
