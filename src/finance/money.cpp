#include "tidewater/finance/money.hpp"

#include <cmath>
#include <cstddef>

namespace tidewater::finance {

PriceIndex::PriceIndex(std::vector<double> levels) : levels_{std::move(levels)} {
  TW_EXPECTS(!levels_.empty(), "a price index has at least one level");
  for (double const level : levels_) {
    TW_EXPECTS(std::isfinite(level) && level > 0, "price levels are above zero");
  }
}

PriceIndex PriceIndex::inflation(double yearly, int years, int years_since_price_year) {
  TW_EXPECTS(yearly > -1 && years >= 1, "inflation above -100 % over at least one year");
  std::vector<double> levels(static_cast<std::size_t>(years));
  for (std::size_t k = 0; k < levels.size(); ++k) {
    levels[k] = std::pow(1 + yearly, static_cast<double>(k) + years_since_price_year);
  }
  return PriceIndex{std::move(levels)};
}

double PriceIndex::at(int year) const {
  TW_DEBUG(year >= 0, "project years are counted from 0");
  auto const k = static_cast<std::size_t>(year);
  return k < levels_.size() ? levels_[k] : levels_.back();
}

}  // namespace tidewater::finance
