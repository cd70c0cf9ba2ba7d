#include "cash.hpp"

namespace tidewater::finance {

EquityCash share_out(Years before, Deal const& deal, Years const& index) {
  EquityCash out;
  out.cash = std::move(before);
  out.fund_total.assign(out.cash.size(), 0.0);
  out.funds.resize(deal.instruments.size());
  for (std::size_t i = 0; i < deal.instruments.size(); ++i) {
    Instrument const& in = deal.instruments[i];
    if (stage_of(in.base) != Stage::kCash) {
      continue;
    }
    Ceiling ceiling{in};
    out.funds[i].assign(out.cash.size(), 0.0);
    for (std::size_t y = 0; y < out.cash.size(); ++y) {
      out.funds[i][y] = ceiling.limit(rate_in(in, y) * out.cash[y], y, index[y]);
      out.fund_total[y] += out.funds[i][y];
    }
  }
  for (std::size_t y = 0; y < out.cash.size(); ++y) {
    out.cash[y] -= out.fund_total[y];
  }
  return out;
}

Years cash_after_debt(Streams const& s, Financing const& f) {
  Years cash(s.years);
  for (std::size_t y = 0; y < s.years; ++y) {
    cash[y] = f.cfads[y] - s.construction[y] + f.path.drawn[y] - f.path.interest[y] -
              f.path.principal[y] - f.path.fees[y];
  }
  return cash;
}

Unlevered without_debt(Streams const& s, Deal const& deal) {
  Unlevered out;
  levy(s, deal, Years(s.years, 0.0), out.tax);
  Years cash(s.years);
  for (std::size_t y = 0; y < s.years; ++y) {
    cash[y] = s.operating[y] - out.tax.total[y] - s.construction[y];
  }
  out.cash = share_out(std::move(cash), deal, s.index);
  return out;
}

}  // namespace tidewater::finance
