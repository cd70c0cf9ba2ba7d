#pragma once
/// The venture's streams as plain nominal yearly sums: everything the deal needs that does not
/// depend on the debt. Plain doubles (nominal money unless said otherwise): this is the hot core.

#include <optional>
#include <vector>

#include "tidewater/finance/venture.hpp"

namespace tidewater::finance {

using Years = std::vector<double>;  ///< one amount a project year

struct Streams {
  std::size_t years = 0;
  Years index;    ///< price level
  Years gross;    ///< products, before deductions
  Years smelter;  ///< products, net smelter return
  Years tariff;   ///< tariff revenue
  Years opex;
  Years corridor_opex;  ///< of Segment kTransport and kPort
  Years construction;
  Years sustaining;
  Years corridor_capex;
  Years depreciation;           ///< straight line on historic cost
  std::vector<Years> due;       ///< by instrument; empty for bases that wait for profit or cash
  std::vector<Years> advances;  ///< by instrument; empty without an advance
  Years unit_charges;           ///< all kTonnes and kTonneKm, whoever receives them
  Years royalties;              ///< dues and advances received by governments
  Years charges;                ///< the same received by anybody else
  Years deductible;             ///< part of both that taxable profit may deduct
  Years operating;              ///< revenue - opex - sustaining - royalties - charges
};

/// The stream's amount in a year, nominal.
[[nodiscard]] double nominal_amount(YearlyMoney const& stream, std::size_t year, double index);

/// `tariff` replaces all SaleKind::kTariff revenue by so much real money per kg of throughput.
[[nodiscard]] Streams streams_of(Venture const& venture,
                                 Deal const& deal,
                                 std::optional<double> tariff = std::nullopt);

/// Amount of one capital part spent in a year, real.
[[nodiscard]] double spent_in(CapexPart const& part, std::size_t year);

}  // namespace tidewater::finance
