#include "profile_lp.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "haul.hpp"
#include "profile_programme.hpp"

namespace tidewater::route {

namespace {

constexpr double kAgreement = 1e-3;  // of the bill: volumes have been approached closely enough
constexpr double kTolerance = 1;     // m3 a stretch: no tangent is drawn for less
constexpr int kMostRounds = 12;

double stretch_length(ProfileProblem const& p, std::size_t i) {
  return p.at[i + 1] - p.at[i];
}

double stretch_offset(ProfileProblem const& p, std::vector<double> const& rail, std::size_t i) {
  return (rail[i] + rail[i + 1] - p.ground[i] - p.ground[i + 1]) / 2;
}

/// The first station where neighbouring grades differ by more than the vertical radius allows.
std::optional<std::size_t> sharp_bend(ProfileProblem const& p, std::vector<double> const& rail) {
  constexpr double rounding = 1e-8;  // of grade
  for (std::size_t i = 1; p.vertical_radius > 0 && i + 1 < p.at.size(); ++i) {
    double const before = stretch_length(p, i - 1);
    double const after = stretch_length(p, i);
    double const bend = (rail[i + 1] - rail[i]) / after - (rail[i] - rail[i - 1]) / before;
    if (std::abs(bend) > (before + after) / 2 / p.vertical_radius + rounding) {
      return i;
    }
  }
  return std::nullopt;
}

struct Solved {
  std::vector<double> rail;  ///< empty when none holds
  std::vector<double> worth;
  double bill = 0;
  ProfileProgramme::Answer last;
};

/// Least bill with given structures: rounds of tangents until programme and bill agree.
Solved solved(ProfileProblem const& problem,
              SectionPrices const& prices,
              Profile const& from,
              BalanceEffort& effort) {
  ProfileProgramme programme{problem, prices, from.kinds, from.rail};
  Solved best;
  for (int round = 0; round < kMostRounds; ++round) {
    best.last = programme.solve();
    effort.solves += 1;
    if (best.last.rail.empty()) {
      best.rail.clear();
      break;
    }
    bool const is_tight = programme.tighten(best.last, kTolerance) == 0;
    double const bill = profile_bill(problem, prices, best.last.rail, from.kinds);
    if (round == 0 || bill < best.bill) {
      best.bill = bill;
      best.rail = best.last.rail;
      best.worth = best.last.worth;
    }
    if (is_tight || (round > 0 && best.bill - best.last.cost <= kAgreement * std::abs(best.bill))) {
      break;
    }
  }
  effort.columns = programme.columns();
  effort.rows = programme.rows();
  effort.pivots += programme.pivots();
  return best;
}

/// The cheapest structure of each stretch at its level, material worth what it is in the answer.
std::vector<StructureKind> rechosen(ProfileProblem const& problem,
                                    SectionPrices const& prices,
                                    Solved const& answer,
                                    std::vector<StructureKind> kinds) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    double const offset = stretch_offset(problem, answer.rail, i);
    double const factor = problem.factor[i];
    auto const choice =
        prices.cheapest(offset, problem.access[i], factor > 0 ? answer.worth[i] / factor : 0);
    if (std::isfinite(choice.per_metre)) {
      kinds[i] = choice.kind;
    }
  }
  return kinds;
}

void name_earth(ProfileProblem const& problem, Profile& profile) {
  for (std::size_t i = 0; i < profile.kinds.size(); ++i) {
    if (is_earth(profile.kinds[i])) {
      profile.kinds[i] = earth_kind(stretch_offset(problem, profile.rail, i));
    }
  }
}

/// One more choice of structures at the levels found, and levels for them where that gains.
void improve(ProfileProblem const& problem,
             SectionPrices const& prices,
             Solved const& first,
             BalancedProfile& best) {
  Profile again = best.profile;
  again.rail = first.rail;
  again.kinds = rechosen(problem, prices, first, best.profile.kinds);
  if (!(profile_bill(problem, prices, again.rail, again.kinds) < first.bill * (1 - 1e-9))) {
    return;
  }
  Solved const second = solved(problem, prices, again, best.effort);
  again.cost = profile_bill(problem, prices, again.rail, again.kinds);
  if (!second.rail.empty() && second.bill < again.cost) {
    again.rail = second.rail;
    again.cost = second.bill;
  }
  if (again.cost < best.profile.cost) {
    best.profile = std::move(again);
  }
}

std::string kept_note(ProfileProblem const& problem,
                      Solved const& none,
                      std::optional<std::size_t> bend) {
  double const km = problem.at[none.last.stuck_at] / 1000;
  std::string note = fmt::format(
      "No profile with vertical curves of {:.0f} m fits the structures chosen: {} does not hold "
      "near "
      "km {:.1f}.",
      problem.vertical_radius,
      none.last.breaks,
      km);
  if (bend) {
    note += fmt::format(" The profile as searched is kept; its first sharper bend is at km {:.1f}.",
                        problem.at[*bend] / 1000);
  }
  return note;
}

}  // namespace

double profile_bill(ProfileProblem const& problem,
                    SectionPrices const& prices,
                    std::vector<double> const& rail,
                    std::vector<StructureKind> const& kinds) {
  EarthRates const& rates = prices.earth();
  HaulProblem haul{.haul = rates.haul};
  double sum = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    double const offset = stretch_offset(problem, rail, i);
    double const length = stretch_length(problem, i);
    bool const has_earth = is_earth(kinds[i]);
    haul.cut.push_back(has_earth ? length * cut_area(-offset, prices.rules()) : 0);
    haul.fill.push_back(has_earth ? length * fill_area(offset, prices.rules()) : 0);
    haul.borrow.push_back(problem.factor[i] * rates.borrow);
    haul.dump.push_back(problem.factor[i] * rates.dump);
    if (i > 0) {
      haul.way.push_back((problem.at[i + 1] - problem.at[i - 1]) / 2 / 1000);
    }
    sum += problem.factor[i] * (has_earth ? rates.cut * haul.cut[i] + rates.place * haul.fill[i]
                                          : length * prices.price(kinds[i], offset));
  }
  return sum + least_haul(haul).cost;
}

BalancedProfile balanced_profile(ProfileProblem const& problem,
                                 SectionPrices const& prices,
                                 Profile const& start) {
  BalancedProfile out{start, {}};
  out.profile.cost = profile_bill(problem, prices, start.rail, start.kinds);
  Solved const first = solved(problem, prices, start, out.effort);
  auto const bend = sharp_bend(problem, start.rail);
  if (first.rail.empty()) {
    out.profile.stuck_at = first.last.stuck_at;
    out.profile.notes.push_back(kept_note(problem, first, bend));
    return out;
  }
  out.effort.lower = first.last.cost;
  double const before = out.profile.cost;
  if (bend || first.bill < before) {
    out.profile.rail = first.rail;
    out.profile.cost = first.bill;
  }
  improve(problem, prices, first, out);
  name_earth(problem, out.profile);
  if (bend && out.profile.cost > before) {
    out.profile.notes.push_back(fmt::format(
        "Vertical curves of {:.0f} m make the profile {:.2f} million dearer than tangents without "
        "them.",
        problem.vertical_radius,
        (out.profile.cost - before) / 1e6));
  }
  return out;
}

}  // namespace tidewater::route
