#include "tidewater/route/least_cost.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

#include "bucket_queue.hpp"
#include "large_pages.hpp"
#include "steps.hpp"

namespace tidewater::route {

namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::uint8_t kSettled = 0x80;  // beside the step in from_
constexpr std::uint8_t kSource = 0x7F;

constexpr std::size_t king_to(int dc, int dr) {
  std::size_t k = 0;
  while (kSteps[k].dc != dc || kSteps[k].dr != dr) {
    ++k;
  }
  return k;
}

/// One search; kCount steps, unrolled by the compiler.
template <class Node, std::size_t kCount>
class Search {
 public:
  /// Over rows of `width` cells with the border.
  Search(std::size_t width, Node* nodes, std::uint8_t* from, BucketQueue& queue)
      : width_{static_cast<std::ptrdiff_t>(width)}, nodes_{nodes}, from_{from}, queue_{queue} {
    for (std::size_t k = 0; k < kCount; ++k) {
      to_[k] = kSteps[k].dr * width_ + kSteps[k].dc;
    }
  }

  /// Expands a cell unless that was done since it last improved; says whether it was expanded. Asks
  /// for the memory that `soon`, a cell to come, will use.
  bool settle(std::uint32_t cell, std::uint32_t soon) {
    if constexpr (kCount == kKings) {  // with knight's steps it was no faster
      for (std::ptrdiff_t const row : {-width_, std::ptrdiff_t{0}, width_}) {
        __builtin_prefetch(nodes_ + soon + row, 1);
        __builtin_prefetch(from_ + soon + row, 1);
      }
    }
    if ((from_[cell] & kSettled) != 0) {
      return false;
    }
    from_[cell] |= kSettled;
    std::array<double, kCount> totals;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    // All steps are priced before any is taken: which of them improve is beyond a processor's
    // guess.
    for (std::uint32_t better = price(cell, totals, std::make_index_sequence<kCount>{});
         better != 0;
         better &= better - 1) {
      auto const k = static_cast<std::size_t>(std::countr_zero(better));
      auto const to = static_cast<std::uint32_t>(cell + to_[k]);
      nodes_[to].total = totals[k];
      from_[to] = static_cast<std::uint8_t>(k);
      queue_.push(totals[k], to);
    }
    return true;
  }

 private:
  /// Totals after each step, and a bit for each that improves its cell; none does that meets a
  /// friction that is not finite.
  template <std::size_t... k>
  std::uint32_t price(std::uint32_t cell,
                      std::array<double, kCount>& totals,
                      std::index_sequence<k...> /*steps*/) const {
    double const base = nodes_[cell].total;
    double const here = nodes_[cell].friction;
    std::array<double, kCount> friction;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::uint32_t better = 0;
    auto const step = [&]<std::size_t i>(std::integral_constant<std::size_t, i>) {
      constexpr Step s = kSteps[i];
      Node const& to = nodes_[cell + to_[i]];
      friction[i] = to.friction;
      double sum = here + friction[i];
      if constexpr (i >= kKings) {
        sum += friction[king_to(s.via1_dc, s.via1_dr)] + friction[king_to(s.via2_dc, s.via2_dr)];
      }
      constexpr double share = s.length / (i < kKings ? 2 : 4);
      totals[i] = base + sum * share;
      better |= static_cast<std::uint32_t>(totals[i] < to.total) << i;
    };
    (step(std::integral_constant<std::size_t, k>{}), ...);
    return better;
  }

  std::ptrdiff_t width_;
  Node* nodes_;
  std::uint8_t* from_;
  BucketQueue& queue_;
  std::array<std::ptrdiff_t, kCount> to_{};
};

template <class Node, std::size_t kCount>
std::size_t run(Search<Node, kCount> search, BucketQueue& queue) {
  std::size_t settled = 0;
  queue.drain([&](std::uint32_t cell, std::uint32_t soon) {
    settled += search.settle(cell, soon) ? 1 : 0;
  });
  return settled;
}

}  // namespace

CostRaster::CostRaster(int columns, int rows)
    : columns_{static_cast<std::size_t>(columns)}, rows_{static_cast<std::size_t>(rows)} {
  TW_EXPECTS(columns > 0 && rows > 0, "a raster has cells");
  std::size_t const cells = (rows_ + 4) * width() + 1;
  TW_EXPECTS(cells <= std::numeric_limits<std::uint32_t>::max(), "cells are numbered in 32 bits");
  nodes_ = on_large_pages(cells, Node{});
  from_ = on_large_pages(cells, kSource);
}

Result<std::size_t> CostRaster::search(std::span<std::size_t const> sources,
                                       Neighbours neighbours) {
  for (Node& node : nodes_) {
    node.total = kFar;
  }
  std::fill(from_.begin(), from_.end(), kSource);
  if (Diagnostics faults = faults_of(sources); !faults.empty()) {
    return reject(std::move(faults));
  }
  BucketQueue queue{smallest_step(), most_ * kSqrt5};
  for (std::size_t const s : sources) {
    nodes_[index(s)].total = 0;
    queue.push(0, static_cast<std::uint32_t>(index(s)));
  }
  return neighbours == Neighbours::kEight
             ? run(Search<Node, kKings>{width(), nodes_.data(), from_.data(), queue}, queue)
             : run(Search<Node, kStepCount>{width(), nodes_.data(), from_.data(), queue}, queue);
}

Diagnostics CostRaster::faults_of(std::span<std::size_t const> sources) const {
  Diagnostics faults;
  auto const fault = [&](std::string what, std::string remedy) {
    faults.push_back({Severity::kError, "least cost", std::move(what), std::move(remedy)});
  };
  if (has_negative_) {
    fault("a friction is negative", "give frictions of zero or more");
  }
  if (!std::isfinite(1 / smallest_step()) || !std::isfinite(2 * most_ * kSqrt5 / smallest_step())) {
    fault(fmt::format(
              "frictions from {} to {} are beyond what numbers can tell apart", least_, most_),
          "give frictions nearer to each other, and to 1");
  }
  for (std::size_t const s : sources) {
    if (s >= columns_ * rows_ || !std::isfinite(nodes_[index(s)].friction)) {
      fault(fmt::format("source cell {} lies off the raster or has no passage", s),
            "give a cell with a finite friction");
    }
  }
  return faults;
}

std::vector<std::size_t> CostRaster::path_to(std::size_t target) const {
  std::vector<std::size_t> path;
  if (target >= columns_ * rows_ || !std::isfinite(total(target))) {
    return path;
  }
  std::size_t cell = target;
  path.push_back(cell);
  for (std::uint8_t step = from_[index(cell)] & ~kSettled; step != kSource;
       step = from_[index(cell)] & ~kSettled) {
    Step const& s = kSteps[step];
    cell = static_cast<std::size_t>(
        static_cast<std::ptrdiff_t>(cell) -
        static_cast<std::ptrdiff_t>(s.dr) * static_cast<std::ptrdiff_t>(columns_) - s.dc);
    path.push_back(cell);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace tidewater::route
