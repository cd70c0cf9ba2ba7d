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
      last_opening_{-kEver},
      last_left_(n_, -kEver),
      held_(n_, 0.0),
      run_left_(n_ + 1),
      reached_(n_ + 1) {
  TW_EXPECTS(n_ >= 1, "a line has at least one section");
  TW_EXPECTS(rules.loop_tracks >= 1, "a loop has a track");
  TW_EXPECTS(rules.allowance > 0, "the proof against deadlock needs an allowance above zero");
  widen(kFirstPaths);
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
    while (!order.empty() && order.front().to + rules_.allowance <= now) {
      Stay const past = order.front();
      TW_EXPECTS(past.from >= last_left_[s] + rules_.allowance - kRounding,
                 "two trains are never in one section");
      last_left_[s] = past.to;
      order.erase(order.begin());
      drop(past.path);
    }
  }
  for (Order& order : tracks_) {
    while (!order.empty() && order.front().to <= now) {
      Path const path = order.front().path;
      order.erase(order.begin());
      drop(path);
    }
  }
}

/// Room for more paths; the tables are laid out by section, as they are read.
void TrainGraph::widen(std::size_t width) {
  for (auto* table : {&enter_, &leave_, &run_, &dwell_, &stood_}) {
    std::vector<double> wider(width * n_);
    for (std::size_t s = 0; s < n_; ++s) {
      std::copy_n(table->begin() + static_cast<std::ptrdiff_t>(s * width_),
                  width_,
                  wider.begin() + static_cast<std::ptrdiff_t>(s * width));
    }
    *table = std::move(wider);
  }
  std::vector<std::uint32_t> wider(width * n_);
  for (std::size_t s = 0; s < n_; ++s) {
    std::copy_n(track_.begin() + static_cast<std::ptrdiff_t>(s * width_),
                width_,
                wider.begin() + static_cast<std::ptrdiff_t>(s * width));
  }
  track_ = std::move(wider);
  width_ = width;
}

TrainGraph::Path TrainGraph::new_path(Way way) {
  if (free_paths_.empty()) {
    if (paths_.size() == width_) {
      widen(2 * width_);
    }
    free_paths_.push_back(static_cast<Path>(paths_.size()));
    paths_.emplace_back();
  }
  Path const path = free_paths_.back();
  free_paths_.pop_back();
  paths_[path] = {way, false, 0};
  return path;
}

void TrainGraph::enrol(Path path) {
  for (std::size_t s = 0; s < n_; ++s) {
    Order& order = sections_[s];
    Stay const mine{enters(path, s), leaves(path, s), path};
    auto place = order.end();
    while (place != order.begin() && (place - 1)->from > mine.from) {
      --place;
    }
    order.insert(place, mine);
  }
  for (std::size_t loop = 0; loop + 1 < n_; ++loop) {
    Order& order = track_order(loop, track(path, loop));
    Stay const mine{loop_arrival(path, loop), loop_departure(path, loop), path};
    auto place = order.end();  // behind all that are gone when it arrives
    while (place != order.begin() && (place - 1)->to > mine.from) {
      --place;
    }
    order.insert(place, mine);
  }
  paths_[path].entries = static_cast<std::uint32_t>(2 * n_ - 1);
}

void TrainGraph::retire(Path path) {
  for (std::size_t s = 0; s < n_; ++s) {
    held_[s] += leaves(path, s) - enters(path, s) + rules_.allowance;
  }
  paths_[path].retired = true;
  have_stood_ -= paths_[path].has_stood ? 1 : 0;
  --on_line_;
  if (paths_[path].entries == 0) {
    free_paths_.push_back(path);
  }
}

double TrainGraph::moment_of(Path path, double under_way) const {
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const at = cell(path, section_at(path, step));
    if (under_way <= run_[at]) {
      return std::min(enter_[at] + under_way + stood_[at], leave_[at]);
    }
    under_way -= run_[at];
  }
  return kEver;
}

// ---- fitting a new train in ----

TrainGraph::Path TrainGraph::insert(Wish const& wish) {
  TW_EXPECTS(wish.runs.size() == n_, "a running time for every section");
  forget_past(wish.ready);
  Path const path = new_path(wish.way);
  for (std::size_t s = 0; s < n_; ++s) {
    run_[cell(path, s)] = wish.runs[s];
    dwell_[cell(path, s)] = wish.dwells.empty() ? 0.0 : wish.dwells[s];
    stood_[cell(path, s)] = 0;
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
    if (!section_free(s, start, now)) {
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
    double const start = std::max(earliest, gap_from);
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
  double const run = wish.runs[section_of(wish.way, here.step)];
  std::size_t const loop = loop_after(wish.way, here.step);
  for (std::size_t track = 0; track < rules_.loop_tracks; ++track) {
    Order const& order = track_order(loop, track);
    double free_from = -kEver;
    for (std::size_t place = 0; place <= order.size(); ++place) {
      double const free_to = place < order.size() ? order[place].from : kEver;
      double const start = std::max(crossing.start, free_from - run);
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

// ---- delays ----

double TrainGraph::wait_for_disruptions(Wish const& wish) const {
  if (wish.ready >= last_opening_ && have_stood_ == 0) {
    return 0;  // as almost always
  }
  return arrival_alone(wish, Disrupted::kAsItIs) - arrival_alone(wish, Disrupted::kHadItNotBeen);
}

double TrainGraph::arrival_alone(Wish const& wish, Disrupted what) const {
  double at = wish.ready;
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const s = section_of(wish.way, step);
    double const dwell = wish.dwells.empty() ? 0.0 : wish.dwells[s];
    at = std::max(at + dwell, blocked_until(s, wish.ready, what)) + wish.runs[s];
  }
  return at;
}

/// By a closure, and by a train that has stood in the section and is still there.
double TrainGraph::blocked_until(std::size_t section, double now, Disrupted what) const {
  bool const as_it_is = what == Disrupted::kAsItIs;
  double until = as_it_is ? shut_until_[section] : -kEver;
  for (Stay const& one : sections_[section]) {
    double const stood = stood_[cell(one.path, section)];
    if (one.from <= now && now < one.to && stood > 0) {
      until = std::max(until, one.to + rules_.allowance - (as_it_is ? 0.0 : stood));
    }
  }
  return until;
}

TrainGraph::Stay& TrainGraph::stay(Order& order, Path path) {
  auto const place = std::find_if(
      order.begin(), order.end(), [path](Stay const& other) { return other.path == path; });
  TW_EXPECTS(place != order.end(), "a time yet to come is in the order it belongs to");
  return *place;
}

void TrainGraph::raise_enter(Path path, std::size_t step, double to) {
  std::size_t const s = section_at(path, step);
  double& time = enter_[cell(path, s)];
  if (to > time) {
    time = to;
    stay(sections_[s], path).from = to;
    if (step > 0) {
      std::size_t const loop = loop_after(paths_[path].way, step - 1);
      stay(track_order(loop, track(path, loop)), path).to = to;
    }
    changes_.push_back({path, static_cast<std::uint32_t>(step), Change::What::kEnter});
  }
}

void TrainGraph::raise_leave(Path path, std::size_t step, double to) {
  std::size_t const s = section_at(path, step);
  double& time = leave_[cell(path, s)];
  if (to > time) {
    time = to;
    stay(sections_[s], path).to = to;
    if (step + 1 < n_) {
      std::size_t const loop = loop_after(paths_[path].way, step);
      stay(track_order(loop, track(path, loop)), path).from = to;
    }
    changes_.push_back({path, static_cast<std::uint32_t>(step), Change::What::kLeave});
  }
}

/// Who comes after; null when nobody does.
TrainGraph::Stay const* TrainGraph::follower(Order const& order, Path path) {
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    if (order[i].path == path) {
      return &order[i + 1];
    }
  }
  return nullptr;
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
    std::size_t const at = cell(path, s);
    if (change.what == Change::What::kLeave) {
      if (step + 1 < n_) {
        raise_enter(path, step + 1, leave_[at] + dwell_[cell(path, section_at(path, step + 1))]);
      }
      if (Stay const* next = follower(sections_[s], path); next != nullptr) {
        raise_enter(next->path, step_of(next->path, s), leave_[at] + rules_.allowance);
      }
      continue;
    }
    raise_leave(path, step, enter_[at] + run_[at] + stood_[at]);
    if (step > 0) {
      std::size_t const loop = loop_after(paths_[path].way, step - 1);
      Stay const* const next = follower(track_order(loop, track(path, loop)), path);
      if (next != nullptr) {
        std::size_t const before = paths_[next->path].way == Way::kUp ? loop : loop + 1;
        raise_leave(next->path, step_of(next->path, before), enter_[at]);
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
  std::size_t const at = cell(path, section_at(path, step));
  stood_[at] += duration;
  have_stood_ += paths_[path].has_stood ? 0 : 1;
  paths_[path].has_stood = true;
  raise_leave(path, step, enter_[at] + run_[at] + stood_[at]);
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
  last_opening_ = std::max(last_opening_, until);
  Caught caught;
  Order const standing = sections_[section];  // as it was: raising times changes the order's times
  for (Stay const& one : standing) {
    Path const path = one.path;
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
