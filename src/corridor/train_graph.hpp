#pragma once
/// Who may be in which section of one single-track line, and when: the dispatcher.
///
/// The rule. At every moment each train on the line owns a complete path: the times of entering and
/// leaving every section left to it and a track in every loop between, free of conflict with all
/// other paths. A new train is fitted into the gaps the others leave (earliest arrival; it waits in
/// loops or at the end it starts from). If it would have to wait anywhere, it is exchanged with the
/// last of the trains that come the other way and have not set out yet, where that brings the sum
/// of both arrivals forward and the other no sooner anywhere; each train gives way once at most.
/// When a train breaks down or a section is shut, times move later but on every section and every
/// loop track the order of the trains stays.
///
/// Why it never deadlocks. The paths together are a plan in which every train reaches its end: the
/// certificate the banker's test looks for, carried along instead of searched for.
///   A new path always exists: an end of a line holds any number of trains, so the newcomer can
///   wait there until the last path has ended.
///   An exchange never breaks it: what is left without a path is a plan, and each of the two is
///   fitted into it in turn. No train is put off for ever, for it gives way once.
///   A delay never breaks the plan: let each entering or leaving be a node and each rule "not
///   before" an arc with the time it demands (running time > 0 through a section, allowance > 0
///   between two trains in a section, 0 between leaving a loop track and the next one's taking
///   it). The times of the plan meet every arc, so a circle of arcs has demands summing to 0 at
///   most; demands are never negative, and those of 0 only chain successive users of one loop
///   track, which closes no circle. Hence no circle: pushing times later along the arcs ends, and
///   the result is a plan again. Longer demands (repairs) do not add arcs. Nor do possessions: they
///   move an entering to the first later moment from which the run is clear of them, whatever
///   pushed it, and there are only so many of them.
/// Nothing here is random and nothing is scheduled: times are plain seconds.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "spells.hpp"

namespace tidewater::corridor {

class TrainGraph {
 public:
  using Path = std::uint32_t;  ///< place of a path; used again after `retire`
  enum class Way : std::uint8_t { kUp, kDown };

  struct Rules {
    std::size_t sections = 1;
    std::size_t loop_tracks = 2;
    double allowance = 360;  ///< s, > 0
    /// When a section is given over to maintenance; by section, or empty.
    std::vector<Spells> possessions{};
  };
  struct Wish {
    Way way = Way::kUp;
    double ready = 0;                ///< s, not before the latest time given to any other call
    std::span<double const> runs;    ///< s, > 0; by section of the line
    std::span<double const> dwells;  ///< s, before entering each section; empty: none
  };

  explicit TrainGraph(Rules const& rules);

  /// The path of earliest arrival that disturbs nobody but the one that gives way, if any.
  [[nodiscard]] Path insert(Wish const& wish);
  /// The train that was put off by the path inserted last, and by how long at its end.
  struct GivenWay {
    Path path;
    double later;  ///< s, >= 0
  };
  [[nodiscard]] std::optional<GivenWay> const& gave_way() const { return gave_way_; }
  /// Of the wait of a train that sets out now, the part it would have with no train on the line but
  /// those that stand disrupted: for closures in force, and for what such a train stands longer
  /// than it would have been there.
  [[nodiscard]] double wait_for_disruptions(Wish const& wish) const;
  /// Entering and leaving of a section of the line, as now foreseen.
  [[nodiscard]] double enters(Path path, std::size_t section) const {
    return enter_[cell(path, section)];
  }
  [[nodiscard]] double leaves(Path path, std::size_t section) const {
    return leave_[cell(path, section)];
  }
  [[nodiscard]] Way way(Path path) const { return paths_[path].way; }
  /// The track it stands on or passes over in the loop behind section `loop`; 0 is the main track.
  [[nodiscard]] std::size_t track(Path path, std::size_t loop) const {
    return track_[cell(path, loop)];
  }
  [[nodiscard]] double starts(Path path) const { return enters(path, section_at(path, 0)); }
  [[nodiscard]] double arrives(Path path) const { return leaves(path, section_at(path, n_ - 1)); }
  /// The section that comes `step`-th in the direction of the path.
  [[nodiscard]] std::size_t section_at(Path path, std::size_t step) const {
    return paths_[path].way == Way::kUp ? step : n_ - 1 - step;
  }
  /// The moment by which the train has run for `under_way` seconds, standing time left out.
  [[nodiscard]] double moment_of(Path path, double under_way) const;

  /// The train stands for `duration` in the section where it is at `now`; does nothing (gives
  /// false) when it is in none.
  bool stand(Path path, double now, double duration);
  /// Nobody enters the section before `until`; whoever is in it at `now` stands until then. Gives
  /// that train's path.
  struct Caught {
    bool any = false;
    Path path = 0;
  };
  Caught shut(std::size_t section, double now, double until);

  /// First start from `t` on of a run through the section that no possession meets.
  [[nodiscard]] double clear_start(std::size_t section, double t, double run) const {
    return rules_.possessions.empty() ? t : rules_.possessions[section].next_window(t, run);
  }
  /// Seconds of standing before sections, since `ready`, that their possessions alone ask for.
  [[nodiscard]] double held_by_possessions(Path path, double ready) const;
  [[nodiscard]] std::span<Spells const> possessions() const { return rules_.possessions; }

  /// The train has arrived: its path goes, its occupation is added up.
  void retire(Path path);

  /// Seconds each section was held, allowance counted, by trains that have arrived.
  [[nodiscard]] std::span<double const> held() const { return held_; }
  [[nodiscard]] std::size_t on_line() const { return on_line_; }

 private:
  struct PathState {
    Way way = Way::kUp;
    bool retired = true;
    std::uint32_t entries = 0;  ///< places in the orders below
    bool has_stood = false;     ///< failed, or caught by a closure
    bool gave_way = false;
    double ready = 0;  ///< s
  };
  /// One train's stay in a section or on a loop track; the times repeat those of the tables below,
  /// beside each other for whoever looks for a gap.
  struct Stay {
    double from;
    double to;
    Path path;
  };
  using Order = std::vector<Stay>;  ///< of one section or loop track, by time

  /// A train standing at a loop (or at its first end): how early, until when at most.
  struct Label {
    double arrive;
    double bound;  ///< arrive + running time left: no path through here ends sooner
    double until;
    double entered;  ///< the section before
    std::int32_t parent;
    std::uint32_t step;  ///< sections behind it
    std::uint32_t track;
    std::uint32_t gap;  ///< of the next section, to be tried next
  };

  [[nodiscard]] Order& track_order(std::size_t loop, std::size_t track) {
    return tracks_[loop * rules_.loop_tracks + track];
  }
  /// Loop between section_at(step) and section_at(step + 1).
  [[nodiscard]] std::size_t loop_after(Way way, std::size_t step) const {
    return way == Way::kUp ? step : n_ - 2 - step;
  }
  [[nodiscard]] double loop_arrival(Path path, std::size_t loop) const;
  [[nodiscard]] double loop_departure(Path path, std::size_t loop) const;
  void forget_past(double now);
  void drop(Path path);
  [[nodiscard]] Path new_path(Way way);
  void widen(std::size_t width);
  [[nodiscard]] std::size_t cell(Path path, std::size_t section) const {
    return section * width_ + path;
  }
  [[nodiscard]] bool pass_straight(Wish const& wish, Path path);
  [[nodiscard]] bool section_free(std::size_t section, double from, double to) const;
  enum class Disrupted { kAsItIs, kHadItNotBeen };
  [[nodiscard]] double arrival_alone(Wish const& wish, Disrupted what) const;
  [[nodiscard]] double blocked_until(std::size_t section, double now, Disrupted what) const;
  [[nodiscard]] std::optional<Path> last_to_set_out(Way way, double now) const;
  void exchange_with_last(Wish const& wish, Path path);
  [[nodiscard]] Wish wish_of_waiting(Path path, double now);
  /// A path as it was, by section.
  struct SectionTimes {
    double enter;
    double leave;
    std::uint32_t track;
  };
  using Times = std::vector<SectionTimes>;
  void keep_times(Path path, Times& times) const;
  void withdraw(Path path);
  void put_back(Path path, Times const& times);
  [[nodiscard]] bool nowhere_sooner(Path path, Times const& times) const;
  bool fit_in(Wish const& wish, Path path);
  void search(Wish const& wish, Path path);
  [[nodiscard]] bool bound_before(std::int32_t a, std::int32_t b) const;
  void expand(Wish const& wish, std::int32_t from);
  /// Every way to be at the next loop having entered the section no sooner than `start` and left it
  /// by `latest_leave`.
  struct Crossing {
    std::int32_t from;
    double start;
    double latest_leave;
  };
  void reach_loop(Wish const& wish, Crossing const& crossing);
  void offer(Label const& label);
  void open(std::int32_t label);
  void take(Wish const& wish, Path path, std::int32_t last);
  void enrol(Path path);
  [[nodiscard]] std::size_t free_track(std::size_t loop, double from, double to) const;
  [[nodiscard]] std::size_t section_of(Way way, std::size_t step) const {
    return way == Way::kUp ? step : n_ - 1 - step;
  }

  [[nodiscard]] static std::ptrdiff_t place_of(Order const& order, Path path);
  [[nodiscard]] static Stay& stay(Order& order, Path path);
  [[nodiscard]] static Stay const* follower(Order const& order, Path path);
  void raise_enter(Path path, std::size_t step, double to);
  void raise_leave(Path path, std::size_t step, double to);
  [[nodiscard]] std::size_t step_of(Path path, std::size_t section) const {
    return section_of(paths_[path].way, section);
  }
  [[nodiscard]] std::size_t step_at(Path path, double now) const;  ///< n_ when between sections
  void add_stand(Path path, std::size_t step, double duration);
  void settle();

  static constexpr double kRounding = 1e-6;  ///< s: times reach 1e9 s, where a double steps by 1e-7

  Rules rules_;
  std::size_t n_;
  std::size_t on_line_ = 0;
  std::size_t width_ = 0;  ///< paths the tables have room for
  std::vector<PathState> paths_;
  std::vector<Path> free_paths_;
  std::vector<double> enter_, leave_, run_, dwell_, stood_;  ///< by cell
  std::vector<std::uint32_t> track_;  ///< by cell; of the loop behind the section
  std::vector<Order> sections_;
  std::vector<Order> tracks_;
  std::vector<double> shut_until_;
  double last_opening_;            ///< of all sections
  double last_start_;              ///< of any train so far: nobody waits to set out after it
  std::size_t have_stood_ = 0;     ///< paths not yet retired
  std::vector<double> last_left_;  ///< when the last forgotten train left each section
  std::vector<double> held_;

  // Working memory of one call, kept to spare allocation.
  std::vector<double> run_left_;
  std::vector<Label> labels_;
  std::vector<std::int32_t> open_;                  ///< heap of labels, least bound first
  std::vector<std::vector<std::int32_t>> reached_;  ///< labels by step
  std::optional<GivenWay> gave_way_;
  std::vector<double> runs_asked_, dwells_asked_;
  std::array<Times, 2> times_kept_;
  struct Change {
    Path path;
    std::uint32_t step;
    enum class What : std::uint8_t { kEnter, kLeave } what;
  };
  std::vector<Change> changes_;
};

}  // namespace tidewater::corridor
