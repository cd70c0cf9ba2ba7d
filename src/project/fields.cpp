#include "tidewater/project/fields.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tidewater/base/contract.hpp"

namespace tidewater::project {

std::string_view name(Status status) {
  constexpr std::array<std::string_view, 4> kNames{"default", "assumed", "derived", "sourced"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view name(SpreadKind kind) {
  constexpr std::array<std::string_view, 7> kNames{
      "uniform", "triangular", "pert", "normal", "lognormal", "discrete", "percentiles"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(Referent kind) {
  constexpr std::array<std::string_view, 9> kNames{
      "site", "product", "link", "locomotive", "wagon", "consist", "vessel", "issue", "option"};
  return kNames[static_cast<std::size_t>(kind)];
}

namespace {

double triangular_median(double low, double mode, double high) {
  double const middle = (low + high) / 2;
  return mode >= middle ? low + std::sqrt((high - low) * (mode - low) / 2)
                        : high - std::sqrt((high - low) * (high - mode) / 2);
}

/// Kerman (2011), "A closed-form approximation for the median of the beta distribution": within 1 %
/// of the range for the alpha, beta >= 1 that a PERT has; the sampled futures use the exact
/// quantile.
double pert_median(double low, double mode, double high) {
  if (!(high > low)) {
    return mode;
  }
  double const alpha = 1 + 4 * (mode - low) / (high - low);
  double const beta = 1 + 4 * (high - mode) / (high - low);
  double const share = (alpha - 1.0 / 3) / (alpha + beta - 2.0 / 3);
  return low + share * (high - low);
}

}  // namespace

double median(Spread const& spread) {
  auto const& n = spread.numbers;
  TW_EXPECTS(!n.empty(), "a spread has numbers");
  switch (spread.kind) {
    case SpreadKind::kUniform:
      return (n[0] + n[1]) / 2;
    case SpreadKind::kTriangular:
      return triangular_median(n[0], n[1], n[2]);
    case SpreadKind::kPert:
      return pert_median(n[0], n[1], n[2]);
    case SpreadKind::kNormal:
    case SpreadKind::kLognormal:
      return n[0];
    case SpreadKind::kPercentiles:
      return n[1];
    case SpreadKind::kDiscrete: {
      auto sorted = n;
      std::sort(sorted.begin(), sorted.end());
      return sorted[(sorted.size() - 1) / 2];  // one of the stated values, never between two
    }
  }
  return n[0];
}

}  // namespace tidewater::project
