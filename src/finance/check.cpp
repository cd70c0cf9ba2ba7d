#include "check.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "instruments.hpp"

namespace tidewater::finance {
namespace {

constexpr double kShareTolerance = 1e-9;
constexpr int kMostYears = 200;

class Faults {
 public:
  Faults(Venture const& venture, Deal const& deal) : venture_{venture}, deal_{deal} {}

  Diagnostics all() && {
    require(venture_.years >= 1 && venture_.years <= kMostYears,
            "/years",
            "the project's years are out of range",
            "between 1 and 200 years");
    require(is_account(deal_.venture) && deal_.accounts[deal_.venture].sector == Sector::kVenture,
            "/accounts",
            "no account is the venture",
            "one account of sector venture, named by the deal");
    if (found_.empty()) {
      check_venture();
      check_deal();
      check_instruments();
      check_loan();
    }
    return std::move(found_);
  }

 private:
  // The texts are built only when something is wrong: this runs before every appraisal.
  void require(bool holds, std::string_view where, std::string_view what, std::string_view remedy) {
    if (!holds) {
      found_.push_back(
          {Severity::kError, std::string{where}, std::string{what}, std::string{remedy}});
    }
  }
  void require_at(bool holds,
                  std::string_view list,
                  std::size_t k,
                  std::string_view what,
                  std::string_view remedy) {
    if (!holds) {
      require(false, fmt::format("/{}/{}", list, k), what, remedy);
    }
  }

  [[nodiscard]] bool is_account(AccountId id) const { return id.index() < deal_.accounts.size(); }
  [[nodiscard]] bool is_rate(double x) const { return std::isfinite(x) && x > -1; }

  void check_shares(std::vector<PayeeShare> const& payees, std::string_view list, std::size_t k) {
    double sum = 0;
    bool sound = true;
    for (PayeeShare const& p : payees) {
      sum += p.share;
      sound = sound && is_account(p.payee) && p.payee != deal_.venture && p.share >= 0;
    }
    require_at(sound,
               list,
               k,
               "a payee is unknown, the venture itself, or has a share below zero",
               "payees from the accounts, each with a share");
    require_at(std::abs(sum - 1) <= kShareTolerance,
               list,
               k,
               "the payees' shares do not sum to 1",
               "shares that sum to 1");
  }

  void check_amounts(YearlyMoney const& stream, std::string_view list, std::size_t k) {
    bool const finite = std::visit(
        [](auto const& amounts) {
          return std::all_of(
              amounts.begin(), amounts.end(), [](auto a) { return std::isfinite(a.base()); });
        },
        stream);
    require_at(finite, list, k, "an amount is not a finite number", "finite amounts");
  }

  void check_venture() {
    for (std::size_t k = 0; k < venture_.sales.size(); ++k) {
      Sale const& sale = venture_.sales[k];
      require_at(is_account(sale.buyer) && sale.buyer != deal_.venture,
                 "sales",
                 k,
                 "the buyer is not another account",
                 "a buyer from the accounts");
      check_amounts(sale.gross, "sales", k);
      check_amounts(sale.deductions, "sales", k);
    }
    for (std::size_t k = 0; k < venture_.costs.size(); ++k) {
      check_shares(venture_.costs[k].payees, "costs", k);
      check_amounts(venture_.costs[k].amount, "costs", k);
    }
    for (std::size_t k = 0; k < venture_.capex.size(); ++k) {
      check_part(venture_.capex[k], k);
    }
  }

  void check_part(CapexPart const& part, std::size_t k) {
    check_shares(part.payees, "capex", k);
    double sum = 0;
    for (double const share : part.profile) {
      sum += share;
    }
    require_at(std::abs(sum - 1) <= kShareTolerance,
               "capex",
               k,
               "the yearly profile does not sum to 1",
               "shares of the cost by year, sum 1");
    require_at(part.first_year >= 0 && part.in_service >= 0 && part.depreciation_years >= 0,
               "capex",
               k,
               "a year is below zero",
               "project years, from 0");
    require_at(part.first_year <= venture_.years &&
                   part.profile.size() <= static_cast<std::size_t>(kMostYears) &&
                   part.first_year + static_cast<int>(part.profile.size()) <= venture_.years,
               "capex",
               k,
               "spending runs past the project's end",
               "a profile inside the project's years");
    require_at(std::isfinite(part.cost.base()),
               "capex",
               k,
               "the cost is not a finite number",
               "a finite cost");
  }

  void check_deal() {
    require(is_rate(deal_.discount_rate) && is_rate(deal_.equity_rate) &&
                std::all_of(deal_.take_rates.begin(),
                            deal_.take_rates.end(),
                            [this](double r) { return is_rate(r); }),
            "/discount_rate",
            "a discount rate is -100 % or less",
            "rates above -100 %");
    require(deal_.tax.loss_share >= 0 && deal_.tax.loss_share <= 1,
            "/tax/loss_share",
            "the part of a profit that losses may cover is no share",
            "between 0 and 1");
    double sum = 0;
    double funded = 0;
    for (std::size_t k = 0; k < deal_.shareholders.size(); ++k) {
      Shareholder const& h = deal_.shareholders[k];
      require_at(is_account(h.account) && h.account != deal_.venture && h.share >= 0,
                 "shareholders",
                 k,
                 "the account is unknown or the share is below zero",
                 "an account and its share");
      sum += h.share;
      funded += h.funding == Funding::kFunded ? h.share : 0.0;
    }
    require(std::abs(sum - 1) <= kShareTolerance,
            "/shareholders",
            "shares do not sum to 1",
            "shareholders whose shares sum to 1");
    require(funded > 0, "/shareholders", "no shareholder pays cash calls", "a funded shareholder");
    for (std::size_t k = 0; k < deal_.transfers.size(); ++k) {
      PassThrough const& t = deal_.transfers[k];
      require_at(is_account(t.from) && is_account(t.to) && t.from != t.to &&
                     t.from != deal_.venture && t.to != deal_.venture && t.share >= 0 &&
                     t.share <= 1,
                 "transfers",
                 k,
                 "a transfer needs two other accounts and a share from 0 to 1",
                 "from, to and share");
    }
  }

  void check_instruments() {
    for (std::size_t k = 0; k < deal_.instruments.size(); ++k) {
      Instrument const& in = deal_.instruments[k];
      check_shares(in.payees, "instruments", k);
      check_amounts(in.fixed, "instruments", k);
      require_at(!in.rate.empty() &&
                     std::all_of(
                         in.rate.begin(), in.rate.end(), [](double r) { return r >= 0 && r <= 1; }),
                 "instruments",
                 k,
                 "a rate is missing or not between 0 and 1",
                 "a share of the base");
      bool const per_unit = in.base == Base::kTonnes || in.base == Base::kTonneKm;
      require_at(!per_unit || in.traffic.index() < venture_.traffic.size(),
                 "instruments",
                 k,
                 "a charge per tonne has no traffic it applies to",
                 "the traffic it is charged on");
      if (in.advance) {
        require_at(stage_of(in.base) == Stage::kStreams && !in.advance->payments.empty() &&
                       in.advance->first_year >= 0 && in.advance->cap.base() >= 0 &&
                       in.advance->setoff_share >= 0 && in.advance->setoff_share <= 1,
                   "instruments",
                   k,
                   "the advance is incomplete or its base is not known in advance",
                   "payments, a first year, a cap and a set-off share from 0 to 1");
      }
    }
  }

  void check_loan() {
    if (!deal_.loan) {
      return;
    }
    Loan const& loan = *deal_.loan;
    require(is_account(loan.lender) && loan.lender != deal_.venture,
            "/loan/lender",
            "the lender is not another account",
            "a lender from the accounts");
    require(is_rate(loan.rate) && loan.rate >= 0,
            "/loan/rate",
            "the interest rate is below zero",
            "a rate a year, e.g. 0.08");
    auto const in_life = [this](int years, int least) {
      return years >= least && years <= venture_.years;
    };
    bool const in_order = in_life(loan.drawdown_years, 1) && in_life(loan.grace_years, 0) &&
                          in_life(loan.repayment_years, 1);
    require(in_order,
            "/loan",
            "a span of the loan is too short or longer than the project",
            "at least one year to draw and one to repay, within the project's years");
    require(!in_order ||
                loan.drawdown_years + loan.grace_years + loan.repayment_years <= venture_.years,
            "/loan",
            "the last repayment falls after the project's end",
            "a shorter grace or tenor");
    require(loan.upfront_fee >= 0 && loan.commitment_fee >= 0 && loan.target_dscr > 0,
            "/loan",
            "a fee is below zero or the target cover ratio is not above zero",
            "fees from 0 and a cover ratio above zero");
    double const size = std::holds_alternative<ShareOfUses>(loan.size)
                            ? std::get<ShareOfUses>(loan.size).share
                            : std::get<NominalMoney>(loan.size).base();
    require(std::isfinite(size) && size >= 0 &&
                (size <= 1 || !std::holds_alternative<ShareOfUses>(loan.size)),
            "/loan/size",
            "the loan is not a share from 0 to 1 or an amount",
            "a share or an amount");
  }

  Venture const& venture_;
  Deal const& deal_;
  Diagnostics found_;
};

}  // namespace

Diagnostics faults_of(Venture const& venture, Deal const& deal) {
  return Faults{venture, deal}.all();
}

}  // namespace tidewater::finance
