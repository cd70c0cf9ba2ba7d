// Laws that hold for any venture and deal: drawn at random by RapidCheck.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "deal_world.hpp"

namespace tidewater::finance {
namespace {

using world::World;

double between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 10001) / 10000.0;
}

std::vector<double> yearly(int years, double low, double high) {
  std::vector<double> out(static_cast<std::size_t>(years));
  for (double& x : out) {
    x = between(low, high);
  }
  return out;
}

void levy_anything(World& w) {
  Base const bases[] = {Base::kGross,
                        Base::kNetSmelterReturn,
                        Base::kMineGate,
                        Base::kOpex,
                        Base::kCapex,
                        Base::kProfit,
                        Base::kDistributable,
                        Base::kDividends,
                        Base::kInterest};
  AccountId const takers[] = {w.nation, w.province, w.district, w.community};
  int const count = *rc::gen::inRange(0, 7);
  for (int k = 0; k < count; ++k) {
    auto const base = bases[*rc::gen::inRange(0, 9)];
    Instrument& in = w.levy("levy", base, between(0, 0.12), takers[*rc::gen::inRange(0, 4)]);
    if (*rc::gen::inRange(0, 4) == 0) {
      in.lifetime_cap = Money{between(0, 200)};
    }
    in.from_year = *rc::gen::inRange(0, 6);
  }
  w.levy("advance royalty", Base::kGross, 0.05, w.province).advance =
      Advance{.payments = {NominalMoney{5}, NominalMoney{7.5}, NominalMoney{10}},
              .cap = NominalMoney{between(0, 60)}};
}

/// A venture that always earns more than it spends in operation (loans can then be sculpted).
World any_world() {
  int const years = *rc::gen::inRange(8, 32);
  World w = world::empty_world(years);
  w.deal.index = PriceIndex::inflation(between(0, 0.08), years, 1);
  w.build(between(50, 900), {0.3, 0.7}, *rc::gen::inRange(0, 12));
  w.sell(yearly(years, 150, 300), yearly(years, 0, 30));
  w.spend(yearly(years, 10, 40),
          Segment::kTransport,
          {{w.workers, 0.4}, {w.local_supplier, 0.2}, {w.supplier, 0.4}});
  w.venture.throughput = world::tonnes(yearly(years, 1, 3));
  levy_anything(w);
  w.deal.shareholders = {{w.sponsor, 0.5, Funding::kFunded},
                         {w.state_company, 0.3, Funding::kFunded},
                         {w.province, 0.2, Funding::kFreeCarried}};
  Repayment const kinds[] = {Repayment::kAnnuity, Repayment::kEqualPrincipal, Repayment::kSculpted};
  if (*rc::gen::inRange(0, 4) != 0) {
    w.deal.loan = Loan{.lender = w.lender,
                       .size = ShareOfUses{between(0.1, 0.8)},
                       .repayment = kinds[*rc::gen::inRange(0, 3)],
                       .rate = between(0.0, 0.14),
                       .target_dscr = between(1.1, 2.0),
                       .drawdown_years = 2,
                       .grace_years = *rc::gen::inRange(0, 2),
                       .repayment_years = *rc::gen::inRange(1, years - 3),
                       .upfront_fee = between(0, 0.03),
                       .commitment_fee = between(0, 0.01)};
  }
  return w;
}

CashFlow flow_of(World const& w) {
  auto r = cash_flow(w.venture, w.deal);
  RC_ASSERT(r.has_value());
  return *r;
}

RC_GTEST_PROP(Laws, PayoutsSumToCashAndTheLedgerBalances, ()) {
  World const w = any_world();
  auto const flow = flow_of(w);
  for (std::size_t y = 0; y < flow.years.size(); ++y) {
    double net = 0;
    double size = 0;
    for (std::size_t p = 0; p < flow.payments.size(); ++p) {
      double const amount = flow.amount(p, static_cast<int>(y));
      net += flow.payments[p].payee == w.company ? amount : 0.0;
      net -= flow.payments[p].payer == w.company ? amount : 0.0;
      size += std::abs(amount);
    }
    RC_ASSERT(std::abs(net) <= 1e-12 * size + 1e-12);
  }
  RC_ASSERT(ledger_faults(post_ledger(flow, w.deal, Prices::kReal), flow).empty());
  RC_ASSERT(ledger_faults(post_ledger(flow, w.deal, Prices::kNominal), flow).empty());
}

RC_GTEST_PROP(Laws, SourcesEqualUsesAndDebtEndsAtZero, ()) {
  World const w = any_world();
  auto const flow = flow_of(w);
  if (!flow.loan) {
    return;
  }
  auto const& b = flow.loan->balance;
  double const uses = (b.construction + b.start_up + b.interest + b.fees).base();
  RC_ASSERT(std::abs((b.debt + b.equity).base() - uses) <= 1e-9 * uses);
  RC_ASSERT(flow.loan->residual <= 1e-9);
  RC_ASSERT(std::abs(flow.years.back().debt_balance.base()) <= 1e-9 * uses);
  double drawn = 0;
  double repaid = 0;
  for (auto const& y : flow.years) {
    drawn += y.debt_drawn.base() * y.price_index;
    repaid += y.principal.base() * y.price_index;
  }
  RC_ASSERT(std::abs(drawn - repaid) <= 1e-9 * uses);
}

RC_GTEST_PROP(Laws, SculptedLoanLifeCoverEqualsTheTargetUsed, ()) {
  World w = any_world();
  if (!w.deal.loan) {
    return;
  }
  w.deal.loan->repayment = Repayment::kSculpted;
  w.deal.loan->grace_years = 0;
  auto const flow = flow_of(w);
  if (!flow.loan || !flow.loan->cover.first_llcr) {
    return;
  }
  double const target = flow.loan->dscr_used;
  RC_ASSERT(target >= w.deal.loan->target_dscr * (1 - 1e-12));
  RC_ASSERT(std::abs(*flow.loan->cover.first_llcr - target) <= 1e-9 * target);
  RC_ASSERT(std::abs(*flow.loan->cover.min_dscr - target) <= 1e-9 * target);
}

RC_GTEST_PROP(Laws, NetPresentValueRisesWithThePrice, ()) {
  World const low = any_world();
  World high = low;
  auto& gross = std::get<std::vector<Money>>(high.venture.sales.front().gross);
  for (Money& g : gross) {
    g *= 1.05;
  }
  auto const a = flow_of(low);
  auto const b = flow_of(high);
  RC_ASSERT(*b.pre_tax.npv > *a.pre_tax.npv);
  RC_ASSERT(*b.project.npv > *a.project.npv);
}

RC_GTEST_PROP(Laws, ScalingEveryAmountScalesMoneyAndKeepsRatios, ()) {
  World const one = any_world();
  World ten = one;
  double const k = 1000;
  auto const scale = [k](YearlyMoney& stream) {
    std::visit(
        [k](auto& amounts) {
          for (auto& a : amounts) {
            a *= k;
          }
        },
        stream);
  };
  for (Sale& s : ten.venture.sales) {
    scale(s.gross);
    scale(s.deductions);
  }
  for (CostLine& c : ten.venture.costs) {
    scale(c.amount);
  }
  for (CapexPart& c : ten.venture.capex) {
    c.cost *= k;
  }
  for (Instrument& in : ten.deal.instruments) {
    if (in.lifetime_cap) {
      *in.lifetime_cap *= k;
    }
    if (in.advance) {
      in.advance->cap *= k;
      for (auto& p : in.advance->payments) {
        p *= k;
      }
    }
  }
  auto const a = flow_of(one);
  auto const b = flow_of(ten);
  double const size = a.take[0].pre_tax.base();
  RC_ASSERT(std::abs(b.equity.npv->base() - k * a.equity.npv->base()) <= 1e-9 * k * std::abs(size));
  RC_ASSERT(a.project.irr.roots.size() == b.project.irr.roots.size());
  if (a.local.share) {
    RC_ASSERT(std::abs(*a.local.share - *b.local.share) <= 1e-9);
  }
}

RC_GTEST_PROP(Laws, RelabellingAccountsChangesNothing, ()) {
  World const w = any_world();
  World renamed = w;
  // Reverse the accounts: every id k becomes n - 1 - k.
  auto const n = static_cast<std::uint32_t>(w.deal.accounts.size());
  auto const turn = [n](AccountId& id) { id = AccountId{n - 1 - id.index()}; };
  for (std::uint32_t k = 0; k < n; ++k) {
    renamed.deal.accounts[AccountId{n - 1 - k}] = w.deal.accounts[AccountId{k}];
  }
  turn(renamed.deal.venture);
  for (auto& s : renamed.venture.sales) {
    turn(s.buyer);
  }
  for (auto& c : renamed.venture.costs) {
    for (auto& p : c.payees) {
      turn(p.payee);
    }
  }
  for (auto& c : renamed.venture.capex) {
    for (auto& p : c.payees) {
      turn(p.payee);
    }
  }
  for (auto& in : renamed.deal.instruments) {
    for (auto& p : in.payees) {
      turn(p.payee);
    }
  }
  for (auto& h : renamed.deal.shareholders) {
    turn(h.account);
  }
  if (renamed.deal.loan) {
    turn(renamed.deal.loan->lender);
  }
  auto const a = flow_of(w);
  auto const b = flow_of(renamed);
  RC_ASSERT(a.amounts == b.amounts);
  RC_ASSERT(*a.equity.npv == *b.equity.npv);
  for (std::uint32_t k = 0; k < n; ++k) {
    RC_ASSERT(a.present_receipts[k] == b.present_receipts[n - 1 - k]);
  }
}

RC_GTEST_PROP(Laws, ReceiversSumToTheDistributableValue, ()) {
  World const w = any_world();
  auto const flow = flow_of(w);
  Money const sum = received_from_the_venture(w, flow);
  double const outside =
      (flow.present_receipts[w.buyer.index()] + flow.present_receipts[w.supplier.index()]).base();
  RC_ASSERT(std::abs(sum.base() - flow.local.distributable.base()) <=
            1e-9 * std::abs(outside) + 1e-6);
  RC_ASSERT(std::abs(sum.base() + outside) <= 1e-9 * std::abs(outside) + 1e-6);
}

/// Net present value relative to the sum of its absolute terms, at growth 1 + r.
double relative_value(std::vector<double> const& flows, double rate) {
  double sum = 0;
  double size = 0;
  double const v = 1 / (1 + rate);
  for (std::size_t k = flows.size(); k-- > 0;) {
    sum = sum * v + flows[k];
    size = size * v + std::abs(flows[k]);
  }
  return sum / size;
}

RC_GTEST_PROP(Laws, EveryRateIsARootAndNoSignChangeIsMissed, ()) {
  auto const n = *rc::gen::inRange(2, 40);
  std::vector<double> flows = yearly(n, -100, 100);
  auto const r = irr(flows);
  RC_ASSERT(static_cast<int>(r.roots.size()) <= r.sign_changes);  // Descartes
  for (RateRoot const& root : r.roots) {
    if (root.rate > -0.9999 && root.rate < 1e6) {
      RC_ASSERT(std::abs(relative_value(flows, root.rate)) <= 1e-10);
    }
  }
  // A scan in ln(1 + r): between two neighbours of opposite sign there must be a reported root.
  double const low = std::log(0.02);
  double const high = std::log(50.0);
  for (int k = 0; k < 400; ++k) {
    double const a = std::expm1(low + (high - low) * k / 400);
    double const b = std::expm1(low + (high - low) * (k + 1) / 400);
    auto const inside = std::count_if(r.roots.begin(), r.roots.end(), [&](RateRoot const& x) {
      return x.rate > a && x.rate <= b && x.kind == RootKind::kCrossing;
    });
    double const va = relative_value(flows, a);
    double const vb = relative_value(flows, b);
    if (std::abs(va) > 1e-12 && std::abs(vb) > 1e-12) {
      RC_ASSERT((inside % 2 == 1) == ((va > 0) != (vb > 0)));
    }
  }
}

RC_GTEST_PROP(Laws, DatedAndYearlyRatesAgreeOnWholeYears, ()) {
  auto const n = *rc::gen::inRange(2, 12);
  auto const flows = yearly(n, -100, 100);
  std::vector<DatedFlow> dated;
  for (int k = 0; k < n; ++k) {
    dated.push_back({{2030 + k, 1, 1}, flows[static_cast<std::size_t>(k)]});
  }
  auto const a = irr(flows);
  auto const b = xirr(dated, DayCount::kThirty360Isda);
  RC_ASSERT(a.roots.size() == b.roots.size());
  for (std::size_t k = 0; k < a.roots.size(); ++k) {
    RC_ASSERT(std::abs(std::log((1 + a.roots[k].rate) / (1 + b.roots[k].rate))) <= 1e-6);
  }
}

RC_GTEST_PROP(Laws, RootsOfAProductOfFactorsAreItsFactors, ()) {
  int const count = *rc::gen::inRange(1, 6);
  std::vector<double> rates;
  std::vector<double> flows{-1};
  for (int k = 0; k < count; ++k) {
    double const rate = -0.5 + 0.35 * k + between(0.01, 0.3);
    rates.push_back(rate);
    flows.push_back(0);
    for (std::size_t j = flows.size() - 1; j > 0; --j) {
      flows[j] -= (1 + rate) * flows[j - 1];
    }
  }
  auto const r = irr(flows);
  RC_ASSERT(r.roots.size() == rates.size());
  for (std::size_t k = 0; k < rates.size(); ++k) {
    RC_ASSERT(std::abs(r.roots[k].rate - rates[k]) <= 1e-8);
  }
}

}  // namespace
}  // namespace tidewater::finance
