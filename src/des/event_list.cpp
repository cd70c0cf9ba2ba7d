// The three structures under the kernel: event list, turn queue, frame pool.

#include <algorithm>
#include <bit>
#include <new>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/env.hpp"

namespace tidewater::des {

namespace {

constexpr unsigned kSlotBits = 24;
constexpr unsigned kSequenceBits = 34;
constexpr std::align_val_t kCacheLine{64};

EventList::Wide no_key() {
  return ~EventList::Wide{0};
}

}  // namespace

EventList::EventList() {
  grow();
}

EventList::~EventList() {
  ::operator delete(keys_, kCacheLine);
}

EventList::Wide EventList::key(SimTime time, Priority priority, std::uint64_t sequence, Slot slot) {
  // The bits of a non-negative double order as the number does; + 0.0 turns -0.0 into +0.0.
  auto const high = std::bit_cast<std::uint64_t>(time + 0.0);
  std::uint64_t const low = (static_cast<std::uint64_t>(priority) << (kSequenceBits + kSlotBits)) |
                            (sequence << kSlotBits) | slot;
  return (Wide{high} << 64U) | low;
}

std::uint64_t EventList::next_sequence() {
  if (sequence_ >> kSequenceBits != 0) {
    throw Error("more than 1.7e10 events in one replication");
  }
  return sequence_++;
}

SimTime EventList::top_time() const {
  return std::bit_cast<double>(static_cast<std::uint64_t>(top() >> 64U));
}

void EventList::grow() {
  std::size_t const capacity = capacity_ == 0 ? 256 : 2 * capacity_;
  // Whole groups of four behind the last key, so that a node's children can be read unchecked.
  auto* keys = static_cast<Wide*>(::operator new((capacity + kPad + 8) * sizeof(Wide), kCacheLine));
  std::fill(keys, keys + capacity + kPad + 8, no_key());
  if (keys_ != nullptr) {
    std::copy(keys_, keys_ + kPad + size_, keys);
    ::operator delete(keys_, kCacheLine);
  }
  keys_ = keys;
  capacity_ = capacity;
}

EventList::Slot EventList::take_slot(Wait& wait) {
  if (free_ != kNoSlot) {
    Slot const slot = free_;
    free_ = places_[slot].position;
    places_[slot].wait = &wait;
    return slot;
  }
  if (places_.size() >= kNoSlot) {
    throw Error("more than 16.7 million events pending at once");
  }
  places_.push_back({&wait, 0});
  return static_cast<Slot>(places_.size() - 1);
}

inline void EventList::set(std::size_t position, Wide key) {
  keys_[position + kPad] = key;
  places_[slot_of(key)].position = static_cast<std::uint32_t>(position);
}

inline void EventList::sift_up(std::size_t hole, Wide key) {
  while (hole > 0) {
    std::size_t const parent = (hole - 1) / 4;
    Wide const above = keys_[parent + kPad];
    if (above < key) {
      break;
    }
    set(hole, above);
    hole = parent;
  }
  set(hole, key);
}

inline void EventList::sift_down(std::size_t hole, Wide key) {
  // To the bottom first, then up: the key comes from the end and rarely rises again.
  std::size_t const from = hole;
  for (std::size_t child = 4 * hole + 1; child < size_; child = 4 * hole + 1) {
    Wide const* const four = keys_ + child + kPad;
    std::size_t const left = four[1] < four[0] ? 1 : 0;
    std::size_t const right = four[3] < four[2] ? 3 : 2;
    std::size_t const least = four[right] < four[left] ? right : left;
    set(hole, four[least]);
    hole = child + least;
  }
  while (hole > from) {
    std::size_t const parent = (hole - 1) / 4;
    Wide const above = keys_[parent + kPad];
    if (above < key) {
      break;
    }
    set(hole, above);
    hole = parent;
  }
  set(hole, key);
}

EventList::Slot EventList::push(SimTime time, Priority priority, Wait& wait) {
  if (size_ == capacity_) {
    grow();
  }
  Slot const slot = take_slot(wait);
  Wide const k = key(time, priority, next_sequence(), slot);
  sift_up(size_++, k);
  return slot;
}

Wait& EventList::pop() {
  Slot const slot = slot_of(top());
  Wait& wait = *places_[slot].wait;
  places_[slot] = {nullptr, free_};
  free_ = slot;
  Wide const last = keys_[--size_ + kPad];
  keys_[size_ + kPad] = no_key();
  if (size_ > 0) {
    sift_down(0, last);
  }
  return wait;
}

void EventList::cancel(Slot slot) {
  std::size_t const position = places_[slot].position;
  places_[slot] = {nullptr, free_};
  free_ = slot;
  Wide const last = keys_[--size_ + kPad];
  keys_[size_ + kPad] = no_key();
  if (position == size_) {
    return;
  }
  if (position > 0 && last < keys_[(position - 1) / 4 + kPad]) {
    sift_up(position, last);
  } else {
    sift_down(position, last);
  }
}

void TurnQueue::grow() {
  std::vector<Turn> wider(2 * turns_.size());
  for (std::size_t i = head_; i != tail_; ++i) {
    wider[i & (wider.size() - 1)] = turns_[i & (turns_.size() - 1)];
  }
  turns_ = std::move(wider);
}

void TurnQueue::strike(Wait const& wait) {
  for (std::size_t i = head_; i != tail_; ++i) {
    Turn& turn = turns_[i & (turns_.size() - 1)];
    if (turn.wait == &wait) {
      turn.wait = nullptr;
    }
  }
}

namespace {

// Before every frame: where it came from. 16 bytes keep the frame's alignment.
struct alignas(16) FrameHead {
  FramePool* pool;
  std::size_t size_class;
};

// Under the address sanitizer every frame is an allocation of its own, so that stale uses are seen.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kPooled = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kPooled = false;
#else
constexpr bool kPooled = true;
#endif
#else
constexpr bool kPooled = true;
#endif

constexpr std::size_t kFirstSlab = 64U << 10U;
constexpr std::size_t kLargestSlab = 1U << 20U;

}  // namespace

FramePool::~FramePool() {
  for (void* slab : slabs_) {
    ::operator delete(slab, kCacheLine);
  }
}

void* FramePool::carve(std::size_t size_class) {
  std::size_t const bytes = size_class * kClass;
  if (left_ < bytes) {
    std::size_t const slab =
        std::min(kFirstSlab << std::min<std::size_t>(slabs_.size(), 4), kLargestSlab);
    slabs_.push_back(::operator new(slab, kCacheLine));
    next_ = static_cast<std::byte*>(slabs_.back());
    left_ = slab;
  }
  void* const block = next_;
  next_ += bytes;
  left_ -= bytes;
  return block;
}

void* FramePool::take(FramePool* pool, std::size_t bytes) {
  std::size_t const size_class = (bytes + sizeof(FrameHead) + kClass - 1) / kClass;
  void* block = nullptr;
  if (!kPooled || pool == nullptr || size_class >= kClasses) {
    pool = nullptr;
    block = ::operator new(bytes + sizeof(FrameHead));
  } else if (void* const free = pool->free_[size_class]; free != nullptr) {
    pool->free_[size_class] = *static_cast<void**>(free);
    block = free;
  } else {
    block = pool->carve(size_class);
  }
  auto* const head = new (block) FrameHead{pool, size_class};
  return head + 1;
}

void FramePool::give_back(void* frame) noexcept {
  auto* const head = static_cast<FrameHead*>(frame) - 1;
  FramePool* const pool = head->pool;
  if (pool == nullptr) {
    ::operator delete(head);
    return;
  }
  std::size_t const size_class = head->size_class;
  *reinterpret_cast<void**>(head) = pool->free_[size_class];
  pool->free_[size_class] = head;
}

}  // namespace tidewater::des
