#pragma once
/// What the cash-flow engine reads, as data: the venture's yearly streams (they change with every
/// future) and the deal (accounts, fiscal instruments, loan, shareholders: they change with the
/// terms). Years are project years, 0 = start of construction; a yearly vector shorter than the
/// project is zero beyond its end.

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/ids.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/finance/money.hpp"

namespace tidewater::finance {

// --- who -----------------------------------------------------------------------------------------

/// Where an account stands: the smallest territory it answers to.
enum class Level { kDistrict, kProvincial, kNational, kForeign };

enum class Sector {
  kVenture,          ///< the corridor company itself, exactly one account
  kCustomers,        ///< pay for products or tariffs
  kGovernment,       ///< fiscal receipts: what it gets counts as government take
  kStateEnterprise,  ///< its dividends are the state's; its service charges are a cost, not a tax
  kHouseholds,       ///< wages
  kSuppliers,        ///< goods and services
  kCommunity,        ///< funds, compensation
  kOwners,           ///< private shareholders
  kLenders
};

struct AccountTag;
using AccountId = Id<AccountTag>;

struct Account {
  std::string name{};
  Sector sector = Sector::kSuppliers;
  Level level = Level::kForeign;
  std::string district{};  ///< set at district level
  std::string province{};  ///< set at district and provincial level
  bool operator==(Account const&) const = default;
};

enum class Certainty { kContractual, kFormula, kModelled, kAssumed };

/// A receiver's part of a stream; the parts of one stream sum to 1.
struct PayeeShare {
  AccountId payee{};
  double share = 1;
  bool operator==(PayeeShare const&) const = default;
};

/// Real or nominal is the type of the amounts, not a flag.
using YearlyMoney = std::variant<std::vector<Money>, std::vector<NominalMoney>>;

// --- the venture ---------------------------------------------------------------------------------

/// Part of the chain a cost belongs to. kTransport and kPort are the corridor: they are what the
/// mine-gate value deducts and what the corridor's unit cost counts.
enum class Segment { kMine, kProcessing, kTransport, kPort, kGeneral };

enum class SaleKind {
  kProduct,  ///< a mineral product: the base of royalties
  kTariff    ///< paid for carriage or handling: replaced when the breakeven tariff is sought
};

/// gross = tonnes x price of the contained metal; deductions = payable losses, treatment and
/// refining charges and ocean freight, as positive amounts. The buyer pays gross - deductions (the
/// net smelter return).
struct Sale {
  std::string name{};
  SaleKind kind = SaleKind::kProduct;
  AccountId buyer{};
  YearlyMoney gross{};
  YearlyMoney deductions{};
  Certainty certainty = Certainty::kModelled;
};

/// Operating cost, positive amounts. Wages are the lines paid to Sector::kHouseholds.
struct CostLine {
  std::string name{};
  Segment segment = Segment::kGeneral;
  std::vector<PayeeShare> payees{};
  YearlyMoney amount{};
  Certainty certainty = Certainty::kModelled;
};

enum class CapexKind {
  kConstruction,  ///< funded by debt (inside the drawdown years) and equity
  kSustaining     ///< maintenance and closure: paid from operating cash, before debt service
};

/// One part of the works: cost in real money spread over years from `first_year` by `profile`.
struct CapexPart {
  std::string name{};
  Segment segment = Segment::kGeneral;
  CapexKind kind = CapexKind::kConstruction;
  std::vector<PayeeShare> payees{};
  Money cost{};
  int first_year = 0;
  std::vector<double> profile{1.0};  ///< shares of the cost by year, sum 1
  int in_service = 0;                ///< first year of tax depreciation
  int depreciation_years = 10;       ///< straight line on nominal historic cost; 0 = never
  Certainty certainty = Certainty::kModelled;
};

using MassDistance = Quantity<Dim<1, 1, 0, 0>>;            // kg m
using MoneyPerMassDistance = Quantity<Dim<-1, -1, 0, 1>>;  // per kg m

struct TrafficTag;
using TrafficId = Id<TrafficTag>;

/// Tonnes over a port, or tonnes and tonne-kilometres over a line, that unit charges apply to.
struct Traffic {
  std::string name{};
  std::vector<Mass> carried{};
  std::vector<MassDistance> moved{};
};

struct Venture {
  int first_year = 2027;  ///< calendar year of project year 0
  int years = 30;
  std::vector<Sale> sales{};
  std::vector<CostLine> costs{};
  std::vector<CapexPart> capex{};
  IdVector<TrafficId, Traffic> traffic{};
  std::vector<Mass> throughput{};  ///< tonnes delivered through the corridor: per-tonne measures
};

// --- the deal ------------------------------------------------------------------------------------

/// What an instrument's rate multiplies.
enum class Base {
  kGross,             ///< gross value of products
  kNetSmelterReturn,  ///< gross - deductions
  kMineGate,  ///< net smelter return - corridor operating costs (Segment kTransport, kPort) and
              ///< unit charges, not below zero
  kTonnes,    ///< per_tonne x carried of `traffic`
  kTonneKm,   ///< per_tonne_km x moved of `traffic`
  kFixed,     ///< fixed amounts by year
  kOpex,      ///< operating costs, e.g. a sales tax on services
  kCapex,     ///< capital costs, e.g. customs duty
  kProfit,    ///< taxable profit after depreciation, interest and losses carried forward
  kDistributable,  ///< cash left after debt service, before dividends
  kDividends,      ///< withheld from dividends of `applies_to` (empty: of every shareholder)
  kInterest        ///< withheld from the lender's interest
};

enum class StreamKind {
  kSales,
  kOpex,
  kWages,
  kCapex,
  kRoyalty,
  kTax,
  kWithholding,
  kPortDues,
  kTrackAccess,
  kLandRent,
  kFund,
  kAdvance,
  kOtherCharge,
  kDrawdown,
  kInterest,
  kPrincipal,
  kFee,
  kEquity,
  kDividend,
  kTransfer
};
[[nodiscard]] char const* name_of(StreamKind kind);

/// Paid before the royalty is due and set off against it later: payments in order from
/// `first_year`, the last one repeated, until their sum reaches `cap`.
struct Advance {
  int first_year = 0;
  std::vector<NominalMoney> payments{};
  NominalMoney cap{};
  double setoff_share = 1;  ///< of a year's royalty that earlier advances may cover
};

enum class Deduction { kAllowed, kNotAllowed };

/// One fiscal instrument or charge. The rate is a share for value bases; a sliding scale comes as
/// its rate in every year.
struct Instrument {
  std::string name{};
  StreamKind kind = StreamKind::kRoyalty;
  Base base = Base::kGross;
  std::vector<double> rate{0.0};        ///< by year, the last one holds
  MoneyPerMass per_tonne{};             ///< real, for kTonnes
  MoneyPerMassDistance per_tonne_km{};  ///< real, for kTonneKm
  YearlyMoney fixed{};                  ///< for kFixed
  TrafficId traffic{};                  ///< for kTonnes, kTonneKm
  std::vector<PayeeShare> payees{};
  std::vector<AccountId> applies_to{};  ///< for kDividends
  int from_year = 0;                    ///< first project year it is due (a holiday before)
  std::optional<Money> lifetime_cap{};  ///< real; nothing is due once it has been paid
  std::optional<Advance> advance{};
  Deduction deduction = Deduction::kAllowed;  ///< from taxable profit; value bases only
  Certainty certainty = Certainty::kFormula;
};

struct TaxRules {
  std::optional<int> loss_years{};  ///< years a loss may be carried forward; none = for ever
  double loss_share = 1;            ///< of a year's profit that losses may cover
};

enum class Repayment { kAnnuity, kEqualPrincipal, kSculpted };

struct ShareOfUses {
  double share = 0.6;  ///< of construction cost, interest and fees in the drawdown years
};
/// One senior loan. Draws fall at year end pro rata to uses, interest runs on the opening balance;
/// interest and fees of the drawdown years are capitalised as uses. Then `grace_years` of interest
/// only, then `repayment_years`.
struct Loan {
  AccountId lender{};
  /// Share of uses or an amount. Sculpted: a ceiling on what the cover ratio supports.
  std::variant<ShareOfUses, NominalMoney> size{};
  Repayment repayment = Repayment::kAnnuity;
  double rate = 0.08;        ///< nominal, a year
  double target_dscr = 1.3;  ///< sculpted only
  int drawdown_years = 4;    ///< from year 0
  int grace_years = 0;
  int repayment_years = 12;
  double upfront_fee = 0;     ///< share of the debt, at year 0
  double commitment_fee = 0;  ///< a year, on the undrawn debt of the drawdown years
  Certainty certainty = Certainty::kAssumed;
};

enum class Funding {
  kFunded,      ///< pays its part of every cash call
  kFreeCarried  ///< shares in dividends only; the funded shareholders pay its part
};

struct Shareholder {
  AccountId account{};
  double share = 0;
  Funding funding = Funding::kFunded;
};

/// What one public account passes on of what it receives from the venture (subnational transfer).
struct PassThrough {
  std::string name{};
  AccountId from{};
  AccountId to{};
  double share = 0;
  std::vector<StreamKind> of{};  ///< kinds of receipt it applies to; empty = all but dividends
  Certainty certainty = Certainty::kFormula;
};

enum class FlowTiming {
  kYearStart,  ///< flows of year k discounted k years (t = 0 undiscounted)
  kMidYear     ///< k + 1/2 years
};

struct Deal {
  IdVector<AccountId, Account> accounts{};
  AccountId venture{};
  PriceIndex index{};
  TaxRules tax{};
  std::vector<Instrument> instruments{};
  std::optional<Loan> loan{};
  std::vector<Shareholder> shareholders{};  ///< shares sum to 1
  std::vector<PassThrough> transfers{};
  double discount_rate = 0.10;  ///< real
  double equity_rate = 0.10;    ///< real, for the equity present value
  FlowTiming timing = FlowTiming::kYearStart;
  std::array<double, 3> take_rates{
      0.0, 0.10, 0.125};  ///< real rates the government take is shown at
};

}  // namespace tidewater::finance
