#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/io/units_text.hpp"

namespace tidewater::io {
namespace {

rc::Gen<std::string> a_unit() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::inRange<std::size_t>(0, 40), rc::gen::inRange<std::size_t>(0, 40)),
      [](auto const& at) {
        auto const words = unit_vocabulary();
        return std::string{words[at.first].word} + "/" + std::string{words[at.second].word};
      });
}

/// Numbers with at most nine digits are what the printer promises to keep.
rc::Gen<double> a_number() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::inRange(-999999999, 999999999), rc::gen::inRange(-12, 12)),
      [](auto const& parts) { return parts.first * std::pow(10.0, parts.second); });
}

RC_GTEST_PROP(UnitTextLaw, WhatIsPrintedIsReadAsTheSameNumber, ()) {
  auto const number = *a_number();
  auto const unit = *a_unit();
  auto const base = number * parse_unit(unit)->value;
  auto const again = parse_as(format_in(base, unit), unit);
  RC_ASSERT(again.has_value());
  RC_ASSERT(std::abs(*again - base) <= 1e-9 * std::abs(base));
  RC_ASSERT(format_in(*again, unit) == format_in(base, unit));
}

RC_GTEST_PROP(UnitTextLaw, AnyTextIsReadOrRefusedWithWords, (std::string const& text)) {
  auto const read = parse_quantity(text);
  if (read) {
    RC_ASSERT(std::isfinite(read->value));
  } else {
    RC_ASSERT(!read.error().front().what.empty());
    RC_ASSERT(!read.error().front().remedy.empty());
  }
}

RC_GTEST_PROP(UnitTextLaw, DividingByAUnitAndMultiplyingByItCancel, ()) {
  auto const unit = *a_unit();
  auto const slash = unit.find('/');
  auto const there = parse_unit(unit);
  auto const back = parse_unit(unit.substr(slash + 1) + "/" + unit.substr(0, slash));
  RC_ASSERT(std::abs(there->value * back->value - 1) < 1e-15);
  for (std::size_t i = 0; i < 4; ++i) {
    RC_ASSERT(there->dimension[i] + back->dimension[i] == 0);
  }
}

}  // namespace
}  // namespace tidewater::io
