#include "judgement.hpp"

#include <algorithm>

#include "tidewater/base/contract.hpp"

namespace tidewater::appraisal {

namespace {

using parties::Range;
using project::Project;

/// A judged number, in base units, as a triangle from low through mode to high.
Range triangle(double value, project::Origin const& origin) {
  auto const& spread = origin.spread;
  if (!spread) {
    return {value, value, value};
  }
  auto const& n = spread->numbers;
  switch (spread->kind) {
    case project::SpreadKind::kTriangular:
    case project::SpreadKind::kPert:
    case project::SpreadKind::kPercentiles:
      return {n.at(0), n.at(1), n.at(2)};
    case project::SpreadKind::kUniform:
      return {n.at(0), (n.at(0) + n.at(1)) / 2, n.at(1)};
    case project::SpreadKind::kDiscrete: {
      auto const [low, high] = std::minmax_element(n.begin(), n.end());
      return {*low, value, *high};
    }
    case project::SpreadKind::kNormal:
    case project::SpreadKind::kLognormal:
      break;
  }
  double const half =
      spread->kind == project::SpreadKind::kNormal ? 2 * n.at(1) : 2 * n.at(1) * n.at(0);
  return {std::max(0.0, n.at(0) - half), n.at(0), n.at(0) + half};
}

/// A judged number from 0 to 100 as a range on 0..1.
Range range(project::Input<double> const& input) {
  auto const r = triangle(input.value, input.origin);
  return {r.low / 100, r.mode / 100, std::min(100.0, r.high) / 100};
}

/// A judged number as multiples of its mode.
Range multiples(Range const& r) {
  return r.mode > 0 ? Range{r.low / r.mode, 1, r.high / r.mode} : Range{1, 1, 1};
}

project::Issue const& issue(Project const& p, std::string const& id) {
  auto const found =
      std::find_if(p.issues.begin(), p.issues.end(), [&](auto const& i) { return i.id == id; });
  TW_EXPECTS(found != p.issues.end(), "verify() lets only known issues through");
  return *found;
}

std::vector<parties::ReceiptRule> rules(project::Party const& x) {
  std::vector<parties::ReceiptRule> out;
  for (auto const& payee : x.receipts) {
    out.push_back({.payee = payee});
  }
  for (auto const& district : x.districts) {
    out.push_back({.level = "district", .district = district});
  }
  return out;
}

parties::Party party(Project const& p, project::Party const& x) {
  parties::Party out{.id = x.id,
                     .name = x.name,
                     .role = x.role == project::Party::Role::kBargain ? parties::Role::kBargain
                                                                      : parties::Role::kObserver,
                     .key = x.key && x.role == project::Party::Role::kBargain,
                     .capability = range(x.capability),
                     .receipts = rules(x),
                     .reason = x.reason};
  auto const scale = triangle(x.money_scale.value.base(), x.money_scale.origin);
  auto const target = triangle(x.jobs_target.value, x.jobs_target.origin);
  for (auto const& position : x.positions) {
    auto const weight = range(position.salience);
    switch (issue(p, position.issue).kind) {
      case project::Issue::Kind::kMoney:
        out.money = parties::MoneyInterest{Money{scale.mode}, weight, multiples(scale)};
        break;
      case project::Issue::Kind::kJobs:
        out.jobs = parties::JobsInterest{target.mode, weight, multiples(target)};
        break;
      case project::Issue::Kind::kPosition:
        out.stances.push_back({position.issue, range(position.at), weight});
        break;
    }
  }
  return out;
}

std::vector<parties::IssuePosition> stance(project::Option const& option) {
  std::vector<parties::IssuePosition> out;
  for (auto const& position : option.stance) {
    out.push_back({position.issue, range(position.at)});
  }
  return out;
}

std::vector<parties::Gate> gates(Project const& p, project::Option const& option) {
  std::vector<parties::Gate> out;
  for (auto const& gate : p.gates) {
    bool const concerns =
        gate.options.empty() ||
        std::find(gate.options.begin(), gate.options.end(), option.name) != gate.options.end();
    if (concerns) {
      out.push_back(
          {gate.name, static_cast<parties::GateStatus>(gate.status), gate.evidence, gate.why});
    }
  }
  return out;
}

char const* level_name(finance::Level level) {
  switch (level) {
    case finance::Level::kDistrict:
      return "district";
    case finance::Level::kProvincial:
      return "provincial";
    case finance::Level::kNational:
      return "federal";
    case finance::Level::kForeign:
      break;
  }
  return "foreign";
}

}  // namespace

std::vector<std::size_t> building(Project const& p) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < p.options.size(); ++k) {
    if (!p.options[k].links.empty()) {
      out.push_back(k);
    }
  }
  return out;
}

std::vector<parties::PartyReceipts> receipts(Project const& p, Outcome const& outcome) {
  std::vector<parties::LedgerReceipt> ledger;
  auto const& accounts = outcome.deal.accounts;
  for (std::uint32_t k = 0; k < outcome.cash.present_receipts.size(); ++k) {
    auto const& account = accounts[finance::AccountId{k}];
    if (account.sector != finance::Sector::kVenture) {
      ledger.push_back({account.name,
                        level_name(account.level),
                        account.district,
                        outcome.cash.present_receipts[k]});
    }
  }
  std::vector<parties::PartyReceipts> out;
  for (std::size_t k = 0; k < p.parties.size(); ++k) {
    out.push_back({parties::received(party(p, p.parties[k]), ledger), outcome.jobs.at(k)});
  }
  return out;
}

Result<std::vector<parties::OptionStanding>> weigh_options(
    Project const& p,
    std::vector<std::vector<std::vector<parties::PartyReceipts>>> const& received) {
  if (p.parties.empty()) {
    return std::vector<parties::OptionStanding>{};
  }
  parties::Table table;
  for (auto const& i : p.issues) {
    if (i.kind == project::Issue::Kind::kPosition) {
      table.issues.push_back({i.id, i.name, i.low_end, i.high_end});
    }
  }
  for (auto const& x : p.parties) {
    table.parties.push_back(party(p, x));
  }
  auto const nothing = std::find_if(
      p.options.begin(), p.options.end(), [](auto const& o) { return o.links.empty(); });
  auto const options = building(p);
  TW_EXPECTS(received.size() == options.size(), "every option that builds has its receipts");
  std::size_t const futures = received.empty() ? 0 : received.front().size();
  table.no_project = {nothing->name,
                      stance(*nothing),
                      std::vector(futures, std::vector<parties::PartyReceipts>(p.parties.size())),
                      {}};
  for (std::size_t k = 0; k < options.size(); ++k) {
    auto const& option = p.options[options[k]];
    table.options.push_back({option.name, stance(option), received[k], gates(p, option)});
  }
  return parties::weigh(table,
                        {.seed = static_cast<std::uint64_t>(p.header.seed),
                         .draws = static_cast<std::uint32_t>(p.header.judgements)});
}

}  // namespace tidewater::appraisal
