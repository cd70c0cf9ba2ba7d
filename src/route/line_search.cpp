#include "line_search.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

#include "line_bound.hpp"

namespace tidewater::route {

namespace {

/// Ways climb at a share of the ruling grades: what is left is for vertical curves, wider curves
/// and the ground between samples. The next is tried where a line comes out dearer than its way on
/// the lattice, or not at all. A way over ground made dearer than it is is dearer itself, so
/// alternatives seldom go on to the next. Assumed.
constexpr std::array<WayLimits, 3> kUsual{{{.ease = 0.97}, {.ease = 0.88}, {.ease = 0.78}}};
/// Tried where no line is near its bound: a line under stricter rules is one under these, and often
/// better than those these show.
constexpr std::array<WayLimits, 2> kStricter{
    {{.ease = 0.97, .radius = 1.5}, {.ease = 0.97, .radius = 2.25}}};
/// Shares of the ruling grades under which a line is looked for where there is none under them.
constexpr std::array<double, 3> kGentler{0.85, 0.7, 0.55};
/// Where corners make the way this much dearer, the one that knew none is fitted to the rules too.
constexpr double kTwisted = 1.1;

/// The way as it would be if corners counted for nothing.
LatticeWay unturned(LatticeWay way) {
  way.legs = std::move(way.unturned);
  way.cost = way.unturned_cost;
  way.follows_unturned = true;
  return way;
}

/// Lines from ways under tighter and tighter limits, until one is as cheap as its way: how many
/// were tried, or nothing where there was no memory for the first.
std::optional<std::size_t> draw(LatticeSearch& lattice, bool takes_first, Drafts& drafts) {
  for (std::size_t i = 0; i < kUsual.size(); ++i) {
    LatticeWay const way = lattice.way(kUsual[i]);
    if (way.outcome == LevelSearch::Outcome::kNoMemory && !drafts.has_any()) {
      return std::nullopt;
    }
    if (way.outcome != LevelSearch::Outcome::kFound) {
      drafts.refuse(way);
      return kUsual.size();  // less of the grades opens nothing
    }
    bool const is_twisted = way.cost > kTwisted * way.unturned_cost;
    bool const is_faithful = drafts.add(way);
    if ((is_faithful && !is_twisted) || (takes_first && drafts.has_any())) {
      return i + 1;
    }
    drafts.add(unturned(way));
  }
  return kUsual.size();
}

/// Lines from all other ways there are, and the best of all changed at random, until one is near
/// its bound.
///   used  of the usual limits
void draw_with_care(Setting const& s, LatticeSearch& lattice, std::size_t used, Drafts& drafts) {
  LatticeBound const bound = lattice.bound();
  for (std::size_t i = used; i < kUsual.size() && !drafts.is_near(bound); ++i) {
    LatticeWay const way = lattice.way(kUsual[i]);
    if (way.outcome == LevelSearch::Outcome::kFound) {
      drafts.add(way);
      drafts.add(unturned(way));
    }
  }
  for (WayLimits const& limits : kStricter) {
    if (drafts.is_near(bound)) {
      break;
    }
    LatticeWay const way = lattice.way(limits);
    if (way.outcome == LevelSearch::Outcome::kFound) {
      AlignmentRules rules = s.problem.rules;
      rules.min_radius *= limits.radius;
      for (LatticeWay const& other : {way, unturned(way)}) {
        drafts.add(other);
        drafts.add(other, rules);
      }
    }
  }
  drafts.shake(bound);
}

/// Under the rules of the setting alone.
std::optional<LineFound> searched(Setting const& s,
                                  Setting const& search,
                                  Search const& how,
                                  SearchEffort& effort) {
  LatticeSearch lattice{search, s.grades, effort};
  Drafts drafts{s, search, effort};
  std::optional<std::size_t> used = draw(lattice, how.takes_first, drafts);
  if (!used) {
    return std::nullopt;
  }
  if (!how.takes_first && drafts.is_far_above(lattice.bound()) && lattice.keep_headings()) {
    used = draw(lattice, how.takes_first, drafts);
  }
  if (how.is_for_the_best() && drafts.has_drawn() && !drafts.is_near(lattice.bound())) {
    draw_with_care(s, lattice, *used, drafts);
  }
  return LineFound{std::move(drafts).best(), lattice.bound()};
}

/// Whether ways are open on the lattice, whatever became of the lines.
bool is_open(LineFound const& found) {
  return found.line || !std::holds_alternative<LatticeWay>(found.line.error());
}

/// With less of the structures allowed.
std::vector<AlignmentRules> with_fewer_structures(AlignmentRules const& rules) {
  std::vector<AlignmentRules> out;
  auto const add = [&](Permission bridges, Permission tunnels) {
    out.push_back(rules);
    out.back().bridges = bridges;
    out.back().tunnels = tunnels;
  };
  constexpr auto no = Permission::kNotAllowed;
  if (rules.bridges != no && rules.tunnels != no) {
    add(rules.bridges, no);
    add(no, rules.tunnels);
  }
  if (rules.bridges != no || rules.tunnels != no) {
    add(no, no);
  }
  return out;
}

/// The gentler of the ruling grades in both directions, where they differ.
std::optional<AlignmentRules> evened(AlignmentRules rules) {
  double const gentler = std::min(rules.loaded_ruling_grade, rules.empty_ruling_grade);
  bool const differ = rules.loaded_ruling_grade != rules.empty_ruling_grade;
  rules.loaded_ruling_grade = rules.empty_ruling_grade = gentler;
  return differ ? std::optional{rules} : std::nullopt;
}

/// Rules whose lines are lines under these: fewer structures, even grades, and both.
std::vector<AlignmentRules> stricter_than(AlignmentRules const& rules) {
  std::vector<AlignmentRules> out = with_fewer_structures(rules);
  if (auto const even = evened(rules)) {
    out.push_back(*even);
    std::vector<AlignmentRules> const fewer = with_fewer_structures(*even);
    out.insert(out.end(), fewer.begin(), fewer.end());
  }
  return out;
}

AlignmentRules gentler(AlignmentRules rules, double share) {
  rules.loaded_ruling_grade *= share;
  rules.empty_ruling_grade *= share;
  return rules;
}

}  // namespace

std::optional<LineFound> find_line(Setting const& s,
                                   Setting const& search,
                                   Search const& how,
                                   SearchEffort& effort) {
  auto out = searched(s, search, how, effort);
  if (!out || !how.is_for_the_best() || !is_open(*out)) {
    return out;
  }
  auto& best = out->line;
  auto const add = [&](AlignmentRules const& rules) {
    Ruled const ruled{s, rules};
    auto other = searched(ruled.setting(), ruled.setting(), {}, effort);
    if (other && other->line && (!best || is_better(s, other->line->draft, best->draft))) {
      best = std::move(other->line);
    }
    return other && is_open(*other);
  };
  for (AlignmentRules const& rules : stricter_than(s.problem.rules)) {
    if (best && is_near(s, out->bound, best->draft)) {
      break;
    }
    add(rules);
  }
  if (best) {
    return out;
  }
  for (double const share : kGentler) {
    if (!add(gentler(s.problem.rules, share))) {
      break;  // less of the grades opens nothing
    }
    for (AlignmentRules const& rules : with_fewer_structures(s.problem.rules)) {
      add(gentler(rules, share));
    }
  }
  return out;
}

}  // namespace tidewater::route
