#include "streams.hpp"

#include <algorithm>
#include <type_traits>

#include "instruments.hpp"

namespace tidewater::finance {

double nominal_amount(YearlyMoney const& stream, std::size_t year, double index) {
  return std::visit(
      [&](auto const& amounts) {
        using Amounts = std::decay_t<decltype(amounts)>;
        double const scale = std::is_same_v<Amounts, std::vector<Money>> ? index : 1.0;
        return year < amounts.size() ? amounts[year].base() * scale : 0.0;
      },
      stream);
}

double spent_in(CapexPart const& part, std::size_t year) {
  auto const first = static_cast<std::size_t>(part.first_year);
  bool const building = year >= first && year - first < part.profile.size();
  return building ? part.cost.base() * part.profile[year - first] : 0.0;
}

namespace {

/// Adds the stream's nominal amounts, `sign` times, to `sum`.
void accumulate(YearlyMoney const& stream, Years const& index, double sign, Years& sum) {
  std::visit(
      [&](auto const& amounts) {
        using Amounts = std::decay_t<decltype(amounts)>;
        constexpr bool kIsReal = std::is_same_v<Amounts, std::vector<Money>>;
        std::size_t const n = std::min(amounts.size(), sum.size());
        for (std::size_t y = 0; y < n; ++y) {
          sum[y] += sign * amounts[y].base() * (kIsReal ? index[y] : 1.0);
        }
      },
      stream);
}

void add_sales(Venture const& venture, std::optional<double> tariff, Streams& s) {
  for (Sale const& sale : venture.sales) {
    if (sale.kind == SaleKind::kProduct) {
      accumulate(sale.gross, s.index, 1, s.gross);
      accumulate(sale.deductions, s.index, -1, s.smelter);
    } else if (!tariff) {
      accumulate(sale.gross, s.index, 1, s.tariff);
      accumulate(sale.deductions, s.index, -1, s.tariff);
    }
  }
  for (std::size_t y = 0; y < s.years; ++y) {
    s.smelter[y] += s.gross[y];
    if (tariff && y < venture.throughput.size()) {
      s.tariff[y] = *tariff * venture.throughput[y].base() * s.index[y];
    }
  }
}

bool is_corridor(Segment segment) {
  return segment == Segment::kTransport || segment == Segment::kPort;
}

void add_capex(Venture const& venture, Streams& s) {
  for (CapexPart const& part : venture.capex) {
    Years& sum = part.kind == CapexKind::kConstruction ? s.construction : s.sustaining;
    double historic = 0;
    for (std::size_t k = 0; k < part.profile.size(); ++k) {
      std::size_t const y = static_cast<std::size_t>(part.first_year) + k;
      if (y >= s.years) {
        break;
      }
      double const spent = part.cost.base() * part.profile[k] * s.index[y];
      historic += spent;
      sum[y] += spent;
      s.corridor_capex[y] += is_corridor(part.segment) ? spent : 0.0;
    }
    auto const life = static_cast<std::size_t>(std::max(part.depreciation_years, 0));
    auto const start = static_cast<std::size_t>(part.in_service);
    for (std::size_t y = start; y < std::min(start + life, s.years); ++y) {
      s.depreciation[y] += historic / static_cast<double>(life);
    }
  }
}

}  // namespace

Streams streams_of(Venture const& venture, Deal const& deal, std::optional<double> tariff) {
  Streams s;
  s.years = static_cast<std::size_t>(venture.years);
  for (Years* column : {&s.index,
                        &s.gross,
                        &s.smelter,
                        &s.tariff,
                        &s.opex,
                        &s.corridor_opex,
                        &s.construction,
                        &s.sustaining,
                        &s.corridor_capex,
                        &s.depreciation,
                        &s.unit_charges,
                        &s.royalties,
                        &s.charges,
                        &s.deductible,
                        &s.operating}) {
    column->assign(s.years, 0.0);
  }
  for (std::size_t y = 0; y < s.years; ++y) {
    s.index[y] = deal.index.at(static_cast<int>(y));
  }
  add_sales(venture, tariff, s);
  for (CostLine const& line : venture.costs) {
    accumulate(line.amount, s.index, 1, s.opex);
    if (is_corridor(line.segment)) {
      accumulate(line.amount, s.index, 1, s.corridor_opex);
    }
  }
  add_capex(venture, s);
  add_instruments(venture, deal, s);
  for (std::size_t y = 0; y < s.years; ++y) {
    s.operating[y] =
        s.smelter[y] + s.tariff[y] - s.opex[y] - s.sustaining[y] - s.royalties[y] - s.charges[y];
  }
  return s;
}

}  // namespace tidewater::finance
