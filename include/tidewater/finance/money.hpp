#pragma once
/// Money over time: nominal money as its own type, the price index between nominal and real, and
/// the value that says why it does not exist. No cash flow is computed here.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidewater/base/contract.hpp"
#include "tidewater/base/units.hpp"

namespace tidewater::finance {

/// Money of the day it is paid. It never meets `Money` (real, of the price year) but through a
/// PriceIndex.
struct NominalUnit {
  friend constexpr None operator/(NominalUnit, NominalUnit) { return {}; }
};
using NominalMoney = Quantity<NominalUnit>;

/// Price level of each project year relative to the price year (1 = the price year's prices).
class PriceIndex {
 public:
  PriceIndex() = default;  ///< level 1 for ever: nominal equals real
  /// One level a project year, all above zero; the last one holds beyond the end.
  explicit PriceIndex(std::vector<double> levels);
  /// level(k) = (1 + yearly)^(k + years_since_price_year), for `years` project years.
  [[nodiscard]] static PriceIndex inflation(double yearly, int years, int years_since_price_year);

  [[nodiscard]] double at(int year) const;
  [[nodiscard]] NominalMoney inflate(Money real, int year) const {
    return NominalMoney{real.base() * at(year)};
  }
  [[nodiscard]] Money deflate(NominalMoney nominal, int year) const {
    return Money{nominal.base() / at(year)};
  }
  bool operator==(PriceIndex const&) const = default;

 private:
  std::vector<double> levels_{1.0};
};

/// A measure that exists, or the reason why it does not: never a NaN, never a silent zero.
template <class T>
class Measured {
 public:
  Measured() : reason_{"not computed"} {}
  Measured(T value) : value_{std::move(value)} {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Measured none(std::string_view why) {
    Measured m;
    m.reason_ = why;
    return m;
  }

  [[nodiscard]] bool has_value() const { return value_.has_value(); }
  [[nodiscard]] explicit operator bool() const { return value_.has_value(); }
  [[nodiscard]] T const& value() const {
    TW_EXPECTS(value_.has_value(), "a measure is read only when it exists");
    return *value_;
  }
  [[nodiscard]] T const& operator*() const { return value(); }
  [[nodiscard]] T const* operator->() const { return &value(); }
  /// Empty when the value exists.
  [[nodiscard]] std::string const& reason() const { return reason_; }
  bool operator==(Measured const&) const = default;

 private:
  std::optional<T> value_;
  std::string reason_;
};

}  // namespace tidewater::finance
