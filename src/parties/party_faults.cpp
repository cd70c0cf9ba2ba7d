// What is wrong with a table of parties, issues and packages: all of it, in the planner's words.

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tidewater/parties/party.hpp"

namespace tidewater::parties {

namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return out;
}

bool mentions(std::string_view text, std::string_view phrase) {
  return lower(text).find(phrase) != std::string::npos;
}

/// A guard rail against the plainest mistakes, not a judgement of who is who.
bool names_an_armed_group(Party const& party) {
  constexpr std::array<std::string_view, 5> kPhrases{
      "armed group", "armed organisation", "armed organization", "insurgent", "militant"};
  return lower(party.id) == "armed" ||
         std::any_of(kPhrases.begin(), kPhrases.end(), [&](std::string_view phrase) {
           return mentions(party.name, phrase) || mentions(party.id, phrase);
         });
}

/// Weighs something: a stance, money or jobs that may have a weight above zero.
bool can_weigh(Range const& weight) {
  return weight.high > 0;
}

bool has_any_interest(Party const& party) {
  return (party.money && can_weigh(party.money->weight)) ||
         (party.jobs && can_weigh(party.jobs->weight)) ||
         std::any_of(party.stances.begin(), party.stances.end(), [](Stance const& each) {
           return can_weigh(each.salience);
         });
}

class Reading {
 public:
  explicit Reading(Table const& table) : table_{table} {}

  Diagnostics found() && {
    issues();
    std::set<std::string> seen;
    for (auto const& party : table_.parties) {
      named(party.id, "/party", "party", seen);
      one_party(party);
    }
    futures_ = table_.no_project.receipts.size();
    require(futures_ > 0,
            "/no_project/receipts",
            "no future is given",
            "give at least the future of medians");
    package(table_.no_project, "/no_project");
    seen.clear();
    for (auto const& option : table_.options) {
      named(option.name, "/option", "option", seen);
      package(option, "/option/" + option.name);
    }
    return std::move(found_);
  }

 private:
  void require(bool holds, std::string where, std::string what, std::string remedy) {
    if (!holds) {
      found_.push_back({Severity::kError, std::move(where), std::move(what), std::move(remedy)});
    }
  }

  void named(std::string const& name,
             std::string const& where,
             std::string_view kind,
             std::set<std::string>& seen) {
    require(!name.empty(), where, fmt::format("{} without a name", kind), "give each its own");
    require(name.empty() || seen.insert(name).second,
            where + "/" + name,
            fmt::format("{} '{}' is given twice", kind, name),
            "draws are keyed by name: give each its own");
  }

  void range(Range const& range, std::string const& where, double highest) {
    bool const finite =
        std::isfinite(range.low) && std::isfinite(range.mode) && std::isfinite(range.high);
    require(finite && range.low <= range.mode && range.mode <= range.high,
            where,
            fmt::format("{:g}, {:g}, {:g} do not rise from low through mode to high",
                        range.low,
                        range.mode,
                        range.high),
            "order them low, mode, high");
    require(!finite || (range.low >= 0 && range.high <= highest),
            where,
            fmt::format("{:g} to {:g} leaves the scale 0 to {:g}", range.low, range.high, highest),
            "divide figures given on 0 to 100 by 100");
  }

  void issues() {
    std::set<std::string> seen;
    for (auto const& issue : table_.issues) {
      std::string const where = "/issue/" + issue.id;
      named(issue.id, "/issue", "issue", seen);
      require(issue.id != "money" && issue.id != "jobs",
              where,
              fmt::format("'{}' is a word of its own here", issue.id),
              "rename the issue; money and jobs are valued from the ledger");
      require(!mentions(issue.id, "consent") && !mentions(issue.name, "consent"),
              where,
              "consent is not an issue that more of something else could buy",
              "state it as a gate");
    }
    issue_ids_ = std::move(seen);
  }

  void one_party(Party const& party) {
    std::string const where = "/party/" + party.id;
    if (party.role == Role::kRiskOnly) {
      bool const bare = party.stances.empty() && !party.money && !party.jobs && !party.key &&
                        party.receipts.empty() && party.capability == Range{};
      require(bare,
              where,
              fmt::format("'{}' is a risk, yet carries interests or weight of a party", party.name),
              "leave all of them out: it enters as a disruption hazard only");
      return;
    }
    require(
        !names_an_armed_group(party),
        where,
        fmt::format("'{}': an armed group is never a party", party.name),
        "set role = \"risk_only\" without any position or weight, and state a disruption hazard");
    require(!party.key || party.role == Role::kBargain,
            where + "/key",
            "an observer cannot be one of those who must gain",
            "drop key, or set role = \"bargain\"");
    range(party.capability, where + "/capability", 1);
    stances(party, where);
    interests(party, where);
    if (party.role == Role::kBargain) {
      require(can_weigh(party.capability),
              where + "/capability",
              "a bargaining party that can move nothing",
              "give its capability, or set role = \"observer\"");
      require(has_any_interest(party),
              where,
              fmt::format("nothing weighs with '{}': no issue, money or jobs", party.id),
              "give at least one salience or weight above zero");
    }
  }

  void stances(Party const& party, std::string const& where) {
    std::set<std::string> seen;
    for (auto const& stance : party.stances) {
      std::string const here = where + "/stance/" + stance.issue;
      require(issue_ids_.count(stance.issue) == 1,
              here,
              fmt::format("there is no issue '{}'", stance.issue),
              "use the id of an issue");
      require(seen.insert(stance.issue).second,
              here,
              fmt::format("two stances of '{}' on '{}'", party.id, stance.issue),
              "keep one");
      range(stance.salience, here + "/salience", 1);
      if (stance.position) {
        range(*stance.position, here + "/position", 1);
      }
      require(stance.position || party.role != Role::kBargain || !can_weigh(stance.salience),
              here + "/position",
              fmt::format(
                  "'{}' cares about '{}', but what it wants is not said", party.id, stance.issue),
              "give low, mode, high; 0 to 1 when nothing is known");
    }
  }

  void factor(Range const& factor, std::string const& where) {
    range(factor, where, std::numeric_limits<double>::infinity());
    require(!(factor.low <= 0),
            where,
            fmt::format("its range reaches down to {:g} times its mode", factor.low),
            "let all of the range lie above zero");
  }

  void interests(Party const& party, std::string const& where) {
    if (party.money) {
      range(party.money->weight, where + "/money/weight", 1);
      double const scale = party.money->scale.base();
      require(std::isfinite(scale) && scale > 0,
              where + "/money/scale",
              "the scale of money must be above zero",
              "give the present value that would bring 63 % of the greatest worth");
      factor(party.money->scale_factor, where + "/money/scale");
    }
    if (party.jobs) {
      range(party.jobs->weight, where + "/jobs/weight", 1);
      require(std::isfinite(party.jobs->target) && party.jobs->target > 0,
              where + "/jobs/target",
              "the number of jobs that would satisfy must be above zero",
              "give full-time equivalents");
      factor(party.jobs->target_factor, where + "/jobs/target");
    }
    for (auto const& rule : party.receipts) {
      require(rule.share >= 0 && rule.share <= 1,
              where + "/receipts",
              fmt::format("a share of {:g} of '{}'", rule.share, rule.payee),
              "give a share from 0 to 1");
    }
  }

  void package(Package const& package, std::string const& where) {
    std::set<std::string> met;
    for (auto const& each : package.positions) {
      std::string const here = where + "/position/" + each.issue;
      require(issue_ids_.count(each.issue) == 1,
              here,
              fmt::format("there is no issue '{}'", each.issue),
              "use the id of an issue");
      require(met.insert(each.issue).second, here, "placed twice on one issue", "keep one");
      range(each.position, here, 1);
    }
    for (auto const& id : issue_ids_) {
      require(met.count(id) == 1,
              fmt::format("{}/position/{}", where, id),
              fmt::format("where '{}' stands on '{}' is not said", package.name, id),
              "place it between the low and the high end of the issue");
    }
    receipts(package, where + "/receipts");
    std::set<std::string> gates;
    for (auto const& gate : package.gates) {
      named(gate.name, where + "/gate", "gate", gates);
      require(gate.status == GateStatus::kOpen || !gate.evidence.empty(),
              where + "/gate/" + gate.name,
              "a gate is met or failed on evidence only",
              "say what shows it, or leave it open");
    }
  }

  void receipts(Package const& package, std::string const& where) {
    require(
        package.receipts.size() == futures_,
        where,
        fmt::format("{} futures, but {} without the project", package.receipts.size(), futures_),
        "give every package the same futures in the same order");
    for (std::size_t f = 0; f < package.receipts.size(); ++f) {
      auto const& row = package.receipts[f];
      bool const finite = std::all_of(row.begin(), row.end(), [](PartyReceipts const& each) {
        return std::isfinite(each.present_value.base()) && std::isfinite(each.jobs);
      });
      require(row.size() == table_.parties.size(),
              fmt::format("{}/{}", where, f),
              fmt::format("{} entries for {} parties", row.size(), table_.parties.size()),
              "give one entry a party, in the parties' order");
      require(finite,
              fmt::format("{}/{}", where, f),
              "a receipt that is not a finite number",
              "leave out futures that failed, in every package alike");
    }
  }

  Table const& table_;
  std::set<std::string> issue_ids_;
  std::size_t futures_ = 0;
  Diagnostics found_;
};

}  // namespace

Diagnostics faults(Table const& table) {
  return Reading{table}.found();
}

}  // namespace tidewater::parties
