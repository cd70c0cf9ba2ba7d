#include "level_loops.hpp"

#include <algorithm>

// Compiled twice, for processors with and without AVX2; whole numbers, so both give the same.
// Sanitizers do not bear the choice at start-up.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TIDEWATER_TWICE __attribute__((target_clones("avx2", "default")))
#else
#define TIDEWATER_TWICE
#endif

namespace tidewater::route {

namespace {

template <int kWidth>
[[gnu::always_inline]] inline Units least_of(Units const* values) {
  Units least = values[0];
  for (int k = 1; k < kWidth; ++k) {
    least = values[k] < least ? values[k] : least;
  }
  return least;
}

[[gnu::always_inline]] inline Units sum(Units least, Units more) {
  Units const sum = least + more;
  return sum < kNoCost ? sum : kNoCost;
}

template <int kWidth>
[[gnu::always_inline]] inline void narrow(Units* __restrict values,
                                          Units const* __restrict more,
                                          int count) {
  for (int i = 0; i < in_batches(count); ++i) {
    values[i] = sum(least_of<kWidth>(values + i), more[i]);
  }
}

/// Two windows of half the width or more cover a wide one.
template <int kHalf>
[[gnu::always_inline]] inline void wide(Units* __restrict values,
                                        Units const* __restrict more,
                                        int count,
                                        int apart) {
  for (int i = 0; i < in_batches(count); ++i) {
    Units const here = least_of<kHalf>(values + i);
    Units const there = least_of<kHalf>(values + i + apart);
    values[i] = sum(there < here ? there : here, more[i]);
  }
}

}  // namespace

TIDEWATER_TWICE void least_plus(Units* __restrict values,
                                Units const* __restrict more,
                                int count,
                                int width) {
  switch (width) {
    case 1:
      return narrow<1>(values, more, count);
    case 2:
      return narrow<2>(values, more, count);
    case 3:
      return narrow<3>(values, more, count);
    case 4:
      return narrow<4>(values, more, count);
    case 5:
      return narrow<5>(values, more, count);
    case 6:
      return narrow<6>(values, more, count);
    case 7:
      return narrow<7>(values, more, count);
    case 8:
      return narrow<8>(values, more, count);
    case 9:
    case 10:
      return wide<5>(values, more, count, width - 5);
    case 11:
    case 12:
      return wide<6>(values, more, count, width - 6);
    case 13:
    case 14:
    case 15:
    case 16:
      return wide<8>(values, more, count, width - 8);
    default:
      break;
  }
  int covered = 1;
  for (; covered * 2 <= width; covered *= 2) {
    for (int i = 0; i < in_batches(count + width - 2 * covered); ++i) {
      values[i] = values[i] < values[i + covered] ? values[i] : values[i + covered];
    }
  }
  for (int i = 0; i < in_batches(count); ++i) {
    Units const other = values[i + width - covered];
    values[i] = sum(other < values[i] ? other : values[i], more[i]);
  }
}

TIDEWATER_TWICE void add_to_all(Units* values, Units more, int count) {
  for (int i = 0; i < count; ++i) {
    values[i] = sum(values[i], more);
  }
}

namespace {

TIDEWATER_TWICE int count_below(Units const* values, Units const* limits, int count) {
  int below = 0;
  for (int i = 0; i < count; ++i) {
    below += values[i] < limits[i] ? 1 : 0;
  }
  return below;
}

}  // namespace

bool has_below(Units const* values, Units const* limits, int count) {
  return count_below(values, limits, count) > 0;
}

TIDEWATER_TWICE Units take_lower(Units const* __restrict costs,
                                 Units const* __restrict left,
                                 int count,
                                 Units* __restrict totals,
                                 std::uint8_t* __restrict flags) {
  Units least = kNoCost;
  for (int i = 0; i < count; ++i) {
    Units const whole = costs[i] < totals[i] ? costs[i] + left[i] : kNoCost;
    least = whole < least ? whole : least;
  }
  for (int i = 0; i < count; ++i) {
    flags[i] = costs[i] < totals[i] ? 1 : 0;
  }
  for (int i = 0; i < count; ++i) {
    totals[i] = costs[i] < totals[i] ? costs[i] : totals[i];
  }
  return least;
}

TIDEWATER_TWICE void put_where(std::uint8_t const* __restrict flags,
                               std::uint8_t value,
                               int count,
                               std::uint8_t* __restrict values) {
  for (int i = 0; i < count; ++i) {
    values[i] = flags[i] != 0 ? value : values[i];
  }
}

}  // namespace tidewater::route
