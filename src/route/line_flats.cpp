#include "line_flats.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tidewater::route {

LineFlats::LineFlats(std::vector<LineFlat> flats, AlignmentRules const& rules)
    : flats_{std::move(flats)},
      grade_{rules.loop_grade},
      radius_{rules.vertical_radius.in(units::m)},
      beside_{
          radius_ *
          std::max({0.0, rules.loaded_ruling_grade - grade_, rules.empty_ruling_grade - grade_})} {
}

/// Grade that flats leave at a place.
double LineFlats::steepest(double at, std::vector<LineFlat> const& flats) const {
  double least = 1;
  for (LineFlat const& f : flats) {
    double const off = std::abs(at - f.middle) - f.length / 2;
    if (off <= 0) {
      least = std::min(least, grade_);
    } else if (off < beside_) {
      least = std::min(least, grade_ + off / radius_);
    }
  }
  return least;
}

double LineFlats::place_in(LineFlat const& f, Relaid const& part) const {
  double const by = part.length - (part.to - part.from);
  if (f.use == FlatWindow::Use::kFromYard || f.middle <= part.from) {
    return f.middle;
  }
  if (f.use == FlatWindow::Use::kToYard || f.middle >= part.to) {
    return f.middle + by;
  }
  // Flats that reach out of the part keep their place at its end: limits there are not set anew.
  double const inner = part.to - part.from - 2 * reach(f);
  double const on = f.middle - part.from;
  double const share =
      inner > 0 ? std::clamp((on - reach(f)) / inner, 0.0, 1.0) : on / (part.to - part.from);
  return f.middle + share * by;
}

std::vector<LineFlat> LineFlats::around(Relaid const& part) const {
  std::vector<LineFlat> out;
  for (LineFlat f : flats_) {
    if (f.middle + reach(f) >= part.from && f.middle - reach(f) <= part.to) {
      f.middle = place_in(f, part);
      out.push_back(f);
    }
  }
  return out;
}

void LineFlats::move(Relaid const& part) {
  for (LineFlat& f : flats_) {
    f.middle = place_in(f, part);
  }
}

void LineFlats::limit(std::vector<LineStretch>& line,
                      double start,
                      std::vector<LineFlat> const& flats) const {
  for (LineStretch& s : line) {
    double const most = steepest(start + s.length / 2, flats) * s.length;
    s.limit = {std::min(s.free[0], most), std::min(s.free[1], most)};
    start += s.length;
  }
}

/// Stretches a loop may lie on and reach, limited by the other flats.
struct LineFlats::Site {
  std::vector<LineStretch> line;
  std::vector<double> at;  ///< m along the line, of their ends
  double low = 0;          ///< where its middle may be
  double high = 0;

  [[nodiscard]] double near(std::size_t i) const {
    return i == 0             ? line.front().near
           : i == line.size() ? line.back().near
                              : (line[i - 1].near + line[i].near) / 2;
  }
  /// The last end at or before a place, and the first at or after it.
  [[nodiscard]] std::size_t before(double place) const {
    auto const after = std::upper_bound(at.begin(), at.end(), place) - at.begin();
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - 1));
  }
  [[nodiscard]] std::size_t after(double place) const {
    auto const found = std::lower_bound(at.begin(), at.end(), place) - at.begin();
    return std::min(static_cast<std::size_t>(found), line.size());
  }
};

/// Where a loop costs least: rows from either end of the site, joined over each place of the loop.
double LineFlats::cheapest(std::size_t flat, Site const& site, LevelRows const& rows) const {
  std::size_t const count = site.line.size();
  std::vector<LevelRow> behind{rows.pinned(site.near(0))};
  for (std::size_t i = 0; i < count; ++i) {
    behind.push_back(behind.back());
    rows.forwards(site.line[i], site.near(i + 1), behind.back());
  }
  std::vector<LevelRow> ahead(count + 1, rows.pinned(site.near(count)));
  for (std::size_t i = count; i-- > 0;) {
    ahead[i] = ahead[i + 1];
    rows.backwards(site.line[i], site.near(i), ahead[i]);
  }
  LineFlat loop = flats_[flat];
  double best = loop.middle;
  double least = std::numeric_limits<double>::infinity();
  auto const offer = [&](double middle) {
    loop.middle = middle;
    std::size_t const first = site.before(middle - reach(loop));
    std::size_t const last = site.after(middle + reach(loop));
    LevelRow row = behind[first];
    for (std::size_t i = first; i < last; ++i) {
      LineStretch s = site.line[i];
      double const most = steepest((site.at[i] + site.at[i + 1]) / 2, {loop}) * s.length;
      s.limit = {std::min(s.limit[0], most), std::min(s.limit[1], most)};
      rows.forwards(s, site.near(i + 1), row);
    }
    double const cost = rows.joined(row, ahead[last]).cost;
    if (cost < least) {
      least = cost;
      best = middle;
    }
  };
  offer(loop.middle);
  for (double const middle : site.at) {
    if (middle >= site.low && middle <= site.high) {
      offer(middle);
    }
  }
  return best;
}

void LineFlats::place(std::vector<LineStretch> line, LevelRows const& rows) {
  std::vector<double> at{0};
  for (LineStretch const& s : line) {
    at.push_back(at.back() + s.length);
  }
  auto const is_loop = [](LineFlat const& f) { return f.use == FlatWindow::Use::kLoop; };
  auto const loops = std::count_if(flats_.begin(), flats_.end(), is_loop);
  double const spacing = at.back() / double(loops + 1);
  int number = 0;
  for (std::size_t k = 0; k < flats_.size(); ++k) {
    LineFlat const& f = flats_[k];
    if (!is_loop(f)) {
      continue;
    }
    ++number;
    auto const apart = [&](LineFlat const& other) { return (other.length + f.length) / 2; };
    double const begin = k > 0 ? flats_[k - 1].middle + apart(flats_[k - 1]) : f.length / 2;
    double const end = k + 1 < flats_.size() ? flats_[k + 1].middle - apart(flats_[k + 1])
                                             : at.back() - f.length / 2;
    Site site{.low = std::max(begin, (number - 0.25) * spacing),
              .high = std::min(end, (number + 0.25) * spacing)};
    std::vector<LineFlat> others = flats_;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
    double const far = reach(f) + beside_;
    auto const first = std::upper_bound(at.begin(), at.end(), std::min(site.low, f.middle) - far);
    auto const from = std::max<std::ptrdiff_t>(0, first - at.begin() - 1);
    auto const last =
        std::lower_bound(at.begin(), at.end() - 1, std::max(site.high, f.middle) + far);
    auto const to = last - at.begin();
    if (to <= from) {
      continue;
    }
    site.line.assign(line.begin() + from, line.begin() + to);
    site.at.assign(at.begin() + from, at.begin() + to + 1);
    limit(site.line, site.at.front(), others);
    flats_[k].middle = cheapest(k, site, rows);
  }
}

}  // namespace tidewater::route
