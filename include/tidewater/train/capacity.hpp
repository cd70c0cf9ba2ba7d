#pragma once
/// How many trains a single track with passing loops carries, and where loops belong. Formulae of
/// the strict kind: every train alike, no timetable. docs/theory/train.md.

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/train/line.hpp"
#include "tidewater/train/running_time.hpp"

namespace tidewater::train {

/// Scott: trains a day both ways = 1440 E / (T + t), T min through the critical section both ways,
/// t operating allowance, E efficiency of use, 0..1.
[[nodiscard]] Rate scott_capacity(Time critical_section, Time allowance, double efficiency);

/// Running times through one single-track section.
struct SectionTimes {
  Time up{};
  Time down{};
  [[nodiscard]] Time pair() const { return up + down; }
  bool operator==(SectionTimes const&) const = default;
};

/// Time between two trains of one direction when directions alternate: up + down + 2 allowance.
[[nodiscard]] Time alternating_headway(SectionTimes section, Time allowance);
/// Trains both ways when directions alternate strictly: two in each headway.
[[nodiscard]] Rate alternating_capacity(SectionTimes section, Time allowance);
/// Trains both ways when `batch` trains follow each other at `headway` before the direction
/// changes: 2 k / (up + down + 2 allowance + 2 (k - 1) headway). More trains, if headway is less
/// than the mean running time, at the price of loops that hold `batch` trains.
struct Fleeting {
  int batch = 1;
  Time headway{};
};
[[nodiscard]] Rate fleeting_capacity(SectionTimes section, Time allowance, Fleeting fleeting);

/// Time of a meeting pair up to each post, from an up run and a down run over the same track.
/// Monotone, so a section between two loops is one subtraction.
struct PairTimes {
  std::vector<Length> posts{};  ///< increasing, up direction
  std::vector<Time> up{};       ///< from the first post to this one
  std::vector<Time> down{};     ///< from this post to the first one
  [[nodiscard]] SectionTimes between(Length from,
                                     Length to) const;  ///< straight lines between posts
};

/// Runs the up train along `line` and the down train along reversed(line), asking for times at
/// `posts` (of the up direction). A stall either way comes back as such. RunOptions::posts and
/// ::stops are not used.
[[nodiscard]] Result<std::variant<PairTimes, Stalled>> pair_times(Train const& up,
                                                                  Train const& down,
                                                                  Line const& line,
                                                                  std::vector<Length> posts,
                                                                  RunOptions options = {});

struct SectionCapacity {
  Length from{};
  Length to{};
  SectionTimes times{};
  Rate capacity{};
};
/// Sections between consecutive loops, the ends of the line counting as loops.
struct LineCapacity {
  std::vector<SectionCapacity> sections{};
  std::size_t critical = 0;  ///< index of the section with the least capacity
  Rate capacity{};           ///< trains both ways, strict alternation
};
[[nodiscard]] LineCapacity line_capacity(PairTimes const& times,
                                         std::span<Length const> loops,
                                         Time allowance);

/// Where a loop could lie: posts of its middle, every `spacing`, such that the whole loop lies on
/// grades no steeper than `max_grade` either way and within the line.
struct LoopRule {
  Length length{1000.0};
  double max_grade = 0.0025;
  Length spacing{500.0};
};
[[nodiscard]] std::vector<Length> loop_sites(Line const& line, LoopRule const& rule);

/// n loops at the sites that make the longest section (by pair time) shortest. Exact: greedy
/// placement under a bound, bisected on the bound. Fewer loops come back when more do not help or
/// there are no more sites.
struct LoopPlan {
  std::vector<Length> loops{};
  LineCapacity capacity{};
};
[[nodiscard]] LoopPlan place_loops(PairTimes const& times,
                                   std::span<Length const> sites,
                                   int loops,
                                   Time allowance);
/// Capacity against the number of loops, 0 .. max_loops.
[[nodiscard]] std::vector<LoopPlan> capacity_curve(PairTimes const& times,
                                                   std::span<Length const> sites,
                                                   int max_loops,
                                                   Time allowance);

/// The one further site that raises capacity most, existing loops staying where they are.
/// `found` is false when no single loop raises it (two sections tie, or the critical one has no
/// site): then `reason` says which section binds.
struct NextLoop {
  bool found = false;
  Length at{};
  Rate before{};
  Rate after{};
  std::string reason{};
};
[[nodiscard]] NextLoop next_loop(PairTimes const& times,
                                 std::span<Length const> existing,
                                 std::span<Length const> sites,
                                 Time allowance);

}  // namespace tidewater::train
