#pragma once
/// Who sits at the table, what each cares about, and what each would receive: the inputs of the
/// parties room. Positions, saliences and capabilities are judgements and are given as ranges on
/// 0..1 (files that use 0..100 are divided by the reader). Armed groups are no party: they enter an
/// appraisal as a disruption hazard. Consent is a gate, never an issue or a price.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::parties {

/// A judged number: triangular between `low` and `high`; low == high means a point.
struct Range {
  double low = 0;
  double mode = 0;
  double high = 0;
  bool operator==(Range const&) const = default;
};

/// A line from 0 to 1 on which parties want something and an option does something.
struct Issue {
  std::string id;
  std::string name;
  std::string low_end;   ///< what 0 means
  std::string high_end;  ///< what 1 means
};

/// What a party wants on one issue and how much the issue weighs with it.
struct Stance {
  std::string issue;              ///< Issue::id
  std::optional<Range> position;  ///< 0..1; may be unknown for an observer
  Range salience;                 ///< >= 0, on the same scale as the weights of money and jobs
};

/// Worth of money: 1 - exp(-PV / scale), mirrored for a loss; `scale` is the present value that
/// brings 63 % of the greatest worth.
struct MoneyInterest {
  Money scale;
  Range weight;
  Range scale_factor{1, 1, 1};  ///< the judged multiple of `scale`, > 0
};

/// Worth of jobs: FTE / target, at most 1 (at least -1 for jobs lost).
struct JobsInterest {
  double target = 0;  ///< full-time equivalents that would satisfy the party
  Range weight;
  Range target_factor{1, 1, 1};  ///< the judged multiple of `target`, > 0
};

/// Ledger entries that count as a party's own receipts. An empty text matches anything.
struct ReceiptRule {
  std::string payee;
  std::string level;
  std::string district;
  double share = 1;  ///< of the entry that counts, 0..1
};

enum class Role {
  kBargain,   ///< has a say
  kObserver,  ///< valued when its positions are known, never counted
  kRiskOnly,  ///< no party: carries neither interests nor weight, and is left out of everything
};

struct Party {
  std::string id;
  std::string name;
  Role role = Role::kBargain;
  bool key = false;  ///< one of those who must all gain; only a bargaining party can be
  Range capability;  ///< 0..1, how much it can move; used for tension only, never for its own gain
  std::vector<Stance> stances;
  std::optional<MoneyInterest> money;
  std::optional<JobsInterest> jobs;
  std::vector<ReceiptRule> receipts;
  std::string reason;  ///< why it is judged so, for the report
};

/// Where an option stands on one issue, 0..1.
struct IssuePosition {
  std::string issue;
  Range position;
};

/// What one party receives under one option in one future.
struct PartyReceipts {
  Money present_value;
  double jobs = 0;  ///< full-time equivalents
};

enum class GateStatus { kOpen, kMet, kFailed };

/// A condition that is not traded against anything: consent, legality, a safeguard.
struct Gate {
  std::string name;
  GateStatus status = GateStatus::kOpen;
  std::string evidence;  ///< what shows the status; needed unless open
  std::string why;       ///< why it is a gate
};

/// One option (or the absence of a project) as the parties meet it.
struct Package {
  std::string name;
  std::vector<IssuePosition> positions;              ///< one an issue
  std::vector<std::vector<PartyReceipts>> receipts;  ///< [future][party], parties in table order
  std::vector<Gate> gates;
};

/// Everything that is weighed. All packages have the same futures in the same order.
struct Table {
  std::vector<Issue> issues;
  std::vector<Party> parties;
  Package no_project;
  std::vector<Package> options;
};

/// Every reason why `table` cannot be weighed, with paths "/party/PASNI/stance/local".
[[nodiscard]] Diagnostics faults(Table const& table);

/// A ledger entry summed over the project's life.
struct LedgerReceipt {
  std::string payee;
  std::string level;
  std::string district;
  Money present_value;
};

/// Present value of the entries that count for `party`; an entry counts once, by the first rule
/// that matches it.
[[nodiscard]] Money received(Party const& party, std::span<LedgerReceipt const> ledger);

}  // namespace tidewater::parties
