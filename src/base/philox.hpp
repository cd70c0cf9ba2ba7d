#pragma once
// Philox4x32-10 (Salmon et al. 2011), four counters at once: alone, each waits for its own
// multiplications. tests/base holds the words against Random123.

#include <array>
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tidewater {

// Two counters side by side, one 32-bit word of each in the lower half of a lane.
using WordPair [[gnu::vector_size(16)]] = std::uint64_t;

// Full products of the lower halves.
inline WordPair product(WordPair a, std::uint32_t m) {
#ifdef __SSE2__
  return reinterpret_cast<WordPair>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(WordPair{m, m})));
#else
  return (a & 0xffff'ffffU) * m;
#endif
}

/// The words of counters (block, stream, replication) ... (block + 3, ...) under key `seed`.
inline std::array<std::uint64_t, 8> philox(std::uint64_t seed,
                                           std::uint64_t block,
                                           std::uint32_t stream,
                                           std::uint32_t replication) {
  constexpr std::size_t kPairs = 2;
  std::array<WordPair, kPairs> c0{};
  std::array<WordPair, kPairs> c1{};
  std::array<WordPair, kPairs> c2{};
  std::array<WordPair, kPairs> c3{};
  for (std::size_t i = 0; i < kPairs; ++i) {
    c0[i] = WordPair{block + 2 * i, block + 2 * i + 1};
    c1[i] = c0[i] >> 32U;
    c2[i] = WordPair{stream, stream};
    c3[i] = WordPair{replication, replication};
  }
  auto k0 = static_cast<std::uint32_t>(seed);
  auto k1 = static_cast<std::uint32_t>(seed >> 32U);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
#pragma GCC unroll 2
    for (std::size_t i = 0; i < kPairs; ++i) {
      // The upper halves may hold anything: only the lower ones are multiplied.
      WordPair const p0 = product(c0[i], 0xD2511F53U);
      WordPair const p1 = product(c2[i], 0xCD9E8D57U);
      c0[i] = (p1 >> 32U) ^ c1[i] ^ WordPair { k0, k0 };
      c2[i] = (p0 >> 32U) ^ c3[i] ^ WordPair { k1, k1 };
      c1[i] = p1;
      c3[i] = p0;
    }
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  std::array<std::uint64_t, 8> words{};
  for (std::size_t i = 0; i < kPairs; ++i) {
    WordPair const first = (c0[i] & 0xffff'ffffU) | (c1[i] << 32U);
    WordPair const second = (c2[i] & 0xffff'ffffU) | (c3[i] << 32U);
    words[4 * i] = first[0];
    words[4 * i + 1] = second[0];
    words[4 * i + 2] = first[1];
    words[4 * i + 3] = second[1];
  }
  return words;
}

}  // namespace tidewater
