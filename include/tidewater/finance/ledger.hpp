#pragma once
/// The ledger: who paid whom, in which year, in whole cents, so that it balances exactly. And jobs,
/// counted by district, construction and operation never added together.

#include <cstdint>
#include <string>
#include <vector>

#include "tidewater/finance/engine.hpp"

namespace tidewater::finance {

enum class Prices { kReal, kNominal };

/// Amounts are never negative: a refund is a row the other way.
struct LedgerRow {
  int year = 0;  ///< calendar year
  AccountId payer{};
  AccountId payee{};
  StreamKind kind = StreamKind::kSales;
  std::uint32_t payment = 0;  ///< index into CashFlow::payments, for the stream's name
  std::int64_t cents = 0;
  Certainty certainty = Certainty::kModelled;
  bool operator==(LedgerRow const&) const = default;
};

struct Ledger {
  Prices prices = Prices::kReal;
  std::vector<LedgerRow> rows{};    ///< by year, then in the order of the payments; no empty rows
  std::vector<Account> accounts{};  ///< as in the deal, opened by AccountId::index()
  AccountId venture{};
  std::vector<std::string> streams{};  ///< name of each payment
};

/// Rounds every payer's payments of a year to whole cents by largest remainder: the rows sum to the
/// payer's rounded total. What the venture pays out in a year equals what it takes in, to the cent.
[[nodiscard]] Ledger post_ledger(CashFlow const& flow, Deal const& deal, Prices prices);

/// Every way the ledger fails its own rules, in words; empty when it holds: no negative or
/// self-payment, venture in = venture out each year, sum of net receipts over accounts = 0 each
/// year, and rows within one cent of the engine's amounts.
[[nodiscard]] std::vector<std::string> ledger_faults(Ledger const& ledger, CashFlow const& flow);

/// Net receipts (in less out) in cents by territory. Each territory holds its own accounts and all
/// smaller ones inside it: districts sum into provinces, provinces into the nation.
struct TerritoryReceipts {
  Level level = Level::kDistrict;
  std::string name{};            ///< district, province, "national" or "foreign"
  std::string province{};        ///< of a district
  std::int64_t own_cents = 0;    ///< accounts that answer to this territory itself
  std::int64_t total_cents = 0;  ///< with everything inside it
};
/// Territories in order: districts by province and name, provinces, nation, foreign. The venture's
/// own account is left out (it nets to zero). `year` filters; 0 = all years.
[[nodiscard]] std::vector<TerritoryReceipts> rollup(Ledger const& ledger, int year = 0);

/// Full-time equivalents (one FTE-year = 2,080 paid hours unless the staffing table says
/// otherwise).
enum class Phase { kConstruction, kOperation };

struct Staffing {
  std::string name{};
  Phase phase = Phase::kOperation;
  Level level = Level::kNational;  ///< where the workers come from
  std::string district{};
  std::vector<double> fte{};  ///< by project year
};

/// Two series that no function here adds: a construction year and an operating year of work are
/// different goods.
struct Jobs {
  std::vector<double> construction{};  ///< FTE by project year
  std::vector<double> operation{};
  double construction_fte_years = 0;
  double operation_fte_years = 0;
  double peak_construction = 0;
  double mean_operation = 0;  ///< over years with any
};
/// Of all staff, or of one district (empty = all).
[[nodiscard]] Jobs count_jobs(std::vector<Staffing> const& staff,
                              int years,
                              std::string const& district = "");

}  // namespace tidewater::finance
