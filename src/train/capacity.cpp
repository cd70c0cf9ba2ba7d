#include "tidewater/train/capacity.hpp"

#include <algorithm>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater::train {
namespace {

/// Straight line between posts; x within them.
Time at_post(std::vector<Length> const& posts, std::vector<Time> const& times, Length x) {
  auto const next = std::upper_bound(posts.begin() + 1, posts.end() - 1, x);
  auto const j = static_cast<std::size_t>(next - posts.begin());
  double const share = std::clamp((x - posts[j - 1]) / (posts[j] - posts[j - 1]), 0.0, 1.0);
  return times[j - 1] + share * (times[j] - times[j - 1]);
}

}  // namespace

Rate scott_capacity(Time critical_section, Time allowance, double efficiency) {
  TW_EXPECTS(critical_section + allowance > Time{}, "running through the section takes time");
  return efficiency / (critical_section + allowance);
}

Time alternating_headway(SectionTimes section, Time allowance) {
  return section.pair() + 2.0 * allowance;
}

Rate alternating_capacity(SectionTimes section, Time allowance) {
  return fleeting_capacity(section, allowance, {.batch = 1, .headway = Time{}});
}

Rate fleeting_capacity(SectionTimes section, Time allowance, Fleeting fleeting) {
  TW_EXPECTS(fleeting.batch >= 1, "a batch has a train");
  Time const cycle =
      alternating_headway(section, allowance) + 2.0 * (fleeting.batch - 1) * fleeting.headway;
  TW_EXPECTS(cycle > Time{}, "running through the section takes time");
  return 2.0 * fleeting.batch / cycle;
}

SectionTimes PairTimes::between(Length from, Length to) const {
  TW_EXPECTS(posts.size() >= 2 && up.size() == posts.size() && down.size() == posts.size(),
             "times are known at two posts or more");
  return {.up = at_post(posts, up, to) - at_post(posts, up, from),
          .down = at_post(posts, down, to) - at_post(posts, down, from)};
}

Result<std::variant<PairTimes, Stalled>> pair_times(Train const& up,
                                                    Train const& down,
                                                    Line const& line,
                                                    std::vector<Length> posts,
                                                    RunOptions options) {
  using Answer = std::variant<PairTimes, Stalled>;
  Length const both_ends = line.begin() + line.end;
  if (posts.empty() || posts.front() > line.begin()) {
    posts.insert(posts.begin(), line.begin());
  }
  if (posts.back() < line.end) {
    posts.push_back(line.end);
  }
  options.stops.clear();
  options.posts = posts;
  auto const run_up = running_time(up, line, options);
  if (!run_up) {
    return reject(run_up.error());
  }
  std::transform(posts.rbegin(), posts.rend(), options.posts.begin(), [&](Length post) {
    return std::clamp(both_ends - post, line.begin(), line.end);
  });
  auto const run_down = running_time(down, reversed(line), options);
  if (!run_down) {
    return reject(run_down.error());
  }
  for (RunOutcome const* outcome : {&*run_up, &*run_down}) {
    if (auto const* stalled = std::get_if<Stalled>(outcome)) {
      return Answer{*stalled};
    }
  }
  auto const& there = std::get<Run>(*run_up);
  auto const& back = std::get<Run>(*run_down);
  PairTimes times{.posts = std::move(posts), .up = {}, .down = {}};
  for (std::size_t i = 0; i < times.posts.size(); ++i) {
    times.up.push_back(there.points[i].time);
    times.down.push_back(back.time - back.points[times.posts.size() - 1 - i].time);
  }
  return Answer{std::move(times)};
}

LineCapacity line_capacity(PairTimes const& times, std::span<Length const> loops, Time allowance) {
  TW_EXPECTS(times.posts.size() >= 2, "times are known at two posts or more");
  std::vector<Length> ends{times.posts.front()};
  ends.insert(ends.end(), loops.begin(), loops.end());
  ends.push_back(times.posts.back());
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());

  LineCapacity line;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    SectionTimes const section = times.between(ends[i], ends[i + 1]);
    line.sections.push_back({.from = ends[i],
                             .to = ends[i + 1],
                             .times = section,
                             .capacity = alternating_capacity(section, allowance)});
    if (line.sections[i].capacity < line.sections[line.critical].capacity) {
      line.critical = i;
    }
  }
  line.capacity = line.sections[line.critical].capacity;
  return line;
}

}  // namespace tidewater::train
