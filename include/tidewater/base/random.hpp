#pragma once
/// Counter-based random streams (Philox4x32-10, Salmon et al. 2011).
///
/// A stream is named, never shared: key = the study's seed, counter = (draw block, stream,
/// replication). Two options of one project that use the same stream names therefore meet the same
/// storms, failures and ship delays (common random numbers), whatever else differs between them, on
/// any thread. Laws are drawn by inversion, one uniform a draw, so that antithetic streams mirror
/// them; the logarithm is our own, so that every machine draws the same bits.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidewater {

/// Stable 32-bit name hash (FNV-1a, then a finalising mix): the same on every machine and build.
[[nodiscard]] std::uint32_t stream_hash(std::string_view entity, std::string_view purpose);

/// Whether a stream gives its own uniforms u or their mirror images 1 - u.
enum class Mirror : std::uint8_t { kPlain, kAntithetic };

/// One sequence of draws. Copying a stream copies its place in the sequence.
class Stream {
 public:
  using result_type = std::uint64_t;  ///< usable as a standard uniform random bit generator

  Stream(std::uint64_t seed,
         std::uint32_t stream,
         std::uint32_t replication,
         Mirror mirror = Mirror::kPlain)
      : seed_{seed},
        stream_{stream},
        replication_{replication},
        flip_{mirror == Mirror::kAntithetic ? ~std::uint64_t{0} : 0} {}

  [[nodiscard]] std::uint64_t bits() { return take() ^ flip_; }
  /// Uniform on the open interval (0, 1): never 0, so its logarithm is finite.
  [[nodiscard]] double uniform() { return uniform_of(take()); }
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
  [[nodiscard]] std::uint64_t take() {
    if (next_ == words_.size()) {
      refill();
    }
    return words_[next_++];
  }
  [[nodiscard]] double uniform_of(std::uint64_t word) const {
    // 52 bits and half a step: the middle of one of 2^52 equal cells of (0, 1), never an end.
    return (static_cast<double>((word ^ flip_) >> 12U) + 0.5) * 0x1p-52;
  }

  std::uint64_t seed_;
  std::uint64_t block_ = 0;
  std::uint32_t stream_;
  std::uint32_t replication_;
  std::uint64_t flip_;
  double ahead_ = 0;            ///< logarithm of the uniform at `ahead_of_`: whoever draws one
  std::uint32_t ahead_of_ = 8;  ///< exponential draws more, and need not wait for the next
  std::uint32_t next_ = 8;      ///< of the words in `words_`, which four blocks at a time fill
  std::array<std::uint64_t, 8> words_{};
};

/// Hands out named streams for one replication.
struct Streams {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  Mirror mirror = Mirror::kPlain;

  [[nodiscard]] Stream named(std::string_view entity, std::string_view purpose) const {
    return Stream{seed, stream_hash(entity, purpose), replication, mirror};
  }
  /// The same replication with every uniform u turned into 1 - u.
  [[nodiscard]] Streams antithetic() const {
    return {seed, replication, mirror == Mirror::kPlain ? Mirror::kAntithetic : Mirror::kPlain};
  }
};

/// Natural logarithm of a positive, normal, finite number by additions and multiplications only:
/// the same bits on every machine, within 2e-13 of the true value, relatively.
[[nodiscard]] double natural_log(double x);

/// Inverse of the standard normal distribution, 0 < p < 1. Wichura (1988), algorithm AS 241, about
/// 1e-16 relative.
[[nodiscard]] double normal_quantile(double p);

}  // namespace tidewater
