#pragma once
/// Memory for many millions of cells. A search jumps about in it: on pages of 4 KiB it waits longer
/// for their addresses than for what stands there.

#include <cstddef>
#include <memory>
#include <vector>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace tidewater::route {

/// A vector of `count` equal values, on large pages where it is long and the system has them.
template <class T>
std::vector<T> on_large_pages(std::size_t count, T const& value) {
  std::vector<T> values;
  values.reserve(count);
#ifdef MADV_HUGEPAGE
  constexpr std::size_t large = std::size_t{2} << 20U;
  void* begin = values.data();
  std::size_t bytes = count * sizeof(T);
  if (std::align(large, large, begin, bytes) != nullptr) {
    madvise(begin, bytes, MADV_HUGEPAGE);  // advice: where it is not taken nothing is lost
  }
#endif
  values.resize(count, value);
  return values;
}

}  // namespace tidewater::route
