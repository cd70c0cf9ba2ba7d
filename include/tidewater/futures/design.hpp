#pragma once
/// Designs of experiments: for future `index` and input `k`, a number in (0, 1). A design is fixed
/// once made; any point can be asked for in any order, on any thread, without the others.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::futures {

/// Sobol' sequence in Gray-code order with the direction numbers of Joe and Kuo (2008, file
/// new-joe-kuo-6.21201, through Boost.Random's table): 32 bits, up to 3,667 dimensions,
/// unscrambled.
class SobolSequence {
 public:
  static constexpr std::size_t kMaxDimensions = 3667;

  explicit SobolSequence(std::size_t dimensions);  ///< 1 .. kMaxDimensions

  [[nodiscard]] std::size_t dimensions() const { return directions_.size() / kBits; }
  /// Coordinate `dimension` of point `index` as a binary fraction: value = bits / 2^32; point 0 is
  /// 0.
  [[nodiscard]] std::uint32_t bits(std::size_t dimension, std::uint32_t index) const;

 private:
  static constexpr std::size_t kBits = 32;
  std::vector<std::uint32_t> directions_;  ///< [dimension][bit], most significant digit first
};

enum class DesignKind {
  /// Sobol' points with Owen's nested scrambling keyed by (seed, input name). Input k uses Sobol'
  /// dimension k: an input appended at the end leaves the others' draws as they were, one inserted
  /// before them does not. Best for integrals and Sobol' indices; take 2^m points.
  kSobol,
  /// Each input its own scrambled and shuffled one-dimensional sequence: a draw depends on (seed,
  /// name, index) and on nothing else, so no change to the list moves another input. Every 2^m
  /// points from 0 are stratified in each input, as a Latin hypercube is; pairs only at random.
  kSobolByName,
  /// Plain Latin hypercube of exactly `points` points; a draw depends on (seed, name, index,
  /// points).
  kLatinHypercube,
  /// Independent draws, by name.
  kRandom,
};

struct DesignOptions {
  DesignKind kind = DesignKind::kSobol;
  std::uint64_t seed = 1;
  std::uint32_t points = 0;  ///< needed by the Latin hypercube only
};

class Design {
 public:
  /// Faults: an input named twice or without a name, more inputs than Sobol' dimensions, a Latin
  /// hypercube without points. No input at all is allowed.
  [[nodiscard]] static Result<Design> make(DesignOptions options, std::vector<std::string> inputs);

  [[nodiscard]] std::span<std::string const> inputs() const { return inputs_; }
  /// In the open interval (0, 1). For a Latin hypercube index < points.
  [[nodiscard]] double at(std::size_t input, std::uint32_t index) const;
  /// All inputs of one future.
  [[nodiscard]] std::vector<double> point(std::uint32_t index) const;

 private:
  Design(DesignOptions options, std::vector<std::string> inputs);
  [[nodiscard]] double scrambled(std::size_t input, std::uint32_t digits) const;

  DesignOptions options_;
  std::vector<std::string> inputs_;
  SobolSequence sobol_;
  std::vector<std::uint64_t> scramble_keys_;  ///< one an input
  std::vector<std::uint64_t> shuffle_keys_;   ///< one an input
  std::vector<std::uint32_t> strata_;         ///< Latin hypercube: [input][index] -> stratum
};

/// Owen's (1995) nested uniform scramble of the 32 binary digits of a fraction: each node of the
/// digit tree flips by its own fair coin, drawn by hashing (key, node). Keeps every elementary
/// interval's count; a one-to-one map of the 2^32 fractions.
[[nodiscard]] std::uint32_t owen_scramble(std::uint32_t digits, std::uint64_t key);

}  // namespace tidewater::futures
