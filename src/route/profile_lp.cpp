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

/// Whether neighbouring grades differ anywhere by more than the vertical radius allows.
bool has_sharp_bend(ProfileProblem const& p, std::vector<double> const& rail) {
  constexpr double rounding = 1e-8;  // of grade
  for (std::size_t i = 1; p.vertical_radius > 0 && i + 1 < p.at.size(); ++i) {
    double const before = stretch_length(p, i - 1);
    double const after = stretch_length(p, i);
    double const bend = (rail[i + 1] - rail[i]) / after - (rail[i] - rail[i - 1]) / before;
    if (std::abs(bend) > (before + after) / 2 / p.vertical_radius + rounding) {
      return true;
    }
  }
  return false;
}

struct Solved {
  ProfileProgramme::Answer best;  ///< by its bill; no rail when none holds
  double bill = 0;
  double lower = 0;
};

/// Least bill with given structures: rounds of tangents until programme and bill agree.
Solved solved(ProfileProblem const& problem,
              SectionPrices const& prices,
              Profile const& from,
              BalanceEffort& effort) {
  ProfileProgramme programme{problem, prices, from.kinds, from.rail};
  Solved out;
  for (int round = 0; round < kMostRounds; ++round) {
    auto answer = programme.solve();
    effort.solves += 1;
    if (answer.rail.empty()) {
      out.best = std::move(answer);
      break;
    }
    bool const is_tight = programme.tighten(answer, kTolerance) == 0;
    double const bill = profile_bill(problem, prices, answer.rail, from.kinds);
    out.lower = answer.cost;
    if (round == 0 || bill < out.bill) {
      out.bill = bill;
      out.best = std::move(answer);
    }
    bool const agrees = out.bill - out.lower <= kAgreement * std::abs(out.bill);
    if (is_tight || (round > 0 && agrees)) {
      break;
    }
  }
  effort.columns = programme.columns();
  effort.rows = programme.rows();
  effort.pivots += programme.pivots();
  return out;
}

/// The cheapest structure of each stretch at its level, material worth what it is in the answer.
std::vector<StructureKind> rechosen(ProfileProblem const& problem,
                                    SectionPrices const& prices,
                                    ProfileProgramme::Answer const& answer,
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

/// The same levels but for room to bend, with the structures that stand there; nothing where none
/// can, and then `why` says where.
std::optional<Profile> with_room(ProfileProblem const& problem,
                                 SectionPrices const& prices,
                                 Profile profile,
                                 ProfileProgramme::Answer& why) {
  ProfileProgramme programme{
      problem, prices, profile.kinds, profile.rail, ProfileProgramme::HeightRules::kPriced};
  auto const answer = programme.solve();
  if (answer.rail.empty()) {
    why = answer;
    return std::nullopt;
  }
  profile.rail = answer.rail;
  profile.kinds = rechosen(problem, prices, answer, profile.kinds);
  return profile;
}

/// One more choice of structures at the levels found, and levels for them where that gains.
void improve(ProfileProblem const& problem,
             SectionPrices const& prices,
             Solved const& first,
             BalancedProfile& best) {
  Profile again = best.profile;
  again.rail = first.best.rail;
  again.kinds = rechosen(problem, prices, first.best, best.profile.kinds);
  again.cost = profile_bill(problem, prices, again.rail, again.kinds);
  if (!(again.cost < first.bill * (1 - 1e-9))) {
    return;
  }
  Solved const second = solved(problem, prices, again, best.effort);
  if (!second.best.rail.empty() && second.bill < again.cost) {
    again.rail = second.best.rail;
    again.cost = second.bill;
  }
  if (again.cost < best.profile.cost) {
    best.profile = std::move(again);
  }
}

std::string kept_note(ProfileProblem const& problem, ProfileProgramme::Answer const& none) {
  return fmt::format(
      "No profile with vertical curves of {:.0f} m was found: {} does not hold near km {:.1f}. The "
      "profile is kept as searched, with sharper bends.",
      problem.vertical_radius,
      none.breaks,
      problem.at[none.stuck_at] / 1000);
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
  double const before = profile_bill(problem, prices, start.rail, start.kinds);
  out.profile.cost = before;
  Profile from = start;
  Solved first = solved(problem, prices, from, out.effort);
  if (first.best.rail.empty()) {
    if (auto roomy = with_room(problem, prices, start, first.best)) {
      from = std::move(*roomy);
      first = solved(problem, prices, from, out.effort);
    }
  }
  if (first.best.rail.empty()) {
    out.profile.stuck_at = first.best.stuck_at;
    out.profile.notes.push_back(kept_note(problem, first.best));
    return out;
  }
  out.effort.lower = first.lower;
  bool const is_sharp = has_sharp_bend(problem, start.rail);
  if (is_sharp || first.bill < before) {
    out.profile.rail = first.best.rail;
    out.profile.kinds = from.kinds;
    out.profile.cost = first.bill;
  }
  improve(problem, prices, first, out);
  name_earth(problem, out.profile);
  if (is_sharp && out.profile.cost > before) {
    out.profile.notes.push_back(fmt::format(
        "Vertical curves of {:.0f} m make the profile {:.2f} million dearer than tangents without "
        "them.",
        problem.vertical_radius,
        (out.profile.cost - before) / 1e6));
  }
  return out;
}

}  // namespace tidewater::route
