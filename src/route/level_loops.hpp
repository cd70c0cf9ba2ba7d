#pragma once
/// The innermost loops of the level search, over costs of neighbouring levels.

#include <cstdint>

namespace tidewater::route {

using Units = std::int32_t;
inline constexpr Units kNoCost = Units{1} << 27;  ///< this much or more: no way

/// Values are worked on so many at a time, those beyond their number with them.
inline constexpr int kBatch = 8;
[[nodiscard]] constexpr int in_batches(int count) {
  return (count + kBatch - 1) / kBatch * kBatch;
}

/// values[i] = the least of values[i] .. values[i + width - 1], plus more[i], kNoCost at most; for
/// whole batches of values and of `more`, which is not negative: what lies beyond `count` and is
/// kNoCost stays so.
void least_plus(Units* values, Units const* more, int count, int width);

/// kNoCost at most.
void add_to_all(Units* values, Units more, int count);

/// Whether any value lies below its limit.
[[nodiscard]] bool has_below(Units const* values, Units const* limits, int count);

/// Takes costs that lie below the totals and flags them, 0 or 1; returns the least of those taken
/// with what is left from there.
[[nodiscard]] Units take_lower(
    Units const* costs, Units const* left, int count, Units* totals, std::uint8_t* flags);

/// Puts a value where there is a flag.
void put_where(std::uint8_t const* flags, std::uint8_t value, int count, std::uint8_t* values);

}  // namespace tidewater::route
