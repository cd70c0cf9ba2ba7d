#include "profile_programme.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

namespace {

using solver::kInfinity;
using solver::LinearProgram;
using solver::RowBounds;
using solver::Term;

// Volumes in 1000 m3, money in 1000 times what a m3 of earthworks costs and levels in m keep the
// numbers near one.
constexpr double kThousand = 1000;
constexpr double kSoon = 3;  // m: heights this near their limit are held from the beginning

double earth_unit(EarthRates const& rates) {
  double const most = std::max(rates.cut + rates.dump, rates.borrow + rates.place);
  return most > 0 ? most : 1;
}

int column_of(std::size_t station) {
  return static_cast<int>(station);
}

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

solver::Session opened(LinearProgram lp) {
  auto session = solver::Session::open(std::move(lp));
  TW_EXPECTS(session.has_value(), "a sound programme");
  return std::move(*session);
}

}  // namespace

ProfileProgramme::ProfileProgramme(ProfileProblem const& problem,
                                   SectionPrices const& prices,
                                   std::vector<StructureKind> const& kinds,
                                   std::vector<double> const& near,
                                   HeightRules height_rules)
    : problem_{problem},
      prices_{prices},
      kinds_{kinds},
      near_{near},
      height_rules_{height_rules},
      has_height_(kinds.size(), false),
      unit_{earth_unit(prices.earth())} {
  LinearProgram lp;
  add_levels(lp);
  add_grades(lp);
  add_bends(lp);
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    add_height(lp, i);
    add_earth(lp, i);
  }
  add_balance(lp);
  session_.push_back(opened(std::move(lp)));
}

int ProfileProgramme::columns() const {
  return static_cast<int>(session_[0].program().columns().size());
}

int ProfileProgramme::rows() const {
  return session_[0].program().rows();
}

double ProfileProgramme::length(std::size_t i) const {
  return problem_.at[i + 1] - problem_.at[i];
}

double ProfileProgramme::offset(std::size_t i, std::vector<double> const& rail) const {
  return (rail[i] + rail[i + 1] - problem_.ground[i] - problem_.ground[i + 1]) / 2;
}

double ProfileProgramme::area(Side side, double depth) const {
  return side == Side::kCut ? cut_area(depth, prices_.rules()) : fill_area(depth, prices_.rules());
}

ProfileProgramme::Heights ProfileProgramme::heights(std::size_t i) const {
  AlignmentRules const& rules = prices_.rules();
  switch (kinds_[i]) {
    case StructureKind::kBridge:
      return {problem_.access[i] == terrain::Access::kOpen ? kAtGradeBand
                                                           : rules.bridge_clearance.in(units::m),
              rules.max_bridge_height.in(units::m)};
    case StructureKind::kTunnel:
      return {-kInfinity, -rules.tunnel_cover.in(units::m)};
    default:
      return {-rules.max_cut.in(units::m), rules.max_fill.in(units::m)};
  }
}

RowBounds ProfileProgramme::height_bounds(std::size_t i) const {
  double const now = offset(i, near_);
  Heights const h = heights(i);
  return {2 * (h.low - now), 2 * (h.high - now)};
}

void ProfileProgramme::add_levels(LinearProgram& lp) {
  // A bridge costs its face: money per metre of height, half of it at either end of a stretch.
  std::vector<double> cost(near_.size(), 0);
  double const face =
      prices_.price(StructureKind::kBridge, 1) - prices_.price(StructureKind::kBridge, 0);
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    double const plain = problem_.factor[i] * length(i);
    if (kinds_[i] == StructureKind::kBridge) {
      double const half = plain * face / 2 / kThousand / unit_;
      cost[i] += half;
      cost[i + 1] += half;
      fixed_ += plain * (prices_.price(StructureKind::kBridge, 0) + face * offset(i, near_));
    } else if (kinds_[i] == StructureKind::kTunnel) {
      fixed_ += plain * prices_.price(StructureKind::kTunnel, 0);
    }
  }
  for (double const c : cost) {
    lp.add_column({.lower = -kInfinity, .cost = c});
  }
  for (ProfilePin const& pin : problem_.pins) {
    double const shift = pin.level - near_[pin.station];
    lp.set_column_bounds(column_of(pin.station), shift, shift);
  }
}

void ProfileProgramme::add_grades(LinearProgram& lp) {
  auto const limits = grade_limits(problem_);
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    double const rise = near_[i + 1] - near_[i];
    lp.add_row({-limits[i].descent * length(i) - rise, limits[i].climb * length(i) - rise},
               {{column_of(i + 1), 1}, {column_of(i), -1}});
    origins_.push_back({Rule::kGrade, i});
  }
}

void ProfileProgramme::add_bends(LinearProgram& lp) {
  if (!(problem_.vertical_radius > 0)) {
    return;
  }
  for (std::size_t i = 0; i + 1 < kinds_.size(); ++i) {
    // Both sides times the mean length: the row is then in metres of level.
    double const mean = (length(i) + length(i + 1)) / 2;
    double const before = mean / length(i);
    double const after = mean / length(i + 1);
    double const room = mean * mean / problem_.vertical_radius;
    double const bend = after * (near_[i + 2] - near_[i + 1]) - before * (near_[i + 1] - near_[i]);
    lp.add_row(
        {-room - bend, room - bend},
        {{column_of(i + 2), after}, {column_of(i + 1), -after - before}, {column_of(i), before}});
    origins_.push_back({Rule::kBend, i});
  }
}

ProfileProgramme::Tangent ProfileProgramme::tangent(std::size_t i, Side side, double depth) const {
  // volume / length >= area(depth) + slope * (true depth - depth), all convex areas w d + s d^2.
  AlignmentRules const& rules = prices_.rules();
  bool const is_fill = side == Side::kFill;
  double const s = is_fill ? rules.fill_slope : rules.cut_slope;
  double const slope = (rules.formation_width.in(units::m) + 2 * s * depth) * length(i) / kThousand;
  double const way = is_fill ? 1 : -1;
  double const now = way * offset(i, near_);
  return {{slope * now - s * depth * depth * length(i) / kThousand, kInfinity},
          {{{is_fill ? earth_[i].fill : earth_[i].cut, 1},
            {column_of(i), -way * slope / 2},
            {column_of(i + 1), -way * slope / 2}}}};
}

void ProfileProgramme::add_height(LinearProgram& lp, std::size_t i) {
  double const now = offset(i, near_);
  Heights const h = heights(i);
  has_height_[i] = !is_earth(kinds_[i]) || now > h.high - kSoon || now < h.low + kSoon;
  if (!has_height_[i]) {
    return;
  }
  std::vector<Term> terms{{column_of(i), 1}, {column_of(i + 1), 1}};
  if (height_rules_ == HeightRules::kPriced) {
    constexpr double room = 5;  // m: a tunnel's price for so much
    double const price = problem_.factor[i] * length(i) * prices_.price(StructureKind::kTunnel, 0) /
                         room / kThousand;
    terms.push_back({lp.add_column({.cost = price}), 2});
    terms.push_back({lp.add_column({.cost = price}), -2});
  }
  lp.add_row(height_bounds(i), terms);
  origins_.push_back({Rule::kHeight, i});
}

void ProfileProgramme::add_earth(LinearProgram& lp, std::size_t i) {
  earth_.push_back({});
  if (!is_earth(kinds_[i])) {
    return;
  }
  double const now = offset(i, near_);
  EarthRates const& rates = prices_.earth();
  double const factor = problem_.factor[i] / unit_;
  earth_[i] = {.cut = lp.add_column({.cost = factor * rates.cut}),
               .fill = lp.add_column({.cost = factor * rates.place}),
               .borrow = lp.add_column({.cost = factor * rates.borrow}),
               .waste = lp.add_column({.cost = factor * rates.dump})};
  auto const add = [&](Side side, double depth) {
    Tangent const t = tangent(i, side, depth);
    lp.add_row(t.bounds, std::span{t.terms});
    origins_.push_back({Rule::kVolume, i});
  };
  constexpr double shallow = 0.3;  // m: one tangent does
  add(Side::kCut, 0);
  add(Side::kFill, 0);
  if (std::abs(now) > shallow) {
    add(now > 0 ? Side::kFill : Side::kCut, std::abs(now));
  }
}

void ProfileProgramme::add_balance(LinearProgram& lp) {
  std::array<Term, 2> carried{{{-1, 1}, {-1, -1}}};
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    std::vector<Term> terms;
    if (i > 0) {
      terms.assign(carried.begin(), carried.end());
    }
    if (is_earth(kinds_[i])) {
      terms.insert(
          terms.end(),
          {{earth_[i].cut, 1}, {earth_[i].fill, -1}, {earth_[i].borrow, 1}, {earth_[i].waste, -1}});
    }
    if (i + 1 < kinds_.size()) {
      double const km = (length(i) + length(i + 1)) / 2 / 1000;
      double const cost = km * prices_.earth().haul / unit_;
      carried = {{{lp.add_column({.cost = cost}), 1}, {lp.add_column({.cost = cost}), -1}}};
      terms.push_back({carried[0].column, -1});
      terms.push_back({carried[1].column, 1});
    }
    balance_.push_back(lp.add_row({0, 0}, terms));
    origins_.push_back({Rule::kBalance, i});
  }
}

ProfileProgramme::Answer ProfileProgramme::solve() {
  solver::Solution const s = session_[0].solve();
  pivots_ += s.pivots;
  Answer out;
  if (s.status != solver::Status::kOptimal) {
    describe_conflict(s, out);
    return out;
  }
  values_ = s.values;
  out.rail = near_;
  for (std::size_t i = 0; i < near_.size(); ++i) {
    out.rail[i] += s.values[i];
  }
  for (int const row : balance_) {
    out.worth.push_back(unit_ * s.duals[at(row)]);
  }
  out.cost = fixed_ + kThousand * unit_ * s.cost;
  return out;
}

bool ProfileProgramme::is_short(std::size_t i, Side side, double depth, double tolerance) const {
  double const have = values_[at(side == Side::kCut ? earth_[i].cut : earth_[i].fill)] * kThousand;
  return area(side, depth) * length(i) - have > tolerance;
}

int ProfileProgramme::tighten(Answer const& answer, double tolerance) {
  constexpr double touching = 1e-6;  // m
  int added = 0;
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (!is_earth(kinds_[i])) {
      continue;
    }
    double const now = offset(i, answer.rail);
    Heights const h = heights(i);
    if (!has_height_[i] && (now > h.high + touching || now < h.low - touching)) {
      Term const terms[] = {{column_of(i), 1}, {column_of(i + 1), 1}};
      session_[0].add_row(height_bounds(i), terms);
      origins_.push_back({Rule::kHeight, i});
      has_height_[i] = true;
      ++added;
    }
    Side const side = now > 0 ? Side::kFill : Side::kCut;
    if (is_short(i, side, std::abs(now), tolerance)) {
      Tangent const t = tangent(i, side, std::abs(now));
      session_[0].add_row(t.bounds, t.terms);
      origins_.push_back({Rule::kVolume, i});
      ++added;
    }
  }
  return added;
}

void ProfileProgramme::describe_conflict(solver::Solution const& s, Answer& answer) const {
  // A bend before all else: the profile the structures were taken from may hold the rest. Volumes
  // and balances can always hold.
  for (Rule const rule : {Rule::kBend, Rule::kHeight, Rule::kGrade}) {
    for (int const row : s.conflict) {
      RowOrigin const origin = origins_[at(row)];
      if (origin.rule == rule) {
        answer.stuck_at = origin.stretch + (rule == Rule::kBend ? 1 : 0);
        answer.breaks = rule == Rule::kBend     ? "the vertical radius"
                        : rule == Rule::kHeight ? "the height of its structure"
                                                : "the grade limit";
        return;
      }
    }
  }
  answer.breaks = s.reason;
}

}  // namespace tidewater::route
