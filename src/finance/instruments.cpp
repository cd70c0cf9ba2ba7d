#include "instruments.hpp"

#include <algorithm>
#include <limits>

namespace tidewater::finance {

Stage stage_of(Base base) {
  switch (base) {
    case Base::kProfit:
      return Stage::kProfit;
    case Base::kDistributable:
      return Stage::kCash;
    case Base::kDividends:
      return Stage::kDividends;
    case Base::kInterest:
      return Stage::kInterest;
    default:
      return Stage::kStreams;
  }
}

double rate_in(Instrument const& instrument, std::size_t year) {
  return instrument.rate[std::min(year, instrument.rate.size() - 1)];
}

Ceiling::Ceiling(Instrument const& instrument)
    : from_year_{static_cast<std::size_t>(std::max(instrument.from_year, 0))},
      left_{instrument.lifetime_cap ? instrument.lifetime_cap->base()
                                    : std::numeric_limits<double>::infinity()} {
}

double Ceiling::limit(double amount, std::size_t year, double index) {
  if (year < from_year_) {
    return 0;
  }
  double const paid = std::min(std::max(amount, 0.0), left_ * index);
  left_ -= paid / index;
  return paid;
}

namespace {

/// The base in one year times its rate, nominal, before holiday and ceiling.
double assessed(Instrument const& in, Venture const& venture, Streams const& s, std::size_t y) {
  double const rate = rate_in(in, y);
  switch (in.base) {
    case Base::kGross:
      return rate * s.gross[y];
    case Base::kNetSmelterReturn:
      return rate * s.smelter[y];
    case Base::kMineGate:
      return rate * std::max(0.0, s.smelter[y] - s.corridor_opex[y] - s.unit_charges[y]);
    case Base::kOpex:
      return rate * s.opex[y];
    case Base::kCapex:
      return rate * (s.construction[y] + s.sustaining[y]);
    case Base::kFixed:
      return nominal_amount(in.fixed, y, s.index[y]);
    case Base::kTonnes: {
      auto const& carried = venture.traffic[in.traffic].carried;
      return y < carried.size() ? (in.per_tonne * carried[y]).base() * s.index[y] : 0.0;
    }
    case Base::kTonneKm: {
      auto const& moved = venture.traffic[in.traffic].moved;
      return y < moved.size() ? (in.per_tonne_km * moved[y]).base() * s.index[y] : 0.0;
    }
    default:
      return 0;
  }
}

Years advance_payments(Advance const& advance, std::size_t years) {
  Years out(years, 0.0);
  double left = advance.cap.base();
  for (std::size_t y = static_cast<std::size_t>(advance.first_year); y < years && left > 0; ++y) {
    std::size_t const k = y - static_cast<std::size_t>(advance.first_year);
    double const next = advance.payments[std::min(k, advance.payments.size() - 1)].base();
    out[y] = std::min(next, left);
    left -= out[y];
  }
  return out;
}

/// Earlier advances pay part of what is due; what they cover is not paid again.
void set_off(Advance const& advance, Years const& advances, Years& due) {
  double outstanding = 0;
  for (std::size_t y = 0; y < due.size(); ++y) {
    double const covered = std::min(outstanding, advance.setoff_share * due[y]);
    due[y] -= covered;
    outstanding += advances[y] - covered;
  }
}

double government_share(Instrument const& in, Deal const& deal) {
  double share = 0;
  for (PayeeShare const& p : in.payees) {
    share += deal.accounts[p.payee].sector == Sector::kGovernment ? p.share : 0.0;
  }
  return share;
}

void add_instrument(Venture const& venture, Deal const& deal, std::size_t i, Streams& s) {
  Instrument const& in = deal.instruments[i];
  Years& due = s.due[i];
  due.assign(s.years, 0.0);
  Ceiling ceiling{in};
  for (std::size_t y = 0; y < s.years; ++y) {
    due[y] = ceiling.limit(assessed(in, venture, s, y), y, s.index[y]);
  }
  if (in.advance) {
    s.advances[i] = advance_payments(*in.advance, s.years);
    set_off(*in.advance, s.advances[i], due);
  }
  double const to_state = government_share(in, deal);
  bool const is_unit = in.base == Base::kTonnes || in.base == Base::kTonneKm;
  double const deducted = in.deduction == Deduction::kAllowed ? 1.0 : 0.0;
  for (std::size_t y = 0; y < s.years; ++y) {
    double const paid = due[y] + (in.advance ? s.advances[i][y] : 0.0);
    s.royalties[y] += to_state * paid;
    s.charges[y] += (1 - to_state) * paid;
    s.deductible[y] += deducted * paid;
    s.unit_charges[y] += is_unit ? paid : 0.0;
  }
}

}  // namespace

void add_instruments(Venture const& venture, Deal const& deal, Streams& s) {
  std::size_t const n = deal.instruments.size();
  s.due.resize(n);
  s.advances.resize(n);
  // Unit charges first: the mine-gate value deducts them, in whatever order the file lists them.
  for (bool const units : {true, false}) {
    for (std::size_t i = 0; i < n; ++i) {
      Base const base = deal.instruments[i].base;
      bool const is_unit = base == Base::kTonnes || base == Base::kTonneKm;
      if (stage_of(base) == Stage::kStreams && is_unit == units) {
        add_instrument(venture, deal, i, s);
      }
    }
  }
}

void levy(Streams const& s, Deal const& deal, Years const& finance_cost, TaxBill& bill) {
  std::size_t const n = deal.instruments.size();
  bill.by_instrument.resize(n);
  bill.total.assign(s.years, 0.0);
  Years taxable(s.years, 0.0);
  Years losses(s.years, 0.0);  // by the year they were made
  std::size_t oldest = 0;
  for (std::size_t y = 0; y < s.years; ++y) {
    double const profit = s.smelter[y] + s.tariff[y] - s.opex[y] - s.deductible[y] -
                          s.depreciation[y] - finance_cost[y];
    if (deal.tax.loss_years) {  // those too old are lost
      auto const kept = static_cast<std::size_t>(std::max(*deal.tax.loss_years, 0));
      oldest = std::max(oldest, y > kept ? y - kept : std::size_t{0});
    }
    if (profit < 0) {
      losses[y] = -profit;
      continue;
    }
    double room = deal.tax.loss_share * profit;
    taxable[y] = profit;
    while (room > 0 && oldest < y) {
      double const used = std::min(room, losses[oldest]);
      losses[oldest] -= used;
      room -= used;
      taxable[y] -= used;
      oldest += losses[oldest] > 0 ? 0U : 1U;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    Instrument const& in = deal.instruments[i];
    if (stage_of(in.base) != Stage::kProfit) {
      continue;
    }
    Years& tax = bill.by_instrument[i];
    tax.assign(s.years, 0.0);
    Ceiling ceiling{in};
    for (std::size_t y = 0; y < s.years; ++y) {
      tax[y] = ceiling.limit(rate_in(in, y) * taxable[y], y, s.index[y]);
      bill.total[y] += tax[y];
    }
  }
}

}  // namespace tidewater::finance
