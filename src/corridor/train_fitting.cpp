/// Of the dispatcher: fitting a new train in, and exchanging it with one that has not set out.

#include <algorithm>
#include <limits>

#include "tidewater/base/contract.hpp"

#include "train_graph.hpp"

namespace tidewater::corridor {

namespace {
constexpr double kEver = std::numeric_limits<double>::infinity();
}  // namespace

TrainGraph::Path TrainGraph::insert(Wish const& wish) {
  TW_EXPECTS(wish.runs.size() == n_, "a running time for every section");
  forget_past(wish.ready);
  Path const path = new_path(wish.way);
  for (std::size_t s = 0; s < n_; ++s) {
    run_[cell(path, s)] = wish.runs[s];
    dwell_[cell(path, s)] = wish.dwells.empty() ? 0.0 : wish.dwells[s];
    stood_[cell(path, s)] = 0;
  }
  paths_[path].ready = wish.ready;
  gave_way_.reset();
  bool const waits = !fit_in(wish, path);
  enrol(path);
  ++on_line_;
  if (waits) {
    exchange_with_last(wish, path);
  }
  return path;
}

/// Gives whether the path is one without a wait.
bool TrainGraph::fit_in(Wish const& wish, Path path) {
  if (pass_straight(wish, path)) {
    return true;
  }
  search(wish, path);
  return false;
}

bool TrainGraph::section_free(std::size_t section, double from, double to) const {
  if (from < shut_until_[section]) {
    return false;
  }
  for (Stay const& other : sections_[section]) {
    if (other.to + rules_.allowance > from) {
      return other.from >= to + rules_.allowance;
    }
  }
  return true;
}

std::size_t TrainGraph::free_track(std::size_t loop, double from, double to) const {
  for (std::size_t track = 0; track < rules_.loop_tracks; ++track) {
    Order const& order = tracks_[loop * rules_.loop_tracks + track];
    // Holds for a stay of no length inside another's, too; touching ends are no conflict.
    bool const taken = std::any_of(order.begin(), order.end(), [&](Stay const& other) {
      return other.to > from && other.from < to;
    });
    if (!taken) {
      return track;
    }
  }
  return rules_.loop_tracks;
}

/// The whole way without a wait: how most trains go on a line that is not full.
bool TrainGraph::pass_straight(Wish const& wish, Path path) {
  double now = wish.ready;
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const s = section_of(wish.way, step);
    std::size_t const at = cell(path, s);
    double const start = now + dwell_[at];
    if (step > 0) {
      std::size_t const loop = loop_after(wish.way, step - 1);
      std::size_t const track = free_track(loop, now, start);
      if (track == rules_.loop_tracks) {
        return false;
      }
      track_[cell(path, loop)] = static_cast<std::uint32_t>(track);
    }
    now = start + run_[at];
    if (clear_start(s, start, run_[at]) > start || !section_free(s, start, now)) {
      return false;
    }
    enter_[at] = start;
    leave_[at] = now;
  }
  return true;
}

bool TrainGraph::bound_before(std::int32_t a, std::int32_t b) const {
  Label const& x = labels_[static_cast<std::size_t>(a)];
  Label const& y = labels_[static_cast<std::size_t>(b)];
  if (x.bound != y.bound) {
    return x.bound < y.bound;
  }
  return x.step != y.step ? x.step > y.step : a < b;
}

/// Earliest arrival by A*: a state is a free interval of a loop track, reached as early as can be
/// (whoever comes earlier can wait); the bound is exact running time, so the first arrival taken
/// out is the earliest.
void TrainGraph::search(Wish const& wish, Path path) {
  labels_.clear();
  open_.clear();
  for (auto& reached : reached_) {
    reached.clear();
  }
  run_left_[n_] = 0;
  for (std::size_t step = n_; step-- > 0;) {
    std::size_t const s = section_of(wish.way, step);
    run_left_[step] =
        run_left_[step + 1] + wish.runs[s] + (wish.dwells.empty() ? 0.0 : wish.dwells[s]);
  }
  auto const later = [this](std::int32_t a, std::int32_t b) { return bound_before(b, a); };
  offer({wish.ready, wish.ready + run_left_[0], kEver, wish.ready, -1, 0, 0, 0});
  while (true) {
    TW_EXPECTS(!open_.empty(), "an end of the line holds any number of trains");
    std::pop_heap(open_.begin(), open_.end(), later);
    std::int32_t const best = open_.back();
    open_.pop_back();
    if (labels_[static_cast<std::size_t>(best)].step == n_) {
      take(wish, path, best);
      return;
    }
    expand(wish, best);
  }
}

void TrainGraph::offer(Label const& label) {
  for (std::int32_t const known : reached_[label.step]) {
    Label const& other = labels_[static_cast<std::size_t>(known)];
    if (other.arrive <= label.arrive && other.until >= label.until) {
      return;  // whoever is there sooner and may stay longer can do all this one can
    }
  }
  auto const place = static_cast<std::int32_t>(labels_.size());
  labels_.push_back(label);
  reached_[label.step].push_back(place);
  open(place);
}

void TrainGraph::open(std::int32_t label) {
  open_.push_back(label);
  std::push_heap(open_.begin(), open_.end(), [this](std::int32_t a, std::int32_t b) {
    return bound_before(b, a);
  });
}

/// Tries the gaps of the next section one at a time: only when a train that took the first gap is
/// no longer the most promising is the label looked at again, for the gap after it.
void TrainGraph::expand(Wish const& wish, std::int32_t from) {
  Label const here = labels_[static_cast<std::size_t>(from)];
  std::size_t const s = section_of(wish.way, here.step);
  double const run = wish.runs[s];
  double const dwell = wish.dwells.empty() ? 0.0 : wish.dwells[s];
  double const earliest = std::max(here.arrive + dwell, shut_until_[s]);
  Order const& order = sections_[s];
  bool tried = false;
  double gap_from = here.gap > 0 ? order[here.gap - 1].to + rules_.allowance : -kEver;
  for (std::size_t place = here.gap; place <= order.size(); ++place) {
    double const gap_to = place < order.size() ? order[place].from - rules_.allowance : kEver;
    double const start = clear_start(s, std::max(earliest, gap_from), run);
    if (place < order.size()) {
      gap_from = order[place].to + rules_.allowance;
    }
    if (start > here.until) {
      return;
    }
    if (start + run > gap_to) {
      continue;
    }
    if (here.step + 1 == n_) {  // the far end: the earliest gap is the best
      offer({start + run, start + run, kEver, start, from, here.step + 1, 0, 0});
      return;
    }
    if (tried) {
      Label& again = labels_[static_cast<std::size_t>(from)];
      again.gap = static_cast<std::uint32_t>(place);
      again.bound = start + run + run_left_[here.step + 1];
      open(from);
      return;
    }
    reach_loop(wish, {from, start, gap_to});
    tried = true;
  }
}

void TrainGraph::reach_loop(Wish const& wish, Crossing const& crossing) {
  Label const here = labels_[static_cast<std::size_t>(crossing.from)];
  std::size_t const s = section_of(wish.way, here.step);
  double const run = wish.runs[s];
  std::size_t const loop = loop_after(wish.way, here.step);
  for (std::size_t track = 0; track < rules_.loop_tracks; ++track) {
    Order const& order = track_order(loop, track);
    double free_from = -kEver;
    std::size_t place = 0;
    for (; place < order.size() && order[place].from < crossing.start + run; ++place) {
      free_from = order[place].to;  // no gap that is over by then can be used
    }
    for (; place <= order.size(); ++place) {
      double const free_to = place < order.size() ? order[place].from : kEver;
      double const start = clear_start(s, std::max(crossing.start, free_from - run), run);
      double const arrive = start + run;
      if (place < order.size()) {
        free_from = order[place].to;
      }
      if (start > here.until || arrive > crossing.latest_leave) {
        break;
      }
      if (arrive > free_to) {
        continue;
      }
      offer({arrive,
             arrive + run_left_[here.step + 1],
             free_to,
             start,
             crossing.from,
             here.step + 1,
             static_cast<std::uint32_t>(track),
             0});
    }
  }
}

void TrainGraph::take(Wish const& wish, Path path, std::int32_t last) {
  for (std::int32_t at = last; labels_[static_cast<std::size_t>(at)].parent >= 0;) {
    Label const& label = labels_[static_cast<std::size_t>(at)];
    std::size_t const s = section_of(wish.way, label.step - 1);
    enter_[cell(path, s)] = label.entered;
    leave_[cell(path, s)] = label.arrive;
    if (label.step < n_) {
      track_[cell(path, loop_after(wish.way, label.step - 1))] = label.track;
    }
    at = label.parent;
  }
}

// ---- exchanging it with one that has not set out ----

std::optional<TrainGraph::Path> TrainGraph::last_to_set_out(Way way, double now) const {
  std::optional<Path> last;
  if (now >= last_start_) {
    return last;
  }
  for (Path path = 0; path < paths_.size(); ++path) {
    PathState const& state = paths_[path];
    if (state.retired || state.way != way || state.gave_way || starts(path) <= now) {
      continue;
    }
    if (!last || starts(path) > starts(*last)) {
      last = path;
    }
  }
  return last;
}

void TrainGraph::exchange_with_last(Wish const& wish, Path path) {
  auto const last = last_to_set_out(wish.way == Way::kUp ? Way::kDown : Way::kUp, wish.ready);
  if (!last || starts(*last) >= arrives(path)) {
    return;  // whoever sets out after it has come is in nobody's way
  }
  Path const other = *last;
  keep_times(path, times_kept_[0]);
  keep_times(other, times_kept_[1]);
  double const came = arrives(path);
  double const other_came = arrives(other);
  withdraw(path);
  withdraw(other);
  fit_in(wish, path);
  double const sooner = came - arrives(path);
  if (sooner > kRounding) {
    enrol(path);
    fit_in(wish_of_waiting(other, wish.ready), other);
    double const later = arrives(other) - other_came;
    if (later < sooner - kRounding && nowhere_sooner(other, times_kept_[1])) {
      enrol(other);
      paths_[other].gave_way = true;
      gave_way_ = GivenWay{other, later};
      return;
    }
    withdraw(path);
  }
  put_back(other, times_kept_[1]);
  put_back(path, times_kept_[0]);
}

/// What a train at its end of the line still asks for: of the wait before its first section, what
/// is left.
TrainGraph::Wish TrainGraph::wish_of_waiting(Path path, double now) {
  std::size_t const first = cell(path, section_at(path, 0));
  dwell_[first] = std::max(0.0, paths_[path].ready + dwell_[first] - now);
  paths_[path].ready = now;
  runs_asked_.resize(n_);
  dwells_asked_.resize(n_);
  for (std::size_t s = 0; s < n_; ++s) {
    runs_asked_[s] = run_[cell(path, s)];
    dwells_asked_[s] = dwell_[cell(path, s)];
  }
  return {.way = paths_[path].way, .ready = now, .runs = runs_asked_, .dwells = dwells_asked_};
}

void TrainGraph::withdraw(Path path) {
  auto const leave = [path](Order& order) { order.erase(order.begin() + place_of(order, path)); };
  for (std::size_t s = 0; s < n_; ++s) {
    leave(sections_[s]);
  }
  for (std::size_t loop = 0; loop + 1 < n_; ++loop) {
    leave(track_order(loop, track(path, loop)));
  }
  paths_[path].entries = 0;
}

void TrainGraph::keep_times(Path path, Times& times) const {
  times.resize(n_);
  for (std::size_t s = 0; s < n_; ++s) {
    times[s] = {enters(path, s), leaves(path, s), track_[cell(path, s)]};
  }
}

void TrainGraph::put_back(Path path, Times const& times) {
  for (std::size_t s = 0; s < n_; ++s) {
    std::size_t const at = cell(path, s);
    enter_[at] = times[s].enter;
    leave_[at] = times[s].leave;
    track_[at] = times[s].track;
  }
  enrol(path);
}

bool TrainGraph::nowhere_sooner(Path path, Times const& times) const {
  for (std::size_t s = 0; s < n_; ++s) {
    if (enters(path, s) < times[s].enter) {
      return false;
    }
  }
  return true;
}

}  // namespace tidewater::corridor
