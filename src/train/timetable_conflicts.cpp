/// Checks timetables pair by pair.

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/train/timetable.hpp"

namespace tidewater::train {
namespace {

constexpr double kSlack = 1e-6;  // s: less than any timetable shows

/// A spell that comes again every period.
struct Spell {
  double from;
  double until;
  std::size_t path;
};

double after(double earlier, double later, double period) {
  double const gap = std::fmod(later - earlier, period);
  return gap < -kSlack ? gap + period : gap;
}

class Checker {
 public:
  Checker(Timetable const& timetable,
          std::span<SectionTimes const> sections,
          SectionRules const& rules)
      : timetable_{timetable}, sections_{sections}, rules_{rules} {}

  Diagnostics check() {
    for (std::size_t p = 0; p < timetable_.paths.size(); ++p) {
      check_path(p);
    }
    if (found_.empty()) {
      for (std::size_t k = 0; k < sections_.size(); ++k) {
        check_section(k);
      }
      for (std::size_t k = 0; k + 1 < sections_.size(); ++k) {
        check_loop(k);
      }
    }
    return std::move(found_);
  }

 private:
  void say(std::size_t path, std::string what, char const* remedy) {
    found_.push_back({Severity::kError, fmt::format("/paths/{}", path), std::move(what), remedy});
  }

  void check_path(std::size_t p) {
    auto const& path = timetable_.paths[p];
    if (path.enters.size() != sections_.size() || path.leaves.size() != sections_.size()) {
      say(p, "the path has not a time for each section", "give as many times as sections");
      return;
    }
    bool const up = path.way == Way::kUp;
    for (std::size_t k = 0; k < sections_.size(); ++k) {
      Time const least = up ? sections_[k].up : sections_[k].down;
      if ((path.leaves[k] - path.enters[k] - least).base() < -kSlack) {
        say(p, fmt::format("section {} is run faster than a train can", k), "allow its time");
      }
      if (k + 1 < sections_.size()) {
        Time const stands =
            up ? path.enters[k + 1] - path.leaves[k] : path.enters[k] - path.leaves[k + 1];
        if (stands.base() < -kSlack) {
          say(p, fmt::format("it enters a section before it has come to loop {}", k), "");
        }
      }
    }
  }

  /// Every two trains, and each with itself a period later.
  void check_section(std::size_t k) {
    double const period = timetable_.period.base();
    auto const& paths = timetable_.paths;
    for (std::size_t a = 0; a < paths.size(); ++a) {
      double const held = (paths[a].leaves[k] - paths[a].enters[k]).base();
      for (std::size_t b = 0; b < paths.size(); ++b) {
        Time const gap = paths[a].way == paths[b].way ? rules_.following : rules_.opposing;
        double const next =
            a == b ? period : after(paths[a].enters[k].base(), paths[b].enters[k].base(), period);
        if (next < held + (gap + rules_.buffer).base() - kSlack) {
          say(b,
              fmt::format("in section {} it comes {:.0f} s after path {} has entered, which holds "
                          "it for {:.0f} s",
                          k,
                          next,
                          a,
                          held),
              "move it or lengthen the period");
        }
      }
    }
  }

  /// Trains in loop k, between sections k and k + 1, at the moment each comes in.
  void check_loop(std::size_t k) {
    double const period = timetable_.period.base();
    std::vector<Spell> spells;
    for (std::size_t p = 0; p < timetable_.paths.size(); ++p) {
      auto const& path = timetable_.paths[p];
      bool const up = path.way == Way::kUp;
      spells.push_back({(up ? path.leaves[k] : path.leaves[k + 1]).base(),
                        (up ? path.enters[k + 1] : path.enters[k]).base(),
                        p});
    }
    for (auto const& one : spells) {
      int there = 0;
      for (auto const& other : spells) {
        double const stands = other.until - other.from;
        double const since = after(other.from, one.from, period);
        // Itself of earlier periods too, when it stands longer than one.
        there += since <= stands + kSlack
                     ? 1 + static_cast<int>(std::floor((stands + kSlack - since) / period))
                     : 0;
      }
      if (there > rules_.loop_tracks) {
        say(one.path, fmt::format("{} trains are in loop {}", there, k), "more loop tracks");
      }
    }
  }

  Timetable const& timetable_;
  std::span<SectionTimes const> sections_;
  SectionRules const& rules_;
  Diagnostics found_;
};

}  // namespace

Diagnostics conflicts(Timetable const& timetable,
                      std::span<SectionTimes const> sections,
                      SectionRules const& rules) {
  TW_EXPECTS(timetable.period > Time{}, "a timetable repeats after some time");
  return Checker{timetable, sections, rules}.check();
}

}  // namespace tidewater::train
