#pragma once
/// A queue of items by whole-number keys that never fall below the last one taken: a ring of lists,
/// one a key, their entries pooled. Eight bytes an entry.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

class MonotoneQueue {
 public:
  /// No pushed key lies below `least`, nor `span` or more above the key being taken.
  MonotoneQueue(std::uint64_t least, std::size_t span)
      : heads_(std::bit_ceil(span + 1), kNone), mask_{heads_.size() - 1}, key_{least} {}

  void push(std::uint64_t key, std::uint32_t item) {
    TW_EXPECTS(key >= key_ && key - key_ <= mask_, "keys rise, within the span");
    std::uint32_t& head = heads_[key & mask_];
    if (free_ == kNone) {
      entries_.push_back({item, head});
      head = static_cast<std::uint32_t>(entries_.size() - 1);
    } else {
      std::uint32_t const slot = free_;
      free_ = entries_[slot].next;
      entries_[slot] = {item, head};
      head = slot;
    }
    ++pending_;
  }

  [[nodiscard]] bool is_empty() const { return pending_ == 0; }
  [[nodiscard]] std::uint64_t key() const { return key_; }  ///< of the item taken last

  /// An item of the least key; not to be called when empty.
  std::uint32_t take() {
    while (heads_[key_ & mask_] == kNone) {
      ++key_;
    }
    std::uint32_t& head = heads_[key_ & mask_];
    std::uint32_t const slot = head;
    head = entries_[slot].next;
    entries_[slot].next = free_;
    free_ = slot;
    --pending_;
    return entries_[slot].item;
  }

  [[nodiscard]] std::size_t bytes() const {
    return heads_.size() * sizeof(std::uint32_t) + entries_.capacity() * sizeof(Entry);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  struct Entry {
    std::uint32_t item;
    std::uint32_t next;
  };
  std::vector<std::uint32_t> heads_;
  std::vector<Entry> entries_;
  std::size_t mask_;
  std::uint64_t key_;
  std::size_t pending_ = 0;
  std::uint32_t free_ = kNone;
};

}  // namespace tidewater::route
