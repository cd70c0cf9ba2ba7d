#include "drafts.hpp"

#include <algorithm>
#include <cmath>

#include "line_bound.hpp"

namespace tidewater::route {

namespace {

/// Lines that are changed at random where none is near its bound. Lines with structures are looked
/// for under each of the rules that allow some of them: fewer of each.
constexpr std::size_t kShaken = 3;
constexpr std::size_t kShakenWithStructures = 1;
/// So many times as dear as the best, a line is not.
constexpr double kHopeless = 1.5;

}  // namespace

void Drafts::add(LatticeWay const& way, AlignmentRules const& stricter) {
  if (stricter_.empty() || stricter_.back().setting().problem.rules != stricter) {
    stricter_.emplace_back(s_, stricter);
  }
  Setting const& under = stricter_.back().setting();
  add(way, under, under);
}

bool Drafts::add(LatticeWay const& way, Setting const& under, Setting const& search) {
  for (Drawn const& d : drawn_) {
    if (d.under == &under && d.way.legs == way.legs && d.way.loops == way.loops) {
      return d.is_faithful;
    }
  }
  drawn_.push_back({.way = way, .under = &under});
  draw(drawn_.back(), search);
  return drawn_.back().is_faithful;
}

void Drafts::draw(Drawn& d, Setting const& search) {
  auto drafted = draft(*d.under, search, d.way, effort_);
  if (!drafted) {
    refuse(drafted.error());
    return;
  }
  auto& [line, levelled] = *drafted;
  if (line.vertical.profile.rail.empty()) {
    refuse(std::move(line));
    return;
  }
  std::size_t const lacks = missing_yards(s_, line);
  d.rank = {lacks, line.bill.cost.base()};
  d.line = std::move(levelled);
  d.is_faithful = lacks == 0 && line.bill.cost <= whole_cost(s_, d.way.cost);
  offer(std::move(line), d.way);
}

void Drafts::offer(Draft draft, LatticeWay const& way) {
  if (!best_ || is_better(s_, draft, best_->draft)) {
    best_ = {.draft = std::move(draft), .way = way};
  }
}

void Drafts::shake(LatticeBound const& lattice) {
  if (!best_) {
    return;
  }
  std::stable_sort(
      drawn_.begin(), drawn_.end(), [](Drawn const& a, Drawn const& b) { return a.rank < b.rank; });
  auto const [lacks, cheapest] = drawn_.front().rank;
  AlignmentRules const& rules = s_.problem.rules;
  bool const has_structures =
      rules.bridges == Permission::kAllowed || rules.tunnels == Permission::kAllowed;
  std::size_t const most = has_structures ? kShakenWithStructures : kShaken;
  for (std::size_t i = 0; i < std::min(most, drawn_.size()); ++i) {
    Drawn& d = drawn_[i];
    if (d.line && d.rank <= std::pair{lacks, kHopeless * cheapest} && !is_near(lattice)) {
      if (auto line = shaken(*d.under, d.way, *d.line, effort_)) {
        offer(std::move(*line), d.way);
      }
    }
  }
}

void Drafts::refuse(WhyNone why) {
  if (!why_none_) {
    why_none_ = std::move(why);
  }
}

bool Drafts::is_near(LatticeBound const& lattice) const {
  return best_ && route::is_near(s_, lattice, best_->draft);
}

bool Drafts::is_far_above(LatticeBound const& lattice) const {
  return best_ && !is_near(lattice) &&
         best_->draft.bill.cost >= line_bound(s_, lattice, best_->draft.bill.cost).turning;
}

tl::expected<BestLine, WhyNone> Drafts::best() && {
  if (best_) {
    return std::move(*best_);
  }
  return tl::unexpected{std::move(*why_none_)};
}

}  // namespace tidewater::route
