#pragma once
/// A queue of items by whole-number keys that never fall below the last one taken: a ring of lists,
/// one a key, their entries pooled. Eight bytes an entry.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "tidewater/base/contract.hpp"

namespace tidewater::route {

class MonotoneQueue {
 public:
  /// No pushed key lies below `least`, nor `span` or more above the key being taken.
  MonotoneQueue(std::uint64_t least, std::size_t span)
      : mask_{std::bit_ceil(span + 1) - 1},
        // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): see heads_
        heads_{static_cast<std::uint32_t*>(std::calloc(mask_ + 1, sizeof(std::uint32_t)))},
        key_{least} {
    if (heads_ == nullptr) {
      throw std::bad_alloc{};
    }
  }

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
    return (mask_ + 1) * sizeof(std::uint32_t) + entries_.capacity() * sizeof(Entry);
  }

 private:
  static constexpr std::uint32_t kNone = 0;
  struct Entry {
    std::uint32_t item;
    std::uint32_t next;
  };
  struct Release {
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc)
    void operator()(std::uint32_t* heads) const { std::free(heads); }
  };
  std::size_t mask_;
  /// From calloc: the ring is long, and parts of it no key comes to are never fetched.
  std::unique_ptr<std::uint32_t[], Release> heads_;
  std::vector<Entry> entries_{{}};  ///< the first stands for none
  std::uint64_t key_;
  std::size_t pending_ = 0;
  std::uint32_t free_ = kNone;
};

}  // namespace tidewater::route
