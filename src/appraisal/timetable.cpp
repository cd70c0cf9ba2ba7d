/// The timetable that a link's own trains would run to, one each way at every interval.

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

namespace {

/// Intervals that come again at the same minutes each day or every few hours, min.
constexpr double kClock[] = {10, 12, 15, 20,  24,  30,  36,  40,  45,  48,  60,  72,
                             80, 90, 96, 120, 144, 160, 180, 240, 288, 360, 480, 720};

}  // namespace

std::vector<train::SectionTimes> sections_of(RailDesign const& rail) {
  auto const& times = rail.run.times;
  std::vector<train::SectionTimes> sections;
  for (std::size_t k = 0; k + 1 < times.posts.size(); ++k) {
    sections.push_back(times.between(times.posts[k], times.posts[k + 1]));
  }
  return sections;
}

train::SectionRules section_rules(project::Link const& link) {
  Time const allowance = link.rail->meet_allowance.value;
  return {.opposing = allowance, .following = allowance, .buffer = link.rail->buffer.value};
}

std::variant<train::ClockFace, train::NoTimetable> clock_face_on(project::Link const& link,
                                                                 RailDesign const& rail) {
  if (link.rail->tracks.value > 1.5) {
    return train::NoTimetable{0, "the line has two tracks: trains do not meet on one", ""};
  }
  std::vector<Time> clock;
  for (double const minutes : kClock) {
    clock.push_back(minutes * units::min);
  }
  return train::densest_clock_face(sections_of(rail), section_rules(link), clock);
}

}  // namespace tidewater::appraisal
