#pragma once
/// Counter-based random streams (Philox4x32-10, Salmon et al. 2011, library Random123).
///
/// A stream is named, never shared: key = the study's seed, counter = (draw block, stream,
/// replication). Two options of one project that use the same stream names therefore meet the same
/// storms, failures and ship delays (common random numbers), whatever else differs between them, on
/// any thread.

#include <array>
#include <cstdint>
#include <string_view>

namespace tidewater {

/// Stable 32-bit name hash (FNV-1a, then a finalising mix): the same on every machine and build.
[[nodiscard]] std::uint32_t stream_hash(std::string_view entity, std::string_view purpose);

/// One sequence of draws. Copying a stream copies its place in the sequence.
class Stream {
 public:
  using result_type = std::uint64_t;  ///< usable as a standard uniform random bit generator

  Stream(std::uint64_t seed, std::uint32_t stream, std::uint32_t replication)
      : seed_{seed}, stream_{stream}, replication_{replication} {}

  [[nodiscard]] std::uint64_t bits();
  /// Uniform on the open interval (0, 1): never 0, so its logarithm is finite.
  [[nodiscard]] double uniform();
  [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Exponential with the given mean (inverse method, one draw).
  [[nodiscard]] double exponential(double mean);
  /// Standard normal (inverse method, one draw: keeps common random numbers aligned).
  [[nodiscard]] double normal();
  [[nodiscard]] double triangular(double low, double mode, double high);
  /// Whole number in [0, n), n >= 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t n);

  std::uint64_t operator()() { return bits(); }
  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }

 private:
  void refill();

  std::uint64_t seed_;
  std::uint64_t block_ = 0;
  std::uint32_t stream_;
  std::uint32_t replication_;
  std::uint32_t used_ = 2;  ///< of the two 64-bit words in `words_`
  std::array<std::uint64_t, 2> words_{};
};

/// Hands out named streams for one replication.
struct Streams {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;

  [[nodiscard]] Stream named(std::string_view entity, std::string_view purpose) const {
    return Stream{seed, stream_hash(entity, purpose), replication};
  }
};

/// Inverse of the standard normal distribution, 0 < p < 1. Wichura (1988), algorithm AS 241, about
/// 1e-16 relative.
[[nodiscard]] double normal_quantile(double p);

}  // namespace tidewater
