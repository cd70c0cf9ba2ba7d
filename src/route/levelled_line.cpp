#include "levelled_line.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "tidewater/base/contract.hpp"

#include "plan_lattice.hpp"

namespace tidewater::route {

namespace {

constexpr double kApart = 1;  // m between corners: two in one place would turn on the spot

std::ptrdiff_t offset(std::size_t i) {
  return static_cast<std::ptrdiff_t>(i);
}

}  // namespace

LevelledLine::LevelledLine(Setting const& setting,
                           std::vector<LineCorner> corners,
                           std::vector<LineFlat> flats,
                           NearLevel const& near)
    : survey_{setting},
      rows_{setting.prices, setting.grades, survey_.plain()},
      corners_{std::move(corners)},
      flats_{std::move(flats), setting.problem.rules},
      segments_(corners_.size()) {
  TW_EXPECTS(corners_.size() >= 2 && corners_.front().pin && corners_.back().pin,
             "a line has two ends, each at a level");
  start_ = rows_.pinned(*corners_.front().pin);
  goal_ = rows_.pinned(*corners_.back().pin);
  segments_.front().near = *corners_.front().pin;
  for (std::size_t j = 1; j < corners_.size(); ++j) {
    segments_[j] = survey_.segment(place(j), survey_.tangent(place(j - 1)));
    segments_[j].near = near(corners_[j].vertex.at);
    for (LineStretch& s : segments_[j].line) {
      s.near = near(s.place);
    }
  }
  // Rows lie around a first guess: levels far from it are found from better ones.
  constexpr int rounds = 12;
  settle();
  double before = 0;
  for (int i = 0; i < rounds && (i == 0 || cost_ < before * (1 - 1e-5)); ++i) {
    before = cost_;
    settle();
  }
}

/// Chainages, and what flats leave of the grades.
void LevelledLine::measure() {
  ends_.assign(segments_.size(), starts_at_);
  for (std::size_t j = 1; j < segments_.size(); ++j) {
    ends_[j] = ends_[j - 1] + segments_[j].length();
    flats_.limit(segments_[j].line, ends_[j - 1], flats_.all());
  }
}

void LevelledLine::pin(LevelRow& row, LineCorner const& corner) const {
  if (corner.pin) {
    rows_.pin(row, *corner.pin);
  }
}

void LevelledLine::settle() {
  std::size_t const last = corners_.size() - 1;
  measure();
  behind_.resize(corners_.size());
  ahead_.resize(corners_.size());
  behind_[0] = start_;
  reached_ = 1;
  advance(last);
  double level = rows_.joined(behind_[last], goal_).level;
  for (std::size_t j = last; j > 0; --j) {
    segments_[j].near = level;
    LevelRow from = behind_[j - 1];
    if (j > 1) {
      pin(from, corners_[j - 1]);
    }
    level = rows_.trace(segments_[j].line, from, level);
  }
  reached_ = 1;
  ahead_[last] = goal_;
  cost_ = 0;
  for (std::size_t j = last; j > 0; --j) {
    ahead_[j - 1] = ahead_[j];
    rows_.backwards(segments_[j].line, segments_[j - 1].near, ahead_[j - 1]);
    if (j > 1) {
      pin(ahead_[j - 1], corners_[j - 1]);
    }
    cost_ += segments_[j].plain;
  }
  cost_ += rows_.joined(behind_[0], ahead_[0]).cost;
}

void LevelledLine::place_loops() {
  std::vector<LineStretch> line;
  for (LineSegment const& s : segments_) {
    line.insert(line.end(), s.line.begin(), s.line.end());
  }
  flats_.place(std::move(line), rows_);
  settle();  // levels move to the loops
  settle();  // and rows lie around them
}

void LevelledLine::advance(std::size_t corner) {
  for (; reached_ <= corner; ++reached_) {
    LevelRow& row = behind_[reached_];
    row = behind_[reached_ - 1];
    if (reached_ > 1) {
      pin(row, corners_[reached_ - 1]);
    }
    rows_.forwards(segments_[reached_].line, segments_[reached_].near, row);
  }
}

void LevelledLine::reach(std::size_t corner) {
  advance(corner >= 1 ? corner - 1 : 0);
}

CornerPlace LevelledLine::place(LineTrial const& t, std::size_t k) const {
  return {k > 0 ? &t.corners[k - 1] : before(t.from),
          t.corners[k],
          k + 1 < t.corners.size() ? &t.corners[k + 1] : after(t.to)};
}

/// Radii as they are where there is room for them; else all of the changed corners' the least.
bool LevelledLine::has_room(LineTrial& t) const {
  CurveLaw const& law = survey_.law();
  for (bool const is_least : {false, true}) {
    std::vector<double> tangents;
    for (std::size_t k = 0; k < t.corners.size(); ++k) {
      double const tan_half = survey_.tan_half(place(t, k));
      bool const is_changed = k > 0 && k + 1 < t.corners.size();
      if (is_changed && tan_half > kSharpest) {
        return false;
      }
      if (is_changed && tan_half > 0) {
        double const least = law.least_radius(tan_half);
        double const widest = std::min(t.corners[k].radius, law.easy_radius(tan_half));
        t.corners[k].radius = is_least ? least : std::max(least, widest);
      }
      tangents.push_back(survey_.tangent(place(t, k)));
    }
    bool fits = true;
    for (std::size_t k = 0; k + 1 < t.corners.size(); ++k) {
      double const run = plane_distance(t.corners[k].vertex.at, t.corners[k + 1].vertex.at);
      fits = fits && run >= kApart && tangents[k] + tangents[k + 1] <= run;
    }
    if (fits) {
      return true;
    }
  }
  return false;
}

Relaid LevelledLine::relaid(LineTrial const& t) const {
  Relaid out{.from = ends_[t.from], .to = ends_[t.to]};
  for (LineSegment const& s : t.segments) {
    out.length += s.length();
  }
  return out;
}

/// Levels of the present profile at the same shares of the way.
void LevelledLine::spread_levels(LineTrial& t) const {
  std::vector<std::pair<double, double>> known{{0, segments_[t.from].near}};  // chainage, level
  double along = 0;
  for (std::size_t j = t.from + 1; j <= t.to; ++j) {
    for (LineStretch const& s : segments_[j].line) {
      known.emplace_back(along + s.length / 2, s.near);
      along += s.length;
    }
  }
  known.emplace_back(along, segments_[t.to].near);
  double const scale = along / relaid(t).length;
  std::size_t i = 0;
  auto const near = [&](double at) {
    while (i + 2 < known.size() && known[i + 1].first < at) {
      ++i;
    }
    double const run = known[i + 1].first - known[i].first;
    double const share = run > 0 ? std::clamp((at - known[i].first) / run, 0.0, 1.0) : 0;
    return known[i].second + share * (known[i + 1].second - known[i].second);
  };
  double here = 0;
  for (LineSegment& segment : t.segments) {
    for (LineStretch& s : segment.line) {
      s.near = near(scale * (here + s.length / 2));
      here += s.length;
    }
    segment.near = near(scale * here);
  }
  t.segments.back().near = segments_[t.to].near;
}

void LevelledLine::lay(LineTrial& t) const {
  double tangent = survey_.tangent(place(t, 0));
  for (std::size_t k = 1; k < t.corners.size(); ++k) {
    t.segments.push_back(survey_.segment(place(t, k), tangent));
    tangent = survey_.tangent(place(t, k));
  }
  Relaid const part = relaid(t);
  std::vector<LineFlat> const flats = flats_.around(part);
  double start = part.from;
  for (LineSegment& s : t.segments) {
    flats_.limit(s.line, start, flats);
    start += s.length();
  }
}

std::optional<LineTrial> LevelledLine::trial(LineChange const& change, double enough) const {
  if (!stays_inside(change)) {
    return std::nullopt;
  }
  LineTrial t{.change = change,
              .from = change.first >= 2 ? change.first - 2 : 0,
              .to = std::min(change.last + 1, corners_.size() - 1)};
  t.corners.assign(corners_.begin() + offset(t.from), corners_.begin() + offset(change.first));
  t.corners.insert(
      t.corners.end(), change.with.begin(), change.with.begin() + offset(change.count));
  t.corners.insert(
      t.corners.end(), corners_.begin() + offset(change.last), corners_.begin() + offset(t.to + 1));
  if (!has_room(t)) {
    return std::nullopt;
  }
  TW_EXPECTS(t.from < reached_, "the change has been reached");
  lay(t);
  spread_levels(t);
  LevelRow row = behind_[t.from];
  for (LineSegment const& s : t.segments) {
    t.cost += s.plain;
  }
  for (std::size_t k = 0; k < t.segments.size(); ++k) {
    if (t.cost + row.paid + ahead_[t.to].paid >= enough) {
      t.cost = std::numeric_limits<double>::infinity();
      return t;
    }
    if (t.from + k > 0) {
      pin(row, t.corners[k]);
    }
    rows_.forwards(t.segments[k].line, t.segments[k].near, row);
  }
  t.cost += rows_.joined(row, ahead_[t.to]).cost;
  return t;
}

double LevelledLine::present_cost(LineChange const& change) const {
  std::size_t const from = change.first >= 2 ? change.first - 2 : 0;
  std::size_t const to = std::min(change.last + 1, corners_.size() - 1);
  TW_EXPECTS(from < reached_, "the change has been reached");
  LevelRow row = behind_[from];
  double plain = 0;
  for (std::size_t j = from + 1; j <= to; ++j) {
    if (j > 1) {
      pin(row, corners_[j - 1]);
    }
    rows_.forwards(segments_[j].line, segments_[j].near, row);
    plain += segments_[j].plain;
  }
  return plain + rows_.joined(row, ahead_[to]).cost;
}

void LevelledLine::take(LineTrial t) {
  flats_.move(relaid(t));
  auto const first = offset(t.from + 1);
  corners_.erase(corners_.begin() + first, corners_.begin() + offset(t.to + 1));
  corners_.insert(corners_.begin() + first, t.corners.begin() + 1, t.corners.end());
  segments_.erase(segments_.begin() + first, segments_.begin() + offset(t.to + 1));
  segments_.insert(segments_.begin() + first,
                   std::make_move_iterator(t.segments.begin()),
                   std::make_move_iterator(t.segments.end()));
  // Rows ahead of what follows hold; those in between are not asked for before all are settled.
  auto const beside = offset(t.change.first);
  std::size_t const removed = t.change.last - t.change.first;
  if (t.change.count > removed) {
    ahead_.insert(ahead_.begin() + beside, t.change.count - removed, LevelRow{});
  } else {
    ahead_.erase(ahead_.begin() + beside,
                 ahead_.begin() + beside + offset(removed - t.change.count));
  }
  behind_.resize(corners_.size());
  reached_ = std::min(reached_, t.from + 1);
  ends_.assign(segments_.size(), starts_at_);
  for (std::size_t j = 1; j < segments_.size(); ++j) {
    ends_[j] = ends_[j - 1] + segments_[j].length();
  }
}

LevelledLine LevelledLine::part(std::size_t first, std::size_t last) {
  TW_EXPECTS(is_whole() && first < last && last < corners_.size(), "a part of a whole line");
  advance(first);
  LevelledLine out{*this, first, last};
  out.settle();
  return out;
}

LevelledLine::LevelledLine(LevelledLine const& whole, std::size_t first, std::size_t last)
    : survey_{whole.survey_},
      rows_{whole.rows_},
      corners_{whole.corners_.begin() + offset(first), whole.corners_.begin() + offset(last + 1)},
      start_{whole.start_},
      goal_{whole.ahead_[last]},
      starts_at_{whole.ends_[first]},
      flats_{whole.flats_},
      segments_{whole.segments_.begin() + offset(first),
                whole.segments_.begin() + offset(last + 1)} {
  segments_.front().line.clear();
  segments_.front().plain = 0;
  if (first > 0) {
    before_ = whole.corners_[first - 1];
    start_ = whole.behind_[first];
    pin(start_, corners_.front());
  }
  if (last + 1 < whole.corners_.size()) {
    after_ = whole.corners_[last + 1];
  }
}

void LevelledLine::take(std::size_t first, std::size_t last, LevelledLine const& part) {
  TW_EXPECTS(part.starts_at_ == ends_[first], "the part begins where it was taken from");
  auto const splice = [&](auto& into, auto const& from) {
    into.erase(into.begin() + offset(first + 1), into.begin() + offset(last + 1));
    into.insert(into.begin() + offset(first + 1), from.begin() + 1, from.end());
  };
  splice(corners_, part.corners_);
  splice(segments_, part.segments_);
  flats_ = part.flats_;
  settle();
}

}  // namespace tidewater::route
