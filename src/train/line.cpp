#include "tidewater/train/line.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::train {
namespace {

/// Where a section stops: the start of the next or the end of the line.
Length section_end(Line const& line, std::size_t i) {
  return i + 1 < line.sections.size() ? line.sections[i + 1].from : line.end;
}

/// Makes `post` the start of a section when it lies inside one.
void split_at(Line& line, Length post) {
  if (post <= line.begin() || post >= line.end) {
    return;
  }
  auto const next = std::upper_bound(
      line.sections.begin(), line.sections.end(), post, [](Length p, LineSection const& section) {
        return p < section.from;
      });
  if (std::prev(next)->from == post) {
    return;
  }
  LineSection tail = *std::prev(next);
  tail.from = post;
  line.sections.insert(next, tail);
}

/// Applies `change` to every section of the stretch.
template <class Change>
Line over(Line line, Stretch stretch, Change const& change) {
  split_at(line, stretch.from);
  split_at(line, stretch.to);
  for (auto& section : line.sections) {
    if (section.from >= stretch.from && section.from < stretch.to) {
      change(section);
    }
  }
  return line;
}

void check_section(LineSection const& section, std::string const& where, Diagnostics& found) {
  auto const fault = [&](char const* what, char const* remedy) {
    found.push_back({Severity::kError, where, what, remedy});
  };
  if (!std::isfinite(section.from.base())) {
    fault("the post is not a number", "give the distance from the start of the line");
  }
  // Beyond 20 % no adhesion railway runs, and the small-angle grade force is off by 2 %.
  if (!std::isfinite(section.grade) || std::abs(section.grade) > 0.2) {
    fault("the grade is steeper than 20 % or not a number", "give rise over run, e.g. 0.012");
  }
  if (!(section.curvature.base() >= 0) || section.curvature.base() > 0.1) {
    fault("the curve is tighter than 10 m or not a number", "give one over the radius");
  }
  if (!(section.path_resistance >= 0) || section.path_resistance > 0.2) {
    fault("the path resistance is negative, above 20 % of weight or not a number",
          "give resistance over train weight");
  }
  if (!(section.speed_limit.base() > 0)) {
    fault("the speed limit is not above zero", "give a speed limit above zero");
  }
}

}  // namespace

Result<Line> line_from_stations(std::span<Station const> stations,
                                Speed speed_limit,
                                std::string const& where) {
  Diagnostics found;
  if (stations.size() < 2) {
    found.push_back({Severity::kError, where, "a line needs two stations or more", "add stations"});
    return reject(std::move(found));
  }
  Line line{.sections = {}, .end = stations.back().post};
  line.sections.reserve(stations.size() - 1);
  for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
    Length const run = stations[i + 1].post - stations[i].post;
    Length const up = stations[i + 1].level - stations[i].level;
    if (!std::isfinite(run.base()) || !std::isfinite(up.base()) || run <= Length{}) {
      found.push_back({Severity::kError,
                       fmt::format("{}/{}", where, i + 1),
                       "the post does not lie beyond the one before it, or is not a number",
                       "order the stations by post and remove doubles"});
      continue;
    }
    line.sections.push_back(
        {.from = stations[i].post, .grade = up / run, .speed_limit = speed_limit});
  }
  if (found.empty()) {
    found = faults(line, where);
  }
  if (!found.empty()) {
    return reject(std::move(found));
  }
  return line;
}

Line with_speed_limit(Line line, Stretch stretch, Speed limit) {
  return over(std::move(line), stretch, [limit](LineSection& section) {
    section.speed_limit = std::min(section.speed_limit, limit);
  });
}

Line with_curve(Line line, Stretch stretch, Length radius) {
  TW_EXPECTS(radius > Length{}, "a curve has a radius");
  return over(std::move(line), stretch, [radius](LineSection& section) {
    section.curvature = 1.0 / radius;
  });
}

Line with_path_resistance(Line line, Stretch stretch, double resistance) {
  return over(std::move(line), stretch, [resistance](LineSection& section) {
    section.path_resistance += resistance;
  });
}

Line reversed(Line const& line) {
  Line back{.sections = {}, .end = line.end};
  back.sections.reserve(line.sections.size());
  Length const both_ends = line.begin() + line.end;
  for (std::size_t i = line.sections.size(); i-- > 0;) {
    LineSection section = line.sections[i];
    section.from = both_ends - section_end(line, i);
    section.grade = -section.grade;
    back.sections.push_back(section);
  }
  if (!back.sections.empty()) {
    back.sections.front().from = line.begin();  // begin + end - end need not round to begin
  }
  return back;
}

Length rise(Line const& line, Length post) {
  Length level{};
  for (std::size_t i = 0; i < line.sections.size() && line.sections[i].from < post; ++i) {
    level +=
        line.sections[i].grade * (std::min(section_end(line, i), post) - line.sections[i].from);
  }
  return level;
}

RulingGrade ruling_grade(Line const& line, Length train_length) {
  TW_EXPECTS(train_length > Length{}, "a train has a length");
  // The mean over a sliding stretch is extreme where one of its ends passes a section boundary.
  std::vector<double> posts;
  std::vector<double> height{0.0};
  for (std::size_t i = 0; i < line.sections.size(); ++i) {
    auto const& section = line.sections[i];
    double const grade =
        section.grade + section.path_resistance + curve_equivalent_grade(section.curvature);
    posts.push_back(section.from.base());
    height.push_back(height.back() + grade * (section_end(line, i) - section.from).base());
  }
  posts.push_back(line.end.base());
  double const span = std::min(train_length, line.length()).base();
  auto const height_at = [&](double x) {
    auto const hi = std::upper_bound(posts.begin() + 1, posts.end() - 1, x) - posts.begin();
    auto const j = static_cast<std::size_t>(hi);
    double const share = (x - posts[j - 1]) / (posts[j] - posts[j - 1]);
    return height[j - 1] + share * (height[j] - height[j - 1]);
  };
  RulingGrade worst{.grade = 0, .post = line.begin()};
  auto const consider = [&](double front) {
    if (front - span < posts.front() - 1e-9 || front > posts.back() + 1e-9) {
      return;
    }
    double const mean = (height_at(front) - height_at(front - span)) / span;
    if (mean > worst.grade) {
      worst = {.grade = mean, .post = Length{front}};
    }
  };
  for (double const post : posts) {
    consider(post);
    consider(post + span);
  }
  return worst;
}

Diagnostics faults(Line const& line, std::string const& where) {
  Diagnostics found;
  if (line.sections.empty()) {
    found.push_back({Severity::kError, where, "the line has no sections", "add a section"});
    return found;
  }
  for (std::size_t i = 0; i < line.sections.size(); ++i) {
    auto const at = fmt::format("{}/{}", where, i);
    check_section(line.sections[i], at, found);
    Length const run = section_end(line, i) - line.sections[i].from;
    if (!(run > Length{}) || !std::isfinite(run.base())) {
      found.push_back({Severity::kError,
                       at,
                       "the section ends before it begins, or nowhere",
                       "order the sections by post, the end of the line last"});
    }
  }
  return found;
}

double curve_equivalent_grade(Curvature curvature, Length rule) {
  return curvature * rule;
}

Curvature curvature_of_degree(double degree) {
  // Half the chord is R sin(degree / 2).
  constexpr double kRadians = 3.14159265358979323846 / 180.0;
  return Curvature{2.0 * std::sin(0.5 * degree * kRadians) / (100.0 * units::ft).base()};
}

}  // namespace tidewater::train
