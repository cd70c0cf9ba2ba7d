#include "train_graph.hpp"

#include <algorithm>
#include <limits>

#include "tidewater/base/contract.hpp"

namespace tidewater::corridor {

namespace {
constexpr double kEver = std::numeric_limits<double>::infinity();
constexpr std::size_t kFirstPaths = 8;
constexpr double kRounding = 1e-6;  // s: times reach 1e9 s, where a double steps by 1e-7
}  // namespace

TrainGraph::TrainGraph(Rules const& rules)
    : rules_{rules},
      n_{rules.sections},
      sections_(n_),
      tracks_(n_ > 0 ? (n_ - 1) * rules.loop_tracks : 0),
      shut_until_(n_, -kEver),
      last_left_(n_, -kEver),
      held_(n_, 0.0),
      run_left_(n_ + 1),
      reached_(n_ + 1) {
  TW_EXPECTS(n_ >= 1, "a line has at least one section");
  TW_EXPECTS(rules.loop_tracks >= 1, "a loop has a track");
  TW_EXPECTS(rules.allowance > 0, "the proof against deadlock needs an allowance above zero");
  std::size_t const cells = kFirstPaths * n_;
  for (auto* table : {&enter_, &leave_, &run_, &dwell_, &stood_}) {
    table->reserve(cells);
  }
}

double TrainGraph::loop_arrival(Path path, std::size_t loop) const {
  return leaves(path, paths_[path].way == Way::kUp ? loop : loop + 1);
}

double TrainGraph::loop_departure(Path path, std::size_t loop) const {
  return enters(path, paths_[path].way == Way::kUp ? loop + 1 : loop);
}

// ---- bookkeeping of paths ----

void TrainGraph::drop(Path path) {
  PathState& state = paths_[path];
  if (--state.entries == 0 && state.retired) {
    free_paths_.push_back(path);
  }
}

void TrainGraph::forget_past(double now) {
  for (std::size_t s = 0; s < n_; ++s) {
    Order& order = sections_[s];
    while (!order.empty() && leaves(order.front(), s) + rules_.allowance <= now) {
      Path const path = order.front();
      TW_EXPECTS(enters(path, s) >= last_left_[s] + rules_.allowance - kRounding,
                 "two trains are never in one section");
      last_left_[s] = leaves(path, s);
      order.erase(order.begin());
      drop(path);
    }
  }
  for (std::size_t t = 0; t < tracks_.size(); ++t) {
    Order& order = tracks_[t];
    while (!order.empty() && loop_departure(order.front(), t / rules_.loop_tracks) <= now) {
      Path const path = order.front();
      order.erase(order.begin());
      drop(path);
    }
  }
}

TrainGraph::Path TrainGraph::new_path(Way way) {
  if (free_paths_.empty()) {
    free_paths_.push_back(static_cast<Path>(paths_.size()));
    paths_.emplace_back();
    for (auto* table : {&enter_, &leave_, &run_, &dwell_, &stood_}) {
      table->resize(table->size() + n_);
    }
    track_.resize(track_.size() + n_);
  }
  Path const path = free_paths_.back();
  free_paths_.pop_back();
  paths_[path] = {way, false, 0};
  return path;
}

void TrainGraph::enrol(Path path) {
  for (std::size_t s = 0; s < n_; ++s) {
    Order& order = sections_[s];
    auto place = order.end();
    while (place != order.begin() && enters(*(place - 1), s) > enters(path, s)) {
      --place;
    }
    order.insert(place, path);
  }
  for (std::size_t loop = 0; loop + 1 < n_; ++loop) {
    Order& order = track_order(loop, track_[path * n_ + loop]);
    double const arrival = loop_arrival(path, loop);
    auto place = order.begin();
    while (place != order.end() && loop_departure(*place, loop) <= arrival) {
      ++place;
    }
    order.insert(place, path);
  }
  paths_[path].entries = static_cast<std::uint32_t>(2 * n_ - 1);
}

void TrainGraph::retire(Path path) {
  for (std::size_t s = 0; s < n_; ++s) {
    held_[s] += leaves(path, s) - enters(path, s) + rules_.allowance;
  }
  paths_[path].retired = true;
  --on_line_;
  if (paths_[path].entries == 0) {
    free_paths_.push_back(path);
  }
}

double TrainGraph::moment_of(Path path, double under_way) const {
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const cell = path * n_ + section_at(path, step);
    if (under_way <= run_[cell]) {
      return std::min(enter_[cell] + under_way + stood_[cell], leave_[cell]);
    }
    under_way -= run_[cell];
  }
  return kEver;
}

// ---- fitting a new train in ----

TrainGraph::Path TrainGraph::insert(Wish const& wish) {
  TW_EXPECTS(wish.runs.size() == n_, "a running time for every section");
  forget_past(wish.ready);
  Path const path = new_path(wish.way);
  for (std::size_t s = 0; s < n_; ++s) {
    run_[path * n_ + s] = wish.runs[s];
    dwell_[path * n_ + s] = wish.dwells.empty() ? 0.0 : wish.dwells[s];
    stood_[path * n_ + s] = 0;
  }
  if (!pass_straight(wish, path)) {
    search(wish, path);
  }
  enrol(path);
  ++on_line_;
  return path;
}

bool TrainGraph::section_free(std::size_t section, double from, double to) const {
  if (from < shut_until_[section]) {
    return false;
  }
  for (Path const other : sections_[section]) {
    if (leaves(other, section) + rules_.allowance > from) {
      return enters(other, section) >= to + rules_.allowance;
    }
  }
  return true;
}

std::size_t TrainGraph::free_track(std::size_t loop, double from, double to) const {
  for (std::size_t track = 0; track < rules_.loop_tracks; ++track) {
    Order const& order = tracks_[loop * rules_.loop_tracks + track];
    bool const taken = std::any_of(order.begin(), order.end(), [&](Path other) {
      return loop_departure(other, loop) > from && loop_arrival(other, loop) < to;
    });
    // A stay of no length inside another's stay has from == to; the test above holds for it too.
    if (!taken) {
      return track;
    }
  }
  return rules_.loop_tracks;
}

/// The whole way without a wait: how most trains go on a line that is not full.
bool TrainGraph::pass_straight(Wish const& wish, Path path) {
  double at = wish.ready;
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const s = section_of(wish.way, step);
    std::size_t const cell = path * n_ + s;
    double const start = at + dwell_[cell];
    if (step > 0) {
      std::size_t const loop = loop_after(wish.way, step - 1);
      std::size_t const track = free_track(loop, at, start);
      if (track == rules_.loop_tracks) {
        return false;
      }
      track_[path * n_ + loop] = static_cast<std::uint32_t>(track);
    }
    at = start + run_[cell];
    if (!section_free(s, start, at)) {
      return false;
    }
    enter_[cell] = start;
    leave_[cell] = at;
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
  offer({wish.ready, wish.ready + run_left_[0], kEver, wish.ready, -1, 0, 0});
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
  open_.push_back(place);
  std::push_heap(open_.begin(), open_.end(), [this](std::int32_t a, std::int32_t b) {
    return bound_before(b, a);
  });
}

void TrainGraph::expand(Wish const& wish, std::int32_t from) {
  Label const here = labels_[static_cast<std::size_t>(from)];
  std::size_t const s = section_of(wish.way, here.step);
  double const run = wish.runs[s];
  double const dwell = wish.dwells.empty() ? 0.0 : wish.dwells[s];
  double const earliest = std::max(here.arrive + dwell, shut_until_[s]);
  Order const& order = sections_[s];
  double gap_from = -kEver;
  for (std::size_t place = 0; place <= order.size(); ++place) {
    double const gap_to = place < order.size() ? enters(order[place], s) - rules_.allowance : kEver;
    double const start = std::max(earliest, gap_from);
    if (place < order.size()) {
      gap_from = leaves(order[place], s) + rules_.allowance;
    }
    if (start > here.until) {
      return;
    }
    if (start + run > gap_to) {
      continue;
    }
    if (here.step + 1 == n_) {  // the far end: the earliest gap is the best
      offer({start + run, start + run, kEver, start, from, here.step + 1, 0});
      return;
    }
    reach_loop(wish, {from, start, gap_to});
  }
}

void TrainGraph::reach_loop(Wish const& wish, Crossing const& crossing) {
  Label const here = labels_[static_cast<std::size_t>(crossing.from)];
  double const run = wish.runs[section_of(wish.way, here.step)];
  std::size_t const loop = loop_after(wish.way, here.step);
  for (std::size_t track = 0; track < rules_.loop_tracks; ++track) {
    Order const& order = track_order(loop, track);
    double free_from = -kEver;
    for (std::size_t place = 0; place <= order.size(); ++place) {
      double const free_to = place < order.size() ? loop_arrival(order[place], loop) : kEver;
      double const start = std::max(crossing.start, free_from - run);
      double const arrive = start + run;
      if (place < order.size()) {
        free_from = loop_departure(order[place], loop);
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
             static_cast<std::uint32_t>(track)});
    }
  }
}

void TrainGraph::take(Wish const& wish, Path path, std::int32_t last) {
  for (std::int32_t at = last; labels_[static_cast<std::size_t>(at)].parent >= 0;) {
    Label const& label = labels_[static_cast<std::size_t>(at)];
    std::size_t const s = section_of(wish.way, label.step - 1);
    enter_[path * n_ + s] = label.entered;
    leave_[path * n_ + s] = label.arrive;
    if (label.step < n_) {
      track_[path * n_ + loop_after(wish.way, label.step - 1)] = label.track;
    }
    at = label.parent;
  }
}

// ---- delays ----

void TrainGraph::raise_enter(Path path, std::size_t step, double to) {
  double& time = enter_[path * n_ + section_at(path, step)];
  if (to > time) {
    time = to;
    changes_.push_back({path, static_cast<std::uint32_t>(step), Change::What::kEnter});
  }
}

void TrainGraph::raise_leave(Path path, std::size_t step, double to) {
  double& time = leave_[path * n_ + section_at(path, step)];
  if (to > time) {
    time = to;
    changes_.push_back({path, static_cast<std::uint32_t>(step), Change::What::kLeave});
  }
}

/// Pushes times later along the arcs until every rule holds again; ends because the arcs close no
/// circle (see the header).
void TrainGraph::settle() {
  while (!changes_.empty()) {
    Change const change = changes_.back();
    changes_.pop_back();
    Path const path = change.path;
    std::size_t const step = change.step;
    std::size_t const s = section_at(path, step);
    std::size_t const cell = path * n_ + s;
    auto const follower = [path](Order const& order) {
      auto const place = std::find(order.begin(), order.end(), path);
      return place == order.end() || place + 1 == order.end() ? order.end() : place + 1;
    };
    if (change.what == Change::What::kLeave) {
      if (step + 1 < n_) {
        raise_enter(path, step + 1, leave_[cell] + dwell_[path * n_ + section_at(path, step + 1)]);
      }
      if (auto const next = follower(sections_[s]); next != sections_[s].end()) {
        raise_enter(*next, step_of(*next, s), leave_[cell] + rules_.allowance);
      }
      continue;
    }
    raise_leave(path, step, enter_[cell] + run_[cell] + stood_[cell]);
    if (step > 0) {
      std::size_t const loop = loop_after(paths_[path].way, step - 1);
      Order const& order = track_order(loop, track_[path * n_ + loop]);
      if (auto const next = follower(order); next != order.end()) {
        std::size_t const before = paths_[*next].way == Way::kUp ? loop : loop + 1;
        raise_leave(*next, step_of(*next, before), enter_[cell]);
      }
    }
  }
}

std::size_t TrainGraph::step_at(Path path, double now) const {
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const s = section_at(path, step);
    if (enters(path, s) <= now && now < leaves(path, s)) {
      return step;
    }
  }
  return n_;
}

void TrainGraph::add_stand(Path path, std::size_t step, double duration) {
  std::size_t const cell = path * n_ + section_at(path, step);
  stood_[cell] += duration;
  raise_leave(path, step, enter_[cell] + run_[cell] + stood_[cell]);
  settle();
}

bool TrainGraph::stand(Path path, double now, double duration) {
  std::size_t const step = step_at(path, now);
  if (step == n_) {
    return false;
  }
  add_stand(path, step, duration);
  return true;
}

TrainGraph::Caught TrainGraph::shut(std::size_t section, double now, double until) {
  double const since = std::max(now, shut_until_[section]);
  shut_until_[section] = std::max(shut_until_[section], until);
  Caught caught;
  for (Path const path : Order{sections_[section]}) {
    if (enters(path, section) > now) {
      raise_enter(path, step_of(path, section), until);
      settle();
    } else if (now < leaves(path, section)) {
      caught = {true, path};
      if (until > since) {
        add_stand(path, step_of(path, section), until - since);
      }
    }
  }
  return caught;
}

}  // namespace tidewater::corridor
