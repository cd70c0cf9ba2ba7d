#pragma once
/// RapidCheck's ranges grow with the size of the case and begin at their lower end alone; models
/// want the whole range from the first case on.

#include <rapidcheck.h>

namespace tidewater {

template <class Gen>
[[nodiscard]] auto full(Gen gen) {
  return rc::gen::resize(rc::kNominalSize, std::move(gen));
}

/// A whole number in [low, high).
template <class T>
[[nodiscard]] T drawn(T low, T high) {
  return *full(rc::gen::inRange<T>(low, high));
}

}  // namespace tidewater
