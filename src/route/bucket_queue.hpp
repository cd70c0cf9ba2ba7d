#pragma once
/// A monotone queue for exact least-cost search: keys never fall below the bucket being swept.
///
/// With a bucket width of at most the smallest step (Dinitz 1978), no item of a bucket can improve
/// another of the same bucket, so a bucket may be swept in any order. With a wider bucket the
/// search stays exact as long as its user expands an item again when it improves.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

class BucketQueue {
 public:
  /// `smallest` step above zero; no pushed key lies more than `largest` above the one being
  /// visited.
  BucketQueue(double smallest, double largest) : per_key_{(1 + kMargin) / smallest} {
    TW_EXPECTS(smallest > 0 && largest >= 0 && std::isfinite(largest), "steps are above zero");
    double const needed = largest * per_key_ + 3;
    if (needed > kMostBuckets) {  // wider buckets: exact by re-sweeping
      per_key_ *= kMostBuckets / needed;
    }
    std::size_t const buckets =
        std::bit_ceil(static_cast<std::size_t>(needed > kMostBuckets ? kMostBuckets + 3 : needed));
    ring_.resize(buckets);
    mask_ = buckets - 1;
  }

  void push(double key, std::uint32_t item) {
    ring_[static_cast<std::size_t>(key * per_key_) & mask_].push_back(item);
    ++pending_;
  }

  /// Calls visit(item, soon) in order of buckets until the queue is empty; `soon` is an item of a
  /// few visits later, whose memory may be asked for. visit may push. An item comes as often as it
  /// was pushed: the caller tells stale ones.
  template <class Visit>
  void drain(Visit visit) {
    for (std::size_t current = 0; pending_ > 0; ++current) {
      auto& bucket = ring_[current & mask_];
      for (std::size_t i = 0; i < bucket.size(); ++i) {  // it may grow while it is swept
        visit(bucket[i], bucket[std::min(i + kAhead, bucket.size() - 1)]);
      }
      pending_ -= bucket.size();
      bucket.clear();
    }
  }

 private:
  /// Buckets are this much narrower than the smallest step: key / width is rounded, and at a
  /// billion buckets still by less than this.
  static constexpr double kMargin = 1e-6;
  static constexpr double kMostBuckets = 1 << 20;
  static constexpr std::size_t kAhead = 4;  ///< 3 and 6 were no faster, 8 slower
  double per_key_;
  std::size_t mask_ = 0;
  std::size_t pending_ = 0;
  std::vector<std::vector<std::uint32_t>> ring_;
};

}  // namespace tidewater::route
