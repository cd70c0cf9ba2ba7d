#include "train_graph.hpp"

#include <algorithm>
#include <limits>

#include "tidewater/base/contract.hpp"

namespace tidewater::corridor {

namespace {
constexpr double kEver = std::numeric_limits<double>::infinity();
constexpr std::size_t kFirstPaths = 8;
}  // namespace

TrainGraph::TrainGraph(Rules const& rules)
    : rules_{rules},
      n_{rules.sections},
      sections_(n_),
      tracks_(n_ > 0 ? (n_ - 1) * rules.loop_tracks : 0),
      shut_until_(n_, -kEver),
      last_opening_{-kEver},
      last_start_{-kEver},
      last_left_(n_, -kEver),
      held_(n_, 0.0),
      run_left_(n_ + 1),
      reached_(n_ + 1) {
  TW_EXPECTS(n_ >= 1, "a line has at least one section");
  TW_EXPECTS(rules.loop_tracks >= 1, "a loop has a track");
  TW_EXPECTS(rules.allowance > 0, "the proof against deadlock needs an allowance above zero");
  TW_EXPECTS(rules.possessions.empty() || rules.possessions.size() == n_,
             "possessions are told section by section");
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
    auto past = order.begin();
    for (; past != order.end() && past->to + rules_.allowance <= now; ++past) {
      TW_EXPECTS(past->from >= last_left_[s] + rules_.allowance - kRounding,
                 "two trains are never in one section");
      last_left_[s] = past->to;
      drop(past->path);
    }
    order.erase(order.begin(), past);
  }
  for (Order& order : tracks_) {
    auto past = order.begin();
    for (; past != order.end() && past->to <= now; ++past) {
      drop(past->path);
    }
    order.erase(order.begin(), past);
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
  paths_[path] = {};
  paths_[path].way = way;
  paths_[path].retired = false;
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
  last_start_ = std::max(last_start_, starts(path));
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

double TrainGraph::held_by_possessions(Path path, double ready) const {
  if (rules_.possessions.empty()) {
    return 0;
  }
  double held = 0;
  double came = ready;
  for (std::size_t step = 0; step < n_; ++step) {
    std::size_t const s = section_at(path, step);
    double const entered = enters(path, s);
    held += std::min(entered, clear_start(s, came, run_[cell(path, s)])) - came;
    came = leaves(path, s);
  }
  return held;
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

std::ptrdiff_t TrainGraph::place_of(Order const& order, Path path) {
  auto const place = std::find_if(
      order.begin(), order.end(), [path](Stay const& other) { return other.path == path; });
  TW_EXPECTS(place != order.end(), "a time yet to come is in the order it belongs to");
  return place - order.begin();
}

TrainGraph::Stay& TrainGraph::stay(Order& order, Path path) {
  return *(order.begin() + place_of(order, path));
}

void TrainGraph::raise_enter(Path path, std::size_t step, double to) {
  std::size_t const s = section_at(path, step);
  double& time = enter_[cell(path, s)];
  if (to > time) {
    to = clear_start(s, to, run_[cell(path, s)]);
    time = to;
    stay(sections_[s], path).from = to;
    if (step > 0) {
      std::size_t const loop = loop_after(paths_[path].way, step - 1);
      stay(track_order(loop, track(path, loop)), path).to = to;
    } else {
      last_start_ = std::max(last_start_, to);
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
