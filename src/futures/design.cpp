#include "tidewater/futures/design.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include <boost/random/sobol.hpp>
#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/base/random.hpp"

namespace tidewater::futures {

namespace {

constexpr unsigned kDigits = 32;

/// Middle of the cell of width 2^-32 that starts at digits / 2^32: never 0, never 1.
double cell_middle(std::uint32_t digits) {
  return (static_cast<double>(digits) + 0.5) * 0x1p-32;
}

std::uint32_t reversed(std::uint32_t x) {
  x = ((x >> 1U) & 0x55555555U) | ((x & 0x55555555U) << 1U);
  x = ((x >> 2U) & 0x33333333U) | ((x & 0x33333333U) << 2U);
  x = ((x >> 4U) & 0x0f0f0f0fU) | ((x & 0x0f0f0f0fU) << 4U);
  x = ((x >> 8U) & 0x00ff00ffU) | ((x & 0x00ff00ffU) << 8U);
  return (x >> 16U) | (x << 16U);
}

/// Finalising mix of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// Direction numbers of one dimension as binary fractions (Bratley and Fox 1988, section 2).
void fill_directions(std::size_t dimension, std::span<std::uint32_t> out) {
  using Table = boost::random::default_sobol_table;
  if (dimension == 0) {
    for (unsigned j = 0; j < kDigits; ++j) {
      out[j] = 1U << (kDigits - 1 - j);
    }
    return;
  }
  std::uint32_t const polynomial = Table::polynomial(dimension - 1);
  auto const degree = static_cast<unsigned>(std::bit_width(polynomial)) - 1;
  for (unsigned j = 0; j < std::min(degree, kDigits); ++j) {
    out[j] = Table::minit(dimension - 1, j);
  }
  for (unsigned j = degree; j < kDigits; ++j) {
    out[j] = out[j - degree];
    for (unsigned back = 1; back <= degree; ++back) {
      if (((polynomial >> (degree - back)) & 1U) != 0) {
        out[j] ^= out[j - back] << back;
      }
    }
  }
  for (unsigned j = 0; j < kDigits; ++j) {
    out[j] <<= kDigits - 1 - j;
  }
}

Diagnostics faults_of(DesignOptions const& options, std::vector<std::string> const& inputs) {
  Diagnostics found;
  std::set<std::string> seen;
  for (auto const& name : inputs) {
    if (name.empty()) {
      found.push_back({Severity::kError,
                       "/futures/inputs",
                       "an uncertain input without a name",
                       "name it: its draws are keyed by its name"});
    } else if (!seen.insert(name).second) {
      found.push_back({Severity::kError,
                       "/futures/inputs/" + name,
                       fmt::format("'{}' is listed twice", name),
                       "list each uncertain input once"});
    }
  }
  if (inputs.size() > SobolSequence::kMaxDimensions) {
    found.push_back({Severity::kError,
                     "/futures/inputs",
                     fmt::format("{} uncertain inputs, at most {} can be sampled",
                                 inputs.size(),
                                 SobolSequence::kMaxDimensions),
                     "fix the ones that matter least"});
  }
  if (options.kind == DesignKind::kLatinHypercube && options.points == 0) {
    found.push_back({Severity::kError,
                     "/futures/points",
                     "a Latin hypercube needs its number of points beforehand",
                     "give points >= 1, or use a Sobol' design"});
  }
  return found;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions) : directions_(dimensions * kBits) {
  TW_EXPECTS(dimensions >= 1 && dimensions <= kMaxDimensions, "the table holds 3,667 dimensions");
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    fill_directions(dimension, std::span{directions_}.subspan(dimension * kBits, kBits));
  }
}

std::uint32_t SobolSequence::bits(std::size_t dimension, std::uint32_t index) const {
  TW_EXPECTS(dimension < dimensions(), "a coordinate of this sequence");
  std::uint32_t const* const direction = directions_.data() + dimension * kBits;
  std::uint32_t digits = 0;
  for (std::uint32_t gray = index ^ (index >> 1U); gray != 0; gray &= gray - 1) {
    digits ^= direction[std::countr_zero(gray)];
  }
  return digits;
}

std::uint32_t owen_scramble(std::uint32_t digits, std::uint64_t key) {
  // The digit tree is taken six levels at a time: the 63 nodes of such a subtree share one 64-bit
  // hash of (key, depth, digits above), a bit a node in heap order. Flips are read at the nodes of
  // the unscrambled path, so two fractions part at the same digit before and after.
  constexpr unsigned kLevels = 6;
  std::uint32_t flips = 0;
  for (unsigned depth = 0; depth < kDigits; depth += kLevels) {
    std::uint64_t const above = depth == 0 ? 0 : digits >> (kDigits - depth);
    // `above` has `depth` digits; a leading one tells equal digits at different depths apart.
    std::uint64_t const node_hash =
        mixed(key + ((std::uint64_t{1} << depth) | above) * 0x9e3779b97f4a7c15ULL);
    unsigned const levels = std::min(kLevels, kDigits - depth);
    std::uint32_t heap = 1;
    for (unsigned level = 0; level < levels; ++level) {
      unsigned const place = kDigits - 1 - depth - level;
      flips |= static_cast<std::uint32_t>((node_hash >> heap) & 1U) << place;
      heap = 2 * heap + ((digits >> place) & 1U);
    }
  }
  return digits ^ flips;
}

Result<Design> Design::make(DesignOptions options, std::vector<std::string> inputs) {
  auto found = faults_of(options, inputs);
  if (!found.empty()) {
    return reject(std::move(found));
  }
  return Design{options, std::move(inputs)};
}

Design::Design(DesignOptions options, std::vector<std::string> inputs)
    : options_{options},
      inputs_{std::move(inputs)},
      sobol_{options.kind == DesignKind::kSobol ? std::max<std::size_t>(inputs_.size(), 1) : 1} {
  Streams const streams{options_.seed, 0};
  for (auto const& name : inputs_) {
    Stream keys = streams.named(name, "design");
    scramble_keys_.push_back(keys.bits());
    shuffle_keys_.push_back(keys.bits());
    if (options_.kind != DesignKind::kLatinHypercube) {
      continue;
    }
    auto const begin = strata_.size();
    Stream order = streams.named(name, "latin hypercube");
    for (std::uint32_t i = 0; i < options_.points; ++i) {  // Fisher-Yates, inside out
      auto const j = begin + order.below(i + 1);
      strata_.push_back(i);
      std::swap(strata_.back(), strata_[j]);
    }
  }
}

double Design::scrambled(std::size_t input, std::uint32_t digits) const {
  return cell_middle(owen_scramble(digits, scramble_keys_[input]));
}

double Design::at(std::size_t input, std::uint32_t index) const {
  TW_EXPECTS(input < inputs_.size(), "an input of this design");
  switch (options_.kind) {
    case DesignKind::kSobol:
      return scrambled(input, sobol_.bits(input, index));
    case DesignKind::kSobolByName:
      // A nested shuffle keeps every aligned block of 2^m indices an aligned block, and any such
      // block of the van der Corput sequence is stratified.
      return scrambled(input, reversed(owen_scramble(index, shuffle_keys_[input])));
    case DesignKind::kLatinHypercube: {
      TW_EXPECTS(index < options_.points, "a Latin hypercube has exactly its points");
      double const jitter = Streams{options_.seed, index}.named(inputs_[input], "jitter").uniform();
      return (strata_[input * options_.points + index] + jitter) / options_.points;
    }
    case DesignKind::kRandom:
      return Streams{options_.seed, index}.named(inputs_[input], "random").uniform();
  }
  TW_EXPECTS(false, "a design of a known kind");
}

std::vector<double> Design::point(std::uint32_t index) const {
  std::vector<double> out(inputs_.size());
  for (std::size_t input = 0; input < out.size(); ++input) {
    out[input] = at(input, index);
  }
  return out;
}

}  // namespace tidewater::futures
